using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Files;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Work;

/// <summary>作業記録: the register, one work, beginning, end and mutual check (R-WORK-01 … 06).</summary>
internal static class WorkRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/works", PageGuard.Get(Register));
        routes.MapGet("/works.csv", PageGuard.Get(Export));
        routes.MapGet("/works.xlsx", PageGuard.Get(Export));
        routes.MapGet("/works/{id}", PageGuard.Get(request => With(request, look => Show(request, look, FormState.Empty))));
        routes.MapGet("/works/{id}/sheet", PageGuard.Get(Sheet));
        routes.MapPost("/works/{id}/start", PageGuard.Post(request => With(request, look => Start(request, look))));
        routes.MapPost("/works/{id}/part", PageGuard.Post(request => With(request, look => Part(request, look))));
        routes.MapPost("/works/{id}/end", PageGuard.Post(request => With(request, look => End(request, look))));
        routes.MapPost("/works/{id}/notes", PageGuard.Upload(request => With(request, look => Note(request, look)), FileForms.MostBody(WorkDossier.MostFiles)));
        routes.MapGet("/works/{id}/files/{digest}", PageGuard.Get(File));
        routes.MapPost("/works/{id}/check", PageGuard.Post(request => With(request, look => Check(request, look))));
    }

    /// <summary>The conditions as the part of an address that asks for them.</summary>
    internal static string Asking(WorkQuery query)
    {
        var parts = new (string Name, string Value)[]
        {
            ("q", query.Words), ("kind", query.Kind?.ToString() ?? ""), ("show", query.Status?.ToString() ?? ""), ("zone", query.Zone?.Value ?? ""), ("from", Ink.Field(query.From)), ("until", Ink.Field(query.Until)),
        }.Where(part => part.Value.Length > 0).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}").ToList();
        return parts.Count == 0 ? "" : $"?{string.Join('&', parts)}";
    }

    private static IWorkDesk Desk(PageRequest request) => request.Port<IWorkDesk>();

    private static WorkQuery Query(PageRequest request) => new(
        request.Field("q") is { Length: > 0 } words ? words[..Math.Min(words.Length, 200)] : "",
        Choice<WorkKind>(request.Field("kind")),
        Choice<WorkStatus>(request.Field("show")),
        request.Site.Zones.Any(zone => zone.Id.Value == request.Field("zone")) ? new ZoneId(request.Field("zone")) : null,
        Day(request.Field("from")),
        Day(request.Field("until")));

    private static async Task<IResult> Register(PageRequest request)
    {
        var query = Query(request);
        return request.Show<WorkRegisterPage>(new WorkRegisterModel(await Desk(request).Register(query, request.Actor, request.Gone).ConfigureAwait(false), query));
    }

    private static async Task<IResult> Export(PageRequest request)
    {
        var found = await Desk(request).Export(Query(request), request.Actor, request.Gone).ConfigureAwait(false);
        return await new RegisterFile("work-records", WorkPageText.Title, WorkLines.Of(found, request.Ink)).Give(request).ConfigureAwait(false);
    }

    private static Task<IResult> Show(PageRequest request, WorkLook look, FormState state)
    {
        // What was said of the end so far stands in the form that corrects it.
        var fresh = state.Typed.IsEmpty && look.File.Outcome is { } said
            ? FormState.Of(
                ("result", said.Result.ToString()), ("impact", said.Impact?.ToString() ?? ""), ("beforeVersion", said.BeforeVersion ?? ""), ("afterVersion", said.AfterVersion ?? ""),
                ("note", said.Note)) with
            { Problems = state.Problems }
            : state;
        return Task.FromResult(request.Show<WorkPage>(new WorkPageModel(look, fresh), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity));
    }

    private static async Task<IResult> Sheet(PageRequest request) =>
        await Desk(request).Sheet(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } sheet ? request.Show<WorkSheetPage>(new WorkSheetModel(sheet, request.Actor)) : Missing(request);

    private static async Task<IResult> Start(PageRequest request, WorkLook look)
    {
        var done = await Desk(request).Start(look.File.Work.Id, Version(request), request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(done, WorkPaths.Of(look.File.Work.Id), "/works", () => Show(request, look, new FormReader(request.Form).State(done.Problems))).ConfigureAwait(false);
    }

    private static Task<IResult> Part(PageRequest request, WorkLook look)
    {
        var reader = new FormReader(request.Form);
        var swap = new PartSwap(new(reader.Text("item", 40)), reader.Optional("partOut", 60), reader.Optional("partIn", 60), reader.Optional("whatIn"), request.Field("storageIn") == "yes");
        return request.ForForm(
            reader, swap, WorkPaths.Of(look.File.Work.Id), "/works", read => Desk(request).Swap(look.File.Work.Id, Version(request), read, request.Actor, request.Gone), state => Show(request, look, state));
    }

    private static Task<IResult> End(PageRequest request, WorkLook look)
    {
        var reader = new FormReader(request.Form);
        var impact = request.Field("impact");
        var outcome = new WorkOutcome(
            reader.Choice<WorkResult>("result"), impact.Length == 0 ? null : reader.Choice<WorkImpact>("impact"), reader.Optional("beforeVersion", 40), reader.Optional("afterVersion", 40), null,
            null, reader.Optional("note", 400));
        return request.ForForm(
            reader, outcome, WorkPaths.Of(look.File.Work.Id), "/works", read => Desk(request).End(look.File.Work.Id, Version(request), read, request.Actor, request.Gone), state => Show(request, look, state));
    }

    private static async Task<IResult> Note(PageRequest request, WorkLook look)
    {
        var reader = new FormReader(request.Form);
        var (side, text) = (reader.Choice<WorkSide>("side"), reader.Optional("noteText", 400));
        var sent = await FileForms.Read(request, "files", WorkDossier.MostFiles).ConfigureAwait(false);
        return await request.ForForm(
            reader, text, WorkPaths.Of(look.File.Work.Id), "/works", read => Desk(request).Note(look.File.Work.Id, Version(request), side, read, sent, request.Actor, request.Gone), state => Show(request, look, state)).ConfigureAwait(false);
    }

    private static async Task<IResult> File(PageRequest request) =>
        await Desk(request).File(new(request.Route("id")), request.Route("digest"), request.Actor, request.Gone).ConfigureAwait(false) is { } file ? FileForms.Give(file)
        : request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, WorkPageText.FileGone, null), StatusCodes.Status404NotFound);

    private static Task<IResult> Check(PageRequest request, WorkLook look)
    {
        var reader = new FormReader(request.Form);
        return request.ForForm(
            reader, reader.Optional("checkNote", 400), WorkPaths.Of(look.File.Work.Id), "/works", read => Desk(request).Check(look.File.Work.Id, Version(request), read, request.Actor, request.Gone), state => Show(request, look, state));
    }

    private static async Task<IResult> With(PageRequest request, Func<WorkLook, Task<IResult>> then) =>
        await Desk(request).Work(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } look ? await then(look).ConfigureAwait(false) : Missing(request);

    private static int Version(PageRequest request) => int.TryParse(request.Field("v"), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;

    private static DateOnly? Day(string text) => Dates.TryDay(text, out var day) ? day : null;

    private static TChoice? Choice<TChoice>(string text)
        where TChoice : struct, Enum =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && Enum.TryParse<TChoice>(text, out var choice) && Enum.IsDefined(choice) ? choice : null;

    private static IResult Missing(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}
