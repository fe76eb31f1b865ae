using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Power;

/// <summary>
/// 計画停電 (R-PWR-09): agreed here, in force at the bridges by the express lane. Nothing here speaks to a UPS (R-PWR-10).
/// </summary>
public sealed class PowerDesk(ServiceRecord record, PowerNews news, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IPowerDesk
{
    /// <summary>How long a planned outage may last at most†.</summary>
    public static readonly TimeSpan LongestPlanned = TimeSpan.FromDays(7);

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

    private static IEnumerable<string> Known(ImmutableArray<UnitCard> units, ImmutableArray<OrderedPlan> plans) =>
        units.Select(unit => unit.Unit.Ups).Concat(plans.SelectMany(plan => plan.Plan.Units)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private (PlannedLine Line, string RegisteredBy)? Find(string outage) => record.Readers.AskNow(
        db => PowerBook.Planned(db, time.GetUtcNow()).Where(item => item.Line.Id == outage).Select(item => ((PlannedLine, string)?)item).FirstOrDefault());

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
