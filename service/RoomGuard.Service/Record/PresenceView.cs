using RoomGuard.Core.Doors;

namespace RoomGuard.Service.Record;

/// <summary>在室者一覧 (R-DOOR-05): who is known inside; it also fills 退室日時 into the register row of the entry.</summary>
public sealed class PresenceView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_presence", "view_vacancy"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_presence(zone TEXT NOT NULL, person TEXT NOT NULL, since INTEGER NOT NULL, door TEXT NOT NULL, row INTEGER, doubtful INTEGER NOT NULL, certainty INTEGER NOT NULL, visit TEXT, escort TEXT, alone INTEGER NOT NULL, PRIMARY KEY(zone, person)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_vacancy(zone TEXT PRIMARY KEY, since INTEGER) STRICT, WITHOUT ROWID;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        var at = item.OccurredAt.ToUnixTimeMilliseconds();
        switch (item.Event)
        {
            case PersonEntered { Evidence: PresenceEvidence.Manual } e:
                // Said by a person: it changes who is inside, and no row of the register.
                _ = db.Run(
                    "INSERT INTO view_presence VALUES ($1, $2, $3, $4, NULL, 0, $5, $6, $7, 0) ON CONFLICT(zone, person) DO UPDATE SET since = $3, door = $4, doubtful = 0, certainty = $5",
                    e.Zone.Value,
                    e.Person.Value,
                    (e.Since ?? e.OccurredAt).ToUnixTimeMilliseconds(),
                    e.Door.Value,
                    (long)(e.Certainty ?? PresenceCertainty.Certain),
                    e.Visit?.Value,
                    e.Escort?.Value);
                break;
            case PersonEntered e:
                var row = RegisterView.NewestEntry(db, e.Person, e.Door, e.OccurredAt);
                _ = db.Run("UPDATE view_register SET opened = 1, entered = $2 WHERE n = $1", row ?? -1, at);
                _ = db.Run(
                    "INSERT INTO view_presence VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, 0) ON CONFLICT(zone, person) DO UPDATE SET since = $3, door = $4, row = $5, certainty = $6, visit = $7, escort = $8, alone = 0",
                    e.Zone.Value,
                    e.Person.Value,
                    at,
                    e.Door.Value,
                    row,
                    (long)(e.Certainty ?? PresenceCertainty.Certain),
                    e.Visit?.Value,
                    e.Escort?.Value);
                break;
            case PersonLeft e:
                _ = db.Run(
                    "UPDATE view_register SET exited = $3 WHERE n = (SELECT row FROM view_presence WHERE zone = $1 AND person = $2)",
                    e.Zone.Value,
                    e.Person.Value,
                    at);
                _ = db.Run("DELETE FROM view_presence WHERE zone = $1 AND person = $2", e.Zone.Value, e.Person.Value);
                break;
            case PresenceMismatch e:
                _ = db.Run("UPDATE view_presence SET doubtful = 1 WHERE zone = $1 AND person = $2", e.Zone.Value, e.Person.Value);
                break;

            // Who is beside a visitor at this moment (R-VIS-03).
            case EscortMissing e:
                _ = db.Run("UPDATE view_presence SET alone = 1 WHERE zone = $1 AND person = $2", e.Zone.Value, e.Visitor.Value);
                break;
            case EscortReturned e:
                _ = db.Run("UPDATE view_presence SET alone = 0, escort = $3 WHERE zone = $1 AND person = $2", e.Zone.Value, e.Visitor.Value, e.Escort.Value);
                break;
            case EscortHandedOver e:
                _ = db.Run("UPDATE view_presence SET alone = 0, escort = $3 WHERE zone = $1 AND person = $2", e.Zone.Value, e.Visitor.Value, e.To.Value);
                break;
            case ZoneVacant e:
                _ = db.Run("INSERT INTO view_vacancy VALUES ($1, $2) ON CONFLICT(zone) DO UPDATE SET since = $2", e.Zone.Value, at);
                break;
            case ZoneOccupied e:
                _ = db.Run("INSERT INTO view_vacancy VALUES ($1, NULL) ON CONFLICT(zone) DO UPDATE SET since = NULL", e.Zone.Value);
                break;
            default:
                break;
        }
    }
}
