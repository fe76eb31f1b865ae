using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Contractors;

/// <summary>業務委託契約.</summary>
internal static class ContractorRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/contracts", PageGuard.Get(List));
        routes.MapGet("/contracts/new", PageGuard.Get(request => Task.FromResult(request.Show<ContractFormPage>(new ContractFormModel(FormState.Empty, null)))));
        routes.MapPost("/contracts/new", PageGuard.Post(request => Save(request, null)));
        routes.MapGet("/contracts/{id}", PageGuard.Get(request => With(request, file => Task.FromResult(request.Show<ContractPage>(new ContractModel(file, FormState.Empty, null))))));
        routes.MapGet("/contracts/{id}/change", PageGuard.Get(request => With(request, file => Task.FromResult(request.Show<ContractFormPage>(new ContractFormModel(Typed(file.Line.Contract), file.Line.Contract))))));
        routes.MapPost("/contracts/{id}/change", PageGuard.Post(request => With(request, file => Save(request, file.Line.Contract))));
        routes.MapPost("/contracts/{id}/brief", PageGuard.Post(request => With(request, file => Act(request, file, reader =>
        {
            var (firm, on) = (reader.Text("firm"), reader.Day("on"));
            return () => Desk(request).Brief(file.Line.Contract.Id, firm, on, request.Actor, request.Gone);
        }))));
        routes.MapPost("/contracts/{id}/check", PageGuard.Post(request => With(request, file => Act(request, file, reader =>
        {
            var (on, finding, result) = (reader.Day("checkedOn"), reader.Choice<CheckFinding>("finding"), reader.Text("result", 400));
            return () => Desk(request).Check(file.Line.Contract.Id, on, finding, result, request.Actor, request.Gone);
        }))));
        routes.MapPost("/contracts/{id}/checks/{n:long:min(0)}/receive", PageGuard.Post(request => With(request, file => Act(request, file, _ => () =>
            Desk(request).ReceiveReport(file.Line.Contract.Id, long.Parse(request.Route("n"), CultureInfo.InvariantCulture), request.Actor, request.Gone)))));
        routes.MapPost("/contracts/{id}/entrust", PageGuard.Post(request => With(request, file => Act(request, file, reader =>
        {
            var (kind, label, firm, on) = (reader.Choice<EntrustedKind>("entrustedKind"), reader.Text("label"), reader.Text("entrustedFirm"), reader.Day("handedOn"));
            return () => Desk(request).Entrust(file.Line.Contract.Id, kind, label, firm, on, request.Actor, request.Gone);
        }))));
        routes.MapPost("/contracts/{id}/settle", PageGuard.Post(request => With(request, file => Act(request, file, reader =>
        {
            var (no, settlement, on, proof) = (reader.Number("no"), reader.Choice<Settlement>("settlement"), reader.Day("settledOn"), reader.Optional("proof"));
            return () => Desk(request).Settle(file.Line.Contract.Id, (int)Math.Min(no, int.MaxValue), settlement, on, proof, request.Actor, request.Gone);
        }))));
        routes.MapPost("/contracts/{id}/end", PageGuard.Post(request => With(request, file => Act(request, file, reader =>
        {
            var (endsOn, reason) = (reader.Day("endsOn"), reader.Text("reason", 400));
            return () => Desk(request).End(file.Line.Contract.Id, endsOn, reason, request.Actor, request.Gone);
        }))));
        routes.MapGet("/contracts/{id}/trail", PageGuard.Get(request => Trail(request, false)));
        routes.MapGet("/contracts/{id}/trail.csv", PageGuard.Get(request => Trail(request, true)));
    }

    /// <summary>The conditions of an extraction as the part of an address that asks for them.</summary>
    internal static string Asking(TrailQuery query)
    {
        var parts = new (string Name, string Value)[]
        {
            ("from", Ink.Field(query.From)), ("until", Ink.Field(query.Until)), ("kind", query.Kind?.ToString() ?? ""), ("firm", query.Firm ?? ""), ("person", query.Person?.Value ?? ""),
        }.Where(part => part.Value.Length > 0).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}").ToList();
        return parts.Count == 0 ? "" : $"?{string.Join('&', parts)}";
    }

    private static IContractorDesk Desk(PageRequest request) => request.Port<IContractorDesk>();

    private static async Task<IResult> List(PageRequest request)
    {
        var (words, typed) = (request.Field("q"), request.Field("show"));
        var show = typed.Length > 0 && char.IsAsciiLetter(typed[0]) && Enum.TryParse<ContractShow>(typed, out var chosen) && Enum.IsDefined(chosen) ? chosen : ContractShow.All;
        return await Desk(request).Contracts(words.Length is > 0 and <= 200 ? words : null, request.Actor, request.Gone, show).ConfigureAwait(false) is { } lines
            ? request.Show<ContractListPage>(new ContractListModel(words, show, lines))
            : NotFound(request);
    }

    private static async Task<IResult> With(PageRequest request, Func<ContractFile, Task<IResult>> then) =>
        await Desk(request).Contract(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } file ? await then(file).ConfigureAwait(false) : NotFound(request);

    private static async Task<IResult> Act(PageRequest request, ContractFile file, Func<FormReader, Func<Task<ActResult>>> read)
    {
        // Read before the desk is asked: a field that is wrong is told with all others, and nothing is done.
        var reader = new FormReader(request.Form);
        var act = read(reader);
        var done = reader.Ok ? await act().ConfigureAwait(false) : null;
        return done is { Ok: true }
            ? request.Done(PathOf(file.Line.Contract.Id))
            : request.Show<ContractPage>(new ContractModel(file, reader.State(done?.Problems), done?.Refusal), done?.Refusal is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> Trail(PageRequest request, bool written)
    {
        var (id, kind) = (new ContractId(request.Route("id")), request.Field("kind"));
        var query = new TrailQuery(
            Dates.TryDay(request.Field("from"), out var from) ? from : null,
            Dates.TryDay(request.Field("until"), out var until) ? until : null,
            kind.Length > 0 && char.IsAsciiLetter(kind[0]) && Enum.TryParse<TrailKind>(kind, out var chosen) && Enum.IsDefined(chosen) ? chosen : null,
            request.Field("firm") is { Length: > 0 and <= 100 } firm ? firm : null,
            request.Field("person") is { Length: > 0 and <= 40 } person ? new(person) : null);
        if (!written)
        {
            return await request.Port<IContractTrailDesk>().Look(id, query, request.Actor, request.Gone).ConfigureAwait(false) is { } trail ? request.Show<ContractTrailPage>(new ContractTrailModel(trail, query)) : NotFound(request);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"contract-{id}-{request.Ink.Local(request.Now):yyyyMMdd-HHmmss}.csv");
        return await request.Port<IContractTrailDesk>().Export(id, query, request.Actor, request.Gone).ConfigureAwait(false) is { } found
            ? TypedResults.File(TrailCsv.Of(found, request.Ink), "text/csv; charset=utf-8", name)
            : NotFound(request);
    }

    private static async Task<IResult> Save(PageRequest request, Contract? known)
    {
        var reader = new FormReader(request.Form);
        var places = reader.Ticked("places");
        var form = new ContractForm(
            known?.Id, reader.Text("title"), reader.Text("firm"), reader.Text("work"), Long(request, "subcontractors"), reader.Text("personInCharge"), reader.Text("section"),
            [.. places.Select(place => new ZoneId(place))], Long(request, "workers"), reader.Day("from"), reader.Day("until"), reader.OptionalDay("selectionCheckedOn"), reader.Optional("selectionResult"));
        if (places.IsEmpty)
        {
            reader.Complain("places", FieldFault.Required);
        }

        var done = reader.Ok ? await Desk(request).Save(form with { Until = form.Until.AddDays(1) }, request.Actor, request.Gone).ConfigureAwait(false) : null;
        return done is { Ok: true, Id: { } id }
            ? request.Done(PathOf(new(id)))
            : request.Show<ContractFormPage>(new ContractFormModel(reader.State(done?.Problems), known, done?.Refusal), StatusCodes.Status422UnprocessableEntity);
    }

    // Lists have lines; the desk looks at each of them.
    private static string Long(PageRequest request, string field) => request.Field(field) is { Length: <= 10_000 } text ? text : new string('x', 10_000);

    private static FormState Typed(Contract contract) => FormState.Of(
    [
        ("title", contract.Title), ("firm", contract.Firms[0].Firm), ("work", contract.Firms[0].Work),
        ("subcontractors", string.Join('\n', contract.Firms.Skip(1).Select(firm => $"{firm.Firm}, {firm.Work}"))), ("personInCharge", contract.PersonInCharge), ("section", contract.Section),
        .. contract.Places.Select(place => ("places", place.Value)),
        ("workers", string.Join('\n', contract.Workers.Select(worker => worker.Firm == contract.Firms[0].Firm ? worker.Person.Value : $"{worker.Person}, {worker.Firm}"))),
        ("from", Ink.Field(contract.From)), ("until", Ink.Field(contract.Until.AddDays(-1))), ("selectionCheckedOn", Ink.Field(contract.SelectionCheckedOn)), ("selectionResult", contract.SelectionResult),
    ]);

    private static string PathOf(ContractId id) => $"/contracts/{Uri.EscapeDataString(id.Value)}";

    private static IResult NotFound(PageRequest request) => request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}

/// <summary>The contractor register.</summary>
public sealed record ContractListModel(string Words, ContractShow Show, ImmutableArray<ContractLine> Lines);

/// <summary>What a contractor did.</summary>
public sealed record ContractTrailModel(ContractTrail Trail, TrailQuery Query);

/// <summary>One contract, with what was wrong with the last act on it.</summary>
/// <param name="Refusal">Set: the person may not.</param>
public sealed record ContractModel(ContractFile File, FormState State, Refusal? Refusal);

/// <summary>The contract form.</summary>
/// <param name="Known">Null: a new one.</param>
public sealed record ContractFormModel(FormState State, Contract? Known, Refusal? Refusal = null);
