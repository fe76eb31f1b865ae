using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Cases;

/// <summary>One line of a case's history.</summary>
/// <param name="N">Its entry in the record.</param>
/// <param name="Kind">The kind of the entry, e.g. <c>case.decided</c>.</param>
/// <param name="By">Null: the service itself.</param>
/// <param name="As">The role acted in; null: none.</param>
/// <param name="Decision">Only of a decision.</param>
/// <param name="Text">Reason, conditions or result; empty: none.</param>
/// <param name="Exception">例外措置 it was done under; null: none.</param>
public sealed record DossierLine(long N, DateTimeOffset At, string Kind, PersonId? By, Role? As, CaseDecision? Decision, string Text, CaseId? Exception);

/// <summary>A case as its entries make it. Pure: the same entries give the same dossier.</summary>
/// <param name="At">The step it waits in, from 0; the number of steps when all are taken.</param>
/// <param name="Version">Rises with everything that changes what one may decide on. Who acts names the version seen, so that of two at once exactly one wins.</param>
/// <param name="StepSince">Since when the current step waits.</param>
/// <param name="RemindedAt">Last reminder in this step; null: none.</param>
/// <param name="Made">Ids of what came of it.</param>
/// <param name="Conditions">条件; empty: none.</param>
/// <param name="ReviewedAt">Last 定期確認 of an exception; null: none.</param>
/// <param name="EndedAt">When an allowed exception came to its end; null: it has not.</param>
public sealed record CaseDossier(
    CaseId Id,
    CaseMatter Matter,
    PersonId? Subject,
    ImmutableArray<ZoneId> Zones,
    EntryGrant? Before,
    string Reason,
    PersonId AppliedBy,
    Role AppliedAs,
    DateTimeOffset AppliedAt,
    ImmutableArray<CaseStep> Steps,
    int At,
    CaseState State,
    int Version,
    DateTimeOffset StepSince,
    DateTimeOffset? RemindedAt,
    DateTimeOffset LapsesAt,
    ImmutableArray<string> Made,
    string Conditions,
    DateTimeOffset? ReviewedAt,
    DateTimeOffset? EndedAt,
    ImmutableArray<DossierLine> History)
{
    /// <summary>The step it waits in; null: it waits for nobody, or for the applicant.</summary>
    [JsonIgnore]
    public CaseStep? Current => Open && State != CaseState.SentBack && At < Steps.Length ? Steps[At] : null;

    /// <summary>Whether something is still to be done, by whomever.</summary>
    [JsonIgnore]
    public bool Open => State switch
    {
        CaseState.Waiting or CaseState.SentBack => true,
        CaseState.Allowed or CaseState.AllowedWithConditions or CaseState.CarriedOut => At < Steps.Length,
        _ => false,
    };

    /// <summary>
    /// Whether an exception has effect on a day: allowed, in its time, not ended (R-EXC-01, R-EXC-04); or used first in urgency and not yet decided
    /// (R-EXC-02).
    /// </summary>
    public bool ExceptionInForce(DateOnly day) => Matter is ExceptionMatter exception
        && exception.ValidFrom <= day && day < exception.ValidUntil
        && (State is CaseState.Allowed or CaseState.AllowedWithConditions || (State == CaseState.Waiting && exception.UsedAt is not null))
        && EndedAt is null;

    /// <summary>Everybody who has had a hand in it so far; the service is nobody.</summary>
    public IEnumerable<PersonId> Hands() => History.Where(line => line.By is not null).Select(line => line.By!.Value).Distinct();

    /// <summary>Who has allowed it, in the order of the steps, since it was last applied for: what was said of an earlier form counts for nothing.</summary>
    public IEnumerable<PersonId> Allowers() => History.Reverse().TakeWhile(line => line.Kind != "case.applied").Where(line => line.Decision is CaseDecision.Allowed or CaseDecision.AllowedWithConditions && line.By is not null)
        .Select(line => line.By!.Value).Reverse();

    /// <summary>The dossier after one more entry; null: the entry is no case's, or of a case that never began.</summary>
    /// <param name="before">Null: there is none yet.</param>
    /// <param name="n">The entry's number.</param>
    public static CaseDossier? After(CaseDossier? before, RecordedEvent item, long n)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (before, item) switch
        {
            (_, CaseApplied e) => Applied(before, e).With(n, e, e.By, e.AppliedAs, text: e.Reason),
            (null, _) => null,
            (_, CaseDecided e) => Decided(before, e).With(n, e, e.By, e.DecidedAs, e.Decision, e.Text, e.Exception),
            (_, CaseWithdrawn e) => (before with { State = CaseState.Withdrawn, Version = before.Version + 1 }).With(n, e, e.By, text: e.Reason),
            (_, CaseLapsed e) => Lapsed(before, e).With(n, e, null, text: e.Cause),
            (_, CaseReminded e) => (before with { RemindedAt = e.OccurredAt }).With(n, e, null, text: e.Cause),
            (_, CaseEscalated e) => Escalated(before, e).With(n, e, null),
            (_, CaseCarriedOut e) => CarriedOut(before, e).With(n, e, e.By, text: e.Note),
            (_, CaseConfirmed e) => Moved(before, e.OccurredAt, e.Step + 1, CaseState.Confirmed).With(n, e, e.By, e.ConfirmedAs, text: e.Result),
            (_, CaseReviewed e) => Reviewed(before, e).With(n, e, e.By, text: e.Result),
            _ => null,
        };
    }

    /// <summary>The case an entry belongs to; null: none.</summary>
    public static CaseId? CaseOf(RecordedEvent? item) => item switch
    {
        CaseApplied e => e.Case,
        CaseDecided e => e.Case,
        CaseWithdrawn e => e.Case,
        CaseLapsed e => e.Case,
        CaseReminded e => e.Case,
        CaseEscalated e => e.Case,
        CaseCarriedOut e => e.Case,
        CaseConfirmed e => e.Case,
        CaseReviewed e => e.Case,
        _ => null,
    };

    private static CaseDossier Applied(CaseDossier? before, CaseApplied e) => new(
        e.Case,
        e.Matter,
        e.Subject,
        e.Zones,
        e.Before,
        e.Reason,
        new(e.By),
        e.AppliedAs,
        before?.AppliedAt ?? e.OccurredAt,
        e.Steps,
        At: 0,
        CaseState.Waiting,
        (before?.Version ?? 0) + 1,
        e.OccurredAt,
        RemindedAt: null,
        e.LapsesAt,
        Made: [],
        Conditions: "",
        ReviewedAt: null,
        EndedAt: null,
        before?.History ?? []);

    private static CaseDossier Decided(CaseDossier before, CaseDecided e)
    {
        if (e.Decision is CaseDecision.Refused or CaseDecision.SentBack)
        {
            return Moved(before, e.OccurredAt, before.At, e.Decision == CaseDecision.Refused ? CaseState.Refused : CaseState.SentBack);
        }

        var conditions = e.Decision == CaseDecision.AllowedWithConditions ? string.Join(' ', new[] { before.Conditions, e.Text }.Where(text => text.Length > 0)) : before.Conditions;
        var next = e.Step + 1;
        var more = next < before.Steps.Length && before.Steps[next].Stage == CaseStage.Allow;
        var state = more ? CaseState.Waiting : conditions.Length > 0 ? CaseState.AllowedWithConditions : CaseState.Allowed;
        return Moved(before, e.OccurredAt, next, state) with { Conditions = conditions };
    }

    // What the service does with the decision leaves the steps where they are; what a person does is a step of its own.
    private static CaseDossier CarriedOut(CaseDossier before, CaseCarriedOut e)
    {
        var after = before with { Made = before.Made.AddRange(e.Made) };
        return before.Current is { Stage: CaseStage.CarryOut } ? Moved(after, e.OccurredAt, before.At + 1, CaseState.CarriedOut)
            : before.Current is { Stage: CaseStage.Confirm } ? Moved(after, e.OccurredAt, before.At, CaseState.CarriedOut)
            : before.State is CaseState.Allowed or CaseState.AllowedWithConditions && before.At >= before.Steps.Length ? Moved(after, e.OccurredAt, before.At, CaseState.CarriedOut)
            : after;
    }

    private static CaseDossier Lapsed(CaseDossier before, CaseLapsed e)
    {
        var decided = before.State is CaseState.Allowed or CaseState.AllowedWithConditions;
        return Moved(before, e.OccurredAt, before.At, CaseState.Lapsed) with { EndedAt = decided ? e.OccurredAt : before.EndedAt };
    }

    private static CaseDossier Escalated(CaseDossier before, CaseEscalated e) => Moved(before, e.OccurredAt, before.At, before.State) with
    {
        Steps = e.Step < before.Steps.Length ? before.Steps.SetItem(e.Step, e.To) : before.Steps,
    };

    private static CaseDossier Reviewed(CaseDossier before, CaseReviewed e) => before with
    {
        ReviewedAt = e.OccurredAt,
        RemindedAt = null,
        EndedAt = e.Continues ? before.EndedAt : e.OccurredAt,
        State = e.Continues ? before.State : CaseState.Lapsed,
        Version = before.Version + 1,
    };

    private static CaseDossier Moved(CaseDossier before, DateTimeOffset at, int step, CaseState state) =>
        before with { At = step, State = state, Version = before.Version + 1, StepSince = at, RemindedAt = null };

    private CaseDossier With(long n, RecordedEvent item, string? by, Role? role = null, CaseDecision? decision = null, string text = "", CaseId? exception = null) =>
        this with { History = History.Add(new(n, item.OccurredAt, RecordKinds.Of(item), by is null ? null : new PersonId(by), role, decision, text, exception)) };
}
