using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using Act = RoomGuard.Core.Operators.Act;

namespace RoomGuard.Service.Power;

/// <summary>
/// 訓練 of shutdown plans: played here from what the bridges last told, and recorded. No order is given, so that nothing reaches a bridge, and no server
/// hears of it.
/// </summary>
public sealed class DrillDesk(ServiceRecord record, PowerNews news, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IDrillDesk
{
    private static readonly PowerControlSettings Limits = new();

    /// <inheritdoc/>
    public Task<ImmutableArray<DrillLine>> Held(string plan, int most, CancellationToken gone) => record.Readers.Ask(
        db => PowerBook.Drills(db, plan, most)
            .Select(n => RecordViews.ItemOf(record.Read(n, 1)[0]))
            .Where(item => item.Event is DrillHeld)
            .Select(item => new DrillLine(item.N, (DrillHeld)item.Event!, PowerBook.NameOf(db, ((DrillHeld)item.Event!).By)))
            .ToImmutableArray(),
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Hold(string plan, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [],
            async () =>
            {
                var board = await news.Now(stop);
                if (board.Plans.FirstOrDefault(one => one.Plan.Id == plan) is not { } card)
                {
                    return ActResult.Refused("id", FieldFault.Unknown, plan);
                }

                if (await guard.Objection(by, Act.CommandPower, Part.Allows, new() { Zones = [card.Plan.Zone], Portion = "plan" }, "R-PWR-04", plan, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (Obstacle(card, board) is { } why)
                {
                    return new([why]);
                }

                var stops = record.Readers.AskNow(db => PowerBook.Times(db, plan, Limits).All);
                var n = await record.AppendAsync(Play(card, board, stops, by), stop);
                return ActResult.Done(n.ToString(CultureInfo.InvariantCulture));
            },
            stop);
    }

    // A drill says something about today only when it begins with what is so today.
    private static FieldProblem? Obstacle(PlanCard card, PowerBoard board)
    {
        if (card is not { Fresh: true, Now: { } now })
        {
            return new("drill", FieldFault.DrillWithoutWord);
        }

        if (!card.InForce)
        {
            return new("drill", FieldFault.DrillNotInForce, card.Plan.Version.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var name in card.Plan.Units)
        {
            if (board.Unit(name) is not { IsUnknown: false, Age: not null, Unit.LastGood: not null })
            {
                return new("drill", FieldFault.DrillUnitUnknown, name);
            }
        }

        if (now.IsOutage || now.Stages.Any(stage => stage.ToldSeconds is not null) || card.Plan.Units.Any(name => board.Unit(name)!.Unit.Power == UnitPower.Battery))
        {
            return new("drill", FieldFault.DrillInOutage);
        }

        return card.Plan.Units.FirstOrDefault(name => board.Unit(name)!.LeftSeconds is null) is { } unknown ? new("drill", FieldFault.DrillRuntimeUnknown, unknown) : null;
    }

    private DrillHeld Play(PlanCard card, PowerBoard board, ImmutableArray<HostStops> stops, Actor by)
    {
        var plan = card.Plan;
        var units = plan.Units.Select(name => board.Unit(name)!).ToArray();
        var left = Core.Power.Reserve.Lasting([.. units.Select(unit => unit.LeftSeconds)], plan.UnitsNeeded)!.Value;
        var stages = PowerDrill.Play(
            plan, stops, left, name => card.Now!.Stages.FirstOrDefault(stage => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase))?.Up ?? [], Limits);
        return new(
            time.GetUtcNow(),
            plan.Zone,
            plan.Id,
            plan.Version,
            by.Id,
            [
                .. units.Select(unit => new DrillUnit(
                    unit.Unit.Ups, Math.Round(unit.LeftSeconds!.Value, 1), unit.Unit.LastGood!.Good(UpsQuantity.ChargePercent), unit.Unit.LastGood.At, Math.Round(unit.Age!.Value.TotalSeconds, 1))),
            ],
            Math.Round(left, 1),
            Math.Round(stages.Sum(stage => stage.NeededSeconds), 1),
            plan.Margin,
            Math.Round(left - stages.Max(stage => stage.DownAfterSeconds), 1),
            stages);
    }
}
