using System.Text.Json;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;

namespace RoomGuard.Service.Panels;

/// <summary>Reads what a bridge sent, strictly (R-INP-01): type, range, length and count of everything before anything is used.</summary>
public static class ReportReading
{
    /// <summary>Largest body in bytes.</summary>
    public const int LargestBody = 8 << 20;

    private const int LongestJournal = 200;
    private const int LongestEnvelope = 4096;
    private const int LongestPayload = 256 * 1024;
    private const int MostDevices = 512;

    /// <summary>Reads a report.</summary>
    /// <returns>The report, or in one sentence what is wrong with it.</returns>
    public static (PanelReport? Report, string? Wrong) Read(ReadOnlySpan<byte> body, PanelId panel)
    {
        if (body.Length > LargestBody)
        {
            return (null, $"The body has {body.Length} bytes; the limit is {LargestBody}.");
        }

        try
        {
            var report = JsonSerializer.Deserialize(body, RecordJson.Plain.PanelReport);
            return report is null ? (null, "The body is null; a report was expected.") : Check(report, panel) is { } wrong ? (null, wrong) : (report, null);
        }
        catch (JsonException wrong)
        {
            return (null, $"The body is no report: {wrong.Path ?? "$"}: line {wrong.LineNumber}, byte {wrong.BytePositionInLine}.");
        }
        catch (Exception wrong) when (wrong is NotSupportedException or InvalidOperationException or ArgumentException or FormatException)
        {
            return (null, $"The body is no report: {wrong.GetType().Name}.");
        }
    }

    private static string? Check(PanelReport report, PanelId panel)
    {
        if (report.Panel != panel)
        {
            return "panel: the report names another bridge than the address.";
        }

        if (report.Journal is not { Length: > 0 and <= LongestJournal } || report.Journal.Any(char.IsControl))
        {
            return $"journal: 1 to {LongestJournal} characters, none of them a control character.";
        }

        if (report.Entries.IsDefault || report.Entries.Length > ReportDesk.MostEntries)
        {
            return $"entries: at most {ReportDesk.MostEntries}.";
        }

        if (report.State is not { } state || state.Doors.IsDefault || state.Readers.IsDefault || state.Inside.IsDefault
            || state.Doors.Length > MostDevices || state.Readers.Length > MostDevices || state.Inside.Length > 100 * MostDevices)
        {
            return $"state: at most {MostDevices} doors and readers.";
        }

        var before = -1L;
        foreach (var entry in report.Entries)
        {
            if (entry is null || entry.Envelope is null || entry.Payload is null || entry.Salt is null)
            {
                return "entries: an entry is not whole.";
            }

            if (entry.Seq <= before)
            {
                return $"entries: number {entry.Seq} does not rise.";
            }

            if (entry.Envelope.Length > LongestEnvelope || entry.Payload.Length > LongestPayload || entry.Salt.Length > 64)
            {
                return $"entries: number {entry.Seq} is too long.";
            }

            before = entry.Seq;
        }

        return null;
    }
}
