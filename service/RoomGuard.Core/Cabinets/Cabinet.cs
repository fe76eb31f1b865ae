using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Cabinets;

/// <summary>A rack or cabinet by its name in the settings, e.g. <c>rack-01</c>.</summary>
public readonly record struct CabinetId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A rack or cabinet that holds network ports (R-ZONE-10).</summary>
/// <param name="Watched">Something tells its openings. False: it is checked by eye (自己点検).</param>
public sealed record Cabinet(CabinetId Id, ZoneId Zone, string Label, string LabelEn, bool Watched);

/// <summary>A cabinet as its bridge watches it.</summary>
/// <param name="Sensor">The enrolled sensor that tells it; null: a contact at a reader, or nothing.</param>
/// <param name="Through">What the sensor is heard through.</param>
/// <param name="Interval">How often the sensor speaks at least; null: a contact, whose reader is watched by itself.</param>
public sealed record CabinetPlan(Cabinet Cabinet, string? Sensor, ImmutableArray<string> Through, TimeSpan? Interval);

/// <summary>A contact at a reader told how a cabinet stands.</summary>
/// <param name="Open">Null: it tells no longer.</param>
public sealed record CabinetHeard(DateTimeOffset At, CabinetId Cabinet, bool? Open) : RoomInput(At);

/// <summary>What cabinets a bridge knows, told at its start: from now on none is known to be shut until it is heard.</summary>
public sealed record CabinetsWatched(DateTimeOffset OccurredAt, ImmutableArray<Cabinet> Cabinets) : RecordedEvent(OccurredAt);

/// <summary>A cabinet was opened, or is heard to be open (R-ZONE-10). Written by the bridge; whether work covers it is the office's to say.</summary>
public sealed record CabinetOpened(DateTimeOffset OccurredAt, CabinetId Cabinet, ZoneId Zone) : RecordedEvent(OccurredAt);

/// <summary>A cabinet was shut, or is heard to be shut.</summary>
public sealed record CabinetClosed(DateTimeOffset OccurredAt, CabinetId Cabinet, ZoneId Zone) : RecordedEvent(OccurredAt);

/// <summary>不明: the contact of a cabinet tells no longer, which is never taken for shut.</summary>
/// <param name="Detail">In a few English words.</param>
public sealed record CabinetLost(DateTimeOffset OccurredAt, CabinetId Cabinet, ZoneId Zone, string Detail) : RecordedEvent(OccurredAt);

/// <summary>
/// Openings of cabinets at the bridge: changes are told, silence becomes 不明 once. Pure; knows the time only by being told.
/// </summary>
public sealed class CabinetWatch
{
    // A sensor may be missed twice (R-ENV-05).
    private const int IntervalsToSilence = 3;

    private readonly ImmutableArray<Run> runs;

    /// <summary>Begins with every cabinet unheard.</summary>
    public CabinetWatch(IEnumerable<CabinetPlan> plans)
    {
        ArgumentNullException.ThrowIfNull(plans);
        runs = [.. plans.Select(plan => new Run(plan))];
    }

    /// <summary>When a sensor has been silent for too long; null: none can be.</summary>
    public DateTimeOffset? NextDue => runs.Min(run => run.SilentAt);

    /// <summary>Whether a sensor tells a cabinet.</summary>
    public bool Watches(string sensor) => runs.Any(run => run.Plan.Sensor == sensor);

    /// <summary>One step.</summary>
    public ImmutableArray<Effect> Handle(RoomInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input switch
        {
            RoomStarted when !runs.IsEmpty => Begin(input.At),
            CabinetHeard heard => [.. runs.Where(run => run.Id == heard.Cabinet).SelectMany(run => Hear(run, heard.Open, input.At, "its contact tells no longer"))],
            SensorHeard { Report: { Resent: false, SelfTest: false } report } => [.. runs.Where(run => run.Plan.Sensor == report.SensorId).SelectMany(run => Hear(run, report, input.At))],
            GatewayTold { Heard: { Alive: false } gateway } => [.. runs.Where(run => run.Plan.Through.Contains(gateway.GatewayId)).SelectMany(run => Hear(run, null, input.At, $"{gateway.GatewayId} is away"))],
            SensorReachTold { Away: true } away => [.. runs.Where(run => run.Plan.Sensor == away.Sensor).SelectMany(run => Hear(run, null, input.At, "its gateway cannot reach it"))],
            TimePassed => [.. runs.Where(run => run.SilentAt <= input.At).SelectMany(run => Hear(run, null, input.At, "its sensor is silent"))],
            _ => [],
        };
    }

    private ImmutableArray<Effect> Begin(DateTimeOffset now)
    {
        foreach (var run in runs)
        {
            // Silence counts from the start: a sensor that never speaks is told too.
            (run.Open, run.Told, run.HeardAt) = (null, false, now);
        }

        return [new Write(new CabinetsWatched(now, [.. runs.Select(run => run.Plan.Cabinet)]))];
    }

    private static ImmutableArray<Effect> Hear(Run run, SensorReport report, DateTimeOffset now)
    {
        run.HeardAt = now;
        foreach (var value in report.Values)
        {
            if (value.Quantity is Quantity.Open)
            {
                return value.Raw is { } raw ? Hear(run, raw == 1, now, "") : Hear(run, null, now, value.Fault ?? "its sensor says nothing of it");
            }
        }

        return [];
    }

    private static ImmutableArray<Effect> Hear(Run run, bool? open, DateTimeOffset now, string why)
    {
        if (open is null)
        {
            // Told once; the next word of it ends it.
            run.HeardAt = null;
        }

        if (run.Told && run.Open == open)
        {
            return [];
        }

        (run.Open, run.Told) = (open, true);
        var (id, zone) = (run.Id, run.Plan.Cabinet.Zone);
        return [new Write(open switch { true => new CabinetOpened(now, id, zone), false => new CabinetClosed(now, id, zone), null => new CabinetLost(now, id, zone, why) })];
    }

    private sealed class Run(CabinetPlan plan)
    {
        public CabinetPlan Plan => plan;

        public CabinetId Id => plan.Cabinet.Id;

        public bool? Open { get; set; }

        // Something of it was told since the start.
        public bool Told { get; set; }

        public DateTimeOffset? HeardAt { get; set; }

        public DateTimeOffset? SilentAt => plan is { Sensor: not null, Interval: { } interval } ? HeardAt + (IntervalsToSilence * interval) : null;
    }
}
