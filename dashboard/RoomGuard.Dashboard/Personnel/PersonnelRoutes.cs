using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Personnel;

/// <summary>人とカードの見直し.</summary>
internal static class PersonnelRoutes
{
    private const long MostBytes = 32 << 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/personnel", PageGuard.Get(request => Look(request, FormState.Empty, null, StatusCodes.Status200OK)));
        routes.MapPost("/personnel/compare", PageGuard.Post(Compare));
        routes.MapGet("/personnel/comparisons/{id}", PageGuard.Get(request => Comparison(request, FormState.Empty, null, StatusCodes.Status200OK)));
        routes.MapPost("/personnel/comparisons/{id}/{no}", PageGuard.Post(Decide));
        routes.MapGet("/personnel/cards/{id}/keep", PageGuard.Get(request => Task.FromResult(AskKeep(request, FormState.Empty))));
        routes.MapPost("/personnel/cards/{id}/keep", PageGuard.Post(Keep));
        routes.MapGet("/personnel/cards/{id}/duress", PageGuard.Get(request => Task.FromResult(request.Show<DuressPage>(new DuressModel(request.Route("id"), FormState.Empty, false)))));
        routes.MapPost("/personnel/cards/{id}/duress", PageGuard.Post(Duress));
        routes.MapGet("/personnel/people/{id}", PageGuard.Get(request => Life(request, FormState.Empty, null, StatusCodes.Status200OK)));
        routes.MapPost("/personnel/people/{id}/meet", PageGuard.Post(request => OfPerson(request, reader =>
        {
            var met = new Precondition(new(request.Route("id")), reader.Choice<PreconditionKind>("kind"), reader.Day("satisfiedOn"), reader.OptionalLastDay("validUntil"), reader.Text("reference"));
            return () => Desk(request).Meet(met, request.Actor, request.Gone);
        })));
        routes.MapPost("/personnel/people/{id}/lend", PageGuard.Post(request => OfPerson(request, reader =>
        {
            var (kind, label) = (reader.Choice<BelongingKind>("lentKind"), reader.Text("label"));
            return () => Desk(request).Lend(new(request.Route("id")), kind, label, request.Actor, request.Gone);
        })));
        routes.MapPost("/personnel/people/{id}/return", PageGuard.Post(request => OfPerson(request, reader =>
        {
            var (belonging, note) = (reader.Text("belonging", 20), reader.Optional("note", 400));
            return () => Desk(request).TakeBack(belonging, note, request.Actor, request.Gone);
        })));
        routes.MapPost("/personnel/people/{id}/biometrics", PageGuard.Post(request => OfPerson(request, reader =>
        {
            var form = new BiometricForm(new(request.Route("id")), reader.Text("templateRef"), reader.Text("biometricPurpose", 400), reader.Day("noticeGivenOn"));
            return () => Desk(request).KeepBiometric(form, request.Actor, request.Gone);
        })));
        routes.MapPost("/personnel/people/{id}/biometrics/delete", PageGuard.Post(request => OfPerson(request, reader =>
        {
            var (biometric, deletedOn) = (reader.Text("biometric", 20), reader.Day("deletedOn"));
            return () => Desk(request).DeleteBiometric(new(request.Route("id")), biometric, deletedOn, request.Actor, request.Gone);
        })));
        routes.MapPost("/personnel/people/{id}/leave", PageGuard.Post(request => OfPerson(request, reader =>
        {
            var section = reader.Optional("toSection");
            var form = new LeavingForm(new(request.Route("id")), reader.Choice<LeavingKind>("leavingKind"), reader.Day("effectiveOn"), section.Length == 0 ? null : section, reader.Text("reason", 400));
            return () => Desk(request).Leave(form, request.Actor, request.Gone);
        })));
    }

    private static IPersonnelDesk Desk(PageRequest request) => request.Port<IPersonnelDesk>();

    private static async Task<IResult> Look(PageRequest request, FormState state, Refusal? refusal, int status) =>
        await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false) is { } look
            ? request.Show<PersonnelPage>(new PersonnelModel(look, state, refusal), status)
            : NotFound(request);

    private static async Task<IResult> Compare(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        if (request.Form.Files.GetFile("file") is not { Length: > 0 and <= MostBytes } file)
        {
            reader.Complain("file", FieldFault.Required);
            return await Look(request, reader.State(), null, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
        }

        await using var csv = file.OpenReadStream();
        var done = await Desk(request).Compare(file.FileName, csv, request.Actor, request.Gone).ConfigureAwait(false);
        return done is { Ok: true, Id: { } id }
            ? request.Done($"/personnel/comparisons/{Uri.EscapeDataString(id)}")
            : await Look(request, reader.State(done.Problems), done.Refusal, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
    }

    private static async Task<IResult> Comparison(PageRequest request, FormState state, Refusal? refusal, int status) =>
        await Desk(request).Comparison(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false) is { } file
            ? request.Show<ComparisonPage>(new ComparisonModel(file, state, refusal), status)
            : NotFound(request);

    private static async Task<IResult> Decide(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (verdict, reason) = (reader.Choice<PersonnelVerdict>("verdict"), reader.Text("reason", 400));
        if (!int.TryParse(request.Route("no"), NumberStyles.None, CultureInfo.InvariantCulture, out var no))
        {
            return NotFound(request);
        }

        var done = reader.Ok ? await Desk(request).Decide(request.Route("id"), no, verdict, reason, request.Actor, request.Gone).ConfigureAwait(false) : null;
        return done is { Ok: true }
            ? request.Done($"/personnel/comparisons/{Uri.EscapeDataString(request.Route("id"))}")
            : await Comparison(request, reader.State(done?.Problems), done?.Refusal, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
    }

    private static IResult AskKeep(PageRequest request, FormState state)
    {
        var (ink, id) = (request.Ink, request.Route("id"));
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(PersonnelText.KeepTitle, id), ink[PersonnelText.KeepLead], ink[PersonnelText.KeepDo], $"/personnel/cards/{Uri.EscapeDataString(id)}/keep", "/personnel",
                Danger: false, AsksReason: true, "/people", [], [], state),
            state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Keep(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var reason = reader.Text("reason", 400);
        var done = reader.Ok ? await Desk(request).KeepUnused(new(request.Route("id")), reason, request.Actor, request.Gone).ConfigureAwait(false) : null;
        return done switch
        {
            { Ok: true } => request.Done("/personnel"),
            { Refusal: { } refusal } => await Look(request, FormState.Empty, refusal, StatusCodes.Status403Forbidden).ConfigureAwait(false),
            _ => AskKeep(request, reader.State(done?.Problems)),
        };
    }

    private static async Task<IResult> Duress(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var pin = reader.Text("pin", 8);
        var differs = pin != reader.Optional("again", 8);
        var done = reader.Ok && !differs ? await Desk(request).SetDuressPin(new(request.Route("id")), pin, request.Actor, request.Gone).ConfigureAwait(false) : null;
        return done switch
        {
            { Ok: true } => request.Done("/cards"),
            { Refusal: { } refusal } => await Look(request, FormState.Empty, refusal, StatusCodes.Status403Forbidden).ConfigureAwait(false),
            _ => request.Show<DuressPage>(new DuressModel(request.Route("id"), reader.State(done?.Problems, "pin", "again"), differs), StatusCodes.Status422UnprocessableEntity),
        };
    }

    private static async Task<IResult> Life(PageRequest request, FormState state, Refusal? refusal, int status) =>
        await Desk(request).Life(new(request.Route("id")), request.Actor, request.Gone).ConfigureAwait(false) is { } life
            ? request.Show<LifePage>(new LifeModel(life, state, refusal), status)
            : NotFound(request);

    private static async Task<IResult> OfPerson(PageRequest request, Func<FormReader, Func<Task<ActResult>>> read)
    {
        var reader = new FormReader(request.Form);
        var act = read(reader);
        var done = reader.Ok ? await act().ConfigureAwait(false) : null;
        return done is { Ok: true }
            ? request.Done($"/personnel/people/{Uri.EscapeDataString(request.Route("id"))}")
            : await Life(request, reader.State(done?.Problems), done?.Refusal, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
    }

    private static IResult NotFound(PageRequest request) => request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}

/// <summary>The review page, with what was wrong with the last act.</summary>
public sealed record PersonnelModel(PersonnelLook Look, FormState State, Refusal? Refusal);

/// <summary>A comparison.</summary>
public sealed record ComparisonModel(ComparisonFile File, FormState State, Refusal? Refusal);

/// <summary>One person's preconditions and returns.</summary>
public sealed record LifeModel(PersonLife Life, FormState State, Refusal? Refusal);

/// <summary>The form for a duress PIN.</summary>
/// <param name="Differs">The two entries differ.</param>
public sealed record DuressModel(string Card, FormState State, bool Differs);
