using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using ActPart = RoomGuard.Core.Operators.Part;

namespace RoomGuard.Dashboard.Zones;

/// <summary>区域と扉 after the first start: looked at, changes asked for, and allowed by another.</summary>
internal static class ZoneRoutes
{
    private const string Root = "/zones";
    private static readonly SiteForms Forms = new(Root, First: false);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, PageGuard.Get(Board));
        routes.MapGet($"{Root}/areas/{{id}}", PageGuard.Get(Forms.Zone));
        routes.MapPost($"{Root}/areas/{{id}}", PageGuard.ConfirmedPost(Forms.PutZone));
        routes.MapGet($"{Root}/doors/{{id}}", PageGuard.Get(Forms.Door));
        routes.MapPost($"{Root}/doors/{{id}}", PageGuard.ConfirmedPost(Forms.PutDoor));
        routes.MapGet($"{Root}/changes/{{id}}", PageGuard.Get(request => WithChange(request, line => Show(request, line, FormState.Empty))));
        routes.MapPost($"{Root}/changes/{{id}}", PageGuard.ConfirmedPost(Decide));
        routes.MapGet("/policy/adopt", PageGuard.Get(Forms.Profile));
        routes.MapPost("/policy/adopt", PageGuard.ConfirmedPost(Forms.Adopt));
    }

    private static async Task<IResult> Board(PageRequest request) => request.Show<ZonesPage>(new ZonesModel(
        await SiteForms.Look(request).ConfigureAwait(false),
        Authority.May(request.Actor, Act.RegisterZone, ActPart.Asks, ActSubject.None).Allowed || Authority.May(request.Actor, Act.RegisterZone, ActPart.Does, ActSubject.None).Allowed,
        Authority.May(request.Actor, Act.RegisterZone, ActPart.Allows, ActSubject.None).Allowed));

    private static IResult Show(PageRequest request, SiteChangeLine line, FormState state) =>
        request.Show<SiteChangePage>(new SiteChangeModel(line, state), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static Task<IResult> Decide(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (verdict, note) = (request.Field("verdict"), reader.Optional("note", 400));
        if (verdict is not ("allow" or "refuse"))
        {
            reader.Complain("verdict", FieldFault.NotAChoice);
        }

        return WithChangeAsync(request, line => request.ForForm(
            reader, note, Root, Root,
            said => request.Port<IZoneDesk>().Decide(line.Change.Id, verdict == "allow", said, request.Actor, request.Gone),
            state => Task.FromResult(Show(request, line, state))));
    }

    private static Task<IResult> WithChange(PageRequest request, Func<SiteChangeLine, IResult> then) => WithChangeAsync(request, line => Task.FromResult(then(line)));

    private static async Task<IResult> WithChangeAsync(PageRequest request, Func<SiteChangeLine, Task<IResult>> then)
    {
        var look = await SiteForms.Look(request).ConfigureAwait(false);
        return look.Changes.FirstOrDefault(one => one.Change.Id == request.Route("id")) is { } line ? await then(line).ConfigureAwait(false) : SiteForms.Missing(request);
    }
}
