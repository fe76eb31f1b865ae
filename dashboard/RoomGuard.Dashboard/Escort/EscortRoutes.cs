using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Escort;

/// <summary>付添い者のページ, made for a phone.</summary>
internal static class EscortRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/escort", PageGuard.Get(async request => request.Show<EscortPage>(await Model(request).ConfigureAwait(false))));
        routes.MapGet("/fragments/escort", PageGuard.Get(async request => request.Fragment<EscortParts>(await Model(request).ConfigureAwait(false))));
        routes.MapGet("/escort/{id}/all-out", PageGuard.Get(request => WithVisit(request, visit => Ask(request, visit, FormState.Empty))));
        routes.MapPost("/escort/{id}/all-out", PageGuard.Post(AllOut));
    }

    private static async Task<EscortModel> Model(PageRequest request) => new(await request.Port<IEscortDesk>().Mine(request.Actor, request.Gone).ConfigureAwait(false));

    private static async Task<IResult> WithVisit(PageRequest request, Func<EscortedVisit, IResult> then)
    {
        var visits = await request.Port<IEscortDesk>().Mine(request.Actor, request.Gone).ConfigureAwait(false);
        return visits.FirstOrDefault(visit => visit.Id.Value == request.Route("id")) is { } found
            ? then(found)
            : request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
    }

    private static IResult Ask(PageRequest request, EscortedVisit visit, FormState state)
    {
        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink[EscortText.AllOutTitle], ink[EscortText.AllOutLead], ink[EscortText.AllOut], $"/escort/{Uri.EscapeDataString(visit.Id.Value)}/all-out", "/escort",
                Danger: false, AsksReason: false, "/escort",
                [(ink[EscortText.Visit], visit.Id.Value), (ink[EscortText.StillListed], string.Join(ink.Language == Language.Japanese ? "、" : ", ", visit.Inside.Select(visitor => visitor.Name)))], [], state),
            state.Problems.IsEmpty ? 200 : 422);
    }

    private static async Task<IResult> AllOut(PageRequest request)
    {
        // The words go into the record, whose language is Japanese.
        var done = await request.Port<IEscortDesk>().AllOut(new VisitId(request.Route("id")), EscortText.AllOutReason.Ja, request.Actor, request.Gone).ConfigureAwait(false);
        return done.Ok ? request.Done("/escort") : await WithVisit(request, visit => Ask(request, visit, FormState.Empty with { Problems = done.Problems })).ConfigureAwait(false);
    }
}
