using System.Collections.Immutable;

namespace RoomGuard.Core.Patterns;

/// <summary>What a rule saw: its kind, the entries by which it was seen, the figures it was judged by.</summary>
public sealed record PatternFinding(PatternKind Kind, ImmutableArray<long> EventIds, ImmutableArray<PatternValue> Values);

/// <summary>One entry kept in mind for a while.</summary>
/// <param name="Entry">Its number in the record.</param>
/// <param name="Mark">What told it from others: the door; empty where nothing has to.</param>
public readonly record struct Remembered(long Entry, DateTimeOffset At, string Mark);

/// <summary>Entries within a window of time, few and with an end: what is older or too much goes.</summary>
public static class Memory
{
    private const int Most = 256;

    /// <summary>The window with one entry more, cut to what lies within <paramref name="window"/> before it.</summary>
    public static ImmutableArray<Remembered> With(ImmutableArray<Remembered> kept, Remembered entry, TimeSpan window)
    {
        var from = entry.At - window;
        var next = (kept.IsDefault ? [] : kept).RemoveAll(one => one.At < from).Add(entry);
        return next.Length > Most ? next.RemoveAt(0) : next;
    }
}
