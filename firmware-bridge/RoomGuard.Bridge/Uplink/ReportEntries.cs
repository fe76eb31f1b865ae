using System.Collections.Immutable;
using System.Text;
using RoomGuard.Core.Panels;
using RoomGuard.Evidence;

namespace RoomGuard.Bridge.Uplink;

/// <summary>Journal entries as they travel.</summary>
public static class ReportEntries
{
    // Base64 of a salt and the member names around an entry.
    private const int Around = 120;

    /// <summary>Takes entries from the journal until a report is full.</summary>
    public static ImmutableArray<ReportEntry> Read(EvidenceLog journal, long from, int mostEntries, int mostBytes)
    {
        ArgumentNullException.ThrowIfNull(journal);
        if (mostEntries == 0)
        {
            return [];
        }

        var entries = ImmutableArray.CreateBuilder<ReportEntry>();
        var bytes = 0;
        foreach (var stored in journal.Read(from, mostEntries))
        {
            if (stored.Payload is not { } payload || stored.Salt is not { } salt)
            {
                throw new InvalidDataException($"Entry {stored.N} of the journal has no payload; the bridge never erases any. Look at the file with doctor.");
            }

            bytes += stored.Envelope.Length + payload.Length + Around;
            if (bytes > mostBytes && entries.Count > 0)
            {
                break;
            }

            entries.Add(new(stored.N, Encoding.UTF8.GetString(stored.Envelope), Encoding.UTF8.GetString(payload), Convert.ToBase64String(salt)));
        }

        return entries.DrainToImmutable();
    }
}
