using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Cases;

/// <summary>How long a step may wait. Times are defaults (†) of ours; the sources give none but the 24 h of R-EXC-02.</summary>
/// <param name="Remind">After this, and again each time it passes, who is to act is reminded.</param>
/// <param name="Escalate">After this the next level may take the step too.</param>
/// <param name="Lapse">After this an undecided case lapses.</param>
public sealed record CaseTerms(TimeSpan Remind, TimeSpan Escalate, TimeSpan Lapse);

/// <summary>What is known of the one a case is for.</summary>
public sealed record CaseSubject(PersonId Person, string Section, PersonCategory Category);

/// <summary>
/// What each kind of case is: who may apply, which steps it takes, how long they may wait. The authority behind each is the table's
/// (<see cref="Authority"/>), never decided here. Pure.
/// </summary>
public static class CaseRules
{
    private static readonly CaseTerms Usual = new(TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromDays(14));
    private static readonly CaseTerms Urgent = new(TimeSpan.FromHours(4), TimeSpan.FromHours(24), TimeSpan.FromDays(14));
    private static readonly CaseTerms AtReception = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(4));

    /// <summary>Time between two reviews of an exception: half a year† (R-EXC-03).</summary>
    public static readonly TimeSpan ReviewEvery = TimeSpan.FromDays(182);

    /// <summary>How long the steps of a case may wait. What was used first in urgency waits hours, not days (R-EXC-02).</summary>
    public static CaseTerms TermsOf(CaseMatter matter) => matter switch
    {
        ExceptionMatter { UsedAt: not null } or LostCredentialMatter => Urgent,

        // Somebody stands at reception and waits.
        VisitMatter { WalkIn: true } => AtReception,
        _ => Usual,
    };

    /// <summary>The requirement a kind rests on.</summary>
    public static string RuleOf(CaseKind kind) => kind switch
    {
        CaseKind.StaffGrant or CaseKind.ContractorGrant or CaseKind.FacilityGrant => "R-DOOR-16",
        CaseKind.GrantChange or CaseKind.GrantEnd => "R-ID-03",
        CaseKind.OperatorAccount => "R-SIGN-09",
        CaseKind.RoleHolding => "R-PROF-04",
        CaseKind.Deputy => "R-SIGN-10",
        CaseKind.LostCredential => "R-ID-08",
        CaseKind.PolicyException => "R-EXC-01",
        CaseKind.Visit => "R-VIS-01",
        CaseKind.RemoteAccess => "R-SIGN-14",
        CaseKind.CarryOut => "R-CARRY-01",
        CaseKind.CarryIn => "R-CARRY-02",
        CaseKind.Work => "R-WORK-01",
        CaseKind.EquipmentMove => "R-MOVE-01",
        _ => throw new UnreachableException($"No rule for {kind}."),
    };

    /// <summary>Whether somebody may apply for a kind at all, for whomever: what the menu of applications shows.</summary>
    public static AuthorityAnswer MayApply(Actor by, CaseKind kind)
    {
        ArgumentNullException.ThrowIfNull(by);
        var own = MayApply(by, kind, ActSubject.Of(by.Person, by.Section));
        return own.Allowed ? own : by.Holdings.Select(holding => MayApply(by, kind, new() { Section = holding.Section })).FirstOrDefault(answer => answer.Allowed) ?? own;
    }

    /// <summary>Whether somebody may apply for a kind about such a subject; what only the matter itself tells (a privilege, a deputy's role) is left open.</summary>
    public static AuthorityAnswer MayApply(Actor by, CaseKind kind, ActSubject about) => kind switch
    {
        CaseKind.StaffGrant => Authority.May(by, Act.GrantStaffEntry, Part.Asks, about),
        CaseKind.ContractorGrant => Authority.May(by, Act.GrantContractorEntry, Part.Asks, about),
        CaseKind.FacilityGrant => Authority.May(by, Act.GrantFacilityEntry, Part.Asks, about),
        CaseKind.GrantChange or CaseKind.GrantEnd => First(
            Authority.May(by, Act.GrantStaffEntry, Part.Asks, about),
            Authority.May(by, Act.GrantFacilityEntry, Part.Asks, about)),
        CaseKind.OperatorAccount => First(AsksForAccount(by), Authority.May(by, Act.PrivilegedAccount, Part.Asks, about)),
        CaseKind.RoleHolding => Authority.May(by, PageAct.AskForRole, about),
        CaseKind.Deputy => First(Authority.May(by, PageAct.AskForRole, about), Authority.May(by, Act.PrivilegeDeputy, Part.Asks, about)),
        CaseKind.LostCredential => Authority.May(by, PageAct.ReportLostCard, about),
        CaseKind.PolicyException => Authority.May(by, Act.AllowException, Part.Asks, about),
        CaseKind.Visit => Authority.May(by, Act.Visit, Part.Asks, about),
        CaseKind.RemoteAccess => AsksForAccount(by),
        CaseKind.CarryOut => Authority.May(by, Act.CarryOut, Part.Asks, about),
        CaseKind.CarryIn => Authority.May(by, Act.CarryIn, Part.Asks, about),
        CaseKind.Work => Authority.May(by, Act.ChangeWork, Part.Does, about),
        CaseKind.EquipmentMove => Authority.May(by, Act.MoveEquipment, Part.Asks, about),
        _ => throw new UnreachableException($"Nobody can apply for {kind}."),
    };

    /// <summary>Whether somebody may apply for this very matter.</summary>
    /// <param name="subject">Whom it is for; null: nobody in particular.</param>
    /// <param name="zones">区域 it concerns.</param>
    /// <param name="role">The role a deputy shall have; null: not about a deputy.</param>
    public static AuthorityAnswer MayApply(Actor by, CaseMatter matter, CaseSubject? subject, ImmutableArray<ZoneId> zones, Role? role)
    {
        ArgumentNullException.ThrowIfNull(matter);
        var about = new ActSubject { Person = subject?.Person, Section = subject?.Section, Zones = zones };
        var entry = subject?.Category == PersonCategory.Contractor ? Act.GrantContractorEntry : Act.GrantStaffEntry;
        return matter switch
        {
            GrantMatter { Kind: CaseKind.StaffGrant } => Authority.May(by, Act.GrantStaffEntry, Part.Asks, about),
            GrantMatter { Kind: CaseKind.ContractorGrant } => Authority.May(by, Act.GrantContractorEntry, Part.Asks, about),
            GrantMatter => Authority.May(by, Act.GrantFacilityEntry, Part.Asks, about),
            GrantChangeMatter or GrantEndMatter => First(Authority.May(by, entry, Part.Asks, about), Authority.May(by, Act.GrantFacilityEntry, Part.Asks, about)),
            AccountMatter { Privileged: true } => Authority.May(by, Act.PrivilegedAccount, Part.Asks, about),
            AccountMatter => AsksForAccount(by),
            RoleMatter asked => Authority.May(by, PageAct.AskForRole, about with { Section = asked.Section.Length > 0 ? asked.Section : subject?.Section }),
            DeputyMatter when role is { } held && IsPrivilege(held) => Authority.May(by, Act.PrivilegeDeputy, Part.Asks, about),
            DeputyMatter => Authority.May(by, PageAct.AskForRole, about),
            LostCredentialMatter => Authority.May(by, PageAct.ReportLostCard, about),
            ExceptionMatter => Authority.May(by, Act.AllowException, Part.Asks, about),
            VisitMatter => Authority.May(by, Act.Visit, Part.Asks, about),
            RemoteAccessMatter => AsksForAccount(by),
            CarryMatter { Kind: CaseKind.CarryOut } => Authority.May(by, Act.CarryOut, Part.Asks, about),
            CarryMatter => Authority.May(by, Act.CarryIn, Part.Asks, about),

            // The rows name nobody who asks: those who do the work do. Whether a contractor's name stands in the contract is the rules' question (R-WORK-03).
            WorkMatter { Plan.Kind: WorkKind.Cabling } => Authority.May(by, Act.WiringWork, Part.Does, about with { InContract = true }),
            WorkMatter { Plan.Kind: WorkKind.PartSwap } => Authority.May(by, Act.SwapPart, Part.Asks, about),
            WorkMatter => Authority.May(by, Act.ChangeWork, Part.Does, about),
            MoveMatter => Authority.May(by, Act.MoveEquipment, Part.Asks, about),
            _ => throw new UnreachableException($"Nobody can apply for {matter.Kind}."),
        };
    }

    /// <summary>The steps of a case as the table of authority has them, before anybody's own part in it is looked at.</summary>
    /// <param name="role">The role a deputy shall have; null: not about a deputy.</param>
    public static ImmutableArray<CaseStep> StepsByTable(CaseMatter matter, ImmutableArray<ZoneId> zones, Role? role, ImmutableArray<RoleHolding> holders)
    {
        ArgumentNullException.ThrowIfNull(matter);
        return matter switch
        {
            GrantMatter { Kind: CaseKind.FacilityGrant } => [.. ApprovalRoute.ByResponsible(zones, holders).Select(group => Step(CaseStage.Allow, group, Role.SystemManager, Role.SupervisingOfficer))],
            GrantMatter or GrantChangeMatter or GrantEndMatter => [.. ApprovalRoute.ByResponsible(zones, holders).Select(group => Step(CaseStage.Allow, group, Role.SystemManager))],
            AccountMatter { Privileged: true } => [Step(CaseStage.Allow, [], Role.SupervisingOfficer)],
            AccountMatter => [Step(CaseStage.Allow, [], Role.SystemManager, Role.SupervisingOfficer)],
            RoleMatter asked => [Step(CaseStage.Allow, [], IsOfTheTop(asked.Role) ? Role.ChiefOfficer : Role.SupervisingOfficer)],
            DeputyMatter => [Step(CaseStage.Allow, [], role is { } held && IsPrivilege(held) ? Role.ChiefOfficer : Role.SupervisingOfficer)],
            LostCredentialMatter { WantsNew: true } => [Step(CaseStage.Allow, [], Role.SystemManager), Step(CaseStage.CarryOut, [], Role.SystemStaff, Role.SystemManager)],
            LostCredentialMatter => [Step(CaseStage.Confirm, [], Role.SystemManager, Role.SystemStaff)],
            ExceptionMatter => [Step(CaseStage.Allow, [], Role.ChiefOfficer)],
            VisitMatter => [.. ApprovalRoute.ByResponsible(zones, holders).Select(group => Step(CaseStage.Allow, group, Role.SystemManager))],

            // R-SIGN-14: by SUP and SYS, which is two people's word.
            RemoteAccessMatter => [Step(CaseStage.Allow, [], Role.SystemManager), Step(CaseStage.Allow, [], Role.SupervisingOfficer)],
            CarryMatter asked => [CarryRules.Step(asked.Plan, applicant: null, holders)],
            // R-MOVE-09: by SUP and SYS, which is two people's word.
            WorkMatter { Plan.Kind: WorkKind.PartSwap } =>
                [.. ApprovalRoute.ByResponsible(zones, holders).Select(group => Step(CaseStage.Allow, group, Role.SystemManager)), Step(CaseStage.Allow, [], Role.SupervisingOfficer)],
            WorkMatter => [.. ApprovalRoute.ByResponsible(zones, holders).Select(group => Step(CaseStage.Allow, group, Role.SystemManager))],

            // R-MOVE-01 by who answers for each zone; off the premises by CHIEF too (R-MOVE-07).
            MoveMatter move =>
            [
                .. ApprovalRoute.ByResponsible(zones, holders).Select(group => Step(CaseStage.Allow, group, Role.SystemManager)),
                .. move.Plan.OffPremises ? [Step(CaseStage.Allow, [], Role.ChiefOfficer)] : Array.Empty<CaseStep>(),
            ],
            _ => throw new UnreachableException($"No steps for {matter.Kind}."),
        };
    }

    /// <summary>The steps as they will go: each that its people cannot take goes one level up.</summary>
    public static ImmutableArray<CaseStep> Steps(CaseMatter matter, ImmutableArray<ZoneId> zones, Role? role, PersonId applicant, PersonId? subject, ImmutableArray<RoleHolding> holders)
    {
        var (steps, concerned) = (matter is CarryMatter carry ? [CarryRules.Step(carry.Plan, applicant, holders)] : StepsByTable(matter, zones, role, holders), Concerned(applicant, subject));
        return TakesTwo(matter) ? ApprovalRoute.ByTwo(steps, concerned, holders) : [.. steps.Select(step => ApprovalRoute.For(step, concerned, holders))];
    }

    /// <summary>Whether somebody may take the step a case waits in.</summary>
    /// <param name="excepted">An exception of the kind R-EXC-07 lets this person decide the own matter.</param>
    public static AuthorityAnswer MayTake(Actor by, CaseDossier file, bool excepted = false)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(file);
        if (file.Current is not { } step)
        {
            return new(AuthorityRefusal.NoRole, null, null, []);
        }

        if (by.IsConsole)
        {
            return new(null, null, null, step.Roles);
        }

        // Applicant and approver differ by person, whichever of their accounts acts (R-PROF-05); so do doer and confirmer.
        var concerned = Concerned(file.AppliedBy, file.Subject);
        if (concerned.Any(person => SeparationOfDuties.Broken(DutyPair.ApplicantAndApprover, person, by.Person, excepted && step.Stage == CaseStage.Allow))
            || (step.Stage == CaseStage.Confirm && file.Hands().Contains(by.Person))
            || (TakesTwo(file.Matter) && file.Allowers().Contains(by.Person)))
        {
            return new(AuthorityRefusal.SamePerson, null, null, step.Roles);
        }

        var roles = excepted ? step with { Roles = [.. step.Roles.Union(StepsByTable(file.Matter, step.Zones, null, []).SelectMany(plain => plain.Roles))] } : step;
        foreach (var (role, holding) in Authority.RolesOf(by))
        {
            if (holding is not null && ApprovalRoute.MayTake(roles, holding, excepted ? [] : concerned) && TableAllows(by, file, roles, excepted))
            {
                return new(null, role, holding, step.Roles);
            }
        }

        var holdsIt = by.Holdings.Any(holding => step.Roles.Contains(holding.Role));
        var standsIn = by.Holdings.Any(holding => step.Roles.Contains(holding.Role) && holding.DeputyFor is { } principal && concerned.Contains(principal));
        return new(standsIn ? AuthorityRefusal.SamePerson : holdsIt ? AuthorityRefusal.OtherZone : AuthorityRefusal.NoRole, null, null, step.Roles);
    }

    /// <summary>Which act of the matrix a decision on a matter is; null: the matrix does not name it (roles, lost cards).</summary>
    public static Act? ActOf(CaseDossier file) => file?.Matter switch
    {
        GrantMatter { Kind: CaseKind.FacilityGrant } => Act.GrantFacilityEntry,
        GrantMatter { Kind: CaseKind.ContractorGrant } => Act.GrantContractorEntry,
        GrantMatter or GrantChangeMatter or GrantEndMatter => Act.GrantStaffEntry,
        AccountMatter { Privileged: true } => Act.PrivilegedAccount,
        AccountMatter or RemoteAccessMatter => Act.OperatorAccount,
        ExceptionMatter => Act.AllowException,
        VisitMatter => Act.Visit,
        CarryMatter { Kind: CaseKind.CarryOut } => Act.CarryOut,
        CarryMatter => Act.CarryIn,
        WorkMatter { Plan.Kind: WorkKind.Cabling } => Act.WiringWork,
        WorkMatter { Plan.Kind: WorkKind.PartSwap } => Act.SwapPart,
        WorkMatter => Act.ChangeWork,
        MoveMatter when file.Current?.Roles.Contains(Role.ChiefOfficer) is true => Act.PlaceOffSite,
        MoveMatter => Act.MoveEquipment,
        _ => null,
    };

    /// <summary>
    /// A role whose deputy needs CHIEF's acceptance (R-SIGN-10): those that carry 特権, which allow, order or keep accounts. Deputies of the others
    /// are SUP's to switch on (R-EXC-06).
    /// </summary>
    public static bool IsPrivilege(Role role) => role is Role.ChiefOfficer or Role.SupervisingOfficer or Role.SystemManager;

    /// <summary>Applicant and subject, each once.</summary>
    public static ImmutableArray<PersonId> Concerned(PersonId applicant, PersonId? subject) =>
        subject is { } person && person != applicant ? [applicant, person] : [applicant];

    // The table speaks for steps that go its way; a raised step follows the chain of section (c), which the table has only in part ("when SYS asks").
    private static bool TableAllows(Actor by, CaseDossier file, CaseStep step, bool excepted) =>
        step.Stage != CaseStage.Allow || step.Cause != RouteCause.Table || excepted
        || (ActOf(file) is { } act ? Authority.May(by, act, Part.Allows, ActSubject.Of(step.Zones)) : Authority.May(by, file.Matter is LostCredentialMatter ? PageAct.KeepCards : PageAct.AllowRole, ActSubject.None)).Allowed;

    // R-MOVE-09, R-SIGN-14: the word of SYS and of SUP, which is two people's.
    private static bool TakesTwo(CaseMatter matter) => matter is RemoteAccessMatter or WorkMatter { Plan.Kind: WorkKind.PartSwap };

    private static bool IsOfTheTop(Role role) => role is Role.ChiefOfficer or Role.SupervisingOfficer or Role.SecurityCommittee;

    // The row Operator accounts names nobody who asks: those who do and keep the accounts do.
    private static AuthorityAnswer AsksForAccount(Actor by) =>
        First(Authority.May(by, Act.OperatorAccount, Part.Does, ActSubject.None), Authority.May(by, Act.OperatorAccount, Part.Allows, ActSubject.None));

    private static AuthorityAnswer First(AuthorityAnswer one, AuthorityAnswer other) => one.Allowed || !other.Allowed ? one : other;

    private static CaseStep Step(CaseStage stage, ImmutableArray<ZoneId> zones, params ImmutableArray<Role> roles) => new(stage, roles, "", zones, RouteCause.Table);
}
