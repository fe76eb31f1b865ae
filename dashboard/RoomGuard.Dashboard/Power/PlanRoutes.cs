using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Parts;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;
using ActPart = RoomGuard.Core.Operators.Part;

namespace RoomGuard.Dashboard.Power;

/// <summary>停止計画: tried out, proposed by one person, approved by another, drilled (R-PWR-04, R-PWR-08, R-CFG-01, R-CFG-02).</summary>
internal static class PlanRoutes
{
    private const string Home = "/power/plan";
    private const int MostDrills = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Home, PageGuard.Get(request => ShowPlan(request, null, null)));
        routes.MapPost($"{Home}/check", PageGuard.Post(Check));
        routes.MapPost($"{Home}/ask", PageGuard.Post(Ask));
        routes.MapGet($"{Home}/{{id}}/withdraw", PageGuard.Get(request => AskWithdrawal(request, FormState.Empty)));
        routes.MapPost($"{Home}/{{id}}/withdraw", PageGuard.Post(Withdraw));
        routes.MapPost($"{Home}/{{id}}/drill", PageGuard.Post(Drill));
        routes.MapGet($"{Home}/changes/{{id}}/allow", PageGuard.Get(request => AskAllow(request, FormState.Empty)));
        routes.MapPost($"{Home}/changes/{{id}}/allow", PageGuard.ConfirmedPost(Allow));
        routes.MapGet($"{Home}/changes/{{id}}/decline", PageGuard.Get(request => AskDecline(request, FormState.Empty)));
        routes.MapPost($"{Home}/changes/{{id}}/decline", PageGuard.Post(Decline));
    }

    private static Task<PowerBoard> Board(PageRequest request) => request.Port<IPowerBoard>().Now(request.Gone);

    private static IPowerPlanDesk Desk(PageRequest request) => request.Port<IPowerPlanDesk>();

    private static IResult NotFound(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static int StatusOf(FormState state) => state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;

    private static Task<IResult> ShowPlan(PageRequest request, FormState? state, PlanTrial? trial) =>
        ShowPlan(request, state is null ? request.Field("plan") : state["id"], state, trial, []);

    private static async Task<IResult> ShowPlan(PageRequest request, string wanted, FormState? state, PlanTrial? trial, ImmutableArray<FieldProblem> notHeld)
    {
        var board = await Board(request).ConfigureAwait(false);
        var shown = wanted.Length > 0 || request.Field("new").Length > 0 ? board.Plans.FirstOrDefault(plan => plan.Plan.Id == wanted) : board.Plans.FirstOrDefault();
        var look = await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false);
        var wrong = state is { Problems.IsEmpty: false } || trial is { Problems.IsEmpty: false } || !notHeld.IsEmpty;
        return request.Show<PlanPage>(
            new PlanPageModel(board, shown, state ?? (shown is null ? PlanForm.New : PlanForm.Of(shown.Plan)), trial, look)
            {
                Drills = shown is null || trial is not null ? null : await Drills(request, shown.Plan.Id, notHeld, MainMenu.Has(request.Actor, Act.CommandPower, ActPart.Allows)).ConfigureAwait(false),
            },
            wrong ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<DrillLook> Drills(PageRequest request, string plan, ImmutableArray<FieldProblem> notHeld, bool mayHold)
    {
        var lines = await request.Port<IDrillDesk>().Held(plan, MostDrills, request.Gone).ConfigureAwait(false);
        return new(plan, lines, lines.FirstOrDefault(line => line.N.ToString(CultureInfo.InvariantCulture) == request.Field("drill")) ?? lines.FirstOrDefault(), notHeld, mayHold);
    }

    private static async Task<IResult> Drill(PageRequest request)
    {
        var plan = request.Route("id");
        var done = await request.Port<IDrillDesk>().Hold(plan, request.Actor, request.Gone).ConfigureAwait(false);
        return done.Problems.Any(problem => problem.Fault is FieldFault.Unknown)
            ? NotFound(request)
            : await request.After(
                done, $"/power/plan?plan={Uri.EscapeDataString(plan)}{(done.Ok ? $"&drill={done.Id}" : "")}", "/power", () => ShowPlan(request, plan, null, null, done.Problems)).ConfigureAwait(false);
    }

    private static async Task<IResult> Check(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (plan, _) = PlanForm.Read(reader);
        return await ShowPlan(request, reader.State(), reader.Ok ? await Desk(request).Try(plan, request.Gone).ConfigureAwait(false) : null).ConfigureAwait(false);
    }

    private static async Task<IResult> Ask(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (plan, from) = PlanForm.Read(reader);
        var readable = reader.Ok;
        var reason = reader.Text("reason", 400);
        if (!reader.Ok)
        {
            // A missing reason takes nothing of what was tried out off the page.
            return await ShowPlan(request, reader.State(), readable ? await Desk(request).Try(plan, request.Gone).ConfigureAwait(false) : null).ConfigureAwait(false);
        }

        var done = await Desk(request).Ask(plan, from, reason, request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(
            done, Of(plan.Id), Home, async () => await ShowPlan(request, reader.State(done.Problems), await Desk(request).Try(plan, request.Gone).ConfigureAwait(false)).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static string Of(string plan) => $"{Home}?plan={Uri.EscapeDataString(plan)}";

    private static async Task<IResult> AskWithdrawal(PageRequest request, FormState state)
    {
        var board = await Board(request).ConfigureAwait(false);
        if (board.Plans.FirstOrDefault(plan => plan.Plan.Id == request.Route("id")) is not { } found)
        {
            return NotFound(request);
        }

        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(PowerPageText.WithdrawTitle, found.Plan.Id), ink.Fill(PowerPageText.WithdrawLead, ink.Zone(found.Plan.Zone)), ink[PowerPageText.Withdraw],
                $"{Home}/{Uri.EscapeDataString(found.Plan.Id)}/withdraw", Of(found.Plan.Id), Danger: true, AsksReason: true, "/power",
                [(ink[PowerPageText.PlanId], found.Plan.Id), (ink[PowerPageText.State], ink.Fill(PowerPageText.Version, found.Plan.Version))], [], state),
            StatusOf(state));
    }

    private static Task<IResult> Withdraw(PageRequest request) => request.ForReason(
        Of(request.Route("id")), Home, reason => Desk(request).AskWithdrawal(request.Route("id"), reason, request.Actor, request.Gone), state => AskWithdrawal(request, state));

    private static Task<IResult> AskAllow(PageRequest request, FormState state) =>
        AskAbout(request, state, PowerPageText.AllowChangeTitle, PowerPageText.AllowChangeLead, PowerPageText.AllowChange, "allow", asksReason: false);

    private static Task<IResult> AskDecline(PageRequest request, FormState state) =>
        AskAbout(request, state, PowerPageText.DeclineChangeTitle, PowerPageText.DeclineChangeLead, PowerPageText.DeclineChange, "decline", asksReason: true);

    private static async Task<IResult> AskAbout(PageRequest request, FormState state, Word title, Word lead, Word act, string path, bool asksReason)
    {
        var look = await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false);
        if (look.Lines.FirstOrDefault(line => line.Id == request.Route("id")) is not { } found)
        {
            return NotFound(request);
        }

        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(title, found.Id), ink[lead], ink[act], $"{Home}/changes/{Uri.EscapeDataString(found.Id)}/{path}", Of(found.Plan.Id), Danger: found.Withdrawn, asksReason, "/power",
                [
                    (ink[PowerPageText.PlanId], $"{found.Plan.Id} {ink.Zone(found.Plan.Zone)}"), (ink[PowerPageText.State], PlanDifference.Made(found, ink)),
                    .. PlanDifference.Of(found, ink).Select(one => (one.Field, ink.Fill(PowerPageText.BeforeAfter, one.Before, one.After))),
                    (ink[PowerPageText.Reason], found.Reason), (ink[PowerPageText.AskedBy], found.AskedBy),
                ],
                [], state),
            StatusOf(state));
    }

    private static async Task<IResult> Allow(PageRequest request)
    {
        var done = await Desk(request).Allow(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(
            done, done.Ok ? Of(done.Id!) : Home, "/power", () => AskAllow(request, FormState.Empty with { Problems = done.Problems })).ConfigureAwait(false);
    }

    private static Task<IResult> Decline(PageRequest request) => request.ForReason(
        Home, "/power", reason => Desk(request).Decline(request.Route("id"), reason, request.Actor, request.Gone), state => AskDecline(request, state));
}
