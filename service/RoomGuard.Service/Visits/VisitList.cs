using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Cases;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Visits;

/// <summary>A run of badges of one series, as an invented site has them.</summary>
public sealed record BadgeRun(BadgeColour Colour, int First, int Cards, string Format, long? Facility, long FirstCard);

/// <summary>An invented visit, by the day it is imported on.</summary>
/// <param name="InDays">How many days later; 0: the same day.</param>
/// <param name="Until">Not after <paramref name="From"/>: on the next day.</param>
/// <param name="ApprovedBy">Null: applied for, not decided.</param>
/// <param name="Badge">Worn already by the first visitor; null: nobody has come.</param>
public sealed record InventedVisit(
    ImmutableArray<VisitorName> Visitors,
    string Organisation,
    string Purpose,
    ImmutableArray<ZoneId> Zones,
    int InDays,
    TimeOnly From,
    TimeOnly Until,
    ImmutableArray<PersonId> Escorts,
    ImmutableArray<PermittedItem> Items,
    string? Contract,
    PersonId AppliedBy,
    PersonId? ApprovedBy,
    string? Badge);

/// <summary>Badges and visits of an invented site, in one file (<c>roomguard visits-import</c>). Imported again on another day, it adds that day's visits.</summary>
public sealed record VisitList(ImmutableArray<BadgeRun> Badges, ImmutableArray<InventedVisit> Visits)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="JsonException">An unknown, doubled or missing member, or a value of the wrong kind.</exception>
    public static VisitList Read(Stream json) =>
        JsonSerializer.Deserialize(json, VisitListJson.Default.VisitList) ?? throw new JsonException("The file holds null.");

    /// <summary>Records what is not there yet.</summary>
    /// <returns>How many badges and visits were new.</returns>
    public async Task<(int Badges, int Visits)> ApplyAsync(ServiceRecord record, SiteKeys keys, TimeProvider time, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(time);
        var now = time.GetUtcNow();
        var today = VisitApplication.DayOf(now, record.TimeZone);
        var badges = Badges.SelectMany(run => Enumerable.Range(0, run.Cards).Select(at => BadgeSeries.Make(keys.Cards, run.Colour, run.First + at, run.Format, run.Facility, run.FirstCard + at)))
            .Where(badge => record.Readers.AskNow(db => VisitsView.Badge(db, badge.Card, null, null)) is null).ToList();
        _ = await record.AppendAsync([.. badges.Select(badge => Draft.Of(new VisitorBadgeRecorded(now, badge, "registered", Actor.Console.Id)))], null, stop);
        var visits = 0;
        foreach (var visit in Visits)
        {
            visits += await AddAsync(record, visit, now, today, stop) ? 1 : 0;
        }

        return (badges.Count, visits);
    }

    private static async Task<bool> AddAsync(ServiceRecord record, InventedVisit visit, DateTimeOffset now, DateOnly today, CancellationToken stop)
    {
        var day = today.AddDays(visit.InDays);
        DateTimeOffset At(DateOnly on, TimeOnly hour)
        {
            var local = on.ToDateTime(hour);
            return new(local, record.TimeZone.GetUtcOffset(local));
        }

        var when = new VisitTime(At(day, visit.From), At(visit.Until <= visit.From ? day.AddDays(1) : day, visit.Until));
        var known = record.Readers.AskNow(db => VisitsView.Between(db, when.From, when.Until, 500).Any(file => (file.Visit.Organisation, file.Visit.Visitors[0].Name) == (visit.Organisation, visit.Visitors[0].Name))
            || VisitsWaiting(db).Any(matter => (matter.Organisation, matter.Times[0].From) == (visit.Organisation, when.From)), stop);
        if (known || when.Until <= now)
        {
            return false;
        }

        var matter = new VisitMatter(visit.Visitors, visit.Organisation, visit.Zones, [when], visit.Escorts, visit.Items, visit.Contract, WalkIn: false);
        var id = record.Readers.AskNow(db => CaseOutcome.NextCase(db, CaseKind.Visit, today), stop);
        var steps = record.Readers.AskNow(db => CaseRules.Steps(matter, matter.Zones, null, visit.AppliedBy, null, OperatorsView.HoldersOn(db, today)), stop);
        var applied = new CaseApplied(now, id, matter, null, matter.Zones, null, visit.Purpose, Role.Staff, steps, now + CaseRules.TermsOf(matter).Lapse, visit.AppliedBy.Value);
        _ = await record.AppendAsync(applied, stop);
        if (visit.ApprovedBy is not { } approver)
        {
            return true;
        }

        var decided = steps.Select((_, at) => (RecordedEvent)new CaseDecided(now, id, at, CaseDecision.Allowed, "", Role.SystemManager, null, approver.Value)).ToList();
        var file = record.Readers.AskNow(db => decided.Aggregate(CasesView.Dossier(db, id)!, (before, fact) => CaseDossier.After(before, fact, 0)!), stop);
        var made = record.Readers.AskNow(db => VisitApplication.Visits(db, file, matter, approver.Value, now, today), stop);
        _ = await record.AppendAsync([.. decided.Select(Draft.Of), .. made.Select(Draft.Of), Draft.Of(new CaseCarriedOut(now, id, [.. made.Select(one => one.Visit.Id.Value)], "", approver.Value))], null, stop);
        if (visit.Badge is { } no && record.Readers.AskNow(db => VisitsView.Badge(db, null, no, null), stop) is { } badge && record.Readers.AskNow(db => VisitsView.WearerOf(db, badge.Card), stop) is null)
        {
            var (first, by) = (made[0].Visit, Actor.Console.Id);
            var visitor = first.Visitors[0];
            _ = await record.AppendAsync(
                [
                    Draft.Of(new VisitorIdentityChecked(now, first.Id, visitor.Id, IdentityPaper.CompanyCard, IdentityOutcome.Shown, by)),
                    Draft.Of(new VisitorItemsDeclared(now, first.Id, visitor.Id, [], by)),
                    Draft.Of(new VisitorBadgeIssued(now, first.Id, visitor.Id, badge.Card, badge.No, badge.Colour, by)),
                    Draft.Of(new RoomOrdered(now, new VisitPassOrder(first.PassOf(visitor, badge), Ended: false), by)),
                ],
                null,
                stop);
        }

        return true;
    }

    private static List<VisitMatter> VisitsWaiting(Statements db)
    {
        var found = new List<VisitMatter>();
        using var row = db.Rows("SELECT json FROM view_cases WHERE open = 1 AND kind = $1", (long)CaseKind.Visit);
        while (row.Read())
        {
            found.Add((VisitMatter)CasesView.From(row.GetString(0)).Matter);
        }

        return found;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    Converters = [typeof(IdJson<PersonId>), typeof(IdJson<ZoneId>)])]
[JsonSerializable(typeof(VisitList))]
internal sealed partial class VisitListJson : JsonSerializerContext;
