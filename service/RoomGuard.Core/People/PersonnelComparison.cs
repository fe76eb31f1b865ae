using System.Collections.Immutable;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.People;

/// <summary>How the person list and personnel data differ in one point (R-ID-06).</summary>
public enum PersonnelDifferenceKind
{
    /// <summary>Stands here and not with personnel.</summary>
    OnlyHere,

    /// <summary>Stands with personnel and not here.</summary>
    OnlyThere,

    /// <summary>Stands in both and differs.</summary>
    Differs,
}

/// <summary>One difference.</summary>
/// <param name="No">Its number in the comparison, from 1.</param>
/// <param name="Field">What differs: <c>name</c>, <c>section</c>, <c>category</c>, <c>validFrom</c>, <c>validUntil</c>; empty where a whole person is missing.</param>
public sealed record PersonnelDifference(int No, PersonnelDifferenceKind Kind, PersonId Person, string Name, string Field, string? Here, string? There);

/// <summary>What was decided about a difference.</summary>
public enum PersonnelVerdict
{
    /// <summary>Personnel is right: the record here is to be changed.</summary>
    ChangeHere,

    /// <summary>The record here is right: personnel is told.</summary>
    TellPersonnel,

    /// <summary>Both are right (a person personnel does not keep, a date not yet due).</summary>
    LeaveAsIs,
}

/// <summary>The person list was held against a file of personnel (R-ID-06).</summary>
/// <param name="Compare">Number of the comparison, e.g. <c>J-2026-0004</c>.</param>
/// <param name="Sha256">Digest of the file, 64 hex digits.</param>
/// <param name="DecideBy">Local day by which every difference is decided; after it SUP is told.</param>
public sealed record PersonnelCompared(
    DateTimeOffset OccurredAt,
    string Compare,
    string FileName,
    string Sha256,
    int People,
    ImmutableArray<PersonnelDifference> Differences,
    DateOnly DecideBy,
    string By) : RecordedEvent(OccurredAt);

/// <summary>One difference was decided.</summary>
public sealed record PersonnelDecided(DateTimeOffset OccurredAt, string Compare, int No, PersonnelVerdict Verdict, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>Holds the person list against personnel data. Pure.</summary>
public static class PersonnelComparison
{
    /// <summary>Categories personnel keeps; contractors and visitors are not theirs.</summary>
    public static bool IsKept(PersonCategory category) => category is not (PersonCategory.Contractor or PersonCategory.Visitor);

    /// <summary>Every difference, in the order of the people's numbers.</summary>
    /// <param name="today">People who have left are not missed there.</param>
    public static ImmutableArray<PersonnelDifference> Differences(IEnumerable<Person> here, IEnumerable<Person> there, DateOnly today)
    {
        var ours = here.Where(person => IsKept(person.Category) && (person.ValidUntil is not { } end || today < end)).ToDictionary(person => person.Id);
        var theirs = there.ToDictionary(person => person.Id);
        var found = ImmutableArray.CreateBuilder<PersonnelDifference>();
        foreach (var id in ours.Keys.Union(theirs.Keys).OrderBy(id => id.Value, StringComparer.Ordinal))
        {
            var (mine, other) = (ours.GetValueOrDefault(id), theirs.GetValueOrDefault(id));
            if (mine is null || other is null)
            {
                // Somebody whose service is over there as well needs no decision.
                if (other is null || other.ValidUntil is not { } over || today < over)
                {
                    found.Add(new(found.Count + 1, other is null ? PersonnelDifferenceKind.OnlyHere : PersonnelDifferenceKind.OnlyThere, id, (mine ?? other)!.Name, "", mine is null ? null : mine.SectionOrFirm, other?.SectionOrFirm));
                }

                continue;
            }

            (string Field, string? Here, string? There)[] fields =
            [
                ("name", Plain(mine.Name), Plain(other.Name)), ("section", mine.SectionOrFirm, other.SectionOrFirm), ("category", mine.Category.ToString(), other.Category.ToString()),
                ("validFrom", Iso(mine.ValidFrom), Iso(other.ValidFrom)), ("validUntil", Iso(mine.ValidUntil), Iso(other.ValidUntil)),
            ];
            foreach (var (field, one, two) in fields.Where(field => field.Here != field.There))
            {
                found.Add(new(found.Count + 1, PersonnelDifferenceKind.Differs, id, mine.Name, field, one, two));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The day that lies so many working days ahead; Saturdays and Sundays do not count.</summary>
    public static DateOnly WorkingDaysAfter(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            count -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return day;
    }

    // One system writes a blank between the names, another a wide one or none.
    private static string Plain(string name) => string.Concat(name.Normalize(System.Text.NormalizationForm.FormKC).Where(letter => !char.IsWhiteSpace(letter)));

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
