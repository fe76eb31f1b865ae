using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Zones;

/// <summary>
/// The forms of zones, doors and the policy profile: the same at the first start and afterwards. They differ in where they stand and in whether what is sent is
/// done or asked for.
/// </summary>
/// <param name="Root">Where the forms stand: <c>/setup</c> or <c>/zones</c>.</param>
/// <param name="First">The first start: what is sent is done at once.</param>
internal sealed record SiteForms(string Root, bool First)
{
    /// <summary>Value of an id that is not known yet.</summary>
    public const string New = "new";

    /// <summary>The form of a zone.</summary>
    public async Task<IResult> Zone(PageRequest request)
    {
        var look = await Look(request).ConfigureAwait(false);
        var id = request.Route("id");
        var line = look.Zones.FirstOrDefault(one => one.Zone.Id.Value == id);
        return look.ByRecord && (line is not null || id == New) ? ShowZone(request, look, line, line is null ? FreshZone(look) : StateOf(line)) : Missing(request);
    }

    /// <summary>What was sent from it.</summary>
    public async Task<IResult> PutZone(PageRequest request)
    {
        var look = await Look(request).ConfigureAwait(false);
        var line = look.Zones.FirstOrDefault(one => one.Zone.Id.Value == request.Route("id"));
        if (!look.ByRecord || (line is null && request.Route("id") != New))
        {
            return Missing(request);
        }

        var reader = new FormReader(request.Form);
        var removed = line is not null && request.Field("act") == "remove";
        var zone = removed ? line!.Zone : ReadZone(reader, line?.Zone.Id);
        return await Put(request, reader, new("", zone, null, removed), state => ShowZone(request, look, line, state)).ConfigureAwait(false);
    }

    /// <summary>The form of a door; one that a bridge found comes filled in.</summary>
    public async Task<IResult> Door(PageRequest request)
    {
        var look = await Look(request).ConfigureAwait(false);
        var id = request.Route("id");
        var line = look.Doors.FirstOrDefault(one => one.Door.Id.Value == id);
        var found = look.Panels.SelectMany(panel => panel.Free.Select(door => (panel.Panel, Door: door))).FirstOrDefault(one => one.Door.Door.Value == request.Field("found"));
        return look.ByRecord && (line is not null || id == New)
            ? ShowDoor(request, look, line, line is not null ? StateOf(line) : found.Door is { } wired ? StateOf(found.Panel, wired, look) : FreshDoor(look))
            : Missing(request);
    }

    /// <summary>What was sent from it.</summary>
    public async Task<IResult> PutDoor(PageRequest request)
    {
        var look = await Look(request).ConfigureAwait(false);
        var line = look.Doors.FirstOrDefault(one => one.Door.Id.Value == request.Route("id"));
        if (!look.ByRecord || (line is null && request.Route("id") != New))
        {
            return Missing(request);
        }

        var reader = new FormReader(request.Form);
        var removed = line is not null && request.Field("act") == "remove";
        var door = removed ? line!.Door : ReadDoor(reader, line?.Door.Id);
        return await Put(request, reader, new("", null, door, removed), state => ShowDoor(request, look, line, state)).ConfigureAwait(false);
    }

    /// <summary>The choice of a profile, with what it changes before it is taken.</summary>
    public async Task<IResult> Profile(PageRequest request)
    {
        var look = await Look(request).ConfigureAwait(false);
        return look.ByRecord && !look.ProfileOfFile
            ? ShowProfile(request, look, FormState.Of(("decidedOn", Ink.Field(request.Today)), ("effectiveOn", Ink.Field(request.Today)), ("decidedAs", nameof(Role.ChiefOfficer))))
            : Missing(request);
    }

    /// <summary>Takes the profile.</summary>
    public async Task<IResult> Adopt(PageRequest request)
    {
        var look = await Look(request).ConfigureAwait(false);
        if (!look.ByRecord || look.ProfileOfFile)
        {
            return Missing(request);
        }

        var reader = new FormReader(request.Form);
        var adoption = new ProfileAdoption(
            reader.Text("profile", 40), (int)Math.Min(reader.Number("version"), int.MaxValue), reader.Day("effectiveOn"), reader.Choice<Role>("decidedAs"), reader.Text("decidedBy", 40), reader.Day("decidedOn"),
            reader.Text("reference", 200));
        return await request.ForForm(
            reader, adoption, First ? Root : "/policy", First ? Root : "/policy",
            said => request.Port<IZoneDesk>().Adopt(said, request.Actor, request.Gone),
            state => Task.FromResult(ShowProfile(request, look, state))).ConfigureAwait(false);
    }

    internal static Task<SiteLook> Look(PageRequest request) => request.Port<IZoneDesk>().Look(request.Gone);

    internal static IResult Missing(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static int Status(FormState state) => state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;

    private async Task<IResult> Put(PageRequest request, FormReader reader, SiteChange change, Func<FormState, IResult> again)
    {
        var reason = First ? "" : reader.Text("reason", 400);
        var version = reader.Number("version");
        return await request.ForForm(
            reader, change, Root, Root,
            said => request.Port<IZoneDesk>().Put(said, version, reason, request.Actor, request.Gone),
            state => Task.FromResult(again(state))).ConfigureAwait(false);
    }

    private IResult ShowZone(PageRequest request, SiteLook look, ZoneLine? line, FormState state) => request.Show<ZonePage>(new ZoneFormModel(Root, First, look, line, state), Status(state));

    private IResult ShowDoor(PageRequest request, SiteLook look, DoorLine? line, FormState state) => request.Show<DoorPage>(new DoorFormModel(Root, First, look, line, state), Status(state));

    private IResult ShowProfile(PageRequest request, SiteLook look, FormState state)
    {
        var chosen = look.Profiles.FirstOrDefault(one => one.Profile == request.Field("profile"));
        return request.Show<ProfilePage>(new ProfileChoiceModel(First ? $"{Root}/profile" : "/policy/adopt", First, look, chosen, state), Status(state));
    }

    private static FormState FreshZone(SiteLook look) => FormState.Of(
        ("version", "0"), ("label", look.Zones.IsEmpty ? look.Policy.InForce.LabelOf(ZoneKind.ServerRoom) : ""), ("kind", nameof(ZoneKind.ServerRoom)), ("floor", ""), ("segment", ""), ("requiredFactors", "1"),
        ("methods", nameof(EntryMethod.Card)), ("staleList", nameof(StaleListRule.StaffOnly)));

    private static FormState FreshDoor(SiteLook look) => FormState.Of(("version", "0"), ("zone", look.Zones.Length == 1 ? look.Zones[0].Zone.Id.Value : ""), ("panel", look.Panels.Length == 1 ? look.Panels[0].Panel.Value : ""), ("outer", "no"));

    private static FormState StateOf(ZoneLine line)
    {
        var zone = line.Zone;
        return FormState.Of(
        [
            ("version", Text(line.Version)), ("id", zone.Id.Value), ("label", zone.Label), ("labelEn", zone.LabelEn), ("kind", zone.Kind.ToString()), ("floor", Text(zone.Floor)), ("segment", zone.Segment.ToString()),
            ("importance", zone.Importance?.ToString() ?? ""), ("requiredFactors", Text(zone.RequiredFactors)), ("staleList", zone.StaleList.ToString()), ("parent", zone.Parent?.Value ?? ""), ("exception", zone.Exception ?? ""),
            .. zone.Methods.Select(method => ("methods", method.ToString())),
        ]);
    }

    private static FormState StateOf(DoorLine line)
    {
        var (door, outer) = (line.Door, line.Door.LeadsOutside);
        return FormState.Of(
            ("version", Text(line.Version)), ("id", door.Id.Value), ("zone", door.Zone.Value), ("panel", door.Panel), ("label", door.Label), ("labelEn", door.LabelEn), ("outer", outer is null ? "no" : "yes"),
            ("outerReason", outer?.Reason ?? ""), ("lock", outer?.Lock ?? ""), ("contact", outer?.Contact ?? ""), ("alarm", outer?.Alarm ?? ""), ("approvedBy", outer?.ApprovedBy ?? ""));
    }

    private static FormState StateOf(PanelId panel, DoorWired wired, SiteLook look) => FormState.Of(
        ("version", "0"), ("id", wired.Door.Value), ("zone", look.Zones.Any(zone => zone.Zone.Id == wired.Zone) ? wired.Zone.Value : ""), ("panel", panel.Value), ("label", wired.Label), ("labelEn", wired.LabelEn), ("outer", "no"),
        ("lock", wired.Lock), ("contact", wired.Contact));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static ZoneRegistration ReadZone(FormReader reader, ZoneId? known)
    {
        var importance = reader.Optional("importance");
        var parent = reader.Optional("parent");
        return new(
            known ?? new(reader.Text("id", 20)),
            reader.Text("label"),
            reader.Text("labelEn"),
            reader.Choice<ZoneKind>("kind"),
            ReadFloor(reader),
            reader.Choice<Segment>("segment"),
            importance.Length == 0 ? null : reader.Choice<ImportanceClass>("importance"),
            (int)Math.Min(reader.Number("requiredFactors"), int.MaxValue),
            ReadMethods(reader),
            reader.Choice<StaleListRule>("staleList"),
            parent.Length == 0 ? null : new ZoneId(parent),
            reader.Optional("exception", 40) is { Length: > 0 } exception ? exception : null);
    }

    // Below ground is written with a sign, which is no whole number to a person who types one; the form offers floors to choose.
    private static int ReadFloor(FormReader reader)
    {
        var text = reader.Text("floor", 4);
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var floor) || text.Length == 0)
        {
            return floor;
        }

        reader.Complain("floor", FieldFault.NotAChoice);
        return 0;
    }

    private static ImmutableArray<EntryMethod> ReadMethods(FormReader reader)
    {
        var methods = ImmutableArray.CreateBuilder<EntryMethod>();
        foreach (var text in reader.Ticked("methods"))
        {
            if (!Enum.TryParse<EntryMethod>(text, out var method) || !Enum.IsDefined(method) || char.IsAsciiDigit(text[0]))
            {
                reader.Complain("methods", FieldFault.NotAChoice);
                return [];
            }

            methods.Add(method);
        }

        if (methods.Count == 0)
        {
            reader.Complain("methods", FieldFault.Required);
        }

        return [.. methods.Order()];
    }

    private static DoorRegistration ReadDoor(FormReader reader, DoorId? known)
    {
        var id = known ?? new(reader.Text("id", 20));
        var outer = reader.Text("outer");
        if (outer is not ("yes" or "no"))
        {
            reader.Complain("outer", FieldFault.NotAChoice);
        }

        return new(
            id, new(reader.Text("zone")), reader.Text("panel"), reader.Text("label"), reader.Text("labelEn"),
            outer == "yes"
                ? new OuterDoor(id, reader.Text("outerReason", 200), Maybe(reader, "lock"), Maybe(reader, "contact"), Maybe(reader, "alarm"), reader.Optional("approvedBy", 200) is { Length: > 0 } approved ? approved : null)
                : null);
    }

    private static string? Maybe(FormReader reader, string field) => reader.Optional(field, 40) is { Length: > 0 } text ? text : null;
}

/// <summary>The form of a zone.</summary>
/// <param name="Line">Null: something new.</param>
public sealed record ZoneFormModel(string Root, bool First, SiteLook Site, ZoneLine? Line, FormState State);

/// <summary>The form of a door.</summary>
/// <param name="Line">Null: something new.</param>
public sealed record DoorFormModel(string Root, bool First, SiteLook Site, DoorLine? Line, FormState State);

/// <summary>The choice of a policy profile.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Chosen">The one that is looked at; null: none yet.</param>
public sealed record ProfileChoiceModel(string Path, bool First, SiteLook Site, PolicyProfile? Chosen, FormState State);

/// <summary>区域と扉.</summary>
/// <param name="MayAsk">Whether the person may ask for changes.</param>
/// <param name="MayDecide">Whether the person may allow them.</param>
public sealed record ZonesModel(SiteLook Site, bool MayAsk, bool MayDecide);

/// <summary>A change to be decided.</summary>
public sealed record SiteChangeModel(SiteChangeLine Line, FormState State);
