using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Power;

/// <summary>All that <see cref="PowerControl"/> remembers.</summary>
/// <param name="Planned">Planned outages that are not over.</param>
/// <param name="Serials">The newest order of each key that was taken.</param>
/// <param name="Arresters">Arresters that are used up, and the surges counted by each.</param>
/// <param name="Webhooks">What receivers are owed; null: a snapshot of an older program.</param>
/// <param name="Commands">Commands given to a unit that have not ended; null: a snapshot of an older program.</param>
public sealed record PowerSnapshot(
    ClockSnapshot Clock,
    ImmutableArray<UnitStanding> Units,
    ImmutableArray<PlanStanding> Plans,
    ImmutableArray<HostStops> Stops,
    ImmutableArray<PlannedOutage> Planned,
    ImmutableSortedDictionary<string, long> Serials,
    ImmutableSortedDictionary<string, ArresterStanding> Arresters,
    ImmutableArray<WebhookCall>? Webhooks = null,
    ImmutableArray<UpsCommandRun>? Commands = null);

/// <summary>An arrester as last told.</summary>
public sealed record ArresterStanding(bool IsUsedUp, long? Surges);

/// <summary>
/// The power behind the room (R-PWR-01 … 09): told what the units say and who is logged in, it answers with what to write and what to tell the servers, in
/// that order. Single-threaded, without a clock, without I/O, deterministic.
/// </summary>
/// <remarks>
/// When the link to a unit dies in an outage, its last good runtime less the time since counts on, and the plan goes by that. A unit that falls silent on
/// mains is 不明 and an alarm, and no reason to stop anything.
/// </remarks>
public sealed class PowerControl
{
    // Readings of an outage are kept so often, for a restart in the middle of it with a dead link.
    private static readonly TimeSpan KeptEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(7);
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly PowerControlSettings settings;
    private readonly RoomClock clock = new();
    private readonly SortedDictionary<string, UnitWatch> units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnitStanding> standings = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StopRun> plans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> logins = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, long> serials = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ArresterStanding> arresters = new(StringComparer.Ordinal);
    private readonly List<PlannedOutage> planned = [];
    private readonly StopTimes times;
    private readonly WebhookBook webhooks;
    private readonly ImmutableHashSet<string> own;
    private readonly UpsCommandControl commands;
    private DateTimeOffset keptAt = DateTimeOffset.MinValue;
    private DateTimeOffset? last;
    private Moment? walked;

    /// <summary>Units nothing is known of yet, and no plan.</summary>
    /// <param name="units">The units on this bridge's wires; a plan of others is another bridge's.</param>
    /// <param name="webhooks">The receivers this bridge may post to (R-NET-05); null: none.</param>
    /// <param name="allowed">What people may have each unit do; null: nothing (R-NET-04, R-PWR-10).</param>
    public PowerControl(
        IEnumerable<string> units,
        PowerControlSettings settings,
        IEnumerable<string>? webhooks = null,
        ImmutableSortedDictionary<string, ImmutableArray<UpsCommandOffer>>? allowed = null)
    {
        ArgumentNullException.ThrowIfNull(units);
        this.settings = settings;
        times = new(settings);
        this.webhooks = new([.. webhooks ?? []], settings);
        own = [.. units];
        commands = new(allowed ?? ImmutableSortedDictionary<string, ImmutableArray<UpsCommandOffer>>.Empty);
        foreach (var unit in own)
        {
            this.units[unit] = new(UnitStanding.New(unit), settings);
            standings[unit] = this.units[unit].Standing;
        }
    }

    /// <summary>Whether anything a restart must not forget has changed since the last <see cref="Snapshot"/> or <see cref="Restore"/>.</summary>
    public bool Changed { get; private set; }

    /// <summary>When <see cref="TimePassed"/> must be told at the latest, by the wall; null: nothing waits for time.</summary>
    public DateTimeOffset? NextDue =>
        walked is not { At: var at } || units.Count == 0 ? null
        : at + (units.Values.Any(unit => unit.Standing.Outage is not null) || plans.Values.Any(plan => plan.Standing is { OutageId: not null } or { Told.IsEmpty: false }) || !commands.Runs.IsEmpty ? Busy : Quiet);

    /// <summary>How long hosts take to stop.</summary>
    public StopTimes Times => times;

    /// <summary>The units, by name.</summary>
    public ImmutableArray<UnitStanding> Units => [.. units.Values.Select(unit => unit.Standing)];

    /// <summary>Whether there is nothing here to remember: no unit is set up and no arrester has said a word.</summary>
    public bool IsEmpty => units.Count == 0 && arresters.Count == 0;

    /// <summary>The plans in force here.</summary>
    public ImmutableArray<PlanStanding> Plans => [.. plans.Values.Select(plan => plan.Standing)];

    /// <summary>All of it for the pages.</summary>
    public PowerNow Now()
    {
        var steady = Steady();
        return new(
            last ?? steady,
            [.. units.Values.Select(unit => NowOf(unit, steady))],
            [.. plans.Values.Select(plan => NowOf(plan.Standing, steady))],
            webhooks.Names);
    }

    /// <summary>How a plan's units stand.</summary>
    public Reserve ReserveOf(PowerPlan plan) => Reserve.Of(plan, standings, Steady());

    /// <summary>One step. The answer is complete: the caller writes all writes, then does all acts, then tells.</summary>
    public ImmutableArray<Effect> Handle(RoomInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var at = input is ClockStepped step ? clock.Step(step.At, step.Expected) : clock.Tell(input.At);
        last = at.At;
        var effects = new List<Effect>();
        var events = new List<RecordedEvent>();
        var orders = new List<Effect>();
        switch (input)
        {
            case RoomStarted:
                foreach (var unit in units.Values)
                {
                    unit.Start(at);
                }

                Changed |= commands.Start(at, orders);

                // The NUT server begins with nobody told: whoever must stop is told again.
                effects.AddRange(plans.Values.SelectMany(plan => plan.Standing.Told).Select(stage => new Act(new TellStop(stage.Name), Always: true)));
                Changed |= webhooks.Start(at, effects);
                break;
            case WebhookTaken or WebhookMissed:
                Changed |= webhooks.Hear(input, at, effects);
                break;
            case UpsHeard { Reading: var reading } when units.TryGetValue(reading.Ups, out var read):
                Changed |= read.Take(reading, at, IsPlanned(reading.Ups, at.At), events);
                Changed |= read.Standing.Outage is not null && at.Steady - keptAt >= KeptEvery;
                Changed |= commands.See(reading, at, orders);
                break;
            case UpsCommandAnswered answered:
                Changed |= commands.Answer(answered, at, orders);
                break;
            case RoomOrderArrived { Order: UpsCommandOrder order } told when units.TryGetValue(order.Ups, out var unit) && IsNew(told):
                commands.Take(order, unit.Standing, ServersOn(order.Ups), at, orders);
                break;
            case LoginsChanged changed:
                logins[changed.Name] = changed.Users;
                break;
            case StopForced forced:
                // Not told anew by us: the server has done it already. It is written down, and the plan knows.
                foreach (var plan in plans.Values)
                {
                    Changed |= plan.Force(forced.Name, Logins, at, ReserveOf(plan.Standing.Plan).LeftSeconds, effects);
                }

                break;
            case ArresterRead arrester:
                Arrester(arrester, at, events);
                break;
            case RoomOrderArrived { Order: PowerPlanOrder or PlannedOutageOrder } arrived:
                Order(arrived, at, effects);
                break;
            default:
                break;
        }

        // A reading is about its unit and its plans. Hundreds of units are gone through when something else happens, and each second at the least.
        var only = input is UpsHeard { Reading.Ups: var heard } && walked is { Steady: var before } && at.Steady - before < Busy ? heard : null;
        walked = only is null ? at : walked;
        foreach (var unit in only is null ? units.Values : units.TryGetValue(only, out var one) ? [one] : Enumerable.Empty<UnitWatch>())
        {
            Changed |= unit.Elapse(at, events);
            standings[unit.Standing.Ups] = unit.Standing;
        }

        Changed |= commands.Elapse(at, orders);
        effects.InsertRange(0, events.Select(item => new Write(item)));
        effects.AddRange(orders);
        Step(only, at, effects);
        Changed |= webhooks.Elapse(at, effects);
        return [.. effects];
    }

    /// <summary>All that must outlive a restart.</summary>
    public PowerSnapshot Snapshot()
    {
        Changed = false;
        keptAt = Steady();
        return new(
            clock.Snapshot(),
            Units,
            Plans,
            times.All,
            [.. planned],
            serials.ToImmutableSortedDictionary(StringComparer.Ordinal),
            arresters.ToImmutableSortedDictionary(StringComparer.Ordinal),
            webhooks.Owed,
            commands.Runs);
    }

    /// <summary>Goes on as the one that made the snapshot would have. Units that are no longer on this bridge's wires are forgotten, with their plans.</summary>
    public void Restore(PowerSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        clock.Restore(snapshot.Clock);
        foreach (var unit in snapshot.Units.Where(unit => own.Contains(unit.Ups)))
        {
            // Heard before the restart says nothing about now: a silent unit is told 不明 after its time, counted from here.
            units[unit.Ups] = new(unit with { HeardAt = null }, settings);
            standings[unit.Ups] = units[unit.Ups].Standing;
        }

        times.Restore(snapshot.Stops);
        foreach (var plan in snapshot.Plans.Where(plan => IsOurs(plan.Plan)))
        {
            plans[plan.Plan.Id] = new(plan, times, webhooks, settings);
        }

        webhooks.Restore(snapshot.Webhooks ?? []);

        planned.Clear();
        planned.AddRange(snapshot.Planned);
        foreach (var (key, serial) in snapshot.Serials)
        {
            serials[key] = serial;
        }

        foreach (var (name, standing) in snapshot.Arresters)
        {
            arresters[name] = standing;
        }

        commands.Restore(snapshot.Commands);
        keptAt = snapshot.Clock.Last;
        Changed = false;
    }

    private UnitNow NowOf(UnitWatch unit, DateTimeOffset steady)
    {
        var now = unit.Standing;
        return new(
            now.Ups, now.Power, now.Lost is not null || now.GoodAt is null, unit.LastGood, unit.Last?.Trouble, now.Left(steady) is { } left ? Math.Round(left) : null, now.Rate,
            now.Outage?.StartedAt, now.Outage?.Unsteady ?? false, now.Test is not null, [.. now.Troubles.Select(run => run.Trouble)], now.Due, commands.OffersOf(now.Ups));
    }

    private PlanNow NowOf(PlanStanding plan, DateTimeOffset steady)
    {
        var reserve = ReserveOf(plan.Plan);
        var rest = plan.Plan with { Stages = [.. plan.Plan.Stages.Where(stage => !plan.Told.Any(told => told.Name == stage.Name))] };
        return new(
            plan.Plan.Id, plan.Plan.Version, reserve.IsOutage, plan.OutageId, plan.IsShort, PowerForecast.Of(rest, times, reserve.LeftSeconds),
            [.. plan.Plan.Stages.Select(stage => plan.Told.FirstOrDefault(told => told.Name == stage.Name) is { } told
                ? new StageNow(stage.Name, Math.Round((steady - told.ToldAt).TotalSeconds), told.Result, Logins(stage.Name), told.Stopped)
                : new StageNow(stage.Name, null, null, Logins(stage.Name), []))]);
    }

    private DateTimeOffset Steady() => clock.Snapshot().Last;

    private ImmutableArray<string> Logins(string name) => logins.TryGetValue(name, out var users) ? users : [];

    private bool IsOurs(PowerPlan plan) => plan.Units.Any(own.Contains);

    private bool IsPlanned(string ups, DateTimeOffset at) => planned.Exists(outage => outage.Covers(ups, at));

    private void Step(string? only, Moment at, List<Effect> effects)
    {
        foreach (var plan in plans.Values.Where(plan => only is null || plan.Standing.Plan.Units.Contains(only)))
        {
            var reserve = ReserveOf(plan.Standing.Plan);
            var members = plan.Standing.Plan.Units.Where(standings.ContainsKey).Select(name => standings[name]).ToArray();
            var outage = members.Where(unit => unit.Outage is not null).OrderBy(unit => unit.Outage!.Started).FirstOrDefault()?.Outage?.Id;
            var charges = members.Where(unit => unit.Lost is null && unit.ChargePercent is not null).Select(unit => unit.ChargePercent!.Value).ToArray();
            Changed |= plan.Step(reserve, outage, charges.Length == 0 ? null : charges.Min(), Logins, at, effects);
        }
    }

    // Told again after a break, or an older one of the same key: nothing is done twice.
    private bool IsNew(RoomOrderArrived arrived)
    {
        if (serials.TryGetValue(arrived.Order.Key, out var known) && known >= arrived.Serial)
        {
            return false;
        }

        serials[arrived.Order.Key] = arrived.Serial;
        Changed = true;
        return true;
    }

    private ImmutableArray<string> ServersOn(string ups) =>
    [
        .. plans.Values.Where(plan => plan.Standing.Plan.Units.Contains(ups)).SelectMany(plan => plan.Standing.Plan.Stages).SelectMany(stage => Logins(stage.Name))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private void Order(RoomOrderArrived arrived, Moment at, List<Effect> effects)
    {
        if (own.IsEmpty || !IsNew(arrived))
        {
            return;
        }

        switch (arrived.Order)
        {
            case PowerPlanOrder { Withdrawn: true, Plan: var plan }:
                _ = plans.Remove(plan.Id);
                webhooks.Withdraw(plan.Id, at, effects);
                break;
            case PowerPlanOrder { Plan: var plan } when IsOurs(plan) && !plan.Problems().Any():
                if (plans.TryGetValue(plan.Id, out var run))
                {
                    run.Change(plan);
                }
                else
                {
                    plans[plan.Id] = new(PlanStanding.New(plan), times, webhooks, settings);
                }

                break;
            case PlannedOutageOrder { Outage: var outage, CalledOff: var off }:
                _ = planned.RemoveAll(one => one.Id == outage.Id || one.To + KeptAfterEnd < arrived.At);
                if (!off)
                {
                    planned.Add(outage);
                }

                break;
            default:
                break;
        }
    }

    private void Arrester(ArresterRead read, Moment at, List<RecordedEvent> events)
    {
        var before = arresters.TryGetValue(read.Arrester, out var known) ? known : new(false, read.Surges);
        ArresterStanding standing = new(read.IsUsedUp ?? before.IsUsedUp, read.Surges ?? before.Surges);
        var isPlanned = IsPlanned(read.Arrester, at.At);
        if (standing.Surges > before.Surges)
        {
            events.Add(new SupplyTroubled(at.At, read.Arrester, SupplyTrouble.Surge, read.PeakVoltage, isPlanned));
        }

        if (standing.IsUsedUp && !before.IsUsedUp)
        {
            events.Add(new SupplyTroubled(at.At, read.Arrester, SupplyTrouble.ArresterUsedUp, null, isPlanned));
        }
        else if (!standing.IsUsedUp && before.IsUsedUp)
        {
            events.Add(new SupplyRecovered(at.At, read.Arrester, SupplyTrouble.ArresterUsedUp, 0, null));
        }

        Changed |= standing != before;
        arresters[read.Arrester] = standing;
    }
}
