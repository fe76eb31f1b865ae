using RoomGuard.Core.Doors;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Gates;

/// <summary>Which way a gate saw a tag go.</summary>
public enum TagDirection
{
    /// <summary>Out of the zone.</summary>
    Out,

    /// <summary>Into the zone.</summary>
    In,
}

/// <summary>A gate at a door read an asset tag (R-MOVE-05): a UHF gate or long-range reader, over OSDP or by MQTT.</summary>
/// <param name="Gate">The reader or gate by its name in the settings.</param>
/// <param name="Tag">As it was read, in letters that stand in a record: <see cref="GateWatch.Clean"/>.</param>
/// <param name="Direction">Null: the gate does not tell.</param>
/// <param name="ReadAt">When the gate read it, by its own clock; null: it does not tell, or tells what cannot be.</param>
public sealed record AssetTagHeard(DateTimeOffset At, DeviceId Gate, DoorId Door, ZoneId Zone, string Tag, TagDirection? Direction, DateTimeOffset? ReadAt = null) : RoomInput(At);

/// <summary>A gate said that it is alive, and read nothing.</summary>
public sealed record GateAlive(DateTimeOffset At, DeviceId Gate) : RoomInput(At);

/// <summary>A gate that says now and then that it is alive.</summary>
/// <param name="Interval">At least so often; silent for three of them†, it is out of order.</param>
public sealed record GatePulse(DeviceId Gate, TimeSpan Interval);
