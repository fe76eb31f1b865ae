using System.Collections.Immutable;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Alarms;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Parts;
using RoomGuard.Dashboard.Power;
using RoomGuard.Dashboard.Presence;

namespace RoomGuard.Dashboard.Wallboard;

/// <summary>壁面表示: from five metres, is all well?</summary>
internal static class WallboardRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/wallboard", PageGuard.Get(async request => request.Show<WallboardPage>(await Model(request).ConfigureAwait(false))));
        routes.MapGet("/fragments/wallboard", PageGuard.Get(async request => request.Fragment<WallboardParts>(await Model(request).ConfigureAwait(false))));
    }

    private static async Task<WallboardModel> Model(PageRequest request)
    {
        var room = await request.Port<IRoomNow>().Overview(request.Gone).ConfigureAwait(false);

        // People are only counted, whoever is signed in at the wall.
        var inside = await request.Port<IPresence>().Inside(RegisterScope.Nothing, request.Gone).ConfigureAwait(false);
        var power = await request.Port<IPowerBoard>().Now(request.Gone).ConfigureAwait(false);
        var alarms = MainMenu.SeesAlarms(request.Actor) ? await request.Port<IAlarmDesk>().Board(AlarmFilter.None, request.Actor, request.Gone).ConfigureAwait(false) : null;
        return new(
            room,
            [.. inside.Select(zone => new WallZone(zone.Zone, zone.Fresh ? zone.Count : null))],
            WallPower.Of(power),
            alarms?.Open.Select(line => line.Alarm).ToImmutableArray(),
            await NowRoutes.ClimateOf(request).ConfigureAwait(false));
    }
}
