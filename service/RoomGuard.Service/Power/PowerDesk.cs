using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using Act = RoomGuard.Core.Operators.Act;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Power;

/// <summary>
/// 停止計画 and 計画停電 (R-PWR-04, R-PWR-08, R-PWR-09): ordered here, in force at the bridges by the express lane. Nothing here speaks to a UPS (R-PWR-10).
/// </summary>
public sealed class PowerDesk(ServiceRecord record, ISiteSettings site, PowerNews news, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IPowerDesk
{
    /// <summary>How long a planned outage may last at most†.</summary>
    public static readonly TimeSpan LongestPlanned = TimeSpan.FromDays(7);

    private static readonly PowerControlSettings Limits = new();

    /// <inheritdoc/>
    public Task<PlanTrial> Try(PowerPlan plan, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return record.Readers.Ask(
            db =>
            {
                var units = news.Units(db);
                var inForce = PowerBook.Plans(db).FirstOrDefault(one => one.Plan.Id == plan.Id)?.Plan;
                var problems = Problems(plan);
                return new PlanTrial(problems, [.. Remarks(plan, units), .. Missing(plan)], problems.IsEmpty ? Forecast(db, plan, units) : null, inForce, inForce is null ? null : Forecast(db, inForce, units));
            },
            gone);
    }

    /// <inheritdoc/>
    public Task<ActResult> Submit(PowerPlan plan, int from, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. Problems(plan).Select(problem => new FieldProblem("stages", FieldFault.PlanImpossible, problem.Ja))],
            async () =>
            {
                if (await Objection(plan.Zone, plan.Id, by, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var (inForce, last) = record.Readers.AskNow(db => (PowerBook.Plans(db).FirstOrDefault(one => one.Plan.Id == plan.Id)?.Plan, PowerBook.LastVersion(db, plan.Id)));
                if ((inForce?.Version ?? 0) != from)
                {
                    return ActResult.Refused("id", FieldFault.ChangedMeanwhile);
                }

                // A plan that moves to another zone is taken from that zone's SYS too.
                if (inForce is not null && inForce.Zone != plan.Zone && await Objection(inForce.Zone, plan.Id, by, stop) is { } other)
                {
                    return ActResult.NotAllowed(other);
                }

                if (inForce is not null && RecordedOf(inForce with { Version = 0 }) == RecordedOf(plan with { Version = 0 }))
                {
                    return ActResult.Refused("stages", FieldFault.NothingToChange);
                }

                var order = new PowerPlanOrder(plan with { Version = last + 1 }, Withdrawn: false, by.Id);
                _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), order, by.Id), stop);
                return ActResult.Done(plan.Id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Withdraw(string plan, Actor by, CancellationToken stop) => turn.ActAsync(
        [],
        async () =>
        {
            if (record.Readers.AskNow(db => PowerBook.Plans(db).FirstOrDefault(one => one.Plan.Id == plan)) is not { } found)
            {
                return ActResult.Refused("id", FieldFault.Unknown, plan);
            }

            if (await Objection(found.Plan.Zone, plan, by, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), new PowerPlanOrder(found.Plan, Withdrawn: true, by.Id), by.Id), stop);
            return ActResult.Done(plan);
        },
        stop);

    /// <inheritdoc/>
    public Task<PlannedLook> Planned(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => new PlannedLook(
            [.. PowerBook.Planned(db, time.GetUtcNow()).Select(item => item.Line)],
            [.. Known(news.Units(db), PowerBook.Plans(db))],
            DeskGate.Open(by, PageAct.RegisterPlannedOutage),
            DeskGate.Open(by, PageAct.AgreePlannedOutage)),
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Register(PlannedForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. Problems(form)],
            async () =>
            {
                if (await guard.Objection(by, PageAct.RegisterPlannedOutage, ActSubject.None, "R-PWR-09", "planned-outage", stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var known = record.Readers.AskNow(db => Known(news.Units(db), PowerBook.Plans(db)).ToHashSet(StringComparer.Ordinal));
                if (form.Units.FirstOrDefault(unit => !known.Contains(unit)) is { } unknown)
                {
                    return ActResult.Refused("units", FieldFault.Unknown, unknown);
                }

                var count = (long)record.Readers.AskNow(db => db.Value("SELECT count(*) FROM view_planned_outages"))!;
                var id = string.Create(CultureInfo.InvariantCulture, $"O-{count + 1:0000}");
                _ = await record.AppendAsync(new PlannedOutageAsked(time.GetUtcNow(), id, form.From, form.To, form.Units, FieldRules.Clean(form.Reason), by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Agree(string outage, Actor by, CancellationToken stop) => turn.ActAsync(
        [],
        async () =>
        {
            if (Find(outage) is not { } found)
            {
                return ActResult.Refused("id", FieldFault.Unknown, outage);
            }

            if (await guard.Objection(by, PageAct.AgreePlannedOutage, ActSubject.None, "R-PWR-09", outage, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (found.Line.State is not PlannedState.Asked)
            {
                return ActResult.Refused("id", FieldFault.NothingToChange);
            }

            if (found.Line.IsOver)
            {
                return ActResult.Refused("id", FieldFault.AlreadyOver);
            }

            // Registered by one and agreed by another: somebody with both roles does not do both.
            if (found.RegisteredBy == by.Id)
            {
                return ActResult.Refused("id", FieldFault.SamePerson, by.Name);
            }

            _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), new PlannedOutageOrder(OutageOf(found, by.Id), CalledOff: false), by.Id), stop);
            return ActResult.Done(outage);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Decline(string outage, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            if (Find(outage) is not { } found)
            {
                return ActResult.Refused("id", FieldFault.Unknown, outage);
            }

            // Whoever may register may take it back, whoever may agree may say no.
            if (!DeskGate.Open(by, PageAct.RegisterPlannedOutage) && await guard.Objection(by, PageAct.AgreePlannedOutage, ActSubject.None, "R-PWR-09", outage, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            var why = FieldRules.Clean(reason);
            switch (found.Line.State)
            {
                case PlannedState.Asked:
                    _ = await record.AppendAsync(new PlannedOutageDeclined(time.GetUtcNow(), outage, why, by.Id), stop);
                    return ActResult.Done(outage);
                case PlannedState.Agreed when !found.Line.IsOver:
                    _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), new PlannedOutageOrder(OutageOf(found, by.Id) with { Reason = why }, CalledOff: true), by.Id), stop);
                    return ActResult.Done(outage);
                default:
                    return ActResult.Refused("id", FieldFault.NothingToChange);
            }
        },
        stop);

    private static PlannedOutage OutageOf((PlannedLine Line, string RegisteredBy) found, string agreedBy) =>
        new(found.Line.Id, found.Line.From, found.Line.To, found.Line.Units, found.Line.Reason, found.RegisteredBy, agreedBy);

    // Records of records compare their lists by identity: the written form is what counts.
    private static string RecordedOf(PowerPlan plan) =>
        System.Text.Json.JsonSerializer.Serialize(new PowerPlanOrder(plan, false, ""), RecordJson.Plain.RoomOrder);

    private static IEnumerable<string> Known(ImmutableArray<UnitCard> units, ImmutableArray<OrderedPlan> plans) =>
        units.Select(unit => unit.Unit.Ups).Concat(plans.SelectMany(plan => plan.Plan.Units)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

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

    private (PlannedLine Line, string RegisteredBy)? Find(string outage) => record.Readers.AskNow(
        db => PowerBook.Planned(db, time.GetUtcNow()).Where(item => item.Line.Id == outage).Select(item => ((PlannedLine, string)?)item).FirstOrDefault());

    private Task<Refusal?> Objection(ZoneId zone, string plan, Actor by, CancellationToken stop) =>
        guard.Objection(by, Act.CommandPower, Part.Allows, new() { Zones = [zone], Portion = "plan" }, "R-PWR-04", plan, stop);

    private ImmutableArray<Words> Problems(PowerPlan plan)
    {
        var problems = plan.Problems().Select(PowerPlanText.Of).ToImmutableArray();
        return site.Now.Zones.Any(zone => zone.Id == plan.Zone.Value)
            ? problems
            : problems.Add(new($"区域: 「{plan.Zone.Value}」は登録されていません。", $"zone: \"{plan.Zone.Value}\" is not a zone of this site."));
    }

    private IEnumerable<FieldProblem> Problems(PlannedForm form)
    {
        if (form.To <= form.From)
        {
            yield return new("to", FieldFault.EndBeforeStart);
        }
        else if (form.To - form.From > LongestPlanned)
        {
            yield return new("to", FieldFault.OutOfRange, $"{LongestPlanned.TotalDays:0} d");
        }
        else if (form.To <= time.GetUtcNow())
        {
            yield return new("to", FieldFault.AlreadyOver);
        }

        foreach (var problem in FieldRules.Text("reason", form.Reason, FieldRules.LongestReason))
        {
            yield return problem;
        }
    }
}
