using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Climate;

/// <summary>The fields of an enrolment and of a sensing plan: read from a form, and filled from what is known.</summary>
internal static class EnrolFields
{
    /// <summary>Reads the form of an enrolment; what is wrong is said at its field.</summary>
    public static EnrolForm Read(FormReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var measures = reader.Ticked("measures").Select(word => Enum.TryParse<Quantity>(word, out var one) && Enum.IsDefined(one) ? one : (Quantity?)null).OfType<Quantity>().ToImmutableArray();
        var plan = reader.Optional("plan", 40);
        var (x, y) = plan.Length == 0 ? (0, 0) : (reader.Number("x"), reader.Number("y"));
        return new(
            new(reader.Text("panel", 60)), reader.Text("source", 60), reader.Text("sender", 130), reader.Text("model", 60), reader.Text("id", 40), new ZoneId(reader.Text("zone", 60)),
            reader.Choice<SensorSpot>("spot"), reader.Text("label"), reader.Text("labelEn"), measures, reader.Optional("rack", 40),
            plan.Length == 0 ? null : new(plan, (int)Math.Min(x, int.MaxValue), (int)Math.Min(y, int.MaxValue)),
            [.. measures.Where(one => !ClimateRules.IsOnOff(one)).Select(one => (one, LimitsFields.Decimal(reader, $"offset-{one}") ?? 0))],
            reader.Optional("reference"));
    }

    /// <summary>The form as the stranger's own words fill it, so that one click enrols it.</summary>
    public static FormState Of(PanelId panel, StrangerNow stranger, ClimateBoard board)
    {
        ArgumentNullException.ThrowIfNull(stranger);
        ArgumentNullException.ThrowIfNull(board);
        ImmutableArray<StrangerFit> fits = stranger.Fits ?? [];
        var name = fits.FirstOrDefault()?.Name ?? "";
        for (var number = 2; name.Length > 0 && board.Sensor(name) is not null; number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{fits[0].Name}-{number}");
        }

        var measures = fits.SelectMany(fit => fit.Measures).Distinct().ToArray();
        var spot = measures.All(ClimateRules.IsOnOff) ? SensorSpot.Structure : SensorSpot.Room;
        return FormState.Of(
        [
            ("panel", panel.Value), ("source", stranger.Source), ("sender", stranger.Sender), ("model", fits.FirstOrDefault()?.Model ?? ""), ("id", name),
            ("zone", board.Zones.FirstOrDefault(card => card.Panel == panel)?.Zone.Zone.Value ?? ""), ("spot", spot.ToString()), ("label", stranger.Label ?? name), ("labelEn", stranger.Label ?? name),
            .. measures.Select(one => ("measures", one.ToString())),
        ]);
    }

    /// <summary>Reads the form of a plan.</summary>
    public static PlanForm ReadPlan(FormReader reader, ClimateBoard board)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(board);
        var zone = new ZoneId(reader.Text("zone", 60));
        return new(
            zone,
            [
                .. from factor in Enum.GetValues<SensingFactor>()
                   let counted = reader.Ticked($"count-{factor}")
                   let why = reader.Optional($"why-{factor}", 400)
                   select new FactorChoice(factor, [.. AbleTo(board, zone, factor).Select(card => card.Sensor.Sensor).Except(counted)], why.Length == 0 ? null : why),
            ],
            reader.Text("reason", 400));
    }

    /// <summary>The form of a plan as it is in force.</summary>
    public static FormState Of(ZoneAirCard zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return FormState.Of(
        [
            ("zone", zone.Zone.Zone.Value),
            .. zone.Zone.Factors.SelectMany(factor => factor.Sensors.Select(sensor => ($"count-{factor.Factor}", sensor)).Append(($"why-{factor.Factor}", factor.NotSensedReason ?? ""))),
        ]);
    }

    /// <summary>The sensors of a zone that could sense a factor.</summary>
    public static IEnumerable<SensorCard> AbleTo(ClimateBoard board, ZoneId zone, SensingFactor factor) => board.SensorsOf(zone)
        .Where(card => card.Sensor.Spot is not SensorSpot.Outside && card.Sensor.Place().Measures.Any(one => ClimateRules.FactorOf(one) == factor));
}
