using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Visits;

/// <summary>
/// Pair 6 of section (c): nobody is 付添い of the visit they are a visitor of, nor of one visit while they are a visitor of another. A visitor is known by name and
/// firm alone, so these are what is compared.
/// </summary>
internal static class EscortPairs
{
    /// <summary>Whoever would stand on both sides, at the field that names them.</summary>
    /// <param name="own">The visit that is changed; null: it is a new one.</param>
    public static IEnumerable<FieldProblem> Broken(Statements db, ImmutableArray<PersonId> escorts, ImmutableArray<string> visitors, string organisation, ImmutableArray<VisitTime> times, VisitId? own)
    {
        var (firm, names) = (VisitWords.Fold(organisation), visitors.Select(VisitWords.Fold).ToHashSet(StringComparer.Ordinal));
        foreach (var escort in escorts)
        {
            if (NameOf(db, escort) is ({ } name, { } section)
                && ((VisitWords.Fold(section) == firm && names.Contains(VisitWords.Fold(name))) || times.Any(time => Visits(db, name, section, time, own))))
            {
                yield return new("escorts", FieldFault.SamePerson, name);
            }
        }

        foreach (var name in times.SelectMany(time => EscortsAt(db, time, own)).Where(one => VisitWords.Fold(one.Section) == firm && names.Contains(VisitWords.Fold(one.Name))).Select(one => one.Name).Distinct())
        {
            yield return new("visitors", FieldFault.SamePerson, name);
        }
    }

    private static (string Name, string Section)? NameOf(Statements db, PersonId person)
    {
        using var row = db.Rows("SELECT name, section FROM view_people WHERE person = $1 AND category <> 6", person.Value ?? "");
        return row.Read() ? (row.GetString(0), row.GetString(1)) : null;
    }

    private static bool Visits(Statements db, string name, string section, VisitTime time, VisitId? own) => db.Value(
        "SELECT 1 FROM view_visitors v JOIN view_visits w ON w.id = v.visit WHERE v.name = $1 AND v.firm = $2 AND w.open = 1 AND w.at_from < $4 AND w.at_until > $3 AND w.id <> $5 LIMIT 1",
        VisitWords.Fold(name), VisitWords.Fold(section), time.From.ToUnixTimeMilliseconds(), time.Until.ToUnixTimeMilliseconds(), own?.Value ?? "") is not null;

    private static List<(string Name, string Section)> EscortsAt(Statements db, VisitTime time, VisitId? own)
    {
        var found = new List<(string, string)>();
        using var row = db.Rows(
            """
            SELECT p.name, p.section FROM view_visits w JOIN view_visit_escorts e ON e.visit = w.id JOIN view_people p ON p.person = e.person
            WHERE w.open = 1 AND w.at_from < $2 AND w.at_until > $1 AND w.id <> $3
            """,
            time.From.ToUnixTimeMilliseconds(), time.Until.ToUnixTimeMilliseconds(), own?.Value ?? "");
        while (row.Read())
        {
            found.Add((row.GetString(0), row.GetString(1)));
        }

        return found;
    }
}
