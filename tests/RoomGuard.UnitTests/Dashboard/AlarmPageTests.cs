using System.Collections.Immutable;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Alarms;
using RoomGuard.Dashboard.Text;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

public class AlarmPageTests
{
    private static readonly Alarm Forced = new("AL-7", AlarmKinds.DoorForced, "SRV-1-D1", AlarmLevel.Emergency, AlarmState.Unacknowledged, Paper.Now.AddSeconds(-9)) { Zone = new ZoneId("SRV-1"), Door = new DoorId("SRV-1-D1") };

    [Fact]
    [Requirement("R-ENV-11")]
    public async Task The_list_says_what_where_how_long_what_to_do_and_who_is_next()
    {
        var line = Line(Forced) with { Next = new(Paper.Now.AddMinutes(10), new("AL-7", ["AL-7"], NoticeCause.Escalated, AlarmLevel.Emergency, 1, ["C-0001"])) };
        var words = await Paper.Words<AlarmsParts>(Model(Board([line])));

        Assert.Contains("未確認 1 ・ 対応中 0", words, StringComparison.Ordinal);
        Assert.Contains("こじ開け サーバ室 正面扉", words, StringComparison.Ordinal);
        Assert.Contains("(9秒前)", words, StringComparison.Ordinal);
        Assert.Contains("映像で扉と室内を確認する", words, StringComparison.Ordinal);
        Assert.Contains("未確認なら C-0001 へ", words, StringComparison.Ordinal);
        Assert.Contains("確認する", words, StringComparison.Ordinal);
        Assert.DoesNotContain("一時停止…", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shelved_is_there_whatever_is_open_and_an_empty_list_says_when_the_last_alarm_was()
    {
        var shelved = Forced with { Kind = AlarmKinds.BatteryDue, Level = AlarmLevel.Caution, Shelved = new(Paper.Now, Paper.Now.AddHours(2), "部品の到着待ち", new("S-0002")) };
        var words = await Paper.Words<AlarmsParts>(Model(Board([]) with { Shelved = [Line(shelved)], LastRaised = Paper.Now.AddDays(-2) }));

        Assert.Contains("未対応の警報はありません", words, StringComparison.Ordinal);
        Assert.Contains("2026-11-19", words, StringComparison.Ordinal);
        Assert.Contains("部品の到着待ち", words, StringComparison.Ordinal);
        Assert.Contains("一時停止を終える", words, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-DRILL-02")]
    public async Task A_drill_says_so_in_the_list_and_in_the_banner()
    {
        var drill = Forced with { Kind = AlarmKinds.Drill };

        Assert.Contains("訓練", await Paper.Words<AlarmsParts>(Model(Board([Line(drill)]))), StringComparison.Ordinal);
        Assert.Contains("訓練", await Paper.Words<AlarmBanner>(new AlarmHead(drill, 0, 1, 0, 0)), StringComparison.Ordinal);
        Assert.DoesNotContain("<p", await Paper.Html<AlarmBanner>(AlarmHead.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unacknowledged_emergency_is_one_line_with_a_way_to_its_page()
    {
        var html = await Paper.Html<AlarmBanner>(new AlarmHead(Forced, 2, 3, 0, 0), Language.English);

        Assert.Contains("href=\"/alarms/AL-7\"", html, StringComparison.Ordinal);
        Assert.Contains("and 2 more emergencies", html, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
    }

    private static AlarmLine Line(Alarm alarm) => new(alarm, null, null, null, null, null, null, MayAct: true);

    private static AlarmsModel Model(AlarmBoard board) => new(AlarmFilter.None, board, null, new(2026, 11, 21));

    private static AlarmBoard Board(ImmutableArray<AlarmLine> open) => new(Paper.Now, open, [], [], [], open.Length, null, null);
}
