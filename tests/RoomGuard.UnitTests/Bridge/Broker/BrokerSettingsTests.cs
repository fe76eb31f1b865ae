using RoomGuard.Bridge.Broker;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Broker;

/// <summary>Settings of the broker: safe as they come, and what is impossible is named with its remedy.</summary>
public class BrokerSettingsTests
{
    private static readonly BrokerUserSettings Sensor = new("sensor-1", ["tele/sensor-1/#"], ["cmnd/sensor-1/#"]);

    public static TheoryData<BrokerSettings, string> Wrong => new()
    {
        { new(Address: "bridge"), "broker.address: \"bridge\" is not an IP address" },
        { new(Address: "192.0.2.1"), "broker.plainReason: plain MQTT on 192.0.2.1" },
        { new(Address: "0.0.0.0", PlainReason: " "), "broker.plainReason" },
        { new(Port: 70_000), "broker.port: 70000 is not a port" },
        { new(Tls: new("room")), "broker.tls.address" },
        { new(Tls: new(Port: 1883)), "broker.tls.port: 1883 is not a port of its own" },
        { new(Tls: new(Certificate: "a.pem")), "certificate and key go together" },
        { new(Tls: new(Certificate: "a.pem", Key: "b.pem")), "broker.tls.certificate: there is no file \"a.pem\"" },
        { new(Tls: new(CertificateRequired: true)), "certificateRequired needs the authority" },
        { new(Users: [Sensor, Sensor]), "name \"sensor-1\" stands twice" },
        { new(Users: [Sensor with { ClientId = "x" }, Sensor with { Name = "sensor-2", ClientId = "x" }]), "clientId \"x\" stands twice" },
        { new(Users: [Sensor with { Name = "" }]), "broker.users[0].name" },
        { new(Users: [Sensor with { MayPublish = ["tele/+x"] }]), "broker.users[0].mayPublish: \"tele/+x\" is no topic filter" },
        { new(Users: [Sensor with { MaySubscribe = ["$share/a/b"] }]), "broker.users[0].maySubscribe" },
        { new(Guests: new(["#"], [], "")), "broker.guests.reason" },
        { new(Limits: new(Connections: 0)), "broker.limits.connections: 0 is outside 1 to 100000" },
        { new(Limits: new(ConnectWithin: TimeSpan.Zero)), "broker.limits.connectWithin" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    [Requirement("R-NET-03")]
    public void What_is_impossible_is_named_with_its_remedy(BrokerSettings settings, string says) =>
        Assert.Contains(settings.Problems("broker", IsName), problem => problem.Contains(says, StringComparison.Ordinal));

    [Fact]
    public void As_it_comes_it_is_on_loopback_alone_and_lets_nobody_in()
    {
        var settings = new BrokerSettings();
        Assert.Equal((true, "127.0.0.1", 1883), (settings.Enabled, settings.Address, settings.Port));
        Assert.True(settings is { Tls: null, Guests: null, Known.IsEmpty: true });
        Assert.Empty(settings.Problems("broker", IsName));
        Assert.Empty(new BrokerSettings(Address: "192.0.2.1", PlainReason: "a wire inside the cabinet", Users: [Sensor], Guests: new(["a/#"], [], "old devices")).Problems("broker", IsName));
    }

    private static bool IsName(string? text) => text is { Length: > 0 };
}
