using System.Diagnostics;
using System.Diagnostics.Metrics;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;

namespace RoomGuard.Bridge.Doors;

/// <summary>What the room measures of itself. Labels are closed lists: no card, person or name ever becomes one.</summary>
public sealed class RoomMeters : IDisposable
{
    /// <summary>Name of the meter and of the traces.</summary>
    public const string Name = "RoomGuard.Bridge.Room";

    private static readonly InstrumentAdvice<double> FromHalfAMillisecond = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
    };

    private readonly Meter meter;
    private readonly ActivitySource traces;
    private readonly Counter<long> entries;
    private readonly Counter<long> clockSteps;
    private readonly Histogram<double> decisions;
    private readonly Histogram<double> commits;

    /// <summary>Instruments with nothing measured yet.</summary>
    /// <param name="name">Another name than <see cref="Name"/> is not shown anywhere.</param>
    public RoomMeters(string name = Name)
    {
        meter = new(name);
        traces = new(name);
        entries = meter.CreateCounter<long>(
            "roomguard_entries", description: "What became of each badge: granted, denied (with its reason), awaiting a second factor, or a way out.");
        clockSteps = meter.CreateCounter<long>("roomguard_clock_steps", description: "How often the wall clock jumped against the monotonic clock.");
        decisions = meter.CreateHistogram(
            "roomguard_decision_duration", "s", "From a badge reaching the room to its order being handed to the wire, durable entry included.", advice: FromHalfAMillisecond);
        commits = meter.CreateHistogram(
            "roomguard_journal_commit_duration", "s", "One durable append to the journal, flush to the medium included.", advice: FromHalfAMillisecond);
    }

    /// <summary>Shows what can be looked up at any time.</summary>
    public void Watch(Func<RoomState> state, Func<int> waiting)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(waiting);
        meter.CreateObservableGauge("roomguard_room_queue", () => waiting(), description: "Happenings waiting for the room's thread.");
        meter.CreateObservableGauge(
            "roomguard_journal_healthy", () => state().Journal == JournalCondition.Writing ? 1 : 0, description: "1 while the journal is written; 0 while nobody may enter because it is not.");
        meter.CreateObservableGauge("roomguard_doors", () => DoorsByState(state()), description: "Doors by what their leaf is doing.");
        meter.CreateObservableGauge("roomguard_people_inside", () => state().Inside.Length, description: "People known to be inside.");
    }

    /// <summary>Shows the age of the grant list in force.</summary>
    public void WatchList(Func<RoomState> state, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(time);
        meter.CreateObservableGauge(
            "roomguard_grant_list_age",
            () => state().ListIssuedAt is { } issued ? [new((time.GetUtcNow() - issued).TotalSeconds)] : Array.Empty<Measurement<double>>(),
            "s",
            "Age of the grant list in force, in seconds; absent while there is none.");
    }

    /// <summary>A durable append.</summary>
    internal void Committed(IReadOnlyList<RecordedEvent> events, TimeSpan took)
    {
        commits.Record(took.TotalSeconds);
        for (var i = 0; i < events.Count; i++)
        {
            switch (events[i])
            {
                case EntryGranted:
                    entries.Add(1, new KeyValuePair<string, object?>("result", "granted"), new KeyValuePair<string, object?>("reason", ""));
                    break;
                case EntryDenied denied:
                    entries.Add(1, new KeyValuePair<string, object?>("result", "denied"), new KeyValuePair<string, object?>("reason", denied.Reason.ToString()));
                    break;
                case FactorAwaited:
                    entries.Add(1, new KeyValuePair<string, object?>("result", "factor-awaited"), new KeyValuePair<string, object?>("reason", ""));
                    break;
                case ExitBadged:
                    entries.Add(1, new KeyValuePair<string, object?>("result", "exit"), new KeyValuePair<string, object?>("reason", ""));
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>A turn is over; its badges are measured from their arrival.</summary>
    internal void TurnDone(IReadOnlyList<RoomPost> posts, long decidedAt, long durableAt, TimeProvider time)
    {
        var orderedAt = time.GetTimestamp();
        for (var i = 0; i < posts.Count; i++)
        {
            if (posts[i].Input is not BadgePresented badge)
            {
                continue;
            }

            var took = time.GetElapsedTime(posts[i].PostedAt, orderedAt);
            using var trace = traces.HasListeners() ? Trace(badge, posts[i].PostedAt, decidedAt, durableAt, orderedAt, time) : null;
            decisions.Record(took.TotalSeconds);
        }
    }

    internal void ClockStepped() => clockSteps.Add(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        meter.Dispose();
        traces.Dispose();
    }

    // received → decided → durable → ordered, told after the fact: nobody waits at a door for a trace to be written.
    private Activity? Trace(BadgePresented badge, long postedAt, long decidedAt, long durableAt, long orderedAt, TimeProvider time)
    {
        var trace = traces.StartActivity("badge", ActivityKind.Internal, default(ActivityContext), [new("reader", badge.Reader.Value)], startTime: badge.At);
        if (trace is null)
        {
            return null;
        }

        foreach (var (name, at) in new[] { ("received", postedAt), ("decided", decidedAt), ("durable", durableAt), ("ordered", orderedAt) })
        {
            trace.AddEvent(new(name, badge.At + time.GetElapsedTime(postedAt, at)));
        }

        return trace.SetEndTime((badge.At + time.GetElapsedTime(postedAt, orderedAt)).UtcDateTime);
    }

    private static IEnumerable<Measurement<int>> DoorsByState(RoomState state) =>
        Enum.GetValues<LeafState>()
            .Select(leaf => new Measurement<int>(
                state.Doors.Count(door => door.Leaf == leaf && !door.Forced && !door.HeldOpen), new KeyValuePair<string, object?>("state", State(leaf))))
            .Append(new(state.Doors.Count(door => door.Forced), new KeyValuePair<string, object?>("state", "forced")))
            .Append(new(state.Doors.Count(door => door.HeldOpen && !door.Forced), new KeyValuePair<string, object?>("state", "held-open")));

    private static string State(LeafState leaf) => leaf switch
    {
        LeafState.Closed => "closed",
        LeafState.Open => "open",
        LeafState.Unknown => "unknown",
        _ => throw new UnreachableException($"No word for {leaf}."),
    };
}
