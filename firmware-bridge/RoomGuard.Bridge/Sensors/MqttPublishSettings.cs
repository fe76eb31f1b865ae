using System.Collections.Immutable;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Sensors;

/// <summary>The room's state, its alarms and its readings for a building's own system, with Home Assistant's discovery. Off unless the settings have it; names nobody (R-INC-13).</summary>
/// <param name="Source">The broker it goes to, by its name among the sources.</param>
/// <param name="Prefix">First levels of its topics; null: <c>roomguard/SITE/PANEL</c>.</param>
/// <param name="Discovery">Where Home Assistant looks for devices.</param>
/// <param name="Every">How often readings are told, 5 s to 10 min; null: 30 s. What changes in the room is told at once.</param>
public sealed record MqttPublishSettings(string Source, string? Prefix = null, string Discovery = "homeassistant", TimeSpan? Every = null)
{
    private const int LongestPrefix = 200;

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    /// <summary>How often readings are told.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TimeSpan Pace => Every ?? Usual;

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place, ImmutableArray<MqttSourceSettings> sources)
    {
        var source = sources.FirstOrDefault(item => item.Name == Source);
        if (source is null)
        {
            yield return $"{place}.source: there is no source \"{Source}\" under mqtt.sources.";
        }

        foreach (var (name, value) in new[] { ("prefix", Prefix), ("discovery", Discovery) }.Where(item => item.Item2 is not null && !IsPrefix(item.Item2)))
        {
            yield return $"{place}.{name}: \"{value}\" is not the beginning of a topic. Write levels without wildcards and without a slash at either end, e.g. roomguard/annex.";
        }

        if (Pace < TimeSpan.FromSeconds(5) || Pace > TimeSpan.FromMinutes(10))
        {
            yield return $"{place}.every: {Pace} is outside 00:00:05 to 00:10:00.";
        }

        // 5.0 does not send us our own; 3.1.1 and shared subscriptions cannot be asked not to.
        foreach (var filter in source?.Filters ?? [])
        {
            if ((source!.Version == MqttSourceSettings.ThreeOneOne || MqttTopic.IsShared(filter.Filter)) && MqttTopic.IsFilter(filter.Filter) && TakesOurs(filter.Topics))
            {
                yield return $"{place}: {Source} subscribes to {filter.Filter}, which takes what is published here. Subscribe to less, or use version {MqttSourceSettings.Five} without $share.";
            }
        }
    }

    private static bool IsPrefix(string text) => text.Length is >= 1 and <= LongestPrefix && MqttTopic.IsName(text) && text[0] is not ('/' or '$') && text[^1] != '/';

    private bool TakesOurs(string filter) =>
        MqttTopic.Matches(filter, $"{Prefix ?? "roomguard/site/panel"}/availability") || MqttTopic.Matches(filter, $"{Discovery}/device/roomguard/config");
}
