using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Visits;

/// <summary>訪問 was approved or changed; the whole visit as it now stands.</summary>
/// <param name="Cause"><c>approved</c>, <c>changed</c>.</param>
/// <param name="Reason">Why it was changed; empty: it was approved.</param>
public sealed record VisitRecorded(DateTimeOffset OccurredAt, Visit Visit, string Cause, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>How a visit came to its end.</summary>
public enum VisitEnding
{
    /// <summary>終了: all who came have given their badges back, or their badges are dead.</summary>
    Done,

    /// <summary>取消し before anybody came.</summary>
    Cancelled,

    /// <summary>来訪なし: nobody came in its time.</summary>
    NobodyCame,
}

/// <summary>訪問 is closed.</summary>
/// <param name="Reason">Empty: none needed.</param>
public sealed record VisitEnded(DateTimeOffset OccurredAt, VisitId Visit, VisitEnding Ending, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>身分証明書 was looked at (R-VIS-07).</summary>
/// <param name="Kind">Its kind, never its number; null: none was shown.</param>
public sealed record VisitorIdentityChecked(DateTimeOffset OccurredAt, VisitId Visit, PersonId Visitor, IdentityPaper? Kind, IdentityOutcome Outcome, string By) : RecordedEvent(OccurredAt);

/// <summary>A thing declared before entry (R-VIS-08).</summary>
/// <param name="Count">How many in all.</param>
/// <param name="Left">How many of them stay at reception for want of a permit: 預かり品.</param>
/// <param name="Permit">持込み許可番号 under which the others pass; null: no permit is needed, or there is none.</param>
public sealed record DeclaredItem(ItemKind Kind, string Name, string Serial, int Count, int Left, string? Permit);

/// <summary>持込み品 were declared and matched with permits (R-VIS-08).</summary>
/// <param name="Items">Empty: declared to bring nothing.</param>
public sealed record VisitorItemsDeclared(DateTimeOffset OccurredAt, VisitId Visit, PersonId Visitor, ImmutableArray<DeclaredItem> Items, string By) : RecordedEvent(OccurredAt);

/// <summary>預かり品 were handed back.</summary>
public sealed record VisitorItemsHandedBack(DateTimeOffset OccurredAt, VisitId Visit, PersonId Visitor, string By) : RecordedEvent(OccurredAt);

/// <summary>事前登録: what a visitor says beforehand of themselves and of what they bring.</summary>
/// <param name="Kana">Reading of the name; empty: not said.</param>
/// <param name="Items">What they mean to bring; matched only at reception.</param>
/// <param name="By">Who keyed it in: <c>visitor</c> by the invitation, else a person.</param>
public sealed record VisitorPreRegistered(DateTimeOffset OccurredAt, VisitId Visit, PersonId Visitor, string Kana, ImmutableArray<DeclaredItem> Items, string By) : RecordedEvent(OccurredAt);

/// <summary>来訪者証 was handed out (R-VIS-06).</summary>
public sealed record VisitorBadgeIssued(DateTimeOffset OccurredAt, VisitId Visit, PersonId Visitor, CredentialId Badge, string BadgeNo, BadgeColour Colour, string By) : RecordedEvent(OccurredAt);

/// <summary>来訪者証 came back (R-VIS-06).</summary>
public sealed record VisitorBadgeReturned(DateTimeOffset OccurredAt, VisitId Visit, PersonId Visitor, CredentialId Badge, string BadgeNo, string By) : RecordedEvent(OccurredAt);

/// <summary>Why a badge died while it was out.</summary>
public enum BadgeDeath
{
    /// <summary>未返却: not back at the end of the visit (R-VIS-06).</summary>
    NotReturned,

    /// <summary>紛失.</summary>
    Lost,
}

/// <summary>来訪者証 opens nothing any more although it is not back (R-VIS-06).</summary>
/// <param name="By">Who reported it lost; <c>service</c>: the visit's end.</param>
public sealed record VisitorBadgeDied(DateTimeOffset OccurredAt, VisitId Visit, PersonId Visitor, CredentialId Badge, string BadgeNo, BadgeDeath Cause, string By) : RecordedEvent(OccurredAt);

/// <summary>来訪者証 was registered or changed; the whole badge as it now stands.</summary>
/// <param name="Cause"><c>registered</c>, <c>lost</c>, <c>retired</c>.</param>
public sealed record VisitorBadgeRecorded(DateTimeOffset OccurredAt, VisitorBadge Badge, string Cause, string By) : RecordedEvent(OccurredAt);

/// <summary>Why somebody was not received.</summary>
public enum TurnedAway
{
    /// <summary>身分証明書の提示なし (R-VIS-07).</summary>
    NoIdentification,

    /// <summary>身分証明書の不一致 (R-VIS-07).</summary>
    OtherPerson,

    /// <summary>受付停止の登録.</summary>
    Barred,

    /// <summary>招待票の不正: a QR nobody here made.</summary>
    FalseInvitation,
}

/// <summary>受付拒否: somebody was not received.</summary>
/// <param name="Visit">Null: no visit of theirs is known.</param>
/// <param name="Visitor">Null: not known as a visitor.</param>
/// <param name="Bar">受付停止 it follows from; null: none.</param>
public sealed record VisitorTurnedAway(DateTimeOffset OccurredAt, VisitId? Visit, PersonId? Visitor, TurnedAway Cause, string? Bar, string By) : RecordedEvent(OccurredAt);

/// <summary>受付停止 was registered.</summary>
public sealed record VisitorBarred(DateTimeOffset OccurredAt, VisitorBar Bar, string By) : RecordedEvent(OccurredAt);

/// <summary>受付停止 was lifted before its end.</summary>
public sealed record VisitorBarLifted(DateTimeOffset OccurredAt, string Bar, string Reason, string By) : RecordedEvent(OccurredAt);
