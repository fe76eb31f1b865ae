using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Operators;

/// <summary>What an act is about, as far as the conditions of the table ask. What is left out counts as not so.</summary>
public sealed record ActSubject
{
    /// <summary>Nothing in particular.</summary>
    public static ActSubject None { get; } = new();

    /// <summary>Whom it concerns ("own"); null: nobody in particular.</summary>
    public PersonId? Person { get; init; }

    /// <summary>所属・会社名 of whom it concerns ("sec", "own firm"); null: of no section in particular.</summary>
    public string? Section { get; init; }

    /// <summary>区域 it concerns ("zones"); empty: none in particular.</summary>
    public ImmutableArray<ZoneId> Zones { get; init; } = [];

    /// <summary>The portion of the act, in the matrix's words, e.g. <c>briefing</c>; null: the whole act.</summary>
    public string? Portion { get; init; }

    /// <summary>The one below cannot decide: it is their own matter, or nobody holds the role ("when SYS asks", R-PROF-06).</summary>
    public bool OneLevelUp { get; init; }

    /// <summary>People CHIEF has named for this matter ("if named").</summary>
    public ImmutableArray<PersonId> Named { get; init; } = [];

    /// <summary>A reason is given.</summary>
    public bool ReasonGiven { get; init; }

    /// <summary>CHIEF has instructed it, or is absent and the basis is recorded.</summary>
    public bool InstructedOrChiefAbsent { get; init; }

    /// <summary>Within the term and the places of a contract in force.</summary>
    public bool InContract { get; init; }

    /// <summary>About one person and their section.</summary>
    public static ActSubject Of(PersonId person, string? section) => new() { Person = person, Section = section };

    /// <summary>About zones.</summary>
    public static ActSubject Of(ImmutableArray<ZoneId> zones) => new() { Zones = zones };
}

/// <summary>Why somebody may not.</summary>
public enum AuthorityRefusal
{
    /// <summary>None of the person's roles has this part in the act.</summary>
    NoRole,

    /// <summary>Only for oneself.</summary>
    NotOwn,

    /// <summary>Only for the own section.</summary>
    OtherSection,

    /// <summary>Only for zones one answers for.</summary>
    OtherZone,

    /// <summary>Only where the one below cannot decide.</summary>
    NotOneLevelUp,

    /// <summary>Only people CHIEF has named.</summary>
    NotNamed,

    /// <summary>Only with a reason.</summary>
    NoReason,

    /// <summary>Only on CHIEF's instruction or in CHIEF's absence.</summary>
    NotInstructed,

    /// <summary>Only within the contract.</summary>
    OutsideContract,

    /// <summary>Only a portion of the act.</summary>
    OtherPortion,

    /// <summary>Never, whatever other role the person holds (R-SIGN-11).</summary>
    Never,

    /// <summary>The same person on both sides (申請者と承認者, R-PROF-05).</summary>
    SamePerson,
}

/// <summary>Whether somebody may, and as what; or why not, and who may.</summary>
/// <param name="Refusal">Null: allowed.</param>
/// <param name="As">The role that allows it; null: refused, or the console.</param>
/// <param name="Holding">The holding behind <paramref name="As"/>; null where the role follows from the person's category.</param>
/// <param name="Roles">Who may take this part.</param>
public sealed record AuthorityAnswer(AuthorityRefusal? Refusal, Role? As, RoleHolding? Holding, ImmutableArray<Role> Roles)
{
    /// <summary>It may be done.</summary>
    public bool Allowed => Refusal is null;
}

/// <summary>A right somebody has, with what it rests on; by these a list is cut to what may be seen.</summary>
/// <param name="Holding">Null where the role follows from the person's category.</param>
public sealed record HeldRight(Role Role, RoleHolding? Holding, AuthorityLimit Limit, string? Portion);

/// <summary>
/// May this person do this? Asked of <see cref="AuthorityTable"/> and <see cref="PageAuthority"/> alone, at every handler and never only at a page
/// (R-SIGN-01). Pure.
/// </summary>
public static class Authority
{
    /// <summary>Whether a person may take a part in an act.</summary>
    public static AuthorityAnswer May(Actor by, Act act, Part part, ActSubject about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return Answer(by, about, RightsOf(by, act, part), AuthorityTable.RolesWith(act, part), part is Part.Allows);
    }

    /// <summary>Whether a person may see or do what the matrix does not name.</summary>
    public static AuthorityAnswer May(Actor by, PageAct act, ActSubject about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return Answer(by, about, RightsOf(by, act), PageAuthority.RolesWith(act), strictZones: false);
    }

    /// <summary>All a person has of a part in an act, each with its limit: what a list may show is the union of these.</summary>
    public static ImmutableArray<HeldRight> RightsOf(Actor by, Act act, Part part) =>
        RightsOf(by, role => [.. AuthorityTable.Cell(act, role).Rights.Where(right => right.Part == part)]);

    /// <summary>The same of what the matrix does not name.</summary>
    public static ImmutableArray<HeldRight> RightsOf(Actor by, PageAct act) => RightsOf(by, role => PageAuthority.Cell(act, role));

    /// <summary>
    /// Roles a person acts in: those held, and the one that follows from the category. An auditor reads only and is nothing else (pair 7 of
    /// section (c)).
    /// </summary>
    public static ImmutableArray<(Role Role, RoleHolding? Holding)> RolesOf(Actor by)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (by.IsConsole)
        {
            return [];
        }

        return by.Holdings.FirstOrDefault(holding => holding.Role == Role.Auditor) is { } audits
            ? [(Role.Auditor, audits)]
            : [.. by.Holdings.Select(holding => (holding.Role, (RoleHolding?)holding)), (RoleOf(by.Category), null)];
    }

    /// <summary>The role that follows from a category.</summary>
    public static Role RoleOf(PersonCategory category) => category switch
    {
        PersonCategory.Contractor => Role.Contractor,
        PersonCategory.Visitor => Role.Visitor,
        _ => Role.Staff,
    };

    private static ImmutableArray<HeldRight> RightsOf(Actor by, Func<Role, ImmutableArray<AuthorityRight>> cell) =>
        [.. RolesOf(by).SelectMany(held => cell(held.Role).Select(right => new HeldRight(held.Role, held.Holding, right.Limit, right.Portion)))];

    private static AuthorityAnswer Answer(Actor by, ActSubject about, ImmutableArray<HeldRight> rights, ImmutableArray<Role> roles, bool strictZones)
    {
        // Whoever sits at the machine has rights beyond ours (Actor.Console).
        if (by.IsConsole)
        {
            return new(null, null, null, roles);
        }

        if (rights.Any(right => right.Limit == AuthorityLimit.Never))
        {
            return new(AuthorityRefusal.Never, null, null, roles);
        }

        AuthorityRefusal? nearest = null;
        foreach (var right in rights)
        {
            if (Objection(by, right, about, strictZones) is not { } objection)
            {
                return new(null, right.Role, right.Holding, roles);
            }

            nearest ??= objection;
        }

        return new(nearest ?? AuthorityRefusal.NoRole, null, null, roles);
    }

    private static AuthorityRefusal? Objection(Actor by, HeldRight right, ActSubject about, bool strictZones) => right.Limit switch
    {
        _ when right.Portion != about.Portion && right.Portion is not null => AuthorityRefusal.OtherPortion,
        AuthorityLimit.Own when about.Person != by.Person => AuthorityRefusal.NotOwn,
        AuthorityLimit.Section when !Covers(right.Holding, about.Section) => AuthorityRefusal.OtherSection,
        AuthorityLimit.Zones when !Covers(right.Holding, about.Zones) => AuthorityRefusal.OtherZone,

        // R-DOOR-16, R-ZONE-07: what concerns a zone is allowed by the one who answers for it, not by any SYS.
        _ when strictZones && right.Role == Role.SystemManager && !about.Zones.IsEmpty && !Covers(right.Holding, about.Zones) => AuthorityRefusal.OtherZone,
        AuthorityLimit.OneLevelUp when !about.OneLevelUp => AuthorityRefusal.NotOneLevelUp,
        AuthorityLimit.Named when !about.Named.Contains(by.Person) => AuthorityRefusal.NotNamed,
        AuthorityLimit.WithReason when !about.ReasonGiven => AuthorityRefusal.NoReason,
        AuthorityLimit.InstructedOrChiefAbsent when !about.InstructedOrChiefAbsent => AuthorityRefusal.NotInstructed,
        AuthorityLimit.InContract when !about.InContract => AuthorityRefusal.OutsideContract,
        AuthorityLimit.OwnFirmInContract when !about.InContract || about.Section != by.Section => AuthorityRefusal.OutsideContract,
        _ => null,
    };

    // A role of the whole organisation (no section) covers every section.
    private static bool Covers(RoleHolding? holding, string? section) =>
        holding is not null && section is not null && (holding.Section.Length == 0 || holding.Section == section);

    private static bool Covers(RoleHolding? holding, ImmutableArray<ZoneId> zones) =>
        holding is not null && !zones.IsEmpty && zones.All(holding.Zones.Contains);
}
