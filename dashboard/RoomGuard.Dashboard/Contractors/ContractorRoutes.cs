using System.Collections.Immutable;
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
            Desk(request).Brief(file.Line.Contract.Id, reader.Text("firm"), reader.Day("on"), request.Actor, request.Gone)))));
        routes.MapPost("/contracts/{id}/check", PageGuard.Post(request => With(request, file => Act(request, file, reader =>
            Desk(request).Check(file.Line.Contract.Id, reader.Day("checkedOn"), reader.Text("result", 400), request.Actor, request.Gone)))));
        routes.MapPost("/contracts/{id}/end", PageGuard.Post(request => With(request, file => Act(request, file, reader =>
            Desk(request).End(file.Line.Contract.Id, reader.Day("endsOn"), reader.Text("reason", 400), request.Actor, request.Gone)))));
    }

    private static IContractorDesk Desk(PageRequest request) => request.Port<IContractorDesk>();

    private static async Task<IResult> List(PageRequest request)
    {
        var words = request.Field("q");
        return await Desk(request).Contracts(words.Length is > 0 and <= 200 ? words : null, request.Actor, request.Gone).ConfigureAwait(false) is { } lines
            ? request.Show<ContractListPage>(new ContractListModel(words, lines))
            : NotFound(request);
    }

    private static async Task<IResult> With(PageRequest request, Func<ContractFile, Task<IResult>> then) =>
        await Desk(request).Contract(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } file ? await then(file).ConfigureAwait(false) : NotFound(request);

    private static async Task<IResult> Act(PageRequest request, ContractFile file, Func<FormReader, Task<ActResult>> act)
    {
        // Read before the desk is asked: a field that is wrong is told with all others, and nothing is done.
        var reader = new FormReader(request.Form);
        var trial = new FormReader(request.Form);
        if (request.Context.Request.Path.Value!.EndsWith("/brief", StringComparison.Ordinal))
        {
            _ = trial.Day("on");
        }
        else if (request.Context.Request.Path.Value!.EndsWith("/check", StringComparison.Ordinal))
        {
            _ = (trial.Day("checkedOn"), trial.Text("result", 400));
        }
        else
        {
            _ = (trial.Day("endsOn"), trial.Text("reason", 400));
        }

        var done = trial.Ok ? await act(reader).ConfigureAwait(false) : null;
        return done is { Ok: true }
            ? request.Done(PathOf(file.Line.Contract.Id))
            : request.Show<ContractPage>(new ContractModel(file, trial.State(done?.Problems), done?.Refusal), StatusCodes.Status422UnprocessableEntity);
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
public sealed record ContractListModel(string Words, ImmutableArray<ContractLine> Lines);

/// <summary>One contract, with what was wrong with the last act on it.</summary>
/// <param name="Refusal">Set: the person may not.</param>
public sealed record ContractModel(ContractFile File, FormState State, Refusal? Refusal);

/// <summary>The contract form.</summary>
/// <param name="Known">Null: a new one.</param>
public sealed record ContractFormModel(FormState State, Contract? Known, Refusal? Refusal = null);
