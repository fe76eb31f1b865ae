using System.Text.Json;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Patterns;

/// <summary>気になる動き and signs of lending with what was made of them (R-MON-05, R-ID-07).</summary>
public sealed class PatternsView : IRecordView
{
    private const long Month = 30L * 24 * RegisterView.Hour;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_patterns"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_patterns(n INTEGER PRIMARY KEY, at INTEGER NOT NULL, subject TEXT NOT NULL, person TEXT, lending INTEGER NOT NULL, json TEXT NOT NULL, newest INTEGER NOT NULL,
            last_month INTEGER NOT NULL, verdict INTEGER, note TEXT, reviewed INTEGER, reviewed_by TEXT, review_n INTEGER) STRICT;
        CREATE INDEX view_patterns_subject ON view_patterns(subject, at);
        CREATE INDEX view_patterns_open ON view_patterns(at) WHERE verdict IS NULL;
        CREATE INDEX view_patterns_at ON view_patterns(at);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case PatternNoticed e:
                Keep(db, item, PatternSubject.Of(e), e.Person, lending: false, JsonSerializer.Serialize(e, RecordJson.Plain.PatternNoticed), e.EventIds.IsEmpty ? 0 : e.EventIds[^1], e.LastMonth);
                break;
            case LendingSuspected e:
                // Of lending the event itself keeps no count: the view has every sign before it.
                var at = e.OccurredAt.ToUnixTimeMilliseconds();
                var before = (long)db.Value("SELECT count(*) FROM view_patterns WHERE subject = $1 AND at > $2 AND at <= $3", PatternSubject.Of(e), at - Month, at)!;
                Keep(db, item, PatternSubject.Of(e), e.Person, lending: true, JsonSerializer.Serialize(e, RecordJson.Plain.LendingSuspected), e.EventIds.IsEmpty ? 0 : e.EventIds[^1], before);
                break;
            case PatternReviewed e:
                _ = db.Run(
                    "UPDATE view_patterns SET verdict = $3, note = $4, reviewed = $5, reviewed_by = $6, review_n = $7 WHERE subject = $1 AND n <= $2 AND verdict IS NULL",
                    e.Subject,
                    e.Notice,
                    (long)e.Verdict,
                    e.Note,
                    e.OccurredAt.ToUnixTimeMilliseconds(),
                    e.By,
                    item.N);
                break;
            default:
                break;
        }
    }

    private static void Keep(Statements db, RecordedItem item, string subject, PersonId? person, bool lending, string json, long newest, long lastMonth) => _ = db.Run(
        "INSERT INTO view_patterns VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, NULL, NULL, NULL)",
        item.N,
        item.OccurredAt.ToUnixTimeMilliseconds(),
        subject,
        person?.Value,
        lending ? 1 : 0,
        json,
        newest,
        lastMonth);
}
