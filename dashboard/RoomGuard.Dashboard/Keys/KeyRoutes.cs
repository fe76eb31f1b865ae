using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Keys;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Keys;

/// <summary>鍵 (R-DOOR-13).</summary>
internal static class KeyRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/keys", PageGuard.Get(request => Show(request, FormState.Empty, "")));
        routes.MapPost("/keys/take", PageGuard.Post(Take));
        routes.MapPost("/keys/loans/{id}/return", PageGuard.Post(TakeBack));
        routes.MapPost("/keys/register", PageGuard.Post(Register));
        routes.MapPost("/keys/{id}/retire", PageGuard.Post(request => Answer(request, new FormReader(request.Form), "", () => Desk(request).Retire(request.Route("id"), request.Actor, request.Gone))));
    }

    private static IKeyDesk Desk(PageRequest request) => request.Port<IKeyDesk>();

    private static async Task<IResult> Show(PageRequest request, FormState state, string form) =>
        await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false) is { } look
            ? request.Show<KeysPage>(new KeyModel(look, state, form), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static Task<IResult> Take(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (key, person, reason, typed) = (reader.Text("key", 20), reader.Text("takenBy", 40), reader.Text("reason", 200), reader.Text("returnBy"));
        if (typed.Length > 0 && !Dates.TryTime(typed, out _))
        {
            reader.Complain("returnBy", FieldFault.NotADate, typed);
        }

        _ = Dates.TryTime(typed, out var local);
        return Answer(request, reader, "take", () => Desk(request).Take(new(key, new(person), reason, request.Ink.Moment(local)), request.Actor, request.Gone));
    }

    private static Task<IResult> TakeBack(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var loan = request.Route("id");
        var (person, note) = (reader.Text($"returnedBy-{loan}", 40), reader.Optional($"note-{loan}", 200));
        return Answer(request, reader, "return", () => Desk(request).TakeBack(loan, new(person), note, request.Actor, request.Gone));
    }

    private static Task<IResult> Register(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var key = new DoorKey(reader.Text("no", 20), reader.Text("label"), [.. reader.Ticked("doors").Select(door => new DoorId(door))], reader.Text("keptAt"));
        if (key.Doors.IsEmpty)
        {
            reader.Complain("doors", FieldFault.Required);
        }

        return Answer(request, reader, "register", () => Desk(request).Register(key, request.Actor, request.Gone));
    }

    private static async Task<IResult> Answer(PageRequest request, FormReader reader, string form, Func<Task<ActResult>> act)
    {
        if (!reader.Ok)
        {
            return await Show(request, reader.State(), form).ConfigureAwait(false);
        }

        var done = await act().ConfigureAwait(false);
        return done switch
        {
            { Refusal: { } refusal } => request.Show<RefusalPage>(new RefusalModel(refusal, "/entries", "/keys"), StatusCodes.Status403Forbidden),
            { Ok: true } => request.Done("/keys"),
            _ => await Show(request, reader.State(done.Problems), form).ConfigureAwait(false),
        };
    }
}
