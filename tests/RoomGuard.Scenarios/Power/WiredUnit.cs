using System.Collections.Immutable;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Simulators.Ups;
using RoomGuard.TestKit.Core;
using RoomGuard.Wire.Modbus;
using Body = RoomGuard.Simulators.Ups.SimulatedUps;
using FarEnd = RoomGuard.Simulators.Ups.UpsWire;
using Simulated = RoomGuard.Simulators.Ups.UpsSettings;

namespace RoomGuard.Scenarios.Power;

/// <summary>A time without mains as the unit itself lived it, as far as anybody could see through its cable.</summary>
/// <param name="Until">Null: it goes on.</param>
internal sealed record TrueOutage(TimeSpan From, TimeSpan? Until)
{
    public TimeSpan Lasts => (Until ?? TimeSpan.MaxValue) - From;
}

/// <summary>
/// A simulated unit, a line that damages frames, our conversation with the unit, and the room's power control, with the servers it tells: all of them the
/// real parts, in virtual time. Things happen in due order; nothing sleeps.
/// </summary>
internal sealed class WiredUnit
{
    private const string Ups = "ups-1";

    // A link that was given up is opened again after so long.
    private static readonly TimeSpan Reopens = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(15);
    private readonly IUpsTalk talk;
    private readonly DamagedLine there;
    private readonly DamagedLine back;
    private readonly PriorityQueue<Action, (TimeSpan At, long Turn)> coming = new();
    private readonly List<(TimeSpan At, RecordedEvent Event)> written = [];
    private readonly List<(TimeSpan At, DeviceOrder Order)> orders = [];
    private readonly List<TrueOutage> outages = [];
    private readonly List<(TimeSpan At, double Volts)> mains = [(TimeSpan.Zero, Simulators.Ups.Mains.Good.Volts)];
    private readonly List<string> impossible = [];
    private long turns;
    private TimeSpan? opensAt;
    private PowerPlan? plan;
    private double damage;
    private bool wasTesting;

    public WiredUnit(UpsKind kind, int seed, double load = 60, double health = 1, int fullLoadSeconds = 300, UpsPace? pace = null)
    {
        var full = TimeSpan.FromSeconds(fullLoadSeconds);
        Body = new(new Simulated(Ups, kind, Link: "x", LoadPercent: load, Health: health, FullLoadRuntime: full, ChargeTime: TimeSpan.FromHours(1)));
        FarEnd = new(Body, new Random(seed));
        there = new(new Random(unchecked(seed * 7919)), () => damage);
        back = new(new Random(unchecked((seed * 7919) + 1)), () => damage);
        var read = pace ?? UpsPace.Usual;
        talk = kind == UpsKind.MegatecQ1
            ? new MegatecUpsTalk(Ups, UpsModels.Load("megatec-q1").Megatec!, new(new(full, full * Math.Pow(2, 1.15), TimeSpan.FromHours(1))), read)
            : new ModbusUpsTalk(ModbusTiming.Serial, [new(Ups, 1, UpsModels.Load("apc-smart-ups").Modbus!, read)]);
        Control = new([Ups], new());
        Tell(new RoomStarted(At));
        talk.LineUp(Now);
    }

    public Body Body { get; }

    public FarEnd FarEnd { get; }

    public PowerControl Control { get; }

    public TimeSpan Now { get; private set; }

    public DateTimeOffset At => A.MondayNine + Now;

    /// <summary>Everything written, with its time.</summary>
    public IReadOnlyList<(TimeSpan At, RecordedEvent Event)> Written => written;

    /// <summary>Every order given to the servers.</summary>
    public IReadOnlyList<(TimeSpan At, DeviceOrder Order)> Orders => orders;

    /// <summary>What really was.</summary>
    public IReadOnlyList<TrueOutage> Outages => outages;

    /// <summary>Values that were offered to be judged and cannot have been.</summary>
    public IReadOnlyList<string> Impossible => impossible;

    /// <summary>Self-tests that really began. On a line without a check code a question may arrive as the order to test.</summary>
    public int Tests { get; private set; }

    public int Readings { get; private set; }

    public int Reopened { get; private set; }

    public long Frames => there.Frames + back.Frames;

    public long Damaged => there.Damaged + back.Damaged;

    /// <summary>Whether the load really hangs on the battery in an outage, or on nothing.</summary>
    public bool IsDark => Body.Standing != UpsStanding.OnLine && Body.Test != SelfTestOutcome.Running;

    public ImmutableArray<TEvent> All<TEvent>()
        where TEvent : RecordedEvent => [.. written.Select(item => item.Event).OfType<TEvent>()];

    /// <summary>This share of all frames is damaged from now on, 0 to 1.</summary>
    public WiredUnit Damages(double frames)
    {
        damage = frames;
        return this;
    }

    /// <summary>A plan comes into force, and every host of it is logged in.</summary>
    public WiredUnit Has(PowerPlan ordered)
    {
        plan = ordered;
        Tell(new RoomOrderArrived(At, 1, new PowerPlanOrder(ordered, Withdrawn: false, "S-0102")));
        foreach (var stage in ordered.Stages)
        {
            Tell(new LoginsChanged(At, stage.Name, [.. stage.Hosts.Select(host => host.User)]));
        }

        return this;
    }

    public void Mains(double volts, double hertz = 60)
    {
        Body.Feed(new(volts, hertz), Now);
        mains.Add((Now, volts));
        Observe();
    }

    public void Plug(bool isIn)
    {
        Body.Plugged = isIn;
        Observe();
    }

    public void StartTest()
    {
        _ = Body.StartTest(Now);
        Observe();
    }

    /// <summary>Something happens later.</summary>
    public void Then(TimeSpan at, Action happens) => coming.Enqueue(happens, (at, turns++));

    /// <summary>Lets time pass.</summary>
    public WiredUnit After(double seconds)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (true)
        {
            var next = Turn();
            if (next >= end)
            {
                Now = end;
                Body.Pass(Now);
                Observe();
                return this;
            }

            Now = next > Now ? next : Now + TimeSpan.FromTicks(1);
        }
    }

    // One turn at this instant; answers when the next must be.
    private TimeSpan Turn()
    {
        Body.Pass(Now);
        Observe();
        while (coming.TryPeek(out _, out var key) && key.At <= Now)
        {
            coming.Dequeue()();
        }

        while (there.TryTake(Now, out var question))
        {
            FarEnd.Receive(question, Now);
        }

        while (FarEnd.TryTake(Now, out var answer))
        {
            back.Send(answer, Now);
        }

        while (back.TryTake(Now, out var heard))
        {
            if (opensAt is null)
            {
                talk.Receive(heard, Now);
            }
        }

        var until = Talk();
        if (Control.NextDue is { } due && due <= At)
        {
            Tell(new TimePassed(At));
        }

        return Earliest(until, FarEnd.NextDue, there.NextDue, back.NextDue, Body.NextDue, coming.TryPeek(out _, out var key2) ? key2.At : (TimeSpan?)null, Control.NextDue - A.MondayNine);
    }

    private TimeSpan Talk()
    {
        if (opensAt is { } opens)
        {
            if (Now < opens)
            {
                return opens;
            }

            opensAt = null;
            talk.LineUp(Now);
        }

        while (true)
        {
            var step = talk.Next(Now, At);
            Deliver();
            if (step.Reopen is { } why)
            {
                Reopened++;
                talk.LineDown(Now, At, why);
                Deliver();
                opensAt = Now + Reopens;
                return opensAt.Value;
            }

            if (step.Bytes.IsEmpty)
            {
                return step.Until;
            }

            there.Send(step.Bytes.Span, Now);
        }
    }

    private void Deliver()
    {
        while (talk.TryTake(out var reading))
        {
            Readings++;
            HoldAgainstTheUnit(reading);
            Tell(new UpsHeard(At, reading));
        }
    }

    private void Tell(RoomInput input)
    {
        foreach (var effect in Control.Handle(input))
        {
            switch (effect)
            {
                case Write write:
                    written.Add((Now, write.Event));
                    break;
                case Act { Order: var order }:
                    orders.Add((Now, order));
                    Obey(order);
                    break;
                default:
                    break;
            }
        }
    }

    // The servers: each host of a stage that is told logs out after its time, and back in when it may.
    private void Obey(DeviceOrder order)
    {
        if (order is TellStop told && plan!.Stages.FirstOrDefault(stage => stage.Name == told.Name) is { } stops)
        {
            foreach (var host in stops.Hosts)
            {
                Then(Now + TimeSpan.FromSeconds(host.RequiredSeconds * 0.8), () => Login(stops, host.User, isUp: false));
            }
        }
        else if (order is TakeStopBack back && plan!.Stages.FirstOrDefault(stage => stage.Name == back.Name) is { } comes)
        {
            foreach (var host in comes.Hosts)
            {
                Then(Now + TimeSpan.FromSeconds(40), () => Login(comes, host.User, isUp: true));
            }
        }
    }

    private void Login(PowerStage stage, string user, bool isUp)
    {
        var up = Control.Now().Plans.Single().Stages.Single(one => one.Name == stage.Name).Up;
        Tell(new LoginsChanged(At, stage.Name, isUp ? [.. up.Where(one => one != user), user] : [.. up.Where(one => one != user)]));
    }

    // What nobody can see through a cable that is out happens, for whoever looks, when it is put back.
    private void Observe()
    {
        var testing = Body.Test == SelfTestOutcome.Running;
        Tests += testing && !wasTesting ? 1 : 0;
        wasTesting = testing;
        if (!Body.Plugged)
        {
            return;
        }

        var open = outages.Count > 0 && outages[^1].Until is null;
        if (IsDark && !open)
        {
            outages.Add(new(Now, null));
        }
        else if (!IsDark && open)
        {
            outages[^1] = outages[^1] with { Until = Now };
        }
    }

    // A value that may be judged is what the unit measured a moment ago, but for what a turned digit may hide in.
    private void HoldAgainstTheUnit(UpsReading reading)
    {
        if (reading.State != UpsQuality.Good)
        {
            return;
        }

        Hold(UpsQuantity.LoadPercent, 6.5, Body.LoadPercent);
        Hold(UpsQuantity.Temperature, 6, 27, 31.5);
        Hold(UpsQuantity.BatteryTemperature, 1, 27, 31.5);
        var since = mains.Count - 1;
        while (since > 0 && mains[since].At > Now - Old - Old)
        {
            since--;
        }

        Hold(UpsQuantity.InputVoltage, 11, [.. mains.Skip(since).Select(item => item.Volts)]);

        // What a value older than the reading says it was goes by its own time.
        void Hold(UpsQuantity quantity, double within, params ReadOnlySpan<double> measured)
        {
            if (reading.Good(quantity) is not { } value || reading.At - reading.Values[quantity].At > Old)
            {
                return;
            }

            foreach (var one in measured)
            {
                if (Math.Abs(one - value) <= within)
                {
                    return;
                }
            }

            impossible.Add($"{Now:c} {quantity} {value}");
        }
    }

    private static TimeSpan Earliest(TimeSpan first, params ReadOnlySpan<TimeSpan?> others)
    {
        foreach (var other in others)
        {
            first = other < first ? other.Value : first;
        }

        return first;
    }
}
