using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;
using RoomGuard.Dashboard.Visits;

namespace RoomGuard.Dashboard.Reception;

/// <summary>受付, made for the keyboard: one field takes every scan, every page puts the cursor where the next key goes, Enter does the next thing.</summary>
internal static class ReceptionRoutes
{
    private const int EscortsShown = 40;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reception", PageGuard.Get(request => Board(request, "", null)));
        routes.MapGet("/reception/fragments/board", PageGuard.Get(async request =>
            request.Fragment<BoardParts>(await request.Port<IReceptionDesk>().Today(request.Actor, request.Gone).ConfigureAwait(false))));
        routes.MapGet("/reception/fragments/walk-in/{id}", PageGuard.Get(async request =>
            await request.Port<IReceptionDesk>().WalkIn(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } found
                ? request.Fragment<WalkInParts>(new WalkInModel(found))
                : Missing(request)));
        routes.MapGet("/reception/find", PageGuard.Get(Find));
        routes.MapGet("/reception/visitors/{id}", PageGuard.Get(request => CheckInPage(request, null, "", null)));
        routes.MapPost("/reception/visitors/{id}", PageGuard.Post(CheckIn));
        routes.MapGet("/reception/badges/{id}", PageGuard.Get(request => BadgePage(request, FormState.Empty, lost: false, null)));
        routes.MapPost("/reception/badges/{id}/return", PageGuard.Post(Return));
        routes.MapGet("/reception/badges/{id}/lost", PageGuard.Get(request => BadgePage(request, FormState.Empty, lost: true, null)));
        routes.MapPost("/reception/badges/{id}/lost", PageGuard.Post(Lost));
        routes.MapGet("/reception/walk-in", PageGuard.Get(request => WalkInForm(request, null, null)));
        routes.MapPost("/reception/walk-in", PageGuard.Post(ApplyWalkIn));
        routes.MapGet("/reception/walk-in/{id}", PageGuard.Get(ShowWalkIn));
    }

    private static async Task<IResult> Board(PageRequest request, string typed, ScanResult? scan)
    {
        var board = await request.Port<IReceptionDesk>().Today(request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<ReceptionPage>(new ReceptionModel(board, typed, scan, DoneText(request, board)));
    }

    private static async Task<IResult> Find(PageRequest request)
    {
        var typed = request.Field("q") is { Length: > 0 } text ? text[..Math.Min(text.Length, 200)] : "";
        if (typed.Length == 0)
        {
            return PageRequest.Go(ReceptionPaths.Home);
        }

        var scan = await request.Port<IReceptionDesk>().Scan(typed, request.Actor, request.Gone).ConfigureAwait(false);
        return scan switch
        {
            { Kind: ScanKind.Visitor, Visitor: { } visitor } => PageRequest.Go(ReceptionPaths.Visitor(visitor)),
            { Kind: ScanKind.Badge, Badge: { } badge } => PageRequest.Go(ReceptionPaths.Badge(badge.Card)),
            _ => await Board(request, typed, scan).ConfigureAwait(false),
        };
    }

    private static async Task<IResult> CheckInPage(PageRequest request, FormState? state, string keep, Refusal? refusal)
    {
        var visitor = new PersonId(request.Route("id"));
        if (await request.Port<IReceptionDesk>().Visitor(visitor, request.Actor, request.Gone).ConfigureAwait(false) is not { } standing)
        {
            return Missing(request);
        }

        var fresh = FormState.Of([("v", standing.File.Version.ToString(CultureInfo.InvariantCulture)), .. ItemFields.Fields(standing.Visitor.Planned ?? [])]);
        return request.Show<CheckInPage>(new CheckInModel(standing, state ?? fresh, keep, refusal), refusal is not null ? 403 : state is null ? 200 : 422);
    }

    private static async Task<IResult> CheckIn(PageRequest request)
    {
        var visitor = new PersonId(request.Route("id"));
        var reader = new FormReader(request.Form);
        var shown = reader.Optional("idKind", 40);
        var (kind, outcome) = shown switch
        {
            "none" => ((IdentityPaper?)null, IdentityOutcome.NotShown),
            "other" => (null, IdentityOutcome.Differs),
            _ => (reader.Choice<IdentityPaper>("idKind"), IdentityOutcome.Shown),
        };
        var items = ItemFields.Read(reader);
        var badge = outcome is IdentityOutcome.Shown ? reader.Text("badge", 40) : "";
        if (!reader.Ok)
        {
            return await CheckInPage(request, reader.State(), "", null).ConfigureAwait(false);
        }

        // Things are kept here by those that were named on the page the clerk looked at; another list asks anew.
        var done = await request.Port<IReceptionDesk>().CheckIn(
            visitor, Version(request), new(kind, outcome, items, badge, LeftTaken: request.Field("kept") is { Length: > 0 } kept && kept == Left(items)), request.Actor, request.Gone).ConfigureAwait(false);
        if (done.Ok)
        {
            return request.Done($"{ReceptionPaths.Home}?out={Uri.EscapeDataString(visitor.Value)}");
        }

        var keep = done.Problems.Any(problem => problem.Fault == FieldFault.NoPermit) ? Left(items) : "";
        return await CheckInPage(request, reader.State(done.Problems), keep, done.Refusal).ConfigureAwait(false);
    }

    private static async Task<IResult> BadgePage(PageRequest request, FormState state, bool lost, Refusal? refusal) =>
        await request.Port<IReceptionDesk>().Badge(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } worn
            ? request.Show<BadgeBackPage>(new BadgeBackModel(worn, state, lost, refusal), refusal is not null ? 403 : state.Problems.IsEmpty ? 200 : 422)
            : Missing(request);

    private static async Task<IResult> Return(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var badge = new CredentialId(request.Route("id"));
        var worn = await request.Port<IReceptionDesk>().Badge(badge, request.Actor, request.Gone).ConfigureAwait(false);
        var done = await request.Port<IReceptionDesk>().Return(badge, Version(request), reader.Ticked("itemsBack").Contains("1"), request.Actor, request.Gone).ConfigureAwait(false);
        return done.Ok
            ? request.Done($"{ReceptionPaths.Home}?back={Uri.EscapeDataString(worn?.Visitor.Visitor.Id.Value ?? "")}")
            : await BadgePage(request, reader.State(done.Problems), lost: false, done.Refusal).ConfigureAwait(false);
    }

    private static async Task<IResult> Lost(PageRequest request)
    {
        var done = await request.Port<IReceptionDesk>().Lost(new(request.Route("id")), Version(request), request.Actor, request.Gone).ConfigureAwait(false);
        return done.Ok
            ? request.Done(ReceptionPaths.Visitor(new(done.Id!)))
            : await BadgePage(request, new FormReader(request.Form).State(done.Problems), lost: true, done.Refusal).ConfigureAwait(false);
    }

    private static async Task<IResult> WalkInForm(PageRequest request, FormState? state, Refusal? refusal)
    {
        var escorts = await request.Port<IReceptionDesk>().Escorts("", EscortsShown, request.Actor, request.Gone).ConfigureAwait(false);
        var fresh = FormState.Of([("minutes", "60"), .. request.Site.Zones.Length == 1 ? [("zones", request.Site.Zones[0].Id.Value)] : Array.Empty<(string, string)>()]);
        return request.Show<WalkInFormPage>(new WalkInFormModel(state ?? fresh, escorts, refusal), refusal is not null ? 403 : state is null ? 200 : 422);
    }

    private static async Task<IResult> ApplyWalkIn(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var zones = reader.Ticked("zones").Where(zone => request.Site.Zones.Any(known => known.Id.Value == zone)).Select(zone => new Core.Zones.ZoneId(zone)).ToImmutableArray();
        if (zones.IsEmpty)
        {
            reader.Complain("zones", FieldFault.Required);
        }

        var matter = VisitFormReading.Read(request, reader, zones, walkIn: true);
        var reason = reader.Text("reason", 400);
        if (!reader.Ok)
        {
            return await WalkInForm(request, reader.State(), null).ConfigureAwait(false);
        }

        var done = await request.Port<ICaseDesk>().Apply(matter, reason, request.Actor, request.Gone).ConfigureAwait(false);
        return done.Ok && done.Id is { } id
            ? request.Done($"{ReceptionPaths.Home}/walk-in/{Uri.EscapeDataString(id)}")
            : await WalkInForm(request, reader.State(done.Problems), done.Refusal).ConfigureAwait(false);
    }

    private static async Task<IResult> ShowWalkIn(PageRequest request) =>
        await request.Port<IReceptionDesk>().WalkIn(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } found
            ? request.Show<WalkInPage>(new WalkInModel(found))
            : Missing(request);

    // What was just done, as one sentence with what comes next.
    private static string? DoneText(PageRequest request, ReceptionBoard board)
    {
        var (ink, outOf, back) = (request.Ink, request.Field("out"), request.Field("back"));
        var id = new PersonId(outOf.Length > 0 ? outOf : back);
        if (board.Visits.FirstOrDefault(line => line.File.FileOf(id) is not null) is not { } found || found.File.FileOf(id) is not { BadgeNo: { } no } mine)
        {
            return null;
        }

        return ink.Fill(outOf.Length > 0 ? ReceptionText.DoneOut : ReceptionText.DoneBack, mine.Visitor.Name, no, found.Escorts.IsEmpty ? "" : found.Escorts[0].Name);
    }

    private static string Left(ImmutableArray<DeclaredItem> items) => string.Join('|', items.Select(item => $"{item.Kind} {item.Name} {item.Serial} {item.Count}"));

    private static int Version(PageRequest request) => int.TryParse(request.Field("v"), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;

    private static IResult Missing(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}
