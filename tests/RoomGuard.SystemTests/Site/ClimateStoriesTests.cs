using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>
/// The stories of the room's air and its sensors in real time, in one night of a site of their own: simulated sensors, the bridge with its broker, the office, Chromium. What takes minutes
/// goes on while the next thing happens, as it does in a room. In the end the record is asked what was so.
/// </summary>
[Trait("Category", "Long")]
public sealed class ClimateStoriesTests(RunningSite site) : SiteJourney(site), IClassFixture<RunningSite>
{
    private const double Soon = 60;

    // A leak or smoke must be gone for a minute, a gateway too; a sensor is missed after three of its intervals; a forecast takes five minutes.
    private const double Minutes = 200;
    private const double Forecast = 400;

    [Fact]
    [Requirement("R-ENV-03")]
    [Requirement("R-ENV-04")]
    [Requirement("R-ENV-05")]
    [Requirement("R-ENV-09")]
    [Requirement("R-MON-04")]
    public async Task A_bad_night_is_told_on_the_pages_as_it_happens_and_stands_so_in_the_record()
    {
        var facility = await PageAsync("shintomi");
        await UntilAsync(facility, "/climate", text => !text.Contains("不明", StringComparison.Ordinal), Minutes, "every sensor is heard");

        await CoolingStopsAsync(facility);
        await WaterSeepsAsync(facility);
        await WaterIsWipedUpAsync(facility);
        await ASensorDiesAsync(facility);
        await TheGroundShakesBehindADeadGatewayAsync(facility);
        await AlarmsFloodAsync(facility);
        await TheAirGrowsWarmAsync(facility);
        await MorningComesAsync(facility);
        TheRecordSaysTheSame();
    }

    private async Task CoolingStopsAsync(IPage facility)
    {
        // The sensor of the third story falls silent now: it is missed after three minutes.
        await DoAsync("sensor-habit", new { sensor = "sim-media-1", habit = "Silent", on = true });
        await DoAsync("weather", new { degrees = 3 });
        await DoAsync("cooling-fail", new { on = true });
        await UntilAsync(facility, "/alarms", text => text.Contains("空調の停止", StringComparison.Ordinal) && text.Contains("空調の表示と電源を見る", StringComparison.Ordinal), Soon, "the stop is an alarm with what to do");
        await ShotAsync(facility, "stories-1-cooling", whole: true, narrow: true);

        // Somebody takes it on, with a word.
        await facility.ClickAsync("article.alert:has-text('空調の停止') a[href$='/acknowledge']");
        await facility.FillAsync("textarea[name=note]", "業者に連絡した");
        await facility.ClickAsync("form[method=post] .button-main");
        await UntilAsync(facility, "/alarms", text => text.Contains("業者に連絡した", StringComparison.Ordinal), Soon, "the note stands with the alarm");
    }

    // A slow leak: wet, dry, wet again. It is one leak.
    private async Task WaterSeepsAsync(IPage facility)
    {
        await DoAsync("water", new { on = true });
        await UntilAsync(facility, "/alarms", text => text.Contains("漏水", StringComparison.Ordinal), Soon, "water is an alarm");
        await UntilAsync(facility, "/climate", text => text.Contains("漏水", StringComparison.Ordinal), Soon, "and stands on the room's page");
        await ShotAsync(facility, "stories-2-leak", whole: true, narrow: true);
        await DoAsync("water", new { on = false });
        await UntilAsync(facility, "/climate", text => text.Contains("復旧・確認待ち", StringComparison.Ordinal), Minutes, "dry for a minute: to be confirmed");
        await DoAsync("water", new { on = true });
        await UntilAsync(facility, "/climate", text => !text.Contains("復旧・確認待ち", StringComparison.Ordinal), Soon, "it is wet again");
        await DoAsync("water", new { on = false });
    }

    private async Task WaterIsWipedUpAsync(IPage facility) => await ConfirmAllAsync(facility, "Leak/", "拭いて乾かした", shot: "stories-3-confirm");

    // What it said last is never shown as now, and what its gateway tells again after a restart does not make it live.
    private async Task ASensorDiesAsync(IPage facility)
    {
        await UntilAsync(facility, "/alarms", text => text.Contains("センサー途絶", StringComparison.Ordinal), Minutes, "the silent sensor is missed");
        await DoAsync("gateway-restart", new { gateway = "all" });
        // Alarms come with the record, the values with the room's state a moment later.
        _ = await UntilAsync(facility, "/climate/sensors", text => text.Contains("media-1", StringComparison.Ordinal) && text.Contains("不明", StringComparison.Ordinal), Soon, "the sensors' health");
        await ShotAsync(facility, "stories-4-dead-sensor", whole: true, narrow: true);
    }

    private async Task TheGroundShakesBehindADeadGatewayAsync(IPage facility)
    {
        await DoAsync("gateway-die", new { gateway = "zigbee" });
        await DoAsync("quake", new { gal = 160 });
        await UntilAsync(facility, "/alarms", text => text.Contains("地震・振動", StringComparison.Ordinal), Soon, "the quake is an alarm");
        await UntilAsync(facility, "/climate/confirm?condition=Quake/SRV-1", text => text.Contains("R01", StringComparison.Ordinal), Soon, "its racks are asked for");
        await ShotAsync(facility, "stories-5-quake", whole: true, narrow: true);
        await ConfirmAsync(facility, "一列目を見た。異常なし", "R01");
        await UntilAsync(facility, "/climate", text => text.Contains("点検待ちのラック R02, R03", StringComparison.Ordinal), Soon, "two racks are still to be looked at");
        await UntilAsync(facility, "/climate", text => text.Contains("中継装置の途絶", StringComparison.Ordinal), Minutes, "the dead gateway is one line, with what it blinds");
        await UntilAsync(() => Record().OfType<ClimateRaised>().Any(one => one.Rule is ClimateRule.GatewayDown), Minutes, "and one alarm, once it has stayed away");
        await ShotAsync(facility, "stories-6-gateway", whole: true, narrow: true);
        await DoAsync("gateway-return", new { gateway = "zigbee" });
        await facility.GotoAsync($"{Site.Pages}/climate/confirm?condition=Quake/SRV-1");
        await ConfirmAsync(facility, "二列目と三列目も異常なし", "R02", "R03");
        await UntilAsync(facility, "/climate", text => !text.Contains("点検待ちのラック", StringComparison.Ordinal), Soon, "every rack was looked at");
    }

    private async Task AlarmsFloodAsync(IPage facility)
    {
        await DoAsync("smoke", new { on = true });
        await DoAsync("water", new { on = true });
        await DoAsync("sensor-habit", new { sensor = "sim-supply", habit = "NoNumber", on = true });
        await DoAsync("sensor-habit", new { sensor = "sim-quake", habit = "Flood", on = true });
        await DoAsync("sensor-battery", new { sensor = "sim-inlet-1", percent = 3 });
        await DoAsync("mains-fail", new { ups = "ups-1" });
        await DoAsync("force", new { door = "SRV-1-D2" });
        await DoAsync("force", new { door = "MED-1-D1" });
        await DoAsync("cover", new { reader = "reader-srv-back", on = true });
        await DoAsync("cover", new { reader = "reader-med", on = true });

        // Doors are the security lead's alarms as well, not the facility team's.
        var lead = await PageAsync("hinata");
        await UntilAsync(lead, "/alarms", text => text.Contains("短い間に多くの警報", StringComparison.Ordinal) && text.Contains('煙', StringComparison.Ordinal), Minutes, "the page says that it is a flood");
        await ShotAsync(lead, "stories-7-flood", whole: true, narrow: true);
        await DoAsync("mains-return", new { ups = "ups-1" });
    }

    private async Task TheAirGrowsWarmAsync(IPage facility)
    {
        await UntilAsync(() => Record().OfType<ClimateChanged>().Any(one => one is { Condition: "CoolingStopped/chiller-1", Change: ClimateChange.Forecast }), Forecast, "the forecast is in the record");
        await UntilAsync(facility, "/climate", text => text.Contains("警報温度まで約", StringComparison.Ordinal) || text.Contains("警報温度に達しています", StringComparison.Ordinal), Soon, "how long the air lasts");
        await ShotAsync(facility, "stories-8-forecast", whole: true, narrow: true);
        await facility.GotoAsync($"{Site.Pages}/wallboard");
        await ShotAsync(facility, "stories-9-wallboard");
    }

    private async Task MorningComesAsync(IPage facility)
    {
        await DoAsync("cooling-fail", new { on = false });
        await DoAsync("smoke", new { on = false });
        await DoAsync("water", new { on = false });
        await DoAsync("sensor-habit", new { sensor = "sim-media-1", habit = "Silent", on = false });
        await UntilAsync(() => Cleared("SensorSilent/media-1"), Minutes, "the dead sensor lives again");
        await ConfirmAllAsync(facility, "Leak/", "配管を直した", shot: null);
        await ConfirmAllAsync(facility, "Smoke/", "工事の埃だった", shot: null);
        await UntilAsync(() => Cleared("Smoke/smoke-1"), Soon, "the smoke is over in the record");
        await facility.GotoAsync($"{Site.Pages}/climate");
        await ShotAsync(facility, "stories-10-morning", whole: true);
    }

    private void TheRecordSaysTheSame()
    {
        var told = Record();
        string[] raised = [.. told.OfType<ClimateRaised>().Select(one => one.Condition)];

        // The cooling came first; what follows from it says so, and it foretold when.
        Assert.Equal("CoolingStopped/chiller-1", raised[0]);
        Assert.All(told.OfType<ClimateRaised>().Where(one => one.Rule is ClimateRule.TemperatureHigh or ClimateRule.TemperatureRise), one => Assert.Equal("CoolingStopped/chiller-1", one.Cause));
        Assert.All(told.OfType<ClimateChanged>().Where(one => one.Change is ClimateChange.Forecast), one => Assert.InRange(one.MinutesToLimit!.Value, 0, 120));

        // Two leaks, not three: what dried and was wet again before anybody had confirmed it is the same.
        Assert.Equal(2, raised.Count(one => one == "Leak/leak-1"));
        Assert.Contains(told.OfType<ClimateChanged>(), one => one is { Condition: "Leak/leak-1", Change: ClimateChange.Again });
        Assert.Equal(2, told.OfType<ClimateConfirmed>().Count(one => one is { Condition: "Leak/leak-1", Accepted: true }));
        Assert.Equal(2, told.OfType<ClimateCleared>().Count(one => one.Condition == "Leak/leak-1"));

        // The sensor that died is the only one that was missed, and only once: gateways that restart, and what one blinds, are not told one by one.
        Assert.Equal(["SensorSilent/media-1"], raised.Where(one => one.StartsWith("SensorSilent/", StringComparison.Ordinal)));
        Assert.Equal(["inlet-1", "leak-1", "media-1", "smoke-1"], Assert.Single(told.OfType<ClimateRaised>(), one => one.Rule is ClimateRule.GatewayDown).Blind.Order(StringComparer.Ordinal));

        // The quake was told once, and the racks in two goes.
        Assert.Single(raised, one => one == "Quake/SRV-1");
        Assert.Equal(["R02, R03", ""], told.OfType<ClimateConfirmed>().Where(one => one.Rule is ClimateRule.Quake).Select(one => string.Join(", ", one.Open)));
        Assert.Single(raised, one => one == "Smoke/smoke-1");
    }

    // As soon as it would be taken, each is confirmed: dry, or without smoke, for a minute.
    private async Task ConfirmAllAsync(IPage facility, string of, string note, string? shot)
    {
        await RunningSite.UntilAsync(
            async () =>
            {
                await facility.GotoAsync($"{Site.Pages}/climate");
                var due = facility.Locator($"li:has-text('復旧・確認待ち') a[href*='condition={Uri.EscapeDataString(of)}']");
                if (await due.CountAsync() is 0)
                {
                    return Standing(of) == 0;
                }

                await due.First.ClickAsync();
                if (shot is not null)
                {
                    await ShotAsync(facility, shot, whole: true, narrow: true);
                    shot = null;
                }

                await ConfirmAsync(facility, note);
                return false;
            },
            done => done,
            Minutes,
            $"{of} is confirmed");
    }

    private static async Task ConfirmAsync(IPage facility, string note, params string[] racks)
    {
        foreach (var rack in racks)
        {
            await facility.CheckAsync($"input[name=racks][value={rack}]");
        }

        await facility.FillAsync("textarea[name=note]", note);
        await facility.ClickAsync("form[action='/climate/confirm'] .button-main");
        await facility.WaitForLoadStateAsync();
    }

    private Task DoAsync(string deed, object with) => Site.ActAsync($"/api/do/{deed}", with);

    private Task<string> UntilAsync(IPage page, string path, Func<string, bool> enough, double within, string what) => RunningSite.UntilAsync(() => TextAsync(page, path), enough, within, what);

    private static Task<bool> UntilAsync(Func<bool> isSo, double within, string what) => RunningSite.UntilAsync(() => Task.FromResult(isSo()), so => so, within, what);

    private bool Cleared(string condition) => Record().OfType<ClimateCleared>().Any(one => one.Condition == condition);

    private int Standing(string of)
    {
        var told = Record();
        return told.OfType<ClimateRaised>().Count(one => one.Condition.StartsWith(of, StringComparison.Ordinal)) - told.OfType<ClimateCleared>().Count(one => one.Condition.StartsWith(of, StringComparison.Ordinal));
    }

    private List<RecordedEvent> Record() =>
        [.. from row in Kills.LogRows.All(Path.Combine(Site.Data, "service", "record.db"))
            let told = JsonDocument.Parse(row.Payload).RootElement
            where told.TryGetProperty("event", out var kind) && kind.ValueKind is JsonValueKind.Object && kind.GetProperty("event").GetString()!.StartsWith("climate.", StringComparison.Ordinal)
            select RecordJson.ParseEvent(Encoding.UTF8.GetBytes(told.GetProperty("event").GetRawText()))];
}
