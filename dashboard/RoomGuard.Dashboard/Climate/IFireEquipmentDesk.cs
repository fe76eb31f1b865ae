using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Climate;

/// <summary>消火設備の台帳 (R-ENV-07).</summary>
public interface IFireEquipmentDesk
{
    /// <summary>What is registered, with its findings, and what the reader may do.</summary>
    Task<FireEquipmentLook> Look(Actor by, CancellationToken gone);

    /// <summary>Registers one, or changes the one of that number: SUP or FAC.</summary>
    Task<ActResult> Register(FireEquipment equipment, Actor by, CancellationToken stop);

    /// <summary>It is no longer there: SUP or FAC.</summary>
    Task<ActResult> Retire(string no, Actor by, CancellationToken stop);
}

/// <summary>One with what is wrong with it.</summary>
/// <param name="N">The entry of the record that says how it stands.</param>
/// <param name="DueOn">Its next inspection; null: nobody knows when the last was.</param>
public sealed record FireEquipmentLine(FireEquipment Equipment, long N, DateOnly? DueOn, ImmutableArray<FireFinding> Findings);

/// <summary>The register.</summary>
/// <param name="Bare">Zones for which nothing is registered: a finding each.</param>
public sealed record FireEquipmentLook(ImmutableArray<FireEquipmentLine> Lines, ImmutableArray<ZoneId> Bare, bool MayKeep);

/// <summary>The page 消火設備.</summary>
public sealed record FireEquipmentModel(FireEquipmentLook Look, FormState State);
