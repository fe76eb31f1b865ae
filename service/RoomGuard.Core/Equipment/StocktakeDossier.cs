using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>状態 of a round.</summary>
public enum StocktakeState
{
    /// <summary>計数中.</summary>
    Counting,

    /// <summary>確認待ち: counted, to be confirmed by SYS.</summary>
    Counted,

    /// <summary>確認済.</summary>
    Confirmed,

    /// <summary>取りやめ.</summary>
    Cancelled,
}

/// <summary>One line of a round's story.</summary>
/// <param name="N">Its entry in the record.</param>
/// <param name="Text">Reason or note; empty: none.</param>
public sealed record StocktakeLine(long N, DateTimeOffset At, string Kind, string By, string Text);

/// <summary>A round as its entries make it, without its list and its reads, which are many. Pure: the same entries give the same dossier.</summary>
/// <param name="Version">Rises with every step, not with every code. Who acts names the version seen, so that of two at once exactly one wins.</param>
/// <param name="Counters">Who counted or ended the counting: none of them confirms it (R-MOVE-11).</param>
/// <param name="Result">Set once it was counted.</param>
public sealed record StocktakeDossier(
    StocktakeId Id,
    ZoneId Zone,
    StocktakeState State,
    int Version,
    int Expected,
    DateTimeOffset OpenedAt,
    string OpenedBy,
    ImmutableArray<string> Counters,
    DateTimeOffset? ClosedAt,
    StockResult? Result,
    DateTimeOffset? EndedAt,
    string EndedBy,
    string Note,
    ImmutableArray<StocktakeLine> Story)
{
    /// <summary>Neither confirmed nor given up.</summary>
    [JsonIgnore]
    public bool IsOpen => State is StocktakeState.Counting or StocktakeState.Counted;

    /// <summary>The dossier after one more entry; null: the entry is of no round, or of one that never began.</summary>
    /// <param name="before">Null: there is none yet.</param>
    /// <param name="n">The entry's number.</param>
    public static StocktakeDossier? After(StocktakeDossier? before, RecordedEvent item, long n) => (before, item) switch
    {
        (_, StocktakeOpened e) => new StocktakeDossier(e.Stocktake, e.Zone, StocktakeState.Counting, 0, e.Expected.Length, e.OccurredAt, e.By, [], null, null, null, "", "", []).With(n, e, e.By),
        (null, _) => null,
        (_, StockCounted e) => before.Counting(e.By),
        (_, StocktakeClosed e) => (before.Counting(e.By) with { State = StocktakeState.Counted, ClosedAt = e.OccurredAt, Result = e.Result }).With(n, e, e.By),
        (_, StocktakeSentBack e) => (before with { State = StocktakeState.Counting, ClosedAt = null, Result = null }).With(n, e, e.By, e.Reason),
        (_, StocktakeConfirmed e) => (before with { State = StocktakeState.Confirmed, EndedAt = e.OccurredAt, EndedBy = e.By, Note = e.Note, Result = e.Result }).With(n, e, e.By, e.Note),
        (_, StocktakeCancelled e) => (before with { State = StocktakeState.Cancelled, EndedAt = e.OccurredAt, EndedBy = e.By, Note = e.Reason }).With(n, e, e.By, e.Reason),
        _ => null,
    };

    /// <summary>The round an entry belongs to; null: none.</summary>
    public static StocktakeId? StocktakeOf(RecordedEvent? item) => item switch
    {
        StocktakeOpened e => e.Stocktake,
        StockCounted e => e.Stocktake,
        StocktakeClosed e => e.Stocktake,
        StocktakeSentBack e => e.Stocktake,
        StocktakeConfirmed e => e.Stocktake,
        StocktakeCancelled e => e.Stocktake,
        _ => null,
    };

    private StocktakeDossier Counting(string by) => Counters.Contains(by) ? this : this with { Counters = Counters.Add(by) };

    private StocktakeDossier With(long n, RecordedEvent item, string by, string text = "") =>
        this with { Version = Version + 1, Story = Story.Add(new(n, item.OccurredAt, RecordKinds.Of(item), by, text)) };
}
