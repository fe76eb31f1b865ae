using System.Collections.Immutable;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Entries;

namespace RoomGuard.Dashboard.Contractors;

/// <summary>監査用の抽出: what a contractor did, subcontractors too, each row an entry of the record (R-CON-06).</summary>
public interface IContractTrailDesk
{
    /// <summary>The newest rows; that they were looked at is an entry. Null: unknown, or not for this person.</summary>
    Task<ContractTrail?> Look(ContractId id, TrailQuery query, Actor by, CancellationToken stop);

    /// <summary>All rows, to be written out; that they were is an entry. Null: unknown, or not for this person.</summary>
    Task<ContractTrail?> Export(ContractId id, TrailQuery query, Actor by, CancellationToken stop);
}

/// <summary>What a row of the extraction is of.</summary>
public enum TrailKind
{
    /// <summary>入退室.</summary>
    Entry,

    /// <summary>作業記録.</summary>
    Work,

    /// <summary>搬入・搬出.</summary>
    Move,

    /// <summary>持出し・持込み.</summary>
    Carry,
}

/// <summary>What is asked for.</summary>
/// <param name="From">First local day; null: the first of the term.</param>
/// <param name="Until">Last local day, included; null: today.</param>
/// <param name="Firm">One of the contract's firms; null: all of them.</param>
public sealed record TrailQuery(DateOnly? From, DateOnly? Until, TrailKind? Kind, string? Firm, PersonId? Person);

/// <summary>One row: one entry of the record.</summary>
/// <param name="N">The entry.</param>
/// <param name="Person">The worker; of work, moves and permits the first of the contractor's people in it.</param>
/// <param name="Subject">Number of the work, move or permit; empty: an entry at a door.</param>
/// <param name="RecordKind">Kind of the entry; empty for a row of the 入退室管理簿, which <paramref name="Result"/> tells.</param>
/// <param name="Zone">Null: none.</param>
/// <param name="Door">Null: none.</param>
public sealed record TrailRow(
    long N, DateTimeOffset At, TrailKind Kind, PersonId? Person, string PersonName, string Firm, string Subject, string RecordKind, RegisterResult? Result, RegisterDirection? Direction, ZoneId? Zone, DoorId? Door);

/// <summary>The extraction.</summary>
/// <param name="Rows">In the order of time.</param>
/// <param name="Cut">There are more than are shown.</param>
/// <param name="From">First day looked at.</param>
/// <param name="Until">Last day looked at.</param>
/// <param name="People">Everybody who ever worked by the contract, with name and firm.</param>
public sealed record ContractTrail(
    Contract Contract, ImmutableArray<TrailRow> Rows, bool Cut, DateOnly From, DateOnly Until, ImmutableArray<(PersonId Person, string Name, string Firm)> People, ImmutableArray<string> Firms);
