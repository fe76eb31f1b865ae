using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Me;

/// <summary>入室目的 told beforehand on one's own page (R-WORK-05).</summary>
public interface IPurposeDesk
{
    /// <summary>Zones one may enter that ask for a purpose, each with what was told.</summary>
    Task<ImmutableArray<OwnPurpose>> Mine(Actor by, CancellationToken gone);

    /// <summary>Tells the doors a purpose of one's own.</summary>
    /// <param name="until">Null: until the end of today.</param>
    Task<ActResult> Tell(ZoneId zone, string purposeRef, DateTimeOffset? until, Actor by, CancellationToken stop);
}

/// <summary>A zone that asks for a purpose.</summary>
/// <param name="PurposeRef">What was told and still counts; null: nothing.</param>
/// <param name="Pending">Told, and not yet in force at its bridge.</param>
public sealed record OwnPurpose(ZoneId Zone, string? PurposeRef, DateTimeOffset? Until, bool Pending);
