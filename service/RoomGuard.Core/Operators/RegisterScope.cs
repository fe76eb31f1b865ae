using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Operators;

/// <summary>
/// How much of the 入退室管理簿 somebody may see: the row "View entry register" of the matrix turned into conditions (R-SIGN-15, R-CON-04). What is
/// seen is what any of them allows; a scope in which all are empty shows nothing.
/// </summary>
/// <param name="Everything">No condition: CHIEF, SUP, AUD.</param>
/// <param name="Sections">所属 whose people are seen ("V sec").</param>
/// <param name="Zones">区域 whose doors are seen, whoever stood there ("V zones").</param>
/// <param name="People">People whose rows are seen: oneself ("V own"), and whom CHIEF has named one to look into (R-LOG-05).</param>
/// <param name="Firms">会社 whose contractors are seen ("V own firm").</param>
/// <param name="Visits">Rows of visitors ("V visits").</param>
/// <param name="CurrentSince">Rows from this time on, at any door ("V current": the running day); null: none by this.</param>
public sealed record RegisterScope(
    bool Everything,
    ImmutableArray<string> Sections,
    ImmutableArray<ZoneId> Zones,
    ImmutableArray<PersonId> People,
    ImmutableArray<string> Firms,
    bool Visits,
    DateTimeOffset? CurrentSince)
{
    /// <summary>Sees nothing.</summary>
    public static RegisterScope Nothing { get; } = new(false, [], [], [], [], false, null);

    /// <summary>Sees everything: the roles without a limit, the record's own checks, and the command line.</summary>
    public static RegisterScope All { get; } = Nothing with { Everything = true };

    /// <summary>Whether no row at all can be seen.</summary>
    public bool ShowsNothing => !Everything && Sections.IsEmpty && Zones.IsEmpty && People.IsEmpty && Firms.IsEmpty && !Visits && CurrentSince is null;

    /// <summary>What a person may see.</summary>
    /// <param name="dayBegan">Local midnight before now.</param>
    /// <param name="named">People CHIEF has named this person to look into, today; oneself among them counts for nothing (pair 10).</param>
    public static RegisterScope Of(Actor by, DateTimeOffset dayBegan, ImmutableArray<PersonId> named)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (by.IsConsole)
        {
            return All;
        }

        var scope = Nothing;
        foreach (var right in Authority.RightsOf(by, Act.ViewEntryRegister, Part.Views))
        {
            scope = Add(scope, right, by, dayBegan);
        }

        var lookedInto = named.Where(subject => subject != by.Person);
        return scope.Everything ? All : scope with { People = [.. scope.People.Concat(lookedInto).Distinct()] };
    }

    /// <summary>Whether one row may be seen.</summary>
    /// <param name="zone">Null: it belongs to no zone.</param>
    /// <param name="person">Null: nobody is known by it.</param>
    /// <param name="section">所属・会社名 of the person as the row knows it.</param>
    public bool Shows(ZoneId? zone, PersonId? person, string? section, PersonCategory? category, DateTimeOffset occurredAt) =>
        Everything
        || (CurrentSince is { } since && occurredAt >= since)
        || (zone is { } place && Zones.Contains(place))
        || (person is { } who && People.Contains(who))
        || (Visits && category == PersonCategory.Visitor)
        || (section is { Length: > 0 } && (Sections.Contains(section) || (category == PersonCategory.Contractor && Firms.Contains(section))));

    private static RegisterScope Add(RegisterScope scope, HeldRight right, Actor by, DateTimeOffset dayBegan) => (right.Limit, right.Portion) switch
    {
        // How many are inside is shown by the 在室者一覧; of the register these words allow nothing.
        (_, "current presence, number only") => scope,
        (_, "current") => scope with { CurrentSince = dayBegan },
        (_, "visits") => scope with { Visits = true },
        (AuthorityLimit.Section, _) => SectionOf(right, by) is { Length: > 0 } section ? scope with { Sections = scope.Sections.Add(section) } : scope with { Everything = true },
        (AuthorityLimit.Zones, _) => scope with { Zones = [.. scope.Zones.Concat(right.Holding?.Zones ?? []).Distinct()] },
        (AuthorityLimit.Own, _) => scope with { People = scope.People.Add(by.Person) },
        (AuthorityLimit.OwnFirmInContract, _) => by.Section.Length > 0 ? scope with { Firms = scope.Firms.Add(by.Section) } : scope with { People = scope.People.Add(by.Person) },
        (AuthorityLimit.Always, null) => scope with { Everything = true },
        _ => scope,
    };

    // A role of the whole organisation names no section.
    private static string SectionOf(HeldRight right, Actor by) => right.Holding is { } holding ? holding.Section : by.Section;
}
