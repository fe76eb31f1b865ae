using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Readers;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Simulators;
using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Site;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.Scenarios.Doors;

/// <summary>
/// A simulated site and the bridges that watch it, in virtual time and without threads: simulated people, readers and doors, the real wires'
/// codec and sessions, the real words of the readers and the real decisions. Only the clock, the links and the journal are the test's.
/// </summary>
internal sealed class WiredSite : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly VirtualTime time = new(A.MondayNine);
    private readonly Random chance;
    private readonly List<WiredBridge> bridges = [];
    private readonly PriorityQueue<Action, (TimeSpan At, int Order)> coming = new();
    private int order;

    public WiredSite(SimulatorSettings settings, int seed)
    {
        chance = new(seed);
        Site = new(settings, null, new PassingMemory(), RandomBytes, time);
    }

    /// <summary>The card key of the site.</summary>
    public static CardDigester Digester { get; } = new([.. Enumerable.Range(1, 32).Select(n => (byte)n)]);

    public SimulatedSite Site { get; }

    /// <summary>Everything written by all bridges, in the order written.</summary>
    public List<RecordedEvent> Record { get; } = [];

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The digest of a simulated person's card.</summary>
    public static CardDigest Digest(PersonSettings person) =>
        Digester.Of(CardFormat.Named(person.CardFormat)!.Number(person.Facility, person.Number).Canonical);

    /// <summary>Puts a bridge on the lines its settings name, gives its readers their keys and waits until all are trusted.</summary>
    public WiredBridge Watch(BridgeSettings settings, GrantList list)
    {
        Assert.Empty(settings.Problems());
        var bridge = new WiredBridge(this, settings, RandomBytes);
        bridges.Add(bridge);
        bridge.Install();
        bridge.Receive(list);
        Until(() => bridge.AllTrusted, "all readers trusted");
        return bridge;
    }

    /// <summary>Does something later.</summary>
    public WiredSite In(double seconds, Action deed)
    {
        coming.Enqueue(deed, (time.GetElapsedTime(0) + TimeSpan.FromSeconds(seconds), order++));
        return this;
    }

    /// <summary>Lets time pass.</summary>
    public void Run(double seconds)
    {
        for (var until = time.GetElapsedTime(0) + TimeSpan.FromSeconds(seconds); time.GetElapsedTime(0) < until;)
        {
            Turn();
        }
    }

    /// <summary>Runs until something is so.</summary>
    public void Until(Func<bool> so, string what, double seconds = 60)
    {
        for (var until = time.GetElapsedTime(0) + TimeSpan.FromSeconds(seconds); !so();)
        {
            Assert.True(time.GetElapsedTime(0) < until, $"Waited {seconds} s for: {what}. Written last: {string.Join("; ", Record.TakeLast(5))}");
            Turn();
        }
    }

    public void Dispose() => Site.Dispose();

    internal TimeSpan Elapsed => time.GetElapsedTime(0);

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        chance.NextBytes(bytes);
        return bytes;
    }

    private void Turn()
    {
        while (coming.TryPeek(out var deed, out var due) && due.At <= Elapsed)
        {
            coming.Dequeue();
            deed();
        }

        foreach (var bridge in bridges)
        {
            bridge.Turn();
        }

        time.Advance(Step);
    }
}

/// <summary>One bridge of a <see cref="WiredSite"/>.</summary>
internal sealed class WiredBridge
{
    private readonly WiredSite site;
    private readonly BridgeSettings settings;
    private readonly Func<int, byte[]> randomBytes;
    private readonly ImmutableArray<BusPlan> plans;
    private readonly Dictionary<string, VirtualWire> wires = [];
    private readonly Dictionary<(string Bus, byte Address), (ScbkKey Key, PdIdentity Identity)> keys = [];
    private readonly List<Line> lines = [];
    private readonly Queue<RoomInput> inbox = new();
    private GrantIndex? list;
    private long serial;
    private double? downUntil;

    public WiredBridge(WiredSite site, BridgeSettings settings, Func<int, byte[]> randomBytes)
    {
        (this.site, this.settings, this.randomBytes) = (site, settings, randomBytes);
        plans = BusPlan.From(settings);
        foreach (var plan in plans)
        {
            wires.Add(plan.Id, site.Site.Wire(plan.Id));
        }

        Control = new(settings.Plan(), A.Settings());
        Connect();
    }

    public EntryControl Control { get; private set; }

    public bool AllTrusted => downUntil is null && Control.DoorsNow().All(door => door.InService) && lines.All(line => line.Plan.Readers.All(reader => line.Bus.IsOnline(reader.Address)));

    public IEnumerable<string> Inside(string zone) => Control.InsideNow().Where(one => one.Zone == new ZoneId(zone)).Select(one => one.Person.Value);

    public void Install()
    {
        foreach (var line in lines)
        {
            foreach (var reader in line.Plan.Readers)
            {
                line.Bus.BeginInstall(reader.Address, new(randomBytes(ScbkKey.Length)), site.Elapsed + TimeSpan.FromMinutes(5));
            }
        }
    }

    public void Receive(GrantList next)
    {
        list = new(next);
        Tell(new GrantListArrived(site.Now, list));
    }

    /// <summary>An order of the office arrives.</summary>
    public void Order(RoomOrder order) => Tell(new RoomOrderArrived(site.Now, ++serial, order));

    public void Tell(RoomInput input)
    {
        if (downUntil is null)
        {
            inbox.Enqueue(input);
        }
    }

    /// <summary>The program dies and starts again from its disk after a while.</summary>
    public void Restart(double awaySeconds) => downUntil = site.Elapsed.TotalSeconds + awaySeconds;

    public void Turn()
    {
        if (downUntil is { } until)
        {
            if (site.Elapsed.TotalSeconds < until)
            {
                return;
            }

            ComeBack();
        }

        foreach (var line in lines)
        {
            line.Turn();
        }

        while (inbox.TryDequeue(out var input))
        {
            Carry(Control.Handle(input));
        }

        while (Control.NextDue is { } due && due <= site.Now)
        {
            Carry(Control.Handle(new TimePassed(site.Now)));
        }
    }

    private void ComeBack()
    {
        downUntil = null;
        var kept = JsonSerializer.SerializeToUtf8Bytes(Control.Snapshot(), RecordJson.Plain.RoomSnapshot);
        Control = new(settings.Plan(), A.Settings());
        Control.Restore(JsonSerializer.Deserialize(kept, RecordJson.Plain.RoomSnapshot)!);
        lines.Clear();
        inbox.Clear();
        Connect();
        Tell(new RoomStarted(site.Now));
        Tell(new GrantListArrived(site.Now, list!));
    }

    private void Connect()
    {
        foreach (var plan in plans)
        {
            lines.Add(new(this, plan, wires[plan.Id]));
        }
    }

    private void Carry(ImmutableArray<Effect> answer)
    {
        site.Record.AddRange(answer.OfType<Write>().Select(write => write.Event));
        foreach (var act in answer.OfType<Act>())
        {
            switch (act.Order)
            {
                case ReleaseStrike release:
                    Strike(release.Door, release.For);
                    break;
                case SecureStrike secure:
                    Strike(secure.Door, null);
                    break;
                case CheckBiometric check:
                    lines.Single(line => line.Plan.Readers.Any(reader => reader.Reader == check.Reader)).Ask(check);
                    break;
                case ShowSignal show:
                    lines.Single(line => line.Plan.Readers.Any(reader => reader.Reader == show.Reader)).Show(show.Reader, show.Signal);
                    break;
            }
        }
    }

    private void Strike(DoorId door, TimeSpan? time)
    {
        var place = settings.Doors.Single(one => one.Id == door.Value).Strike;
        var line = lines.Single(one => one.Plan.Readers.Any(reader => reader.Reader.Value == place.Reader));
        line.Bus.Send(line.AddressOf(new(place.Reader)), new MoveOutput(0, (byte)place.Output, time).Command);
    }

    /// <summary>One wire: the conversation and what it means, as the bridge's own bus has them, but told the time.</summary>
    private sealed class Line
    {
        private readonly WiredBridge bridge;
        private readonly VirtualWire wire;
        private readonly ReaderInterpreter interpreter;
        private readonly Dictionary<byte, ReaderSignal> shown = [];

        public Line(WiredBridge bridge, BusPlan plan, VirtualWire wire)
        {
            (this.bridge, this.wire, Plan) = (bridge, wire, plan);
            interpreter = new(plan, WiredSite.Digester);
            Bus = new(
                AcuBusSettings.Usual with { BaudRate = plan.BaudRate },
                [.. plan.Readers.Select(reader => bridge.keys.TryGetValue((plan.Id, reader.Address), out var known)
                    ? new AcuReaderSettings(reader.Address, SecureRequired: true, known.Key, known.Identity)
                    : new AcuReaderSettings(reader.Address, SecureRequired: true, null, null))],
                bridge.randomBytes);
        }

        public BusPlan Plan { get; }

        public AcuBus Bus { get; }

        public byte AddressOf(DeviceId reader) => Plan.Readers.Single(one => one.Reader == reader).Address;

        public void Ask(CheckBiometric check) => Bus.Match(AddressOf(check.Reader), interpreter.SensorThreshold(AddressOf(check.Reader)), Now + check.Within);

        public void Show(DeviceId reader, ReaderSignal signal) => Show(AddressOf(reader), signal);

        public void Turn()
        {
            for (var step = Bus.Next(Now); step.IsSend; step = Bus.Next(Now))
            {
                wire.Send(step.Bytes.Span);
            }

            while (wire.TryReceive(out var bytes))
            {
                Bus.Receive(bytes, Now);
            }

            while (Bus.TryTake(out var item))
            {
                if (item is KeyInstalled installed)
                {
                    bridge.keys[(Plan.Id, installed.Address)] = (installed.Key, installed.Identity);
                }

                Carry(interpreter.Take(item, Now, bridge.site.Now));
            }

            if (interpreter.NextDue is { } due && due <= Now)
            {
                Carry(interpreter.TimePassed(Now, bridge.site.Now));
            }
        }

        private TimeSpan Now => bridge.site.Elapsed;

        private void Carry(IReadOnlyList<WireOutcome> outcomes)
        {
            foreach (var outcome in outcomes)
            {
                switch (outcome)
                {
                    case ReleaseForExit exit:
                        bridge.Strike(exit.Door, exit.For);
                        break;
                    case TellRoom tell:
                        bridge.Tell(tell.Input);
                        break;
                    case ShowAgain again when shown.TryGetValue(again.Address, out var signal):
                        Show(again.Address, signal);
                        break;
                }
            }
        }

        private void Show(byte address, ReaderSignal signal)
        {
            if (ReaderSignals.Of(signal).Lasting)
            {
                shown[address] = signal;
            }

            foreach (var command in ReaderSignals.Commands(signal, interpreter.Capabilities(address)))
            {
                Bus.Send(address, command);
            }

            if (ReaderInterpreter.EndsAsking(signal))
            {
                Bus.EndMatch(address);
            }
        }
    }
}
