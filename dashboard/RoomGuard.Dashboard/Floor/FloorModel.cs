using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Dashboard.Modes;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Presence;

namespace RoomGuard.Dashboard.Floor;

/// <summary>ライブ平面図: who is inside and which door is how?</summary>
public sealed record FloorModel(RoomOverview Room, ImmutableArray<ZonePresence> Inside, ImmutableArray<ZoneModeStatus> Modes)
{
    /// <summary>Who is in a zone; null: nothing is known of it.</summary>
    public ZonePresence? InsideOf(string zone) => Inside.FirstOrDefault(item => item.Zone.Value == zone);

    /// <summary>A door; null: nothing is known of it.</summary>
    public DoorOverview? DoorOf(string door) => Room.Doors.FirstOrDefault(item => item.Door.Value == door);

    /// <summary>What a zone is in the middle of.</summary>
    public ZoneMode ModeOf(string zone) => Modes.FirstOrDefault(item => item.Zone.Value == zone)?.Mode ?? ZoneMode.Normal;

    /// <summary>How a zone is drawn. Old news is not known, and somebody inside is nothing to worry about.</summary>
    public string ToneOf(string zone) => (ModeOf(zone), InsideOf(zone)) switch
    {
        (ZoneMode.Fire, _) => "crit",
        (ZoneMode.Alarm, _) => "high",
        (ZoneMode.Drill or ZoneMode.Maintenance, _) => "warn",
        (_, null or { Fresh: false }) => "stale",
        (_, { Count: > 0 }) => "quiet",
        _ => "none",
    };
}
