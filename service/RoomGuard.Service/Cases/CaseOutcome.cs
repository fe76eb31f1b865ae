using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Work;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Record;
using RoomGuard.Service.Visits;
using RoomGuard.Service.Work;

namespace RoomGuard.Service.Cases;

/// <summary>What follows when a case is allowed, as entries that go into the record with the decision itself: both or neither.</summary>
public static class CaseOutcome
{
    /// <summary>The entries, and the ids of what they make.</summary>
    /// <param name="by">Who decided.</param>
    public static (ImmutableArray<RecordedEvent> Facts, ImmutableArray<string> Made) Of(Statements db, CaseDossier file, Actor by, PolicyProfile policy, DateTimeOffset now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(by);
        switch (file.Matter)
        {
            case GrantMatter asked:
                var grant = new EntryGrant(new(NextGrant(db, today)), asked.Person, asked.Zones, asked.Days, asked.Hours, asked.ValidFrom, asked.ValidUntil, Suspended: false);
                return ([new GrantRecorded(now, grant, file.Reason, by.Id)], [grant.Id.Value]);
            case GrantChangeMatter asked:
                var changed = file.Before! with { Zones = asked.Zones, Days = asked.Days, Hours = asked.Hours, ValidFrom = asked.ValidFrom, ValidUntil = asked.ValidUntil };
                return ([new GrantRecorded(now, changed, file.Reason, by.Id)], [changed.Id.Value]);
            case GrantEndMatter asked:
                return ([Ended(file, asked, by, now, today)], [asked.Grant.Value]);
            case AccountMatter asked:
                var account = new OperatorAccount(new(Next(db, "A-", "SELECT max(CAST(substr(account, 3) AS INTEGER)) FROM view_accounts WHERE account LIKE 'A-%'")), asked.Person, asked.SignInName, asked.Privileged, AccountState.Active, asked.Until);
                return ([new AccountRecorded(now, account, "made", file.Reason, by.Id)], [account.Id.Value]);
            case RoleMatter asked:
                var holding = new RoleHolding(NextHolding(db), asked.Person, asked.Role, asked.Section, asked.Zones, asked.From, asked.Until, DeputyFor: null);
                return ([new RoleHeld(now, holding, file.Reason, by.Id)], [holding.Id]);
            case DeputyMatter asked:
                var held = HoldingOf(db, asked.Holding) ?? throw new InvalidOperationException($"{asked.Holding} is over.");
                var deputy = held with { Id = NextHolding(db), Person = asked.Person, From = asked.From, Until = asked.Until, DeputyFor = held.Person };
                return ([new RoleHeld(now, deputy, file.Reason, by.Id)], [deputy.Id]);
            case RemoteAccessMatter asked:
                return ([new RemoteAccessAllowed(now, file.Id.Value, asked.Person, asked.Device, asked.From, asked.Until, file.Reason, by.Id)], [file.Id.Value]);
            case MoveMatter asked:
                var move = MoveApplication.Recorded(db, file, asked, by.Id, now, today);
                return ([move], [move.Move.Id.Value]);
            case LostCredentialMatter or ExceptionMatter:
                return ([], []);
            case VisitMatter asked:
                var visits = VisitApplication.Visits(db, file, asked, by.Id, now, today);
                return ([.. visits], [.. visits.Select(visit => visit.Visit.Id.Value)]);
            case WorkMatter asked:
                var work = WorkApplication.Permit(db, file, asked.Plan, policy.TwoPersonChange, by, now, today);
                return (work.Facts, [work.Work.Id.Value]);
            case CarryMatter asked:
                var permit = CarryApplication.Permit(db, file, asked.Plan, by, now, today);
                return ([permit], [permit.Permit.Id.Value]);
            default:
                throw new UnreachableException($"Nothing follows from {file.Matter.Kind}.");
        }
    }

    /// <summary>R-ID-08: the card is off with the report itself, not with any decision. Empty when it already is.</summary>
    public static ImmutableArray<RecordedEvent> Lost(Statements db, CredentialId card, Actor by, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (CardOf(db, card) is not { State: CredentialState.Active or CredentialState.Suspended } before)
        {
            return [];
        }

        var serial = 1 + (db.Value("SELECT max(serial) FROM view_suspensions") as long? ?? 0);
        var order = new Suspension(serial, now, null, card, CredentialState.Lost, Lifted: false);
        return [new CredentialRecorded(now, before with { State = CredentialState.Lost }, "lost", by.Id), new SuspensionOrdered(now, order, by.Id, reason)];
    }

    /// <summary>A card; null: unknown.</summary>
    public static Credential? CardOf(Statements db, CredentialId card)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows("SELECT card, person, digest, state, valid_from, valid_until FROM view_cards WHERE card = $1", card.Value);
        return row.Read() ? PeopleView.CardFrom(row, 0) : null;
    }

    /// <summary>A grant that has not been ended; null: there is none of this id.</summary>
    public static EntryGrant? GrantOf(Statements db, GrantId grant)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows("SELECT id, person, zones, days, hour_from, hour_until, valid_from, valid_until, suspended FROM view_grants WHERE id = $1 AND ended IS NULL", grant.Value);
        return row.Read() ? PeopleView.GrantFrom(row, 0) : null;
    }

    /// <summary>A holding that has not been ended; null: there is none of this id.</summary>
    public static RoleHolding? HoldingOf(Statements db, string holding) => OperatorsView.AllHoldings(db).FirstOrDefault(item => item.Id == holding);

    /// <summary>The next number of a case of this kind.</summary>
    public static CaseId NextCase(Statements db, CaseKind kind, DateOnly today)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{(kind == CaseKind.PolicyException ? 'E' : 'P')}-{today.Year}-");
        return new(Next(db, prefix, "SELECT max(CAST(substr(id, 8) AS INTEGER)) FROM view_cases WHERE id LIKE $1 || '%'", prefix));
    }

    private static RecordedEvent Ended(CaseDossier file, GrantEndMatter asked, Actor by, DateTimeOffset now, DateOnly today) => asked.EndsOn <= today
        ? new GrantEnded(now, asked.Grant, file.Before!.Person, file.Reason, by.Id)
        : new GrantRecorded(now, file.Before! with { ValidUntil = asked.EndsOn < file.Before.ValidUntil ? asked.EndsOn : file.Before.ValidUntil }, file.Reason, by.Id);

    private static string NextGrant(Statements db, DateOnly today)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"G-{today.Year}-");
        return Next(db, prefix, "SELECT max(CAST(substr(id, 8) AS INTEGER)) FROM view_grants WHERE id LIKE $1 || '%'", prefix);
    }

    private static string NextHolding(Statements db) => Next(db, "H-", "SELECT max(CAST(substr(id, 3) AS INTEGER)) FROM view_holdings WHERE id LIKE 'H-%'");

    private static string Next(Statements db, string prefix, string newest, params object?[] values) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{1 + (db.Value(newest, values) as long? ?? 0):0000}");
}
