using System.Collections.Immutable;

namespace RoomGuard.Core.Power;

/// <summary>A stage on the bar 「いま停電したら」.</summary>
/// <param name="StartsAt">Seconds from now at which it is told.</param>
/// <param name="EndsAt">Seconds from now at which its hosts are down.</param>
/// <param name="NeededSeconds">What it takes.</param>
/// <param name="Measured">True: measured at its hosts; false: as configured.</param>
/// <param name="InTime">Whether it ends before the batteries are empty.</param>
public sealed record ForecastStage(string Name, string Label, string LabelEn, double StartsAt, double EndsAt, double NeededSeconds, bool Measured, bool InTime);

/// <summary>What happens if mains fail now and stay away.</summary>
/// <param name="LeftSeconds">How long the batteries last; null: unknown, and the stages begin after the plan's waiting time.</param>
/// <param name="NeededSeconds">All stages, one after another.</param>
/// <param name="BeginsAt">Seconds from now at which the first stage is told.</param>
/// <param name="ThresholdSeconds">Time left at which it is told: needed times margin.</param>
/// <param name="SpareSeconds">What is left when the last stage is down, if all were told at once; negative: too little. Null: unknown.</param>
/// <param name="Enough">R-PWR-03. Null: unknown, which is not enough.</param>
public sealed record PowerForecast(
    double? LeftSeconds, double NeededSeconds, double ThresholdSeconds, double BeginsAt, double? SpareSeconds, bool? Enough, ImmutableArray<ForecastStage> Stages)
{
    /// <summary>The forecast of a plan. No load is taken off the batteries by stages that stop: it is the worse case.</summary>
    /// <param name="left">How long the batteries last without mains, s; null: unknown.</param>
    public static PowerForecast Of(PowerPlan plan, StopTimes times, double? left)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(times);
        var needs = plan.Stages.Select(times.Of).ToArray();
        var needed = needs.Sum();
        var threshold = needed * plan.Margin;
        var at = left is { } known ? Math.Max(0, known - threshold) : plan.WithoutRuntimeSeconds;
        var begins = at;
        var rest = needed;
        var stages = ImmutableArray.CreateBuilder<ForecastStage>(plan.Stages.Length);
        foreach (var (stage, need) in plan.Stages.Zip(needs))
        {
            // A later stage waits until it must begin, not only until the one before it is done.
            var starts = left is { } all ? Math.Max(at, all - (rest * plan.Margin)) : at;
            stages.Add(new(stage.Name, stage.Label, stage.LabelEn, starts, starts + need, need, stage.Hosts.All(times.IsMeasured), left is { } end && starts + need <= end));
            at = starts + need;
            rest -= need;
        }

        return new(left, needed, threshold, begins, left - needed, left is { } enough ? enough >= threshold : null, stages.MoveToImmutable());
    }
}
