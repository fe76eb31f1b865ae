using System.Globalization;

namespace RoomGuard.Wire.Megatec;

/// <summary>The eight bits at the end of a Q1 answer, the highest first (columns 38 to 45).</summary>
[Flags]
public enum Q1Bits
{
    /// <summary>On mains, all well, an on-line unit.</summary>
    None = 0,

    /// <summary>b0: the beeper is on.</summary>
    BeeperOn = 1,

    /// <summary>b1: a shutdown is under way; some units hold it always.</summary>
    ShutdownActive = 2,

    /// <summary>b2: a self-test is under way.</summary>
    Testing = 4,

    /// <summary>b3: a stand-by or line-interactive unit; 0: on-line.</summary>
    StandBy = 8,

    /// <summary>b4: the unit has failed.</summary>
    Failed = 16,

    /// <summary>b5: bypass, boost or trim. Omron's units set it in normal operation.</summary>
    BypassOrBoost = 32,

    /// <summary>b6: battery low.</summary>
    BatteryLow = 64,

    /// <summary>b7: mains have failed.</summary>
    UtilityFail = 128,
}

/// <summary>The answer to <c>Q1</c>: <c>(MMM.M NNN.N PPP.P QQQ RR.R SS.S TT.T bbbbbbbb</c>. Null where the unit shows dashes.</summary>
/// <param name="InputVoltage">V.</param>
/// <param name="FaultVoltage">V, input at the last fault.</param>
/// <param name="OutputVoltage">V.</param>
/// <param name="Load">Per cent of the maximum.</param>
/// <param name="InputFrequency">Hz.</param>
/// <param name="BatteryVoltage">V: of one cell on on-line units (S.SS), of the whole on stand-by units (SS.S).</param>
/// <param name="Temperature">°C.</param>
public sealed record Q1Status(
    double? InputVoltage, double? FaultVoltage, double? OutputVoltage, double? Load, double? InputFrequency, double? BatteryVoltage, double? Temperature, Q1Bits Bits)
{
    /// <summary>Reads an answer; null when it is none.</summary>
    public static Q1Status? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return MegatecFields.Of(line, '(', 8) is { Length: 8 } fields
            && MegatecFields.Numbers(fields.AsSpan(0, 7)) is { } numbers
            && fields[7].Length == 8
            && MegatecFields.TryBits(fields[7], 8, out var bits)
            ? new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], (Q1Bits)bits)
            : null;
    }

    /// <summary>The answer as sent, without CR: 46 characters.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"({MegatecFields.Text(InputVoltage, "000.0")} {MegatecFields.Text(FaultVoltage, "000.0")} {MegatecFields.Text(OutputVoltage, "000.0")} {MegatecFields.Text(Load, "000")} {MegatecFields.Text(InputFrequency, "00.0")} {MegatecFields.Text(BatteryVoltage, Bits.HasFlag(Q1Bits.StandBy) ? "00.0" : "0.00")} {MegatecFields.Text(Temperature, "00.0")} {Convert.ToString((int)Bits, 2).PadLeft(8, '0')}");
}

/// <summary>The answer to <c>F</c>: <c>#MMM.M QQQ SS.SS RR.R</c>, what the unit is rated for.</summary>
/// <param name="Voltage">V.</param>
/// <param name="Current">A.</param>
/// <param name="BatteryVoltage">V.</param>
/// <param name="Frequency">Hz.</param>
public sealed record MegatecRating(double? Voltage, double? Current, double? BatteryVoltage, double? Frequency)
{
    /// <summary>Reads an answer; null when it is none.</summary>
    public static MegatecRating? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return MegatecFields.Of(line, '#', 4) is { Length: 4 } fields && MegatecFields.Numbers(fields) is { } numbers
            ? new(numbers[0], numbers[1], numbers[2], numbers[3])
            : null;
    }

    /// <summary>The answer as sent, without CR: 21 characters.</summary>
    public override string ToString() =>
        $"#{MegatecFields.Text(Voltage, "000.0")} {MegatecFields.Text(Current, "000")} {MegatecFields.Text(BatteryVoltage, BatteryVoltage >= 100 ? "000.0" : "00.00")} {MegatecFields.Text(Frequency, "00.0")}";
}

/// <summary>The answer to <c>I</c>: <c>#</c>, maker (15), model (10), version (10), one blank between. Empty where the unit shows dashes or nothing.</summary>
public sealed record MegatecIdentity(string Maker, string Model, string Version)
{
    /// <summary>Reads an answer; null when it is none.</summary>
    public static MegatecIdentity? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Length >= 28 && line[0] == '#' ? new(Part(line, 1, 15), Part(line, 17, 10), Part(line, 28, 10)) : null;
    }

    /// <summary>The answer as sent, without CR: 38 characters.</summary>
    public override string ToString() => $"#{Maker.PadRight(15)[..15]} {Model.PadRight(10)[..10]} {Version.PadRight(10)[..10]}";

    private static string Part(string line, int at, int length) => line[Math.Min(at, line.Length)..Math.Min(at + length, line.Length)].Trim().Trim('-').Trim();
}

/// <summary>The answer of Voltronic QS units to <c>QI</c>: charge, runtime and the limits of mains.</summary>
/// <param name="Charge">Per cent.</param>
/// <param name="RuntimeSeconds">s.</param>
/// <param name="InputFrequency">Hz.</param>
/// <param name="OutputCurrent">A.</param>
/// <param name="LowTransfer">V below which the unit goes to battery.</param>
/// <param name="HighTransfer">V above which it does.</param>
public sealed record VoltronicInfo(double? Charge, double? RuntimeSeconds, double? InputFrequency, double? OutputCurrent, double? LowTransfer, double? HighTransfer)
{
    /// <summary>Reads an answer; null when it is none.</summary>
    public static VoltronicInfo? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return MegatecFields.Of(line, '(', 8) is { } fields && MegatecFields.Numbers(fields.AsSpan(0, 6)) is { } numbers
            ? new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
            : null;
    }
}

/// <summary>The answer of Voltronic QGS units to <c>QGS</c>.</summary>
/// <param name="InputVoltage">V.</param>
/// <param name="InputFrequency">Hz.</param>
/// <param name="OutputVoltage">V.</param>
/// <param name="OutputFrequency">Hz.</param>
/// <param name="OutputCurrent">A.</param>
/// <param name="Load">Per cent.</param>
/// <param name="BatteryVoltage">V.</param>
/// <param name="Temperature">°C.</param>
public sealed record VoltronicStatus(
    double? InputVoltage,
    double? InputFrequency,
    double? OutputVoltage,
    double? OutputFrequency,
    double? OutputCurrent,
    double? Load,
    double? BatteryVoltage,
    double? Temperature,
    bool UtilityFail,
    bool BatteryLow,
    bool BypassOrBoost,
    bool Failed,
    bool Testing,
    bool ShutdownActive,
    bool BeeperOn)
{
    /// <summary>Reads an answer; null when it is none. Twelve fields; the bits are type (2), utility fail, low, bypass or boost, fault, test, shutdown, beeper.</summary>
    public static VoltronicStatus? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (MegatecFields.Of(line, '(', 12) is not { Length: 12 } fields
            || MegatecFields.Numbers(fields.AsSpan(0, 11)) is not { } numbers
            || fields[11].Length < 9
            || !MegatecFields.TryBits(fields[11], 9, out _))
        {
            return null;
        }

        var bits = fields[11];
        return new(
            numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[8], numbers[10],
            bits[2] == '1', bits[3] == '1', bits[4] == '1', bits[5] == '1', bits[6] == '1', bits[7] == '1', bits[8] == '1');
    }
}

/// <summary>The answer of Voltronic QGS units to <c>QBV</c>.</summary>
/// <param name="Voltage">V.</param>
/// <param name="Charge">Per cent.</param>
/// <param name="RuntimeMinutes">Minutes.</param>
public sealed record VoltronicBattery(double? Voltage, double? Batteries, double? Packs, double? Charge, double? RuntimeMinutes)
{
    /// <summary>Reads an answer; null when it is none.</summary>
    public static VoltronicBattery? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return MegatecFields.Of(line, '(', 5) is { Length: 5 } fields && MegatecFields.Numbers(fields) is { } numbers
            ? new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
            : null;
    }
}

/// <summary>The answer of Voltronic QGS units to <c>QMOD</c>: in which mode the unit is.</summary>
public enum VoltronicMode
{
    /// <summary>A letter that stands in no paper we know.</summary>
    Unknown = 0,

    /// <summary>Just powered on.</summary>
    PowerOn = 'P',

    /// <summary>No output.</summary>
    StandBy = 'S',

    /// <summary>The load hangs on mains unprotected.</summary>
    Bypass = 'Y',

    /// <summary>On mains.</summary>
    Line = 'L',

    /// <summary>On battery.</summary>
    Battery = 'B',

    /// <summary>Testing its battery.</summary>
    Test = 'T',

    /// <summary>Failed.</summary>
    Fault = 'F',

    /// <summary>Saving energy on mains.</summary>
    Eco = 'E',

    /// <summary>Converting the frequency.</summary>
    Converter = 'C',

    /// <summary>Shut down.</summary>
    Shutdown = 'D',
}

/// <summary>Reads the mode.</summary>
public static class VoltronicModes
{
    /// <summary>The answer to <c>QMOD</c>, e.g. <c>(L</c>.</summary>
    public static VoltronicMode Parse(string line) =>
        line is ['(', var letter] && Enum.IsDefined((VoltronicMode)letter) ? (VoltronicMode)letter : VoltronicMode.Unknown;
}

/// <summary>What Omron's units answer to their own questions (BN, BY, BU; docs/reference/ups.md section 7).</summary>
public static class OmronAnswers
{
    /// <summary><c>Bl ?</c> charge in per cent, <c>RTS</c> runtime in minutes, <c>TPb</c> battery in °C, <c>Lf ?</c> output in Hz: one number.</summary>
    public static double? Number(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return MegatecFields.TryNumber(line.Trim(), out var value) ? value : null;
    }

    /// <summary><c>BRR</c>: when the battery should be replaced, YYYYMMDD.</summary>
    public static DateOnly? ReplaceBy(string line) =>
        DateOnly.TryParseExact(line, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary><c>UN</c>: <c>1125W/1125VA/048V/160W/020W</c>. Watts, volt-amperes and battery volts; null when it is none.</summary>
    public static (int Watts, int VoltAmperes, int BatteryVolts)? Rating(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var parts = line.Split('/');
        return parts.Length >= 3
            && Unit(parts[0], "W") is { } watts
            && Unit(parts[1], "VA") is { } voltAmperes
            && Unit(parts[2], "V") is { } volts
            ? (watts, voltAmperes, volts)
            : null;
    }

    private static int? Unit(string part, string unit) =>
        part.EndsWith(unit, StringComparison.Ordinal) && int.TryParse(part[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
