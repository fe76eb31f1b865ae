using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>敷地外の機器 (R-LIFE-06). What is there follows from completed moves that CHIEF approved; what people add are checks.</summary>
public interface IOffsiteDesk
{
    /// <summary>All that is off the premises, what is overdue first; null: not for this person.</summary>
    Task<OffsiteRegister?> Register(Actor by, CancellationToken gone);

    /// <summary>Writes down a check.</summary>
    /// <param name="version">What was looked at; of two at once exactly one wins.</param>
    Task<ActResult> Check(AssetTag tag, int version, DateOnly checkedOn, OffsiteResult result, string note, Actor by, CancellationToken stop);

    /// <summary>How many checks are overdue, for who is told of them or does them.</summary>
    Task<int> Waiting(Actor by, CancellationToken gone);
}

/// <summary>One item off the premises.</summary>
/// <param name="Asset">Null: the register does not know it.</param>
/// <param name="Effective">The class that counts.</param>
/// <param name="CheckedByName">Empty: not checked yet.</param>
/// <param name="DueOn">Null: the profile sets no interval.</param>
public sealed record OffsiteLine(OffsiteStay Stay, Asset? Asset, ImportanceClass? Effective, string CheckedByName, DateOnly? DueOn, bool Overdue);

/// <summary>The register.</summary>
/// <param name="Months">The profile's interval; null: it sets none.</param>
public sealed record OffsiteRegister(ImmutableArray<OffsiteLine> Lines, int? Months, bool MayCheck);
