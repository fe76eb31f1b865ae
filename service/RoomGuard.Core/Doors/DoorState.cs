using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;

namespace RoomGuard.Core.Doors;

/// <summary>Which way somebody goes.</summary>
public enum PassageWay
{
    /// <summary>入室.</summary>
    In,

    /// <summary>退室.</summary>
    Out,
}

/// <summary>Somebody let through who has not yet been seen to go.</summary>
/// <param name="Visit">Null for all but visitors.</param>
/// <param name="Escort">付添い者 by whom a visitor was let in.</param>
public sealed record Passage(PersonId Person, PassageWay Way, VisitId? Visit = null, PersonId? Escort = null);

/// <summary>Why anybody may open the door for a time.</summary>
/// <param name="Released">Whether the strike stands released; false: it stays locked, and an opening is no alarm.</param>
/// <param name="Person">Whose doing it is, where it is somebody's.</param>
/// <param name="RenewDue">Steady instant at which the release has to be given again: the output's own timer locks it should the bridge die.</param>
public sealed record DoorFreedom(FreedBy By, bool Released, PersonId? Person, DateTimeOffset? RenewDue);

/// <summary>Why the strike is released.</summary>
/// <param name="Ends">Steady instant after which an opening is no longer its use, grace included.</param>
/// <param name="Cause">What the newest release was for.</param>
/// <param name="Person">For whom; null: not known.</param>
/// <param name="ForExit">Whether anybody's way out is part of it: then nothing takes it back.</param>
/// <param name="Doubtful">Whether the journal failed since, so that the grant may not stand in it: then its disuse is not recorded either.</param>
public sealed record Release(DateTimeOffset Ends, OpeningCause Cause, PersonId? Person, bool ForExit, bool Doubtful = false);

/// <summary>What a door is in the middle of. Times are steady instants unless said otherwise.</summary>
/// <param name="Since">Wall time at which the leaf last changed.</param>
/// <param name="OpenSince">Null while closed or never seen open; kept while the contact is silent.</param>
/// <param name="Forced">Open without having been allowed.</param>
/// <param name="Held">Reported as open too long.</param>
/// <param name="HeldReports">Reports of this opening so far.</param>
/// <param name="HeldDue">When it is reported next; null: not to be reported.</param>
/// <param name="Release">Null while secured.</param>
/// <param name="Awaited">Let through and not yet seen to go.</param>
/// <param name="LastPerson">Who was last let in through this door.</param>
/// <param name="LossTold">Whether the silence of the contact has been recorded.</param>
/// <param name="Freedom">Why anybody may open it; null: nobody may without being let through.</param>
public sealed record DoorState(
    LeafState Leaf,
    DateTimeOffset Since,
    DateTimeOffset? OpenSince,
    bool Forced,
    bool Held,
    int HeldReports,
    DateTimeOffset? HeldDue,
    Release? Release,
    ImmutableArray<Passage> Awaited,
    PersonId? LastPerson,
    bool LossTold,
    DoorFreedom? Freedom = null)
{
    /// <summary>A door nothing is known of yet.</summary>
    public static DoorState NeverSeen { get; } =
        new(LeafState.Unknown, DateTimeOffset.UnixEpoch, null, false, false, 0, null, null, [], null, false);

    /// <summary>When time alone changes something; null: never.</summary>
    public DateTimeOffset? NextDue => Sooner(Sooner(Release?.Ends, HeldDue), Freedom?.RenewDue);

    private static DateTimeOffset? Sooner(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
