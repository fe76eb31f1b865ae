using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>機器台帳: list, item, form, labels, CSV. Every change is a form, its page, then a redirect.</summary>
internal static class EquipmentRoutes
{
    private const int Rows = 50;

    /// <summary>Longer lists are written out as a run that says how far it is and can be stopped; shorter ones are there in a moment.</summary>
    internal const int MostAtOnce = 5_000;

    /// <summary>Labels on one sheet: three beside each other and eight below.</summary>
    internal const int LabelsShown = 24;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/equipment", PageGuard.Get(List));
        routes.MapGet("/equipment.csv", PageGuard.Get(Csv));
        routes.MapGet("/equipment.xlsx", PageGuard.Get(Xlsx));
        routes.MapGet("/equipment/labels", PageGuard.Get(Labels));
        routes.MapGet("/equipment/new", PageGuard.Get(async request => request.Show<AssetFormPage>(
            new AssetFormModel(FormState.Of(("tag", (await Desk(request).NextTag(request.Gone).ConfigureAwait(false)).Value)), null))));
        routes.MapPost("/equipment/new", PageGuard.Post(request => Save(request, null)));
        routes.MapGet("/equipment/items/{id}", PageGuard.Get(request => With(request, file => request.Show<ItemPage>(new AssetModel(file, FormState.Empty, null)))));
        routes.MapGet("/equipment/items/{id}/label", PageGuard.Get(request => With(request, file => request.Show<LabelSheetPage>(new LabelSheetModel([file.Line], AssetPaths.Of(file.Line.Asset.Tag), null)))));
        routes.MapGet("/equipment/items/{id}/change", PageGuard.Get(request => With(request, file => request.Show<AssetFormPage>(new AssetFormModel(AssetFields.Typed(file.Line.Asset, file.Version), file)))));
        routes.MapPost("/equipment/items/{id}/change", PageGuard.Post(request => WithAct(request, file => Save(request, file))));
        routes.MapPost("/equipment/items/{id}/class", PageGuard.Post(request => Act(
            request,
            reader => (Version: reader.Number("version"), Importance: reader.Choice<ImportanceClass>("importance"), Reason: reader.Text("reason", 400)),
            (tag, read) => Desk(request).DecideClass(tag, read.Version, read.Importance, read.Reason, request.Actor, request.Gone))));
        routes.MapPost("/equipment/items/{id}/maintain", PageGuard.Post(request => Act(
            request,
            reader => (Version: reader.Number("version"), DoneOn: reader.Day("doneOn"), Result: reader.Text("result", 400)),
            (tag, read) => Desk(request).Maintain(tag, read.Version, read.DoneOn, read.Result, request.Actor, request.Gone))));
        routes.MapPost("/equipment/items/{id}/hand-over", PageGuard.Post(request => Act(
            request,
            reader => (Version: reader.Number("version"), Holder: reader.Text("holder", 20), DueOn: reader.Day("dueOn"), Purpose: reader.Text("purpose", 400)),
            (tag, read) => Desk(request).HandOver(tag, read.Version, new(read.Holder), read.DueOn, read.Purpose, request.Actor, request.Gone))));
        routes.MapPost("/equipment/items/{id}/hand-back", PageGuard.Post(request => Act(request, reader => reader.Number("version"), (tag, version) => Desk(request).HandBack(tag, version, request.Actor, request.Gone))));
    }

    /// <summary>The list's address with its filters, without its place.</summary>
    internal static string Url(AssetQuery query, string path = "/equipment")
    {
        var asked = new QueryBuilder();
        void Put(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                asked.Add(name, value);
            }
        }

        Put("q", query.Words);
        Put("kind", query.Kind?.ToString());
        Put("zone", query.Zone?.Value);
        Put("class", query.Importance?.ToString());
        Put("segment", query.Segment?.ToString());
        Put("show", query.Show is AssetShow.All ? null : query.Show.ToString());
        return path + asked.ToQueryString().Value;
    }

    /// <summary>The same at the place of a next page.</summary>
    internal static string After(string url, string tag) => $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}after={Uri.EscapeDataString(tag)}";

    private static IAssetDesk Desk(PageRequest request) => request.Port<IAssetDesk>();

    /// <summary>The filters a request names.</summary>
    internal static AssetQuery Query(PageRequest request, int rows)
    {
        var words = request.Field("q");
        return new(
            words.Length is > 0 and <= 200 ? words : null, Choice<AssetKind>(request.Field("kind")), request.Field("zone") is { Length: > 0 and <= 40 } zone ? new ZoneId(zone) : null,
            Choice<ImportanceClass>(request.Field("class")), Choice<Segment>(request.Field("segment")), Choice<AssetShow>(request.Field("show")) ?? AssetShow.All,
            request.Field("after") is { Length: > 0 and <= AssetTag.Longest } after ? after : null, rows);
    }

    private static TChoice? Choice<TChoice>(string text)
        where TChoice : struct, Enum => text.Length > 0 && !char.IsAsciiDigit(text[0]) && Enum.TryParse<TChoice>(text, out var choice) && Enum.IsDefined(choice) ? choice : null;

    private static async Task<IResult> List(PageRequest request)
    {
        var query = Query(request, Rows);
        return await Desk(request).Assets(query, request.Actor, request.Gone).ConfigureAwait(false) is { } page ? request.Show<AssetListPage>(new AssetListModel(query, page)) : NotFound(request);
    }

    private static async Task<IResult> Labels(PageRequest request)
    {
        var query = Query(request, LabelsShown);
        return await Desk(request).Assets(query, request.Actor, request.Gone).ConfigureAwait(false) is { } page
            ? request.Show<LabelSheetPage>(new LabelSheetModel(page.Lines, Url(query), page.Next is { } next ? After(Url(query, "/equipment/labels"), next) : null))
            : NotFound(request);
    }

    private static Task<IResult> Csv(PageRequest request) => Task.FromResult<IResult>(Direct(request, AssetSheetFile.Csv));

    private static Task<IResult> Xlsx(PageRequest request) => Task.FromResult<IResult>(Direct(request, AssetSheetFile.Xlsx));

    private static Microsoft.AspNetCore.Http.HttpResults.PushStreamHttpResult Direct(PageRequest request, AssetSheetFile form)
    {
        var query = Query(request, Rows) with { After = null };
        return TypedResults.Stream(body => Write(request, query, form, body), form.MediaType, form.NameAt(request.Ink, request.Now));
    }

    // Writing out is itself an entry, also when the reader went away half-way: what left the house is what counts. A workbook that broke off does not open.
    private static async Task Write(PageRequest request, AssetQuery query, AssetSheetFile form, Stream body)
    {
        var told = new DigestStream(body);
        await using (told.ConfigureAwait(false))
        {
            long count = 0;
            async IAsyncEnumerable<AssetLine> Counted()
            {
                await foreach (var line in Desk(request).All(query, request.Actor, request.Gone).ConfigureAwait(false))
                {
                    count++;
                    yield return line;
                }
            }

            try
            {
                await form.Write(told, Counted(), request.Ink, request.Now, request.Gone).ConfigureAwait(false);
            }
            finally
            {
                await Desk(request).Exported(Url(query, form.Address), count, told.Sha256(), request.Actor, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static Task<IResult> With(PageRequest request, Func<AssetFile, IResult> then) => WithAct(request, file => Task.FromResult(then(file)));

    private static async Task<IResult> WithAct(PageRequest request, Func<AssetFile, Task<IResult>> then) =>
        await Desk(request).One(new(AssetFields.Narrow(request.Route("id"))), request.Actor, request.Gone).ConfigureAwait(false) is { } file ? await then(file).ConfigureAwait(false) : NotFound(request);

    private static Task<IResult> Act<TForm>(PageRequest request, Func<FormReader, TForm> read, Func<AssetTag, TForm, Task<ActResult>> act) => WithAct(request, file =>
    {
        var reader = new FormReader(request.Form);
        var tag = file.Line.Asset.Tag;
        return request.ForForm(
            reader, read(reader), AssetPaths.Of(tag), "/equipment", form => act(tag, form),
            state => Task.FromResult(request.Show<ItemPage>(new AssetModel(file, state, null), StatusCodes.Status422UnprocessableEntity)));
    });

    private static async Task<IResult> Save(PageRequest request, AssetFile? known)
    {
        var reader = new FormReader(request.Form);
        var form = AssetFields.Read(reader, known?.Line.Asset.Tag);
        var done = reader.Ok ? await Desk(request).Save(known is null ? form with { Version = 0 } : form, request.Actor, request.Gone).ConfigureAwait(false) : null;
        return done is { Ok: true, Id: { } id }
            ? request.Done(AssetPaths.Of(new(id)))
            : request.Show<AssetFormPage>(new AssetFormModel(reader.State(done?.Problems), known, done?.Refusal), StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult NotFound(PageRequest request) => request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}
