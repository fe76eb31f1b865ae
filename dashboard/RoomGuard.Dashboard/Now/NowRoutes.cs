using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Dashboard.Devices;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.Parts;
using RoomGuard.Dashboard.Presence;

namespace RoomGuard.Dashboard.Now;

/// <summary>状況 and 機器: pages that show one moment and follow it.</summary>
internal static class NowRoutes
{
    private const int LatestShown = 8;

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Who has nothing to look after begins with their own page (dashboard.md section 9).
        routes.MapGet("/", PageGuard.Get(async request => MainMenu.Sees(request.Actor, PageAct.SeeRoom)
            ? request.Show<NowPage>(await Now(request).ConfigureAwait(false))
            : PageRequest.Go("/me")));
        routes.MapGet("/fragments/now", PageGuard.Get(async request => request.Fragment<NowParts>(await Now(request).ConfigureAwait(false))));
        routes.MapGet("/devices", PageGuard.Get(async request => request.Show<DevicesPage>(await Machines(request).ConfigureAwait(false))));
        routes.MapGet("/fragments/devices", PageGuard.Get(async request => request.Fragment<DevicesParts>(await Machines(request).ConfigureAwait(false))));
    }

    private static async Task<NowModel> Now(PageRequest request)
    {
        var room = await request.Port<IRoomNow>().Overview(request.Gone).ConfigureAwait(false);
        var scope = await request.Scope().ConfigureAwait(false);
        var inside = await request.Port<IPresence>().Inside(scope, request.Gone).ConfigureAwait(false);
        room = room with { Attention = [.. room.Attention.Select(item => Named(item, scope))] };
        var latest = await request.Port<IEntryRegisters>().SeenBy(scope)
            .Page(RegisterFilter.None, new RegisterPlace.Newest(), LatestShown, request.Gone).ConfigureAwait(false);
        var devices = await request.Port<IDeviceOverview>().Devices(request.Gone).ConfigureAwait(false);
        return new(room, inside, latest.Rows, devices, await ClimateOf(request).ConfigureAwait(false));
    }

    /// <summary>The climate for whoever sees it; null: this reader does not.</summary>
    internal static async Task<ClimateBoard?> ClimateOf(PageRequest request) =>
        MainMenu.Sees(request.Actor, PageAct.SeeClimate) ? await request.Port<IClimateBoard>().Now(request.Gone).ConfigureAwait(false) : null;

    // What needs a hand is told to everybody who looks after the room; whom it concerns only to those who may see it.
    internal static Attention Named(Attention item, RegisterScope scope) =>
        item.Person is null || scope.Shows(item.Zone, item.Person, null, null, item.Since) ? item : item with { Person = null, PersonName = null };

    private static async Task<DevicesModel> Machines(PageRequest request) =>
        new(await request.Port<IDeviceOverview>().Devices(request.Gone).ConfigureAwait(false));
}
