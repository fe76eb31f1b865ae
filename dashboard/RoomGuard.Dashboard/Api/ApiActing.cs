using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Work;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Lockdowns;
using RoomGuard.Dashboard.People;

namespace RoomGuard.Dashboard.Api;

/// <summary>What the API does: the same desks as the forms of the pages, with the same answers.</summary>
internal static class ApiActing
{
    public static async Task<ApiAnswer> AddPerson(ApiRequest request)
    {
        var form = request.Body<ApiNewPerson>();
        return Answer(request, await request.Port<IPeopleDesk>().AddPerson(
            new(form.Id, form.Name, form.Kana, form.Category, form.Section, form.ValidFrom, form.ValidUntil), request.Actor, request.Gone).ConfigureAwait(false));
    }

    public static async Task<ApiAnswer> ChangePerson(ApiRequest request)
    {
        var form = request.Body<ApiPersonForm>();
        return Answer(request, await request.Port<IPeopleDesk>().ChangePerson(
            new(new(request.Route("id")), form.Name, form.Kana, form.Category, form.Section, form.ValidFrom, form.ValidUntil), request.Actor, request.Gone).ConfigureAwait(false));
    }

    public static async Task<ApiAnswer> SuspendPerson(ApiRequest request) => Answer(
        request, await request.Port<IPeopleDesk>().SuspendPerson(new(request.Route("id")), lifted: false, request.Body<ApiReason>().Reason, request.Actor, request.Gone).ConfigureAwait(false));

    public static async Task<ApiAnswer> IssueCard(ApiRequest request)
    {
        var form = request.Body<ApiNewCard>();
        return Answer(request, await request.Port<IPeopleDesk>().IssueCard(
            new(form.Person, form.Format, form.Facility, form.Number, form.ValidFrom, form.ValidUntil), request.Actor, request.Gone).ConfigureAwait(false));
    }

    public static async Task<ApiAnswer> ReportLost(ApiRequest request) => Answer(
        request, await request.Port<IPeopleDesk>().SetCardState(new(request.Route("id")), Core.People.CredentialState.Lost, request.Body<ApiReason>().Reason, request.Actor, request.Gone).ConfigureAwait(false));

    public static async Task<ApiAnswer> GiveUpGrant(ApiRequest request) => Answer(
        request, await request.Port<IPeopleDesk>().EndGrant(new(request.Route("id")), request.Body<ApiReason>().Reason, request.Actor, request.Gone).ConfigureAwait(false));

    public static async Task<ApiAnswer> Apply(ApiRequest request)
    {
        var form = request.Body<ApiApplication>();
        return Answer(request, await request.Port<ICaseDesk>().Apply(Whole(form.Matter), form.Reason, request.Actor, request.Gone).ConfigureAwait(false));
    }

    public static async Task<ApiAnswer> Resubmit(ApiRequest request)
    {
        var form = request.Body<ApiAgain>();
        return Answer(request, await request.Port<ICaseDesk>().Resubmit(new(request.Route("id")), form.Version, Whole(form.Matter), form.Reason, request.Actor, request.Gone).ConfigureAwait(false));
    }

    public static async Task<ApiAnswer> Withdraw(ApiRequest request)
    {
        var form = request.Body<ApiWithdrawal>();
        return Answer(request, await request.Port<ICaseDesk>().Withdraw(new(request.Route("id")), form.Version, form.Reason, request.Actor, request.Gone).ConfigureAwait(false));
    }

    public static async Task<ApiAnswer> Decide(ApiRequest request)
    {
        var form = request.Body<ApiDecision>();
        return Answer(request, await request.Port<ICaseDesk>().Decide(
            new(request.Route("id")), form.Version, form.Verdict, form.Reason, form.Conditions, request.Actor, request.Gone).ConfigureAwait(false));
    }

    public static async Task<ApiAnswer> CarryOut(ApiRequest request)
    {
        var form = request.Body<ApiNote>();
        return Answer(request, await request.Port<ICaseDesk>().CarryOut(new(request.Route("id")), form.Version, form.Note, request.Actor, request.Gone).ConfigureAwait(false));
    }

    public static async Task<ApiAnswer> Confirm(ApiRequest request)
    {
        var form = request.Body<ApiNote>();
        return Answer(request, await request.Port<ICaseDesk>().Confirm(new(request.Route("id")), form.Version, form.Note, request.Actor, request.Gone).ConfigureAwait(false));
    }

    public static async Task<ApiAnswer> BeginLockdown(ApiRequest request)
    {
        var form = request.Body<ApiNewLockdown>();
        return Answer(request, await request.Port<ILockdownDesk>().Begin(
            new(form.Zones, form.Except, form.Mandate, form.Basis, form.Until), request.Actor, request.Gone).ConfigureAwait(false));
    }

    // The kind follows from what is applied for; only an entry grant says itself for which of the three.
    private static CaseMatter Whole(CaseMatter matter) => matter switch
    {
        GrantMatter { Kind: CaseKind.StaffGrant or CaseKind.ContractorGrant or CaseKind.FacilityGrant } => matter,
        GrantChangeMatter => matter with { Kind = CaseKind.GrantChange },
        GrantEndMatter => matter with { Kind = CaseKind.GrantEnd },
        AccountMatter => matter with { Kind = CaseKind.OperatorAccount },
        RoleMatter => matter with { Kind = CaseKind.RoleHolding },
        DeputyMatter => matter with { Kind = CaseKind.Deputy },
        RemoteAccessMatter => matter with { Kind = CaseKind.RemoteAccess },
        Core.Equipment.MoveMatter => matter with { Kind = CaseKind.EquipmentMove },
        LostCredentialMatter => matter with { Kind = CaseKind.LostCredential },
        ExceptionMatter => matter with { Kind = CaseKind.PolicyException },

        // Somebody who stands at reception unexpected is let in by two people there (R-VIS-01).
        VisitMatter { WalkIn: false } => matter with { Kind = CaseKind.Visit },
        CarryMatter { Plan: { } plan } => new CarryMatter(plan),
        WorkMatter { Plan: { } plan } => new WorkMatter(plan),
        _ => throw new JsonException("A matter of this sort is not applied for here.", "$.matter.kind", null, null),
    };

    private static ApiAnswer Answer(ApiRequest request, ActResult done)
    {
        if (!done.Ok)
        {
            // What the address names and is not there.
            return done.Problems.Any(problem => problem.Fault == FieldFault.Unknown && problem.Value is { } id && id == request.Route("id"))
                ? ApiReading.Missing(request)
                : ApiProblems.Of(done, request.Language);
        }

        var answer = request.Answer(new ApiDone(done.Id));
        if (!request.Operation.Makes)
        {
            return answer;
        }

        var canBeAsked = done.Id is not null && ApiOperations.All.Any(other => other.Method == "GET" && other.Pattern == $"{request.Operation.Pattern}/{{id}}");
        return answer with { Status = StatusCodes.Status201Created, Location = canBeAsked ? $"{request.Operation.Pattern}/{Uri.EscapeDataString(done.Id!)}" : null };
    }
}
