using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Journal;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Panels;
using RoomGuard.Evidence;
using RoomGuard.Hosting;

namespace RoomGuard.Bridge.Uplink;

/// <summary>Who tells, and from which journal.</summary>
/// <param name="Wired">The doors as the settings wire them; null: not told.</param>
/// <param name="Strangers">Who sends without being enrolled; null: not told.</param>
public sealed record ReportSource(
    PanelId Panel, string Version, EvidenceLog Journal, IRoom Room, IReaderOverview Readers, JournalEpoch Epoch, ImmutableArray<DoorWired>? Wired = null, Func<ImmutableArray<StrangerNow>>? Strangers = null);

/// <summary>The shell around <see cref="ReportFlow"/>: it owns the line and the clock, and decides nothing.</summary>
public sealed class ReportUplink : BackgroundService, IHealthPart
{
    private static readonly TimeSpan BetweenMarks = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SilenceWorthAWord = TimeSpan.FromSeconds(30);

    private readonly ReportSource source;
    private readonly ReportFlow flow;
    private readonly IServiceLink link;
    private readonly TimeProvider time;
    private readonly ILogger<ReportUplink> log;
    private readonly SemaphoreSlim grown = new(0, 1);
    private readonly Meter meter = new("RoomGuard.Bridge.Uplink");
    private readonly Counter<long> failures;
    private readonly long started;
    private TimeSpan markedAt;
    private bool saidDown;
    private volatile string? lastFailure;

    /// <summary>An uplink that has told nothing yet.</summary>
    public ReportUplink(ReportSource source, ReportFlow flow, IServiceLink link, TimeProvider time, ILogger<ReportUplink> log)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.source = source;
        this.flow = flow;
        this.link = link;
        this.time = time;
        this.log = log;
        started = time.GetTimestamp();
        failures = meter.CreateCounter<long>("roomguard_uplink_failures", description: "Reports the service did not take at the first try.");
        meter.CreateObservableGauge("roomguard_uplink_lag_entries", () => Lag, description: "Journal entries the service has not yet acknowledged.");
        meter.CreateObservableGauge("roomguard_uplink_up", () => flow.DownSince is null ? 1 : 0, description: "1 while the service answers; 0 while it does not.");
    }

    /// <inheritdoc/>
    public string Name => "uplink";

    /// <summary>Entries the service does not have yet, as far as is known.</summary>
    public long Lag => Math.Max(0, source.Journal.Size - Math.Max(flow.Acknowledged, source.Epoch.Mark.Acknowledged));

    /// <summary>How long the service has not answered; null while it does.</summary>
    public TimeSpan? DownFor => flow.DownSince is { } since ? Now - since : null;

    private TimeSpan Now => time.GetElapsedTime(started);

    /// <summary>The journal has grown. Never waits; called on the room's own thread.</summary>
    public void Wake()
    {
        // Full means awake already. The race for the one place is harmless: the journal's size is looked at after waking.
        if (grown.CurrentCount == 0)
        {
            try
            {
                grown.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else was quicker; the uplink is awake.
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Ready also with the service away: doors go on deciding (R-RED-01).</remarks>
    HealthAnswer IHealthPart.Now() => new(true, (DownFor, flow.JournalIsShort) switch
    {
        (_, true) => "the service holds more of this journal than there is here; was it restored from an old copy? Start the bridge anew",
        ({ } down, _) => $"no answer for {down.TotalSeconds:0} s ({lastFailure ?? "not yet tried"}); {Lag} entries wait",
        _ => $"up; {Lag} entries wait",
    });

    /// <inheritdoc/>
    public override void Dispose()
    {
        meter.Dispose();
        grown.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            switch (flow.Next(Now, source.Journal.Size, source.Room.State.Stamp))
            {
                case SendReport send:
                    await SendAsync(send, stoppingToken);
                    break;
                case RestReport rest:
                    await RestAsync(rest.Until - Now, stoppingToken);
                    break;
            }
        }
    }

    private async Task SendAsync(SendReport send, CancellationToken stop)
    {
        try
        {
            var entries = ReportEntries.Read(source.Journal, send.From, send.Most, ReportFlow.MostBytes);
            var receipt = await link.ReportAsync(new(source.Panel, source.Journal.Origin, entries, State()), stop);
            flow.Answered(Now, receipt.NextSeq, source.Journal.Size, send.From, send.From + entries.Length);
            Told();
        }
        catch (Exception failed) when (failed is ServiceLinkException or Microsoft.Data.Sqlite.SqliteException or IOException)
        {
            flow.Failed(Now);
            failures.Add(1);
            lastFailure = failed.Message;
            if (!saidDown && DownFor > SilenceWorthAWord)
            {
                saidDown = true;
                log.ServiceLost(failed.Message, Lag);
            }
        }
    }

    private void Told()
    {
        if (flow.JournalIsShort)
        {
            log.JournalShort(source.Journal.Size);
            return;
        }

        if (saidDown)
        {
            saidDown = false;
            log.ServiceBack(Lag);
        }

        // A mark behind the truth costs nothing: the service is asked anyway. So it is kept now and then, not with each report.
        if (flow.Acknowledged > source.Epoch.Mark.Acknowledged && (Now - markedAt >= BetweenMarks || markedAt == TimeSpan.Zero))
        {
            markedAt = Now;
            try
            {
                source.Epoch.Acknowledged(flow.Acknowledged);
            }
            catch (IOException full)
            {
                log.MarkNotKept(full.Message);
            }
        }
    }

    private async Task RestAsync(TimeSpan rest, CancellationToken stop)
    {
        try
        {
            await grown.WaitAsync(rest < TimeSpan.Zero ? TimeSpan.Zero : rest, stop);
        }
        catch (OperationCanceledException)
        {
            // The program ends; what is not told yet is in the journal.
        }
    }

    private PanelState State()
    {
        var room = source.Room.State;
        return new(
            time.GetUtcNow(),
            source.Journal.Boot,
            source.Version,
            room.ListVersion,
            room.SuspensionSerial,
            room.Journal == JournalCondition.Writing,
            room.Doors,
            source.Readers.Now(),
            room.Inside,
            room.Power,
            source.Wired,
            room.Climate,
            source.Strangers?.Invoke() is { IsEmpty: false } strangers ? strangers : null);
    }
}
