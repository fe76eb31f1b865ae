using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Power;
using RoomGuard.Dashboard.Text;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.UnitTests.Service.Power;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

public class PowerPageTests
{
    [Fact]
    [Requirement("R-PWR-06")]
    public async Task A_unit_that_does_not_answer_is_unknown_with_its_last_values_struck_through_and_their_age()
    {
        var lost = AUnit.OnMains("ups-1", 1800, Paper.Now) with { Lost = true };
        var html = await Paper.Html<PowerParts>(Board(new UnitCard(lost, new("bridge-1"), TimeSpan.FromMinutes(7), Fresh: true, null)));

        Assert.Contains("―</span>不明", html, StringComparison.Ordinal);
        Assert.Contains("<del class=\"soft\">41%</del>", html, StringComparison.Ordinal);
        Assert.Contains("7分前", html, StringComparison.Ordinal);
        Assert.DoesNotContain("○</span>商用電源", html, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-PWR-03")]
    public async Task The_page_answers_whether_a_shutdown_would_finish_if_mains_failed_now()
    {
        var words = await Paper.Words<PowerParts>(Board(new UnitCard(AUnit.OnMains("ups-1", 1800, Paper.Now), new("bridge-1"), TimeSpan.Zero, Fresh: true, null)));

        Assert.Contains("間に合います", words, StringComparison.Ordinal);
        Assert.Contains("10分 × 1.2 = 12分", words, StringComparison.Ordinal);
        Assert.Contains("残り 30分", words, StringComparison.Ordinal);
        Assert.Contains("余裕 20分", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1800.0, 100.0, BarKind.Stage)]
    [InlineData(300.0, 50.0, BarKind.Late)]
    [InlineData(null, null, BarKind.Late)]
    public void The_bar_ends_with_the_battery_or_with_the_stage_that_comes_too_late(double? left, double? end, object last)
    {
        var bar = PowerBar.Of(PowerForecast.Of(APlan.Usual, new(new()), left), 1);

        Assert.Equal(end, bar.End);
        Assert.Equal(last, bar.Stretches.Last(stretch => stretch.No == 3).Kind);
        Assert.All(bar.Stretches, stretch => Assert.InRange(stretch.From + stretch.Length, 0, 100.001));
    }

    [Fact]
    public void A_plan_reads_the_same_from_the_form_it_was_written_to()
    {
        var plan = APlan.Usual with { Version = 3, Stages = [APlan.Usual.Stages[0], .. APlan.Usual.Stages[1..].Select(stage => stage with { Webhook = "storage" })], Backed = [new("lock-1", "錠", "Lock", "ups-1", 1800), new("reader-1", "読取装置", "Reader", null, 60)] };
        var reader = ReaderOf(PlanForm.Of(plan));
        var (read, from) = PlanForm.Read(reader);

        Assert.True(reader.Ok);
        Assert.Equal(3, from);
        Assert.Equal(4, read.Version);
        Assert.Equal(PlanForm.Of(plan with { Version = 4 }).Typed.OrderBy(item => item.Key).Select(item => item.Value[0]), PlanForm.Of(read).Typed.OrderBy(item => item.Key).Select(item => item.Value[0]));
        Assert.Equal([null, "storage", "storage"], read.Stages.Select(stage => stage.Webhook));
        Assert.Equal(plan.Backed!.Value.ToArray(), read.Backed!.Value.ToArray());
    }

    [Theory]
    [InlineData("stage-1;仮想基盤;vm-1;仮想基盤1")]
    [InlineData("stage-1;仮想基盤;vm-1;仮想基盤1;soon")]
    [InlineData(";仮想基盤;vm-1;仮想基盤1;300")]
    [InlineData("stage-1;仮想基盤;;仮想基盤1;300")]
    public void A_line_that_cannot_be_read_is_named(string line)
    {
        var form = PlanForm.Of(APlan.Usual);
        var reader = ReaderOf(form with { Typed = form.Typed.SetItem("stages", [line]) });
        _ = PlanForm.Read(reader);

        Assert.Equal(new FieldProblem("stages", FieldFault.UnreadableLine, line), Assert.Single(reader.State().Problems));
    }

    [Fact]
    public async Task A_plan_without_a_drill_says_so_and_offers_one_only_to_who_may_hold_it()
    {
        var words = await Paper.Words<PlanPage>(Drills([]));
        Assert.Contains("訓練はまだ行われていません", words, StringComparison.Ordinal);
        Assert.Contains("訓練を行う", words, StringComparison.Ordinal);

        words = await Paper.Words<PlanPage>(Drills([]) with { Drills = new("srv-1", [], null, [], MayHold: false) });
        Assert.DoesNotContain("訓練を行う", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drill_that_was_not_held_says_why()
    {
        var words = await Paper.Words<PlanPage>(Drills([]) with { Drills = new("srv-1", [], null, [new("drill", FieldFault.DrillUnitUnknown, "ups-1")], MayHold: true) });

        Assert.Contains("訓練を行えませんでした UPS ups-1 が不明のため", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drill_shows_when_each_stage_would_have_been_told_why_and_who_was_there_and_every_line_is_marked()
    {
        var early = ADrill(2280, "vm-1", "vm-2", "db-1", "nas-1");
        var late = ADrill(250, "vm-1") with { OccurredAt = Paper.Now.AddDays(-30) };
        var model = Drills([new(104_070, early, "架空 管治"), new(98_001, late, "架空 管治")]);
        var words = await Paper.Words<PlanPage>(model);

        Assert.Contains("2026-11-21 14:32:07 の訓練の結果 訓練 ○ 間に合う(余裕 36秒)", words, StringComparison.Ordinal);
        Assert.Contains("ups-1 残り 38分(計測は 2.4秒前)", words, StringComparison.Ordinal);
        Assert.Contains("1. 仮想基盤 stage-1 26分後 残り時間が開始条件に達した 12分 31分後 5分 設定値 vm-1, vm-2", words, StringComparison.Ordinal);
        Assert.Contains("訓練 ■ 間に合わない(50秒 不足)", words, StringComparison.Ordinal);
        Assert.Equal(3, words.Split(" 訓練 ○").Length + words.Split(" 訓練 ■").Length - 2);

        words = await Paper.Words<PlanPage>(model with { Drills = model.Drills! with { Shown = model.Drills.Lines[1] } });
        Assert.Contains("1. 仮想基盤 stage-1 直ちに", words, StringComparison.Ordinal);
        Assert.Contains("△ 接続なし: vm-2", words, StringComparison.Ordinal);
        Assert.Contains("■ 間に合わない", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stage-9;storage")]
    [InlineData("stage-1;")]
    [InlineData("stage-1")]
    public void A_receiver_s_line_that_names_no_stage_or_no_receiver_is_named(string line)
    {
        var form = PlanForm.Of(APlan.Usual);
        var reader = ReaderOf(form with { Typed = form.Typed.SetItem("webhooks", [line]) });
        _ = PlanForm.Read(reader);

        Assert.Equal(new FieldProblem("webhooks", FieldFault.UnreadableLine, line), Assert.Single(reader.State().Problems));
    }

    [Theory]
    [InlineData(0.4, "0.4秒")]
    [InlineData(59, "59秒")]
    [InlineData(1240, "20分40秒")]
    [InlineData(1800, "30分")]
    [InlineData(7260, "2時間1分")]
    public void Seconds_read_as_people_say_them(double seconds, string expected) => Assert.Equal(expected, PowerEventText.Time(seconds, Paper.Ink()));

    private static FormReader ReaderOf(FormState form) => new(new FormCollection(form.Typed.ToDictionary(item => item.Key, item => new StringValues([.. item.Value]))));

    private static DrillHeld ADrill(double left, params string[] up)
    {
        var plan = APlan.Usual;
        var stages = PowerDrill.Play(plan, [], left, name => [.. plan.Stages.Single(stage => stage.Name == name).Hosts.Select(host => host.User).Intersect(up)], new());
        return new(
            Paper.Now, plan.Zone, plan.Id, plan.Version, "S-0102", [new("ups-1", left, 100, Paper.Now.AddSeconds(-2.4), 2.4)], left, 600, plan.Margin, left - stages.Max(stage => stage.DownAfterSeconds), stages);
    }

    private static PlanPageModel Drills(System.Collections.Immutable.ImmutableArray<DrillLine> lines)
    {
        var board = Board(new(AUnit.OnMains("ups-1", 1800, Paper.Now), new("bridge-1"), TimeSpan.Zero, Fresh: true, null));
        return new(board, board.Plans[0], PlanForm.Of(APlan.Usual), null, new([], MayAsk: true, MayAllow: true)) { Drills = new("srv-1", lines, lines.FirstOrDefault(), [], MayHold: true) };
    }

    private static PowerBoard Board(UnitCard unit)
    {
        var plan = APlan.Usual;
        PlanNow now = new(
            plan.Id, 1, IsOutage: false, null, IsShort: false, PowerForecast.Of(plan, new(new()), unit.LeftSeconds),
            [.. plan.Stages.Select(stage => new StageNow(stage.Name, null, null, [.. stage.Hosts.Select(host => host.User)], []))]);
        return new(Paper.Now, [unit], [new(plan, now, Fresh: true, TimeSpan.FromSeconds(1), Paper.Now, "架空 管治", InForce: true, null)], [], [], []);
    }
}
