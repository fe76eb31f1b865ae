using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Power;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Power;
using RoomGuard.Dashboard.Text;
using RoomGuard.Dashboard.Wallboard;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.UnitTests.Service.Power;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

/// <summary>壁面表示 in every state.</summary>
public class WallboardTests
{
    private static readonly StopTimes Times = new(new());

    [Theory]
    [InlineData(1800.0, "間に合う", "余裕 20分")]
    [InlineData(700.0, "不足", "20秒 足りない")]
    [InlineData(300.0, "不足", "7分 足りない")]
    [InlineData(null, "不明", "残り時間が不明")]
    [Requirement("R-PWR-03")]
    public async Task The_tile_answers_whether_it_is_enough_if_mains_fail_now(double? left, string big, string more)
    {
        var words = await Words(Board(Plan(left)));

        Assert.Contains($"今 停電したら {Symbol(big)} {big}", words, StringComparison.Ordinal);
        Assert.Contains(more, words, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-PWR-02")]
    public async Task In_an_outage_it_counts_down_to_the_empty_battery_from_when_the_bridge_said_so()
    {
        var outage = Plan(1102) with { Age = TimeSpan.FromSeconds(2) };
        var html = await Paper.Html<WallboardParts>(Model(Board(outage with { Now = outage.Now! with { IsOutage = true } })));

        Assert.Contains($"<rg-countdown until=\"{Paper.Now.AddSeconds(1100).ToUnixTimeMilliseconds()}\"", html, StringComparison.Ordinal);
        Assert.Contains(">18:20</rg-countdown>", html, StringComparison.Ordinal);
        Assert.Contains("停電中", html, StringComparison.Ordinal);
        Assert.Contains("停電中・不足", await Words(Board(outage with { Now = outage.Now! with { IsOutage = true, IsShort = true } })), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public async Task What_is_not_heard_is_unknown_with_its_age_also_when_all_was_well()
    {
        var silent = Plan(1800) with { Fresh = false, Age = TimeSpan.FromMinutes(4) };
        Assert.Contains("― 不明 サーバ室 ― 不明 最後の知らせ 4分前", await Words(Board(silent)), StringComparison.Ordinal);
        Assert.Contains("最後の知らせ 4分前(停電中)", await Words(Board(silent with { Now = silent.Now! with { IsOutage = true } })), StringComparison.Ordinal);
        Assert.Contains("残り時間が不明", await Words(Board(silent with { Now = null, Age = null })), StringComparison.Ordinal);

        // The plan is enough with one unit of two; the other is unknown all the same.
        var lost = new UnitCard(AUnit.OnMains("ups-2", 1800, Paper.Now) with { Lost = true }, new("bridge-1"), TimeSpan.FromMinutes(7), Fresh: true, null);
        Assert.Contains("今 停電したら ― 不明 ups-2 ― 不明 最後の知らせ 7分前 サーバ室 ○ 間に合う", await Words(Board(Plan(1800)) with { Units = [lost] }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_worst_decides_and_units_without_a_plan_are_not_well()
    {
        var unit = new UnitCard(AUnit.OnMains("ups-9", 1800, Paper.Now), new("bridge-1"), TimeSpan.Zero, Fresh: true, null);
        var empty = Board();

        Assert.Equal(WallPowerState.Nothing, WallPower.Of(empty).State);
        Assert.Equal(WallPowerState.NoPlan, WallPower.Of(empty with { Units = [unit] }).State);
        Assert.Equal(WallPowerState.Outage, WallPower.Of(empty with { Units = [unit, unit with { Unit = unit.Unit with { Ups = "ups-8", OutageSince = Paper.Now } }], Plans = [Plan(1)] }).State);
        Assert.Equal(
            [WallPowerState.Short, WallPowerState.Unknown, WallPowerState.Enough],
            WallPower.Of(Board(Plan(1800), Plan(null), Plan(1))).Lines.Select(line => line.State));
    }

    [Fact]
    [Requirement("R-DOOR-07")]
    public async Task Doors_with_trouble_stand_with_their_word_and_the_others_are_counted()
    {
        DoorOverview Door(string id, bool forced = false, bool fresh = true) => new(
            new(id), new("SRV-1"), new("bridge-1"), new(new(id), LeafState.Closed, Paper.Now, Released: false, forced, HeldOpen: false, InService: true), Paper.Now, fresh, LockedDown: false);
        var words = await Words(Board(), Door("SRV-1-D1", forced: true), Door("D-2"), Door("D-3", fresh: false));

        Assert.Contains("扉 ■ こじ開け サーバ室 正面扉 ■ こじ開け サーバ室 D-3 ― 不明", words, StringComparison.Ordinal);
        Assert.Contains("3か所のうち 1か所は異常なし", words, StringComparison.Ordinal);
        Assert.Contains("扉 ○ 異常なし", await Words(Board(), Door("D-2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_numbers_and_alarms_name_nobody()
    {
        var model = Model(Board()) with
        {
            Inside = [new(new("SRV-1"), 2), new(new("MED-1"), null)],
        };
        var words = await Paper.Words<WallboardParts>(model);

        Assert.Contains("在室 2名 一部不明 サーバ室 2名 MED-1 不明", words, StringComparison.Ordinal);
        Assert.Contains("警報 ― 一部不明", words, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-MON-01")]
    public async Task The_alarms_of_every_kind_are_counted_as_on_their_own_page_and_hidden_ones_are_not_none()
    {
        Alarm Raised(string kind, AlarmLevel level) => new($"AL-{level}", AlarmKinds.Of(kind), "x", level, AlarmState.Unacknowledged, Paper.Now) { Zone = new("SRV-1") };
        var words = await Paper.Words<WallboardParts>(Model(Board()) with { Alarms = [Raised("smoke", AlarmLevel.Emergency), Raised("leak", AlarmLevel.Emergency), Raised("sensor-silent", AlarmLevel.Caution)] });

        Assert.Contains("■ 2 緊急 ▲ 0 重要 ● 1 注意", words, StringComparison.Ordinal);
        Assert.Contains("■ 煙 サーバ室", words, StringComparison.Ordinal);
        Assert.Contains("警報 ― この画面では表示しません", await Paper.Words<WallboardParts>(Model(Board()) with { Alarms = null }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_dark_unless_somebody_chose_light_and_says_in_words_when_the_session_is_over()
    {
        var html = await Paper.Html<WallboardPage>(Model(Board()));

        Assert.Contains("data-theme=\"dark\"", html, StringComparison.Ordinal);
        Assert.Contains("サインインが切れました", html, StringComparison.Ordinal);
        Assert.Contains("data-stays", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", html, StringComparison.Ordinal);
    }

    private static string Symbol(string word) => word switch { "間に合う" => "○", "不足" => "■", _ => "―" };

    private static Task<string> Words(PowerBoard board, params DoorOverview[] doors) => Paper.Words<WallboardParts>(Model(board, doors));

    private static WallboardModel Model(PowerBoard board, params DoorOverview[] doors) => new(Room(doors), [], WallPower.Of(board), []);

    private static RoomOverview Room(params DoorOverview[] doors) => new(Paper.Now, [], [.. doors], [], null);

    private static PowerBoard Board(params PlanCard[] plans) => new(Paper.Now, [], [.. plans], [], [], []);

    private static PlanCard Plan(double? left) => new(
        APlan.Usual, new(APlan.Usual.Id, 1, IsOutage: false, null, IsShort: false, PowerForecast.Of(APlan.Usual, Times, left), []), Fresh: true, TimeSpan.Zero, Paper.Now, "都城 誠", InForce: true, null);
}
