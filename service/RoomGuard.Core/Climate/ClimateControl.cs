using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Climate;

/// <summary>All that <see cref="ClimateControl"/> remembers.</summary>
/// <param name="Serials">The newest order of each key that was taken.</param>
/// <param name="Applied">What of the plan has been written down, so that it is written once.</param>
/// <param name="Ordered">Limits that were ordered in place of the plan's; null: none.</param>
/// <param name="Enrolled">Sensors that were enrolled by order; null: none.</param>
/// <param name="Plans">Plans of zones that were ordered; null: none.</param>
public sealed record ClimateSnapshot(
    ClockSnapshot Clock,
    ImmutableArray<SensorStanding> Sensors,
    ImmutableArray<GatewayStanding> Gateways,
    ImmutableArray<ConditionStanding> Conditions,
    ImmutableSortedDictionary<string, long> Serials,
    ImmutableSortedDictionary<string, string> Applied,
    ImmutableArray<ClimateLimitsOrder>? Ordered = null,
    ImmutableArray<SensorEnrolOrder>? Enrolled = null,
    ImmutableArray<SensingPlanOrder>? Plans = null);

/// <summary>
/// The climate of the rooms (R-ENV-01 … 09): told what sensors say, it answers with what to write, and with what the doors must know of a fire. Single-threaded,
/// without a clock, without I/O, deterministic.
/// </summary>
/// <remarks>
/// Three promises. What a sensor cannot have measured raises no alarm and clears none. What is not heard is 不明 and never normal. And whatever has one cause
/// is one alarm: a gateway's sensors are blind with it and say nothing each, and what rises after the cooling has stopped names that as its cause.
/// </remarks>
public sealed class ClimateControl
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlowTick = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShakeLasts = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);
    private static readonly Delays AtOnce = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    private readonly ClimatePlan written;
    private readonly HashSet<string> own;
    private readonly ClimateControlSettings settings;
    private readonly RoomClock clock = new();
    private readonly SortedDictionary<string, Seat> seats = new(StringComparer.Ordinal);
    private readonly Dictionary<ZoneId, ZoneSeat> zones = [];
    private readonly SortedDictionary<string, GatewaySeat> gateways = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> serials = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> applied = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ClimateLimitsOrder> ordered = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SensorEnrolOrder> enrolled = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SensingPlanOrder> plans = new(StringComparer.Ordinal);
    private readonly List<ConditionRun> orphans = [];
    private ClimatePlan plan;
    private ImmutableArray<ZoneId> burning = [];
    private DateTimeOffset? last;
    private DateTimeOffset tickedAt = DateTimeOffset.MinValue;
    private DateTimeOffset slowAt = DateTimeOffset.MinValue;
    private DateTimeOffset keptAt = DateTimeOffset.MinValue;
    private DateTimeOffset? watchedUntil;
    private bool changed;
    private bool hearsOthers;

    /// <summary>Sensors nothing is known of yet.</summary>
    /// <exception cref="ArgumentException">The plan contradicts itself; the message says how.</exception>
    public ClimateControl(ClimatePlan plan, ClimateControlSettings settings)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Problems().FirstOrDefault() is { } problem)
        {
            throw new ArgumentException(problem, nameof(plan));
        }

        this.plan = written = plan;
        own = [.. plan.Sensors.Select(place => place.Id)];
        this.settings = settings;
        foreach (var place in plan.Sensors)
        {
            seats[place.Id] = new(new(place, SensorStanding.New(place.Id), settings), LimitsOf(place));
        }

        Connect();
    }

    /// <summary>Whether anything a restart must not forget has changed since the last <see cref="Snapshot"/> or <see cref="Restore"/>.</summary>
    public bool Changed
    {
        get => changed && !IsEmpty;
        private set => changed = value;
    }

    /// <summary>Rises with each condition that is raised, changed or cleared: mere readings leave it as it is.</summary>
    public long Stamp { get; private set; }

    /// <summary>When <see cref="TimePassed"/> must be told at the latest, by the wall; null: nothing is sensed.</summary>
    public DateTimeOffset? NextDue => last is { } at && seats.Count > 0 ? at + Tick : null;

    /// <summary>Whether no climate is watched here.</summary>
    public bool IsEmpty => plan.Zones.IsEmpty;

    /// <summary>Whether a sensor stands in the plan, so that its silence is noticed.</summary>
    public bool Watches(string sensor) => seats.ContainsKey(sensor);

    /// <summary>One step. The answer is complete: the caller writes all writes, then does all acts, then tells.</summary>
    public ImmutableArray<Effect> Handle(RoomInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var at = input is ClockStepped step ? clock.Step(step.At, step.Expected) : clock.Tell(input.At);
        last = at.At;
        var events = new List<RecordedEvent>();
        switch (input)
        {
            case RoomStarted:
                Start(at, events);
                break;
            case SensorHeard heard when seats.TryGetValue(heard.Report.SensorId, out var seat):
                Hear(seat, heard.Report, at, events);
                break;
            case GatewayTold told:
                Tell(told.Heard, at);
                break;
            case SensorReachTold told when seats.TryGetValue(told.Sensor, out var reached):
                reached.AwaySince = told.Away ? reached.AwaySince ?? at.At : null;
                break;
            case RoomOrderArrived { Order: ClimateConfirmOrder order } arrived when IsNew(arrived):
                Confirm(order, at, events);
                break;
            case RoomOrderArrived { Order: ClimateLimitsOrder order } arrived when IsNew(arrived):
                Limit(order, at, events);
                break;
            case RoomOrderArrived { Order: SensorEnrolOrder order } arrived when (settings.Panel is null || settings.Panel == order.Panel) && IsNew(arrived):
                Enrol(order, at, events);
                break;
            case RoomOrderArrived { Order: SensingPlanOrder order } arrived when zones.ContainsKey(order.Zone) && IsNew(arrived):
                Replan(order, at, events);
                break;
            case RoomOrderArrived { Order: SensorServiceOrder order } arrived when seats.TryGetValue(order.Sensor, out var served) && IsNew(arrived):
                Serve(served, order, at, events);
                break;
            default:
                break;
        }

        if (seats.Count > 0 && (at.Steady - tickedAt >= Tick || input is not SensorHeard))
        {
            Pass(at, events);
        }

        Changed |= events.Count > 0;
        Stamp += events.Count > 0 ? 1 : 0;
        return Answer(events, input is RoomStarted, at);
    }

    /// <summary>All of it for the pages.</summary>
    public ClimateNow Now()
    {
        var steady = clock.Snapshot().Last;
        var at = new Moment(last ?? steady, steady);
        return new(
            at.At,
            [.. plan.Zones.Select(zone => NowOf(zones[zone.Zone], at))],
            [.. seats.Values.Select(seat => NowOf(seat, at))],
            [.. Runs().Where(run => run.IsRaised).OrderBy(run => run.Standing.RaisedAt).ThenBy(run => run.Standing.Name, StringComparer.Ordinal).Select(NowOf)],
            [.. gateways.Values.Select(gateway => new GatewayNow(
                gateway.Standing.Gateway,
                gateway.Standing.IsDown ? ClimateState.Unknown : ClimateState.Normal,
                gateway.Standing.IsDown ? [.. gateway.Members.Select(seat => seat.Watch.Place.Id)] : []))]);
    }

    /// <summary>All that must outlive a restart.</summary>
    public ClimateSnapshot Snapshot()
    {
        Changed = false;
        var told = clock.Snapshot();
        keptAt = told.Last;
        return new(
            told,
            [.. seats.Values.Select(seat => seat.Watch.Standing)],
            [.. gateways.Values.Select(gateway => gateway.Standing)],
            [.. Runs().Concat(orphans).Select(run => run.Standing).Where(standing => !standing.IsIdle)],
            serials.ToImmutableSortedDictionary(StringComparer.Ordinal),
            applied.ToImmutableSortedDictionary(StringComparer.Ordinal),
            ordered.Count == 0 ? null : [.. ordered.Values],
            enrolled.Count == 0 ? null : [.. enrolled.Values],
            plans.Count == 0 ? null : [.. plans.Values]);
    }

    /// <summary>Goes on as the one that made the snapshot would have. What the plan no longer holds is dropped, and written down as dropped at the start.</summary>
    public void Restore(ClimateSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        clock.Restore(snapshot.Clock);
        foreach (var order in snapshot.Ordered ?? [])
        {
            ordered[order.Key] = order;
        }

        foreach (var order in snapshot.Enrolled ?? [])
        {
            enrolled[order.Place.Id] = order;
        }

        foreach (var order in snapshot.Plans ?? [])
        {
            plans[order.Zone.Value] = order;
        }

        _ = Place();
        foreach (var standing in snapshot.Sensors.Where(standing => seats.ContainsKey(standing.Sensor)))
        {
            var seat = seats[standing.Sensor];
            seats[standing.Sensor] = new(new(seat.Watch.Place, standing, settings), seat.Limits);
        }

        Connect();
        foreach (var standing in snapshot.Gateways.Where(standing => gateways.ContainsKey(standing.Gateway)))
        {
            gateways[standing.Gateway].Standing = standing;
        }

        foreach (var standing in snapshot.Conditions)
        {
            var run = new ConditionRun(standing, settings);
            if (HolderOf(standing) is { } holder)
            {
                holder[standing.Rule] = run;
            }
            else
            {
                orphans.Add(run);
            }
        }

        foreach (var (key, serial) in snapshot.Serials)
        {
            serials[key] = serial;
        }

        foreach (var (key, what) in snapshot.Applied)
        {
            applied[key] = what;
        }

        burning = Burning();
        watchedUntil = snapshot.Clock.Last;
        keptAt = snapshot.Clock.Last;
        tickedAt = slowAt = snapshot.Clock.Last;
        Changed = false;
    }

    private static (double Value, bool IsThere) Felt(ValueStanding value) => (value.Value ?? 0, value is { Told: ValueQuality.Good, Value: not null });

    private static Look LookAt(LimitSet limits, double value, bool below, (ValueQuality Quality, QualityReason Reason) of)
    {
        var (warning, alarm) = below ? (limits.WarningLow, limits.AlarmLow) : (limits.WarningHigh, limits.AlarmHigh);
        var sign = below ? -1 : 1;
        bool Beyond(double? limit) => limit is { } one && (value - one) * sign > 0;
        bool Back(double? limit) => limit is not { } one || (value - one) * sign <= -limits.Deadband;
        return new(Beyond(warning), Beyond(alarm), Back(alarm), Back(warning ?? alarm), value, Beyond(alarm) ? alarm : warning ?? alarm, of.Quality, of.Reason);
    }

    private static ClimateState Worse(ClimateState one, ClimateState other) => Rank(one) >= Rank(other) ? one : other;

    private static int Rank(ClimateState state) => state switch
    {
        ClimateState.Normal => 0,
        ClimateState.Caution => 1,
        ClimateState.Unknown => 2,
        _ => 3,
    };

    // ---- what hangs together

    private ImmutableArray<LimitSet> LimitsOf(SensorPlace place)
    {
        var measures = new List<Measure> { Measure.Battery };
        void With(Quantity quantity, params Measure[] of)
        {
            if (place.Measures.Contains(quantity))
            {
                measures.AddRange(of);
            }
        }

        With(Quantity.Temperature, Measure.Temperature, Measure.TemperatureRise, Measure.TemperatureChange);
        With(Quantity.RelativeHumidity, Measure.Humidity, Measure.HumidityChange);
        With(Quantity.SurfaceTemperature, Measure.CondensationMargin);
        With(Quantity.Pm10, Measure.Dust);
        With(Quantity.Pm25, Measure.FineDust);
        if (place.Measures.Contains(Quantity.Temperature))
        {
            With(Quantity.RelativeHumidity, Measure.DewPoint);
        }

        return [.. measures.Select(measure => plan.LimitsOf(place, measure)).OfType<LimitSet>()];
    }

    private void Connect()
    {
        foreach (var zone in plan.Zones)
        {
            var members = seats.Values.Where(seat => seat.Watch.Place.Zone == zone.Zone).ToArray();
            var air = new ZoneAir(zone, [.. members.Select(seat => seat.Watch)]);
            if (zones.TryGetValue(zone.Zone, out var known))
            {
                (known.Air, known.Members) = (air, [.. members]);
            }
            else
            {
                zones[zone.Zone] = new(air, [.. members]);
            }
        }

        foreach (var gateway in gateways.Values)
        {
            gateway.Members = [];
        }

        foreach (var name in seats.Values.SelectMany(seat => seat.Watch.Place.Through ?? []).Distinct(StringComparer.Ordinal))
        {
            ImmutableArray<Seat> members = [.. seats.Values.Where(seat => (seat.Watch.Place.Through ?? []).Contains(name))];
            if (gateways.TryGetValue(name, out var known))
            {
                known.Members = members;
            }
            else
            {
                gateways[name] = new(name, members);
            }
        }
    }

    private Dictionary<ClimateRule, ConditionRun>? HolderOf(ConditionStanding standing) => standing.Rule switch
    {
        ClimateRule.GatewayDown => gateways.GetValueOrDefault(standing.Object)?.Runs,
        ClimateRule.Quake or ClimateRule.CoolingLost => standing.Zone is { } zone ? zones.GetValueOrDefault(zone)?.Runs : null,
        _ => seats.TryGetValue(standing.Object, out var seat) && seat.Watch.Place.Zone == standing.Zone ? seat.Runs : null,
    };

    private IEnumerable<ConditionRun> Runs() =>
        seats.Values.SelectMany(seat => seat.Runs.Values).Concat(zones.Values.SelectMany(zone => zone.Runs.Values)).Concat(gateways.Values.SelectMany(gateway => gateway.Runs.Values));

    private bool IsBlind(Seat seat)
    {
        foreach (var name in seat.Watch.Place.Through ?? [])
        {
            if (gateways[name].Standing.IsDown)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsBlind(SensorWatch sensor) => IsBlind(seats[sensor.Place.Id]);

    private bool Stands(ZoneId zone, ClimateRule rule) =>
        zones[zone].Members.Any(seat => seat.Runs.TryGetValue(rule, out var run) && run.IsRaised) || (zones[zone].Runs.TryGetValue(rule, out var own) && own.IsRaised);

    /// <summary>The condition that explains one that is raised now; null: none does.</summary>
    private string? CauseOf(ZoneId zone, ClimateRule rule)
    {
        ClimateRule[] causes = ClimateRules.FactorOf(rule) switch
        {
            SensingFactor.Temperature when rule is not (ClimateRule.CoolingStopped or ClimateRule.CoolingLost) => [ClimateRule.Fire, ClimateRule.CoolingStopped, ClimateRule.CoolingLost, ClimateRule.Smoke],
            SensingFactor.Humidity => [ClimateRule.Fire, ClimateRule.CoolingStopped, ClimateRule.CoolingLost],
            SensingFactor.Fire when rule is not ClimateRule.Fire => [ClimateRule.Fire],
            SensingFactor.Dust => [ClimateRule.Fire, ClimateRule.Smoke],
            _ => [],
        };
        return causes
            .SelectMany(cause => zones[zone].Members.SelectMany(seat => seat.Runs).Concat(zones[zone].Runs).Where(one => one.Key == cause && one.Value.IsRaised))
            .Select(one => one.Value.Standing.Name)
            .FirstOrDefault();
    }

    // ---- the start

    private void Start(Moment at, List<RecordedEvent> events)
    {
        hearsOthers = enrolled.Count > 0;
        if (watchedUntil is { } until && seats.Count > 0 && at.Steady > until)
        {
            events.Add(new ClimateGap(at.At, clock.WallOf(until), at.At, "restart"));
            foreach (var seat in seats.Values.Where(seat => !IsBlind(seat)))
            {
                seat.Watch.WasAway(at.Steady - until);
            }
        }

        watchedUntil = null;
        foreach (var seat in seats.Values)
        {
            seat.Watch.Start(at);
        }

        foreach (var orphan in orphans)
        {
            orphan.Drop(at, events);
        }

        orphans.Clear();
        Apply(at, events);
    }

    // What of the plan is new is written down, once.
    private void Apply(Moment at, List<RecordedEvent> events)
    {
        foreach (var zone in plan.Zones)
        {
            var factors = plan.FactorsOf(zone);
            if (IsNewlyApplied($"plan {zone.Zone}", string.Join('|', factors.Select(factor => $"{factor.Factor}:{string.Join(',', factor.Sensors)}:{factor.NotSensedReason}"))))
            {
                events.Add(new SensingPlanApplied(at.At, zone.Zone, factors));
            }
        }

        foreach (var seat in seats.Values)
        {
            foreach (var one in seat.Watch.Place.Calibrations ?? [])
            {
                var words = string.Create(CultureInfo.InvariantCulture, $"{one.Gain:R}|{one.Offset:R}|{one.Reference}|{one.On:yyyy-MM-dd}|{one.By}");
                if (IsNewlyApplied($"calibration {seat.Watch.Place.Id} {one.Quantity}", words))
                {
                    seat.Watch.Forget(one.Quantity);
                    events.Add(new SensorCalibrated(at.At, seat.Watch.Place.Zone, seat.Watch.Place.Id, one.Quantity, one.Gain, one.Offset, one.Reference, one.On, one.By));
                }
            }
        }
    }

    private bool IsNewlyApplied(string key, string what)
    {
        if (applied.TryGetValue(key, out var known) && known == what)
        {
            return false;
        }

        applied[key] = what;
        return true;
    }

    // ---- what comes in

    private void Hear(Seat seat, SensorReport report, Moment at, List<RecordedEvent> events)
    {
        var zone = zones[seat.Watch.Place.Zone];
        zone.Air.IsFireLikely = zone.Members.Any(one => Burns(one, ClimateRule.Fire) || Burns(one, ClimateRule.Smoke));
        var hearing = seat.Watch.Take(report, at, zone.Air, events);
        if (hearing is Hearing.Old)
        {
            return;
        }

        foreach (var name in seat.Watch.Place.Through ?? [])
        {
            // Heard through it: nobody's guess that it is gone stands against that. Its own word does.
            if (gateways[name].Standing.Suspected)
            {
                Return(gateways[name], gateways[name].Standing with { Suspected = false }, at);
            }
        }

        if (hearing is Hearing.Live && !seat.Watch.IsInService(at))
        {
            Shake(seat, report, at);
        }

        Judge(seat, at, events);
    }

    private void Tell(GatewayHeard heard, Moment at)
    {
        if (!gateways.TryGetValue(heard.GatewayId, out var gateway) || (gateway.Standing.Alive == heard.Alive && !gateway.Standing.Suspected))
        {
            return;
        }

        // Suspected before it was told: it has been gone since then.
        var since = gateway.Standing.IsDown && !heard.Alive ? gateway.Standing.Since : at.Steady;
        var next = new GatewayStanding(heard.GatewayId, heard.Alive, since, Suspected: false);
        if (gateway.Standing.IsDown && heard.Alive)
        {
            Return(gateway, next, at);
        }
        else
        {
            gateway.Standing = next;
        }

        Changed = true;
    }

    // While it was gone nobody could hear its sensors: their silence counts on from here.
    private static void Return(GatewaySeat gateway, GatewayStanding next, Moment at)
    {
        foreach (var seat in gateway.Members.Where(seat => seat.Watch.HeardAt != at.Steady))
        {
            var since = seat.Watch.HeardAt is { } heard && heard > gateway.Standing.Since ? heard : gateway.Standing.Since;
            seat.Watch.WasAway(at.Steady - since);
        }

        gateway.Standing = next;
    }

    private void Shake(Seat seat, SensorReport report, Moment at)
    {
        foreach (var value in report.Values)
        {
            if (seat.Watch.Find(value.Quantity) is not { } standing || Felt(standing) is not { IsThere: true, Value: var size } || standing.At != at.Steady)
            {
                continue;
            }

            Shake? felt = value.Quantity switch
            {
                Quantity.SeismicIntensity when size >= settings.QuakeIntensity => new(seat.Watch, at.Steady, size >= settings.StrongIntensity, true, size, settings.QuakeIntensity),
                Quantity.Acceleration when size >= settings.QuakeGal => new(seat.Watch, at.Steady, size >= settings.StrongGal, true, size, settings.QuakeGal),
                Quantity.Vibration when size == 1 => new(seat.Watch, at.Steady, false, false, 1, null),
                _ => null,
            };
            if (felt is { } shake)
            {
                zones[seat.Watch.Place.Zone].Felt.Add(shake);
            }
        }
    }

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

    private void Confirm(ClimateConfirmOrder order, Moment at, List<RecordedEvent> events)
    {
        if (Runs().FirstOrDefault(run => run.Standing.Name == order.Condition) is not { } run)
        {
            return;
        }

        var standing = run.Standing;
        var racks = standing.Rule is ClimateRule.Quake && standing.Zone is { } zone ? zones[zone].Air.Sensing.Racks : [];

        // A sensor that says so now outranks a person who looked; one that says nothing does not.
        var still = standing.Rule is ClimateRule.Quake ? zones[standing.Zone!.Value].ShakesUntil > at.Steady
            : seats.TryGetValue(standing.Object, out var seat) && seat.Watch.Values.Any(value => ClimateRules.RuleOf(value.Quantity) == standing.Rule && seat.Watch.Judged(value.Quantity, at, IsBlind(seat)) == 1);
        Changed |= run.Confirm(order, still, racks, at, events);
    }

    private void Limit(ClimateLimitsOrder order, Moment at, List<RecordedEvent> events)
    {
        if (order.Limits is null)
        {
            _ = ordered.Remove(order.Key);
        }
        else if (order.Limits.Measure == order.Measure && !order.Limits.Problems(order.Change).Any())
        {
            ordered[order.Key] = order;
        }
        else
        {
            return;
        }

        _ = Place();
        foreach (var seat in seats.Values.Where(seat => seat.Watch.Place.Zone == order.Zone && (order.Sensor is null || order.Sensor == seat.Watch.Place.Id)))
        {
            // What no limit is held against any more would stand for ever.
            var (low, high) = ClimateLimits.RulesOf(order.Measure);
            var limits = seat.Limits.FirstOrDefault(limits => limits.Measure == order.Measure);
            foreach (var (rule, isJudged) in new[] { (low, limits?.HasLow ?? false), (high, limits?.HasHigh ?? false) })
            {
                if (rule is { } gone && !isJudged && seat.Runs.Remove(gone, out var run))
                {
                    run.Drop(at, events);
                }
            }

            Judge(seat, at, events);
        }
    }

    private void Enrol(SensorEnrolOrder order, Moment at, List<RecordedEvent> events)
    {
        var (id, zone) = (order.Place.Id, order.Place.Zone);
        if (order.Ended && !enrolled.ContainsKey(id))
        {
            return;
        }

        if (WhyNot(order) is { } why)
        {
            events.Add(new SensingOrderRefused(at.At, zone, id, why, order.By));
            return;
        }

        if (order.Ended)
        {
            _ = enrolled.Remove(id);
        }
        else
        {
            enrolled[id] = order;
        }

        foreach (var run in Place().SelectMany(seat => seat.Runs.Values))
        {
            run.Drop(at, events);
        }

        foreach (var gateway in gateways.Values.Where(gateway => gateway.Members.IsEmpty).ToArray())
        {
            _ = gateways.Remove(gateway.Standing.Gateway);
            foreach (var run in gateway.Runs.Values)
            {
                run.Drop(at, events);
            }
        }

        if (seats.TryGetValue(id, out var seat))
        {
            seat.Watch.Start(at);
        }
        else
        {
            foreach (var key in applied.Keys.Where(key => key.StartsWith($"calibration {id} ", StringComparison.Ordinal)).ToArray())
            {
                _ = applied.Remove(key);
            }
        }

        hearsOthers = true;
        events.Add(new SensorEnrolled(at.At, zone, id, order.Wiring.Source, order.Wiring.Device, order.Wiring.Model, order.Place.Measures, order.Ended, order.Reason, order.By));
        Apply(at, events);
    }

    private string? WhyNot(SensorEnrolOrder order)
    {
        var (id, zone) = (order.Place.Id, order.Place.Zone);
        if (order.Ended && seats.TryGetValue(id, out var seat) && seat.Runs.Values.FirstOrDefault(run => run.IsRaised && ClimateRules.IsLatched(run.Standing.Rule)) is { } standing)
        {
            return $"{standing.Standing.Name} stands until somebody has confirmed that all is normal. Confirm it first (R-ENV-03).";
        }

        if (order.Ended)
        {
            return written.With(enrolled.Values.Where(one => one.Place.Id != id)).With(plans.Values).Unexplained(zone) is { } factor
                ? $"Without {id} {factor} of {zone} is sensed by nobody. Say first in the sensing plan why it is not (R-ENV-01)."
                : null;
        }

        return written.Zones.All(one => one.Zone != zone) ? $"This bridge has no zone {zone} in its sensing plan. Write the zone under climate.zones of its settings."
            : own.Contains(id) || enrolled.ContainsKey(id) ? $"There is a sensor {id} here already. Give the new one another name, or take that one out first."
            : seats.Count >= ClimatePlan.MostSensors ? $"One bridge judges {ClimatePlan.MostSensors} sensors at most. Use a second bridge."
            : written.Problems(order.Place, id).FirstOrDefault() ?? settings.Misfit(order);
    }

    private void Replan(SensingPlanOrder order, Moment at, List<RecordedEvent> events)
    {
        var next = written.With(enrolled.Values).With(plans.Values.Where(one => one.Zone != order.Zone).Append(order));
        if (next.Unexplained(order.Zone) is { } factor)
        {
            events.Add(new SensingOrderRefused(at.At, order.Zone, null, $"{order.Change}: {factor} of {order.Zone} would be neither sensed nor explained. Propose the plan again (R-ENV-01).", order.By));
            return;
        }

        plans[order.Zone.Value] = order;
        _ = Place();
        Apply(at, events);
    }

    // The plan as it is written, with what was ordered since in its place. Returns who has no place in it any more.
    private ImmutableArray<Seat> Place()
    {
        plan = written.With(enrolled.Values).With(plans.Values).With(ordered.Values);
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in plan.Sensors)
        {
            _ = there.Add(place.Id);
            if (!seats.TryGetValue(place.Id, out var seat))
            {
                seats[place.Id] = seat = new(new(place, SensorStanding.New(place.Id), settings), []);
            }

            seat.Watch.Place = place;
            seat.Limits = LimitsOf(place);
        }

        ImmutableArray<Seat> gone = [.. seats.Values.Where(seat => !there.Contains(seat.Watch.Place.Id))];
        foreach (var seat in gone)
        {
            _ = seats.Remove(seat.Watch.Place.Id);
        }

        Connect();
        return gone;
    }

    private static void Serve(Seat seat, SensorServiceOrder order, Moment at, List<RecordedEvent> events)
    {
        var isNow = !order.Ended && order.Until > at.At;
        if (!isNow && !seat.Watch.IsInService(at))
        {
            return;
        }

        seat.Watch.Serve(isNow ? new(order.Until, order.Reason, order.By) : null);
        events.Add(new SensorServiced(at.At, seat.Watch.Place.Zone, order.Sensor, order.Until, !isNow, order.Reason, order.By));
    }

    // ---- time

    private void Pass(Moment at, List<RecordedEvent> events)
    {
        tickedAt = at.Steady;
        foreach (var gateway in gateways.Values)
        {
            var alarmAfter = gateway.Standing.Suspected ? TimeSpan.Zero : settings.GatewayAfter;
            See(gateway.Runs, ClimateRule.GatewayDown, gateway.Standing.Gateway, null, Look.Of(gateway.Standing.IsDown, alarm: true), new(alarmAfter, alarmAfter, TimeSpan.Zero), at, events,
                () => new(null, null, null, [.. gateway.Members.Select(seat => seat.Watch.Place.Id)]));
        }

        foreach (var seat in seats.Values)
        {
            if (seat.Watch.Service is { } service && at.At >= service.Until)
            {
                seat.Watch.Serve(null);
                events.Add(new SensorServiced(at.At, seat.Watch.Place.Zone, seat.Watch.Place.Id, service.Until, Ended: true, service.Reason, service.By));
                Judge(seat, at, events);
            }

            if (seat.Runs.Count > 0 || (seat.Watch.IsSilent(at) && !IsBlind(seat)))
            {
                Judge(seat, at, events);
            }
        }

        foreach (var zone in zones.Values)
        {
            Quake(zone, at, events);
        }

        if (at.Steady - slowAt >= SlowTick)
        {
            slowAt = at.Steady;
            foreach (var zone in zones.Values)
            {
                foreach (var sensor in zone.Air.Sensors)
                {
                    sensor.LookForStuck(at, zone.Air);
                }

                Cooling(zone, at, events);
            }
        }

        Changed |= at.Steady - keptAt >= settings.KeptEvery * Math.Clamp(seats.Count / 100, 1, 10);
    }

    // ---- judgement

    private void Judge(Seat seat, Moment at, List<RecordedEvent> events)
    {
        var watch = seat.Watch;
        if (watch.IsInService(at))
        {
            foreach (var run in seat.Runs.Values)
            {
                run.Rest();
            }

            return;
        }

        var blind = IsBlind(seat);
        Watching(seat, blind, at, events);
        foreach (var value in watch.Values)
        {
            if (ClimateRules.RuleOf(value.Quantity) is { } rule)
            {
                OnOff(seat, rule, value, blind, at, events);
            }
        }

        foreach (var limits in seat.Limits)
        {
            Limits(seat, limits, blind, at, events);
        }
    }

    private void OnOff(Seat seat, ClimateRule rule, ValueStanding value, bool blind, Moment at, List<RecordedEvent> events)
    {
        var of = seat.Watch.QualityOf(value, at, blind);
        var delays = rule switch
        {
            ClimateRule.OpenTooLong => new Delays(settings.OpenWarning, settings.OpenAlarm, TimeSpan.FromSeconds(10)),
            ClimateRule.CoolingStopped => new(settings.CoolingAfter, settings.CoolingAfter, settings.CoolingBackAfter),
            _ => new(TimeSpan.Zero, TimeSpan.Zero, settings.ReturnedAfter),
        };
        if (!SensorWatch.IsJudged(of))
        {
            Hold(seat, rule, delays, at, events, of);
            return;
        }

        See(seat, rule, Look.Of(value.Value == 1, alarm: true, value.Value, null, of.Quality, of.Reason), delays, at, events);
        if (rule is ClimateRule.CoolingStopped && seat.Runs.TryGetValue(rule, out var run) && run.IsRaised)
        {
            Changed |= Forecast(run, zones[seat.Watch.Place.Zone], at, events);
        }
    }

    // A minute after the cooling has stopped nobody knows how fast the air will rise.
    private bool Forecast(ConditionRun run, ZoneSeat zone, Moment at, List<RecordedEvent> events) =>
        (run.Standing.ToldMinutes is not null || at.Steady - run.Standing.Raised >= settings.ShortestSlope) && run.Forecast(MinutesToLimit(zone, at), at, events);

    private void Limits(Seat seat, LimitSet limits, bool blind, Moment at, List<RecordedEvent> events)
    {
        var (low, high) = ClimateLimits.RulesOf(limits.Measure);
        var (value, of) = ValueOf(seat, limits.Measure, blind, at);
        var delays = new Delays(limits.WarningAfter, limits.AlarmAfter, limits.NormalAfter);
        foreach (var (rule, below) in new[] { (low, true), (high, false) })
        {
            if (rule is not { } one || !(below ? limits.HasLow : limits.HasHigh))
            {
                continue;
            }

            if (value is not { } number)
            {
                Hold(seat, one, delays, at, events, of);
            }
            else
            {
                See(seat, one, LookAt(limits, number, below, of), delays, at, events);
            }
        }
    }

    /// <summary>What is held against limits; null: nothing may be judged at this moment.</summary>
    private (double? Value, (ValueQuality Quality, QualityReason Reason) Of) ValueOf(Seat seat, Measure measure, bool blind, Moment at)
    {
        var watch = seat.Watch;
        (double? Value, (ValueQuality Quality, QualityReason Reason) Of) Of(Quantity quantity, Func<ValueStanding, double?> value)
        {
            if (watch.Find(quantity) is not { } standing)
            {
                return (null, (ValueQuality.Offline, QualityReason.NeverHeard));
            }

            var of = watch.QualityOf(standing, at, blind);
            return (SensorWatch.IsJudged(of) ? value(standing) : null, of);
        }

        return measure switch
        {
            Measure.Temperature => Of(Quantity.Temperature, value => value.Value),
            Measure.Humidity => Of(Quantity.RelativeHumidity, value => value.Value),
            Measure.Dust => Of(Quantity.Pm10, value => value.Value),
            Measure.FineDust => Of(Quantity.Pm25, value => value.Value),
            Measure.DewPoint => Of(Quantity.RelativeHumidity, _ => DewPointOf(watch, at, blind)),
            Measure.CondensationMargin => Of(Quantity.SurfaceTemperature, value => value.Value - HighestDewPoint(zones[watch.Place.Zone], at)),
            Measure.TemperatureRise => Of(Quantity.Temperature, value => watch.WindowOf(Quantity.Temperature)?.Span(at.Steady, QuarterHour) is { } span ? Math.Round(value.Value!.Value - span.Least, 3) : null),
            Measure.TemperatureChange => Of(Quantity.Temperature, _ => watch.WindowOf(Quantity.Temperature)?.Span(at.Steady, ReadingWindow.Longest) is { } span ? Math.Round(span.Most - span.Least, 3) : null),
            Measure.HumidityChange => Of(Quantity.RelativeHumidity, _ => watch.WindowOf(Quantity.RelativeHumidity)?.Span(at.Steady, ReadingWindow.Longest) is { } span ? Math.Round(span.Most - span.Least, 3) : null),
            _ => blind || watch.HeardAt is null || watch.IsSilent(at) ? (null, (ValueQuality.Offline, QualityReason.Silent))
                : (watch.BatteryPercent ?? (watch.SaysBatteryLow ? 15 : 100), (ValueQuality.Good, QualityReason.None)),
        };
    }

    private static double? DewPointOf(SensorWatch watch, Moment at, bool blind)
    {
        var temperature = watch.Find(Quantity.Temperature);
        var humidity = watch.Find(Quantity.RelativeHumidity);

        // Of the same moment, or what comes out belongs to no air there ever was.
        return temperature?.At is { } one && humidity?.At is { } other && (one - other).Duration() <= watch.Interval
            && watch.Judged(Quantity.Temperature, at, blind) is { } degrees && watch.Judged(Quantity.RelativeHumidity, at, blind) is { } percent
            && DewPoint.Of(degrees, percent) is { } dew
            ? Math.Round(dew, 1) : null;
    }

    private double? HighestDewPoint(ZoneSeat zone, Moment at)
    {
        double? highest = null;
        foreach (var seat in zone.Members)
        {
            if (seat.Watch.Place.Spot is not SensorSpot.Outside && DewPointOf(seat.Watch, at, IsBlind(seat)) is { } dew && !(highest >= dew))
            {
                highest = dew;
            }
        }

        return highest;
    }

    // ---- what watches

    private void Watching(Seat seat, bool blind, Moment at, List<RecordedEvent> events)
    {
        var watch = seat.Watch;
        var soon = new Delays(TimeSpan.Zero, TimeSpan.Zero, settings.InOrderAfter);
        if (watch.IsMissed(at) && !blind && !IsRaised(seat, ClimateRule.SensorSilent) && Suspects(seat, at))
        {
            blind = true;
        }

        if (blind)
        {
            Hold(seat, ClimateRule.SensorSilent, AtOnce, at, events, (ValueQuality.Offline, QualityReason.GatewayDown));
        }
        else
        {
            var isAway = watch.IsMissed(at) || (IsRaised(seat, ClimateRule.SensorSilent) && watch.IsSilent(at));
            See(seat, ClimateRule.SensorSilent, Look.Of(isAway, isAway && IsNeeded(seat, at), null, null, ValueQuality.Offline, watch.HeardAt is null ? QualityReason.NeverHeard : QualityReason.Silent), AtOnce, at, events);
        }

        if (blind || watch.IsSilent(at))
        {
            foreach (var rule in new[] { ClimateRule.SensorFault, ClimateRule.SensorStuck, ClimateRule.SensorClock, ClimateRule.SensorTampered })
            {
                Hold(seat, rule, soon, at, events, (ValueQuality.Offline, QualityReason.Silent));
            }

            return;
        }

        var worst = watch.Values.MaxBy(value => value.Badness);
        See(seat, ClimateRule.SensorFault, Look.Of(watch.IsFaulty || (IsRaised(seat, ClimateRule.SensorFault) && !watch.IsSound), alarm: false, worst?.Raw, null, ValueQuality.Bad, worst?.Reason ?? QualityReason.None), soon, at, events);
        See(seat, ClimateRule.SensorStuck, Look.Of(watch.IsStuck, alarm: false, null, null, ValueQuality.Uncertain, QualityReason.Stuck), soon, at, events);
        See(seat, ClimateRule.SensorClock, Look.Of(watch.IsClockOff, alarm: false, null, null, ValueQuality.Uncertain, QualityReason.ClockOff), soon, at, events);
        See(seat, ClimateRule.SensorTampered, Look.Of(watch.IsTampered, alarm: false), new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(1)), at, events);
    }

    // Whether without it a factor of its zone is sensed by nobody, or a fire or a flood by one fewer.
    private bool IsNeeded(Seat seat, Moment at) =>
        seat.Watch.Place.IsForSafety
        || seat.Watch.Place.Measures.Select(ClimateRules.FactorOf).OfType<SensingFactor>().Any(factor =>
            !zones[seat.Watch.Place.Zone].Air.Sensing.LeavesOut(factor, seat.Watch.Place.Id) && !zones[seat.Watch.Place.Zone].Members.Any(other => other != seat && IsSensing(other, factor, at)));

    private bool IsSensing(Seat seat, SensingFactor factor, Moment at) =>
        seat.Watch.Place.Spot is not SensorSpot.Outside
        && !zones[seat.Watch.Place.Zone].Air.Sensing.LeavesOut(factor, seat.Watch.Place.Id)
        && seat.Watch.Values.Any(value => ClimateRules.FactorOf(value.Quantity) == factor && SensorWatch.IsJudged(seat.Watch.QualityOf(value, at, IsBlind(seat))));

    /// <summary>
    /// The will of a gateway may be late or lost. When a sensor is missed, and all that speak as often through the same gateway are overdue with it, it is the
    /// gateway: one alarm, and not one for each.
    /// </summary>
    private bool Suspects(Seat seat, Moment at)
    {
        foreach (var name in seat.Watch.Place.Through ?? [])
        {
            var gateway = gateways[name];
            var alike = gateway.Members.Where(other => other != seat && other.Watch.Interval <= seat.Watch.Interval * 2 && !other.Watch.IsInService(at) && !IsRaised(other, ClimateRule.SensorSilent)).ToArray();
            if (alike.Length > 0 && Array.TrueForAll(alike, other => other.Watch.Silence(at) > other.Watch.Interval * 1.5))
            {
                gateway.Standing = new(name, gateway.Standing.Alive, seat.Watch.HeardAt ?? at.Steady, Suspected: true);
                Changed = true;
                return true;
            }
        }

        return false;
    }

    // ---- the zone as a whole

    private void Quake(ZoneSeat zone, Moment at, List<RecordedEvent> events)
    {
        _ = zone.Felt.RemoveAll(shake => at.Steady - shake.At > settings.QuakeTogether);
        if (zone.Felt.Count > 0)
        {
            var felt = zones.Values.SelectMany(one => one.Felt).ToArray();
            var able = seats.Values.Count(seat => IsSensing(seat, SensingFactor.Vibration, at));
            var together = felt.Select(shake => shake.Sensor).Distinct().Count();
            if (together >= 2 || (able < 2 && felt.Any(shake => shake.HasSize)))
            {
                zone.ShakesUntil = at.Steady + ShakeLasts;
                var worst = zone.Felt.OrderByDescending(shake => shake.IsStrong).ThenByDescending(shake => shake.HasSize).ThenByDescending(shake => shake.Value).First();
                zone.IsStrong = worst.IsStrong || (zone.IsStrong && zone.Runs.ContainsKey(ClimateRule.Quake));
                zone.Size = (worst.HasSize ? worst.Value : null, worst.Limit);
                zone.Felt.Clear();
            }
        }

        if (!zone.Runs.ContainsKey(ClimateRule.Quake) && zone.ShakesUntil <= at.Steady)
        {
            return;
        }

        var shakes = zone.ShakesUntil > at.Steady;
        See(zone.Runs, ClimateRule.Quake, zone.Air.Sensing.Zone.Value, zone.Air.Sensing.Zone, Look.Of(shakes, zone.IsStrong, shakes ? zone.Size.Value : null, zone.Size.Limit), AtOnce, at, events,
            () => new(null, null, null, zone.Air.Sensing.Racks));
    }

    private void Cooling(ZoneSeat zone, Moment at, List<RecordedEvent> events)
    {
        var name = zone.Air.Sensing.Zone;
        if (Stands(name, ClimateRule.CoolingStopped) && !zone.Runs.ContainsKey(ClimateRule.CoolingLost))
        {
            return;
        }

        var slopes = zone.Air.Slopes(at, settings.SlopeWindow, IsBlind).ToArray();
        var isRaised = zone.Runs.TryGetValue(ClimateRule.CoolingLost, out var run) && run.IsRaised;
        var rising = slopes.Count(one => one.SlopePerHour >= settings.LostSlope && IsBeyondUsual(one.Sensor, one.Value, at));
        var isSo = rising >= 2 || (isRaised && slopes.Any(one => one.SlopePerHour > 1));
        if (slopes.Length == 0)
        {
            if (run is not null)
            {
                _ = run.Hold(AtOnce, at, () => default, events, ValueQuality.Offline, QualityReason.Silent);
            }

            return;
        }

        var hottest = slopes.MaxBy(one => one.Value);
        See(zone.Runs, ClimateRule.CoolingLost, name.Value, name, Look.Of(isSo, alarm: true, hottest.Value, null), new(TimeSpan.Zero, TimeSpan.Zero, QuarterHour), at, events,
            () => new(CauseOf(name, ClimateRule.CoolingLost), null, MinutesToLimit(zone, at, settings.ShortestSlope), []));
        if (zone.Runs.TryGetValue(ClimateRule.CoolingLost, out var standing) && standing.IsRaised)
        {
            Changed |= Forecast(standing, zone, at, events);
        }
    }

    // A cooling unit that goes on and off makes the air go up and down, within what it did in the hour before.
    private bool IsBeyondUsual(SensorWatch sensor, double value, Moment at)
    {
        if (sensor.WindowOf(Quantity.Temperature) is not { } window || window.Span(at.Steady, settings.SlopeWindow) is not { } lately || value - lately.Least < settings.LostRise)
        {
            return false;
        }

        var before = window.MostBefore(at.Steady, settings.SlopeWindow);
        return before is { } most ? value >= most + 1
            : plan.LimitsOf(sensor.Place, Measure.Temperature) is { WarningHigh: { } limit } && value >= limit - 1;
    }

    /// <summary>R-ENV-09: whole minutes until the first inlet reaches its alarm limit at its present slope; 0: one is beyond. Null: none rises.</summary>
    // Without a loss of cooling a slope is the breath of the room, and a forecast of it would frighten for nothing.
    private bool IsWarming(ZoneSeat zone) => Stands(zone.Air.Sensing.Zone, ClimateRule.CoolingStopped) || Stands(zone.Air.Sensing.Zone, ClimateRule.CoolingLost);

    private int? MinutesToLimit(ZoneSeat zone, Moment at, TimeSpan? over = null)
    {
        // What was before the cooling stopped says nothing about how fast it goes since.
        var since = zone.Members.SelectMany(seat => seat.Runs).Concat(zone.Runs)
            .Where(run => run.Key is ClimateRule.CoolingStopped or ClimateRule.CoolingLost && run.Value.IsRaised).Select(run => run.Value.Standing.Raised).Min();
        var within = over ?? (since is null ? settings.SlopeWindow : at.Steady - since.Value);
        within = within < settings.SlopeWindow ? within : settings.SlopeWindow;
        double? soonest = null;
        foreach (var (sensor, value, slope) in zone.Air.Slopes(at, within > settings.ShortestSlope ? within : settings.ShortestSlope, IsBlind))
        {
            if (slope > 0.5 && plan.LimitsOf(sensor.Place, Measure.Temperature)?.AlarmHigh is { } limit)
            {
                var minutes = Math.Max(0, (limit - value) / slope * 60);
                soonest = soonest is { } known ? Math.Min(known, minutes) : minutes;
            }
        }

        return soonest is { } left and < 24 * 60 ? (int)left : null;
    }

    // ---- conditions

    private static bool Burns(Seat seat, ClimateRule rule) => seat.Runs.TryGetValue(rule, out var run) && run is { IsRaised: true, Standing.Returned: false };

    private static bool IsRaised(Seat seat, ClimateRule rule) => seat.Runs.TryGetValue(rule, out var run) && run.IsRaised;

    private void See(Seat seat, ClimateRule rule, Look look, Delays delays, Moment at, List<RecordedEvent> events) =>
        See(seat.Runs, rule, seat.Watch.Place.Id, seat.Watch.Place.Zone, look, delays, at, events, () => NotesOf(seat, rule));

    private void See(
        Dictionary<ClimateRule, ConditionRun> runs, ClimateRule rule, string of, ZoneId? zone, Look look, Delays delays, Moment at, List<RecordedEvent> events, Func<RaiseNotes> notes)
    {
        if (!runs.TryGetValue(rule, out var run))
        {
            if (!look.Warning && !look.Alarm)
            {
                return;
            }

            runs[rule] = run = new(ConditionStanding.New(rule, of, zone), settings);
        }

        Changed |= run.See(look, delays, at, notes, events);
        if (run.Standing.IsIdle)
        {
            _ = runs.Remove(rule);
        }
    }

    private void Hold(Seat seat, ClimateRule rule, Delays delays, Moment at, List<RecordedEvent> events, (ValueQuality Quality, QualityReason Reason) of)
    {
        if (seat.Runs.TryGetValue(rule, out var run))
        {
            Changed |= run.Hold(delays, at, () => NotesOf(seat, rule), events, of.Quality, of.Reason);
            if (run.Standing.IsIdle)
            {
                _ = seat.Runs.Remove(rule);
            }
        }
    }

    private RaiseNotes NotesOf(Seat seat, ClimateRule rule) => new(
        CauseOf(seat.Watch.Place.Zone, rule),
        rule is ClimateRule.SensorSilent ? seat.Watch.HeardAtWall : null,
        null,
        []);

    // ---- what goes out

    private ImmutableArray<ZoneId> Burning() =>
    [
        .. seats.Values.Where(seat => IsRaised(seat, ClimateRule.Fire)).SelectMany(seat => seat.Watch.Place.FireZones ?? [seat.Watch.Place.Zone])
            .Distinct().OrderBy(zone => zone.Value, StringComparer.Ordinal),
    ];

    // R-DOOR-15: the doors hear of a fire in the same turn, after it is written down. At the start they are told how it stands, whatever they remember.
    private ImmutableArray<Effect> Answer(List<RecordedEvent> events, bool isStart, Moment at)
    {
        if (events.Count == 0 && !isStart)
        {
            return [];
        }

        var effects = new List<Effect>(events.Select(item => new Write(item)));
        var now = Burning();
        if (isStart || !now.SequenceEqual(burning))
        {
            burning = now;
            effects.Add(new TellDoors(new FireSignalled(at.At, now)));
        }

        // Who is heard is no secret the journal must keep first: while it cannot be written, a sensor is listened to all the same.
        if (hearsOthers)
        {
            hearsOthers = false;
            effects.Add(new Act(new HearSensors([.. enrolled.Values.Where(order => seats.ContainsKey(order.Place.Id) && !own.Contains(order.Place.Id))]), Always: true));
        }

        return [.. effects];
    }

    private ZoneClimate NowOf(ZoneSeat zone, Moment at)
    {
        var factors = ImmutableArray.CreateBuilder<FactorNow>();
        var state = ClimateState.Normal;
        foreach (var factor in plan.FactorsOf(zone.Air.Sensing))
        {
            ClimateState? of = factor.Sensors.IsEmpty ? null : StateOf(zone, factor, at);
            state = of is { } known ? Worse(state, known) : state;
            factors.Add(new(factor.Factor, of, factor.Sensors, factor.NotSensedReason));
        }

        foreach (var run in zone.Members.SelectMany(seat => seat.Runs.Values).Concat(zone.Runs.Values).Where(run => run.IsRaised))
        {
            state = Worse(state, run.Standing.Level is ClimateLevel.Alarm && !ClimateRules.IsAboutWatching(run.Standing.Rule) ? ClimateState.Abnormal : ClimateState.Caution);
        }

        return new(zone.Air.Sensing.Zone, state, factors.DrainToImmutable(), IsWarming(zone) ? MinutesToLimit(zone, at) : null, plan.Zones.First(one => one.Zone == zone.Air.Sensing.Zone));
    }

    private ClimateState StateOf(ZoneSeat zone, FactorPlan planned, Moment at)
    {
        var factor = planned.Factor;
        var sensing = zone.Members.Where(seat => planned.Sensors.Contains(seat.Watch.Place.Id)).ToArray();
        var heard = sensing.Count(seat => IsSensing(seat, factor, at));
        var state = heard == 0 ? ClimateState.Unknown : heard < sensing.Length ? ClimateState.Caution : ClimateState.Normal;
        foreach (var run in zone.Members.SelectMany(seat => seat.Runs.Values).Concat(zone.Runs.Values).Where(run => run.IsRaised && ClimateRules.FactorOf(run.Standing.Rule) == factor))
        {
            state = Worse(state, run.Standing.Level is ClimateLevel.Alarm ? ClimateState.Abnormal : ClimateState.Caution);
        }

        return state;
    }

    private SensorNow NowOf(Seat seat, Moment at)
    {
        var watch = seat.Watch;
        var blind = IsBlind(seat);
        var values = ImmutableArray.CreateBuilder<ValueNow>();
        var state = watch.HeardAt is null || blind || watch.IsSilent(at) ? ClimateState.Unknown : ClimateState.Normal;
        foreach (var value in watch.Values)
        {
            var of = watch.QualityOf(value, at, blind);
            values.Add(new(value.Quantity, value.Value, value.Raw, of.Quality, of.Reason, value.AtWall));
            state = Worse(state, of.Quality switch
            {
                ValueQuality.Good => ClimateState.Normal,

                // R-ENV-05: a low battery shows 不明, and what it measures is judged all the same.
                ValueQuality.Uncertain when of.Reason is QualityReason.LowBattery => ClimateState.Unknown,
                ValueQuality.Uncertain or ValueQuality.Maintenance => ClimateState.Caution,
                _ => ClimateState.Unknown,
            });
        }

        foreach (var run in seat.Runs.Values.Where(run => run.IsRaised && !ClimateRules.IsAboutWatching(run.Standing.Rule)))
        {
            state = Worse(state, run.Standing.Level is ClimateLevel.Alarm ? ClimateState.Abnormal : ClimateState.Caution);
        }

        return new(
            watch.Place.Id, watch.Place.Zone, watch.Place.Spot, watch.Place.Label, watch.Place.LabelEn, state, watch.HeardAtWall, Math.Round(watch.Interval.TotalSeconds),
            watch.IsLearned, watch.BatteryPercent, watch.SaysBatteryLow, watch.LinkPercent,
            watch.IsInService(at) ? watch.Service?.Until : null, values.DrainToImmutable(), DewPointOf(watch, at, blind),
            watch.Place.Measures, watch.Place.Rack, watch.Place.Limits, watch.Place.On,
            own.Contains(watch.Place.Id) ? null : enrolled.GetValueOrDefault(watch.Place.Id)?.By, seat.AwaySince);
    }

    private ConditionNow NowOf(ConditionRun run)
    {
        var now = run.Standing;
        var racks = now.Rule is ClimateRule.Quake && now.Zone is { } zone ? zones[zone].Air.Sensing.Racks : [];
        return new(
            now.Name, now.Rule, now.Zone, now.Object, now.Level!.Value, now.RaisedAt!.Value, now.Value, now.Limit, now.Peak, now.Quality, now.Cause, now.Returned, now.IsUnsteady,
            [.. racks.Except(now.Looked, StringComparer.Ordinal)]);
    }

    private sealed class Seat(SensorWatch watch, ImmutableArray<LimitSet> limits)
    {
        public SensorWatch Watch { get; } = watch;

        public ImmutableArray<LimitSet> Limits { get; set; } = limits;

        public Dictionary<ClimateRule, ConditionRun> Runs { get; } = [];

        /// <summary>Since when its gateway says that it cannot reach it; null: it does not.</summary>
        public DateTimeOffset? AwaySince { get; set; }
    }

    private sealed class ZoneSeat(ZoneAir air, ImmutableArray<Seat> members)
    {
        public ZoneAir Air { get; set; } = air;

        public ImmutableArray<Seat> Members { get; set; } = members;

        public Dictionary<ClimateRule, ConditionRun> Runs { get; } = [];

        public List<Shake> Felt { get; } = [];

        public DateTimeOffset ShakesUntil { get; set; } = DateTimeOffset.MinValue;

        public bool IsStrong { get; set; }

        public (double? Value, double? Limit) Size { get; set; }
    }

    private sealed class GatewaySeat(string name, ImmutableArray<Seat> members)
    {
        public ImmutableArray<Seat> Members { get; set; } = members;

        public GatewayStanding Standing { get; set; } = new(name, null, DateTimeOffset.MinValue, Suspected: false);

        public Dictionary<ClimateRule, ConditionRun> Runs { get; } = [];
    }
}
