using System.Collections.Immutable;

namespace RoomGuard.Simulators.Sensors;

/// <summary>What sensors do that they should not (mqtt.md 2.9).</summary>
public enum SensorHabit
{
    /// <summary>The battery is dead: nothing more comes, and nobody says so.</summary>
    Silent,

    /// <summary>It reports on time and always the same.</summary>
    Stuck,

    /// <summary>It goes off by half a degree an hour.</summary>
    Drift,

    /// <summary>Every fifth report is far off.</summary>
    Spike,

    /// <summary>It says nan, null or unavailable.</summary>
    NoNumber,

    /// <summary>It counts in °F without saying so.</summary>
    Fahrenheit,

    /// <summary>It says 85 °C, 6553.5 % and the like.</summary>
    SillyValues,

    /// <summary>Its clock is a year ahead.</summary>
    WrongClock,

    /// <summary>Each message comes twice.</summary>
    Duplicate,

    /// <summary>Half of its reports get lost on the air.</summary>
    DropsOut,

    /// <summary>Its messages are cut in the middle.</summary>
    BrokenMessage,

    /// <summary>Its messages are ten times too long.</summary>
    TooLong,

    /// <summary>It sends fifty messages a second.</summary>
    Flood,

    /// <summary>What is so or not so changes at each report.</summary>
    Flaps,
}

/// <summary>One thing a sensor says.</summary>
/// <param name="Number">In °C, %, µg/m³, gal; 1 or 0 for what is so or not so. NaN: the sensor knows none.</param>
public readonly record struct SensorSaying(SensorTells What, double Number)
{
    /// <summary>Whether it is told by yes and no.</summary>
    public bool IsSign => What is SensorTells.Leak or SensorTells.Smoke or SensorTells.Door or SensorTells.Vibration or SensorTells.CoolingStopped or SensorTells.Fire;
}

/// <summary>One report, whatever words its family puts it in.</summary>
/// <param name="Battery">%; null: none.</param>
/// <param name="Link">0 to 1.</param>
/// <param name="At">When it measured, by its clock, since the start.</param>
/// <param name="Count">Its own count of reports.</param>
public sealed record SensorReading(RoomSensorSettings Sensor, ImmutableArray<SensorSaying> Sayings, double? Battery, double Link, TimeSpan At, long Count);

/// <summary>A sensor as a body in the room: what it feels, when it reports, its battery, its bad habits. It knows no protocol. Pure: it is told the time.</summary>
public sealed class SimulatedSensor
{
    private static readonly TimeSpan Samples = TimeSpan.FromSeconds(1);

    // Water between two contacts, smoke in a chamber, a quake: such a sensor does not wait for its next sample.
    private static readonly TimeSpan Contact = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenFloods = TimeSpan.FromMilliseconds(20);

    private readonly Random chance;
    private readonly HashSet<SensorHabit> habits = [];
    private readonly Dictionary<SensorTells, double> told = [];
    private readonly double off;
    private readonly double link;
    private readonly TimeSpan every;
    private readonly bool onChange;
    private readonly bool tellsSigns;
    private readonly TimeSpan looks;
    private TimeSpan reportDue;
    private TimeSpan lookDue;
    private TimeSpan? driftSince;
    private TimeSpan clock;
    private long count;

    /// <summary>A sensor that reports for the first time soon after the start.</summary>
    /// <param name="every">How often it reports by itself.</param>
    /// <param name="onChange">Whether it also reports when a measured value has changed; what is so or not so every family tells at once.</param>
    public SimulatedSensor(RoomSensorSettings settings, TimeSpan every, bool onChange, Random chance)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(chance);
        Settings = settings;
        this.chance = chance;
        this.every = every;
        this.onChange = onChange;
        tellsSigns = settings.Tells.Any(what => new SensorSaying(what, 0).IsSign);
        looks = tellsSigns || settings.Tells.Contains(SensorTells.Acceleration) ? Contact : Samples;
        off = (chance.NextDouble() * 0.4) - 0.2;
        link = 0.3 + (chance.NextDouble() * 0.6);
        Battery = settings.BatteryPercent;

        // Sensors that were put up one after the other do not report in step.
        reportDue = TimeSpan.FromSeconds(2 + (chance.NextDouble() * Math.Min(every.TotalSeconds, 20)));
    }

    /// <summary>What it was built from.</summary>
    public RoomSensorSettings Settings { get; }

    /// <summary>What its contact is on stands open.</summary>
    public bool Opened { get; set; }

    /// <summary>% left; null: it has none.</summary>
    public double? Battery { get; set; }

    /// <summary>The latest report; null before the first.</summary>
    public SensorReading? Last { get; private set; }

    /// <summary>When it wants to be told the time.</summary>
    public TimeSpan NextDue => (onChange || tellsSigns) && lookDue < reportDue ? lookDue : reportDue;

    /// <summary>True when it has this habit.</summary>
    public bool Has(SensorHabit habit) => habits.Contains(habit);

    /// <summary>Gives it a habit, or takes it away.</summary>
    public void Set(SensorHabit habit, bool on)
    {
        _ = on ? habits.Add(habit) : habits.Remove(habit);
        driftSince = habit == SensorHabit.Drift ? on ? clock : null : driftSince;
        reportDue = habit == SensorHabit.Flood && on ? clock : reportDue;
    }

    /// <summary>Somebody presses its button, or it has to tell everything again.</summary>
    public void ReportNow() => reportDue = clock;

    /// <summary>Time has passed.</summary>
    /// <returns>What it reports now; null: nothing.</returns>
    public SensorReading? Pass(TimeSpan now, RoomAir air)
    {
        ArgumentNullException.ThrowIfNull(air);
        clock = now;
        if (now < NextDue)
        {
            return null;
        }

        lookDue = now + looks;
        var sayings = Settings.Tells.Select(what => new SensorSaying(what, Feel(what, air, now))).ToImmutableArray();
        if (now < reportDue && !sayings.Any(saying => (onChange || saying.IsSign) && IsNews(saying)))
        {
            return null;
        }

        reportDue = now + (Has(SensorHabit.Flood) ? BetweenFloods : every * (0.97 + (chance.NextDouble() * 0.06)));
        if (Has(SensorHabit.Silent) || (Has(SensorHabit.DropsOut) && chance.Next(2) == 0))
        {
            return null;
        }

        count++;
        foreach (var saying in sayings)
        {
            told[saying.What] = saying.Number;
        }

        Battery = Battery is { } percent ? Math.Max(0, percent - 0.002) : null;
        return Last = new(
            Settings, Has(SensorHabit.Stuck) && Last is { } before ? before.Sayings : [.. sayings.Select(Spoil)], Battery, Math.Clamp(link + ((chance.NextDouble() - 0.5) * 0.1), 0.02, 1),
            Has(SensorHabit.WrongClock) ? now + TimeSpan.FromDays(365) : now, count);
    }

    // Half a degree, three per cent, any change of what is so or not so.
    private bool IsNews(SensorSaying saying) => !told.TryGetValue(saying.What, out var before) || saying.What switch
    {
        SensorTells.Temperature => Math.Abs(saying.Number - before) >= 0.5,
        SensorTells.Humidity => Math.Abs(saying.Number - before) >= 3,
        SensorTells.Dust => Math.Abs(saying.Number - before) >= 20,
        SensorTells.Acceleration => Math.Abs(saying.Number - before) >= 5,
        _ => saying.Number != before,
    };

    private double Feel(SensorTells what, RoomAir air, TimeSpan now)
    {
        var drift = driftSince is { } since ? (now - since).TotalHours * 0.5 : 0;
        return what switch
        {
            SensorTells.Temperature => Math.Round((Settings.Spot switch { SensorSpot.Outlet => air.Outlet, SensorSpot.Ceiling => air.Ceiling, SensorSpot.Supply => air.Supply, _ => air.Inlet }) + off + drift + Noise(0.05), 2),
            SensorTells.Humidity => Math.Round(Math.Clamp(air.Humidity + (off * 4) + (drift * 2) + Noise(0.3), 0, 100), 1),
            SensorTells.Dust => Math.Round(Math.Max(0, air.Dust + Noise(1))),
            SensorTells.Acceleration => Math.Round(air.Acceleration, 1),
            SensorTells.Vibration => air.Acceleration > 8 ? 1 : 0,
            SensorTells.Leak => air.Wet ? 1 : 0,
            SensorTells.Smoke => air.Smoke ? 1 : 0,
            SensorTells.Door => air.DoorOpen || Opened ? 1 : 0,
            SensorTells.CoolingStopped => air.CoolingFails ? 1 : 0,
            _ => air.Fire ? 1 : 0,
        };
    }

    private SensorSaying Spoil(SensorSaying saying) => saying with
    {
        Number = saying.IsSign
            ? Has(SensorHabit.Flaps) ? count % 2 : saying.Number
            : Has(SensorHabit.NoNumber) ? double.NaN
            : Has(SensorHabit.SillyValues) ? saying.What == SensorTells.Temperature ? 85 : 6553.5
            : Has(SensorHabit.Spike) && count % 5 == 0 ? saying.Number + 40
            : Has(SensorHabit.Fahrenheit) && saying.What == SensorTells.Temperature ? Math.Round((saying.Number * 1.8) + 32, 2)
            : saying.Number,
    };

    private double Noise(double size) => (chance.NextDouble() - 0.5) * 2 * size;
}
