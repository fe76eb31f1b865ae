using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Sheets;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>棚卸 (R-MOVE-11). What a person may not see is not there for them.</summary>
public interface IStocktakeDesk
{
    /// <summary>Each zone with its due day, and the newest rounds; null: not for this person.</summary>
    Task<StocktakePageLook?> Rounds(Actor by, CancellationToken gone);

    /// <summary>One round with its list; null: none by this number, or not for this person.</summary>
    Task<StocktakeFile?> One(StocktakeId id, Actor by, CancellationToken gone);

    /// <summary>棚卸表 of a round; null as with <see cref="One"/>. That it was made out is recorded (R-INP-04).</summary>
    Task<StocktakeSheet?> Sheet(StocktakeId id, Actor by, CancellationToken gone);

    /// <summary>Opens a round: what the register has in the zone is fixed. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> Open(ZoneId zone, Actor by, CancellationToken stop);

    /// <summary>Counts codes; one whose id was counted already is answered once more and counted no more.</summary>
    Task<CountAnswer> Count(StocktakeId id, ImmutableArray<StockRead> reads, Actor by, CancellationToken stop);

    /// <summary>What a read that was counted is; null: nothing was counted by this id.</summary>
    Task<StockReadLine?> Read(StocktakeId id, string read, Actor by, CancellationToken gone);

    /// <summary>Ends the counting and holds it against the list.</summary>
    /// <param name="version">What was looked at; of two at once exactly one wins.</param>
    Task<ActResult> Close(StocktakeId id, int version, Actor by, CancellationToken stop);

    /// <summary>Has it counted on.</summary>
    Task<ActResult> SendBack(StocktakeId id, int version, string reason, Actor by, CancellationToken stop);

    /// <summary>Confirms the result: SYS, and nobody who counted.</summary>
    Task<ActResult> Confirm(StocktakeId id, int version, string note, Actor by, CancellationToken stop);

    /// <summary>What waits for somebody.</summary>
    Task<StockWaiting> Waiting(Actor by, CancellationToken gone);

    /// <summary>Gives the round up.</summary>
    Task<ActResult> Cancel(StocktakeId id, int version, string reason, Actor by, CancellationToken stop);
}

/// <summary>How much waits for somebody.</summary>
/// <param name="Due">Zones whose round is due or overdue and not begun, for who counts.</param>
/// <param name="ToConfirm">Rounds that were counted, for who may confirm them: never who counted.</param>
public sealed record StockWaiting(int Due, int ToConfirm);

/// <summary>棚卸表.</summary>
public sealed record StocktakeSheet(StocktakeFile File, SheetProof Proof);

/// <summary>Whether a zone's stocktaking is due.</summary>
public enum StockStanding
{
    /// <summary>Not for some time.</summary>
    Later,

    /// <summary>Within a month.</summary>
    Soon,

    /// <summary>The day has passed.</summary>
    Overdue,
}

/// <summary>A zone with what stands in it.</summary>
/// <param name="CountedOn">Day of the last confirmed round; null: never.</param>
/// <param name="DueOn">Null: nothing ever stood in it.</param>
/// <param name="Open">Its open round; null: none.</param>
public sealed record ZoneStock(ZoneId Zone, long Items, DateOnly? CountedOn, DateOnly? DueOn, StockStanding Standing, StocktakeId? Open);

/// <summary>The page of rounds.</summary>
/// <param name="Months">Between two rounds of a zone (†).</param>
/// <param name="Known">How many rounds there are, shown or not (R-INP-04).</param>
public sealed record StocktakePageLook(ImmutableArray<ZoneStock> Zones, ImmutableArray<StocktakeDossier> Rounds, int Known, int Months, bool MayCount);

/// <summary>An item of the list.</summary>
/// <param name="Name">Empty: the register no longer has it.</param>
/// <param name="CountedBy">The entry it was counted by; null: not counted.</param>
public sealed record StockLine(StockItem Item, string Name, AssetKind? Kind, long? CountedBy);

/// <summary>What a code turned out to be.</summary>
public enum StockReadKind
{
    /// <summary>On the list.</summary>
    Listed,

    /// <summary>Not on the list; it came in during the round.</summary>
    Arrived,

    /// <summary>The register has it elsewhere: surplus.</summary>
    Elsewhere,

    /// <summary>The register has nothing by this code: surplus.</summary>
    Unknown,
}

/// <summary>A code that was read.</summary>
/// <param name="Id">The read's.</param>
/// <param name="Name">Empty: unknown.</param>
/// <param name="Importance">The class that counts; null: unknown.</param>
/// <param name="Place">Where the register thinks it is; null: nowhere.</param>
/// <param name="Again">The code was counted before.</param>
/// <param name="N">Its entry in the record.</param>
public sealed record StockReadLine(string Id, string Code, StockReadKind Kind, string Name, ImportanceClass? Importance, AssetPlace? Place, bool Again, long N);

/// <summary>What became of codes that were sent.</summary>
public sealed record CountAnswer(ActResult Act, ImmutableArray<StockReadLine> Reads);

/// <summary>What the reader may do now.</summary>
public sealed record StocktakeMoves(bool Count, bool Close, bool SendBack, bool Confirm, bool Cancel);

/// <summary>One round.</summary>
/// <param name="Others">Codes that are not on the list, each once.</param>
/// <param name="Result">As it was fixed at the end of the counting; before, as it stands now.</param>
/// <param name="Lines">Its list, by tag.</param>
/// <param name="Names">People and items by their ids.</param>
/// <param name="WhyNotConfirm">Set: somebody else confirms it, for this reason.</param>
public sealed record StocktakeFile(
    StocktakeDossier Round, ImmutableArray<StockLine> Lines, ImmutableArray<StockReadLine> Others, StockResult Result, ImmutableDictionary<string, string> Names, StocktakeMoves May, Refusal? WhyNotConfirm)
{
    /// <summary>Every entry that codes came in by, in the record's order.</summary>
    public ImmutableArray<long> ReadEntries { get; init; } = [];

    /// <summary>The entry that says of what was not counted that it was not: the end of the counting, and before it the list the round was opened with.</summary>
    public long UncountedBy => Round.Result is null || Round.Story.LastOrDefault(line => line.Kind == "stocktake.closed") is not { N: var closed } ? Round.Story[0].N : closed;

    /// <summary>Entries a sheet names beside its rows: the round's own, and codes that were read once more.</summary>
    public IEnumerable<long> OtherEntries => Round.Story.Select(line => line.N).Concat(ReadEntries.Except(Lines.Select(line => line.CountedBy ?? 0).Concat(Others.Select(read => read.N)))).Order();

    /// <summary>A name; the id where it is not known.</summary>
    public string NameOf(string id) => Names.GetValueOrDefault(id) ?? id;
}
