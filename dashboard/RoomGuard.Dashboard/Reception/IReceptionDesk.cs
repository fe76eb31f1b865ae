using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Reception;

/// <summary>受付: who comes today, checking in, badges out and back (R-VIS-06, R-VIS-07, R-VIS-08). Every act is one append: all of it or nothing.</summary>
public interface IReceptionDesk
{
    /// <summary>今日の来訪, who waits for approval, badges that are out and those missing.</summary>
    Task<ReceptionBoard> Today(Actor by, CancellationToken gone);

    /// <summary>What was scanned or typed.</summary>
    Task<ScanResult> Scan(string text, Actor by, CancellationToken gone);

    /// <summary>A visitor before check-in; null: unknown.</summary>
    Task<ReceptionVisitor?> Visitor(PersonId visitor, Actor by, CancellationToken gone);

    /// <summary>Checks in: identity, belongings, badge. Fields of problems: <c>idKind</c>, <c>items</c>, <c>badge</c>; empty: the visit itself.</summary>
    Task<ActResult> CheckIn(PersonId visitor, int version, CheckInForm form, Actor by, CancellationToken stop);

    /// <summary>A badge that is out, and who wears it; null: it is not out.</summary>
    Task<ReceptionBadge?> Badge(CredentialId badge, Actor by, CancellationToken gone);

    /// <summary>Takes a badge back.</summary>
    /// <param name="itemsBack">預かり品 were handed back.</param>
    Task<ActResult> Return(CredentialId badge, int version, bool itemsBack, Actor by, CancellationToken stop);

    /// <summary>A badge is lost: dead at once and for good.</summary>
    Task<ActResult> Lost(CredentialId badge, int version, Actor by, CancellationToken stop);

    /// <summary>A walk-in on its way to approval; null: unknown.</summary>
    Task<WalkIn?> WalkIn(CaseId id, Actor by, CancellationToken gone);

    /// <summary>People who may escort, for the walk-in form.</summary>
    Task<ImmutableArray<NamedPerson>> Escorts(string words, int most, Actor by, CancellationToken gone);
}

/// <summary>What the desk shows.</summary>
/// <param name="Ready">Badges lying ready, by colour.</param>
public sealed record ReceptionBoard(
    DateTimeOffset At,
    ImmutableArray<ReceptionLine> Visits,
    ImmutableArray<PendingVisit> Pending,
    ImmutableArray<ReceptionBadge> Out,
    ImmutableDictionary<BadgeColour, int> Ready);

/// <summary>A visit on the board.</summary>
public sealed record ReceptionLine(VisitDossier File, ImmutableArray<NamedPerson> Escorts);

/// <summary>未承認: applied for and not decided.</summary>
/// <param name="Next">Who decides.</param>
public sealed record PendingVisit(CaseId Case, VisitMatter Matter, string Purpose, VisitTime Time, NamedPerson AppliedBy, ImmutableArray<NamedPerson> Next);

/// <summary>A badge that is out.</summary>
public sealed record ReceptionBadge(VisitorBadge Badge, VisitDossier File, VisitorFile Visitor, ImmutableArray<NamedPerson> Escorts);

/// <summary>A visitor standing at the desk.</summary>
/// <param name="Obstacle">Why no badge can be handed out; null: it can.</param>
/// <param name="Bar">受付停止 it follows from; null: none. Its reason is not for this desk.</param>
/// <param name="Earlier">How often this person has been here before, and when last.</param>
public sealed record ReceptionVisitor(VisitDossier File, VisitorFile Visitor, ImmutableArray<NamedPerson> Escorts, CheckInObstacle? Obstacle, string? Bar, int Earlier, DateTimeOffset? Last);

/// <summary>What a scan led to.</summary>
public enum ScanKind
{
    /// <summary>A visitor: to check-in.</summary>
    Visitor,

    /// <summary>A badge that is out: to its return.</summary>
    Badge,

    /// <summary>A badge of the series that is not out.</summary>
    BadgeReady,

    /// <summary>A badge that is lost or retired.</summary>
    BadgeDead,

    /// <summary>Applied for and not approved.</summary>
    Pending,

    /// <summary>Several: to be chosen from.</summary>
    Several,

    /// <summary>Looks like an invitation and is none: torn, mistyped or made up.</summary>
    FalseInvitation,

    /// <summary>Nobody and nothing.</summary>
    Nothing,
}

/// <summary>What was found.</summary>
/// <param name="Visitor">Of <see cref="ScanKind.Visitor"/>.</param>
/// <param name="Badge">Of the kinds about badges.</param>
public sealed record ScanResult(ScanKind Kind, PersonId? Visitor, VisitorBadge? Badge, ImmutableArray<ReceptionLine> Visits, ImmutableArray<PendingVisit> Pending);

/// <summary>What the clerk found.</summary>
/// <param name="Badge">来訪者証 scanned or typed.</param>
/// <param name="LeftTaken">預かり品 were taken.</param>
public sealed record CheckInForm(IdentityPaper? IdKind, IdentityOutcome Outcome, ImmutableArray<DeclaredItem> Items, string Badge, bool LeftTaken);

/// <summary>予定外の来訪 waiting for approval.</summary>
/// <param name="Visit">Set once it is approved.</param>
public sealed record WalkIn(CaseId Case, CaseState State, PendingVisit? Waiting, VisitDossier? Visit);
