using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.Modes;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Presence;

namespace RoomGuard.Dashboard.Floor;

/// <summary>ライブ平面図.</summary>
internal static class FloorRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/map", PageGuard.Get(async request => request.Show<FloorPage>(await Model(request).ConfigureAwait(false))));
        routes.MapGet("/fragments/map", PageGuard.Get(async request => request.Fragment<FloorParts>(await Model(request).ConfigureAwait(false))));
    }

    private static async Task<FloorModel> Model(PageRequest request)
    {
        var room = await request.Port<IRoomNow>().Overview(request.Gone).ConfigureAwait(false);
        var inside = await request.Port<IPresence>().Inside(await request.Scope().ConfigureAwait(false), request.Gone).ConfigureAwait(false);
        return new(room, inside, await request.Port<IModeDesk>().Now(request.Gone).ConfigureAwait(false));
    }
}
