using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace RoomGuard.Dashboard.Live;

/// <summary>The board on which the service pins news and from which every open page reads. Safe from any thread; telling never waits.</summary>
/// <param name="start">First id, so that ids still rise after a restart: pass the clock's Unix milliseconds.</param>
public sealed class LiveBoard(long start) : ILiveNews
{
    private const int Remembered = 256;
    private readonly Lock gate = new();
    private readonly Queue<LiveNews> recent = new(Remembered);
    private readonly HashSet<Channel<LiveNews>> listeners = [];
    private long last = start;

    /// <summary>Open streams at this moment.</summary>
    public int Listeners
    {
        get
        {
            lock (gate)
            {
                return listeners.Count;
            }
        }
    }

    /// <summary>Tells every open page that something of this kind changed.</summary>
    public void Tell(LiveTopic topic)
    {
        lock (gate)
        {
            var news = new LiveNews(++last, topic);
            if (recent.Count == Remembered)
            {
                recent.Dequeue();
            }

            recent.Enqueue(news);
            foreach (var listener in listeners)
            {
                Pin(listener, news);
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LiveNews> Follow(long? after, [EnumeratorCancellation] CancellationToken gone)
    {
        var channel = Channel.CreateBounded<LiveNews>(new BoundedChannelOptions(Remembered) { SingleReader = true });
        lock (gate)
        {
            foreach (var missed in Missed(after))
            {
                channel.Writer.TryWrite(missed);
            }

            listeners.Add(channel);
        }

        try
        {
            while (await channel.Reader.WaitToReadAsync(gone).ConfigureAwait(false))
            {
                while (channel.Reader.TryRead(out var news))
                {
                    yield return news;
                }
            }
        }
        finally
        {
            lock (gate)
            {
                listeners.Remove(channel);
            }
        }
    }

    // Full means the listener is slow: everything waiting is worth less than the one word that it must look anew.
    private static void Pin(Channel<LiveNews> listener, LiveNews news)
    {
        if (listener.Writer.TryWrite(news))
        {
            return;
        }

        while (listener.Reader.TryRead(out _))
        {
        }

        listener.Writer.TryWrite(new(news.Id, LiveTopic.Resync));
    }

    private IEnumerable<LiveNews> Missed(long? after)
    {
        if (after is not { } seen || seen == last)
        {
            return [];
        }

        var known = seen < last && recent.TryPeek(out var oldest) && oldest.Id <= seen + 1;
        return known ? [.. recent.Where(news => news.Id > seen)] : [new(last, LiveTopic.Resync)];
    }
}
