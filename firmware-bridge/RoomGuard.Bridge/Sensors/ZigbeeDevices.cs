using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Climate;

namespace RoomGuard.Bridge.Sensors;

/// <summary>A device as the Zigbee gateway lists it.</summary>
/// <param name="Product">Maker and product.</param>
/// <param name="Quantities">What of it is known here.</param>
internal readonly record struct ZigbeeDevice(string Name, string Product, ImmutableArray<Quantity> Quantities);

/// <summary>The list <c>bridge/devices</c> of Zigbee2MQTT (its documentation, "MQTT topics and messages"). Pure.</summary>
internal static class ZigbeeDevices
{
    private const int MostDevices = 500;
    private const int MostExposed = 100;
    private const int LongestName = 200;

    /// <summary>The devices of the list that have names; the coordinator is none.</summary>
    /// <exception cref="InvalidOperationException">A text in it is half a character.</exception>
    public static IEnumerable<ZigbeeDevice> Read(JsonElement list)
    {
        foreach (var device in list.EnumerateArray().Take(MostDevices))
        {
            if (device.ValueKind != JsonValueKind.Object || Text(device, "friendly_name") is not { Length: > 0 and <= LongestName } name || Text(device, "type") == "Coordinator")
            {
                continue;
            }

            var definition = device.TryGetProperty("definition", out var found) && found.ValueKind == JsonValueKind.Object ? found : (JsonElement?)null;
            var product = definition is { } known ? $"{Text(known, "vendor")} {Text(known, "model")}".Trim() : "not known to the gateway";
            yield return new(name, product.Length > LongestName ? product[..LongestName] : product, definition is { } described ? Measured(described) : []);
        }
    }

    private static ImmutableArray<Quantity> Measured(JsonElement definition)
    {
        var quantities = ImmutableArray.CreateBuilder<Quantity>();
        if (definition.TryGetProperty("exposes", out var exposes) && exposes.ValueKind == JsonValueKind.Array)
        {
            foreach (var exposed in exposes.EnumerateArray().Take(MostExposed))
            {
                if (exposed.ValueKind == JsonValueKind.Object && Text(exposed, "property") is { } property && QuantityOf(property) is { } quantity && !quantities.Contains(quantity))
                {
                    quantities.Add(quantity);
                }
            }
        }

        return quantities.DrainToImmutable();
    }

    // As in models/sensors/zigbee2mqtt.json; what is named here and not there would be offered and never heard.
    private static Quantity? QuantityOf(string property) => property switch
    {
        "temperature" => Quantity.Temperature,
        "humidity" => Quantity.RelativeHumidity,
        "pressure" => Quantity.AirPressure,
        "water_leak" => Quantity.Leak,
        "smoke" => Quantity.Smoke,
        "contact" => Quantity.Open,
        "occupancy" => Quantity.Motion,
        "vibration" => Quantity.Vibration,
        "pm25" => Quantity.Pm25,
        "pm10" => Quantity.Pm10,
        "co2" => Quantity.CarbonDioxide,
        "power" => Quantity.Watts,
        _ => null,
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
