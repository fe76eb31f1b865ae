using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Zones;

namespace RoomGuard.Bridge.Climate;

/// <summary>A limit that is not the common one. What is not written stays as it is there.</summary>
/// <param name="Deadband">So far past a limit it has to return.</param>
/// <param name="WarningAfter">How long it must be so.</param>
/// <param name="AlarmAfter">How long it must be so.</param>
/// <param name="NormalAfter">How long it must be back.</param>
public sealed record LimitSettings(
    Measure Measure,
    double? WarningLow = null,
    double? WarningHigh = null,
    double? AlarmLow = null,
    double? AlarmHigh = null,
    double? Deadband = null,
    TimeSpan? WarningAfter = null,
    TimeSpan? AlarmAfter = null,
    TimeSpan? NormalAfter = null)
{
    /// <summary>The whole set; null: nothing common to begin from, and too little is written.</summary>
    public LimitSet? Over(LimitSet? common)
    {
        var has = WarningLow ?? WarningHigh ?? AlarmLow ?? AlarmHigh;
        return common is not null ? new(
                Measure, WarningLow ?? common.WarningLow, WarningHigh ?? common.WarningHigh, AlarmLow ?? common.AlarmLow, AlarmHigh ?? common.AlarmHigh, Deadband ?? common.Deadband,
                WarningAfter ?? common.WarningAfter, AlarmAfter ?? common.AlarmAfter, NormalAfter ?? common.NormalAfter)
            : has is not null && Deadband is { } band && NormalAfter is { } normal
                ? new(Measure, WarningLow, WarningHigh, AlarmLow, AlarmHigh, band, WarningAfter ?? TimeSpan.Zero, AlarmAfter ?? TimeSpan.Zero, normal)
            : null;
    }
}

/// <summary>A zone's part of the sensing plan (R-ENV-01).</summary>
/// <param name="Zone">Its id, e.g. <c>SRV-1</c>.</param>
/// <param name="Kind">Media stores are watched for slower changes too (R-ENV-08).</param>
/// <param name="Equipment">Class of the equipment; its data sheet says which.</param>
/// <param name="Racks">What is to be looked at after a quake (R-ENV-04).</param>
/// <param name="NotSensed">A reason for each of the six factors nothing senses.</param>
/// <param name="Limits">Limits that are not the common ones.</param>
public sealed record ClimateZoneSettings(
    string Zone,
    ZoneKind Kind = ZoneKind.ServerRoom,
    EquipmentClass Equipment = EquipmentClass.A1,
    ImmutableArray<string>? Racks = null,
    ImmutableArray<NotSensed>? NotSensed = null,
    ImmutableArray<LimitSettings>? Limits = null);

/// <summary>What a sensor is watched for. Which wire it comes over stands under <c>sensors</c>, by the same id.</summary>
/// <param name="Id">Its name, as under <c>sensors</c>.</param>
/// <param name="Zone">The zone it senses.</param>
/// <param name="Spot">Where in it.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="LabelEn">The same in English.</param>
/// <param name="Measures">What it senses.</param>
/// <param name="Interval">How often it speaks at the latest; null: learned.</param>
/// <param name="Rack">The rack it hangs on.</param>
/// <param name="Through">Gateways and brokers it is heard through: while one is gone, that is one alarm.</param>
/// <param name="Calibrations">What its values are corrected by here. Not for what the device corrects itself.</param>
/// <param name="Ranges">Where it can measure less than others of its kind.</param>
/// <param name="Limits">Limits that are neither the common nor the zone's.</param>
/// <param name="FireZones">For a fire signal of the building: all zones whose doors it sets; null: its own.</param>
/// <param name="On">Where it stands on a floor plan of the office; null: it is drawn somewhere in its zone.</param>
public sealed record ClimateSensorSettings(
    string Id,
    string Zone,
    SensorSpot Spot,
    string Label,
    string LabelEn,
    ImmutableArray<Quantity> Measures,
    TimeSpan? Interval = null,
    string? Rack = null,
    ImmutableArray<string>? Through = null,
    ImmutableArray<Calibration>? Calibrations = null,
    ImmutableArray<PhysicalRange>? Ranges = null,
    ImmutableArray<LimitSettings>? Limits = null,
    ImmutableArray<string>? FireZones = null,
    FloorSpot? On = null);

/// <summary>The section <c>climate</c>: what is watched for (docs/climate.md).</summary>
public sealed record ClimateSection(ImmutableArray<ClimateZoneSettings> Zones, ImmutableArray<ClimateSensorSettings> Sensors)
{
    /// <summary>The sensing plan.</summary>
    /// <param name="through">What a sensor is heard through by its wire, besides what the settings name; null: nothing is known of wires.</param>
    public ClimatePlan Plan(Func<string, ImmutableArray<string>>? through = null) => new(
        [.. Zones.Select(zone => new ZoneSensing(
            new(zone.Zone), zone.Kind, zone.Equipment, zone.Racks ?? [], zone.NotSensed ?? [],
            [.. (zone.Limits ?? []).Select(limit => limit.Over(CommonOf(limit.Measure, zone))).OfType<LimitSet>()]))],
        [.. Sensors.Select(sensor => PlaceOf(through is null ? sensor : sensor with { Through = [.. (sensor.Through ?? []).Union(through(sensor.Id), StringComparer.Ordinal)] }))]);

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place, Func<string?, bool> isName)
    {
        ArgumentNullException.ThrowIfNull(isName);
        if (Sensors.Any(sensor => sensor is null || Lacks(sensor.Calibrations) || Lacks(sensor.Ranges) || Lacks(sensor.Limits)) || Zones.Any(zone => zone is null || Lacks(zone.NotSensed) || Lacks(zone.Limits)))
        {
            // The reader of settings looks at a list, not at what stands in it; and nothing more can be said of one with holes.
            yield return $"{place}: a list holds null. Write what belongs there, or take it out.";
            yield break;
        }

        foreach (var (at, sensor) in Sensors.Index())
        {
            if (!isName(sensor.Id))
            {
                yield return $"{place}.sensors[{at}].id: \"{sensor.Id}\" is not a name. Use 1 to 40 letters, digits and hyphens, e.g. inlet-3.";
            }

            if (string.IsNullOrWhiteSpace(sensor.Label) || string.IsNullOrWhiteSpace(sensor.LabelEn))
            {
                yield return $"{place}.sensors[{at}].label: name {sensor.Id} for people, in label and labelEn.";
            }

            if (sensor.On is { } on && (string.IsNullOrWhiteSpace(on.Plan) || on.X is not (>= 0 and <= 100_000) || on.Y is not (>= 0 and <= 100_000)))
            {
                yield return $"{place}.sensors[{at}].on: name the floor plan, with x and y of 0 to 100000 in its own unit; or leave it out.";
            }

            foreach (var (number, limit) in (sensor.Limits ?? []).Index().Where(item => item.Item.Over(CommonOf(item.Item.Measure, sensor)) is null))
            {
                yield return Bare($"{place}.sensors[{at}].limits[{number}]", limit.Measure);
            }
        }

        foreach (var (at, zone) in Zones.Index())
        {
            if (!isName(zone.Zone))
            {
                yield return $"{place}.zones[{at}].zone: \"{zone.Zone}\" is not a name. Use 1 to 40 letters, digits and hyphens, e.g. SRV-1.";
            }

            foreach (var (number, limit) in (zone.Limits ?? []).Index().Where(item => item.Item.Over(CommonOf(item.Item.Measure, zone)) is null))
            {
                yield return Bare($"{place}.zones[{at}].limits[{number}]", limit.Measure);
            }
        }

        foreach (var problem in Plan().Problems())
        {
            yield return $"{place}.{problem}";
        }
    }

    private static bool Lacks<T>(ImmutableArray<T>? list)
        where T : class => list is { } some && some.Any(item => item is null);

    private static string Bare(string place, Measure measure) => $"{place}: there are no common limits of {measure} there. Write at least one limit, deadband and normalAfter.";

    private static LimitSet? CommonOf(Measure measure, ClimateZoneSettings zone) =>
        ClimateLimits.Of(measure, SensorSpot.Inlet, zone.Kind, zone.Equipment) ?? ClimateLimits.Of(measure, SensorSpot.Room, zone.Kind, zone.Equipment);

    private LimitSet? CommonOf(Measure measure, ClimateSensorSettings sensor)
    {
        var zone = Zones.FirstOrDefault(one => one.Zone == sensor.Zone) ?? new(sensor.Zone);
        var common = ClimateLimits.Of(measure, sensor.Spot, zone.Kind, zone.Equipment);
        return (zone.Limits ?? []).FirstOrDefault(one => one.Measure == measure)?.Over(CommonOf(measure, zone)) ?? common;
    }

    private SensorPlace PlaceOf(ClimateSensorSettings sensor) => new(
        sensor.Id, new(sensor.Zone), sensor.Spot, sensor.Label, sensor.LabelEn, sensor.Measures, sensor.Interval, sensor.Rack, sensor.Through, sensor.Calibrations, sensor.Ranges,
        sensor.Limits is { } limits ? [.. limits.Select(limit => limit.Over(CommonOf(limit.Measure, sensor))).OfType<LimitSet>()] : null,
        sensor.FireZones is { } zones ? [.. zones.Select(zone => new ZoneId(zone))] : null,
        sensor.On);
}
