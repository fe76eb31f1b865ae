using System.Diagnostics.Metrics;

namespace RoomGuard.Service.Notices;

/// <summary>Measurements of notices. Labelled with channels, never with contacts.</summary>
public sealed class NoticeMeters : IDisposable
{
    private readonly Meter meter = new("RoomGuard.Notices");
    private readonly Counter<long> sent;
    private readonly Counter<long> failed;
    private readonly Counter<long> givenUp;
    private readonly Counter<long> beats;

    /// <summary>Makes the instruments.</summary>
    public NoticeMeters()
    {
        sent = meter.CreateCounter<long>("roomguard_notices_sent", description: "Notices a channel took, by channel.");
        failed = meter.CreateCounter<long>("roomguard_notice_tries_failed", description: "Tries that failed, by channel.");
        givenUp = meter.CreateCounter<long>("roomguard_notices_given_up", description: "Notices no channel took.");
        beats = meter.CreateCounter<long>("roomguard_heartbeats", description: "Heartbeats sent, by channel and outcome.");
    }

    /// <summary>Notices were taken.</summary>
    public void Sent(string channel, int count) => sent.Add(count, new KeyValuePair<string, object?>("channel", channel));

    /// <summary>A try failed.</summary>
    public void Failed(string channel) => failed.Add(1, new KeyValuePair<string, object?>("channel", channel));

    /// <summary>Notices were given up.</summary>
    public void GivenUp(int count) => givenUp.Add(count);

    /// <summary>A heartbeat was sent, or not.</summary>
    public void Beat(string channel, bool arrived) => beats.Add(1, new("channel", channel), new("outcome", arrived ? "sent" : "failed"));

    /// <summary>Values asked for when the page is read.</summary>
    /// <param name="oldest">Age of the oldest that waits.</param>
    public void Watch(Func<int> waiting, Func<TimeSpan> oldest)
    {
        ArgumentNullException.ThrowIfNull(oldest);
        _ = meter.CreateObservableGauge("roomguard_notices_waiting", waiting, description: "Notices that are still to go out.");
        _ = meter.CreateObservableGauge("roomguard_notices_oldest", () => oldest().TotalSeconds, "s", "Age of the oldest notice that is still to go out; 0: none waits.");
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}
