using System.Collections.Immutable;
using RoomGuard.Core.Doors;

namespace RoomGuard.Core.Climate;

/// <summary>The sensors of one zone as neighbours of each other. Pure.</summary>
internal sealed class ZoneAir(ZoneSensing sensing, ImmutableArray<SensorWatch> sensors) : ISurroundings
{
    private const double Together = 1;
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    /// <summary>The zone's part of the plan.</summary>
    public ZoneSensing Sensing { get; } = sensing;

    /// <summary>Its sensors.</summary>
    public ImmutableArray<SensorWatch> Sensors { get; } = sensors;

    /// <inheritdoc/>
    public bool IsFireLikely { get; set; }

    /// <inheritdoc/>
    public bool AnotherMoves(SensorWatch own, Quantity quantity, bool upwards, DateTimeOffset now) => Others(own, quantity).Any(other =>
        (other.WindowOf(quantity)?.Moved(now, Lately) is { } moved && (upwards ? moved >= Together : moved <= -Together))
        || (other.Find(quantity) is { Held: { } held, HeldAt: { } heldAt, Value: { } last } && now - heldAt <= Lately && held > last == upwards));

    /// <inheritdoc/>
    public int OthersAgainst(SensorWatch own, Quantity quantity, double value, double by, DateTimeOffset now) => Others(own, quantity).Count(other =>
        other.Find(quantity) is { Told: ValueQuality.Good, Value: { } known, At: { } at } && now - at <= other.LongestSilence && Math.Abs(known - value) > by);

    /// <inheritdoc/>
    public bool AnotherMoved(SensorWatch own, Quantity quantity, double by, TimeSpan within, DateTimeOffset now) =>
        Others(own, quantity).Any(other => other.WindowOf(quantity)?.Span(now, within) is { } span && span.Most - span.Least >= by);

    /// <summary>The slopes of the air at the inlets, with what each says now; where there are no inlets, of the room's air.</summary>
    public IEnumerable<(SensorWatch Sensor, double Value, double SlopePerHour)> Slopes(Moment at, TimeSpan within, Func<SensorWatch, bool> isBlind)
    {
        var hasInlets = Sensors.Any(sensor => sensor.Place.Spot is SensorSpot.Inlet && sensor.Place.Measures.Contains(Quantity.Temperature));
        return from sensor in Sensors
               where sensor.Place.Spot == (hasInlets ? SensorSpot.Inlet : SensorSpot.Room)
               let value = sensor.Judged(Quantity.Temperature, at, isBlind(sensor))
               let slope = sensor.WindowOf(Quantity.Temperature)?.SlopePerHour(at.Steady, within)
               where value is not null && slope is not null
               select (sensor, value.Value, slope.Value);
    }

    private IEnumerable<SensorWatch> Others(SensorWatch own, Quantity quantity) =>
        Sensors.Where(other => other != own && other.Place.Spot == own.Place.Spot && other.Place.Measures.Contains(quantity));
}

/// <summary>What a zone felt of a shake (R-ENV-04).</summary>
/// <param name="Sensor">By which.</param>
/// <param name="At">Steady instant.</param>
/// <param name="IsStrong">Beyond the second limit.</param>
/// <param name="HasSize">False: it says that it shook, and not how much.</param>
internal readonly record struct Shake(SensorWatch Sensor, DateTimeOffset At, bool IsStrong, bool HasSize, double Value, double? Limit);
