using System.Text.Json.Serialization;
using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Gates;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.Keys;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Power;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Record;

/// <summary>
/// One fact in the record: past tense, immutable, complete enough to be understood alone years later (R-LOG-10). The list of
/// kinds below is the record's vocabulary; its written form is kept by golden files, because old records must stay readable.
/// </summary>
/// <param name="OccurredAt">By our clock when the device has none of its own.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(EntryGranted), "door.granted")]
[JsonDerivedType(typeof(EntryDenied), "door.denied")]
[JsonDerivedType(typeof(FactorAwaited), "door.factor-awaited")]
[JsonDerivedType(typeof(ExitBadged), "door.exit")]
[JsonDerivedType(typeof(ExitByButton), "door.exit-request")]
[JsonDerivedType(typeof(DoorOpened), "door.opened")]
[JsonDerivedType(typeof(DoorClosed), "door.closed")]
[JsonDerivedType(typeof(GrantUnused), "door.not-opened")]
[JsonDerivedType(typeof(DoorForced), "door.forced")]
[JsonDerivedType(typeof(DoorHeldOpen), "door.held-open")]
[JsonDerivedType(typeof(DoorUnknown), "door.unknown")]
[JsonDerivedType(typeof(RepeatedRefusals), "door.repeated-refusals")]
[JsonDerivedType(typeof(LostCardUsed), "door.lost-card-used")]
[JsonDerivedType(typeof(CardUnreadable), "door.card-unreadable")]
[JsonDerivedType(typeof(PersonEntered), "presence.entered")]
[JsonDerivedType(typeof(PersonLeft), "presence.left")]
[JsonDerivedType(typeof(PresenceMismatch), "presence.mismatch")]
[JsonDerivedType(typeof(ZoneVacant), "zone.vacant")]
[JsonDerivedType(typeof(ZoneOccupied), "zone.occupied")]
[JsonDerivedType(typeof(ZoneIntrusion), "zone.intrusion")]
[JsonDerivedType(typeof(ReaderReported), "reader.condition")]
[JsonDerivedType(typeof(ReaderKeyChanged), "reader.key-changed")]
[JsonDerivedType(typeof(GrantListApplied), "list.applied")]
[JsonDerivedType(typeof(GrantListRefused), "list.refused")]
[JsonDerivedType(typeof(SuspensionApplied), "suspension.applied")]
[JsonDerivedType(typeof(LockdownApplied), "lockdown.applied")]
[JsonDerivedType(typeof(JournalStarted), "journal.started")]
[JsonDerivedType(typeof(JournalGap), "journal.gap")]
[JsonDerivedType(typeof(ClockStep), "clock.stepped")]
[JsonDerivedType(typeof(RecordStarted), "record.started")]
[JsonDerivedType(typeof(ReportHole), "panel.hole")]
[JsonDerivedType(typeof(PanelEnrolled), "panel.enrolled")]
[JsonDerivedType(typeof(PanelSeen), "panel.seen")]
[JsonDerivedType(typeof(PanelLost), "panel.lost")]
[JsonDerivedType(typeof(GrantListPublished), "list.published")]
[JsonDerivedType(typeof(SuspensionOrdered), "suspension.ordered")]
[JsonDerivedType(typeof(LockdownOrdered), "lockdown.ordered")]
[JsonDerivedType(typeof(PersonRecorded), "person.recorded")]
[JsonDerivedType(typeof(CredentialRecorded), "credential.recorded")]
[JsonDerivedType(typeof(GrantRecorded), "grant.recorded")]
[JsonDerivedType(typeof(GrantEnded), "grant.ended")]
[JsonDerivedType(typeof(ImportApplied), "people.imported")]
[JsonDerivedType(typeof(RecordExported), "record.exported")]
[JsonDerivedType(typeof(AttentionHandled), "attention.handled")]

// Who looked.
[JsonDerivedType(typeof(RecordsViewed), "record.viewed")]
[JsonDerivedType(typeof(InvestigationNamed), "investigation.named")]
[JsonDerivedType(typeof(InvestigationEnded), "investigation.ended")]

// Operators: accounts and roles.
[JsonDerivedType(typeof(AccountRecorded), "account.recorded")]
[JsonDerivedType(typeof(PrivilegeReviewed), "account.privilege-reviewed")]
[JsonDerivedType(typeof(RoleHeld), "role.held")]
[JsonDerivedType(typeof(RoleEnded), "role.ended")]
[JsonDerivedType(typeof(RemoteAccessAllowed), "remote-access.allowed")]
[JsonDerivedType(typeof(RemoteAccessEnded), "remote-access.ended")]

// Cases.
[JsonDerivedType(typeof(CaseApplied), "case.applied")]
[JsonDerivedType(typeof(CaseDecided), "case.decided")]
[JsonDerivedType(typeof(CaseWithdrawn), "case.withdrawn")]
[JsonDerivedType(typeof(CaseLapsed), "case.lapsed")]
[JsonDerivedType(typeof(CaseReminded), "case.reminded")]
[JsonDerivedType(typeof(CaseEscalated), "case.escalated")]
[JsonDerivedType(typeof(CaseCarriedOut), "case.carried-out")]
[JsonDerivedType(typeof(CaseConfirmed), "case.confirmed")]
[JsonDerivedType(typeof(CaseReviewed), "case.reviewed")]
[JsonDerivedType(typeof(RoleVacant), "role.vacant")]
[JsonDerivedType(typeof(RoleFilled), "role.filled")]
[JsonDerivedType(typeof(ActRefused), "act.refused")]

// Signing in.
[JsonDerivedType(typeof(SignedIn), "session.begun")]
[JsonDerivedType(typeof(SignedOut), "session.ended")]
[JsonDerivedType(typeof(SignInFailed), "session.refused")]
[JsonDerivedType(typeof(IdentityConfirmed), "session.confirmed")]
[JsonDerivedType(typeof(SignInLocked), "account.locked")]
[JsonDerivedType(typeof(SignInReleased), "account.unlocked")]
[JsonDerivedType(typeof(ProofChanged), "proof.changed")]
[JsonDerivedType(typeof(SiteSetUp), "site.set-up")]

// The site: names, zones and doors.
[JsonDerivedType(typeof(SiteNamed), "site.named")]
[JsonDerivedType(typeof(ZoneRegistered), "zone.registered")]
[JsonDerivedType(typeof(DoorRegistered), "door.registered")]
[JsonDerivedType(typeof(SiteChangeAsked), "site.change-asked")]
[JsonDerivedType(typeof(SiteChangeDecided), "site.change-decided")]
[JsonDerivedType(typeof(SetUpChecked), "site.set-up-checked")]

// Tokens of the API.
[JsonDerivedType(typeof(TokenRecorded), "token.recorded")]
[JsonDerivedType(typeof(TokenUsed), "token.used")]
[JsonDerivedType(typeof(TokenRefused), "token.refused")]

// Policy profiles, preconditions and contracts.
[JsonDerivedType(typeof(ProfileAdopted), "profile.adopted")]
[JsonDerivedType(typeof(PreconditionMet), "precondition.met")]
[JsonDerivedType(typeof(PreconditionWithdrawn), "precondition.withdrawn")]
[JsonDerivedType(typeof(ContractRecorded), "contract.recorded")]
[JsonDerivedType(typeof(ContractEnded), "contract.ended")]
[JsonDerivedType(typeof(ContractorChecked), "contractor.checked")]
[JsonDerivedType(typeof(ContractorCheckReceived), "contractor.check-received")]
[JsonDerivedType(typeof(ContractorCheckOverdue), "contractor.check-overdue")]
[JsonDerivedType(typeof(EntrustedHanded), "contract.entrusted")]
[JsonDerivedType(typeof(EntrustedSettled), "contract.entrusted-settled")]
[JsonDerivedType(typeof(ContractHoldingsReminded), "contract.holdings-reminded")]
[JsonDerivedType(typeof(BelongingLent), "belonging.lent")]
[JsonDerivedType(typeof(BelongingReturned), "belonging.returned")]
[JsonDerivedType(typeof(BiometricRecorded), "biometric.recorded")]
[JsonDerivedType(typeof(BiometricDeleted), "biometric.deleted")]
[JsonDerivedType(typeof(LeavingRecorded), "person.leaving")]
[JsonDerivedType(typeof(PersonnelCompared), "personnel.compared")]
[JsonDerivedType(typeof(PersonnelDecided), "personnel.decided")]
[JsonDerivedType(typeof(LendingSuspected), "person.lending-suspected")]
[JsonDerivedType(typeof(PinHeld), "door.pin-held")]
[JsonDerivedType(typeof(DuressSignalled), "door.duress")]

// Orders to the rooms.
[JsonDerivedType(typeof(RoomOrdered), "room.ordered")]
[JsonDerivedType(typeof(RoomOrderApplied), "room.order-applied")]

// Presence, escorts and modes at the doors.
[JsonDerivedType(typeof(EntryWhileInside), "presence.entry-while-inside")]
[JsonDerivedType(typeof(LeftAlone), "zone.left-alone")]
[JsonDerivedType(typeof(LeftAloneEnded), "zone.left-alone-ended")]
[JsonDerivedType(typeof(PairAwaited), "door.pair-awaited")]
[JsonDerivedType(typeof(EscortMissing), "visit.escort-missing")]
[JsonDerivedType(typeof(EscortReturned), "visit.escort-returned")]
[JsonDerivedType(typeof(EscortHandedOver), "visit.escort-handed-over")]
[JsonDerivedType(typeof(VisitOverstayed), "visit.overstayed")]
[JsonDerivedType(typeof(ZoneModeChanged), "zone.mode-changed")]
[JsonDerivedType(typeof(FireReleased), "zone.fire-released")]
[JsonDerivedType(typeof(FireRestored), "zone.fire-restored")]
[JsonDerivedType(typeof(FreeHoursBegan), "zone.free-hours-began")]
[JsonDerivedType(typeof(FreeHoursEnded), "zone.free-hours-ended")]

// Who is inside, asked and answered.
[JsonDerivedType(typeof(PresenceAsked), "presence.asked")]
[JsonDerivedType(typeof(PresenceAnswered), "presence.answered")]
[JsonDerivedType(typeof(PresenceSettled), "presence.settled")]

// The register kept by hand, keys, identity checks, patterns.
[JsonDerivedType(typeof(HandLineEntered), "hand-line.entered")]
[JsonDerivedType(typeof(HandLineDecided), "hand-line.decided")]
[JsonDerivedType(typeof(KeyRecorded), "key.recorded")]
[JsonDerivedType(typeof(KeyTaken), "key.taken")]
[JsonDerivedType(typeof(KeyReturned), "key.returned")]
[JsonDerivedType(typeof(IdentityChecked), "identity.checked")]
[JsonDerivedType(typeof(IdentityCleared), "identity.cleared")]
[JsonDerivedType(typeof(PatternNoticed), "pattern.noticed")]
[JsonDerivedType(typeof(PatternReviewed), "pattern.reviewed")]

// Visits.
[JsonDerivedType(typeof(VisitRecorded), "visit.recorded")]
[JsonDerivedType(typeof(VisitEnded), "visit.ended")]
[JsonDerivedType(typeof(VisitorIdentityChecked), "visitor.identity-checked")]
[JsonDerivedType(typeof(VisitorItemsDeclared), "visitor.items-declared")]
[JsonDerivedType(typeof(VisitorItemsHandedBack), "visitor.items-handed-back")]
[JsonDerivedType(typeof(VisitorPreRegistered), "visitor.pre-registered")]
[JsonDerivedType(typeof(VisitorBadgeIssued), "visitor.badge-issued")]
[JsonDerivedType(typeof(VisitorBadgeReturned), "visitor.badge-returned")]
[JsonDerivedType(typeof(VisitorBadgeDied), "visitor.badge-died")]
[JsonDerivedType(typeof(VisitorTurnedAway), "visitor.turned-away")]
[JsonDerivedType(typeof(VisitorBadgeRecorded), "visitor-badge.recorded")]
[JsonDerivedType(typeof(VisitorBarred), "visitor.barred")]
[JsonDerivedType(typeof(VisitorBarLifted), "visitor.bar-lifted")]

// Power.
[JsonDerivedType(typeof(OutageBegan), "power.outage-began")]
[JsonDerivedType(typeof(OutageEnded), "power.outage-ended")]
[JsonDerivedType(typeof(MainsUnsteady), "power.unsteady")]
[JsonDerivedType(typeof(UpsLost), "ups.lost")]
[JsonDerivedType(typeof(UpsFound), "ups.found")]
[JsonDerivedType(typeof(ReserveShort), "power.reserve-short")]
[JsonDerivedType(typeof(ReserveEnough), "power.reserve-enough")]
[JsonDerivedType(typeof(StageStarted), "power.stage-started")]
[JsonDerivedType(typeof(HostStopped), "power.host-stopped")]
[JsonDerivedType(typeof(StageEnded), "power.stage-ended")]
[JsonDerivedType(typeof(ShutdownStopped), "power.shutdown-stopped")]
[JsonDerivedType(typeof(ShutdownFinished), "power.shutdown-finished")]
[JsonDerivedType(typeof(RestartAllowed), "power.restart-allowed")]
[JsonDerivedType(typeof(WebhookAccepted), "power.webhook-accepted")]
[JsonDerivedType(typeof(WebhookGivenUp), "power.webhook-given-up")]
[JsonDerivedType(typeof(SupplyTroubled), "power.supply-troubled")]
[JsonDerivedType(typeof(SupplyRecovered), "power.supply-recovered")]
[JsonDerivedType(typeof(BatteryTested), "battery.tested")]
[JsonDerivedType(typeof(BatteryDue), "battery.due")]
[JsonDerivedType(typeof(BatteryInOrder), "battery.in-order")]
[JsonDerivedType(typeof(PlannedOutageAsked), "power.planned-asked")]
[JsonDerivedType(typeof(PlannedOutageDeclined), "power.planned-declined")]
[JsonDerivedType(typeof(PowerPlanAsked), "power.plan-asked")]
[JsonDerivedType(typeof(PowerPlanDeclined), "power.plan-declined")]
[JsonDerivedType(typeof(DrillHeld), "power.drill-held")]
[JsonDerivedType(typeof(UpsCommandAsked), "ups.command-asked")]
[JsonDerivedType(typeof(UpsCommandDropped), "ups.command-dropped")]
[JsonDerivedType(typeof(UpsCommandEnded), "ups.command-ended")]

// Alarms and people.
[JsonDerivedType(typeof(AlarmAcknowledged), "alarm.acknowledged")]
[JsonDerivedType(typeof(AlarmShelved), "alarm.shelved")]
[JsonDerivedType(typeof(AlarmUnshelved), "alarm.unshelved")]
[JsonDerivedType(typeof(AlarmHandedOver), "alarm.handed-over")]
[JsonDerivedType(typeof(AlarmNoticed), "alarm.noticed")]
[JsonDerivedType(typeof(AlarmCauseOver), "alarm.cause-over")]
[JsonDerivedType(typeof(AlarmDrilled), "alarm.drilled")]
[JsonDerivedType(typeof(AlarmContactSet), "alarm.contact-set")]
[JsonDerivedType(typeof(ContactListSet), "alarm.list-set")]
[JsonDerivedType(typeof(MaintenanceBegan), "maintenance.began")]
[JsonDerivedType(typeof(MaintenanceEnded), "maintenance.ended")]
[JsonDerivedType(typeof(FailureReported), "failure.reported")]
[JsonDerivedType(typeof(FailureHandled), "failure.handled")]
[JsonDerivedType(typeof(FailureClosed), "failure.closed")]

// Carrying.
[JsonDerivedType(typeof(CarryPermitted), "carry.permitted")]
[JsonDerivedType(typeof(CarryPassed), "carry.passed")]
[JsonDerivedType(typeof(CarryChecked), "carry.checked")]
[JsonDerivedType(typeof(CarryOverdue), "carry.overdue")]
[JsonDerivedType(typeof(CarryRevoked), "carry.revoked")]
[JsonDerivedType(typeof(MediaTransferred), "media.transferred")]
[JsonDerivedType(typeof(MediaTransferRefused), "media.transfer-refused")]
[JsonDerivedType(typeof(CarryRefused), "carry.refused")]
[JsonDerivedType(typeof(BelongingsDeclared), "carry.declared")]
[JsonDerivedType(typeof(CarryListed), "carry.listed")]
[JsonDerivedType(typeof(SafeguardsSet), "carry.safeguards")]

// Work.
[JsonDerivedType(typeof(WorkPermitted), "work.permitted")]
[JsonDerivedType(typeof(WorkStarted), "work.started")]
[JsonDerivedType(typeof(PartChanged), "work.part-changed")]
[JsonDerivedType(typeof(WorkEnded), "work.ended")]
[JsonDerivedType(typeof(WorkNoted), "work.noted")]
[JsonDerivedType(typeof(WorkChecked), "work.checked")]
[JsonDerivedType(typeof(WorkAlone), "work.alone")]
[JsonDerivedType(typeof(WorkAccompanied), "work.accompanied")]
[JsonDerivedType(typeof(WorkReminded), "work.reminded")]
[JsonDerivedType(typeof(WorkRefused), "work.refused")]

// Climate.
[JsonDerivedType(typeof(ClimateRaised), "climate.raised")]
[JsonDerivedType(typeof(ClimateChanged), "climate.changed")]
[JsonDerivedType(typeof(ClimateCleared), "climate.cleared")]
[JsonDerivedType(typeof(ClimateConfirmed), "climate.confirmed")]
[JsonDerivedType(typeof(ClimateGap), "climate.gap")]
[JsonDerivedType(typeof(ClimateLimitsAsked), "climate.limits-asked")]
[JsonDerivedType(typeof(ClimateLimitsDeclined), "climate.limits-declined")]
[JsonDerivedType(typeof(SensingPlanApplied), "climate.plan-applied")]
[JsonDerivedType(typeof(SensorCalibrated), "sensor.calibrated")]
[JsonDerivedType(typeof(SensorTested), "sensor.tested")]
[JsonDerivedType(typeof(SensorServiced), "sensor.serviced")]
[JsonDerivedType(typeof(FireEquipmentRecorded), "fire-equipment.recorded")]
[JsonDerivedType(typeof(SensorEnrolled), "sensor.enrolled")]
[JsonDerivedType(typeof(SensingOrderRefused), "sensing.order-refused")]
[JsonDerivedType(typeof(SensingPlanAsked), "sensing.plan-asked")]
[JsonDerivedType(typeof(SensingPlanDeclined), "sensing.plan-declined")]
[JsonDerivedType(typeof(StrangerNoticed), "sender.unknown")]
[JsonDerivedType(typeof(SenderSuspected), "sender.suspected")]

// Notices, and times without watching.
[JsonDerivedType(typeof(NoticeSent), "notice.sent")]
[JsonDerivedType(typeof(NoticeGivenUp), "notice.given-up")]
[JsonDerivedType(typeof(NoticeTested), "notice.tested")]
[JsonDerivedType(typeof(WatchGap), "watch.gap")]

// Equipment.
[JsonDerivedType(typeof(AssetRecorded), "asset.recorded")]
[JsonDerivedType(typeof(AssetClassDecided), "asset.class-decided")]
[JsonDerivedType(typeof(AssetMaintained), "asset.maintained")]
[JsonDerivedType(typeof(AssetHandedOver), "asset.handed-over")]
[JsonDerivedType(typeof(AssetHandedBack), "asset.handed-back")]
[JsonDerivedType(typeof(AssetMoved), "asset.moved")]
[JsonDerivedType(typeof(AssetInstalled), "asset.installed")]
[JsonDerivedType(typeof(MoveRecorded), "move.recorded")]
[JsonDerivedType(typeof(MoveImpactChecked), "move.impact-checked")]
[JsonDerivedType(typeof(MoveStarted), "move.started")]
[JsonDerivedType(typeof(MoveItemScanned), "move.item-scanned")]
[JsonDerivedType(typeof(WitnessLeft), "move.witness-left")]
[JsonDerivedType(typeof(MoveResumed), "move.resumed")]
[JsonDerivedType(typeof(MoveCompleted), "move.completed")]
[JsonDerivedType(typeof(MoveCancelled), "move.cancelled")]
[JsonDerivedType(typeof(DisposalAsked), "disposal.asked")]
[JsonDerivedType(typeof(DisposalDecided), "disposal.decided")]
[JsonDerivedType(typeof(DisposalErased), "disposal.erased")]
[JsonDerivedType(typeof(DisposalVerified), "disposal.verified")]
[JsonDerivedType(typeof(SecrecyChecked), "disposal.secrecy-checked")]
[JsonDerivedType(typeof(DisposalMovedOut), "disposal.moved-out")]
[JsonDerivedType(typeof(DisposalWithdrawn), "disposal.withdrawn")]
[JsonDerivedType(typeof(DisposalReminded), "disposal.reminded")]
[JsonDerivedType(typeof(DisposalCertified), "disposal.certified")]
[JsonDerivedType(typeof(OffsiteChecked), "offsite.checked")]
[JsonDerivedType(typeof(OffsiteCheckReminded), "offsite.check-reminded")]
[JsonDerivedType(typeof(AssetTagRead), "gate.tag-read")]
[JsonDerivedType(typeof(AssetTagsMissed), "gate.tags-missed")]
[JsonDerivedType(typeof(AssetPassed), "gate.passed")]
[JsonDerivedType(typeof(AssetUnpermitted), "gate.unpermitted")]
[JsonDerivedType(typeof(AssetTagUnknown), "gate.tag-unknown")]
[JsonDerivedType(typeof(CabinetsWatched), "cabinet.watched")]
[JsonDerivedType(typeof(CabinetOpened), "cabinet.opened")]
[JsonDerivedType(typeof(CabinetClosed), "cabinet.closed")]
[JsonDerivedType(typeof(CabinetLost), "cabinet.unknown")]
[JsonDerivedType(typeof(CabinetOpenedAtWork), "cabinet.opened-at-work")]
[JsonDerivedType(typeof(CabinetOpenedWithoutWork), "cabinet.opened-without-work")]
[JsonDerivedType(typeof(CabinetLeftOpen), "cabinet.left-open")]
[JsonDerivedType(typeof(StocktakeOpened), "stocktake.opened")]
[JsonDerivedType(typeof(StockCounted), "stocktake.counted")]
[JsonDerivedType(typeof(StocktakeClosed), "stocktake.closed")]
[JsonDerivedType(typeof(StocktakeSentBack), "stocktake.sent-back")]
[JsonDerivedType(typeof(StocktakeConfirmed), "stocktake.confirmed")]
[JsonDerivedType(typeof(StocktakeCancelled), "stocktake.cancelled")]
[JsonDerivedType(typeof(AssetListBrought), "asset.list-brought")]
[JsonDerivedType(typeof(AssetsImported), "asset.imported")]
public abstract record RecordedEvent(DateTimeOffset OccurredAt);
