using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Power;

/// <summary>A unit as a drill began with it.</summary>
/// <param name="LeftSeconds">How long its battery would have lasted.</param>
/// <param name="ReadAt">When it was read, by its bridge's clock.</param>
/// <param name="AgeSeconds">How old that reading was when the drill was held.</param>
public sealed record DrillUnit(string Ups, double LeftSeconds, double? ChargePercent, DateTimeOffset ReadAt, double AgeSeconds);

/// <summary>A stage as it would have been told.</summary>
/// <param name="StepNo">From 1.</param>
/// <param name="ToldAfterSeconds">From the failure of mains to the word.</param>
/// <param name="LeftSeconds">What the batteries would have held then.</param>
/// <param name="NeededSeconds">What the stage takes.</param>
/// <param name="Measured">True: measured at its hosts; false: as configured.</param>
/// <param name="DownAfterSeconds">From the failure of mains until its hosts are down.</param>
/// <param name="LoggedIn">Hosts that were logged in when the drill was held, and would have heard the word.</param>
/// <param name="Away">Hosts of the plan that were not.</param>
public sealed record DrillStage(
    int StepNo,
    string Target,
    string Label,
    string LabelEn,
    StageCause Cause,
    double ToldAfterSeconds,
    double LeftSeconds,
    double NeededSeconds,
    bool Measured,
    double DownAfterSeconds,
    ImmutableArray<string> LoggedIn,
    ImmutableArray<string> Away);

/// <summary>訓練: an outage of a plan's zone was played to its end from the readings of that moment. Nobody was told anything.</summary>
/// <param name="By">Who held it.</param>
/// <param name="LeftSeconds">How long the zone would have lasted.</param>
/// <param name="NeededSeconds">All stages, one after another, without the margin.</param>
/// <param name="SpareSeconds">What would have been left when the last host was down; negative: short by so much.</param>
public sealed record DrillHeld(
    DateTimeOffset OccurredAt,
    ZoneId Zone,
    string Plan,
    int PlanVersion,
    string By,
    ImmutableArray<DrillUnit> Units,
    double LeftSeconds,
    double NeededSeconds,
    double Margin,
    double SpareSeconds,
    ImmutableArray<DrillStage> Stages) : RecordedEvent(OccurredAt)
{
    /// <summary>Whether the last host would have been down before the batteries were empty.</summary>
    [JsonIgnore]
    public bool InTime => SpareSeconds >= 0;
}

/// <summary>
/// Plays an outage in time of its own, by the rules that carry a plan out in a real one. What those rules would have the servers told goes nowhere: only
/// the story comes out. Pure.
/// </summary>
public static class PowerDrill
{
    /// <summary>The stages in the order in which they would be told.</summary>
    /// <param name="stops">How long hosts took to stop.</param>
    /// <param name="left">How long the zone lasts without mains, s.</param>
    /// <param name="logins">Who is logged in at a name.</param>
    public static ImmutableArray<DrillStage> Play(PowerPlan plan, ImmutableArray<HostStops> stops, double left, Func<string, ImmutableArray<string>> logins, PowerControlSettings settings)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(logins);
        ArgumentNullException.ThrowIfNull(settings);

        // Its own copy: what the drill takes a host to need teaches nobody.
        var times = new StopTimes(settings);
        times.Restore(stops);
        var run = new StopRun(PlanStanding.New(plan), times, new WebhookBook([], settings), settings);
        var up = plan.Stages.ToDictionary(stage => stage.Name, stage => logins(stage.Name), StringComparer.OrdinalIgnoreCase);
        var leaving = new List<(double At, string Stage, string Host)>();
        var told = ImmutableArray.CreateBuilder<DrillStage>();
        for (var at = 0.0; ; at = Next(at, left, plan, run.Standing, times, leaving))
        {
            foreach (var (_, stage, host) in leaving.Where(one => one.At <= at))
            {
                up[stage] = up[stage].Remove(host);
            }

            _ = leaving.RemoveAll(one => one.At <= at);
            var effects = new List<Effect>();
            var moment = DateTimeOffset.UnixEpoch.AddSeconds(at);
            _ = run.Step(new(IsOutage: true, Math.Max(0, left - at), LowBattery: false), plan.Id, null, name => up[name], new(moment, moment), effects);
            foreach (var item in effects.OfType<Write>().Select(effect => effect.Event).OfType<StageStarted>())
            {
                var stage = plan.Stages[item.StepNo - 1];
                var need = times.Of(stage);
                told.Add(new(
                    item.StepNo, stage.Name, stage.Label, stage.LabelEn, item.Cause, at, Math.Round(Math.Max(0, left - at), 1), Math.Round(need, 1), stage.Hosts.All(times.IsMeasured),
                    Math.Round(at + need, 1), item.LoggedIn, [.. stage.Hosts.Select(host => host.User).Except(item.LoggedIn)]));

                // A host logs out before its disks are at rest.
                leaving.AddRange(item.LoggedIn.Select(user => (
                    at + Math.Max(1, (stage.Hosts.FirstOrDefault(host => host.User == user) is { } known ? times.Of(known) : need) - settings.AfterLogOut.TotalSeconds), stage.Name, user)));
            }

            if (effects.OfType<Write>().Any(effect => effect.Event is ShutdownFinished))
            {
                return told.ToImmutable();
            }
        }
    }

    // The next whole second at which something can be decided: a host is gone, a stage's time is up, or the time left has fallen to a threshold.
    private static double Next(double at, double left, PowerPlan plan, PlanStanding now, StopTimes times, List<(double At, string Stage, string Host)> leaving)
    {
        var rest = plan.Stages.Where(stage => !now.Told.Any(one => one.Name == stage.Name)).Sum(times.Of);
        var then = leaving.Select(one => one.At)
            .Concat(now.Told.Where(stage => stage.Result is null).Select(stage => (stage.ToldAt - DateTimeOffset.UnixEpoch).TotalSeconds + stage.NeedSeconds))
            .Concat(rest > 0 ? [left - (rest * plan.Margin), left - rest, left] : [])
            .Where(one => one > at)
            .DefaultIfEmpty(at);
        return Math.Max(at + 1, Math.Ceiling(then.Min()));
    }
}
