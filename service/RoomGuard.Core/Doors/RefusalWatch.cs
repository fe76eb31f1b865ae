using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>Refusals at one door or of one card that still count.</summary>
/// <param name="Door">Set: this door's.</param>
/// <param name="Card">Set: this card's.</param>
/// <param name="Times">When, steady and wall, oldest first.</param>
/// <param name="QuietUntil">Steady instant up to which it is not reported again; null: not reported.</param>
public sealed record RefusalWindow(DoorId? Door, CardDigest? Card, ImmutableArray<RefusalTime> Times, DateTimeOffset? QuietUntil);

/// <summary>One refusal's instant on both clocks.</summary>
public sealed record RefusalTime(DateTimeOffset Steady, DateTimeOffset At);

/// <summary>
/// R-DOOR-09: so many refusals within a sliding window are 連続拒否, told once per window. After a report counting begins anew when
/// the window has passed, so that a card held to a reader for an hour makes a dozen reports and not a thousand.
/// </summary>
internal sealed class RefusalWatch(int limit, TimeSpan window)
{
    // Far more cards than hands could present within a window; beyond it the oldest are forgotten.
    private const int MostCards = 1_000;

    private readonly Dictionary<DoorId, RefusalWindow> doors = [];
    private readonly Dictionary<CardDigest, RefusalWindow> cards = [];

    public bool Changed { get; set; }

    public ImmutableArray<RefusalWindow> Windows =>
    [
        .. doors.Values.OrderBy(one => one.Door!.Value.Value, StringComparer.Ordinal),
        .. cards.Values.OrderBy(one => one.Card!.Value.Value),
    ];

    public void Restore(ImmutableArray<RefusalWindow> windows)
    {
        doors.Clear();
        cards.Clear();
        foreach (var one in windows)
        {
            if (one.Door is { } door)
            {
                doors[door] = one;
            }
            else if (one.Card is { } card)
            {
                cards[card] = one;
            }
        }
    }

    public IEnumerable<RepeatedRefusals> Refused(DoorId door, CardDigest? card, PersonId? person, Moment now)
    {
        Changed = true;
        var atDoor = Count(doors.GetValueOrDefault(door) ?? new(door, null, [], null), now, out var doorReport);
        doors[door] = atDoor;
        if (doorReport is { } first)
        {
            yield return new(now.At, door, null, null, limit, first);
        }

        if (card is not { } digest)
        {
            yield break;
        }

        Forget(now);
        cards[digest] = Count(cards.GetValueOrDefault(digest) ?? new(null, digest, [], null), now, out var cardReport);
        if (cardReport is { } begun)
        {
            yield return new(now.At, door, digest, person, limit, begun);
        }
    }

    private RefusalWindow Count(RefusalWindow before, Moment now, out DateTimeOffset? report)
    {
        report = null;
        if (before.QuietUntil is { } quiet && now.Steady < quiet)
        {
            return before;
        }

        ImmutableArray<RefusalTime> times =
            [.. before.Times.Where(time => now.Steady - time.Steady <= window), new(now.Steady, now.At)];
        if (times.Length < limit)
        {
            return before with { Times = times, QuietUntil = null };
        }

        report = times[0].At;
        return before with { Times = [], QuietUntil = now.Steady + window };
    }

    private void Forget(Moment now)
    {
        foreach (var (card, _) in cards.Where(one => IsOver(one.Value, now)).ToArray())
        {
            cards.Remove(card);
        }

        while (cards.Count >= MostCards)
        {
            cards.Remove(cards.MinBy(one => (one.Value.Times.IsEmpty ? DateTimeOffset.MinValue : one.Value.Times[0].Steady, one.Key.Value)).Key);
        }
    }

    private bool IsOver(RefusalWindow one, Moment now) =>
        (one.QuietUntil is null || now.Steady >= one.QuietUntil) && one.Times.All(time => now.Steady - time.Steady > window);
}
