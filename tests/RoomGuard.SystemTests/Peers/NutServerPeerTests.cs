using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RoomGuard.Core.Power;
using RoomGuard.Simulators.Ups;
using RoomGuard.TestKit;
using RoomGuard.Wire.Nut;
using Xunit;

namespace RoomGuard.SystemTests.Peers;

/// <summary>Our NUT server as Debian's upsc and upsmon see it, over a simulated APC on a pseudo-terminal.</summary>
public sealed class NutServerPeerTests
{
    [Fact]
    [Requirement("R-PWR-01")]
    public async Task Upsc_lists_our_units_and_reads_what_the_unit_says()
    {
        await using var room = new PeerRoom();
        var at = $"127.0.0.1:{room.Port.ToString(CultureInfo.InvariantCulture)}";
        await room.ReadsAsync(reading => reading.State == UpsQuality.Good && reading.Values.Count > 8 && reading.Texts.ContainsKey(UpsText.Model));

        Assert.Equal(["ups-1", "stage-1", "stage-2", "stage-3"], (await PeerProgram.RunAsync("upsc", ["-l", at], answerOnly: true)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var said = await PeerProgram.RunAsync("upsc", [$"ups-1@{at}"]);
        Assert.Contains("ups.status: OL", said, StringComparison.Ordinal);
        Assert.Contains("battery.charge: 100", said, StringComparison.Ordinal);
        Assert.Contains("ups.load: 30", said, StringComparison.Ordinal);
        Assert.Contains("device.model: Smart-UPS 1500", said, StringComparison.Ordinal);
        Assert.Contains("ups.status: OL", await PeerProgram.RunAsync("upsc", [$"stage-2@{at}"]), StringComparison.Ordinal);

        room.Units.Do(new PlugUps("ups-1", Plugged: false));
        await room.ReadsAsync(reading => reading.State == UpsQuality.Unknown);
        Assert.Contains("Data stale", await PeerProgram.RunAsync("upsc", [$"ups-1@{at}"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_clients_at_once_are_served_and_a_flood_of_wrong_passwords_is_not_looked_at()
    {
        await using var room = new PeerRoom();
        await room.ReadsAsync(reading => reading.State == UpsQuality.Good);
        var clients = await Task.WhenAll(Enumerable.Range(0, 1000).Select(async _ =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, room.Port);
            await client.GetStream().WriteAsync("GET VAR ups-1 ups.status\n"u8.ToArray());
            var answer = new byte[100];
            var count = await client.GetStream().ReadAsync(answer);
            return Encoding.UTF8.GetString(answer, 0, count);
        }));
        Assert.All(clients, answer => Assert.StartsWith("VAR ups-1 ups.status \"OL", answer, StringComparison.Ordinal));

        // From the eleventh on even the right password is refused for a minute, from that address only.
        for (var wrong = 0; wrong < 10; wrong++)
        {
            Assert.Null(room.Board.RightsOf("server-1", "wrong", "192.0.2.9"));
        }

        Assert.Null(room.Board.RightsOf("server-1", room.Password(1), "192.0.2.9"));
        Assert.Equal(NutRights.LogIn, room.Board.RightsOf("server-1", room.Password(1), "192.0.2.10"));
    }
}
