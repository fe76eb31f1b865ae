using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Doors;

/// <summary>What the room last said of itself: made by its own thread after each turn, read by anyone.</summary>
/// <param name="Stamp">Rises with each change of anything below.</param>
/// <param name="ListIssuedAt">Issue time of the grant list in force; null: none.</param>
/// <param name="Power">The UPS units and the shutdown plans; null: no units.</param>
/// <param name="Climate">The zones and their sensors; null: none.</param>
/// <param name="List">The grant list in force, for the names of people; null: none since the start.</param>
/// <param name="JournalFault">What is wrong with the journal, in English; null while it is written.</param>
public sealed record RoomState(
    long Stamp,
    ImmutableArray<DoorNow> Doors,
    ImmutableArray<InsideNow> Inside,
    long? ListVersion,
    DateTimeOffset? ListIssuedAt,
    long SuspensionSerial,
    JournalCondition Journal,
    string? JournalFault,
    GrantIndex? List = null,
    PowerNow? Power = null,
    ClimateNow? Climate = null)
{
    /// <summary>Before anything is known.</summary>
    public static RoomState Unknown { get; } = new(0, [], [], null, null, 0, JournalCondition.Writing, null);
}
