using System.Collections.Immutable;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Wallboard;

/// <summary>How many are inside a zone.</summary>
/// <param name="Count">Null: 不明, its bridge is silent.</param>
public sealed record WallZone(ZoneId Zone, int? Count);

/// <summary>What the wallboard shows. It is read by whoever passes: it holds numbers and places and no person.</summary>
/// <param name="Alarms">Open alarms, the most urgent first, as on the page 警報; null: not for whoever is signed in at the wall.</param>
/// <param name="Climate">Null: not for whoever is signed in at the wall.</param>
public sealed record WallboardModel(RoomOverview Room, ImmutableArray<WallZone> Inside, WallPower Power, ImmutableArray<Alarm>? Alarms, ClimateBoard? Climate = null)
{
    /// <summary>Doors that need a look, the worst first.</summary>
    public IEnumerable<(DoorOverview Door, Sign Sign)> Troubles =>
        from door in Room.Doors
        let sign = StateText.Of(door)
        let rank = Rank(sign.Tone)
        where rank < 4
        orderby rank
        select (door, sign);

    /// <summary>Known inside, where it is known at all.</summary>
    public int Total => Inside.Sum(zone => zone.Count ?? 0);

    /// <summary>Whether every bridge and every door is heard: only then may the wall say that nothing is wrong.</summary>
    public bool AllKnown => !Room.Panels.IsEmpty && Room.Panels.All(panel => panel.Connected) && Room.Doors.All(door => StateText.Of(door).Tone != "stale");

    private static int Rank(string tone) => tone switch { "crit" => 0, "high" => 1, "warn" => 2, "stale" => 3, _ => 4 };
}
