using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Live;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Live;

/// <summary>Which news an entry is to open pages; each topic is told once for a group of entries.</summary>
public static class NewsOfRecord
{
    /// <summary>Tells the board what a group of entries changes.</summary>
    public static void Tell(LiveBoard board, ImmutableArray<RecordedItem> items)
    {
        ArgumentNullException.ThrowIfNull(board);
        foreach (var topic in items.SelectMany(Topics).Distinct())
        {
            board.Tell(topic);
        }
    }

    private static IEnumerable<LiveTopic> Topics(RecordedItem item) => IsOfAlarms(item) ? [.. Others(item), LiveTopic.Alarms] : Others(item);

    private static bool IsOfAlarms(RecordedItem item) => item.Event switch
    {
        null => false,
        AlarmAcknowledged or AlarmShelved or AlarmUnshelved or AlarmHandedOver or AlarmNoticed or AlarmContactSet or ContactListSet or MaintenanceBegan or MaintenanceEnded => true,
        var fact => !AlarmSignals.Of(fact, item.Origin?.Panel, default).IsEmpty,
    };

    private static IEnumerable<LiveTopic> Others(RecordedItem item) => item.Event switch
    {
        EntryGranted or EntryDenied or ExitBadged or ExitByButton => [LiveTopic.Entries, LiveTopic.Room],
        DoorForced or DoorHeldOpen => [LiveTopic.Room, LiveTopic.Entries],
        PersonEntered or PersonLeft or PresenceMismatch or ZoneVacant or ZoneOccupied or EntryWhileInside
            or EscortMissing or EscortReturned or EscortHandedOver or VisitOverstayed or LeftAlone or LeftAloneEnded or FireReleased or FireRestored => [LiveTopic.Presence, LiveTopic.Entries, LiveTopic.Room],
        RoomOrderApplied { Order: PowerPlanOrder or PlannedOutageOrder or UpsCommandOrder } => [LiveTopic.Power, LiveTopic.Room],
        RoomOrderApplied { Order: ClimateConfirmOrder or SensorServiceOrder or ClimateLimitsOrder or SensorEnrolOrder or SensingPlanOrder } => [LiveTopic.Climate, LiveTopic.Room],
        PresenceAsked or PresenceAnswered or PresenceSettled or RoomOrderApplied => [LiveTopic.Presence, LiveTopic.Room],
        ReaderReported or ReaderKeyChanged => [LiveTopic.Devices, LiveTopic.Room],
        PersonRecorded or CredentialRecorded or GrantRecorded or GrantEnded or ImportApplied => [LiveTopic.People],
        SuspensionOrdered or LockdownOrdered or LockdownApplied => [LiveTopic.People, LiveTopic.Room],
        GrantListPublished or GrantListApplied or GrantListRefused or SuspensionApplied or PanelSeen or PanelLost or PanelEnrolled or JournalStarted => [LiveTopic.Devices, LiveTopic.Room],
        OutageBegan or OutageEnded or MainsUnsteady or UpsLost or UpsFound or ReserveShort or ReserveEnough or StageStarted or HostStopped or StageEnded or ShutdownStopped
            or ShutdownFinished or RestartAllowed or WebhookAccepted or WebhookGivenUp or SupplyTroubled or SupplyRecovered or BatteryTested or BatteryDue or BatteryInOrder
            or PlannedOutageAsked or PlannedOutageDeclined or PowerPlanAsked or PowerPlanDeclined or DrillHeld or UpsCommandAsked or UpsCommandDropped or UpsCommandEnded
            or RoomOrdered { Order: PowerPlanOrder or PlannedOutageOrder or UpsCommandOrder } => [LiveTopic.Power, LiveTopic.Room],
        ClimateRaised or ClimateChanged or ClimateCleared or ClimateConfirmed or ClimateLimitsAsked or ClimateLimitsDeclined or SensingPlanApplied or SensorCalibrated or SensorTested or SensorServiced or FireEquipmentRecorded or SensorEnrolled or SensingOrderRefused or SensingPlanAsked or SensingPlanDeclined
            or RoomOrdered { Order: ClimateConfirmOrder or SensorServiceOrder or ClimateLimitsOrder or SensorEnrolOrder or SensingPlanOrder } => [LiveTopic.Climate, LiveTopic.Room],
        _ => [LiveTopic.Room],
    };
}
