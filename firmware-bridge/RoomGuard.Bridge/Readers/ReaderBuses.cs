using System.Collections.Immutable;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Links;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Zones;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Bridge.Readers;

/// <summary>All wires of the bridge with everything that hangs on them: started together, stopped together.</summary>
public sealed class ReaderBuses : IReaderOverview, IWireListener, IAsyncDisposable
{
    private readonly ImmutableArray<ReaderBus> buses;
    private readonly ReaderMeters meters;
    private int ended;

    /// <summary>Prepares all wires; <see cref="Start"/> begins.</summary>
    /// <param name="links">How a wire's link is made; the usual way is <see cref="LinkOf"/>.</param>
    public ReaderBuses(ImmutableArray<BusPlan> plans, ReaderSurroundings around, Func<BusPlan, ILinkSource> links)
    {
        ArgumentNullException.ThrowIfNull(around);
        ArgumentNullException.ThrowIfNull(links);
        meters = new(Now);
        buses = [.. plans.Select(plan => new ReaderBus(plan, links(plan), around, meters, this))];
        var places = plans.Zip(buses).SelectMany(pair => pair.First.Readers.Select(reader => (Reader: reader, Wire: pair.Second))).ToList();
        Devices = new DoorDevices(
            places.SelectMany(place => place.Reader.Strikes.Select(strike => (strike.Door, Place: new DevicePlace(place.Wire, place.Reader.Address, (byte)strike.Output)))).ToDictionary(row => row.Door, row => row.Place),
            places.ToDictionary(place => place.Reader.Reader, place => new DevicePlace(place.Wire, place.Reader.Address, 0)),
            meters,
            around.Log);
        Installer = new ReaderInstaller(places.ToDictionary(place => place.Reader.Reader, place => (place.Reader, (IReaderWire)place.Wire)), around);
    }

    /// <summary>Strikes, lights and sounders.</summary>
    public DoorDevices Devices { get; }

    /// <summary>Keys of the readers.</summary>
    public ReaderInstaller Installer { get; }

    /// <summary>How many wires have their link open, for <c>/health/ready</c>.</summary>
    public int OpenLinks => buses.Count(bus => bus.IsUp);

    /// <summary>How a wire's link is made from its settings.</summary>
    public static ILinkSource LinkOf(BusPlan plan, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Link.Kind == LinkKind.Tcp
            ? new TcpPort(plan.Link.Host!, plan.Link.Port!.Value, time)
            : new SerialPort(plan.Link.Path!, new SerialFormat(plan.BaudRate));
    }

    /// <summary>Begins on all wires.</summary>
    public void Start()
    {
        Installer.Start();
        foreach (var bus in buses)
        {
            bus.Start();
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<ReaderNow> Now() => buses.IsDefault ? [] : [.. buses.SelectMany(bus => bus.Now())];

    /// <summary>Ends all wires; when it is done, no thread and no handle is left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref ended, 1) != 0)
        {
            return;
        }

        await Installer.DisposeAsync();
        await Task.WhenAll(buses.Select(bus => Task.Run(bus.Dispose)));
        meters.Dispose();
    }

    void IWireListener.ReleaseForExit(DoorId door, TimeSpan time)
    {
        Devices.Execute(new ReleaseStrike(door, time));
        meters.ExitReleased();
    }

    void IWireListener.KeyMatter(DeviceId reader, AcuEvent item) => Installer.Hear(reader, item);
}
