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

    // A wire with sensors on it.
    private sealed class Wire(string name, ILinkSource source, ModbusSensorTalk talk, Action<SensorReport> told, TimeProvider time, ILogger log)
        : WireLoop($"sensor wire {name}", 256 * 1024, TimeSpan.FromMilliseconds(250), source, time)
    {
        private readonly byte[] buffer = new byte[1024];

        protected override void CameUp()
        {
            log.SensorWireUp(name, Source.Name);
            talk.LineUp(Elapsed);
        }

        protected override void WentDown(string why, bool isNews)
        {
            if (isNews)
            {
                log.SensorWireDown(name, why);
            }

            talk.LineDown(Elapsed);
        }

        protected override void Serve(IByteLink link)
        {
            while (!IsStopping)
            {
                var step = talk.Next(Elapsed, Time.GetUtcNow());
                while (talk.TryTake(out var report))
                {
                    told(report);
                }

                if (step.Reopen is { } why)
                {
                    throw new LinkBrokenException($"{Source.Name}: {why}");
                }

                if (!step.Bytes.IsEmpty)
                {
                    link.Write(step.Bytes.Span);
                    continue;
                }

                var count = ReadUntil(link, buffer, step.Until);
                if (count > 0)
                {
                    talk.Receive(buffer.AsSpan(0, count), Elapsed);
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
