using System.Collections.Immutable;

namespace RoomGuard.Core.Patterns;

/// <summary>
/// 多くの扉で拒否 (R-MON-05): the same person or card refused at several doors within a while. Rounds through doors that open are nobody's concern.
/// </summary>
public static class ManyDoors
{
    /// <summary>One refusal more.</summary>
    public static (ImmutableArray<Remembered> Next, PatternFinding? Found) Step(ImmutableArray<Remembered> kept, Remembered refusal, PatternSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var next = Memory.With(kept, refusal, TimeSpan.FromMinutes(settings.DoorsWithinMinutes));
        var doors = next.Select(one => one.Mark).Distinct().Count();
        return doors < settings.DoorsFrom
            ? (next, null)
            : (next, new(
                PatternKind.ManyDoors,
                [.. next.Select(one => one.Entry)],
                [new(PatternFigure.DoorsTried, doors), new(PatternFigure.DoorsFrom, settings.DoorsFrom), new(PatternFigure.WindowMinutes, settings.DoorsWithinMinutes)]));
    }
}
