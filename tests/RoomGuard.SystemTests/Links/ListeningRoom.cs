using System.Collections.Concurrent;
using System.Threading.Channels;
using RoomGuard.Bridge.Doors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;

namespace RoomGuard.SystemTests.Links;

/// <summary>A room that only listens, and can be made to hang.</summary>
public sealed class ListeningRoom : IRoomInbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<RoomInput> inputs = Channel.CreateUnbounded<RoomInput>();

    /// <summary>While true nothing is taken, as by a room whose journal hangs.</summary>
    public bool Hangs { get; set; }

    /// <summary>What was to be recorded.</summary>
    public ConcurrentQueue<RecordedEvent> Recorded { get; } = new();

    public void Post(RoomInput input) => inputs.Writer.TryWrite(input);

    public bool TryPost(RoomInput input, bool canWait = false) => !Hangs && inputs.Writer.TryWrite(input);

    public Task<bool> PostAsync(RoomInput input) => Task.FromResult(inputs.Writer.TryWrite(input));

    public Task<bool> RecordAsync(RecordedEvent item)
    {
        Recorded.Enqueue(item);
        return Task.FromResult(true);
    }

    /// <summary>The next input of a kind that fits; others before it are passed over and returned with it by <see cref="Passed"/>.</summary>
    public async Task<T> NextAsync<T>(Func<T, bool>? fits = null)
        where T : RoomInput
    {
        using var limit = new CancellationTokenSource(Patience);
        Passed.Clear();
        try
        {
            await foreach (var input in inputs.Reader.ReadAllAsync(limit.Token))
            {
                if (input is T item && (fits is null || fits(item)))
                {
                    return item;
                }

                Passed.Add(input);
            }
        }
        catch (OperationCanceledException)
        {
        }

        throw new TimeoutException($"No {typeof(T).Name} within {Patience.TotalSeconds} s; came: {string.Join("; ", Passed)}");
    }

    /// <summary>What came before the last answer of <see cref="NextAsync"/>.</summary>
    public List<RoomInput> Passed { get; } = [];

    /// <summary>What has come and was not asked for.</summary>
    public IReadOnlyList<RoomInput> Rest()
    {
        var rest = new List<RoomInput>();
        while (inputs.Reader.TryRead(out var input))
        {
            rest.Add(input);
        }

        return rest;
    }
}
