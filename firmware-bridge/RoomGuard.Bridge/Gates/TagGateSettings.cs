using RoomGuard.Core.Gates;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Gates;

/// <summary>A gate at a door that tells asset tags by MQTT (R-MOVE-05, docs/asset-tags.md).</summary>
/// <param name="Id">Its name everywhere, e.g. <c>gate-srv</c>.</param>
/// <param name="Door">The door it stands at.</param>
/// <param name="Source">The broker's name in the settings.</param>
/// <param name="Topic">The topic it tells on, without wildcards.</param>
/// <param name="Client">Only messages this client published count, where the broker tells who did (R-NET-01); null: anybody's.</param>
/// <param name="Direction">Set where only things on their way in, or only those on their way out, come by it, and its messages do not say; null: they say it, or it is worked out.</param>
/// <param name="Interval">It says at least so often that it is alive, 1 s to 1 day; null: it does not, and its silence cannot be noticed.</param>
public sealed record TagGateSettings(string Id, string Door, string Source, string Topic, string? Client = null, TagDirection? Direction = null, TimeSpan? Interval = null)
{
    private const int LongestTopic = 300;

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place, Func<string?, bool> isName)
    {
        ArgumentNullException.ThrowIfNull(isName);
        if (!isName(Id))
        {
            yield return $"{place}.id: \"{Id}\" is not a name. Use 1 to 40 letters, digits and hyphens, e.g. gate-srv.";
        }

        if (Topic.Length > LongestTopic || !MqttTopic.IsName(Topic))
        {
            yield return $"{place}.topic: \"{Topic}\" is no topic of a gate. Write it without wildcards, at most {LongestTopic} letters, e.g. gates/srv/tag.";
        }

        if (Interval is { } interval && (interval < TimeSpan.FromSeconds(1) || interval > TimeSpan.FromDays(1)))
        {
            yield return $"{place}.interval: {interval} is no time in which a gate says that it is alive. Use 00:00:01 to 1.00:00:00, or leave it out.";
        }
    }
}
