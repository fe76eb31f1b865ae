using RoomGuard.Bridge.Uplink;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Power;

/// <summary>What a receiver's flow wants next.</summary>
public abstract record WebhookStep;

/// <summary>Post this.</summary>
/// <param name="TryNo">From 1, over restarts too.</param>
public sealed record SendWebhook(WebhookCall Call, int TryNo) : WebhookStep;

/// <summary>Nothing to do until then, or until an order comes.</summary>
/// <param name="Until">Monotonic; null: nothing is owed.</param>
public sealed record RestWebhook(TimeSpan? Until) : WebhookStep;

/// <summary>Which message is posted to one receiver when: the oldest that is due, each with growing waits of its own. Knows the time only by being told.</summary>
/// <param name="waits">The waits of one message, with chance from the composition root.</param>
public sealed class WebhookFlow(Func<GrowingWait> waits)
{
    private readonly List<Owed> owed = [];

    /// <summary>Messages this receiver has not taken.</summary>
    public int Count => owed.Count;

    /// <summary>A message is owed from now on; one that is already, stays as it is.</summary>
    public void Begin(WebhookCall call, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (Find(call.Id) is null)
        {
            owed.Add(new(call, waits(), now, call.Tries));
        }
    }

    /// <summary>A message is no use any more.</summary>
    public void Cease(string id) => owed.RemoveAll(one => one.Call.Id == id);

    /// <summary>What to do now.</summary>
    public WebhookStep Next(TimeSpan now)
    {
        if (owed.Find(one => now >= one.DueAt) is { } due)
        {
            return new SendWebhook(due.Call, due.Tries + 1);
        }

        return new RestWebhook(owed.Count == 0 ? null : owed.Min(one => one.DueAt));
    }

    /// <summary>The receiver took it.</summary>
    public void Taken(string id) => Cease(id);

    /// <summary>It did not; it is posted again after its wait.</summary>
    public void Missed(string id, TimeSpan now)
    {
        if (Find(id) is { } one)
        {
            one.Tries++;
            one.DueAt = now + one.Waits.Next();
        }
    }

    private Owed? Find(string id) => owed.Find(one => one.Call.Id == id);

    private sealed class Owed(WebhookCall call, GrowingWait waits, TimeSpan dueAt, int tries)
    {
        public WebhookCall Call { get; } = call;

        public GrowingWait Waits { get; } = waits;

        public TimeSpan DueAt { get; set; } = dueAt;

        public int Tries { get; set; } = tries;
    }
}
