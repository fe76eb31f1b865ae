using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>A list of items that was brought and not applied yet.</summary>
/// <param name="List">Names it.</param>
/// <param name="Marks">Digest of what it would change and of what that was held against.</param>
public sealed record BroughtList(string List, DateTimeOffset At, string FileName, string Sha256, bool WithoutWrong, int Changes, int LeftOut, string Marks, PersonId By);

/// <summary>Lists that wait for their second person (R-INP-03): the record has them, so that a restart loses none.</summary>
public sealed class BroughtListsView : IRecordView
{
    private const string Columns = "list, at, file, sha256, without_wrong, changes, left_out, marks, by";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_brought_lists"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_brought_lists(list TEXT PRIMARY KEY, at INTEGER NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, without_wrong INTEGER NOT NULL, changes INTEGER NOT NULL,
            left_out INTEGER NOT NULL, marks TEXT NOT NULL, by TEXT NOT NULL) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case AssetListBrought e:
                _ = db.Run(
                    "INSERT INTO view_brought_lists VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
                    e.List, e.OccurredAt.ToUnixTimeMilliseconds(), e.FileName, e.Sha256, e.WithoutWrong ? 1 : 0, (long)e.Changes, (long)e.LeftOut, e.Marks, e.By);
                break;
            case AssetsImported { List: { } list }:
                _ = db.Run("DELETE FROM view_brought_lists WHERE list = $1", list);
                break;
            default:
                break;
        }
    }

    /// <summary>The newest that were brought after a moment, the oldest first.</summary>
    public static ImmutableArray<BroughtList> Since(Statements db, DateTimeOffset after, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<BroughtList>();
        using var row = db.Rows($"SELECT {Columns} FROM view_brought_lists WHERE at > $1 ORDER BY at DESC, list LIMIT $2", after.ToUnixTimeMilliseconds(), (long)most);
        while (row.Read())
        {
            found.Insert(0, From(row));
        }

        return found.ToImmutable();
    }

    private static BroughtList From(SqliteDataReader row) => new(
        row.GetString(0), row.Time(1), row.GetString(2), row.GetString(3), row.GetInt64(4) != 0, (int)row.GetInt64(5), (int)row.GetInt64(6), row.GetString(7), new(row.GetString(8)));
}
