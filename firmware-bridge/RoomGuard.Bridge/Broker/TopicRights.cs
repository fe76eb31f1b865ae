using System.Collections.Immutable;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Broker;

/// <summary>What one client may publish and subscribe to (R-NET-01: each device is bound to its own topics). Pure.</summary>
internal sealed record TopicRights(ImmutableArray<string> MayPublish, ImmutableArray<string> MaySubscribe)
{
    /// <summary>Whether a topic falls under what may be published.</summary>
    internal bool AllowPublish(string topic)
    {
        foreach (var filter in MayPublish)
        {
            if (MqttTopic.Matches(filter, topic))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether everything a filter takes falls under one filter that may be subscribed to.</summary>
    /// <param name="filter">Shared or not.</param>
    internal bool AllowSubscribe(string filter)
    {
        _ = MqttTopic.TrySplitShare(filter, out _, out var inner);
        foreach (var allowed in MaySubscribe)
        {
            if (Covers(allowed, inner))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a filter takes every topic another one takes.</summary>
    internal static bool Covers(string allowed, string wanted)
    {
        // A filter that begins with a wildcard takes nothing of what begins with $.
        if (wanted is ['$', ..] && allowed is ['+' or '#', ..])
        {
            return false;
        }

        var mine = allowed.Split('/');
        var asked = wanted.Split('/');
        for (var at = 0; at < mine.Length; at++)
        {
            if (mine[at] == "#")
            {
                return true;
            }

            if (at == asked.Length)
            {
                return false;
            }

            if (asked[at] == "#" || (mine[at] != "+" && mine[at] != asked[at]))
            {
                return false;
            }
        }

        return mine.Length == asked.Length;
    }
}
