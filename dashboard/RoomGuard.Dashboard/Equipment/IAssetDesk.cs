using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>機器台帳 (R-LIFE-01). What a person may not see is not there for them.</summary>
public interface IAssetDesk
{
    /// <summary>Items in the order of their tags, page by page; null: not for this person.</summary>
    Task<AssetPage?> Assets(AssetQuery query, Actor by, CancellationToken gone);

    /// <summary>All items of a query, in the order of their tags; none for who may not see them.</summary>
    IAsyncEnumerable<AssetLine> All(AssetQuery query, Actor by, CancellationToken gone);

    /// <summary>How many items a query has, counted to the last; 0 for who may not see them.</summary>
    Task<long> Count(AssetQuery query, Actor by, CancellationToken gone);

    /// <summary>One item; null: none by this tag, or not for this person.</summary>
    Task<AssetFile?> One(AssetTag tag, Actor by, CancellationToken gone);

    /// <summary>The tag offered for a new item.</summary>
    Task<AssetTag> NextTag(CancellationToken gone);

    /// <summary>What is past its day, for whom it concerns.</summary>
    Task<AssetsWaiting> Waiting(Actor by, CancellationToken gone);

    /// <summary>Registers or changes an item. <see cref="ActResult.Id"/> is its tag.</summary>
    Task<ActResult> Save(AssetForm form, Actor by, CancellationToken stop);

    /// <summary>Decides the class (R-LIFE-07); a lower one than of what is on or in it, or than of the original, is refused (R-MOVE-12, R-LIFE-08).</summary>
    /// <param name="version">What was looked at.</param>
    Task<ActResult> DecideClass(AssetTag tag, long version, ImportanceClass importance, string reason, Actor by, CancellationToken stop);

    /// <summary>Maintenance was done (R-LIFE-02).</summary>
    /// <param name="version">What was looked at.</param>
    Task<ActResult> Maintain(AssetTag tag, long version, DateOnly doneOn, string result, Actor by, CancellationToken stop);

    /// <summary>Hands a medium, a document or a container to a holder (R-MOVE-10).</summary>
    /// <param name="version">What was looked at.</param>
    Task<ActResult> HandOver(AssetTag tag, long version, PersonId holder, DateOnly dueOn, string purpose, Actor by, CancellationToken stop);

    /// <summary>It came back from the holder who was looked at (R-MOVE-10).</summary>
    /// <param name="version">What was looked at: from an old page nothing is taken back that another has by now.</param>
    Task<ActResult> HandBack(AssetTag tag, long version, Actor by, CancellationToken stop);

    /// <summary>Records that items were written out.</summary>
    Task Exported(string query, long count, string sha256, Actor by, CancellationToken stop);
}

/// <summary>How many items wait for somebody.</summary>
/// <param name="Maintenance">定期保守 past its day: for SYS, and for SUP when it is so for a week† (R-LIFE-02).</param>
/// <param name="Returns">What was lent and is not back: for SYS (R-MOVE-10).</param>
public sealed record AssetsWaiting(int Maintenance, int Returns);

/// <summary>Which items a list shows.</summary>
public enum AssetShow
{
    /// <summary>All.</summary>
    All,

    /// <summary>不足のある行: entries that lack something (R-LIFE-01).</summary>
    Incomplete,

    /// <summary>分類の決定待ち (R-LIFE-07).</summary>
    Undecided,

    /// <summary>期限切れ: maintenance or return is overdue, or support has ended.</summary>
    Overdue,
}

/// <summary>What is looked for.</summary>
/// <param name="Words">In tag, serial, name, maker and model; null: any.</param>
/// <param name="Importance">The class that counts; null: any.</param>
/// <param name="After">The last tag shown before; null: from the beginning.</param>
public sealed record AssetQuery(string? Words, AssetKind? Kind, ZoneId? Zone, ImportanceClass? Importance, Segment? Segment, AssetShow Show, string? After, int Rows)
{
    /// <summary>Whether anything narrows it.</summary>
    public bool Narrowed => Words is not null || Kind is not null || Zone is not null || Importance is not null || Segment is not null || Show is not AssetShow.All;
}

/// <summary>An item in a list.</summary>
/// <param name="Decided">Null: SEC has not decided, and class I counts.</param>
/// <param name="Effective">The class that counts.</param>
/// <param name="Place">Null: never brought in.</param>
/// <param name="ManagerName">Null: nobody yet.</param>
/// <param name="Holder">Who has it; null: nobody.</param>
/// <param name="Misplaced">Why it may not stand where it stands (R-ZONE-06); null: all is well, or an exception is in force.</param>
public sealed record AssetLine(
    Asset Asset,
    ImportanceClass? Decided,
    ImportanceClass Effective,
    AssetPlace? Place,
    string? ManagerName,
    NamedPerson? Holder,
    DateOnly? HolderDue,
    DateOnly? MaintainedOn,
    DateOnly? MaintenanceDue,
    AssetGaps Gaps,
    PlacementFault? Misplaced);

/// <summary>A page of the list.</summary>
/// <param name="Total">How many there are, counted up to a limit.</param>
/// <param name="More">There are more than were counted.</param>
/// <param name="Next">Place of the next page; null: this is the last.</param>
public sealed record AssetPage(ImmutableArray<AssetLine> Lines, long Total, bool More, string? Next, bool MayKeep);

/// <summary>One line of an item's story.</summary>
/// <param name="N">Its entry in the record.</param>
/// <param name="ByName">Who wrote it.</param>
/// <param name="Changes">What a change of its entry changed; empty for all else.</param>
public sealed record AssetStep(long N, DateTimeOffset At, string ByName, RecordedEvent Event, ImmutableArray<AssetDifference> Changes);

/// <summary>An item with everything that belongs to it.</summary>
/// <param name="Version">What a change has to name.</param>
/// <param name="Inside">What lies in it.</param>
/// <param name="Copies">Copies of it.</param>
/// <param name="Lowest">The lowest class that may be decided.</param>
/// <param name="Story">Newest first.</param>
public sealed record AssetFile(
    AssetLine Line,
    long Version,
    ImmutableArray<AssetLine> Inside,
    ImmutableArray<AssetLine> Copies,
    ImportanceClass Lowest,
    ImmutableArray<AssetStep> Story,
    bool MayKeep,
    bool MayDecide,
    Refusal? WhyNotDecide);

/// <summary>What the form asks.</summary>
/// <param name="Version">0: a new item; else what was looked at.</param>
/// <param name="Place">Where it stands already; only when it is new (R-MOVE-04). Null: it is not here yet, or nothing was typed.</param>
public sealed record AssetForm(Asset Asset, AssetPlace? Place, long Version);
