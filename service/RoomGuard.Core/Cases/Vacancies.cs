using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Cases;

/// <summary>A role that must be held and is not.</summary>
/// <param name="Section">Empty: of the whole organisation.</param>
/// <param name="Zone">Null: of no zone.</param>
public sealed record Vacancy(Role Role, string Section, ZoneId? Zone);

/// <summary>責任者不在: CHIEF and SUP for the organisation, SEC for each section that has people with grants (R-PROF-04), SYS for each zone (R-ZONE-07). Pure.</summary>
public static class Vacancies
{
    /// <summary>What is vacant now.</summary>
    /// <param name="sections">所属 that must have a SEC.</param>
    /// <param name="holders">Roles in force now.</param>
    public static ImmutableArray<Vacancy> Of(ImmutableArray<ZoneId> zones, ImmutableArray<string> sections, ImmutableArray<RoleHolding> holders) =>
    [
        .. new[] { Role.ChiefOfficer, Role.SupervisingOfficer }.Where(role => holders.All(holding => holding.Role != role)).Select(role => new Vacancy(role, "", null)),
        .. sections.Where(section => !holders.Any(holding => holding.Role == Role.SecurityManager && (holding.Section.Length == 0 || holding.Section == section)))
            .Select(section => new Vacancy(Role.SecurityManager, section, null)),
        .. zones.Where(zone => !holders.Any(holding => holding.Role == Role.SystemManager && holding.Zones.Contains(zone))).Select(zone => new Vacancy(Role.SystemManager, "", zone)),
    ];
}
