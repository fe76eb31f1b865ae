using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Power;

/// <summary>The outage machine of one unit: readings in, what happened out. Pure.</summary>
internal sealed class UnitWatch(UnitStanding standing, PowerControlSettings settings)
{
    private const UpsFlags Mains = UpsFlags.OnLine | UpsFlags.Bypass;

    // A battery that falls this much faster than its own figure, over this long at least, is not taken at its word.
    private const double LyingRate = 1.5;
    private static readonly TimeSpan LeastMeasured = TimeSpan.FromSeconds(30);

    // A figure older than this was not read for this reading.
    private static readonly TimeSpan NewFigure = TimeSpan.FromSeconds(1);

    // Load taken off makes the figure jump up; the comparison begins anew then.
    private const double JumpSeconds = 10;

    private UnitStanding now = standing;

    /// <summary>As it stands.</summary>
    public UnitStanding Standing => now;

    /// <summary>The newest reading of any kind; null: none since the start.</summary>
    public UpsReading? Last { get; private set; }

    /// <summary>The newest that could be believed; null: none since the start.</summary>
    public UpsReading? LastGood { get; private set; }

    /// <summary>A reading came.</summary>
    /// <param name="isPlanned">Whether a planned outage covers this moment.</param>
    /// <returns>True when something a restart must not forget has changed.</returns>
    public bool Take(UpsReading reading, Moment at, bool isPlanned, List<RecordedEvent> events)
    {
        var before = now;
        Last = reading;
        LastGood = reading.State == UpsQuality.Good ? reading : LastGood;
        now = now with { HeardAt = at.Steady };
        if (reading.State != UpsQuality.Good)
        {
            // What says what cannot be is asked again before it counts; a link that gave up has asked three times.
            now = now with { BadInARow = now.BadInARow + 1 };
            if (reading.State == UpsQuality.Unknown || now.BadInARow >= settings.MostBadReadings)
            {
                Lose(at, reading.Trouble ?? "no reading", events);
            }

            return IsOther(before);
        }

        if (now.Lost is { } since)
        {
            events.Add(new UpsFound(at.At, now.Ups, Seconds(at.Steady - since)));
        }

        var flags = reading.Flags;
        var charge = reading.Good(UpsQuantity.ChargePercent);
        var age = reading.Values.TryGetValue(UpsQuantity.RuntimeSeconds, out var runtime) && reading.At > runtime.At ? reading.At - runtime.At : TimeSpan.Zero;
        var testing = (flags & UpsFlags.Testing) != 0;
        var onBattery = (flags & UpsFlags.OnBattery) != 0;
        var power = (flags & UpsFlags.OutputOff) != 0 ? UnitPower.Off
            : onBattery && !testing ? UnitPower.Battery
            : onBattery || (flags & Mains) != 0 ? UnitPower.Mains
            : UnitPower.Unknown;
        var wasPower = now.Power;
        var said = now;

        // Between whole readings a look at the state brings the old figure along; the battery has been going down since.
        var left = reading.Good(UpsQuantity.RuntimeSeconds) is { } figure ? onBattery && said.Draining ? Math.Max(0, figure - age.TotalSeconds) : figure : (double?)null;
        now = now with
        {
            Power = power,
            GoodAt = at.Steady,
            GoodAtWall = at.At,
            LeftSeconds = left,
            ChargePercent = charge,
            LowBattery = onBattery && (flags & UpsFlags.LowBattery) != 0,
            Draining = onBattery,
            BadInARow = 0,
            Lost = null,
        };
        Discharge(at, onBattery, left, isNew: age <= NewFigure);
        Outage(at, power, wasPower, said, isPlanned, events);
        Test(at, testing, flags, events);
        Troubles(at, reading, isPlanned, events);
        Battery(at, reading, said, events);
        return IsOther(before);
    }

    /// <summary>Time has passed.</summary>
    public bool Elapse(Moment at, List<RecordedEvent> events)
    {
        var before = now;
        if (now.Lost is null && now.HeardAt is { } heard && at.Steady - heard >= settings.LongestSilence)
        {
            Lose(at, $"nothing was heard for {settings.LongestSilence.TotalSeconds:0} s", events);
        }

        if (now.Outage is { BackSince: { } back } outage && now.Lost is null && at.Steady - back >= settings.SteadyAfter)
        {
            End(at, outage, back, events);
        }

        return !ReferenceEquals(before, now) && IsOther(before);
    }

    /// <summary>The bridge has started: from here on silence counts.</summary>
    public void Start(Moment at) => now = now with { HeardAt = now.HeardAt ?? at.Steady };

    /// <summary>Names an outage for good.</summary>
    internal static string OutageId(string of, Moment at) => $"{of}-{at.At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";

    /// <summary>Seconds with a tenth, for the record.</summary>
    internal static double Seconds(TimeSpan time) => Math.Round(Math.Max(0, time.TotalSeconds), 1);

    // Readings alone are not kept: they come anew. What an outage knows is, every few seconds, for a restart in the middle of it with a dead link.
    private bool IsOther(UnitStanding before) =>
        before.Outage?.Id != now.Outage?.Id
        || (before.Outage is { } old && now.Outage is { } run && (old.Changes, old.Unsteady, old.BackSince) != (run.Changes, run.Unsteady, run.BackSince))
        || before.Lost != now.Lost
        || before.Power != now.Power
        || !before.Due.SequenceEqual(now.Due)
        || !before.Troubles.Select(run => run.Trouble).SequenceEqual(now.Troubles.Select(run => run.Trouble))
        || before.Test is null != now.Test is null;

    private void Lose(Moment at, string why, List<RecordedEvent> events)
    {
        if (now.Lost is not null)
        {
            return;
        }

        events.Add(new UpsLost(at.At, now.Ups, now.GoodAtWall, why, now.IsOnBattery));
        now = now with { Lost = at.Steady };
    }

    private void Discharge(Moment at, bool onBattery, double? left, bool isNew)
    {
        if (!onBattery || left is not { } seconds)
        {
            now = now with { Mark = null };
            return;
        }

        // A figure from before the outage, held against the clock of the outage, makes a liar of a good battery.
        if (!isNew)
        {
            return;
        }

        if (now.Mark is not { } mark || seconds > mark.LeftSeconds + JumpSeconds)
        {
            now = now with { Mark = new(at.Steady, seconds) };
            return;
        }

        var time = at.Steady - mark.At;
        if (time >= LeastMeasured)
        {
            var rate = (mark.LeftSeconds - seconds) / time.TotalSeconds;

            // What one discharge taught stays until another teaches better; a figure is never made longer than it says.
            now = now with { Rate = Math.Max(1, Math.Round(rate, 2)) };
        }
    }

    private void Outage(Moment at, UnitPower power, UnitPower wasPower, UnitStanding said, bool isPlanned, List<RecordedEvent> events)
    {
        switch (power)
        {
            case UnitPower.Battery when now.Outage is null:
                Begin(at, isPlanned, events);
                break;
            case UnitPower.Battery when now.Outage is { BackSince: not null } outage:
                now = now with { Outage = outage with { BackSince = null, Changes = outage.Changes + 1 } };
                break;
            case UnitPower.Mains when now.Outage is { BackSince: null } outage:
                if (outage.Unsteady)
                {
                    now = now with { Outage = outage with { BackSince = at.Steady } };
                }
                else
                {
                    End(at, outage, at.Steady, events);
                }

                break;
            case UnitPower.Off when wasPower == UnitPower.Battery && said.Left(at.Steady) > 60:
                now = now with { Rate = Math.Max(now.Rate, LyingRate) };
                Due(at, BatteryDueCause.LastedLess, true, null, events);
                break;
            default:
                break;
        }

        if (now.Outage is { } run && now.ChargePercent is { } charge && (run.MinChargePercent is not { } least || charge < least))
        {
            now = now with { Outage = run with { MinChargePercent = charge } };
        }
    }

    private void Begin(Moment at, bool isPlanned, List<RecordedEvent> events)
    {
        ImmutableArray<DateTimeOffset> failures = [.. now.Failures.Where(one => at.Steady - one <= settings.UnsteadyWithin), at.Steady];
        var unsteady = failures.Length >= settings.UnsteadyAfter;
        var id = OutageId(now.Ups, at);
        now = now with { Failures = failures, Outage = new(id, at.At, at.Steady, now.ChargePercent, 1, unsteady, null, isPlanned) };
        events.Add(new OutageBegan(at.At, id, now.Ups, Tenth(now.Left(at.Steady)), now.ChargePercent, isPlanned));
        if (unsteady)
        {
            events.Add(new MainsUnsteady(at.At, id, now.Ups, failures.Length));
        }
    }

    private void End(Moment at, OutageRun outage, DateTimeOffset back, List<RecordedEvent> events)
    {
        // Said a minute later for unsteady mains, and still with the moment at which they came back.
        events.Add(new OutageEnded(at.At, outage.Id, now.Ups, outage.StartedAt, Seconds(back - outage.Started), outage.MinChargePercent, outage.Changes, outage.Planned));
        now = now with { Outage = null, Failures = outage.Unsteady ? [] : now.Failures };
        if (now.Rate >= LyingRate)
        {
            Due(at, BatteryDueCause.LastedLess, true, null, events);
        }
    }

    private void Test(Moment at, bool testing, UpsFlags flags, List<RecordedEvent> events)
    {
        if (testing)
        {
            var least = now.Test is { } run && run.MinChargePercent < (now.ChargePercent ?? double.MaxValue) ? run.MinChargePercent : now.ChargePercent;
            now = now with { Test = (now.Test ?? new(at.Steady, least)) with { MinChargePercent = least } };
        }
        else if (now.Test is { } ended)
        {
            bool? passed = (flags & UpsFlags.TestFailed) != 0 ? false : (flags & UpsFlags.TestPassed) != 0 ? true : null;
            events.Add(new BatteryTested(at.At, now.Ups, passed, Seconds(at.Steady - ended.Started), ended.MinChargePercent));
            now = now with { Test = null };
        }
    }

    private void Troubles(Moment at, UpsReading reading, bool isPlanned, List<RecordedEvent> events)
    {
        var input = reading.Good(UpsQuantity.InputVoltage);
        var highest = reading.Good(UpsQuantity.HighTransferVoltage) ?? (reading.Flags.HasFlag(UpsFlags.OnLine) ? reading.Good(UpsQuantity.OutputVoltage) * 1.1 : null);
        Trouble(at, SupplyTrouble.OverVoltage, input > highest, input, isPlanned, events);
        Trouble(at, SupplyTrouble.OverCurrent, (reading.Flags & UpsFlags.Overload) != 0, reading.Good(UpsQuantity.LoadPercent), isPlanned, events);
        Trouble(at, SupplyTrouble.Bypass, (reading.Flags & UpsFlags.Bypass) != 0, null, isPlanned, events);
        Trouble(at, SupplyTrouble.UnitFault, (reading.Flags & (UpsFlags.Fault | UpsFlags.OverTemperature)) != 0, reading.Good(UpsQuantity.Temperature), isPlanned, events);
    }

    private void Trouble(Moment at, SupplyTrouble trouble, bool isSo, double? value, bool isPlanned, List<RecordedEvent> events)
    {
        var run = now.Troubles.FirstOrDefault(one => one.Trouble == trouble);
        if (isSo && run is null)
        {
            events.Add(new SupplyTroubled(at.At, now.Ups, trouble, value, isPlanned));
            now = now with { Troubles = now.Troubles.Add(new(trouble, at.Steady, value)) };
        }
        else if (isSo && value > (run!.Peak ?? double.MinValue))
        {
            now = now with { Troubles = now.Troubles.Replace(run, run with { Peak = value }) };
        }
        else if (!isSo && run is not null)
        {
            events.Add(new SupplyRecovered(at.At, now.Ups, trouble, Seconds(at.Steady - run.Since), run.Peak));
            now = now with { Troubles = now.Troubles.Remove(run) };
        }
    }

    private void Battery(Moment at, UpsReading reading, UnitStanding said, List<RecordedEvent> events)
    {
        DateOnly? by = reading.Texts.TryGetValue(UpsText.ReplaceBatteryBy, out var words)
            && DateOnly.TryParseExact(words, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at.At, settings.TimeZone).DateTime);
        var flags = reading.Flags;
        Due(at, BatteryDueCause.UnitSaysSo, (flags & UpsFlags.ReplaceBattery) != 0, by, events);
        Due(at, BatteryDueCause.Missing, (flags & UpsFlags.NoBattery) != 0, by, events);
        if ((flags & (UpsFlags.TestFailed | UpsFlags.TestPassed)) != 0)
        {
            Due(at, BatteryDueCause.TestFailed, (flags & UpsFlags.TestFailed) != 0, by, events);
        }

        if (by is not null)
        {
            Due(at, BatteryDueCause.DatePassed, by <= today, by, events);
        }

        // Its word is good again once a later discharge has kept it.
        if (said.Due.Contains(BatteryDueCause.LastedLess) && now.Outage is null && now.Rate < LyingRate)
        {
            Due(at, BatteryDueCause.LastedLess, false, by, events);
        }
    }

    private void Due(Moment at, BatteryDueCause cause, bool isSo, DateOnly? by, List<RecordedEvent> events)
    {
        var stands = now.Due.Contains(cause);
        if (isSo && !stands)
        {
            events.Add(new BatteryDue(at.At, now.Ups, cause, by));
            now = now with { Due = now.Due.Add(cause) };
        }
        else if (!isSo && stands)
        {
            events.Add(new BatteryInOrder(at.At, now.Ups, cause));
            now = now with { Due = now.Due.Remove(cause) };
        }
    }

    private static double? Tenth(double? value) => value is { } seconds ? Math.Round(seconds, 1) : null;
}
