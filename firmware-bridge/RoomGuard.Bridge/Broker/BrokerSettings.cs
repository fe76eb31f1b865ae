using System.Collections.Immutable;
using System.Net;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Broker;

/// <summary>MQTT over TLS.</summary>
/// <param name="Certificate">Path of the broker's certificate (PEM, with its chain); null: the bridge's own, which the service's authority gave.</param>
/// <param name="Key">Path of its key; needed with <paramref name="Certificate"/>.</param>
/// <param name="ClientAuthority">Path of the authority whose client certificates name a user (their CN); null: passwords only.</param>
/// <param name="CertificateRequired">A client without such a certificate is refused, password or not.</param>
public sealed record BrokerTlsSettings(
    string Address = "127.0.0.1", int Port = 8883, string? Certificate = null, string? Key = null, string? ClientAuthority = null, bool CertificateRequired = false);

/// <summary>What one user of the broker may do. Its password is no setting (R-CFG-11): <c>mqtt-user add</c>; with a client certificate it needs none.</summary>
/// <param name="Name">User name, or the CN of its certificate.</param>
/// <param name="MayPublish">Filters its topics must fall under, wills included.</param>
/// <param name="MaySubscribe">Filters that must cover what it subscribes to.</param>
/// <param name="ClientId">The one client identifier it may use; null: any that is not another user's.</param>
public sealed record BrokerUserSettings(string Name, ImmutableArray<string> MayPublish, ImmutableArray<string> MaySubscribe, string? ClientId = null);

/// <summary>What clients without a user name may do; on loopback, or with a written reason.</summary>
/// <param name="Reason">Why; needed always.</param>
public sealed record BrokerGuestSettings(ImmutableArray<string> MayPublish, ImmutableArray<string> MaySubscribe, string Reason);

/// <summary>How much clients get. Each has a reason to be bounded: memory, handles, disk.</summary>
/// <param name="ConnectionsPerAddress">Of one address, so that one device cannot take all.</param>
/// <param name="ConnectWithin">For CONNECT, and for TLS before it.</param>
/// <param name="PacketBytes">Largest packet.</param>
/// <param name="Unanswered">QoS 1 and 2 messages under way to or from a client.</param>
/// <param name="QueuedMessages">Messages one client has not taken over; then its publishers are held back or refused.</param>
/// <param name="QueuedBytes">Bytes of them; also of QoS 0 messages on their way to a slow client, beyond which QoS 0 is dropped and counted.</param>
/// <param name="KeptSessions">Sessions that outlive their connection.</param>
/// <param name="KeptBytes">Bytes of all messages kept on disk for them.</param>
/// <param name="SessionExpiry">Longest life of a session without its client, and the life of a kept 3.1.1 session.</param>
/// <param name="RetainedMessages">Topics with a retained message.</param>
/// <param name="RetainedBytes">Bytes of them.</param>
/// <param name="Subscriptions">Of one client.</param>
/// <param name="HoldBack">How long publishers wait for a client that does not take its messages; then it is disconnected.</param>
public sealed record BrokerLimitSettings(
    int Connections = 1000,
    int ConnectionsPerAddress = 250,
    TimeSpan? ConnectWithin = null,
    int PacketBytes = 256 * 1024,
    int Unanswered = 20,
    int QueuedMessages = 10_000,
    long QueuedBytes = 8 << 20,
    int KeptSessions = 500,
    long KeptBytes = 64 << 20,
    TimeSpan? SessionExpiry = null,
    int RetainedMessages = 10_000,
    long RetainedBytes = 16 << 20,
    int Subscriptions = 500,
    TimeSpan? HoldBack = null);

/// <summary>The embedded MQTT broker (docs/mqtt-broker.md). Without this section it listens on loopback and knows no user.</summary>
/// <param name="Enabled">False: nothing listens, for a site with a broker of its own.</param>
/// <param name="Address">Where plain MQTT listens. Another than loopback needs <paramref name="PlainReason"/> (R-NET-03).</param>
/// <param name="Port">0 takes any free one.</param>
/// <param name="PlainReason">Why passwords and values may go over that wire in the clear, e.g. <c>配線は盤内のみ</c>.</param>
/// <param name="Tls">Null: no TLS.</param>
/// <param name="Guests">Null: nobody without a user name.</param>
public sealed record BrokerSettings(
    bool Enabled = true,
    string Address = "127.0.0.1",
    int Port = 1883,
    string? PlainReason = null,
    BrokerTlsSettings? Tls = null,
    ImmutableArray<BrokerUserSettings>? Users = null,
    BrokerGuestSettings? Guests = null,
    BrokerLimitSettings? Limits = null)
{
    private const int MostUsers = 2000;
    private const int MostFilters = 200;
    private const uint LongestExpirySeconds = 365 * 86_400;

    /// <summary>The users, none when the file does not say.</summary>
    internal ImmutableArray<BrokerUserSettings> Known => Users ?? [];

    /// <summary>The limits, with their defaults.</summary>
    internal BrokerLimitSettings Bounds => Limits ?? new();

    /// <summary>What the wire's state machines are told of the limits.</summary>
    internal MqttServerLimits Granted => new()
    {
        ConnectWithin = Bounds.ConnectWithin ?? new MqttServerLimits().ConnectWithin,
        MaximumPacketSize = Bounds.PacketBytes,
        ReceiveMaximum = (ushort)Bounds.Unanswered,
        SendWindow = (ushort)Bounds.Unanswered,
        MostMessages = Bounds.QueuedMessages,
        MostBytes = Bounds.QueuedBytes,
        SessionExpirySeconds = (uint)((Bounds.SessionExpiry ?? TimeSpan.FromDays(7)).TotalSeconds),
    };

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place, Func<string?, bool> isName)
    {
        ArgumentNullException.ThrowIfNull(isName);
        return Enabled ? Listening(place).Concat(Rights(place, isName)).Concat(Limit(place)) : [];
    }

    private IEnumerable<string> Listening(string place)
    {
        if (!IPAddress.TryParse(Address, out var plain))
        {
            yield return $"{place}.address: \"{Address}\" is not an IP address. Write 127.0.0.1, or use tls for devices on a network.";
        }
        else if (!IPAddress.IsLoopback(plain) && string.IsNullOrWhiteSpace(PlainReason))
        {
            yield return $"{place}.plainReason: plain MQTT on {Address} sends passwords in the clear (R-NET-03). Use tls, or write the reason why this wire is safe.";
        }

        if (Port is < 0 or > 65535)
        {
            yield return $"{place}.port: {Port} is not a port (1 to 65535; 0 takes any free one).";
        }

        if (Tls is not { } tls)
        {
            yield break;
        }

        if (!IPAddress.TryParse(tls.Address, out _))
        {
            yield return $"{place}.tls.address: \"{tls.Address}\" is not an IP address. Write the bridge's address in the sensors' segment.";
        }

        if (tls.Port is < 0 or > 65535 || (tls.Port == Port && Port != 0))
        {
            yield return $"{place}.tls.port: {tls.Port} is not a port of its own (1 to 65535; 0 takes any free one).";
        }

        if (tls.Certificate is null != tls.Key is null)
        {
            yield return $"{place}.tls: certificate and key go together. Name both files, or neither to use the bridge's own.";
        }

        foreach (var (name, path) in new[] { ("certificate", tls.Certificate), ("key", tls.Key), ("clientAuthority", tls.ClientAuthority) })
        {
            if (path is not null && !File.Exists(path))
            {
                yield return $"{place}.tls.{name}: there is no file \"{path}\".";
            }
        }

        if (tls is { CertificateRequired: true, ClientAuthority: null })
        {
            yield return $"{place}.tls.clientAuthority: certificateRequired needs the authority that signs the clients' certificates.";
        }
    }

    private IEnumerable<string> Rights(string place, Func<string?, bool> isName)
    {
        if (Known.Length > MostUsers)
        {
            yield return $"{place}.users: {Known.Length} are more than {MostUsers}. Give larger sites a broker of their own (docs/mqtt-broker.md).";
        }

        foreach (var twice in Known.GroupBy(user => user.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return $"{place}.users: name \"{twice.Key}\" stands twice. Names are unique.";
        }

        foreach (var twice in Known.Where(user => user.ClientId is not null).GroupBy(user => user.ClientId, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return $"{place}.users: clientId \"{twice.Key}\" stands twice. A client identifier is one device's.";
        }

        foreach (var (at, user) in Known.Index())
        {
            if (!isName(user.Name))
            {
                yield return $"{place}.users[{at}].name: \"{user.Name}\" is not a name. Use 1 to 40 letters, digits and hyphens, e.g. zigbee-1.";
            }

            if (user.ClientId is { } id && (id.Length == 0 || !MqttTopic.IsText(id)))
            {
                yield return $"{place}.users[{at}].clientId: \"{id}\" is no client identifier. Leave it out to allow any.";
            }

            foreach (var problem in Filters($"{place}.users[{at}]", user.MayPublish, user.MaySubscribe))
            {
                yield return problem;
            }
        }

        if (Guests is { } guests)
        {
            if (string.IsNullOrWhiteSpace(guests.Reason))
            {
                yield return $"{place}.guests.reason: clients without a user name need a written reason (R-NET-01). Write it, or make users.";
            }

            foreach (var problem in Filters($"{place}.guests", guests.MayPublish, guests.MaySubscribe))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> Filters(string place, ImmutableArray<string> publish, ImmutableArray<string> subscribe)
    {
        foreach (var (name, filters) in new[] { ("mayPublish", publish), ("maySubscribe", subscribe) })
        {
            if (filters.Length > MostFilters)
            {
                yield return $"{place}.{name}: {filters.Length} are more than {MostFilters}. Use + and #.";
            }

            foreach (var filter in filters)
            {
                if (filter is null || !MqttTopic.IsFilter(filter) || MqttTopic.IsShared(filter))
                {
                    yield return $"{place}.{name}: \"{filter}\" is no topic filter. Write e.g. zigbee2mqtt/#; + and # stand for whole levels.";
                }
            }
        }
    }

    private IEnumerable<string> Limit(string place)
    {
        foreach (var (name, value, least, most) in new (string, long, long, long)[]
        {
            ("connections", Bounds.Connections, 1L, 100_000L), ("connectionsPerAddress", Bounds.ConnectionsPerAddress, 1, 100_000), ("packetBytes", Bounds.PacketBytes, 1024, 16 << 20),
            ("unanswered", Bounds.Unanswered, 1, 65_535), ("queuedMessages", Bounds.QueuedMessages, 1, 1_000_000), ("queuedBytes", Bounds.QueuedBytes, 64 << 10, 1L << 30),
            ("keptSessions", Bounds.KeptSessions, 0, 100_000), ("keptBytes", Bounds.KeptBytes, 0, 1L << 40), ("retainedMessages", Bounds.RetainedMessages, 0, 1_000_000),
            ("retainedBytes", Bounds.RetainedBytes, 0, 1L << 30), ("subscriptions", Bounds.Subscriptions, 1, 100_000),
        })
        {
            if (value < least || value > most)
            {
                yield return $"{place}.limits.{name}: {value} is outside {least} to {most}.";
            }
        }

        foreach (var (name, value, least, most) in new[]
        {
            ("connectWithin", Bounds.ConnectWithin, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), ("holdBack", Bounds.HoldBack, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
            ("sessionExpiry", Bounds.SessionExpiry, TimeSpan.Zero, TimeSpan.FromSeconds(LongestExpirySeconds)),
        })
        {
            if (value is { } time && (time < least || time > most))
            {
                yield return $"{place}.limits.{name}: {time} is outside {least} to {most}.";
            }
        }
    }
}
