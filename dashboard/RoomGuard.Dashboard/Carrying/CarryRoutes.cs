using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Carrying;

/// <summary>持出し・持込み許可: the register, one permit, the desk, and the lists behind the rules (R-CARRY-01 … 12).</summary>
internal static class CarryRoutes
{
    /// <summary>Things one declaration has room for.</summary>
    public const int DeclaredRows = 3;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/carry", PageGuard.Get(Register));
        routes.MapGet("/carry.csv", PageGuard.Get(Export));
        routes.MapGet("/carry.xlsx", PageGuard.Get(Export));
        routes.MapGet("/carry/lists", PageGuard.Get(request => Lists(request, FormState.Empty)));
        routes.MapPost("/carry/lists", PageGuard.Post(Keep));
        routes.MapGet("/carry/lists/{id}/remove", PageGuard.Get(request => AskRemove(request, FormState.Empty)));
        routes.MapPost("/carry/lists/{id}/remove", PageGuard.Post(Remove));
        routes.MapPost("/carry/safeguards", PageGuard.Post(SetSafeguards));
        routes.MapGet("/carry/{id}", PageGuard.Get(request => With(request, look => Show(request, look, FormState.Empty))));
        routes.MapGet("/carry/{id}/sheet", PageGuard.Get(Sheet));
        routes.MapPost("/carry/{id}/check", PageGuard.Post(request => With(request, look => Check(request, look))));
        routes.MapGet("/carry/{id}/revoke", PageGuard.Get(request => With(request, look => AskRevoke(request, look, FormState.Empty))));
        routes.MapPost("/carry/{id}/revoke", PageGuard.Post(request => With(request, look => Revoke(request, look))));

        // The desk, served at the reception's own listener as well (R-NET-07).
        routes.MapGet("/reception/carry", PageGuard.Get(Today));
        routes.MapGet("/reception/carry/declare", PageGuard.Get(request => Task.FromResult(request.Show<DeclarePage>(new DeclareModel(FreshDeclaration(request))))));
        routes.MapPost("/reception/carry/declare", PageGuard.Post(Declare));
        routes.MapGet("/reception/carry/{id}", PageGuard.Get(request => With(request, look => AtDesk(request, look, null))));
        routes.MapPost("/reception/carry/{id}/pass", PageGuard.Post(request => With(request, look => Pass(request, look))));
    }

    /// <summary>The conditions as the part of an address that asks for them.</summary>
    internal static string Asking(CarryQuery query)
    {
        var parts = new (string Name, string Value)[]
        {
            ("q", query.Words), ("way", query.Direction?.ToString() ?? ""), ("show", query.Status?.ToString() ?? ""), ("from", Ink.Field(query.From)), ("until", Ink.Field(query.Until)),
        }.Where(part => part.Value.Length > 0).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}").ToList();
        return parts.Count == 0 ? "" : $"?{string.Join('&', parts)}";
    }

    private static ICarryDesk Desk(PageRequest request) => request.Port<ICarryDesk>();

    private static CarryQuery Query(PageRequest request) => new(
        request.Field("q") is { Length: > 0 } words ? words[..Math.Min(words.Length, 200)] : "", Choice<CarryDirection>(request.Field("way")), Choice<CarryStatus>(request.Field("show")), Day(request.Field("from")), Day(request.Field("until")));

    private static async Task<IResult> Register(PageRequest request)
    {
        var query = Query(request);
        return request.Show<CarryPage>(new CarryRegisterModel(await Desk(request).Register(query, request.Actor, request.Gone).ConfigureAwait(false), query));
    }

    private static async Task<IResult> Export(PageRequest request)
    {
        var found = await Desk(request).Export(Query(request), request.Actor, request.Gone).ConfigureAwait(false);
        return await new RegisterFile("carry-permits", CarryPageText.Title, CarryLines.Of(found, request.Ink)).Give(request).ConfigureAwait(false);
    }

    private static Task<IResult> Show(PageRequest request, CarryLook look, FormState state) =>
        Task.FromResult(request.Show<CarryPermitPage>(new CarryPermitModel(look, state), StatusOf(state)));

    private static async Task<IResult> Sheet(PageRequest request) =>
        await Desk(request).Sheet(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } sheet ? request.Show<CarrySheetPage>(new CarrySheetModel(sheet, request.Actor)) : Missing(request);

    private static Task<IResult> Check(PageRequest request, CarryLook look)
    {
        var reader = new FormReader(request.Form);
        var item = (int)Math.Clamp(reader.Number("item"), 0, 1000);
        var at = item.ToString(CultureInfo.InvariantCulture);
        var form = new CarryCheckForm(
            item, reader.Choice<ScanResult>($"result{at}"), reader.Ticked($"patched{at}").Contains("1"), request.Field($"erased{at}") switch { "yes" => true, "no" => false, _ => null }, reader.Optional($"note{at}", 400));
        return request.ForForm(
            reader,
            form,
            CarryPaths.Of(look.File.Permit.Id),
            "/carry",
            async read => Named(await Desk(request).Check(look.File.Permit.Id, Version(request), read, request.Actor, request.Gone).ConfigureAwait(false), field => field is "note" or "result" ? $"{field}{at}" : field),
            state => Show(request, look, state));
    }

    private static Task<IResult> AskRevoke(PageRequest request, CarryLook look, FormState state)
    {
        var (ink, permit) = (request.Ink, look.File.Permit);
        return Task.FromResult(request.Show<ConfirmPage>(
            new ConfirmModel(
                ink[CarryPageText.RevokeTitle], ink[CarryPageText.RevokeLead], ink[CarryPageText.Revoke], $"{CarryPaths.Of(permit.Id)}/revoke", CarryPaths.Of(permit.Id), Danger: true, AsksReason: true, "/carry",
                [(ink[CarryPageText.Number], permit.Id.Value), (ink[CasesText.Applicant], look.NameOf(permit.AppliedBy)), (ink[CarryPageText.Items], CarryFields.Line(permit.Plan.Items, ink))],
                [("v", look.File.Version.ToString(CultureInfo.InvariantCulture))],
                state),
            StatusOf(state)));
    }

    private static Task<IResult> Revoke(PageRequest request, CarryLook look) => request.ForReason(
        CarryPaths.Of(look.File.Permit.Id), "/carry", reason => Desk(request).Revoke(look.File.Permit.Id, Version(request), reason, request.Actor, request.Gone), state => AskRevoke(request, look, state));

    private static async Task<IResult> Lists(PageRequest request, FormState state) =>
        await Desk(request).Lists(request.Actor, request.Gone).ConfigureAwait(false) is { } lists ? request.Show<CarryListsPage>(new CarryListsModel(lists, state), StatusOf(state)) : Missing(request);

    private static Task<IResult> Keep(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var marks = reader.Ticked("marks");
        var seen = long.TryParse(request.Field("seen"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        var thing = new ListedThing(
            reader.Text("tag", 40), reader.Choice<CarriedKind>("kind"), reader.Text("name"), [.. reader.Ticked("zones").Select(zone => new ZoneId(zone))], marks.Contains("leave"), marks.Contains("encrypted"), marks.Contains("managed"));
        return request.ForForm(reader, thing, "/carry/lists", "/carry", read => Desk(request).Keep(read, seen, request.Actor, request.Gone), state => Lists(request, state));
    }

    private static async Task<IResult> AskRemove(PageRequest request, FormState state)
    {
        var (ink, tag) = (request.Ink, request.Route("id"));
        var lists = await Desk(request).Lists(request.Actor, request.Gone).ConfigureAwait(false);
        return lists?.Things.FirstOrDefault(thing => thing.Tag == tag) is { } found
            ? request.Show<ConfirmPage>(
                new ConfirmModel(
                    ink[CarryPageText.TakeOffTitle], ink[CarryPageText.TakeOffLead], ink[CarryPageText.TakeOff], CarryPaths.Remove(tag), "/carry/lists", Danger: true, AsksReason: false, "/carry",
                    [(ink[CarryPageText.Tag], found.Tag), (ink[CarryPageText.Name], found.Name)], [], state),
                StatusOf(state))
            : Missing(request);
    }

    private static async Task<IResult> Remove(PageRequest request)
    {
        var done = await Desk(request).TakeOff(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(done, "/carry/lists", "/carry", () => AskRemove(request, new FormReader(request.Form).State(done.Problems))).ConfigureAwait(false);
    }

    private static Task<IResult> SetSafeguards(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (version, summary) = (reader.Text("version", 40), reader.Text("summary", 400));
        return request.ForForm(reader, version, "/carry/lists", "/carry", read => Desk(request).SetSafeguards(read, summary, request.Actor, request.Gone), state => Lists(request, state));
    }

    private static async Task<IResult> Today(PageRequest request)
    {
        var words = request.Field("q") is { Length: > 0 } typed ? typed[..Math.Min(typed.Length, 200)] : "";
        return await Desk(request).Today(words, request.Actor, request.Gone).ConfigureAwait(false) is { } today ? request.Show<CarryTodayPage>(new CarryTodayModel(today, words)) : Missing(request);
    }

    private static Task<IResult> AtDesk(PageRequest request, CarryLook look, FormState? state)
    {
        var (permit, file) = (look.File.Permit, look.File);
        var fresh = FormState.Of(("carrier-out", permit.AppliedBy.Value), ("carrier-back", file.Items.FirstOrDefault(one => one.Away)?.Carrier?.Value ?? permit.AppliedBy.Value));
        return Task.FromResult(request.Show<CarryPassPage>(new CarryPassModel(look, state ?? fresh, request.Now), StatusOf(state ?? fresh)));
    }

    private static Task<IResult> Pass(PageRequest request, CarryLook look)
    {
        var reader = new FormReader(request.Form);
        var back = request.Field("way") == "back";
        var way = back ? "back" : "out";
        ImmutableArray<int> items = [.. reader.Ticked("items").Select(item => int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0)];
        var form = new CarryPassForm(back, items, new(reader.Text($"carrier-{way}", 40)), reader.Optional($"note-{way}", 400));
        return request.ForForm(
            reader,
            form,
            CarryPaths.Desk,
            "/carry",
            async read => Named(await Desk(request).Pass(look.File.Permit.Id, Version(request), read, request.Actor, request.Gone).ConfigureAwait(false), field => field is "carrier" or "note" ? $"{field}-{way}" : field),
            state => AtDesk(request, look, state));
    }

    private static FormState FreshDeclaration(PageRequest request) => FormState.Of(
        [("person", request.Field("person")), .. Enumerable.Range(1, DeclaredRows).SelectMany(at => new[] { (CarryFields.Field("kind", at), nameof(CarriedKind.Phone)), (CarryFields.Field("ownership", at), nameof(ItemOwnership.Private)) })]);

    private static Task<IResult> Declare(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var zone = reader.Optional("zone", 40);
        var items = ImmutableArray.CreateBuilder<BroughtItem>();
        for (var at = 1; at <= DeclaredRows; at++)
        {
            var (name, tag) = (reader.Optional(CarryFields.Field("name", at)), reader.Optional(CarryFields.Field("tag", at), 40));
            if (name.Length + tag.Length > 0 || at == 1)
            {
                items.Add(new(reader.Choice<CarriedKind>(CarryFields.Field("kind", at)), tag, name, reader.Choice<ItemOwnership>(CarryFields.Field("ownership", at)), null, null));
            }
        }

        var form = new DeclareForm(new(reader.Text("person", 40)), zone.Length == 0 ? null : new ZoneId(zone), items.DrainToImmutable());
        return request.ForForm(
            reader, form, CarryPaths.Desk, "/carry", read => Desk(request).Declare(read, request.Actor, request.Gone),
            state => Task.FromResult(request.Show<DeclarePage>(new DeclareModel(state), StatusCodes.Status422UnprocessableEntity)));
    }

    // A problem of the desk at the field of this page.
    private static ActResult Named(ActResult done, Func<string, string> field) => done with { Problems = [.. done.Problems.Select(problem => problem with { Field = field(problem.Field) })] };

    private static async Task<IResult> With(PageRequest request, Func<CarryLook, Task<IResult>> then) =>
        await Desk(request).Permit(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } look ? await then(look).ConfigureAwait(false) : Missing(request);

    private static int Version(PageRequest request) => int.TryParse(request.Field("v"), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;

    private static int StatusOf(FormState state) => state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;

    private static DateOnly? Day(string text) => Dates.TryDay(text, out var day) ? day : null;

    private static TChoice? Choice<TChoice>(string text)
        where TChoice : struct, Enum =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && Enum.TryParse<TChoice>(text, out var choice) && Enum.IsDefined(choice) ? choice : null;

    private static IResult Missing(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}
