using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Notices;

/// <summary>The page 通知.</summary>
public sealed record NoticesModel(NoticesLook Look, FormState State);

/// <summary>通知: what went out, what waits, and a test.</summary>
internal static class NoticeRoutes
{
    private const string Home = "/notices";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Home, PageGuard.Get(request => Show(request, FormState.Empty)));
        routes.MapGet("/fragments/notices", PageGuard.Get(async request => request.Fragment<NoticesParts>(await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false))));
        routes.MapPost($"{Home}/test", PageGuard.Post(Test));
        routes.MapGet($"{Home}/{{id}}", PageGuard.Get(request => One(request, whole: true)));
        routes.MapGet("/fragments/notices/{id}", PageGuard.Get(request => One(request, whole: false)));
    }

    /// <summary>A notice's page.</summary>
    public static string Of(string notice) => $"{Home}/{Uri.EscapeDataString(notice)}";

    /// <summary>A choice of the form: contact and channel in one word; neither has a slash in it.</summary>
    public static string Choice(string contact, string channel) => $"{contact}/{channel}";

    private static INoticeDesk Desk(PageRequest request) => request.Port<INoticeDesk>();

    private static async Task<IResult> Show(PageRequest request, FormState state) => request.Show<NoticesPage>(
        new NoticesModel(await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false), state),
        state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> One(PageRequest request, bool whole) =>
        await Desk(request).Find(request.Route("id"), request.Gone).ConfigureAwait(false) is not { } found
            ? request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound)
            : whole ? request.Show<NoticePage>(found) : request.Fragment<NoticeFacts>(found);

    private static async Task<IResult> Test(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var way = reader.Text("way", 100).Split('/');
        if (reader.Ok && way.Length != 2)
        {
            reader.Complain("way", FieldFault.NotAChoice);
        }

        if (!reader.Ok)
        {
            return await Show(request, reader.State()).ConfigureAwait(false);
        }

        var done = await Desk(request).Test(way[0], way[1], request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(done, Of(done.Id ?? ""), Home, () => Show(request, reader.State(done.Problems))).ConfigureAwait(false);
    }
}
