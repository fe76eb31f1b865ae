using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>搬入・搬出 as their entries make them, and which of them an item is in.</summary>
public sealed class MovesView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_moves", "view_move_items"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_moves(move TEXT PRIMARY KEY, n INTEGER NOT NULL, state INTEGER NOT NULL, open INTEGER NOT NULL, installing INTEGER NOT NULL, planned_from INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_moves_n ON view_moves(n);
        CREATE INDEX view_moves_planned ON view_moves(planned_from, n);
        CREATE INDEX view_moves_open ON view_moves(state) WHERE open = 1;
        CREATE INDEX view_moves_installing ON view_moves(n) WHERE installing = 1;
        CREATE TABLE view_move_items(tag TEXT NOT NULL, move TEXT NOT NULL, PRIMARY KEY(tag, move)) STRICT, WITHOUT ROWID;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        if (MoveDossier.MoveOf(item.Event) is not { } id || MoveDossier.After(One(db, id), item.Event!, item.N) is not { } after)
        {
            return;
        }

        _ = db.Run(
            "INSERT INTO view_moves VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT(move) DO UPDATE SET state = $3, open = $4, installing = $5, json = $7",
            id.Value,
            item.N,
            (long)after.State,
            after.IsOpen ? 1 : 0,
            after.ToInstall().Any() ? 1 : 0,
            after.Move.Plan.From.ToUnixTimeMilliseconds(),
            JsonSerializer.Serialize(after, RecordJson.Plain.MoveDossier));
        if (item.Event is MoveRecorded made)
        {
            foreach (var one in made.Move.Plan.Items)
            {
                _ = db.Run("INSERT INTO view_move_items VALUES ($1, $2) ON CONFLICT DO NOTHING", one.Tag.Value, id.Value);
            }
        }
    }

    /// <summary>One move; null: none by this number.</summary>
    public static MoveDossier? One(Statements db, MoveId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT json FROM view_moves WHERE move = $1", id.Value) is string json ? From(json) : null;
    }

    /// <summary>Moves that are under way or interrupted.</summary>
    public static ImmutableArray<MoveDossier> UnderWay(Statements db) =>
        Found(db, "SELECT json FROM view_moves WHERE open = 1 AND state IN ($1, $2) ORDER BY n", (long)MoveState.InProgress, (long)MoveState.Interrupted);

    /// <summary>The newest moves, those that are open or whose installation is not confirmed first.</summary>
    public static ImmutableArray<MoveDossier> Newest(Statements db, int most) => Found(db, "SELECT json FROM view_moves ORDER BY open DESC, installing DESC, n DESC LIMIT $1", (long)most);

    /// <summary>Moves planned within a time, in its order.</summary>
    public static ImmutableArray<MoveDossier> Planned(Statements db, DateTimeOffset from, DateTimeOffset until, int most) => Found(
        db, "SELECT json FROM view_moves WHERE planned_from >= $1 AND planned_from < $2 ORDER BY planned_from, n LIMIT $3", from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), (long)most);

    /// <summary>Moves these people carry or applied for, the oldest first.</summary>
    public static ImmutableArray<MoveDossier> CarriedBy(Statements db, IEnumerable<PersonId> people) => Found(
        db,
        """
        SELECT m.json FROM view_moves m
        WHERE json_extract(m.json, '$.move.appliedBy') IN (SELECT value FROM json_each($1))
            OR EXISTS (SELECT 1 FROM json_each(m.json, '$.move.plan.carriers') c WHERE c.value IN (SELECT value FROM json_each($1)))
        ORDER BY m.planned_from, m.n
        """,
        RowReading.List(people.Select(person => person.Value)));

    /// <summary>An open move an item is in; null: none.</summary>
    public static MoveId? OpenOf(Statements db, AssetTag tag)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT m.move FROM view_move_items i JOIN view_moves m ON m.move = i.move WHERE i.tag = $1 AND m.open = 1 ORDER BY m.n LIMIT 1", tag.Value) is string move ? new MoveId(move) : null;
    }

    /// <summary>The newest moves an item is or was in.</summary>
    public static ImmutableArray<MoveDossier> Of(Statements db, string tag) =>
        Found(db, "SELECT m.json FROM view_move_items i JOIN view_moves m ON m.move = i.move WHERE i.tag = $1 ORDER BY m.open DESC, m.n DESC LIMIT 20", tag);

    private static MoveDossier From(string json) => JsonSerializer.Deserialize(json, RecordJson.Plain.MoveDossier)!;

    private static ImmutableArray<MoveDossier> Found(Statements db, string sql, params ReadOnlySpan<object?> values)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<MoveDossier>();
        using var row = db.Rows(sql, values);
        while (row.Read())
        {
            found.Add(From(row.GetString(0)));
        }

        return found.ToImmutable();
    }
}
