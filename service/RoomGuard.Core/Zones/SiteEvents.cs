using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Zones;

/// <summary>管理区域 as people register it (R-ZONE-01 to 05, 09).</summary>
/// <param name="Label">The zone's name for people, Japanese; the profile offers its own word for a room.</param>
/// <param name="Floor">1 is the ground floor, below 0 the basement.</param>
/// <param name="Importance">Null: not classified, which counts as class I.</param>
/// <param name="Parent">The zone it lies in; null: it is entered from outside.</param>
/// <param name="Exception">例外措置 this zone cites, by its number; null: none.</param>
public sealed record ZoneRegistration(
    ZoneId Id,
    string Label,
    string LabelEn,
    ZoneKind Kind,
    int Floor,
    Segment Segment,
    ImportanceClass? Importance,
    int RequiredFactors,
    ImmutableArray<EntryMethod> Methods,
    StaleListRule StaleList,
    ZoneId? Parent,
    string? Exception);

/// <summary>A door as people register it. Its wires are the bridge's own settings; the id is the name both know it by.</summary>
/// <param name="Panel">The bridge it hangs on.</param>
/// <param name="LeadsOutside">外部に通ずるドア (R-ZONE-03); null: it leads to another room of the building.</param>
public sealed record DoorRegistration(DoorId Id, ZoneId Zone, string Panel, string Label, string LabelEn, OuterDoor? LeadsOutside);

/// <summary>What an organisation calls the one who holds a role (RoleNames of section (b)).</summary>
public sealed record RolePost(Role Role, string Post);

/// <summary>A change of one zone or one door, asked for and waiting for SUP (R-CFG-01, R-CFG-02).</summary>
/// <param name="Id">E.g. <c>SC-0003</c>.</param>
/// <param name="Zone">Set: the zone as it shall be.</param>
/// <param name="Door">Set: the door as it shall be.</param>
/// <param name="Removed">It shall be taken out instead.</param>
public sealed record SiteChange(string Id, ZoneRegistration? Zone, DoorRegistration? Door, bool Removed)
{
    /// <summary>Id of the zone or door.</summary>
    public string Place => Zone?.Id.Value ?? Door?.Id.Value ?? "";
}

/// <summary>The site was named, with what the organisation calls its roles.</summary>
public sealed record SiteNamed(DateTimeOffset OccurredAt, string Organisation, string Name, ImmutableArray<RolePost> Posts, string By) : RecordedEvent(OccurredAt);

/// <summary>A zone was registered, changed or taken out; the whole of it as it now stands (R-ZONE-01).</summary>
public sealed record ZoneRegistered(DateTimeOffset OccurredAt, ZoneRegistration Zone, bool Removed, string By) : RecordedEvent(OccurredAt);

/// <summary>A door was registered, changed or taken out; the whole of it as it now stands (R-ZONE-03).</summary>
public sealed record DoorRegistered(DateTimeOffset OccurredAt, DoorRegistration Door, bool Removed, string By) : RecordedEvent(OccurredAt);

/// <summary>A change of the site was asked for. It has no effect before it is allowed.</summary>
/// <param name="Person">Who asks: the approver is another person (R-CFG-02).</param>
public sealed record SiteChangeAsked(DateTimeOffset OccurredAt, string Change, ZoneRegistration? Zone, DoorRegistration? Door, bool Removed, string Reason, PersonId Person, string By) : RecordedEvent(OccurredAt);

/// <summary>A change of the site was allowed or not; what follows from allowing is the next entry.</summary>
public sealed record SiteChangeDecided(DateTimeOffset OccurredAt, string Change, bool Allowed, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>An administrator of the first start has looked at all that was entered and found it right.</summary>
public sealed record SetUpChecked(DateTimeOffset OccurredAt, PersonId Person, string By) : RecordedEvent(OccurredAt);
