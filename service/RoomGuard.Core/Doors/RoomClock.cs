namespace RoomGuard.Core.Doors;

/// <summary>An instant on both clocks: what the wall says, and a steady count that no one turns back.</summary>
/// <param name="At">The wall clock: written in records, used for dates and hours.</param>
/// <param name="Steady">
/// Used for every duration. Equal to <paramref name="At"/> until the wall clock is stepped, then it goes on as if it had not been.
/// </param>
internal readonly record struct Moment(DateTimeOffset At, DateTimeOffset Steady);

/// <summary>
/// R-TIME-04: keeps durations whole when the wall clock jumps. Inputs carry wall times. A told step (<see cref="ClockStepped"/>)
/// is taken off everything that follows, so that no running time ends early or late. A step back that nobody told shows itself
/// as an input older than the one before it by more than the jitter of several sources: then the steady time stands still at
/// that input and goes on from there. An untold step forward cannot be told from quiet time passing.
/// </summary>
internal sealed class RoomClock
{
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(2);
    private TimeSpan offset;
    private TimeSpan untold;
    private DateTimeOffset last = DateTimeOffset.MinValue;

    /// <summary>Wall minus steady.</summary>
    public TimeSpan Offset => offset;

    /// <summary>What must be kept to go on after a restart.</summary>
    public ClockSnapshot Snapshot() => new(offset, untold, last);

    public void Restore(ClockSnapshot snapshot) => (offset, untold, last) = (snapshot.Offset, snapshot.Untold, snapshot.Last);

    public Moment Tell(DateTimeOffset at)
    {
        var steady = at - offset;
        if (last - steady > Jitter)
        {
            untold += steady - last;
            offset += steady - last;
        }

        last = steady > last ? steady : last;
        return new(at, last);
    }

    public Moment Step(DateTimeOffset at, DateTimeOffset expected)
    {
        offset += at - expected - untold;
        untold = TimeSpan.Zero;
        var steady = at - offset;
        if (last - steady > Jitter)
        {
            // The step was told after inputs that already showed it: go on from the last of them.
            offset = at - last;
        }

        last = steady > last ? steady : last;
        return new(at, last);
    }

    /// <summary>The wall time at which a steady instant will come.</summary>
    public DateTimeOffset WallOf(DateTimeOffset steady) => steady + offset;
}

/// <summary>The clock's part of a <see cref="RoomSnapshot"/>.</summary>
/// <param name="Offset">Wall minus steady.</param>
/// <param name="Untold">The part of it that was seen but not told.</param>
/// <param name="Last">The last steady instant.</param>
public sealed record ClockSnapshot(TimeSpan Offset, TimeSpan Untold, DateTimeOffset Last);
