using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Failures;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Failures;

/// <summary>障害記録 (R-MON-03): what people report, do and close.</summary>
public sealed class FailureDesk(ServiceRecord record, ISiteSettings site, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IFailureDesk
{
    private const int MostShown = 100;

    private const string Columns = """
        SELECT failure, detected, finder, reported_by, device_kind, device, zone, kind, subject, symptom, impact, cause, open_problem, restored, result, closed, closed_by FROM view_failures
        """;

    /// <inheritdoc/>
    public Task<FailureLook> Look(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var lines = ImmutableArray.CreateBuilder<FailureLine>();
            using var row = db.Rows($"{Columns} ORDER BY closed IS NOT NULL, n DESC LIMIT $1", (long)MostShown);
            while (row.Read())
            {
                lines.Add(LineOf(db, row, time.GetUtcNow()));
            }

            return new FailureLook(lines.ToImmutable(), DeskGate.Open(by, PageAct.KeepFailures));
        },
        gone);

    /// <inheritdoc/>
    public Task<FailureSheet?> One(string id, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (Find(db, id) is not { } line)
            {
                return null;
            }

            var steps = ImmutableArray.CreateBuilder<FailureStep>();
            using var row = db.Rows("SELECT at, handling, by FROM view_failure_steps WHERE failure = $1 ORDER BY n", id);
            while (row.Read())
            {
                steps.Add(new(row.Time(0), row.GetString(1), NameOf(db, row.GetString(2))));
            }

            return new FailureSheet(line, steps.ToImmutable(), DeskGate.Open(by, PageAct.KeepFailures));
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Report(FailureForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync(
            [
                .. FieldRules.Text("device", form.Device), .. FieldRules.Text("symptom", form.Symptom, FieldRules.LongestReason),
                .. FieldRules.Text("impact", form.Impact, FieldRules.LongestReason, required: false), .. Problems(form),
            ],
            async () =>
            {
                if (await Objection(by, form.Device, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var n = await record.AppendAsync(
                    new FailureReported(
                        time.GetUtcNow(), form.DetectedAt, form.DetectedBy, form.DeviceKind, FieldRules.Clean(form.Device), form.Zone, FieldRules.Clean(form.Symptom), Kept(form.Impact), by.Id), stop);
                return ActResult.Done(Core.Watch.Failures.IdOf(n));
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Handle(string id, HandlingForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync(
            [
                .. FieldRules.Text("handling", form.Handling, FieldRules.LongestReason), .. FieldRules.Text("cause", form.Cause, FieldRules.LongestReason, required: false),
                .. FieldRules.Text("openProblem", form.OpenProblem, FieldRules.LongestReason, required: false),
            ],
            async () =>
            {
                if (record.Readers.AskNow(db => Find(db, id)) is not { State: not FailureState.Closed } line)
                {
                    return ActResult.Refused("handling", FieldFault.NothingToChange);
                }

                if (form.RestoredAt is { } restored && (restored < line.DetectedAt || restored > time.GetUtcNow()))
                {
                    return ActResult.Refused("restoredAt", restored < line.DetectedAt ? FieldFault.EndBeforeStart : FieldFault.InFuture);
                }

                if (await Objection(by, id, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                _ = await record.AppendAsync(new FailureHandled(time.GetUtcNow(), id, FieldRules.Clean(form.Handling), Kept(form.Cause), Kept(form.OpenProblem), form.RestoredAt, by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Close(string id, string result, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("result", result, FieldRules.LongestReason)],
        async () =>
        {
            var (line, handled) = record.Readers.AskNow(db => (Find(db, id), db.Value("SELECT 1 FROM view_failure_steps WHERE failure = $1 LIMIT 1", id) is not null));
            if (line is null or { State: FailureState.Closed })
            {
                return ActResult.Refused("result", FieldFault.NothingToChange);
            }

            if (await Objection(by, id, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (line.State is FailureState.Open || !handled)
            {
                return ActResult.Refused("result", line.State is FailureState.Open ? FieldFault.NotRestored : FieldFault.NotHandled);
            }

            _ = await record.AppendAsync(new FailureClosed(time.GetUtcNow(), id, FieldRules.Clean(result), by.Id), stop);
            return ActResult.Done(id);
        },
        stop);

    /// <summary>What has been open for more than five working days: for SYS (R-MON-03).</summary>
    public static IEnumerable<Attention> Overdue(Statements db, DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = new List<Attention>();
        using var row = db.Rows("SELECT failure, n, detected, zone FROM view_failures WHERE closed IS NULL ORDER BY n LIMIT 200");
        while (row.Read())
        {
            if (Core.Watch.Failures.OverdueAt(row.Time(2), zone) <= now)
            {
                found.Add(new(
                    $"failure-{row.GetString(0)}", AttentionKind.FailureOverdue, Urgency.Caution, row.Time(2), Standing: true, Zone: row.TextOrNull(3) is { } place ? new ZoneId(place) : null, Entry: row.GetInt64(1)));
            }
        }

        return found;
    }

    private static string? Kept(string? text) => FieldRules.Clean(text) is { Length: > 0 } clean ? clean : null;

    private static string NameOf(Statements db, string person) => AuthorityGuard.NamedOrId(db, new(person)).Name;

    private Task<Refusal?> Objection(Actor by, string about, CancellationToken stop) => guard.Objection(by, PageAct.KeepFailures, ActSubject.None, "R-MON-03", about, stop);

    private FailureLine? Find(Statements db, string id)
    {
        using var row = db.Rows($"{Columns} WHERE failure = $1", id);
        return row.Read() ? LineOf(db, row, time.GetUtcNow()) : null;
    }

    private FailureLine LineOf(Statements db, SqliteDataReader row, DateTimeOffset now)
    {
        var (kind, subject) = (row.TextOrNull(7), row.TextOrNull(8));
        var closed = row.TimeOrNull(15);
        return new(
            row.GetString(0), row.Time(1), (FailureFinder)row.GetInt64(2), row.TextOrNull(3) is { } by ? NameOf(db, by) : null, (FailedDevice)row.GetInt64(4), row.GetString(5),
            row.TextOrNull(6) is { } zone ? new ZoneId(zone) : null,
            kind is null ? null : db.Value("SELECT alarm FROM view_alarms WHERE kind = $1 AND subject = $2 ORDER BY n DESC LIMIT 1", kind, subject!) as string,
            kind is null ? null : AlarmKinds.Of(kind), row.TextOrNull(9), row.TextOrNull(10), row.TextOrNull(11), row.TextOrNull(12), row.TimeOrNull(13), row.TextOrNull(14), closed,
            row.TextOrNull(16) is { } closer ? NameOf(db, closer) : null, closed is null && Core.Watch.Failures.OverdueAt(row.Time(1), record.TimeZone) <= now);
    }

    private IEnumerable<FieldProblem> Problems(FailureForm form)
    {
        if (form.DetectedAt > time.GetUtcNow())
        {
            yield return new("detectedAt", FieldFault.InFuture);
        }

        if (form.DetectedBy is FailureFinder.Controller)
        {
            yield return new("detectedBy", FieldFault.NotAChoice);
        }

        if (form.Zone is { } zone && site.Now.Zones.All(known => known.Id != zone.Value))
        {
            yield return new("zone", FieldFault.Unknown, zone.Value);
        }
    }
}
