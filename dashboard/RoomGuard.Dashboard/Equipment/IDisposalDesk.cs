using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>廃棄・消去記録 (R-LIFE-03 to 05). What a person may not see is not there for them.</summary>
public interface IDisposalDesk
{
    /// <summary>Open ones first, then the newest; null: not for this person.</summary>
    Task<ImmutableArray<DisposalLook>?> Disposals(Actor by, CancellationToken gone);

    /// <summary>One; null: none by this number, or not for this person.</summary>
    Task<DisposalLook?> One(DisposalId id, Actor by, CancellationToken gone);

    /// <summary>Applies for it. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> Ask(DisposalKind kind, AssetTag tag, string firm, string reason, Actor by, CancellationToken stop);

    /// <summary>Permits it or not, before anything is erased (R-LIFE-05).</summary>
    /// <param name="version">What was looked at; of two at once exactly one wins.</param>
    Task<ActResult> Decide(DisposalId id, int version, bool allowed, string note, Actor by, CancellationToken stop);

    /// <summary>It was erased, with every storage inside that the register knows (R-LIFE-04).</summary>
    Task<ActResult> Erase(DisposalId id, int version, ErasureMethod method, DateTimeOffset erasedAt, ImmutableArray<string> serials, string note, Actor by, CancellationToken stop);

    /// <summary>Another person verified the erasure.</summary>
    Task<ActResult> Verify(DisposalId id, int version, string result, Actor by, CancellationToken stop);

    /// <summary>It cannot be erased: a confidentiality contract, and the repairer's arrangements were looked at (R-LIFE-03).</summary>
    Task<ActResult> CheckSecrecy(DisposalId id, int version, string contract, string result, Actor by, CancellationToken stop);

    /// <summary>処理証明書 was received (R-LIFE-05).</summary>
    Task<ActResult> Certify(DisposalId id, int version, string certificateNo, DateOnly receivedOn, Actor by, CancellationToken stop);
}

/// <summary>What the reader may do now.</summary>
public sealed record DisposalMoves(bool Decide, bool Erase, bool CheckSecrecy, bool Verify, bool Certify);

/// <summary>A record with the names of its people and its item as it now stands.</summary>
/// <param name="Item">Null: the register does not know it.</param>
public sealed record DisposalLook(DisposalDossier File, ImmutableDictionary<PersonId, string> Names, (Asset Asset, ImportanceClass Effective)? Item, DisposalMoves May)
{
    /// <summary>A person's name; empty where there is none.</summary>
    public string NameOf(PersonId? person) => person is { } known ? Names.GetValueOrDefault(known) ?? known.Value : "";
}
