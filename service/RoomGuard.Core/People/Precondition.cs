using System.Collections.Immutable;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.People;

/// <summary>What a person must have before a grant (R-ID-11).</summary>
public enum PreconditionKind
{
    /// <summary>研修.</summary>
    Training,

    /// <summary>説明 of the rules to somebody from outside (R-CON-03).</summary>
    Briefing,

    /// <summary>同意書.</summary>
    Consent,

    /// <summary>契約: for a contractor's worker, see the contractor register (R-CON-01).</summary>
    Contract,
}

/// <summary>One precondition that a person has met.</summary>
/// <param name="SatisfiedOn">First local day on which it counts.</param>
/// <param name="ValidUntil">First local day on which it no longer counts; null: it does not end.</param>
/// <param name="Reference">Where it is kept: the paper's number, the course.</param>
public sealed record Precondition(PersonId Person, PreconditionKind Kind, DateOnly SatisfiedOn, DateOnly? ValidUntil, string Reference)
{
    /// <summary>Whether it counts on a day.</summary>
    public bool On(DateOnly day) => SatisfiedOn <= day && (ValidUntil is not { } end || day < end);
}

/// <summary>Which preconditions each category needs (R-ID-11).</summary>
public static class PreconditionTable
{
    /// <summary>
    /// Training for everybody bound by the policy; a signed consent of those whose service is for a time (temporary, part-time, fixed-term); contract, briefing and
    /// consent of a contractor's worker; a briefing of a visitor.
    /// </summary>
    public static ImmutableArray<PreconditionKind> Of(PersonCategory category) => category switch
    {
        PersonCategory.Staff or PersonCategory.SpecialServiceStaff or PersonCategory.AssemblyMember => [PreconditionKind.Training],
        PersonCategory.FixedTermStaff or PersonCategory.TemporaryStaff => [PreconditionKind.Training, PreconditionKind.Consent],
        PersonCategory.Contractor => [PreconditionKind.Contract, PreconditionKind.Briefing, PreconditionKind.Consent],
        PersonCategory.Visitor => [PreconditionKind.Briefing],
        _ => throw new System.Diagnostics.UnreachableException($"No preconditions for {category}."),
    };
}

/// <summary>A person met a precondition; a later one of the same kind takes its place.</summary>
public sealed record PreconditionMet(DateTimeOffset OccurredAt, Precondition Precondition, string By) : RecordedEvent(OccurredAt);

/// <summary>A precondition no longer counts: taken back, or recorded by mistake.</summary>
public sealed record PreconditionWithdrawn(DateTimeOffset OccurredAt, PersonId Person, PreconditionKind Kind, string Reason, string By) : RecordedEvent(OccurredAt);
