using RoomGuard.Core.Zones;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Zones;

/// <summary>The settings with the site as it stands at this moment: its names, its zones and its doors. Asked each time, never kept.</summary>
public interface ISiteSettings
{
    /// <summary>As they stand now.</summary>
    ServiceSettings Now { get; }
}

/// <summary>
/// Where a settings file names zones and doors, it is the site and nothing here changes it. Where it names none, people register them at first set-up and
/// later, and the record is the site.
/// </summary>
public sealed class SiteBook : ISiteSettings
{
    private readonly ServiceRecord record;
    private readonly ServiceSettings settings;
    private long changes;
    private volatile Kept? kept;

    /// <summary>Follows the record from now on.</summary>
    public SiteBook(ServiceRecord record, ServiceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(settings);
        (this.record, this.settings) = (record, settings);
        record.Follow(items =>
        {
            if (items.Any(item => item.Event is SiteNamed or ZoneRegistered or DoorRegistered))
            {
                _ = Interlocked.Increment(ref changes);
            }
        });
    }

    /// <summary>Whether people register the site's zones and doors; false: the settings file has them.</summary>
    public bool ByRecord => settings.Zones.IsDefaultOrEmpty;

    /// <inheritdoc/>
    public ServiceSettings Now
    {
        get
        {
            if (!ByRecord)
            {
                return settings;
            }

            // What is read while an entry is on its way may be old; it is then kept under the number before it, and read again.
            var at = Interlocked.Read(ref changes);
            if (kept is { } last && last.At == at)
            {
                return last.Settings;
            }

            var now = record.Readers.AskNow(db => Of(db));
            kept = new(at, now);
            return now;
        }
    }

    /// <summary>The settings with a zone or door as it would be.</summary>
    public static ServiceSettings With(ServiceSettings before, SiteChange change)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(change);
        return before with
        {
            Zones = change.Zone is { } zone
                ? [.. before.Zones.Where(one => one.Id != zone.Id.Value), .. change.Removed ? Array.Empty<ZoneSettings>() : [Of(zone)]]
                : before.Zones,
            Doors = change.Door is { } door
                ? [.. before.Doors.Where(one => one.Id != door.Id.Value), .. change.Removed ? Array.Empty<DoorSettings>() : [Of(door)]]
                : before.Doors,
        };
    }

    private static ZoneSettings Of(ZoneRegistration zone) =>
        new(zone.Id.Value, zone.Label, zone.LabelEn, zone.RequiredFactors, zone.Methods, zone.StaleList, zone.Kind, zone.Floor, zone.Segment, zone.Importance, zone.Parent?.Value);

    private static DoorSettings Of(DoorRegistration door) => new(
        door.Id.Value, door.Zone.Value, door.Panel, door.Label, door.LabelEn,
        door.LeadsOutside is { } outer ? new OuterDoorSettings(outer.Reason, outer.Lock, outer.Contact, outer.Alarm, outer.ApprovedBy) : null);

    private ServiceSettings Of(Statements db)
    {
        var names = SiteView.NamesOf(db);
        return settings with
        {
            Site = names is null ? settings.Site : settings.Site with { Organisation = names.Organisation, Name = names.Name },
            Zones = [.. SiteView.Zones(db).Select(one => Of(one.Zone))],
            Doors = [.. SiteView.Doors(db).Select(one => Of(one.Door))],
        };
    }

    private sealed record Kept(long At, ServiceSettings Settings);
}
