using RoomGuard.Core.Power;
using RoomGuard.Simulators.Ups;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Peers;

/// <summary>The shutdown plan with three servers on which Debian's upsmon runs, untouched.</summary>
public sealed class StagedStopTests
{
    private static readonly PowerPlan Plan = new(
        "srv-1", 1, new("SRV-1"), "サーバ室", "Server room", ["ups-1"], 1,
        [
            new("stage-1", "仮想基盤", "Virtual hosts", [new("server-1", "仮想基盤1", "VM host 1", 5)]),
            new("stage-2", "業務DB", "Databases", [new("server-2", "業務DB", "Database", 5)]),
            new("stage-3", "ストレージ", "Storage", [new("server-3", "ストレージ", "Storage", 120)]),
        ]);

    [Fact]
    [Requirement("R-PWR-02")]
    [Requirement("R-PWR-04")]
    [Requirement("R-PWR-06")]
    public async Task In_an_outage_three_upsmon_go_down_in_the_planned_order_without_a_service_and_with_the_unit_s_link_cut_half_way()
    {
        // 160 s in the battery, and the stages begin at 156, 150 and 144 s: above the two minutes at which the unit itself says that it is low.
        await using var room = new PeerRoom(new("ups-1", UpsKind.ApcRtu, LoadPercent: 100, FullLoadRuntime: TimeSpan.FromSeconds(160)), Plan);
        await room.ReadsAsync(reading => reading.State == UpsQuality.Good);
        var hosts = Enumerable.Range(1, 3).Select(room.StartHost).ToList();
        try
        {
            await PeerProgram.UntilAsync(() => Task.FromResult(room.Board.Logins.Length == 3), "three hosts are logged in", () => string.Concat(hosts.Select(host => host.Said)));

            room.Units.Do(new SetMains("ups-1", 0, 0));
            await room.DownAsync(1, () => hosts[0].Said);
            Assert.False(room.IsDown(2));

            // Half-way the link to the unit is cut: what it said last counts on, and nobody goes out of turn.
            room.Units.Do(new PlugUps("ups-1", Plugged: false));
            await room.DownAsync(2, () => hosts[1].Said);
            Assert.False(room.IsDown(3));
            await room.DownAsync(3, () => hosts[2].Said);
            await PeerProgram.UntilAsync(() => Task.FromResult(room.Written.OfType<ShutdownFinished>().Any()), "the plan has finished", () => string.Join('\n', room.Written));

            // Read as an auditor would: the outage, then each stage with its host, in order, and one outage's name on all of it.
            var written = room.Written;
            var outage = Assert.Single(written.OfType<OutageBegan>());
            Assert.Equal([1, 2, 3], written.OfType<StageStarted>().Select(item => item.StepNo));
            Assert.Equal(["server-1", "server-2", "server-3"], written.OfType<HostStopped>().Select(item => item.Host));
            Assert.All(written.OfType<StageEnded>(), item => Assert.Equal((StageResult.Stopped, outage.OutageId), (item.Result, item.OutageId)));
            Assert.All(written.OfType<StageStarted>(), item => Assert.Equal(StageCause.Threshold, item.Cause));
            Assert.All(written.OfType<StageStarted>(), item => Assert.InRange(item.LeftSeconds!.Value, (item.NeededSeconds * 1.2) - 5, item.NeededSeconds * 1.2));
            Assert.Equal(outage.OutageId, Assert.Single(written.OfType<ShutdownFinished>()).OutageId);
            Assert.True(Assert.Single(written.OfType<UpsLost>()).OnBattery);
            Assert.Empty(written.OfType<OutageEnded>());
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
        }
    }
}
