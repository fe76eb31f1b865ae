using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Power;

/// <summary>電源: the power now, outages, planned outages (R-PWR-01 … 09).</summary>
internal static class PowerRoutes
{
    private const int MostOutages = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/power", PageGuard.Get(async request => request.Show<PowerPage>(await Board(request).ConfigureAwait(false))));
        routes.MapGet("/fragments/power", PageGuard.Get(async request => request.Fragment<PowerParts>(await Board(request).ConfigureAwait(false))));
        routes.MapGet("/power/outages", PageGuard.Get(async request =>
            request.Show<OutagesPage>(new OutagesModel(await request.Port<IPowerBoard>().Outages(MostOutages, request.Gone).ConfigureAwait(false)))));
        routes.MapGet("/power/outages/{id}", PageGuard.Get(async request => await request.Port<IPowerBoard>().Outage(request.Route("id"), request.Gone).ConfigureAwait(false) is { } story
            ? request.Show<OutagePage>(story)
            : NotFound(request)));
        routes.MapGet("/power/planned", PageGuard.Get(request => ShowPlanned(request, FormState.Empty)));
        routes.MapPost("/power/planned", PageGuard.Post(Register));
        routes.MapGet("/power/planned/{id}/agree", PageGuard.Get(request => AskAgree(request, FormState.Empty)));
        routes.MapPost("/power/planned/{id}/agree", PageGuard.Post(Agree));
        routes.MapGet("/power/planned/{id}/decline", PageGuard.Get(request => AskDecline(request, FormState.Empty)));
        routes.MapPost("/power/planned/{id}/decline", PageGuard.Post(Decline));
        PlanRoutes.Map(routes);
        UpsCommandRoutes.Map(routes);
    }

    private static Task<PowerBoard> Board(PageRequest request) => request.Port<IPowerBoard>().Now(request.Gone);

    private static IPowerDesk Desk(PageRequest request) => request.Port<IPowerDesk>();

    private static IResult NotFound(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static IResult Refused(PageRequest request, Refusal refusal, string back) => request.Show<RefusalPage>(new RefusalModel(refusal, "/power", back), StatusCodes.Status403Forbidden);

    private static async Task<IResult> ShowPlanned(PageRequest request, FormState state) => request.Show<PlannedPage>(
        new PlannedModel(await Desk(request).Planned(request.Actor, request.Gone).ConfigureAwait(false), state),
        state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Register(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (from, to) = (Time(request, reader, "from"), Time(request, reader, "to"));
        var form = new PlannedForm(from, to, [.. reader.Ticked("units")], reader.Text("reason", 400));
        if (!reader.Ok)
        {
            return await ShowPlanned(request, reader.State()).ConfigureAwait(false);
        }

        var done = await Desk(request).Register(form, request.Actor, request.Gone).ConfigureAwait(false);
        return done switch
        {
            { Ok: true } => request.Done("/power/planned"),
            { Refusal: { } refusal } => Refused(request, refusal, "/power/planned"),
            _ => await ShowPlanned(request, reader.State(done.Problems)).ConfigureAwait(false),
        };
    }

    private static DateTimeOffset Time(PageRequest request, FormReader reader, string field)
    {
        var typed = reader.Text(field);

        // A year nobody means has no moment in every time zone.
        if (Dates.TryTime(typed, out var local) && local.Year is > 1900 and < 9999)
        {
            return request.Ink.Moment(local);
        }

        if (typed.Length > 0)
        {
            reader.Complain(field, FieldFault.NotADate, typed);
        }

        return default;
    }

    private static Task<IResult> AskAgree(PageRequest request, FormState state) =>
        Ask(request, state, PowerPageText.AgreeTitle, PowerPageText.AgreeLead, PowerPageText.Agree, "agree", danger: false, asksReason: false);

    private static Task<IResult> AskDecline(PageRequest request, FormState state) =>
        Ask(request, state, PowerPageText.DeclineTitle, PowerPageText.DeclineLead, PowerPageText.Decline, "decline", danger: true, asksReason: true);

    private static async Task<IResult> Ask(PageRequest request, FormState state, Word title, Word lead, Word act, string path, bool danger, bool asksReason)
    {
        var look = await Desk(request).Planned(request.Actor, request.Gone).ConfigureAwait(false);
        if (look.Lines.FirstOrDefault(line => line.Id == request.Route("id")) is not { } found)
        {
            return NotFound(request);
        }

        var ink = request.Ink;
        ImmutableArray<(string, string)> facts =
        [
            (ink[PowerPageText.From], ink.Stamp(found.From)), (ink[PowerPageText.To], ink.Stamp(found.To)), (ink[PowerPageText.UnitsOfOutage], PowerEventText.Units(found.Units, ink)),
            (ink[PowerPageText.ReasonField], found.Reason), (ink[PowerPageText.RegisteredBy], found.RegisteredBy), (ink[PowerPageText.State], ink[PowerPageText.Of(found.State).Word]),
        ];
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(title, found.Id), ink[lead], ink[act], $"/power/planned/{Uri.EscapeDataString(found.Id)}/{path}", "/power/planned", danger, asksReason, "/power", facts, [], state),
            state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Agree(PageRequest request)
    {
        var done = await Desk(request).Agree(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false);
        return done switch
        {
            { Ok: true } => request.Done("/power/planned"),
            { Refusal: { } refusal } => Refused(request, refusal, "/power/planned"),
            _ => await AskAgree(request, FormState.Empty with { Problems = done.Problems }).ConfigureAwait(false),
        };
    }

    private static async Task<IResult> Decline(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var reason = reader.Text("reason", 400);
        if (!reader.Ok)
        {
            return await AskDecline(request, reader.State()).ConfigureAwait(false);
        }

        var done = await Desk(request).Decline(request.Route("id"), reason, request.Actor, request.Gone).ConfigureAwait(false);
        return done switch
        {
            { Ok: true } => request.Done("/power/planned"),
            { Refusal: { } refusal } => Refused(request, refusal, "/power/planned"),
            _ => await AskDecline(request, reader.State(done.Problems)).ConfigureAwait(false),
        };
    }
}
