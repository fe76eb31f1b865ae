using System.Collections.Immutable;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Cases;

/// <summary>申請: applied for, or after 差戻し applied for again; the whole application as it now stands, and the way it will go.</summary>
/// <param name="Subject">Whom it is for; null: nobody in particular. That person never decides it.</param>
/// <param name="Zones">区域 it concerns; empty: none in particular.</param>
/// <param name="Before">The grant as it stood, where a change or an end is applied for; else null.</param>
/// <param name="AppliedAs">The role by which the applicant may apply.</param>
/// <param name="LapsesAt">When it lapses undecided.</param>
/// <param name="By">The applicant: the person's id.</param>
public sealed record CaseApplied(
    DateTimeOffset OccurredAt,
    CaseId Case,
    CaseMatter Matter,
    PersonId? Subject,
    ImmutableArray<ZoneId> Zones,
    EntryGrant? Before,
    string Reason,
    Role AppliedAs,
    ImmutableArray<CaseStep> Steps,
    DateTimeOffset LapsesAt,
    string By) : RecordedEvent(OccurredAt);

/// <summary>A step was decided: 許可, 条件付許可, 却下, 差戻し.</summary>
/// <param name="Step">Which step, from 0.</param>
/// <param name="Text">Conditions or reason; empty: none needed.</param>
/// <param name="DecidedAs">The role in which it was decided.</param>
/// <param name="Exception">例外措置 under which it was decided (R-EXC-04, R-EXC-07); null: none.</param>
public sealed record CaseDecided(
    DateTimeOffset OccurredAt,
    CaseId Case,
    int Step,
    CaseDecision Decision,
    string Text,
    Role DecidedAs,
    CaseId? Exception,
    string By) : RecordedEvent(OccurredAt);

/// <summary>取下げ by the applicant.</summary>
public sealed record CaseWithdrawn(DateTimeOffset OccurredAt, CaseId Case, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>期限切れ: not decided in time, or an exception has come to its end (R-EXC-04).</summary>
/// <param name="Cause"><c>undecided</c> or <c>ended</c>.</param>
public sealed record CaseLapsed(DateTimeOffset OccurredAt, CaseId Case, string Cause) : RecordedEvent(OccurredAt);

/// <summary>督促: who is to act was reminded.</summary>
/// <param name="Cause"><c>waiting</c>: the step is not taken; <c>review</c>: a review of an exception is due (R-EXC-03).</param>
public sealed record CaseReminded(DateTimeOffset OccurredAt, CaseId Case, ImmutableArray<Role> Roles, string Cause) : RecordedEvent(OccurredAt);

/// <summary>上位者への回付: the step as it now stands, since who should decide did not or cannot.</summary>
/// <param name="Step">Which step, from 0.</param>
public sealed record CaseEscalated(DateTimeOffset OccurredAt, CaseId Case, int Step, CaseStep To) : RecordedEvent(OccurredAt);

/// <summary>実施: what follows from the permission is done.</summary>
/// <param name="Made">Ids of what was made, changed or ended, e.g. <c>G-2026-0031</c>.</param>
/// <param name="Note">What a person says who did it; empty: the service did it with the decision.</param>
/// <param name="By">Who did it, or in whose decision it lay.</param>
public sealed record CaseCarriedOut(DateTimeOffset OccurredAt, CaseId Case, ImmutableArray<string> Made, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>確認 by another person.</summary>
/// <param name="Result">What was found.</param>
public sealed record CaseConfirmed(DateTimeOffset OccurredAt, CaseId Case, int Step, string Result, Role ConfirmedAs, string By) : RecordedEvent(OccurredAt);

/// <summary>定期確認 of an exception (R-EXC-03).</summary>
/// <param name="Continues">False: it ends with this review.</param>
public sealed record CaseReviewed(DateTimeOffset OccurredAt, CaseId Case, bool Continues, string Result, string By) : RecordedEvent(OccurredAt);

/// <summary>責任者不在: nobody holds a role that must be held (R-PROF-04, R-ZONE-07).</summary>
/// <param name="Section">Whose section; empty: of the whole organisation.</param>
/// <param name="Zone">Null: of no zone.</param>
public sealed record RoleVacant(DateTimeOffset OccurredAt, Role Role, string Section, ZoneId? Zone) : RecordedEvent(OccurredAt);

/// <summary>A vacancy is over.</summary>
/// <param name="Person">Who holds it now; null: it no longer has to be held.</param>
public sealed record RoleFilled(DateTimeOffset OccurredAt, Role Role, string Section, ZoneId? Zone, PersonId? Person) : RecordedEvent(OccurredAt);
