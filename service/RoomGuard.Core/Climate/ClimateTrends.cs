using System.Collections.Immutable;
using RoomGuard.Core.Readings;

namespace RoomGuard.Core.Climate;

/// <summary>Which values of a sensor are followed over time, and which readings count (R-ENV-10). Pure.</summary>
public static class ClimateTrends
{
    // No name of a UPS holds a slash: both live in one store.
    private const string Prefix = "sensor/";
    private const int LongestName = 100;

    /// <summary>What is followed, in the order people read it. What is so or not so is in the record, and not here.</summary>
    public static ImmutableArray<Quantity> Followed { get; } =
    [
        Quantity.Temperature, Quantity.RelativeHumidity, Quantity.SurfaceTemperature, Quantity.Pm10, Quantity.Pm25, Quantity.CarbonDioxide, Quantity.AirPressure, Quantity.Acceleration,
        Quantity.SeismicIntensity, Quantity.Watts,
    ];

    /// <summary>Under which name a sensor's readings are kept.</summary>
    public static string SeriesOf(string sensor) => Prefix + sensor;

    /// <summary>
    /// What a bridge's word adds: each value that could be believed, calibrated, with the moment it was heard. A sensor that is silent adds nothing, since what it
    /// said is there already: a gap stays a gap. What is measured in service is
    /// kept, and not judged. A value that cannot be so is in the record as センサー異常 and never among the readings (R-ENV-06).
    /// </summary>
    public static IEnumerable<ReadingSample> Of(ClimateNow climate)
    {
        ArgumentNullException.ThrowIfNull(climate);
        return from sensor in climate.Sensors.IsDefault ? [] : climate.Sensors
               where sensor is { Sensor.Length: > 0 and <= LongestName, Values.IsDefault: false }
               from value in sensor.Values
               where value is { Value: { } number, At: not null } && double.IsFinite(number) && Followed.Contains(value.Quantity)
                   && value.Quality is not ValueQuality.Stale
               select new ReadingSample(SeriesOf(sensor.Sensor), value.Quantity.ToString(), value.At!.Value, Math.Round(value.Value!.Value, 2));
    }

    /// <summary>A sensor that speaks this often has a gap where nothing was heard for longer (R-ENV-05: three intervals).</summary>
    public static TimeSpan GapOf(TimeSpan interval) => interval * 3 > ReadingRun.Gap ? interval * 3 : ReadingRun.Gap;
}
