using System.Collections.Immutable;
using RoomGuard.Core.Watch;

namespace RoomGuard.Service.Notices;

/// <summary>Where a notice goes after a try (R-INC-13: undelivered, next channel). Pure.</summary>
/// <param name="ways">The contact's channels, in order.</param>
/// <param name="patience">How long it waits for the channel it is on.</param>
/// <param name="tryFor">How long it is tried at all.</param>
public sealed class NoticeRoute(ImmutableArray<string> ways, TimeSpan patience, TimeSpan tryFor)
{
    /// <summary>The notice after a try.</summary>
    /// <param name="wait">Until the next try, if it stays on this channel.</param>
    public QueuedNotice After(QueuedNotice notice, NoticeOutcome outcome, TimeSpan wait, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var tried = notice with { Tries = notice.Tries + 1 };
        return outcome switch
        {
            NoticeTaken => tried with { State = NoticeState.Sent, EndedAt = now, Why = null },
            NoticeRefused refused => Elsewhere(tried with { Why = refused.Why, RefusedBy = [.. tried.RefusedBy.Append(tried.Channel!).Distinct()] }, now),
            NoticeDelayed delayed when tried.Pinned => GivenUp(tried with { Why = delayed.Why }, now),
            NoticeDelayed delayed when now - tried.QueuedAt >= tryFor => GivenUp(tried with { Why = $"not taken within {Text(tryFor)}; the last try: {delayed.Why}" }, now),
            NoticeDelayed delayed when delayed.GoOn || now - tried.ArrivedAt >= patience => Onward(tried with { Why = delayed.Why, NextAt = now + wait }, now),
            NoticeDelayed delayed => tried with { Why = delayed.Why, NextAt = now + wait },
            _ => throw new System.Diagnostics.UnreachableException($"No answer to {outcome}."),
        };
    }

    /// <summary>A notice that waited for a channel that was tried with another one, and failed.</summary>
    public QueuedNotice Swept(QueuedNotice notice, string fault, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return now - notice.QueuedAt >= tryFor ? GivenUp(notice with { Why = $"not taken within {Text(tryFor)}; the channel: {fault}" }, now) : Onward(notice with { Why = fault }, now);
    }

    /// <summary>A notice whose channel the settings no longer give its contact.</summary>
    public QueuedNotice Anew(QueuedNotice notice, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return ways.Contains(notice.Channel!)
            ? notice
            : notice.Pinned || ways.IsEmpty
                ? GivenUp(notice with { Why = "the settings no longer have a channel for it" }, now)
                : notice with { Channel = ways[0], ArrivedAt = now, NextAt = now, RefusedBy = [] };
    }

    // On to the next channel, if there is one.
    private QueuedNotice Onward(QueuedNotice notice, DateTimeOffset now) =>
        Next(notice) is { } next && !notice.Pinned ? notice with { Channel = next, ArrivedAt = now, NextAt = now } : notice;

    private static QueuedNotice GivenUp(QueuedNotice notice, DateTimeOffset now) => notice with { State = NoticeState.GivenUp, EndedAt = now };

    private static string Text(TimeSpan time) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h");

    private QueuedNotice Elsewhere(QueuedNotice notice, DateTimeOffset now) =>
        Next(notice) is { } next && !notice.Pinned ? notice with { Channel = next, ArrivedAt = now, NextAt = now } : GivenUp(notice, now);

    // After the last comes the first again: a channel that was down may be back.
    private string? Next(QueuedNotice notice)
    {
        var at = ways.IndexOf(notice.Channel!);
        return Enumerable.Range(1, Math.Max(0, ways.Length - 1)).Select(step => ways[(at + step) % ways.Length]).FirstOrDefault(way => !notice.RefusedBy.Contains(way));
    }
}
