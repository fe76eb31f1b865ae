using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Climate;

/// <summary>What a sensor measured at one moment, as the readings have it.</summary>
public readonly record struct MeasuredAt(DateTimeOffset At, Quantity Quantity, double Value);

/// <summary>One time limits would have been broken.</summary>
/// <param name="Level">The worst of it.</param>
/// <param name="EndedAt">Null: it stood at the end.</param>
/// <param name="Peak">The worst value; null: none was told.</param>
public sealed record RehearsedAlarm(DateTimeOffset RaisedAt, DateTimeOffset? EndedAt, ClimateLevel Level, double? Peak);

/// <summary>
/// 試算: how often limits would have raised something over what was measured, judged by <see cref="ClimateControl"/> itself with its delays, its deadband and its doubts, so that
/// what is promised here is what will happen. Pure.
/// </summary>
/// <param name="Readings">How many values there were to judge; 0: nobody knows.</param>
public sealed record LimitsRehearsal(int Readings, ImmutableArray<RehearsedAlarm> Alarms)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Most = TimeSpan.FromHours(26);

    /// <summary>How many reached 警報.</summary>
    public int Serious => Alarms.Count(alarm => alarm.Level is ClimateLevel.Alarm);

    /// <summary>Whether a measure can be worked out of one sensor's readings.</summary>
    public static bool IsPossible(Measure measure) => measure is not (Measure.Battery or Measure.CondensationMargin);

    /// <summary>The quantities a measure is worked out of.</summary>
    public static ImmutableArray<Quantity> QuantitiesOf(Measure measure) => measure switch
    {
        Measure.Temperature or Measure.TemperatureRise or Measure.TemperatureChange => [Quantity.Temperature],
        Measure.Humidity or Measure.HumidityChange => [Quantity.RelativeHumidity],
        Measure.DewPoint => [Quantity.Temperature, Quantity.RelativeHumidity],
        Measure.Dust => [Quantity.Pm10],
        Measure.FineDust => [Quantity.Pm25],
        _ => [],
    };

    /// <summary>Judges what was measured by these limits.</summary>
    /// <param name="sensor">How it is enrolled; its calibration is in the values already.</param>
    /// <param name="measured">In order of time.</param>
    public static LimitsRehearsal Of(SensorPlace sensor, LimitSet limits, IEnumerable<MeasuredAt> measured)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(measured);
        var quantities = QuantitiesOf(limits.Measure);
        var place = sensor with { Measures = quantities, Through = null, Calibrations = null, Ranges = null, FireZones = null, Limits = [limits] };
        var others = Enum.GetValues<SensingFactor>().Where(factor => quantities.All(quantity => ClimateRules.FactorOf(quantity) != factor)).Select(factor => new NotSensed(factor, "rehearsal"));
        var control = new ClimateControl(new([new(sensor.Zone, ZoneKind.ServerRoom, EquipmentClass.A1, [], [.. others], [])], [place]), new());
        var (low, high) = ClimateLimits.RulesOf(limits.Measure);
        var delays = new[] { limits.WarningAfter, limits.AlarmAfter, limits.NormalAfter }.Max() + Step;
        delays = delays < Most ? delays : Most;
        var (readings, alarms) = (0, ImmutableArray.CreateBuilder<RehearsedAlarm>());
        DateTimeOffset? before = null;
        foreach (var moment in Moments(measured))
        {
            if (before is null)
            {
                Told(new RoomStarted(moment.At));
            }

            // A delay may end between two reports, and what it does then is not seen at the next.
            for (var at = before + Step; at <= moment.At && at <= before + delays; at += Step)
            {
                Told(new TimePassed(at.Value));
            }

            readings += moment.Values.Length;
            Told(new SensorHeard(moment.At, new(sensor.Id, moment.At, moment.Values)));
            before = moment.At;
        }

        return new(readings, alarms.ToImmutable());

        void Told(RoomInput input)
        {
            foreach (var item in control.Handle(input).OfType<Write>().Select(write => write.Event))
            {
                switch (item)
                {
                    case ClimateRaised raised when raised.Rule == low || raised.Rule == high:
                        alarms.Add(new(raised.OccurredAt, null, raised.Level, raised.Value));
                        break;
                    case ClimateChanged { Change: ClimateChange.Worse } worse when (worse.Rule == low || worse.Rule == high) && Find(worse.RaisedAt) is >= 0 and var at:
                        alarms[at] = alarms[at] with { Level = ClimateLevel.Alarm, Peak = worse.Value ?? alarms[at].Peak };
                        break;
                    case ClimateCleared cleared when (cleared.Rule == low || cleared.Rule == high) && Find(cleared.RaisedAt) is >= 0 and var at:
                        alarms[at] = alarms[at] with { EndedAt = cleared.OccurredAt, Peak = cleared.Peak ?? alarms[at].Peak };
                        break;
                    default:
                        break;
                }
            }
        }

        int Find(DateTimeOffset raisedAt)
        {
            for (var at = alarms.Count - 1; at >= 0; at--)
            {
                if (alarms[at].EndedAt is null && alarms[at].RaisedAt == raisedAt)
                {
                    return at;
                }
            }

            return -1;
        }
    }

    // What one report said stands at one moment.
    private static IEnumerable<(DateTimeOffset At, ImmutableArray<SensorValue> Values)> Moments(IEnumerable<MeasuredAt> measured)
    {
        var values = ImmutableArray.CreateBuilder<SensorValue>();
        DateTimeOffset? at = null;
        foreach (var one in measured)
        {
            if (at is { } known && known != one.At)
            {
                yield return (known, values.ToImmutable());
                values.Clear();
            }

            at = one.At;
            values.Add(new(one.Quantity, one.Value));
        }

        if (at is { } last)
        {
            yield return (last, values.ToImmutable());
        }
    }
}
