using System.Collections.Concurrent;
using RoomGuard.Core.Panels;

namespace RoomGuard.Service.Panels;

/// <summary>When a bridge was last heard and what it last told of itself. Newest wins, never recorded.</summary>
public sealed record PanelHeard(PanelId Panel, DateTimeOffset At, long Timestamp, PanelState? State);

/// <summary>The newest state of every bridge, in memory.</summary>
public sealed class PanelStates(TimeProvider time)
{
    /// <summary>After so long without a word a bridge counts as silent (R-RED-05).</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<PanelId, PanelHeard> heard = new();

    /// <summary>Keeps what a bridge just told; null keeps the state it had.</summary>
    public void Hear(PanelId panel, PanelState? state) =>
        heard.AddOrUpdate(
            panel,
            _ => new(panel, time.GetUtcNow(), time.GetTimestamp(), state),
            (_, before) => new(panel, time.GetUtcNow(), time.GetTimestamp(), state ?? before.State));

    /// <summary>The newest word of a bridge; null: none since the service started.</summary>
    public PanelHeard? Of(PanelId panel) => heard.GetValueOrDefault(panel);

    /// <summary>Whether the bridge was heard within 30 s.</summary>
    public bool Fresh(PanelId panel) => Of(panel) is { } last && time.GetElapsedTime(last.Timestamp) < SilentAfter;
}
