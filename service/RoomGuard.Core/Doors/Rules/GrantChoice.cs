using System.Collections.Immutable;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors.Rules;

/// <summary>Which of a person's grants counts now.</summary>
/// <param name="Grant">The first one in force; else the one that came nearest; null: the person holds none.</param>
/// <param name="Objection">Why it is not in force; null: it is.</param>
/// <param name="Held">How many grants the person holds.</param>
public sealed record GrantChoice(EntryGrant? Grant, DenyReason? Objection, int Held)
{
    /// <summary>Looks at all grants; the first in force wins, else the one whose objection comes last in the order zone, suspension, dates, hours.</summary>
    /// <param name="calendar">Whose 休日 count; null: none do.</param>
    public static GrantChoice Among(ImmutableArray<EntryGrant> grants, ZoneId zone, DateTime local, GrantIndex? calendar = null)
    {
        var nearest = new GrantChoice(null, DenyReason.NoGrant, grants.Length);
        foreach (var grant in grants)
        {
            if (ObjectionTo(grant, zone, local, calendar) is not { } objection)
            {
                return new(grant, null, grants.Length);
            }

            if (nearest.Grant is null || Nearness(objection) > Nearness(nearest.Objection!.Value))
            {
                nearest = new(grant, objection, grants.Length);
            }
        }

        return nearest;
    }

    /// <summary>The day whose hours these are: after midnight, hours that run through it belong to the day before.</summary>
    internal static DayOfWeek DayOf(Hours hours, DateTime local) => hours.DayOf(local).DayOfWeek;

    private static DenyReason? ObjectionTo(EntryGrant grant, ZoneId zone, DateTime local, GrantIndex? calendar)
    {
        var today = DateOnly.FromDateTime(local);
        return grant switch
        {
            _ when !grant.Zones.Contains(zone) => DenyReason.ZoneNotInGrant,
            { Suspended: true } => DenyReason.GrantSuspended,
            { ValidUntil: var end } when today >= end => DenyReason.GrantExpired,
            { ValidFrom: var first } when today < first => DenyReason.GrantNotYet,
            { Hours: var hours } when !hours.Covers(TimeOnly.FromDateTime(local)) => DenyReason.OutsideHours,
            { Hours: var hours, Days: var days } when !days.Includes(DayOf(hours, local)) => DenyReason.OutsideHours,
            { Hours: var hours, NotOnHolidays: true } when calendar?.IsHoliday(hours.DayOf(local)) is true => DenyReason.OutsideHours,
            _ => null,
        };
    }

    private static int Nearness(DenyReason objection) => objection switch
    {
        DenyReason.OutsideHours => 4,
        DenyReason.GrantNotYet => 3,
        DenyReason.GrantExpired => 2,
        DenyReason.GrantSuspended => 1,
        _ => 0,
    };
}
