using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>Many items, what shall be done with them, and what would become of each.</summary>
/// <param name="Form">Null: nothing was asked yet, or it cannot be read.</param>
public sealed record AssetBulkModel(AssetQuery Query, BulkForm? Form, BulkLook Look, FormState State);

/// <summary>Acts on many items of the 機器台帳: the look is an address of its own and changes nothing, the act names the items and the versions looked at.</summary>
internal static class AssetBulkRoutes
{
    private const int LongestItem = 80;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/equipment/bulk", PageGuard.Get(Look));
        routes.MapPost("/equipment/bulk", PageGuard.Post(Apply));
    }

    private static IAssetBulk Desk(PageRequest request) => request.Port<IAssetBulk>();

    private static Task<IResult> Look(PageRequest request)
    {
        if (request.Field("act").Length == 0)
        {
            return Show(request, null, FormState.Empty);
        }

        var reader = new FormReader(new FormCollection(request.Query.ToDictionary(StringComparer.Ordinal)));
        var form = Read(reader);
        return Show(request, reader.Ok ? form : null, reader.State());
    }

    private static async Task<IResult> Apply(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var form = Read(reader);
        ImmutableArray<BulkItem> items = [.. request.Form["item"].Where(one => one is { Length: <= LongestItem }).Select(ItemOf).OfType<BulkItem>()];
        if (!reader.Ok)
        {
            return await Show(request, null, reader.State(), StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
        }

        var query = EquipmentRoutes.Query(request, 0);
        var done = await Desk(request).Apply(form, items, request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(
            done, EquipmentRoutes.Url(query), "/equipment", () => Show(request, form, reader.State(done.Problems), StatusCodes.Status422UnprocessableEntity)).ConfigureAwait(false);
    }

    private static async Task<IResult> Show(PageRequest request, BulkForm? form, FormState state, int status = StatusCodes.Status200OK)
    {
        var query = EquipmentRoutes.Query(request, 0);
        if (await Desk(request).Look(query, form, request.Actor, request.Gone).ConfigureAwait(false) is not { } look)
        {
            return request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
        }

        var wrong = state.Problems.IsEmpty ? state with { Problems = look.Problems } : state;
        return request.Show<AssetBulkPage>(new AssetBulkModel(query, form is not null && look.Problems.IsEmpty ? form : null, look, wrong), status);
    }

    private static BulkForm Read(FormReader reader)
    {
        var act = reader.Choice<BulkAct>("act");
        return new(
            act, new(act is BulkAct.Manager ? reader.Text("manager", 20) : reader.Optional("manager", 20)), act is BulkAct.Manager ? default : reader.Day("day"),
            act is BulkAct.Maintained ? reader.Text("result", 400) : reader.Optional("result", 400));
    }

    // Tag and version, as the page wrote them.
    private static BulkItem? ItemOf(string? typed) =>
        typed?.Split(' ') is [var tag, var version] && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? new(new(tag), seen) : null;
}
