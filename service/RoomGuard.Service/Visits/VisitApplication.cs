using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Cases;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Visits;

/// <summary>訪問 as an application: what it must say, what an approver should know, and what it becomes when it is allowed.</summary>
public static class VisitApplication
{
    /// <summary>Visitors of one application; more come on more than one.</summary>
    public const int MostVisitors = 30;

    private const int MostTimes = 60;
    private const int MostEscorts = 10;
    private const int MostItems = 50;
    private const int VisitorsOfOneEscort = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>What is wrong with the form. Fields are named like the properties of the matter; the first time's two ends are <c>from</c> and <c>until</c>.</summary>
    public static IEnumerable<FieldProblem> Problems(Statements db, VisitMatter matter, FieldRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(matter);
        ArgumentNullException.ThrowIfNull(rules);
        return [.. OfVisitors(matter), .. OfPlaces(matter, rules), .. OfTimes(matter, now), .. OfEscorts(db, matter), .. OfItems(matter), .. OfContract(db, matter)];
    }

    /// <summary>The form in the one way it is kept.</summary>
    public static VisitMatter Cleaned(VisitMatter matter)
    {
        ArgumentNullException.ThrowIfNull(matter);
        return matter with
        {
            Visitors = [.. (matter.Visitors.IsDefault ? [] : matter.Visitors).Select(one => new VisitorName(FieldRules.Clean(one.Name), FieldRules.Clean(one.Kana)))],
            Organisation = FieldRules.Clean(matter.Organisation),
            Zones = [.. (matter.Zones.IsDefault ? [] : matter.Zones).Distinct()],
            Times = [.. (matter.Times.IsDefault ? [] : matter.Times).OrderBy(one => one.From)],
            Escorts = [.. (matter.Escorts.IsDefault ? [] : matter.Escorts).Distinct()],
            Items = [.. (matter.Items.IsDefault ? [] : matter.Items).Select(item => item with { Name = FieldRules.Clean(item.Name), Serial = FieldRules.Clean(item.Serial), Permit = FieldRules.Clean(item.Permit) })],
            Contract = FieldRules.Clean(matter.Contract) is { Length: > 0 } contract ? contract : null,
        };
    }

    /// <summary>気になる点 as things stand now, and what stops an approval (R-VIS-01, R-VIS-04, R-VIS-10).</summary>
    public static IEnumerable<CasePoint> Points(Statements db, VisitMatter matter, PolicyProfile policy, DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(matter);
        ArgumentNullException.ThrowIfNull(policy);
        if (matter.Times.All(time => time.Until <= now))
        {
            yield return new(CasePointTone.Blocking, VisitText.TimeOver, "R-VIS-01");
        }

        foreach (var escort in matter.Escorts)
        {
            using var row = db.Rows("SELECT category, suspended FROM view_people WHERE person = $1", escort.Value);
            if (!row.Read() || row.GetInt64(1) != 0)
            {
                yield return new(CasePointTone.Blocking, VisitText.EscortSuspended, "R-ID-10");
            }
            else if (!MayEscort(policy.EscortEligibility.Value, (PersonCategory)row.GetInt64(0)))
            {
                yield return new(CasePointTone.Blocking, VisitText.EscortNotEligible, "R-VIS-10");
            }
        }

        if (!matter.Escorts.IsEmpty && matter.Times.Any(time => !matter.Zones.All(place => matter.Escorts.Any(escort => Covers(db, escort, place, time, zone)))))
        {
            yield return new(CasePointTone.Unusual, VisitText.EscortWithoutGrant, "R-VIS-02");
        }

        if (matter.Visitors.Length > matter.Escorts.Length * VisitorsOfOneEscort)
        {
            yield return new(CasePointTone.Blocking, VisitText.TooManyForEscorts, "R-VIS-04");
        }

        if (matter.Visitors.Any(one => ReceptionRules.BarOf(one.Name, matter.Organisation, VisitsView.Bars(db), DayOf(matter.Times[0].From, zone)) is not null))
        {
            yield return new(CasePointTone.Blocking, VisitText.VisitorBarred, "R-VIS-01");
        }

        if (matter.Visitors.Any(one => !VisitsView.HasBeenHere(db, one.Name, matter.Organisation)))
        {
            yield return new(CasePointTone.Unusual, VisitText.FirstTime, null);
        }

        if (matter.Contract is { } number && ContractsView.One(db, new(number)) is var contract
            && (contract is null || !matter.Zones.All(contract.Places.Contains) || !matter.Times.All(time => contract.On(DayOf(time.From, zone)))))
        {
            yield return new(CasePointTone.Blocking, VisitText.OutsideContract, "R-CON-02");
        }
    }

    /// <summary>Whether a category may escort (R-VIS-10).</summary>
    public static bool MayEscort(Eligibility eligible, PersonCategory category) =>
        category is not PersonCategory.Visitor && (category is not PersonCategory.Contractor || eligible is Eligibility.AuthorisedContractor);

    /// <summary>The visits an allowed application becomes, one for each of its times that is not over.</summary>
    public static ImmutableArray<VisitRecorded> Visits(Statements db, CaseDossier file, VisitMatter matter, string by, DateTimeOffset now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(matter);
        ImmutableArray<PersonId> approvers = [.. file.History.Where(line => line.Decision is CaseDecision.Allowed or CaseDecision.AllowedWithConditions && line.By is not null).Select(line => line.By!.Value).Distinct()];
        var prefix = string.Create(CultureInfo.InvariantCulture, $"V-{today.Year}-");
        var next = 1 + (db.Value("SELECT max(number) FROM view_visits WHERE id LIKE $1 || '%'", prefix) as long? ?? 0);
        var made = ImmutableArray.CreateBuilder<VisitRecorded>();
        foreach (var time in matter.Times.Where(time => time.Until > now))
        {
            var id = new VisitId(string.Create(CultureInfo.InvariantCulture, $"{prefix}{next++:0000}"));
            var visitors = matter.Visitors.Select((one, at) => new Visitor(new(string.Create(CultureInfo.InvariantCulture, $"{id}-{at + 1}")), one.Name, one.Kana));
            made.Add(new(
                now,
                new(
                    id, file.Id, [.. visitors], matter.Organisation, file.Reason, matter.Zones, time.From, time.Until, matter.Escorts, matter.Items,
                    matter.Contract is { } contract ? new ContractId(contract) : null, file.AppliedBy, file.AppliedAt, approvers, now, matter.WalkIn),
                "approved",
                "",
                by));
        }

        return made.DrainToImmutable();
    }

    /// <summary>The local day of a moment.</summary>
    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private static bool Covers(Statements db, PersonId escort, ZoneId place, VisitTime time, TimeZoneInfo zone)
    {
        var (from, until) = (TimeZoneInfo.ConvertTime(time.From, zone).DateTime, TimeZoneInfo.ConvertTime(time.Until, zone).DateTime.AddTicks(-1));
        return GrantsOf(db, escort).Any(grant => !grant.Suspended && grant.Zones.Contains(place)
            && grant.ValidFrom <= DateOnly.FromDateTime(from) && DateOnly.FromDateTime(until) < grant.ValidUntil
            && grant.Days.HasFlag(Of(from.DayOfWeek)) && Holds(grant.Hours, TimeOnly.FromDateTime(from)) && Holds(grant.Hours, TimeOnly.FromDateTime(until)));
    }

    private static bool Holds(Hours hours, TimeOnly at) =>
        hours.From == hours.Until || (hours.From < hours.Until ? hours.From <= at && at < hours.Until : at >= hours.From || at < hours.Until);

    private static WeekDays Of(DayOfWeek day) => day switch
    {
        DayOfWeek.Monday => WeekDays.Monday,
        DayOfWeek.Tuesday => WeekDays.Tuesday,
        DayOfWeek.Wednesday => WeekDays.Wednesday,
        DayOfWeek.Thursday => WeekDays.Thursday,
        DayOfWeek.Friday => WeekDays.Friday,
        DayOfWeek.Saturday => WeekDays.Saturday,
        _ => WeekDays.Sunday,
    };

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

    private static IEnumerable<FieldProblem> OfVisitors(VisitMatter matter)
    {
        if (matter.Visitors.IsDefaultOrEmpty)
        {
            yield return new("visitors", FieldFault.Required);
        }
        else if (matter.Visitors.Length > MostVisitors)
        {
            yield return new("visitors", FieldFault.OutOfRange, $"1 – {MostVisitors}");
        }

        foreach (var problem in matter.Visitors.SelectMany(one => FieldRules.Text("visitors", one.Name).Concat(FieldRules.Text("visitors", one.Kana, required: false))).Concat(FieldRules.Text("organisation", matter.Organisation)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<FieldProblem> OfPlaces(VisitMatter matter, FieldRules rules)
    {
        if (matter.Zones.IsDefaultOrEmpty)
        {
            yield return new("zones", FieldFault.Required);
        }
        else if (matter.Zones.FirstOrDefault(zone => !rules.KnowsZone(zone)) is { Value: { } unknown })
        {
            yield return new("zones", FieldFault.Unknown, unknown);
        }
    }

    private static IEnumerable<FieldProblem> OfTimes(VisitMatter matter, DateTimeOffset now)
    {
        if (matter.Times.IsDefaultOrEmpty)
        {
            yield return new("from", FieldFault.Required);
            yield break;
        }

        if (matter.Times.Any(time => time.Until <= time.From))
        {
            yield return new("until", FieldFault.EndBeforeStart);
        }
        else if (matter.Times.Any(time => time.Until - time.From > Longest))
        {
            yield return new("until", FieldFault.OutOfRange, "7 × 24 h");
        }
        else if (matter.Times[0].Until <= now)
        {
            yield return new("until", FieldFault.AlreadyOver);
        }

        if (matter.Times.Length > MostTimes)
        {
            yield return new("repeatUntil", FieldFault.OutOfRange, $"1 – {MostTimes}");
        }
        else if (matter.Times.Length > 1 && matter.Contract is null)
        {
            // A visit that comes again and again needs the contract it serves.
            yield return new("contract", FieldFault.Required);
        }
    }

    private static IEnumerable<FieldProblem> OfEscorts(Statements db, VisitMatter matter)
    {
        if (matter.Escorts.IsDefaultOrEmpty)
        {
            yield return new("escorts", FieldFault.Required);
        }
        else if (matter.Escorts.Length > MostEscorts)
        {
            yield return new("escorts", FieldFault.OutOfRange, $"1 – {MostEscorts}");
        }

        foreach (var escort in matter.Escorts.IsDefault ? [] : matter.Escorts)
        {
            if (db.Value("SELECT 1 FROM view_people WHERE person = $1 AND category <> 6", escort.Value ?? "") is null)
            {
                yield return new("escorts", FieldFault.Unknown, escort.Value);
            }
        }

        if (!matter.Escorts.IsDefault && !matter.Visitors.IsDefault && !matter.Times.IsDefault)
        {
            foreach (var problem in EscortPairs.Broken(db, matter.Escorts, [.. matter.Visitors.Select(one => one.Name)], matter.Organisation, matter.Times, null))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<FieldProblem> OfItems(VisitMatter matter)
    {
        if (matter.Items.Length > MostItems)
        {
            yield return new("items", FieldFault.OutOfRange, $"0 – {MostItems}");
        }

        foreach (var item in matter.Items)
        {
            if (item.Count is < 1 or > 999)
            {
                yield return new("items", FieldFault.OutOfRange, "1 – 999");
            }

            foreach (var problem in FieldRules.Text("items", item.Name).Concat(FieldRules.Text("items", item.Permit)).Concat(FieldRules.Text("items", item.Serial, required: false)))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<FieldProblem> OfContract(Statements db, VisitMatter matter)
    {
        if (matter.Contract is { } contract && ContractsView.One(db, new(contract)) is null)
        {
            yield return new("contract", FieldFault.Unknown, contract);
        }
    }
}
