using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Now;

namespace RoomGuard.Dashboard.HandRegister;

/// <summary>手書き簿 (R-DOOR-11): lines entered later by one person and confirmed by another.</summary>
public interface IHandRegisterDesk
{
    /// <summary>Lines that wait and the newest that are done, as far as this person may see them.</summary>
    Task<HandRegisterLook> Look(Actor by, CancellationToken gone);

    /// <summary>One line with what helps to confirm it; null: none of this number, or not for this person.</summary>
    Task<HandLineFile?> Line(string id, Actor by, CancellationToken gone);

    /// <summary>Enters a line. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> Enter(HandLineForm form, Actor by, CancellationToken stop);

    /// <summary>Holds a line against the paper; never by who entered it.</summary>
    /// <param name="verdict">Null: nothing was chosen.</param>
    Task<ActResult> Decide(string id, HandLineVerdict? verdict, string note, Actor by, CancellationToken stop);
}

/// <summary>What the form asks. <paramref name="Person"/> or <paramref name="Name"/> says who.</summary>
public sealed record HandLineForm(
    DoorId Door,
    DateTimeOffset? EnteredAt,
    DateTimeOffset? ExitedAt,
    PersonId? Person,
    string Name,
    string SectionOrFirm,
    string PaperPage,
    string Reason,
    string Purpose,
    PersonId? Escort,
    IdentityOutcome? Identity,
    string DeclaredItems,
    CaseId? Exception);

/// <summary>A line as it now stands.</summary>
/// <param name="Entry">記録番号 of its row in the 入退室管理簿.</param>
/// <param name="Overdue">Not confirmed in time.</param>
/// <param name="Verdict">Null: waits.</param>
public sealed record HandLineStatus(
    long Entry,
    HandLine Line,
    NamedPerson EnteredBy,
    DateTimeOffset EnteredOn,
    bool Overdue,
    HandLineVerdict? Verdict,
    NamedPerson? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Note,
    long? DecidedEntry);

/// <summary>The page of the hand-written register.</summary>
public sealed record HandRegisterLook(ImmutableArray<HandLineStatus> Open, ImmutableArray<HandLineStatus> Done, bool MayEnter);

/// <summary>A trouble at the door's bridge or readers around the time of a line: why it was written by hand.</summary>
/// <param name="Ended">Null: still so.</param>
public sealed record DeviceTrouble(long Entry, AttentionKind Kind, DateTimeOffset Since, DateTimeOffset? Ended, string? Device);

/// <summary>One line with what helps to confirm it.</summary>
/// <param name="WhyNot">Set where this person looks at it but may not confirm it.</param>
public sealed record HandLineFile(HandLineStatus Status, ImmutableArray<DeviceTrouble> Trouble, bool MayDecide, Refusal? WhyNot);
