using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>状態 of a move.</summary>
public enum MoveState
{
    /// <summary>承認: to be checked, or to begin.</summary>
    Approved,

    /// <summary>影響確認済.</summary>
    Checked,

    /// <summary>実施中: the witness is there.</summary>
    InProgress,

    /// <summary>立会い中断: 未完了 until a witness is there again.</summary>
    Interrupted,

    /// <summary>完了.</summary>
    Completed,

    /// <summary>取りやめ.</summary>
    Cancelled,
}

/// <summary>影響確認 as it was recorded.</summary>
public sealed record ImpactCheck(ImpactResult Result, string Note, PersonId By, DateTimeOffset At);

/// <summary>One witness's time at a move.</summary>
/// <param name="PresentSince">Since when the presence list had them there.</param>
/// <param name="To">Null: still there.</param>
public sealed record WitnessSpan(PersonId Witness, ZoneId Zone, DateTimeOffset From, DateTimeOffset PresentSince, DateTimeOffset? To);

/// <summary>One line of a move's story.</summary>
/// <param name="N">Its entry in the record.</param>
/// <param name="Text">Reason, note or tag; empty: none.</param>
public sealed record MoveLine(long N, DateTimeOffset At, string Kind, string By, string Text);

/// <summary>A move as its entries make it. Pure: the same entries give the same dossier.</summary>
/// <param name="Version">Rises with everything that changes what one may do. Who acts names the version seen, so that of two at once exactly one wins.</param>
/// <param name="Installed">Items whose installation was confirmed (R-LIFE-10).</param>
/// <param name="EndReason">Why it was called off; empty: it was not.</param>
public sealed record MoveDossier(
    Move Move,
    MoveState State,
    int Version,
    ImpactCheck? Impact,
    ImmutableArray<WitnessSpan> Witnessed,
    ImmutableArray<AssetTag> Scanned,
    ImmutableArray<AssetTag> Installed,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string EndReason,
    ImmutableArray<MoveLine> Story)
{
    /// <summary>Neither completed nor called off.</summary>
    [JsonIgnore]
    public bool IsOpen => State is not (MoveState.Completed or MoveState.Cancelled);

    /// <summary>Every item of the list has passed.</summary>
    [JsonIgnore]
    public bool AllScanned => Move.Plan.Items.All(item => Scanned.Contains(item.Tag));

    /// <summary>The witness who is there now; null: nobody is.</summary>
    [JsonIgnore]
    public WitnessSpan? Witness => Witnessed.LastOrDefault(span => span.To is null);

    /// <summary>Items brought in whose installation is not confirmed.</summary>
    public IEnumerable<AssetTag> ToInstall() => State is MoveState.Completed && Move.Plan.ToZone is not null ? Move.Plan.Items.Select(item => item.Tag).Except(Installed) : [];

    /// <summary>The dossier after one more entry; null: the entry is of no move, or of one that never began.</summary>
    /// <param name="before">Null: there is none yet.</param>
    /// <param name="n">The entry's number.</param>
    public static MoveDossier? After(MoveDossier? before, RecordedEvent item, long n) => (before, item) switch
    {
        (_, MoveRecorded e) => new MoveDossier(e.Move, MoveState.Approved, 0, null, [], [], [], null, null, "", []).With(n, e, e.By),
        (null, _) => null,
        (_, MoveImpactChecked e) => (before with { State = before.State is MoveState.Approved ? MoveState.Checked : before.State, Impact = new(e.Result, e.Note, new(e.By), e.OccurredAt) }).With(n, e, e.By, e.Note),
        (_, MoveStarted e) => (before with { State = MoveState.InProgress, StartedAt = e.OccurredAt, Witnessed = before.Witnessed.Add(new(e.Witness, e.Zone, e.OccurredAt, e.PresentSince, null)) }).With(n, e, e.By),
        (_, MoveItemScanned e) => (before with { Scanned = before.Scanned.Contains(e.Tag) ? before.Scanned : before.Scanned.Add(e.Tag) }).With(n, e, e.By, e.Tag.Value),
        (_, WitnessLeft e) => (before.Unwitnessed(e.OccurredAt) with { State = MoveState.Interrupted }).With(n, e, e.Witness.Value, e.Suspended ? $"{EquipmentText.WitnessSuspended.Ja} (R-ID-10)" : ""),
        (_, MoveResumed e) => (before.Unwitnessed(e.OccurredAt) with { State = MoveState.InProgress }).Witnessing(e).With(n, e, e.By),
        (_, MoveCompleted e) => (before.Unwitnessed(e.OccurredAt) with { State = MoveState.Completed, EndedAt = e.OccurredAt }).With(n, e, e.By),
        (_, MoveCancelled e) => (before.Unwitnessed(e.OccurredAt) with { State = MoveState.Cancelled, EndedAt = e.OccurredAt, EndReason = e.Reason }).With(n, e, e.By, e.Reason),
        (_, AssetMoved e) => before.With(n, e, e.By, e.Tag.Value),
        (_, AssetInstalled e) => (before with { Installed = before.Installed.Contains(e.Tag) ? before.Installed : before.Installed.Add(e.Tag) }).With(n, e, e.By, e.Tag.Value),
        _ => null,
    };

    /// <summary>The move an entry belongs to; null: none.</summary>
    public static MoveId? MoveOf(RecordedEvent? item) => item switch
    {
        MoveRecorded e => e.Move.Id,
        MoveImpactChecked e => e.Move,
        MoveStarted e => e.Move,
        MoveItemScanned e => e.Move,
        WitnessLeft e => e.Move,
        MoveResumed e => e.Move,
        MoveCompleted e => e.Move,
        MoveCancelled e => e.Move,
        AssetMoved e => e.Move,
        AssetInstalled e => e.Move,
        _ => null,
    };

    private MoveDossier Unwitnessed(DateTimeOffset at) => this with { Witnessed = [.. Witnessed.Select(span => span.To is null ? span with { To = at } : span)] };

    private MoveDossier Witnessing(MoveResumed e) => this with { Witnessed = Witnessed.Add(new(e.Witness, e.Zone, e.OccurredAt, e.PresentSince, null)) };

    private MoveDossier With(long n, RecordedEvent item, string by, string text = "") =>
        this with { Version = Version + 1, Story = Story.Add(new(n, item.OccurredAt, RecordKinds.Of(item), by, text)) };
}
