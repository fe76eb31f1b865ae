using System.Globalization;
using System.Text;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;
using RoomGuard.Simulators.Ups;

namespace RoomGuard.Scenarios.Power;

/// <summary>
/// Seven days of one unit from a seed: mains cuts, flickers, sags, surges, self-tests, a cable that is pulled, an outage to the last minute of the battery,
/// and one frame in a hundred damaged all the time. What was recorded is held against what the unit really lived through.
/// </summary>
internal sealed class WeekOfPower
{
    private const int Days = 7;
    private const double DamagedFrames = 0.01;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // The state every other second, everything each 10 s (R-PWR-01), each 2 s on battery.
    private static readonly UpsPace Pace = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

    /// <summary>Two stages, 60 s needed.</summary>
    public static readonly PowerPlan Plan = new(
        "srv-1", 1, new("SRV-1"), "サーバ室", "Server room", ["ups-1"], 1,
        [
            new("stage-1", "仮想基盤", "Virtual hosts", [new("vm-1", "仮想基盤1", "VM host 1", 40), new("vm-2", "仮想基盤2", "VM host 2", 30)]),
            new("stage-2", "ストレージ", "Storage", [new("nas-1", "ストレージ", "Storage", 20)]),
        ]);

    private readonly UpsKind kind;
    private readonly int seed;
    private readonly Random chance;
    private readonly WiredUnit unit;
    private readonly List<(TimeSpan At, string What)> story = [];
    private readonly List<(TimeSpan From, TimeSpan Until)> pulled = [];
    private readonly List<TimeSpan> ends = [];

    public WeekOfPower(UpsKind kind, int seed)
    {
        this.kind = kind;
        this.seed = seed;
        chance = new(seed);
        unit = new WiredUnit(kind, seed, pace: Pace).Has(Plan);
    }

    /// <summary>How late an outage may be known when two questions in a row come to nothing: the poll, twice the wait for an answer, and asking once more.</summary>
    private TimeSpan Bound => kind == UpsKind.MegatecQ1 ? Pace.Status + TimeSpan.FromSeconds((2 * 1.3) + 0.4) : Pace.Status + TimeSpan.FromSeconds((2 * 0.9) + 0.2);

    // A unit that was silent for long is asked every two seconds, and its link may be shut just then.
    private TimeSpan BoundAt(TimeSpan moment) => pulled.Exists(one => one.Until == moment) ? Bound + TimeSpan.FromSeconds(4) : Bound;

    /// <summary>Lives the week.</summary>
    /// <returns>Everything that was not as it must be; empty: all was.</returns>
    public IReadOnlyList<string> Live()
    {
        Write();
        unit.After(30).Damages(DamagedFrames);
        unit.After(Days * 86_400.0);
        return [.. Judge()];
    }

    /// <summary>The week in lists: what happened, what was true, what was recorded.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"seed {seed}, {kind}: {unit.Frames} frames, {unit.Damaged} damaged, {unit.Readings} readings, {unit.Reopened} times opened again\n");
        text.AppendLine("happened:").AppendJoin('\n', story.Select(item => $"  {item.At:c} {item.What}")).AppendLine();
        text.AppendLine("true outages:").AppendJoin('\n', unit.Outages.Select(one => $"  {one.From:c} to {one.Until:c}")).AppendLine();
        text.AppendLine("recorded:").AppendJoin('\n', unit.Written.Select(item => $"  {item.At:c} {item.Event}"));
        return text.ToString();
    }

    // One thing in each of some hours of each day, in any order.
    private void Write()
    {
        for (var day = 0; day < Days; day++)
        {
            Action<TimeSpan>[] things =
            [
                Cut, Cut, Cut, Flicker, Flicker, Flicker, Sag, Sag, Swell, Test, PullOnMains, Pulls[day % Pulls.Length], Pulls[(day + 1) % Pulls.Length],
                .. day is 2 or 5 ? new Action<TimeSpan>[] { ToTheEnd } : [], .. day % 2 == 0 ? new Action<TimeSpan>[] { FailInTest } : [],
            ];
            var hours = Enumerable.Range(0, 24).ToArray();
            chance.Shuffle(hours);
            foreach (var (thing, hour) in things.Zip(hours))
            {
                thing(TimeSpan.FromDays(day) + (hour * Hour) + Seconds(60, 1200));
            }
        }
    }

    private Action<TimeSpan>[] Pulls => [PullInOutage, PullUntilMainsAreBack, FailWhilePulled, FailUnseen];

    private TimeSpan Seconds(double from, double until) => TimeSpan.FromSeconds(from + (chance.NextDouble() * (until - from)));

    private void At(TimeSpan at, string what, Action happens)
    {
        story.Add((at, what));
        unit.Then(at, happens);
    }

    private TimeSpan Out(TimeSpan at, TimeSpan lasts, double volts = 0)
    {
        At(at, string.Create(CultureInfo.InvariantCulture, $"mains {volts:0} V for {lasts.TotalSeconds:0.000} s"), () => unit.Mains(volts, volts == 0 ? 0 : 60));
        unit.Then(at + lasts, () => unit.Mains(Mains.Good.Volts));
        return at + lasts;
    }

    private void Pull(TimeSpan from, TimeSpan until)
    {
        At(from, $"cable out until {until:c}", () => unit.Plug(false));
        unit.Then(until, () => unit.Plug(true));
        pulled.Add((from, until));
    }

    private void Cut(TimeSpan at) => Out(at, Seconds(6, 150));

    // Shorter than the unit takes to go back: some of them are one outage for it, some are several.
    private void Flicker(TimeSpan at)
    {
        for (var times = 1 + chance.Next(6); times > 0; times--)
        {
            at = Out(at, Seconds(0.005, 0.9)) + Seconds(0.1, 9);
        }
    }

    private void Sag(TimeSpan at) => Out(at, Seconds(6, 200), chance.Next(2) == 0 ? 86 + (chance.NextDouble() * 5) : 60 + (chance.NextDouble() * 20));

    private void Swell(TimeSpan at) => Out(at, Seconds(6, 100), chance.Next(2) == 0 ? 112 : 130);

    private void Test(TimeSpan at) => At(at, "self-test", unit.StartTest);

    private void FailInTest(TimeSpan at)
    {
        At(at, "self-test", unit.StartTest);
        Out(at + Seconds(2, 9), Seconds(10, 60));
    }

    private void PullOnMains(TimeSpan at) => Pull(at, at + Seconds(1, 900));

    private void PullInOutage(TimeSpan at)
    {
        var back = Out(at, Seconds(100, 200));
        Pull(at + Seconds(10, 20), back - Seconds(15, 50));
    }

    private void PullUntilMainsAreBack(TimeSpan at)
    {
        var back = Out(at, Seconds(60, 150));
        Pull(at + Seconds(10, 40), back + Seconds(1, 400));
    }

    private void FailWhilePulled(TimeSpan at)
    {
        var back = Out(at + Seconds(5, 100), Seconds(60, 150));
        Pull(at, back - Seconds(10, 40));
    }

    private void FailUnseen(TimeSpan at)
    {
        var back = Out(at + Seconds(5, 100), Seconds(6, 60));
        Pull(at, back + Seconds(5, 100));
    }

    // Nine minutes are in the battery. The cable is out while the plan must begin: what was known counts on.
    private void ToTheEnd(TimeSpan at)
    {
        Out(at, TimeSpan.FromSeconds(530));
        ends.Add(at);
        Pull(at + Seconds(100, 200), at + Seconds(480, 500));
    }

    private IEnumerable<string> Judge()
    {
        foreach (var value in unit.Impossible)
        {
            yield return $"was judged by, and nobody measured it: {value}";
        }

        foreach (var wrong in JudgeOutages().Concat(JudgeTests()).Concat(JudgeContact()).Concat(JudgeStops()))
        {
            yield return wrong;
        }

        if (unit.Damaged < unit.Frames * DamagedFrames / 2)
        {
            yield return $"only {unit.Damaged} of {unit.Frames} frames were damaged";
        }
    }

    private IEnumerable<string> JudgeOutages()
    {
        var ends = unit.All<OutageEnded>().ToDictionary(item => item.OutageId);
        var records = new List<(TimeSpan At, TimeSpan Until)>();
        foreach (var (at, item) in unit.Written.Where(item => item.Event is OutageBegan).Select(item => (item.At, (OutageBegan)item.Event)))
        {
            if (!ends.TryGetValue(item.OutageId, out var end))
            {
                yield return $"has no end: {item}";
                continue;
            }

            var until = at + TimeSpan.FromSeconds(end.Seconds);
            if (records.Count > 0 && at < records[^1].Until)
            {
                yield return $"recorded inside another: {item}";
            }

            records.Add((at, until));
            if (!unit.Outages.Any(one => Begins(one, at)))
            {
                yield return $"invented: {item}";
            }

            if (!unit.Outages.Any(one => one.Until <= until && until <= one.Until + BoundAt(one.Until.Value)))
            {
                yield return $"ends when mains had not come back: {end}";
            }

            // Unsteady mains are one outage with its changes counted. What lies closer together than two looks may count as one.
            var within = unit.Outages.Where(one => one.From + BoundAt(one.From) >= at && one.From < until).ToArray();
            var apart = within.Skip(1).Where((one, index) => one.From - within[index].Until > Bound && one.Lasts > Bound && one.From < until - Bound).Count();
            if (end.Changes > within.Length || end.Changes < 1 + apart)
            {
                yield return $"{end.Changes} changes counted, {within.Length} were: {end}";
            }
        }

        foreach (var one in unit.Outages.Where(one => one.Lasts > BoundAt(one.From)))
        {
            var told = records.Count(record => Begins(one, record.At) || (record.At < one.From && record.Until >= one.Until));
            if (told != 1)
            {
                yield return $"{(told == 0 ? "missed" : $"recorded {told} times")}: {one}";
            }
        }

        var brief = unit.Outages.Where(one => one.Lasts <= Bound).ToArray();
        var unseen = brief.Count(one => !records.Any(record => Begins(one, record.At) || (record.At < one.From && record.Until >= one.From)));
        if (unseen > 2 + (brief.Length / 20))
        {
            yield return $"{unseen} of {brief.Length} outages of a few seconds were not seen";
        }
    }

    private bool Begins(TrueOutage one, TimeSpan at) => one.From <= at && at <= one.From + BoundAt(one.From);

    private IEnumerable<string> JudgeTests()
    {
        if (unit.All<BatteryTested>().Length > unit.Tests)
        {
            yield return $"{unit.All<BatteryTested>().Length} self-tests recorded, {unit.Tests} were";
        }

        foreach (var due in unit.All<BatteryDue>())
        {
            yield return $"the battery is new: {due}";
        }

        foreach (var trouble in unit.All<SupplyTroubled>().Where(item => item is not { Trouble: SupplyTrouble.OverVoltage, Value: > 105 }))
        {
            yield return $"there was no such trouble: {trouble}";
        }
    }

    // A cable that was out for long is told, once; and one that is back is back.
    private IEnumerable<string> JudgeContact()
    {
        var lost = unit.Written.Where(item => item.Event is UpsLost).Select(item => item.At).ToArray();
        var found = unit.Written.Where(item => item.Event is UpsFound).Select(item => item.At).ToArray();
        foreach (var (from, until) in pulled)
        {
            var told = lost.Count(at => at >= from && at <= until);
            if (until - from > TimeSpan.FromSeconds(10) && told != 1)
            {
                yield return $"cable out {from:c} to {until:c}: told {told} times";
            }
        }

        foreach (var at in lost.Where(at => !pulled.Exists(one => at >= one.From && at <= one.Until + BoundAt(one.Until))))
        {
            if (!found.Any(back => back > at && back < at + TimeSpan.FromSeconds(10)))
            {
                yield return $"not answering at {at:c}, and its cable was in";
            }
        }

        if (unit.Control.Now().Units[0].Lost)
        {
            yield return "still not answering at the end of the week";
        }
    }

    // Nobody was told to stop on mains or with time left, and everybody was when the battery went to its end.
    private IEnumerable<string> JudgeStops()
    {
        foreach (var item in unit.All<StageStarted>())
        {
            if (item.Cause switch { StageCause.Threshold => item.LeftSeconds > (item.NeededSeconds * Plan.Margin) + 0.1, StageCause.LowBattery => item.LeftSeconds > 140, _ => true })
            {
                yield return $"told with time left: {item}";
            }
        }

        foreach (var (at, order) in unit.Orders.Where(item => item.Order is TellStop))
        {
            var sight = at - TimeSpan.FromSeconds(1);
            if (!unit.Outages.Any(one => one.From <= at && (one.Until ?? TimeSpan.MaxValue) >= sight))
            {
                yield return $"{order} at {at:c} without an outage";
            }
        }

        foreach (var at in ends)
        {
            var told = unit.Orders.Where(item => item.Order is TellStop && item.At > at && item.At < at + TimeSpan.FromSeconds(530)).Select(item => ((TellStop)item.Order).Name);
            if (!told.SequenceEqual(Plan.Stages.Select(stage => stage.Name)))
            {
                yield return $"the battery went to its end from {at:c}, and told were: {string.Join(", ", told)}";
            }
        }
    }
}
