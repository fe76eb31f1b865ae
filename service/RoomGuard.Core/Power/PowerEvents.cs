using System.Collections.Immutable;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Power;

/// <summary>停電: a unit went to battery (R-PWR-02).</summary>
/// <param name="OutageId">Names the outage in all that follows from it, e.g. <c>ups-1-20260802T031100Z</c>.</param>
/// <param name="LeftSeconds">How long its battery lasts, as it says; null: unknown.</param>
/// <param name="Planned">In the time of a planned outage (R-PWR-09).</param>
public sealed record OutageBegan(DateTimeOffset OccurredAt, string OutageId, string Ups, double? LeftSeconds, double? ChargePercent, bool Planned) : RecordedEvent(OccurredAt);

/// <summary>復電: the unit is on mains again (R-PWR-02).</summary>
/// <param name="Seconds">How long it was on battery, on a clock nobody turns back.</param>
/// <param name="MinChargePercent">The lowest charge seen; null: never seen.</param>
/// <param name="Changes">How often mains came and went in it; 1 is an outage without flicker.</param>
public sealed record OutageEnded(
    DateTimeOffset OccurredAt, string OutageId, string Ups, DateTimeOffset StartedAt, double Seconds, double? MinChargePercent, int Changes, bool Planned) : RecordedEvent(OccurredAt);

/// <summary>電源不安定: mains come and go; the changes are counted from now on and told with the end, not one by one.</summary>
public sealed record MainsUnsteady(DateTimeOffset OccurredAt, string OutageId, string Ups, int Changes) : RecordedEvent(OccurredAt);

/// <summary>UPS通信断 (R-PWR-06): the unit does not answer, or says what cannot be. Its state is 不明.</summary>
/// <param name="LastGoodAt">When it was last heard; null: never.</param>
/// <param name="OnBattery">Whether it was on battery then: its last runtime counts on.</param>
public sealed record UpsLost(DateTimeOffset OccurredAt, string Ups, DateTimeOffset? LastGoodAt, string Why, bool OnBattery) : RecordedEvent(OccurredAt);

/// <summary>UPS通信回復.</summary>
public sealed record UpsFound(DateTimeOffset OccurredAt, string Ups, double SilentSeconds) : RecordedEvent(OccurredAt);

/// <summary>予備電源容量不足 (R-PWR-03): the batteries do not outlast an orderly shutdown, or nobody knows whether they do.</summary>
/// <param name="LeftSeconds">How long the zone lasts without mains; null: unknown.</param>
/// <param name="NeededSeconds">How long its hosts take to stop, without the margin.</param>
public sealed record ReserveShort(
    DateTimeOffset OccurredAt, ZoneId Zone, string Plan, int PlanVersion, double? LeftSeconds, double NeededSeconds, double Margin) : RecordedEvent(OccurredAt);

/// <summary>予備電源容量の回復.</summary>
public sealed record ReserveEnough(DateTimeOffset OccurredAt, ZoneId Zone, string Plan, int PlanVersion, double LeftSeconds, double NeededSeconds) : RecordedEvent(OccurredAt);

/// <summary>Why a stage was told to stop.</summary>
public enum StageCause
{
    /// <summary>The time left fell to the time needed with its margin.</summary>
    Threshold,

    /// <summary>A unit said that its battery is low.</summary>
    LowBattery,

    /// <summary>On battery, and nobody knew for how long.</summary>
    RuntimeUnknown,

    /// <summary>Somebody with the right forced it at the NUT server.</summary>
    Forced,
}

/// <summary>停止順序の段の開始 (R-PWR-04): its hosts are told to stop.</summary>
/// <param name="StepNo">From 1.</param>
/// <param name="Target">The stage's name.</param>
/// <param name="NeededSeconds">What this and all later stages need, without the margin.</param>
/// <param name="LoggedIn">Hosts that were up, as far as the NUT server knew.</param>
public sealed record StageStarted(
    DateTimeOffset OccurredAt,
    ZoneId Zone,
    string OutageId,
    string Plan,
    int PlanVersion,
    int StepNo,
    string Target,
    double? LeftSeconds,
    double NeededSeconds,
    StageCause Cause,
    ImmutableArray<string> LoggedIn) : RecordedEvent(OccurredAt);

/// <summary>A host of a stage logged out after it was told to stop.</summary>
/// <param name="Seconds">From the word to its log-out.</param>
public sealed record HostStopped(DateTimeOffset OccurredAt, ZoneId Zone, string OutageId, string Plan, int StepNo, string Host, double Seconds) : RecordedEvent(OccurredAt);

/// <summary>How a stage ended.</summary>
public enum StageResult
{
    /// <summary>All hosts that were up have logged out.</summary>
    Stopped,

    /// <summary>None of its hosts was logged in: whether they stopped is not known.</summary>
    Unseen,

    /// <summary>Its time was up and hosts were still up: an alarm, and the next stage goes on.</summary>
    TimedOut,
}

/// <summary>停止順序の段の終了 (R-PWR-04).</summary>
/// <param name="StillUp">Hosts still logged in.</param>
public sealed record StageEnded(
    DateTimeOffset OccurredAt, ZoneId Zone, string OutageId, string Plan, int StepNo, string Target, StageResult Result, double Seconds, ImmutableArray<string> StillUp)
    : RecordedEvent(OccurredAt);

/// <summary>停止順序の中止 (R-PWR-04): mains returned before all stages were told.</summary>
/// <param name="StepsTold">Stages that were told, and whose hosts go down.</param>
/// <param name="StepsSpared">Stages that stay up.</param>
public sealed record ShutdownStopped(DateTimeOffset OccurredAt, ZoneId Zone, string OutageId, string Plan, int StepsTold, int StepsSpared) : RecordedEvent(OccurredAt);

/// <summary>停止順序の完了: the last stage has ended.</summary>
public sealed record ShutdownFinished(DateTimeOffset OccurredAt, ZoneId Zone, string OutageId, string Plan, double Seconds, double? LeftSeconds) : RecordedEvent(OccurredAt);

/// <summary>再起動可: mains are steady and the batteries hold enough; the stage's hosts are no longer told to stop.</summary>
/// <param name="ChargePercent">The lowest charge of the plan's units; null: unknown, and the time alone decided.</param>
public sealed record RestartAllowed(DateTimeOffset OccurredAt, ZoneId Zone, string Plan, int StepNo, string Target, double? ChargePercent) : RecordedEvent(OccurredAt);

/// <summary>Webhookの受領: a stage's receiver took the word (R-PWR-04, R-NET-05).</summary>
/// <param name="Target">The stage's name.</param>
/// <param name="Webhook">The receiver's name in the bridge's settings.</param>
/// <param name="Status">What it answered, 200 to 299.</param>
/// <param name="Tries">How often it was posted.</param>
public sealed record WebhookAccepted(
    DateTimeOffset OccurredAt, ZoneId Zone, string OutageId, string Plan, int StepNo, string Target, string Webhook, WebhookAct Act, int Status, int Tries) : RecordedEvent(OccurredAt);

/// <summary>Webhookの断念: a stage's receiver did not take the word while it was of use. Somebody has to do by hand what it would have done.</summary>
/// <param name="Target">The stage's name.</param>
/// <param name="Webhook">The receiver's name in the bridge's settings.</param>
/// <param name="Tries">How often it was posted; 0: never.</param>
/// <param name="Why">In English, as the bridge logs it.</param>
public sealed record WebhookGivenUp(
    DateTimeOffset OccurredAt, ZoneId Zone, string OutageId, string Plan, int StepNo, string Target, string Webhook, WebhookAct Act, int Tries, string Why) : RecordedEvent(OccurredAt);

/// <summary>What is wrong with the supply (R-PWR-05).</summary>
public enum SupplyTrouble
{
    /// <summary>過電圧 at the input.</summary>
    OverVoltage,

    /// <summary>過電流: more hangs on the unit than it carries.</summary>
    OverCurrent,

    /// <summary>雷サージ counted by an arrester.</summary>
    Surge,

    /// <summary>避雷器の劣化: its protection is used up.</summary>
    ArresterUsedUp,

    /// <summary>迂回: the load hangs on mains unprotected.</summary>
    Bypass,

    /// <summary>A fault inside the unit, or too hot.</summary>
    UnitFault,
}

/// <summary>電源異常 (R-PWR-05).</summary>
/// <param name="Source">The unit or the arrester.</param>
/// <param name="Value">Peak voltage in V, load in per cent, or surges counted; null: not measured.</param>
public sealed record SupplyTroubled(DateTimeOffset OccurredAt, string Source, SupplyTrouble Trouble, double? Value, bool Planned) : RecordedEvent(OccurredAt);

/// <summary>電源異常の解消.</summary>
/// <param name="Peak">The highest value while it lasted.</param>
public sealed record SupplyRecovered(DateTimeOffset OccurredAt, string Source, SupplyTrouble Trouble, double Seconds, double? Peak) : RecordedEvent(OccurredAt);

/// <summary>蓄電池の自己診断 was seen to run and end (R-PWR-07).</summary>
/// <param name="Passed">Null: the unit does not say.</param>
public sealed record BatteryTested(DateTimeOffset OccurredAt, string Ups, bool? Passed, double Seconds, double? MinChargePercent) : RecordedEvent(OccurredAt);

/// <summary>Why a battery is due (R-PWR-07).</summary>
public enum BatteryDueCause
{
    /// <summary>The unit asks for it.</summary>
    UnitSaysSo,

    /// <summary>Its replacement date has come.</summary>
    DatePassed,

    /// <summary>Its last self-test failed.</summary>
    TestFailed,

    /// <summary>There is no battery in the unit.</summary>
    Missing,

    /// <summary>It went off although it said it had more: it lasts less than it claims.</summary>
    LastedLess,
}

/// <summary>蓄電池の交換時期 (R-PWR-07).</summary>
/// <param name="ReplaceBy">As the unit says it; null: it says nothing.</param>
public sealed record BatteryDue(DateTimeOffset OccurredAt, string Ups, BatteryDueCause Cause, DateOnly? ReplaceBy) : RecordedEvent(OccurredAt);

/// <summary>蓄電池: what made it due is over.</summary>
public sealed record BatteryInOrder(DateTimeOffset OccurredAt, string Ups, BatteryDueCause Cause) : RecordedEvent(OccurredAt);
