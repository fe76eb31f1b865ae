using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Dashboard.Power;
using RoomGuard.Dashboard.Text;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Dashboard;

/// <summary>環境 as text.</summary>
public class ClimatePageTests
{
    private static readonly SensingLook NoEnrolments = new([], [], true, true, true);

    [Fact]
    [Requirement("R-ENV-01")]
    public async Task A_factor_nobody_senses_is_said_to_be_unwatched_with_its_reason()
    {
        var words = await Paper.Words<ClimateParts>(Board());

        Assert.Contains("埃 ― 未監視 前室で除塵しているため", words, StringComparison.Ordinal);
        foreach (var factor in new[] { "火災", "水害", "振動", "温度", "湿度" })
        {
            Assert.Contains($"{factor} ○ 正常", words, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Requirement("R-ENV-05")]
    public async Task What_is_not_heard_is_unknown_everywhere_and_its_last_value_is_struck_through()
    {
        var html = await Paper.Html<ClimateParts>(Board(fresh: false));
        var words = await Paper.Words<ClimateParts>(Board(fresh: false));

        Assert.DoesNotContain("正常", words, StringComparison.Ordinal);
        Assert.Contains("制御盤から届いていないため、異常がないとは言えません", words, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>22", html, StringComparison.Ordinal);
        Assert.Contains("<del class=\"soft\">", html, StringComparison.Ordinal);

        var silent = Board(story: room => room.Hushes("inlet-1").Goes(600));
        Assert.Equal(ClimateState.Unknown, silent.Sensor("inlet-1")!.State);
        Assert.Contains("計測 inlet-1 inlet-1 ― 不明", await Paper.Words<ClimateParts>(silent), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-ENV-06")]
    public async Task A_value_that_cannot_be_stands_with_why_and_as_it_came()
    {
        var words = await Paper.Words<ClimateParts>(Board(story: room => room.Says("inlet-1", (Quantity.Temperature, 327.67), (Quantity.RelativeHumidity, 45))));

        Assert.Contains("温度 × 不良 測定不能を示す値", words, StringComparison.Ordinal);
        Assert.Contains("届いた値 327.67", words, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-ENV-02")]
    public async Task Limits_in_force_stand_beside_the_values_and_a_condition_above_them()
    {
        var words = await Paper.Words<ClimateParts>(Board(story: room => room.Speaks("inlet-1", (Quantity.Temperature, 33), (Quantity.RelativeHumidity, 45)).Goes(900)));

        Assert.Contains("温度 18–27℃ / 15–32℃", words, StringComparison.Ordinal);
        Assert.Contains("▲ 温度上昇 計測 inlet-1", words, StringComparison.Ordinal);
        Assert.Contains("33 ℃(限界 32 ℃)", words, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-ENV-04")]
    public async Task A_quake_names_the_racks_that_wait_to_be_looked_at()
    {
        var board = Board(story: room => room.Says("quake-1", (Quantity.SeismicIntensity, 4.1)).Says("quake-2", (Quantity.SeismicIntensity, 4.2)).Goes(5));

        Assert.Contains("点検待ちのラック R01, R02", await Paper.Words<ClimateParts>(board), StringComparison.Ordinal);
        var html = await Paper.Html<ConfirmClimatePage>(new ConfirmClimateModel(board.Conditions.Single(card => card.Condition.Rule is ClimateRule.Quake), FormState.Empty));
        Assert.Contains("name=\"racks\" value=\"R01\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_list_begins_with_whom_nobody_can_trust()
    {
        var board = Board(story: room => room.Hushes("inlet-3").Goes(600).Reports(new("inlet-2", default, [new(Quantity.Temperature, 22), new(Quantity.RelativeHumidity, 45)]) { BatteryPercent = 8, LinkPercent = 40 }));
        var words = await Paper.Words<SensorsPage>(new SensorsModel(board, NoEnrolments));

        Assert.True(words.IndexOf("inlet-3", StringComparison.Ordinal) < words.IndexOf("inlet-2", StringComparison.Ordinal));
        Assert.True(words.IndexOf("inlet-2", StringComparison.Ordinal) < words.IndexOf("inlet-1", StringComparison.Ordinal));
        Assert.Contains("● 低下 8%", words, StringComparison.Ordinal);
        Assert.Contains("40%", words, StringComparison.Ordinal);
        Assert.Contains("No sensor is known yet", await Paper.Words<SensorsPage>(new SensorsModel(new(Paper.Now, [], [], [], []), NoEnrolments), Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_sensor_has_its_chart_with_limits_and_says_what_was_wrong()
    {
        var card = Board().Sensor("inlet-1")!;
        var trend = new SensorTrend(
            Paper.Now, Paper.Now.AddHours(-1), Paper.Now, null, Ever: true,
            [new(new("Temperature", "inlet-1", Quantity.Temperature, TimeSpan.FromMinutes(1)), [new(Paper.Now.AddMinutes(-30), RoomGuard.Core.Readings.RollUp.Of(24)), new(Paper.Now.AddMinutes(-29), RoomGuard.Core.Readings.RollUp.Of(26))])],
            [new("inlet-1", ClimateRule.TemperatureHigh, ClimateLevel.Alarm, Paper.Now.AddMinutes(-20), Paper.Now.AddMinutes(-10), 33.4)]);
        var model = new SensorPageModel("inlet-1", card, trend, new(TrendPeriod.Hour, trend.From, trend.Until, ToNow: true), FormState.Empty, MayServe: true, MayTakeOut: true);
        var html = await Paper.Html<SensorPage>(model);
        var words = await Paper.Words<SensorPage>(model);

        Assert.Contains("data-limits=\"15:crit 18:warn 27:warn 32:crit\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/climate/sensors/inlet-1?period=year\"", html, StringComparison.Ordinal);
        Assert.Contains("最小 24.0℃ 平均 25.0℃ 最大 26.0℃ データなし 2か所", words, StringComparison.Ordinal);
        Assert.Contains("最悪値 33.4 ℃", words, StringComparison.Ordinal);
        Assert.Contains("まだ計測がありません", await Paper.Words<SensorPage>(model with { Trend = trend with { Ever = false, Lines = [] } }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("warningHigh", "29.5", null)]
    [InlineData("warningHigh", "２９．５", null)]
    [InlineData("warningLow", "-3", null)]
    [InlineData("warningHigh", "27度", FieldFault.NotADecimal)]
    [InlineData("warningHigh", "NaN", FieldFault.NotADecimal)]
    [InlineData("warningHigh", "1e3", FieldFault.NotADecimal)]
    [InlineData("warningHigh", "40", FieldFault.LimitsImpossible)]
    [InlineData("deadband", "", FieldFault.Required)]
    [InlineData("warningAfter", "-1", FieldFault.OutOfRange)]
    [InlineData("warningAfter", "99999", FieldFault.OutOfRange)]
    [InlineData("measure", "Heat", FieldFault.NotAChoice)]
    [InlineData("reason", "", FieldFault.Required)]
    public void Limits_are_read_as_people_type_them_and_what_is_wrong_is_said_at_its_field(string field, string typed, FieldFault? fault)
    {
        var fields = new Dictionary<string, string>
        {
            ["place"] = "SRV-1/inlet-1",
            ["measure"] = "Temperature",
            ["alarmLow"] = "",
            ["warningLow"] = "16",
            ["warningHigh"] = "28",
            ["alarmHigh"] = "32",
            ["deadband"] = "1",
            ["warningAfter"] = "5",
            ["alarmAfter"] = "1",
            ["normalAfter"] = "5",
            ["reason"] = "夏季",
            [field] = typed,
        };
        var reader = new FormReader(new Microsoft.AspNetCore.Http.FormCollection(fields.ToDictionary(item => item.Key, item => new Microsoft.Extensions.Primitives.StringValues(item.Value))));
        var form = LimitsFields.Read(reader, needsReason: true);

        Assert.Equal(fault, reader.State().Problems.FirstOrDefault()?.Fault);
        if (fault is null)
        {
            Assert.Equal((new ZoneId("SRV-1"), "inlet-1", Measure.Temperature), (form.Zone, form.Sensor, form.Measure));
            Assert.Empty(form.Limits!.Problems(""));
        }
        else
        {
            Assert.Equal(field, reader.State().Problems[0].Field);
        }
    }

    // A calm room, and what happens in it then, as its bridge tells it.
    private static ClimateBoard Board(bool fresh = true, Func<ClimateStory, ClimateStory>? story = null)
    {
        var room = new ClimateStory(Paper.Now.AddHours(-2)).Calm().Goes(3700);
        room = story?.Invoke(room) ?? room;
        var now = room.Control.Now();
        var plan = now.Plan();
        var bridge = new RoomGuard.Core.Panels.PanelId("bridge-1");
        var silent = fresh ? TimeSpan.Zero : TimeSpan.FromMinutes(4);
        return new(
            Paper.Now,
            [.. now.Zones.Where(zone => zone.Zone == AClimate.ServerRoom).Select(zone => new ZoneAirCard(zone, bridge, fresh, silent))],
            [.. plan.Sensors.Zip(now.Sensors).Where(item => item.Second.Zone == AClimate.ServerRoom).Select(item => new SensorCard(
                item.Second, bridge, fresh, silent, now.At, [.. new[] { Measure.Temperature, Measure.Humidity }.Select(measure => plan.LimitsOf(item.First, measure)).OfType<LimitSet>()]))],
            [.. now.Conditions.Select(one => new ConditionCard(one, bridge, fresh, plan.Sensors.FirstOrDefault(place => place.Id == one.Object)?.Label, null))],
            []);
    }
}
