using System.Collections.Immutable;
using RoomGuard.Simulators.Site;

namespace RoomGuard.Simulators.Stories;

/// <summary>Plays a story lap after lap. It knows the time only by being told, and can run faster than it.</summary>
public sealed class StoryPlayer(Story story, SimulatorSettings site)
{
    private static readonly TimeSpan LongestWaitForReaders = TimeSpan.FromMinutes(2);

    private ImmutableArray<StoryDeed> plan = [];
    private int next;
    private TimeSpan lapPosition;
    private TimeSpan toldAt;
    private TimeSpan? waitingSince;

    /// <summary>The story being played.</summary>
    public Story Story { get; } = story;

    /// <summary>From 0; -1 before the story has begun.</summary>
    public int Lap { get; private set; } = -1;

    /// <summary>Story seconds per second.</summary>
    public double Speed { get; private set; } = site.Speed;

    /// <summary>False while it stands still.</summary>
    public bool Playing { get; private set; } = true;

    /// <summary>Where the lap has come to.</summary>
    public TimeSpan Position => lapPosition;

    /// <summary>What comes next in this lap; null: the lap only runs out.</summary>
    public StoryDeed? Coming => Lap >= 0 && next < plan.Length ? plan[next] : null;

    /// <summary>When the story wants to be told the time again; null while it stands still.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            if (!Playing)
            {
                return null;
            }

            if (Lap < 0)
            {
                return toldAt + TimeSpan.FromMilliseconds(500);
            }

            var position = next < plan.Length ? plan[next].At : Story.Lap;
            return toldAt + Max((position - lapPosition) / Speed, TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>Moves on.</summary>
    /// <param name="readersOnline">Whether every door's reader is watched.</param>
    /// <returns>What is to be done now.</returns>
    public ImmutableArray<StoryDeed> Pass(TimeSpan now, bool readersOnline)
    {
        var passed = now - toldAt;
        toldAt = now;
        if (!Playing)
        {
            return [];
        }

        if (Lap < 0)
        {
            waitingSince ??= now;
            if (Story.Start == StoryStart.ReadersOnline && !readersOnline && now - waitingSince < LongestWaitForReaders)
            {
                return [];
            }

            Begin(0);
            passed = TimeSpan.Zero;
        }

        lapPosition += passed * Speed;
        var due = ImmutableArray.CreateBuilder<StoryDeed>();
        while (true)
        {
            for (; next < plan.Length && plan[next].At <= lapPosition; next++)
            {
                due.Add(plan[next]);
            }

            if (lapPosition < Story.Lap)
            {
                return due.DrainToImmutable();
            }

            var over = lapPosition - Story.Lap;
            Begin(Lap + 1);
            lapPosition = over;
        }
    }

    /// <summary>Goes on or stands still.</summary>
    public void Play(bool playing, TimeSpan now)
    {
        toldAt = now;
        Playing = playing;
    }

    /// <summary>Begins again with the first lap.</summary>
    public void Restart(TimeSpan now)
    {
        toldAt = now;
        Playing = true;
        Begin(0);
    }

    /// <summary>Runs faster or slower from now on.</summary>
    public void ChangeSpeed(double speed, TimeSpan now)
    {
        if (Playing && Lap >= 0)
        {
            lapPosition += (now - toldAt) * Speed;
        }

        toldAt = now;
        Speed = speed;
    }

    private void Begin(int lap)
    {
        Lap = lap;
        next = 0;
        lapPosition = TimeSpan.Zero;
        plan = Story.Plan(site.Seed, lap, site);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
