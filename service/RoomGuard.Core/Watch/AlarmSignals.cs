using System.Collections.Immutable;
using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Watch;

/// <summary>What an entry of the record means for the alarms.</summary>
/// <param name="Subject">Which of its kind, e.g. the door; with the kind it names the one alarm there may be.</param>
public abstract record AlarmSignal(AlarmKind Kind, string Subject);

/// <summary>The cause is there, or is there again.</summary>
public sealed record CauseArose(AlarmKind Kind, string Subject, AlarmLevel Level) : AlarmSignal(Kind, Subject)
{
    /// <summary>Null: of no zone.</summary>
    public ZoneId? Zone { get; init; }

    /// <summary>Null: of no door.</summary>
    public DoorId? Door { get; init; }

    /// <summary>The thing by its name; null: none.</summary>
    public string? Device { get; init; }

    /// <summary>The bridge it comes by, or is about; null: none.</summary>
    public PanelId? Panel { get; init; }

    /// <summary>In the time of a planned outage (R-PWR-09).</summary>
    public bool Planned { get; init; }
}

/// <summary>The cause is over.</summary>
public sealed record CauseEnded(AlarmKind Kind, string Subject) : AlarmSignal(Kind, Subject);

/// <summary>What stands of this kind has become more urgent.</summary>
/// <param name="Subject">Empty: all of the kind.</param>
public sealed record CauseWorsened(AlarmKind Kind, string Subject, AlarmLevel Level) : AlarmSignal(Kind, Subject);

/// <summary>What stands has become less urgent, and goes on.</summary>
public sealed record CauseEased(AlarmKind Kind, string Subject, AlarmLevel Level) : AlarmSignal(Kind, Subject);

/// <summary>What else stands at that moment, as far as a signal depends on it.</summary>
/// <param name="KeyOut">A key to the door is out (R-DOOR-13).</param>
/// <param name="InOutage">Mains are out.</param>
/// <param name="ReserveShort">The batteries do not outlast a shutdown.</param>
public readonly record struct AlarmSurroundings(bool KeyOut, bool InOutage, bool ReserveShort);

/// <summary>Which entries of the record raise and end which alarms: one table. Pure.</summary>
public static class AlarmSignals
{
    // A correction of a clock this small asks nobody to do anything.
    private static readonly TimeSpan SmallStep = TimeSpan.FromSeconds(2);

    // Less than somebody needs to come and do something about it.
    private static readonly TimeSpan ShortNotice = TimeSpan.FromMinutes(30);

    /// <summary>What an entry means; usually nothing.</summary>
    /// <param name="panel">The bridge that reported it; null: it was made at the service.</param>
    public static ImmutableArray<AlarmSignal> Of(RecordedEvent item, PanelId? panel, AlarmSurroundings around) => item switch
    {
        // Doors.
        DoorForced e when around.KeyOut => [new CauseArose(AlarmKinds.KeyOpening, e.Door.Value, AlarmLevel.Caution) { Zone = e.Zone, Door = e.Door, Panel = panel }],
        DoorForced e => [new CauseArose(AlarmKinds.DoorForced, e.Door.Value, AlarmLevel.Emergency) { Zone = e.Zone, Door = e.Door, Panel = panel }],
        DoorHeldOpen e => [new CauseArose(AlarmKinds.DoorHeldOpen, e.Door.Value, e.Alarm ? AlarmLevel.Emergency : AlarmLevel.Important) { Zone = e.Zone, Door = e.Door, Panel = panel }],
        DoorUnknown e => [new CauseArose(AlarmKinds.DoorUnknown, e.Door.Value, AlarmLevel.Important) { Door = e.Door, Panel = panel }],
        DoorOpened e => [new CauseEnded(AlarmKinds.DoorUnknown, e.Door.Value)],
        DoorClosed e => [new CauseEnded(AlarmKinds.DoorForced, e.Door.Value), new CauseEnded(AlarmKinds.DoorHeldOpen, e.Door.Value), new CauseEnded(AlarmKinds.DoorUnknown, e.Door.Value)],
        LostCardUsed e => [new CauseArose(AlarmKinds.LostCardUsed, e.Credential.Value, AlarmLevel.Emergency) { Door = e.Door, Panel = panel }],
        DuressSignalled e => [new CauseArose(AlarmKinds.Duress, e.Credential.Value, AlarmLevel.Emergency) { Zone = e.Zone, Door = e.Door, Panel = panel }],
        RepeatedRefusals e => [new CauseArose(AlarmKinds.RepeatedRefusals, e.CardDigest?.ToString() ?? e.Door.Value, AlarmLevel.Important) { Door = e.Door, Panel = panel }],
        EntryDenied { Reason: DenyReason.WrongPath } e => [new CauseArose(AlarmKinds.WrongPath, e.Door.Value, AlarmLevel.Important) { Zone = e.Zone, Door = e.Door, Panel = panel }],

        // The forced door itself tells of the same opening; with a key out it is told once as such.
        ZoneIntrusion { Kind: "door-opened", Door: { } door } e when around.KeyOut => [new CauseArose(AlarmKinds.KeyOpening, door.Value, AlarmLevel.Caution) { Zone = e.Zone, Door = door, Panel = panel }],
        ZoneIntrusion e => [new CauseArose(AlarmKinds.ZoneIntrusion, e.Zone.Value, AlarmLevel.Emergency) { Zone = e.Zone, Door = e.Door, Panel = panel }],

        // Things at the doors. One alarm for each item and door, however often it is read.
        AssetUnpermitted e => [new CauseArose(KindOf(e.Kind), $"{e.Door}/{e.Tag}", KindOf(e.Kind).Level) { Zone = e.Zone, Door = e.Door, Device = $"{e.Tag} {e.Name}" }],
        AssetTagUnknown e => [new CauseArose(AlarmKinds.UnknownTag, e.Door.Value, AlarmLevel.Caution) { Zone = e.Zone, Door = e.Door, Device = e.Tag }],
        AssetTagsMissed e => [new CauseArose(AlarmKinds.TagFlood, e.Gate.Value, AlarmLevel.Important) { Door = e.Door, Device = e.Gate.Value, Panel = panel }],

        CabinetOpenedWithoutWork e => [new CauseArose(AlarmKinds.CabinetOpened, e.Cabinet.Value, AlarmLevel.Important) { Zone = e.Zone, Device = e.Label }],
        CabinetLeftOpen e => [new CauseArose(AlarmKinds.CabinetLeftOpen, e.Cabinet.Value, AlarmLevel.Important) { Zone = e.Zone, Device = e.Label }],
        CabinetLost e => [new CauseArose(AlarmKinds.CabinetUnknown, e.Cabinet.Value, AlarmLevel.Important) { Zone = e.Zone, Device = e.Cabinet.Value, Panel = panel }],
        CabinetOpened e => [new CauseEnded(AlarmKinds.CabinetUnknown, e.Cabinet.Value)],
        CabinetClosed e => [new CauseEnded(AlarmKinds.CabinetUnknown, e.Cabinet.Value), new CauseEnded(AlarmKinds.CabinetLeftOpen, e.Cabinet.Value)],

        // People inside.
        EntryWhileInside e => [new CauseArose(AlarmKinds.EntryWhileInside, $"{e.Zone}/{e.Person}", AlarmLevel.Caution) { Zone = e.Zone, Door = e.Door, Panel = panel }],
        EscortMissing e => [new CauseArose(AlarmKinds.EscortMissing, e.Visitor.Value, e.Incident ? AlarmLevel.Emergency : AlarmLevel.Important) { Zone = e.Zone, Panel = panel }],
        EscortReturned e => [new CauseEnded(AlarmKinds.EscortMissing, e.Visitor.Value)],
        VisitOverstayed e => [new CauseArose(AlarmKinds.VisitOverstayed, e.Visitor.Value, e.Alarm ? AlarmLevel.Important : AlarmLevel.Caution) { Zone = e.Zone, Panel = panel }],
        WitnessLeft e => [new CauseArose(AlarmKinds.WitnessLeft, e.Move.Value, AlarmLevel.Important) { Zone = e.Zone }],
        MoveResumed e => [new CauseEnded(AlarmKinds.WitnessLeft, e.Move.Value)],
        MoveCancelled e => [new CauseEnded(AlarmKinds.WitnessLeft, e.Move.Value)],
        StocktakeConfirmed { Result.Grave: > 0 } e => [new CauseArose(AlarmKinds.StockMissing, e.Stocktake.Value, AlarmLevel.Important) { Zone = e.Zone }],
        LeftAlone e => [new CauseArose(AlarmKinds.LeftAlone, e.Zone.Value, AlarmLevel.Important) { Zone = e.Zone, Panel = panel }],
        WorkAlone e => [new CauseArose(AlarmKinds.LoneWork, e.Work.Value, AlarmLevel.Important) { Zone = e.Zone }],
        WorkAccompanied e => [new CauseEnded(AlarmKinds.LoneWork, e.Work.Value)],
        MediaTransferRefused e => [new CauseArose(AlarmKinds.MediaTransfer, e.Transfer.Media, AlarmLevel.Important)],
        LeftAloneEnded e => [new CauseEnded(AlarmKinds.LeftAlone, e.Zone.Value)],
        PersonLeft e => [new CauseEnded(AlarmKinds.EntryWhileInside, $"{e.Zone}/{e.Person}"), new CauseEnded(AlarmKinds.EscortMissing, e.Person.Value), new CauseEnded(AlarmKinds.VisitOverstayed, e.Person.Value)],
        PersonEntered { Evidence: PresenceEvidence.Manual } e => [new CauseEnded(AlarmKinds.EntryWhileInside, $"{e.Zone}/{e.Person}")],
        VisitorBadgeDied { Cause: BadgeDeath.NotReturned } e => [new CauseArose(AlarmKinds.VisitorBadgeMissing, e.Badge.Value, AlarmLevel.Important)],
        VisitorBadgeDied e => [new CauseEnded(AlarmKinds.VisitorBadgeMissing, e.Badge.Value)],
        VisitorBadgeReturned e => [new CauseEnded(AlarmKinds.VisitorBadgeMissing, e.Badge.Value)],
        FireReleased e => [new CauseArose(AlarmKinds.FireReleased, e.Zone.Value, AlarmLevel.Emergency) { Zone = e.Zone, Panel = panel }],
        FireRestored e => [new CauseEnded(AlarmKinds.FireReleased, e.Zone.Value)],

        // Devices and bridges.
        ReaderReported e => Of(e, panel),
        PanelLost e => [new CauseArose(AlarmKinds.PanelLost, e.Panel.Value, AlarmLevel.Important) { Panel = e.Panel }],
        PanelSeen e => [new CauseEnded(AlarmKinds.PanelLost, e.Panel.Value)],
        GrantListRefused => [new CauseArose(AlarmKinds.GrantListRefused, panel?.Value ?? "", AlarmLevel.Important) { Panel = panel }],
        GrantListApplied => [new CauseEnded(AlarmKinds.GrantListRefused, panel?.Value ?? "")],

        // The record and the office.
        ReportHole e => [new CauseArose(AlarmKinds.RecordHole, e.Panel.Value, AlarmLevel.Important) { Panel = e.Panel }],
        JournalGap => [new CauseArose(AlarmKinds.JournalGap, panel?.Value ?? "record", AlarmLevel.Emergency) { Panel = panel }],
        ClockStep e when (e.After - e.Before).Duration() > SmallStep => [new CauseArose(AlarmKinds.ClockStepped, panel?.Value ?? "record", AlarmLevel.Caution) { Panel = panel }],
        RoleVacant e => [new CauseArose(AlarmKinds.RoleVacant, $"{e.Role}/{e.Section}/{e.Zone}", AlarmLevel.Caution) { Zone = e.Zone }],
        RoleFilled e => [new CauseEnded(AlarmKinds.RoleVacant, $"{e.Role}/{e.Section}/{e.Zone}")],
        SignInLocked { Privileged: true, Account: { } account } => [new CauseArose(AlarmKinds.PrivilegedLocked, account.Value, AlarmLevel.Important)],
        SignInReleased e => [new CauseEnded(AlarmKinds.PrivilegedLocked, e.Account.Value)],
        AlarmDrilled e => [new CauseArose(AlarmKinds.Drill, e.Zone?.Value ?? "", e.Level) { Zone = e.Zone }],
        AlarmCauseOver e => [new CauseEnded(AlarmKinds.Of(e.Kind), e.Subject)],

        // What a sensor sends that is not its model's is told as the sensor's fault.
        StrangerNoticed e => [new CauseArose(AlarmKinds.UnknownDevice, $"{e.Source}/{e.Sender}", AlarmLevel.Caution) { Device = e.Sender, Panel = panel }],
        SenderSuspected { Oddity: OddKind.TooMany or OddKind.OtherClient or OddKind.WillLies } e =>
            [new CauseArose(AlarmKinds.OddTraffic, $"{e.Sensor}/{e.Oddity}", AlarmLevel.Important) { Device = e.Sensor, Panel = panel }],
        ClimateRaised or ClimateChanged or ClimateCleared => Climate(item, panel),
        _ => Power(item, panel, around),
    };

    /// <summary>Whether alarms of this kind are conditions of the climate, by whose names their subjects go.</summary>
    public static bool IsClimate(AlarmKind kind) => Enum.GetValues<ClimateRule>().Any(rule => KindOf(rule) == kind);

    /// <summary>The door of which must be known whether its key is out; null: none.</summary>
    public static DoorId? AsksForKeyOf(RecordedEvent item) => item switch
    {
        DoorForced e => e.Door,
        ZoneIntrusion { Kind: "door-opened", Door: { } door } => door,
        _ => null,
    };

    private static ImmutableArray<AlarmSignal> Of(ReaderReported e, PanelId? panel) => e.Condition switch
    {
        ReaderCondition.Tampered or ReaderCondition.SuspectTraffic =>
            [new CauseArose(AlarmKinds.ReaderTampered, e.Reader.Value, AlarmLevel.Emergency) { Device = e.Reader.Value, Panel = panel }],
        ReaderCondition.TamperCleared => [new CauseEnded(AlarmKinds.ReaderTampered, e.Reader.Value)],
        ReaderCondition.Online => [new CauseEnded(AlarmKinds.ReaderFault, e.Reader.Value), new CauseEnded(AlarmKinds.ReaderTampered, e.Reader.Value)],
        _ => [new CauseArose(AlarmKinds.ReaderFault, e.Reader.Value, AlarmLevel.Important) { Device = e.Reader.Value, Panel = panel }],
    };

    // Each condition is one alarm, by its own name. A warning that something else explains asks nobody to do anything more: it is an entry, and an alarm once it is worse than that. What is latched
    // ends when a person has confirmed that all is normal (R-ENV-03, R-ENV-04), not when its sensor is quiet again.
    private static ImmutableArray<AlarmSignal> Climate(RecordedEvent item, PanelId? panel) => item switch
    {
        ClimateRaised { Cause: not null, Level: ClimateLevel.Warning } => [],
        ClimateRaised e => [Arose(e.Rule, e.Condition, e.Zone, e.Object, e.Level, e.MinutesToLimit, panel)],
        ClimateChanged { Change: ClimateChange.Worse or ClimateChange.Again } e => [Arose(e.Rule, e.Condition, e.Zone, e.Object, e.Level, e.MinutesToLimit, panel)],
        ClimateChanged { Change: ClimateChange.Better } e => [new CauseEased(KindOf(e.Rule), e.Condition, LevelOf(e.Rule, e.Level, e.MinutesToLimit))],
        ClimateChanged { Change: ClimateChange.Forecast } e => [new CauseWorsened(KindOf(e.Rule), e.Condition, LevelOf(e.Rule, e.Level, e.MinutesToLimit))],
        ClimateCleared e => [new CauseEnded(KindOf(e.Rule), e.Condition)],
        _ => [],
    };

    private static CauseArose Arose(ClimateRule rule, string condition, ZoneId? zone, string thing, ClimateLevel level, int? minutes, PanelId? panel) =>
        new(KindOf(rule), condition, LevelOf(rule, level, minutes)) { Zone = zone, Device = thing == zone?.Value ? null : thing, Panel = panel };

    // Lost cooling is urgent by the time that is left; a warning is for office hours; that somebody took a sensor off is more than a warning.
    private static AlarmLevel LevelOf(ClimateRule rule, ClimateLevel level, int? minutes) => (rule, level) switch
    {
        (ClimateRule.CoolingStopped or ClimateRule.CoolingLost, _) when minutes <= ShortNotice.TotalMinutes => AlarmLevel.Emergency,
        (ClimateRule.SensorTampered, _) or (_, ClimateLevel.Alarm) => KindOf(rule).Level,
        _ => AlarmLevel.Caution,
    };

    private static AlarmKind KindOf(UnpermittedKind kind) => kind switch
    {
        UnpermittedKind.MovedOut => AlarmKinds.UnpermittedMoveOut,
        UnpermittedKind.MovedIn => AlarmKinds.UnpermittedMoveIn,
        UnpermittedKind.CarriedOut => AlarmKinds.UnpermittedCarryOut,
        _ => throw new System.Diagnostics.UnreachableException($"No alarm for {kind}."),
    };

    private static AlarmKind KindOf(ClimateRule rule) => rule switch
    {
        ClimateRule.TemperatureHigh => AlarmKinds.TemperatureHigh,
        ClimateRule.TemperatureLow => AlarmKinds.TemperatureLow,
        ClimateRule.TemperatureRise or ClimateRule.TemperatureChange => AlarmKinds.TemperatureChange,
        ClimateRule.HumidityHigh or ClimateRule.DewPointHigh => AlarmKinds.HumidityHigh,
        ClimateRule.HumidityLow or ClimateRule.DewPointLow => AlarmKinds.HumidityLow,
        ClimateRule.HumidityChange => AlarmKinds.HumidityChange,
        ClimateRule.CondensationNear => AlarmKinds.Condensation,
        ClimateRule.DustHigh or ClimateRule.FineDustHigh => AlarmKinds.Dust,
        ClimateRule.Smoke => AlarmKinds.Smoke,
        ClimateRule.Leak => AlarmKinds.Leak,
        ClimateRule.Fire => AlarmKinds.FireSignal,
        ClimateRule.AgentDischarge => AlarmKinds.AgentDischarge,
        ClimateRule.Quake => AlarmKinds.Earthquake,
        ClimateRule.CoolingStopped or ClimateRule.CoolingLost => AlarmKinds.CoolingLost,
        ClimateRule.OpenTooLong => AlarmKinds.OpenTooLong,
        ClimateRule.SensorSilent => AlarmKinds.SensorSilent,
        ClimateRule.SensorFault or ClimateRule.SensorStuck or ClimateRule.SensorClock => AlarmKinds.SensorFault,
        ClimateRule.SensorBattery => AlarmKinds.SensorBattery,
        ClimateRule.SensorTampered => AlarmKinds.SensorTampered,
        ClimateRule.GatewayDown => AlarmKinds.GatewayDown,
        _ => throw new System.Diagnostics.UnreachableException($"No alarm for {rule}."),
    };

    // An outage is one alarm from its beginning to its end, and an emergency once hosts are being stopped or may not be stopped in time. Which units carry which plan is not in these
    // entries: a reserve too short makes every outage that stands an emergency, which errs on the safe side.
    private static ImmutableArray<AlarmSignal> Power(RecordedEvent item, PanelId? panel, AlarmSurroundings around) => item switch
    {
        OutageBegan e =>
            [new CauseArose(AlarmKinds.PowerOutage, e.OutageId, around.ReserveShort ? AlarmLevel.Emergency : AlarmLevel.Important) { Device = e.Ups, Panel = panel, Planned = e.Planned }],
        OutageEnded e => [new CauseEnded(AlarmKinds.PowerOutage, e.OutageId)],
        StageStarted e => [new CauseWorsened(AlarmKinds.PowerOutage, e.OutageId, AlarmLevel.Emergency)],
        UpsLost e => [new CauseArose(AlarmKinds.UpsLost, e.Ups, AlarmLevel.Important) { Device = e.Ups, Panel = panel }],
        UpsFound e => [new CauseEnded(AlarmKinds.UpsLost, e.Ups)],
        ReserveShort e =>
        [
            new CauseArose(AlarmKinds.ReserveShort, e.Plan, around.InOutage ? AlarmLevel.Emergency : AlarmLevel.Important) { Zone = e.Zone, Panel = panel },
            new CauseWorsened(AlarmKinds.PowerOutage, "", AlarmLevel.Emergency),
        ],
        ReserveEnough e => [new CauseEnded(AlarmKinds.ReserveShort, e.Plan)],
        StageEnded { Result: StageResult.TimedOut } e => [new CauseArose(AlarmKinds.StageTimedOut, $"{e.OutageId}/{e.Plan}/{e.StepNo}", AlarmLevel.Emergency) { Zone = e.Zone, Panel = panel }],
        WebhookGivenUp e => [new CauseArose(AlarmKinds.WebhookGivenUp, $"{e.OutageId}/{e.Plan}/{e.StepNo}/{e.Act}", AlarmLevel.Important) { Zone = e.Zone, Panel = panel }],
        SupplyTroubled { Trouble: SupplyTrouble.Surge } e => [new CauseArose(AlarmKinds.SurgeCounted, e.Source, AlarmLevel.Important) { Device = e.Source, Panel = panel, Planned = e.Planned }],
        SupplyTroubled e => [new CauseArose(AlarmKinds.SupplyTroubled, $"{e.Source}/{e.Trouble}", AlarmLevel.Important) { Device = e.Source, Panel = panel, Planned = e.Planned }],
        SupplyRecovered e => [new CauseEnded(AlarmKinds.SupplyTroubled, $"{e.Source}/{e.Trouble}")],
        BatteryDue e => [new CauseArose(AlarmKinds.BatteryDue, $"{e.Ups}/{e.Cause}", AlarmLevel.Caution) { Device = e.Ups, Panel = panel }],
        BatteryInOrder e => [new CauseEnded(AlarmKinds.BatteryDue, $"{e.Ups}/{e.Cause}")],
        _ => [],
    };
}
