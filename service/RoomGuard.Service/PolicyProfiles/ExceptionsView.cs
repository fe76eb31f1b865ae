using RoomGuard.Core.Cases;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.PolicyProfiles;

/// <summary>例外措置 as far as rules ask of them: from when to when, allowed or not, ended or not (R-EXC-01, R-EXC-02, R-EXC-04).</summary>
public sealed class ExceptionsView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_exceptions"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_exceptions(exception TEXT PRIMARY KEY, rule TEXT NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT NOT NULL, urgent INTEGER NOT NULL, allowed INTEGER NOT NULL,
            ended INTEGER NOT NULL) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case CaseApplied { Matter: ExceptionMatter matter } applied:
                _ = db.Run(
                    """
                    INSERT INTO view_exceptions VALUES ($1, $2, $3, $4, $5, 0, 0)
                    ON CONFLICT(exception) DO UPDATE SET rule = $2, valid_from = $3, valid_until = $4, urgent = $5, allowed = 0, ended = 0
                    """,
                    applied.Case.Value,
                    matter.RuleRef,
                    RowReading.Iso(matter.ValidFrom),
                    RowReading.Iso(matter.ValidUntil),
                    matter.UsedAt is null ? 0 : 1);
                break;
            case CaseDecided { Decision: CaseDecision.Allowed or CaseDecision.AllowedWithConditions } decided:
                _ = db.Run("UPDATE view_exceptions SET allowed = 1 WHERE exception = $1", decided.Case.Value);
                break;
            case CaseDecided decided:
                End(db, decided.Case);
                break;
            case CaseWithdrawn withdrawn:
                End(db, withdrawn.Case);
                break;
            case CaseLapsed lapsed:
                End(db, lapsed.Case);
                break;
            case CaseReviewed { Continues: false } reviewed:
                End(db, reviewed.Case);
                break;
            default:
                break;
        }
    }

    /// <summary>Whether it has effect on a day: allowed, or used first in urgency and not yet decided; within its dates; not ended.</summary>
    public static bool InForce(Statements db, string exception, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value(
            "SELECT 1 FROM view_exceptions WHERE exception = $1 AND valid_from <= $2 AND valid_until > $2 AND ended = 0 AND (allowed = 1 OR urgent = 1)",
            exception,
            RowReading.Iso(day)) is not null;
    }

    /// <summary>Whether it was applied for under a requirement.</summary>
    public static bool Names(Statements db, string exception, string requirement)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT rule FROM view_exceptions WHERE exception = $1", exception) is string rule && rule.Contains(requirement, StringComparison.Ordinal);
    }

    private static void End(Statements db, CaseId id) => _ = db.Run("UPDATE view_exceptions SET ended = 1 WHERE exception = $1", id.Value);
}
