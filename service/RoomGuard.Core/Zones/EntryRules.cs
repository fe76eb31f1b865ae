using RoomGuard.Core.Grants;
using RoomGuard.Core.PolicyProfiles;

namespace RoomGuard.Core.Zones;

/// <summary>What a second entry without an exit between meets (R-DOOR-06).</summary>
public enum PassbackMode
{
    /// <summary>Recorded with an alarm, and let in.</summary>
    Soft,

    /// <summary>Refused.</summary>
    Hard,
}

/// <summary>続けての入室 (R-DOOR-06).</summary>
/// <param name="Within">Only so long after the earlier entry; null: however long ago.</param>
/// <param name="ForgivenAt">Local time at which who is believed inside may enter again without question; null: never forgiven.</param>
public sealed record PassbackRule(PassbackMode Mode, TimeSpan? Within, TimeOnly? ForgivenAt);

/// <summary>Flavours of entry by two people.</summary>
public enum TwoPersonMode
{
    /// <summary>Two badges within the window open for both; either may then be alone.</summary>
    TwoToEnter,

    /// <summary>Never one alone inside: the first two enter together, and who would leave one behind raises an alarm.</summary>
    NeverAlone,
}

/// <summary>複数人での入室.</summary>
/// <param name="Within">How long the second badge may take (15 s†).</param>
/// <param name="EscortCounts">Whether a visitor's escort is one of the two.</param>
/// <param name="NamedPair">Whether the second must stand in <see cref="Grants.EntryGrant.Partners"/> of the first.</param>
public sealed record TwoPersonRule(TwoPersonMode Mode, TimeSpan Within, bool EscortCounts, bool NamedPair);

/// <summary>付添い (R-VIS-02, R-VIS-04, R-VIS-10).</summary>
/// <param name="Eligible">Who may escort: the policy profile's choice.</param>
/// <param name="Within">How long before the visitor an escort who is not yet inside must have badged (30 s†).</param>
/// <param name="Most">Visitors of one escort at a time (5†).</param>
public sealed record EscortRule(Eligibility Eligible, TimeSpan Within, int Most);

/// <summary>When something counts: days and hours by the site's time zone.</summary>
/// <param name="OnHolidays">Whether 休日 of the list's calendar count as the day of the week they fall on; false: they do not count at all.</param>
public sealed record Schedule(WeekDays Days, Hours Hours, bool OnHolidays)
{
    /// <summary>Whether a local time lies inside.</summary>
    /// <param name="calendar">Whose 休日 count.</param>
    public bool Covers(DateTime local, GrantIndex calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var day = Hours.DayOf(local);
        return Hours.Covers(TimeOnly.FromDateTime(local)) && Days.Includes(day.DayOfWeek) && (OnHolidays || !calendar.IsHoliday(day));
    }
}

/// <summary>What the door may tell a person who was refused (architecture.md section 11).</summary>
public enum ReasonAtDoor
{
    /// <summary>Nothing: a refusal is a refusal (R-DOOR-01).</summary>
    None,

    /// <summary>Only what the person can mend: escort missing, second factor, time.</summary>
    Fixable,

    /// <summary>Everything, by decision of the zone's SYS.</summary>
    Full,
}

/// <summary>The rules of a zone beyond grant, method and factors. What is null or false does not apply.</summary>
/// <param name="Most">定員: people inside at a time.</param>
/// <param name="PurposeNeeded">入室目的 is asked (R-WORK-05).</param>
/// <param name="Open">Hours in which the zone is entered at all.</param>
/// <param name="FreeAfterFirst">Hours in which its doors stay released once somebody with a grant has entered, until the zone is vacant again.</param>
/// <param name="ReasonAtDoor">What the kiosk tells.</param>
/// <param name="Escort">Null: no visitor enters.</param>
public sealed record EntryRules(
    PassbackRule? Passback = null,
    int? Most = null,
    TwoPersonRule? TwoPersons = null,
    bool PurposeNeeded = false,
    Schedule? Open = null,
    Schedule? FreeAfterFirst = null,
    ReasonAtDoor ReasonAtDoor = ReasonAtDoor.None,
    EscortRule? Escort = null)
{
    /// <summary>No rule beyond the common ones; visitors as the requirements have it (R-VIS-02, R-VIS-04).</summary>
    public static EntryRules Common { get; } = new(Escort: new(Eligibility.StaffOnly, TimeSpan.FromSeconds(30), 5));
}
