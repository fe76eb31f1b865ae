using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Failures;

/// <summary>The list of 障害記録.</summary>
public sealed record FailuresModel(FailureLook Look, FormState State);

/// <summary>One 障害記録.</summary>
public sealed record FailureModel(FailureSheet Sheet, FormState State);

/// <summary>障害記録 (R-MON-03): list, one record, report, handling and close.</summary>
internal static class FailureRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/failures", PageGuard.Get(request => List(request, FormState.Empty)));
        routes.MapPost("/failures", PageGuard.Post(Report));
        routes.MapGet("/failures/{id}", PageGuard.Get(request => One(request, FormState.Empty)));
        routes.MapPost("/failures/{id}/handle", PageGuard.Post(Handle));
        routes.MapPost("/failures/{id}/close", PageGuard.Post(Close));
    }

    /// <summary>The page of one.</summary>
    internal static string Of(string id) => $"/failures/{Uri.EscapeDataString(id)}";

    private static IFailureDesk Desk(PageRequest request) => request.Port<IFailureDesk>();

    private static int StatusOf(FormState state) => state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;

    private static async Task<IResult> List(PageRequest request, FormState state) =>
        request.Show<FailuresPage>(new FailuresModel(await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false), state), StatusOf(state));

    private static async Task<IResult> One(PageRequest request, FormState state) => await Desk(request).One(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false) is { } sheet
        ? request.Show<FailurePage>(new FailureModel(sheet, state), StatusOf(state))
        : request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static Task<IResult> Report(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var zone = reader.Optional("zone", 60);
        var form = new FailureForm(
            Moment(reader, request, "detectedAt", required: true) ?? default, reader.Choice<FailureFinder>("detectedBy"), reader.Choice<FailedDevice>("deviceKind"), reader.Text("device"),
            zone.Length == 0 ? null : new ZoneId(zone), reader.Text("symptom", 400), reader.Optional("impact", 400));
        return request.ForForm(reader, form, "/failures", "/alarms", read => Desk(request).Report(read, request.Actor, request.Gone), state => List(request, state));
    }

    private static Task<IResult> Handle(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var form = new HandlingForm(reader.Text("handling", 400), reader.Optional("cause", 400), reader.Optional("openProblem", 400), Moment(reader, request, "restoredAt", required: false));
        return request.ForForm(reader, form, Of(request.Route("id")), "/alarms", read => Desk(request).Handle(request.Route("id"), read, request.Actor, request.Gone), state => One(request, state));
    }

    private static Task<IResult> Close(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        return request.ForForm(
            reader, reader.Text("result", 400), Of(request.Route("id")), "/alarms", read => Desk(request).Close(request.Route("id"), read, request.Actor, request.Gone), state => One(request, state));
    }

    private static DateTimeOffset? Moment(FormReader reader, PageRequest request, string field, bool required)
    {
        var typed = required ? reader.Text(field, 40) : reader.Optional(field, 40);
        if (typed.Length == 0)
        {
            return null;
        }

        if (Dates.TryTime(typed, out var local) && local.Year is > 1900 and < 9999)
        {
            return request.Ink.Moment(local);
        }

        reader.Complain(field, FieldFault.NotADate, typed);
        return null;
    }
}
