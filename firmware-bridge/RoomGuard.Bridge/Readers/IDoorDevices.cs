using RoomGuard.Core.Doors;

namespace RoomGuard.Bridge.Readers;

/// <summary>Does what the room orders: strikes, lights and sounders.</summary>
public interface IDoorDevices
{
    /// <summary>Hands the order to its wire and returns at once; thread-safe. An order for a device nobody knows is counted and logged.</summary>
    void Execute(DeviceOrder order);
}
