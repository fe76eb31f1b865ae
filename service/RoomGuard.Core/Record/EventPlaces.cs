using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Gates;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.Power;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Record;

/// <summary>Where an event happened, as far as the event itself says.</summary>
public static class EventPlaces
{
    /// <summary>The door an event belongs to; null: none.</summary>
    public static DoorId? DoorOf(RecordedEvent item) => item switch
    {
        EntryGranted at => at.Door,
        EntryDenied at => at.Door,
        FactorAwaited at => at.Door,
        ExitBadged at => at.Door,
        ExitByButton at => at.Door,
        DoorOpened at => at.Door,
        DoorClosed at => at.Door,
        GrantUnused at => at.Door,
        DoorForced at => at.Door,
        DoorHeldOpen at => at.Door,
        DoorUnknown at => at.Door,
        AssetTagRead at => at.Door,
        AssetTagsMissed at => at.Door,
        AssetPassed at => at.Door,
        AssetUnpermitted at => at.Door,
        AssetTagUnknown at => at.Door,
        RepeatedRefusals at => at.Door,
        LostCardUsed at => at.Door,
        CardUnreadable at => at.Door,
        PersonEntered at => at.Door,
        PersonLeft at => at.Door,
        ZoneIntrusion at => at.Door,

        // Presence, escorts and modes at the doors.
        EntryWhileInside at => at.Door,
        PairAwaited at => at.Door,
        EscortHandedOver at => at.Door,

        // The register kept by hand.
        HandLineEntered at => at.Line.Door,

        // The site.
        DoorRegistered at => at.Door.Id,
        _ => null,
    };

    /// <summary>The zone an event belongs to by itself; null: none.</summary>
    public static ZoneId? ZoneOf(RecordedEvent item) => item switch
    {
        PresenceMismatch at => at.Zone,
        ZoneVacant at => at.Zone,
        ZoneOccupied at => at.Zone,
        ZoneIntrusion at => at.Zone,

        // Presence, escorts and modes at the doors.
        EntryWhileInside at => at.Zone,
        LeftAlone at => at.Zone,
        LeftAloneEnded at => at.Zone,
        EscortMissing at => at.Zone,
        EscortReturned at => at.Zone,
        EscortHandedOver at => at.Zone,
        VisitOverstayed at => at.Zone,
        ZoneModeChanged at => at.Zone,
        FireReleased at => at.Zone,
        FireRestored at => at.Zone,
        FreeHoursBegan at => at.Zone,
        FreeHoursEnded at => at.Zone,

        // Orders to the rooms, and who is inside.
        RoomOrdered at => ZoneOf(at.Order),
        RoomOrderApplied at => ZoneOf(at.Order),
        PresenceAsked at => at.Zone,
        PresenceAnswered at => at.Zone,
        PresenceSettled at => at.Zone,

        // The register kept by hand.
        HandLineEntered at => at.Line.Zone,

        // The site.
        ZoneRegistered at => at.Zone.Id,
        DoorRegistered at => at.Door.Zone,
        SiteChangeAsked { Zone: { } zone } => zone.Id,
        SiteChangeAsked { Door: { } door } => door.Zone,

        // Power: what concerns a plan's zone. A unit alone names none, since it may carry several.
        ReserveShort at => at.Zone,
        ReserveEnough at => at.Zone,
        StageStarted at => at.Zone,
        HostStopped at => at.Zone,
        StageEnded at => at.Zone,
        ShutdownStopped at => at.Zone,
        ShutdownFinished at => at.Zone,
        RestartAllowed at => at.Zone,
        WebhookAccepted at => at.Zone,
        WebhookGivenUp at => at.Zone,

        // Notices.
        NoticeSent at => at.Zone,
        NoticeGivenUp at => at.Zone,
        DrillHeld at => at.Zone,

        // Alarms.
        AlarmDrilled at => at.Zone,
        MaintenanceBegan at => at.Zone,
        FailureReported at => at.Zone,

        // Carrying.
        CarryPermitted { Permit.Plan.Zone: { } into } => into,
        BelongingsDeclared at => at.Zone,

        // Work.
        WorkPermitted at => at.Work.Plan.Zone,
        WorkStarted at => at.Zone,
        PartChanged at => at.Zone,
        WorkEnded at => at.Zone,
        WorkNoted at => at.Zone,
        WorkChecked at => at.Zone,
        WorkAlone at => at.Zone,
        WorkAccompanied at => at.Zone,
        WorkReminded at => at.Zone,
        WorkRefused at => at.Zone,

        // Power.
        PowerPlanAsked at => at.Plan.Zone,
        PowerPlanDeclined at => at.Zone,

        // Climate. A gateway may serve several zones, and names none.
        ClimateRaised at => at.Zone,
        ClimateChanged at => at.Zone,
        ClimateCleared at => at.Zone,
        ClimateConfirmed at => at.Zone,
        ClimateLimitsAsked at => at.Zone,
        ClimateLimitsDeclined at => at.Zone,
        SensingPlanApplied at => at.Zone,
        SensorCalibrated at => at.Zone,
        SensorTested at => at.Zone,
        SensorServiced at => at.Zone,
        FireEquipmentRecorded at => at.Equipment.Zone,
        SensorEnrolled at => at.Zone,
        SensingOrderRefused at => at.Zone,
        SensingPlanAsked at => at.Zone,
        SensingPlanDeclined at => at.Zone,

        // Equipment.
        AssetRecorded { Place.Zone: { } zone } => zone,
        AssetMoved at => at.To.Zone ?? at.From?.Zone,
        MoveRecorded at => at.Move.Plan.ToZone ?? at.Move.Plan.FromZone,
        MoveStarted at => at.Zone,
        WitnessLeft at => at.Zone,
        MoveResumed at => at.Zone,
        MoveCompleted at => at.Zone,
        AssetTagRead at => at.Zone,
        AssetPassed at => at.Zone,
        AssetUnpermitted at => at.Zone,
        AssetTagUnknown at => at.Zone,
        CabinetOpened at => at.Zone,
        CabinetClosed at => at.Zone,
        CabinetLost at => at.Zone,
        CabinetOpenedAtWork at => at.Zone,
        CabinetOpenedWithoutWork at => at.Zone,
        CabinetLeftOpen at => at.Zone,
        StocktakeOpened at => at.Zone,
        StocktakeConfirmed at => at.Zone,
        _ => null,
    };

    private static ZoneId? ZoneOf(RoomOrder order) => order switch
    {
        ZoneModeOrder at => at.Zone,
        PurposeOrder at => at.Zone,
        PresenceOrder at => at.Zone,
        VisitorOverrideOrder at => at.Zone,
        PowerPlanOrder at => at.Plan.Zone,
        ClimateConfirmOrder at => at.Zone,
        SensorServiceOrder at => at.Zone,
        ClimateLimitsOrder at => at.Zone,
        SensorEnrolOrder at => at.Place.Zone,
        SensingPlanOrder at => at.Zone,
        _ => null,
    };
}
