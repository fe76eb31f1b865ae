using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>廃棄・消去記録 as their entries make them.</summary>
public sealed class DisposalsView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_disposals"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_disposals(disposal TEXT PRIMARY KEY, n INTEGER NOT NULL, tag TEXT NOT NULL, state INTEGER NOT NULL, open INTEGER NOT NULL, out_since INTEGER, move TEXT, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_disposals_tag ON view_disposals(tag, n);
        CREATE INDEX view_disposals_n ON view_disposals(n);
        CREATE INDEX view_disposals_state ON view_disposals(state, n) WHERE open = 1;
        CREATE INDEX view_disposals_out ON view_disposals(out_since) WHERE out_since IS NOT NULL;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        if (DisposalDossier.DisposalOf(item.Event) is not { } id || DisposalDossier.After(One(db, id), item.Event!, item.N) is not { } after)
        {
            return;
        }

        _ = db.Run(
            "INSERT INTO view_disposals VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT(disposal) DO UPDATE SET state = $4, open = $5, out_since = $6, move = $7, json = $8",
            id.Value,
            item.N,
            after.Disposal.Tag.Value,
            (long)after.State,
            after.IsOpen ? 1 : 0,
            after.AwaitsCertificateSince?.ToUnixTimeMilliseconds(),
            after.Move?.Value,
            JsonSerializer.Serialize(after, RecordJson.Plain.DisposalDossier));
    }

    /// <summary>One record; null: none by this number.</summary>
    public static DisposalDossier? One(Statements db, DisposalId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT json FROM view_disposals WHERE disposal = $1", id.Value) is string json ? From(json) : null;
    }

    /// <summary>Open ones first, then the newest.</summary>
    public static ImmutableArray<DisposalDossier> Newest(Statements db, int most) => Found(db, "SELECT json FROM view_disposals ORDER BY open DESC, n DESC LIMIT $1", (long)most);

    /// <summary>Open ones of one state, the newest first.</summary>
    public static ImmutableArray<DisposalDossier> OpenIn(Statements db, DisposalState state, int most) =>
        Found(db, "SELECT json FROM view_disposals WHERE open = 1 AND state = $1 ORDER BY n DESC LIMIT $2", (long)state, (long)most);

    /// <summary>What went out before a moment and whose certificate is still waited for, longest first (R-LIFE-05).</summary>
    public static ImmutableArray<DisposalDossier> Uncertified(Statements db, DateTimeOffset before, int most) =>
        Found(db, "SELECT json FROM view_disposals WHERE out_since < $1 ORDER BY out_since LIMIT $2", before.ToUnixTimeMilliseconds(), (long)most);

    /// <summary>The record of an item that has not gone out yet; null: none.</summary>
    public static DisposalDossier? PendingOf(Statements db, AssetTag tag) =>
        Found(db, "SELECT json FROM view_disposals WHERE tag = $1 AND open = 1 AND move IS NULL ORDER BY n DESC LIMIT 1", tag.Value) is [var one] ? one : null;

    /// <summary>The record with which an item last went out for good; null: it never did.</summary>
    public static DisposalDossier? GoneBy(Statements db, AssetTag tag) =>
        Found(db, "SELECT json FROM view_disposals WHERE tag = $1 AND move IS NOT NULL ORDER BY n DESC LIMIT 1", tag.Value) is [{ Disposal.Kind: DisposalKind.Disposal or DisposalKind.LeaseReturn } one] ? one : null;

    /// <summary>The record with which an item went out in a move; null: none.</summary>
    public static DisposalDossier? Of(Statements db, AssetTag tag, MoveId move) =>
        Found(db, "SELECT json FROM view_disposals WHERE tag = $1 AND move = $2 ORDER BY n DESC LIMIT 1", tag.Value, move.Value) is [var one] ? one : null;

    private static DisposalDossier From(string json) => JsonSerializer.Deserialize(json, RecordJson.Plain.DisposalDossier)!;

    private static ImmutableArray<DisposalDossier> Found(Statements db, string sql, params ReadOnlySpan<object?> values)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<DisposalDossier>();
        using var row = db.Rows(sql, values);
        while (row.Read())
        {
            found.Add(From(row.GetString(0)));
        }

        return found.ToImmutable();
    }
}
