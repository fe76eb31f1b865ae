using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using ActPart = RoomGuard.Core.Operators.Part;

namespace RoomGuard.Dashboard.Hosting;

/// <summary>Writes down that somebody was refused at a page (R-SIGN-01). The program registers it; without it refusals are not recorded.</summary>
public interface IRefusalNotes
{
    /// <summary>Notes it and says who may instead.</summary>
    /// <param name="operation">The right that was wanted, e.g. <c>Lockdown/Does</c>.</param>
    /// <param name="path">The page.</param>
    Task<Refusal> Note(Actor by, AuthorityAnswer answer, string operation, string path, CancellationToken stop);
}

/// <summary>One right by which a route may be used: a part in an act of the matrix, or an act of the second table.</summary>
public sealed record RouteRight
{
    private RouteRight(string name, Func<Actor, bool> heldBy, ImmutableArray<Role> roles) => (Name, HeldBy, Roles) = (name, heldBy, roles);

    /// <summary>E.g. <c>Lockdown/Does</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// Whether a person has it at all, however limited: for whom, which zones and under which condition is the desk's question, which alone knows
    /// what the act is about.
    /// </summary>
    public Func<Actor, bool> HeldBy { get; }

    /// <summary>Who has it.</summary>
    public ImmutableArray<Role> Roles { get; }

    internal static RouteRight Of(Act act, ActPart part) => new(
        $"{act}/{part}",
        by => by.IsConsole || Authority.RightsOf(by, act, part).Any(right => right.Limit != AuthorityLimit.Never),
        AuthorityTable.RolesWith(act, part));

    /// <summary>A right that a portion of the act gives, e.g. <c>badge, identity</c>.</summary>
    internal static RouteRight Of(Act act, ActPart part, string portion) => new(
        $"{act}/{part}/{portion}",
        by => by.IsConsole || Authority.May(by, act, part, new() { Portion = portion }).Allowed,
        [.. AuthorityTable.RolesWith(act, part).Where(role => AuthorityTable.Cell(act, role).Rights.Any(right => right.Part == part && (right.Portion is null || right.Portion == portion)))]);

    internal static RouteRight Of(PageAct act) => new(
        act.ToString(),
        by => by.IsConsole || Authority.RolesOf(by).Any(held => !PageAuthority.Cell(act, held.Role).IsEmpty),
        PageAuthority.RolesWith(act));
}

/// <summary>
/// Which right each page and act of the dashboard asks for: one table for all routes (R-SIGN-01). A route without a row is refused to everybody.
/// This is the first of two doors; the second is the desk behind it.
/// </summary>
public static class RouteAuthority
{
    private static readonly RouteRight SeeRoom = RouteRight.Of(PageAct.SeeRoom);
    private static readonly RouteRight Own = RouteRight.Of(PageAct.OwnPage);
    private static readonly RouteRight SeeRegister = RouteRight.Of(Act.ViewEntryRegister, ActPart.Views);
    private static readonly RouteRight SeePeople = RouteRight.Of(PageAct.SeePeople);
    private static readonly RouteRight KeepPeople = RouteRight.Of(PageAct.KeepPeople);
    private static readonly RouteRight KeepCards = RouteRight.Of(PageAct.KeepCards);
    private static readonly RouteRight SeeContracts = RouteRight.Of(PageAct.SeeContracts);
    private static readonly RouteRight KeepContracts = RouteRight.Of(PageAct.KeepContracts);
    private static readonly RouteRight Import = RouteRight.Of(PageAct.ImportPeople);
    private static readonly RouteRight Suspend = RouteRight.Of(Act.SuspendRights, ActPart.Does);
    private static readonly RouteRight LockDown = RouteRight.Of(Act.Lockdown, ActPart.Does);
    private static readonly RouteRight CorrectPresence = RouteRight.Of(Act.ResetPresence, ActPart.Does);
    private static readonly RouteRight AskCorrection = RouteRight.Of(Act.ResetPresence, ActPart.Asks);
    private static readonly ImmutableArray<RouteRight> Modes = [RouteRight.Of(PageAct.TellFire), RouteRight.Of(PageAct.SetZoneMode), RouteRight.Of(PageAct.MaintainDoors)];
    private static readonly ImmutableArray<RouteRight> KeepZones = [RouteRight.Of(Act.RegisterZone, ActPart.Asks), RouteRight.Of(Act.RegisterZone, ActPart.Does)];
    private static readonly ImmutableArray<RouteRight> SeeZones =
        [.. KeepZones, RouteRight.Of(Act.RegisterZone, ActPart.Allows), RouteRight.Of(Act.RegisterZone, ActPart.Checks), RouteRight.Of(Act.RegisterZone, ActPart.Views), RouteRight.Of(Act.RegisterZone, ActPart.Informed)];
    private static readonly ImmutableArray<RouteRight> ActOnAlarms = [RouteRight.Of(Act.AcknowledgeClimateAlarm, ActPart.Does), RouteRight.Of(Act.AcknowledgeIntrusionAlarm, ActPart.Does)];
    private static readonly ImmutableArray<RouteRight> SeeAlarms =
    [
        .. ActOnAlarms,
        RouteRight.Of(Act.AcknowledgeClimateAlarm, ActPart.Views), RouteRight.Of(Act.AcknowledgeIntrusionAlarm, ActPart.Views),
        RouteRight.Of(Act.AcknowledgeClimateAlarm, ActPart.Informed), RouteRight.Of(Act.AcknowledgeIntrusionAlarm, ActPart.Informed),
    ];

    private static readonly ImmutableArray<RouteRight> ProposeLimits =
        [RouteRight.Of(Act.SetLimits, ActPart.Asks), RouteRight.Of(Act.SetLimits, ActPart.Does), RouteRight.Of(Act.SetLimits, ActPart.Allows)];

    private static readonly RouteRight SeeAccounts = RouteRight.Of(PageAct.SeeAccounts);
    private static readonly RouteRight ForceSignOut = RouteRight.Of(PageAct.ForceSignOut);
    private static readonly RouteRight KeepAccounts = RouteRight.Of(Act.OperatorAccount, ActPart.Allows);
    private static readonly RouteRight DoAccounts = RouteRight.Of(Act.OperatorAccount, ActPart.Does);
    private static readonly RouteRight KeepTokens = RouteRight.Of(PageAct.KeepTokens);
    private static readonly RouteRight Receive = RouteRight.Of(Act.Visit, ActPart.Does, "badge, identity");
    private static readonly RouteRight KeepVisits = RouteRight.Of(Act.Visit, ActPart.Keeps);
    private static readonly RouteRight AllowVisits = RouteRight.Of(Act.Visit, ActPart.Allows);
    private static readonly RouteRight ViewVisits = RouteRight.Of(Act.Visit, ActPart.Views);
    private static readonly RouteRight NameLooker = RouteRight.Of(Act.LookIntoPerson, ActPart.Allows);

    private static readonly ImmutableArray<RouteRight> DoWork = [RouteRight.Of(Act.ChangeWork, ActPart.Does), RouteRight.Of(Act.WiringWork, ActPart.Does)];

    // Staff check part swaps (R-MOVE-09).
    private static readonly RouteRight CheckSwap = RouteRight.Of(Act.SwapPart, ActPart.Checks);
    private static readonly ImmutableArray<RouteRight> SeeWork = [.. DoWork, CheckSwap, RouteRight.Of(Act.ChangeWork, ActPart.Views), RouteRight.Of(Act.WiringWork, ActPart.Views), RouteRight.Of(Act.SwapPart, ActPart.Views)];
    private static readonly RouteRight KeepThings = RouteRight.Of(Act.KeepZoneItems, ActPart.Does);
    private static readonly ImmutableArray<RouteRight> AllowCarrying = [RouteRight.Of(Act.CarryOut, ActPart.Allows), RouteRight.Of(Act.CarryIn, ActPart.Allows)];
    private static readonly ImmutableArray<RouteRight> PassThings = [RouteRight.Of(Act.CarryOut, ActPart.Does, "count"), RouteRight.Of(Act.CarryOut, ActPart.Keeps), RouteRight.Of(Act.CarryIn, ActPart.Does), RouteRight.Of(Act.CarryIn, ActPart.Keeps)];

    /// <summary>Method and pattern of each route that asks for a session, with the rights of which one is enough.</summary>
    public static FrozenDictionary<string, ImmutableArray<RouteRight>> Rows { get; } = new Dictionary<string, ImmutableArray<RouteRight>>
    {
        // The room. Whoever has no part in it is led from the first page to their own.
        ["GET /"] = [SeeRoom, Own],
        ["GET /live"] = [Own],
        ["GET /fragments/now"] = [SeeRoom],
        ["GET /wallboard"] = [SeeRoom],
        ["GET /fragments/wallboard"] = [SeeRoom],
        ["GET /presence"] = [SeeRoom],
        ["GET /fragments/presence"] = [SeeRoom],
        ["GET /presence/questions"] = [CorrectPresence, AskCorrection, RouteRight.Of(Act.ResetPresence, ActPart.Views)],
        ["GET /presence/questions/{n}/settle"] = [CorrectPresence],
        ["POST /presence/questions/{n}/settle"] = [CorrectPresence],
        ["GET /presence/correct"] = [CorrectPresence, AskCorrection],
        ["POST /presence/correct"] = [CorrectPresence],
        ["POST /presence/ask"] = [AskCorrection],
        ["GET /map"] = [SeeRoom],
        ["GET /fragments/map"] = [SeeRoom],
        ["GET /devices"] = [RouteRight.Of(PageAct.SeeDevices)],
        ["GET /fragments/devices"] = [RouteRight.Of(PageAct.SeeDevices)],

        // The register, cut to what each role may see.
        ["GET /entries"] = [SeeRegister],
        ["GET /entries.csv"] = [SeeRegister],
        ["GET /entries/{n:long:min(0)}"] = [SeeRegister],
        ["GET /entries/{n:long:min(0)}/timeline"] = [SeeRegister],
        ["GET /fragments/new-entries"] = [SeeRegister],
        ["GET /entries/purpose"] = [SeeRegister],
        ["POST /entries/purpose"] = [SeeRegister],
        ["GET /investigations"] = [NameLooker, RouteRight.Of(Act.LookIntoPerson, ActPart.Does)],
        ["POST /investigations"] = [NameLooker],
        ["GET /investigations/{id}/end"] = [NameLooker],
        ["POST /investigations/{id}/end"] = [NameLooker],

        // People and cards.
        ["GET /people"] = [SeePeople],
        ["GET /people/{id}"] = [SeePeople],
        ["GET /people/new"] = [KeepPeople, KeepContracts],
        ["POST /people/new"] = [KeepPeople, KeepContracts],
        ["GET /people/{id}/change"] = [KeepPeople, KeepContracts],
        ["POST /people/{id}/change"] = [KeepPeople, KeepContracts],
        ["GET /people/import"] = [Import],
        ["POST /people/import"] = [Import],
        ["GET /people/import/{token}"] = [Import],
        ["POST /people/import/apply"] = [Import],
        ["GET /people/import/runs/{id}"] = [Import],
        ["GET /fragments/people-import/{id}"] = [Import],
        ["POST /people/import/runs/{id}/stop"] = [Import],
        ["GET /people/{id}/suspend"] = [Suspend],
        ["POST /people/{id}/suspend"] = [Suspend],
        ["GET /people/{id}/resume"] = [Suspend],
        ["POST /people/{id}/resume"] = [Suspend],
        ["GET /people/{id}/cards/new"] = [KeepCards],
        ["POST /people/{id}/cards/new"] = [KeepCards],
        ["GET /cards"] = [RouteRight.Of(PageAct.SeeCards)],
        ["GET /cards/{id}/lost"] = [RouteRight.Of(PageAct.ReportLostCard)],
        ["POST /cards/{id}/lost"] = [RouteRight.Of(PageAct.ReportLostCard)],
        ["GET /cards/{id}/suspend"] = [KeepCards],
        ["POST /cards/{id}/suspend"] = [KeepCards],
        ["GET /cards/{id}/resume"] = [KeepCards],
        ["POST /cards/{id}/resume"] = [KeepCards],
        ["GET /cards/{id}/return"] = [KeepCards],
        ["POST /cards/{id}/return"] = [KeepCards],
        ["GET /cards/{id}/pin"] = [KeepCards],
        ["POST /cards/{id}/pin"] = [KeepCards],
        ["GET /grants"] = [RouteRight.Of(PageAct.SeeGrants)],

        // Joining, leaving, lending, comparing with personnel.
        ["GET /personnel"] = [KeepPeople, Import],
        ["GET /personnel/people/{id}"] = [KeepPeople, Import],
        ["POST /personnel/people/{id}/leave"] = [KeepPeople],
        ["POST /personnel/people/{id}/lend"] = [KeepPeople],
        ["POST /personnel/people/{id}/meet"] = [KeepPeople, KeepContracts],
        ["POST /personnel/people/{id}/return"] = [KeepPeople],
        ["POST /personnel/people/{id}/biometrics"] = [KeepCards],
        ["POST /personnel/people/{id}/biometrics/delete"] = [KeepCards],
        ["GET /personnel/cards/{id}/keep"] = [KeepCards],
        ["POST /personnel/cards/{id}/keep"] = [KeepCards],
        ["GET /personnel/cards/{id}/duress"] = [KeepCards],
        ["POST /personnel/cards/{id}/duress"] = [KeepCards],
        ["POST /personnel/compare"] = [Import],
        ["GET /personnel/comparisons/{id}"] = [Import],
        ["POST /personnel/comparisons/{id}/{no}"] = [Import],

        // The contractor register.
        ["GET /contracts"] = [SeeContracts],
        ["GET /contracts/{id}"] = [SeeContracts],
        ["GET /contracts/new"] = [KeepContracts],
        ["POST /contracts/new"] = [KeepContracts],
        ["GET /contracts/{id}/change"] = [KeepContracts],
        ["POST /contracts/{id}/change"] = [KeepContracts],
        ["POST /contracts/{id}/brief"] = [KeepContracts],
        ["POST /contracts/{id}/check"] = [KeepContracts],
        ["POST /contracts/{id}/checks/{n:long:min(0)}/receive"] = [SeeContracts],
        ["POST /contracts/{id}/entrust"] = [KeepContracts],
        ["POST /contracts/{id}/settle"] = [KeepContracts],
        ["GET /contracts/{id}/trail"] = [RouteRight.Of(PageAct.ExtractContractor)],
        ["GET /contracts/{id}/trail.csv"] = [RouteRight.Of(PageAct.ExtractContractor)],
        ["POST /contracts/{id}/end"] = [KeepContracts],

        // Applications: who may apply for what, see which case and take which step depends on the case, and is the desk's to say.
        ["GET /approvals"] = [Own],
        ["GET /approvals/mine"] = [Own],
        ["GET /approvals/done"] = [Own],
        ["GET /apply"] = [Own],
        ["GET /apply/{kind}"] = [Own],
        ["POST /apply/{kind}"] = [Own],
        ["GET /cases/{id}"] = [Own],
        ["GET /cases/{id}/form"] = [Own],
        ["GET /cases/{id}/change"] = [Own],
        ["POST /cases/{id}/change"] = [Own],
        ["GET /cases/{id}/allow"] = [Own],
        ["POST /cases/{id}/allow"] = [Own],
        ["GET /cases/{id}/allow-if"] = [Own],
        ["POST /cases/{id}/allow-if"] = [Own],
        ["GET /cases/{id}/send-back"] = [Own],
        ["POST /cases/{id}/send-back"] = [Own],
        ["GET /cases/{id}/refuse"] = [Own],
        ["POST /cases/{id}/refuse"] = [Own],
        ["GET /cases/{id}/withdraw"] = [Own],
        ["POST /cases/{id}/withdraw"] = [Own],
        ["GET /cases/{id}/carry-out"] = [Own],
        ["POST /cases/{id}/carry-out"] = [Own],
        ["GET /cases/{id}/confirm"] = [Own],
        ["POST /cases/{id}/confirm"] = [Own],

        // Roles and accounts. Whoever may ask for a role may be the one a deputy stands in for.
        ["GET /roles"] = [RouteRight.Of(PageAct.SeeRoles)],
        ["GET /roles/deputies"] = [RouteRight.Of(PageAct.SeeRoles)],
        ["GET /roles/{id}/end"] = [RouteRight.Of(PageAct.AllowRole), RouteRight.Of(PageAct.AskForRole)],
        ["POST /roles/{id}/end"] = [RouteRight.Of(PageAct.AllowRole), RouteRight.Of(PageAct.AskForRole)],
        ["GET /accounts"] = [SeeAccounts],
        ["GET /accounts/reviews"] = [SeeAccounts],
        ["GET /accounts/{id}/review"] = [RouteRight.Of(PageAct.ReviewPrivileges)],
        ["POST /accounts/{id}/review"] = [RouteRight.Of(PageAct.ReviewPrivileges)],
        ["GET /accounts/{id}"] = [SeeAccounts, ForceSignOut],
        ["GET /accounts/{id}/hold"] = [KeepAccounts, DoAccounts],
        ["POST /accounts/{id}/hold"] = [KeepAccounts, DoAccounts],
        ["GET /accounts/{id}/release"] = [KeepAccounts, DoAccounts],
        ["POST /accounts/{id}/release"] = [KeepAccounts, DoAccounts],
        ["GET /accounts/{id}/end"] = [KeepAccounts, DoAccounts],
        ["POST /accounts/{id}/end"] = [KeepAccounts, DoAccounts],
        ["GET /accounts/{id}/end-sessions"] = [ForceSignOut, KeepAccounts, DoAccounts],
        ["POST /accounts/{id}/end-sessions"] = [ForceSignOut, KeepAccounts, DoAccounts],
        ["GET /accounts/{id}/end-remote"] = [KeepAccounts, DoAccounts],
        ["POST /accounts/{id}/end-remote"] = [KeepAccounts, DoAccounts],
        ["GET /accounts/{id}/password"] = [KeepAccounts, DoAccounts, ForceSignOut],
        ["POST /accounts/{id}/password"] = [KeepAccounts, DoAccounts, ForceSignOut],

        // Tokens of the API: whoever keeps them makes and ends them; each person takes and ends their own.
        ["GET /tokens"] = [KeepTokens, Own],
        ["GET /tokens/new"] = [KeepTokens],
        ["POST /tokens/new"] = [KeepTokens],
        ["POST /tokens/{id}/take"] = [Own],
        ["GET /tokens/{id}/end"] = [KeepTokens, Own],
        ["POST /tokens/{id}/end"] = [KeepTokens, Own],
        ["GET /tokens/openapi.json"] = [Own],

        // One's own.
        ["GET /me"] = [Own],
        ["GET /me/cards/{id}/lost"] = [Own],
        ["POST /me/cards/{id}/lost"] = [Own],
        ["GET /me/cards/{id}/reported"] = [Own],
        ["GET /me/grants/{id}/give-up"] = [Own],
        ["POST /me/grants/{id}/give-up"] = [Own],
        ["GET /escort"] = [Own],
        ["GET /fragments/escort"] = [Own],
        ["GET /escort/{id}/all-out"] = [Own],
        ["POST /escort/{id}/all-out"] = [Own],
        ["GET /me/presence/{n}"] = [Own],
        ["POST /me/presence/{n}"] = [Own],
        ["POST /me/purpose"] = [Own],
        ["GET /me/sign-in"] = [Own],
        ["POST /me/sign-in/passkeys"] = [Own],
        ["POST /me/sign-in/passkeys/remove"] = [Own],
        ["POST /me/sign-in/password"] = [Own],
        ["POST /me/sign-in/sessions/end"] = [Own],
        ["POST /confirm"] = [Own],

        // Lockdown. Everybody is told of it; the few who order it are asked for again at the desk.
        ["GET /lockdown"] = [LockDown, RouteRight.Of(Act.Lockdown, ActPart.Asks), RouteRight.Of(Act.Lockdown, ActPart.Views), RouteRight.Of(Act.Lockdown, ActPart.Informed)],
        ["POST /lockdown/check"] = [LockDown],
        ["POST /lockdown/begin"] = [LockDown],
        ["GET /lockdown/{id}/end"] = [LockDown],
        ["POST /lockdown/{id}/end"] = [LockDown],

        // 区域の状態. Which mode, and for which zone, is the desk's question.
        ["GET /modes"] = [SeeRoom],
        ["POST /modes/check"] = Modes,
        ["POST /modes/begin"] = Modes,
        ["GET /modes/{id}/end"] = Modes,
        ["POST /modes/{id}/end"] = Modes,

        // The register kept by hand, keys, identity checks, patterns.
        ["GET /entries/sheet"] = [SeeRegister],
        ["GET /hand-register"] = [RouteRight.Of(Act.HandWrittenLine, ActPart.Does), RouteRight.Of(Act.HandWrittenLine, ActPart.Checks), RouteRight.Of(Act.HandWrittenLine, ActPart.Views)],
        ["GET /hand-register/{id}"] = [RouteRight.Of(Act.HandWrittenLine, ActPart.Does), RouteRight.Of(Act.HandWrittenLine, ActPart.Checks), RouteRight.Of(Act.HandWrittenLine, ActPart.Views)],
        ["GET /hand-register/new"] = [RouteRight.Of(Act.HandWrittenLine, ActPart.Does)],
        ["POST /hand-register/new"] = [RouteRight.Of(Act.HandWrittenLine, ActPart.Does)],
        ["POST /hand-register/{id}/decide"] = [RouteRight.Of(Act.HandWrittenLine, ActPart.Checks)],
        ["GET /keys"] = [RouteRight.Of(PageAct.SeeKeys)],
        ["POST /keys/take"] = [RouteRight.Of(PageAct.LendKeys)],
        ["POST /keys/loans/{id}/return"] = [RouteRight.Of(PageAct.LendKeys)],
        ["POST /keys/register"] = [RouteRight.Of(PageAct.KeepKeys)],
        ["POST /keys/{id}/retire"] = [RouteRight.Of(PageAct.KeepKeys)],
        ["GET /identity-checks"] = [RouteRight.Of(PageAct.CheckIdentity), RouteRight.Of(PageAct.SeeIdentityChecks)],
        ["POST /identity-checks"] = [RouteRight.Of(PageAct.CheckIdentity)],
        ["GET /identity-checks/{id}/clear"] = [RouteRight.Of(PageAct.ClearIdentity)],
        ["POST /identity-checks/{id}/clear"] = [RouteRight.Of(PageAct.ClearIdentity)],
        ["GET /patterns"] = [RouteRight.Of(PageAct.SeePatterns)],
        ["GET /patterns/{n}"] = [RouteRight.Of(PageAct.SeePatterns)],
        ["POST /patterns/{n}/review"] = [RouteRight.Of(PageAct.ReviewPatterns)],

        // Visits: whoever has one of their own sees it, the desk cuts the rest.
        ["GET /visits"] = [Own],
        ["GET /visits/sheet"] = [Own],
        ["GET /visits/{id}"] = [Own],
        ["GET /visits/{id}/sheet"] = [Own],
        ["GET /visits/{id}/invitation"] = [Own],
        ["GET /visits/{id}/change"] = [AllowVisits],
        ["POST /visits/{id}/change"] = [AllowVisits],
        ["GET /visits/{id}/cancel"] = [Own],
        ["POST /visits/{id}/cancel"] = [Own],
        ["GET /visits/visitors/{id}/beforehand"] = [Own],
        ["POST /visits/visitors/{id}/beforehand"] = [Own],
        ["GET /visits/bars"] = [KeepVisits, ViewVisits],
        ["POST /visits/bars"] = [KeepVisits],
        ["GET /visits/bars/{id}/lift"] = [KeepVisits],
        ["POST /visits/bars/{id}/lift"] = [KeepVisits],
        ["GET /visits/badges"] = [KeepVisits, Receive, ViewVisits],
        ["POST /visits/badges"] = [KeepVisits, Receive],
        ["GET /visits/badges/{id}/retire"] = [KeepVisits, Receive],
        ["POST /visits/badges/{id}/retire"] = [KeepVisits, Receive],
        ["GET /visits/overrides"] = [AllowVisits, ViewVisits],
        ["POST /visits/overrides/check"] = [AllowVisits],
        ["POST /visits/overrides/order"] = [AllowVisits],
        ["GET /visits/overrides/{id}/{zone}/end"] = [AllowVisits],
        ["POST /visits/overrides/{id}/{zone}/end"] = [AllowVisits],

        // The reception desk.
        ["GET /reception"] = [Receive],
        ["GET /reception/find"] = [Receive],
        ["GET /reception/fragments/board"] = [Receive],
        ["GET /reception/fragments/walk-in/{id}"] = [Receive],
        ["GET /reception/visitors/{id}"] = [Receive],
        ["POST /reception/visitors/{id}"] = [Receive],
        ["GET /reception/badges/{id}"] = [Receive],
        ["POST /reception/badges/{id}/return"] = [Receive],
        ["GET /reception/badges/{id}/lost"] = [Receive],
        ["POST /reception/badges/{id}/lost"] = [Receive],
        ["GET /reception/walk-in"] = [Receive],
        ["POST /reception/walk-in"] = [Receive],
        ["GET /reception/walk-in/{id}"] = [Receive],

        // Power. Which zone's plan, and who registered a planned outage, is the desk's question.
        ["GET /power"] = [RouteRight.Of(PageAct.SeePower)],
        ["GET /fragments/power"] = [RouteRight.Of(PageAct.SeePower)],
        ["GET /power/plan"] = [RouteRight.Of(PageAct.SeePower)],
        ["POST /power/plan/check"] = [RouteRight.Of(Act.CommandPower, ActPart.Asks), RouteRight.Of(Act.CommandPower, ActPart.Allows)],
        ["POST /power/plan/ask"] = [RouteRight.Of(Act.CommandPower, ActPart.Asks), RouteRight.Of(Act.CommandPower, ActPart.Allows)],
        ["GET /power/plan/{id}/withdraw"] = [RouteRight.Of(Act.CommandPower, ActPart.Asks), RouteRight.Of(Act.CommandPower, ActPart.Allows)],
        ["POST /power/plan/{id}/withdraw"] = [RouteRight.Of(Act.CommandPower, ActPart.Asks), RouteRight.Of(Act.CommandPower, ActPart.Allows)],
        ["GET /power/plan/changes/{id}/allow"] = [RouteRight.Of(Act.CommandPower, ActPart.Allows)],
        ["POST /power/plan/changes/{id}/allow"] = [RouteRight.Of(Act.CommandPower, ActPart.Allows)],
        ["GET /power/plan/changes/{id}/decline"] = [RouteRight.Of(Act.CommandPower, ActPart.Asks), RouteRight.Of(Act.CommandPower, ActPart.Allows)],
        ["POST /power/plan/changes/{id}/decline"] = [RouteRight.Of(Act.CommandPower, ActPart.Asks), RouteRight.Of(Act.CommandPower, ActPart.Allows)],
        ["GET /power/units/{id}"] = [RouteRight.Of(PageAct.SeePower)],
        ["GET /power/units/{id}/readings"] = [RouteRight.Of(PageAct.SeePower)],
        ["POST /power/plan/{id}/drill"] = [RouteRight.Of(Act.CommandPower, ActPart.Allows)],
        ["GET /power/outages"] = [RouteRight.Of(PageAct.SeePower)],
        ["GET /power/outages/{id}"] = [RouteRight.Of(PageAct.SeePower)],
        ["GET /power/planned"] = [RouteRight.Of(PageAct.SeePower)],
        ["POST /power/planned"] = [RouteRight.Of(PageAct.RegisterPlannedOutage)],
        ["GET /power/planned/{id}/agree"] = [RouteRight.Of(PageAct.AgreePlannedOutage)],
        ["POST /power/planned/{id}/agree"] = [RouteRight.Of(PageAct.AgreePlannedOutage)],
        ["GET /power/planned/{id}/decline"] = [RouteRight.Of(PageAct.RegisterPlannedOutage), RouteRight.Of(PageAct.AgreePlannedOutage)],
        ["GET /power/commands"] = [RouteRight.Of(PageAct.SeePower)],
        ["GET /fragments/power-commands"] = [RouteRight.Of(PageAct.SeePower)],
        ["POST /power/commands"] = [RouteRight.Of(Act.CommandPower, ActPart.Asks)],
        ["GET /power/commands/{id}/confirm"] = [RouteRight.Of(Act.CommandPower, ActPart.Checks), RouteRight.Of(Act.CommandPower, ActPart.Does)],
        ["POST /power/commands/{id}/confirm"] = [RouteRight.Of(Act.CommandPower, ActPart.Checks), RouteRight.Of(Act.CommandPower, ActPart.Does)],
        ["GET /power/commands/{id}/drop"] = [RouteRight.Of(Act.CommandPower, ActPart.Asks), RouteRight.Of(Act.CommandPower, ActPart.Checks)],
        ["POST /power/commands/{id}/drop"] = [RouteRight.Of(Act.CommandPower, ActPart.Asks), RouteRight.Of(Act.CommandPower, ActPart.Checks)],
        ["POST /power/planned/{id}/decline"] = [RouteRight.Of(PageAct.RegisterPlannedOutage), RouteRight.Of(PageAct.AgreePlannedOutage)],

        // Climate. Which zone's limits, and who proposed them, is the desk's question.
        ["GET /climate"] = [RouteRight.Of(PageAct.SeeClimate)],
        ["GET /fragments/climate"] = [RouteRight.Of(PageAct.SeeClimate)],
        ["GET /climate/sensors"] = [RouteRight.Of(PageAct.SeeClimate)],
        ["GET /climate/sensors/{id}"] = [RouteRight.Of(PageAct.SeeClimate)],
        ["GET /climate/sensors/{id}/readings"] = [RouteRight.Of(PageAct.SeeClimate)],
        ["POST /climate/sensors/{id}/service"] = [RouteRight.Of(PageAct.BeginMaintenance)],
        ["GET /climate/sensors/{id}/end-service"] = [RouteRight.Of(PageAct.BeginMaintenance)],
        ["POST /climate/sensors/{id}/end-service"] = [RouteRight.Of(PageAct.BeginMaintenance)],
        ["GET /climate/fire-equipment"] = [RouteRight.Of(PageAct.SeeClimate)],
        ["POST /climate/fire-equipment"] = [RouteRight.Of(PageAct.KeepFireEquipment)],
        ["POST /climate/fire-equipment/{id}/retire"] = [RouteRight.Of(PageAct.KeepFireEquipment)],
        ["GET /climate/enrol"] = [RouteRight.Of(PageAct.EnrolSensors)],
        ["POST /climate/enrol"] = [RouteRight.Of(PageAct.EnrolSensors)],
        ["GET /climate/sensors/{id}/take-out"] = [RouteRight.Of(PageAct.EnrolSensors)],
        ["POST /climate/sensors/{id}/take-out"] = [RouteRight.Of(PageAct.EnrolSensors)],
        ["GET /climate/plan"] = [RouteRight.Of(PageAct.SeeClimate)],
        ["POST /climate/plan"] = ProposeLimits,
        ["GET /climate/plan/{id}/allow"] = [RouteRight.Of(Act.SetLimits, ActPart.Allows)],
        ["POST /climate/plan/{id}/allow"] = [RouteRight.Of(Act.SetLimits, ActPart.Allows)],
        ["GET /climate/plan/{id}/decline"] = ProposeLimits,
        ["POST /climate/plan/{id}/decline"] = ProposeLimits,
        ["GET /climate/trends"] = [RouteRight.Of(PageAct.SeeClimate)],
        ["GET /climate/trends/readings"] = [RouteRight.Of(PageAct.SeeClimate)],
        ["GET /climate/confirm"] = [RouteRight.Of(Act.AcknowledgeClimateAlarm, ActPart.Does)],
        ["POST /climate/confirm"] = [RouteRight.Of(Act.AcknowledgeClimateAlarm, ActPart.Does)],
        ["GET /climate/limits"] = [RouteRight.Of(PageAct.SeeClimate)],
        ["POST /climate/limits/try"] = [RouteRight.Of(PageAct.SeeClimate)],
        ["POST /climate/limits"] = ProposeLimits,
        ["GET /climate/limits/{id}/allow"] = [RouteRight.Of(Act.SetLimits, ActPart.Allows)],
        ["POST /climate/limits/{id}/allow"] = [RouteRight.Of(Act.SetLimits, ActPart.Allows)],
        ["GET /climate/limits/{id}/decline"] = ProposeLimits,
        ["POST /climate/limits/{id}/decline"] = ProposeLimits,

        // Carrying: whoever has a permit of their own sees it, the desk cuts the rest.
        ["GET /carry"] = [Own],
        ["GET /carry.csv"] = [Own],
        ["GET /carry.xlsx"] = [Own],
        ["GET /carry/{id}"] = [Own],
        ["GET /carry/{id}/sheet"] = [Own],
        ["POST /carry/{id}/check"] = [RouteRight.Of(PageAct.CheckCarried)],
        ["GET /carry/{id}/revoke"] = AllowCarrying,
        ["POST /carry/{id}/revoke"] = AllowCarrying,
        ["GET /carry/lists"] =
        [
            KeepThings, RouteRight.Of(Act.KeepZoneItems, ActPart.Asks), RouteRight.Of(Act.KeepZoneItems, ActPart.Views), RouteRight.Of(Act.KeepZoneItems, ActPart.Informed),
            RouteRight.Of(Act.CarryOut, ActPart.Allows), RouteRight.Of(PageAct.SetSafeguards),
        ],
        ["POST /carry/lists"] = [KeepThings],
        ["GET /carry/lists/{id}/remove"] = [KeepThings],
        ["POST /carry/lists/{id}/remove"] = [KeepThings],
        ["POST /carry/safeguards"] = [RouteRight.Of(PageAct.SetSafeguards)],
        ["GET /reception/carry"] = PassThings,
        ["GET /reception/carry/declare"] = PassThings,
        ["POST /reception/carry/declare"] = PassThings,
        ["GET /reception/carry/{id}"] = PassThings,
        ["POST /reception/carry/{id}/pass"] = PassThings,

        // Work records: those who work on systems and AUD; each sees what they have a part in, the desk cuts the rest (R-WORK-04).
        ["GET /works"] = SeeWork,

        // What is on the schedule each register cuts to what its reader may see.
        ["GET /schedule"] = [Own],
        ["GET /schedule/board"] = [Own],
        ["GET /schedule/calendar"] = [Own],
        ["GET /works.csv"] = SeeWork,
        ["GET /works.xlsx"] = SeeWork,
        ["GET /works/{id}"] = SeeWork,
        ["GET /works/{id}/sheet"] = SeeWork,
        ["POST /works/{id}/start"] = DoWork,
        ["POST /works/{id}/part"] = [RouteRight.Of(Act.SwapPart, ActPart.Does), CheckSwap],
        ["POST /works/{id}/end"] = DoWork,
        ["POST /works/{id}/check"] = [RouteRight.Of(Act.ChangeWork, ActPart.Checks), CheckSwap],
        ["POST /works/{id}/notes"] = [.. DoWork, RouteRight.Of(Act.ChangeWork, ActPart.Checks)],
        ["GET /works/{id}/files/{digest}"] = SeeWork,

        // Failures.
        ["GET /failures"] = [RouteRight.Of(PageAct.SeeFailures)],
        ["POST /failures"] = [RouteRight.Of(PageAct.KeepFailures)],
        ["GET /failures/{id}"] = [RouteRight.Of(PageAct.SeeFailures)],
        ["POST /failures/{id}/handle"] = [RouteRight.Of(PageAct.KeepFailures)],
        ["POST /failures/{id}/close"] = [RouteRight.Of(PageAct.KeepFailures)],

        // Alarms. Which of them a person sees and acts on is the desk's question.
        ["GET /alarms"] = SeeAlarms,
        ["GET /fragments/alarms"] = SeeAlarms,
        ["GET /fragments/alarm-banner"] = [Own],
        ["GET /alarms/{id}"] = SeeAlarms,
        ["GET /alarms/{id}/sheet"] = SeeAlarms,
        ["GET /alarms/{id}/acknowledge"] = ActOnAlarms,
        ["POST /alarms/{id}/acknowledge"] = ActOnAlarms,
        ["GET /alarms/{id}/shelve"] = ActOnAlarms,
        ["POST /alarms/{id}/shelve"] = ActOnAlarms,
        ["GET /alarms/{id}/unshelve"] = ActOnAlarms,
        ["POST /alarms/{id}/unshelve"] = ActOnAlarms,
        ["GET /alarms/{id}/hand-over"] = ActOnAlarms,
        ["POST /alarms/{id}/hand-over"] = ActOnAlarms,
        ["GET /alarms/contacts"] = SeeAlarms,
        ["POST /alarms/contacts"] = [RouteRight.Of(PageAct.KeepAlarmContacts)],
        ["POST /alarms/lists"] = [RouteRight.Of(PageAct.KeepAlarmContacts)],
        ["POST /alarms/drill"] = [RouteRight.Of(PageAct.KeepAlarmContacts)],
        ["GET /alarms/maintenance"] = SeeAlarms,
        ["POST /alarms/maintenance"] = [RouteRight.Of(PageAct.BeginMaintenance)],
        ["GET /alarms/maintenance/{id}/end"] = [RouteRight.Of(PageAct.BeginMaintenance)],
        ["POST /alarms/maintenance/{id}/end"] = [RouteRight.Of(PageAct.BeginMaintenance)],

        // Notices.
        ["GET /notices"] = [RouteRight.Of(PageAct.SeeNotices)],
        ["GET /fragments/notices"] = [RouteRight.Of(PageAct.SeeNotices)],
        ["POST /notices/test"] = [RouteRight.Of(PageAct.TestNotices)],
        ["GET /notices/{id}"] = [RouteRight.Of(PageAct.SeeNotices)],
        ["GET /fragments/notices/{id}"] = [RouteRight.Of(PageAct.SeeNotices)],

        // Equipment.
        ["GET /equipment"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["GET /equipment.csv"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["GET /equipment.xlsx"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["POST /equipment/export"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["GET /equipment/export/runs/{id}"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["GET /fragments/equipment-export/{id}"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["POST /equipment/export/runs/{id}/stop"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["GET /equipment/export/runs/{id}/file"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["GET /equipment/labels"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["GET /equipment/new"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["GET /equipment/bulk"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["POST /equipment/bulk"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["GET /equipment/import"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["POST /equipment/import"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["GET /equipment/import/{token}"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["POST /equipment/import/apply"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["GET /equipment/import/runs/{id}"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["GET /fragments/equipment-import/{id}"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["POST /equipment/import/runs/{id}/stop"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["POST /equipment/new"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["GET /equipment/items/{id}"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["GET /equipment/items/{id}/label"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["GET /equipment/items/{id}/change"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["POST /equipment/items/{id}/change"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["POST /equipment/items/{id}/class"] = [RouteRight.Of(PageAct.DecideAssetClass)],
        ["POST /equipment/items/{id}/maintain"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["POST /equipment/items/{id}/hand-over"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["POST /equipment/items/{id}/hand-back"] = [RouteRight.Of(PageAct.KeepEquipment)],
        ["GET /moves"] = [RouteRight.Of(PageAct.SeeMoves)],
        ["GET /moves.csv"] = [RouteRight.Of(PageAct.SeeMoves)],
        ["GET /moves.xlsx"] = [RouteRight.Of(PageAct.SeeMoves)],
        ["GET /moves/sheet"] = [RouteRight.Of(PageAct.SeeMoves)],
        ["GET /moves/{id}"] = [RouteRight.Of(PageAct.SeeMoves)],
        ["GET /moves/{id}/sheet"] = [RouteRight.Of(PageAct.SeeMoves)],
        ["POST /moves/{id}/impact"] = [RouteRight.Of(PageAct.CheckMoveImpact)],
        ["POST /moves/{id}/start"] = [RouteRight.Of(Act.MoveEquipment, ActPart.Checks, "witness")],
        ["POST /moves/{id}/resume"] = [RouteRight.Of(Act.MoveEquipment, ActPart.Checks, "witness")],
        ["POST /moves/{id}/scan"] = [RouteRight.Of(Act.MoveEquipment, ActPart.Does), RouteRight.Of(Act.MoveEquipment, ActPart.Checks, "witness")],
        ["POST /moves/{id}/complete"] = [RouteRight.Of(Act.MoveEquipment, ActPart.Checks, "witness")],
        ["POST /moves/{id}/cancel"] = [RouteRight.Of(Act.MoveEquipment, ActPart.Keeps)],
        ["POST /moves/{id}/install"] = [RouteRight.Of(PageAct.ConfirmInstallation)],
        ["GET /disposals.csv"] = [RouteRight.Of(PageAct.SeeDisposals)],
        ["GET /disposals.xlsx"] = [RouteRight.Of(PageAct.SeeDisposals)],
        ["GET /disposals"] = [RouteRight.Of(PageAct.SeeDisposals)],
        ["POST /disposals"] = [RouteRight.Of(Act.Dispose, ActPart.Asks), RouteRight.Of(Act.RepairOutside, ActPart.Asks)],
        ["GET /disposals/{id}"] = [RouteRight.Of(PageAct.SeeDisposals)],
        ["GET /disposals/{id}/sheet"] = [RouteRight.Of(PageAct.SeeDisposals)],
        ["GET /disposals/{id}/files/{digest}"] = [RouteRight.Of(PageAct.SeeDisposals)],

        // Who decides may be one level up (R-PROF-06); the desk knows.
        ["POST /disposals/{id}/decide"] = [RouteRight.Of(Act.Dispose, ActPart.Allows), RouteRight.Of(Act.RepairOutside, ActPart.Allows), RouteRight.Of(PageAct.SeeDisposals)],
        ["POST /disposals/{id}/erase"] = [RouteRight.Of(Act.Dispose, ActPart.Does), RouteRight.Of(Act.RepairOutside, ActPart.Does)],
        ["POST /disposals/{id}/verify"] = [RouteRight.Of(Act.Dispose, ActPart.Checks), RouteRight.Of(Act.RepairOutside, ActPart.Checks)],
        ["POST /disposals/{id}/secrecy"] = [RouteRight.Of(Act.RepairOutside, ActPart.Allows)],
        ["POST /disposals/{id}/withdraw"] = [RouteRight.Of(Act.Dispose, ActPart.Asks), RouteRight.Of(Act.RepairOutside, ActPart.Asks)],
        ["POST /disposals/{id}/certify"] = [RouteRight.Of(Act.Dispose, ActPart.Keeps)],
        ["GET /offsite"] = [RouteRight.Of(PageAct.SeeOffsite)],
        ["POST /offsite/checks"] = [RouteRight.Of(Act.PlaceOffSite, ActPart.Does)],
        ["GET /transfers"] = [RouteRight.Of(PageAct.SeeTransfers)],
        ["POST /transfers"] = [RouteRight.Of(PageAct.RecordTransfer)],
        ["GET /stocktakes"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["POST /stocktakes/open"] = [RouteRight.Of(PageAct.CountStock)],
        ["GET /stocktakes/{id}"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["GET /stocktakes/{id}/sheet"] = [RouteRight.Of(PageAct.SeeEquipment)],
        ["GET /stocktakes/{id}/count"] = [RouteRight.Of(PageAct.CountStock)],
        ["POST /stocktakes/{id}/reads"] = [RouteRight.Of(PageAct.CountStock)],
        ["POST /stocktakes/{id}/close"] = [RouteRight.Of(PageAct.CountStock)],
        ["POST /stocktakes/{id}/send-back"] = [RouteRight.Of(PageAct.ConfirmStock)],
        ["POST /stocktakes/{id}/confirm"] = [RouteRight.Of(PageAct.ConfirmStock)],
        ["POST /stocktakes/{id}/cancel"] = [RouteRight.Of(PageAct.ConfirmStock)],

        // The policy profile.
        ["GET /policy"] = [RouteRight.Of(PageAct.SeeSettings)],
        ["GET /policy/versions/{n}"] = [RouteRight.Of(PageAct.SeeSettings)],
        ["GET /policy/adopt"] = [RouteRight.Of(PageAct.ChooseProfile)],
        ["POST /policy/adopt"] = [RouteRight.Of(PageAct.ChooseProfile)],

        // Zones and doors: SYS asks, OPS works on SYS's instruction, SUP allows; all who take part see them.
        ["GET /zones"] = SeeZones,
        ["GET /zones/areas/{id}"] = KeepZones,
        ["POST /zones/areas/{id}"] = KeepZones,
        ["GET /zones/doors/{id}"] = KeepZones,
        ["POST /zones/doors/{id}"] = KeepZones,
        ["GET /zones/changes/{id}"] = [RouteRight.Of(Act.RegisterZone, ActPart.Allows)],
        ["POST /zones/changes/{id}"] = [RouteRight.Of(Act.RegisterZone, ActPart.Allows)],
    }.ToFrozenDictionary();

    /// <summary>The row of a route; default: there is none, and nobody gets in.</summary>
    public static ImmutableArray<RouteRight> Of(string method, string? pattern) => Rows.GetValueOrDefault($"{method} /{pattern?.TrimStart('/')}");

    /// <summary>The page that says no; null: the person may go on to the desk.</summary>
    internal static async Task<IResult?> Objection(PageRequest request)
    {
        var method = HttpMethods.IsHead(request.Context.Request.Method) ? HttpMethods.Get : request.Context.Request.Method;
        var rights = Of(method, (request.Context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        if (!rights.IsDefaultOrEmpty && rights.Any(right => right.HeldBy(request.Actor)))
        {
            return null;
        }

        ImmutableArray<Role> roles = rights.IsDefaultOrEmpty ? [] : [.. rights.SelectMany(right => right.Roles).Distinct().Order()];
        var answer = new AuthorityAnswer(AuthorityRefusal.NoRole, null, null, roles);
        var operation = rights.IsDefaultOrEmpty ? "no row" : rights[0].Name;
        var refusal = request.Context.RequestServices.GetService<IRefusalNotes>() is { } notes
            ? await notes.Note(request.Actor, answer, operation, request.Context.Request.Path.Value ?? "/", request.Gone).ConfigureAwait(false)
            : new Refusal(AuthorityText.Of(AuthorityRefusal.NoRole), "R-SIGN-01", roles, []);
        return request.Show<RefusalPage>(new RefusalModel(refusal, "/", "/"), StatusCodes.Status403Forbidden);
    }
}
