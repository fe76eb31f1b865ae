using RoomGuard.Bridge.Uplink;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Sensors;

/// <summary>How long to wait before a broker is called again. Pure.</summary>
/// <remarks>
/// A link that broke is made again within a second, and later and later while it cannot be. What a person has to correct is asked for slowly from the beginning: some
/// brokers shut out an address that gives wrong passwords. So is a second client of our name: two that call at once would throw each other out for ever.
/// </remarks>
/// <param name="chance">From the composition root.</param>
public sealed class MqttRetry(Random chance)
{
    /// <summary>The longest wait: how late at most a broker that came back is noticed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan ShortestForPeople = TimeSpan.FromSeconds(15);

    // A connection shorter than this did not really live.
    private static readonly TimeSpan Lived = TimeSpan.FromSeconds(10);

    private readonly GrowingWait quick = new(Shortest, Longest, chance);
    private readonly GrowingWait slow = new(ShortestForPeople, Longest, chance);

    /// <summary>The wait after a link that could not be made.</summary>
    public TimeSpan AfterFailure() => quick.Next();

    /// <summary>The wait after a connection ended.</summary>
    /// <param name="connected">How long it was accepted; null: it never was.</param>
    public TimeSpan After(MqttEnding ending, MqttReason reason, TimeSpan? connected)
    {
        if (connected >= Lived)
        {
            quick.Reset();
            slow.Reset();
        }

        return NeedsAPerson(ending, reason) || reason == MqttReason.SessionTakenOver ? slow.Next() : quick.Next();
    }

    /// <summary>Whether a person has to correct something before the broker takes us.</summary>
    public static bool NeedsAPerson(MqttEnding ending, MqttReason reason) =>
        ending is MqttEnding.Refused or MqttEnding.FarEndLeft
        && reason is MqttReason.UnsupportedVersion or MqttReason.ClientIdNotValid or MqttReason.BadUserNameOrPassword or MqttReason.NotAuthorised or MqttReason.Banned
            or MqttReason.BadAuthenticationMethod or MqttReason.PacketTooLarge or MqttReason.RetainNotSupported or MqttReason.QosNotSupported
            or MqttReason.UseAnotherServer or MqttReason.ServerMoved or MqttReason.TopicNameInvalid;

    /// <summary>What a person should do about an ending, for a log line; empty: nothing, it mends itself.</summary>
    public static string Remedy(MqttEnding ending, MqttReason reason) => (ending, reason) switch
    {
        (MqttEnding.Refused, MqttReason.BadUserNameOrPassword) => "Compare user and passwordFile with the broker's user list.",
        (MqttEnding.Refused, MqttReason.NotAuthorised) => "The broker knows no such user or certificate, or allows it nothing: compare user, passwordFile and tls with its user and access lists.",
        (MqttEnding.Refused, MqttReason.UnsupportedVersion) => "Set version to 3.1.1 (or 5.0).",
        (MqttEnding.Refused, MqttReason.ClientIdNotValid) => "Set clientId to one the broker takes.",
        (MqttEnding.Refused, MqttReason.Banned) => "The broker shuts this client or address out: look at its log.",
        (MqttEnding.Refused or MqttEnding.FarEndLeft, MqttReason.UseAnotherServer or MqttReason.ServerMoved) => "Correct host and port.",
        (MqttEnding.FarEndLeft, MqttReason.SessionTakenOver) => "Another client uses the same clientId: give each its own.",
        (MqttEnding.FarEndBroke, MqttReason.PacketTooLarge) => "Raise largestPacket, or subscribe to less.",
        _ => string.Empty,
    };
}
