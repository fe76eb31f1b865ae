using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Reception;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Visits;

/// <summary>Names for the ids in a visit, and who decides on one that waits.</summary>
internal static class VisitPeople
{
    /// <summary>The escorts, the responsible one first.</summary>
    public static ImmutableArray<NamedPerson> Escorts(Statements db, Visit visit) => [.. visit.Escorts.Select(escort => AuthorityGuard.NamedOrId(db, escort))];

    /// <summary>Everybody a visit names.</summary>
    public static ImmutableDictionary<PersonId, NamedPerson> Everybody(Statements db, VisitDossier file)
    {
        var visit = file.Visit;
        IEnumerable<PersonId> ids =
        [
            visit.AppliedBy, .. visit.ApprovedBy, .. visit.Escorts, .. visit.Visitors.Select(one => one.Id), .. file.HandOvers.Select(over => over.To), .. file.HandOvers.Select(over => over.From).OfType<PersonId>(),
            .. file.Visitors.Where(one => one.IdCheckedBy is not null).Select(one => one.IdCheckedBy!.Value),
            .. file.Story.Where(line => line.By is not null).Select(line => new PersonId(line.By!)),
        ];
        return ids.Distinct().Select(id => (Id: id, Person: AuthorityGuard.Named(db, id))).Where(one => one.Person is not null).ToImmutableDictionary(one => one.Id, one => one.Person!);
    }

    /// <summary>Applications for visits that wait for a decision and have a time between two moments.</summary>
    public static ImmutableArray<PendingVisit> Pending(Statements db, AuthorityGuard guard, DateTimeOffset begin, DateTimeOffset end)
    {
        var found = new List<CaseDossier>();
        using (var row = db.Rows("SELECT json FROM view_cases WHERE open = 1 AND kind = $1", (long)CaseKind.Visit))
        {
            while (row.Read())
            {
                found.Add(CasesView.From(row.GetString(0)));
            }
        }

        var holders = guard.Holders(db);
        return
        [
            .. from file in found
               where file.State is CaseState.Waiting or CaseState.SentBack
               let matter = (VisitMatter)file.Matter
               let time = matter.Times.FirstOrDefault(one => one.From < end && one.Until > begin)
               where time is not null
               orderby time.From
               select Of(db, file, matter, time, holders),
        ];
    }

    /// <summary>One application as the desk sees it.</summary>
    public static PendingVisit Of(Statements db, CaseDossier file, VisitMatter matter, VisitTime time, ImmutableArray<RoleHolding> holders)
    {
        var next = file.Current is { } step
            ? holders.Where(holding => ApprovalRoute.MayTake(step, holding, CaseRules.Concerned(file.AppliedBy, file.Subject))).Select(holding => holding.Person).Distinct()
            : [];
        return new(file.Id, matter, file.Reason, time, AuthorityGuard.NamedOrId(db, file.AppliedBy), [.. next.Select(person => AuthorityGuard.NamedOrId(db, person))]);
    }
}
