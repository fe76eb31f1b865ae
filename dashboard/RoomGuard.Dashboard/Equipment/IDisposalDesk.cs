using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Files;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>廃棄・消去記録 (R-LIFE-03 to 05). What a person may not see is not there for them.</summary>
public interface IDisposalDesk
{
    /// <summary>Open ones first, then the newest; null: not for this person.</summary>
    Task<ImmutableArray<DisposalLook>?> Disposals(DisposalShow show, Actor by, CancellationToken gone);

    /// <summary>How many the reader may see there are, shown or not (R-INP-04).</summary>
    Task<int> Known(DisposalShow show, Actor by, CancellationToken gone);

    /// <summary>All of them, to be written out, which is an entry; null: not for this person.</summary>
    Task<ImmutableArray<DisposalLook>?> Export(DisposalShow show, Actor by, CancellationToken gone);

    /// <summary>One; null: none by this number, or not for this person.</summary>
    Task<DisposalLook?> One(DisposalId id, Actor by, CancellationToken gone);

    /// <summary>One as a sheet; that it was issued is an entry. Null: none by this number, or not for this person.</summary>
    Task<DisposalSheet?> Sheet(DisposalId id, Actor by, CancellationToken gone);

    /// <summary>取り外した記憶装置 whose erasure is owed, oldest first (R-MOVE-09); none for who does not see them.</summary>
    Task<ImmutableArray<OwedErasure>> Owed(Actor by, CancellationToken gone);

    /// <summary>What waits for somebody.</summary>
    Task<DisposalWaiting> Waiting(Actor by, CancellationToken gone);

    /// <summary>Applies for it. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> Ask(DisposalKind kind, AssetTag tag, string firm, string reason, Actor by, CancellationToken stop);

    /// <summary>Permits it or not, before anything is erased (R-LIFE-05).</summary>
    /// <param name="version">What was looked at; of two at once exactly one wins.</param>
    Task<ActResult> Decide(DisposalId id, int version, bool allowed, string note, Actor by, CancellationToken stop);

    /// <summary>It was erased, with every storage inside that the register knows (R-LIFE-04). Erased anew, it is verified anew.</summary>
    Task<ActResult> Erase(DisposalId id, int version, ErasureMethod method, DateTimeOffset erasedAt, ImmutableArray<string> serials, string note, Actor by, CancellationToken stop);

    /// <summary>Another person verified the erasure.</summary>
    /// <param name="passed">False: something can still be read.</param>
    Task<ActResult> Verify(DisposalId id, int version, bool passed, string result, Actor by, CancellationToken stop);

    /// <summary>It cannot be erased: a confidentiality contract, and the repairer's arrangements were looked at (R-LIFE-03).</summary>
    Task<ActResult> CheckSecrecy(DisposalId id, int version, string contract, string result, Actor by, CancellationToken stop);

    /// <summary>Takes it back before it went out, by who applied or may apply.</summary>
    Task<ActResult> Withdraw(DisposalId id, int version, string reason, Actor by, CancellationToken stop);

    /// <summary>処理証明書 was received (R-LIFE-05).</summary>
    Task<ActResult> Certify(DisposalId id, int version, string certificateNo, DateOnly receivedOn, ImmutableArray<SentFile> sent, Actor by, CancellationToken stop);

    /// <summary>The file of its certificate, which is an entry; null: there is none, not for them, or it is not what was kept.</summary>
    Task<FileContent?> File(DisposalId id, string sha256, Actor by, CancellationToken stop);
}

/// <summary>What the reader may do now.</summary>
public sealed record DisposalMoves(bool Decide, bool Erase, bool CheckSecrecy, bool Verify, bool Certify, bool Withdraw);

/// <summary>Which records a list shows.</summary>
public enum DisposalShow
{
    /// <summary>All.</summary>
    All,

    /// <summary>許可待ち.</summary>
    ToDecide,

    /// <summary>消去の確認待ち.</summary>
    ToVerify,

    /// <summary>処理証明書が未受領 beyond its day.</summary>
    Overdue,
}

/// <summary>How many wait for somebody.</summary>
/// <param name="Overdue">Certificates that are overdue, for who keeps the records.</param>
/// <param name="Owed">Storage taken out of machines of which nobody has applied for an erasure, for who may.</param>
public sealed record DisposalWaiting(int ToDecide, int ToVerify, int Overdue, int Owed);

/// <summary>A storage that was taken out of an item and is not erased yet (R-MOVE-09, R-LIFE-04).</summary>
/// <param name="From">The item it came out of.</param>
/// <param name="Pending">The record it has; null: nobody has applied.</param>
public sealed record OwedErasure(AssetTag Tag, AssetTag From, string Serial, WorkId Work, DisposalId? Pending);

/// <summary>廃棄・消去記録 as a sheet.</summary>
/// <param name="Digest">検査値 over what the record has of it.</param>
/// <param name="Profile">運用区分の版.</param>
public sealed record DisposalSheet(DisposalLook Look, string Digest, string Profile);

/// <summary>A record with the names of its people and its item as it now stands.</summary>
/// <param name="Item">Null: the register does not know it.</param>
/// <param name="Witnesses">立会者 of the move it went out with.</param>
/// <param name="CertificateDue">Null: no certificate is waited for.</param>
public sealed record DisposalLook(
    DisposalDossier File, ImmutableDictionary<PersonId, string> Names, (Asset Asset, ImportanceClass Effective)? Item, ImmutableArray<PersonId> Witnesses, DateTimeOffset? CertificateDue, DisposalMoves May)
{
    /// <summary>Storage the item's entry named once and no longer does, without a part swap that took it out; only of one record looked at by itself.</summary>
    public ImmutableArray<string> Unaccounted { get; init; } = [];

    /// <summary>A person's name; empty where there is none.</summary>
    public string NameOf(PersonId? person) => person is { } known ? Names.GetValueOrDefault(known) ?? known.Value : "";
}
