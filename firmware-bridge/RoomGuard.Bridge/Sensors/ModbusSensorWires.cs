using System.Collections.Immutable;
using RoomGuard.Bridge.Links;
using RoomGuard.Core.Climate;
using RoomGuard.Wire.Modbus;

namespace RoomGuard.Bridge.Sensors;

/// <summary>All wires on which Modbus sensors are read: one thread per wire (R-RED-06), started together, stopped together.</summary>
public sealed class ModbusSensorWires : IHostedService
{
    private readonly ImmutableArray<Wire> wires;

    /// <summary>Prepares all wires.</summary>
    /// <param name="links">How a wire's link is made; the usual way is <see cref="LinkOf"/>.</param>
    /// <param name="told">Where the reports go; called by one thread per wire.</param>
    /// <exception cref="SensorModelException">A model is missing or wrong, or two sensors on a link have one address.</exception>
    public ModbusSensorWires(
        SensorsSection section, Func<string, SensorModel> modelOf, Func<EnrolledSensor, SensorModel, ILinkSource> links, Action<SensorReport> told, TimeProvider time, ILogger<ModbusSensorWires> log)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(modelOf);
        ArgumentNullException.ThrowIfNull(links);
        wires = [.. section.Enrolled.Where(sensor => sensor.Link is not null).GroupBy(sensor => sensor.Link!).Select(wire => Prepare([.. wire], modelOf, links, told, time, log))];
    }

    /// <summary>How a wire's link is made from its settings.</summary>
    public static ILinkSource LinkOf(EnrolledSensor sensor, SensorModel model, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        ArgumentNullException.ThrowIfNull(model);
        return sensor.Link!.Kind == LinkKind.Tcp
            ? new TcpPort(sensor.Link.Host!, sensor.Link.Port!.Value, time)
            : new SerialPort(sensor.Link.Path!, new SerialFormat(sensor.BaudRate ?? model.Modbus!.BaudRate));
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var wire in wires)
        {
            wire.Start();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll([.. wires.Select(wire => Task.Run(wire.Dispose, CancellationToken.None))]);

    private static Wire Prepare(EnrolledSensor[] sensors, Func<string, SensorModel> modelOf, Func<EnrolledSensor, SensorModel, ILinkSource> links, Action<SensorReport> told, TimeProvider time, ILogger log)
    {
        if (sensors.GroupBy(sensor => sensor.Unit).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new SensorModelException($"sensors {string.Join(", ", twice.Select(sensor => sensor.Id))}: unit {twice.Key} stands twice on one link. Give each its own address.");
        }

        var places = sensors.Select(sensor => new ModbusSensorPlace(
            sensor.Id, (byte)sensor.Unit, modelOf(sensor.Model).Modbus ?? throw new SensorModelException($"sensor {sensor.Id}: {sensor.Model} does not speak Modbus and takes no link."))).ToArray();
        var first = sensors[0];
        var timing = first.Link!.Kind == LinkKind.Serial ? ModbusTiming.Serial : first.RtuOverTcp ? ModbusTiming.RtuOverSocket : ModbusTiming.Tcp;
        return new(string.Join('+', sensors.Select(sensor => sensor.Id)), links(first, modelOf(first.Model)), new(timing, places), told, time, log);
    }

    /// <summary>The shell around the conversation on one wire: it owns the link, the thread and the clock, and decides nothing.</summary>
    private sealed class Wire : IDisposable
    {
        private const int StackBytes = 256 * 1024;
        private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

        private readonly string name;
        private readonly ILinkSource source;
        private readonly ModbusSensorTalk talk;
        private readonly Action<SensorReport> told;
        private readonly TimeProvider time;
        private readonly ILogger log;
        private readonly WakeSignal wake = new();
        private readonly CancellationTokenSource stop = new();
        private readonly Thread thread;
        private readonly long started;
        private readonly byte[] buffer = new byte[1024];
        private bool downTold;

        public Wire(string name, ILinkSource source, ModbusSensorTalk talk, Action<SensorReport> told, TimeProvider time, ILogger log)
        {
            this.name = name;
            this.source = source;
            this.talk = talk;
            this.told = told;
            this.time = time;
            this.log = log;
            started = time.GetTimestamp();
            thread = new(Run, StackBytes) { IsBackground = true, Name = $"sensor wire {name}" };
        }

        public void Start() => thread.Start();

        public void Dispose()
        {
            stop.Cancel();
            wake.Set();
            if (thread.IsAlive)
            {
                thread.Join();
            }

            wake.Dispose();
            stop.Dispose();
        }

        private TimeSpan Elapsed() => time.GetElapsedTime(started);

        private void Run()
        {
            var waits = new ReopenWaits();
            while (!stop.IsCancellationRequested)
            {
                var wait = Try(waits);
                for (var until = Elapsed() + wait; !stop.IsCancellationRequested && Elapsed() < until;)
                {
                    var rest = until - Elapsed();
                    wake.Wait(rest < LongestWait ? rest : LongestWait);
                }
            }
        }

        private TimeSpan Try(ReopenWaits waits)
        {
            TimeSpan? opened = null;
            try
            {
                using var link = source.Open(wake, stop.Token);
                opened = Elapsed();
                downTold = false;
                log.SensorWireUp(name, source.Name);
                talk.LineUp(opened.Value);
                Serve(link);
                return TimeSpan.Zero;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return TimeSpan.Zero;
            }
            catch (LinkBrokenException broken)
            {
                if (!downTold)
                {
                    downTold = true;
                    log.SensorWireDown(name, broken.Message);
                }

                talk.LineDown(Elapsed());
                return opened is { } since ? waits.AfterBreak(Elapsed() - since) : waits.AfterFailure();
            }
        }

        private void Serve(IByteLink link)
        {
            while (!stop.IsCancellationRequested)
            {
                var step = talk.Next(Elapsed(), time.GetUtcNow());
                while (talk.TryTake(out var report))
                {
                    told(report);
                }

                if (step.Reopen is { } why)
                {
                    throw new LinkBrokenException($"{source.Name}: {why}");
                }

                if (!step.Bytes.IsEmpty)
                {
                    link.Write(step.Bytes.Span);
                    continue;
                }

                var rest = step.Until - Elapsed();
                var count = link.Read(buffer, rest < TimeSpan.Zero ? TimeSpan.Zero : rest < LongestWait ? rest : LongestWait);
                if (count > 0)
                {
                    talk.Receive(buffer.AsSpan(0, count), Elapsed());
                }
            }
        }
    }
}

internal static partial class SensorWireLog
{
    [LoggerMessage(1661, LogLevel.Information, "Sensor wire {Wire}: {Link} is open")]
    public static partial void SensorWireUp(this ILogger log, string wire, string link);

    [LoggerMessage(1662, LogLevel.Warning, "Sensor wire {Wire}: {Why}")]
    public static partial void SensorWireDown(this ILogger log, string wire, string why);
}
