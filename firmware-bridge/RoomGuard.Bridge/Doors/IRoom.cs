namespace RoomGuard.Bridge.Doors;

/// <summary>The room as those see it who give it orders: its inbox, and what it last said of itself.</summary>
public interface IRoom : IRoomInbox
{
    /// <summary>What the room last said of itself.</summary>
    RoomState State { get; }
}
