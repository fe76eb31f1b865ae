using RoomGuard.Simulators;
using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.Stories;
using RoomGuard.TestKit;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.UnitTests.Simulators;

/// <summary>Wire's own panel on a virtual wire of the simulated site, in virtual time: what a bridge would see, without a bridge.</summary>
internal sealed class PanelOnWire : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private readonly VirtualTime time = new(new(2026, 5, 11, 9, 0, 0, TimeSpan.FromHours(9)));
    private readonly Random chance;
    private readonly AcuBusSettings busSettings;
    private readonly byte[] addresses;
    private readonly VirtualWire wire;
    private AcuBus bus;

    public PanelOnWire(int seed = 1, string line = "line-1", Story? story = null, SimulatorSettings? settings = null, IReaderMemory? memory = null)
    {
        chance = new(seed);
        settings ??= A.Site(seed);
        var lineSettings = settings.Lines.Single(item => item.Id == line);
        addresses = [.. lineSettings.Devices.Select(device => (byte)device.Address)];
        busSettings = AcuBusSettings.Usual with { BaudRate = lineSettings.BaudRate };
        Site = new(settings, story, memory ?? new PassingMemory(), RandomBytes, time);
        wire = Site.Wire(line);
        bus = NewBus(keys: null);
    }

    public SimulatedSite Site { get; }

    /// <summary>All that the panel has learned, in order.</summary>
    public List<AcuEvent> Heard { get; } = [];

    public TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Gives every reader a key, as an operator does once, and waits until all are online with it.</summary>
    public PanelOnWire Installed()
    {
        foreach (var address in addresses)
        {
            bus.BeginInstall(address, new(RandomBytes(16)), Now + TimeSpan.FromMinutes(5));
        }

        Until(() => addresses.All(address => Heard.OfType<ReaderCameOnline>().Any(item => item.Address == address && item.Secure)), "all readers online in the secure channel");
        return this;
    }

    public void Order(OsdpCommand command, byte address = 0) => bus.Send(address, command);

    /// <summary>Asks for the finger of the card read last, as a bridge does while a room waits for the second factor.</summary>
    public void AskFinger(byte address = 0) => bus.Match(address, threshold: 160, Now + TimeSpan.FromSeconds(14));

    /// <summary>Forgets what was heard so far, so that a test speaks of what comes.</summary>
    public void Forget() => Heard.Clear();

    public void Run(double seconds)
    {
        for (var until = Now + TimeSpan.FromSeconds(seconds); Now < until;)
        {
            Turn();
        }
    }

    /// <summary>Runs until something is so; a minute of virtual time is the limit.</summary>
    public void Until(Func<bool> so, string what, double seconds = 60)
    {
        for (var limit = Now + TimeSpan.FromSeconds(seconds); !so();)
        {
            if (Now >= limit)
            {
                throw new Xunit.Sdk.XunitException($"Waited {seconds} s for: {what}. Heard: {string.Join("; ", Heard.TakeLast(12))}");
            }

            Turn();
        }
    }

    public T Hears<T>(double seconds = 60)
        where T : AcuEvent
    {
        Until(() => Heard.OfType<T>().Any(), typeof(T).Name, seconds);
        return Heard.OfType<T>().First();
    }

    public void Dispose() => Site.Dispose();

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        chance.NextBytes(bytes);
        return bytes;
    }

    private AcuBus NewBus(ScbkKey? keys) => new(busSettings, [.. addresses.Select(address => new AcuReaderSettings(address, SecureRequired: true, keys, Pinned: null))], RandomBytes);

    private void Turn()
    {
        for (var step = bus.Next(Now); step.IsSend; step = bus.Next(Now))
        {
            wire.Send(step.Bytes.Span);
        }

        while (wire.TryReceive(out var bytes))
        {
            bus.Receive(bytes, Now);
        }

        while (bus.TryTake(out var item))
        {
            Heard.Add(item);
        }

        time.Advance(Step);
    }
}
