using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Visits;

/// <summary>訪問 at the office, and the page a visitor opens with the invitation.</summary>
internal static class VisitRoutes
{
    private const int UsualDays = 14;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/visits", PageGuard.Get(List));
        routes.MapGet("/visits/sheet", PageGuard.Get(Sheets));
        routes.MapGet("/visits/bars", PageGuard.Get(request => Bars(request, FormState.Empty, null)));
        routes.MapPost("/visits/bars", PageGuard.Post(AddBar));
        routes.MapGet("/visits/bars/{id}/lift", PageGuard.Get(request => AskLift(request, FormState.Empty)));
        routes.MapPost("/visits/bars/{id}/lift", PageGuard.Post(Lift));
        routes.MapGet("/visits/badges", PageGuard.Get(request => Badges(request, FormState.Empty, null)));
        routes.MapPost("/visits/badges", PageGuard.Post(AddBadges));
        routes.MapGet("/visits/badges/{id}/retire", PageGuard.Get(request => AskRetire(request, FormState.Empty)));
        routes.MapPost("/visits/badges/{id}/retire", PageGuard.Post(Retire));
        routes.MapGet("/visits/visitors/{id}/beforehand", PageGuard.Get(request => Beforehand(request, null)));
        routes.MapPost("/visits/visitors/{id}/beforehand", PageGuard.Post(KeepBeforehand));
        routes.MapGet("/visits/{id}", PageGuard.Get(request => With(request, view => Ok(request.Show<VisitPage>(new VisitModel(view, MayOverride(request, view)))))));
        routes.MapGet("/visits/{id}/sheet", PageGuard.Get(request => With(request, view => Ok(request.Show<VisitSheetPage>(new VisitSheetModel(view, request.Actor))))));
        routes.MapGet("/visits/{id}/invitation", PageGuard.Get(request => With(request, view => Ok(request.Show<InvitationPage>(new RoomGuard.Dashboard.Visits.InvitationModel(view))))));
        routes.MapGet("/visits/{id}/change", PageGuard.Get(request => With(request, view => Ok(AskChange(request, view, null, null)))));
        routes.MapPost("/visits/{id}/change", PageGuard.Post(request => With(request, view => Change(request, view))));
        routes.MapGet("/visits/{id}/cancel", PageGuard.Get(request => With(request, view => Ok(AskCancel(request, view, FormState.Empty)))));
        routes.MapPost("/visits/{id}/cancel", PageGuard.Post(request => With(request, view => Cancel(request, view))));

        // A visitor has no account: what proves them is the invitation, which opens their own few fields and nothing else.
        routes.MapGet("/invitation/{token}", PageGuard.OpenGet(request => Invited(request, FormState.Empty)));
        routes.MapPost("/invitation/{token}", PageGuard.OpenPost(KeepInvited));
    }

    private static async Task<IResult> List(PageRequest request)
    {
        var words = request.Field("q") is { Length: > 0 } typed ? typed[..Math.Min(typed.Length, 200)] : "";
        var day = Dates.TryDay(request.Field("day"), out var first) ? first : (DateOnly?)null;
        var days = int.TryParse(request.Field("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? Math.Clamp(many, 1, 366) : UsualDays;
        var page = await request.Port<IVisitDesk>().Visits(new(words, day, days), request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<VisitsPage>(new VisitsModel(page, words));
    }

    private static async Task<IResult> Sheets(PageRequest request)
    {
        var from = Dates.TryDay(request.Field("day"), out var first) ? first : request.Today;
        var days = int.TryParse(request.Field("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? Math.Clamp(many, 1, 366) : 1;
        var until = from.AddDays(days);
        var found = await request.Port<IVisitDesk>().Sheet(request.Ink.Midnight(from), request.Ink.Midnight(until), request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<VisitSheetsPage>(new VisitSheetsModel(found, from, until, request.Actor));
    }

    private static bool MayOverride(PageRequest request, VisitView view) =>
        view.File is { Ending: null, Visit: var visit } && visit.From < request.Now + VisitorOverrides.Longest && VisitorOverrideRoutes.MayOrder(request.Actor);

    private static IResult AskChange(PageRequest request, VisitView view, FormState? state, Refusal? refusal)
    {
        var visit = view.File.Visit;
        var fresh = FormState.Of(
            ("v", view.File.Version.ToString(CultureInfo.InvariantCulture)), ("until", request.Ink.Field(visit.Until)[..16]), ("escorts", string.Join(' ', visit.Escorts)));
        return request.Show<VisitChangePage>(new VisitChangeModel(view, state ?? fresh, refusal), refusal is not null ? 403 : state is null ? 200 : 422);
    }

    private static async Task<IResult> Change(PageRequest request, VisitView view)
    {
        var reader = new FormReader(request.Form);
        var until = default(DateTimeOffset);
        if (Dates.TryTime(reader.Text("until", 40), out var local))
        {
            until = request.Ink.Moment(local);
        }
        else if (reader.Ok)
        {
            reader.Complain("until", FieldFault.NotADate, request.Field("until"));
        }

        ImmutableArray<PersonId> escorts = [.. reader.Text("escorts", 200).Split([' ', '\u3000', ','], StringSplitOptions.RemoveEmptyEntries).Distinct().Select(id => new PersonId(id))];
        var reason = reader.Text("reason", 400);
        if (!reader.Ok)
        {
            return AskChange(request, view, reader.State(), null);
        }

        var done = await request.Port<IVisitDesk>().Change(view.File.Visit.Id, Version(request), new(until, escorts, reason), request.Actor, request.Gone).ConfigureAwait(false);
        return done.Ok ? request.Done(VisitPaths.Of(view.File.Visit.Id)) : AskChange(request, view, reader.State(done.Problems), done.Refusal);
    }

    private static IResult AskCancel(PageRequest request, VisitView view, FormState state)
    {
        var (ink, visit) = (request.Ink, view.File.Visit);
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink[VisitsText.CancelTitle], ink[VisitsText.CancelLead], ink[VisitsText.Cancel], $"{VisitPaths.Of(visit.Id)}/cancel", VisitPaths.Of(visit.Id), Danger: true, AsksReason: true, "/visits",
                [(ink[VisitsText.Number], visit.Id.Value), (ink[VisitsText.Organisation], visit.Organisation), (ink[VisitsText.Times], VisitsText.Span(visit.From, visit.Until, ink))],
                [("v", view.File.Version.ToString(CultureInfo.InvariantCulture))],
                state),
            state.Problems.IsEmpty ? 200 : 422);
    }

    private static async Task<IResult> Cancel(PageRequest request, VisitView view)
    {
        var reader = new FormReader(request.Form);
        var reason = reader.Text("reason", 400);
        if (!reader.Ok)
        {
            return AskCancel(request, view, reader.State());
        }

        var done = await request.Port<IVisitDesk>().Cancel(view.File.Visit.Id, Version(request), reason, request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(done, VisitPaths.Of(view.File.Visit.Id), "/visits", () => Ok(AskCancel(request, view, reader.State(done.Problems)))).ConfigureAwait(false);
    }

    private static async Task<IResult> Beforehand(PageRequest request, FormState? state)
    {
        var visitor = new PersonId(request.Route("id"));
        if (Visit.VisitOf(visitor) is not { } id || await request.Port<IVisitDesk>().Visit(id, request.Actor, request.Gone).ConfigureAwait(false) is not { } view || view.File.FileOf(visitor) is not { } mine)
        {
            return Missing(request);
        }

        return request.Show<BeforehandPage>(
            new BeforehandModel(view.File, mine, VisitPaths.Beforehand(visitor), VisitPaths.Of(id), state ?? Fresh(mine)), state is null ? 200 : 422);
    }

    private static async Task<IResult> KeepBeforehand(PageRequest request)
    {
        var (form, reader) = ReadBeforehand(request);
        var visitor = new PersonId(request.Route("id"));
        var done = reader.Ok ? await request.Port<IVisitDesk>().PreRegister(visitor, form, request.Actor, request.Gone).ConfigureAwait(false) : new([]);
        return !reader.Ok || !done.Ok ? await Beforehand(request, reader.State(done.Problems)).ConfigureAwait(false)
            : Visit.VisitOf(visitor) is { } id ? request.Done(VisitPaths.Of(id)) : Missing(request);
    }

    private static async Task<IResult> Invited(PageRequest request, FormState state)
    {
        var token = request.Route("token");
        return await request.Port<IVisitDesk>().Invited(token, request.Gone).ConfigureAwait(false) is { } found
            ? request.Show<BeforehandPage>(
                new BeforehandModel(found.File, found.Visitor, $"/invitation/{Uri.EscapeDataString(token)}", null, state.Typed.IsEmpty ? Fresh(found.Visitor) : state),
                state.Problems.IsEmpty ? 200 : 422)
            : request.Show<InvitationOverPage>(new InvitationOverModel(), StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> KeepInvited(PageRequest request)
    {
        var (form, reader) = ReadBeforehand(request);
        var done = reader.Ok ? await request.Port<IVisitDesk>().PreRegister(request.Route("token"), form, request.Gone).ConfigureAwait(false) : new([]);
        return reader.Ok && done.Ok
            ? request.Done($"/invitation/{Uri.EscapeDataString(request.Route("token"))}")
            : await Invited(request, reader.State(done.Problems)).ConfigureAwait(false);
    }

    private static (PreRegistration Form, FormReader Reader) ReadBeforehand(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        return (new(reader.Optional("kana"), ItemFields.Read(reader)), reader);
    }

    private static FormState Fresh(VisitorFile mine) => FormState.Of([("kana", mine.Visitor.Kana), .. ItemFields.Fields(mine.Planned ?? [])]);

    private static async Task<IResult> Bars(PageRequest request, FormState state, Refusal? refusal)
    {
        if (await request.Port<IVisitDesk>().Bars(request.Actor, request.Gone).ConfigureAwait(false) is not { } bars)
        {
            return Missing(request);
        }

        var may = !Core.Operators.Authority.RightsOf(request.Actor, Core.Operators.Act.Visit, Core.Operators.Part.Keeps).IsEmpty;
        return request.Show<BarsPage>(new BarsModel(bars, may, state, request.Today, refusal), refusal is not null ? 403 : state.Problems.IsEmpty ? 200 : 422);
    }

    private static async Task<IResult> AddBar(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (name, firm, reason) = (reader.Optional("name"), reader.Optional("organisation"), reader.Text("reason", 400));
        var last = reader.Day("until");
        if (!reader.Ok)
        {
            return await Bars(request, reader.State(), null).ConfigureAwait(false);
        }

        var done = await request.Port<IVisitDesk>().Bar(new("", name, firm, reason, request.Today, last.AddDays(1)), request.Actor, request.Gone).ConfigureAwait(false);
        return done.Ok ? request.Done("/visits/bars") : await Bars(request, reader.State(done.Problems), done.Refusal).ConfigureAwait(false);
    }

    private static async Task<IResult> AskLift(PageRequest request, FormState state)
    {
        var (ink, id) = (request.Ink, request.Route("id"));
        var bars = await request.Port<IVisitDesk>().Bars(request.Actor, request.Gone).ConfigureAwait(false);
        return bars?.FirstOrDefault(bar => bar.Id == id) is { } found
            ? request.Show<ConfirmPage>(
                new ConfirmModel(
                    ink[VisitsText.LiftTitle], ink[VisitsText.LiftLead], ink[VisitsText.Lift], $"/visits/bars/{Uri.EscapeDataString(id)}/lift", "/visits/bars", Danger: false, AsksReason: true, "/visits",
                    [(ink[VisitsText.Number], found.Id), (ink[VisitsText.BarName], found.Name), (ink[VisitsText.BarFirm], found.Organisation), (ink[DeskText.Reason], found.Reason)], [], state),
                state.Problems.IsEmpty ? 200 : 422)
            : Missing(request);
    }

    private static async Task<IResult> Lift(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var reason = reader.Text("reason", 400);
        var done = reader.Ok ? await request.Port<IVisitDesk>().Lift(request.Route("id"), reason, request.Actor, request.Gone).ConfigureAwait(false) : new([]);
        return reader.Ok
            ? await request.After(done, "/visits/bars", "/visits", () => AskLift(request, reader.State(done.Problems))).ConfigureAwait(false)
            : await AskLift(request, reader.State()).ConfigureAwait(false);
    }

    private static async Task<IResult> Badges(PageRequest request, FormState state, Refusal? refusal) =>
        await request.Port<IVisitDesk>().Badges(request.Actor, request.Gone).ConfigureAwait(false) is { } board
            ? request.Show<BadgesPage>(new BadgesModel(board, state, refusal), refusal is not null ? 403 : state.Problems.IsEmpty ? 200 : 422)
            : Missing(request);

    private static async Task<IResult> AddBadges(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var colour = reader.Choice<BadgeColour>("colour");
        var (first, count, facility, card) = (reader.Number("first"), reader.Number("cards"), reader.OptionalNumber("facility"), reader.Number("firstCard"));
        var format = reader.Text("format", 40);
        if (!reader.Ok)
        {
            return await Badges(request, reader.State(), null).ConfigureAwait(false);
        }

        var form = new BadgeForm(colour, (int)Math.Clamp(first, 0, 10_000), (int)Math.Clamp(count, 0, 10_000), format, facility, card);
        var done = await request.Port<IVisitDesk>().Register(form, request.Actor, request.Gone).ConfigureAwait(false);
        return done.Ok ? request.Done("/visits/badges") : await Badges(request, reader.State(done.Problems), done.Refusal).ConfigureAwait(false);
    }

    private static async Task<IResult> AskRetire(PageRequest request, FormState state)
    {
        var (ink, id) = (request.Ink, request.Route("id"));
        var board = await request.Port<IVisitDesk>().Badges(request.Actor, request.Gone).ConfigureAwait(false);
        return board?.Badges.FirstOrDefault(badge => badge.Card.Value == id) is { } found
            ? request.Show<ConfirmPage>(
                new ConfirmModel(
                    ink[VisitsText.RetireTitle], ink[VisitsText.RetireLead], ink[VisitsText.Retire], $"/visits/badges/{Uri.EscapeDataString(id)}/retire", "/visits/badges", Danger: true, AsksReason: true, "/visits",
                    [(ink[VisitsText.BadgeWord], found.No)], [], state),
                state.Problems.IsEmpty ? 200 : 422)
            : Missing(request);
    }

    private static async Task<IResult> Retire(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var reason = reader.Text("reason", 400);
        var done = reader.Ok ? await request.Port<IVisitDesk>().Retire(new(request.Route("id")), reason, request.Actor, request.Gone).ConfigureAwait(false) : new([]);
        return reader.Ok
            ? await request.After(done, "/visits/badges", "/visits", () => AskRetire(request, reader.State(done.Problems))).ConfigureAwait(false)
            : await AskRetire(request, reader.State()).ConfigureAwait(false);
    }

    private static async Task<IResult> With(PageRequest request, Func<VisitView, Task<IResult>> then) =>
        await request.Port<IVisitDesk>().Visit(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } view ? await then(view).ConfigureAwait(false) : Missing(request);

    private static int Version(PageRequest request) => int.TryParse(request.Field("v"), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;

    private static Task<IResult> Ok(IResult result) => Task.FromResult(result);

    private static IResult Missing(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}
