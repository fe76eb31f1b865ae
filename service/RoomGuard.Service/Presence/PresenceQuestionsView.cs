using RoomGuard.Core.Doors;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Presence;

/// <summary>
/// Open questions of presence (R-DOOR-05): what does not add up about one person in one zone, what they said of it, and when it was decided. One
/// kind of doubt about one person is one question, however often it comes back.
/// </summary>
public sealed class PresenceQuestionsView : IRecordView
{
    /// <summary>Kind of a question that a person raised, not the fold.</summary>
    public const string Asked = "asked";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_presence_questions"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_presence_questions(n INTEGER PRIMARY KEY, zone TEXT NOT NULL, person TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, entered INTEGER, times INTEGER NOT NULL,
            asked_by TEXT, claim_inside INTEGER, claim_since INTEGER, reason TEXT, answer INTEGER, answered INTEGER, answer_at INTEGER, note TEXT, answered_by TEXT, closed INTEGER, closed_n INTEGER) STRICT;
        CREATE INDEX view_presence_questions_open ON view_presence_questions(zone, person) WHERE closed IS NULL;
        CREATE INDEX view_presence_questions_person ON view_presence_questions(person) WHERE closed IS NULL;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        var at = item.OccurredAt.ToUnixTimeMilliseconds();
        switch (item.Event)
        {
            case PresenceMismatch e:
                if (db.Run("UPDATE view_presence_questions SET times = times + 1 WHERE zone = $1 AND person = $2 AND kind = $3 AND closed IS NULL", e.Zone.Value, e.Person.Value, e.Kind) == 0)
                {
                    Add(db, item.N, (e.Zone.Value, e.Person.Value, e.Kind), at, e.EnteredAt?.ToUnixTimeMilliseconds(), null);
                }

                break;
            case PresenceAsked e:
                Add(db, item.N, (e.Zone.Value, e.Person.Value, Asked), at, null, e);
                break;
            case PresenceAnswered e:
                _ = db.Run(
                    "UPDATE view_presence_questions SET answer = $2, answered = $3, answer_at = $4, note = $5, answered_by = $6 WHERE n = $1",
                    e.Question,
                    (long)e.Answer,
                    at,
                    e.At?.ToUnixTimeMilliseconds(),
                    e.Note,
                    e.By);
                break;
            case PresenceSettled e:
                _ = db.Run("UPDATE view_presence_questions SET closed = $2, closed_n = $3 WHERE n = $1", e.Question, at, item.N);
                break;
            case RoomOrdered { Order: PresenceOrder e }:
                _ = db.Run("UPDATE view_presence_questions SET closed = $3, closed_n = $4 WHERE zone = $1 AND person = $2 AND closed IS NULL", e.Zone.Value, e.Person.Value, at, item.N);
                break;
            case PersonLeft e:
                // Seen to go after all: whether they were still inside is no question any more.
                _ = db.Run(
                    "UPDATE view_presence_questions SET closed = $3, closed_n = $4 WHERE zone = $1 AND person = $2 AND kind = 'no-exit-by-end-of-day' AND closed IS NULL",
                    e.Zone.Value,
                    e.Person.Value,
                    at,
                    item.N);
                break;
            default:
                break;
        }
    }

    private static void Add(Statements db, long n, (string Zone, string Person, string Kind) about, long at, long? entered, PresenceAsked? asked) => _ = db.Run(
        "INSERT INTO view_presence_questions VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
        n,
        about.Zone,
        about.Person,
        about.Kind,
        at,
        entered,
        asked?.By,
        asked is null ? null : asked.Inside ? 1L : 0L,
        asked?.Since.ToUnixTimeMilliseconds(),
        asked?.Reason);
}
