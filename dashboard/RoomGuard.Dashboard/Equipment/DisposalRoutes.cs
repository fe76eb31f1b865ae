using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Files;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Sheets;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>The list of 廃棄・消去記録, with what was wrong with an application.</summary>
/// <param name="Known">How many the reader may see there are, shown or not.</param>
/// <param name="Everything">The reader sees them all.</param>
public sealed record DisposalsModel(ImmutableArray<DisposalLook> Disposals, int Known, bool Everything, ImmutableArray<OwedErasure> Owed, DisposalShow Show, bool MayAsk, FormState State);

/// <summary>One record, with what was wrong with the last act on it.</summary>
public sealed record DisposalModel(DisposalLook Look, FormState State);

/// <summary>One record as a sheet.</summary>
public sealed record DisposalSheetModel(DisposalSheet Sheet, Actor By);

/// <summary>廃棄・消去記録: list, one record with its steps, the sheet.</summary>
internal static class DisposalRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/disposals", PageGuard.Get(request => List(request, FormState.Of(("tag", request.Field("item"))))));
        routes.MapPost("/disposals", PageGuard.Post(Ask));
        routes.MapGet("/disposals.csv", PageGuard.Get(Export));
        routes.MapGet("/disposals.xlsx", PageGuard.Get(Export));
        routes.MapGet("/disposals/{id}", PageGuard.Get(request => With(request, look => Task.FromResult(request.Show<DisposalPage>(new DisposalModel(look, FormState.Empty))))));
        routes.MapGet("/disposals/{id}/sheet", PageGuard.Get(async request => await Desk(request).Sheet(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } sheet
            ? request.Show<DisposalSheetPage>(new DisposalSheetModel(sheet, request.Actor))
            : NotFound(request)));
        routes.MapPost("/disposals/{id}/decide", PageGuard.Post(request => Act(
            request, reader => (Allowed: reader.Text("verdict", 10) == "allow", Note: reader.Optional("note", 400)), (id, version, form) => Desk(request).Decide(id, version, form.Allowed, form.Note, request.Actor, request.Gone))));
        routes.MapPost("/disposals/{id}/erase", PageGuard.Post(request => Act(
            request,
            reader => (Method: reader.Choice<ErasureMethod>("method"), At: Moment(request, reader), Serials: reader.Lines("serials", 4000), Note: reader.Optional("note", 400)),
            (id, version, form) => Desk(request).Erase(id, version, form.Method, form.At, form.Serials, form.Note, request.Actor, request.Gone))));
        routes.MapPost("/disposals/{id}/verify", PageGuard.Post(request => Act(
            request, reader => (Passed: reader.Text("verdict", 10) == "passed", Result: reader.Text("result", 400)), (id, version, form) => Desk(request).Verify(id, version, form.Passed, form.Result, request.Actor, request.Gone))));
        routes.MapPost("/disposals/{id}/withdraw", PageGuard.Post(request => Act(request, reader => reader.Text("why", 400), (id, version, why) => Desk(request).Withdraw(id, version, why, request.Actor, request.Gone))));
        routes.MapPost("/disposals/{id}/secrecy", PageGuard.Post(request => Act(
            request, reader => (Contract: reader.Text("contract", 40), Result: reader.Text("result", 400)), (id, version, form) => Desk(request).CheckSecrecy(id, version, form.Contract, form.Result, request.Actor, request.Gone))));
        routes.MapPost("/disposals/{id}/certify", PageGuard.Upload(Certify, FileForms.MostBody(DisposalDossier.MostFiles)));
        routes.MapGet("/disposals/{id}/files/{digest}", PageGuard.Get(async request =>
            await Desk(request).File(new(request.Route("id")), request.Route("digest"), request.Actor, request.Gone).ConfigureAwait(false) is { } file ? FileForms.Give(file)
            : request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, DisposalsText.FileGone, null), StatusCodes.Status404NotFound)));
    }

    /// <summary>The page of one record.</summary>
    internal static string Of(DisposalId id) => $"/disposals/{Uri.EscapeDataString(id.Value)}";

    private static IDisposalDesk Desk(PageRequest request) => request.Port<IDisposalDesk>();

    private static DisposalShow Show(PageRequest request) => Enum.TryParse<DisposalShow>(request.Field("show"), out var chosen) && Enum.IsDefined(chosen) ? chosen : DisposalShow.All;

    private static async Task<IResult> Export(PageRequest request) =>
        await Desk(request).Export(Show(request), request.Actor, request.Gone).ConfigureAwait(false) is { } found
            ? await new RegisterFile("disposals", DisposalsText.Title, DisposalLines.Of(found, request.Ink)).Give(request).ConfigureAwait(false)
            : NotFound(request);

    private static async Task<IResult> List(PageRequest request, FormState state)
    {
        var show = Show(request);
        return await Desk(request).Disposals(show, request.Actor, request.Gone).ConfigureAwait(false) is { } found ? request.Show<DisposalsPage>(
            new DisposalsModel(
                found, await Desk(request).Known(show, request.Actor, request.Gone).ConfigureAwait(false), Authority.May(request.Actor, PageAct.SeeDisposals, ActSubject.None).Allowed, await Desk(request).Owed(request.Actor, request.Gone).ConfigureAwait(false), show, Asks(request, Core.Operators.Act.Dispose) || Asks(request, Core.Operators.Act.RepairOutside), state),
            state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : NotFound(request);
    }

    private static bool Asks(PageRequest request, Act act) => Authority.May(request.Actor, act, Part.Asks, ActSubject.None).Allowed;

    private static async Task<IResult> Ask(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (kind, tag, firm, reason) = (reader.Choice<DisposalKind>("kind"), new AssetTag(AssetFields.Narrow(reader.Text("tag", 40))), reader.Optional("firm"), reader.Text("reason", 400));
        if (!reader.Ok)
        {
            return await List(request, reader.State()).ConfigureAwait(false);
        }

        var done = await Desk(request).Ask(kind, tag, firm, reason, request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(done, done.Id is { } id ? Of(new(id)) : "/disposals", "/disposals", () => List(request, reader.State(done.Problems))).ConfigureAwait(false);
    }

    private static async Task<IResult> Certify(PageRequest request)
    {
        var sent = await FileForms.Read(request, "certificate", DisposalDossier.MostFiles).ConfigureAwait(false);
        return await Act(
            request, reader => (No: reader.Text("certificateNo", 40), On: reader.Day("receivedOn")), (id, version, form) => Desk(request).Certify(id, version, form.No, form.On, sent, request.Actor, request.Gone)).ConfigureAwait(false);
    }

    private static DateTimeOffset Moment(PageRequest request, FormReader reader)
    {
        var typed = reader.Text("erasedAt", 40);
        if (Dates.TryTime(typed, out var local) && local.Year is > 1900 and < 9999)
        {
            return request.Ink.Moment(local);
        }

        if (typed.Length > 0)
        {
            reader.Complain("erasedAt", FieldFault.NotADate, typed);
        }

        return default;
    }

    private static async Task<IResult> With(PageRequest request, Func<DisposalLook, Task<IResult>> then) =>
        await Desk(request).One(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } look ? await then(look).ConfigureAwait(false) : NotFound(request);

    private static Task<IResult> Act<TForm>(PageRequest request, Func<FormReader, TForm> read, Func<DisposalId, int, TForm, Task<ActResult>> act) => With(request, look =>
    {
        var reader = new FormReader(request.Form);
        var id = look.File.Disposal.Id;
        var version = int.TryParse(request.Field("v"), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;
        return request.ForForm(
            reader, read(reader), Of(id), "/disposals", form => act(id, version, form),
            state => Task.FromResult(request.Show<DisposalPage>(new DisposalModel(look, state), StatusCodes.Status422UnprocessableEntity)));
    });

    private static IResult NotFound(PageRequest request) => request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}
