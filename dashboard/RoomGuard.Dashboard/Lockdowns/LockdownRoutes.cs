using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Lockdowns;

/// <summary>区域封鎖: asked for, confirmed on a page of its own, begun, lifted (R-DOOR-14).</summary>
internal static class LockdownRoutes
{
    private static readonly string[] Fields = ["zones", "mandate", "basis", "except", "until"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/lockdown", PageGuard.Get(request => Show(request, FormState.Empty)));
        routes.MapPost("/lockdown/check", PageGuard.Post(Check));
        routes.MapPost("/lockdown/begin", PageGuard.ConfirmedPost(Begin));
        routes.MapGet("/lockdown/{id}/end", PageGuard.Get(request => AskEnd(request, FormState.Empty)));
        routes.MapPost("/lockdown/{id}/end", PageGuard.ConfirmedPost(End));
    }

    private static async Task<IResult> Show(PageRequest request, FormState state)
    {
        var inForce = await request.Port<ILockdownDesk>().InForce(request.Gone).ConfigureAwait(false);
        return request.Show<LockdownPage>(new LockdownModel(inForce, state), state.Problems.IsEmpty ? 200 : 422);
    }

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
            (ink[LockdownText.Zones], string.Join(ink.Language == Language.Japanese ? "、" : ", ", form.Zones.Select(ink.Zone))),
            (ink[LockdownText.Mandate], ink[LockdownText.Of(form.Mandate)]),
            (ink[LockdownText.Basis], form.Basis),
            (ink[LockdownText.Except], form.Except.IsEmpty ? ink[FrameText.None] : string.Join(", ", form.Except)),
            (ink[LockdownText.Until], form.Until is { } until ? ink.Stamp(until) : ink[LockdownText.Open]),
        ];
        return request.Show<ConfirmPage>(new ConfirmModel(
            ink[LockdownText.ConfirmTitle], ink[LockdownText.ConfirmLead], ink[LockdownText.ConfirmDo], "/lockdown/begin", "/lockdown",
            Danger: true, AsksReason: false, "/lockdown", facts, request.Carried(Fields), FormState.Empty));
    }

    private static Task<IResult> Begin(PageRequest request)
    {
        var (form, reader) = Read(request);
        return request.ForForm(reader, form, "/lockdown", "/lockdown", read => request.Port<ILockdownDesk>().Begin(read, request.Actor, request.Gone), state => Show(request, state));
    }

    private static async Task<IResult> AskEnd(PageRequest request, FormState state)
    {
        var id = request.Route("id");
        var inForce = await request.Port<ILockdownDesk>().InForce(request.Gone).ConfigureAwait(false);
        if (inForce.FirstOrDefault(item => item.Lockdown.Id == id && !item.Ended) is not { } found)
        {
            return request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
        }

        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink[LockdownText.EndTitle], ink[LockdownText.EndLead], ink[LockdownText.End], $"/lockdown/{Uri.EscapeDataString(id)}/end", "/lockdown",
                Danger: false, AsksReason: true, "/lockdown",
                [
                    (ink[LockdownText.Zones], string.Join(ink.Language == Language.Japanese ? "、" : ", ", found.Lockdown.Zones.Select(ink.Zone))),
                    (ink[LockdownText.Since], ink.Stamp(found.Lockdown.From)),
                ],
                [], state),
            state.Problems.IsEmpty ? 200 : 422);
    }

    private static Task<IResult> End(PageRequest request) => request.ForReason(
        "/lockdown", "/lockdown",
        reason => request.Port<ILockdownDesk>().End(request.Route("id"), reason, request.Actor, request.Gone),
        state => AskEnd(request, state));

    private static (LockdownForm Form, FormReader Reader) Read(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var zones = reader.Ticked("zones");
        if (zones.IsEmpty)
        {
            reader.Complain("zones", FieldFault.Required);
        }
        else if (zones.Any(zone => request.Site.Zones.All(known => known.Id.Value != zone)))
        {
            reader.Complain("zones", FieldFault.NotAChoice);
        }

        var mandate = reader.Choice<LockdownMandate>("mandate");
        var basis = reader.Text("basis", 400);
        var except = reader.Optional("except", 400).Split([' ', '\u3000', ','], StringSplitOptions.RemoveEmptyEntries);
        DateTimeOffset? until = null;
        var typed = reader.Optional("until");
        if (typed.Length > 0)
        {
            if (!Dates.TryTime(typed, out var local))
            {
                reader.Complain("until", FieldFault.NotADate, typed);
            }
            else if (request.Ink.Moment(local) is var moment && moment <= request.Now)
            {
                reader.Complain("until", FieldFault.AlreadyOver);
            }
            else
            {
                until = moment;
            }
        }

        return (new([.. zones.Select(zone => new ZoneId(zone))], [.. except.Select(person => new PersonId(person))], mandate, basis, until), reader);
    }
}
