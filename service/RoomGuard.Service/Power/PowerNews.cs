using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Panels;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Power;

/// <summary>The power as the bridges last told it, held against what was ordered and what the record says.</summary>
public sealed class PowerNews(ServiceRecord record, PanelStates states, ServiceSettings settings, TimeProvider time) : IPowerBoard
{
    private const int LatestShown = 5;
    private const int LongestStory = 2000;

    /// <inheritdoc/>
    public Task<PowerBoard> Now(CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var now = time.GetUtcNow();
            var units = Units(db);
            var plans = PowerBook.Plans(db);
            return new PowerBoard(
                now,
                units,
                [.. plans.Select(plan => Card(db, plan))],
                BackedFinding.Of(plans.Select(plan => plan.Plan), units),
                PowerBook.Outages(db, LatestShown, now),
                [.. PowerBook.Planned(db, now).Select(item => item.Line).Where(line => !line.IsOver && (line.State is PlannedState.Asked or PlannedState.Agreed))])
            {
                Webhooks = [.. settings.PanelIds.SelectMany(panel => states.Of(panel)?.State?.Power?.Webhooks ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            };
        },
        gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<OutageLine>> Outages(int most, CancellationToken gone) => record.Readers.Ask(db => PowerBook.Outages(db, most, time.GetUtcNow()), gone);

    /// <inheritdoc/>
    public Task<OutageStory?> Outage(string id, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var now = time.GetUtcNow();
            return PowerBook.Outage(db, id, now) is not { } outage ? null : new OutageStory(
                outage,
                [
                    .. from n in PowerBook.Story(db, id, LongestStory)
                       let item = RecordViews.ItemOf(record.Read(n, 1)[0])
                       where item.Event is not null
                       select new StoryLine(n, item.Event!),
                ],
                PowerBook.AtSameTime(db, outage, now));
        },
        gone);

    /// <summary>The units of all bridges that tell of any.</summary>
    internal ImmutableArray<UnitCard> Units(Statements db) =>
    [
        .. from panel in settings.PanelIds
           let heard = states.Of(panel)
           where heard?.State?.Power is not null
           let power = heard.State!.Power!
           let silent = time.GetElapsedTime(heard.Timestamp)
           from unit in power.Units
           select new UnitCard(unit, panel, unit.LastGood is { } last ? silent + Positive(power.At - last.At) : null, silent < PowerBoard.StaleAfter, PowerBook.LastTest(db, unit.Ups),
               PowerBook.WaitingCommand(db, unit.Ups, time.GetUtcNow())),
    ];

    /// <summary>The receivers that the bridges of these units have; null: no bridge tells of any of the units.</summary>
    internal ImmutableArray<string>? WebhooksFor(ImmutableArray<string> units)
    {
        var bridges = settings.PanelIds.Select(panel => states.Of(panel)?.State?.Power).OfType<PowerNow>().Where(power => power.Units.Any(unit => units.Contains(unit.Ups))).ToArray();
        return bridges.Length == 0 ? null : Common(bridges);
    }

    // A plan whose units hang on several bridges is carried out by each of them: each must have the receiver.
    private static ImmutableArray<string> Common(PowerNow[] bridges) =>
        [.. bridges.Select(power => (power.Webhooks ?? []).AsEnumerable()).Aggregate((all, one) => all.Intersect(one, StringComparer.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>A plan as this bridge last told it; null: it has not.</summary>
    internal PlanNow? NowOf(PanelId panel, string plan) => states.Of(panel)?.State?.Power?.Plans.FirstOrDefault(one => one.Plan == plan);

    private PlanCard Card(Statements db, OrderedPlan plan)
    {
        var told = settings.PanelIds.Select(panel => (Panel: panel, Heard: states.Of(panel)))
            .Where(item => item.Heard?.State?.Power?.Plans.Any(one => one.Plan == plan.Plan.Id) ?? false)
            .OrderByDescending(item => item.Heard!.Timestamp)
            .ToArray();
        PlanNow? now = told.Length == 0 ? null : told[0].Heard!.State!.Power!.Plans.First(one => one.Plan == plan.Plan.Id);
        TimeSpan? age = told.Length == 0 ? null : time.GetElapsedTime(told[0].Heard!.Timestamp);
        return new(
            plan.Plan,
            now,
            age < PowerBoard.StaleAfter,
            age,
            RecordViews.ItemOf(record.Read(plan.N, 1)[0]).OccurredAt,
            PowerBook.NameOf(db, plan.OrderedBy),
            now?.Version == plan.Plan.Version,
            PowerBook.LastStopOf(db, plan.Plan.Id))
        {
            MissingWebhooks = told.Length == 0 ? [] : Missing(plan.Plan, told[0].Heard!.State!.Power!.Webhooks ?? []),
        };
    }

    private static ImmutableArray<string> Missing(PowerPlan plan, ImmutableArray<string> known) => [.. plan.Webhooks.Where(webhook => !known.Contains(webhook))];

    // The bridge's own clock may have been turned between the two.
    private static TimeSpan Positive(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
