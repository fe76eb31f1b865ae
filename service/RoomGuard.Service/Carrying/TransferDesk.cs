using System.Globalization;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Carrying;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Carrying;

/// <summary>
/// 系統間の媒体移送 (R-MOVE-08). What is against the rules is written down all the same, with the rule, and is an alarm to SEC: it may have happened already.
/// </summary>
public sealed class TransferDesk(ServiceRecord record, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time) : ITransferDesk
{
    private const int MostShown = 200;
    private const int LongestTag = 40;
    private static readonly TimeSpan Latest = TimeSpan.FromDays(31);

    /// <inheritdoc/>
    public Task<TransferRegister?> Register(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => DeskGate.Open(by, PageAct.SeeTransfers)
            ? new TransferRegister(
                [.. TransferView.Newest(db, MostShown).Select(kept => new TransferLine(kept.Id, kept.N, kept.Transfer, kept.Refusal, AuthorityGuard.NamedOrId(db, kept.By).Name))],
                policy.Now.Segments,
                DeskGate.Open(by, PageAct.RecordTransfer))
            : null,
        gone);

    /// <inheritdoc/>
    public async Task<ActResult> Record(MediaTransfer transfer, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        if (await guard.Objection(by, PageAct.RecordTransfer, ActSubject.None, "R-MOVE-08", transfer.Media ?? "", stop) is { } objection)
        {
            return ActResult.NotAllowed(objection);
        }

        var clean = transfer with
        {
            Media = FieldRules.Clean(transfer.Media),
            Content = FieldRules.Clean(transfer.Content),
            FromAt = FieldRules.Clean(transfer.FromAt),
            ToAt = FieldRules.Clean(transfer.ToAt),
            Note = FieldRules.Clean(transfer.Note),
        };
        var now = time.GetUtcNow();
        return await turn.ActAsync(
            [
                .. FieldRules.Text("media", clean.Media, LongestTag), .. FieldRules.Text("content", clean.Content), .. FieldRules.Text("fromAt", clean.FromAt), .. FieldRules.Text("toAt", clean.ToAt),
                .. FieldRules.Text("note", clean.Note, FieldRules.LongestReason, required: false),
                .. Enum.IsDefined(clean.From) ? Array.Empty<FieldProblem>() : [new("from", FieldFault.NotAChoice)],
                .. !Enum.IsDefined(clean.To) ? [new("to", FieldFault.NotAChoice)] : clean.From == clean.To ? [new("to", FieldFault.SameSegment)] : Array.Empty<FieldProblem>(),
                .. clean.Scan is { } scan && !Enum.IsDefined(scan) ? [new FieldProblem("scan", FieldFault.NotAChoice)] : Array.Empty<FieldProblem>(),
                .. clean.At > now ? [new("at", FieldFault.InFuture)] : now - clean.At > Latest ? [new("at", FieldFault.OutOfRange, "31 × 24 h")] : Array.Empty<FieldProblem>(),
            ],
            async () =>
            {
                var (id, listed, away) = record.Readers.AskNow(db => (Next(db), CarryView.Listed(db, clean.Media), CarryView.AwayBy(db, clean.Media) is not null));
                var against = TransferRules.Objection(clean, listed, away, policy.Now.Segments, policy.Now.MyNumberCarryOut);
                RecordedEvent fact = against is { } reason ? new MediaTransferRefused(now, id, clean, reason, by.Id) : new MediaTransferred(now, id, clean, by.Id);
                _ = await record.AppendAsync(fact, stop);
                return against is { } why ? ActResult.Refused("", FieldFault.TransferRefused, why.ToString()) : ActResult.Done(id.Value);
            },
            stop);
    }

    private MediaTransferId Next(Statements db)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"MT-{TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).Year}-");
        return new(string.Create(CultureInfo.InvariantCulture, $"{prefix}{1 + (db.Value("SELECT max(CAST(substr(transfer, 9) AS INTEGER)) FROM view_transfers WHERE transfer LIKE $1 || '%'", prefix) as long? ?? 0):0000}"));
    }
}
