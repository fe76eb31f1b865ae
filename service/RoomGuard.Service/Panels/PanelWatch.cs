using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Dashboard.Live;
using RoomGuard.Evidence;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Panels;

/// <summary>R-RED-05: a bridge not heard for 30 s is lost, which is an entry once; its return is one too (<see cref="ReportDesk"/>).</summary>
public sealed class PanelWatch(ServiceRecord record, PanelStates states, ImmutableArray<PanelId> panels, LiveBoard news, TimeProvider time, ILogger<PanelWatch> log) : IRecordWatch
{
    private readonly long started = time.GetTimestamp();
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private readonly HashSet<PanelId> silent = [];

    /// <inheritdoc/>
    public TimeSpan LookEvery => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        foreach (var panel in panels)
        {
            var last = states.Of(panel);
            var silence = time.GetElapsedTime(last?.Timestamp ?? started);
            if (silence < PanelStates.SilentAfter)
            {
                _ = silent.Remove(panel);
                continue;
            }

            if (!silent.Add(panel))
            {
                continue;
            }

            news.Tell(LiveTopic.Room);
            news.Tell(LiveTopic.Devices);
            if (Enrolled(panel) && !AlreadyLost(panel))
            {
                log.Lost(panel.Value);
                try
                {
                    _ = await record.AppendAsync(new PanelLost(time.GetUtcNow(), panel, last?.At ?? startedAt), stop);
                }
                catch (EvidenceWriteException)
                {
                    // Told by the record's own alarm; the loss is recorded on the next look after it is well again.
                    _ = silent.Remove(panel);
                    return false;
                }
            }
        }

        return true;
    }

    private bool Enrolled(PanelId panel) => record.Readers.AskNow(db => db.Value("SELECT fingerprint FROM view_panels WHERE panel = $1", panel.Value)) is not null;

    private bool AlreadyLost(PanelId panel) => record.Readers.AskNow(db => db.Value("SELECT lost_since FROM view_panels WHERE panel = $1", panel.Value)) is not null;
}

internal static partial class PanelWatchLog
{
    [LoggerMessage(2201, LogLevel.Warning, "Bridge {Panel} has been silent for 30 s")]
    public static partial void Lost(this ILogger log, string panel);
}
