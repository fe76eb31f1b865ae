using System.Text.Json;
using RoomGuard.Bridge;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Core.Climate;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>Who sends without being enrolled, as the office is told.</summary>
public class StrangerBoardTests
{
    [Fact]
    [Requirement("R-NET-01")]
    public void What_announced_itself_brings_the_settings_that_would_enrol_it()
    {
        var board = new StrangerBoard();
        var suggested = new EnrolledSensor("r04-inlet", "zigbee2mqtt", "lan", "rack/R04", Quantities: [Quantity.Temperature]);
        board.Take([new SensorOffered("lan", A.MondayNine, "R04 inlet", "Example TH-1", suggested, null), new SensorAway("lan", A.MondayNine, "inlet-1", true)]);
        var one = Assert.Single(board.Now);

        Assert.Equal(("lan", "rack/R04", "R04 inlet", "Example TH-1"), (one.Source, one.Sender, one.Label, one.Product));
        Assert.DoesNotContain("null", one.Settings, StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize(one.Settings!, BridgeSettingsJson.Default.EnrolledSensor)!;
        Assert.Equal(("r04-inlet", "zigbee2mqtt", "lan", "rack/R04"), (read.Id, read.Model, read.Source, read.Key));
    }

    [Fact]
    [Requirement("R-NET-09")]
    public void Who_sends_is_told_once_with_the_latest_count_and_never_more_than_there_is_room_for()
    {
        var board = new StrangerBoard();
        board.Take([new UnknownSender("lan", A.MondayNine, "tele/x", null, "tele/x/STATE", 1, [])]);
        board.Take([new UnknownSender("lan", A.MondayNine.AddHours(1), "tele/x", null, "tele/x/STATE", 40, [])]);
        Assert.Equal((40L, A.MondayNine.AddHours(1)), (Assert.Single(board.Now).Count, board.Now[0].At));

        board.Take([.. Enumerable.Range(0, 300).Select(i => new UnknownSender("lan", A.MondayNine.AddHours(2).AddSeconds(i), $"tele/{i}", null, "t", 1, []))]);
        Assert.Equal(100, board.Now.Length);
        Assert.Equal("tele/299", board.Now[0].Sender);
    }
}
