using System.Collections.Immutable;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.World;

namespace RoomGuard.Simulators.Stories;

/// <summary>When a story's clock begins to run.</summary>
public enum StoryStart
{
    /// <summary>As soon as every door's reader is watched in its secure channel, or after two minutes.</summary>
    ReadersOnline,

    /// <summary>At once.</summary>
    AtOnce,
}

/// <summary>One line of a story: at, do, with what.</summary>
/// <param name="At">Since the lap began.</param>
/// <param name="Every">Null: once per lap. Else again and again at this distance.</param>
/// <param name="Until">With <paramref name="Every"/>: not at or after this moment of the lap.</param>
/// <param name="Jitter">Each time comes up to this much later.</param>
/// <param name="FirstLapOnly">Not again when the story begins anew.</param>
/// <param name="With">For each argument the values it may have; chance picks one.</param>
/// <param name="Says">What this line is about, for people.</param>
public sealed record StoryStep(
    TimeSpan At,
    TimeSpan? Every,
    TimeSpan? Until,
    TimeSpan Jitter,
    bool FirstLapOnly,
    string Do,
    ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> With,
    string? Says);

/// <summary>Something the story will do.</summary>
/// <param name="At">Since the lap began.</param>
public sealed record StoryDeed(TimeSpan At, Deed Deed, string? Says);

/// <summary>An ordinary day of invented people (R-CFG-06), as data.</summary>
/// <param name="Lap">After this time it begins again.</param>
public sealed record Story(string Title, string TitleEn, StoryStart Start, TimeSpan Lap, int Seed, ImmutableArray<StoryStep> Steps)
{
    /// <summary>Everything one lap will do, in order. Pure: the same seed and lap give the same day.</summary>
    /// <param name="lap">From 0.</param>
    public ImmutableArray<StoryDeed> Plan(int seed, int lap, SimulatorSettings site)
    {
        var deeds = ImmutableArray.CreateBuilder<StoryDeed>();
        foreach (var (index, step) in Steps.Index())
        {
            // Each step has chances of its own, so that a changed step leaves the others as they were.
            var chance = new Random(unchecked((((seed * 31) + Seed) * 31 + lap) * 1009 + index));
            foreach (var at in Times(step, lap).Select(time => time + (step.Jitter * chance.NextDouble())))
            {
                var texts = step.With.ToDictionary(pair => pair.Key, pair => pair.Value[chance.Next(pair.Value.Length)]);
                var deed = DeedTable.Read(step.Do, texts, site, out var problems)
                    ?? throw new System.Diagnostics.UnreachableException($"A checked story held a wrong step: {problems[0].Sentence}");
                deeds.Add(new(at, deed, step.Says));
            }
        }

        return [.. deeds.Where(deed => deed.At < Lap).OrderBy(deed => deed.At)];
    }

    private static IEnumerable<TimeSpan> Times(StoryStep step, int lap)
    {
        if (step.FirstLapOnly && lap > 0)
        {
            yield break;
        }

        yield return step.At;
        for (var at = step.At + step.Every; at < step.Until; at += step.Every)
        {
            yield return at.Value;
        }
    }
}
