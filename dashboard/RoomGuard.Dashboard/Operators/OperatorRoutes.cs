using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Policy;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Operators;

/// <summary>役割・代行者・アカウント.</summary>
internal static class OperatorRoutes
{
    private static readonly ImmutableArray<AccountAct> Acts =
    [
        new("hold", RolesText.HoldTitle, RolesText.HoldLead, RolesText.Hold, true, may => may.Hold, (desk, id, reason, request) => desk.Hold(id, reason, request.Actor, request.Gone)),
        new("release", RolesText.ReleaseTitle, RolesText.ReleaseLead, RolesText.Release, false, may => may.Release, (desk, id, reason, request) => desk.Release(id, reason, request.Actor, request.Gone)),
        new("end", RolesText.EndAccountTitle, RolesText.EndAccountLead, RolesText.EndAccount, true, may => may.End, (desk, id, reason, request) => desk.End(id, reason, request.Actor, request.Gone)),
        new("end-sessions", RolesText.EndSessionsTitle, RolesText.EndSessionsLead, RolesText.EndSessions, false, may => may.EndSessions, (desk, id, reason, request) => desk.EndSessions(id, reason, request.Actor, request.Gone)),
        new("end-remote", RolesText.EndRemoteTitle, RolesText.EndRemoteLead, RolesText.EndRemote, true, may => may.EndRemoteAccess, (desk, id, reason, request) => desk.EndRemoteAccess(id, reason, request.Actor, request.Gone)),
    ];

    private static readonly AccountAct PasswordAct = new(
        "password", RolesText.IssuePasswordTitle, RolesText.IssuePasswordLead, RolesText.IssuePassword, false, may => may.IssuePassword, null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/roles", PageGuard.Get(async request => request.Show<RolesPage>(await Board(request).ConfigureAwait(false))));
        routes.MapGet("/roles/deputies", PageGuard.Get(async request => request.Show<DeputiesPage>(await Board(request).ConfigureAwait(false))));
        routes.MapGet("/roles/{id}/end", PageGuard.Get(request => WithRole(request, line => Task.FromResult(AskEnd(request, line, FormState.Empty)))));
        routes.MapPost("/roles/{id}/end", PageGuard.ConfirmedPost(request => WithRole(request, line => EndRole(request, line))));
        routes.MapGet("/accounts", PageGuard.Get(Accounts));
        routes.MapGet("/accounts/reviews", PageGuard.Get(Reviews));
        routes.MapGet("/accounts/{id}/review", PageGuard.Get(request => WithReview(request, line => Ok(AskReview(request, line, FormState.Empty)))));
        routes.MapPost("/accounts/{id}/review", PageGuard.ConfirmedPost(request => WithReview(request, line => Review(request, line))));
        routes.MapGet("/accounts/{id}", PageGuard.Get(request => WithAccount(request, file => Ok(request.Show<AccountPage>(new AccountModel(file))))));
        foreach (var act in Acts.Add(PasswordAct))
        {
            routes.MapGet($"/accounts/{{id}}/{act.Path}", PageGuard.Get(request => WithAccount(request, file => Ok(
                act.Open(file.May) ? Ask(request, file, act, FormState.Empty) : NotOpen(request, file)))));
        }

        foreach (var act in Acts)
        {
            routes.MapPost($"/accounts/{{id}}/{act.Path}", PageGuard.ConfirmedPost(request => WithAccount(request, file => Do(request, file, act))));
        }

        routes.MapPost("/accounts/{id}/password", PageGuard.ConfirmedPost(request => WithAccount(request, file => IssuePassword(request, file))));
    }

    private static async Task<RolesModel> Board(PageRequest request)
    {
        var choices = await request.Port<ICaseDesk>().Choices(request.Actor, request.Gone).ConfigureAwait(false);
        return new(await request.Port<IRoleDesk>().Roles(request.Actor, request.Gone).ConfigureAwait(false), May(choices, CaseKind.RoleHolding), May(choices, CaseKind.Deputy));
    }

    private static bool May(ImmutableArray<CaseChoice> choices, CaseKind kind) => choices.Any(choice => choice.Kind == kind && choice.WhyNot is null);

    private static IResult AskEnd(PageRequest request, RoleLine line, FormState state)
    {
        var (ink, held) = (request.Ink, line.Holding);
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(RolesText.EndTitle, line.Holder.Name, ink.Role(held.Role)), ink[RolesText.EndLead], ink[RolesText.EndDo], $"/roles/{Uri.EscapeDataString(held.Id)}/end",
                Back(line), Danger: true, AsksReason: true, "/roles",
                [(ink[RolesText.Covers], MatterText.Covers(held.Section, held.Zones, ink)), (ink[RolesText.Number], held.Id)], [], state),
            state.Problems.IsEmpty ? 200 : 422);
    }

    private static Task<IResult> EndRole(PageRequest request, RoleLine line) => request.ForReason(
        Back(line), "/roles",
        reason => request.Port<IRoleDesk>().EndRole(line.Holding.Id, reason, request.Actor, request.Gone),
        state => Task.FromResult(AskEnd(request, line, state)));

    private static async Task<IResult> Accounts(PageRequest request)
    {
        var list = await request.Port<IAccountDesk>().Accounts(request.Actor, request.Gone).ConfigureAwait(false);
        if (list.WhyNot is { } why)
        {
            return Refused(request, why, "/roles");
        }

        var choices = await request.Port<ICaseDesk>().Choices(request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<AccountsPage>(new AccountsModel(list, May(choices, CaseKind.OperatorAccount)));
    }

    private static async Task<IResult> Reviews(PageRequest request)
    {
        var lines = await request.Port<IPrivilegeReviews>().Reviews(request.Actor, request.Gone).ConfigureAwait(false);
        var look = await request.Port<IPolicyPage>().Look(request.Gone).ConfigureAwait(false);
        return request.Show<ReviewsPage>(new ReviewsModel(lines, look.Policy.InForce[Limit.PrivilegedReviewMonths]));
    }

    private static IResult AskReview(PageRequest request, ReviewLine line, FormState state) =>
        request.Show<ReviewPage>(new ReviewModel(line, state), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static Task<IResult> Review(PageRequest request, ReviewLine line)
    {
        var reader = new FormReader(request.Form);
        var (verdict, note, due) = (request.Field("verdict"), reader.Text("note", 400), reader.Day("due"));
        if (verdict is not ("keep" or "withdraw"))
        {
            reader.Complain("verdict", verdict.Length == 0 ? FieldFault.Required : FieldFault.NotAChoice);
        }

        return request.ForForm(
            reader, note, "/accounts/reviews", "/roles",
            said => request.Port<IPrivilegeReviews>().Review(line.Account.Id, due, verdict == "keep", said, request.Actor, request.Gone),
            state => Ok(AskReview(request, line, state)));
    }

    private static async Task<IResult> WithReview(PageRequest request, Func<ReviewLine, Task<IResult>> then)
    {
        var lines = await request.Port<IPrivilegeReviews>().Reviews(request.Actor, request.Gone).ConfigureAwait(false);
        return lines.FirstOrDefault(line => line.Account.Id.Value == request.Route("id")) is { } found ? await then(found).ConfigureAwait(false) : Missing(request);
    }

    private static IResult Ask(PageRequest request, AccountFile file, AccountAct act, FormState state)
    {
        var (ink, line) = (request.Ink, file.Line);
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(act.Title, line.Account.SignInName), ink[act.Lead], ink[act.Verb], $"{PathOf(file)}/{act.Path}", PathOf(file), act.Danger, AsksReason: true, "/roles",
                [(ink[CasesText.Holder], $"{line.Holder.Name} ({line.Holder.Id})")], [], state),
            state.Problems.IsEmpty ? 200 : 422);
    }

    private static Task<IResult> Do(PageRequest request, AccountFile file, AccountAct act) => request.ForReason(
        PathOf(file), "/roles",
        reason => act.Run!(request.Port<IAccountDesk>(), file.Line.Account.Id, reason, request),
        state => Task.FromResult(Ask(request, file, act, state)));

    private static async Task<IResult> IssuePassword(PageRequest request, AccountFile file)
    {
        var reader = new FormReader(request.Form);
        var reason = reader.Text("reason", 400);
        if (!reader.Ok)
        {
            return Ask(request, file, PasswordAct, reader.State());
        }

        // The one answer to a form that is a page and no redirect: the password exists nowhere else to be fetched from.
        var issued = await request.Port<IAccountDesk>().IssueTemporaryPassword(file.Line.Account.Id, reason, request.Actor, request.Gone).ConfigureAwait(false);
        return issued switch
        {
            { Result.Ok: true, Password: { } password } => request.Show<PasswordPage>(new PasswordModel(file.Line, password, issued.GoodUntil)),
            { Result.Refusal: { } refusal } => Refused(request, refusal, PathOf(file)),
            _ => Ask(request, file, PasswordAct, reader.State(issued.Result.Problems)),
        };
    }

    private static IResult NotOpen(PageRequest request, AccountFile file) =>
        file.May.WhyNot is { } why ? Refused(request, why, PathOf(file)) : request.Show<AccountPage>(new AccountModel(file), StatusCodes.Status409Conflict);

    private static IResult Refused(PageRequest request, Refusal refusal, string back) =>
        request.Show<RefusalPage>(new RefusalModel(refusal, "/roles", back), StatusCodes.Status403Forbidden);

    private static string PathOf(AccountFile file) => $"/accounts/{Uri.EscapeDataString(file.Line.Account.Id.Value)}";

    private static string Back(RoleLine line) => line.For is null ? "/roles" : "/roles/deputies";

    private static async Task<IResult> WithRole(PageRequest request, Func<RoleLine, Task<IResult>> then)
    {
        var board = await request.Port<IRoleDesk>().Roles(request.Actor, request.Gone).ConfigureAwait(false);
        return board.Holdings.FirstOrDefault(line => line.Holding.Id == request.Route("id") && !line.Ended) is { } found
            ? await then(found).ConfigureAwait(false)
            : Missing(request);
    }

    private static async Task<IResult> WithAccount(PageRequest request, Func<AccountFile, Task<IResult>> then) =>
        await request.Port<IAccountDesk>().Account(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } file
            ? await then(file).ConfigureAwait(false)
            : Missing(request);

    private static Task<IResult> Ok(IResult result) => Task.FromResult(result);

    private static IResult Missing(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private sealed record AccountAct(
        string Path,
        Word Title,
        Word Lead,
        Word Verb,
        bool Danger,
        Func<AccountMoves, bool> Open,
        Func<IAccountDesk, AccountId, string, PageRequest, Task<ActResult>>? Run);
}
