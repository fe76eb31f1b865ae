using RoomGuard.Core.Doors;

namespace RoomGuard.Bridge.Readers;

/// <summary>Where everything that reaches the room is told, in order. Bounded; door events are never dropped by it.</summary>
public interface IRoomInbox
{
    /// <summary>Tells the room. Waits while the inbox is full, so never call it from a wire's own thread.</summary>
    void Post(RoomInput input);

    /// <summary>Tells the room unless the inbox is full. Never waits: a room that hangs must not stop a wire, or nobody gets out (R-DOOR-05).</summary>
    /// <returns>False when the inbox is full; ask again later with the same input.</returns>
    bool TryPost(RoomInput input);
}
