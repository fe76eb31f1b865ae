using System.Collections.Frozen;
using System.Collections.Immutable;

namespace RoomGuard.Core.Operators;

/// <summary>One right in a cell of the matrix.</summary>
/// <param name="Portion">The portion of the act it covers, in the matrix's words, e.g. <c>briefing</c>; null: the whole act.</param>
public sealed record AuthorityRight(Part Part, AuthorityLimit Limit = AuthorityLimit.Always, string? Portion = null);

/// <summary>What one role may do in one act.</summary>
/// <param name="Words">As the matrix of docs/requirements.md has it; empty: may not.</param>
public sealed record AuthorityCell(string Words, ImmutableArray<AuthorityRight> Rights);

/// <summary>
/// "Who may do what" of section (c) of docs/requirements.md: 38 acts by 11 roles, in the words of the document, and what each of those words means.
/// A test holds it against the document cell by cell. No permission of an act named here is decided anywhere else.
/// </summary>
public static class AuthorityTable
{
    /// <summary>The columns, in the document's order.</summary>
    public static ImmutableArray<Role> Roles { get; } =
    [
        Role.ChiefOfficer, Role.SupervisingOfficer, Role.SecurityManager, Role.SystemManager, Role.SystemStaff, Role.Auditor,
        Role.FacilityStaff, Role.Reception, Role.Staff, Role.Contractor, Role.Visitor,
    ];

    // Columns: CHIEF | SUP | SEC | SYS | OPS | AUD | FAC | REC | STAFF | CON | VIS
    private static readonly (Act Act, string Row)[] Matrix =
    [
        (Act.GrantStaffEntry, "I | A when SYS asks | Q sec | A, K | D | V | Q | | Q own | | "),
        (Act.GrantContractorEntry, " | A when SYS asks | Q, briefing D | A, K | D | V | | | Q | | "),
        (Act.GrantFacilityEntry, " | A | | A | D | V | Q | | | | "),
        (Act.SuspendRights, "I | D | I, Q | Q | | V | | | | | "),
        (Act.Lockdown, "D | D (instructed or CHIEF absent) | Q | Q | Q | V | I | I | I | I | "),
        (Act.ResetPresence, " | | | D with reason | Q | V | | | | | "),
        (Act.Visit, " | | I | A, K | D | V | | D (badge, identity) | Q, escort D | escort only if profile says | declares"),
        (Act.HandWrittenLine, " | | | C | D | V | | D | | | "),
        (Act.RegisterZone, "I | A | I | Q | D | V | C | | | | "),
        (Act.MoveEquipment, " | I | I | A, K | Q, D | V | I | I | C (witness) | Q, D, impact check | "),
        (Act.PlaceOffSite, "A | Q | I | Q | D | V | I | | | | "),
        (Act.SwapPart, " | A | | A | Q, D | V | | | C | D | "),
        (Act.RepairOutside, " | I | I | A, D | Q | V | | | C | D | "),
        (Act.Dispose, " | | A | Q, K | D, C | V | | | D | D (certificate) | "),
        (Act.CarryOut, "I class I | | A, K | | | V | | D (count) | Q | Q | "),
        (Act.CarryIn, " | A | K | I | | V | | D | Q | Q | declares"),
        (Act.KeepZoneItems, " | I | | D | Q | V | | | | | "),
        (Act.ChangeWork, " | D, C | | D, C, A | D, C | V | | | | D, C | "),
        (Act.WiringWork, " | D | | D, A | D | V | reports damage | | | D if in contract | "),
        (Act.ChangeSettings, "I | A common rules | I | A own zones | Q, D | V | | | | | "),
        (Act.CommandPower, " | I | | A plan | Q, D | V | C | | | | "),
        (Act.SetLimits, " | I | | A | D | V | Q | | | | "),
        (Act.AcknowledgeClimateAlarm, " | I | | D | D | V | D | | | | "),
        (Act.AcknowledgeIntrusionAlarm, "I | D | D | D | D | V | | I | | | "),
        (Act.ReportIncident, "I, orders | leads | receives, passes on | joins | Q | V | Q | Q | Q | Q | Q through escort"),
        (Act.CloseIncident, "A | Q | | | | V | | | | | "),
        (Act.AllowException, "A, K | I | Q | Q | | V | | | consults | | "),
        (Act.OperatorAccount, " | A | | A, K | D | V | | | | | "),
        (Act.PrivilegedAccount, " | A, K | | Q | | V | | | | never | "),
        (Act.PrivilegeDeputy, "A | Q | I | Q | | V | | | | never | "),
        (Act.LookIntoPerson, "A, D | D if named | D if named | | | D if named | | | | | "),
        (Act.ViewEntryRegister, "V | V | V sec | V zones | V current | V | V current presence, number only | V visits | V own | V own firm, in contract | "),
        (Act.HoldRemoval, "D | D | Q | Q | | V | | | | | "),
        (Act.ExportRecords, " | A common | A | Q | D | D own pack | | | | | "),
        (Act.RemoveExpiredRecords, " | I | A | Q | D | V | | | | | "),
        (Act.SelfInspection, "I | D, K | D sec | D | D | V | D items | | D own items | | "),
        (Act.Audit, "orders fixes | auditee | auditee | auditee | auditee | D | | | | auditee | "),
        (Act.Drill, "A, K | D | D | D | D | V | D | D | D | D | "),
    ];

    // What the words of a cell mean beyond the bare letters. A phrase that is not here stops the program at its start.
    private static readonly FrozenDictionary<string, ImmutableArray<AuthorityRight>> Phrases = new Dictionary<string, ImmutableArray<AuthorityRight>>
    {
        ["A when SYS asks"] = [new(Part.Allows, AuthorityLimit.OneLevelUp)],
        ["Q sec"] = [new(Part.Asks, AuthorityLimit.Section)],
        ["Q own"] = [new(Part.Asks, AuthorityLimit.Own)],
        ["Q, briefing D"] = [new(Part.Asks), new(Part.Does, Portion: "briefing")],
        ["D (instructed or CHIEF absent)"] = [new(Part.Does, AuthorityLimit.InstructedOrChiefAbsent)],
        ["D with reason"] = [new(Part.Does, AuthorityLimit.WithReason)],
        ["D (badge, identity)"] = [new(Part.Does, Portion: "badge, identity")],
        ["Q, escort D"] = [new(Part.Asks), new(Part.Does, Portion: "escort")],
        ["C (witness)"] = [new(Part.Checks, Portion: "witness")],
        ["Q, D, impact check"] = [new(Part.Asks), new(Part.Does), new(Part.Checks, Portion: "impact check")],
        ["D (certificate)"] = [new(Part.Does, Portion: "certificate")],
        ["I class I"] = [new(Part.Informed, Portion: "class I")],
        ["D (count)"] = [new(Part.Does, Portion: "count")],
        ["D if in contract"] = [new(Part.Does, AuthorityLimit.InContract)],
        ["A common rules"] = [new(Part.Allows, Portion: "common rules")],
        ["A own zones"] = [new(Part.Allows, AuthorityLimit.Zones)],
        ["A plan"] = [new(Part.Allows, Portion: "plan")],
        ["I, orders"] = [new(Part.Informed), new(Part.Does, Portion: "orders")],
        ["leads"] = [new(Part.Does, Portion: "leads")],
        ["receives, passes on"] = [new(Part.Does, Portion: "receives, passes on")],
        ["joins"] = [new(Part.Does, Portion: "joins")],
        ["Q through escort"] = [],
        ["D if named"] = [new(Part.Does, AuthorityLimit.Named)],
        ["V sec"] = [new(Part.Views, AuthorityLimit.Section)],
        ["V zones"] = [new(Part.Views, AuthorityLimit.Zones)],
        ["V current"] = [new(Part.Views, Portion: "current")],
        ["V current presence, number only"] = [new(Part.Views, Portion: "current presence, number only")],
        ["V visits"] = [new(Part.Views, Portion: "visits")],
        ["V own"] = [new(Part.Views, AuthorityLimit.Own)],
        ["V own firm, in contract"] = [new(Part.Views, AuthorityLimit.OwnFirmInContract)],
        ["A common"] = [new(Part.Allows, Portion: "common")],
        ["D own pack"] = [new(Part.Does, Portion: "own pack")],
        ["D sec"] = [new(Part.Does, AuthorityLimit.Section)],
        ["D items"] = [new(Part.Does, Portion: "items")],
        ["D own items"] = [new(Part.Does, Portion: "own items")],

        // Not operators of this act: what they say to others, what the profile may add, whose work is looked at.
        ["declares"] = [],
        ["reports damage"] = [],
        ["consults"] = [],
        ["orders fixes"] = [],
        ["auditee"] = [],
        ["escort only if profile says"] = [],
        ["never"] = [.. Enum.GetValues<Part>().Select(part => new AuthorityRight(part, AuthorityLimit.Never))],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<char, Part> Letters = new Dictionary<char, Part>
    {
        ['Q'] = Part.Asks,
        ['A'] = Part.Allows,
        ['D'] = Part.Does,
        ['C'] = Part.Checks,
        ['K'] = Part.Keeps,
        ['V'] = Part.Views,
        ['I'] = Part.Informed,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<(Act, Role), AuthorityCell> Cells = Read();

    /// <summary>The cell of an act and a role; for a role without a column, an empty one.</summary>
    public static AuthorityCell Cell(Act act, Role role) => Cells.GetValueOrDefault((act, role)) ?? new("", []);

    /// <summary>Roles with some right to this part, in the order of the columns.</summary>
    public static ImmutableArray<Role> RolesWith(Act act, Part part) =>
        [.. Roles.Where(role => Cell(act, role).Rights.Any(right => right.Part == part && right.Limit != AuthorityLimit.Never))];

    /// <summary>Reads one cell's words.</summary>
    /// <exception cref="ArgumentException">The words have no meaning here.</exception>
    public static AuthorityCell CellOf(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (Phrases.TryGetValue(words, out var rights))
        {
            return new(words, rights);
        }

        var letters = words.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        return letters.All(letter => letter.Length == 1 && Letters.ContainsKey(letter[0]))
            ? new(words, [.. letters.Select(letter => new AuthorityRight(Letters[letter[0]]))])
            : throw new ArgumentException($"'{words}' means nothing in the table of authority.", nameof(words));
    }

    private static FrozenDictionary<(Act, Role), AuthorityCell> Read()
    {
        var cells = new Dictionary<(Act, Role), AuthorityCell>();
        foreach (var (act, row) in Matrix)
        {
            var words = row.Split('|');
            if (words.Length != Roles.Length)
            {
                throw new InvalidOperationException($"The row of {act} has {words.Length} cells.");
            }

            foreach (var (role, cell) in Roles.Zip(words))
            {
                cells.Add((act, role), CellOf(cell.Trim()));
            }
        }

        return cells.ToFrozenDictionary();
    }
}
