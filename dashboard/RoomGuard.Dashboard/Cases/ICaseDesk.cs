using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Cases;

/// <summary>
/// 申請・承認. Every question and every act names who asks; what that person may not see is not there for them, and what they may not do is answered
/// with <see cref="ActResult.Refusal"/>. An act carries the version the person looked at: of two at once exactly one is done, the other gets
/// <see cref="FieldFault.ChangedMeanwhile"/>.
/// </summary>
public interface ICaseDesk
{
    /// <summary>How many cases wait for this person: to decide, to carry out, to confirm, or sent back to them. Asked with every page.</summary>
    Task<int> Waiting(Actor by, CancellationToken gone);

    /// <summary>Every kind with whether this person may apply for it.</summary>
    Task<ImmutableArray<CaseChoice>> Choices(Actor by, CancellationToken gone);

    /// <summary>受信箱: what waits for this person, nearest deadline first.</summary>
    Task<ImmutableArray<CaseCard>> Inbox(Actor by, CancellationToken gone);

    /// <summary>自分の申請, newest first.</summary>
    Task<CasesPage> Mine(string? after, int rows, Actor by, CancellationToken gone);

    /// <summary>済: cases that are over or were decided by this person, as far as this person may see them, newest first.</summary>
    Task<CasesPage> Done(CaseQuery query, Actor by, CancellationToken gone);

    /// <summary>One case; null: unknown, or not for this person.</summary>
    Task<CaseFile?> Case(CaseId id, Actor by, CancellationToken gone);

    /// <summary>The people this person may apply for, found by name, kana or number.</summary>
    /// <param name="words">Empty: the first ones.</param>
    Task<ImmutableArray<NamedPerson>> Candidates(CaseKind kind, string words, int most, Actor by, CancellationToken gone);

    /// <summary>Grants this person may apply to have changed or ended.</summary>
    /// <param name="words">Parts of number, name or kana; empty: the first ones, their own before all others.</param>
    Task<ImmutableArray<GrantChoice>> Grants(string words, int most, Actor by, CancellationToken gone);

    /// <summary>Cards this person may report lost.</summary>
    /// <param name="words">As with <see cref="Grants"/>.</param>
    Task<ImmutableArray<CardChoice>> Cards(string words, int most, Actor by, CancellationToken gone);

    /// <summary>Applies. <see cref="ActResult.Id"/> is the case's number. Fields of problems are named like the properties of the matter, and <c>reason</c>.</summary>
    Task<ActResult> Apply(CaseMatter matter, string reason, Actor by, CancellationToken stop);

    /// <summary>Sends a case that was sent back again, changed.</summary>
    Task<ActResult> Resubmit(CaseId id, int version, CaseMatter matter, string reason, Actor by, CancellationToken stop);

    /// <summary>Decides; what follows from allowing is in force with it.</summary>
    /// <param name="conditions">Needed with <see cref="CaseVerdict.AllowWithConditions"/>, else empty.</param>
    Task<ActResult> Decide(CaseId id, int version, CaseVerdict verdict, string reason, string conditions, Actor by, CancellationToken stop);

    /// <summary>取下げ by the applicant.</summary>
    Task<ActResult> Withdraw(CaseId id, int version, string reason, Actor by, CancellationToken stop);

    /// <summary>実施: what was allowed has been done, where that takes a person (a card handed over).</summary>
    Task<ActResult> CarryOut(CaseId id, int version, string note, Actor by, CancellationToken stop);

    /// <summary>確認: what was done has been looked at by another person.</summary>
    Task<ActResult> Confirm(CaseId id, int version, string note, Actor by, CancellationToken stop);
}

/// <summary>What an approver says.</summary>
public enum CaseVerdict
{
    /// <summary>承認する.</summary>
    Allow,

    /// <summary>条件を付けて承認.</summary>
    AllowWithConditions,

    /// <summary>差し戻す.</summary>
    SendBack,

    /// <summary>却下.</summary>
    Refuse,
}

/// <summary>A kind one may or may not apply for.</summary>
/// <param name="WhyNot">Null: may.</param>
public sealed record CaseChoice(CaseKind Kind, Refusal? WhyNot);

/// <summary>A grant one may apply about.</summary>
public sealed record GrantChoice(EntryGrant Grant, NamedPerson Holder);

/// <summary>A card one may report lost.</summary>
public sealed record CardChoice(CredentialId Card, NamedPerson Holder);

/// <summary>Who shall do the next step, and why that person.</summary>
/// <param name="Person">Null: nobody holds the role (責任者不在).</param>
/// <param name="As">The role by which.</param>
/// <param name="For">代行: in whose place; null: in their own right.</param>
/// <param name="Because">E.g. that the zone's manager applied and it therefore goes one level up (R-PROF-06).</param>
/// <param name="Rule">The requirement, e.g. <c>R-DOOR-16</c>.</param>
public sealed record CaseHand(NamedPerson? Person, Role As, NamedPerson? For, Words Because, string Rule);

/// <summary>A case in a list.</summary>
/// <param name="Version">Rises with everything that happens to the case.</param>
/// <param name="Subject">Whom it is about; null: nobody (an exception about a room).</param>
/// <param name="Before">The grant as it stands, where a change or an end is applied for; else null.</param>
/// <param name="Due">When the next step should be done; null: no step is left.</param>
/// <param name="Next">Who shall do the next step; empty: none is left.</param>
public sealed record CaseLine(
    CaseId Id,
    CaseState State,
    int Version,
    CaseMatter Matter,
    string Reason,
    NamedPerson Applicant,
    NamedPerson? Subject,
    EntryGrant? Before,
    DateTimeOffset AppliedAt,
    DateTimeOffset? Due,
    ImmutableArray<CaseHand> Next)
{
    /// <summary>The role a deputy shall act in; null: not about a deputy.</summary>
    public HeldBy? ActsIn { get; init; }
}

/// <summary>A role and who holds it.</summary>
public sealed record HeldBy(RoleHolding Holding, NamedPerson Holder);

/// <summary>How loud a 気になる点 is.</summary>
public enum CasePointTone
{
    /// <summary>○: looked at, in order.</summary>
    Fine,

    /// <summary>△: unusual, for the approver to weigh.</summary>
    Unusual,

    /// <summary>×: must be put right before it can be allowed.</summary>
    Blocking,
}

/// <summary>One 気になる点 of a case.</summary>
/// <param name="Rule">The requirement it follows from; null: none in particular.</param>
public sealed record CasePoint(CasePointTone Tone, Words Text, string? Rule);

/// <summary>What the asking person may do with a case now.</summary>
/// <param name="WhyNotDecide">Set when the case waits for a decision that is not theirs.</param>
public sealed record CaseMoves(bool Decide, bool Withdraw, bool Resubmit, bool CarryOut, bool Confirm, Refusal? WhyNotDecide);

/// <summary>A case in the 受信箱.</summary>
public sealed record CaseCard(CaseLine Line, ImmutableArray<CasePoint> Points, CaseMoves May);

/// <summary>What happened to a case.</summary>
public enum CaseHappeningKind
{
    /// <summary>申請.</summary>
    Applied,

    /// <summary>再申請.</summary>
    Resubmitted,

    /// <summary>承認.</summary>
    Allowed,

    /// <summary>条件付承認.</summary>
    AllowedWithConditions,

    /// <summary>差戻し.</summary>
    SentBack,

    /// <summary>却下.</summary>
    Refused,

    /// <summary>取下げ.</summary>
    Withdrawn,

    /// <summary>期限切れ.</summary>
    Lapsed,

    /// <summary>催促.</summary>
    Reminded,

    /// <summary>上位者へ.</summary>
    Escalated,

    /// <summary>実施.</summary>
    CarriedOut,

    /// <summary>確認.</summary>
    Confirmed,
}

/// <summary>One step of a case's history; each is an entry of the record.</summary>
/// <param name="By">Null: the controller itself.</param>
/// <param name="As">By which role; null: none, or the applicant.</param>
/// <param name="Text">Reason, note or conditions; empty: none.</param>
/// <param name="Entry">Number of the entry of the record.</param>
public sealed record CaseHappening(DateTimeOffset At, CaseHappeningKind Kind, NamedPerson? By, Role? As, string Text, long Entry);

/// <summary>A case with everything that belongs to it.</summary>
/// <param name="Conditions">Of a <see cref="CaseState.AllowedWithConditions"/>; empty: none.</param>
/// <param name="Outcome">What came of it: numbers of grants, accounts, holdings, cards.</param>
public sealed record CaseFile(
    CaseLine Line,
    ImmutableArray<CasePoint> Points,
    ImmutableArray<CaseHappening> History,
    CaseMoves May,
    string Conditions,
    ImmutableArray<string> Outcome);

/// <summary>Which cases are wanted.</summary>
/// <param name="Words">Parts of number, applicant or subject.</param>
public sealed record CaseQuery(string? Words, CaseKind? Kind, CaseState? State, string? After, int Rows);

/// <summary>Cases.</summary>
/// <param name="Next">Asks for the following page; null: this is the last.</param>
public sealed record CasesPage(ImmutableArray<CaseLine> Cases, long Total, string? Next);
