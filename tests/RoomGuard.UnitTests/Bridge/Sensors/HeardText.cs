using System.Globalization;
using System.Text;
using System.Text.Json;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Core.Climate;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>What was heard, in the words transcripts use; and messages as they are written there.</summary>
internal static class HeardText
{
    /// <summary>One line for each thing, reports first.</summary>
    public static string[] Of(SensorsHeard heard) => [.. heard.Reports.Select(Of), .. heard.Gateways.Select(gateway => $"gateway {gateway.GatewayId} {(gateway.Alive ? "alive" : "gone")}"), .. heard.News.Select(Of)];

    /// <summary>One report.</summary>
    public static string Of(SensorReport report)
    {
        var text = new StringBuilder($"{report.SensorId}: ");
        text.AppendJoin(", ", report.Values.Select(value => value.Raw is { } raw ? string.Create(CultureInfo.InvariantCulture, $"{value.Quantity} {Math.Round(raw, 2)}") : $"{value.Quantity} none ({value.Fault})"));
        text.Append(report.Values.IsEmpty ? "nothing" : "").Append(report.Resent ? "; resent" : "");
        text.Append(report.BatteryPercent is { } battery ? string.Create(CultureInfo.InvariantCulture, $"; battery {Math.Round(battery, 1)}") : "").Append(report.BatteryLow ? "; battery low" : "");
        text.Append(report.LinkPercent is { } link ? string.Create(CultureInfo.InvariantCulture, $"; link {Math.Round(link, 1)}") : "");
        text.Append(report.SampledAt is { } sampled ? string.Create(CultureInfo.InvariantCulture, $"; sampled {sampled.UtcDateTime:HH:mm:ss}") : "");
        text.Append(report.Sequence is { } count ? string.Create(CultureInfo.InvariantCulture, $"; count {count}") : "").Append(report.SelfTest ? "; test" : "").Append(report.Tampered ? "; tampered" : "");
        return text.ToString();
    }

    /// <summary>A line of a transcript as the message it records.</summary>
    public static MqttMessageHeard Message(JsonElement line, string source) => new(
        source,
        line.GetProperty("topic").GetString()!,
        line.TryGetProperty("json", out var json) ? Encoding.UTF8.GetBytes(json.GetRawText())
            : line.TryGetProperty("hex", out var hex) ? Convert.FromHexString(hex.GetString()!)
            : Encoding.UTF8.GetBytes(line.GetProperty("text").GetString()!),
        Is(line, "retained"),
        Is(line, "duplicate"),
        0,
        line.TryGetProperty("client", out var client) ? client.GetString() : null,
        line.GetProperty("at").GetDateTimeOffset());

    private static bool Is(JsonElement line, string name) => line.TryGetProperty(name, out var value) && value.GetBoolean();

    private static string Of(SensorNews news) => news switch
    {
        UnknownSender unknown => $"unknown {unknown.Sender}",
        SenderOdd odd => $"odd {odd.SensorId} {odd.Kind}",
        SensorAway away => $"{(away.Away ? "away" : "back")} {away.SensorId}",
        MessageWanted wanted => $"wanted {wanted.Topic}",
        SensorOffered { Suggested: { Values: { } values } found } offer => $"offered {offer.Label} as {found.Id}: {values[0].Quantity} at {found.Key} {values[0].Path} in {values[0].Unit}",
        SensorOffered { Suggested: { Quantities: { } quantities } found } offer => $"offered {offer.Label} as {found.Id}: {string.Join(", ", quantities)}",
        SensorOffered offer => $"offered {offer.Label}: {offer.Refused}",
        _ => throw new InvalidOperationException(news.ToString()),
    };
}
