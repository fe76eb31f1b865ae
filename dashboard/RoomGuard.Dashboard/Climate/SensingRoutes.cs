using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Climate;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Climate;

/// <summary>Who senses what: 登録 of sensors that announced themselves, taking them out again, and 測定計画 (R-NET-01, R-ENV-01).</summary>
internal static class SensingRoutes
{
    private const string Plan = "/climate/plan";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/climate/sensors", PageGuard.Get(Sensors));
        routes.MapGet("/climate/enrol", PageGuard.Get(AskEnrol));
        routes.MapPost("/climate/enrol", PageGuard.Post(Enrol));
        routes.MapGet("/climate/sensors/{id}/take-out", PageGuard.Get(request => AskTakeOut(request, FormState.Empty)));
        routes.MapPost("/climate/sensors/{id}/take-out", PageGuard.Post(TakeOut));
        routes.MapGet(Plan, PageGuard.Get(ShowPlan));
        routes.MapPost(Plan, PageGuard.Post(AskPlan));
        routes.MapGet($"{Plan}/{{id}}/allow", PageGuard.Get(request => AskAllow(request, FormState.Empty)));
        routes.MapPost($"{Plan}/{{id}}/allow", PageGuard.ConfirmedPost(Allow));
        routes.MapGet($"{Plan}/{{id}}/decline", PageGuard.Get(request => AskDecline(request, FormState.Empty)));
        routes.MapPost($"{Plan}/{{id}}/decline", PageGuard.Post(Decline));
    }

    /// <summary>The form that enrols a stranger.</summary>
    internal static string EnrolOf(Core.Panels.PanelId panel, StrangerNow stranger) =>
        $"/climate/enrol?panel={Uri.EscapeDataString(panel.Value)}&source={Uri.EscapeDataString(stranger.Source)}&sender={Uri.EscapeDataString(stranger.Sender)}";

    private static Task<ClimateBoard> Board(PageRequest request) => request.Port<IClimateBoard>().Now(request.Gone);

    private static ISensingDesk Desk(PageRequest request) => request.Port<ISensingDesk>();

    private static IResult NotFound(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static int StatusOf(FormState state) => state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;

    private static async Task<IResult> Sensors(PageRequest request) =>
        request.Show<SensorsPage>(new SensorsModel(await Board(request).ConfigureAwait(false), await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false)));

    // ---- enrolling

    private static async Task<IResult> AskEnrol(PageRequest request)
    {
        var board = await Board(request).ConfigureAwait(false);
        return Find(board, request.Field("panel"), request.Field("source"), request.Field("sender")) is var (panel, stranger)
            ? request.Show<EnrolPage>(new EnrolModel(board, panel, stranger, EnrolFields.Of(panel, stranger, board)))
            : NotFound(request);
    }

    private static Task<IResult> Enrol(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var form = EnrolFields.Read(reader);
        return request.ForForm(reader, form, "/climate/sensors", "/climate", read => Desk(request).Enrol(read, request.Actor, request.Gone), async state =>
        {
            var board = await Board(request).ConfigureAwait(false);
            return Find(board, state["panel"], state["source"], state["sender"]) is var (panel, stranger)
                ? request.Show<EnrolPage>(new EnrolModel(board, panel, stranger, state), StatusOf(state))
                : NotFound(request);
        });
    }

    private static (Core.Panels.PanelId Panel, StrangerNow Stranger)? Find(ClimateBoard board, string panel, string source, string sender) =>
        board.Strangers.Where(one => one.Panel.Value == panel && one.Stranger.Source == source && one.Stranger.Sender == sender).Select(one => ((Core.Panels.PanelId, StrangerNow)?)one).FirstOrDefault();

    private static async Task<IResult> AskTakeOut(PageRequest request, FormState state)
    {
        if ((await Board(request).ConfigureAwait(false)).Sensor(request.Route("id")) is not { Sensor.EnrolledBy: not null } card)
        {
            return NotFound(request);
        }

        var ink = request.Ink;
        var path = ClimateRoutes.Of(card.Sensor.Sensor);
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(SensingText.TakeOutTitle, ClimatePageText.NameOf(card, ink)), ink[SensingText.TakeOutLead], ink[SensingText.TakeOut], $"{path}/take-out", path, Danger: true, AsksReason: true, "/climate",
                [(ink[SensingText.Id], card.Sensor.Sensor), (ink[ClimatePageText.Place], ink.Zone(card.Sensor.Zone))], [], state),
            StatusOf(state));
    }

    private static Task<IResult> TakeOut(PageRequest request) => request.ForReason(
        "/climate/sensors", "/climate", reason => Desk(request).TakeOut(request.Route("id"), reason, request.Actor, request.Gone), state => AskTakeOut(request, state));

    // ---- the plan

    private static async Task<IResult> ShowPlan(PageRequest request)
    {
        var board = await Board(request).ConfigureAwait(false);
        var wanted = request.Field("zone");
        var zone = wanted.Length > 0 ? board.Zone(wanted) : board.Zones.FirstOrDefault();
        return wanted.Length > 0 && zone is null ? NotFound(request) : await PlanPage(request, board, zone is null ? FormState.Empty : EnrolFields.Of(zone)).ConfigureAwait(false);
    }

    private static async Task<IResult> PlanPage(PageRequest request, ClimateBoard board, FormState state) =>
        request.Show<SensingPage>(new SensingModel(board, await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false), state), StatusOf(state));

    private static async Task<IResult> AskPlan(PageRequest request)
    {
        var board = await Board(request).ConfigureAwait(false);
        var reader = new FormReader(request.Form);
        var form = EnrolFields.ReadPlan(reader, board);
        return await request.ForForm(
            reader, form, $"{Plan}?zone={Uri.EscapeDataString(form.Zone.Value)}", "/climate", read => Desk(request).Ask(read, request.Actor, request.Gone), state => PlanPage(request, board, state)).ConfigureAwait(false);
    }

    private static Task<IResult> AskAllow(PageRequest request, FormState state) =>
        AskAbout(request, state, ClimatePageText.AllowTitle, SensingText.AllowLead, ClimatePageText.Allow, "allow", asksReason: false);

    private static Task<IResult> AskDecline(PageRequest request, FormState state) =>
        AskAbout(request, state, ClimatePageText.DeclineTitle, SensingText.DeclineLead, ClimatePageText.Decline, "decline", asksReason: true);

    private static async Task<IResult> AskAbout(PageRequest request, FormState state, Word title, Word lead, Word act, string path, bool asksReason)
    {
        var look = await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false);
        if (look.Plans.FirstOrDefault(line => line.Id == request.Route("id")) is not { } found)
        {
            return NotFound(request);
        }

        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(title, found.Id), ink[lead], ink[act], $"{Plan}/{Uri.EscapeDataString(found.Id)}/{path}", Plan, Danger: false, asksReason, "/climate",
                [
                    (ink[SensingText.Zone], ink.Zone(found.Zone)), (ink[ClimatePageText.Change], ClimateEventText.Factors(found.Factors, ink) is { Length: > 0 } said ? said : ink[SensingText.AsItIs]),
                    (ink[ClimatePageText.Reason], found.Reason), (ink[ClimatePageText.AskedBy], found.AskedBy),
                ],
                [], state),
            StatusOf(state));
    }

    private static async Task<IResult> Allow(PageRequest request)
    {
        var done = await Desk(request).Allow(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(done, Plan, "/climate", () => AskAllow(request, FormState.Empty with { Problems = done.Problems })).ConfigureAwait(false);
    }

    private static Task<IResult> Decline(PageRequest request) => request.ForReason(
        Plan, "/climate", reason => Desk(request).Decline(request.Route("id"), reason, request.Actor, request.Gone), state => AskDecline(request, state));
}
