using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Carrying;

/// <summary>One transfer between segments as the record has it (R-MOVE-08).</summary>
/// <param name="N">Its entry.</param>
/// <param name="Refusal">Null: it was as the rules let it.</param>
public sealed record KeptTransfer(MediaTransferId Id, long N, MediaTransfer Transfer, TransferRefusal? Refusal, PersonId By);

/// <summary>系統間の媒体移送, those that were and those that were refused.</summary>
public sealed class TransferView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_transfers"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_transfers(transfer TEXT PRIMARY KEY, n INTEGER NOT NULL, media TEXT NOT NULL, refusal INTEGER, by TEXT NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_transfers_n ON view_transfers(n);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case MediaTransferred e:
                Keep(db, item.N, e.Id, e.Transfer, null, e.By);
                break;
            case MediaTransferRefused e:
                Keep(db, item.N, e.Id, e.Transfer, e.Reason, e.By);
                break;
            default:
                break;
        }
    }

    /// <summary>The newest first.</summary>
    public static ImmutableArray<KeptTransfer> Newest(Statements db, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<KeptTransfer>();
        using var row = db.Rows("SELECT transfer, n, json, refusal, by FROM view_transfers ORDER BY n DESC LIMIT $1", (long)most);
        while (row.Read())
        {
            found.Add(new(
                new(row.GetString(0)), row.GetInt64(1), JsonSerializer.Deserialize(row.GetString(2), RecordJson.Plain.MediaTransfer)!, (TransferRefusal?)row.NumberOrNull(3), new(row.GetString(4))));
        }

        return found.ToImmutable();
    }

    private static void Keep(Statements db, long n, MediaTransferId id, MediaTransfer transfer, TransferRefusal? refusal, string by) => _ = db.Run(
        "INSERT INTO view_transfers VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT(transfer) DO UPDATE SET n = $2, media = $3, refusal = $4, by = $5, json = $6", id.Value, n, transfer.Media, (long?)refusal, by, JsonSerializer.Serialize(transfer, RecordJson.Plain.MediaTransfer));
}
