using System.Globalization;
using System.Net;
using RoomGuard.Simulators.Doors;
using RoomGuard.Simulators.Lines;
using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Sensors;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.Stories;
using RoomGuard.Simulators.Ups;
using RoomGuard.Simulators.World;

namespace RoomGuard.Simulators;

/// <summary>
/// The simulated site as programs and tests use it: thread-safe, with a clock. Its lines hang on real terminals and sockets after
/// <see cref="OpenLines"/>, or on virtual wires (<see cref="Wire"/>); the world behind is the same.
/// </summary>
public sealed class SimulatedSite : IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly SimulatorSettings settings;
    private readonly SimulatedWorld world;
    private readonly TimeProvider time;
    private readonly long startedAt;
    private readonly ITimer timer;
    private readonly Dictionary<string, LineRunner> runners = [];
    private readonly Dictionary<string, UpsRunner> upsRunners = [];
    private readonly List<SerialSensorRunner> serialRunners = [];
    private readonly Dictionary<string, string> portTrouble = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long toldVersion;
    private bool disposed;

    /// <summary>Builds the site. Nothing listens yet.</summary>
    /// <param name="story">Null: nobody comes by themselves.</param>
    /// <param name="memory">Where the readers keep their keys.</param>
    /// <param name="randomBytes">For the secure channel's random numbers.</param>
    /// <param name="time">The clock; a test's moves only when told.</param>
    public SimulatedSite(SimulatorSettings settings, Story? story, IReaderMemory memory, Func<int, byte[]> randomBytes, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.settings = settings;
        this.time = time;
        startedAt = time.GetTimestamp();
        world = new(settings, story, memory, randomBytes, time.GetUtcNow());
        timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Tick();
    }

    /// <summary>The settings it was built from.</summary>
    public SimulatorSettings Settings => settings;

    /// <summary>Time since the site was built; what all its times count from.</summary>
    public TimeSpan Now => time.GetElapsedTime(startedAt);

    /// <summary>Gives every line its pseudo-terminal or listener and a thread of its own.</summary>
    /// <exception cref="IOException">A terminal cannot be made, or its link cannot be written.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">A port is in use.</exception>
    public void OpenLines()
    {
        foreach (var line in settings.Lines)
        {
            ILinePort port = line.Kind == LineKind.Pty ? new PtyPort(line.Link!) : new TcpPort(IPAddress.Loopback, line.Port!.Value);
            runners.Add(line.Id, new(this, world.Lines[line.Id], port));
        }

        foreach (var ups in settings.Units)
        {
            ILinePort port = ups.Kind == UpsKind.ApcTcp ? new TcpPort(IPAddress.Loopback, ups.Port!.Value) : new PtyPort(ups.Link!);
            upsRunners.Add(ups.Id, new(this, world.Power.Wires[ups.Id], port));
        }

        foreach (var sensor in world.Field?.Serial.Values ?? [])
        {
            serialRunners.Add(new(this, sensor, new PtyPort(sensor.Settings.Link)));
        }
    }

    /// <summary>The sensors' connections to their broker, one task for each; ends with <paramref name="stop"/>.</summary>
    public Task RunSensorsAsync(CancellationToken stop) => settings.Sensors is not { } sensors || world.Field is not { } field
        ? Task.CompletedTask
        : Task.WhenAll(field.Gateways.Values.Select(gateway => Task.Run(() => new GatewayLine(this, gateway, sensors, time).RunAsync(stop), CancellationToken.None)));

    /// <summary>Where a bridge finds an open line: the path of the link, or address and port.</summary>
    public string WhereIs(string line) => runners[line].Port.Where;

    /// <summary>Where a bridge finds a unit: the path of the link, or address and port.</summary>
    public string WhereIsUps(string ups) => upsRunners[ups].Port.Where;

    /// <summary>A line as a virtual wire, without terminal or thread.</summary>
    public VirtualWire Wire(string line) => new(this, world.Lines[line]);

    /// <summary>Does something.</summary>
    public DeedOutcome Do(Deed deed)
    {
        DeedOutcome outcome;
        lock (gate)
        {
            outcome = world.Do(deed, Now);
            Settle();
        }

        foreach (var runner in runners.Values)
        {
            runner.Wake();
        }

        return outcome;
    }

    /// <summary>A person holds their card to a reader.</summary>
    public DeedOutcome Present(string person, string reader) => Do(new PresentCard(person, reader));

    /// <summary>Keys are pressed at a reader's keypad; <c>#</c> is enter.</summary>
    public DeedOutcome Type(string reader, string keys) => Do(new TypeKeys(reader, keys));

    /// <summary>A person puts a finger on a reader's sensor.</summary>
    public DeedOutcome Touch(string person, string reader, bool wet = false) => Do(new TouchSensor(person, reader, wet));

    /// <summary>A person's finger is enrolled at a reader for their card.</summary>
    public DeedOutcome Enrol(string person, string reader) => Do(new EnrolFinger(person, reader));

    /// <summary>A person's finger is deleted at a reader.</summary>
    public DeedOutcome ForgetFinger(string person, string reader) => Do(new ForgetFinger(person, reader));

    /// <summary>The exit button is pressed.</summary>
    public DeedOutcome PushExit(string door) => Do(new PushExit(door));

    /// <summary>Somebody pulls at the leaf.</summary>
    public DeedOutcome OpenLeaf(string door, Side from = Side.Outside) => Do(new OpenLeaf(door, from));

    /// <summary>Somebody breaks the door open.</summary>
    public DeedOutcome Force(string door) => Do(new ForceDoor(door));

    /// <summary>Somebody props the leaf open.</summary>
    public DeedOutcome Hold(string door) => Do(new HoldOpen(door));

    /// <summary>Somebody pushes the leaf shut.</summary>
    public DeedOutcome Close(string door) => Do(new CloseLeaf(door));

    /// <summary>A person walks in: card, PIN where asked, leaf.</summary>
    public DeedOutcome Enter(string person, string door, TimeSpan? stay = null, string? pin = null) => Do(new Enter(person, door, stay, pin));

    /// <summary>A person who is inside walks out.</summary>
    public DeedOutcome Leave(string person) => Do(new Leave(person));

    /// <summary>A reader's cable is pulled out.</summary>
    public DeedOutcome Unplug(string reader) => Do(new PlugReader(reader, Plugged: false));

    /// <summary>A reader's cable is put back.</summary>
    public DeedOutcome PlugIn(string reader) => Do(new PlugReader(reader, Plugged: true));

    /// <summary>A line is cut: its terminal stays, no byte passes.</summary>
    public DeedOutcome CutLine(string line) => Do(new CutLine(line, Cut: true));

    /// <summary>A line is mended.</summary>
    public DeedOutcome JoinLine(string line) => Do(new CutLine(line, Cut: false));

    /// <summary>A line's adapter is pulled out: its terminal or socket disappears.</summary>
    public DeedOutcome PullAdapter(string line) => Do(new PullAdapter(line, Pulled: true));

    /// <summary>A line's adapter is put back.</summary>
    public DeedOutcome PutAdapter(string line) => Do(new PullAdapter(line, Pulled: false));

    /// <summary>A reader's cover is opened.</summary>
    public DeedOutcome CoverOpen(string reader) => Do(new MoveCover(reader, Open: true));

    /// <summary>A reader's cover is closed.</summary>
    public DeedOutcome CoverClose(string reader) => Do(new MoveCover(reader, Open: false));

    /// <summary>A reader's supply fails or returns.</summary>
    public DeedOutcome Power(string reader, bool failed) => Do(new FailPower(reader, failed));

    /// <summary>Each byte of a line is damaged with this chance.</summary>
    public DeedOutcome Noise(string line, double percent) => Do(new SetNoise(line, percent));

    /// <summary>A reader answers this much late.</summary>
    public DeedOutcome SlowReplies(string reader, TimeSpan late) => Do(new SlowReplies(reader, late));

    /// <summary>A reader answers BUSY.</summary>
    public DeedOutcome Busy(string reader, bool busy) => Do(new SetBusy(reader, busy));

    /// <summary>A reader knows no secure channel.</summary>
    public DeedOutcome ClearTextOnly(string reader, bool on) => Do(new ClearTextOnly(reader, on));

    /// <summary>A reader uses another key than the one it was given, or its own again.</summary>
    public DeedOutcome WrongKey(string reader, bool on = true) => Do(new GiveWrongKey(reader, on));

    /// <summary>A reader is put back to its factory state.</summary>
    public DeedOutcome ResetReader(string reader) => Do(new ResetReader(reader));

    /// <summary>A reader gets a bad habit on the wire, or loses it.</summary>
    public DeedOutcome Habit(string reader, WireHabit habit, bool on) => Do(new SetHabit(reader, habit, on));

    /// <summary>A reader is replaced by another of the same model.</summary>
    public DeedOutcome ReplaceReader(string reader, uint serial) => Do(new ReplaceReader(reader, serial));

    /// <summary>A reader restarts.</summary>
    public DeedOutcome Reboot(string reader) => Do(new RebootReader(reader));

    /// <summary>A second controller talks on a line.</summary>
    public DeedOutcome SecondControllerTalks(string line, bool talking) => Do(new SecondController(line, talking));

    /// <summary>Everything as it stands.</summary>
    public SiteNow Look()
    {
        lock (gate)
        {
            world.Pass(Now);
            var seen = SiteNow.Of(world, settings, Now, id => runners.TryGetValue(id, out var runner) ? runner.Port : null, id => upsRunners.GetValueOrDefault(id)?.Port.Where, portTrouble);
            Settle();
            return seen;
        }
    }

    /// <summary>Ends as soon as something can be seen that <paramref name="version"/> did not know.</summary>
    public async Task WaitForNewsAsync(long version, CancellationToken gone)
    {
        Task next;
        lock (gate)
        {
            if (world.Version > version)
            {
                return;
            }

            next = changed.Task;
        }

        await next.WaitAsync(gone);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
        }

        timer.Dispose();
        foreach (var runner in runners.Values)
        {
            runner.Dispose();
        }

        foreach (var runner in upsRunners.Values)
        {
            runner.Dispose();
        }

        foreach (var runner in serialRunners)
        {
            runner.Dispose();
        }
    }

    /// <summary>One turn of a line's thread: bytes in, due bytes out.</summary>
    /// <returns>How long until more is due; null: nothing waits.</returns>
    internal TimeSpan? LineTurn(SimulatedLine line, ReadOnlySpan<byte> heard, out List<byte[]> ready)
    {
        ready = [];
        lock (gate)
        {
            var now = Now;
            world.Receive(line.Id, heard, now);
            while (line.TryTake(now, out var bytes))
            {
                ready.Add(bytes);
            }

            Settle();
            return line.NextDue - Now;
        }
    }

    /// <summary>One turn of a unit's thread: bytes in, due bytes out.</summary>
    /// <returns>How long until more is due; null: nothing waits.</returns>
    internal TimeSpan? UpsTurn(UpsWire wire, ReadOnlySpan<byte> heard, out List<byte[]> ready)
    {
        ready = [];
        lock (gate)
        {
            var now = Now;
            world.Pass(now);
            if (!heard.IsEmpty)
            {
                wire.Receive(heard, now);
            }

            while (wire.TryTake(now, out var bytes))
            {
                ready.Add(bytes);
            }

            Settle();
            return wire.NextDue - Now;
        }
    }

    /// <summary>One turn of a transmitter's thread: bytes in, an answer out.</summary>
    /// <returns>How long until more is due; null: nothing waits.</returns>
    internal TimeSpan? SerialTurn(SerialSensor sensor, ReadOnlySpan<byte> heard, out byte[] answer)
    {
        lock (gate)
        {
            var now = Now;
            world.Pass(now);
            answer = sensor.Turn(heard, now);
            Settle();
            return sensor.NextDue - Now;
        }
    }

    /// <summary>Whether a gateway wants to be connected now.</summary>
    internal bool GatewayWantsConnection(SimulatedGateway gateway)
    {
        lock (gate)
        {
            world.Pass(Now);
            Settle();
            return gateway.WantsConnection;
        }
    }

    /// <summary>A gateway connects: how, and which cut it has seen.</summary>
    internal (GatewayConnection Connection, int Cuts) GatewayConnects(SimulatedGateway gateway)
    {
        lock (gate)
        {
            return (gateway.Connect(), gateway.Cuts);
        }
    }

    /// <summary>The broker accepted a gateway.</summary>
    internal void GatewayBegins(SimulatedGateway gateway)
    {
        lock (gate)
        {
            gateway.Begin(Now);
        }
    }

    /// <summary>Somebody told a gateway something.</summary>
    internal void GatewayHears(SimulatedGateway gateway, ReadOnlySpan<byte> payload)
    {
        lock (gate)
        {
            gateway.Hear(payload, Now);
        }
    }

    /// <summary>A gateway's connection has gone.</summary>
    internal void GatewayLost(SimulatedGateway gateway)
    {
        lock (gate)
        {
            gateway.Lose();
        }
    }

    /// <summary>One turn of a gateway's connection: what is to be sent, and whether it says good-bye.</summary>
    /// <returns>False: the connection breaks now, without a word.</returns>
    internal bool GatewayTurn(SimulatedGateway gateway, int cuts, bool isAccepted, out List<SimulatedMessage> ready, out bool leaves)
    {
        ready = [];
        lock (gate)
        {
            world.Pass(Now);
            while (isAccepted && gateway.TryTake(out var message))
            {
                ready.Add(message);
            }

            leaves = gateway.Leaves(Now);
            Settle();
            return gateway.Cuts == cuts;
        }
    }

    /// <summary>A terminal or listener could not be made again.</summary>
    internal void PortFailed(SimulatedLine line, string why)
    {
        lock (gate)
        {
            portTrouble[line.Id] = why;
        }
    }

    private void Tick()
    {
        lock (gate)
        {
            if (!disposed)
            {
                world.Pass(Now);
                Settle();
            }
        }
    }

    /// <summary>Sets the timer to what the world waits for, and tells whoever follows that something changed.</summary>
    private void Settle()
    {
        var wait = world.NextDue - Now ?? LongestSleep;
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestSleep ? LongestSleep : wait;

        // Timers count whole milliseconds; rounding down would only make us come too early and ask again.
        timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        if (world.Version != toldVersion)
        {
            toldVersion = world.Version;
            changed.SetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

/// <summary>A line without terminal or thread: a test or a scenario carries the bytes.</summary>
public sealed class VirtualWire
{
    private readonly SimulatedSite site;
    private readonly SimulatedLine line;
    private readonly Queue<byte[]> ready = new();

    internal VirtualWire(SimulatedSite site, SimulatedLine line)
    {
        this.site = site;
        this.line = line;
    }

    /// <summary>Puts a panel's bytes on the wire.</summary>
    public void Send(ReadOnlySpan<byte> bytes) => Turn(bytes);

    /// <summary>The next bytes the readers have on the wire by now.</summary>
    public bool TryReceive(out byte[] bytes)
    {
        Turn([]);
        return ready.TryDequeue(out bytes!);
    }

    /// <summary>How long until the readers have more to say; null: nothing is on its way.</summary>
    public TimeSpan? NextIn => ready.Count > 0 ? TimeSpan.Zero : Turn([]);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{line.Id} at {site.Now}");

    private TimeSpan? Turn(ReadOnlySpan<byte> bytes)
    {
        var wait = site.LineTurn(line, bytes, out var more);
        foreach (var item in more)
        {
            ready.Enqueue(item);
        }

        return wait;
    }
}
