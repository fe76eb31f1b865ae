using System.Collections.Immutable;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Power;

/// <summary>The page 停止計画.</summary>
/// <param name="Shown">The plan that is looked at; null: a new one is made.</param>
/// <param name="Trial">What the form's plan would do; null: not tried yet.</param>
/// <param name="Look">What was proposed, and what the reader may do.</param>
public sealed record PlanPageModel(PowerBoard Board, PlanCard? Shown, FormState State, PlanTrial? Trial, PlanLook Look)
{
    /// <summary>訓練 of the plan that is looked at; null: none is looked at.</summary>
    public DrillLook? Drills { get; init; }
}

/// <summary>The list of outages.</summary>
public sealed record OutagesModel(ImmutableArray<OutageLine> Outages);

/// <summary>The page 計画停電.</summary>
public sealed record PlannedModel(PlannedLook Look, FormState State);

/// <summary>What a host does now, as far as the NUT server knows.</summary>
internal enum HostDoing
{
    /// <summary>Its bridge is silent.</summary>
    Unknown,

    /// <summary>Logged in.</summary>
    Up,

    /// <summary>Not logged in, and nobody told it to stop.</summary>
    Away,

    /// <summary>Told to stop and still logged in.</summary>
    Stopping,

    /// <summary>Told to stop, and logged out since.</summary>
    Stopped,

    /// <summary>Its stage's time is up and it is still logged in.</summary>
    TimedOut,
}

/// <summary>Each host of a plan with what it does.</summary>
internal static class HostDoings
{
    /// <summary>What one host does.</summary>
    public static HostDoing Of(PlanCard plan, PowerStage stage, PowerHost host)
    {
        if (!plan.Fresh || plan.Now?.Stages.FirstOrDefault(one => one.Name == stage.Name) is not { } now)
        {
            return HostDoing.Unknown;
        }

        var isUp = now.Up.Contains(host.User);
        return (now.ToldSeconds, isUp) switch
        {
            (null, true) => HostDoing.Up,
            (null, false) => HostDoing.Away,
            (_, true) => now.Result is StageResult.TimedOut ? HostDoing.TimedOut : HostDoing.Stopping,
            _ => now.Stopped.Contains(host.User) ? HostDoing.Stopped : HostDoing.Away,
        };
    }
}
