using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Files;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Work;

/// <summary>作業番号, e.g. <c>W-2026-0152</c>. Never reused; it is the purpose of entry of those who work (R-WORK-05).</summary>
public readonly record struct WorkId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>作業区分.</summary>
public enum WorkKind
{
    /// <summary>運用.</summary>
    Operation,

    /// <summary>システム変更 (R-WORK-02).</summary>
    SystemChange,

    /// <summary>配線の変更・追加 (R-WORK-03).</summary>
    Cabling,

    /// <summary>保守.</summary>
    Maintenance,

    /// <summary>部品交換; a change like others (R-WORK-02).</summary>
    PartSwap,

    /// <summary>点検.</summary>
    Inspection,
}

/// <summary>結果.</summary>
public enum WorkResult
{
    /// <summary>完了.</summary>
    Done,

    /// <summary>一部完了.</summary>
    PartlyDone,

    /// <summary>切戻し.</summary>
    RolledBack,

    /// <summary>中止.</summary>
    Cancelled,
}

/// <summary>影響確認.</summary>
public enum WorkImpact
{
    /// <summary>影響なし.</summary>
    None,

    /// <summary>影響あり.</summary>
    Seen,
}

/// <summary>What shall be done, where and by whom: the fields of the application. 作業理由 is the application's reason.</summary>
/// <param name="Targets">対象システム・機器.</param>
/// <param name="Description">作業内容.</param>
/// <param name="RequestRef">申請番号 of the owner's own, e.g. <c>CR-77</c>; null: none.</param>
/// <param name="Performers">作業者.</param>
/// <param name="Checkers">確認者; never one of the performers.</param>
/// <param name="Contract">契約番号 by which contractors among them work; null: none do.</param>
public sealed record WorkPlan(
    WorkKind Kind,
    ImmutableArray<string> Targets,
    ZoneId Zone,
    string Description,
    string? RequestRef,
    ImmutableArray<PersonId> Performers,
    ImmutableArray<PersonId> Checkers,
    string? Contract,
    DateTimeOffset From,
    DateTimeOffset Until)
{
    /// <summary>システム変更等: two people check each other (R-WORK-02).</summary>
    [JsonIgnore]
    public bool IsChange => Kind is WorkKind.SystemChange or WorkKind.PartSwap;

    /// <summary>Everybody who has a part in it.</summary>
    [JsonIgnore]
    public IEnumerable<PersonId> People => Performers.Concat(Checkers).Distinct();
}

/// <summary>作業 applied for.</summary>
public sealed record WorkMatter(WorkPlan Plan) : CaseMatter(CaseKind.Work);

/// <summary>作業 as it was allowed.</summary>
/// <param name="TwoPeople">The profile asks for two people in change work (TwoPersonChange).</param>
/// <param name="ApprovedBySys">SYS's permission of a part swap (R-MOVE-09); null: another kind of work.</param>
/// <param name="ApprovedBySup">SUP's permission of a part swap (R-MOVE-09); null: another kind of work.</param>
public sealed record WorkOrder(
    WorkId Id,
    CaseId Case,
    WorkPlan Plan,
    string Reason,
    bool TwoPeople,
    PersonId AppliedBy,
    DateTimeOffset AppliedAt,
    PersonId ApprovedBy,
    Role ApprovedAs,
    DateTimeOffset ApprovedAt,
    string Conditions,
    PersonId? ApprovedBySys = null,
    PersonId? ApprovedBySup = null)
{
    /// <summary>許可者, each once.</summary>
    [JsonIgnore]
    public IEnumerable<PersonId> Approvers => new[] { ApprovedBySys, ApprovedBySup, ApprovedBy }.OfType<PersonId>().Distinct();

    /// <summary>増設・交換・改造 that both SUP and SYS permitted, who are two people (R-MOVE-09); every other work as it was allowed.</summary>
    [JsonIgnore]
    public bool PermittedByBoth => Plan.Kind is not WorkKind.PartSwap || (ApprovedBySys is { } sys && ApprovedBySup is { } sup && sys != sup);

    /// <summary>Change work that two people do and prove (R-WORK-02).</summary>
    [JsonIgnore]
    public bool NeedsTwo => TwoPeople && Plan.IsChange;
}

/// <summary>One stay of somebody in the zone, as the doors saw it.</summary>
/// <param name="Entered">Entry of the record that shows it.</param>
/// <param name="Left">Entry that shows its end; null: still inside.</param>
public sealed record WorkStay(PersonId Person, long Entered, DateTimeOffset From, long? Left, DateTimeOffset? Until);

/// <summary>Which side of a work a note shows.</summary>
public enum WorkSide
{
    /// <summary>作業前.</summary>
    Before,

    /// <summary>作業後.</summary>
    After,
}

/// <summary>作業前後の記録: what somebody wrote down of how things stood, with files that show it (R-WORK-01).</summary>
/// <param name="N">Its entry in the record.</param>
/// <param name="Text">Empty: the files say it.</param>
public sealed record WorkNote(long N, DateTimeOffset At, WorkSide Side, string Text, ImmutableArray<KeptFile> Files, PersonId By);

/// <summary>What is said of a work at its end.</summary>
/// <param name="BeforeVersion">変更前の版; null: none.</param>
/// <param name="AfterVersion">変更後の版; null: none.</param>
/// <param name="PartSerialOut">取外し部品; null: none.</param>
/// <param name="PartSerialIn">取付け部品; null: none.</param>
/// <param name="Note">特記事項; empty: none.</param>
public sealed record WorkOutcome(WorkResult Result, WorkImpact? Impact, string? BeforeVersion, string? AfterVersion, string? PartSerialOut, string? PartSerialIn, string Note);
