using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>The page of rounds, with what was wrong with the last act on it.</summary>
public sealed record StocktakesModel(StocktakePageLook Look, FormState State);

/// <summary>One round, with what was wrong with the last act on it.</summary>
/// <param name="By">Who looks.</param>
public sealed record StocktakeModel(StocktakeFile File, FormState State, Actor By);

/// <summary>棚卸表 of one round.</summary>
public sealed record StocktakeSheetModel(StocktakeFile File, SheetProof Proof, Actor By);

/// <summary>The page on which a round is counted.</summary>
/// <param name="Last">What was read last, where scripts do not run; null: nothing yet.</param>
/// <param name="ReadId">For the next code, where scripts do not run.</param>
public sealed record CountModel(StocktakeFile File, StockReadLine? Last, FormState State, string ReadId, string Counter);

/// <summary>What became of codes that were sent by script.</summary>
public sealed record CountedModel(CountAnswer Answer);

/// <summary>棚卸: rounds, one round with its steps, counting, the sheet.</summary>
internal static class StocktakeRoutes
{
    private const int MostSent = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/stocktakes", PageGuard.Get(request => List(request, FormState.Empty, StatusCodes.Status200OK)));
        routes.MapPost("/stocktakes/open", PageGuard.Post(Open));
        routes.MapGet("/stocktakes/{id}", PageGuard.Get(request => With(request, file => Task.FromResult(request.Show<StocktakePage>(new StocktakeModel(file, FormState.Empty, request.Actor))))));
        routes.MapGet("/stocktakes/{id}/sheet", PageGuard.Get(async request => await Desk(request).Sheet(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } sheet
            ? request.Show<StocktakeSheetPage>(new StocktakeSheetModel(sheet.File, sheet.Proof, request.Actor))
            : NotFound(request)));
        routes.MapGet("/stocktakes/{id}/count", PageGuard.Get(request => With(request, async file => Count(request, file, await Last(request, file).ConfigureAwait(false), FormState.Empty, StatusCodes.Status200OK))));
        routes.MapPost("/stocktakes/{id}/reads", PageGuard.Post(request => With(request, file => Reads(request, file))));
        routes.MapPost("/stocktakes/{id}/close", PageGuard.Post(request => Act(request, _ => true, (id, version, _) => Desk(request).Close(id, version, request.Actor, request.Gone))));
        routes.MapPost("/stocktakes/{id}/send-back", PageGuard.Post(request => Act(
            request, reader => reader.Text("reason", 400), (id, version, reason) => Desk(request).SendBack(id, version, reason, request.Actor, request.Gone))));
        routes.MapPost("/stocktakes/{id}/confirm", PageGuard.Post(request => Act(
            request, reader => reader.Optional("note", 400), (id, version, note) => Desk(request).Confirm(id, version, note, request.Actor, request.Gone))));
        routes.MapPost("/stocktakes/{id}/cancel", PageGuard.Post(request => Act(
            request, reader => reader.Text("reason", 400), (id, version, reason) => Desk(request).Cancel(id, version, reason, request.Actor, request.Gone))));
    }

    /// <summary>The page of one round.</summary>
    internal static string Of(StocktakeId id) => $"/stocktakes/{Uri.EscapeDataString(id.Value)}";

    private static IStocktakeDesk Desk(PageRequest request) => request.Port<IStocktakeDesk>();

    private static async Task<IResult> List(PageRequest request, FormState state, int status) =>
        await Desk(request).Rounds(request.Actor, request.Gone).ConfigureAwait(false) is { } look ? request.Show<StocktakesPage>(new StocktakesModel(look, state), status) : NotFound(request);

    private static async Task<IResult> Open(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var zone = reader.Text("zone", 40);
        var done = reader.Ok ? await Desk(request).Open(new ZoneId(zone), request.Actor, request.Gone).ConfigureAwait(false) : new ActResult([]);
        return await request.After(done, done.Id is { } id ? Of(new(id)) : "/stocktakes", "/stocktakes", () => List(request, reader.State(done.Problems), StatusCodes.Status422UnprocessableEntity)).ConfigureAwait(false);
    }

    private static async Task<StockReadLine?> Last(PageRequest request, StocktakeFile file) =>
        request.Field("last") is { Length: > 0 } last ? await Desk(request).Read(file.Round.Id, last, request.Actor, request.Gone).ConfigureAwait(false) : null;

    private static IResult Count(PageRequest request, StocktakeFile file, StockReadLine? last, FormState state, int status) =>
        request.Show<CountPage>(new CountModel(file, last, state, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), request.Actor.Person.Value), status);

    // The script sends what it kept as "id|moment|code" and gets the answers as a piece of page; a form sends one code and goes back to the page.
    private static async Task<IResult> Reads(PageRequest request, StocktakeFile file)
    {
        var id = file.Round.Id;
        if (request.Field("script") == "1")
        {
            ImmutableArray<StockRead> sent = [.. request.Form["read"].OfType<string>().Take(MostSent + 1).Select(line => Kept(line, request.Now))];
            var answer = await Desk(request).Count(id, sent, request.Actor, request.Gone).ConfigureAwait(false);
            return request.Show<CountedPart>(new CountedModel(answer), answer.Act.Ok ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }

        var reader = new FormReader(request.Form);
        var (code, read) = (AssetFields.Narrow(reader.Text("code", StockRead.LongestCode)), request.Field("id"));
        if (!reader.Ok)
        {
            return Count(request, file, null, reader.State(), StatusCodes.Status422UnprocessableEntity);
        }

        var counted = await Desk(request).Count(id, [new(read, code, request.Now)], request.Actor, request.Gone).ConfigureAwait(false);
        return counted.Act.Ok
            ? PageRequest.Go($"{Of(id)}/count?last={Uri.EscapeDataString(read)}")
            : await request.After(counted.Act, Of(id), "/stocktakes", () => Task.FromResult(Count(request, file, null, reader.State(counted.Act.Problems), StatusCodes.Status422UnprocessableEntity))).ConfigureAwait(false);
    }

    private static StockRead Kept(string line, DateTimeOffset now)
    {
        var parts = line.Split('|', 3);
        var at = parts.Length == 3 && DateTimeOffset.TryParseExact(parts[1], "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : now;
        return parts.Length == 3 ? new(parts[0], AssetFields.Narrow(parts[2]), at) : new("", "", now);
    }

    private static async Task<IResult> With(PageRequest request, Func<StocktakeFile, Task<IResult>> then) =>
        await Desk(request).One(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } file ? await then(file).ConfigureAwait(false) : NotFound(request);

    private static Task<IResult> Act<TForm>(PageRequest request, Func<FormReader, TForm> read, Func<StocktakeId, int, TForm, Task<ActResult>> act) => With(request, file =>
    {
        var reader = new FormReader(request.Form);
        var id = file.Round.Id;
        var version = int.TryParse(request.Field("v"), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;
        return request.ForForm(reader, read(reader), Of(id), "/stocktakes", form => act(id, version, form), async state =>
        {
            var now = await Desk(request).One(id, request.Actor, request.Gone).ConfigureAwait(false) ?? file;
            return request.Show<StocktakePage>(new StocktakeModel(now, state, request.Actor), StatusCodes.Status422UnprocessableEntity);
        });
    });

    private static IResult NotFound(PageRequest request) => request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}
