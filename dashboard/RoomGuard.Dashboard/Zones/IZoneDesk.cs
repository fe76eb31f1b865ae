using System.Collections.Immutable;
using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Zones;

/// <summary>
/// The site itself: what it is called, which policy profile it follows, its zones and its doors. At the first start the administrators enter it and both check
/// it; afterwards SYS or OPS asks for a change and SUP, another person, allows it (row "Zone registration, outer doors" of section (c), R-CFG-02).
/// </summary>
public interface IZoneDesk
{
    /// <summary>How many changes wait for this person's word.</summary>
    Task<int> Waiting(Actor by, CancellationToken gone);

    /// <summary>Everything about it, as it stands now.</summary>
    Task<SiteLook> Look(CancellationToken gone);

    /// <summary>What the site and its posts are called. First start only.</summary>
    Task<ActResult> Name(SiteNameForm form, Actor by, CancellationToken stop);

    /// <summary>A version of a policy profile, by whose decision and from when (R-PROF-01, R-PROF-02). At the first start an administrator, later SUP.</summary>
    Task<ActResult> Adopt(ProfileAdoption adoption, Actor by, CancellationToken stop);

    /// <summary>Registers, changes or takes out one zone or door; after the first start this asks for it only.</summary>
    /// <param name="change">Its id is not looked at.</param>
    /// <param name="version">The entry the form was made from; 0: something new. Another one by now: <see cref="FieldFault.ChangedMeanwhile"/>.</param>
    /// <param name="reason">Why; not asked at the first start.</param>
    Task<ActResult> Put(SiteChange change, long version, string reason, Actor by, CancellationToken stop);

    /// <summary>SUP allows a change that was asked for, or does not.</summary>
    Task<ActResult> Decide(string change, bool allowed, string note, Actor by, CancellationToken stop);

    /// <summary>An administrator of the first start has looked at everything. The second one's word ends the first start for good.</summary>
    Task<ActResult> Check(Actor by, CancellationToken stop);
}

/// <summary>What a site is called.</summary>
/// <param name="Posts">What the organisation calls the holders of roles; those that are missing keep the profile's or our word.</param>
public sealed record SiteNameForm(string Organisation, string Name, ImmutableArray<RolePost> Posts);

/// <summary>A zone with what is wrong with it.</summary>
/// <param name="Version">Number of the entry that says so.</param>
public sealed record ZoneLine(ZoneRegistration Zone, long Version, ImmutableArray<ZoneFinding> Findings)
{
    /// <summary>R-ZONE-04: nobody is let in while something keeps it out of service.</summary>
    public bool InService => Findings.All(finding => finding.Effect is not ZoneEffect.NotInService);
}

/// <summary>How a door of the register stands to the wires.</summary>
public enum DoorLink
{
    /// <summary>Its bridge has a door of this name with a reader.</summary>
    Linked,

    /// <summary>Its bridge has a door of this name without a reader: nobody can badge there.</summary>
    NoReader,

    /// <summary>Its bridge has told of its doors, and this is none of them.</summary>
    NotAtBridge,

    /// <summary>The bridge applies the rules of another zone at it.</summary>
    OtherZone,

    /// <summary>The bridge has not told of its doors yet.</summary>
    Unknown,
}

/// <summary>A door with how it is linked.</summary>
/// <param name="Wired">What its bridge found; null: nothing.</param>
public sealed record DoorLine(DoorRegistration Door, long Version, DoorLink Link, DoorWired? Wired);

/// <summary>A bridge and what it found.</summary>
/// <param name="Enrolled">It has joined.</param>
/// <param name="Heard">When it last told something; null: not since the service started.</param>
/// <param name="Free">Doors it is wired for that nobody has registered: their readers open no registered door.</param>
/// <param name="Readers">How many readers answer, of how many.</param>
public sealed record PanelFound(PanelId Panel, bool Enrolled, DateTimeOffset? Heard, ImmutableArray<DoorWired> Free, int Doors, (int Online, int All) Readers);

/// <summary>A rack or cabinet as it stands (R-ZONE-10).</summary>
/// <param name="Open">Null: 不明, also while its bridge is silent. Of one that nothing watches it means nothing.</param>
/// <param name="Since">Since when it stands so; null: not known.</param>
/// <param name="Work">The work during which it was opened; null: none, or it is shut.</param>
/// <param name="LeftOpen">The work is over, and it is open still.</param>
public sealed record CabinetLine(Cabinet Cabinet, PanelId Panel, bool? Open, DateTimeOffset? Since, string? Work, bool LeftOpen);

/// <summary>A change that was asked for.</summary>
/// <param name="Allowed">Null: it waits.</param>
/// <param name="Differences">Field by field from what stands now; for something new or taken out, all of it.</param>
public sealed record SiteChangeLine(SiteChange Change, DateTimeOffset At, NamedPerson By, string Reason, bool? Allowed, string Note, ImmutableArray<FieldChange> Differences);

/// <summary>One field of a change, before and after.</summary>
/// <param name="Field">As the form names it.</param>
public sealed record FieldChange(string Field, string Before, string After);

/// <summary>The whole of the site.</summary>
/// <param name="ByRecord">False: the settings file has the site, and nothing is entered here.</param>
/// <param name="Named">Somebody said what it is called.</param>
/// <param name="Adopted">A decision names the profile; false: Base holds by default.</param>
/// <param name="ProfileOfFile">The settings file names the profile.</param>
/// <param name="Adoptions">Versions in the record, newest first.</param>
/// <param name="Profiles">From which one may choose: the newest version of each.</param>
/// <param name="Panels">Bridges that may join.</param>
/// <param name="CheckedBy">Administrators who have looked at what stands now.</param>
public sealed record SiteLook(
    bool ByRecord,
    string Organisation,
    string Name,
    ImmutableArray<RolePost> Posts,
    bool Named,
    PolicyInForce Policy,
    PolicyProfile Base,
    bool Adopted,
    bool ProfileOfFile,
    ImmutableArray<ProfileAdoption> Adoptions,
    ImmutableArray<PolicyProfile> Profiles,
    ImmutableArray<ZoneLine> Zones,
    ImmutableArray<DoorLine> Doors,
    ImmutableArray<PanelFound> Panels,
    ImmutableArray<SiteChangeLine> Changes,
    ImmutableArray<NamedPerson> CheckedBy)
{
    /// <summary>Racks and cabinets, by zone and name.</summary>
    public ImmutableArray<CabinetLine> Cabinets { get; init; } = [];
}
