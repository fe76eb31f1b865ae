using RoomGuard.Core.Watch;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Failures;

/// <summary>障害記録 (R-MON-03): opened by what raises the alarm of a device's fault, or by a person's report. Made from entries alone.</summary>
public sealed class FailuresView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_failures", "view_failure_steps"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_failures(failure TEXT PRIMARY KEY, n INTEGER NOT NULL, detected INTEGER NOT NULL, finder INTEGER NOT NULL, reported_by TEXT, device_kind INTEGER NOT NULL, device TEXT NOT NULL,
            zone TEXT, kind TEXT, subject TEXT, symptom TEXT, impact TEXT, cause TEXT, open_problem TEXT, restored INTEGER, result TEXT, closed INTEGER, closed_by TEXT) STRICT, WITHOUT ROWID;
        CREATE INDEX view_failures_open ON view_failures(kind, subject) WHERE closed IS NULL;
        CREATE INDEX view_failures_n ON view_failures(n);
        CREATE TABLE view_failure_steps(failure TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, handling TEXT NOT NULL, by TEXT NOT NULL, PRIMARY KEY(failure, n)) STRICT, WITHOUT ROWID;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case null:
                break;
            case FailureReported e:
                _ = db.Run(
                    "INSERT INTO view_failures VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, $9, $10, NULL, NULL, NULL, NULL, NULL, NULL)",
                    Core.Watch.Failures.IdOf(item.N),
                    item.N,
                    Ms(e.DetectedAt),
                    (long)e.DetectedBy,
                    e.By,
                    (long)e.DeviceKind,
                    e.Device,
                    e.Zone?.Value,
                    e.Symptom,
                    e.Impact);
                break;
            case FailureHandled e:
                _ = db.Run("INSERT INTO view_failure_steps SELECT failure, $2, $3, $4, $5 FROM view_failures WHERE failure = $1", e.Failure, item.N, Ms(e.OccurredAt), e.Handling, e.By);
                _ = db.Run(
                    "UPDATE view_failures SET cause = coalesce($2, cause), open_problem = coalesce($3, open_problem), restored = coalesce($4, restored) WHERE failure = $1 AND closed IS NULL",
                    e.Failure,
                    e.Cause,
                    e.OpenProblem,
                    e.RestoredAt is { } at ? Ms(at) : null);
                break;
            case FailureClosed e:
                _ = db.Run("UPDATE view_failures SET result = $2, closed = $3, closed_by = $4 WHERE failure = $1 AND closed IS NULL", e.Failure, e.Result, Ms(e.OccurredAt), e.By);
                break;
            default:
                foreach (var signal in AlarmSignals.Of(item.Event, item.Origin?.Panel, default))
                {
                    Hear(db, item, signal);
                }

                break;
        }
    }

    private static void Hear(Statements db, RecordedItem item, AlarmSignal signal)
    {
        if (Core.Watch.Failures.DeviceOf(signal.Kind) is not { } device)
        {
            return;
        }

        // A bridge whose clock is ahead tells nothing of the future.
        var at = Ms(item.OccurredAt < item.ReceivedAt ? item.OccurredAt : item.ReceivedAt);
        switch (signal)
        {
            // In the time of a planned outage it is no failure (R-PWR-09). There again before somebody closed it: it is the same one.
            case CauseArose { Planned: false } e when db.Value("SELECT failure FROM view_failures WHERE kind = $1 AND subject = $2 AND closed IS NULL", e.Kind.Id, e.Subject) is string known:
                _ = db.Run("UPDATE view_failures SET restored = NULL WHERE failure = $1", known);
                break;
            case CauseArose { Planned: false } e:
                _ = db.Run(
                    "INSERT INTO view_failures VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, $8, $9, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
                    Core.Watch.Failures.IdOf(item.N),
                    item.N,
                    at,
                    (long)FailureFinder.Controller,
                    (long)device,
                    e.Device ?? e.Door?.Value ?? e.Panel?.Value ?? e.Subject,
                    e.Zone?.Value,
                    e.Kind.Id,
                    e.Subject);
                break;
            case CauseEnded e:
                _ = db.Run("UPDATE view_failures SET restored = $3 WHERE kind = $1 AND subject = $2 AND closed IS NULL AND restored IS NULL", e.Kind.Id, e.Subject, at);
                break;
            default:
                break;
        }
    }

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
