using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Cases;

/// <summary>The stages of every application that wait for somebody: 申請→審査→許可→実施→確認 without the first, which is its beginning.</summary>
public enum CaseStage
{
    /// <summary>許可 (審査 and 許可 are one person's look and word).</summary>
    Allow,

    /// <summary>実施 by a person, where the service cannot do it by itself (a card handed over).</summary>
    CarryOut,

    /// <summary>確認 by another than the one who applied or did it.</summary>
    Confirm,
}

/// <summary>Why a step waits for whom it waits.</summary>
public enum RouteCause
{
    /// <summary>As the table of authority has it.</summary>
    Table,

    /// <summary>自分の申請: who would decide is the applicant or the one it is for; one level up (R-PROF-06).</summary>
    OwnMatter,

    /// <summary>不在: nobody holds the role; one level up, and the vacancy is raised (R-PROF-04).</summary>
    Vacancy,

    /// <summary>期限超過: not decided in time; the next level may decide as well.</summary>
    Overdue,
}

/// <summary>One step a case waits in.</summary>
/// <param name="Roles">Any of whom may take it; the one it belongs to first.</param>
/// <param name="Section">所属 whose role is meant; empty: of any.</param>
/// <param name="Zones">区域 a <see cref="Role.SystemManager"/> must answer for; empty: none in particular.</param>
public sealed record CaseStep(CaseStage Stage, ImmutableArray<Role> Roles, string Section, ImmutableArray<ZoneId> Zones, RouteCause Cause);

/// <summary>What was decided in a step.</summary>
public enum CaseDecision
{
    /// <summary>許可.</summary>
    Allowed,

    /// <summary>条件付許可: the conditions are the text.</summary>
    AllowedWithConditions,

    /// <summary>却下, with a reason.</summary>
    Refused,

    /// <summary>差戻し, with a reason.</summary>
    SentBack,
}
