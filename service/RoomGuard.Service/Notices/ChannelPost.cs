using System.Collections.Immutable;
using RoomGuard.Core.Watch;

namespace RoomGuard.Service.Notices;

/// <summary>Makes the letter of some notices.</summary>
/// <param name="id">The notice's own id, or that of the message several go in.</param>
public delegate NoticeLetter LetterOf(string id, ImmutableArray<NoticeDue> notices);

/// <summary>
/// One channel's share of the queue: sends what is due, one message after another, and writes down what became of it. A slow or dead channel delays its own notices and no other's. What a flood brings beyond the
/// channel's measure goes together in one message.
/// </summary>
public sealed class ChannelPost
{
    private const int MostTogether = 100;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly ChannelSettings channel;
    private readonly NoticeSettings settings;
    private readonly NoticeWays ways;
    private readonly INoticeLine line;
    private readonly LetterOf letterOf;
    private readonly NoticeStore store;
    private readonly NoticeMeters meters;
    private readonly Random chance;
    private readonly TimeProvider time;
    private readonly SendBudget budget;
    private readonly long began;
    private TimeSpan pausedUntil;
    private int failures;

    /// <summary>A channel at work.</summary>
    public ChannelPost(
        ChannelSettings channel, NoticeSettings settings, NoticeWays ways, INoticeLine line, LetterOf letterOf, NoticeStore store, NoticeMeters meters, Random chance, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(time);
        (this.channel, this.settings, this.ways, this.line, this.letterOf, this.store, this.meters, this.chance, this.time) = (channel, settings, ways, line, letterOf, store, meters, chance, time);
        budget = new(channel.MessagesPerMinute);
        began = time.GetTimestamp();
    }

    /// <summary>Its name.</summary>
    public string Name => channel.Name;

    /// <summary>Sends one message, if one is due.</summary>
    /// <returns>How long to rest; zero: look again at once; null: until something comes.</returns>
    public async Task<TimeSpan?> StepAsync(CancellationToken stop)
    {
        var (tick, now) = (time.GetElapsedTime(began), time.GetUtcNow());
        if (pausedUntil > tick)
        {
            return pausedUntil - tick;
        }

        if (store.Due(Name, now, 1) is not [var first])
        {
            return store.NextDue(Name) is { } next ? Max(next - now, TimeSpan.FromMilliseconds(1)) : null;
        }

        var left = budget.Left(tick);
        if (left < 1)
        {
            return Max(budget.UntilNext(tick), TimeSpan.FromMilliseconds(1));
        }

        var (id, members) = Message(first, left, now);
        budget.Take();
        var outcome = await line.SendAsync(letterOf(id, [.. members.Select(member => member.Due)]), AddressOf(first.Due.ContactId), stop);
        Note(members, outcome);
        return TimeSpan.Zero;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private string? AddressOf(string contact) => ways.Of(contact).FirstOrDefault(way => way.Channel == Name)?.To;

    private NoticeRoute RouteOf(string contact) => new([.. ways.Of(contact).Select(way => way.Channel)], channel.Patience, settings.TryFor);

    // More is due than may go one by one: the contact's go together, under an id that stays with them over restarts.
    private (string Id, ImmutableArray<QueuedNotice> Members) Message(QueuedNotice first, int left, DateTimeOffset now)
    {
        if (first.Bundle is { } tied)
        {
            return (tied, store.Bundle(tied));
        }

        if (first.Pinned || store.CountDue(Name, now) <= left)
        {
            return (first.Due.NoticeId, [first]);
        }

        ImmutableArray<QueuedNotice> members =
        [
            .. store.Due(Name, now, MostTogether * 4).Where(one => one is { Pinned: false, Bundle: null } && one.Due.ContactId == first.Due.ContactId).Take(MostTogether),
        ];
        if (members.Length == 1)
        {
            return (first.Due.NoticeId, members);
        }

        var id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{first.Due.NoticeId}-and-{members.Length - 1}");
        store.Tie(members, id);
        return (id, members);
    }

    private void Note(ImmutableArray<QueuedNotice> members, NoticeOutcome outcome)
    {
        var (tick, now) = (time.GetElapsedTime(began), time.GetUtcNow());
        var delayed = outcome as NoticeDelayed;
        var fault = delayed?.Why ?? (outcome as NoticeRefused)?.Why;
        if (delayed is { WholeChannel: true })
        {
            pausedUntil = tick + Wait(failures++);
        }
        else
        {
            failures = 0;
        }

        ImmutableArray<QueuedNotice> after = [.. members.Select(member => RouteOf(member.Due.ContactId).After(member, outcome, Wait(member.Tries), now))];
        store.Tried(after, Name, fault, delayed is { WholeChannel: true }, now);
        if (fault is null)
        {
            meters.Sent(Name, members.Length);
            return;
        }

        meters.Failed(Name);
        if (delayed is { WholeChannel: true })
        {
            Sweep(fault, now);
        }
    }

    // What waits behind the one that was tried need not be tried itself to know that the channel is down.
    private void Sweep(string fault, DateTimeOffset now)
    {
        var waiting = store.Impatient(Name, now - channel.Patience);
        ImmutableArray<QueuedNotice> moved = [.. waiting.Select(one => RouteOf(one.Due.ContactId).Swept(one, fault, now)).Where((one, at) => one != waiting[at])];
        store.Tried(moved, null, null, wholeChannel: false, now);
    }

    private TimeSpan Wait(int before) =>
        TimeSpan.FromSeconds(Math.Min(FirstWait.TotalSeconds * Math.Pow(2, Math.Min(before, 20)), LongestWait.TotalSeconds) * (0.5 + (chance.NextDouble() / 2)));
}
