using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Cases;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.HandRegister;

/// <summary>手書き簿 (R-DOOR-11).</summary>
internal static class HandRegisterRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hand-register", PageGuard.Get(async request => request.Show<HandRegisterPage>(await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false))));
        routes.MapGet("/hand-register/new", PageGuard.Get(request => Task.FromResult(Form(request, FormState.Empty))));
        routes.MapPost("/hand-register/new", PageGuard.Post(Enter));
        routes.MapGet("/hand-register/{id}", PageGuard.Get(request => Line(request, FormState.Empty)));
        routes.MapPost("/hand-register/{id}/decide", PageGuard.Post(Decide));
    }

    private static IHandRegisterDesk Desk(PageRequest request) => request.Port<IHandRegisterDesk>();

    private static IResult Form(PageRequest request, FormState state) => request.Show<HandLineFormPage>(new HandLineFormModel(state), StatusOf(state));

    private static async Task<IResult> Line(PageRequest request, FormState state) =>
        await Desk(request).Line(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false) is { } file
            ? request.Show<HandLinePage>(new HandLineModel(file, state), StatusOf(state))
            : request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static async Task<IResult> Enter(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (person, escort, exception) = (reader.Optional("person", 40), reader.Optional("escort", 40), reader.Optional("exception", 40));
        var form = new HandLineForm(
            new DoorId(reader.Text("door", 40)),
            Moment(reader, request, "enteredAt"),
            Moment(reader, request, "exitedAt"),
            person.Length == 0 ? null : new PersonId(person),
            reader.Optional("name"),
            reader.Optional("section"),
            reader.Text("page", 40),
            reader.Text("reason", 400),
            reader.Optional("purpose"),
            escort.Length == 0 ? null : new PersonId(escort),
            request.Field("identity").Length == 0 ? null : reader.Choice<IdentityOutcome>("identity"),
            reader.Optional("items"),
            exception.Length == 0 ? null : new CaseId(exception));
        if (!reader.Ok)
        {
            return Form(request, reader.State());
        }

        var done = await Desk(request).Enter(form, request.Actor, request.Gone).ConfigureAwait(false);
        return done switch
        {
            { Refusal: { } refusal } => Refused(request, refusal),
            { Ok: true, Id: { } id } => request.Done($"/hand-register/{Uri.EscapeDataString(id)}"),
            _ => Form(request, reader.State(done.Problems)),
        };
    }

    private static async Task<IResult> Decide(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (id, note) = (request.Route("id"), reader.Optional("note", 400));

        // Who may not is told so before what is wrong with the form, so the desk hears of a missing choice too.
        var verdict = Enum.TryParse<HandLineVerdict>(request.Field("verdict"), out var chosen) && Enum.IsDefined(chosen) ? chosen : (HandLineVerdict?)null;
        var done = await Desk(request).Decide(id, verdict, note, request.Actor, request.Gone).ConfigureAwait(false);
        return done switch
        {
            { Refusal: { } refusal } => Refused(request, refusal),
            { Ok: true } => request.Done($"/hand-register/{Uri.EscapeDataString(id)}"),
            _ => await Line(request, reader.State(done.Problems)).ConfigureAwait(false),
        };
    }

    private static DateTimeOffset? Moment(FormReader reader, PageRequest request, string field)
    {
        var typed = reader.Optional(field);
        if (typed.Length == 0)
        {
            return null;
        }

        if (Dates.TryTime(typed, out var local))
        {
            return request.Ink.Moment(local);
        }

        reader.Complain(field, FieldFault.NotADate, typed);
        return null;
    }

    private static IResult Refused(PageRequest request, Refusal refusal) =>
        request.Show<RefusalPage>(new RefusalModel(refusal, "/entries", "/hand-register"), StatusCodes.Status403Forbidden);

    private static int StatusOf(FormState state) => state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
}
