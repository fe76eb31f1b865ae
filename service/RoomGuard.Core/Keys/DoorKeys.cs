using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Keys;

/// <summary>鍵 (R-DOOR-13): a mechanical key and the doors it opens.</summary>
/// <param name="No">鍵番号 as stamped on its tag, e.g. <c>KEY-03</c>.</param>
/// <param name="KeptAt">Where it hangs, e.g. 警備室 鍵箱 2.</param>
public sealed record DoorKey(string No, string Label, ImmutableArray<DoorId> Doors, string KeptAt);

/// <summary>鍵の貸出: who took which key, why, and until when. Complete by itself: it names the doors as they were then.</summary>
/// <param name="Id">E.g. <c>KL-2026-0012</c>.</param>
/// <param name="ReturnBy">When it is to be back.</param>
public sealed record KeyLoan(string Id, string Key, ImmutableArray<DoorId> Doors, PersonId TakenBy, string Reason, DateTimeOffset ReturnBy);

/// <summary>A key was registered or changed, or is no longer in use; the whole as it now stands.</summary>
public sealed record KeyRecorded(DateTimeOffset OccurredAt, DoorKey Key, bool Retired, string By) : RecordedEvent(OccurredAt);

/// <summary>A key was taken. Never written for a time that has passed: whoever opened a door before the loan opened it without one.</summary>
public sealed record KeyTaken(DateTimeOffset OccurredAt, KeyLoan Loan, string By) : RecordedEvent(OccurredAt);

/// <summary>A key was given back.</summary>
/// <param name="ReturnedBy">Who gave it back; not always who took it.</param>
public sealed record KeyReturned(DateTimeOffset OccurredAt, string Loan, string Key, PersonId ReturnedBy, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>Whether an opening without grant was made with a key that was out (R-DOOR-13). Pure.</summary>
public static class KeyOpening
{
    /// <summary>A loan covers an opening at one of its doors from the moment it was taken until it is back.</summary>
    /// <param name="returnedAt">Null: still out.</param>
    public static bool Covers(KeyLoan loan, DateTimeOffset takenAt, DateTimeOffset? returnedAt, DoorId door, DateTimeOffset openedAt)
    {
        ArgumentNullException.ThrowIfNull(loan);
        return loan.Doors.Contains(door) && takenAt <= openedAt && (returnedAt is not { } back || openedAt < back);
    }
}
