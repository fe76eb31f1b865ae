using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Bridge.Uplink;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Power;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Record;
using RoomGuard.Simulators.Ups;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using Xunit;
using OfficeOrders = RoomGuard.Service.Panels.OrderDesk;
using Simulated = RoomGuard.Simulators.Ups.UpsSettings;

namespace RoomGuard.SystemTests.Peers;

/// <summary>A self-test asked by one person and confirmed by another at real pages, carried out by a unit on a real terminal or socket.</summary>
public sealed class UpsCommandTests
{
    [Theory]
    [InlineData(UpsKind.ApcRtu)]
    [InlineData(UpsKind.ApcTcp)]
    [InlineData(UpsKind.MegatecQ1)]
    [Requirement("R-PWR-10")]
    public async Task A_self_test_asked_by_one_and_confirmed_by_another_runs_in_the_unit_and_its_result_is_on_the_page(UpsKind kind)
    {
        await using var office = await RunningOffice.StartAsync();
        await using var room = new PeerRoom(new Simulated("ups-1", kind), null, UpsCommand.BatteryTestQuick);
        using var operations = await office.AsAsync("aya");
        using var facility = await office.AsAsync("shintomi");
        await room.ReadsAsync(reading => reading is { State: UpsQuality.Good } && reading.Flags.HasFlag(UpsFlags.OnLine));
        await PeerProgram.UntilAsync(() => Task.FromResult(room.Power?.Units[0] is { Power: UnitPower.Mains, Lost: false }), "the room knows the unit", () => $"{room.Power}");

        TellingBridge.Hear(office.Parts, room.Power!);
        using (var asked = await operations.PostAsync("/power/commands", [("unit", "ups-1"), ("command", "BatteryTestQuick:0"), ("reason", "半年ごとの蓄電池点検")]))
        {
            Assert.True(asked.StatusCode == HttpStatusCode.Redirect, await asked.Content.ReadAsStringAsync());
        }

        Assert.DoesNotContain(room.Written, item => item is BatteryTested or UpsCommandEnded);
        using (var own = await operations.PostAsync("/power/commands/UC-0001/confirm", []))
        {
            Assert.Equal(HttpStatusCode.Forbidden, own.StatusCode);
        }

        TellingBridge.Hear(office.Parts, room.Power!);
        using (var confirmed = await facility.PostAsync("/power/commands/UC-0001/confirm", []))
        {
            Assert.True(confirmed.StatusCode == HttpStatusCode.Redirect, await confirmed.Content.ReadAsStringAsync());
        }

        var news = Assert.Single(office.Parts.GetRequiredService<OfficeOrders>().Since(0, alwaysList: false).OfType<RoomOrderNews>(), item => item.Content is UpsCommandOrder);
        using var signatures = new OrderSignatures(office.Parts.GetRequiredService<SiteKeys>().OrderKeyPem);
        Assert.True(signatures.IsSigned(news.Serial, news.Content, news.Signature));
        Assert.False(signatures.IsSigned(news.Serial + 1, news.Content, news.Signature));

        // Told twice, as after a break of the line: once is done.
        Assert.True(await room.OrderAsync(news.Serial, news.Content));
        Assert.True(await room.OrderAsync(news.Serial, news.Content));
        await PeerProgram.UntilAsync(() => Task.FromResult(room.Written.OfType<UpsCommandEnded>().Any()), "the command has ended", () => string.Join('\n', room.Written));
        var ended = Assert.Single(room.Written.OfType<UpsCommandEnded>());
        Assert.Equal(("UC-0001", UpsCommandResult.Done), (ended.CommandId, ended.Result));
        Assert.NotEqual(ended.RequestedBy, ended.ConfirmedBy);
        await PeerProgram.UntilAsync(() => Task.FromResult(room.Written.OfType<BatteryTested>().Any()), "the test is over", () => string.Join('\n', room.Written));

        // As its report brings it.
        _ = await office.Parts.GetRequiredService<ServiceRecord>().AppendAsync(ended, CancellationToken.None);
        TellingBridge.Hear(office.Parts, room.Power!);
        using var page = await operations.GetAsync("/power/commands?unit=ups-1");
        Assert.Contains("実施を確認", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UpsKind.ApcRtu)]
    [InlineData(UpsKind.MegatecQ1)]
    [Requirement("R-NET-04")]
    public async Task A_unit_as_it_comes_is_written_nothing_whoever_orders_it(UpsKind kind)
    {
        await using var room = new PeerRoom(new Simulated("ups-1", kind));
        await room.ReadsAsync(reading => reading is { State: UpsQuality.Good });
        Assert.True(await room.OrderAsync(2, new UpsCommandOrder("UC-0001", "ups-1", UpsCommand.BatteryTestQuick, 0, "点検", "S-0110", "S-0801", TimeProvider.System.GetUtcNow())));

        Assert.Equal(UpsCommandResult.NotAllowed, Assert.Single(room.Written.OfType<UpsCommandEnded>()).Result);
        Assert.DoesNotContain(room.Power!.Units, unit => unit.Testing);
    }
}
