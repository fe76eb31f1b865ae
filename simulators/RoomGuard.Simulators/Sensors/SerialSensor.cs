using System.Collections.Immutable;
using RoomGuard.Simulators.Lines;
using RoomGuard.Wire.Modbus;

namespace RoomGuard.Simulators.Sensors;

/// <summary>A simulated RS-485 transmitter of temperature and humidity on a pseudo-terminal.</summary>
/// <param name="Link">Path of the symbolic link to its terminal.</param>
/// <param name="Unit">Modbus address, 1 to 247.</param>
public sealed record SerialSensorSettings(string Id, string Link, int Unit = 1, SensorSpot Spot = SensorSpot.Inlet, string? Label = null, string? LabelEn = null);

/// <summary>Input registers 1 and 2 in tenths, as an XY-MD02 has them; anything else it refuses. Pure: it is told bytes and the time.</summary>
public sealed class SerialSensor : IModbusBank
{
    private const int FirstRegister = 1;
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(25);

    private readonly ModbusServer server;

    /// <summary>A transmitter that measures every second.</summary>
    public SerialSensor(SerialSensorSettings settings, Random chance)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        Body = new(new(settings.Id, [SensorTells.Temperature, SensorTells.Humidity], Spot: settings.Spot, Label: settings.Label, LabelEn: settings.LabelEn), TimeSpan.FromSeconds(1), onChange: false, chance);
        server = new(ModbusFraming.Rtu, Silence, unit => unit == settings.Unit && !Body.Has(SensorHabit.Silent) ? this : null);
    }

    /// <summary>What it was built from.</summary>
    public SerialSensorSettings Settings { get; }

    /// <summary>What feels and misbehaves.</summary>
    public SimulatedSensor Body { get; }

    /// <inheritdoc/>
    public ImmutableArray<IdentificationObject> Identification => [];

    /// <summary>When silence on the wire means something; null: nothing waits.</summary>
    public TimeSpan? NextDue => server.NextDue;

    /// <summary>Bytes came, or time passed.</summary>
    /// <returns>What it answers; empty: nothing.</returns>
    public byte[] Turn(ReadOnlySpan<byte> heard, TimeSpan now)
    {
        server.Receive(heard, now);
        server.Tick(now);
        return server.TryTake(out var answer) ? answer : [];
    }

    /// <inheritdoc/>
    public ModbusError? ReadRegisters(ModbusTable table, int address, Span<ushort> into)
    {
        if (table != ModbusTable.InputRegisters || address < FirstRegister || address + into.Length > FirstRegister + Body.Settings.Tells.Length)
        {
            return ModbusError.IllegalDataAddress;
        }

        for (var at = 0; at < into.Length; at++)
        {
            // Before it has measured, and when it knows no number, it says what makers use for that.
            var number = Body.Last?.Sayings[address + at - FirstRegister].Number ?? double.NaN;
            var isTemperature = address + at == FirstRegister;
            into[at] = double.IsNaN(number) ? (ushort)(isTemperature ? 32767 : 65535)
                : isTemperature ? unchecked((ushort)(short)Math.Clamp(Math.Round(number * 10), -32768, 32766))
                : (ushort)Math.Clamp(Math.Round(number * 10), 0, 65534);
        }

        return null;
    }

    /// <inheritdoc/>
    public ModbusError? ReadBits(ModbusTable table, int address, Span<bool> into) => ModbusError.IllegalFunction;

    /// <inheritdoc/>
    public ModbusError? WriteCoils(int address, ReadOnlySpan<bool> values) => ModbusError.IllegalFunction;

    /// <inheritdoc/>
    public ModbusError? WriteRegisters(int address, ReadOnlySpan<ushort> values) => ModbusError.IllegalFunction;
}

/// <summary>One thread per transmitter: moves bytes between its terminal and the simulated sensor. It decides nothing.</summary>
internal sealed class SerialSensorRunner : IDisposable
{
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);

    private readonly SimulatedSite site;
    private readonly SerialSensor sensor;
    private readonly ILinePort port;
    private readonly Thread thread;
    private volatile bool stopping;

    public SerialSensorRunner(SimulatedSite site, SerialSensor sensor, ILinePort port)
    {
        this.site = site;
        this.sensor = sensor;
        this.port = port;
        thread = new(Run) { Name = $"sensor {sensor.Settings.Id}", IsBackground = true };
        thread.Start();
    }

    public void Dispose()
    {
        stopping = true;
        port.Wake();
        thread.Join();
        port.Dispose();
    }

    private void Run()
    {
        Span<byte> buffer = stackalloc byte[256];
        var heard = 0;
        while (!stopping)
        {
            var wait = site.SerialTurn(sensor, buffer[..heard], out var answer);
            if (answer.Length > 0)
            {
                port.Write(answer);
            }

            heard = port.WaitAndRead(buffer, wait is { } due && due < IdleWait ? due < TimeSpan.Zero ? TimeSpan.Zero : due : IdleWait);
        }
    }
}
