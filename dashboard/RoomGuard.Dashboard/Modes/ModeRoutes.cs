using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;
using RoomGuard.Dashboard.Visits;

namespace RoomGuard.Dashboard.Modes;

/// <summary>区域の状態: asked for, confirmed on a page of its own, ordered, ended (R-DOOR-15, R-VIS-11).</summary>
internal static class ModeRoutes
{
    private static readonly string[] Fields = ["zone", "mode", "reason", "until", "person"];
    private static readonly ImmutableArray<ZoneMode> Orderable = [ZoneMode.Fire, ZoneMode.Alarm, ZoneMode.Drill, ZoneMode.Maintenance];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/modes", PageGuard.Get(request => Show(request, FormState.Empty)));
        routes.MapPost("/modes/check", PageGuard.Post(Check));
        routes.MapPost("/modes/begin", PageGuard.ConfirmedPost(Begin));
        routes.MapGet("/modes/{id}/end", PageGuard.Get(request => AskEnd(request, FormState.Empty)));
        routes.MapPost("/modes/{id}/end", PageGuard.ConfirmedPost(End));
    }

    private static async Task<IResult> Show(PageRequest request, FormState state)
    {
        var zones = await request.Port<IModeDesk>().Now(request.Gone).ConfigureAwait(false);
        ImmutableArray<ZoneMode> choices = [.. Orderable.Where(mode => MayOrder(request.Actor, mode))];
        return request.Show<ModesPage>(new ModesModel(zones, choices, VisitorOverrideRoutes.MayOrder(request.Actor), state), state.Problems.IsEmpty ? 200 : 422);
    }

    private static bool MayOrder(Actor by, ZoneMode mode) => by.IsConsole || Authority.RolesOf(by).Any(held => !PageAuthority.Cell(ModeRights.Of(mode), held.Role).IsEmpty);

    private static async Task<IResult> Check(PageRequest request)
    {
        var (form, reader) = Read(request);
        if (!reader.Ok)
        {
            return await Show(request, reader.State()).ConfigureAwait(false);
        }

        var ink = request.Ink;
        ImmutableArray<(string, string)> facts =
        [
            (ink[PresenceText.ZoneField], ink.Zone(form.Zone)),
            (ink[ModeText.Mode], ink[OrderText.Of(form.Mode).Word]),
            (ink[DeskText.Reason], form.Reason),
            (ink[ModeText.Until], form.Until is { } until ? ink.Stamp(until) : ink[ModeText.UntilEnded]),
            .. form.Person is { } person ? [(ink[ModeText.Worker], person.Value)] : Array.Empty<(string, string)>(),
        ];
        return request.Show<ConfirmPage>(new ConfirmModel(
            ink.Fill(ModeText.ConfirmTitle, ink.Zone(form.Zone), ink[OrderText.Of(form.Mode).Word]), ink[ModeText.What(form.Mode)], ink[ModeText.ConfirmDo], "/modes/begin", "/modes",
            Danger: true, AsksReason: false, "/modes", facts, request.Carried(Fields), FormState.Empty));
    }

    private static Task<IResult> Begin(PageRequest request)
    {
        var (form, reader) = Read(request);
        return request.ForForm(reader, form, "/modes", "/modes", read => request.Port<IModeDesk>().Set(read, request.Actor, request.Gone), state => Show(request, state));
    }

    private static async Task<IResult> AskEnd(PageRequest request, FormState state)
    {
        var zones = await request.Port<IModeDesk>().Now(request.Gone).ConfigureAwait(false);
        if (zones.FirstOrDefault(zone => zone.Zone.Value == request.Route("id") && zone.Mode is not ZoneMode.Normal) is not { } found)
        {
            return request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
        }

        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(ModeText.EndTitle, ink.Zone(found.Zone), ink[OrderText.Of(found.Mode).Word]), ink[ModeText.EndLead], ink[ModeText.End], $"/modes/{Uri.EscapeDataString(found.Zone.Value)}/end", "/modes",
                Danger: false, AsksReason: true, "/modes", [(ink[PresenceText.ZoneField], ink.Zone(found.Zone)), (ink[ModeText.Mode], ink[OrderText.Of(found.Mode).Word])], [], state),
            state.Problems.IsEmpty ? 200 : 422);
    }

    private static Task<IResult> End(PageRequest request) => request.ForReason(
        "/modes", "/modes",
        reason => request.Port<IModeDesk>().Set(new(new(request.Route("id")), ZoneMode.Normal, null, null, reason), request.Actor, request.Gone),
        state => AskEnd(request, state));

    private static (ZoneModeForm Form, FormReader Reader) Read(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var zone = reader.Text("zone", 40);
        if (zone.Length > 0 && request.Site.Zones.All(known => known.Id.Value != zone))
        {
            reader.Complain("zone", FieldFault.NotAChoice);
        }

        var mode = reader.Choice<ZoneMode>("mode");
        var reason = reader.Text("reason", 400);
        DateTimeOffset? until = null;
        if (reader.Optional("until") is { Length: > 0 } typed)
        {
            if (Dates.TryTime(typed, out var local))
            {
                until = request.Ink.Moment(local);
            }
            else
            {
                reader.Complain("until", FieldFault.NotADate, typed);
            }
        }

        // Only who works there has a name to give.
        var person = mode is ZoneMode.Maintenance ? reader.Text("person", 20) : "";
        return (new(new ZoneId(zone), mode, person.Length > 0 ? new PersonId(person) : null, until, reason), reader);
    }
}
