using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Climate;

namespace RoomGuard.Bridge.Sensors;

/// <summary>Sensors the office enrolled on its pages (R-NET-01): read as the settings are, heard from the order on without a new start.</summary>
public sealed class OrderedSensors
{
    private readonly SensorModels models;
    private readonly Action<string, ImmutableArray<string>> asked;
    private readonly ILogger log;

    /// <summary>None yet.</summary>
    /// <param name="asked">Asks a broker for topics; must not wait.</param>
    public OrderedSensors(SensorModels models, Action<string, ImmutableArray<string>> asked, ILogger<OrderedSensors> log)
    {
        this.models = models;
        this.asked = asked;
        this.log = log;
    }

    /// <summary>Why a sensor cannot be heard as ordered, in a sentence with the remedy; null: it can.</summary>
    /// <param name="sources">The brokers that are listened to.</param>
    public static Func<SensorEnrolOrder, string?> Misfit(Func<string, SensorModel> modelOf, ImmutableArray<string> sources) => order =>
        Read(order) is not { } sensor ? $"{order.Place.Id}: its settings are not those of a sensor. Let it announce itself again and enrol that."
            : sensor.Source is not { } source || !sources.Contains(source) ? $"{order.Place.Id}: there is no broker {sensor.Source} here. Name it under mqtt.sources of the bridge's settings."
            : Fault(sensor, modelOf);

    /// <summary>Hears exactly these besides those of the settings.</summary>
    public void Hear(HearSensors order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var wanted = ImmutableArray.CreateBuilder<EnrolledSensor>();
        foreach (var one in order.Enrolled)
        {
            // A model file may be gone since it was ordered: the sensor is silent then, and that is an alarm.
            if (Read(one) is { } sensor && Fault(sensor, SensorModelFiles.Load) is null)
            {
                wanted.Add(sensor);
            }
            else
            {
                log.CannotBeHeard(one.Place.Id, one.Wiring.Model);
            }
        }

        models.Hear(wanted);
        foreach (var source in wanted.Select(sensor => sensor.Source!).Distinct(StringComparer.Ordinal))
        {
            asked(source, models.FiltersOf(source));
        }
    }

    private static EnrolledSensor? Read(SensorEnrolOrder order)
    {
        try
        {
            return JsonSerializer.Deserialize(order.Wiring.Settings, BridgeSettingsJson.Default.EnrolledSensor) is { } read ? read with { Id = order.Place.Id, Quantities = order.Place.Measures } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Fault(EnrolledSensor sensor, Func<string, SensorModel> modelOf)
    {
        try
        {
            if (sensor.Problems(sensor.Id, BridgeSettings.IsName).FirstOrDefault() is { } problem)
            {
                return problem;
            }

            var model = modelOf(sensor.Model);
            return !model.IsHeard ? $"{sensor.Id}: {sensor.Model} does not come over a broker. Write it into the bridge's settings."
                : sensor.Misfits(model).FirstOrDefault() ?? ((sensor.Values ?? model.Mqtt?.Values ?? model.Sparkplug!.Values).Any(row => sensor.Quantities!.Value.Contains(row.Quantity)) ? null
                : $"{sensor.Id}: {sensor.Model} tells none of {string.Join(", ", sensor.Quantities!.Value)}. Choose from what it tells.");
        }
        catch (SensorModelException missing)
        {
            return missing.Message;
        }
    }
}

internal static partial class OrderedSensorsLog
{
    [LoggerMessage(1775, LogLevel.Error, "Sensor {Sensor} was enrolled at the office and cannot be heard: look for the model {Model} beside the program, or take the sensor out and enrol it again")]
    public static partial void CannotBeHeard(this ILogger log, string sensor, string model);
}
