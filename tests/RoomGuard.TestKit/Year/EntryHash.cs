using System.Collections.Concurrent;
using System.Security.Cryptography;
using RoomGuard.Core.Record;

namespace RoomGuard.TestKit.Year;

/// <summary>SHA-256 over entries as they are written down, in order. A thread of its own writes and hashes, so that a replay need not wait for it.</summary>
public sealed class EntryHash : IDisposable
{
    private const int Batch = 512;
    private const int MostBatches = 64;

    private readonly BlockingCollection<List<RecordedEvent>> batches = new(MostBatches);
    private readonly Thread thread;
    private List<RecordedEvent> filling = new(Batch);
    private byte[] digest = [];

    /// <summary>Begins with nothing.</summary>
    public EntryHash()
    {
        thread = new(Run) { IsBackground = true, Name = "entry hash" };
        thread.Start();
    }

    /// <summary>The next entry.</summary>
    public void Add(RecordedEvent item)
    {
        filling.Add(item);
        if (filling.Count == Batch)
        {
            batches.Add(filling);
            filling = new(Batch);
        }
    }

    /// <summary>The digest over all entries, in hex. Nothing can be added afterwards.</summary>
    public string Finish()
    {
        batches.Add(filling);
        batches.CompleteAdding();
        thread.Join();
        return Convert.ToHexStringLower(digest);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!batches.IsAddingCompleted)
        {
            batches.CompleteAdding();
            thread.Join();
        }

        batches.Dispose();
    }

    private void Run()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var batch in batches.GetConsumingEnumerable())
        {
            foreach (var item in batch)
            {
                hash.AppendData(RecordJson.ToUtf8(item));
            }
        }

        digest = hash.GetHashAndReset();
    }
}
