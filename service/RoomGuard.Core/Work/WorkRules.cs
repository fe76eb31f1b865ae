using System.Collections.Immutable;
using System.Diagnostics;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Work;

/// <summary>Why a work may not be. Closed: each has a requirement, a clause and what to do instead (<see cref="WorkRefusalText"/>).</summary>
public enum WorkRefusal
{
    /// <summary>R-WORK-02: change work without a checker.</summary>
    NoChecker,

    /// <summary>R-WORK-02: one person performs and checks.</summary>
    SamePerson,

    /// <summary>R-WORK-02: somebody who has no part in change work.</summary>
    WorkerNotEligible,

    /// <summary>R-WORK-03: somebody who may not do wiring.</summary>
    WiringNotAllowed,

    /// <summary>R-WORK-03: a contractor whom no contract in force names for the place.</summary>
    NotInContract,

    /// <summary>R-WORK-01: nobody who performs it is inside.</summary>
    PerformerNotInside,

    /// <summary>R-WORK-02: no checker is inside.</summary>
    CheckerNotInside,

    /// <summary>R-WORK-02: the performers were not inside for the whole time.</summary>
    PerformersNotProven,

    /// <summary>R-WORK-02: the checkers were not inside for the whole time.</summary>
    CheckersNotProven,

    /// <summary>R-MOVE-09: a part swap is checked by staff.</summary>
    SwapCheckerNotStaff,

    /// <summary>R-MOVE-09: a part swap without the permission of both SUP and SYS.</summary>
    SwapNotPermitted,

    /// <summary>R-MOVE-09: a part swap ends as done and no part was recorded.</summary>
    NoPartRecorded,

    /// <summary>R-WORK-01: nobody could confirm it, since all who answer for the zone perform it and no checker is named.</summary>
    NobodyToConfirm,
}

/// <summary>One objection.</summary>
/// <param name="Person">Whom it is about; null: nobody in particular.</param>
public sealed record WorkObjection(WorkRefusal Refusal, PersonId? Person);

/// <summary>What is known of somebody who shall work.</summary>
/// <param name="Roles">Held on the day the work begins.</param>
/// <param name="NamedByContract">The contract named is in force, names the place, and names this person.</param>
public sealed record WorkerFacts(PersonCategory Category, ImmutableArray<Role> Roles, bool NamedByContract);

/// <summary>Who may work, and what has to be proven (R-WORK-01 … 03, R-WORK-06). Pure.</summary>
public static class WorkRules
{
    /// <summary>Fewer than two people for so long is 単独作業 (2 min†, R-WORK-06); a shorter gap breaks no proof.</summary>
    public static readonly TimeSpan AloneAfter = TimeSpan.FromMinutes(2);

    /// <summary>Everybody gone for so long and the work still open: its performers are reminded (15 min†), and again each day.</summary>
    public static readonly TimeSpan RemindAfter = TimeSpan.FromMinutes(15);

    /// <summary>Time between two reminders.</summary>
    public static readonly TimeSpan RemindEvery = TimeSpan.FromDays(1);

    /// <summary>Everything that stands against a plan.</summary>
    /// <param name="twoPeople">The profile asks for two people in change work.</param>
    /// <param name="managers">SYS who answer for the zone: one of them confirms where no checker is named. Empty: nobody does, which is an alarm of its own (R-ZONE-07).</param>
    public static ImmutableArray<WorkObjection> Objections(WorkPlan plan, ImmutableDictionary<PersonId, WorkerFacts> people, bool twoPeople, params ImmutableArray<PersonId> managers)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(people);
        var found = new List<WorkObjection>();
        if (plan.IsChange && twoPeople && plan.Checkers.IsEmpty)
        {
            found.Add(new(WorkRefusal.NoChecker, null));
        }
        else if (plan.Checkers.IsEmpty && !managers.IsEmpty && managers.All(plan.Performers.Contains))
        {
            found.Add(new(WorkRefusal.NobodyToConfirm, null));
        }

        found.AddRange(plan.Performers.Where(one => plan.Checkers.Any(other => SeparationOfDuties.Broken(DutyPair.PerformerAndChecker, one, other))).Select(one => new WorkObjection(WorkRefusal.SamePerson, one)));
        foreach (var person in plan.People)
        {
            if (people.GetValueOrDefault(person) is not { } facts)
            {
                continue;
            }

            // Row Part swap: who checks is staff, and any member of staff may.
            if (plan.Kind is WorkKind.PartSwap && plan.Checkers.Contains(person))
            {
                if (facts.Category is PersonCategory.Contractor or PersonCategory.Visitor)
                {
                    found.Add(new(WorkRefusal.SwapCheckerNotStaff, person));
                }
            }
            else if (facts.Category is PersonCategory.Contractor)
            {
                // A contractor works by contract, whatever the work is (R-CON-02).
                if (!facts.NamedByContract)
                {
                    found.Add(new(WorkRefusal.NotInContract, person));
                }
            }
            else if (plan.Kind is WorkKind.Cabling && !WorksOnSystems(facts))
            {
                found.Add(new(WorkRefusal.WiringNotAllowed, person));
            }
            else if (plan.IsChange && !WorksOnSystems(facts))
            {
                found.Add(new(WorkRefusal.WorkerNotEligible, person));
            }
        }

        return [.. found.OrderBy(one => one.Refusal)];
    }

    /// <summary>What stands against its beginning: who performs it is inside, and of change work who checks it too.</summary>
    public static WorkRefusal? AgainstStart(WorkOrder work, ImmutableArray<PersonId> inside)
    {
        ArgumentNullException.ThrowIfNull(work);
        return !work.PermittedByBoth ? WorkRefusal.SwapNotPermitted
            : !work.Plan.Performers.Any(inside.Contains) ? WorkRefusal.PerformerNotInside
            : work.NeedsTwo && !work.Plan.Checkers.Any(inside.Contains) ? WorkRefusal.CheckerNotInside
            : null;
    }

    /// <summary>What stands against its confirmation as done: performers and checkers were inside for the whole time (R-WORK-02).</summary>
    public static WorkRefusal? AgainstCompletion(WorkOrder work, ImmutableArray<WorkStay> stays, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(work);
        return !work.NeedsTwo ? null
            : !Covered(stays, work.Plan.Performers, from, until) ? WorkRefusal.PerformersNotProven
            : !Covered(stays, work.Plan.Checkers, from, until) ? WorkRefusal.CheckersNotProven
            : null;
    }

    /// <summary>Whether some of these people were inside from one moment to another, but for gaps no longer than <see cref="AloneAfter"/>.</summary>
    public static bool Covered(ImmutableArray<WorkStay> stays, ImmutableArray<PersonId> people, DateTimeOffset from, DateTimeOffset until)
    {
        var reached = from;
        var seen = false;
        foreach (var stay in stays.Where(stay => people.Contains(stay.Person) && stay.From < until && (stay.Until is not { } left || left > from)).OrderBy(stay => stay.From))
        {
            if (stay.From - reached > AloneAfter)
            {
                return false;
            }

            seen = true;
            reached = (stay.Until ?? until) is var end && end > reached ? end : reached;
        }

        return seen && until - reached <= AloneAfter;
    }

    // SUP, SYS and OPS (rows Change work, Wiring work).
    private static bool WorksOnSystems(WorkerFacts facts) => facts.Roles.Any(role => role is Role.SupervisingOfficer or Role.SystemManager or Role.SystemStaff);
}

/// <summary>What follows from a refusal.</summary>
/// <param name="Because">One sentence, and what to do instead.</param>
public sealed record WorkRefusalWords(Words Because, string Requirement, string Clause)
{
    /// <summary>Requirement and clause, as pages name them.</summary>
    public string Rule => $"{Requirement} ({Clause})";
}

/// <summary>Refusals as people read them.</summary>
public static class WorkRefusalText
{
    /// <summary>The words of a refusal.</summary>
    public static WorkRefusalWords Of(WorkRefusal refusal) => refusal switch
    {
        WorkRefusal.NoChecker => new(
            new("システム変更は二人以上で行います。作業者とは別の確認者を加えてください。", "Changes are made by two or more. Name a checker who is not a performer."), "R-WORK-02", "第2章7(1)④ウ"),
        WorkRefusal.SamePerson => new(
            new("作業者と確認者は別の人にしてください。", "Performer and checker differ: name another person for one of them."), "R-WORK-02", "第2章7(1)④ウ"),
        WorkRefusal.WorkerNotEligible => new(
            new("システム変更に加われるのは、統括責任者・システム管理者・システム担当者と、契約で認めた委託先だけです。担当者に替えてください。", "Changes are made by the supervising officer, system managers, system staff and contractors of the contract. Name one of them."),
            "R-WORK-02", "第2章7(1)④ウ"),
        WorkRefusal.WiringNotAllowed => new(
            new("配線の変更ができるのは、統括責任者・システム管理者・システム担当者と、契約で認めた委託先だけです。担当者に替えてください。", "Wiring is done by the supervising officer, system managers, system staff and contractors of the contract. Name one of them."),
            "R-WORK-03", "第2章5(1)④エ"),
        WorkRefusal.NotInContract => new(
            new("この委託先の人は、期間内でこの区域を作業場所とする契約に登録されていません。契約番号を確かめ、情報セキュリティ管理者に登録を頼んでください。", "No contract in force names this worker for this area. Look at the contract number, or ask the security manager to register them."),
            "R-WORK-03", "第2章5(1)④エ"),
        WorkRefusal.PerformerNotInside => new(
            new("作業者が区域に入室していません。入室してから開始を記録してください。", "No performer is inside. Enter first, then record the beginning."), "R-WORK-01", "第2章7(1)④ア"),
        WorkRefusal.CheckerNotInside => new(
            new("確認者が区域に入室していません。二人そろってから開始を記録してください。", "No checker is inside. Begin once both are there."), "R-WORK-02", "第2章7(1)④ウ"),
        WorkRefusal.PerformersNotProven => new(
            new("作業者が作業のあいだ在室していたことを証明できません。二人でやり直すか、結果を「切戻し」などに直してください。", "It is not proven that performers were inside for the time. Do it again with two, or correct the result."), "R-WORK-02", "第2章7(1)④ウ"),
        WorkRefusal.CheckersNotProven => new(
            new("確認者が作業のあいだ在室していたことを証明できません。二人でやり直すか、結果を「切戻し」などに直してください。", "It is not proven that checkers were inside for the time. Do it again with two, or correct the result."), "R-WORK-02", "第2章7(1)④ウ"),
        WorkRefusal.SwapCheckerNotStaff => new(
            new("部品の増設・交換・取外しは、職員が確認します。確認者を職員に替えてください。", "Fitting, swapping and removing parts is checked by staff. Name a member of staff."), "R-MOVE-09", "第2章7(1)⑱"),
        WorkRefusal.SwapNotPermitted => new(
            new("部品の増設・交換・取外しには、統括情報セキュリティ責任者と情報システム管理者の両方の許可が要ります。申請し直して、両方の許可を受けてください。", "Parts are fitted, swapped or removed only with the permission of both the supervising officer and the system manager. Apply anew and have both."),
            "R-MOVE-09", "第2章7(1)⑱"),
        WorkRefusal.NobodyToConfirm => new(
            new("区域の情報システム管理者が自ら作業するため、確認できる人がいません。作業者とは別の確認者を加えてください。", "Whoever answers for the area performs it, so that nobody could confirm it. Name a checker who is not a performer."), "R-WORK-01", "第2章7(1)④ア"),
        WorkRefusal.NoPartRecorded => new(
            new("交換した部品が記録されていません。部品ごとに製造番号を記録してから終了するか、結果を「中止」などに直してください。", "No part was recorded. Record each part by its serial before the end, or correct the result."), "R-MOVE-09", "第2章7(1)⑱"),
        _ => throw new UnreachableException($"No text for {refusal}."),
    };
}
