using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Power;

/// <summary>What a receiver is asked to do.</summary>
public enum WebhookAct
{
    /// <summary>The stage is told to stop.</summary>
    Stop,

    /// <summary>The word is taken back: the stage may come up again.</summary>
    TakeBack,
}

/// <summary>A message a receiver is owed until it has taken it or the stage is over. Kept over a restart.</summary>
/// <param name="Id">The same for every repetition, so that a receiver drops doubles.</param>
/// <param name="Webhook">The receiver's name in the bridge's settings.</param>
/// <param name="Step">From 1, as in the plan at that time.</param>
/// <param name="Cause">Why the stage was told; null with <see cref="WebhookAct.TakeBack"/>.</param>
/// <param name="At">When the stage was told or taken back, by the wall.</param>
/// <param name="LeftSeconds">How long the batteries lasted then; null: unknown, or on mains.</param>
/// <param name="Until">Steady instant from which on it is no use any more.</param>
/// <param name="Tries">Tries so far, as far as is known.</param>
/// <param name="Fault">Why the last try failed, in English; null: none has.</param>
public sealed record WebhookCall(
    string Id,
    string Webhook,
    WebhookAct Act,
    ZoneId Zone,
    string Plan,
    int PlanVersion,
    string OutageId,
    int Step,
    string Stage,
    StageCause? Cause,
    DateTimeOffset At,
    double? LeftSeconds,
    DateTimeOffset Until,
    int Tries = 0,
    string? Fault = null)
{
    /// <summary>The name of a message: readable, and another one each time a stage is told.</summary>
    public static string IdOf(string outage, string plan, string stage, WebhookAct act, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture, $"{outage}.{plan}.{stage}.{(act is WebhookAct.Stop ? "stop" : "take-back")}.{at.ToUnixTimeMilliseconds()}");
}

/// <summary>Post this until the receiver takes it, or a <see cref="CeaseWebhook"/> comes. A second order for a message that is under way does nothing.</summary>
public sealed record PostWebhook(WebhookCall Call) : DeviceOrder;

/// <summary>Post this no more.</summary>
public sealed record CeaseWebhook(string Webhook, string Id) : DeviceOrder;

/// <summary>A receiver took a message.</summary>
/// <param name="Status">200 to 299.</param>
/// <param name="Tries">All tries, this one too.</param>
public sealed record WebhookTaken(DateTimeOffset At, string Id, int Status, int Tries) : PowerInput(At);

/// <summary>A receiver did not take a message; it is tried again.</summary>
/// <param name="Tries">All tries, this one too.</param>
/// <param name="Fault">Why, in English.</param>
public sealed record WebhookMissed(DateTimeOffset At, string Id, int Tries, string Fault) : PowerInput(At);

/// <summary>What receivers are owed: begun when a stage is told or taken back, ended when they have taken it or it is no use any more. Pure.</summary>
/// <param name="names">The receivers the bridge has.</param>
internal sealed class WebhookBook(ImmutableArray<string> names, PowerControlSettings settings)
{
    private readonly List<WebhookCall> owed = [];

    /// <summary>The receivers the bridge has.</summary>
    public ImmutableArray<string> Names => names;

    /// <summary>What is owed, the oldest first.</summary>
    public ImmutableArray<WebhookCall> Owed => [.. owed];

    /// <summary>The stage was told to stop.</summary>
    public void Tell(PowerPlan plan, ToldStage told, StageCause cause, double? left, Moment at, List<Effect> effects)
    {
        if (told.Webhook is { } webhook)
        {
            // Hosts that are down early do not end it: the plan gives the stage this time, and a receiver that starts again gets some of it.
            var lasting = Math.Max(told.NeedSeconds, settings.ShortestWebhook.TotalSeconds);
            Owe(CallOf(plan, told, webhook, WebhookAct.Stop, cause, left, at, TimeSpan.FromSeconds(lasting)), "the stage was told to stop again before it was taken", at, effects);
        }
    }

    /// <summary>The stage may come back.</summary>
    public void TakeBack(PowerPlan plan, ToldStage told, Moment at, List<Effect> effects)
    {
        if (told.Webhook is { } webhook)
        {
            Owe(CallOf(plan, told, webhook, WebhookAct.TakeBack, null, null, at, settings.LongestTakeBack), "the stage was allowed back before it was taken", at, effects);
        }
    }

    /// <summary>The bridge has begun: whatever was not taken is posted again, to receivers it still has.</summary>
    public bool Start(Moment at, List<Effect> effects)
    {
        var gone = owed.FindAll(call => !names.Contains(call.Webhook));
        gone.ForEach(call => GiveUp(call, Missing(call.Webhook), at, effects));
        effects.AddRange(owed.Select(call => new Act(new PostWebhook(call), Always: true)));
        return gone.Count > 0;
    }

    /// <summary>Gives up what is no use any more.</summary>
    public bool Elapse(Moment at, List<Effect> effects)
    {
        var late = owed.FindAll(call => at.Steady >= call.Until);
        late.ForEach(call => GiveUp(call, $"not taken in time; the last try: {call.Fault ?? "no answer yet"}", at, effects));
        return late.Count > 0;
    }

    /// <summary>A plan that is withdrawn acts on nothing any more.</summary>
    public void Withdraw(string plan, Moment at, List<Effect> effects) =>
        owed.FindAll(call => call.Plan == plan).ForEach(call => GiveUp(call, "the plan was withdrawn before it was taken", at, effects));

    /// <summary>What the sender says.</summary>
    public bool Hear(RoomInput input, Moment at, List<Effect> effects)
    {
        switch (input)
        {
            case WebhookTaken taken when owed.Find(call => call.Id == taken.Id) is { } call:
                effects.Add(new Write(new WebhookAccepted(at.At, call.Zone, call.OutageId, call.Plan, call.Step, call.Stage, call.Webhook, call.Act, taken.Status, taken.Tries)));
                return owed.Remove(call);
            case WebhookMissed missed when owed.FindIndex(call => call.Id == missed.Id) is >= 0 and var found:
                owed[found] = owed[found] with { Tries = Math.Max(owed[found].Tries, missed.Tries), Fault = missed.Fault };
                return true;
            default:
                return false;
        }
    }

    /// <summary>Goes on with what a restart found.</summary>
    public void Restore(ImmutableArray<WebhookCall> calls)
    {
        owed.Clear();
        owed.AddRange(calls);
    }

    private static string Missing(string webhook) => $"the bridge has no webhook \"{webhook}\"; add it under power.webhooks of its settings";

    private static WebhookCall CallOf(PowerPlan plan, ToldStage told, string webhook, WebhookAct act, StageCause? cause, double? left, Moment at, TimeSpan lasting) => new(
        WebhookCall.IdOf(told.OutageId, plan.Id, told.Name, act, at.At), webhook, act, plan.Zone, plan.Id, plan.Version, told.OutageId, told.StepNo, told.Name, cause, at.At,
        left is { } seconds ? Math.Round(seconds, 1) : null, at.Steady + lasting);

    // One word at a time for each stage: a receiver that hears "stop" after "come back" would stop what has just come up.
    private void Owe(WebhookCall call, string superseded, Moment at, List<Effect> effects)
    {
        owed.FindAll(one => one.Plan == call.Plan && one.Stage == call.Stage).ForEach(one => GiveUp(one, superseded, at, effects));
        if (!names.Contains(call.Webhook))
        {
            effects.Add(new Write(GivenUp(call, Missing(call.Webhook), at)));
            return;
        }

        owed.Add(call);
        effects.Add(new Act(new PostWebhook(call), Always: true));
    }

    private void GiveUp(WebhookCall call, string why, Moment at, List<Effect> effects)
    {
        _ = owed.Remove(call);
        effects.Add(new Write(GivenUp(call, why, at)));
        effects.Add(new Act(new CeaseWebhook(call.Webhook, call.Id), Always: true));
    }

    private static WebhookGivenUp GivenUp(WebhookCall call, string why, Moment at) =>
        new(at.At, call.Zone, call.OutageId, call.Plan, call.Step, call.Stage, call.Webhook, call.Act, call.Tries, why);
}
