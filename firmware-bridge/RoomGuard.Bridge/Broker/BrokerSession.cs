using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Broker;

/// <summary>What the broker knows of one client over its connections, beside what the wire's session knows. The broker's thread alone touches it.</summary>
internal sealed class BrokerSession(MqttServerSession wire, string user)
{
    /// <summary>Messages under way, the will, the end.</summary>
    internal MqttServerSession Wire => wire;

    /// <summary>Whose session it is; nobody else gets it with the same client identifier.</summary>
    internal string User => user;

    /// <summary>What the client may do.</summary>
    internal TopicRights? Rights { get; set; }

    /// <summary>Its number in the store; 0: it does not outlive its connection.</summary>
    internal long StoreId { get; set; }

    /// <summary>Its connection; null: none.</summary>
    internal BrokerLink? Link { get; set; }

    /// <summary>Filters it is subscribed with; null: none.</summary>
    internal List<string>? Filters { get; set; }

    /// <summary>Of which share a message came that it has not taken over, by handle: it goes to another member if this one never returns. Null: none.</summary>
    internal Dictionary<long, string>? Shares { get; set; }

    /// <summary>Its will is in the store.</summary>
    internal bool HasStoredWill { get; set; }

    /// <summary>It was told that it is slow.</summary>
    internal bool IsKnownSlow { get; set; }

    /// <summary>Messages of it in the broker's sum.</summary>
    internal int CountedMessages { get; set; }

    /// <summary>Bytes of it in the broker's sum.</summary>
    internal long CountedBytes { get; set; }
}

/// <summary>A message that waits for room: its publisher is not read meanwhile.</summary>
/// <param name="Message">With bytes of its own.</param>
/// <param name="Full">Who has no room.</param>
internal sealed record HeldPublish(long Token, PublishPacket Message, BrokerSession Full, TimeSpan Until);

/// <summary>One client's connection. Open for inheritance to whatever carries the bytes. The broker's thread alone touches it.</summary>
/// <param name="from">Its address, for limits and logs.</param>
/// <param name="certified">The user its certificate names; null: none was shown.</param>
internal class BrokerLink(string from, string? certified, MqttServerLimits limits, TimeSpan now)
{
    // Nobody who has not been let in needs more: CONNECT with a small will.
    private const int LargestConnect = 16 * 1024;

    internal string From => from;

    internal string? Certified => certified;

    internal MqttServerConnection Connection { get; } = new(limits, now);

    internal MqttInbox Inbox { get; } = new(MqttEnd.Client, null, Math.Min(LargestConnect, limits.MaximumPacketSize));

    /// <summary>Set once it is let in.</summary>
    internal BrokerSession? Session { get; set; }

    /// <summary>Nothing leaves and nothing is read before the store has written this much: what waits to go out may promise it.</summary>
    internal long Barrier { get; set; }

    /// <summary>The same for those inside the program who hear messages.</summary>
    internal long EarBarrier { get; set; }

    /// <summary>Since when the barrier stands; null: it does not.</summary>
    internal TimeSpan? BlockedSince { get; set; }

    /// <summary>A message of its that waits for room; null: none.</summary>
    internal HeldPublish? Held { get; set; }

    /// <summary>It is in the list of those to be written to.</summary>
    internal bool IsMarked { get; set; }

    /// <summary>What waits to go out must not: it promises what could not be written down.</summary>
    internal bool IsCut { get; set; }

    /// <summary>When bytes came last.</summary>
    internal TimeSpan LastRead { get; set; } = now;
}
