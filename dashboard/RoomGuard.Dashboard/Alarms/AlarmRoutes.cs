using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Parts;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Alarms;

/// <summary>警報の記録 and who makes it out.</summary>
public sealed record AlarmSheetModel(AlarmSheet Sheet, Actor By);

/// <summary>警報: the list, one alarm, what people do about it, contacts and 保守中 (R-ENV-11, R-MON-04).</summary>
internal static class AlarmRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/alarms", PageGuard.Get(async request => request.Show<AlarmsPage>(await Model(request).ConfigureAwait(false))));
        routes.MapGet("/fragments/alarms", PageGuard.Get(async request => request.Fragment<AlarmsParts>(await Model(request).ConfigureAwait(false))));
        routes.MapGet("/fragments/alarm-banner", PageGuard.Get(async request => request.Fragment<AlarmBanner>(
            MainMenu.SeesAlarms(request.Actor) ? await Desk(request).Head(request.Actor, request.Gone).ConfigureAwait(false) : AlarmHead.None)));
        routes.MapGet("/alarms/{id}", PageGuard.Get(One));
        routes.MapGet("/alarms/{id}/sheet", PageGuard.Get(async request => await Desk(request).Sheet(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false) is { } sheet
            ? request.Show<AlarmSheetPage>(new AlarmSheetModel(sheet, request.Actor))
            : NotFound(request)));
        foreach (var (path, act) in (ReadOnlySpan<(string, AlarmAct)>)[("acknowledge", AlarmAct.Acknowledge), ("shelve", AlarmAct.Shelve), ("hand-over", AlarmAct.HandOver)])
        {
            routes.MapGet($"/alarms/{{id}}/{path}", PageGuard.Get(request => Ask(request, act, FormState.Empty)));
        }

        routes.MapPost("/alarms/{id}/acknowledge", PageGuard.Post(Acknowledge));
        routes.MapPost("/alarms/{id}/shelve", PageGuard.Post(Shelve));
        routes.MapPost("/alarms/{id}/hand-over", PageGuard.Post(HandOver));
        routes.MapGet("/alarms/{id}/unshelve", PageGuard.Get(request => AskUnshelve(request, FormState.Empty)));
        routes.MapPost("/alarms/{id}/unshelve", PageGuard.Post(Unshelve));

        routes.MapGet("/alarms/contacts", PageGuard.Get(request => Contacts(request, "", FormState.Empty)));
        routes.MapPost("/alarms/contacts", PageGuard.Post(SetContact));
        routes.MapPost("/alarms/lists", PageGuard.Post(SetList));
        routes.MapPost("/alarms/drill", PageGuard.Post(Drill));

        routes.MapGet("/alarms/maintenance", PageGuard.Get(request => Maintenance(request, FormState.Empty)));
        routes.MapPost("/alarms/maintenance", PageGuard.Post(BeginMaintenance));
        routes.MapGet("/alarms/maintenance/{id}/end", PageGuard.Get(request => AskEnd(request, FormState.Empty)));
        routes.MapPost("/alarms/maintenance/{id}/end", PageGuard.Post(EndMaintenance));
    }

    /// <summary>The address of a tab.</summary>
    public static string TabOf(AlarmShow show) => show is AlarmShow.Open ? "/alarms" : $"/alarms?show={show}";

    /// <summary>The address of what is older in the history, with the same filter.</summary>
    public static string Older(AlarmFilter filter, long before)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var more = string.Concat(new[] { ("area", filter.Area?.ToString()), ("level", filter.Level?.ToString()), ("zone", filter.Zone?.Value) }.Where(item => item.Item2 is not null).Select(item => $"&{item.Item1}={Uri.EscapeDataString(item.Item2!)}"));
        return string.Create(CultureInfo.InvariantCulture, $"/alarms?show=History{more}&before={before}");
    }

    private static IAlarmDesk Desk(PageRequest request) => request.Port<IAlarmDesk>();

    private static async Task<AlarmsModel> Model(PageRequest request)
    {
        var filter = new AlarmFilter(
            Choice<AlarmShow>(request, "show") ?? AlarmShow.Open,
            Choice<AlarmArea>(request, "area"),
            Choice<AlarmLevel>(request, "level"),
            request.Site.Zones.FirstOrDefault(zone => zone.Id.Value == request.Field("zone"))?.Id,
            long.TryParse(request.Field("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null);
        var month = DateOnly.TryParseExact($"{request.Field("month")}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && asked.Year is > 1999 and < 2200 ? asked : request.Today;
        return new(
            filter,
            await Desk(request).Board(filter, request.Actor, request.Gone).ConfigureAwait(false),
            filter.Show is AlarmShow.Figures ? await Desk(request).Figures(month, request.Actor, request.Gone).ConfigureAwait(false) : null,
            month);
    }

    private static TChoice? Choice<TChoice>(PageRequest request, string field)
        where TChoice : struct, Enum => Enum.TryParse<TChoice>(request.Field(field), out var choice) && Enum.IsDefined(choice) ? choice : null;

    private static async Task<IResult> One(PageRequest request) =>
        await Desk(request).File(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false) is { } file ? request.Show<AlarmPage>(file) : NotFound(request);

    private static async Task<IResult> Ask(PageRequest request, AlarmAct act, FormState state)
    {
        if (await Desk(request).File(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false) is not { } file || file.Line.Alarm.State is AlarmState.Over)
        {
            return NotFound(request);
        }

        var longest = ShelfLimits.Of(file.Line.Alarm.Kind, file.Line.Alarm.Level) is { } most ? request.Now + most : (DateTimeOffset?)null;
        return request.Show<AlarmActPage>(new AlarmActModel(file, act, longest, state), state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static Task<IResult> Acknowledge(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var form = new AcknowledgeForm(request.Route("id"), reader.Text("note", 400), reader.Ticked("false").Contains("yes"), reader.Ticked("also"));
        return request.ForForm(reader, form, "/alarms", "/alarms", read => Desk(request).Acknowledge(read, request.Actor, request.Gone), state => Ask(request, AlarmAct.Acknowledge, state));
    }

    private static Task<IResult> Shelve(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var until = Moment(request, reader, "until");
        var reason = reader.Text("reason", 400);
        return request.ForForm(
            reader, until ?? default, "/alarms", "/alarms", read => Desk(request).Shelve(request.Route("id"), read, reason, request.Actor, request.Gone), state => Ask(request, AlarmAct.Shelve, state));
    }

    private static Task<IResult> HandOver(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (to, note) = (new PersonId(reader.Text("to", 20)), reader.Text("note", 400));
        return request.ForForm(
            reader, to, $"/alarms/{Uri.EscapeDataString(request.Route("id"))}", "/alarms", read => Desk(request).HandOver(request.Route("id"), read, note, request.Actor, request.Gone), state => Ask(request, AlarmAct.HandOver, state));
    }

    private static async Task<IResult> AskUnshelve(PageRequest request, FormState state)
    {
        if (await Desk(request).File(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false) is not { } file || !file.Line.Alarm.IsShelved(request.Now))
        {
            return NotFound(request);
        }

        var ink = request.Ink;
        var alarm = file.Line.Alarm;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(AlarmsText.UnshelveTitle, AlarmsText.TitleOf(alarm, ink)), ink[AlarmsText.UnshelveLead], ink[AlarmsText.Unshelve], $"/alarms/{alarm.Id}/unshelve", $"/alarms/{alarm.Id}", Danger: false,
                AsksReason: false, "/alarms", [(ink[AlarmsText.Until], ink.Stamp(alarm.Shelved!.Until)), (ink[DeskText.Reason], alarm.Shelved.Reason)], [], state),
            state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Unshelve(PageRequest request)
    {
        var done = await Desk(request).Unshelve(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(done, "/alarms", "/alarms", () => AskUnshelve(request, FormState.Empty with { Problems = done.Problems })).ConfigureAwait(false);
    }

    private static async Task<IResult> Contacts(PageRequest request, string form, FormState state) => request.Show<ContactsPage>(
        new ContactsModel(await request.Port<IAlarmContactDesk>().Look(request.Actor, request.Gone).ConfigureAwait(false), form, state),
        state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static Task<IResult> SetContact(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var contact = new AlarmContact(reader.Optional("contact", 20), reader.Optional("label"), reader.Lines("ways", 1200));
        var reason = reader.Text("reason", 400);
        return request.ForForm(
            reader, contact, "/alarms/contacts", "/alarms", read => request.Port<IAlarmContactDesk>().SetContact(read, reason, request.Actor, request.Gone), state => Contacts(request, "contact", state));
    }

    private static Task<IResult> SetList(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var steps = ImmutableArray.CreateBuilder<ContactStep>();
        foreach (var line in reader.Lines("steps", 600))
        {
            var parts = line.Normalize(System.Text.NormalizationForm.FormKC).Split([',', '、'], StringSplitOptions.TrimEntries);
            if (parts is [{ Length: > 0 } contact, var minutes] && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            {
                steps.Add(new(contact, after));
            }
            else
            {
                reader.Complain("steps", FieldFault.UnreadableLine, line);
            }
        }

        var list = new ContactList(reader.Text("for", 40), Zone(reader, "list-zone"), steps.DrainToImmutable());
        var reason = reader.Text("list-reason", 400);
        return request.ForForm(
            reader, list, "/alarms/contacts", "/alarms",
            read => Renamed(request.Port<IAlarmContactDesk>().SetList(read, reason, request.Actor, request.Gone), "zone", "list-zone"), state => Contacts(request, "list", state));
    }

    private static Task<IResult> Drill(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (zone, level, purpose) = (Zone(reader, "drill-zone"), reader.Choice<AlarmLevel>("drill-level"), reader.Text("purpose", 400));
        return request.ForForm(
            reader, level, "/alarms", "/alarms",
            read => Renamed(request.Port<IAlarmContactDesk>().Drill(zone, read, purpose, request.Actor, request.Gone), "zone", "drill-zone"), state => Contacts(request, "drill", state));
    }

    // Three forms stand on one page, and no two fields of a page bear one name.
    private static async Task<ActResult> Renamed(Task<ActResult> act, string from, string to)
    {
        var done = await act.ConfigureAwait(false);
        return done with { Problems = [.. done.Problems.Select(problem => problem.Field == from ? problem with { Field = to } : problem)] };
    }

    private static async Task<IResult> Maintenance(PageRequest request, FormState state) => request.Show<MaintenancePage>(
        new MaintenanceModel(await request.Port<IMaintenanceDesk>().Look(request.Actor, request.Gone).ConfigureAwait(false), state),
        state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static Task<IResult> BeginMaintenance(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var device = reader.Optional("device", 60);
        var form = new MaintenanceForm(
            Zone(reader, "zone"), device.Length > 0 ? device : null, new(reader.Text("person", 20)), Moment(request, reader, "until") ?? default, reader.Text("what", 400));
        return request.ForForm(
            reader, form, "/alarms/maintenance", "/alarms", read => request.Port<IMaintenanceDesk>().Begin(read, request.Actor, request.Gone), state => Maintenance(request, state));
    }

    private static async Task<IResult> AskEnd(PageRequest request, FormState state)
    {
        var look = await request.Port<IMaintenanceDesk>().Look(request.Actor, request.Gone).ConfigureAwait(false);
        if (look.Lines.FirstOrDefault(line => line.Work.Id == request.Route("id") && line.Goes(request.Now)) is not { } found)
        {
            return NotFound(request);
        }

        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(AlarmsText.MaintenanceEndTitle, found.Work.Id), ink[AlarmsText.MaintenanceEndLead], ink[AlarmsText.MaintenanceEnd], $"/alarms/maintenance/{Uri.EscapeDataString(found.Work.Id)}/end",
                "/alarms/maintenance", Danger: false, AsksReason: true, "/alarms", [(ink[AlarmsText.What], found.Work.What)], [], state),
            state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static Task<IResult> EndMaintenance(PageRequest request) => request.ForReason(
        "/alarms/maintenance", "/alarms", reason => request.Port<IMaintenanceDesk>().End(request.Route("id"), reason, request.Actor, request.Gone), state => AskEnd(request, state));

    private static ZoneId? Zone(FormReader reader, string field) => reader.Optional(field, 40) is { Length: > 0 } zone ? new ZoneId(zone) : null;

    private static DateTimeOffset? Moment(PageRequest request, FormReader reader, string field)
    {
        var typed = reader.Text(field, 40);
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

    private static IResult NotFound(PageRequest request) => request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
}
