using System.Collections.Immutable;
using RoomGuard.Wire.Mqtt;
using RoomGuard.Wire.Sparkplug;

namespace RoomGuard.Bridge.Sensors;

/// <summary>Who sends at a broker without being enrolled: counted, told once and again at most every hour, and never more than there is room for.</summary>
internal sealed class Strangers(string source)
{
    /// <summary>How long until the same thing is told again.</summary>
    public static readonly TimeSpan TellAgain = TimeSpan.FromHours(1);

    private const int MostSenders = 200;
    private const int MostTries = 20;
    private const int LongestSender = 128;
    private const string Rest = "*";

    private readonly Dictionary<string, Stranger> known = new(StringComparer.Ordinal);
    private readonly List<Family> families = [];

    /// <summary>How the device is found in a family's topics.</summary>
    /// <param name="wide">The filter of all its devices.</param>
    /// <param name="pattern">With <c>{key}</c>.</param>
    public void Know(string wide, string pattern, bool manyLevels)
    {
        var key = pattern.IndexOf("{key}", StringComparison.Ordinal);
        var family = manyLevels ? new Family(wide, pattern[..key], pattern[(key + 5)..], -1) : new Family(wide, string.Empty, string.Empty, pattern.AsSpan(0, key).Count('/'));
        if (!families.Contains(family))
        {
            families.Add(family);

            // Where several fit, what leaves the shorter name is right: NAME/availability is no device of that name.
            families.Sort((one, other) => other.After.Length.CompareTo(one.After.Length));
        }
    }

    /// <summary>A message of nobody who is enrolled.</summary>
    /// <param name="fits">By which models a message could be read. Asked of the first messages of a sender until there is one.</param>
    public void Heard(in MqttMessageHeard message, SensorModels.Gathered into, Func<MqttMessageHeard, ImmutableArray<EnrolledSensor>> fits)
    {
        var sender = SenderOf(message.Topic);
        if (!known.ContainsKey(sender) && known.Count >= MostSenders)
        {
            sender = Rest;
        }

        var isNew = !known.TryGetValue(sender, out var before);
        var asks = sender != Rest && !before.Fits && before.Count < MostTries;
        ImmutableArray<EnrolledSensor> found = asks ? fits(message) : [];
        var tell = isNew || !found.IsEmpty || message.At - before.Told >= TellAgain || message.At < before.Told;
        known[sender] = new(tell ? message.At : before.Told, before.Count + 1, before.Fits || !found.IsEmpty);
        if (tell)
        {
            into.Add(new UnknownSender(source, message.At, sender, Cut(message.ClientId), Cut(message.Topic)!, before.Count + 1, [.. message.Payload.Span[..Math.Min(message.Payload.Length, SensorModels.KeptBytes)]])
            {
                Fits = found,
            });
        }
    }

    private string SenderOf(string topic)
    {
        foreach (var (filter, before, after, level) in families)
        {
            if (topic.Length > before.Length + after.Length && topic.StartsWith(before, StringComparison.Ordinal) && topic.EndsWith(after, StringComparison.Ordinal) && MqttTopic.Matches(filter, topic))
            {
                return Cut(level < 0 ? topic[before.Length..^after.Length] : topic.Split('/')[level])!;
            }
        }

        if (SparkplugTopic.TryRead(topic, out var node))
        {
            return Cut($"{node.Group}/{node.Node}")!;
        }

        var levels = topic.Split('/', 4);
        return Cut(levels.Length == 4 ? string.Join('/', levels[..3]) : topic)!;
    }

    private static string? Cut(string? text) => text is { Length: > LongestSender } ? text[..LongestSender] : text;

    /// <summary>How the device's name is cut out of a topic: by what stands around it, or by its level.</summary>
    private readonly record struct Family(string Filter, string Before, string After, int Level);

    private readonly record struct Stranger(DateTimeOffset Told, long Count, bool Fits);
}
