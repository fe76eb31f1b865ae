using RoomGuard.Hosting;

namespace RoomGuard.Bridge.Doors;

/// <summary>Whether the room can let anybody in: the journal is written, and there is a grant list to decide by.</summary>
public sealed class RoomHealth(IRoom room) : IHealthPart
{
    /// <inheritdoc/>
    public string Name => "room";

    /// <inheritdoc/>
    public HealthAnswer Now() => room.State switch
    {
        { Journal: JournalCondition.Failed } state => new(false, $"the journal cannot be written ({state.JournalFault}); nobody is let in. Look at the disk of the data folder"),
        { Journal: JournalCondition.OnReserve } => new(false, "the disk is full; ways out are written on the reserve, nobody is let in. Make space"),
        { ListVersion: null } => new(false, "no grant list yet; nobody is let in. Is the service reachable?"),
        { } state => new(true, $"decides by grant list {state.ListVersion}"),
    };
}
