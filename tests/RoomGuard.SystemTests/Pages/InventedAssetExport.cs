using System.Collections.Concurrent;
using System.Text;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Lists written out for tests of pages: in every state they can show, and one that goes on a little each time somebody looks.</summary>
internal sealed class InventedAssetExport(TimeProvider time) : IAssetExport
{
    private const int LooksToTheEnd = 4;
    private readonly ConcurrentDictionary<string, int> looks = new(StringComparer.Ordinal);
    private int begun;

    public Task<(ExportRun? Run, ActResult? Refused)> Begin(AssetExportOrder order, Actor by, CancellationToken gone)
    {
        if (order.Query.Words == "many full")
        {
            return Task.FromResult<(ExportRun?, ActResult?)>((null, ActResult.Refused("", FieldFault.ExportsFull, "2")));
        }

        var id = $"live-{Interlocked.Increment(ref begun)}";
        looks[id] = order.FileName.EndsWith(".csv", StringComparison.Ordinal) ? int.MinValue : 0;
        return Task.FromResult<(ExportRun?, ActResult?)>((Of(id, ExportStage.Waits, 0), null));
    }

    public ExportRun? Run(string id, Actor by) => id switch
    {
        "run-1" => Of(id, ExportStage.Writes, 25_000),
        "run-2" => Of(id, ExportStage.Done, 100_000),
        "run-3" => Of(id, ExportStage.Failed, 7),
        "run-4" => Of(id, ExportStage.Stopped, 7),
        _ => looks.TryGetValue(id, out var before) ? Live(id, before) : null,
    };

    private ExportRun Live(string id, int before) => before switch
    {
        int.MinValue => Of(id, ExportStage.Writes, 10_000),
        < 0 => Of(id, ExportStage.Stopped, 0),
        _ => looks.AddOrUpdate(id, 0, (_, many) => many + 1) is var now && now >= LooksToTheEnd ? Of(id, ExportStage.Done, 100_000) : Of(id, ExportStage.Writes, now * 20_000),
    };

    public Task<ActResult> Stop(string id, Actor by, CancellationToken gone)
    {
        looks[id] = -1;
        return Task.FromResult(ActResult.Done(id));
    }

    public Stream? Open(string id, Actor by) => Run(id, by) is { Stage: ExportStage.Done } ? new MemoryStream(Encoding.UTF8.GetBytes("機器番号\r\n")) : null;

    private ExportRun Of(string id, ExportStage stage, long lines) => new(
        id, "asset-register-20261121-143208.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", stage, lines, 100_000, stage is ExportStage.Done ? 8_412_000 : 0,
        stage is ExportStage.Done ? new string('7', 64) : "", stage is ExportStage.Done ? time.GetUtcNow() + TimeSpan.FromMinutes(30) : null);
}
