using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using RoomGuard.Core.Panels;
using RoomGuard.Evidence;
using RoomGuard.Evidence.Merkle;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Panels;

/// <summary>
/// Takes a bridge's reports into the record: each journal number exactly once and in order (R-RED-02), whatever is repeated, overlaps or comes
/// late. A hole, a chain that does not join or a content that is not the one committed to raises 記録欠落 (R-DOOR-02).
/// </summary>
/// <remarks>
/// Numbers beyond the expected one are first asked for again: a retry may have overtaken another. Only when the same hole comes a
/// second time is it believed, recorded, and the reports go on behind it.
/// </remarks>
public sealed class ReportDesk(ServiceRecord record, PanelStates states, ServiceMeters meters, TimeProvider time)
{
    /// <summary>Most entries in one report.</summary>
    public const int MostEntries = 1000;

    private readonly ConcurrentDictionary<PanelId, SemaphoreSlim> turns = new();
    private readonly ConcurrentDictionary<PanelId, (string Journal, long Expected)> askedAgain = new();

    /// <summary>Applies a report.</summary>
    /// <returns>What the bridge may forget; it comes after everything below is durable.</returns>
    /// <exception cref="EvidenceWriteException">The record cannot be written; nothing is acknowledged.</exception>
    public async Task<ReportReceipt> ReceiveAsync(PanelReport report, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(report);
        var turn = turns.GetOrAdd(report.Panel, _ => new(1, 1));
        await turn.WaitAsync(stop);
        try
        {
            await BackAsync(report.Panel, stop);
            states.Hear(report.Panel, report.State);
            return await ApplyAsync(report, stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A bridge whose loss was recorded is heard again.</summary>
    private async Task BackAsync(PanelId panel, CancellationToken stop)
    {
        if (record.Readers.AskNow(db => db.Value("SELECT lost_since FROM view_panels WHERE panel = $1", panel.Value), stop) is long since)
        {
            var now = time.GetUtcNow();
            _ = await record.AppendAsync(new PanelSeen(now, panel, Math.Max(0, now.ToUnixTimeMilliseconds() - since)), stop);
        }
    }

    private async Task<ReportReceipt> ApplyAsync(PanelReport report, CancellationToken stop)
    {
        var place = PlaceOf(report.Panel);
        var drafts = new List<Draft>();
        var anotherJournal = place.Journal is { } known && known != report.Journal;
        var next = anotherJournal ? 0 : place.Next;
        var leaf = next == 0 ? Convert.ToBase64String(new byte[TreeHash.Size]) : place.Leaf;
        foreach (var entry in report.Entries)
        {
            if (entry.Seq < next)
            {
                continue;
            }

            if (entry.Seq > next && !SecondTime(report, next))
            {
                break;
            }

            if (entry.Seq > next)
            {
                drafts.Add(Hole(report.Panel, next, entry.Seq, "hole"));
                leaf = null;
            }

            leaf = Take(report, entry, leaf, drafts);
            next = entry.Seq + 1;
        }

        if (drafts.Count > 0)
        {
            if (anotherJournal)
            {
                // A new journal is a new origin; whatever the old one still held is not coming any more.
                drafts.Insert(0, Hole(report.Panel, place.Next, 0, "chain"));
            }

            var items = await record.AppendAsync(drafts, null, stop);
            Measure(items);
        }

        return new(next);
    }

    // What cannot be proven is said to be missing; what only hangs in a broken chain is still what the bridge told, and is kept.
    private string? Take(PanelReport report, ReportEntry entry, string? leafBefore, List<Draft> drafts)
    {
        var envelopeBytes = Encoding.UTF8.GetBytes(entry.Envelope);
        var payload = Encoding.UTF8.GetBytes(entry.Payload);
        if (!Envelope.TryRead(envelopeBytes, out var envelope) || envelope is null || envelope.N != entry.Seq || !Committed(envelope, entry.Salt, payload))
        {
            drafts.Add(Hole(report.Panel, entry.Seq, entry.Seq, "content"));
            return null;
        }

        if (leafBefore is not null && Convert.ToBase64String(envelope.Previous.Span) != leafBefore)
        {
            drafts.Add(Hole(report.Panel, entry.Seq, entry.Seq, "chain"));
        }

        var leaf = Convert.ToBase64String(TreeHash.Leaf(envelopeBytes));
        drafts.Add(new(envelope.Kind, payload, RecordPayload.EventOrNull(entry.Payload), envelope.At, new(report.Panel, report.Journal, entry.Seq, leaf)));
        return leaf;
    }

    private static bool Committed(Envelope envelope, string salt, byte[] payload)
    {
        Span<byte> bytes = stackalloc byte[PayloadCommitment.SaltLength];
        return Convert.TryFromBase64String(salt, bytes, out var length) && length == PayloadCommitment.SaltLength
            && CanonicalJson.IsCanonical(payload)
            && PayloadCommitment.Of(bytes, payload).AsSpan().SequenceEqual(envelope.Commitment.Span);
    }

    private bool SecondTime(PanelReport report, long expected)
    {
        if (askedAgain.TryGetValue(report.Panel, out var asked) && asked == (report.Journal, expected))
        {
            _ = askedAgain.TryRemove(report.Panel, out _);
            return true;
        }

        askedAgain[report.Panel] = (report.Journal, expected);
        return false;
    }

    private Draft Hole(PanelId panel, long expected, long found, string kind)
    {
        meters.HoleFound(kind);
        return Draft.Of(new ReportHole(time.GetUtcNow(), panel, expected, found, kind));
    }

    private void Measure(ImmutableArray<RecordedItem> items)
    {
        foreach (var item in items.Where(item => item is { Origin: not null, Event: not null }))
        {
            meters.Reported(item.ReceivedAt - item.OccurredAt);
        }
    }

    private JournalPlace PlaceOf(PanelId panel) => record.Readers.AskNow(db =>
    {
        using var row = db.Rows("SELECT journal, next_seq, leaf FROM view_panels WHERE panel = $1", panel.Value);
        return row.Read() ? new JournalPlace(row.TextOrNull(0), row.GetInt64(1), row.TextOrNull(2)) : new JournalPlace(null, 0, null);
    });

    private readonly record struct JournalPlace(string? Journal, long Next, string? Leaf);
}
