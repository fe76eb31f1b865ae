using System.Collections.Immutable;
using RoomGuard.Core.Keys;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Keys;

/// <summary>鍵の管理 (R-DOOR-13).</summary>
public interface IKeyDesk
{
    /// <summary>Keys and loans; null: not for this person.</summary>
    Task<KeyLook?> Look(Actor by, CancellationToken gone);

    /// <summary>Registers a key, or changes it.</summary>
    Task<ActResult> Register(DoorKey key, Actor by, CancellationToken stop);

    /// <summary>Takes a key out of use.</summary>
    Task<ActResult> Retire(string key, Actor by, CancellationToken stop);

    /// <summary>Gives a key out, now. <see cref="ActResult.Id"/> is the loan.</summary>
    Task<ActResult> Take(KeyTakeForm form, Actor by, CancellationToken stop);

    /// <summary>Takes a key back, now.</summary>
    Task<ActResult> TakeBack(string loan, PersonId returnedBy, string note, Actor by, CancellationToken stop);
}

/// <summary>What is asked when a key is given out.</summary>
public sealed record KeyTakeForm(string Key, PersonId TakenBy, string Reason, DateTimeOffset ReturnBy);

/// <summary>A key, and who has it.</summary>
/// <param name="Out">Null: it hangs where it belongs.</param>
public sealed record KeyStatus(DoorKey Key, KeyLoanStatus? Out);

/// <summary>A loan as it now stands.</summary>
/// <param name="Entry">The entry of the record by which it was taken.</param>
/// <param name="ReturnedAt">Null: still out.</param>
/// <param name="Openings">Entries of openings without grant that it covers.</param>
public sealed record KeyLoanStatus(
    long Entry,
    KeyLoan Loan,
    NamedPerson TakenBy,
    DateTimeOffset TakenAt,
    DateTimeOffset? ReturnedAt,
    NamedPerson? ReturnedBy,
    string? Note,
    bool Overdue,
    ImmutableArray<long> Openings);

/// <summary>The page of keys.</summary>
public sealed record KeyLook(ImmutableArray<KeyStatus> Keys, ImmutableArray<KeyLoanStatus> Loans, bool MayLend, bool MayKeep);
