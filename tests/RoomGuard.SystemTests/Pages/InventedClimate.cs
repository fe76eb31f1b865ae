using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Readings;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Dashboard.Power;
using RoomGuard.TestKit.Core;

namespace RoomGuard.SystemTests.Pages;

/// <summary>
/// A climate for tests of pages, in every state they can show: a room told as a story, with an inlet too warm, a sensor that fell silent, one that says what cannot be, an empty
/// battery, a leak that is gone and waits for somebody, and racks to be looked at after a quake; and a second room whose bridge is silent. No act changes anything.
/// </summary>
internal sealed class InventedClimate : IClimateBoard, IClimateDesk, ISensorTrends
{
    private static readonly ZoneId Server = new("SRV-1");
    private static readonly ZoneId Power = new("UPS-1");
    private static readonly LimitSet Wider = new(Measure.Temperature, 18, 28.5, 15, 32, 1, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    private readonly TimeProvider time;
    private readonly bool empty;
    private readonly ClimateNow now;

    public InventedClimate(TimeProvider time, bool empty)
    {
        (this.time, this.empty) = (time, empty);
        var plan = new ClimatePlan(
            [
                new(Server, ZoneKind.ServerRoom, EquipmentClass.A1, ["R01", "R02", "R03"], [new(SensingFactor.Dust, "前室で除塵しているため")], []),
                new(Power, ZoneKind.ServerRoom, EquipmentClass.A2, [], [new(SensingFactor.Dust, "開口部がないため"), new(SensingFactor.Vibration, "同じ階のSRV-1で測るため"), new(SensingFactor.Humidity, "蓄電池は温度だけを見るため")], []),
            ],
            [
                Sensor("inlet-1", Server, SensorSpot.Inlet, "R01 給気", "R01 inlet", new FloorSpot("F3", 150, 120), Quantity.Temperature, Quantity.RelativeHumidity),
                Sensor("inlet-2", Server, SensorSpot.Inlet, "R02 給気", "R02 inlet", new FloorSpot("F3", 300, 120), Quantity.Temperature, Quantity.RelativeHumidity),
                Sensor("inlet-3", Server, SensorSpot.Inlet, "R03 給気", "R03 inlet", new FloorSpot("F3", 450, 120), Quantity.Temperature, Quantity.RelativeHumidity),
                Sensor("return-1", Server, SensorSpot.Return, "空調 還気", "Return air", null, Quantity.Temperature),
                Sensor("smoke-1", Server, SensorSpot.Structure, "天井 煙", "Ceiling smoke", null, Quantity.Smoke),
                Sensor("leak-1", Server, SensorSpot.Structure, "床下 漏水", "Under-floor leak", null, Quantity.Leak),
                Sensor("quake-1", Server, SensorSpot.Structure, "床 振動1", "Floor quake 1", null, Quantity.SeismicIntensity),
                Sensor("quake-2", Server, SensorSpot.Structure, "床 振動2", "Floor quake 2", null, Quantity.SeismicIntensity),
                Sensor("ups-temp", Power, SensorSpot.Room, "UPS室 室温", "UPS room air", null, Quantity.Temperature),
                Sensor("ups-smoke", Power, SensorSpot.Structure, "UPS室 煙", "UPS room smoke", null, Quantity.Smoke),
                Sensor("ups-leak", Power, SensorSpot.Structure, "UPS室 漏水", "UPS room leak", null, Quantity.Leak),
            ]);
        var room = new ClimateStory(time.GetUtcNow().AddHours(-2), plan).Calm().Goes(3600);
        _ = room.Speaks("inlet-2", (Quantity.Temperature, 28.6), (Quantity.RelativeHumidity, 41)).Hushes("inlet-3")
            .Says("leak-1", (Quantity.Leak, 1)).Goes(30).Says("leak-1", (Quantity.Leak, 0)).Goes(600)
            .Says("quake-1", (Quantity.SeismicIntensity, 4.1)).Says("quake-2", (Quantity.SeismicIntensity, 4.3)).Goes(2600)
            .Reports(new("smoke-1", default, [new(Quantity.Smoke, 0)]) { BatteryPercent = 8, LinkPercent = 37 })
            .Says("return-1", (Quantity.Temperature, 327.67)).Goes(5).Says("return-1", (Quantity.Temperature, 327.67)).Goes(5)
            .Ordered(new SensorServiceOrder("quake-2", Server, room.At.AddHours(2), Ended: false, "固定し直し", "S-0115"))
            .Ordered(new SensorEnrolOrder(
                new("bridge-1"), Sensor("wall-dust", Server, SensorSpot.Room, "粉じん計", "Dust meter", new FloorSpot("F3", 380, 260), Quantity.Pm10), new("lan", "lab/dust", "plain", "{}"), Ended: false, null, "S-0102"))
            .Says("wall-dust", (Quantity.Pm10, 14))
            .Told(new SensorReachTold(room.At, "inlet-3", Away: true));
        now = room.Control.Now();
    }

    private DateTimeOffset Now => time.GetUtcNow();

    Task<ClimateBoard> IClimateBoard.Now(CancellationToken gone)
    {
        if (empty)
        {
            return Task.FromResult(new ClimateBoard(Now, [], [], [], []));
        }

        var plan = now.Plan();
        (PanelId Panel, bool Fresh, TimeSpan Silent) Told(ZoneId? zone) => zone == Power ? (new("bridge-2"), false, TimeSpan.FromMinutes(4)) : (new("bridge-1"), true, TimeSpan.FromSeconds(1));
        var places = plan.Sensors.ToDictionary(place => place.Id);
        return Task.FromResult(new ClimateBoard(
            Now,
            [.. now.Zones.Select(zone => new ZoneAirCard(zone, Told(zone.Zone).Panel, Told(zone.Zone).Fresh, Told(zone.Zone).Silent))],
            [
                .. now.Sensors.Select(sensor => new SensorCard(
                    sensor, Told(sensor.Zone).Panel, Told(sensor.Zone).Fresh, Told(sensor.Zone).Silent, now.At,
                    [.. Enum.GetValues<Measure>().Where(measure => measure is Measure.Battery || LimitsRehearsal.QuantitiesOf(measure) is { IsEmpty: false } of && of.All(places[sensor.Sensor].Measures.Contains))
                        .Select(measure => plan.LimitsOf(places[sensor.Sensor], measure)).OfType<LimitSet>()])),
            ],
            [.. now.Conditions.Select(one => new ConditionCard(one, Told(one.Zone).Panel, Told(one.Zone).Fresh, places.GetValueOrDefault(one.Object)?.Label, places.GetValueOrDefault(one.Object)?.LabelEn))],
            [new("z2m-1", ClimateState.Unknown, ["inlet-3"])])
        {
            Strangers =
            [
                (new("bridge-1"), new("lan", "zigbee2mqtt/rack/R04", Now.AddMinutes(-3), null, "R04 inlet", "Example TH-1", "{\n  \"id\": \"r04-inlet\",\n  \"model\": \"zigbee2mqtt\",\n  \"source\": \"lan\",\n  \"key\": \"rack/R04\"\n}", null,
                [
                    new("zigbee2mqtt", "r04-inlet", [Quantity.Temperature, Quantity.RelativeHumidity], ["lan/zigbee2mqtt", "lan"], "{}"),
                    new("plain", "r04-inlet", [Quantity.Temperature], ["lan"], "{}"),
                ])),
                (new("bridge-1"), new("lan", "tele/unknown", Now.AddMinutes(-40), 12, null, null, null, null)),
                (new("bridge-1"), new("lan", "homeassistant/sensor/x", Now.AddHours(-2), null, "Room air", null, null, "its value template is not understood")),
            ],
        });
    }

    public Task<ActResult> Confirm(string condition, ImmutableArray<string> racks, string note, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Serve(string sensor, DateTimeOffset until, string reason, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> EndService(string sensor, string reason, Actor by, CancellationToken stop) => Done();

    public Task<LimitsTrial> Try(LimitsForm form, CancellationToken gone)
    {
        var alarm = new RehearsedAlarm(Now.AddDays(-3), Now.AddDays(-3).AddMinutes(9), ClimateLevel.Warning, 27.8);
        return Task.FromResult(new LimitsTrial(
            Now.AddDays(-30), Now, [],
            [
                new("inlet-1", "R01 給気", "R01 inlet", new(43_200, [alarm, alarm, alarm with { Level = ClimateLevel.Alarm }]), new(43_200, [alarm])),
                new("inlet-3", "R03 給気", "R03 inlet", new(0, []), new(0, [])),
            ],
            2));
    }

    public Task<LimitsLook> Limits(Actor by, CancellationToken gone) => Task.FromResult(empty ? new LimitsLook([], true, true) : new LimitsLook(
        [
            new("CL-0003", Now.AddHours(-3), Server, "inlet-2", Measure.Temperature, Wider with { WarningHigh = 27 }, Wider, 4, "夏季は注意が多すぎるため", "日向 直子", LimitsState.Asked, null, null),
            new("CL-0002", Now.AddDays(-9), Server, null, Measure.Humidity, null, null, null, "設定の値に戻す", "日向 直子", LimitsState.Agreed, "都城 誠", null),
            new("CL-0001", Now.AddDays(-20), Server, "inlet-2", Measure.Temperature, Wider, Wider with { AlarmHigh = 40 }, 0, "機器の更新", "日向 直子", LimitsState.Declined, "都城 誠", "仕様書では32℃まで"),
        ],
        true,
        true));

    public Task<ActResult> Ask(LimitsForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Allow(string change, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Decline(string change, string reason, Actor by, CancellationToken stop) => Done();

    public Task<SensorTrend> Trend(ImmutableArray<SensorSeries> asked, DateTimeOffset from, DateTimeOffset until, int width, CancellationToken gone)
    {
        var grain = (until - from).TotalHours switch { <= 2 when width > 400 => (RollUpWidth?)null, <= 2 => RollUpWidth.Minute, <= 48 => RollUpWidth.Quarter, <= 800 => RollUpWidth.Hour, _ => RollUpWidth.Day };
        var step = grain?.Length() ?? TimeSpan.FromMinutes(1);
        var ever = !empty && asked.Any(one => one.Sensor is not ("smoke-1" or "leak-1" or "gone-1"));
        return Task.FromResult(new SensorTrend(
            Now, from, until, grain, ever, [.. asked.Select(one => new SensorTrendLine(one, ever ? Points(one, from, until, step, grain) : []))],
            ever ? [.. new[] { new SensorAlarm(asked[0].Sensor, ClimateRule.TemperatureHigh, ClimateLevel.Warning, Now.AddMinutes(-45), null, null), new(asked[0].Sensor, ClimateRule.SensorSilent, ClimateLevel.Alarm, Now.AddDays(-2), Now.AddDays(-2).AddHours(3), null) }.Where(alarm => alarm.RaisedAt < until && (alarm.EndedAt ?? Now) > from).OrderBy(alarm => alarm.RaisedAt)] : []));
    }

    private ImmutableArray<TrendPoint> Points(SensorSeries of, DateTimeOffset from, DateTimeOffset until, TimeSpan step, RollUpWidth? grain)
    {
        var points = ImmutableArray.CreateBuilder<TrendPoint>();
        var own = of.Sensor.Sum(letter => letter) % 10 / 4.0;
        for (var at = from + (grain is null ? TimeSpan.Zero : step / 2); at < until && at <= Now; at += step)
        {
            if (Now - at is var ago && ago > TimeSpan.FromHours(9) && ago < TimeSpan.FromHours(11))
            {
                continue;
            }

            var wave = Math.Sin(at.ToUnixTimeSeconds() / 14_000.0) + own;
            var value = of.Quantity is Quantity.RelativeHumidity ? 46 + (4 * wave) : 23.5 + (1.6 * wave);
            var spread = grain is null ? 0 : 0.7;
            points.Add(new(at, new(1, value - spread, value + spread, value)));
        }

        return points.ToImmutable();
    }

    private static SensorPlace Sensor(string id, ZoneId zone, SensorSpot spot, string label, string labelEn, FloorSpot? on, params Quantity[] measures) =>
        new(id, zone, spot, label, labelEn, [.. measures], measures.All(ClimateRules.IsOnOff) || measures.Contains(Quantity.SeismicIntensity) ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1), On: on);

    private static Task<ActResult> Done() => Task.FromResult(ActResult.Done());
}
