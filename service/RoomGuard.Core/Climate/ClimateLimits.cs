using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Climate;

/// <summary>What is held against limits.</summary>
public enum Measure
{
    /// <summary>°C.</summary>
    Temperature,

    /// <summary>%.</summary>
    Humidity,

    /// <summary>°C, worked out here (environment.md section 2.1).</summary>
    DewPoint,

    /// <summary>°C between a cold surface and the dew point.</summary>
    CondensationMargin,

    /// <summary>°C above the lowest of the last 15 minutes.</summary>
    TemperatureRise,

    /// <summary>°C between the highest and the lowest of the last hour.</summary>
    TemperatureChange,

    /// <summary>% between the highest and the lowest of the last hour.</summary>
    HumidityChange,

    /// <summary>µg/m³.</summary>
    Dust,

    /// <summary>µg/m³.</summary>
    FineDust,

    /// <summary>% of a sensor's battery.</summary>
    Battery,
}

/// <summary>Class of the equipment in a room (ASHRAE TC 9.9, 2021): what air its makers allow.</summary>
public enum EquipmentClass
{
    /// <summary>15 to 32 °C.</summary>
    A1,

    /// <summary>10 to 35 °C.</summary>
    A2,

    /// <summary>5 to 40 °C.</summary>
    A3,

    /// <summary>5 to 45 °C.</summary>
    A4,

    /// <summary>Dense: 5 to 25 °C.</summary>
    H1,
}

/// <summary>Limits of one measure (R-ENV-02): two below, two above, with how far back is back, and how long it must be so.</summary>
/// <param name="WarningLow">Below is 注意; null, as with the others: no such limit.</param>
/// <param name="WarningHigh">Above is 注意.</param>
/// <param name="AlarmLow">Below is 警報.</param>
/// <param name="AlarmHigh">Above is 警報.</param>
/// <param name="Deadband">So far past a limit it has to return.</param>
/// <param name="WarningAfter">How long it must be so.</param>
/// <param name="AlarmAfter">How long it must be so.</param>
/// <param name="NormalAfter">How long it must be back.</param>
public sealed record LimitSet(
    Measure Measure,
    double? WarningLow,
    double? WarningHigh,
    double? AlarmLow,
    double? AlarmHigh,
    double Deadband,
    TimeSpan WarningAfter,
    TimeSpan AlarmAfter,
    TimeSpan NormalAfter)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(2);

    /// <summary>Whether anything is too low.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasLow => (WarningLow ?? AlarmLow) is not null;

    /// <summary>Whether anything is too high.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasHigh => (WarningHigh ?? AlarmHigh) is not null;

    /// <summary>One sentence for each thing that cannot be.</summary>
    public IEnumerable<string> Problems(string place)
    {
        double?[] order = [AlarmLow, WarningLow, WarningHigh, AlarmHigh];
        var given = order.OfType<double>().ToArray();
        if (given.Length == 0 || given.Any(one => !double.IsFinite(one)) || !given.SequenceEqual(given.Order()))
        {
            yield return $"{place}: limits of {Measure} must be numbers that rise from alarmLow over warningLow and warningHigh to alarmHigh; write at least one.";
        }

        if (Deadband is not (>= 0 and <= 1000) || (Measure is Measure.DewPoint or Measure.CondensationMargin && Deadband < 0.5))
        {
            yield return $"{place}.deadband: {Deadband} is no deadband of {Measure}. It is not negative, and at least 0.5 for what is worked out of humidity.";
        }

        if (new[] { WarningAfter, AlarmAfter, NormalAfter }.Any(one => one < TimeSpan.Zero || one > LongestDelay))
        {
            yield return $"{place}: a delay of {Measure} is 00:00:00 to 2.00:00:00.";
        }
    }
}

/// <summary>The common limits: R-ENV-02 and environment.md section 1.3. Pure.</summary>
public static class ClimateLimits
{
    private static readonly TimeSpan None = TimeSpan.Zero;

    /// <summary>The common limits of a measure; null: not judged there.</summary>
    public static LimitSet? Of(Measure measure, SensorSpot spot, ZoneKind kind, EquipmentClass equipment)
    {
        var (low, high) = AirOf(equipment);
        return (measure, spot) switch
        {
            (Measure.Battery, _) => new(measure, 20, null, 10, null, 5, TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(24)),
            (_, SensorSpot.Outside) => null,
            (Measure.Temperature, SensorSpot.Inlet) => new(measure, 18, equipment is EquipmentClass.H1 ? 22 : 27, low, high, 1, Minutes(5), Minutes(1), Minutes(5)),

            // A media store has no equipment with inlets: its air is what its media lie in.
            (Measure.Temperature, SensorSpot.Room) when kind is ZoneKind.MediaStore => new(measure, 16, 27, 10, 32, 1, Minutes(5), Minutes(5), Minutes(5)),
            (Measure.Temperature, SensorSpot.Return or SensorSpot.Room) => new(measure, null, 32, null, 38, 1.5, Minutes(5), Minutes(5), Minutes(5)),
            (Measure.Humidity, SensorSpot.Inlet or SensorSpot.Room) => new(measure, 40, 60, 20, 80, 3, Minutes(15), Minutes(15), Minutes(15)),
            (Measure.DewPoint, SensorSpot.Inlet or SensorSpot.Room) => new(measure, -9, 15, -12, 17, 1, Minutes(15), Minutes(15), Minutes(15)),
            (Measure.CondensationMargin, _) => new(measure, 3, null, 1, null, 0.5, Minutes(2), Minutes(2), Minutes(10)),
            (Measure.TemperatureRise, SensorSpot.Inlet or SensorSpot.Room) => new(measure, null, 5, null, 10, 1, None, None, Minutes(15)),
            (Measure.TemperatureChange, SensorSpot.Inlet or SensorSpot.Room) => new(measure, null, kind is ZoneKind.MediaStore ? 5 : 20, null, null, 1, None, None, Minutes(15)),
            (Measure.HumidityChange, SensorSpot.Inlet or SensorSpot.Room) when kind is ZoneKind.MediaStore => new(measure, null, 10, null, null, 2, Minutes(5), Minutes(5), Minutes(15)),
            (Measure.Dust, _) => new(measure, null, 75, null, 150, 10, Minutes(15), Minutes(15), Minutes(30)),
            (Measure.FineDust, _) => new(measure, null, 35, null, 75, 5, Minutes(15), Minutes(15), Minutes(30)),
            _ => null,
        };
    }

    /// <summary>What air the equipment's makers allow, °C (environment.md section 1.1).</summary>
    public static (double Low, double High) AirOf(EquipmentClass equipment) => equipment switch
    {
        EquipmentClass.A2 => (10, 35),
        EquipmentClass.A3 => (5, 40),
        EquipmentClass.A4 => (5, 45),
        EquipmentClass.H1 => (5, 25),
        _ => (15, 32),
    };

    /// <summary>The rules a measure raises: below, and above; null: none on that side.</summary>
    public static (ClimateRule? Low, ClimateRule? High) RulesOf(Measure measure) => measure switch
    {
        Measure.Temperature => (ClimateRule.TemperatureLow, ClimateRule.TemperatureHigh),
        Measure.Humidity => (ClimateRule.HumidityLow, ClimateRule.HumidityHigh),
        Measure.DewPoint => (ClimateRule.DewPointLow, ClimateRule.DewPointHigh),
        Measure.CondensationMargin => (ClimateRule.CondensationNear, null),
        Measure.TemperatureRise => (null, ClimateRule.TemperatureRise),
        Measure.TemperatureChange => (null, ClimateRule.TemperatureChange),
        Measure.HumidityChange => (null, ClimateRule.HumidityChange),
        Measure.Dust => (null, ClimateRule.DustHigh),
        Measure.FineDust => (null, ClimateRule.FineDustHigh),
        Measure.Battery => (ClimateRule.SensorBattery, null),
        _ => (null, null),
    };

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}

/// <summary>What the physics of a sensor and of a room allow (R-ENV-06). Pure.</summary>
public static class SensorLimits
{
    /// <summary>What a common sensor of a quantity can measure.</summary>
    public static (double From, double To) RangeOf(Quantity quantity) => quantity switch
    {
        Quantity.Temperature => (-40, 85),
        Quantity.RelativeHumidity => (0, 105),
        Quantity.DewPoint => (-80, 60),
        Quantity.SurfaceTemperature => (-55, 125),
        Quantity.AirPressure => (300, 1100),
        Quantity.Pm10 or Quantity.Pm25 => (0, 5000),
        Quantity.Acceleration => (0, 20_000),
        Quantity.SeismicIntensity => (-10, 8),
        Quantity.CarbonDioxide => (0, 50_000),
        Quantity.Watts => (-1_000_000, 1_000_000),
        Quantity.Surges => (0, uint.MaxValue),
        _ => (0, 1),
    };

    /// <summary>How far the air goes between two reports however close, and how far in a minute; null: any step is possible.</summary>
    public static (double Step, double PerMinute)? PaceOf(Quantity quantity) => quantity switch
    {
        Quantity.Temperature => (3, 2),
        // Supply air follows the machine that blows it, and not the room.
        Quantity.SurfaceTemperature => (15, 10),
        Quantity.RelativeHumidity => (15, 10),
        Quantity.AirPressure => (10, 2),
        _ => null,
    };

    /// <summary>A step no room makes at one place alone; null: none is known.</summary>
    public static double? ImpossibleAlone(Quantity quantity) => quantity switch
    {
        Quantity.Temperature or Quantity.SurfaceTemperature => 15,
        Quantity.RelativeHumidity => 40,
        _ => null,
    };

    /// <summary>Whether a number is one by which such sensors say that they cannot measure. A sensor that comes from near it means it.</summary>
    /// <param name="last">The last good value; null: none.</param>
    public static bool IsErrorValue(Quantity quantity, double raw, double? last) =>
        quantity is Quantity.Temperature or Quantity.SurfaceTemperature
        && raw is 85 or -127 or -40 or 125 or 255 or 327.67 or -327.68 or 6553.5
        && !(last is { } before && Math.Abs(before - raw) <= 5);

    /// <summary>Whether a temperature looks like °F where °C were: the old value, written in the other unit.</summary>
    public static bool IsOtherUnit(Quantity quantity, double last, double value) =>
        quantity is Quantity.Temperature or Quantity.SurfaceTemperature && value > 45 && Math.Abs(((value - 32) / 1.8) - last) <= 2;
}

/// <summary>Dew point by the Magnus form with a = 17.625, b = 243.04 °C (environment.md section 2.1). Pure.</summary>
public static class DewPoint
{
    private const double A = 17.625;
    private const double B = 243.04;

    /// <summary>°C; null: there is none, since no air is so dry, or the form does not hold there.</summary>
    public static double? Of(double temperature, double humidity)
    {
        if (humidity is not (> 0 and <= 105) || temperature is not (>= -40 and <= 60))
        {
            return null;
        }

        var g = Math.Log(Math.Min(humidity, 100) / 100) + (A * temperature / (B + temperature));
        return Math.Min(temperature, B * g / (A - g));
    }
}
