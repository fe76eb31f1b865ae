using System.Collections.Frozen;
using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Zones;

namespace RoomGuard.Bridge.Readers;

/// <summary>Where an output or a reader is to be found.</summary>
/// <param name="Output">The strike's output; 0 for a reader's light.</param>
public sealed record DevicePlace(IReaderWire Wire, byte Address, byte Output);

/// <summary>Takes the room's orders to their wires. Thread-safe, never waits: the wire's own thread sends them at its next turn.</summary>
public sealed class DoorDevices(
    IReadOnlyDictionary<DoorId, DevicePlace> strikes,
    IReadOnlyDictionary<DeviceId, DevicePlace> readers,
    ReaderMeters meters,
    ILogger log) : IDoorDevices
{
    private readonly FrozenDictionary<DoorId, DevicePlace> strikes = strikes.ToFrozenDictionary();
    private readonly FrozenDictionary<DeviceId, DevicePlace> readers = readers.ToFrozenDictionary();

    /// <inheritdoc/>
    public void Execute(DeviceOrder order)
    {
        switch (order)
        {
            case ReleaseStrike release:
                Strike("release", release.Door, release.For);
                break;
            case SecureStrike secure:
                Strike("secure", secure.Door, null);
                break;
            case CheckBiometric check:
                Give("finger", check.Reader.Value, readers.GetValueOrDefault(check.Reader), place => new AskFinger(place.Address, check.Within));
                break;
            case ShowSignal show:
                Give("show", show.Reader.Value, readers.GetValueOrDefault(show.Reader), place => new ShowAtReader(place.Address, show.Signal));
                break;
            default:
                log.NothingWired(order?.GetType().Name ?? "nothing", "any device");
                break;
        }
    }

    private void Strike(string kind, DoorId door, TimeSpan? time) =>
        Give(kind, door.Value, strikes.GetValueOrDefault(door), place => new MoveOutput(place.Address, place.Output, time));

    private void Give(string kind, string name, DevicePlace? place, Func<DevicePlace, BusOrder> order)
    {
        meters.Ordered(kind);
        if (place is null)
        {
            meters.NotDone(kind);
            log.NothingWired(kind, name);
        }
        else if (!place.Wire.Give(order(place)))
        {
            meters.NotDone(kind);
            if (kind != "show")
            {
                log.WireTakesNothing(kind, name);
            }
        }
    }
}
