using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Patterns;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Patterns;

/// <summary>気になる動き (R-MON-05, R-ID-07).</summary>
internal static class PatternRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/patterns", PageGuard.Get(async request => request.Show<PatternsPage>(await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false))));
        routes.MapGet("/patterns/{n}", PageGuard.Get(request => One(request, FormState.Empty)));
        routes.MapPost("/patterns/{n}/review", PageGuard.Post(Review));
    }

    private static IPatternDesk Desk(PageRequest request) => request.Port<IPatternDesk>();

    private static async Task<IResult> One(PageRequest request, FormState state) =>
        long.TryParse(request.Route("n"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && await Desk(request).Notice(n, request.Actor, request.Gone).ConfigureAwait(false) is { } file
            ? request.Show<PatternPage>(new PatternModel(file, state), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static async Task<IResult> Review(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (verdict, note) = (reader.Choice<PatternVerdict>("verdict"), reader.Text("note", 400));
        if (!reader.Ok || !long.TryParse(request.Route("n"), NumberStyles.None, CultureInfo.InvariantCulture, out var n))
        {
            return await One(request, reader.State()).ConfigureAwait(false);
        }

        var done = await Desk(request).Review(n, verdict, note, request.Actor, request.Gone).ConfigureAwait(false);
        return done switch
        {
            { Refusal: { } refusal } => request.Show<RefusalPage>(new RefusalModel(refusal, "/entries", "/patterns"), StatusCodes.Status403Forbidden),
            { Ok: true } => request.Done("/patterns"),
            _ => await One(request, reader.State(done.Problems)).ConfigureAwait(false),
        };
    }
}

/// <summary>One notice, with what was wrong with the last act.</summary>
public sealed record PatternModel(PatternFile File, FormState State);
