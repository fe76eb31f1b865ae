using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>A list that is being written out, or why it is not.</summary>
public sealed record AssetExportModel(ExportRun? Run, string? Complaint);

/// <summary>Long lists of the 機器台帳 written out while one waits, or does something else.</summary>
internal static class AssetExportRoutes
{
    private const string Path = "/equipment/export";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, PageGuard.Post(Begin));
        routes.MapGet($"{Path}/runs/{{id}}", PageGuard.Get(request => With(request, run => request.Show<AssetExportPage>(new AssetExportModel(run, null)))));
        routes.MapGet("/fragments/equipment-export/{id}", PageGuard.Get(request => With(request, run => request.Fragment<AssetExportParts>(new AssetExportModel(run, null)))));
        routes.MapPost($"{Path}/runs/{{id}}/stop", PageGuard.Post(Stop));
        routes.MapGet($"{Path}/runs/{{id}}/file", PageGuard.Get(request => With(
            request,
            run => Desk(request).Open(run.Id, request.Actor) is { } file ? TypedResults.Stream(file, run.MediaType, run.FileName) : Gone(request))));
    }

    /// <summary>The page of a run.</summary>
    internal static string PathOf(ExportRun run) => $"{Path}/runs/{run.Id}";

    private static IAssetExport Desk(PageRequest request) => request.Port<IAssetExport>();

    private static async Task<IResult> Begin(PageRequest request)
    {
        // What is used here outlives the request: nothing of it may hang on the request itself.
        var form = request.Field("as") == "csv" ? AssetSheetFile.Csv : AssetSheetFile.Xlsx;
        var (query, ink, now) = (EquipmentRoutes.Query(request, 1) with { After = null }, request.Ink, request.Now);
        var (run, refused) = await Desk(request).Begin(
            new(query, EquipmentRoutes.Url(query, form.Address), form.NameAt(ink, now), form.MediaType, (into, lines, stop) => form.Write(into, lines, ink, now, stop)), request.Actor, request.Gone).ConfigureAwait(false);
        return run is not null ? PageRequest.Go(PathOf(run))
            : refused!.Refusal is { } refusal ? request.Show<RefusalPage>(new RefusalModel(refusal, "/equipment", Path), StatusCodes.Status403Forbidden)
            : request.Show<AssetExportPage>(new AssetExportModel(null, ProblemText.Of(refused.Problems[0], request.Ink.Language)), StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Stop(PageRequest request)
    {
        var done = await Desk(request).Stop(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false);
        return done.Refusal is { } refusal
            ? request.Show<RefusalPage>(new RefusalModel(refusal, "/equipment", Path), StatusCodes.Status403Forbidden)
            : PageRequest.Go($"{Path}/runs/{Uri.EscapeDataString(request.Route("id"))}");
    }

    private static Task<IResult> With(PageRequest request, Func<ExportRun, IResult> then) =>
        Task.FromResult(Desk(request).Run(request.Route("id"), request.Actor) is { } run ? then(run) : Gone(request));

    private static IResult Gone(PageRequest request) => request.Show<AssetExportPage>(new AssetExportModel(null, request.Ink[AssetExportText.Gone]), StatusCodes.Status404NotFound);
}
