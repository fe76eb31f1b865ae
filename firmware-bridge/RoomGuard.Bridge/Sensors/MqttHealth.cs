using System.Globalization;
using RoomGuard.Hosting;

namespace RoomGuard.Bridge.Sensors;

/// <summary>The brokers, for <c>/health/ready</c>. One that is away makes no bridge unready: doors must go on.</summary>
public sealed class MqttHealth(MqttBoard board, TimeProvider time) : IHealthPart
{
    /// <inheritdoc/>
    public string Name => "mqtt";

    /// <inheritdoc/>
    public HealthAnswer Now()
    {
        var now = time.GetUtcNow();
        var sources = board.All;
        return new(true, sources.IsEmpty ? "no broker in the settings" : string.Join("; ", sources.Select(source => Words(source, now))));
    }

    private static string Words(MqttSourceNow source, DateTimeOffset now) => source.Condition switch
    {
        MqttCondition.Connected => $"{source.Source}: connected, {Heard(source, now)}{Refused(source)}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{source.Source}: down for {(now - source.Since).TotalSeconds:0} s, {source.LastError ?? "not yet tried"}"),
    };

    private static string Heard(MqttSourceNow source, DateTimeOffset now) => source.LastMessageAt is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"last message {(now - at).TotalSeconds:0} s ago")
        : "no message yet";

    private static string Refused(MqttSourceNow source) => string.Concat(source.Refused.Select(filter => $", {filter.Key} {filter.Value}"));
}
