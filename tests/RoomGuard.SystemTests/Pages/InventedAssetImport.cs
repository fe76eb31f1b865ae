using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.People;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Lists for the 機器台帳 for tests of pages: one that waits, one with mistakes, one on its way.</summary>
internal sealed class InventedAssetImport(TimeProvider time) : IAssetImport
{
    private static readonly string Digest = new('7', 64);

    public Task<ImportRun> Import(string fileName, Stream file, bool withoutWrong, Actor by, CancellationToken gone) =>
        Task.FromResult(new ImportRun("run-2", fileName, ImportStage.Looked, 0, 0, Look(withoutWrong ? "token-1" : null, fileName, wrong: true), null));

    public Task<ImportRun?> Run(string id, Actor by, CancellationToken gone) => Task.FromResult(id switch
    {
        "run-1" => new ImportRun("run-1", "長い台帳.csv", ImportStage.Compares, 25_000, 100_000, null, null),
        "run-2" => new ImportRun("run-2", "台帳.csv", ImportStage.Applied, 3, 3, null, ActResult.Done()),
        _ => null,
    });

    public Task<ActResult> Stop(string id, Actor by, CancellationToken gone) => Task.FromResult(ActResult.Done(id));

    public Task<ImmutableArray<WaitingImport>> Waiting(Actor by, CancellationToken gone) => Task.FromResult<ImmutableArray<WaitingImport>>([Brought("token-1", "台帳.csv")]);

    public Task<ImportLook?> Again(string token, Actor by, CancellationToken gone) => Task.FromResult(token == "token-1" ? Look(token, "台帳.csv", wrong: false) : null);

    public Task<ImportRun> Apply(string token, Actor by, CancellationToken gone) => Task.FromResult(new ImportRun("run-2", "台帳.csv", ImportStage.Applied, 3, 3, null, ActResult.Done()));

    private WaitingImport Brought(string token, string fileName) => new(token, fileName, 2, new("S-0134"), "綾 千夏", HasGrants: false, time.GetUtcNow().AddHours(7));

    private ImportLook Look(string? token, string fileName, bool wrong) => new(
        token, fileName, Digest, 43, 40,
        token is null ? [] : [new(2, "asset", "AS-00430", "業務サーバ", true, []), new(3, "asset", "AS-00417", "バックアップ装置", false, [new("serial", "ZX9-55102", "ZX9-55103"), new("segment", null, "StandardSystem")])],
        wrong ? [new(4, "所在", FieldFault.PlaceOnlyByMove, "AS-00418"), new(5, "決定した分類", FieldFault.ClassOnlyBySec, "I → III"), new(6, "種別", FieldFault.NotAChoice, "冷蔵庫")] : [],
        token is null ? null : Brought(token, fileName));
}
