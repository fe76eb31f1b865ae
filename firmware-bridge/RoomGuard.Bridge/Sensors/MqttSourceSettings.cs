using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Sensors;

/// <summary>How the link to a broker is made private. Neither authority nor fingerprint: whom this machine trusts may have issued the broker's certificate.</summary>
/// <param name="AuthorityFile">A PEM file of the only authorities that may have.</param>
/// <param name="Fingerprint">SHA-256 of the one certificate it may show, in hex; instead of any authority, and good until the certificate is replaced.</param>
/// <param name="ServerName">The name its certificate must bear; null: the host.</param>
/// <param name="CertificateFile">Our certificate as PEM, with those between it and its authority; null: we show none.</param>
/// <param name="KeyFile">Its key as PEM, not encrypted, for the bridge's account alone.</param>
public sealed record MqttTlsSettings(
    string? AuthorityFile = null, string? Fingerprint = null, string? ServerName = null, string? CertificateFile = null, string? KeyFile = null)
{
    private const int DigestBytes = 32;

    /// <summary>The pinned digest; null: none, or it is none.</summary>
    public static byte[]? Digest(string? fingerprint)
    {
        if (fingerprint is null)
        {
            return null;
        }

        try
        {
            return Convert.FromHexString(fingerprint.Replace(":", string.Empty, StringComparison.Ordinal)) is { Length: DigestBytes } bytes ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place)
    {
        foreach (var (name, value) in new[]
        {
            ("authorityFile", AuthorityFile), ("serverName", ServerName), ("certificateFile", CertificateFile), ("keyFile", KeyFile),
        })
        {
            if (value is not null && string.IsNullOrWhiteSpace(value))
            {
                yield return $"{place}.{name}: is empty. Leave it out, or write it.";
            }
        }

        if (Fingerprint is not null && Digest(Fingerprint) is null)
        {
            yield return $"{place}.fingerprint: \"{Fingerprint}\" is no SHA-256 digest. Write its 64 hex digits; openssl x509 -fingerprint -sha256 -noout -in the broker's certificate shows them.";
        }

        if (Fingerprint is not null && AuthorityFile is not null)
        {
            yield return $"{place}: authorityFile and fingerprint both say who the broker is. Leave one of them out.";
        }

        if (CertificateFile is null != KeyFile is null)
        {
            yield return $"{place}: certificateFile and keyFile go together.";
        }
    }
}

/// <summary>What is asked of a broker.</summary>
/// <param name="Filter">A topic filter; <c>$share/GROUP/FILTER</c> shares its messages with the other members of the group.</param>
/// <param name="Qos">Highest QoS, 0 to 2.</param>
public sealed record MqttFilterSettings(string Filter, int Qos = 1)
{
    private const int LongestFilter = 1024;

    /// <summary>What topics of it look like, without the group.</summary>
    [JsonIgnore]
    public string Topics
    {
        get
        {
            MqttTopic.TrySplitShare(Filter, out _, out var inner);
            return inner;
        }
    }

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (string.IsNullOrEmpty(Filter) || Filter.Length > LongestFilter || !MqttTopic.IsFilter(Filter))
        {
            yield return $"{place}.filter: \"{Filter}\" is no topic filter: + and # stand for whole levels, # only for the last; behind $share/ come a name, a slash and a filter.";
        }

        if (Qos is < 0 or > 2)
        {
            yield return $"{place}.qos: {Qos} is outside 0 to 2. Use 1 unless you know better.";
        }
    }
}

/// <summary>One broker (R-NET-03). Passwords and keys are files, never settings (R-CFG-11).</summary>
/// <param name="Name">What it is called in records, pages and metrics, e.g. <c>zigbee</c>.</param>
/// <param name="Port">Null: 8883 with TLS, 1883 without.</param>
/// <param name="Version"><c>5.0</c> or <c>3.1.1</c>.</param>
/// <param name="Tls">Null: clear text, on this machine alone or with a reason.</param>
/// <param name="ClearTextReason">Why clear text is allowed to another machine, e.g. a wire that carries nothing else.</param>
/// <param name="User">Null: none.</param>
/// <param name="PasswordFile">The file that holds the password; its bytes but one line break at the end.</param>
/// <param name="ClientId">Null: <c>roomguard-SITE-PANEL-NAME</c>. Two clients of one name at one broker throw each other out.</param>
/// <param name="KeepSession">The broker keeps what it could not deliver while the link or the bridge is down.</param>
/// <param name="SessionExpiry">For how long (5.0; a 3.1.1 broker decides by itself), 1 min to 30 days; null: a day.</param>
/// <param name="KeepAlive">The longest silence of ours, 5 s to 1 h; null: 15 s, so that a dead link is noticed within 30 s (R-RED-05).</param>
/// <param name="ReceiveMaximum">Most messages of QoS 1 and 2 the broker may send ahead of our answers (5.0), 1 to 1000; null: 20.</param>
/// <param name="LargestPacket">Bytes, 1 KiB to 16 MiB; null: 1 MiB. A larger packet ends the connection.</param>
public sealed record MqttSourceSettings(
    string Name,
    string Host,
    ImmutableArray<MqttFilterSettings>? Subscriptions = null,
    int? Port = null,
    string Version = MqttSourceSettings.Five,
    MqttTlsSettings? Tls = null,
    string? ClearTextReason = null,
    string? User = null,
    string? PasswordFile = null,
    string? ClientId = null,
    bool KeepSession = true,
    TimeSpan? SessionExpiry = null,
    TimeSpan? KeepAlive = null,
    int? ReceiveMaximum = null,
    int? LargestPacket = null)
{
    /// <summary>MQTT 5.0.</summary>
    public const string Five = "5.0";

    /// <summary>MQTT 3.1.1.</summary>
    public const string ThreeOneOne = "3.1.1";

    private const int MostFilters = 100;
    private const int LongestClientId = 128;

    private static readonly TimeSpan UsualExpiry = TimeSpan.FromDays(1);
    private static readonly TimeSpan UsualKeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>What is asked of it; empty: it is published to only.</summary>
    [JsonIgnore]
    public ImmutableArray<MqttFilterSettings> Filters => Subscriptions ?? [];

    /// <summary>The port that is connected to.</summary>
    [JsonIgnore]
    public int PortNumber => Port ?? (Tls is null ? 1883 : 8883);

    /// <summary>The broker as people know it.</summary>
    [JsonIgnore]
    public string Where => $"{Host}:{PortNumber}";

    /// <summary>Whether the link never leaves this machine.</summary>
    [JsonIgnore]
    public bool IsLoopback => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The same, asking also for what sensors need and it does not ask for already.</summary>
    public MqttSourceSettings AskingFor(ImmutableArray<string> needed) => this with
    {
        Subscriptions = [.. Filters, .. needed.Where(filter => !Filters.Any(own => SensorModels.Covers(own.Topics, filter))).Select(filter => new MqttFilterSettings(filter))],
    };

    /// <summary>How the session is made.</summary>
    /// <param name="usualClientId">Who we are where the settings do not say.</param>
    /// <param name="will">What the broker shall publish when we go without a word; null: nothing.</param>
    public MqttClientSettings Session(string usualClientId, byte[]? password, MqttWill? will) => new()
    {
        Version = Version == ThreeOneOne ? MqttVersion.V311 : MqttVersion.V5,
        ClientId = ClientId ?? usualClientId,
        KeepSession = KeepSession,
        SessionExpirySeconds = (uint)(SessionExpiry ?? UsualExpiry).TotalSeconds,

        // What waited at the broker while the bridge was away is wanted; that a QoS 2 message may then come twice is borne.
        ResumeAtStart = KeepSession,
        KeepAliveSeconds = (ushort)(KeepAlive ?? UsualKeepAlive).TotalSeconds,
        Will = will,
        UserName = User,

        // A null array would become an empty password, which is another thing than none.
        Password = password is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(password),
        ReceiveMaximum = (ushort)(ReceiveMaximum ?? 20),

        // What comes is handed over one by one and read no faster: more of it costs nothing here.
        HoldsToReceiveMaximum = false,
        MaximumPacketSize = LargestPacket ?? 1 << 20,
    };

    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place, Func<string?, bool> isName) =>
        LinkProblems(place, isName).Concat(Tls?.Problems($"{place}.tls") ?? []).Concat(SessionProblems(place))
            .Concat(Filters.Index().SelectMany(item => item.Item.Problems($"{place}.subscriptions[{item.Index}]")));

    private IEnumerable<string> LinkProblems(string place, Func<string?, bool> isName)
    {
        if (!isName(Name))
        {
            yield return $"{place}.name: \"{Name}\" is not a name. Use 1 to 40 letters, digits and hyphens, e.g. zigbee.";
        }

        if (string.IsNullOrWhiteSpace(Host) || Uri.CheckHostName(Host) == UriHostNameType.Unknown)
        {
            yield return $"{place}.host: \"{Host}\" is no name of a machine and no address. Write it without mqtt:// and port.";
        }

        if (PortNumber is < 1 or > 65535)
        {
            yield return $"{place}.port: {PortNumber} is not a port (1 to 65535).";
        }

        if (Version is not (Five or ThreeOneOne))
        {
            yield return $"{place}.version: \"{Version}\" is neither \"{Five}\" nor \"{ThreeOneOne}\".";
        }

        if (Tls is null && !IsLoopback && string.IsNullOrWhiteSpace(ClearTextReason))
        {
            yield return $"{place}.clearTextReason: clear text to {Host} needs a written reason (R-NET-03). Write it, or add tls.";
        }

        if (Tls is not null && ClearTextReason is not null)
        {
            yield return $"{place}.clearTextReason: with tls nothing is sent in clear text. Leave one of the two out.";
        }

        if (User is not null && (User.Length is 0 or > 200 || !MqttTopic.IsText(User)))
        {
            yield return $"{place}.user: a user name has 1 to 200 characters. Leave it out where the broker asks for none.";
        }

        if (PasswordFile is not null && (string.IsNullOrWhiteSpace(PasswordFile) || User is null))
        {
            yield return $"{place}.passwordFile: names the file with the password of user. Write both, or leave both out.";
        }
    }

    private IEnumerable<string> SessionProblems(string place)
    {
        if (ClientId is not null && (ClientId.Length is 0 or > LongestClientId || !MqttTopic.IsText(ClientId) || ClientId.Any(char.IsControl)))
        {
            yield return $"{place}.clientId: has 1 to {LongestClientId} characters. Leave it out for roomguard-SITE-PANEL-NAME.";
        }

        if (SessionExpiry is { } expiry && (expiry < TimeSpan.FromMinutes(1) || expiry > TimeSpan.FromDays(30)))
        {
            yield return $"{place}.sessionExpiry: {expiry} is outside 00:01:00 to 30.00:00:00.";
        }

        if (SessionExpiry is not null && (!KeepSession || Version == ThreeOneOne))
        {
            yield return $"{place}.sessionExpiry: goes with a kept session of {Five}; a {ThreeOneOne} broker decides by itself. Leave it out.";
        }

        if (KeepAlive is { } alive && (alive < TimeSpan.FromSeconds(5) || alive > TimeSpan.FromHours(1)))
        {
            yield return $"{place}.keepAlive: {alive} is outside 00:00:05 to 01:00:00.";
        }

        if (ReceiveMaximum is < 1 or > 1000)
        {
            yield return $"{place}.receiveMaximum: {ReceiveMaximum} is outside 1 to 1000.";
        }

        if (LargestPacket is < 1 << 10 or > 1 << 24)
        {
            yield return $"{place}.largestPacket: {LargestPacket} is outside 1024 to 16777216 bytes.";
        }

        if (Filters.Length > MostFilters)
        {
            yield return $"{place}.subscriptions: {Filters.Length} are more than {MostFilters}. Use wildcards: + for a level, # for the rest.";
        }

        foreach (var twice in Filters.GroupBy(filter => filter.Filter, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return $"{place}.subscriptions: \"{twice.Key}\" stands twice.";
        }
    }
}
