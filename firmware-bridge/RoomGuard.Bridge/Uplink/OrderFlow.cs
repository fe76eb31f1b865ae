using RoomGuard.Core.Panels;

namespace RoomGuard.Bridge.Uplink;

/// <summary>
/// Which order is done when. Suspensions and lockdowns at once; a grant list only when the line has been quiet for a moment, so that after a
/// return every suspension that waited is in force before any list (R-RED-03), and of several lists only the newest is fetched.
/// Thread-safe: one task reads the stream while another fetches.
/// </summary>
public sealed class OrderFlow(long done)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly SortedSet<long> open = [];
    private long highest = done;
    private GrantListNews? list;
    private TimeSpan listSince;
    private TimeSpan lastSeen;

    /// <summary>All orders up to here are done: where to ask from after a break or a restart.</summary>
    public long Done
    {
        get
        {
            lock (gate)
            {
                return open.Count == 0 ? highest : open.Min - 1;
            }
        }
    }

    /// <summary>Whether a list waits to be fetched.</summary>
    public bool ListWaits
    {
        get
        {
            lock (gate)
            {
                return list is not null;
            }
        }
    }

    /// <summary>When <see cref="ListDue"/> will hand out the list that waits.</summary>
    public TimeSpan ListDueAt
    {
        get
        {
            lock (gate)
            {
                return lastSeen + Quiet < listSince + LongestQuiet ? lastSeen + Quiet : listSince + LongestQuiet;
            }
        }
    }

    /// <summary>An order came.</summary>
    /// <returns>True when it is to be done at once; false for a list, which <see cref="ListDue"/> hands out.</returns>
    public bool Seen(OrderNews news, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(news);
        lock (gate)
        {
            highest = Math.Max(highest, news.Serial);
            lastSeen = now;
            open.Add(news.Serial);
            if (news is not GrantListNews wanted)
            {
                return true;
            }

            // Fetching the older of two would only delay the newer.
            if (list is { } waiting && waiting.Version > wanted.Version)
            {
                open.Remove(wanted.Serial);
                return false;
            }

            if (list is { } older && older.Serial != wanted.Serial)
            {
                open.Remove(older.Serial);
            }

            listSince = list is null ? now : listSince;
            list = wanted;
            return false;
        }
    }

    /// <summary>The list to fetch now, if one waits and the line has been quiet.</summary>
    public GrantListNews? ListDue(TimeSpan now)
    {
        lock (gate)
        {
            return list is not null && now >= ListDueAt ? list : null;
        }
    }

    /// <summary>An order is done for good: applied and durable, or refused for good.</summary>
    public void Settled(OrderNews news)
    {
        ArgumentNullException.ThrowIfNull(news);
        lock (gate)
        {
            open.Remove(news.Serial);
            list = list?.Serial == news.Serial ? null : list;
        }
    }

    /// <summary>The line broke: what is not done comes again.</summary>
    public void Broken()
    {
        lock (gate)
        {
            highest = open.Count == 0 ? highest : open.Min - 1;
            open.Clear();
            list = null;
        }
    }
}
