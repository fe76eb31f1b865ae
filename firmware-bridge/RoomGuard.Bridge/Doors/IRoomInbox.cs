using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;

namespace RoomGuard.Bridge.Doors;

/// <summary>The way into the room: everything that happens goes through here, one after another.</summary>
public interface IRoomInbox
{
    /// <summary>Tells the room something that happened. Waits when the room is behind by its whole queue; order is kept per caller.</summary>
    void Post(RoomInput input);

    /// <summary>Tells the room unless its queue is full. Never waits: a room that hangs must not stop a wire's thread, or nobody gets out (R-DOOR-05).</summary>
    /// <param name="canWait">It tells nothing new: a room that rests is not woken for it and takes it with what comes next, a second later at the longest.</param>
    /// <returns>False when the queue is full; ask again later with the same input.</returns>
    bool TryPost(RoomInput input, bool canWait = false);

    /// <summary>Tells the room something and ends when all it led to is durable (or known not to become so).</summary>
    /// <returns>True: durable in the journal.</returns>
    Task<bool> PostAsync(RoomInput input);

    /// <summary>Writes down a fact that needs no decision, in order with everything else.</summary>
    /// <returns>True: durable in the journal.</returns>
    Task<bool> RecordAsync(RecordedEvent item);
}
