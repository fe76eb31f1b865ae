using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Personnel;

/// <summary>
/// What goes on around people and their cards (R-ID-03, 05, 06, 07, 11, 12): leaving, unused cards, comparison with personnel, signs of lending, and a
/// person's preconditions and things lent. What a person may not see is not there for them.
/// </summary>
public interface IPersonnelDesk
{
    /// <summary>Everything that waits for somebody; null: not for this person.</summary>
    Task<PersonnelLook?> Look(Actor by, CancellationToken gone);

    /// <summary>One person's preconditions, things lent and leaving; null: unknown, or not for this person.</summary>
    Task<PersonLife?> Life(PersonId person, Actor by, CancellationToken gone);

    /// <summary>A comparison with its differences; null: unknown, or not for this person.</summary>
    Task<ComparisonFile?> Comparison(string compare, Actor by, CancellationToken gone);

    /// <summary>Records that a precondition is met (R-ID-11).</summary>
    Task<ActResult> Meet(Precondition met, Actor by, CancellationToken stop);

    /// <summary>Takes one back.</summary>
    Task<ActResult> Withdraw(PersonId person, PreconditionKind kind, string reason, Actor by, CancellationToken stop);

    /// <summary>Hands a thing over. <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> Lend(PersonId person, BelongingKind kind, string label, Actor by, CancellationToken stop);

    /// <summary>Confirms that a thing came back (R-ID-12).</summary>
    Task<ActResult> TakeBack(string belonging, string note, Actor by, CancellationToken stop);

    /// <summary>Records that a reader keeps a person's template, and that the person was told (R-ID-09). <see cref="ActResult.Id"/> is its number.</summary>
    Task<ActResult> KeepBiometric(BiometricForm form, Actor by, CancellationToken stop);

    /// <summary>Records that it was deleted in the reader.</summary>
    Task<ActResult> DeleteBiometric(PersonId person, string biometric, DateOnly deletedOn, Actor by, CancellationToken stop);

    /// <summary>異動・出向・退職: grants end on that day (R-ID-03).</summary>
    Task<ActResult> Leave(LeavingForm form, Actor by, CancellationToken stop);

    /// <summary>An unused card was looked at and is still needed: it counts as used from today (R-ID-05).</summary>
    Task<ActResult> KeepUnused(CredentialId card, string reason, Actor by, CancellationToken stop);

    /// <summary>Holds the people list against a file of personnel (R-ID-06). <see cref="ActResult.Id"/> is the comparison's number.</summary>
    Task<ActResult> Compare(string fileName, Stream csv, Actor by, CancellationToken stop);

    /// <summary>Decides one difference.</summary>
    Task<ActResult> Decide(string compare, int no, PersonnelVerdict verdict, string reason, Actor by, CancellationToken stop);

    /// <summary>Sets the PIN typed under threat; it must differ from the card's own.</summary>
    Task<ActResult> SetDuressPin(CredentialId card, string pin, Actor by, CancellationToken stop);
}

/// <summary>Everything that waits for somebody.</summary>
/// <param name="Leaving">People who go, or have gone and have not given everything back.</param>
public sealed record PersonnelLook(
    ImmutableArray<LeavingLine> Leaving,
    ImmutableArray<UnusedLine> Unused,
    ImmutableArray<ComparisonLine> Comparisons,
    ImmutableArray<LendingLine> Lending,
    bool MayKeep,
    bool MayCompare);

/// <summary>Somebody who goes.</summary>
/// <param name="Outstanding">What is not given back yet, in words.</param>
public sealed record LeavingLine(PersonId Person, string Name, LeavingKind Kind, DateOnly EffectiveOn, string? ToSection, ImmutableArray<string> Outstanding, bool Overdue);

/// <summary>A card nobody uses.</summary>
/// <param name="LastUsed">Null: never used since it was issued.</param>
public sealed record UnusedLine(CredentialId Card, PersonId Person, string Name, DateOnly? LastUsed, int IdleDays, bool Held);

/// <summary>A comparison in the list.</summary>
public sealed record ComparisonLine(string Compare, DateTimeOffset At, string FileName, int Differences, int Undecided, DateOnly DecideBy, bool Overdue);

/// <summary>A sign of lending.</summary>
public sealed record LendingLine(long N, LendingSuspected Sign, string Name);

/// <summary>A comparison with its differences.</summary>
public sealed record ComparisonFile(ComparisonLine Line, ImmutableArray<DifferenceLine> Differences, bool MayDecide);

/// <summary>One difference with what was decided; null: not yet.</summary>
public sealed record DifferenceLine(PersonnelDifference Difference, PersonnelVerdict? Verdict, string? Reason, string? By);

/// <summary>A precondition of a person's category.</summary>
/// <param name="Met">Null: never met.</param>
public sealed record PreconditionLine(PreconditionKind Kind, Precondition? Met, bool Counts);

/// <summary>One person's preconditions, things lent and leaving.</summary>
/// <param name="Lent">Things not given back.</param>
/// <param name="Leaving">Null: not leaving.</param>
/// <param name="Biometrics">Templates readers keep or kept, the newest first.</param>
/// <param name="MayKeepBiometrics">Whether the reader of the page keeps them.</param>
public sealed record PersonLife(
    Person Person,
    ImmutableArray<PreconditionLine> Preconditions,
    ImmutableArray<Belonging> Lent,
    LeavingLine? Leaving,
    ImmutableArray<BiometricLine> Biometrics,
    bool MayKeep,
    bool MayKeepBiometrics);

/// <summary>A template some reader keeps.</summary>
/// <param name="DeletedOn">Null: it is there still.</param>
public sealed record BiometricLine(Biometric Biometric, DateOnly? DeletedOn);

/// <summary>What the form of a template asks.</summary>
public sealed record BiometricForm(PersonId Person, string TemplateRef, string Purpose, DateOnly NoticeGivenOn);

/// <summary>What the leaving form asks.</summary>
/// <param name="EffectiveOn">First local day on which the person is gone.</param>
public sealed record LeavingForm(PersonId Person, LeavingKind Kind, DateOnly EffectiveOn, string? ToSection, string Reason);
