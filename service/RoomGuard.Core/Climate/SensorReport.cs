using System.Collections.Immutable;

namespace RoomGuard.Core.Climate;

/// <summary>What a sensor tells, each with its unit. What is so or is not so is 1 or 0.</summary>
public enum Quantity
{
    /// <summary>°C of the air where the sensor is.</summary>
    Temperature,

    /// <summary>Relative humidity, %.</summary>
    RelativeHumidity,

    /// <summary>°C; as a device reports it, shown and never judged (environment.md §2.1).</summary>
    DewPoint,

    /// <summary>°C of a cold surface or of supply air, for the condensation margin.</summary>
    SurfaceTemperature,

    /// <summary>hPa.</summary>
    AirPressure,

    /// <summary>Dust up to 10 µm, µg/m³.</summary>
    Pm10,

    /// <summary>Dust up to 2.5 µm, µg/m³.</summary>
    Pm25,

    /// <summary>Peak acceleration, gal (cm/s²).</summary>
    Acceleration,

    /// <summary>Intensity-like value of one sensor, never an official 震度 (environment.md §2.4).</summary>
    SeismicIntensity,

    /// <summary>1: the sensor felt a knock or a shake and tells no size.</summary>
    Vibration,

    /// <summary>1: wet.</summary>
    Leak,

    /// <summary>1: smoke.</summary>
    Smoke,

    /// <summary>1: the fire signal of the building (火災信号).</summary>
    Fire,

    /// <summary>1: extinguishing agent (消火薬剤) is being discharged.</summary>
    AgentDischarge,

    /// <summary>1: air conditioning or its water has stopped (空調・給水の停止).</summary>
    CoolingStopped,

    /// <summary>1: open: a door, a rack, a hatch.</summary>
    Open,

    /// <summary>1: somebody moves in front of the sensor.</summary>
    Motion,

    /// <summary>CO₂, ppm.</summary>
    CarbonDioxide,

    /// <summary>W, of a measured circuit.</summary>
    Watts,

    /// <summary>1: the protection of a surge arrester (避雷器) is used up. Judged with the power (R-PWR-05).</summary>
    ArresterUsedUp,

    /// <summary>Surges an arrester has counted in its life. Judged with the power (R-PWR-05).</summary>
    Surges,
}

/// <summary>One value of a report, before calibration.</summary>
/// <param name="Quantity">Of what.</param>
/// <param name="Raw">The number in the quantity's unit, as the device said it; null: the device said something that is no number (NaN, "unavailable", a word).</param>
/// <param name="Fault">Why there is no number, in a few English words; null with a number.</param>
public readonly record struct SensorValue(Quantity Quantity, double? Raw, string? Fault = null);

/// <summary>
/// What one enrolled sensor said at one moment, whatever wire it came over: no product, topic or payload is known beyond this point. Not yet judged.
/// </summary>
/// <param name="SensorId">The name under which it is enrolled (R-NET-01).</param>
/// <param name="At">When it arrived here, by this program's clock.</param>
/// <param name="Values">What it said; empty: only that it lives.</param>
public sealed record SensorReport(string SensorId, DateTimeOffset At, ImmutableArray<SensorValue> Values)
{
    /// <summary>When the device says it measured; null: it does not say. Shown and compared, never trusted for order.</summary>
    public DateTimeOffset? SampledAt { get; init; }

    /// <summary>The device's own count of its messages; null: it has none.</summary>
    public long? Sequence { get; init; }

    /// <summary>
    /// An old thing told again: retained by a broker or repeated by a wire. It may show a value where none is known; it never clears an alarm, never proves that
    /// the sensor lives and never renews the age of what it says.
    /// </summary>
    public bool Resent { get; init; }

    /// <summary>0 to 100; null: it does not say.</summary>
    public double? BatteryPercent { get; init; }

    /// <summary>The device itself says its battery is low.</summary>
    public bool BatteryLow { get; init; }

    /// <summary>0 to 100, by the scale its model gives; null: it does not say.</summary>
    public double? LinkPercent { get; init; }

    /// <summary>Its test button or a test program made it: shown as a test, raises nothing (environment.md §4).</summary>
    public bool SelfTest { get; init; }

    /// <summary>Its cover was opened or it was taken off the wall.</summary>
    public bool Tampered { get; init; }
}

/// <summary>Whether something that sensors are heard through lives: a radio gateway, a broker, a Sparkplug node. While it does not, its sensors are blind with it and raise nothing of their own.</summary>
/// <param name="GatewayId">Its name in the settings.</param>
/// <param name="At">When that was learnt.</param>
/// <param name="Alive">Told by its will, its birth or its heartbeat.</param>
public sealed record GatewayHeard(string GatewayId, DateTimeOffset At, bool Alive);
