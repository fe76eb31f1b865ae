using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Climate;

/// <summary>What a sensor's surroundings say to a value that is odd.</summary>
internal interface ISurroundings
{
    /// <summary>Smoke or fire stands in the zone: whatever the air does may be so.</summary>
    bool IsFireLikely { get; }

    /// <summary>Whether another sensor of the same quantity and spot moved that way lately, or waits with a jump of its own.</summary>
    bool AnotherMoves(SensorWatch own, Quantity quantity, bool upwards, DateTimeOffset now);

    /// <summary>How many others were heard lately, stayed where they were, and are so far from this value.</summary>
    int OthersAgainst(SensorWatch own, Quantity quantity, double value, double by, DateTimeOffset now);

    /// <summary>Whether another moved by so much in that time.</summary>
    bool AnotherMoved(SensorWatch own, Quantity quantity, double by, TimeSpan within, DateTimeOffset now);
}

/// <summary>How a report was taken.</summary>
internal enum Hearing
{
    /// <summary>An old thing told again: it proves nothing.</summary>
    Old,

    /// <summary>A self-test: it proves that the sensor lives, and says nothing of the room.</summary>
    Test,

    /// <summary>The sensor itself, now.</summary>
    Live,
}

/// <summary>One sensor: reports in, how far each value may be believed out (R-ENV-05, R-ENV-06). Pure.</summary>
internal sealed class SensorWatch
{
    // Two bad values in a row are a fault, and so is every second one; one among good ones is not.
    private const int Faulty = 4;
    private const int MostBadness = 8;
    private const int OneBad = 2;
    private const int OvertakenByAtMost = 1000;
    private const int FewestGaps = 16;
    private const int MostGaps = 64;
    private static readonly TimeSpan BetweenTests = TimeSpan.FromMinutes(1);

    private readonly ClimateControlSettings settings;
    private readonly SortedDictionary<Quantity, ValueStanding> values = [];
    private readonly Dictionary<Quantity, ReadingWindow> windows = [];
    private readonly HashSet<Quantity> stuck = [];
    private readonly Queue<double> gaps = [];
    private SensorStanding now;
    private (DateTimeOffset Heard, DateTimeOffset Sampled)? odd;

    /// <summary>A sensor as it was.</summary>
    public SensorWatch(SensorPlace place, SensorStanding standing, ClimateControlSettings settings)
    {
        Place = place;
        this.settings = settings;
        now = standing;
        foreach (var value in standing.Values)
        {
            values[value.Quantity] = value;
        }
    }

    /// <summary>How it is enrolled, with the limits in force.</summary>
    public SensorPlace Place { get; set; }

    /// <summary>As it stands.</summary>
    public SensorStanding Standing => now with { Values = [.. values.Values] };

    /// <summary>Its values.</summary>
    public IReadOnlyCollection<ValueStanding> Values => values.Values;

    /// <summary>How often it speaks: as told, else as learned, else as its kind does.</summary>
    public TimeSpan Interval =>
        Place.Interval ?? (now.LearnedSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Place.Measures.All(ClimateRules.IsOnOff) ? settings.UsualSign : settings.UsualInterval);

    /// <summary>Whether that was learned.</summary>
    public bool IsLearned => Place.Interval is null && now.LearnedSeconds is not null;

    /// <summary>R-ENV-05: how long it may be silent.</summary>
    public TimeSpan LongestSilence => Interval * settings.SilentIntervals;

    /// <summary>Steady instant of the last thing it said itself; null: never.</summary>
    public DateTimeOffset? HeardAt => now.HeardAt;

    /// <summary>The same by the wall.</summary>
    public DateTimeOffset? HeardAtWall => now.HeardAtWall;

    /// <summary>Whether its own clock is off.</summary>
    public bool IsClockOff => now.ClockOffset is { } offset && Math.Abs(offset) > settings.ClockMayBeOff.TotalSeconds;

    /// <summary>%, as it told last; null: it does not say.</summary>
    public double? BatteryPercent => now.BatteryPercent;

    /// <summary>It says so itself.</summary>
    public bool SaysBatteryLow => now.BatteryLow;

    /// <summary>%; null: it does not say.</summary>
    public double? LinkPercent => now.LinkPercent;

    /// <summary>Whether its cover is open.</summary>
    public bool IsTampered => now.Tampered;

    /// <summary>Whether it says what cannot be, and not only once.</summary>
    public bool IsFaulty => values.Values.Any(value => value.Badness >= Faulty);

    /// <summary>Whether nothing it said lately could not be.</summary>
    public bool IsSound => values.Values.All(value => value.Badness == 0);

    /// <summary>Whether one of its values is stuck.</summary>
    public bool IsStuck => stuck.Count > 0;

    private bool IsBatteryEmpty => now.BatteryLow || now.BatteryPercent <= 10;

    /// <summary>From when on its silence counts.</summary>
    public void Start(Moment at) => now = now with { Since = now.Since ?? at.Steady };

    /// <summary>Whether somebody works on it.</summary>
    public bool IsInService(Moment at) => now.Service is { } service && at.At < service.Until;

    /// <summary>Who works on it; null: nobody.</summary>
    public SensorService? Service => now.Service;

    /// <summary>Somebody works on it; null: nobody any more.</summary>
    public void Serve(SensorService? service) => now = now with { Service = service };

    /// <summary>How long it has been silent.</summary>
    public TimeSpan Silence(Moment at) => (now.HeardAt ?? now.Since) is { } since ? at.Steady - since : TimeSpan.Zero;

    /// <summary>R-ENV-05: its values are too old to be shown as new, whoever was to blame.</summary>
    public bool IsSilent(Moment at) => Silence(at) > LongestSilence;

    /// <summary>R-ENV-05: it could have been heard for longer than it may be silent, and was not.</summary>
    public bool IsMissed(Moment at) => Silence(at) - TimeSpan.FromSeconds(now.AwaySeconds) > LongestSilence;

    /// <summary>For so long nobody could have heard it: that is no silence of its own.</summary>
    public void WasAway(TimeSpan time) => now = (now.HeardAt ?? now.Since) is null ? now : now with { AwaySeconds = now.AwaySeconds + Math.Round(Math.Max(0, time.TotalSeconds), 1) };

    /// <summary>A quantity is measured otherwise from now on: what was before says nothing about what comes.</summary>
    public void Forget(Quantity quantity)
    {
        _ = values.Remove(quantity);
        _ = windows.Remove(quantity);
    }

    /// <summary>A report came.</summary>
    public Hearing Take(SensorReport report, Moment at, ISurroundings around, List<RecordedEvent> events)
    {
        if (IsOld(report, at))
        {
            foreach (var value in report.Values.Where(value => !values.ContainsKey(value.Quantity) && value.Raw is { } raw && double.IsFinite(raw)))
            {
                values[value.Quantity] = ValueStanding.New(value.Quantity) with { Raw = value.Raw, Told = ValueQuality.Stale, Reason = QualityReason.ToldAgain };
            }

            return Hearing.Old;
        }

        Learn(at);
        now = now with
        {
            HeardAt = at.Steady,
            HeardAtWall = at.At,
            AwaySeconds = 0,
            Sequence = report.Sequence ?? now.Sequence,
            SampledAt = report.SampledAt ?? now.SampledAt,
            BatteryPercent = report.BatteryPercent is { } percent and >= 0 and <= 100 ? percent : now.BatteryPercent,
            BatteryLow = report.BatteryLow,
            LinkPercent = report.LinkPercent is { } link and >= 0 and <= 100 ? link : now.LinkPercent,
            Tampered = report.Tampered,
        };
        if (report.SelfTest)
        {
            if (now.TestedAt is not { } before || at.Steady - before >= BetweenTests)
            {
                events.Add(new SensorTested(at.At, Place.Zone, Place.Id, [.. report.Values.Select(value => value.Quantity).Distinct().Order()]));
                now = now with { TestedAt = at.Steady };
            }

            return Hearing.Test;
        }

        // Both zero to the last digit is what a chip says that did not answer its own board.
        var isEmpty = report.Values.Any(value => value is { Quantity: Quantity.Temperature, Raw: 0 }) && report.Values.Any(value => value is { Quantity: Quantity.RelativeHumidity, Raw: 0 });
        foreach (var value in report.Values)
        {
            Apply(value, isEmpty && value.Raw is 0, at, around);
        }

        return Hearing.Live;
    }

    /// <summary>Looks which of its values are stuck; told now and then, since it takes hours to be so.</summary>
    public void LookForStuck(Moment at, ISurroundings around)
    {
        stuck.Clear();
        foreach (var value in values.Values)
        {
            if (value.Same >= settings.StuckReports
                && value.SameSince is { } since && at.Steady - since >= settings.StuckAfter
                && MovesBy(value.Quantity) is { } by
                && around.AnotherMoved(this, value.Quantity, by, settings.StuckAfter, at.Steady))
            {
                _ = stuck.Add(value.Quantity);
            }
        }
    }

    /// <summary>How far a value may be believed at this moment.</summary>
    /// <param name="blind">What it is heard through is gone.</param>
    public (ValueQuality Quality, QualityReason Reason) QualityOf(ValueStanding value, Moment at, bool blind) =>
        IsInService(at) ? (ValueQuality.Maintenance, QualityReason.InService)
        : value.Told is ValueQuality.Stale ? (ValueQuality.Stale, QualityReason.ToldAgain)
        : blind ? (ValueQuality.Offline, QualityReason.GatewayDown)
        : now.HeardAt is null ? (ValueQuality.Offline, QualityReason.NeverHeard)
        : IsSilent(at) ? (ValueQuality.Offline, QualityReason.Silent)
        : value.Told is not ValueQuality.Good ? (value.Told, value.Reason)
        : !ClimateRules.IsOnOff(value.Quantity) && value.At is { } heard && at.Steady - heard > LongestSilence * 2 ? (ValueQuality.Stale, QualityReason.Silent)
        : stuck.Contains(value.Quantity) ? (ValueQuality.Uncertain, QualityReason.Stuck)
        : IsBatteryEmpty ? (ValueQuality.Uncertain, QualityReason.LowBattery)
        : IsClockOff ? (ValueQuality.Uncertain, QualityReason.ClockOff)
        : (ValueQuality.Good, QualityReason.None);

    /// <summary>
    /// Whether an alarm may be judged by it. A low battery and a clock that is off make a sensor 不明 and take nothing away from what it measures.
    /// </summary>
    public static bool IsJudged((ValueQuality Quality, QualityReason Reason) of) =>
        of.Quality is ValueQuality.Good || of is { Quality: ValueQuality.Uncertain, Reason: QualityReason.LowBattery or QualityReason.ClockOff };

    /// <summary>A value; null: never heard.</summary>
    public ValueStanding? Find(Quantity quantity) => values.GetValueOrDefault(quantity);

    /// <summary>The value to judge by at this moment; null: none may be.</summary>
    public double? Judged(Quantity quantity, Moment at, bool blind) =>
        values.TryGetValue(quantity, out var value) && IsJudged(QualityOf(value, at, blind)) ? value.Value : null;

    /// <summary>The good values of the last hour; null: none.</summary>
    public ReadingWindow? WindowOf(Quantity quantity) => windows.GetValueOrDefault(quantity);

    private static double? MovesBy(Quantity quantity) => quantity switch
    {
        Quantity.Temperature => 2,
        Quantity.RelativeHumidity => 8,
        _ => null,
    };

    // ---- what is new and what is not

    private bool IsOld(SensorReport report, Moment at)
    {
        if (report.Resent)
        {
            return true;
        }

        // A lower count soon after is a message overtaken on the way; one after a pause is a device that began to count anew.
        if (report.Sequence is { } count && now.Sequence is { } last
            && (count == last || (count < last && count > 2 && last - count <= OvertakenByAtMost && Silence(at) < Interval * 1.5)))
        {
            return true;
        }

        if (report.SampledAt is not { } sampled)
        {
            return false;
        }

        var offset = (at.At - sampled).TotalSeconds;
        var bound = Math.Max(LongestSilence.TotalSeconds, settings.ClockMayBeOff.TotalSeconds);
        if (Math.Abs(offset - (now.ClockOffset ?? 0)) > bound)
        {
            return IsOddClock(sampled, offset, at);
        }

        odd = null;
        if (now.SampledAt is { } before && (sampled < before || (sampled == before && !SaysOther(report))))
        {
            return true;
        }

        now = now with { ClockOffset = Math.Round(now.ClockOffset is { } usual ? (usual * 0.8) + (offset * 0.2) : offset, 1) };
        return false;
    }

    // A backlog comes in a burst, with times that are nearer together than the device sends; a clock that was turned goes on with us.
    private bool IsOddClock(DateTimeOffset sampled, double offset, Moment at)
    {
        var since = odd is { } earlier ? at.Steady - earlier.Heard : TimeSpan.MaxValue;
        var goesOn = odd is { } before
            && since >= Interval / 2 && since <= LongestSilence
            && sampled > before.Sampled && (sampled - before.Sampled - since).Duration() <= (Interval / 2) + TimeSpan.FromSeconds(5);
        if (goesOn || since > LongestSilence)
        {
            odd = (at.Steady, sampled);
        }

        if (!goesOn)
        {
            return true;
        }

        now = now with { ClockOffset = Math.Round(offset, 1), SampledAt = null };
        odd = null;
        return false;
    }

    private bool SaysOther(SensorReport report) => report.Values.Any(value => !values.TryGetValue(value.Quantity, out var known) || known.Raw != value.Raw);

    private void Learn(Moment at)
    {
        if (Place.Interval is not null || now.HeardAt is not { } before)
        {
            return;
        }

        gaps.Enqueue((at.Steady - before).TotalSeconds);
        if (gaps.Count > MostGaps)
        {
            _ = gaps.Dequeue();
        }

        if (gaps.Count >= FewestGaps)
        {
            var order = gaps.Order().ToArray();
            var longest = Place.Measures.All(ClimateRules.IsOnOff) ? settings.UsualSign : settings.LongestLearned;
            now = now with { LearnedSeconds = Math.Round(Math.Clamp(order[(int)Math.Ceiling(order.Length * 0.95) - 1], settings.ShortestLearned.TotalSeconds, longest.TotalSeconds)) };
        }
    }

    // ---- what can be and what cannot

    private void Apply(SensorValue value, bool isEmpty, Moment at, ISurroundings around)
    {
        var before = values.GetValueOrDefault(value.Quantity) ?? ValueStanding.New(value.Quantity);
        if (value.Raw is not { } raw || !double.IsFinite(raw))
        {
            values[value.Quantity] = Refused(before, null, QualityReason.NotANumber);
            return;
        }

        if (ClimateRules.IsOnOff(value.Quantity))
        {
            values[value.Quantity] = raw is 0 or 1 ? Accepted(before, raw, raw, at) : Refused(before, raw, QualityReason.OutOfRange);
            return;
        }

        var (from, to) = Place.RangeOf(value.Quantity);
        if (isEmpty || SensorLimits.IsErrorValue(value.Quantity, raw, before.Value is { } known ? RawOf(value.Quantity, known) : null))
        {
            values[value.Quantity] = Refused(before, raw, QualityReason.ErrorValue);
        }
        else if (raw < from || raw > to)
        {
            values[value.Quantity] = Refused(before, raw, QualityReason.OutOfRange);
        }
        else
        {
            var number = Calibrated(value.Quantity, raw);
            values[value.Quantity] = Objection(before, number, at, around) is { } reason
                ? Refused(before, raw, reason) with { Held = number, HeldAt = at.Steady }
                : Accepted(before, raw, number, at);
        }
    }

    private double Calibrated(Quantity quantity, double raw)
    {
        var number = Place.CalibrationOf(quantity) is { } calibration ? (raw * calibration.Gain) + calibration.Offset : raw;
        return Math.Round(quantity is Quantity.RelativeHumidity ? Math.Clamp(number, 0, 100) : number, 3);
    }

    private double RawOf(Quantity quantity, double value) => Place.CalibrationOf(quantity) is { } calibration ? (value - calibration.Offset) / calibration.Gain : value;

    /// <summary>Why a number that the sensor can measure is not taken at its word; null: it is.</summary>
    private QualityReason? Objection(ValueStanding before, double number, Moment at, ISurroundings around)
    {
        if (SensorLimits.PaceOf(before.Quantity) is not { } pace || before is not { Value: { } last, At: { } lastAt })
        {
            return null;
        }

        if (before is { Reason: QualityReason.UnitChange, Held: { } other, HeldAt: { } otherAt } && Math.Abs(number - other) <= 1.8 * Reach(pace, at.Steady - otherAt) && number > 45)
        {
            return QualityReason.UnitChange;
        }

        var far = Math.Abs(number - last);
        if (far <= Reach(pace, at.Steady - lastAt) && !(before.Reason is QualityReason.AgainstNeighbours && far > Alone(before.Quantity)))
        {
            return null;
        }

        if (around.IsFireLikely && number > last)
        {
            return null;
        }

        if (SensorLimits.IsOtherUnit(before.Quantity, last, number))
        {
            return QualityReason.UnitChange;
        }

        // After a silence of its own nothing is left to hold it against.
        if ((before.Held is null && at.Steady - lastAt > LongestSilence) || around.AnotherMoves(this, before.Quantity, number > last, at.Steady))
        {
            return null;
        }

        // The second that says the same is believed: a real rise is late by one value and no more. Alone against neighbours that stayed it is not.
        return before is not { Held: { } held, HeldAt: { } heldAt } || Math.Abs(number - held) > Reach(pace, at.Steady - heldAt) ? QualityReason.Jump
            : far > Alone(before.Quantity) && around.OthersAgainst(this, before.Quantity, number, Alone(before.Quantity), at.Steady) >= 2 ? QualityReason.AgainstNeighbours
            : null;
    }

    private static double Alone(Quantity quantity) => SensorLimits.ImpossibleAlone(quantity) ?? double.MaxValue;

    private static double Reach((double Step, double PerMinute) pace, TimeSpan time) => Math.Max(pace.Step, pace.PerMinute * time.TotalMinutes);

    private ValueStanding Accepted(ValueStanding before, double raw, double number, Moment at)
    {
        if (!ClimateRules.IsOnOff(before.Quantity))
        {
            if (!windows.TryGetValue(before.Quantity, out var window))
            {
                windows[before.Quantity] = window = new();
            }

            window.Add(at.Steady, number, LongestSilence);
        }

        var isSame = before.Value == number;
        return before with
        {
            Value = number,
            At = at.Steady,
            AtWall = at.At,
            Raw = raw,
            Told = ValueQuality.Good,
            Reason = QualityReason.None,
            Held = null,
            HeldAt = null,
            Badness = Math.Max(0, before.Badness - 1),
            SameSince = isSame ? before.SameSince ?? at.Steady : at.Steady,
            Same = isSame ? before.Same + 1 : 1,
        };
    }

    private static ValueStanding Refused(ValueStanding before, double? raw, QualityReason reason) => before with
    {
        Raw = raw is { } number && double.IsFinite(number) ? number : null,
        Told = ValueQuality.Bad,
        Reason = reason,
        Badness = Math.Min(MostBadness, before.Badness + OneBad),
    };
}
