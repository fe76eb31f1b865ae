using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Hosting;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>What is wrong with the settings of a broker, or with its files, is named before anything starts.</summary>
public sealed class MqttSourceSettingsTests : IDisposable
{
    private const string Print = "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89";

    private static readonly MqttSourceSettings Good = new("zigbee", "mqtt.town.example", [new("zigbee2mqtt/#")], Tls: new());

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("roomguard-mqtt-");

    public static TheoryData<MqttSourceSettings, string> Wrong => new()
    {
        { Good with { Name = "zig bee" }, "mqtt.sources[0].name: \"zig bee\" is not a name" },
        { Good with { Host = "mqtt://mqtt.town.example" }, "mqtt.sources[0].host: \"mqtt://mqtt.town.example\" is no name of a machine" },
        { Good with { Host = "" }, "mqtt.sources[0].host" },
        { Good with { Port = 0 }, "mqtt.sources[0].port: 0 is not a port" },
        { Good with { Version = "3.1" }, "mqtt.sources[0].version: \"3.1\" is neither \"5.0\" nor \"3.1.1\"" },
        { Good with { Tls = null }, "mqtt.sources[0].clearTextReason: clear text to mqtt.town.example needs a written reason (R-NET-03). Write it, or add tls." },
        { Good with { ClearTextReason = "VLAN 30" }, "mqtt.sources[0].clearTextReason: with tls nothing" },
        { Good with { Tls = new(Fingerprint: "AB:CD") }, "mqtt.sources[0].tls.fingerprint: \"AB:CD\" is no SHA-256 digest" },
        { Good with { Tls = new(Fingerprint: Print, AuthorityFile: "town.pem") }, "mqtt.sources[0].tls: authorityFile and fingerprint both" },
        { Good with { Tls = new(CertificateFile: "own.pem") }, "mqtt.sources[0].tls: certificateFile and keyFile go together" },
        { Good with { Tls = new(AuthorityFile: " ") }, "mqtt.sources[0].tls.authorityFile: is empty" },
        { Good with { PasswordFile = "secret.txt" }, "mqtt.sources[0].passwordFile" },
        { Good with { User = "" }, "mqtt.sources[0].user" },
        { Good with { ClientId = "" }, "mqtt.sources[0].clientId" },
        { Good with { SessionExpiry = TimeSpan.FromSeconds(1) }, "mqtt.sources[0].sessionExpiry: 00:00:01 is outside" },
        { Good with { SessionExpiry = TimeSpan.FromHours(1), Version = "3.1.1" }, "mqtt.sources[0].sessionExpiry: goes with" },
        { Good with { KeepAlive = TimeSpan.FromSeconds(1) }, "mqtt.sources[0].keepAlive: 00:00:01 is outside" },
        { Good with { ReceiveMaximum = 0 }, "mqtt.sources[0].receiveMaximum: 0 is outside" },
        { Good with { LargestPacket = 100 }, "mqtt.sources[0].largestPacket: 100 is outside" },
        { Good with { Subscriptions = [new("zigbee2mqtt/#/x")] }, "mqtt.sources[0].subscriptions[0].filter: \"zigbee2mqtt/#/x\" is no topic filter" },
        { Good with { Subscriptions = [new("$share/group")] }, "mqtt.sources[0].subscriptions[0].filter" },
        { Good with { Subscriptions = [new("a"), new("b", 3)] }, "mqtt.sources[0].subscriptions[1].qos: 3 is outside 0 to 2" },
        { Good with { Subscriptions = [new("a"), new("a")] }, "mqtt.sources[0].subscriptions: \"a\" stands twice" },
        { Good with { Subscriptions = null }, "mqtt.sources[0].subscriptions: zigbee subscribes to nothing" },
    };

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Wrong))]
    [Requirement("R-INP-01")]
    [Requirement("R-NET-03")]
    public void What_is_wrong_with_a_broker_is_named_with_its_place(MqttSourceSettings source, string named) =>
        Assert.Contains(named, Assert.Single(Problems(new([source]))), StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1", null)]
    [InlineData("::1", null)]
    [InlineData("localhost", null)]
    [InlineData("192.0.2.9", "the gateway speaks no TLS; VLAN 30 carries nothing else")]
    public void Clear_text_is_for_this_machine_or_for_a_written_reason(string host, string? reason) =>
        Assert.Empty(Problems(new([Good with { Host = host, Tls = null, ClearTextReason = reason }])));

    [Fact]
    public void Shared_subscriptions_pins_and_all_limits_are_good() => Assert.Empty(Problems(new(
    [
        Good with
        {
            Subscriptions = [new("$share/bridges/zigbee2mqtt/#", 2)], Tls = new(Fingerprint: Print, ServerName: "broker"), SessionExpiry = TimeSpan.FromDays(7), KeepAlive = TimeSpan.FromMinutes(1),
            ReceiveMaximum = 100, LargestPacket = 1 << 16, ClientId = "roomguard", User = "roomguard", PasswordFile = "x",
        },
    ])));

    [Fact]
    public void Two_sources_do_not_share_a_name_or_an_identity()
    {
        Assert.Contains("name \"zigbee\" stands twice", Assert.Single(Problems(new([Good, Good]))), StringComparison.Ordinal);
        var named = Good with { ClientId = "roomguard" };
        Assert.Contains("zigbee and shelly have one clientId", Assert.Single(Problems(new([named, named with { Name = "shelly" }]))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other", null, "5.0", "zigbee2mqtt/#", "mqtt.publish.source: there is no source \"other\"")]
    [InlineData("zigbee", "/rg", "5.0", "zigbee2mqtt/#", "mqtt.publish.prefix: \"/rg\" is not the beginning of a topic")]
    [InlineData("zigbee", "rg/#", "5.0", "zigbee2mqtt/#", "mqtt.publish.prefix")]
    [InlineData("zigbee", null, "3.1.1", "#", "mqtt.publish: zigbee subscribes to #, which takes what is published here")]
    [InlineData("zigbee", null, "5.0", "$share/g/homeassistant/#", "mqtt.publish: zigbee subscribes to $share/g/homeassistant/#")]
    public void What_is_wrong_with_publishing_is_named(string source, string? prefix, string version, string filter, string named) =>
        Assert.Contains(
            named, Assert.Single(Problems(new([Good with { Version = version, Subscriptions = [new(filter)] }], new(source, prefix)))), StringComparison.Ordinal);

    [Fact]
    public void A_source_may_be_there_for_publishing_alone() =>
        Assert.Empty(Problems(new([Good with { Subscriptions = null }, Good with { Name = "all", Subscriptions = [new("#")] }], new("zigbee"))));

    [Theory]
    [InlineData("\"port\": \"1883\"", "$.sources[0].port")]
    [InlineData("\"prot\": 1883", "prot")]
    [InlineData("\"tls\": { \"ca\": \"x\" }", "ca")]
    [InlineData("\"subscriptions\": [ \"a\" ]", "$.sources[0].subscriptions")]
    [InlineData("\"keepAlive\": 30", "$.sources[0].keepAlive")]
    [Requirement("R-INP-01")]
    public void Unknown_keys_and_wrong_types_are_named(string wrong, string named)
    {
        var refused = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{ "sources": [ { "name": "zigbee", "host": "127.0.0.1", {{wrong}} } ] }""", BridgeSettingsJson.Default.MqttSection));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_is_what_the_settings_say()
    {
        var session = (Good with { Version = "3.1.1", User = "roomguard", KeepAlive = TimeSpan.FromSeconds(20) }).Session("roomguard-x", "word"u8.ToArray(), null);

        Assert.Null(Good.Session("roomguard-x", null, null).Password);
        Assert.Equal((MqttVersion.V311, "roomguard-x", (ushort)20, true, "roomguard"), (session.Version, session.ClientId, session.KeepAliveSeconds, session.KeepSession, session.UserName));
        Assert.Equal(8883, Good.PortNumber);
        Assert.Equal(1883, (Good with { Tls = null }).PortNumber);
    }

    [Theory]
    [InlineData("right horse\n", UnixFileMode.UserRead, null)]
    [InlineData("right horse\r\n", UnixFileMode.UserRead, null)]
    [InlineData("right horse", UnixFileMode.UserRead | UnixFileMode.UserWrite, null)]
    [InlineData("\n", UnixFileMode.UserRead, "is empty")]
    [InlineData("right horse", UnixFileMode.UserRead | UnixFileMode.GroupRead, "Run: chmod 600")]
    [Requirement("R-CFG-11")]
    public void A_password_is_the_bytes_of_its_file_but_one_line_break_and_never_shown(string text, UnixFileMode mode, string? refusal)
    {
        var source = Good with { Tls = null, User = "roomguard", PasswordFile = Write("password", text, mode) };
        if (refusal is null)
        {
            using var secrets = MqttSecrets.Load(source);
            Assert.Equal("right horse", Encoding.UTF8.GetString(secrets.Password!));
            return;
        }

        var refused = Assert.Throws<SettingsException>(() => MqttSecrets.Load(source));
        Assert.Contains("mqtt.sources \"zigbee\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains(refusal, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_not_there_or_are_something_else_are_named()
    {
        var missing = Path.Combine(folder.FullName, "none");
        Assert.Contains("there is no password file", Refusal(Good with { User = "x", PasswordFile = missing }), StringComparison.Ordinal);
        Assert.Contains("Put the broker's authority there as PEM", Refusal(Good with { Tls = new(AuthorityFile: Write("ca.pem", "nothing")) }), StringComparison.Ordinal);
        var (certificate, key) = OwnCertificate();
        Assert.Contains("are no certificate with its key", Refusal(Good with { Tls = new(CertificateFile: certificate, KeyFile: Write("wrong.key", "nothing")) }), StringComparison.Ordinal);
        using var secrets = MqttSecrets.Load(Good with { Tls = new(AuthorityFile: certificate, CertificateFile: certificate, KeyFile: key) });
        Assert.True(secrets.Own!.HasPrivateKey);
        Assert.Single(secrets.Authorities);
        Assert.Empty(secrets.Between);
    }

    private static ImmutableArray<string> Problems(MqttSection section) => [.. section.Problems("mqtt", name => name is { Length: > 0 } && !name.Contains(' ', StringComparison.Ordinal))];

    private static string Refusal(MqttSourceSettings source) => Assert.Throws<SettingsException>(() => MqttSecrets.Load(source)).Message;

    private (string Certificate, string Key) OwnCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=bridge-1", key, HashAlgorithmName.SHA256).CreateSelfSigned(A.MondayNine, A.MondayNine.AddYears(1));
        return (Write("own.pem", certificate.ExportCertificatePem()), Write("own.key", key.ExportPkcs8PrivateKeyPem()));
    }

    private string Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
