using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Bridge.RoomPages;

/// <summary>What a door last answered to somebody.</summary>
public enum DoorAnswer
{
    /// <summary>入室できます.</summary>
    Granted,

    /// <summary>入室できません.</summary>
    Refused,

    /// <summary>The card was in order, a second factor is awaited.</summary>
    FactorAwaited,

    /// <summary>The first of two was in order, the second person is awaited.</summary>
    SecondAwaited,

    /// <summary>退室を記録しました.</summary>
    Left,
}

/// <summary>An answer of a door, shown until it is over.</summary>
/// <param name="Until">First moment at which it is no longer shown.</param>
/// <param name="Person">Null: nobody is known by the card.</param>
/// <param name="Reason">Only for a refusal.</param>
/// <param name="Number">The journal's number of the entry, by which the office finds it.</param>
public sealed record DoorMoment(DoorId Door, ZoneId Zone, DoorAnswer Answer, DateTimeOffset Until, PersonId? Person, DenyReason? Reason, long Number);
