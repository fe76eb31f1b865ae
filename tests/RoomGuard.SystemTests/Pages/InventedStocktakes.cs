using System.Collections.Concurrent;
using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;

namespace RoomGuard.SystemTests.Pages;

/// <summary>棚卸 for tests of pages, in every state it can show. Codes are taken and kept by their ids; no other act changes anything.</summary>
internal sealed class InventedStocktakes(TimeProvider time, bool empty) : IStocktakeDesk
{
    private static readonly ImmutableArray<StockItem> List = [new(new("AS-00417"), ImportanceClass.II, "R03 U12"), new(new("AS-00418"), ImportanceClass.I, ""), new(new("DOC-0012"), ImportanceClass.III, "棚2")];

    /// <summary>Codes by the ids they came with.</summary>
    public ConcurrentDictionary<string, string> Taken { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids as they came, also more than once.</summary>
    public ConcurrentQueue<string> Sent { get; } = [];

    public Task<StocktakePageLook?> Rounds(Actor by, CancellationToken gone) => Task.FromResult<StocktakePageLook?>(new(
        [
            new(new("SRV-1"), 3, new(2025, 11, 20), new(2026, 11, 20), StockStanding.Overdue, empty ? null : new StocktakeId("T-2026-0003")), new(new("UPS-1"), 120, new(2026, 6, 1), new(2027, 6, 1), StockStanding.Later, null),
        ],
        empty ? [] : [Round("T-2026-0003"), Round("T-2026-0002"), Round("T-2026-0001")], empty ? 0 : 3, 12, true));

    public Task<StockWaiting> Waiting(Actor by, CancellationToken gone) => Task.FromResult(new StockWaiting(empty ? 0 : 1, 0));

    public Task<StocktakeFile?> One(StocktakeId id, Actor by, CancellationToken gone) => Task.FromResult(empty || id.Value is not ("T-2026-0003" or "T-2026-0002" or "T-2026-0001") ? null : File(id.Value));

    public async Task<StocktakeSheet?> Sheet(StocktakeId id, Actor by, CancellationToken gone) => await One(id, by, gone) is { } file ? new(file, new(new string('a', 64), "base 1")) : null;

    public Task<ActResult> Open(ZoneId zone, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done("T-2026-0003"));

    public Task<CountAnswer> Count(StocktakeId id, ImmutableArray<StockRead> reads, Actor by, CancellationToken stop)
    {
        if (id.Value != "T-2026-0003")
        {
            return Task.FromResult(new CountAnswer(ActResult.Refused("", FieldFault.StocktakeOver), []));
        }

        foreach (var read in reads)
        {
            Sent.Enqueue(read.Id);
            _ = Taken.TryAdd(read.Id, read.Code);
        }

        return Task.FromResult(new CountAnswer(ActResult.Done(id.Value), [.. reads.Select(read => Line(read.Id, read.Code))]));
    }

    public Task<StockReadLine?> Read(StocktakeId id, string read, Actor by, CancellationToken gone) => Task.FromResult(Taken.TryGetValue(read, out var code) ? Line(read, code) : null);

    public Task<ActResult> Close(StocktakeId id, int version, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> SendBack(StocktakeId id, int version, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> Confirm(StocktakeId id, int version, string note, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    public Task<ActResult> Cancel(StocktakeId id, int version, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done());

    private static StockReadLine Line(string id, string code) => code switch
    {
        "AS-00417" or "AS-00418" or "DOC-0012" => new(id, code, StockReadKind.Listed, "バックアップ装置", ImportanceClass.II, new(new("SRV-1"), "", ""), false, 104_502),
        "AS-00420" => new(id, code, StockReadKind.Elsewhere, "旧ファイルサーバ", ImportanceClass.II, new(new("UPS-1"), "棚2", ""), false, 104_503),
        _ => new(id, code, StockReadKind.Unknown, "", null, null, false, 104_504),
    };

    private static StockResult Result => new(
        3, 1, 4, [new(new("AS-00418"), ImportanceClass.I)], [new("4901234567894", false, null), new("AS-00420", true, new(new("UPS-1"), "棚2", ""))],
        [new(new("DOC-0012"), StockAccount.Lent, "S-0217"), new(new("AS-00421"), StockAccount.Arrived, "M-2026-0017"), new(new("AS-00422"), StockAccount.CarriedOut, "K-2026-0045")]);

    private StocktakeDossier Round(string id)
    {
        var now = time.GetUtcNow();
        var state = id switch { "T-2026-0003" => StocktakeState.Counting, "T-2026-0002" => StocktakeState.Counted, _ => StocktakeState.Confirmed };
        return new(
            new(id), new("SRV-1"), state, 2, 3, now.AddHours(-2), "S-0230", ["S-0230"], state is StocktakeState.Counting ? null : now.AddHours(-1), state is StocktakeState.Counting ? null : Result,
            state is StocktakeState.Confirmed ? now : null, state is StocktakeState.Confirmed ? "S-0102" : "", state is StocktakeState.Confirmed ? "所在を調べている" : "",
            [new(104_500, now.AddHours(-2), "stocktake.opened", "S-0230", ""), .. state is StocktakeState.Counting ? [] : new[] { new StocktakeLine(104_510, now.AddHours(-1), "stocktake.closed", "S-0230", "") }]);
    }

    private StocktakeFile File(string id)
    {
        var round = Round(id);
        var waits = round.State is StocktakeState.Counted;
        return new(
            round,
            [.. List.Select(item => new StockLine(item, "バックアップ装置", AssetKind.Storage, item.Tag.Value == "AS-00417" && id != "T-2026-0003" ? 104_502 : null))],
            [Line("r-2", "AS-00420"), Line("r-3", "4901234567894")],
            round.Result ?? new StockResult(3, 0, 0, [], [], []),
            ImmutableDictionary<string, string>.Empty.Add("S-0230", "日向 直子").Add("S-0102", "都城 誠").Add("S-0217", "髙橋 翔太").Add("AS-00418", "住民記録サーバ").Add("DOC-0012", "ネットワーク構成図"),
            new(Count: round.State is StocktakeState.Counting, Close: round.State is StocktakeState.Counting, SendBack: waits, Confirm: waits, Cancel: round.IsOpen),
            null);
    }
}
