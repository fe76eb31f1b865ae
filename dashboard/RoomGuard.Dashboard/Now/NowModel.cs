using System.Collections.Immutable;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Dashboard.Devices;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Presence;

namespace RoomGuard.Dashboard.Now;

/// <summary>Everything the 状況 page shows, as of one moment.</summary>
/// <param name="Climate">Null: not for this reader.</param>
public sealed record NowModel(
    RoomOverview Room,
    ImmutableArray<ZonePresence> Presence,
    ImmutableArray<RegisterRow> Latest,
    ImmutableArray<PanelDevices> Devices,
    ClimateBoard? Climate = null)
{
    /// <summary>What stands and needs a hand.</summary>
    public IEnumerable<Attention> Standing => Room.Attention.Where(item => item.Standing);

    /// <summary>The same by kind, in the order of each kind's first: many of one kind are one card, so that none hides another.</summary>
    public IEnumerable<ImmutableArray<Attention>> Grouped => Standing
        .GroupBy(item => item.Kind)
        .SelectMany(group => group.Count() < 3 ? group.Select(item => ImmutableArray.Create(item)) : [[.. group]])
        .OrderBy(group => group[0].Urgency);

    /// <summary>What happened and is over.</summary>
    public IEnumerable<Attention> Over => Room.Attention.Where(item => !item.Standing);

    /// <summary>Zones that have doors, presence or both, in the site's order.</summary>
    public IEnumerable<ZoneId> Zones(DashboardSite site) =>
        site.Zones.Select(zone => zone.Id).Concat(Room.Doors.Select(door => door.Zone)).Concat(Presence.Select(zone => zone.Zone)).Distinct();

    /// <summary>Who is inside a zone; null: not told.</summary>
    public ZonePresence? InsideOf(ZoneId zone) => Presence.FirstOrDefault(item => item.Zone == zone);

    /// <summary>Readers that are normal, need attention, or are unknown.</summary>
    public (int Normal, int Attention, int Unknown) ReaderCounts()
    {
        var (normal, attention, unknown) = (0, 0, 0);
        foreach (var panel in Devices)
        {
            foreach (var reader in panel.Readers)
            {
                switch (Text.StateText.Of(reader, panel.Panel.Connected).Tone)
                {
                    case "ok":
                        normal++;
                        break;
                    case "stale":
                        unknown++;
                        break;
                    default:
                        attention++;
                        break;
                }
            }
        }

        return (normal, attention, unknown);
    }

    /// <summary>Whether everything is known: only then may the page say that nothing is wrong.</summary>
    public bool AllKnown =>
        Room.Panels.Any(panel => panel.Connected)
        && Room.Panels.All(panel => panel.Connected)
        && Room.Doors.All(door => Text.StateText.Of(door).Tone != "stale")
        && ReaderCounts().Unknown == 0;
}
