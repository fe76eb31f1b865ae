using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;
using Act = RoomGuard.Core.Operators.Act;

namespace RoomGuard.Service.Climate;

/// <summary>Who senses what: sensors enrolled and taken out, and the plans of zones (R-NET-01, R-ENV-01). Ordered here, in force at the bridges by the express lane.</summary>
public sealed class SensingDesk(ServiceRecord record, ClimateNews news, ISiteSettings site, AuthorityGuard guard, ActTurn turn, TimeProvider time) : ISensingDesk
{
    private const int MostShown = 50;
    private const double MostOffset = 50;

    /// <inheritdoc/>
    public Task<SensingLook> Look(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => new SensingLook(
            SensingBook.Enrolments(db, MostShown),
            SensingBook.Plans(db, MostShown),
            by.IsConsole || !Authority.RightsOf(by, PageAct.EnrolSensors).IsEmpty,
            ClimateDesk.MayAsk(by),
            by.IsConsole || !Authority.RightsOf(by, Act.SetLimits, Part.Allows).IsEmpty),
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Enrol(EnrolForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync(
            [
                .. FieldRules.Id("id", form.Id), .. FieldRules.Text("label", form.Label), .. FieldRules.Text("labelEn", form.LabelEn), .. FieldRules.Text("rack", form.Rack, required: false),
                .. FieldRules.Text("reference", form.Reference, required: false), .. Problems(form),
            ],
            async () =>
            {
                var board = news.Board();
                if (board.Strangers.FirstOrDefault(one => one.Panel == form.Panel && one.Stranger.Source == form.Source && one.Stranger.Sender == form.Sender).Stranger is not { Fits: { } fits } stranger
                    || fits.FirstOrDefault(one => one.Model == form.Model) is not { } fit)
                {
                    return ActResult.Refused("model", FieldFault.Unknown, form.Model);
                }

                if (board.Zones.All(card => card.Zone.Zone != form.Zone || card.Panel != form.Panel))
                {
                    return ActResult.Refused("zone", FieldFault.Unknown, form.Zone.Value);
                }

                if (await guard.Objection(by, PageAct.EnrolSensors, new() { Zones = [form.Zone] }, "R-NET-01", form.Id, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (board.Sensor(form.Id) is not null || record.Readers.AskNow(db => SensingBook.Enrolment(db, form.Panel.Value, form.Id)) is { Order.Ended: false, State: SensingState.Ordered })
                {
                    return ActResult.Refused("id", FieldFault.AlreadyExists, form.Id);
                }

                if (form.Measures.FirstOrDefault(one => !fit.Measures.Contains(one)) is var odd && form.Measures.Any(one => !fit.Measures.Contains(one)))
                {
                    return ActResult.Refused("measures", FieldFault.NotAChoice, odd.ToString());
                }

                var now = time.GetUtcNow();
                var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, site.Now.TimeZone).DateTime);
                var place = new SensorPlace(
                    form.Id, form.Zone, form.Spot, FieldRules.Clean(form.Label), FieldRules.Clean(form.LabelEn), form.Measures, null, Kept(form.Rack), fit.Through,
                    [.. form.Offsets.Where(one => one.Offset != 0).Select(one => new Calibration(one.Quantity, 1, one.Offset, Kept(form.Reference), today, by.Id))], On: form.On);
                var order = new SensorEnrolOrder(form.Panel, place, new(stranger.Source, stranger.Sender, fit.Model, fit.Settings), Ended: false, null, by.Id);
                _ = await record.AppendAsync(new RoomOrdered(now, order, by.Id), stop);
                return ActResult.Done(form.Id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> TakeOut(string sensor, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            var board = news.Board();
            if (board.Sensor(sensor) is not { } card)
            {
                return ActResult.Refused("sensor", FieldFault.Unknown, sensor);
            }

            if (await guard.Objection(by, PageAct.EnrolSensors, new() { Zones = [card.Sensor.Zone] }, "R-NET-01", sensor, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (card.Sensor.EnrolledBy is null || record.Readers.AskNow(db => SensingBook.Enrolment(db, card.Panel.Value, sensor)) is not { } last)
            {
                return ActResult.Refused("reason", FieldFault.KeptInSettings);
            }

            if (last is { Order.Ended: true, State: SensingState.Ordered })
            {
                return ActResult.Refused("reason", FieldFault.NothingToChange);
            }

            if (board.Conditions.FirstOrDefault(one => one.Condition.Object == sensor && one.WaitsForPerson) is { } standing)
            {
                return ActResult.Refused("reason", FieldFault.ConfirmFirst, standing.Condition.Condition);
            }

            if (PlanOf(board, card.Sensor.Zone, sensor).Unexplained(card.Sensor.Zone) is { } factor)
            {
                return ActResult.Refused("reason", FieldFault.FactorUnsensed, factor.ToString());
            }

            var order = last.Order with { Ended = true, Reason = FieldRules.Clean(reason), By = by.Id };
            _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), order, by.Id), stop);
            return ActResult.Done(sensor);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Ask(PlanForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync(
            [
                .. FieldRules.Text("reason", form.Reason, FieldRules.LongestReason),
                .. form.Factors.SelectMany(one => FieldRules.Text($"why-{one.Factor}", one.NotSensedReason, FieldRules.LongestReason, required: false)),
            ],
            async () =>
            {
                var board = news.Board();
                if (board.Zone(form.Zone.Value) is not { Zone.Sensing: { } sensing })
                {
                    return ActResult.Refused("zone", FieldFault.Unknown, form.Zone.Value);
                }

                if (!ClimateDesk.MayAsk(by) && await guard.Objection(by, Act.SetLimits, Part.Does, new() { Zones = [form.Zone] }, "R-ENV-01", form.Zone.Value, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var plan = PlanOf(board, form.Zone, null);
                var wanted = Enum.GetValues<SensingFactor>().Select(factor => Choice(form, plan, factor)).ToImmutableArray();
                if (wanted.FirstOrDefault(one => one.NotSensedReason is "") is { } missing)
                {
                    return ActResult.Refused($"why-{missing.Factor}", FieldFault.Required);
                }

                if (wanted.All(one => IsSo(plan, sensing, one)))
                {
                    return ActResult.Refused("reason", FieldFault.NothingToChange);
                }

                var id = string.Create(CultureInfo.InvariantCulture, $"SP-{record.Readers.AskNow(SensingBook.Count) + 1:0000}");
                _ = await record.AppendAsync(new SensingPlanAsked(time.GetUtcNow(), id, form.Zone, wanted, FieldRules.Clean(form.Reason), by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Allow(string change, Actor by, CancellationToken stop) => turn.ActAsync(
        [],
        async () =>
        {
            if (record.Readers.AskNow(db => SensingBook.Proposal(db, change)) is not var (line, askedBy))
            {
                return ActResult.Refused("id", FieldFault.Unknown, change);
            }

            if (await guard.Objection(by, Act.SetLimits, Part.Allows, new() { Zones = [line.Zone] }, "R-ENV-01", change, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (line.State is not LimitsState.Asked)
            {
                return ActResult.Refused("id", FieldFault.NothingToChange);
            }

            if (askedBy == by.Id)
            {
                return ActResult.Refused("id", FieldFault.SamePerson, by.Name);
            }

            // A sensor may have been taken out since it was proposed.
            var order = new SensingPlanOrder(change, line.Zone, line.Factors, line.Reason, askedBy, by.Id);
            if (PlanOf(news.Board(), line.Zone, null).With([order]).Unexplained(line.Zone) is { } factor)
            {
                return ActResult.Refused("id", FieldFault.FactorUnsensed, factor.ToString());
            }

            _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), order, by.Id), stop);
            return ActResult.Done(change);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Decline(string change, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            if (record.Readers.AskNow(db => SensingBook.Proposal(db, change)) is not var (line, askedBy))
            {
                return ActResult.Refused("id", FieldFault.Unknown, change);
            }

            // Whoever proposed may take it back, whoever approves may say no.
            if (askedBy != by.Id && await guard.Objection(by, Act.SetLimits, Part.Allows, new() { Zones = [line.Zone] }, "R-ENV-01", change, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (line.State is not LimitsState.Asked)
            {
                return ActResult.Refused("id", FieldFault.NothingToChange);
            }

            _ = await record.AppendAsync(new SensingPlanDeclined(time.GetUtcNow(), change, line.Zone, FieldRules.Clean(reason), by.Id), stop);
            return ActResult.Done(change);
        },
        stop);

    private static string? Kept(string? text) => FieldRules.Clean(text) is { Length: > 0 } clean ? clean : null;

    // The plan of a zone as its bridge last told it, without one sensor.
    private static ClimatePlan PlanOf(ClimateBoard board, ZoneId zone, string? without) => new(
        [.. board.Zones.Where(card => card.Zone.Zone == zone).Select(card => card.Zone.Sensing).OfType<ZoneSensing>()],
        [.. board.SensorsOf(zone).Where(card => card.Sensor.Sensor != without).Select(card => card.Sensor.Place())]);

    // A reason is kept only where nothing counts; an empty one is missing.
    private static FactorChoice Choice(PlanForm form, ClimatePlan plan, SensingFactor factor)
    {
        var able = plan.AbleTo(form.Zone, factor);
        var said = form.Factors.FirstOrDefault(one => one.Factor == factor);
        ImmutableArray<string> left = [.. able.Where(sensor => said?.LeftOut.Contains(sensor) ?? false)];
        return new(factor, left, left.Length < able.Length ? null : FieldRules.Clean(said?.NotSensedReason));
    }

    private static bool IsSo(ClimatePlan plan, ZoneSensing sensing, FactorChoice wanted)
    {
        var now = plan.FactorsOf(sensing).Single(one => one.Factor == wanted.Factor);
        return now.NotSensedReason == wanted.NotSensedReason && plan.AbleTo(sensing.Zone, wanted.Factor).Except(wanted.LeftOut).SequenceEqual(now.Sensors);
    }

    private IEnumerable<FieldProblem> Problems(EnrolForm form)
    {
        if (form.Measures.IsEmpty)
        {
            yield return new("measures", FieldFault.Required);
        }

        if (form.On is { } on && (site.Now.Floors ?? []).FirstOrDefault(plan => plan.Id == on.Plan) is var plan)
        {
            if (plan is null)
            {
                yield return new("plan", FieldFault.Unknown, on.Plan);
            }
            else if (on.X < 0 || on.X > plan.Width || on.Y < 0 || on.Y > plan.Height)
            {
                yield return new("x", FieldFault.OutOfRange, $"0–{plan.Width} · 0–{plan.Height}");
            }
        }

        foreach (var (quantity, offset) in form.Offsets)
        {
            if (!double.IsFinite(offset) || Math.Abs(offset) > MostOffset || (offset != 0 && (ClimateRules.IsOnOff(quantity) || !form.Measures.Contains(quantity))))
            {
                yield return new($"offset-{quantity}", FieldFault.OutOfRange, $"±{MostOffset}");
            }
        }
    }
}
