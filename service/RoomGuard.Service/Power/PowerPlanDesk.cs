using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;
using Act = RoomGuard.Core.Operators.Act;

namespace RoomGuard.Service.Power;

/// <summary>
/// 停止計画 (R-PWR-04, R-PWR-08): proposed by one person, approved by another (R-CFG-01, R-CFG-02, R-PWR-10), in force at the bridges by the express lane. Nothing here speaks to a UPS.
/// </summary>
public sealed class PowerPlanDesk(ServiceRecord record, ISiteSettings site, PowerNews news, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IPowerPlanDesk
{
    private const int MostShown = 50;
    private static readonly PowerControlSettings Limits = new();

    /// <inheritdoc/>
    public Task<PlanTrial> Try(PowerPlan plan, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return record.Readers.Ask(
            db =>
            {
                var units = news.Units(db);
                var inForce = InForce(db, plan.Id);
                var problems = Problems(plan);
                return new PlanTrial(problems, [.. Remarks(plan, units), .. Missing(plan)], problems.IsEmpty ? Forecast(db, plan, units) : null, inForce, inForce is null ? null : Forecast(db, inForce, units));
            },
            gone);
    }

    /// <inheritdoc/>
    public Task<PlanLook> Look(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => new PlanLook([.. PowerBook.PlanChanges(db, MostShown).Select(item => item.Line)], by.IsConsole || MayAsk(by), by.IsConsole || !Authority.RightsOf(by, Act.CommandPower, Part.Allows).IsEmpty),
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Ask(PowerPlan plan, int from, string reason, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. Problems(plan).Select(problem => new FieldProblem("stages", FieldFault.PlanImpossible, problem.Ja)), .. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
            async () =>
            {
                if (await NotHisToAsk(plan.Zone, plan.Id, by, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var inForce = record.Readers.AskNow(db => InForce(db, plan.Id));
                if ((inForce?.Version ?? 0) != from)
                {
                    return ActResult.Refused("id", FieldFault.ChangedMeanwhile);
                }

                if (inForce is not null && RecordedOf(inForce with { Version = 0 }) == RecordedOf(plan with { Version = 0 }))
                {
                    return ActResult.Refused("stages", FieldFault.NothingToChange);
                }

                return await Propose(plan, from, withdrawn: false, reason, by, stop);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> AskWithdrawal(string plan, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            ArgumentNullException.ThrowIfNull(by);
            if (record.Readers.AskNow(db => InForce(db, plan)) is not { } found)
            {
                return ActResult.Refused("id", FieldFault.Unknown, plan);
            }

            return await NotHisToAsk(found.Zone, plan, by, stop) is { } refusal ? ActResult.NotAllowed(refusal) : await Propose(found, found.Version, withdrawn: true, reason, by, stop);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Allow(string change, Actor by, CancellationToken stop) => turn.ActAsync(
        [],
        async () =>
        {
            ArgumentNullException.ThrowIfNull(by);
            if (record.Readers.AskNow(db => PowerBook.PlanChange(db, change)) is not var (line, askedBy))
            {
                return ActResult.Refused("id", FieldFault.Unknown, change);
            }

            var (inForce, last) = record.Readers.AskNow(db => (InForce(db, line.Plan.Id), PowerBook.LastVersion(db, line.Plan.Id)));
            if (await Objection(line.Plan.Zone, change, by, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            // A plan that moves to another zone is taken from that zone's SYS too.
            if (inForce is not null && inForce.Zone != line.Plan.Zone && await Objection(inForce.Zone, change, by, stop) is { } other)
            {
                return ActResult.NotAllowed(other);
            }

            // Author and approver of a change differ, by person (R-CFG-02); nothing is excepted from that.
            if (SeparationOfDuties.Broken(DutyPair.AuthorAndApprover, new PersonId(askedBy), by.Person))
            {
                var answer = new AuthorityAnswer(AuthorityRefusal.SamePerson, null, null, AuthorityTable.RolesWith(Act.CommandPower, Part.Allows));
                return ActResult.NotAllowed((await guard.Objection(by, answer, $"{Act.CommandPower}/{Part.Allows}", "R-CFG-02", change, stop))!);
            }

            if (line.State is not PlanChangeState.Asked)
            {
                return ActResult.Refused("id", FieldFault.NothingToChange);
            }

            // What it was made from is not what stands any more, or what it names is gone: it is proposed anew.
            if ((inForce?.Version ?? 0) != line.From)
            {
                return ActResult.Refused("id", FieldFault.ChangedMeanwhile);
            }

            if (!line.Withdrawn && Problems(line.Plan) is { IsEmpty: false } problems)
            {
                return new([.. problems.Select(problem => new FieldProblem("id", FieldFault.PlanImpossible, problem.Ja))]);
            }

            var plan = line.Withdrawn ? line.Plan : line.Plan with { Version = last + 1 };
            _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), new PowerPlanOrder(plan, line.Withdrawn, by.Id, change, askedBy), by.Id), stop);
            return ActResult.Done(plan.Id);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Decline(string change, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            ArgumentNullException.ThrowIfNull(by);
            if (record.Readers.AskNow(db => PowerBook.PlanChange(db, change)) is not var (line, askedBy))
            {
                return ActResult.Refused("id", FieldFault.Unknown, change);
            }

            // Whoever proposed may take it back, whoever approves may say no.
            if (askedBy != by.Id && await Objection(line.Plan.Zone, change, by, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (line.State is not PlanChangeState.Asked)
            {
                return ActResult.Refused("id", FieldFault.NothingToChange);
            }

            _ = await record.AppendAsync(new PowerPlanDeclined(time.GetUtcNow(), change, line.Plan.Zone, FieldRules.Clean(reason), by.Id), stop);
            return ActResult.Done(change);
        },
        stop);

    private async Task<ActResult> Propose(PowerPlan plan, int from, bool withdrawn, string reason, Actor by, CancellationToken stop)
    {
        var count = record.Readers.AskNow(PowerBook.PlanChangesEver, stop);
        var id = string.Create(CultureInfo.InvariantCulture, $"PP-{count + 1:0000}");
        _ = await record.AppendAsync(new PowerPlanAsked(time.GetUtcNow(), id, from, plan, withdrawn, FieldRules.Clean(reason), by.Id), stop);
        return ActResult.Done(id);
    }

    private static bool MayAsk(Actor by) => new[] { Part.Asks, Part.Allows }.Any(part => !Authority.RightsOf(by, Act.CommandPower, part).IsEmpty);

    private static PowerPlan? InForce(Statements db, string plan) => PowerBook.Plans(db).FirstOrDefault(one => one.Plan.Id == plan)?.Plan;

    // Records of records compare their lists by identity: the written form is what counts.
    private static string RecordedOf(PowerPlan plan) =>
        System.Text.Json.JsonSerializer.Serialize(new PowerPlanOrder(plan, false, ""), RecordJson.Plain.RoomOrder);

    private static PowerForecast Forecast(Statements db, PowerPlan plan, ImmutableArray<UnitCard> units) => PowerForecast.Of(
        plan,
        PowerBook.Times(db, plan.Id, Limits),
        Core.Power.Reserve.Lasting([.. plan.Units.Select(name => units.FirstOrDefault(unit => unit.Unit.Ups == name)?.LeftSeconds)], plan.UnitsNeeded));

    private static IEnumerable<Words> Remarks(PowerPlan plan, ImmutableArray<UnitCard> units)
    {
        foreach (var unit in plan.Units.IsDefault ? [] : plan.Units.Where(name => units.All(unit => unit.Unit.Ups != name)))
        {
            yield return new($"UPS「{unit}」を知らせてくる制御盤がありません。名前を確かめてください。", $"No bridge tells of a unit \"{unit}\". Check the name.");
        }

        if (plan.Backed is not { Length: > 0 })
        {
            yield return new("錠・読取装置・制御盤を何が支えるかが書かれていません(R-PWR-08)。", "Nothing is said of what backs the locks, the readers and the bridge (R-PWR-08).");
        }
    }

    private IEnumerable<Words> Missing(PowerPlan plan) => plan.Units.IsDefaultOrEmpty || news.WebhooksFor(plan.Units) is not { } known ? [] : plan.Webhooks.Where(webhook => !known.Contains(webhook))
        .Select(webhook => new Words(
            $"Webhook「{webhook}」を持つ制御盤がありません。制御盤の設定 power.webhooks に書くか、名前を確かめてください。このままでは、その段は知らせずに進みます。",
            $"The bridge has no webhook \"{webhook}\". Add it under power.webhooks of its settings, or check the name. As it is, the stage goes on without telling anybody there."));

    // OPS proposes for any zone, SYS for the zones they answer for.
    private Task<Refusal?> NotHisToAsk(ZoneId zone, string plan, Actor by, CancellationToken stop) =>
        Authority.RightsOf(by, Act.CommandPower, Part.Asks).IsEmpty
            ? Objection(zone, plan, by, stop)
            : guard.Objection(by, Act.CommandPower, Part.Asks, new() { Zones = [zone] }, "R-CFG-01", plan, stop);

    private Task<Refusal?> Objection(ZoneId zone, string about, Actor by, CancellationToken stop) =>
        guard.Objection(by, Act.CommandPower, Part.Allows, new() { Zones = [zone], Portion = "plan" }, "R-PWR-04", about, stop);

    private ImmutableArray<Words> Problems(PowerPlan plan)
    {
        var problems = plan.Problems().Select(PowerPlanText.Of).ToImmutableArray();
        return site.Now.Zones.Any(zone => zone.Id == plan.Zone.Value)
            ? problems
            : problems.Add(new($"区域: 「{plan.Zone.Value}」は登録されていません。", $"zone: \"{plan.Zone.Value}\" is not a zone of this site."));
    }
}
