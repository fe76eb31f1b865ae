using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Climate;

/// <summary>Where in a zone a sensor measures: limits hold at the air inlet of the equipment (environment.md section 1.1).</summary>
public enum SensorSpot
{
    /// <summary>給気: the front of a rack.</summary>
    Inlet,

    /// <summary>還気: what leaves a rack or goes back to the cooling.</summary>
    Return,

    /// <summary>室内: neither; information, no limit of the equipment.</summary>
    Room,

    /// <summary>床・配管・機器: where a leak, a knock or a contact is sensed.</summary>
    Structure,

    /// <summary>屋外: shown, never judged by limits.</summary>
    Outside,
}

/// <summary>A spot on a floor plan of the site.</summary>
/// <param name="Plan">The plan's id, e.g. <c>F3</c>.</param>
/// <param name="X">In the plan's own unit.</param>
/// <param name="Y">In the plan's own unit.</param>
public sealed record FloorSpot(string Plan, int X, int Y);

/// <summary>校正: <c>value = raw × gain + offset</c>.</summary>
/// <param name="Reference">The instrument it was held against.</param>
/// <param name="On">When.</param>
/// <param name="By">By whom.</param>
public sealed record Calibration(Quantity Quantity, double Gain = 1, double Offset = 0, string? Reference = null, DateOnly? On = null, string? By = null);

/// <summary>What a sensor can measure; a value outside is none (R-ENV-06).</summary>
public sealed record PhysicalRange(Quantity Quantity, double From, double To);

/// <summary>One enrolled sensor (R-NET-01).</summary>
/// <param name="Label">Its name for people, Japanese.</param>
/// <param name="LabelEn">The same in English.</param>
/// <param name="Measures">What it senses.</param>
/// <param name="Interval">How often it speaks at the latest; null: learned from what it does.</param>
/// <param name="Rack">The rack it hangs on; null: none.</param>
/// <param name="Through">The gateways and brokers it is heard through.</param>
/// <param name="Ranges">Where it can measure less than others of its kind.</param>
/// <param name="Limits">Its own limits, before those of the zone.</param>
/// <param name="FireZones">For a fire signal: the zones whose doors it sets; null: its own (R-DOOR-15).</param>
/// <param name="On">Where it stands on the floor plan; null: not told.</param>
public sealed record SensorPlace(
    string Id,
    ZoneId Zone,
    SensorSpot Spot,
    string Label,
    string LabelEn,
    ImmutableArray<Quantity> Measures,
    TimeSpan? Interval = null,
    string? Rack = null,
    ImmutableArray<string>? Through = null,
    ImmutableArray<Calibration>? Calibrations = null,
    ImmutableArray<PhysicalRange>? Ranges = null,
    ImmutableArray<LimitSet>? Limits = null,
    ImmutableArray<ZoneId>? FireZones = null,
    FloorSpot? On = null)
{
    /// <summary>The calibration of a quantity; null: as it comes.</summary>
    public Calibration? CalibrationOf(Quantity quantity) => (Calibrations ?? []).FirstOrDefault(one => one.Quantity == quantity);

    /// <summary>What it can measure of a quantity.</summary>
    public (double From, double To) RangeOf(Quantity quantity) =>
        (Ranges ?? []).FirstOrDefault(one => one.Quantity == quantity) is { } own ? (own.From, own.To) : SensorLimits.RangeOf(quantity);

    /// <summary>One whose silence may hide a fire or a flood.</summary>
    public bool IsForSafety => Measures.Any(one => one is Quantity.Smoke or Quantity.Fire or Quantity.Leak or Quantity.AgentDischarge);
}

/// <summary>Why a factor of a zone is not sensed (R-ENV-01).</summary>
public sealed record NotSensed(SensingFactor Factor, string Reason);

/// <summary>A zone's part of the plan (R-ENV-01).</summary>
/// <param name="Kind">Media stores are watched for slower changes too (R-ENV-08).</param>
/// <param name="Equipment">The class of the equipment: its air limits (environment.md section 1.1).</param>
/// <param name="Racks">What is to be looked at after a quake (R-ENV-04).</param>
/// <param name="NotSensed">Factors without a sensor, each with a reason.</param>
/// <param name="Limits">Limits of this zone, before the common ones.</param>
/// <param name="LeftOut">Sensors that could sense a factor and do not count for it; null: none.</param>
public sealed record ZoneSensing(
    ZoneId Zone,
    ZoneKind Kind,
    EquipmentClass Equipment,
    ImmutableArray<string> Racks,
    ImmutableArray<NotSensed> NotSensed,
    ImmutableArray<LimitSet> Limits,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<SensorLeftOut>? LeftOut = null)
{
    /// <summary>Whether a sensor does not count for a factor it could sense.</summary>
    public bool LeavesOut(SensingFactor factor, string sensor) => LeftOut is { } all && all.Any(one => one.Factor == factor && one.Sensor == sensor);
}

/// <summary>A sensor that could sense a factor and does not count for it.</summary>
public sealed record SensorLeftOut(SensingFactor Factor, string Sensor);

/// <summary>測定計画 of one bridge: its zones with their six factors, and its sensors.</summary>
public sealed record ClimatePlan(ImmutableArray<ZoneSensing> Zones, ImmutableArray<SensorPlace> Sensors)
{
    /// <summary>How many sensors one bridge judges.</summary>
    public const int MostSensors = 5000;

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(2);

    /// <summary>Nothing is sensed.</summary>
    public static ClimatePlan None { get; } = new([], []);

    /// <summary>The plan with limits that were ordered in place of those it had; what an order means that is nowhere here is nothing.</summary>
    public ClimatePlan With(IEnumerable<ClimateLimitsOrder> orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        var (zones, sensors) = (Zones, Sensors);
        foreach (var order in orders.Where(order => order.Limits is not null))
        {
            sensors = order.Sensor is null ? sensors : [.. sensors.Select(sensor => sensor.Id == order.Sensor && sensor.Zone == order.Zone ? sensor with { Limits = Put(sensor.Limits ?? [], order.Limits!) } : sensor)];
            zones = order.Sensor is not null ? zones : [.. zones.Select(zone => zone.Zone == order.Zone ? zone with { Limits = Put(zone.Limits, order.Limits!) } : zone)];
        }

        return new(zones, sensors);
    }

    /// <summary>The plan with sensors that were enrolled by order. Those of the settings stay as they are, and what is ordered for a zone that is nowhere here is nothing.</summary>
    public ClimatePlan With(IEnumerable<SensorEnrolOrder> orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        return this with { Sensors = [.. Sensors, .. orders.Select(order => order.Place).Where(place => Sensors.All(own => own.Id != place.Id) && Zones.Any(zone => zone.Zone == place.Zone))] };
    }

    /// <summary>The plan with the factors of zones as they were ordered.</summary>
    public ClimatePlan With(IEnumerable<SensingPlanOrder> orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        var by = orders.ToDictionary(order => order.Zone);
        return this with
        {
            Zones = [.. Zones.Select(zone => !by.TryGetValue(zone.Zone, out var order) ? zone : zone with
            {
                NotSensed = [.. order.Factors.Where(one => one.NotSensedReason is not null).Select(one => new NotSensed(one.Factor, one.NotSensedReason!))],
                LeftOut = [.. order.Factors.SelectMany(one => one.LeftOut.Select(sensor => new SensorLeftOut(one.Factor, sensor)))],
            })],
        };
    }

    /// <summary>The first factor of a zone that is neither sensed nor explained; null: there is none (R-ENV-01).</summary>
    public SensingFactor? Unexplained(ZoneId zone) => Zones.Where(one => one.Zone == zone).SelectMany(one => FactorsOf(one))
        .Where(factor => factor.Sensors.IsEmpty && string.IsNullOrWhiteSpace(factor.NotSensedReason)).Select(factor => (SensingFactor?)factor.Factor).FirstOrDefault();

    /// <summary>The sensors of a zone that could sense a factor, whether they count for it or not.</summary>
    public ImmutableArray<string> AbleTo(ZoneId zone, SensingFactor factor) =>
        [.. Sensors.Where(sensor => sensor.Zone == zone && sensor.Spot is not SensorSpot.Outside && sensor.Measures.Any(one => ClimateRules.FactorOf(one) == factor)).Select(sensor => sensor.Id)];

    /// <summary>How the six factors of a zone are sensed.</summary>
    public ImmutableArray<FactorPlan> FactorsOf(ZoneSensing zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return
        [
            .. from factor in Enum.GetValues<SensingFactor>()
               let sensors = SensorsOf(zone, factor)
               select new FactorPlan(factor, sensors, sensors.IsEmpty ? zone.NotSensed.FirstOrDefault(one => one.Factor == factor)?.Reason : null),
        ];
    }

    /// <summary>The limits of one measure at one sensor: its own, else the zone's, else the common ones of its spot; null: not judged.</summary>
    public LimitSet? LimitsOf(SensorPlace sensor, Measure measure)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        var zone = Zones.FirstOrDefault(one => one.Zone == sensor.Zone);
        return (sensor.Limits ?? []).FirstOrDefault(one => one.Measure == measure)
            ?? (sensor.Spot is SensorSpot.Outside ? null : (zone?.Limits ?? []).FirstOrDefault(one => one.Measure == measure))
            ?? ClimateLimits.Of(measure, sensor.Spot, zone?.Kind ?? ZoneKind.ServerRoom, zone?.Equipment ?? EquipmentClass.A1);
    }

    /// <summary>One sentence for each thing that cannot be.</summary>
    public IEnumerable<string> Problems()
    {
        if (Sensors.Length > MostSensors)
        {
            yield return $"sensors: {Sensors.Length} are more than one bridge judges ({MostSensors}). Use a second bridge.";
        }

        foreach (var twice in Sensors.GroupBy(sensor => sensor.Id, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return $"sensors: id \"{twice.Key}\" stands twice. Names are unique.";
        }

        foreach (var twice in Zones.GroupBy(zone => zone.Zone).Where(same => same.Count() > 1))
        {
            yield return $"zones: zone \"{twice.Key}\" stands twice. Name each once.";
        }

        foreach (var problem in Sensors.Index().SelectMany(item => Problems(item.Item, $"sensors[{item.Index}]")).Concat(Zones.Index().SelectMany(item => Problems($"zones[{item.Index}]", item.Item))))
        {
            yield return problem;
        }
    }

    private static ImmutableArray<LimitSet> Put(ImmutableArray<LimitSet> limits, LimitSet limit) => [.. limits.Where(one => one.Measure != limit.Measure), limit];

    private ImmutableArray<string> SensorsOf(ZoneSensing zone, SensingFactor factor) => [.. AbleTo(zone.Zone, factor).Where(sensor => !zone.LeavesOut(factor, sensor))];

    /// <summary>One sentence for each thing that cannot be of a sensor in this plan.</summary>
    /// <param name="place">What the sentence begins with.</param>
    public IEnumerable<string> Problems(SensorPlace sensor, string place)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        if (Zones.All(zone => zone.Zone != sensor.Zone))
        {
            yield return $"{place}.zone: there is no zone \"{sensor.Zone}\" under zones.";
        }

        if (sensor.Measures.IsDefaultOrEmpty || sensor.Measures.Distinct().Count() != sensor.Measures.Length || sensor.Measures.Any(one => !Enum.IsDefined(one)))
        {
            yield return $"{place}.measures: say what {sensor.Id} senses, each once, of {string.Join(", ", Enum.GetNames<Quantity>())}.";
        }

        if (sensor.Interval is { } interval && (interval < ShortestInterval || interval > LongestInterval))
        {
            yield return $"{place}.interval: {interval} is outside 00:00:01 to 2.00:00:00.";
        }

        if ((sensor.Through ?? []).Any(string.IsNullOrWhiteSpace))
        {
            yield return $"{place}.through: a name is missing. Write the gateway's name, or leave through out.";
        }

        foreach (var (number, one) in (sensor.Calibrations ?? []).Index())
        {
            if (ClimateRules.IsOnOff(one.Quantity) || !double.IsFinite(one.Gain) || !double.IsFinite(one.Offset) || one.Gain is < 0.5 or > 2)
            {
                yield return $"{place}.calibrations[{number}]: gain {one.Gain} and offset {one.Offset} of {one.Quantity} cannot be. A gain is 0.5 to 2, and what is on or off has none.";
            }
        }

        foreach (var (number, one) in (sensor.Ranges ?? []).Index())
        {
            if (one.From is not (>= -1e6 and <= 1e6) || one.To is not (>= -1e6 and <= 1e6) || one.From >= one.To)
            {
                yield return $"{place}.ranges[{number}]: {one.From} to {one.To} is no range.";
            }
        }

        foreach (var problem in (sensor.Limits ?? []).Index().SelectMany(item => item.Item.Problems($"{place}.limits[{item.Index}]")))
        {
            yield return problem;
        }

        if (sensor.FireZones is { } zones && (zones.IsEmpty || !sensor.Measures.Contains(Quantity.Fire)))
        {
            yield return $"{place}.fireZones: name the zones whose doors a fire signal sets, at a sensor that measures Fire; or leave it out.";
        }
    }

    private IEnumerable<string> Problems(string place, ZoneSensing zone)
    {
        foreach (var factor in FactorsOf(zone))
        {
            if (factor.Sensors.IsEmpty && string.IsNullOrWhiteSpace(factor.NotSensedReason))
            {
                yield return $"{place}: {factor.Factor} of {zone.Zone} is neither sensed nor explained. Enrol a sensor for it, or write under notSensed why there is none (R-ENV-01).";
            }
        }

        foreach (var one in zone.NotSensed.Where(one => !SensorsOf(zone, one.Factor).IsEmpty))
        {
            yield return $"{place}.notSensed: {one.Factor} of {zone.Zone} is sensed by {string.Join(", ", SensorsOf(zone, one.Factor))}. Take the reason out.";
        }

        if (zone.Racks.Any(string.IsNullOrWhiteSpace) || zone.Racks.Distinct(StringComparer.Ordinal).Count() != zone.Racks.Length)
        {
            yield return $"{place}.racks: name each rack once.";
        }

        foreach (var problem in zone.Limits.Index().SelectMany(item => item.Item.Problems($"{place}.limits[{item.Index}]")))
        {
            yield return problem;
        }
    }
}
