using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>敷地外の機器: what is off the premises now, and its last check (R-LIFE-06). It follows the moves; nobody writes it by hand.</summary>
public sealed class OffsiteView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_offsite"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_offsite(tag TEXT PRIMARY KEY, n INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case AssetMoved e:
                if (MovesView.One(db, e.Move) is { } file && OffsiteStay.Begun(e, file.Move) is { } begun)
                {
                    Keep(db, begun, item.N);
                }
                else
                {
                    _ = db.Run("DELETE FROM view_offsite WHERE tag = $1", e.Tag.Value);
                }

                break;
            case OffsiteChecked e when One(db, e.Tag)?.After(e) is { } seen:
                Keep(db, seen, item.N);
                break;
            case OffsiteCheckReminded e when One(db, e.Tag)?.After(e) is { } reminded:
                Keep(db, reminded, item.N);
                break;
            default:
                break;
        }
    }

    /// <summary>One item's stay; null: it is not off the premises.</summary>
    public static OffsiteStay? One(Statements db, AssetTag tag)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT json FROM view_offsite WHERE tag = $1", tag.Value) is string json ? From(json) : null;
    }

    /// <summary>All that is off the premises, by tag.</summary>
    public static ImmutableArray<OffsiteStay> All(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<OffsiteStay>();
        using var row = db.Rows("SELECT json FROM view_offsite ORDER BY tag");
        while (row.Read())
        {
            found.Add(From(row.GetString(0)));
        }

        return found.ToImmutable();
    }

    private static OffsiteStay From(string json) => JsonSerializer.Deserialize(json, RecordJson.Plain.OffsiteStay)!;

    private static void Keep(Statements db, OffsiteStay stay, long n) =>
        _ = db.Run("INSERT INTO view_offsite VALUES ($1, $2, $3) ON CONFLICT(tag) DO UPDATE SET n = $2, json = $3", stay.Tag.Value, n, JsonSerializer.Serialize(stay with { Entries = [.. stay.Entries.Append(n).Distinct()] }, RecordJson.Plain.OffsiteStay));
}
