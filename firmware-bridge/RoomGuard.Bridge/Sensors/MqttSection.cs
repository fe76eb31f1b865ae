using System.Collections.Immutable;
using RoomGuard.Bridge.Broker;

namespace RoomGuard.Bridge.Sensors;

/// <summary>What the bridge does by MQTT (docs/mqtt-sources.md). It calls no broker that is not listed here (R-NET-05).</summary>
/// <param name="Sources">Brokers whose messages are heard; null: none.</param>
/// <param name="Publish">What is told to a building's own system; null: nothing.</param>
public sealed record MqttSection(ImmutableArray<MqttSourceSettings>? Sources = null, MqttPublishSettings? Publish = null)
{
    private const int MostSources = 20;

    /// <summary>One sentence for each impossible value.</summary>
    /// <param name="heard">Brokers that sensors are heard through: what is subscribed to there is known by their models.</param>
    public IEnumerable<string> Problems(string place, Func<string?, bool> isName, IReadOnlySet<string>? heard = null)
    {
        ArgumentNullException.ThrowIfNull(isName);
        ImmutableArray<MqttSourceSettings> all = Sources ?? [];
        if (all.Length > MostSources)
        {
            yield return $"{place}.sources: {all.Length} are more than one bridge listens to ({MostSources}). Let one broker bridge the others, or use a second bridge.";
        }

        foreach (var problem in all.Index().SelectMany(item => item.Item.Problems($"{place}.sources[{item.Index}]", isName)))
        {
            yield return problem;
        }

        foreach (var twice in all.GroupBy(source => source.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return $"{place}.sources: name \"{twice.Key}\" stands twice. Names are unique.";
        }

        if (all.Any(source => source.Name == MqttBroker.SourceName))
        {
            yield return $"{place}.sources: the name \"{MqttBroker.SourceName}\" is the bridge's own broker's. Choose another.";
        }

        foreach (var same in all.Where(source => source.ClientId is not null).GroupBy(source => (source.Host, source.PortNumber, source.ClientId)).Where(same => same.Count() > 1))
        {
            yield return $"{place}.sources: {string.Join(" and ", same.Select(source => source.Name))} have one clientId at one broker, and would throw each other out. Give each its own.";
        }

        foreach (var problem in Publish?.Problems($"{place}.publish", all) ?? [])
        {
            yield return problem;
        }

        foreach (var (at, source) in all.Index().Where(item => item.Item.Filters.IsEmpty && item.Item.Name != Publish?.Source && heard?.Contains(item.Item.Name) != true))
        {
            yield return $"{place}.sources[{at}].subscriptions: {source.Name} subscribes to nothing and nothing is published to it. Name a filter, e.g. zigbee2mqtt/#, or leave the source out.";
        }
    }
}
