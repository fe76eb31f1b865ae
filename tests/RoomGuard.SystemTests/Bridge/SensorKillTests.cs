using RoomGuard.Bridge.Journal;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Record;
using RoomGuard.SystemTests.Peers;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Bridge;

/// <summary>Water is told by a program we did not write, and the bridge is killed the moment it has acknowledged.</summary>
public sealed class SensorKillTests
{
    private const string Sensors = """{ "enrolled": [ { "id": "leak-1", "model": "zigbee2mqtt", "source": "broker", "key": "floor/leak", "quantities": ["Leak"] } ] }""";

    private const string Climate = """
        { "zones": [ { "zone": "SRV-1", "notSensed": [ { "factor": "Fire", "reason": "試験" }, { "factor": "Dust", "reason": "試験" }, { "factor": "Vibration", "reason": "試験" },
          { "factor": "Temperature", "reason": "試験" }, { "factor": "Humidity", "reason": "試験" } ] } ],
          "sensors": [ { "id": "leak-1", "zone": "SRV-1", "spot": "Structure", "label": "床下", "labelEn": "Under the floor", "measures": ["Leak"], "interval": "00:10:00" } ] }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    [Requirement("R-ENV-03")]
    [Requirement("R-LOG-01")]
    public async Task What_a_sensor_was_acknowledged_is_in_the_journal_whatever_happens_next_and_stands_after_the_restart()
    {
        using var bridge = new RunningBridge();
        await StartAsync(bridge);
        var said = await PeerProgram.RunAsync("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{bridge.Mqtt}", "-q", "1", "-t", "zigbee2mqtt/floor/leak", "-m", """{"water_leak":true}"""]);
        bridge.Program.Kill();
        await bridge.Program.WaitForExitAsync();
        Assert.Equal("", said.Trim());
        Assert.Equal("Leak/leak-1", Assert.Single(Journal(bridge).OfType<ClimateRaised>()).Condition);

        // It stands over the restart: told once more, the same water is no second condition.
        await StartAsync(bridge);
        await PeerProgram.RunAsync("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{bridge.Mqtt}", "-q", "1", "-t", "zigbee2mqtt/floor/leak", "-m", """{"water_leak":true}"""]);
        bridge.Program.Kill();
        await bridge.Program.WaitForExitAsync();
        Assert.Single(Journal(bridge).OfType<ClimateRaised>());
        Assert.Empty(Journal(bridge).OfType<ClimateCleared>());
    }

    private static async Task StartAsync(RunningBridge bridge)
    {
        var (strikes, listened) = (bridge.Strikes, Listened(bridge));
        bridge.Start("--set", $"sensors={Sensors}", "--set", $"climate={Climate}");
        await bridge.UntilAsync(() => bridge.Strikes > strikes, Patience);
        await bridge.UntilAsync(() => Listened(bridge) > listened, Patience);
    }

    private static int Listened(RunningBridge bridge) => bridge.Said.Split("MQTT: listening").Length;

    private static IReadOnlyList<RecordedEvent> Journal(RunningBridge bridge)
    {
        using var journal = BridgeProgramTests.Journal(bridge.Folder);
        return [.. journal.Log.Read(0, 10_000).Select(entry => RecordJson.ParseEvent(entry.Payload))];
    }
}
