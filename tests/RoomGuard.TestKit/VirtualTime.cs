namespace RoomGuard.TestKit;

/// <summary>A clock that moves only when told: wall time and monotonic time together, timers fire in due order.</summary>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<VirtualTimer> timers = [];
    private DateTimeOffset wall = start.ToUniversalTime();
    private long ticks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return wall;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (gate)
        {
            return ticks;
        }
    }

    /// <summary>Moves on, firing every timer that falls due on the way, each at its own instant.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = GetTimestamp() + by.Ticks;
        while (true)
        {
            VirtualTimer? due;
            lock (gate)
            {
                due = timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
                var to = due?.DueAt ?? until;
                if (to > ticks)
                {
                    wall += TimeSpan.FromTicks(to - ticks);
                    ticks = to;
                }

                if (due is null)
                {
                    return;
                }

                due.Rearm(ticks, timers);
            }

            due.Fire();
        }
    }

    /// <summary>Turns the wall clock alone, as a person or a time server would; monotonic time goes on.</summary>
    public void StepWall(TimeSpan by)
    {
        lock (gate)
        {
            wall += by;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan every = Timeout.InfiniteTimeSpan;

        public long DueAt { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                every = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    DueAt = long.MaxValue;
                    return true;
                }

                DueAt = time.ticks + dueTime.Ticks;
                time.timers.Add(this);
                return true;
            }
        }

        public void Rearm(long now, List<VirtualTimer> all)
        {
            if (every == Timeout.InfiniteTimeSpan || every == TimeSpan.Zero)
            {
                DueAt = long.MaxValue;
                all.Remove(this);
            }
            else
            {
                DueAt = now + every.Ticks;
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
