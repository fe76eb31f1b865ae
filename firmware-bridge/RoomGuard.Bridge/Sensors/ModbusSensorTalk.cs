using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Wire.Modbus;

namespace RoomGuard.Bridge.Sensors;

/// <summary>A sensor on a Modbus wire.</summary>
/// <param name="Unit">Its Modbus address.</param>
public sealed record ModbusSensorPlace(string SensorId, byte Unit, ModbusSensorModel Model);

/// <summary>What the conversation wants from its link next.</summary>
/// <param name="Bytes">To be written now; empty: wait.</param>
/// <param name="Until">Without bytes: look again then, or when bytes have come.</param>
/// <param name="Reopen">Not null: the link must be closed and opened again; says why.</param>
public readonly record struct SensorStep(ReadOnlyMemory<byte> Bytes, TimeSpan Until, string? Reopen = null);

/// <summary>The conversation with all sensors of one Modbus wire: one question under way, nothing ever written to a sensor. Pure: it is told bytes and the time.</summary>
public sealed class ModbusSensorTalk
{
    private const int MissesAllowed = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private readonly ModbusClient client;
    private readonly Place[] places;
    private readonly Queue<SensorReport> reports = new();
    private readonly Queue<SensorRead> left = new();
    private readonly Dictionary<(ModbusTable Table, int Address), ushort> registers = [];
    private Place? asked;
    private SensorRead? underWay;
    private int missesInARow;

    /// <summary>A wire with these sensors.</summary>
    public ModbusSensorTalk(ModbusTiming timing, IReadOnlyList<ModbusSensorPlace> sensors)
    {
        ArgumentNullException.ThrowIfNull(sensors);
        client = new(timing);
        places = [.. sensors.Select(sensor => new Place(sensor))];
    }

    /// <summary>The link was opened.</summary>
    public void LineUp(TimeSpan now)
    {
        missesInARow = 0;
        foreach (var place in places)
        {
            place.Due = now;
        }
    }

    /// <summary>The link broke. Silence is told by nobody: a sensor that says nothing becomes 不明 by its age.</summary>
    public void LineDown(TimeSpan now)
    {
        client.LinkLost(now);
        while (client.TryTake(out _))
        {
        }

        asked = null;
        left.Clear();
    }

    /// <summary>What to do now.</summary>
    public SensorStep Next(TimeSpan now, DateTimeOffset at)
    {
        var step = client.Next(now);
        while (client.TryTake(out var outcome))
        {
            Settle(outcome, now, at);
        }

        if (client.StreamLost || missesInARow >= 2 * MissesAllowed * places.Length)
        {
            return new(default, now, client.StreamLost ? "the far end does not speak Modbus. Look at address and port" : "no sensor of the wire answers. Look at the supply, the cable and the addresses");
        }

        if (!step.IsSend && asked is null && places.Where(place => place.Due <= now).MinBy(place => place.Due) is { } next)
        {
            asked = next;
            next.Due = now + (next.Misses >= MissesAllowed ? next.Sensor.Model.Every * 3 : next.Sensor.Model.Every);
            registers.Clear();
            left.Clear();
            foreach (var read in next.Sensor.Model.Reads)
            {
                left.Enqueue(read);
            }

            Ask(now);
        }

        if (!step.IsSend)
        {
            // Also what was settled may have asked the next part of the same look.
            step = client.Next(now);
        }

        if (step.IsSend)
        {
            return new(step.Bytes, now);
        }

        var wait = step.Until ?? places.Min(place => place.Due);
        return new(default, wait < now + LongestWait ? wait : now + LongestWait);
    }

    /// <summary>Bytes from the link.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now) => client.Receive(bytes, now);

    /// <summary>The next report, if any.</summary>
    public bool TryTake(out SensorReport report) => reports.TryDequeue(out report!);

    /// <summary>What registers mean by the model.</summary>
    internal static ImmutableArray<SensorValue> Values(ModbusSensorModel model, IReadOnlyDictionary<(ModbusTable Table, int Address), ushort> registers)
    {
        var values = ImmutableArray.CreateBuilder<SensorValue>();
        Span<ushort> words = stackalloc ushort[2];
        foreach (var point in model.Points)
        {
            var width = RegisterValue.WidthOf(point.Form)!.Value;
            var whole = true;
            for (var at = 0; at < width; at++)
            {
                whole &= registers.TryGetValue((point.Table ?? model.Table, point.Address + at), out var word);
                words[at] = word;
            }

            if (!whole)
            {
                continue;
            }

            var raw = RegisterValue.Number(point.Form, model.WordOrder, words[..width]);
            values.Add(
                !double.IsFinite(raw) || point.Absent?.Contains(raw) == true ? new(point.Quantity, null, "the device's sign for failed")
                : point.Bit is { } bit ? new(point.Quantity, (long)raw >> bit & 1)
                : SensorUnits.IsSign(point.Quantity) ? new(point.Quantity, raw == 0 ? 0 : 1)
                : new(point.Quantity, SensorUnits.ToOwn(raw * point.Scale, point.Unit)));
        }

        return values.DrainToImmutable();
    }

    private void Ask(TimeSpan now)
    {
        if (asked is { } place && left.TryDequeue(out underWay))
        {
            var table = underWay.Table ?? place.Sensor.Model.Table;
            _ = client.Ask(place.Sensor.Unit, table is ModbusTable.Coils or ModbusTable.DiscreteInputs
                ? new ReadBits(table, (ushort)underWay.Address, (ushort)underWay.Count)
                : new ReadRegisters(table, (ushort)underWay.Address, (ushort)underWay.Count), now);
        }
    }

    private void Settle(ModbusOutcome outcome, TimeSpan now, DateTimeOffset at)
    {
        if (asked is not { } place || underWay is not { } read)
        {
            return;
        }

        if (outcome.Answer is null or ExceptionAnswer)
        {
            missesInARow += outcome.Answer is null ? 1 : 0;
            place.Misses++;
            if (outcome.Answer is ExceptionAnswer refused)
            {
                // It lives and says no: that is a fault with a reason, not silence.
                reports.Enqueue(new(place.Sensor.SensorId, at, [.. place.Sensor.Model.Points.Select(point => new SensorValue(point.Quantity, null, $"the sensor refuses registers {read.Address} to {read.Address + read.Count - 1} ({refused.Error})"))]));
            }

            asked = null;
            left.Clear();
            return;
        }

        missesInARow = 0;
        place.Misses = 0;
        var table = read.Table ?? place.Sensor.Model.Table;
        var words = outcome.Answer is RegistersAnswer answer ? answer.Values : outcome.Answer is BitsAnswer bits ? [.. bits.Values.Select(on => (ushort)(on ? 1 : 0))] : [];
        foreach (var (index, word) in words.Index())
        {
            registers[(table, read.Address + index)] = word;
        }

        if (left.Count > 0)
        {
            Ask(now);
            return;
        }

        asked = null;
        reports.Enqueue(new(place.Sensor.SensorId, at, Values(place.Sensor.Model, registers)));
    }

    private sealed class Place(ModbusSensorPlace sensor)
    {
        public ModbusSensorPlace Sensor { get; } = sensor;

        public TimeSpan Due { get; set; }

        public int Misses { get; set; }
    }
}
