using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Cases;

/// <summary>What exactly is applied for: the fields of one form. The reason belongs to the case, not to its matter.</summary>
/// <param name="Kind">Which kind of case it makes.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "matter")]
[JsonDerivedType(typeof(GrantMatter), "grant")]
[JsonDerivedType(typeof(GrantChangeMatter), "grant-change")]
[JsonDerivedType(typeof(GrantEndMatter), "grant-end")]
[JsonDerivedType(typeof(AccountMatter), "account")]
[JsonDerivedType(typeof(RoleMatter), "role")]
[JsonDerivedType(typeof(DeputyMatter), "deputy")]
[JsonDerivedType(typeof(LostCredentialMatter), "lost-credential")]
[JsonDerivedType(typeof(ExceptionMatter), "exception")]
[JsonDerivedType(typeof(VisitMatter), "visit")]
[JsonDerivedType(typeof(RemoteAccessMatter), "remote-access")]
[JsonDerivedType(typeof(CarryMatter), "carry")]
[JsonDerivedType(typeof(WorkMatter), "work")]
[JsonDerivedType(typeof(MoveMatter), "move")]
public abstract record CaseMatter(CaseKind Kind);

/// <summary>入室許可 for one person (R-DOOR-16).</summary>
/// <param name="Kind"><see cref="CaseKind.StaffGrant"/>, <see cref="CaseKind.ContractorGrant"/> or <see cref="CaseKind.FacilityGrant"/>.</param>
/// <param name="Contract">業務委託契約 of a contractor's worker (R-CON-02); null: none.</param>
/// <param name="ValidUntil">First local day no longer covered.</param>
public sealed record GrantMatter(
    CaseKind Kind,
    PersonId Person,
    ImmutableArray<ZoneId> Zones,
    WeekDays Days,
    Hours Hours,
    DateOnly ValidFrom,
    DateOnly ValidUntil,
    string? Contract) : CaseMatter(Kind);

/// <summary>入室許可の変更: the grant as it shall stand (R-ID-03).</summary>
/// <param name="ValidUntil">First local day no longer covered.</param>
public sealed record GrantChangeMatter(
    GrantId Grant,
    ImmutableArray<ZoneId> Zones,
    WeekDays Days,
    Hours Hours,
    DateOnly ValidFrom,
    DateOnly ValidUntil) : CaseMatter(CaseKind.GrantChange);

/// <summary>入室許可の終了 before its time (R-ID-03).</summary>
/// <param name="EndsOn">First local day no longer covered.</param>
public sealed record GrantEndMatter(GrantId Grant, DateOnly EndsOn) : CaseMatter(CaseKind.GrantEnd);

/// <summary>An account for one person (R-SIGN-09).</summary>
/// <param name="Until">First local day on which it no longer signs in; null: no end known.</param>
public sealed record AccountMatter(PersonId Person, string SignInName, bool Privileged, DateOnly? Until) : CaseMatter(CaseKind.OperatorAccount);

/// <summary>A role for one person (R-PROF-04).</summary>
/// <param name="Section">所属 whose role it is; empty: of the whole organisation.</param>
/// <param name="Zones">区域 a <see cref="Role.SystemManager"/> shall answer for (R-ZONE-07).</param>
/// <param name="Until">First local day on which it is no longer held; null: no end known.</param>
public sealed record RoleMatter(PersonId Person, Role Role, string Section, ImmutableArray<ZoneId> Zones, DateOnly From, DateOnly? Until)
    : CaseMatter(CaseKind.RoleHolding);

/// <summary>代行者 for a role somebody holds (R-SIGN-10, R-EXC-06).</summary>
/// <param name="Person">The deputy.</param>
/// <param name="Holding">Number of the holding to be acted for, e.g. <c>H-0012</c>.</param>
/// <param name="Until">First local day on which the deputy no longer acts; never open.</param>
public sealed record DeputyMatter(PersonId Person, string Holding, DateOnly From, DateOnly Until) : CaseMatter(CaseKind.Deputy);

/// <summary>外部からのアクセス for one person (R-SIGN-14).</summary>
/// <param name="Device">From which device and place, in the applicant's words.</param>
/// <param name="Until">First local day on which it is off again; never open.</param>
public sealed record RemoteAccessMatter(PersonId Person, string Device, DateOnly From, DateOnly Until) : CaseMatter(CaseKind.RemoteAccess);

/// <summary>カードの紛失 (R-ID-08). The card is refused from the moment this is applied for; what is decided is a new card.</summary>
/// <param name="Where">Where and how it was lost; empty: not known.</param>
/// <param name="WantsNew">A new card is asked for.</param>
public sealed record LostCredentialMatter(CredentialId Card, string Where, bool WantsNew) : CaseMatter(CaseKind.LostCredential);

/// <summary>例外措置 (R-EXC-01, sheet 例外措置申請書).</summary>
/// <param name="RuleRef">対象の規定, e.g. <c>R-ZONE-02</c>.</param>
/// <param name="Scope">対象の区域・機器・人.</param>
/// <param name="Substitute">代替措置.</param>
/// <param name="Risk">影響・リスク.</param>
/// <param name="ValidUntil">First local day on which the rule applies again (R-EXC-04).</param>
/// <param name="UsedAt">緊急: used before it was asked for (R-EXC-02); null: not urgent.</param>
/// <param name="SelfApproval">やむを得ない: why one person had to be applicant and approver (R-EXC-07); null: not that kind.</param>
public sealed record ExceptionMatter(
    string RuleRef,
    string Scope,
    string Substitute,
    string Risk,
    DateOnly ValidFrom,
    DateOnly ValidUntil,
    DateTimeOffset? UsedAt,
    string? SelfApproval) : CaseMatter(CaseKind.PolicyException);
