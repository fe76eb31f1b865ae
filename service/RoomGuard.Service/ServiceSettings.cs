using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Hosting;
using RoomGuard.Service.Notices;
using RoomGuard.Service.Readings;
using RoomGuard.Service.SignIn;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service;

/// <summary>Whether a site is real (R-CFG-05).</summary>
public enum EnvironmentKind
{
    /// <summary>Invented people and simulated devices may be used.</summary>
    Test,

    /// <summary>Real doors, real people.</summary>
    Production,
}

/// <summary>Whose record this is.</summary>
/// <param name="Id">Names the record for good, e.g. <c>kakuu-1</c>.</param>
/// <param name="TimeZone">IANA name by which days and hours count.</param>
/// <param name="PolicyProfile">運用区分: which versions were adopted, and what the site says of its own (R-PROF-01); null: Base.</param>
public sealed record SiteSettings(string Id, string Organisation, string Name, EnvironmentKind Environment, string TimeZone, SiteProfile? PolicyProfile = null);

/// <summary>What listens (architecture.md section 10).</summary>
/// <param name="Address">For all but <paramref name="Watch"/>, which stays on this machine; loopback unless a person decides otherwise.</param>
/// <param name="DashboardHttp">Plain HTTP for a Test site on loopback; null: none.</param>
/// <param name="Names">More names and addresses the service's certificate is to carry.</param>
/// <param name="Reception">The reception desk's own listener with visit functions only (R-NET-07), HTTPS unless <paramref name="DashboardHttp"/> is given; null: none.</param>
public sealed record ListenSettings(string Address, int DashboardHttps, int? DashboardHttp, int Panels, int Watch, ImmutableArray<string> Names = default, int? Reception = null);

/// <summary>A zone with its rules.</summary>
/// <param name="Kind">R-ZONE-01; null: not said, and then the zone is not in service.</param>
/// <param name="Floor">R-ZONE-02: 1 is the ground floor, below 0 the basement.</param>
/// <param name="Segment">R-ZONE-05.</param>
/// <param name="Importance">R-ZONE-05; null is treated as class I.</param>
/// <param name="Parent">R-ZONE-09: the zone it lies in.</param>
/// <param name="Rules">What else has to hold at its doors; null: the common rules.</param>
public sealed record ZoneSettings(
    string Id,
    string Label,
    string LabelEn,
    int RequiredFactors,
    ImmutableArray<EntryMethod> Methods,
    StaleListRule StaleList,
    ZoneKind? Kind = null,
    int? Floor = null,
    Segment? Segment = null,
    ImportanceClass? Importance = null,
    string? Parent = null,
    EntryRules? Rules = null);

/// <summary>What R-ZONE-03 and R-ZONE-04 ask of a door that leads outside.</summary>
public sealed record OuterDoorSettings(string Reason, string? Lock = null, string? Contact = null, string? Alarm = null, string? ApprovedBy = null);

/// <summary>A door and the bridge it hangs on.</summary>
/// <param name="LeadsOutside">外部に通ずるドア; null: it leads to another room of the building's inside.</param>
public sealed record DoorSettings(string Id, string Zone, string Panel, string Label, string LabelEn, OuterDoorSettings? LeadsOutside = null);

/// <summary>The register kept by hand (R-DOOR-11).</summary>
/// <param name="ConfirmWorkingDays">† Within how many working days another person confirms a line.</param>
/// <param name="DaysBack">† How old a line may be when it is entered.</param>
public sealed record HandRegisterSettings(int ConfirmWorkingDays = 1, int DaysBack = 31);

/// <summary>All settings of the service. Keys are never among them (R-CFG-11).</summary>
/// <param name="DataFolder">Record, keys, certificates, lists. Relative to the working folder.</param>
/// <param name="Zones">Empty, with <paramref name="Doors"/>: people register both at the first set-up and later, and the record keeps them.</param>
/// <param name="Panels">Bridges that may join.</param>
/// <param name="GrantListAgeLimit">How old a list may grow at a bridge before the zone's rule decides (R-RED-01).</param>
/// <param name="SignIn">How people sign in; null: as usual.</param>
/// <param name="Floors">平面図 for the live plan; null: none.</param>
/// <param name="Patterns">By which figures 気になる動き are told (R-MON-05); null: as usual.</param>
/// <param name="HandRegister">The register kept by hand; null: as usual.</param>
/// <param name="Readings">How long measured values are kept; null: as usual.</param>
/// <param name="Notices">How alarms reach people outside; null: on the pages alone, and no connection leaves this machine for it (R-NET-05).</param>
public sealed record ServiceSettings(
    SiteSettings Site,
    string DataFolder,
    ListenSettings Listen,
    ImmutableArray<ZoneSettings> Zones,
    ImmutableArray<DoorSettings> Doors,
    ImmutableArray<string> Panels,
    TimeSpan GrantListAgeLimit,
    TelemetrySettings Telemetry,
    SignInSettings? SignIn = null,
    ImmutableArray<FloorPlan>? Floors = null,
    PatternSettings? Patterns = null,
    HandRegisterSettings? HandRegister = null,
    ReadingsSettings? Readings = null,
    NoticeSettings? Notices = null) : ISettings, ISiteSettings
{
    /// <summary>Most doors of a site.</summary>
    public const int MostDoors = 256;

    /// <inheritdoc/>
    ServiceSettings ISiteSettings.Now => this;

    /// <summary>The site's time zone.</summary>
    [JsonIgnore]
    public TimeZoneInfo TimeZone => TimeZoneInfo.FindSystemTimeZoneById(Site.TimeZone);

    /// <summary>The zones as doors need them.</summary>
    [JsonIgnore]
    public ImmutableArray<Zone> ZoneRules =>
        [.. Zones.Select(zone => new Zone(new(zone.Id), zone.Label, zone.LabelEn, zone.RequiredFactors, zone.Methods, zone.StaleList, zone.Rules, zone.Parent is { } parent ? new ZoneId(parent) : null))];

    /// <summary>The zones as the structure rules see them.</summary>
    [JsonIgnore]
    public ImmutableArray<ZoneStructure> Structure =>
    [
        .. from zone in Zones
           let doors = Doors.Where(door => door.Zone == zone.Id).ToList()
           select new ZoneStructure(
               new(zone.Id),
               zone.Kind,
               zone.Floor,
               zone.Segment,
               zone.Importance,
               zone.Parent is { } parent ? new ZoneId(parent) : null,
               zone.RequiredFactors,
               [.. from door in doors where door.LeadsOutside is not null let outer = door.LeadsOutside select new OuterDoor(new(door.Id), outer.Reason, outer.Lock, outer.Contact, outer.Alarm, outer.ApprovedBy)],
               [.. doors.Select(door => door.Panel).Distinct()]),
    ];

    /// <summary>The bridges.</summary>
    [JsonIgnore]
    public ImmutableArray<PanelId> PanelIds => [.. Panels.Select(panel => new PanelId(panel))];

    /// <inheritdoc/>
    public IEnumerable<string> Problems() => [.. SiteProblems(), .. ListenProblems(), .. SignInProblems(), .. ZoneProblems(), .. DoorProblems(), .. FloorProblems(), .. RegisterProblems(), .. Readings?.Problems("readings") ?? [], .. Notices?.Problems("notices") ?? [], .. Telemetry.Problems("telemetry")];

    private static bool IsName(string? text) =>
        text is { Length: >= 1 and <= 40 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') && char.IsAsciiLetterOrDigit(text[0]);

    private static string? Doubled(IEnumerable<string> names) => names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;

    private IEnumerable<string> SiteProblems()
    {
        if (!IsName(Site.Id))
        {
            yield return $"site.id: \"{Site.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens.";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Site.TimeZone, out _))
        {
            yield return $"site.timeZone: \"{Site.TimeZone}\" is not known on this machine. Write an IANA name such as Asia/Tokyo.";
        }

        if (string.IsNullOrWhiteSpace(Site.Organisation) || Site.Organisation.Length > 100 || string.IsNullOrWhiteSpace(Site.Name) || Site.Name.Length > 100)
        {
            yield return "site.organisation and site.name: write 1 to 100 characters each.";
        }

        foreach (var problem in Site.PolicyProfile?.Problems("site.policyProfile") ?? [])
        {
            yield return problem;
        }

        if (string.IsNullOrWhiteSpace(DataFolder))
        {
            yield return "dataFolder: empty. Name the folder in which the record is to be kept.";
        }

        if (GrantListAgeLimit < TimeSpan.FromHours(1) || GrantListAgeLimit > TimeSpan.FromDays(30))
        {
            yield return $"grantListAgeLimit: {GrantListAgeLimit} is outside 01:00:00 to 30.00:00:00.";
        }
    }

    private IEnumerable<string> ListenProblems()
    {
        if (!IPAddress.TryParse(Listen.Address, out var address))
        {
            yield return $"listen.address: \"{Listen.Address}\" is not an IP address. Write 127.0.0.1, ::1, 0.0.0.0 or the address of one interface.";
        }
        else if (!IPAddress.IsLoopback(address) && Listen.DashboardHttp is not null)
        {
            yield return $"listen.address: \"{Listen.Address}\" is not loopback, and listen.dashboardHttp would carry sign-ins in clear. Write null there.";
        }

        (string Place, int? Port)[] ports =
            [("dashboardHttps", Listen.DashboardHttps), ("dashboardHttp", Listen.DashboardHttp), ("panels", Listen.Panels), ("watch", Listen.Watch), ("reception", Listen.Reception)];
        foreach (var (place, port) in ports)
        {
            if (port is < 1 or > 65535)
            {
                yield return $"listen.{place}: {port} is not a port. Write 1 to 65535.";
            }
        }

        if (ports.Where(item => item.Port is not null).GroupBy(item => item.Port).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            yield return $"listen: {string.Join(" and ", same.Select(item => item.Place))} share port {same.Key}. Give each its own.";
        }

        if (Listen.DashboardHttp is not null && Site.Environment != EnvironmentKind.Test)
        {
            yield return "listen.dashboardHttp: plain HTTP is only for a site marked Test. Write null.";
        }
    }

    private IEnumerable<string> SignInProblems()
    {
        foreach (var problem in SignIn?.Provider?.Problems(Site.Environment == EnvironmentKind.Test) ?? [])
        {
            yield return problem;
        }

        foreach (var problem in SignIn?.InsideProblems() ?? [])
        {
            yield return problem;
        }

        if (SignIn is not { HasDemoPeople: true } signIn)
        {
            yield break;
        }

        if (Site.Environment != EnvironmentKind.Test)
        {
            yield return "signIn.demoPeople: people to choose without proof are only for a site marked Test. Remove them (R-SIGN-12).";
        }

        if (!IPAddress.TryParse(Listen.Address, out var address) || !IPAddress.IsLoopback(address))
        {
            yield return "signIn.demoPeople: people to choose without proof are only for a site that listens on loopback. Remove them or write 127.0.0.1 as listen.address.";
        }

        if (signIn.DemoPeople.FirstOrDefault(name => !SignInNames.IsOne(name)) is { } wrong)
        {
            yield return $"signIn.demoPeople: \"{wrong}\" is no sign-in name. Use 3 to 40 letters, digits, dots and hyphens.";
        }
    }

    private IEnumerable<string> ZoneProblems()
    {
        if (Zones.IsDefaultOrEmpty)
        {
            // Neither zones nor doors: people register them at the first set-up.
            if (!Doors.IsDefaultOrEmpty || Floors is { IsDefaultOrEmpty: false })
            {
                yield return "zones: empty, though doors or floors are named. Name the zones too, or leave all three empty and register them at the first set-up.";
            }

            yield break;
        }

        if (Doubled(Zones.Select(zone => zone.Id)) is { } twice)
        {
            yield return $"zones: {twice} stands twice.";
        }

        foreach (var (place, zone) in Zones.Index())
        {
            if (!IsName(zone.Id))
            {
                yield return $"zones.{place}.id: \"{zone.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens.";
            }

            if (zone.RequiredFactors is < 1 or > 2)
            {
                yield return $"zones.{place}.requiredFactors: {zone.RequiredFactors} is neither 1 nor 2 (R-DOOR-03).";
            }

            if (zone.Methods.IsDefaultOrEmpty || zone.Methods.Distinct().Count() < zone.RequiredFactors)
            {
                yield return $"zones.{place}.methods: fewer methods than requiredFactors. Nobody could ever enter.";
            }
        }
    }

    private IEnumerable<string> FloorProblems() => (Floors ?? []).Index().SelectMany(
        floor => floor.Item.Problems($"floors.{floor.Index}", [.. Zones.Select(zone => zone.Id)], [.. Doors.Select(door => door.Id)]));

    private IEnumerable<string> RegisterProblems()
    {
        foreach (var problem in Patterns?.Problems("patterns") ?? [])
        {
            yield return problem;
        }

        if (HandRegister is { ConfirmWorkingDays: < 1 or > 20 } or { DaysBack: < 1 or > 366 })
        {
            yield return $"handRegister: confirmWorkingDays {HandRegister.ConfirmWorkingDays} must be 1 to 20 and daysBack {HandRegister.DaysBack} 1 to 366 (R-DOOR-11).";
        }
    }

    private IEnumerable<string> DoorProblems()
    {
        if ((Doors.IsDefaultOrEmpty && !Zones.IsDefaultOrEmpty) || (!Doors.IsDefault && Doors.Length > MostDoors))
        {
            yield return $"doors: {(Doors.IsDefault ? 0 : Doors.Length)} doors; write 1 to {MostDoors}.";
            yield break;
        }

        if (Panels.IsDefaultOrEmpty || Panels.FirstOrDefault(panel => !IsName(panel)) is not null)
        {
            yield return "panels: name at least one bridge, each with 1 to 40 letters, digits and hyphens.";
            yield break;
        }

        if (Doubled(Doors.Select(door => door.Id)) is { } twice)
        {
            yield return $"doors: {twice} stands twice.";
        }

        foreach (var (place, door) in Doors.Index())
        {
            if (!IsName(door.Id))
            {
                yield return $"doors.{place}.id: \"{door.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens.";
            }

            if (!Zones.Any(zone => zone.Id == door.Zone))
            {
                yield return $"doors.{place}.zone: \"{door.Zone}\" is no zone of this file.";
            }

            if (!Panels.Contains(door.Panel))
            {
                yield return $"doors.{place}.panel: \"{door.Panel}\" is no bridge of this file.";
            }
        }

        foreach (var zone in Doors.GroupBy(door => door.Zone).Where(zone => zone.Select(door => door.Panel).Distinct().Count() > 1))
        {
            yield return $"doors: the doors of zone {zone.Key} hang on several bridges. Presence is kept by one bridge, so give them all to the same one.";
        }
    }
}

/// <summary>How settings are read: unknown, doubled and missing keys are errors, comments are allowed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(ServiceSettings))]
public sealed partial class ServiceSettingsJson : JsonSerializerContext;
