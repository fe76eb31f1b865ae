using RoomGuard.Core.Doors;

namespace RoomGuard.Bridge.Doors;

/// <summary>Where orders to strikes and readers go once they are durable.</summary>
public interface IDoorDevices
{
    /// <summary>Takes an order on. Never waits: the wire's own task sends it at its next turn.</summary>
    void Execute(DeviceOrder order);
}
