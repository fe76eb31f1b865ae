using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Operators;

/// <summary>役割と代行者 (R-PROF-04, R-SIGN-10, R-EXC-06). Roles are given by cases; only their end is an act of its own.</summary>
public interface IRoleDesk
{
    /// <summary>All holdings that are in force or to come, deputies among them, and those that ended within a year.</summary>
    Task<RoleBoard> Roles(Actor by, CancellationToken gone);

    /// <summary>Ends a role or a deputy before its time.</summary>
    /// <param name="holding">E.g. <c>H-0012</c>.</param>
    Task<ActResult> EndRole(string holding, string reason, Actor by, CancellationToken stop);
}

/// <summary>Who holds what.</summary>
/// <param name="Holdings">In the order of the roles, then sections.</param>
/// <param name="Vacancies">責任者不在: roles nobody holds.</param>
public sealed record RoleBoard(ImmutableArray<RoleLine> Holdings, ImmutableArray<RoleVacancy> Vacancies);

/// <summary>A role somebody holds.</summary>
/// <param name="For">代行者: in whose place; null: in their own right.</param>
/// <param name="Ended">Ended before its time or run out.</param>
/// <param name="MayEnd">The asking person may end it.</param>
public sealed record RoleLine(RoleHolding Holding, NamedPerson Holder, NamedPerson? For, bool Ended, bool MayEnd);

/// <summary>A role nobody holds.</summary>
/// <param name="Section">Empty: of the whole organisation.</param>
/// <param name="Zone">区域 without a responsible person (R-ZONE-07); null: not about a zone.</param>
/// <param name="Effect">What comes of it.</param>
/// <param name="Rule">The requirement.</param>
public sealed record RoleVacancy(Role Role, string Section, ZoneId? Zone, Words Effect, string Rule);
