using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Readings;
using RoomGuard.Service.Record;
using Act = RoomGuard.Core.Operators.Act;

namespace RoomGuard.Service.Climate;

/// <summary>What people do about the climate (R-ENV-02 … 04, R-CFG-02): ordered here, in force at the bridges by the express lane.</summary>
public sealed class ClimateDesk(ServiceRecord record, ClimateNews news, TrendBook trends, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IClimateDesk
{
    /// <summary>How long a sensor for smoke, leak or fire may be in service†.</summary>
    public static readonly TimeSpan ShortService = TimeSpan.FromHours(4);

    /// <summary>How long any other may†.</summary>
    public static readonly TimeSpan LongService = TimeSpan.FromHours(24);

    private const int MostShown = 50;
    private const int MostTried = 12;

    // A month of one reading a minute; a sensor that speaks more often is tried by the minute.
    private const int MostReadings = 60_000;
    private static readonly TimeSpan Rehearsed = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public Task<ActResult> Confirm(string condition, ImmutableArray<string> racks, string note, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("note", note, FieldRules.LongestReason)],
        async () =>
        {
            if (news.Board().Condition(condition) is not { WaitsForPerson: true, Condition: var now })
            {
                return ActResult.Refused("condition", FieldFault.NothingWaits);
            }

            if (await guard.Objection(by, Act.AcknowledgeClimateAlarm, Part.Does, SubjectOf(now.Zone), "R-ENV-03", condition, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (racks.FirstOrDefault(rack => !now.Open.Contains(rack)) is { } unknown)
            {
                return ActResult.Refused("racks", FieldFault.Unknown, unknown);
            }

            if (racks.IsEmpty && !now.Open.IsEmpty)
            {
                return ActResult.Refused("racks", FieldFault.Required);
            }

            var order = new ClimateConfirmOrder(condition, now.Zone, now.RaisedAt, racks, FieldRules.Clean(note), by.Id, time.GetUtcNow());
            _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), order, by.Id), stop);
            return ActResult.Done(condition);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Serve(string sensor, DateTimeOffset until, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            if (news.Board().Sensor(sensor) is not { } card)
            {
                return ActResult.Refused("sensor", FieldFault.Unknown, sensor);
            }

            var longest = card.Sensor.Place().IsForSafety ? ShortService : LongService;
            if (until <= time.GetUtcNow())
            {
                return ActResult.Refused("until", FieldFault.AlreadyOver);
            }

            if (until - time.GetUtcNow() > longest)
            {
                return ActResult.Refused("until", FieldFault.OutOfRange, $"{longest.TotalHours:0} h");
            }

            return await ServeAsync(new(sensor, card.Sensor.Zone, until, Ended: false, FieldRules.Clean(reason), by.Id), by, stop);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> EndService(string sensor, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () => news.Board().Sensor(sensor) is { Sensor: { ServiceUntil: { } until } now }
            ? await ServeAsync(new(sensor, now.Zone, until, Ended: true, FieldRules.Clean(reason), by.Id), by, stop)
            : ActResult.Refused("sensor", FieldFault.NothingToChange),
        stop);

    /// <inheritdoc/>
    public async Task<LimitsTrial> Try(LimitsForm form, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(form);
        var now = time.GetUtcNow();
        var cards = CardsOf(form).ToImmutableArray();
        ImmutableArray<Words> problems = form.Limits is null ? [] : [.. Problems(form.Limits)];
        var tried = ImmutableArray.CreateBuilder<SensorTrial>();
        foreach (var card in LimitsRehearsal.IsPossible(form.Measure) ? cards.Take(MostTried) : [])
        {
            var measured = await trends.Measured(card.Sensor.Sensor, LimitsRehearsal.QuantitiesOf(form.Measure), now - Rehearsed, MostReadings, gone);
            var place = card.Sensor.Place();
            var today = card.Limits.FirstOrDefault(limits => limits.Measure == form.Measure);
            tried.Add(new(
                card.Sensor.Sensor, card.Sensor.Label, card.Sensor.LabelEn, today is null ? null : LimitsRehearsal.Of(place, today, measured),
                form.Limits is null || !problems.IsEmpty ? null : LimitsRehearsal.Of(place, form.Limits, measured)));
        }

        return new(now - Rehearsed, now, problems, tried.ToImmutable(), Math.Max(0, cards.Length - tried.Count));
    }

    /// <inheritdoc/>
    public Task<LimitsLook> Limits(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => new LimitsLook(
            [.. ClimateBook.Limits(db, MostShown).Select(item => item.Line)],
            MayAsk(by),
            by.IsConsole || !Authority.RightsOf(by, Act.SetLimits, Part.Allows).IsEmpty),
        gone);

    /// <inheritdoc/>
    public async Task<ActResult> Ask(LimitsForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        if (form.Limits is { } wanted && Problems(wanted).Any())
        {
            return ActResult.Refused("warningHigh", FieldFault.LimitsImpossible);
        }

        // Before the turn: it is worked out of a month of readings, and nobody else shall wait for it.
        var trial = await Try(form, stop);
        return await turn.ActAsync(
            [.. FieldRules.Text("reason", form.Reason, FieldRules.LongestReason)],
            async () =>
            {
                if (news.Board().Zone(form.Zone.Value) is null || (form.Sensor is not null && CardsOf(form).FirstOrDefault() is null))
                {
                    return ActResult.Refused("place", FieldFault.Unknown, form.Sensor ?? form.Zone.Value);
                }

                if (!MayAsk(by) && await guard.Objection(by, Act.SetLimits, Part.Does, SubjectOf(form.Zone), "R-ENV-02", form.Zone.Value, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var inForce = CardsOf(form).Select(card => card.Limits.FirstOrDefault(limits => limits.Measure == form.Measure)).FirstOrDefault(limits => limits is not null);
                if (form.Limits is not null && form.Limits == inForce)
                {
                    return ActResult.Refused("warningHigh", FieldFault.NothingToChange);
                }

                var count = record.Readers.AskNow(ClimateBook.Count);
                var id = string.Create(CultureInfo.InvariantCulture, $"CL-{count + 1:0000}");
                _ = await record.AppendAsync(
                    new ClimateLimitsAsked(time.GetUtcNow(), id, form.Zone, form.Sensor, form.Measure, inForce, form.Limits, trial.Then, FieldRules.Clean(form.Reason), by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Allow(string change, Actor by, CancellationToken stop) => turn.ActAsync(
        [],
        async () =>
        {
            if (record.Readers.AskNow(db => ClimateBook.Limit(db, change)) is not var (line, askedBy))
            {
                return ActResult.Refused("id", FieldFault.Unknown, change);
            }

            if (await guard.Objection(by, Act.SetLimits, Part.Allows, SubjectOf(line.Zone), "R-ENV-02", change, stop) is { } refusal)
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

            var order = new ClimateLimitsOrder(change, line.Zone, line.Sensor, line.Measure, line.Limits, line.Reason, askedBy, by.Id);
            _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), order, by.Id), stop);
            return ActResult.Done(change);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Decline(string change, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            if (record.Readers.AskNow(db => ClimateBook.Limit(db, change)) is not var (line, askedBy))
            {
                return ActResult.Refused("id", FieldFault.Unknown, change);
            }

            // Whoever proposed may take it back, whoever approves may say no.
            if (askedBy != by.Id && await guard.Objection(by, Act.SetLimits, Part.Allows, SubjectOf(line.Zone), "R-ENV-02", change, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (line.State is not LimitsState.Asked)
            {
                return ActResult.Refused("id", FieldFault.NothingToChange);
            }

            _ = await record.AppendAsync(new ClimateLimitsDeclined(time.GetUtcNow(), change, line.Zone, FieldRules.Clean(reason), by.Id), stop);
            return ActResult.Done(change);
        },
        stop);

    private static ActSubject SubjectOf(ZoneId? zone) => zone is { } known ? new() { Zones = [known] } : ActSubject.None;

    private static IEnumerable<Words> Problems(LimitSet limits) => limits.Problems(limits.Measure.ToString()).Select(problem => new Words("この限界値は成り立ちません。" + problem, problem));

    /// <summary>Whether somebody takes any part in what is judged: then they may propose.</summary>
    internal static bool MayAsk(Actor by) => by.IsConsole || new[] { Part.Does, Part.Asks, Part.Allows }.Any(part => !Authority.RightsOf(by, Act.SetLimits, part).IsEmpty);

    private async Task<ActResult> ServeAsync(SensorServiceOrder order, Actor by, CancellationToken stop)
    {
        if (await guard.Objection(by, PageAct.BeginMaintenance, ActSubject.None, "R-ENV-05", order.Sensor, stop) is { } refusal)
        {
            return ActResult.NotAllowed(refusal);
        }

        _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), order, by.Id), stop);
        return ActResult.Done(order.Sensor);
    }

    // The sensors a proposal would change: one, or all of the zone that measure it and have no limits of their own.
    private IEnumerable<SensorCard> CardsOf(LimitsForm form) => news.Board().SensorsOf(form.Zone).Where(card =>
        (form.Sensor is null ? (card.Sensor.Limits ?? []).All(own => own.Measure != form.Measure) && card.Sensor.Spot is not SensorSpot.Outside : card.Sensor.Sensor == form.Sensor)
        && (form.Measure is Measure.Battery or Measure.CondensationMargin || LimitsRehearsal.QuantitiesOf(form.Measure).All(card.Sensor.Place().Measures.Contains)));
}
