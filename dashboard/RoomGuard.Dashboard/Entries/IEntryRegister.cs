using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Dashboard.Entries;

/// <summary>
/// The way to the 入退室管理簿: by saying how much of it its reader may see (R-SIGN-15). There is no other, so that no page, export or search can
/// forget it.
/// </summary>
public interface IEntryRegisters
{
    /// <summary>The register as somebody sees it. What lies outside is not there for them: not found, not counted, not written out.</summary>
    IEntryRegister SeenBy(RegisterScope scope);
}

/// <summary>入退室管理簿 (requirements, record sheets: EntryRegister), newest first by (<see cref="RegisterRow.OccurredAt"/>, <see cref="RegisterRow.N"/>).</summary>
public interface IEntryRegister
{
    /// <summary>At most <paramref name="rows"/> rows (1 to 500) at a place of the filtered register.</summary>
    Task<RegisterPage> Page(RegisterFilter filter, RegisterPlace place, int rows, CancellationToken gone);

    /// <summary>How many rows the filter finds, counted no further than <paramref name="most"/>.</summary>
    Task<long> Count(RegisterFilter filter, long most, CancellationToken gone);

    /// <summary>Rows per stretch of time. Stretches follow one another without gaps; the filter's own times are narrowed to them.</summary>
    /// <param name="edges">At least two, rising; stretch i goes from edge i (included) to edge i+1 (not included).</param>
    Task<ImmutableArray<RegisterBar>> Histogram(RegisterFilter filter, ImmutableArray<DateTimeOffset> edges, CancellationToken gone);

    /// <summary>When the oldest and the newest row of the whole register happened; null while it is empty.</summary>
    Task<(DateTimeOffset Oldest, DateTimeOffset Newest)?> Span(CancellationToken gone);

    /// <summary>One entry of the record, of whatever kind; null: there is none with this number.</summary>
    Task<RecordEntry?> Find(long n, CancellationToken gone);

    /// <summary>Entries of the record of every kind that happened between two times, oldest first, at most <paramref name="most"/>.</summary>
    Task<ImmutableArray<RecordLine>> Around(DateTimeOffset from, DateTimeOffset until, int most, CancellationToken gone);

    /// <summary>Every row the filter finds, oldest first, for writing out.</summary>
    IAsyncEnumerable<RegisterRow> All(RegisterFilter filter, CancellationToken gone);

    /// <summary>Records that rows were written out (<see cref="Core.Panels.RecordExported"/>).</summary>
    /// <param name="query">The filter as its URL shows it.</param>
    /// <param name="sha256">Digest of the file, 64 hex digits.</param>
    Task Exported(string register, string query, long count, string sha256, Actor by, CancellationToken stop);
}

/// <summary>結果 of a row.</summary>
public enum RegisterResult
{
    /// <summary>○ 許可: <see cref="EntryGranted"/>.</summary>
    Granted,

    /// <summary>× 拒否: <see cref="EntryDenied"/>.</summary>
    Denied,

    /// <summary>○ 退室: <see cref="ExitBadged"/> and <see cref="ExitByButton"/>.</summary>
    Released,

    /// <summary>■ こじ開け: <see cref="DoorForced"/>.</summary>
    Forced,

    /// <summary>▲ 開放超過: <see cref="DoorHeldOpen"/>, one row for each opening (its first report).</summary>
    HeldOpen,
}

/// <summary>入退区分.</summary>
public enum RegisterDirection
{
    /// <summary>入室.</summary>
    In,

    /// <summary>退室.</summary>
    Out,
}

/// <summary>記録の別.</summary>
public enum RegisterSource
{
    /// <summary>読取装置.</summary>
    Reader,

    /// <summary>扉の制御 (contact, exit button).</summary>
    Panel,

    /// <summary>手書き.</summary>
    Manual,
}

/// <summary>Which rows are wanted. Empty lists and nulls ask for nothing in particular.</summary>
/// <param name="From">Included.</param>
/// <param name="Until">Not included.</param>
/// <param name="Words">Parts of name, kana (variants folded), person id, section, grant number, digest or record number; all words must be found.</param>
public sealed record RegisterFilter(
    DateTimeOffset? From,
    DateTimeOffset? Until,
    ZoneId? Zone,
    DoorId? Door,
    ImmutableArray<RegisterResult> Results,
    DenyReason? Reason,
    PersonCategory? Category,
    PersonId? Person,
    string? Words)
{
    /// <summary>Everything.</summary>
    public static RegisterFilter None => new(null, null, null, null, [], null, null, null, null);
}

/// <summary>Names one row's place in the order for good.</summary>
public readonly record struct RegisterCursor(DateTimeOffset At, long N);

/// <summary>Where in the register a page lies.</summary>
public abstract record RegisterPlace
{
    /// <summary>最新.</summary>
    public sealed record Newest : RegisterPlace;

    /// <summary>最古.</summary>
    public sealed record Oldest : RegisterPlace;

    /// <summary>The rows next older than this one.</summary>
    public sealed record OlderThan(RegisterCursor Row) : RegisterPlace;

    /// <summary>The rows next newer than this one.</summary>
    public sealed record NewerThan(RegisterCursor Row) : RegisterPlace;

    /// <summary>この日時へ移動: the newest rows that happened at or before this time.</summary>
    public sealed record At(DateTimeOffset Time) : RegisterPlace;
}

/// <summary>Rows of the register, newest first.</summary>
public sealed record RegisterPage(ImmutableArray<RegisterRow> Rows, bool HasNewer, bool HasOlder);

/// <summary>One stretch of the histogram.</summary>
public readonly record struct RegisterBar(DateTimeOffset From, long Rows, long Refused);

/// <summary>One row of the 入退室管理簿. Names are as they were known when the row was made.</summary>
/// <param name="N">記録番号: the entry's number in the record.</param>
/// <param name="OccurredAt">日時(機器).</param>
/// <param name="ReceivedAt">日時(受信).</param>
/// <param name="Direction">Null for こじ開け and 開放超過.</param>
/// <param name="ExitedAt">退室日時 that belongs to this entry; null: still inside or not an entry.</param>
/// <param name="Opened">For a granted entry: false when nobody opened; null while not yet known.</param>
public sealed record RegisterRow(
    long N,
    DateTimeOffset OccurredAt,
    DateTimeOffset ReceivedAt,
    ZoneId Zone,
    DoorId Door,
    RegisterDirection? Direction,
    RegisterResult Result,
    DenyReason? Reason,
    PersonId? Person,
    string? PersonName,
    string? PersonKana,
    PersonCategory? Category,
    string? SectionOrFirm,
    ImmutableArray<EntryMethod> Methods,
    CardDigest? CardDigest,
    GrantId? Grant,
    DateTimeOffset? ExitedAt,
    TimeSpan? Stay,
    bool? Opened,
    RegisterSource Source)
{
    /// <summary>The columns few rows have; null: none of them.</summary>
    public RegisterMore? More { get; init; }
}

/// <summary>Columns of the 入退室管理簿 that few rows have.</summary>
/// <param name="Purpose">入室目的.</param>
/// <param name="Visit">訪問番号.</param>
/// <param name="Escort">付添い者.</param>
/// <param name="EscortName">As known now.</param>
/// <param name="Identity">身分証明書確認.</param>
/// <param name="DeclaredItems">持込み申告.</param>
/// <param name="PaperPage">手書き簿の頁.</param>
/// <param name="HandLine">The hand-written line the row was made of; null: none.</param>
/// <param name="EnteredBy">記入者.</param>
/// <param name="ConfirmedBy">確認者; null: not confirmed yet.</param>
/// <param name="Rejected">The confirmer did not find it so on the paper: the row counts for nothing.</param>
/// <param name="Exception">例外番号.</param>
/// <param name="KeyLoan">鍵の貸出 by which an opening without grant was made.</param>
/// <param name="KeyTakenBy">Who had that key.</param>
public sealed record RegisterMore(
    string? Purpose,
    VisitId? Visit,
    PersonId? Escort,
    string? EscortName,
    IdentityOutcome? Identity,
    string? DeclaredItems,
    string? PaperPage,
    string? HandLine,
    string? EnteredBy,
    string? ConfirmedBy,
    bool Rejected,
    string? Exception,
    string? KeyLoan,
    PersonId? KeyTakenBy);

/// <summary>An entry of the record in one line, for neighbours and histories.</summary>
/// <param name="PersonName">Null when nobody is known by it.</param>
public sealed record RecordLine(long N, RecordedEvent Event, string? PersonName);

/// <summary>One entry of the record with all that shows it to be whole.</summary>
/// <param name="Row">Null when the entry is no row of the 入退室管理簿.</param>
/// <param name="Names">Names of the people the event mentions.</param>
public sealed record RecordEntry(
    long N,
    RecordedEvent Event,
    DateTimeOffset ReceivedAt,
    RegisterRow? Row,
    ImmutableDictionary<PersonId, string> Names,
    ChainFacts Chain);

/// <summary>How an entry hangs in the chain (evidence log, section 7).</summary>
/// <param name="Source">The journal it came from, e.g. a bridge; null: made here.</param>
/// <param name="SourceSeq">Its number there.</param>
/// <param name="Previous">Digest of the entry before, hex; null for the first.</param>
/// <param name="Own">Digest of this entry, hex.</param>
/// <param name="Commitment">Salted digest of the content, hex.</param>
/// <param name="Checked">True: recomputed now and equal. False: differs. Null: could not be checked.</param>
public sealed record ChainFacts(string? Source, long? SourceSeq, string? Previous, string Own, string Commitment, bool? Checked);
