using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Cases;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Presence;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Me;

/// <summary>自分のページ: nothing here names a person, so nobody can ask for another's.</summary>
internal static class MeRoutes
{
    private const int CasesShown = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me", PageGuard.Get(request => Me(request, FormState.Empty)));
        routes.MapPost("/me/purpose", PageGuard.Post(Purpose));
        routes.MapGet("/me/cards/{id}/lost", PageGuard.Get(request => WithCard(request, card => Ok(AskLost(request, card, FormState.Empty)))));
        routes.MapPost("/me/cards/{id}/lost", PageGuard.Post(request => WithCard(request, card => Lost(request, card))));
        routes.MapGet("/me/cards/{id}/reported", PageGuard.Get(request => WithCard(request, card => Ok(request.Show<LostPage>(
            new LostModel(card.Id.Value, request.Field("case") is { Length: > 0 and < 40 } number ? number : null))))));
        routes.MapGet("/me/grants/{id}/give-up", PageGuard.Get(request => WithGrant(request, grant => Ok(AskGiveUp(request, grant, FormState.Empty)))));
        routes.MapPost("/me/grants/{id}/give-up", PageGuard.Post(request => WithGrant(request, grant => GiveUp(request, grant))));
    }

    private static async Task<IResult> Me(PageRequest request, FormState state)
    {
        var desk = request.Port<ICaseDesk>();
        var file = await request.Port<IMyPage>().Mine(request.Actor, request.Gone).ConfigureAwait(false);
        var mine = await desk.Mine(null, CasesShown, request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<MePage>(new MeModel(
            request.Actor, file, await desk.Waiting(request.Actor, request.Gone).ConfigureAwait(false),
            [.. mine.Cases.Where(line => line.State is not (CaseState.Refused or CaseState.Withdrawn or CaseState.Lapsed or CaseState.Confirmed))],
            await request.Port<IPresenceDesk>().Mine(request.Actor, request.Gone).ConfigureAwait(false),
            await request.Port<IPurposeDesk>().Mine(request.Actor, request.Gone).ConfigureAwait(false),
            state), state.Problems.IsEmpty ? 200 : 422);
    }

    private static async Task<IResult> Purpose(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var zone = reader.Text("purposeZone", 40);
        var purpose = reader.Text("purposeRef", 20);
        DateTimeOffset? until = null;
        if (reader.Optional("purposeUntil") is { Length: > 0 } typed)
        {
            if (Dates.TryTime(typed, out var local))
            {
                until = request.Ink.Moment(local);
            }
            else
            {
                reader.Complain("purposeUntil", FieldFault.NotADate, typed);
            }
        }

        if (!reader.Ok)
        {
            return await Me(request, reader.State()).ConfigureAwait(false);
        }

        var done = await request.Port<IPurposeDesk>().Tell(new(zone), purpose, until, request.Actor, request.Gone).ConfigureAwait(false);
        return done.Ok ? request.Done("/me") : await Me(request, reader.State(done.Problems)).ConfigureAwait(false);
    }

    // Two clicks and no typing (issue 3, R-ID-08): who has lost a card should not have to write first.
    private static IResult AskLost(PageRequest request, MyCard card, FormState state) => request.Show<ConfirmPage>(
        new ConfirmModel(
            request.Ink.Fill(MeText.LostTitle, card.Id), request.Ink[MeText.LostLead], request.Ink[MeText.LostDo], $"/me/cards/{Uri.EscapeDataString(card.Id.Value)}/lost", "/me",
            Danger: true, AsksReason: false, "/me", [], [], state),
        state.Problems.IsEmpty ? 200 : 422);

    private static async Task<IResult> Lost(PageRequest request, MyCard card)
    {
        var done = await request.Port<IMyPage>().ReportLost(card.Id, request.Actor, request.Gone).ConfigureAwait(false);
        return done switch
        {
            { Ok: true } => PageRequest.Go($"/me/cards/{Uri.EscapeDataString(card.Id.Value)}/reported{(done.Id is { } number ? $"?case={Uri.EscapeDataString(number)}" : "")}"),
            { Refusal: { } refusal } => request.Show<RefusalPage>(new RefusalModel(refusal, "/me", "/me"), StatusCodes.Status403Forbidden),
            _ => AskLost(request, card, FormState.Empty with { Problems = done.Problems }),
        };
    }

    private static IResult AskGiveUp(PageRequest request, MyGrant grant, FormState state)
    {
        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(MeText.GiveUpTitle, grant.Grant.Id), ink[MeText.GiveUpLead], ink[MeText.GiveUpDo], $"/me/grants/{Uri.EscapeDataString(grant.Grant.Id.Value)}/give-up", "/me",
                Danger: true, AsksReason: true, "/me",
                [(ink[DeskText.Zones], MatterText.Zones(grant.Grant.Zones, ink)), (ink[DeskText.Period], MatterText.Period(grant.Grant.ValidFrom, grant.Grant.ValidUntil, ink))], [], state),
            state.Problems.IsEmpty ? 200 : 422);
    }

    private static Task<IResult> GiveUp(PageRequest request, MyGrant grant) => request.ForReason(
        "/me", "/me",
        reason => request.Port<IMyPage>().GiveUp(grant.Grant.Id, reason, request.Actor, request.Gone),
        state => Task.FromResult(AskGiveUp(request, grant, state)));

    private static async Task<IResult> WithCard(PageRequest request, Func<MyCard, Task<IResult>> then)
    {
        var file = await request.Port<IMyPage>().Mine(request.Actor, request.Gone).ConfigureAwait(false);
        return file.Cards.FirstOrDefault(card => card.Id == new CredentialId(request.Route("id"))) is { } found ? await then(found).ConfigureAwait(false) : Missing(request);
    }

    private static async Task<IResult> WithGrant(PageRequest request, Func<MyGrant, Task<IResult>> then)
    {
        var file = await request.Port<IMyPage>().Mine(request.Actor, request.Gone).ConfigureAwait(false);
        return file.Grants.FirstOrDefault(grant => grant.Grant.Id.Value == request.Route("id")) is { } found ? await then(found).ConfigureAwait(false) : Missing(request);
    }

    private static Task<IResult> Ok(IResult result) => Task.FromResult(result);

    private static IResult Missing(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}
