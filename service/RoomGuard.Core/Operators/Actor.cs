using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Operators;

/// <summary>Names one operator account, e.g. <c>A-0007</c>. A person may have several; who acts is always the person.</summary>
public readonly record struct AccountId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A role held by a named person for a time (R-PROF-04).</summary>
/// <param name="Id">E.g. <c>H-0012</c>.</param>
/// <param name="Section">所属 whose role it is; empty: of the whole organisation.</param>
/// <param name="Zones">区域 a <see cref="Role.SystemManager"/> answers for (R-ZONE-07); empty: none in particular.</param>
/// <param name="From">First local day, included.</param>
/// <param name="Until">First local day on which it is no longer held; null: no end known.</param>
/// <param name="DeputyFor">代行者: in whose place, and then <paramref name="Until"/> is never null (R-SIGN-10, R-EXC-06); null: in their own right.</param>
public sealed record RoleHolding(
    string Id,
    PersonId Person,
    Role Role,
    string Section,
    ImmutableArray<ZoneId> Zones,
    DateOnly From,
    DateOnly? Until,
    PersonId? DeputyFor)
{
    /// <summary>Whether it is held on a day.</summary>
    public bool InForce(DateOnly day) => From <= day && (Until is not { } until || day < until);
}

/// <summary>
/// Who acts, as the door to every handler: one person, by one account, with the roles held at this moment. Comparison of people is by
/// <see cref="Person"/>, never by account (R-PROF-05).
/// </summary>
/// <param name="Section">所属・会社名.</param>
/// <param name="Privileged">The account is a 特権ID (R-SIGN-09).</param>
/// <param name="Holdings">Roles in force now. <see cref="Role.Staff"/> and <see cref="Role.Contractor"/> follow from <paramref name="Category"/> and are not among them.</param>
public sealed record Actor(
    AccountId Account,
    PersonId Person,
    string Name,
    string Section,
    PersonCategory Category,
    bool Privileged,
    ImmutableArray<RoleHolding> Holdings)
{
    private static readonly PersonId ConsolePerson = new("console");

    /// <summary>
    /// Whoever sits at the machine itself and runs a command while the service is stopped: that takes the rights of the operating system, which
    /// are beyond ours. Holds no role.
    /// </summary>
    public static Actor Console { get; } = new(new("console"), ConsolePerson, "console", "", PersonCategory.Staff, Privileged: false, []);

    /// <summary>Whether this is <see cref="Console"/>.</summary>
    public bool IsConsole => Person == ConsolePerson;

    /// <summary>What the record names as the doer.</summary>
    public string Id => Person.Value;

    /// <summary>The role in its own right or as a deputy.</summary>
    public bool Holds(Role role) => Holdings.Any(holding => holding.Role == role);
}
