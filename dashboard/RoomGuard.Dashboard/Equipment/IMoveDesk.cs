using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Sheets;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>搬入・搬出 after their approval (R-MOVE-02 to 04, R-LIFE-10). What a person may not see is not there for them.</summary>
public interface IMoveDesk
{
    /// <summary>Open ones first, then those whose installation is not confirmed, then the newest; null: not for this person.</summary>
    Task<ImmutableArray<MoveLook>?> Moves(Actor by, CancellationToken gone);

    /// <summary>One; null: none by this number, or not for this person.</summary>
    Task<MoveFile?> One(MoveId id, Actor by, CancellationToken gone);

    /// <summary>Moves planned within a time, in its order.</summary>
    Task<ImmutableArray<MoveLook>> Planned(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone);

    /// <summary>搬入出記録簿: moves planned within a time, in its order. That it was made out is recorded (R-INP-04).</summary>
    Task<MoveSheet> Sheet(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone);

    /// <summary>All moves planned within a time, to be written out, which is an entry.</summary>
    Task<ImmutableArray<MoveLook>> Export(DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken gone);

    /// <summary>搬入出記録簿 of one move; null: none by this number, or not for this person.</summary>
    Task<MoveSheet?> Sheet(MoveId id, Actor by, CancellationToken gone);

    /// <summary>影響確認 before the start (R-MOVE-02).</summary>
    /// <param name="version">What was looked at; of two at once exactly one wins.</param>
    Task<ActResult> CheckImpact(MoveId id, int version, ImpactResult result, string note, Actor by, CancellationToken stop);

    /// <summary>Begins it: who acts is the witness, and in the zone by the presence list (R-MOVE-03).</summary>
    Task<ActResult> Start(MoveId id, int version, Actor by, CancellationToken stop);

    /// <summary>An item passes.</summary>
    Task<ActResult> Scan(MoveId id, AssetTag tag, Actor by, CancellationToken stop);

    /// <summary>A witness is there again after an interruption.</summary>
    Task<ActResult> Resume(MoveId id, int version, Actor by, CancellationToken stop);

    /// <summary>Ends it, and with it changes where its items are (R-MOVE-04).</summary>
    Task<ActResult> Complete(MoveId id, int version, Actor by, CancellationToken stop);

    /// <summary>Calls it off; what has passed of it stays where it was by the register.</summary>
    Task<ActResult> Cancel(MoveId id, int version, string reason, Actor by, CancellationToken stop);

    /// <summary>固定 and the six surroundings of one item are confirmed (R-LIFE-10).</summary>
    Task<ActResult> Install(MoveId id, int version, AssetTag tag, bool isFixed, ImmutableArray<Surrounding> confirmed, string note, Actor by, CancellationToken stop);
}

/// <summary>A move with the names of its people and its items as they now stand.</summary>
/// <param name="Erasures">廃棄・消去記録 of its items (R-MOVE-06); empty where its purpose asks for none.</param>
public sealed record MoveLook(MoveDossier Move, ImmutableDictionary<PersonId, string> Names, ImmutableArray<AssetLine> Items, ImmutableArray<DisposalDossier> Erasures)
{
    /// <summary>A person's name; the number where it is not known.</summary>
    public string NameOf(PersonId person) => Names.GetValueOrDefault(person) ?? person.Value;
}

/// <summary>搬入出記録簿.</summary>
/// <param name="Known">How many moves the reader may see there are; more than fit on a sheet are left out and counted (R-INP-04).</param>
/// <param name="Everything">The reader sees every move.</param>
public sealed record MoveSheet(ImmutableArray<MoveLook> Moves, int Known, bool Everything, SheetProof Proof);

/// <summary>What the reader may do now.</summary>
public sealed record MoveMoves(bool CheckImpact, bool Start, bool Resume, bool Scan, bool Complete, bool Cancel, bool Install);

/// <summary>One move with what the reader may do.</summary>
public sealed record MoveFile(MoveLook Look, MoveMoves May);
