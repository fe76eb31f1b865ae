using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using Xunit;

namespace RoomGuard.TestKit.Core;

/// <summary>
/// The small language in which stories of the power are told. Time moves only when told; units are read once a second while they answer, as the bridge
/// reads them on battery.
/// </summary>
public sealed class PowerStory
{
    private readonly ImmutableArray<string> units;
    private readonly PowerControlSettings settings;
    private ImmutableArray<string> webhooks = [];
    private readonly Dictionary<string, Func<UpsReading?>> speaks = new(StringComparer.Ordinal);
    private readonly List<RecordedEvent> record = [];
    private readonly List<(DateTimeOffset At, DeviceOrder Order)> orders = [];
    private int since;
    private int ordersSince;
    private long serial;
    private double elapsed;
    private ImmutableSortedDictionary<string, ImmutableArray<UpsCommandOffer>> allowed = ImmutableSortedDictionary<string, ImmutableArray<UpsCommandOffer>>.Empty;

    public PowerStory(DateTimeOffset start, PowerControlSettings? settings = null, params string[] units)
    {
        this.units = units.Length == 0 ? ["ups-1"] : [.. units];
        this.settings = settings ?? new();
        At = start;
        Control = new(this.units, this.settings);
        Told(at => new RoomStarted(at));
    }

    public PowerControl Control { get; private set; }

    /// <summary>The wall clock.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Everything written so far.</summary>
    public IReadOnlyList<RecordedEvent> Written => record;

    /// <summary>Every order given so far, with its time.</summary>
    public IReadOnlyList<(DateTimeOffset At, DeviceOrder Order)> Orders => orders;

    // ---- what happens

    /// <summary>The bridge starts again with these receivers in its settings.</summary>
    public PowerStory WithWebhooks(params string[] names)
    {
        webhooks = [.. names];
        return Restarts(0);
    }

    public PowerStory Told(Func<DateTimeOffset, RoomInput> happening)
    {
        foreach (var effect in Control.Handle(happening(At)))
        {
            if (effect is Write write)
            {
                record.Add(write.Event);
            }
            else if (effect is Act act)
            {
                Assert.True(act.Always != act.Order is CommandUnit, "servers are told to stop whether or not the journal can be written");
                orders.Add((At, act.Order));
            }
        }

        return this;
    }

    /// <summary>The bridge starts anew with settings that allow these commands at the first unit.</summary>
    public PowerStory Allows(params UpsCommandOffer[] offers)
    {
        allowed = allowed.SetItem(units[0], [.. offers]);
        return Restarts(0);
    }

    /// <summary>An order came again, with the serial it had.</summary>
    public PowerStory OrderedAgain(RoomOrder order)
    {
        var number = serial;
        return Told(at => new RoomOrderArrived(at, number, order));
    }

    /// <summary>The wire says what became of a command.</summary>
    public PowerStory Answers(string command, UpsCommandAnswer answer, string detail = "") => Told(at => new UpsCommandAnswered(at, command, answer, detail));

    public PowerStory Ordered(RoomOrder order)
    {
        var number = ++serial;
        return Told(at => new RoomOrderArrived(at, number, order));
    }

    public PowerStory Has(PowerPlan plan) => Ordered(new PowerPlanOrder(plan, Withdrawn: false, "S-0102"));

    /// <summary>From now on the unit says this.</summary>
    public PowerStory Says(UpsFlags flags, double? left = 1800, double? charge = 100, string ups = "ups-1", double? inputVolts = 101, string? replaceBy = null, double load = 40) =>
        Speaks(ups, () => AReading(ups, flags, left, charge, inputVolts, replaceBy, load));

    /// <summary>商用電源.</summary>
    public PowerStory Mains(double left = 1800, double charge = 100, string ups = "ups-1") => Says(UpsFlags.OnLine, left, charge, ups);

    /// <summary>停電: the battery feeds the load, and its own figure falls by <paramref name="rate"/> seconds a second.</summary>
    public PowerStory Fails(double left, double rate = 1, string ups = "ups-1", double lowBelow = 0)
    {
        var from = elapsed;
        return Speaks(ups, () =>
        {
            var now = Math.Max(0, left - ((elapsed - from) * rate));
            return AReading(ups, UpsFlags.OnBattery | (now < lowBelow ? UpsFlags.LowBattery : UpsFlags.None), now, Math.Min(100, now / 18), 0, null, 40);
        });
    }

    /// <summary>The link is dead and has said so.</summary>
    public PowerStory Unknown(string ups = "ups-1", string why = "three requests without an answer")
    {
        _ = speaks.Remove(ups);
        return Told(at => new UpsHeard(at, UpsReading.Nothing(ups, at, why)));
    }

    /// <summary>Nothing at all comes from the unit any more.</summary>
    public PowerStory Hushes(string ups = "ups-1")
    {
        _ = speaks.Remove(ups);
        return this;
    }

    /// <summary>Who is logged in at a name.</summary>
    public PowerStory LoggedIn(string name, params string[] users) => Told(at => new LoginsChanged(at, name, [.. users]));

    /// <summary>Time goes by: every unit that speaks is read each second, and what falls due is told.</summary>
    public PowerStory After(double seconds)
    {
        since = record.Count;
        ordersSince = orders.Count;
        var until = At + TimeSpan.FromSeconds(seconds);
        while (At < until)
        {
            var step = At + TimeSpan.FromSeconds(1) < until ? TimeSpan.FromSeconds(1) : until - At;
            At += step;
            elapsed += step.TotalSeconds;
            foreach (var (ups, speak) in speaks)
            {
                if (speak() is { } reading)
                {
                    Told(at => new UpsHeard(at, reading with { Ups = ups, At = at }));
                }
            }

            if (Control.NextDue is { } due && due <= At)
            {
                Told(at => new TimePassed(at));
            }
        }

        return this;
    }

    /// <summary>The wall clock is turned, and the bridge says so.</summary>
    public PowerStory TurnsTheClock(TimeSpan by)
    {
        var expected = At;
        At += by;
        return Told(at => new ClockStepped(at, expected));
    }

    /// <summary>The bridge dies and starts again from its snapshot.</summary>
    public PowerStory Restarts(double secondsAway)
    {
        since = record.Count;
        ordersSince = orders.Count;
        var snapshot = Control.Snapshot();
        At += TimeSpan.FromSeconds(secondsAway);
        elapsed += secondsAway;
        Control = new(units, settings, webhooks, allowed);
        Control.Restore(snapshot);
        return Told(at => new RoomStarted(at));
    }

    // ---- what must be so

    /// <summary>Since the last passing of time this was written, once.</summary>
    public PowerStory Writes<TEvent>(Func<TEvent, bool>? isRight = null)
        where TEvent : RecordedEvent
    {
        var found = record.Skip(since).OfType<TEvent>().ToArray();
        Assert.True(found.Length == 1, $"{typeof(TEvent).Name} {found.Length} times; written: {string.Join(", ", record.Skip(since))}");
        Assert.True(isRight?.Invoke(found[0]) ?? true, found[0].ToString());
        return this;
    }

    public PowerStory WritesNothing()
    {
        Assert.Empty(record.Skip(since));
        return this;
    }

    public PowerStory WritesNo<TEvent>()
        where TEvent : RecordedEvent
    {
        Assert.Empty(record.Skip(since).OfType<TEvent>());
        return this;
    }

    /// <summary>Since the last passing of time these were told to stop, in this order, and nobody else.</summary>
    public PowerStory Tells(params string[] names)
    {
        Assert.Equal(names, orders.Skip(ordersSince).Select(one => one.Order).OfType<TellStop>().Select(stop => stop.Name));
        return this;
    }

    /// <summary>Since the last passing of time these messages were posted, in this order: what to do, and for which stage.</summary>
    public PowerStory Posts(params (WebhookAct Act, string Stage)[] messages)
    {
        Assert.Equal(messages, orders.Skip(ordersSince).Select(one => one.Order).OfType<PostWebhook>().Select(post => (post.Call.Act, post.Call.Stage)));
        return this;
    }

    /// <summary>Since the last passing of time these were allowed back, in this order.</summary>
    public PowerStory TakesBack(params string[] names)
    {
        Assert.Equal(names, orders.Skip(ordersSince).Select(one => one.Order).OfType<TakeStopBack>().Select(back => back.Name));
        return this;
    }

    public PowerStory Left(Func<double?, bool> isRight, string ups = "ups-1")
    {
        var left = Control.Now().Units.Single(unit => unit.Ups == ups).LeftSeconds;
        Assert.True(isRight(left), $"left: {left}");
        return this;
    }

    private PowerStory Speaks(string ups, Func<UpsReading?> says)
    {
        speaks[ups] = says;
        return this;
    }

    private UpsReading AReading(string ups, UpsFlags flags, double? left, double? charge, double? inputVolts, string? replaceBy, double load)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<UpsQuantity, UpsValue>();
        foreach (var (quantity, value) in new[]
        {
            (UpsQuantity.RuntimeSeconds, left), (UpsQuantity.ChargePercent, charge), (UpsQuantity.InputVoltage, inputVolts), (UpsQuantity.OutputVoltage, 100.0),
            (UpsQuantity.LoadPercent, load), (UpsQuantity.HighTransferVoltage, 110.0),
        })
        {
            if (value is { } number)
            {
                values[quantity] = new(number, UpsQuality.Good, At);
            }
        }

        var texts = replaceBy is null ? ImmutableSortedDictionary<UpsText, string>.Empty : ImmutableSortedDictionary<UpsText, string>.Empty.Add(UpsText.ReplaceBatteryBy, replaceBy);
        return new(ups, At, UpsQuality.Good, flags, values.ToImmutable(), texts, null);
    }
}
