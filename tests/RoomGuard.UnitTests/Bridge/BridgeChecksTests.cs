using RoomGuard.Bridge;
using RoomGuard.Bridge.Broker;
using RoomGuard.Bridge.Checks;
using RoomGuard.Hosting;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

/// <summary>What <c>roomguard-bridge doctor</c> says of settings that work and should be looked at.</summary>
public sealed class BridgeChecksTests
{
    [Theory]
    [InlineData("127.0.0.1", DoctorVerdict.Well, "127.0.0.1:7482")]
    [InlineData("::1", DoctorVerdict.Well, "::1:7482")]
    [InlineData("192.0.2.7", DoctorVerdict.Look, "plain HTTP on 192.0.2.7:7482")]
    [InlineData("0.0.0.0", DoctorVerdict.Look, "plain HTTP on every wire of this machine (port 7482)")]
    [InlineData("::", DoctorVerdict.Look, "plain HTTP on every wire of this machine (port 7482)")]
    [Requirement("R-NET-03")]
    public async Task Room_pages_that_another_machine_can_open_travel_in_plain_HTTP_and_the_doctor_says_what_to_do(string address, DoctorVerdict verdict, string found)
    {
        var finding = await RoomPages(new(Address: address));

        Assert.Equal(verdict, finding.Verdict);
        Assert.Contains(found, finding.Found, StringComparison.Ordinal);
        Assert.Equal(verdict is DoctorVerdict.Look, finding.Remedy?.Contains("listen.rooms.address", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task Where_terminals_may_read_the_roll_call_the_doctor_says_that_names_travel_too() =>
        Assert.Contains("names of the roll call", (await RoomPages(new(Address: "192.0.2.7", RollCallFor: ["192.0.2.8"]))).Found, StringComparison.Ordinal);

    [Fact]
    public void Without_room_pages_there_is_nothing_to_look_at() => Assert.DoesNotContain(Checks(null), check => check.Name == "room pages");

    [Fact]
    [Requirement("R-NET-03")]
    public async Task The_broker_s_port_files_and_users_are_looked_at()
    {
        var folder = Directory.CreateTempSubdirectory("roomguard-doctor-").FullName;
        using var held = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        held.Start();
        try
        {
            BrokerSettings settings = new(Port: 0, Users: [new("s1", ["a/#"], [])]);
            Assert.Contains("without a password: s1", (await Broker(settings)).Found, StringComparison.Ordinal);
            MqttBroker.PasswordsIn(folder, TimeProvider.System).Add("s1", count => new byte[count]);
            Assert.Equal(DoctorVerdict.Well, (await Broker(settings)).Verdict);
            Assert.Contains("plain MQTT on a network: inside the cabinet", (await Broker(settings with { Address = "0.0.0.0", PlainReason = "inside the cabinet" })).Found, StringComparison.Ordinal);
            Assert.Contains("broker.port", (await Broker(settings with { Port = ((System.Net.IPEndPoint)held.LocalEndpoint).Port })).Remedy, StringComparison.Ordinal);
            Assert.Equal(DoctorVerdict.Act, (await Broker(settings with { Tls = new() })).Verdict);
            File.WriteAllText(Path.Combine(folder, "mqtt.db"), new string('x', 8192));
            Assert.Contains("is damaged", (await Broker(settings)).Found, StringComparison.Ordinal);
            Assert.DoesNotContain(Checks(null, folder, new(Enabled: false)), check => check.Name == "mqtt broker");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Task<DoctorFinding> Broker(BrokerSettings broker) => Checks(null, folder, broker).Single(check => check.Name == "mqtt broker").Look(CancellationToken.None);
    }

    private static Task<DoctorFinding> RoomPages(RoomPagesSettings rooms) => Checks(rooms).Single(check => check.Name == "room pages").Look(CancellationToken.None);

    private static IEnumerable<DoctorCheck> Checks(RoomPagesSettings? rooms, string folder = "data", BrokerSettings? broker = null) => BridgeChecks.All(
        new("bridge-1", "kakuu-1", EnvironmentKind.Test, folder, "https://127.0.0.1:7444", [], [], new(Rooms: rooms), Broker: broker), new VirtualTime(TestRoom.MondayNine));
}
