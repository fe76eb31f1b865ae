using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;

namespace RoomGuard.Dashboard.Climate;

/// <summary>消火設備 (R-ENV-07).</summary>
internal static class FireEquipmentRoutes
{
    private const string Home = "/climate/fire-equipment";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Home, PageGuard.Get(request => Show(request, FormState.Empty)));
        routes.MapPost(Home, PageGuard.Post(Register));
        routes.MapPost($"{Home}/{{id}}/retire", PageGuard.Post(Retire));
    }

    private static IFireEquipmentDesk Desk(PageRequest request) => request.Port<IFireEquipmentDesk>();

    private static async Task<IResult> Show(PageRequest request, FormState state) => request.Show<FireEquipmentPage>(
        new FireEquipmentModel(await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false), state),
        state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static Task<IResult> Register(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var equipment = new FireEquipment(
            reader.Text("no", 40), new ZoneId(reader.Text("zone", 40)), reader.Text("label"), reader.Choice<AgentKind>("agent"), reader.Optional("statement", 400), reader.OptionalDay("inspectedOn"));
        return request.ForForm(reader, equipment, Home, "/climate", read => Desk(request).Register(read, request.Actor, request.Gone), state => Show(request, state));
    }

    private static async Task<IResult> Retire(PageRequest request)
    {
        var done = await Desk(request).Retire(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(done, Home, "/climate", () => Show(request, FormState.Empty with { Problems = done.Problems })).ConfigureAwait(false);
    }
}
