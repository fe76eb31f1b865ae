using System.Collections.Immutable;
using RoomGuard.Core.Doors;

namespace RoomGuard.Core.Power;

/// <summary>A stage that was told to stop and has not been allowed back.</summary>
/// <param name="OutageId">The outage in which it was told.</param>
/// <param name="StepNo">From 1, as in the plan at that time.</param>
/// <param name="ToldAt">Steady instant.</param>
/// <param name="NeedSeconds">What it may take.</param>
/// <param name="Up">Hosts that were logged in then.</param>
/// <param name="Stopped">Those of them that have logged out since.</param>
/// <param name="Result">Null: under way.</param>
/// <param name="Webhook">The receiver that was told with it, and hears when it is taken back, whatever the plan says by then; null: none.</param>
public sealed record ToldStage(
    string OutageId, string Name, int StepNo, DateTimeOffset ToldAt, double NeedSeconds, ImmutableArray<string> Up, ImmutableArray<string> Stopped, StageResult? Result,
    string? Webhook = null);

/// <summary>A plan as it stands; all of it survives a restart.</summary>
/// <param name="OutageId">The outage under way; null: none.</param>
/// <param name="OutageSince">Steady instant at which the zone went to battery.</param>
/// <param name="Told">In the order in which they were told.</param>
/// <param name="Stopped">The rest of the plan was stopped, or it has finished: said once for each outage.</param>
/// <param name="MainsSince">Steady instant since which enough units hang on mains; null: they do not.</param>
/// <param name="RestartedAt">When the last stage was allowed back.</param>
/// <param name="Restarted">The stage that was allowed back last.</param>
/// <param name="ShortSince">Since when the reserve is too small; null: it is enough.</param>
/// <param name="EnoughSince">The other way round, while 容量不足 stands.</param>
/// <param name="IsShort">予備電源容量不足 stands.</param>
public sealed record PlanStanding(
    PowerPlan Plan,
    string? OutageId,
    DateTimeOffset? OutageSince,
    ImmutableArray<ToldStage> Told,
    bool Stopped,
    DateTimeOffset? MainsSince,
    DateTimeOffset? RestartedAt,
    string? Restarted,
    DateTimeOffset? ShortSince,
    DateTimeOffset? EnoughSince,
    bool IsShort)
{
    /// <summary>A plan that has just come into force.</summary>
    public static PlanStanding New(PowerPlan plan) => new(plan, null, null, [], false, null, null, null, null, null, false);
}

/// <summary>Carries one zone's shutdown plan out (R-PWR-03, R-PWR-04). Pure.</summary>
internal sealed class StopRun(PlanStanding standing, StopTimes times, WebhookBook webhooks, PowerControlSettings settings)
{
    private PlanStanding now = standing;

    /// <summary>As it stands.</summary>
    public PlanStanding Standing => now;

    /// <summary>Another version of the plan came into force: what was told stays told.</summary>
    public void Change(PowerPlan plan) => now = now with { Plan = plan };

    /// <summary>One step: looks at the reserve and at who is logged in, and goes on.</summary>
    /// <param name="outageId">The outage of the unit that failed first.</param>
    /// <param name="charge">The lowest known charge of the plan's units.</param>
    /// <param name="logins">Who is logged in at a name.</param>
    public bool Step(Reserve reserve, string? outageId, double? charge, Func<string, ImmutableArray<string>> logins, Moment at, List<Effect> effects)
    {
        var before = now;
        now = reserve.IsOutage
            ? now with
            {
                OutageId = now.OutageId ?? outageId,
                OutageSince = now.OutageSince ?? at.Steady,

                // Mains went again before all was over: the rest of the plan goes on, and may be stopped anew.
                Stopped = now.Stopped && (now.MainsSince is null || IsAllTold),
                MainsSince = null,
            }
            : now with { MainsSince = now.MainsSince ?? at.Steady };
        Follow(logins, at, effects);
        if (reserve.IsOutage)
        {
            TellNext(reserve, logins, at, effects);
        }
        else if (now.OutageId is not null)
        {
            Return(at, effects);
        }

        Finish(reserve, at, effects);
        Restart(charge, logins, at, effects);
        Judge(reserve, at, effects);
        return !Same(before, now);
    }

    /// <summary>Somebody with the right forced a stage at the NUT server.</summary>
    public bool Force(string name, Func<string, ImmutableArray<string>> logins, Moment at, double? left, List<Effect> effects)
    {
        var index = now.Plan.Stages.Select(stage => stage.Name).ToList().FindIndex(stage => string.Equals(stage, name, StringComparison.OrdinalIgnoreCase));
        if (index < 0 || IsTold(now.Plan.Stages[index].Name))
        {
            return false;
        }

        Tell(index, StageCause.Forced, left, logins, at, effects);
        return true;
    }

    private static bool Same(PlanStanding a, PlanStanding b) =>
        a.OutageId == b.OutageId && a.Stopped == b.Stopped && a.IsShort == b.IsShort && a.Restarted == b.Restarted && a.MainsSince == b.MainsSince && a.Plan == b.Plan
        && a.Told.SequenceEqual(b.Told);

    private bool IsAllTold => now.Plan.Stages.All(stage => IsTold(stage.Name));

    private bool IsTold(string name) => now.Told.Any(stage => stage.Name == name);

    private double Need(Func<PowerStage, bool> which) => now.Plan.Stages.Where(which).Sum(times.Of);

    // Who of the told has logged out, and which stages have ended by that or by the clock.
    private void Follow(Func<string, ImmutableArray<string>> logins, Moment at, List<Effect> effects)
    {
        for (var i = 0; i < now.Told.Length; i++)
        {
            var stage = now.Told[i];
            var up = logins(stage.Name);
            foreach (var host in stage.Up.Where(host => !stage.Stopped.Contains(host) && !up.Contains(host)))
            {
                var seconds = UnitWatch.Seconds(at.Steady - stage.ToldAt);
                effects.Add(new Write(new HostStopped(at.At, now.Plan.Zone, stage.OutageId, now.Plan.Id, stage.StepNo, host, seconds)));
                times.Add(host, seconds);
                stage = stage with { Stopped = stage.Stopped.Add(host) };
            }

            if (stage.Result is null)
            {
                StageResult? result = !stage.Up.IsEmpty && stage.Stopped.Length == stage.Up.Length ? StageResult.Stopped
                    : at.Steady - stage.ToldAt < TimeSpan.FromSeconds(stage.NeedSeconds) ? null
                    : stage.Up.IsEmpty ? StageResult.Unseen
                    : StageResult.TimedOut;
                if (result is { } ended)
                {
                    var stillUp = stage.Up.RemoveRange(stage.Stopped);
                    effects.Add(new Write(new StageEnded(
                        at.At, now.Plan.Zone, stage.OutageId, now.Plan.Id, stage.StepNo, stage.Name, ended, UnitWatch.Seconds(at.Steady - stage.ToldAt), stillUp)));
                    stage = stage with { Result = ended };
                }
            }

            if (stage != now.Told[i])
            {
                now = now with { Told = now.Told.SetItem(i, stage) };
            }
        }
    }

    private void TellNext(Reserve reserve, Func<string, ImmutableArray<string>> logins, Moment at, List<Effect> effects)
    {
        while (now.Plan.Stages.Select(stage => stage.Name).ToList().FindIndex(name => !IsTold(name)) is >= 0 and var next)
        {
            // A stage waits for the one before it, but not when the time left would then be too short even without the margin.
            var running = now.Told.Any(stage => stage.Result is null);
            var needed = Need(stage => !IsTold(stage.Name));
            StageCause? cause = reserve.LeftSeconds is { } left
                ? left <= needed * (running ? 1 : now.Plan.Margin) ? StageCause.Threshold : null
                : !running && at.Steady - now.OutageSince >= TimeSpan.FromSeconds(now.Plan.WithoutRuntimeSeconds) ? StageCause.RuntimeUnknown
                : null;
            cause ??= reserve.LowBattery && !running ? StageCause.LowBattery : null;
            if (cause is not { } why)
            {
                return;
            }

            Tell(next, why, reserve.LeftSeconds, logins, at, effects);
        }
    }

    private void Tell(int index, StageCause cause, double? left, Func<string, ImmutableArray<string>> logins, Moment at, List<Effect> effects)
    {
        var stage = now.Plan.Stages[index];
        var up = logins(stage.Name);
        var needed = Need(one => !IsTold(one.Name));
        var outage = now.OutageId ?? UnitWatch.OutageId(now.Plan.Id, at);
        effects.Add(new Write(new StageStarted(
            at.At, now.Plan.Zone, outage, now.Plan.Id, now.Plan.Version, index + 1, stage.Name,
            left is { } seconds ? Math.Round(seconds, 1) : null, Math.Round(needed, 1), cause, up)));

        // Servers lose their data without this word: it is given also when the journal cannot be written.
        effects.Add(new Act(new TellStop(stage.Name), Always: true));
        var told = new ToldStage(outage, stage.Name, index + 1, at.Steady, times.Of(stage), up, [], null, stage.Webhook);
        webhooks.Tell(now.Plan, told, cause, left, at, effects);
        now = now with { Told = now.Told.Add(told), Restarted = null, RestartedAt = null };
    }

    private void Return(Moment at, List<Effect> effects)
    {
        var left = now.Plan.Stages.Count(stage => !IsTold(stage.Name));
        if (!now.Told.IsEmpty && left > 0 && !now.Stopped)
        {
            effects.Add(new Write(new ShutdownStopped(at.At, now.Plan.Zone, now.OutageId!, now.Plan.Id, now.Told.Length, left)));
            now = now with { Stopped = true };
        }

        if (now.Told.All(stage => stage.Result is not null))
        {
            now = now with { OutageId = null, OutageSince = null, Stopped = IsAllTold };
        }
    }

    private void Finish(Reserve reserve, Moment at, List<Effect> effects)
    {
        if (now.OutageId is { } outage && !now.Stopped && IsAllTold && now.Told.All(stage => stage.Result is not null))
        {
            effects.Add(new Write(new ShutdownFinished(
                at.At, now.Plan.Zone, outage, now.Plan.Id, UnitWatch.Seconds(at.Steady - now.Told.Min(stage => stage.ToldAt)), reserve.LeftSeconds is { } left ? Math.Round(left, 1) : null)));
            now = now with { Stopped = true };
        }
    }

    // The last stopped comes back first: storage and network before what needs them.
    private void Restart(double? charge, Func<string, ImmutableArray<string>> logins, Moment at, List<Effect> effects)
    {
        if (now.Told.IsEmpty
            || now.Told.Any(stage => stage.Result is null)
            || now.MainsSince is not { } since
            || at.Steady - since < TimeSpan.FromSeconds(now.Plan.RestartAfterSeconds)
            || charge < now.Plan.RestartChargePercent
            || (now.RestartedAt is { } last && at.Steady - last < settings.BetweenRestarts && logins(now.Restarted!).IsEmpty))
        {
            return;
        }

        var stage = now.Told.MaxBy(one => one.StepNo)!;
        effects.Add(new Write(new RestartAllowed(at.At, now.Plan.Zone, now.Plan.Id, stage.StepNo, stage.Name, charge)));
        effects.Add(new Act(new TakeStopBack(stage.Name), Always: true));
        webhooks.TakeBack(now.Plan, stage, at, effects);
        now = now with { Told = now.Told.Remove(stage), RestartedAt = at.Steady, Restarted = stage.Name, Stopped = false };
        if (now.Told.IsEmpty)
        {
            now = now with { OutageId = null, OutageSince = null, Stopped = false, RestartedAt = null, Restarted = null };
        }
    }

    private void Judge(Reserve reserve, Moment at, List<Effect> effects)
    {
        if (!now.Told.IsEmpty || reserve.IsOutage)
        {
            // The batteries are being used for what they are there for.
            now = now with { ShortSince = null, EnoughSince = null };
            return;
        }

        var needed = Need(_ => true);
        var isShort = reserve.LeftSeconds is not { } left || left < needed * now.Plan.Margin;
        now = isShort
            ? now with { ShortSince = now.ShortSince ?? at.Steady, EnoughSince = null }
            : now with { EnoughSince = now.EnoughSince ?? at.Steady, ShortSince = null };
        if (!now.IsShort && now.ShortSince is { } since && at.Steady - since >= settings.ShortAfter)
        {
            effects.Add(new Write(new ReserveShort(
                at.At, now.Plan.Zone, now.Plan.Id, now.Plan.Version, reserve.LeftSeconds is { } seconds ? Math.Round(seconds, 1) : null, Math.Round(needed, 1), now.Plan.Margin)));
            now = now with { IsShort = true };
        }
        else if (now.IsShort && now.EnoughSince is { } enough && at.Steady - enough >= settings.ShortAfter)
        {
            effects.Add(new Write(new ReserveEnough(at.At, now.Plan.Zone, now.Plan.Id, now.Plan.Version, Math.Round(reserve.LeftSeconds!.Value, 1), Math.Round(needed, 1))));
            now = now with { IsShort = false };
        }
    }
}
