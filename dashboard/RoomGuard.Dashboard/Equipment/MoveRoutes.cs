using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>The list of moves.</summary>
public sealed record MovesModel(ImmutableArray<MoveLook> Moves, bool MayApply, bool SeesRegister);

/// <summary>One move, with what was wrong with the last act on it.</summary>
public sealed record MoveModel(MoveFile File, FormState State);

/// <summary>搬入出記録簿 of a time, or of one move.</summary>
/// <param name="One">Set: of one move only.</param>
public sealed record MoveSheetModel(MoveSheet Sheet, MoveId? One, DateOnly From, DateOnly LastDay, FormState State, Actor By);

/// <summary>搬入・搬出: list, one move with its steps, the sheet.</summary>
internal static class MoveRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/moves", PageGuard.Get(List));
        routes.MapGet("/moves/sheet", PageGuard.Get(Sheet));
        routes.MapGet("/moves.csv", PageGuard.Get(Export));
        routes.MapGet("/moves.xlsx", PageGuard.Get(Export));
        routes.MapGet("/moves/{id}", PageGuard.Get(request => With(request, file => Task.FromResult(request.Show<MovePage>(new MoveModel(file, FormState.Empty))))));
        routes.MapGet("/moves/{id}/sheet", PageGuard.Get(async request => await Desk(request).Sheet(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } sheet
            ? request.Show<MoveSheetPage>(new MoveSheetModel(sheet, sheet.Moves[0].Move.Move.Id, request.Today, request.Today, FormState.Empty, request.Actor))
            : NotFound(request)));
        routes.MapPost("/moves/{id}/impact", PageGuard.Post(request => Act(
            request, reader => (Result: reader.Choice<ImpactResult>("result"), Note: reader.Optional("note", 400)),
            (id, version, form) => Desk(request).CheckImpact(id, version, form.Result, form.Note, request.Actor, request.Gone))));
        routes.MapPost("/moves/{id}/start", PageGuard.Post(request => Act(request, _ => true, (id, version, _) => Desk(request).Start(id, version, request.Actor, request.Gone))));
        routes.MapPost("/moves/{id}/resume", PageGuard.Post(request => Act(request, _ => true, (id, version, _) => Desk(request).Resume(id, version, request.Actor, request.Gone))));
        routes.MapPost("/moves/{id}/scan", PageGuard.Post(request => Act(
            request, reader => new AssetTag(AssetFields.Narrow(reader.Text("tag", 40))), (id, _, tag) => Desk(request).Scan(id, tag, request.Actor, request.Gone))));
        routes.MapPost("/moves/{id}/complete", PageGuard.Post(request => Act(request, _ => true, (id, version, _) => Desk(request).Complete(id, version, request.Actor, request.Gone))));
        routes.MapPost("/moves/{id}/cancel", PageGuard.Post(request => Act(
            request, reader => reader.Text("reason", 400), (id, version, reason) => Desk(request).Cancel(id, version, reason, request.Actor, request.Gone))));
        routes.MapPost("/moves/{id}/install", PageGuard.Post(request => Act(
            request,
            reader => (Tag: new AssetTag(AssetFields.Narrow(reader.Text("tag", 40))), Fixed: reader.Ticked("fixed").Contains("1"), Confirmed: Surroundings(reader), Note: reader.Optional("note", 400)),
            (id, version, form) => Desk(request).Install(id, version, form.Tag, form.Fixed, form.Confirmed, form.Note, request.Actor, request.Gone))));
    }

    /// <summary>The page of one move.</summary>
    internal static string Of(MoveId id) => $"/moves/{Uri.EscapeDataString(id.Value)}";

    private static IMoveDesk Desk(PageRequest request) => request.Port<IMoveDesk>();

    private static ImmutableArray<Surrounding> Surroundings(FormReader reader) =>
        [.. Enum.GetValues<Surrounding>().Where(one => reader.Ticked("confirmed").Contains(one.ToString()))];

    private static async Task<IResult> List(PageRequest request) => await Desk(request).Moves(request.Actor, request.Gone).ConfigureAwait(false) is { } moves
        ? request.Show<MovesPage>(new MovesModel(
            moves, Authority.May(request.Actor, Core.Operators.Act.MoveEquipment, Part.Asks, ActSubject.None).Allowed, Authority.May(request.Actor, PageAct.SeeEquipment, ActSubject.None).Allowed))
        : NotFound(request);

    private static (DateOnly From, DateOnly Last) Asked(PageRequest request) => (Day(request, "from") ?? request.Today.AddDays(1 - request.Today.Day), Day(request, "until") ?? request.Today);

    private static async Task<IResult> Export(PageRequest request)
    {
        var (from, last) = Asked(request);
        var found = await Desk(request).Export(request.Ink.Midnight(from), request.Ink.Midnight(last.AddDays(1)), request.Actor, request.Gone).ConfigureAwait(false);
        return await new RegisterFile("moves", MovesText.Sheet, MoveLines.Of(found, request.Ink)).Give(request).ConfigureAwait(false);
    }

    private static async Task<IResult> Sheet(PageRequest request)
    {
        var (from, last) = Asked(request);
        var sheet = await Desk(request).Sheet(request.Ink.Midnight(from), request.Ink.Midnight(last.AddDays(1)), request.Actor, request.Gone).ConfigureAwait(false);
        return request.Show<MoveSheetPage>(new MoveSheetModel(sheet, null, from, last, FormState.Of(("from", Ink.Field(from)), ("until", Ink.Field(last))), request.Actor));
    }

    private static DateOnly? Day(PageRequest request, string field) => Dates.TryDay(request.Field(field), out var day) && day.Year is > 1900 and < 2200 ? day : null;

    private static async Task<IResult> With(PageRequest request, Func<MoveFile, Task<IResult>> then) =>
        await Desk(request).One(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } file ? await then(file).ConfigureAwait(false) : NotFound(request);

    private static Task<IResult> Act<TForm>(PageRequest request, Func<FormReader, TForm> read, Func<MoveId, int, TForm, Task<ActResult>> act) => With(request, file =>
    {
        var reader = new FormReader(request.Form);
        var id = file.Look.Move.Move.Id;
        var version = int.TryParse(request.Field("v"), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;
        return request.ForForm(reader, read(reader), Of(id), "/moves", form => act(id, version, form), async state =>
        {
            var now = await Desk(request).One(id, request.Actor, request.Gone).ConfigureAwait(false) ?? file;
            return request.Show<MovePage>(new MoveModel(now, state), StatusCodes.Status422UnprocessableEntity);
        });
    });

    private static IResult NotFound(PageRequest request) => request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}
