using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Visits;

/// <summary>例外の許可 of a visit: asked for, confirmed on a page of its own, ordered, ended (R-VIS-11).</summary>
internal static class VisitorOverrideRoutes
{
    private const string Home = "/visits/overrides";
    private static readonly string[] Fields = ["visit", "zone", "until", "reason"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Home, PageGuard.Get(Open));
        routes.MapPost($"{Home}/check", PageGuard.Post(Check));
        routes.MapPost($"{Home}/order", PageGuard.ConfirmedPost(Order));
        routes.MapGet($"{Home}/{{id}}/{{zone}}/end", PageGuard.Get(request => AskEnd(request, FormState.Empty)));
        routes.MapPost($"{Home}/{{id}}/{{zone}}/end", PageGuard.ConfirmedPost(End));
    }

    /// <summary>Whether a person may order one in some zone; which, is the desk's question.</summary>
    public static bool MayOrder(Actor by) => by.IsConsole || !Authority.RightsOf(by, Act.Visit, Core.Operators.Part.Allows).IsEmpty;

    // A visit's page leads here with the visit chosen, the states of the areas with the zone.
    private static Task<IResult> Open(PageRequest request) => Show(request, FormState.Of(("visit", request.Field("visit") ?? ""), ("zone", request.Field("zone") ?? "")));

    private static async Task<IResult> Show(PageRequest request, FormState state)
    {
        var found = await request.Port<IVisitorOverrideDesk>().Now(request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<VisitorOverridesPage>(new VisitorOverridesModel(found, MayOrder(request.Actor), state), state.Problems.IsEmpty ? 200 : 422);
    }

    private static async Task<IResult> Check(PageRequest request)
    {
        var (form, reader) = Read(request);
        if (!reader.Ok)
        {
            return await Show(request, reader.State()).ConfigureAwait(false);
        }

        var ink = request.Ink;
        ImmutableArray<(string, string)> facts =
        [
            (ink[VisitsText.Number], form.Visit.Value),
            (ink[PresenceText.ZoneField], ink.Zone(form.Zone)),
            (ink[VisitorOverrideText.Until], ink.Stamp(form.Until)),
            (ink[DeskText.Reason], form.Reason),
        ];
        return request.Show<ConfirmPage>(new ConfirmModel(
            ink.Fill(VisitorOverrideText.ConfirmTitle, form.Visit.Value), ink[VisitorOverrideText.ConfirmLead], ink[VisitorOverrideText.ConfirmDo], $"{Home}/order", Home,
            Danger: true, AsksReason: false, "/visits", facts, request.Carried(Fields), FormState.Empty));
    }

    private static Task<IResult> Order(PageRequest request)
    {
        var (form, reader) = Read(request);
        return request.ForForm(reader, form, Home, "/visits", read => request.Port<IVisitorOverrideDesk>().Order(read, request.Actor, request.Gone), state => Show(request, state));
    }

    private static async Task<IResult> AskEnd(PageRequest request, FormState state)
    {
        var (visit, zone) = Standing(request);
        var all = await request.Port<IVisitorOverrideDesk>().Now(request.Actor, request.Gone).ConfigureAwait(false);
        if (all.InForce.FirstOrDefault(one => one.Visit == visit && one.Zone == zone) is not { } found)
        {
            return request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
        }

        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(VisitorOverrideText.EndTitle, visit.Value), ink[VisitorOverrideText.EndLead], ink[VisitorOverrideText.End], VisitPaths.EndOverride(visit, zone), Home,
                Danger: false, AsksReason: true, "/visits",
                [(ink[VisitsText.Organisation], found.Organisation), (ink[PresenceText.ZoneField], ink.Zone(zone)), (ink[VisitorOverrideText.Until], ink.Stamp(found.Until))], [], state),
            state.Problems.IsEmpty ? 200 : 422);
    }

    private static Task<IResult> End(PageRequest request)
    {
        var (visit, zone) = Standing(request);
        return request.ForReason(
            Home, "/visits",
            reason => request.Port<IVisitorOverrideDesk>().End(visit, zone, reason, request.Actor, request.Gone),
            state => AskEnd(request, state));
    }

    private static (VisitId Visit, ZoneId Zone) Standing(PageRequest request) => (new(request.Route("id")), new(request.Route("zone")));

    private static (VisitorOverrideForm Form, FormReader Reader) Read(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (visit, zone) = (reader.Text("visit", 40), reader.Text("zone", 40));
        var until = default(DateTimeOffset);
        var typed = reader.Text("until", 40);
        if (Dates.TryTime(typed, out var local))
        {
            until = request.Ink.Moment(local);
        }
        else if (typed.Length > 0)
        {
            reader.Complain("until", FieldFault.NotADate, typed);
        }

        return (new(new VisitId(visit), new ZoneId(zone), until, reader.Text("reason", 400)), reader);
    }
}
