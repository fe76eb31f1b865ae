using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Identity;

/// <summary>身分証明書の確認 (R-DOOR-12).</summary>
internal static class IdentityRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/identity-checks", PageGuard.Get(request => Show(request, FormState.Empty)));
        routes.MapPost("/identity-checks", PageGuard.Post(Check));
        routes.MapGet("/identity-checks/{id}/clear", PageGuard.Get(request => AskClear(request, FormState.Empty)));
        routes.MapPost("/identity-checks/{id}/clear", PageGuard.ConfirmedPost(Clear));
    }

    private static IIdentityDesk Desk(PageRequest request) => request.Port<IIdentityDesk>();

    private static async Task<IResult> Show(PageRequest request, FormState state) => request.Show<IdentityPage>(
        new IdentityModel(await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false), state),
        state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Check(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var person = reader.Text("person", 40);
        var outcome = reader.Choice<IdentityOutcome>("outcome");
        var zone = reader.Optional("zone", 40);
        IdentityPaper? paper = request.Field("paper").Length == 0 ? null : reader.Choice<IdentityPaper>("paper");
        var note = reader.Optional("note", 400);
        if (!reader.Ok)
        {
            return await Show(request, reader.State()).ConfigureAwait(false);
        }

        var form = new IdentityForm(new(person), zone.Length == 0 ? null : new ZoneId(zone), paper, outcome, note);
        var done = await Desk(request).Check(form, request.Actor, request.Gone).ConfigureAwait(false);
        return done switch
        {
            { Refusal: { } refusal } => Refused(request, refusal),
            { Ok: true } => request.Done("/identity-checks"),
            _ => await Show(request, reader.State(done.Problems)).ConfigureAwait(false),
        };
    }

    private static async Task<IResult> AskClear(PageRequest request, FormState state)
    {
        var (ink, id) = (request.Ink, request.Route("id"));
        var look = await Desk(request).Look(request.Actor, request.Gone).ConfigureAwait(false);
        if (look.Lines.FirstOrDefault(line => line.Id == id && line.MayClear) is not { } found)
        {
            return request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
        }

        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(IdentityText.ClearTitle, id), ink[IdentityText.ClearLead], ink[IdentityText.ClearDo], $"/identity-checks/{Uri.EscapeDataString(id)}/clear", "/identity-checks",
                Danger: false, AsksReason: true, "/entries",
                [(ink[RegisterKeepingText.Who], $"{found.Person.Name} ({found.Person.Id})"), (ink[IdentityText.Held], found.Held.IsEmpty ? ink[FrameText.None] : string.Join(", ", found.Held))],
                [], state),
            state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Clear(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var done = await Desk(request).Clear(request.Route("id"), reader.Optional("reason", 400), request.Actor, request.Gone).ConfigureAwait(false);
        return done switch
        {
            { Refusal: { } refusal } => Refused(request, refusal),
            { Ok: true } => request.Done("/identity-checks"),
            _ => await AskClear(request, reader.State(done.Problems)).ConfigureAwait(false),
        };
    }

    private static IResult Refused(PageRequest request, Refusal refusal) =>
        request.Show<RefusalPage>(new RefusalModel(refusal, "/entries", "/identity-checks"), StatusCodes.Status403Forbidden);
}

/// <summary>The page of identity checks, with what was wrong with the last one.</summary>
public sealed record IdentityModel(IdentityLook Look, FormState State);
