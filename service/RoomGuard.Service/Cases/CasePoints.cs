using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Work;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Visits;
using RoomGuard.Service.Work;

namespace RoomGuard.Service.Cases;

/// <summary>気になる点 of a case as things stand now: what is unusual, and what must be put right before it can be allowed.</summary>
public static class CasePoints
{
    /// <summary>The points, blocking ones first.</summary>
    public static ImmutableArray<CasePoint> Of(Statements db, CaseDossier file, PolicyProfile policy, ServiceSettings site, DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(file);
        return [.. All(db, file, policy, site, now, zone).OrderByDescending(point => point.Tone)];
    }

    private static IEnumerable<CasePoint> All(Statements db, CaseDossier file, PolicyProfile policy, ServiceSettings site, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var person = file.Subject is { } id ? PersonOf(db, id) : null;
        if (person is { Suspended: true })
        {
            yield return new(CasePointTone.Blocking, CaseText.SubjectSuspended, "R-ID-10");
        }

        var more = file.Matter switch
        {
            GrantMatter grant => Grant(db, person?.Person, grant.Person, grant.Zones, grant.Days, grant.Hours, grant.ValidFrom, except: null, today)
                .Concat(Missing(db, policy, grant.Person, grant.Zones, grant.ValidFrom, grant.ValidUntil, grant.Contract, today)),
            GrantChangeMatter change => Grant(db, person?.Person, file.Subject!.Value, change.Zones, change.Days, change.Hours, change.ValidFrom, change.Grant, today)
                .Concat(Unchanged(db, file)).Concat(Missing(db, policy, file.Subject!.Value, change.Zones, change.ValidFrom, change.ValidUntil, contract: null, today)),
            GrantEndMatter => Unchanged(db, file),
            AccountMatter account => Account(db, policy, account, person?.Person),
            RemoteAccessMatter remote => Remote(db, remote, person?.Person, today),
            RoleMatter role => Role(db, role.Role, role.Person, role.From, role.Until),
            DeputyMatter deputy => CaseOutcome.HoldingOf(db, deputy.Holding) is { } held && (held.Until is not { } until || until > today)
                ? Role(db, held.Role, deputy.Person, deputy.From, deputy.Until)
                : [new(CasePointTone.Blocking, CaseText.HoldingOver, "R-SIGN-10")],
            ExceptionMatter exception => Exception(file, exception),
            MoveMatter move => MoveApplication.Points(db, move, site, now, today),
            VisitMatter visit => VisitApplication.Points(db, visit, policy, now, zone),
            WorkMatter work => WorkApplication.Points(db, work.Plan, policy, now, zone),
            CarryMatter carry => CarryApplication.Points(db, carry.Plan, policy, id => site.Zones.FirstOrDefault(one => one.Id == id.Value)?.Segment, now),
            _ => [],
        };
        foreach (var point in more)
        {
            yield return point;
        }
    }

    private static IEnumerable<CasePoint> Grant(Statements db, Person? person, PersonId id, ImmutableArray<Core.Zones.ZoneId> zones, WeekDays days, Hours hours, DateOnly from, GrantId? except, DateOnly today)
    {
        if (person?.ValidFrom is { } first && from < first)
        {
            yield return new(CasePointTone.Unusual, CaseText.SubjectLeaves, "R-ID-03");
        }

        if ((long)db.Value("SELECT count(*) FROM view_cards WHERE person = $1 AND state = 0", id.Value)! == 0)
        {
            yield return new(CasePointTone.Unusual, CaseText.NoCard, "R-DOOR-01");
        }

        if (GrantsOf(db, id).Any(grant => grant.Id != except && grant.ValidUntil > today && grant.Zones.Intersect(zones).Any()))
        {
            yield return new(CasePointTone.Unusual, CaseText.OverlappingGrant, "R-DOOR-16");
        }

        if (days == WeekDays.All && hours.From == hours.Until)
        {
            yield return new(CasePointTone.Unusual, CaseText.AroundTheClock, "R-DOOR-16");
        }
    }

    // R-ID-11, R-CON-01 to 03: asked now and not when it was applied for, because what was met then may have lapsed.
    private static IEnumerable<CasePoint> Missing(Statements db, PolicyProfile policy, PersonId person, ImmutableArray<Core.Zones.ZoneId> zones, DateOnly from, DateOnly until, string? contract, DateOnly today) =>
        GrantConditionsLook.Missing(db, policy, person, zones, from, until, contract is null ? null : new ContractId(contract), today)
            .Select(missing => new CasePoint(CasePointTone.Blocking, PeopleText.Of(missing.Condition), missing.Requirement));

    private static IEnumerable<CasePoint> Unchanged(Statements db, CaseDossier file)
    {
        if (file.Before is not { } before || CaseOutcome.GrantOf(db, before.Id) is not { } now || !PeopleDesk.Same(now, before))
        {
            yield return new(CasePointTone.Blocking, CaseText.GrantChanged, "R-ID-03");
        }
    }

    private static IEnumerable<CasePoint> Account(Statements db, PolicyProfile policy, AccountMatter asked, Person? person)
    {
        if (OperatorsView.AccountNamed(db, asked.SignInName) is not null)
        {
            yield return new(CasePointTone.Blocking, CaseText.NameTaken, "R-SIGN-01");
        }

        if (asked.Privileged && (long)db.Value("SELECT count(*) FROM view_accounts WHERE privileged = 1 AND state <> $1", (long)AccountState.Ended)! >= policy[Limit.PrivilegedAccounts])
        {
            yield return new(CasePointTone.Blocking, CaseText.TooManyPrivileged, "R-SIGN-09");
        }

        if (asked.Privileged && person?.Category is PersonCategory.Contractor or PersonCategory.Visitor)
        {
            yield return new(CasePointTone.Blocking, CaseText.ContractorPrivilege, "R-SIGN-11");
        }
    }

    private static IEnumerable<CasePoint> Remote(Statements db, RemoteAccessMatter asked, Person? person, DateOnly today)
    {
        if (db.Value("SELECT 1 FROM view_accounts WHERE person = $1 AND state = $2", asked.Person.Value, (long)AccountState.Active) is null)
        {
            yield return new(CasePointTone.Blocking, CaseText.NoAccount, "R-SIGN-14");
        }

        if (person?.Category is PersonCategory.Contractor or PersonCategory.Visitor)
        {
            yield return new(CasePointTone.Unusual, CaseText.ContractorFromOutside, "R-SIGN-14");
        }

        if (!OperatorsView.RemoteAccessOf(db, asked.Person, today).IsEmpty)
        {
            yield return new(CasePointTone.Unusual, CaseText.RemoteAlready, "R-SIGN-14");
        }
    }

    private static IEnumerable<CasePoint> Role(Statements db, Role role, PersonId person, DateOnly from, DateOnly? until)
    {
        var others = OperatorsView.AllHoldings(db).Where(held => held.Person == person && (held.Until is not { } end || end > from) && (until is not { } over || held.From < over));
        if (!SeparationOfDuties.MayHoldTogether([role, .. others.Select(held => held.Role)]))
        {
            yield return new(CasePointTone.Blocking, CaseText.AuditorHoldsOther, "R-PROF-05");
        }

        if (CaseRules.IsPrivilege(role) && PersonOf(db, person) is { Person.Category: PersonCategory.Contractor or PersonCategory.Visitor })
        {
            yield return new(CasePointTone.Blocking, CaseText.ContractorPrivilege, "R-SIGN-11");
        }
    }

    private static IEnumerable<CasePoint> Exception(CaseDossier file, ExceptionMatter asked)
    {
        if (asked.UsedAt is { } used && file.AppliedAt - used > TimeSpan.FromHours(24))
        {
            yield return new(CasePointTone.Unusual, CaseText.ReportedLate, "R-EXC-02");
        }

        if (asked.SelfApproval is not null)
        {
            yield return new(CasePointTone.Unusual, CaseText.SelfApproval, "R-EXC-07");
        }
    }

    private static (Person Person, bool Suspended)? PersonOf(Statements db, PersonId id)
    {
        using var row = db.Rows("SELECT person, name, kana, category, section, valid_from, valid_until, suspended FROM view_people WHERE person = $1", id.Value);
        return row.Read() ? (PeopleView.PersonFrom(row, 0), row.GetInt64(7) != 0) : null;
    }

    private static List<EntryGrant> GrantsOf(Statements db, PersonId person)
    {
        var found = new List<EntryGrant>();
        using var row = db.Rows("SELECT id, person, zones, days, hour_from, hour_until, valid_from, valid_until, suspended FROM view_grants WHERE person = $1 AND ended IS NULL", person.Value);
        while (row.Read())
        {
            found.Add(PeopleView.GrantFrom(row, 0));
        }

        return found;
    }
}
