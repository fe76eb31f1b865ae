using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Simulators.World;

namespace RoomGuard.Simulators.Ups;

/// <summary>Something the mains, a person or age does to the simulated power.</summary>
/// <param name="Ups">Id of one unit, or <c>all</c>.</param>
public abstract record PowerDeed(string Ups) : Deed;

/// <summary>Mains become this; 0 V is an outage.</summary>
public sealed record SetMains(string Ups, double Volts, double Hertz) : PowerDeed(Ups);

/// <summary>Mains flicker: away and back so many times.</summary>
public sealed record FlickerMains(string Ups, int Times, TimeSpan Away, TimeSpan There) : PowerDeed(Ups);

/// <summary>More or less hangs on a unit.</summary>
public sealed record SetUpsLoad(string Ups, double Percent) : PowerDeed(Ups);

/// <summary>A battery gets older than the unit knows.</summary>
public sealed record AgeBattery(string Ups, double HealthPercent) : PowerDeed(Ups);

/// <summary>Someone puts a new battery in.</summary>
public sealed record RenewBattery(string Ups) : PowerDeed(Ups);

/// <summary>Someone presses the test button.</summary>
public sealed record TestUps(string Ups) : PowerDeed(Ups);

/// <summary>A unit's cable is pulled out or put back.</summary>
public sealed record PlugUps(string Ups, bool Plugged) : PowerDeed(Ups);

/// <summary>Each byte on a unit's wire is damaged with this chance.</summary>
public sealed record SetUpsNoise(string Ups, double Percent) : PowerDeed(Ups);

/// <summary>A unit answers this much late.</summary>
public sealed record SlowUps(string Ups, TimeSpan Late) : PowerDeed(Ups);

/// <summary>A unit gets a bad habit, or loses it.</summary>
public sealed record SetUpsHabit(string Ups, UpsHabit Habit, bool On) : PowerDeed(Ups);

/// <summary>A unit as it stands.</summary>
/// <param name="Where">Where a bridge finds it; null on a virtual wire.</param>
/// <param name="TrueRuntime">How long it really lasts, which may be less than <paramref name="ToldRuntime"/>.</param>
public sealed record UpsNow(
    string Id,
    string Label,
    string LabelEn,
    string Kind,
    string? Where,
    string Standing,
    double MainsVolts,
    double LoadPercent,
    double ChargePercent,
    TimeSpan ToldRuntime,
    TimeSpan TrueRuntime,
    double HealthPercent,
    bool LowBattery,
    bool ReplaceBattery,
    bool Plugged,
    ImmutableArray<string> Habits);

/// <summary>All simulated units and the mains that feed them. Single-threaded, no clock: part of the simulated world.</summary>
public sealed class SimulatedPower
{
    private readonly Dictionary<string, UpsWire> wires = [];
    private readonly List<(TimeSpan At, string Ups, Mains Mains)> coming = [];

    /// <summary>Builds all units on good mains.</summary>
    public SimulatedPower(ImmutableArray<UpsSettings> settings, int seed)
    {
        foreach (var (index, ups) in settings.Index())
        {
            wires.Add(ups.Id, new(new(ups), new Random(unchecked((seed * 104_729) + index))));
        }
    }

    /// <summary>The units' wires by their id.</summary>
    public IReadOnlyDictionary<string, UpsWire> Wires => wires;

    /// <summary>When something happens by itself; null: nothing is under way.</summary>
    public TimeSpan? NextDue => new[] { wires.Values.Min(wire => wire.Ups.NextDue), coming.Count == 0 ? null : coming.Min(item => (TimeSpan?)item.At) }.Min();

    /// <summary>Time has passed. True: something can be seen that could not before.</summary>
    public bool Pass(TimeSpan now)
    {
        var due = NextDue <= now;
        foreach (var item in coming.Where(item => item.At <= now).OrderBy(item => item.At).ToList())
        {
            coming.Remove(item);
            wires[item.Ups].Ups.Feed(item.Mains, item.At);
        }

        foreach (var wire in wires.Values)
        {
            wire.Ups.Pass(now);
        }

        return due;
    }

    /// <summary>Something is done.</summary>
    public DeedOutcome Do(PowerDeed deed, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(deed);
        Pass(now);
        var outcome = new DeedOutcome(false, "UPS がない", "There is no UPS");
        foreach (var wire in deed.Ups == "all" ? wires.Values.AsEnumerable() : [wires[deed.Ups]])
        {
            outcome = Carry(wire.Ups, deed, now);
        }

        return deed.Ups == "all" && outcome.Happened ? outcome with { Ja = $"全 UPS: {outcome.Ja}", En = $"Every UPS: {outcome.En}" } : outcome;
    }

    /// <summary>All units as they stand.</summary>
    public ImmutableArray<UpsNow> Look(Func<string, string?> where) => [.. wires.Values.Select(wire => Of(wire.Ups, where(wire.Ups.Settings.Id)))];

    private DeedOutcome Carry(SimulatedUps ups, PowerDeed deed, TimeSpan now)
    {
        var id = ups.Settings.Id;
        switch (deed)
        {
            case SetMains set:
                coming.RemoveAll(item => item.Ups == id);
                ups.Feed(new(set.Volts, set.Hertz), now);
                return set.Volts == 0
                    ? new(true, $"{id} の入力が停電した", $"Mains of {id} failed")
                    : new(true, string.Create(CultureInfo.InvariantCulture, $"{id} の入力が {set.Volts:0.#} V {set.Hertz:0.#} Hz になった"), string.Create(CultureInfo.InvariantCulture, $"Mains of {id} are {set.Volts:0.#} V {set.Hertz:0.#} Hz"));
            case FlickerMains flicker:
                coming.RemoveAll(item => item.Ups == id);
                var at = now;
                for (var time = 0; time < flicker.Times; time++)
                {
                    coming.Add((at, id, Mains.Failed));
                    at += flicker.Away;
                    coming.Add((at, id, Mains.Good));
                    at += flicker.There;
                }

                Pass(now);
                return new(true, $"{id} の入力が {flicker.Times} 回瞬断する", $"Mains of {id} flicker {flicker.Times} times");
            case SetUpsLoad load:
                ups.Carry(load.Percent, now);
                return new(true, string.Create(CultureInfo.InvariantCulture, $"{id} の負荷が {load.Percent:0.#} % になった"), string.Create(CultureInfo.InvariantCulture, $"{id} carries {load.Percent:0.#} %"));
            case AgeBattery age:
                ups.Age(age.HealthPercent / 100, now);
                return new(true, string.Create(CultureInfo.InvariantCulture, $"{id} の蓄電池の実容量が {age.HealthPercent:0.#} % になった"), string.Create(CultureInfo.InvariantCulture, $"The battery of {id} really holds {age.HealthPercent:0.#} %"));
            case RenewBattery:
                ups.ReplaceBatteryNow(now);
                return new(true, $"{id} の蓄電池を交換した", $"{id} has a new battery");
            case TestUps:
                return ups.StartTest(now)
                    ? new(true, $"{id} が自己診断を始めた", $"{id} tests itself")
                    : new(false, $"{id} は自己診断を断った", $"{id} refused the test");
            case PlugUps plug:
                ups.Plugged = plug.Plugged;
                return plug.Plugged ? new(true, $"{id} の通信線を挿した", $"The cable of {id} is back") : new(true, $"{id} の通信線を抜いた", $"The cable of {id} is out");
            case SetUpsNoise noise:
                ups.NoisePercent = noise.Percent;
                return new(true, string.Create(CultureInfo.InvariantCulture, $"{id} の通信線の雑音 {noise.Percent:0.##} %"), string.Create(CultureInfo.InvariantCulture, $"Noise on the wire of {id}: {noise.Percent:0.##} %"));
            case SlowUps slow:
                ups.Late = slow.Late;
                return new(true, $"{id} の応答が {slow.Late.TotalMilliseconds:0} ms 遅れる", $"{id} answers {slow.Late.TotalMilliseconds:0} ms late");
            case SetUpsHabit habit:
                ups.Set(habit.Habit, habit.On);
                return new(true, $"{id} の癖 {habit.Habit}: {(habit.On ? "あり" : "なし")}", $"{id} {(habit.On ? "has" : "has lost")} the habit {habit.Habit}");
            default:
                throw new System.Diagnostics.UnreachableException($"Nobody carries {deed.GetType().Name} out.");
        }
    }

    private static UpsNow Of(SimulatedUps ups, string? where) => new(
        ups.Settings.Id,
        ups.Settings.Label ?? ups.Settings.Id,
        ups.Settings.LabelEn ?? ups.Settings.Id,
        ups.Settings.Kind.ToString(),
        where,
        ups.Test == SelfTestOutcome.Running ? "Testing" : ups.Standing.ToString(),
        ups.Mains.Volts,
        ups.LoadPercent,
        Math.Round(ups.Battery.ToldCharge * 100, 1),
        ups.ToldRuntime,
        ups.Battery.TrueRuntime(ups.LoadPercent),
        Math.Round(ups.Battery.Health * 100, 1),
        ups.LowBattery,
        ups.ReplaceBattery,
        ups.Plugged,
        [.. Enum.GetValues<UpsHabit>().Where(ups.Has).Select(habit => habit.ToString())]);
}
