namespace RoomGuard.Simulators.Ups;

/// <summary>What comes out of the wall.</summary>
/// <param name="Volts">V; 0 in an outage.</param>
/// <param name="Hertz">Hz.</param>
public readonly record struct Mains(double Volts, double Hertz)
{
    /// <summary>As in western Japan: 100 V, 60 Hz.</summary>
    public static Mains Good { get; } = new(100.5, 60);

    /// <summary>Nothing.</summary>
    public static Mains Failed { get; } = new(0, 0);
}

/// <summary>Bad habits of units, seen in the field or in conformance work (docs/reference/ups.md).</summary>
public enum UpsHabit
{
    /// <summary>Nothing is answered.</summary>
    Silent,

    /// <summary>Each answer has a wrong check code, or on Q1 a wrong letter.</summary>
    WrongCheck,

    /// <summary>Half of each answer is lost.</summary>
    HalfAnswers,

    /// <summary>Answers for another unit.</summary>
    WrongUnit,

    /// <summary>A few bytes of rubbish before each answer.</summary>
    GarbageBefore,

    /// <summary>Each answer comes in single bytes.</summary>
    SingleBytes,

    /// <summary>Says each time what it should have said the time before.</summary>
    OneBehind,

    /// <summary>Values outside physics: 300 % charge, 200 °C, 999 V.</summary>
    SillyValues,
}

/// <summary>How a unit stands.</summary>
public enum UpsStanding
{
    /// <summary>The load hangs on mains.</summary>
    OnLine,

    /// <summary>The load hangs on the battery.</summary>
    OnBattery,

    /// <summary>No output.</summary>
    Off,
}

/// <summary>How the last self-test ended.</summary>
public enum SelfTestOutcome
{
    /// <summary>None since the start.</summary>
    None,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>The battery is well.</summary>
    Passed,

    /// <summary>The battery must be replaced.</summary>
    Failed,

    /// <summary>Not possible now.</summary>
    Refused,

    /// <summary>Ended by an order or by an outage.</summary>
    Aborted,
}

/// <summary>
/// A UPS as a body: mains in, battery, load, what it does by itself and by order. It knows no protocol; the wire classes show it.
/// Pure: it is told the time.
/// </summary>
public sealed class SimulatedUps
{
    /// <summary>Below this the unit goes to battery; between it and <see cref="BoostBelow"/> it raises.</summary>
    public const double LowTransfer = 85;

    /// <summary>Above this the unit goes to battery.</summary>
    public const double HighTransfer = 120;

    private const double BoostBelow = 92;
    private const double TrimAbove = 110;

    // A unit goes to battery within a half-wave or two, and back only when mains have been good for a while.
    private static readonly TimeSpan BackAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TestTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LowAt = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan RequestedShutdown = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StartAfter = TimeSpan.FromSeconds(15);

    private readonly HashSet<UpsHabit> habits = [];
    private TimeSpan clock;
    private TimeSpan? mainsGoodSince = TimeSpan.Zero;
    private TimeSpan? testEnds;
    private TimeSpan? offAt;
    private TimeSpan? onAt;
    private bool staysOff;

    /// <summary>A unit on good mains with a full battery.</summary>
    public SimulatedUps(UpsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        LoadPercent = settings.LoadPercent;
        Battery = new(settings.FullLoadRuntime ?? TimeSpan.FromMinutes(6), settings.ChargeTime ?? TimeSpan.FromHours(3)) { Health = settings.Health };
    }

    /// <summary>What it was built from.</summary>
    public UpsSettings Settings { get; }

    /// <summary>Its battery.</summary>
    public BatteryBody Battery { get; }

    /// <summary>What comes in.</summary>
    public Mains Mains { get; private set; } = Mains.Good;

    /// <summary>How it stands.</summary>
    public UpsStanding Standing { get; private set; } = UpsStanding.OnLine;

    /// <summary>Per cent of the rated watts.</summary>
    public double LoadPercent { get; private set; }

    /// <summary>Number of the cause why the state last changed (APC's list: 0 start, 2 input low, 1 input high, 6 frequency, 8 acceptable again, 9 test, 10 test ended, 12 order, 13 low battery).</summary>
    public int Cause { get; private set; }

    /// <summary>The self-test.</summary>
    public SelfTestOutcome Test { get; private set; }

    /// <summary>When a shutdown that was ordered takes the output away; null: none is under way.</summary>
    public TimeSpan? OffAt => offAt;

    /// <summary>Whether the beeper may sound.</summary>
    public bool BeeperOn { get; set; } = true;

    /// <summary>Wh given so far.</summary>
    public double EnergyWattHours { get; private set; }

    /// <summary>Answers are this much later than a good unit's.</summary>
    public TimeSpan Late { get; set; }

    /// <summary>Chance of each byte on its wire being damaged, 0 to 100.</summary>
    public double NoisePercent { get; set; }

    /// <summary>Its cable is in. Out: no byte passes.</summary>
    public bool Plugged { get; set; } = true;

    /// <summary>Battery low, as the unit sees it: little runtime left, or the voltage has collapsed.</summary>
    public bool LowBattery => Standing == UpsStanding.OnBattery && ToldRuntime <= LowAt;

    /// <summary>A self-test found the battery bad.</summary>
    public bool ReplaceBattery { get; private set; }

    /// <summary>The unit raises mains.</summary>
    public bool Boosting => Standing == UpsStanding.OnLine && Mains.Volts < BoostBelow;

    /// <summary>The unit lowers mains.</summary>
    public bool Trimming => Standing == UpsStanding.OnLine && Mains.Volts > TrimAbove;

    /// <summary>More hangs on it than it can carry.</summary>
    public bool Overload => LoadPercent > 105;

    /// <summary>Mains are not what the unit takes.</summary>
    public bool InputBad => !IsGood(Mains);

    /// <summary>What the unit says is left.</summary>
    public TimeSpan ToldRuntime => Battery.ToldRuntime(LoadPercent);

    /// <summary>V at the output.</summary>
    public double OutputVolts => Standing switch
    {
        UpsStanding.Off => 0,
        UpsStanding.OnBattery => 100,
        _ => Boosting ? Mains.Volts * 1.12 : Trimming ? Mains.Volts * 0.88 : Mains.Volts,
    };

    /// <summary>V of a 24 V battery: 27.4 floating, falling with what is left.</summary>
    public double BatteryVolts => Standing == UpsStanding.OnBattery ? 20.8 + (4.6 * Math.Sqrt(Battery.TrueCharge)) : 24.6 + (2.8 * Battery.TrueCharge);

    /// <summary>°C of the battery.</summary>
    public double Temperature => Standing == UpsStanding.OnBattery ? 31.5 : 27;

    /// <summary>When something happens by itself; null: nothing is under way.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            var empty = Standing == UpsStanding.OnBattery ? clock + Battery.TrueRuntime(LoadPercent) : (TimeSpan?)null;
            var back = Standing == UpsStanding.OnBattery && testEnds is null && mainsGoodSince is { } since ? since + BackAfter : (TimeSpan?)null;
            return new[] { empty, back, testEnds, offAt, onAt }.Min();
        }
    }

    /// <summary>True when it has this habit.</summary>
    public bool Has(UpsHabit habit) => habits.Contains(habit);

    /// <summary>Gives it a habit, or takes it away.</summary>
    public void Set(UpsHabit habit, bool on) => _ = on ? habits.Add(habit) : habits.Remove(habit);

    /// <summary>Time has passed: what was due happens in its order.</summary>
    public void Pass(TimeSpan now)
    {
        while (NextDue is { } due && due <= now)
        {
            Advance(due > clock ? due : clock);
            if (!Happen())
            {
                break;
            }
        }

        Advance(now);
    }

    /// <summary>Mains change.</summary>
    public void Feed(Mains mains, TimeSpan now)
    {
        Pass(now);
        Mains = mains;
        if (IsGood(mains))
        {
            mainsGoodSince ??= now;
            if (Standing == UpsStanding.Off && !staysOff)
            {
                onAt ??= now + StartAfter;
            }

            return;
        }

        mainsGoodSince = null;
        onAt = null;
        if (testEnds is not null)
        {
            EndTest(SelfTestOutcome.Aborted);
        }

        if (Standing == UpsStanding.OnLine)
        {
            Standing = UpsStanding.OnBattery;
            Cause = mains.Volts > HighTransfer ? 1 : mains.Volts >= LowTransfer ? 6 : 2;
        }
    }

    /// <summary>More or less hangs on it.</summary>
    public void Carry(double loadPercent, TimeSpan now)
    {
        Pass(now);
        LoadPercent = Math.Clamp(loadPercent, 0, 150);
    }

    /// <summary>The battery gets older.</summary>
    public void Age(double health, TimeSpan now)
    {
        Pass(now);
        Battery.Health = Math.Clamp(health, 0.05, 1);
        Pass(now);
    }

    /// <summary>Someone puts a new battery in.</summary>
    public void ReplaceBatteryNow(TimeSpan now)
    {
        Pass(now);
        Battery.Replace();
        ReplaceBattery = false;
    }

    /// <summary>A self-test begins. Refused unless the unit is on good mains with a battery at least 70 % full.</summary>
    /// <param name="deep">Until the battery is low, not only for some seconds.</param>
    /// <returns>False when refused.</returns>
    public bool StartTest(TimeSpan now, bool deep = false)
    {
        Pass(now);
        if (Standing != UpsStanding.OnLine || testEnds is not null || Battery.TrueCharge < 0.7)
        {
            Test = SelfTestOutcome.Refused;
            return false;
        }

        Standing = UpsStanding.OnBattery;
        Cause = 9;
        Test = SelfTestOutcome.Running;
        testEnds = now + (deep && ToldRuntime - LowAt > TestTime ? ToldRuntime - LowAt : TestTime);
        return true;
    }

    /// <summary>The self-test is called off.</summary>
    public void AbortTest(TimeSpan now)
    {
        Pass(now);
        if (testEnds is not null)
        {
            EndTest(SelfTestOutcome.Aborted);
            Standing = UpsStanding.OnLine;
        }
    }

    /// <summary>The output goes off later and comes back with mains. APC's own request takes a minute whatever its delay registers say.</summary>
    /// <param name="staysOff">It does not come back by itself.</param>
    public void RequestShutdown(TimeSpan now, TimeSpan? after = null, bool staysOff = false)
    {
        Pass(now);
        this.staysOff = staysOff;
        offAt ??= now + (after ?? RequestedShutdown);
    }

    /// <summary>A shutdown under way is called off; an output that is off comes on when mains are there.</summary>
    public void CancelShutdown(TimeSpan now)
    {
        Pass(now);
        offAt = null;
        staysOff = false;
        if (Standing == UpsStanding.Off && !InputBad)
        {
            onAt = now;
            Pass(now);
        }
    }

    private static bool IsGood(Mains mains) => mains.Volts is >= LowTransfer and <= HighTransfer && mains.Hertz is >= 47 and <= 63;

    private void Advance(TimeSpan to)
    {
        var time = to - clock;
        if (time <= TimeSpan.Zero)
        {
            return;
        }

        clock = to;
        if (Standing != UpsStanding.Off)
        {
            EnergyWattHours += Settings.RatedWatts * LoadPercent / 100 * time.TotalHours;
        }

        if (Standing == UpsStanding.OnBattery)
        {
            Battery.Discharge(time, LoadPercent);
        }
        else if (!InputBad)
        {
            Battery.Charge(time);
        }
    }

    /// <summary>What is due at this instant. False when nothing was.</summary>
    private bool Happen()
    {
        if (offAt <= clock)
        {
            offAt = null;
            GoOff(12);
        }
        else if (testEnds <= clock)
        {
            var good = Battery.Health >= 0.6;
            ReplaceBattery |= !good;
            Battery.BelievedHealth = Battery.Health;
            EndTest(good ? SelfTestOutcome.Passed : SelfTestOutcome.Failed);
            Standing = UpsStanding.OnLine;
            Cause = 10;
        }
        else if (onAt <= clock)
        {
            onAt = null;
            Standing = UpsStanding.OnLine;
            Cause = 18;
        }
        else if (Standing == UpsStanding.OnBattery && testEnds is null && mainsGoodSince + BackAfter <= clock)
        {
            Standing = UpsStanding.OnLine;
            Cause = 8;
        }
        else if (Standing == UpsStanding.OnBattery && Battery.TrueRuntime(LoadPercent) < TimeSpan.FromMilliseconds(1))
        {
            // Whatever it had promised: empty is empty.
            EndTest(testEnds is null ? Test : SelfTestOutcome.Failed);
            GoOff(13);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void GoOff(int cause)
    {
        Standing = UpsStanding.Off;
        Cause = cause;
        onAt = InputBad || staysOff ? null : clock + StartAfter;
    }

    private void EndTest(SelfTestOutcome outcome)
    {
        testEnds = null;
        Test = outcome;
    }
}
