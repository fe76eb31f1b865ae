using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Service.Panels;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Climate;

/// <summary>The climate as the bridges last told it, with the limits that hold at each sensor.</summary>
public sealed class ClimateNews(PanelStates states, ISiteSettings site, TimeProvider time) : IClimateBoard
{
    /// <inheritdoc/>
    public Task<ClimateBoard> Now(CancellationToken gone) => Task.FromResult(Board());

    /// <summary>The same, at once.</summary>
    internal ClimateBoard Board()
    {
        var zones = ImmutableArray.CreateBuilder<ZoneAirCard>();
        var sensors = ImmutableArray.CreateBuilder<SensorCard>();
        var conditions = ImmutableArray.CreateBuilder<ConditionCard>();
        var gateways = ImmutableArray.CreateBuilder<GatewayNow>();
        foreach (var panel in site.Now.PanelIds)
        {
            if (states.Of(panel) is not { State.Climate: { } climate } heard)
            {
                continue;
            }

            var silent = time.GetElapsedTime(heard.Timestamp);
            var fresh = silent < ClimateBoard.StaleAfter;
            var plan = climate.Plan();
            var labels = climate.Sensors.DistinctBy(sensor => sensor.Sensor).ToDictionary(sensor => sensor.Sensor, StringComparer.Ordinal);
            zones.AddRange(climate.Zones.Select(zone => new ZoneAirCard(zone, panel, fresh, silent)));
            sensors.AddRange(climate.Sensors.Select(sensor => new SensorCard(sensor, panel, fresh, silent, climate.At, LimitsOf(plan, sensor.Place()))));
            conditions.AddRange(climate.Conditions.Select(condition => new ConditionCard(
                condition, panel, fresh, labels.GetValueOrDefault(condition.Object)?.Label, labels.GetValueOrDefault(condition.Object)?.LabelEn)));
            gateways.AddRange(climate.Gateways);
        }

        return new(
            time.GetUtcNow(),
            zones.ToImmutable(),
            sensors.ToImmutable(),
            [.. conditions.OrderByDescending(card => (card.Condition.Level, !ClimateRules.IsAboutWatching(card.Condition.Rule))).ThenBy(card => card.Condition.RaisedAt)],
            gateways.ToImmutable())
        {
            Strangers = [.. from panel in site.Now.PanelIds from stranger in states.Of(panel)?.State?.Strangers ?? [] select (panel, stranger)],
        };
    }

    // An older bridge does not say by what its zones are judged: then nothing is claimed of limits.
    private static ImmutableArray<LimitSet> LimitsOf(ClimatePlan plan, SensorPlace place) => plan.Zones.All(zone => zone.Zone != place.Zone) ? [] :
        [.. Enum.GetValues<Measure>().Where(measure => IsMeasured(place, measure)).Select(measure => plan.LimitsOf(place, measure)).OfType<LimitSet>()];

    private static bool IsMeasured(SensorPlace place, Measure measure) => measure switch
    {
        Measure.Battery => true,
        Measure.CondensationMargin => place.Measures.Contains(Quantity.SurfaceTemperature),
        _ => LimitsRehearsal.QuantitiesOf(measure).All(place.Measures.Contains),
    };
}
