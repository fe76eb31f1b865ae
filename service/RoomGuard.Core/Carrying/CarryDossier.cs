using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Carrying;

/// <summary>Where a permit stands.</summary>
public enum CarryStatus
{
    /// <summary>許可済: nothing has passed yet.</summary>
    Permitted,

    /// <summary>持出し中.</summary>
    Out,

    /// <summary>持込み中.</summary>
    Inside,

    /// <summary>返却確認待ち (R-CARRY-08).</summary>
    AwaitsCheck,

    /// <summary>期限超過 (R-CARRY-04).</summary>
    Overdue,

    /// <summary>返却済, or out again.</summary>
    Returned,

    /// <summary>使用なし: its time went by and nothing passed.</summary>
    Unused,

    /// <summary>取消し.</summary>
    Revoked,
}

/// <summary>One thing of a permit as the record has it.</summary>
/// <param name="PassedAt">When it went out, or came in; null: not yet.</param>
/// <param name="PassedBy">取扱者 then.</param>
/// <param name="Carrier">Who carried it; null: nobody yet.</param>
/// <param name="BackAt">When it came back, or left again; null: not yet.</param>
/// <param name="BackBy">取扱者 then.</param>
/// <param name="Scan">Its check after it came back; null: none yet, or none needed.</param>
public sealed record CarriedFile(
    CarriedItem Item,
    DateTimeOffset? PassedAt,
    PersonId? PassedBy,
    PersonId? Carrier,
    DateTimeOffset? BackAt,
    PersonId? BackBy,
    ScanResult? Scan,
    bool PatchChecked,
    bool? ErasedAfterUse,
    PersonId? CheckedBy,
    DateTimeOffset? CheckedAt)
{
    /// <summary>It is out, or inside.</summary>
    [JsonIgnore]
    public bool Away => PassedAt is not null && BackAt is null;

    /// <summary>Nothing has happened yet.</summary>
    public static CarriedFile Of(CarriedItem item) => new(item, null, null, null, null, null, null, false, null, null, null);
}

/// <summary>One line of a permit's story.</summary>
/// <param name="N">Its entry in the record.</param>
/// <param name="Items">Which things, counted from 1; empty: the whole.</param>
public sealed record CarryLine(long N, DateTimeOffset At, string Kind, ImmutableArray<int> Items, string? By, string Text);

/// <summary>A permit as its entries make it. Pure: the same entries give the same dossier.</summary>
/// <param name="Version">Rises with every act; who acts names the version seen, so that of two at once exactly one wins.</param>
/// <param name="Reminded">How many reminders were recorded.</param>
/// <param name="RevokedAt">Null: it was not revoked.</param>
public sealed record CarryDossier(CarryPermit Permit, int Version, ImmutableArray<CarriedFile> Items, int Reminded, DateTimeOffset? RevokedAt, string RevokeReason, ImmutableArray<CarryLine> Story)
{
    /// <summary>Something is out, or inside, that must come back.</summary>
    [JsonIgnore]
    public bool Away => Items.Any(file => file.Away);

    /// <summary>Something came back and waits for its check (R-CARRY-08).</summary>
    [JsonIgnore]
    public bool AwaitsCheck => Items.Any(NeedsCheck);

    /// <summary>A terminal that came back is not 返却済 until nothing was found on it and its updates are in place (R-CARRY-08).</summary>
    public bool NeedsCheck(CarriedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Permit.Plan.Direction is CarryDirection.Out && file is { BackAt: not null, Item.Kind: CarriedKind.Terminal } && (file.Scan is not ScanResult.Clean || !file.PatchChecked);
    }

    /// <summary>Where it stands at a moment.</summary>
    public CarryStatus StatusAt(DateTimeOffset now) =>
        Away ? now >= Permit.Plan.DueAt ? CarryStatus.Overdue : Permit.Plan.Direction is CarryDirection.Out ? CarryStatus.Out : CarryStatus.Inside
        : AwaitsCheck ? CarryStatus.AwaitsCheck
        : RevokedAt is not null ? CarryStatus.Revoked
        : Items.All(file => file.BackAt is not null) ? CarryStatus.Returned
        : now < Permit.Plan.DueAt ? CarryStatus.Permitted
        : Items.Any(file => file.BackAt is not null) ? CarryStatus.Returned
        : CarryStatus.Unused;

    /// <summary>Whether something may pass by it at a moment: in its time, not revoked, and something has not passed yet.</summary>
    public bool InForce(DateTimeOffset now) => RevokedAt is null && Permit.Plan.From <= now && now < Permit.Plan.DueAt;

    /// <summary>What time alone makes due: a reminder at the due time, another to SEC a day† later (R-CARRY-04), both in one where the first was missed; null: nothing.</summary>
    public CarryOverdue? Due(DateTimeOffset now) =>
        !Away ? null
        : Reminded < 2 && now >= Permit.Plan.DueAt + CarryRules.SecurityAfter ? new(now, Permit.Id, [.. Reminded < 1 ? [Role.Reception] : Array.Empty<Role>(), Role.SecurityManager], 2)
        : Reminded < 1 && now >= Permit.Plan.DueAt ? new(now, Permit.Id, [Role.Reception], 1)
        : null;

    /// <summary>The permit an entry belongs to; null: none.</summary>
    public static CarryPermitId? PermitOf(RecordedEvent? item) => item switch
    {
        CarryPermitted e => e.Permit.Id,
        CarryPassed e => e.Permit,
        CarryChecked e => e.Permit,
        CarryOverdue e => e.Permit,
        CarryRevoked e => e.Permit,
        CarryRefused e => e.Permit,
        _ => null,
    };

    /// <summary>The dossier after one more entry; null: the entry is no permit's, or of one never given.</summary>
    /// <param name="before">Null: there is none yet.</param>
    /// <param name="n">The entry's number.</param>
    public static CarryDossier? After(CarryDossier? before, RecordedEvent item, long n)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (before, item) switch
        {
            (null, CarryPermitted e) => new CarryDossier(e.Permit, 1, [.. e.Permit.Plan.Items.Select(CarriedFile.Of)], 0, null, "", []).Told(n, e, [], e.By, e.Permit.Conditions),
            (null, _) => null,
            (_, CarryPassed e) => before.With(e.Items, file => Passed(file, e)).Told(n, e, e.Items, e.By, e.Note),
            (_, CarryChecked e) => before.With(
                [e.Item],
                file => file with { Scan = e.Result, PatchChecked = e.PatchChecked, ErasedAfterUse = e.ErasedAfterUse, CheckedBy = new(e.By), CheckedAt = e.OccurredAt }).Told(n, e, [e.Item], e.By, e.Note),
            (_, CarryOverdue e) => (before with { Reminded = e.Times }).Told(n, e, [], null, ""),
            (_, CarryRevoked e) => (before with { RevokedAt = e.OccurredAt, RevokeReason = e.Reason, Version = before.Version + 1 }).Told(n, e, [], e.By, e.Reason),
            (_, CarryRefused e) => before.Told(n, e, [], e.By, e.Item),
            _ => null,
        };
    }

    private static CarriedFile Passed(CarriedFile file, CarryPassed e) => e.Passage is CarryPassage.WentOut or CarryPassage.CameIn
        ? file with { PassedAt = e.OccurredAt, PassedBy = new(e.By), Carrier = e.Carrier }
        : file with { BackAt = e.OccurredAt, BackBy = new(e.By) };

    private CarryDossier With(ImmutableArray<int> items, Func<CarriedFile, CarriedFile> change) =>
        this with { Version = Version + 1, Items = [.. Items.Select((file, at) => items.Contains(at + 1) ? change(file) : file)] };

    private CarryDossier Told(long n, RecordedEvent item, ImmutableArray<int> items, string? by, string text) =>
        this with { Story = Story.Add(new(n, item.OccurredAt, RecordKinds.Of(item), items, by, text)) };
}
