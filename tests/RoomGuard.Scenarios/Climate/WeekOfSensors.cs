using System.Globalization;
using System.Text;
using RoomGuard.Core.Climate;
using RoomGuard.TestKit.Core;

namespace RoomGuard.Scenarios.Climate;

/// <summary>
/// Seven days of a server room and a media store from a seed: every fault sensors have, and every real thing among them, each in two hours of its own. What was
/// raised is held against what really was: an alarm nobody had reason for was invented, one that did not come in time was missed.
/// </summary>
internal sealed class WeekOfSensors
{
    private const Quantity T = Quantity.Temperature;
    private const Quantity H = Quantity.RelativeHumidity;
    private const int Slots = 7 * 12;
    private static readonly TimeSpan Slot = TimeSpan.FromHours(2);

    // Time passing is told once a second.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly string[] Inlets = ["inlet-1", "inlet-2", "inlet-3"];
    private static readonly string[] BehindTheGateway = [.. Inlets, "room-1"];

    private readonly int seed;
    private readonly Random chance;
    private readonly ClimateStory story;
    private readonly PriorityQueue<(string What, Action Happens), (TimeSpan At, int Number)> script = new();
    private readonly List<string> happened = [];
    private readonly List<(string Condition, TimeSpan From, TimeSpan Until)> musts = [];
    private readonly List<(Func<ClimateRaised, bool> Such, TimeSpan From, TimeSpan Until)> mays = [];
    private readonly HashSet<string> mute = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<double, double?>> faults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> hotter = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> so = new(StringComparer.Ordinal);
    private (TimeSpan At, double PerHour, double Most, double From) heat;
    private double wetter;

    public WeekOfSensors(int seed)
    {
        this.seed = seed;
        chance = new(seed);
        story = new ClimateStory(A.MondayNine).Calm().Gateway("z2m-1", true);
        foreach (var (sensor, place) in new[] { ("inlet-1", 0.0), ("inlet-2", 0.4), ("inlet-3", -0.3), ("room-1", 1.0), ("store-1", -2.0) })
        {
            story.Speaks(sensor, () => Air(sensor, place));
        }

        foreach (var sensor in AClimate.Plan.Sensors.Where(sensor => !sensor.Measures.Contains(T)))
        {
            story.Speaks(sensor.Id, () => mute.Contains(sensor.Id) ? null : [.. sensor.Measures.Select(one => (one, (double?)(one is Quantity.SurfaceTemperature ? 18 : so.GetValueOrDefault($"{sensor.Id}/{one}"))))]);
        }
    }

    /// <summary>Lives the week.</summary>
    /// <returns>Everything that was not as it must be; empty: all was.</returns>
    public IReadOnlyList<string> Live()
    {
        Write();
        while (script.TryDequeue(out var next, out var when))
        {
            story.Goes((when.At - story.Elapsed).TotalSeconds);
            if (next.What.Length > 0)
            {
                happened.Add($"{when.At:c} {next.What}");
            }

            next.Happens();
        }

        story.Goes(((Slot * (Slots + 1)) - story.Elapsed).TotalSeconds);
        return [.. Judge()];
    }

    /// <summary>The week in lists: what happened, what was written.</summary>
    public override string ToString() =>
        new StringBuilder($"seed {seed}\nhappened:\n").AppendJoin('\n', happened.Select(line => $"  {line}")).Append("\nwritten:\n").AppendJoin('\n', story.Lived.Select(item => $"  {item.At:c} {item.Event}")).ToString();

    // ---- the air

    private (Quantity Quantity, double? Value)[]? Air(string sensor, double place)
    {
        if (mute.Contains(sensor))
        {
            return null;
        }

        var day = 0.7 * Math.Sin(story.Elapsed.TotalHours / 24 * 2 * Math.PI);
        var warmer = sensor == "store-1" ? 0 : Math.Clamp(heat.From + ((story.Elapsed - heat.At).TotalHours * heat.PerHour), 0, heat.Most);
        var drift = sensor == "inlet-3" ? Math.Min(1.5, story.Elapsed.TotalHours / 100) : 0;
        var degrees = 22 + place + day + warmer + drift + hotter.GetValueOrDefault(sensor) + ((chance.NextDouble() - 0.5) * 0.1);

        // The same water in warmer air is drier air.
        var percent = (50 * Math.Exp(-0.06 * (degrees - 22))) + (sensor == "store-1" ? 0 : wetter) + ((chance.NextDouble() - 0.5) * 0.4);
        return [(T, faults.TryGetValue(sensor, out var fault) ? fault(Math.Round(degrees, 2)) : Math.Round(degrees, 2)), (H, Math.Round(percent, 1))];
    }

    // ---- the script: one thing in each two hours, in any order

    private void Write()
    {
        Action<TimeSpan>[] things =
        [
            NoNumberOnce, NoNumberForLong, PowerOn, SingleSpike, OutOfRange, Fahrenheit, FewDropOuts, Dies, GatewayWithItsWill, GatewayWithoutAWord, GatewayBlinks, BrokerTellsOldThings,
            Twice, Backlog, BridgeRestarts, BridgeIsAway, ClockIsTurned, TestButton, Knock, InService,
            Hot, VeryHot, HotAmongNoNumbers, HotAmongDropOuts, HotAfterARestart, CoolingFails, CoolingStops, Damp, Leaks, Smokes, Burns, Shakes, DoorStaysOpen, DoorOpensShortly,
        ];
        var order = Enumerable.Range(0, Slots).Select(slot => slot < things.Length * 2 ? things[slot % things.Length] : things[chance.Next(things.Length)]).ToArray();
        chance.Shuffle(order);
        foreach (var (slot, thing) in order.Index())
        {
            thing((Slot * (slot + 1)) + TimeSpan.FromSeconds(60 + chance.Next(300)));
        }
    }

    private void At(TimeSpan at, string what, Action happens) => script.Enqueue((what, happens), (at, script.Count));

    private void Must(string condition, TimeSpan from, TimeSpan until) => musts.Add((condition, from - Tick, until + Tick));

    private void May(TimeSpan from, TimeSpan until, Func<ClimateRaised, bool> such) => mays.Add((such, from, until));

    private void May(TimeSpan from, TimeSpan until, params string[] conditions) => May(from, until, one => conditions.Contains(one.Condition));

    private string AnInlet() => Inlets[chance.Next(Inlets.Length)];

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    private void Faulty(TimeSpan at, string what, string sensor, double minutes, Func<double, double?> fault)
    {
        At(at, $"{what} at {sensor} for {minutes.ToString(CultureInfo.InvariantCulture)} min", () => faults[sensor] = fault);
        At(at + Minutes(minutes), "", () => faults.Remove(sensor));
    }

    private void Once(TimeSpan at, string what, double? says)
    {
        var sensor = AnInlet();
        At(at, $"{what} once at {sensor}", () => story.Says(sensor, (T, says), (H, 48)));
    }

    private void NoNumberOnce(TimeSpan at) => Once(at, "no number", double.NaN);

    private void SingleSpike(TimeSpan at) => Once(at, "a spike", chance.Next(2) == 0 ? 48 : 3);

    private void OutOfRange(TimeSpan at) => Once(at, "out of range", chance.Next(2) == 0 ? -127 : 6553.5);

    private void PowerOn(TimeSpan at) => Once(at, "85.0 after power-on", 85);

    private void NoNumberForLong(TimeSpan at) => FaultOf(at, "no number", _ => double.NaN);

    private void Fahrenheit(TimeSpan at) => FaultOf(at, "°F", celsius => Math.Round((celsius * 1.8) + 32, 1));

    private void FaultOf(TimeSpan at, string what, Func<double, double?> fault)
    {
        var sensor = AnInlet();
        Faulty(at, what, sensor, 40, fault);
        Must($"SensorFault/{sensor}", at, at + Minutes(2.1));
    }

    private void FewDropOuts(TimeSpan at)
    {
        var sensor = AnInlet();
        for (var i = 0; i < 10; i++)
        {
            // Never more than two in a row.
            At(at + Minutes(i * 6), i == 0 ? $"drop-outs at {sensor}" : "", () => mute.Add(sensor));
            At(at + Minutes((i * 6) + 1.9), "", () => mute.Remove(sensor));
        }
    }

    private void Dies(TimeSpan at)
    {
        var sensor = chance.Next(2) == 0 ? AnInlet() : "fire-1";
        At(at, $"{sensor} dies for 40 min", () => mute.Add(sensor));
        At(at + Minutes(40), "", () => mute.Remove(sensor));
        Must($"SensorSilent/{sensor}", at + Minutes(2), at + Minutes(3.1));
    }

    private void GatewayWithItsWill(TimeSpan at) => GatewayGone(at, Minutes(30), told: true);

    private void GatewayWithoutAWord(TimeSpan at) => GatewayGone(at, Minutes(30), told: false);

    private void GatewayGone(TimeSpan at, TimeSpan lasts, bool told)
    {
        At(at, told ? "gateway gone, and its will tells" : "gateway gone without a word", () =>
        {
            mute.UnionWith(BehindTheGateway);
            _ = told ? story.Gateway("z2m-1", false) : story;
        });
        At(at + lasts, "", () =>
        {
            mute.ExceptWith(BehindTheGateway);
            _ = told ? story.Gateway("z2m-1", true) : story;
        });
        Must("GatewayDown/z2m-1", at, at + Minutes(told ? 1.1 : 4.1));
    }

    private void GatewayBlinks(TimeSpan at)
    {
        At(at, "gateway blinks", () => story.Gateway("z2m-1", false));
        At(at + Minutes(0.6), "", () => story.Gateway("z2m-1", true));
    }

    private void BrokerTellsOldThings(TimeSpan at) => At(at, "broker tells old things", () =>
    {
        foreach (var (sensor, value) in new[] { ("inlet-1", new SensorValue(T, 44)), ("smoke-1", new(Quantity.Smoke, 1)), ("leak-1", new(Quantity.Leak, 1)), ("fire-1", new(Quantity.Fire, 1)), ("ac-1", new(Quantity.CoolingStopped, 1)) })
        {
            story.Reports(new SensorReport(sensor, story.At, [value]) { Resent = true });
        }
    });

    private void Twice(TimeSpan at) => At(at, "everything twice", () =>
    {
        for (var i = 0; i < 3; i++)
        {
            story.Reports(new SensorReport("inlet-1", story.At, [new(T, 22.5), new(H, 48)]) { Sequence = 100_000 + (long)story.Elapsed.TotalSeconds });
        }
    });

    private void Backlog(TimeSpan at) => At(at, "a backlog of hot hours", () =>
    {
        for (var i = 0; i < 30; i++)
        {
            story.Reports(new SensorReport("inlet-2", story.At, [new(T, 39), new(H, 20)]) { SampledAt = story.At.AddHours(-3).AddMinutes(i) });
        }
    });

    private void BridgeRestarts(TimeSpan at) => At(at, "bridge restarts", () => story.Restarts(8));

    private void BridgeIsAway(TimeSpan at) => At(at, "bridge is away for 25 min", () => story.Restarts(25 * 60));

    private void ClockIsTurned(TimeSpan at)
    {
        var by = TimeSpan.FromHours(chance.Next(-12, 13));
        At(at, $"wall clock turned by {by:c}", () => story.TurnsTheClock(by));
    }

    private void TestButton(TimeSpan at) => At(at, "test button", () => story.Reports(new SensorReport("smoke-1", story.At, [new(Quantity.Smoke, 1)]) { SelfTest = true }));

    private void Knock(TimeSpan at) => At(at, "a knock", () => story.Says("quake-1", (Quantity.SeismicIntensity, 4.6)));

    private void InService(TimeSpan at)
    {
        At(at, "leak-1 in service for 40 min", () => story.Ordered(new SensorServiceOrder("leak-1", AClimate.ServerRoom, story.At.AddMinutes(40), false, "床下配管の工事", "S-0102")));
        At(at + Minutes(5), "", () => story.Says("leak-1", (Quantity.Leak, 1)));
        At(at + Minutes(6), "", () => story.Says("leak-1", (Quantity.Leak, 0)));
    }

    // ---- what is really so

    private void Hot(TimeSpan at) => Warm(at, AnInlet(), 6.5, 30, ClimateLevel.Warning, 0);

    private void VeryHot(TimeSpan at) => Warm(at, AnInlet(), 12.5, 30, ClimateLevel.Alarm, 0);

    private void HotAmongNoNumbers(TimeSpan at)
    {
        var (sensor, turn) = (AnInlet(), 0);
        Warm(at, sensor, 12.5, 30, ClimateLevel.Alarm, 3);
        Faulty(at - Minutes(0.5), "every second no number", sensor, 31, value => turn++ % 2 == 0 ? double.NaN : value);
        May(at - Minutes(1), at + Minutes(60), $"SensorFault/{sensor}");
    }

    private void HotAmongDropOuts(TimeSpan at)
    {
        var (sensor, turn) = (AnInlet(), 0);
        Warm(at, sensor, 12.5, 30, ClimateLevel.Alarm, 3);
        for (var i = 0; i < 6; i++)
        {
            At(at + Minutes((i * 5) + 1), "", () => mute.Add(sensor));
            At(at + Minutes((i * 5) + 2.5 + (turn++ % 2 * 0.4)), "", () => mute.Remove(sensor));
        }
    }

    private void HotAfterARestart(TimeSpan at)
    {
        Warm(at, AnInlet(), 6.5, 40, ClimateLevel.Warning, 1);
        At(at + Minutes(3.2), "bridge restarts in the middle of a delay", () => story.Restarts(5));
    }

    private void Warm(TimeSpan at, string sensor, double by, double minutes, ClimateLevel level, double later)
    {
        At(at, $"{sensor} {by.ToString(CultureInfo.InvariantCulture)} °C warmer for {minutes.ToString(CultureInfo.InvariantCulture)} min", () => hotter[sensor] = by);
        At(at + Minutes(minutes), "", () => hotter.Remove(sensor));
        Must($"TemperatureHigh/{sensor}", at, at + Minutes((level is ClimateLevel.Alarm ? 1 : 5) + 2.2 + later));
        May(at, at + Minutes(minutes + 20), $"TemperatureRise/{sensor}", $"HumidityLow/{sensor}");
    }

    private void CoolingFails(TimeSpan at)
    {
        Heat(at);
        Must("CoolingLost/SRV-1", at, at + Minutes(16));
    }

    private void CoolingStops(TimeSpan at)
    {
        Heat(at);
        At(at, "and the unit says so", () => story.Says("ac-1", (Quantity.CoolingStopped, so["ac-1/CoolingStopped"] = 1)));
        At(at + Minutes(30), "", () => story.Says("ac-1", (Quantity.CoolingStopped, so["ac-1/CoolingStopped"] = 0)));
        Must("CoolingStopped/ac-1", at, at + Minutes(0.3));
    }

    private void Heat(TimeSpan at)
    {
        At(at, "all inlets rise by 16 °C an hour for half an hour", () => heat = (story.Elapsed, 16, 8, 0));
        At(at + Minutes(30), "", () => heat = (story.Elapsed, -16, 8, 8));
        May(at, at + Minutes(70), one => one.Zone == AClimate.ServerRoom && one.Rule is ClimateRule.TemperatureHigh or ClimateRule.TemperatureRise or ClimateRule.HumidityLow);
    }

    private void Damp(TimeSpan at)
    {
        At(at, "damp for 40 min", () => wetter = 18);
        At(at + Minutes(40), "", () => wetter = 0);
        foreach (var inlet in Inlets)
        {
            Must($"HumidityHigh/{inlet}", at, at + Minutes(17.2));
        }

        May(at, at + Minutes(60), "HumidityHigh/room-1", "DewPointHigh/inlet-1", "DewPointHigh/inlet-2", "DewPointHigh/inlet-3", "DewPointHigh/room-1");
        May(at, at + Minutes(60), "CondensationNear/pipe-1");
    }

    private void Leaks(TimeSpan at) => Latched(at, "leak-1", Quantity.Leak, "Leak/leak-1", 0.2);

    private void Smokes(TimeSpan at) => Latched(at, "store-smoke", Quantity.Smoke, "Smoke/store-smoke", 3);

    private void Burns(TimeSpan at) => Latched(at, "fire-1", Quantity.Fire, "Fire/fire-1", 5);

    private void Latched(TimeSpan at, string sensor, Quantity quantity, string condition, double minutes)
    {
        At(at, $"{quantity} at {sensor}", () => story.Says(sensor, (quantity, so[$"{sensor}/{quantity}"] = 1)));
        At(at + Minutes(minutes), "", () => story.Says(sensor, (quantity, so[$"{sensor}/{quantity}"] = 0)));
        At(at + Minutes(minutes + 15), "somebody looks", () => story.Confirms(condition));
        Must(condition, at, at);
    }

    private void Shakes(TimeSpan at)
    {
        At(at, "the ground shakes", () => story.Says("quake-1", (Quantity.SeismicIntensity, 4.1)));
        At(at + TimeSpan.FromSeconds(1.5), "", () => story.Says("quake-2", (Quantity.SeismicIntensity, 3.9)));
        At(at + TimeSpan.FromSeconds(40), "", () => story.Says("quake-1", (Quantity.SeismicIntensity, 0.4)).Says("quake-2", (Quantity.SeismicIntensity, 0.3)));
        At(at + Minutes(30), "somebody looks at all racks", () => story.Confirms("Quake/SRV-1", "R01", "R02"));
        Must("Quake/SRV-1", at, at + TimeSpan.FromSeconds(3));
    }

    private void DoorStaysOpen(TimeSpan at)
    {
        DoorOpen(at, 6);
        Must("OpenTooLong/store-door", at + Minutes(2.9), at + Minutes(3.1));
    }

    private void DoorOpensShortly(TimeSpan at) => DoorOpen(at, 2);

    private void DoorOpen(TimeSpan at, double minutes)
    {
        At(at, $"store door open for {minutes.ToString(CultureInfo.InvariantCulture)} min", () => story.Says("store-door", (Quantity.Open, so["store-door/Open"] = 1)));
        At(at + Minutes(minutes), "", () => story.Says("store-door", (Quantity.Open, so["store-door/Open"] = 0)));
    }

    // ---- the judgement

    private IEnumerable<string> Judge()
    {
        var raised = story.Lived.Where(item => item.Event is ClimateRaised).Select(item => (item.At, Event: (ClimateRaised)item.Event)).ToArray();
        foreach (var (condition, from, until) in musts)
        {
            if (!Array.Exists(raised, one => one.Event.Condition == condition && one.At >= from && one.At <= until))
            {
                yield return $"missed: {condition} between {from:c} and {until:c}";
            }
        }

        foreach (var (at, one) in raised)
        {
            if (!musts.Exists(must => must.Condition == one.Condition && at >= must.From && at <= must.Until) && !mays.Exists(may => may.Such(one) && at >= may.From && at <= may.Until))
            {
                yield return $"invented at {at:c}: {one}";
            }
        }

        foreach (var standing in story.Control.Now().Conditions)
        {
            yield return $"still stands: {standing}";
        }

        var twice = raised.Length - story.Written.OfType<ClimateCleared>().Count();
        if (twice != 0)
        {
            yield return $"{twice} raised and never cleared";
        }

        foreach (var zone in story.Control.Now().Zones.Where(zone => zone.State is not ClimateState.Normal))
        {
            yield return $"{zone.Zone} is {zone.State} at the end";
        }
    }
}
