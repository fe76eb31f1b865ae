using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;

namespace RoomGuard.SystemTests.Pages;

/// <summary>機器台帳 and moves for tests of pages, in every state they can show. No act changes anything.</summary>
internal sealed class InventedEquipment(TimeProvider time, bool empty) : IAssetDesk, IMoveDesk, IDisposalDesk, IOffsiteDesk
{
    private static readonly Asset Backup = new(
        new("AS-00417"), AssetKind.Storage, "バックアップ装置", "架空電算", "BK-20", "ZX9-55102", ImportanceClass.II, Segment.StandardSystem, new("S-0102"), true, [new("SSD-77120", "SSD 960 GB")], [], "BK-A", 6, new(2026, 4, 1),
        new(2031, 3, 31), [new("住民記録の控え", ImportanceClass.II)], null, null, null, "前面扉の鍵は保管庫");

    private ImmutableArray<AssetLine> Lines =>
    [
        Line(Backup),
        Line(Backup with { Tag = new("AS-00418"), Kind = AssetKind.Server, Name = "住民記録サーバ", Segment = null, Manager = null, Serial = "" }) with
        {
            Decided = null, Effective = ImportanceClass.I, Place = null, ManagerName = null, Gaps = AssetGaps.Class | AssetGaps.Serial | AssetGaps.Segment | AssetGaps.Place | AssetGaps.Manager,
        },
        Line(Backup with { Tag = new("AS-00419"), Name = "旧ファイルサーバ", SupportEnds = new(2020, 3, 31) }) with { MaintenanceDue = new(2026, 2, 1), Misplaced = PlacementFault.LowerClass },
        Line(Paper) with { Holder = new(new("S-0217"), "髙橋 翔太", "たかはし しょうた", "情報政策課"), HolderDue = new(2026, 2, 1) },
    ];

    private static Asset Paper => Backup with { Tag = new("DOC-0012"), Kind = AssetKind.Document, Name = "ネットワーク構成図", Serial = "", Container = new("BX-0001"), CopyOf = new("DOC-0001"), Storage = [], HasStorage = null };

    public Task<AssetPage?> Assets(AssetQuery query, Actor by, CancellationToken gone) =>
        Task.FromResult<AssetPage?>(
            empty || query.Words == "nobody" ? new([], 0, false, null, true)
            : query.Words?.StartsWith("many", StringComparison.Ordinal) == true ? new(Lines, 10_000, true, "DOC-0012", true)
            : new(Lines, 4, false, "DOC-0012", true));

    public Task<long> Count(AssetQuery query, Actor by, CancellationToken gone) => Task.FromResult(empty ? 0L : Lines.Length);

    public async IAsyncEnumerable<AssetLine> All(AssetQuery query, Actor by, [EnumeratorCancellation] CancellationToken gone)
    {
        foreach (var line in empty ? [] : Lines)
        {
            await Task.CompletedTask;
            yield return line with { Asset = line.Asset with { Note = "=HYPERLINK(\"http://x\")", Maker = "架空, \"電算\"" } };
        }
    }

    public Task<AssetFile?> One(AssetTag tag, Actor by, CancellationToken gone) => Task.FromResult(Lines.FirstOrDefault(line => line.Asset.Tag == tag) is not { } found || empty ? null : new AssetFile(
        found, 104_300, tag.Value == "DOC-0012" ? [] : [Lines[3]], tag.Value == "DOC-0012" ? [] : [Lines[1]], ImportanceClass.II,
        [
            new(104_301, time.GetUtcNow(), "日向 直子", new AssetMaintained(time.GetUtcNow(), tag, new(2026, 4, 1), "異常なし", "S-0230"), []),
            new(104_300, time.GetUtcNow().AddHours(-1), "日向 直子", new AssetRecorded(time.GetUtcNow(), found.Asset, null, "S-0230"), AssetDifference.Between(Backup with { Serial = "ZX-1", Segment = null }, found.Asset)),
            new(104_200, time.GetUtcNow().AddHours(-2), "小林 望", new AssetClassDecided(time.GetUtcNow(), tag, ImportanceClass.II, "控えのみを保存するため", "S-0105"), []),
            new(104_100, time.GetUtcNow().AddHours(-3), "日向 直子", new AssetRecorded(time.GetUtcNow(), found.Asset, new(new("SRV-1"), "R03 U12", ""), "S-0230"), []),
        ],
        true, tag.Value != "DOC-0012", tag.Value != "DOC-0012" ? null : new(new("この操作の権限がありません", "You may not do this"), "R-LIFE-07", [Role.SecurityManager], [])));

    public Task<AssetTag> NextTag(CancellationToken gone) => Task.FromResult(new AssetTag("AS-00420"));

    public Task<ActResult> Save(AssetForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> DecideClass(AssetTag tag, long version, ImportanceClass importance, string reason, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Maintain(AssetTag tag, long version, DateOnly doneOn, string result, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> HandOver(AssetTag tag, long version, PersonId holder, DateOnly dueOn, string purpose, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> HandBack(AssetTag tag, long version, Actor by, CancellationToken stop) => Done();

    public Task Exported(string query, long count, string sha256, Actor by, CancellationToken stop) => Task.CompletedTask;

    public Task<ImmutableArray<MoveLook>?> Moves(Actor by, CancellationToken gone) =>
        Task.FromResult<ImmutableArray<MoveLook>?>(empty ? [] : [Look(MoveState.Interrupted), Look(MoveState.Checked), Look(MoveState.Completed)]);

    public Task<MoveFile?> One(MoveId id, Actor by, CancellationToken gone) => Task.FromResult(empty ? null : id.Value switch
    {
        "M-2026-0019" => new MoveFile(Look(MoveState.Interrupted), new(false, false, true, false, false, true, false)),
        "M-2026-0018" => new MoveFile(Look(MoveState.Checked), new(true, true, false, true, true, true, false)),
        "M-2026-0017" => new MoveFile(Look(MoveState.Completed), new(false, false, false, false, false, false, true)),
        _ => null,
    });

    public Task<ImmutableArray<MoveLook>> Planned(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone) =>
        Task.FromResult<ImmutableArray<MoveLook>>(empty ? [] : [Look(MoveState.Interrupted), Look(MoveState.Completed)]);

    public async Task<MoveSheet> Sheet(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone) => await Planned(from, until, by, gone) is var found ? new(found, found.Length, Everything: true, new(new string('a', 64), "base 1")) : null!;

    public Task<ImmutableArray<MoveLook>> Export(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone) => Planned(from, until, by, gone);

    public Task<ImmutableArray<DisposalLook>?> Export(DisposalShow show, Actor by, CancellationToken gone) => Disposals(show, by, gone);

    public async Task<MoveSheet?> Sheet(MoveId id, Actor by, CancellationToken gone) => await One(id, by, gone) is { } file ? new([file.Look], 1, Everything: true, new(new string('a', 64), "base 1")) : null;

    public Task<ActResult> CheckImpact(MoveId id, int version, ImpactResult result, string note, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Start(MoveId id, int version, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Scan(MoveId id, AssetTag tag, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Resume(MoveId id, int version, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Complete(MoveId id, int version, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Cancel(MoveId id, int version, string reason, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Install(MoveId id, int version, AssetTag tag, bool isFixed, ImmutableArray<Surrounding> confirmed, string note, Actor by, CancellationToken stop) => Done();

    public Task<ImmutableArray<DisposalLook>?> Disposals(DisposalShow show, Actor by, CancellationToken gone) =>
        Task.FromResult<ImmutableArray<DisposalLook>?>(empty ? [] : [Look(DisposalState.Applied), Look(DisposalState.Erased), Look(DisposalState.MovedOut)]);

    public Task<int> Known(DisposalShow show, Actor by, CancellationToken gone) => Task.FromResult(empty ? 0 : 3);

    public Task<DisposalLook?> One(DisposalId id, Actor by, CancellationToken gone) => Task.FromResult(empty ? null : id.Value switch
    {
        "D-2026-0011" => Look(DisposalState.Applied),
        "D-2026-0012" => Look(DisposalState.Approved),
        "D-2026-0013" => Look(DisposalState.Erased),
        "D-2026-0014" => Look(DisposalState.MovedOut),
        _ => null,
    });

    public Task<ActResult> Ask(DisposalKind kind, AssetTag tag, string firm, string reason, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Decide(DisposalId id, int version, bool allowed, string note, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Erase(DisposalId id, int version, ErasureMethod method, DateTimeOffset erasedAt, ImmutableArray<string> serials, string note, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Verify(DisposalId id, int version, bool passed, string result, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> CheckSecrecy(DisposalId id, int version, string contract, string result, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Certify(DisposalId id, int version, string certificateNo, DateOnly receivedOn, ImmutableArray<Dashboard.Files.SentFile> sent, Actor by, CancellationToken stop) => Done();

    public Task<Dashboard.Files.FileContent?> File(DisposalId id, string sha256, Actor by, CancellationToken stop) => Task.FromResult<Dashboard.Files.FileContent?>(null);

    public Task<ActResult> Withdraw(DisposalId id, int version, string reason, Actor by, CancellationToken stop) => Done();

    public async Task<DisposalSheet?> Sheet(DisposalId id, Actor by, CancellationToken gone) => await One(id, by, gone) is { } look ? new(look, new string('a', 64), "base 1") : null;

    Task<AssetsWaiting> IAssetDesk.Waiting(Actor by, CancellationToken gone) => Task.FromResult(empty ? new AssetsWaiting(0, 0) : new AssetsWaiting(1, 1));

    public Task<DisposalWaiting> Waiting(Actor by, CancellationToken gone) => Task.FromResult(empty ? new DisposalWaiting(0, 0, 0, 0) : new DisposalWaiting(1, 1, 1, 1));

    public Task<ImmutableArray<OwedErasure>> Owed(Actor by, CancellationToken gone) => Task.FromResult<ImmutableArray<OwedErasure>>(
        empty ? [] : [new(new("AS-00431"), Backup.Tag, "SSD-77119", new("W-2026-0148"), null), new(new("AS-00432"), Backup.Tag, "SSD-77118", new("W-2026-0148"), new("D-2026-0012"))]);

    public Task<OffsiteRegister?> Register(Actor by, CancellationToken gone)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return Task.FromResult<OffsiteRegister?>(new(
            empty
                ? []
                :
                [
                    new(new(Backup.Tag, 2, "架空町 支所", new("P-2026-0021"), new("M-2026-0011"), time.GetUtcNow().AddDays(-300), today.AddDays(-200), OffsiteResult.Problem, "封印が破れている", new("S-0230"), 1), Backup, ImportanceClass.II, "日向 直子", today.AddDays(-20), true),
                    new(new(new("AS-00418"), 1, "架空町 支所", new("P-2026-0021"), new("M-2026-0011"), time.GetUtcNow().AddDays(-30), null, null, "", null, 0), null, null, "", today.AddDays(150), false),
                ],
            6,
            true));
    }

    public Task<ActResult> Check(AssetTag tag, int version, DateOnly checkedOn, OffsiteResult result, string note, Actor by, CancellationToken stop) => Done();

    Task<int> IOffsiteDesk.Waiting(Actor by, CancellationToken gone) => Task.FromResult(empty ? 0 : 1);

    private DisposalLook Look(DisposalState state)
    {
        var (now, done) = (time.GetUtcNow(), state is DisposalState.Erased or DisposalState.MovedOut);
        var id = new DisposalId(state switch { DisposalState.Applied => "D-2026-0011", DisposalState.Approved => "D-2026-0012", DisposalState.Erased => "D-2026-0013", _ => "D-2026-0014" });
        PersonId asked = new("S-0230");
        return new(
            new(
                new(id, state is DisposalState.Approved ? DisposalKind.Repair : DisposalKind.LeaseReturn, Backup.Tag, true, "架空リース", "リースの満了"), state, 3, asked, now.AddDays(-60), state is DisposalState.Applied ? null : new("S-0102"),
                state is DisposalState.Applied ? null : now.AddDays(-50), done ? ErasureMethod.CryptoErase : null, done ? now.AddDays(-45) : null, done ? asked : null, done ? ["SSD-77120"] : [], null, "", null,
                state is DisposalState.MovedOut ? new("M-2026-0017") : null, state is DisposalState.MovedOut ? now.AddDays(-40) : null, 1, "", null, null, [new(104_410, now.AddDays(-60), "disposal.asked", "S-0230", "リースの満了")]),
            ImmutableDictionary<PersonId, string>.Empty.Add(asked, "日向 直子").Add(new("S-0102"), "都城 誠"), (Backup, ImportanceClass.II), state is DisposalState.MovedOut ? [asked] : [],
            state is DisposalState.MovedOut ? now.AddDays(-10) : null,
            new(state is DisposalState.Applied, state is DisposalState.Approved, state is DisposalState.Approved, state is DisposalState.Erased, state is DisposalState.MovedOut, state is not DisposalState.MovedOut));
    }

    private MoveLook Look(MoveState state)
    {
        var now = time.GetUtcNow();
        var id = new MoveId(state switch { MoveState.Interrupted => "M-2026-0019", MoveState.Checked => "M-2026-0018", _ => "M-2026-0017" });
        PersonId witness = new("S-0217");
        MovePlan plan = new(
            MoveDirection.In, MovePurpose.New, [new(new("AS-00417"), "R03 U12"), new(new("AS-00418"), "")], null, "架空電算の倉庫", new("SRV-1"), "", false, now.AddHours(-1), now.AddHours(2), [new("K-0012")], "封-12");
        var dossier = new MoveDossier(
            new(id, new("P-2026-0033"), plan, "バックアップ装置の更新", new("S-0230"), now.AddDays(-2), [new("S-0102")], now.AddDays(-1), null), state, 5, new(ImpactResult.Handled, "電源の系統を分けた", new("K-0012"), now.AddHours(-3)),
            state is MoveState.Checked ? [] : [new(witness, new("SRV-1"), now.AddMinutes(-50), now.AddMinutes(-55), now.AddMinutes(-10))], state is MoveState.Completed ? [new("AS-00417"), new("AS-00418")] : [new("AS-00417")],
            [], state is MoveState.Checked ? null : now.AddMinutes(-50), state is MoveState.Completed ? now : null, "", [new(104_400, now.AddHours(-3), "move.recorded", "S-0102", ""), new(104_401, now, "move.item-scanned", "K-0012", "AS-00417")]);
        return new(dossier, ImmutableDictionary<PersonId, string>.Empty.Add(witness, "髙橋 翔太").Add(new("S-0230"), "日向 直子").Add(new("K-0012"), "五ヶ瀬 樹").Add(new("S-0102"), "都城 誠"), Lines, []);
    }

    private static Task<ActResult> Done() => Task.FromResult(ActResult.Done());

    private static AssetLine Line(Asset asset) => new(
        asset, ImportanceClass.II, ImportanceClass.II, new(new("SRV-1"), "R03 U12", ""), "都城 誠", null, null, new(2026, 4, 1), new(2099, 10, 1), AssetGaps.None, null);
}
