using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using Xunit;

namespace RoomGuard.TestKit.Core;

/// <summary>
/// The small language in which stories of the climate are told. Time moves only when told; sensors that were given words say them at their interval, each at a
/// phase of its own, and time passing is told each second as the bridge tells it.
/// </summary>
public sealed class ClimateStory
{
    private readonly ClimateControlSettings settings;
    private readonly SortedDictionary<string, Speaker> speakers = new(StringComparer.Ordinal);
    private readonly List<RecordedEvent> record = [];
    private readonly List<TimeSpan> moments = [];
    private readonly List<FireSignalled> fires = [];
    private ClimatePlan plan;
    private int since;
    private long serial;

    public ClimateStory(DateTimeOffset start, ClimatePlan? plan = null, ClimateControlSettings? settings = null)
    {
        this.plan = plan ?? AClimate.Plan;
        this.settings = settings ?? new();
        At = start;
        Control = new(this.plan, this.settings);
        _ = Told(new RoomStarted(At));
        since = record.Count;
    }

    public ClimateControl Control { get; private set; }

    /// <summary>The wall clock.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>How long the story has gone on, whatever became of the wall clock.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Everything written so far.</summary>
    public IReadOnlyList<RecordedEvent> Written => record;

    /// <summary>The same with the moment of the story at which it was written.</summary>
    public IEnumerable<(TimeSpan At, RecordedEvent Event)> Lived => moments.Zip(record);

    /// <summary>Where the doors were told that it burns, last.</summary>
    public ImmutableArray<ZoneId> Burning => fires[^1].Zones;

    /// <summary>Whom the bridge was told to hear besides those of the settings, last.</summary>
    public ImmutableArray<string> HeardBesides { get; private set; } = [];

    // ---- what happens

    /// <summary>A calm day: every sensor of the plan says what it should.</summary>
    public ClimateStory Calm()
    {
        var number = 0;
        foreach (var sensor in plan.Sensors)
        {
            // A hundredth of a degree now and then, as a room breathes: what never moves at all is stuck.
            var (own, said) = (number++ * 0.1, 0);
            Speaks(sensor.Id, () =>
            {
                var breath = said++ % 10 == 9 ? 0.01 : 0;
                return [.. sensor.Measures.Select(quantity => (quantity, (double?)Usual(quantity, own, breath)))];
            });
        }

        return this;
    }

    /// <summary>A report, now.</summary>
    public ClimateStory Says(string sensor, params (Quantity Quantity, double? Value)[] values) => Reports(new(sensor, At, [.. values.Select(one => new SensorValue(one.Quantity, one.Value))]));

    /// <summary>A report as it is, now.</summary>
    public ClimateStory Reports(SensorReport report) => Told(new SensorHeard(At, report with { At = At }));

    /// <summary>From now on the sensor says this at its interval, the first time at once.</summary>
    public ClimateStory Speaks(string sensor, params (Quantity Quantity, double Value)[] values) => Speaks(sensor, () => [.. values.Select(one => (one.Quantity, (double?)one.Value))]);

    /// <summary>From now on the sensor says what this gives; null: nothing this time.</summary>
    public ClimateStory Speaks(string sensor, Func<(Quantity Quantity, double? Value)[]?> says)
    {
        var interval = plan.Sensors.Single(one => one.Id == sensor).Interval ?? TimeSpan.FromMinutes(10);
        speakers[sensor] = new(says, interval, speakers.TryGetValue(sensor, out var before) ? before.Next : At + (interval * (speakers.Count % 7 / 7.0)));
        return this;
    }

    /// <summary>The sensor says nothing any more.</summary>
    public ClimateStory Hushes(params string[] sensors)
    {
        foreach (var sensor in sensors)
        {
            _ = speakers.Remove(sensor);
        }

        return this;
    }

    public ClimateStory Gateway(string gateway, bool alive) => Told(new GatewayTold(At, new(gateway, At, alive)));

    /// <summary>A person at the office confirms that all is normal again.</summary>
    public ClimateStory Confirms(string condition, params string[] racks)
    {
        var raised = Control.Now().Conditions.Single(one => one.Condition == condition);
        return Ordered(new ClimateConfirmOrder(condition, raised.Zone, raised.RaisedAt, [.. racks], "現地を確認", "S-0102", At));
    }

    public ClimateStory Ordered(RoomOrder order) => Told(new RoomOrderArrived(At, ++serial, order));

    /// <summary>Time goes by.</summary>
    public ClimateStory After(double seconds)
    {
        since = record.Count;
        return Goes(seconds);
    }

    /// <summary>Time goes by, and what was written before still counts.</summary>
    public ClimateStory Goes(double seconds)
    {
        var until = At + TimeSpan.FromSeconds(seconds);
        while (At < until)
        {
            var next = At + TimeSpan.FromSeconds(1) < until ? At + TimeSpan.FromSeconds(1) : until;
            foreach (var speaker in speakers.Values)
            {
                next = speaker.Next < next ? speaker.Next : next;
            }

            Elapsed += next > At ? next - At : TimeSpan.Zero;
            At = next > At ? next : At;
            foreach (var (sensor, speaker) in speakers)
            {
                if (speaker.Next <= At)
                {
                    speaker.Next += speaker.Interval;
                    if (speaker.Says() is { } said)
                    {
                        _ = Says(sensor, said);
                    }
                }
            }

            if (Control.NextDue is { } due && due <= At)
            {
                _ = Told(new TimePassed(At));
            }
        }

        return this;
    }

    /// <summary>The wall clock is turned, and the bridge says so.</summary>
    public ClimateStory TurnsTheClock(TimeSpan by)
    {
        var expected = At;
        At += by;
        foreach (var speaker in speakers.Values)
        {
            speaker.Next += by;
        }

        return Told(new ClockStepped(At, expected));
    }

    /// <summary>The bridge dies and starts again from its snapshot, perhaps with another plan.</summary>
    public ClimateStory Restarts(double secondsAway, ClimatePlan? with = null)
    {
        since = record.Count;
        var snapshot = Control.Snapshot();
        At += TimeSpan.FromSeconds(secondsAway);
        Elapsed += TimeSpan.FromSeconds(secondsAway);
        foreach (var speaker in speakers.Values)
        {
            while (speaker.Next < At)
            {
                speaker.Next += speaker.Interval;
            }
        }

        plan = with ?? plan;
        Control = new(plan, settings);
        Control.Restore(snapshot);
        HeardBesides = [];
        return Told(new RoomStarted(At));
    }

    public ClimateStory Told(RoomInput happening)
    {
        foreach (var effect in Control.Handle(happening))
        {
            switch (effect)
            {
                case Write write:
                    record.Add(write.Event);
                    moments.Add(Elapsed);
                    break;
                case TellDoors { Input: FireSignalled fire }:
                    fires.Add(fire);
                    break;
                case Act { Order: HearSensors hear }:
                    HeardBesides = [.. hear.Enrolled.Select(order => order.Place.Id)];
                    break;
                default:
                    Assert.Fail($"the climate gives no {effect.GetType().Name}");
                    break;
            }
        }

        return this;
    }

    // ---- what must be so

    /// <summary>Since the last passing of time this was written, once.</summary>
    public ClimateStory Writes<TEvent>(Func<TEvent, bool>? isRight = null)
        where TEvent : RecordedEvent
    {
        var found = record.Skip(since).OfType<TEvent>().ToArray();
        Assert.True(found.Length == 1, $"{typeof(TEvent).Name} {found.Length} times; written: {string.Join(", ", record.Skip(since))}");
        Assert.True(isRight?.Invoke(found[0]) ?? true, found[0].ToString());
        return this;
    }

    public ClimateStory WritesNothing()
    {
        Assert.Empty(record.Skip(since));
        return this;
    }

    /// <summary>Since the last passing of time exactly these were raised, in this order.</summary>
    public ClimateStory Raises(params string[] conditions)
    {
        Assert.Equal(conditions, record.Skip(since).OfType<ClimateRaised>().Select(one => one.Condition));
        return this;
    }

    /// <summary>Since the last passing of time exactly these were cleared, in this order.</summary>
    public ClimateStory Clears(params string[] conditions)
    {
        Assert.Equal(conditions, record.Skip(since).OfType<ClimateCleared>().Select(one => one.Condition));
        return this;
    }

    /// <summary>Exactly these stand.</summary>
    public ClimateStory Stand(params string[] conditions)
    {
        Assert.Equal(conditions.Order(StringComparer.Ordinal), Control.Now().Conditions.Select(one => one.Condition).Order(StringComparer.Ordinal));
        return this;
    }

    /// <summary>How a value of a sensor may be believed.</summary>
    public ClimateStory Shows(string sensor, Quantity quantity, ValueQuality quality, QualityReason reason = QualityReason.None)
    {
        var value = Control.Now().Sensors.Single(one => one.Sensor == sensor).Values.Single(one => one.Quantity == quantity);
        Assert.Equal((quality, reason), (value.Quality, value.Reason));
        return this;
    }

    /// <summary>How a zone stands.</summary>
    public ClimateStory ZoneIs(ClimateState state, string zone = "SRV-1")
    {
        Assert.Equal(state, Control.Now().Zones.Single(one => one.Zone.Value == zone).State);
        return this;
    }

    private static double Usual(Quantity quantity, double own, double breath) => quantity switch
    {
        Quantity.Temperature => 22 + own + breath,
        Quantity.RelativeHumidity => 45 + own + breath,
        Quantity.SurfaceTemperature => 18,
        Quantity.Pm10 => 12,
        Quantity.Pm25 => 6,
        _ => 0,
    };

    private sealed class Speaker(Func<(Quantity Quantity, double? Value)[]?> says, TimeSpan interval, DateTimeOffset next)
    {
        public Func<(Quantity Quantity, double? Value)[]?> Says { get; } = says;

        public TimeSpan Interval { get; } = interval;

        public DateTimeOffset Next { get; set; } = next;
    }
}
