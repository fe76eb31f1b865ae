using System.Globalization;
using RoomGuard.Evidence;
using RoomGuard.Hosting;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Commands;

/// <summary><c>roomguard rebuild</c>: drops every view, makes it again from the entries, and says whether the content is the same.</summary>
public static class RebuildCommand
{
    /// <summary>Runs it.</summary>
    /// <returns><see cref="ExitCodes.Ok"/>, or <see cref="ExitCodes.Findings"/> when a view held something else than its entries give.</returns>
    public static int Run(ServiceSettings settings, TimeProvider time, Func<int, byte[]> randomBytes, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(output);
        var folders = new ServiceFolders(settings, time, randomBytes);
        var views = new RecordViews(settings.TimeZone);
        using var log = EvidenceLog.Open(folders.LogSettings());
        using var connection = ServiceRecord.OpenForViews(folders.Record);
        var comparable = views.UpToDate(connection, log.Size);
        var before = comparable ? views.Digests(connection).ToDictionary(table => table.Table) : [];
        views.Rebuild(connection, log, progress: null, CancellationToken.None);
        var differing = 0;
        foreach (var table in views.Digests(connection))
        {
            var same = !before.TryGetValue(table.Table, out var earlier) || earlier == table;
            differing += same ? 0 : 1;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(same ? "○" : "×")} {table.Table,-24} {table.Rows,12} rows  sha256 {table.Sha256}"));
        }

        output.WriteLine(differing == 0
            ? $"{log.Size} entries, all views made again{(comparable ? ", content unchanged" : "")}."
            : $"{log.Size} entries, all views made again; {differing} held something else than the entries give. Look into who wrote to {folders.Record}.");
        return differing == 0 ? ExitCodes.Ok : ExitCodes.Findings;
    }
}
