using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Timeline;

/// <summary>The flow of doors, badges, people and alarms around one entry.</summary>
internal static class TimelineRoutes
{
    /// <summary>Minutes before and after that can be chosen.</summary>
    public static readonly ImmutableArray<int> Choices = [1, 5, 30];

    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/entries/{n:long:min(0)}/timeline", PageGuard.Get(Show));

    private static async Task<IResult> Show(PageRequest request)
    {
        var register = await request.Register().ConfigureAwait(false);
        var n = long.Parse(request.Route("n"), CultureInfo.InvariantCulture);
        if (await register.Find(n, request.Gone).ConfigureAwait(false) is not { } entry)
        {
            return request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
        }

        var minutes = int.TryParse(request.Field("minutes"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && Choices.Contains(asked) ? asked : 5;
        var (from, until) = (entry.Event.OccurredAt.AddMinutes(-minutes), entry.Event.OccurredAt.AddMinutes(minutes));
        var read = await register.Around(from, until, Most, request.Gone).ConfigureAwait(false);

        // What the office registered meanwhile explains nothing about a door.
        var room = read.Where(line => line.N == n || line.Event is not (PersonRecorded or CredentialRecorded or GrantRecorded or GrantEnded or ImportApplied or RecordExported)).ToImmutableArray();
        return request.Show<TimelinePage>(new TimelineModel(entry, minutes, from, until, room, read.Length >= Most));
    }
}
