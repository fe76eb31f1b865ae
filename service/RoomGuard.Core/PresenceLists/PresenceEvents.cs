using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.PresenceLists;

/// <summary>What a person says of their own stay, or an escort of a visitor's.</summary>
public enum PresenceAnswer
{
    /// <summary>退室した: went out without being seen to.</summary>
    Left,

    /// <summary>在室している: is still inside.</summary>
    StillInside,

    /// <summary>入室していた: went in without being seen to.</summary>
    HadEntered,

    /// <summary>自分ではない: somebody else used the card.</summary>
    NotMe,
}

/// <summary>在室の訂正の申出 (R-DOOR-06): somebody who may not correct presence asks the zone's SYS to.</summary>
/// <param name="Inside">True: is inside; false: is not.</param>
/// <param name="Since">When they went in or out, as far as known.</param>
/// <param name="By">Who asks: OPS, or the escort of a visitor.</param>
public sealed record PresenceAsked(DateTimeOffset OccurredAt, PersonId Person, ZoneId Zone, bool Inside, DateTimeOffset Since, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>在室の回答 (R-DOOR-05): the person concerned says what was so. It moves nothing by itself: SYS corrects.</summary>
/// <param name="Question">Number of the entry that raised the question.</param>
/// <param name="At">When, as far as they know; null: not said.</param>
public sealed record PresenceAnswered(DateTimeOffset OccurredAt, long Question, PersonId Person, ZoneId Zone, PresenceAnswer Answer, DateTimeOffset? At, string Note, string By)
    : RecordedEvent(OccurredAt);

/// <summary>在室の確認の終了: SYS looked, and there is nothing to correct.</summary>
/// <param name="Question">Number of the entry that raised the question.</param>
public sealed record PresenceSettled(DateTimeOffset OccurredAt, long Question, PersonId Person, ZoneId Zone, string Reason, string By) : RecordedEvent(OccurredAt);
