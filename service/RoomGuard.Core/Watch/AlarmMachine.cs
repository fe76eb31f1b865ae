using System.Collections.Immutable;
using RoomGuard.Core.People;

namespace RoomGuard.Core.Watch;

/// <summary>What happens to an alarm.</summary>
public abstract record AlarmInput(DateTimeOffset At);

/// <summary>Its cause is there again.</summary>
/// <param name="Entry">Number of the entry that says so.</param>
public sealed record CauseCame(DateTimeOffset At, AlarmLevel Level, long Entry) : AlarmInput(At);

/// <summary>Its cause is over.</summary>
public sealed record CauseWent(DateTimeOffset At) : AlarmInput(At);

/// <summary>It became more urgent, without its cause having come again.</summary>
/// <param name="Entry">Number of the entry that says so.</param>
public sealed record CauseGrew(DateTimeOffset At, AlarmLevel Level, long Entry) : AlarmInput(At);

/// <summary>It became less urgent, and goes on.</summary>
/// <param name="Entry">Number of the entry that says so.</param>
public sealed record CauseFell(DateTimeOffset At, AlarmLevel Level, long Entry) : AlarmInput(At);

/// <summary>A person acknowledged it.</summary>
public sealed record PersonAcknowledged(DateTimeOffset At, PersonId By, string Note, bool FalseAlarm) : AlarmInput(At);

/// <summary>A person shelved it.</summary>
public sealed record PersonShelved(DateTimeOffset At, DateTimeOffset Until, string Reason, PersonId By) : AlarmInput(At);

/// <summary>It is shelved no longer.</summary>
/// <param name="Entry">Number of the entry that says so.</param>
public sealed record ShelfEnded(DateTimeOffset At, long Entry) : AlarmInput(At);

/// <summary>A person handed it over.</summary>
public sealed record PersonHandedOver(DateTimeOffset At, PersonId To) : AlarmInput(At);

/// <summary>
/// The life of an alarm with people: a pure function of the alarm and what happens to it. Waiting until a cause has lasted long enough is done before, where it is measured.
/// </summary>
public static class AlarmMachine
{
    /// <summary>Within which comings of a cause are counted†.</summary>
    public static readonly TimeSpan FlapWindow = TimeSpan.FromMinutes(10);

    /// <summary>More comings than this within the window: unstable†.</summary>
    public const int FlapsToUnstable = 5;

    /// <summary>So few comings within the window: no longer†. The two differ, so that being unstable does not itself come and go.</summary>
    public const int FlapsToStable = 2;

    /// <summary>The id of the alarm an entry of the record raises.</summary>
    public static string IdOf(long entry) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"AL-{entry}");

    /// <summary>A new alarm.</summary>
    /// <param name="entry">Number of the entry that raises it.</param>
    /// <param name="before">The last alarm of the same kind and subject; null: there was none. What it knows of comings and goings counts on.</param>
    public static Alarm Raise(CauseArose cause, DateTimeOffset at, long entry, Alarm? before)
    {
        ArgumentNullException.ThrowIfNull(cause);
        var alarm = Counted(
            new Alarm(IdOf(entry), cause.Kind, cause.Subject, cause.Level, AlarmState.Unacknowledged, at)
            {
                Zone = cause.Zone,
                Door = cause.Door,
                Device = cause.Device,
                Panel = cause.Panel,
                Planned = cause.Planned,
                LastRaisedEntry = entry,
                Recent = before?.Recent ?? [],
                Unstable = before is { Unstable: true },
            },
            at);

        // Somebody knows that it comes and goes: it is not put before people anew each time.
        return alarm.Unstable && before is { Unstable: true, Acknowledged: { } seen } && alarm.Level >= before.Level
            ? alarm with { State = cause.Kind.Ends ? AlarmState.Acknowledged : AlarmState.Unacknowledged, Acknowledged = seen, FirstAcknowledgedAt = at, Owner = before.Owner }
            : alarm;
    }

    /// <summary>What becomes of an open alarm. One that is over stays as it is.</summary>
    public static Alarm Step(Alarm alarm, AlarmInput input)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        ArgumentNullException.ThrowIfNull(input);
        return (alarm.State, input) switch
        {
            (AlarmState.Over, _) => alarm,

            // The same cause told again while it stands is no new alarm; a more urgent one is, even if the last was acknowledged.
            (AlarmState.Unacknowledged or AlarmState.Acknowledged, CauseCame e) => Grown(alarm with { Times = alarm.Times + 1 }, e.At, e.Level, e.Entry, falls: true),
            (AlarmState.Unacknowledged or AlarmState.Acknowledged, CauseGrew e) => Grown(alarm, e.At, e.Level, e.Entry, falls: false),

            // Back before anybody looked: the same alarm goes on.
            (AlarmState.ReturnedUnacknowledged, CauseCame e) => Counted(
                Grown(alarm, e.At, e.Level, e.Entry, falls: true) with { State = AlarmState.Unacknowledged, ReturnedAt = null, Times = alarm.Times + 1, LastRaisedAt = e.At, LastRaisedEntry = e.Entry }, e.At),
            (AlarmState.Unacknowledged or AlarmState.Acknowledged, CauseFell e) => e.Level > alarm.Level ? Grown(alarm, e.At, e.Level, e.Entry, falls: true) : alarm,
            (AlarmState.ReturnedUnacknowledged, CauseGrew or CauseFell) => alarm,

            // What has no end of its own does not return.
            (_, CauseWent) when !alarm.Kind.Ends => alarm,
            (AlarmState.Unacknowledged, CauseWent e) => alarm with { State = AlarmState.ReturnedUnacknowledged, ReturnedAt = e.At },
            (AlarmState.Acknowledged, CauseWent e) => alarm with { State = AlarmState.Over, ReturnedAt = e.At, OverAt = e.At, Shelved = null },
            (AlarmState.ReturnedUnacknowledged, CauseWent) => alarm,

            // Acknowledging never ends a cause (R-ENV-11): while it is there the alarm stays, and says who has seen it.
            (AlarmState.Unacknowledged, PersonAcknowledged e) when alarm.Kind.Ends => Seen(alarm, e) with { State = AlarmState.Acknowledged },
            (AlarmState.Unacknowledged or AlarmState.ReturnedUnacknowledged, PersonAcknowledged e) => Seen(alarm, e) with { State = AlarmState.Over, OverAt = e.At, Shelved = null },
            (AlarmState.Acknowledged, PersonAcknowledged e) => Seen(alarm, e),

            (_, PersonShelved e) => ShelfLimits.Of(alarm.Kind, alarm.Level) is null ? alarm : alarm with { Shelved = new(e.At, e.Until, e.Reason, e.By) },

            // Back from the shelf and still not acknowledged: told anew.
            (AlarmState.Unacknowledged, ShelfEnded e) when alarm.Shelved is not null => alarm with { Shelved = null, LastRaisedAt = e.At, LastRaisedEntry = e.Entry },
            (_, ShelfEnded) => alarm with { Shelved = null },
            (_, PersonHandedOver e) => alarm with { Owner = e.To },
            _ => throw new System.Diagnostics.UnreachableException($"No answer to {input.GetType().Name}."),
        };
    }

    private static Alarm Seen(Alarm alarm, PersonAcknowledged e) =>
        alarm with { Acknowledged = new(e.At, e.By, e.Note, e.FalseAlarm), FirstAcknowledgedAt = alarm.FirstAcknowledgedAt ?? e.At, Owner = alarm.Owner ?? e.By };

    // More urgent: nobody has seen that, and no shelf hides it. Less urgent: as it is, and a latched one keeps the most urgent it was.
    private static Alarm Grown(Alarm alarm, DateTimeOffset at, AlarmLevel level, long entry, bool falls) => level.CompareTo(alarm.Level) switch
    {
        < 0 => alarm with { Level = level, State = AlarmState.Unacknowledged, LastRaisedAt = at, LastRaisedEntry = entry, Acknowledged = null, Shelved = null },
        > 0 when falls && !alarm.Kind.Latched => alarm with { Level = level },
        _ => alarm,
    };

    private static Alarm Counted(Alarm alarm, DateTimeOffset at)
    {
        ImmutableArray<DateTimeOffset> recent = [.. alarm.Recent.Where(time => at - time < FlapWindow).TakeLast(2 * FlapsToUnstable), at];
        return alarm with { Recent = recent, Unstable = recent.Length > FlapsToUnstable || (alarm.Unstable && recent.Length > FlapsToStable) };
    }
}
