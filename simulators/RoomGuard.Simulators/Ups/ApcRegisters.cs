using System.Collections.Immutable;
using RoomGuard.Wire.Modbus;

namespace RoomGuard.Simulators.Ups;

/// <summary>
/// The registers of an APC Smart-UPS as its own port shows them (AN-176 and what real units did; docs/reference/ups.md section 4): a
/// reading begins and ends at the borders of blocks, undefined registers read FFFFh, a writing hits exactly one block.
/// </summary>
public sealed class ApcRegisters(SimulatedUps ups, Func<TimeSpan> now) : IModbusBank
{
    private const ushort Absent = 0xFFFF;
    private const int Highest = 2061;
    private const int FirstMeasure = 128;

    private static readonly DateOnly DayZero = new(2000, 1, 1);

    // Blocks of more than one register: address and width.
    private static readonly Dictionary<int, int> Wide = new(
        from pair in new (int At, int Width)[]
        {
            (0, 2), (3, 2), (6, 2), (9, 2), (12, 2), (15, 2), (20, 2), (128, 2), (145, 2), (157, 2), (161, 2), (165, 2), (169, 2), (173, 2),
            (516, 8), (532, 16), (548, 16), (564, 8), (572, 8), (580, 8), (596, 8), (604, 8), (612, 8), (620, 8), (628, 8), (636, 8),
            (1031, 2), (1036, 2), (1041, 2), (1046, 2), (1051, 2), (1054, 2), (1056, 2), (1058, 2), (1060, 2), (1536, 2), (1538, 2), (2048, 2), (2050, 4), (2054, 2), (2056, 2),
        }
        select KeyValuePair.Create(pair.At, pair.Width));

    // Registers inside a wide block, where nothing may begin.
    private static readonly HashSet<int> Inner = [.. Wide.SelectMany(block => Enumerable.Range(block.Key + 1, block.Value - 1))];

    private static readonly HashSet<int> Writable = [595, 596, 604, 1024, 1026, 1027, 1028, 1029, 1030, 1031, 1033, 1536, 1538, 1540, 1541, 1542, 1543];

    private readonly Dictionary<int, ushort> kept = Start();

    /// <inheritdoc/>
    public ImmutableArray<IdentificationObject> Identification => [];

    /// <summary>True where the unit's firmware takes outlet commands at 1538; the units tested refused them (04).</summary>
    public bool TakesOutletCommands { get; init; }

    /// <inheritdoc/>
    public ModbusError? ReadBits(ModbusTable table, int address, Span<bool> into) => ModbusError.IllegalFunction;

    /// <inheritdoc/>
    public ModbusError? ReadRegisters(ModbusTable table, int address, Span<ushort> into)
    {
        if (table != ModbusTable.HoldingRegisters)
        {
            return ModbusError.IllegalFunction;
        }

        if (Inner.Contains(address) || Inner.Contains(address + into.Length) || address > Highest)
        {
            return ModbusError.IllegalDataAddress;
        }

        var shown = Shown(address, into.Length);
        for (var index = 0; index < into.Length; index++)
        {
            into[index] = shown.TryGetValue(address + index, out var live) ? live : kept.GetValueOrDefault(address + index, Absent);
        }

        return null;
    }

    /// <inheritdoc/>
    public ModbusError? WriteCoils(int address, ReadOnlySpan<bool> values) => ModbusError.IllegalFunction;

    /// <inheritdoc/>
    public ModbusError? WriteRegisters(int address, ReadOnlySpan<ushort> values)
    {
        if (!Writable.Contains(address) || values.Length != Wide.GetValueOrDefault(address, 1))
        {
            return ModbusError.IllegalDataAddress;
        }

        switch (address)
        {
            case 1536:
                return ModbusError.DeviceFailure;
            case 1538:
                return Outlets((uint)(values[0] << 16) | values[1]);
            case 1540:
                return Signal(values[0]);
            case 1541:
                return Test(values[0]);
            case 1542:
                return ModbusError.DeviceFailure;
            case 1543:
                ups.BeeperOn = (values[0] & 4) == 0;
                return null;
            case 1024 when (values[0] & 0x0C) != 0:
            case 1029 or 1030 or 1033 when values[0] >= 32768:
                // Seen on tested units: test intervals from the start, and delays of 32768 s and more, are refused.
                return ModbusError.DeviceFailure;
            default:
                for (var index = 0; index < values.Length; index++)
                {
                    kept[address + index] = values[index];
                }

                return null;
        }
    }

    private ModbusError? Signal(ushort bits)
    {
        switch (bits)
        {
            case 1:
                ups.RequestShutdown(now());
                return null;
            case 4:
                ups.CancelShutdown(now());
                return null;
            default:
                return ModbusError.IllegalDataValue;
        }
    }

    private ModbusError? Outlets(uint bits)
    {
        var command = bits & 0x1F;
        if (!TakesOutletCommands || command is not (1 or 2 or 4 or 8 or 16))
        {
            return ModbusError.DeviceFailure;
        }

        switch (command)
        {
            case 1:
                ups.CancelShutdown(now());
                return null;
            case 8 when ups.OffAt is null:
                ups.RequestShutdown(now(), TimeSpan.FromSeconds(kept[1029]));
                return null;
            default:
                return ModbusError.DeviceFailure;
        }
    }

    private ModbusError? Test(ushort bits)
    {
        switch (bits)
        {
            case 1:
                return ups.StartTest(now()) ? null : ModbusError.DeviceFailure;
            case 2:
                ups.AbortTest(now());
                return null;
            default:
                return ModbusError.IllegalDataValue;
        }
    }

    private static Dictionary<int, ushort> Start()
    {
        var kept = new Dictionary<int, ushort>
        {
            [512] = 1,
            [588] = 1440,
            [589] = 980,
            [590] = 3,
            [591] = (ushort)(new DateOnly(2024, 4, 10).DayNumber - DayZero.DayNumber),
            [592] = 1,
            [595] = (ushort)(new DateOnly(2024, 5, 20).DayNumber - DayZero.DayNumber),
            [1024] = 2,
            [1026] = (ushort)SimulatedUps.HighTransfer,
            [1027] = (ushort)SimulatedUps.LowTransfer,
            [1028] = 1,
            [1029] = 0,
            [1030] = 0,
            [1031] = 0,
            [1032] = 8,
            [1033] = 0,
        };
        foreach (var (at, width, text) in new[]
        {
            (516, 8, "UPS 09.0 SIM"), (532, 16, "Smart-UPS 1500"), (548, 16, "SMT1500RMJ2U-SIM"), (564, 8, "SIM0000000001"), (572, 8, "RBC-SIM"), (580, 8, ""),
            (596, 8, "RoomSim"), (604, 8, "UPS Outlets"), (612, 8, "Outlet Group 1"),
        })
        {
            foreach (var (index, word) in RegisterValue.OfText(text, width).Index())
            {
                kept[at + index] = word;
            }
        }

        // The registers of known content, as every unit has them.
        ushort[] known = [0x3030, 0x2E35, 0x3132, 0x3334, 0x3536, 0x3738, 0x1234, 0x5678, 0xFFFF, 0xFFFB, 0x1234, 0xFFFB, 0x2020, 0xDFE0];
        foreach (var (index, word) in known.Index())
        {
            kept[2048 + index] = word;
        }

        return kept;
    }

    // What is not kept but measured; only as much of it as somebody reads.
    private Dictionary<int, ushort> Shown(int address, int count)
    {
        var at = now();
        ups.Pass(at);
        var shown = new Dictionary<int, ushort>
        {
            [588] = (ushort)Math.Min(ups.Settings.RatedVoltAmperes, ushort.MaxValue),
            [589] = (ushort)Math.Min(ups.Settings.RatedWatts, ushort.MaxValue),
        };
        if (address < FirstMeasure)
        {
            ShowStatus(shown);
        }

        if (address + count > FirstMeasure)
        {
            ShowMeasures(shown, at);
        }

        if (ups.Has(UpsHabit.SillyValues))
        {
            shown[130] = 0xFE00;
            shown[135] = 200 * 128;
            shown[136] = 0xFF00;
            shown[138] = 0xFF00;
            shown[142] = 0xF9C0;
            shown[151] = 0xF9C0;
        }

        return shown;
    }

    private void ShowStatus(Dictionary<int, ushort> shown)
    {
        var testing = ups.Test == SelfTestOutcome.Running;
        var status = ups.Standing switch { UpsStanding.OnLine => 2u, UpsStanding.OnBattery => 4u, _ => 0x10u };
        status |= ups.InputBad ? 0x40u : 0;
        status |= testing ? 0x80u : 0;
        status |= ups.Standing == UpsStanding.Off && !ups.InputBad ? 0x100u : 0;
        status |= (ups.Standing == UpsStanding.OnBattery && !testing) || ups.OffAt is not null ? 0x200u : 0;
        status |= ups.Standing == UpsStanding.OnLine && !testing && ups.OffAt is null && !ups.Boosting && !ups.Trimming ? 0x2000u : 0;
        status |= ups.Overload ? 0x200000u : 0;
        Put(shown, 0, status);
        shown[2] = (ushort)ups.Cause;
        var outlets = ups.Standing == UpsStanding.Off ? 2u : ups.OffAt is not null ? 1u | 0x200u : 1u;
        Put(shown, 3, outlets);
        shown[5] = 0;
        Put(shown, 6, outlets);
        for (var register = 8; register <= 17; register++)
        {
            shown[register] = 0;
        }

        shown[18] = (ushort)((ups.InputBad ? 1 : 0) | (ups.OffAt is not null || ups.LowBattery ? 2 : 0));
        shown[19] = 0;
        Put(shown, 20, ups.Overload ? 1u : 0);
        shown[22] = (ushort)(ups.ReplaceBattery ? 4 : 0);
        shown[23] = ups.Test switch { SelfTestOutcome.None => 0, SelfTestOutcome.Running => 0x42, SelfTestOutcome.Passed => 0x44, SelfTestOutcome.Failed => 0x48, SelfTestOutcome.Refused => 0x250, _ => 0x60 };
        shown[24] = 0;
        shown[25] = (ushort)(ups.ReplaceBattery ? 4 : 1);
        shown[26] = (ushort)(ups.Standing == UpsStanding.OnBattery ? ups.BeeperOn ? 2 : 4 : 0);
    }

    private void ShowMeasures(Dictionary<int, ushort> shown, TimeSpan at)
    {
        var watts = ups.Settings.RatedWatts * ups.LoadPercent / 100;
        var voltAmperes = watts / 0.98;
        var apparent = voltAmperes / ups.Settings.RatedVoltAmperes * 100;
        var carries = ups.Standing != UpsStanding.Off;
        Put(shown, 128, (uint)Math.Min(86400, ups.ToldRuntime.TotalSeconds));
        shown[130] = Fixed(ups.Battery.ToldCharge * 100, 9);
        shown[131] = Fixed(ups.BatteryVolts, 5);
        shown[132] = Absent;
        shown[133] = (ushort)(new DateOnly(2028, 9, 30).DayNumber - DayZero.DayNumber);
        shown[135] = Fixed(ups.Temperature, 7);
        shown[136] = carries ? Fixed(ups.LoadPercent, 8) : (ushort)0;
        shown[138] = carries ? Fixed(apparent, 8) : (ushort)0;
        shown[140] = carries && ups.OutputVolts > 0 ? Fixed(voltAmperes / ups.OutputVolts, 5) : (ushort)0;
        shown[142] = Fixed(ups.OutputVolts, 6);
        shown[144] = carries ? Fixed(ups.Standing == UpsStanding.OnBattery ? 60 : ups.Mains.Hertz, 7) : (ushort)0;
        Put(shown, 145, (uint)ups.EnergyWattHours);
        shown[150] = (ushort)((ups.InputBad ? ups.Mains.Volts > SimulatedUps.HighTransfer ? 8 : ups.Mains.Volts < SimulatedUps.LowTransfer ? 4 : 0x80 : 1) | (ups.Boosting ? 0x20 : 0) | (ups.Trimming ? 0x40 : 0));
        shown[151] = Fixed(ups.Mains.Volts, 6);
        shown[154] = ups.Standing switch { UpsStanding.OnBattery => unchecked((ushort)-4), UpsStanding.Off => unchecked((ushort)-3), _ => Fixed(97.5, 7) };
        shown[155] = ups.OffAt is { } off ? (ushort)Math.Clamp((off - at).TotalSeconds, 0, 32767) : Absent;
        shown[156] = Absent;
        Put(shown, 157, uint.MaxValue);
    }

    private static ushort Fixed(double value, int bits) => (ushort)Math.Clamp(Math.Round(value * (1 << bits)), 0, 0xFFFE);

    private static void Put(Dictionary<int, ushort> shown, int at, uint value)
    {
        shown[at] = (ushort)(value >> 16);
        shown[at + 1] = (ushort)value;
    }
}
