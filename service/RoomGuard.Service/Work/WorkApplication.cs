using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Work;

/// <summary>作業 as an application: what it must say, who may work, and what it becomes when it is allowed.</summary>
public static class WorkApplication
{
    private const int MostPeople = 20;
    private const int MostTargets = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>The form in the one way it is kept.</summary>
    public static WorkMatter Cleaned(WorkMatter matter)
    {
        ArgumentNullException.ThrowIfNull(matter);
        var plan = matter.Plan;
        return new(plan with
        {
            Targets = [.. (plan.Targets.IsDefault ? [] : plan.Targets).Select(FieldRules.Clean).Where(target => target.Length > 0).Distinct()],
            Description = FieldRules.Clean(plan.Description),
            RequestRef = Kept(plan.RequestRef),
            Performers = [.. (plan.Performers.IsDefault ? [] : plan.Performers).Distinct()],
            Checkers = [.. (plan.Checkers.IsDefault ? [] : plan.Checkers).Distinct()],
            Contract = Kept(plan.Contract),
        });
    }

    /// <summary>What is wrong with the form, and what the rules refuse.</summary>
    public static IEnumerable<FieldProblem> Problems(Statements db, WorkPlan plan, FieldRules rules, PolicyProfile policy, DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(policy);
        ImmutableArray<FieldProblem> form = [.. OfPlan(db, plan, rules), .. OfTimes(plan, now)];
        return form.IsEmpty ? [.. WorkRules.Objections(plan, People(db, plan, zone), policy.TwoPersonChange, Managers(db, plan, zone)).Select(one => Problem(plan, one))] : form;
    }

    /// <summary>What the rules refused of a form, for the record.</summary>
    public static IEnumerable<WorkRefused> Refused(WorkPlan plan, ImmutableArray<FieldProblem> problems, Actor by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(by);
        return problems.Where(problem => problem.Fault is FieldFault.WorkRefused && problem.Value is not null).Select(problem => problem.Value!.Split(' '))
            .Select(parts => new WorkRefused(now, null, plan.Zone, Enum.Parse<WorkRefusal>(parts[0]), parts.Length > 1 ? new PersonId(parts[1]) : null, by.Id));
    }

    /// <summary>気になる点 as things stand now, and what stops an approval: roles and contracts may have changed since it was applied for.</summary>
    public static IEnumerable<CasePoint> Points(Statements db, WorkPlan plan, PolicyProfile policy, DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(policy);
        if (plan.Until <= now)
        {
            yield return new(CasePointTone.Blocking, WorkText.TimeOver, "R-WORK-01");
        }

        foreach (var objection in WorkRules.Objections(plan, People(db, plan, zone), policy.TwoPersonChange, Managers(db, plan, zone)).DistinctBy(one => one.Refusal))
        {
            var words = WorkRefusalText.Of(objection.Refusal);
            yield return new(CasePointTone.Blocking, words.Because, words.Rule);
        }
    }

    /// <summary>
    /// The work an allowed application becomes, and its number as the purpose of entry of its people, so that zones that ask for one let them in and the register names it (R-WORK-05).
    /// </summary>
    public static (WorkOrder Work, ImmutableArray<RecordedEvent> Facts) Permit(Statements db, CaseDossier file, WorkPlan plan, bool twoPeople, Actor by, DateTimeOffset now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(by);
        var prefix = string.Create(CultureInfo.InvariantCulture, $"W-{today.Year}-");
        var next = 1 + (db.Value("SELECT max(number) FROM view_works WHERE id LIKE $1 || '%'", prefix) as long? ?? 0);
        var decided = file.History.Last(line => line.Decision is CaseDecision.Allowed or CaseDecision.AllowedWithConditions);
        var id = new WorkId(string.Create(CultureInfo.InvariantCulture, $"{prefix}{next:0000}"));

        // R-MOVE-09: who allowed it as SYS, and who as SUP; the steps are taken in this order.
        ImmutableArray<PersonId> both = plan.Kind is WorkKind.PartSwap ? [.. file.Allowers()] : [];
        var work = new WorkOrder(id, file.Id, plan, file.Reason, twoPeople, file.AppliedBy, file.AppliedAt, by.Person, decided.As ?? Role.SystemManager, now, file.Conditions, both.IsEmpty ? null : both[0], both.IsEmpty ? null : both[^1]);
        return (work, [new WorkPermitted(now, work, by.Id), .. plan.People.Select(person => new RoomOrdered(now, new PurposeOrder(person, plan.Zone, id.Value, plan.Until), by.Id))]);
    }

    /// <summary>What is known of everybody who shall work, on the day it begins.</summary>
    public static ImmutableDictionary<PersonId, WorkerFacts> People(Statements db, WorkPlan plan, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(plan);
        var (first, last) = (DayOf(plan.From, zone), DayOf(plan.Until.AddTicks(-1), zone));
        var contract = plan.Contract is { } number ? ContractsView.One(db, new(number)) : null;
        var named = contract is not null && contract.On(first) && contract.On(last) && contract.Places.Contains(plan.Zone) ? contract : null;
        var found = ImmutableDictionary.CreateBuilder<PersonId, WorkerFacts>();
        foreach (var person in plan.People)
        {
            if (db.Value("SELECT category FROM view_people WHERE person = $1", person.Value) is long category)
            {
                found[person] = new((PersonCategory)category, [.. OperatorsView.HoldingsOf(db, person, first).Select(holding => holding.Role)], named?.Worker(person) is not null);
            }
        }

        return found.ToImmutable();
    }

    // Those who answer for the zone on the day the work begins, their deputies too.
    private static ImmutableArray<PersonId> Managers(Statements db, WorkPlan plan, TimeZoneInfo zone) =>
        [.. OperatorsView.HoldersOf(db, Role.SystemManager, DayOf(plan.From, zone)).Where(holding => holding.Zones.Contains(plan.Zone)).Select(holding => holding.Person).Distinct()];

    private static FieldProblem Problem(WorkPlan plan, WorkObjection objection)
    {
        var field = objection.Refusal is WorkRefusal.NoChecker or WorkRefusal.SamePerson or WorkRefusal.NobodyToConfirm || (objection.Person is { } person && !plan.Performers.Contains(person)) ? "checkers" : "performers";
        return new(field, FieldFault.WorkRefused, objection.Person is { } about ? $"{objection.Refusal} {about}" : $"{objection.Refusal}");
    }

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private static string? Kept(string? text) => FieldRules.Clean(text) is { Length: > 0 } clean ? clean : null;

    private static IEnumerable<FieldProblem> OfPlan(Statements db, WorkPlan plan, FieldRules rules)
    {
        if (!Enum.IsDefined(plan.Kind))
        {
            yield return new("kind", FieldFault.NotAChoice);
        }

        if (!rules.KnowsZone(plan.Zone))
        {
            yield return new("zone", string.IsNullOrEmpty(plan.Zone.Value) ? FieldFault.Required : FieldFault.Unknown, plan.Zone.Value);
        }

        if (plan.Targets.Length is 0 or > MostTargets)
        {
            yield return plan.Targets.IsEmpty ? new("targets", FieldFault.Required) : new("targets", FieldFault.OutOfRange, $"1 – {MostTargets}");
        }

        foreach (var problem in plan.Targets.SelectMany(target => FieldRules.Text("targets", target)).Concat(FieldRules.Text("description", plan.Description, FieldRules.LongestReason))
            .Concat(FieldRules.Text("requestRef", plan.RequestRef, 40, required: false)))
        {
            yield return problem;
        }

        foreach (var (field, people, least) in new[] { ("performers", plan.Performers, 1), ("checkers", plan.Checkers, 0) })
        {
            if (people.Length < least)
            {
                yield return new(field, FieldFault.Required);
            }
            else if (people.Length > MostPeople)
            {
                yield return new(field, FieldFault.OutOfRange, $"{least} – {MostPeople}");
            }

            foreach (var person in people)
            {
                if (db.Value("SELECT 1 FROM view_people WHERE person = $1 AND category <> 6 AND suspended = 0", person.Value ?? "") is null)
                {
                    yield return new(field, FieldFault.Unknown, person.Value);
                }
            }
        }

        // R-MOVE-09: parts are those of items the register has there.
        foreach (var target in plan.Kind is WorkKind.PartSwap ? plan.Targets : [])
        {
            if (AssetsView.One(db, new(target)) is not { } item)
            {
                yield return new("targets", FieldFault.Unknown, target);
            }
            else if (item.Place?.Zone != plan.Zone)
            {
                yield return new("targets", FieldFault.ItemNotThere, target);
            }
        }

        if (plan.Contract is { } contract && ContractsView.One(db, new(contract)) is null)
        {
            yield return new("contract", FieldFault.Unknown, contract);
        }
    }

    private static IEnumerable<FieldProblem> OfTimes(WorkPlan plan, DateTimeOffset now)
    {
        if (plan.Until <= plan.From)
        {
            yield return new("until", FieldFault.EndBeforeStart);
        }
        else if (plan.Until <= now)
        {
            yield return new("until", FieldFault.AlreadyOver);
        }
        else if (plan.Until - plan.From > Longest)
        {
            yield return new("until", FieldFault.OutOfRange, "31 × 24 h");
        }
    }
}
