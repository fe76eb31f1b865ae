using System.Collections.Immutable;

namespace RoomGuard.Core.Power;

/// <summary>What is measured at a UPS, each with its unit in its name or here.</summary>
public enum UpsQuantity
{
    /// <summary>V at the input.</summary>
    InputVoltage,

    /// <summary>Hz at the input.</summary>
    InputFrequency,

    /// <summary>V at the output.</summary>
    OutputVoltage,

    /// <summary>Hz at the output.</summary>
    OutputFrequency,

    /// <summary>A at the output.</summary>
    OutputCurrent,

    /// <summary>Load, per cent of the rated watts; of the maximum where a unit tells no more.</summary>
    LoadPercent,

    /// <summary>Load, per cent of the rated volt-amperes.</summary>
    ApparentLoadPercent,

    /// <summary>W at the output.</summary>
    OutputWatts,

    /// <summary>VA at the output.</summary>
    OutputVoltAmperes,

    /// <summary>Battery charge, 0 to 100.</summary>
    ChargePercent,

    /// <summary>How long the battery lasts at this load, s.</summary>
    RuntimeSeconds,

    /// <summary>V of the battery.</summary>
    BatteryVoltage,

    /// <summary>°C of the battery.</summary>
    BatteryTemperature,

    /// <summary>°C inside or around the unit.</summary>
    Temperature,

    /// <summary>Efficiency, per cent.</summary>
    EfficiencyPercent,

    /// <summary>Wh given since the unit was made.</summary>
    EnergyWattHours,

    /// <summary>Rated W.</summary>
    RatedWatts,

    /// <summary>Rated VA.</summary>
    RatedVoltAmperes,

    /// <summary>s on battery in this outage, where the unit counts them.</summary>
    SecondsOnBattery,

    /// <summary>V below which the unit goes to battery.</summary>
    LowTransferVoltage,

    /// <summary>V above which it does.</summary>
    HighTransferVoltage,
}

/// <summary>What is so at a UPS. Exactly one of the first four holds in a sound reading.</summary>
[Flags]
public enum UpsFlags
{
    /// <summary>Nothing is known to be so.</summary>
    None = 0,

    /// <summary>The load hangs on mains, protected.</summary>
    OnLine = 1,

    /// <summary>The load hangs on the battery; an outage unless <see cref="Testing"/>.</summary>
    OnBattery = 2,

    /// <summary>The load hangs on mains, not protected.</summary>
    Bypass = 4,

    /// <summary>No output.</summary>
    OutputOff = 8,

    /// <summary>A self-test or calibration: on battery now is no outage, but the runtime still falls.</summary>
    Testing = 0x10,

    /// <summary>The unit itself says that little is left.</summary>
    LowBattery = 0x20,

    /// <summary>The battery must be replaced.</summary>
    ReplaceBattery = 0x40,

    /// <summary>No battery: its runtime is worth nothing.</summary>
    NoBattery = 0x80,

    /// <summary>More hangs on it than it can carry.</summary>
    Overload = 0x100,

    /// <summary>Too hot.</summary>
    OverTemperature = 0x200,

    /// <summary>Something in the unit is broken.</summary>
    Fault = 0x400,

    /// <summary>Mains are not what the unit takes.</summary>
    InputBad = 0x800,

    /// <summary>Raises mains.</summary>
    Boost = 0x1000,

    /// <summary>Lowers mains.</summary>
    Trim = 0x2000,

    /// <summary>The battery is being charged.</summary>
    Charging = 0x4000,

    /// <summary>A shutdown of the output is under way.</summary>
    ShutdownPending = 0x8000,

    /// <summary>The last self-test passed.</summary>
    TestPassed = 0x10000,

    /// <summary>The last self-test failed.</summary>
    TestFailed = 0x20000,
}

/// <summary>What words a UPS has for itself.</summary>
public enum UpsText
{
    /// <summary>Who made it.</summary>
    Maker,

    /// <summary>Its model.</summary>
    Model,

    /// <summary>Its serial number.</summary>
    Serial,

    /// <summary>Its firmware.</summary>
    Firmware,

    /// <summary>Its name, as its owner set it.</summary>
    Name,

    /// <summary>The maker's number of the model.</summary>
    Sku,

    /// <summary>When the battery should be replaced, as the unit says it: yyyy-MM-dd (R-PWR-07).</summary>
    ReplaceBatteryBy,

    /// <summary>When the battery was put in: yyyy-MM-dd.</summary>
    BatteryInstalledOn,

    /// <summary>The outcome of the last self-test, in the unit's words.</summary>
    SelfTest,
}

/// <summary>How far something from the wire may be believed.</summary>
public enum UpsQuality
{
    /// <summary>Read lately and possible.</summary>
    Good,

    /// <summary>Read, and outside physics or against other values: kept as it came, not judged by (R-ENV-06).</summary>
    Bad,

    /// <summary>Not read.</summary>
    Unknown,
}

/// <summary>One measured value.</summary>
/// <param name="Value">In the quantity's unit; with <see cref="UpsQuality.Bad"/> what the unit said.</param>
/// <param name="At">When it was read.</param>
/// <param name="Estimated">推定: worked out by us, since the unit does not tell.</param>
public readonly record struct UpsValue(double Value, UpsQuality Quality, DateTimeOffset At, bool Estimated = false);

/// <summary>One look at a UPS (R-PWR-01).</summary>
/// <param name="Ups">Its id.</param>
/// <param name="At">When.</param>
/// <param name="State">How far <see cref="Flags"/> may be believed; Unknown while it does not answer (R-PWR-06).</param>
/// <param name="Trouble">Why it is not Good, for people; null when it is.</param>
public sealed record UpsReading(
    string Ups,
    DateTimeOffset At,
    UpsQuality State,
    UpsFlags Flags,
    ImmutableSortedDictionary<UpsQuantity, UpsValue> Values,
    ImmutableSortedDictionary<UpsText, string> Texts,
    string? Trouble)
{
    /// <summary>Nothing was ever read.</summary>
    public static UpsReading Nothing(string ups, DateTimeOffset at, string trouble) => new(
        ups, at, UpsQuality.Unknown, UpsFlags.None, ImmutableSortedDictionary<UpsQuantity, UpsValue>.Empty, ImmutableSortedDictionary<UpsText, string>.Empty, trouble);

    /// <summary>停電: on battery and not because of a test. False also when the state may not be believed.</summary>
    public bool IsOutage => State == UpsQuality.Good && (Flags & (UpsFlags.OnBattery | UpsFlags.Testing)) == UpsFlags.OnBattery;

    /// <summary>A value that may be judged by; null when it was not read or is not possible.</summary>
    public double? Good(UpsQuantity quantity) => Values.TryGetValue(quantity, out var value) && value.Quality == UpsQuality.Good ? value.Value : null;
}
