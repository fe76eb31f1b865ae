using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Panels;

/// <summary>
/// Orders on their way down. Each is an entry of the record first; its number there is its serial. After a return suspensions go before
/// lockdowns and both before the list (R-RED-03), and the newest list is always told, because a bridge may have missed it.
/// </summary>
public sealed class OrderDesk(ServiceRecord record, SiteKeys keys)
{
    private readonly Lock gate = new();
    private readonly HashSet<Channel<bool>> streams = [];

    /// <summary>Listens to the record; once, when the service starts.</summary>
    public void Begin() => record.Follow(items =>
    {
        if (items.Any(item => item.Event is SuspensionOrdered or LockdownOrdered or RoomOrdered or GrantListPublished))
        {
            Wake();
        }
    });

    /// <summary>Streams open at this moment.</summary>
    public int Streams
    {
        get
        {
            lock (gate)
            {
                return streams.Count;
            }
        }
    }

    /// <summary>Orders as they come, until <paramref name="gone"/>; null is a heartbeat, at least every <paramref name="heartbeat"/>.</summary>
    /// <param name="after">The last serial the bridge has seen; null: none.</param>
    public async IAsyncEnumerable<OrderNews?> Follow(long? after, TimeSpan heartbeat, TimeProvider time, [EnumeratorCancellation] CancellationToken gone)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (gate)
        {
            streams.Add(wake);
        }

        try
        {
            // A bridge that knows more than we do has seen a record that was lost; everything is told anew.
            var seen = after is { } serial && serial < record.Size ? serial : -1;
            foreach (var news in Since(seen, alwaysList: true))
            {
                seen = Math.Max(seen, news.Serial);
                yield return news;
            }

            yield return null;
            while (true)
            {
                if (!await WaitAsync(wake.Reader, heartbeat, time, gone))
                {
                    yield return null;
                    continue;
                }

                foreach (var news in Since(seen, alwaysList: false))
                {
                    seen = Math.Max(seen, news.Serial);
                    yield return news;
                }
            }
        }
        finally
        {
            lock (gate)
            {
                streams.Remove(wake);
            }
        }
    }

    /// <summary>Orders with a serial above one, the most urgent kind first.</summary>
    public ImmutableArray<OrderNews> Since(long serial, bool alwaysList) => record.Readers.AskNow(db =>
    {
        var news = ImmutableArray.CreateBuilder<OrderNews>();
        using (var row = db.Rows("SELECT n, json FROM view_suspensions WHERE n > $1 ORDER BY n", serial))
        {
            while (row.Read())
            {
                var suspension = JsonSerializer.Deserialize(row.GetString(1), RecordJson.Plain.Suspension)!;
                news.Add(new SuspensionNews(row.GetInt64(0), suspension, keys.Sign(suspension)));
            }
        }

        using (var row = db.Rows("SELECT begun, ended, json FROM view_lockdowns WHERE max(begun, coalesce(ended, -1)) > $1 ORDER BY max(begun, coalesce(ended, -1))", serial))
        {
            while (row.Read())
            {
                var lockdown = JsonSerializer.Deserialize(row.GetString(2), RecordJson.Plain.Lockdown)!;
                var ended = row.NumberOrNull(1);
                news.Add(new LockdownNews(ended ?? row.GetInt64(0), lockdown, ended is not null, keys.Sign(lockdown, ended is not null)));
            }
        }

        // A bridge that has missed it must hear of an end as well; one that starts anew only of what stands.
        using (var row = db.Rows("SELECT n, json FROM view_room_orders WHERE n > $1 AND (over = 0 OR $1 >= 0) ORDER BY n", serial))
        {
            while (row.Read())
            {
                var order = JsonSerializer.Deserialize(row.GetString(1), RecordJson.Plain.RoomOrder)!;
                news.Add(new RoomOrderNews(row.GetInt64(0), order, keys.Sign(row.GetInt64(0), order)));
            }
        }

        using (var row = db.Rows("SELECT version, n, sha256 FROM view_lists ORDER BY version DESC LIMIT 1"))
        {
            if (row.Read() && (alwaysList || row.GetInt64(1) > serial))
            {
                news.Add(new GrantListNews(row.GetInt64(1), row.GetInt64(0), row.GetString(2), keys.SignDigest(Convert.FromHexString(row.GetString(2)))));
            }
        }

        return news.DrainToImmutable();
    });

    private static async Task<bool> WaitAsync(ChannelReader<bool> wake, TimeSpan heartbeat, TimeProvider time, CancellationToken gone)
    {
        using var limit = new CancellationTokenSource(heartbeat, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, gone);
        try
        {
            _ = await wake.ReadAsync(both.Token);
            return true;
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Wake()
    {
        lock (gate)
        {
            foreach (var stream in streams)
            {
                stream.Writer.TryWrite(true);
            }
        }
    }
}
