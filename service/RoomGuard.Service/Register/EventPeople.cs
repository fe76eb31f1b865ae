using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Gates;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.Keys;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Work;

namespace RoomGuard.Service.Register;

/// <summary>Which people an event speaks of, the one it is about first.</summary>
public static class EventPeople
{
    /// <summary>The people, possibly none.</summary>
    public static ImmutableArray<PersonId> Of(RecordedEvent fact) => fact switch
    {
        EntryGranted e => [e.Person],
        EntryDenied { Person: { } person } => [person],
        FactorAwaited e => [e.Person],
        ExitBadged { Person: { } person } => [person],
        DoorOpened { Person: { } person } => [person],
        GrantUnused e => [e.Person],
        DoorForced { LastPerson: { } person } => [person],
        DoorHeldOpen { LastPerson: { } person } => [person],
        RepeatedRefusals { Person: { } person } => [person],
        LostCardUsed e => [e.Person],
        PersonEntered e => [e.Person],
        PersonLeft e => [e.Person],
        PresenceMismatch e => [e.Person],
        SuspensionApplied { Suspension.Person: { } person } => [person],
        SuspensionOrdered { Suspension.Person: { } person } => [person],
        LockdownApplied e => e.Lockdown.Except,
        LockdownOrdered e => e.Lockdown.Except,
        PersonRecorded e => [e.Person.Id],
        CredentialRecorded e => [e.Credential.Person],
        GrantRecorded e => [e.Grant.Person],
        GrantEnded e => [e.Person],
        BiometricRecorded e => [e.Biometric.Person],
        BiometricDeleted e => [e.Person],
        RecordsViewed { Subject: { } person } => [person],
        InvestigationNamed e => [e.Subject, .. e.Named],
        InvestigationEnded e => [e.Subject],
        AccountRecorded e => [e.Account.Person],
        PrivilegeReviewed e => [e.Person],
        RoleHeld e => [e.Holding.Person],
        RoleEnded e => [e.Person],
        RemoteAccessAllowed e => [e.Person],
        RemoteAccessEnded e => [e.Person],
        EntryWhileInside e => [e.Person],
        LeftAlone e => [e.Person],
        PairAwaited e => [e.Person],
        EscortMissing e => e.Escort is { } escort ? [e.Visitor, escort] : [e.Visitor],
        EscortReturned e => [e.Visitor, e.Escort],
        EscortHandedOver e => e.From is { } from ? [e.Visitor, e.To, from] : [e.Visitor, e.To],
        VisitOverstayed e => e.Escort is { } escort ? [e.Visitor, escort] : [e.Visitor],
        ZoneModeChanged { Person: { } person } => [person],
        FireReleased e => e.RollCall,
        FireRestored e => e.Unverified,
        FreeHoursBegan e => [e.Person],
        CaseApplied { Subject: { } person } => [person],
        TokenRecorded e => [e.Token.Person],
        TokenUsed e => [e.Person],

        // Orders to the rooms, and who is inside.
        RoomOrdered e => Of(e.Order),
        RoomOrderApplied e => Of(e.Order),
        PresenceAsked e => [e.Person],
        PresenceAnswered e => [e.Person],
        PresenceSettled e => [e.Person],

        // The register kept by hand, keys, identity checks. Signs of lending and patterns are for SEC on pages of their own, not for whoever sees a row.
        HandLineEntered { Line.Person: { } person } e => e.Line.Escort is { } escort ? [person, escort] : [person],
        KeyTaken e => [e.Loan.TakenBy],
        KeyReturned e => [e.ReturnedBy],
        IdentityChecked e => [e.Person],
        IdentityCleared e => [e.Person],

        // Visits.
        VisitRecorded e => [.. e.Visit.Visitors.Select(visitor => visitor.Id), .. e.Visit.Escorts],
        VisitorIdentityChecked e => [e.Visitor],
        VisitorItemsDeclared e => [e.Visitor],
        VisitorItemsHandedBack e => [e.Visitor],
        VisitorPreRegistered e => [e.Visitor],
        VisitorBadgeIssued e => [e.Visitor],
        VisitorBadgeReturned e => [e.Visitor],
        VisitorBadgeDied e => [e.Visitor],
        VisitorTurnedAway { Visitor: { } person } => [person],

        // Alarms: who is to deal with it, and who works on a thing.
        AlarmHandedOver e => [e.To],
        MaintenanceBegan e => [e.Person],

        // Equipment: who answers for an item, who holds it.
        AssetRecorded { Asset.Manager: { } person } => [person],
        AssetHandedOver e => [e.Holder],
        AssetHandedBack e => [e.Holder],
        MoveRecorded e => [e.Move.AppliedBy, .. e.Move.Plan.Carriers],
        MoveStarted e => [e.Witness],
        WitnessLeft e => [e.Witness],
        MoveResumed e => [e.Witness],
        MoveCompleted e => [e.Witness],
        AssetUnpermitted e => [.. e.Nearby.Select(near => near.Person)],

        // Contracts: whose things are not back.
        ContractHoldingsReminded e => [.. e.Holdings.Select(one => one.Person).OfType<PersonId>().Distinct()],

        // Carrying: whose permit it is, and who carries.
        CarryPermitted e => [e.Permit.AppliedBy],
        CarryPassed e => [e.Carrier],
        CarryRefused e => [e.Person],
        BelongingsDeclared e => [e.Person],

        // Work: everybody who has a part in it.
        WorkPermitted e => [.. e.Work.Plan.People],
        WorkStarted e => [.. e.Inside.Select(stay => stay.Person)],
        WorkReminded e => e.People,
        WorkRefused { Person: { } person } => [person],
        _ => [],
    };

    private static ImmutableArray<PersonId> Of(RoomOrder order) => order switch
    {
        VisitPassOrder e => [e.Pass.Visitor.Id, .. e.Pass.Escorts],
        ZoneModeOrder { Person: { } person } => [person],
        PurposeOrder e => [e.Person],
        PresenceOrder e => [e.Person],
        _ => [],
    };
}
