using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>The import page: before a file was chosen, with how far it is, or with what it would change.</summary>
/// <param name="Reader">Who looks: whoever brought a list does not apply it.</param>
public sealed record AssetImportModel(FormState State, ImportLook? Look, Word? Complaint, PersonId Reader)
{
    /// <summary>An import somebody began; null: none is looked at.</summary>
    public ImportRun? Run { get; init; }

    /// <summary>Lists that wait to be applied.</summary>
    public ImmutableArray<WaitingImport> Waiting { get; init; } = [];

    /// <summary>Set: the person may not.</summary>
    public Refusal? Refusal { get; init; }
}

/// <summary>Takes lists into the 機器台帳.</summary>
internal static class AssetImportRoutes
{
    private const string Path = "/equipment/import";
    private const long MaxFile = 64 << 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, PageGuard.Get(async request => request.Show<AssetImportPage>(
            new AssetImportModel(FormState.Empty, null, null, request.Actor.Person) { Waiting = await Desk(request).Waiting(request.Actor, request.Gone).ConfigureAwait(false) })));
        routes.MapPost(Path, PageGuard.Post(Look));
        routes.MapGet($"{Path}/{{token}}", PageGuard.Get(async request => await Desk(request).Again(request.Route("token"), request.Actor, request.Gone).ConfigureAwait(false) is { } look
            ? request.Show<AssetImportPage>(new AssetImportModel(FormState.Empty, look, null, request.Actor.Person))
            : request.Show<AssetImportPage>(new AssetImportModel(FormState.Empty, null, DeskText.Pending, request.Actor.Person), StatusCodes.Status404NotFound)));
        routes.MapPost($"{Path}/apply", PageGuard.Post(Apply));
        routes.MapGet($"{Path}/runs/{{id}}", PageGuard.Get(request => WithRun(request, run => request.Show<AssetImportPage>(ModelOf(run, request)))));
        routes.MapGet("/fragments/equipment-import/{id}", PageGuard.Get(request => WithRun(request, run => request.Fragment<AssetImportParts>(ModelOf(run, request)))));
        routes.MapPost($"{Path}/runs/{{id}}/stop", PageGuard.Post(Stop));
    }

    private static IAssetImport Desk(PageRequest request) => request.Port<IAssetImport>();

    private static async Task<IResult> Look(PageRequest request)
    {
        var file = request.Form.Files["file"];
        if (file is null || file.Length == 0 || file.Length > MaxFile)
        {
            var problem = file is null || file.Length == 0 ? new FieldProblem("file", FieldFault.Required) : new FieldProblem("file", FieldFault.OutOfRange, "1 B – 64 MB");
            return request.Show<AssetImportPage>(new AssetImportModel(FormState.Empty with { Problems = [problem] }, null, null, request.Actor.Person), StatusCodes.Status422UnprocessableEntity);
        }

        await using var content = file.OpenReadStream();
        var run = await Desk(request).Import(System.IO.Path.GetFileName(file.FileName), content, request.Field("withoutWrong") == "1", request.Actor, request.Gone).ConfigureAwait(false);
        return run switch
        {
            { Look: { } look } => request.Show<AssetImportPage>(
                new AssetImportModel(FormState.Empty, look, null, request.Actor.Person), look.Token is not null || look.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity),
            { Result.Refusal: { } refusal } => request.Show<RefusalPage>(new RefusalModel(refusal, "/equipment", Path), StatusCodes.Status403Forbidden),
            _ => PageRequest.Go(PathOf(run)),
        };
    }

    private static async Task<IResult> Apply(PageRequest request)
    {
        var run = await Desk(request).Apply(request.Field("token"), request.Actor, request.Gone).ConfigureAwait(false);
        return run.Stage switch
        {
            ImportStage.Applied => request.Done("/equipment"),
            ImportStage.Refused => request.Show<AssetImportPage>(ModelOf(run, request) with { Run = null }, run.Result!.Refusal is null ? StatusCodes.Status409Conflict : StatusCodes.Status403Forbidden),
            _ => PageRequest.Go(PathOf(run)),
        };
    }

    private static async Task<IResult> Stop(PageRequest request)
    {
        var done = await Desk(request).Stop(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false);
        return done.Refusal is { } refusal
            ? request.Show<RefusalPage>(new RefusalModel(refusal, "/equipment", Path), StatusCodes.Status403Forbidden)
            : PageRequest.Go($"{Path}/runs/{Uri.EscapeDataString(request.Route("id"))}");
    }

    private static async Task<IResult> WithRun(PageRequest request, Func<ImportRun, IResult> then) =>
        await Desk(request).Run(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false) is { } run
            ? then(run)
            : request.Show<AssetImportPage>(new AssetImportModel(FormState.Empty, null, DeskText.RunGone, request.Actor.Person), StatusCodes.Status404NotFound);

    private static AssetImportModel ModelOf(ImportRun run, PageRequest request) => new(
        FormState.Empty,
        run.Look,
        run.Stage switch
        {
            ImportStage.Refused when run.Result is { Refusal: null } refused => refused.Problems.FirstOrDefault()?.Fault switch
            {
                FieldFault.NotRecorded => ProblemText.NotRecorded,
                FieldFault.ChangedMeanwhile => ProblemText.ChangedMeanwhile,
                _ => DeskText.Pending,
            },
            ImportStage.Failed => DeskText.RunFailed,
            _ => null,
        },
        request.Actor.Person)
    { Run = run, Refusal = run.Result?.Refusal };

    private static string PathOf(ImportRun run) => $"{Path}/runs/{run.Id}";
}
