using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Power;

/// <summary>停止計画: proposed by one person and approved by another (R-PWR-04, R-PWR-08, R-CFG-01, R-CFG-02).</summary>
public interface IPowerPlanDesk
{
    /// <summary>試算: what a plan would do, without proposing it.</summary>
    Task<PlanTrial> Try(PowerPlan plan, CancellationToken gone);

    /// <summary>Proposals, the newest first, with what the reader may do.</summary>
    Task<PlanLook> Look(Actor by, CancellationToken gone);

    /// <summary>Proposes a plan: OPS, or SYS of its zone. It counts for nothing until somebody else approves it.</summary>
    /// <param name="from">The version it was made from; 0: a new plan. Another in force by then refuses it.</param>
    Task<ActResult> Ask(PowerPlan plan, int from, string reason, Actor by, CancellationToken stop);

    /// <summary>Proposes that a plan be taken back.</summary>
    Task<ActResult> AskWithdrawal(string plan, string reason, Actor by, CancellationToken stop);

    /// <summary>SYS of its zone approves, never who proposed it: the bridges have it at once. A plan taken back stops nothing in an outage any more.</summary>
    Task<ActResult> Allow(string change, Actor by, CancellationToken stop);

    /// <summary>SYS does not approve, or who proposed it takes it back.</summary>
    Task<ActResult> Decline(string change, string reason, Actor by, CancellationToken stop);
}

/// <summary>What a plan would do.</summary>
/// <param name="Problems">Why it cannot be, each in a sentence; empty: it can.</param>
/// <param name="Remarks">What is odd about it and does not forbid it.</param>
/// <param name="Then">What would happen if mains failed now with this plan; null when it cannot be.</param>
/// <param name="InForce">The plan in force by this id; null: none.</param>
/// <param name="Today">The same for the plan in force; null: none.</param>
public sealed record PlanTrial(ImmutableArray<Words> Problems, ImmutableArray<Words> Remarks, PowerForecast? Then, PowerPlan? InForce, PowerForecast? Today);

/// <summary>How a proposal stands.</summary>
public enum PlanChangeState
{
    /// <summary>承認待ち.</summary>
    Asked,

    /// <summary>承認済み: ordered to the bridges.</summary>
    Allowed,

    /// <summary>取下げ・不承認.</summary>
    Declined,
}

/// <summary>A proposal of a plan.</summary>
/// <param name="From">The version it was made from; 0: there was none.</param>
/// <param name="Withdrawn">It shall be taken back.</param>
/// <param name="InForce">The plan that stands by this name now; null: none.</param>
/// <param name="AskedBy">Name of who proposed it.</param>
/// <param name="ClosedBy">Name of who approved, declined or took it back; null: nobody yet.</param>
/// <param name="Note">Why it was declined or taken back; null: it was not.</param>
public sealed record PlanChangeLine(
    string Id, DateTimeOffset AskedAt, int From, PowerPlan Plan, bool Withdrawn, PowerPlan? InForce, string Reason, string AskedBy, PlanChangeState State, string? ClosedBy, string? Note)
{
    /// <summary>Another plan stands by now than the one it was made from: it cannot be approved any more.</summary>
    public bool IsStale => State is PlanChangeState.Asked && (InForce?.Version ?? 0) != From;
}

/// <summary>The proposals with what the reader may do.</summary>
public sealed record PlanLook(ImmutableArray<PlanChangeLine> Lines, bool MayAsk, bool MayAllow);
