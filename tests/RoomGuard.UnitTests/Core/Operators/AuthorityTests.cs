using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Source;
using Xunit;

namespace RoomGuard.UnitTests.Core.Operators;

public sealed partial class AuthorityTests
{
    private static readonly ImmutableArray<(string Name, ImmutableArray<string> Cells)> Document = ReadMatrix();

    private static readonly Dictionary<char, Part> Letters = new()
    {
        ['Q'] = Part.Asks,
        ['A'] = Part.Allows,
        ['D'] = Part.Does,
        ['C'] = Part.Checks,
        ['K'] = Part.Keeps,
        ['V'] = Part.Views,
        ['I'] = Part.Informed,
    };

    // Cells that say what somebody does in words of their own; what they mean is written out here a second time.
    private static readonly Dictionary<string, string> InWords = new()
    {
        ["leads"] = "D",
        ["joins"] = "D",
        ["receives, passes on"] = "D",
        ["I, orders"] = "ID",
        ["Q, D, impact check"] = "QDC",
        ["escort only if profile says"] = "",
        ["declares"] = "",
        ["reports damage"] = "",
        ["consults"] = "",
        ["orders fixes"] = "",
        ["auditee"] = "",
        ["Q through escort"] = "",
        ["never"] = "",
    };

    public static TheoryData<Act, Role> EveryCell
    {
        get
        {
            var cells = new TheoryData<Act, Role>();
            foreach (var act in Enum.GetValues<Act>())
            {
                foreach (var role in AuthorityTable.Roles)
                {
                    cells.Add(act, role);
                }
            }

            return cells;
        }
    }

    [Fact]
    public void The_acts_are_the_rows_of_the_document_in_their_order()
    {
        Assert.Equal(Enum.GetValues<Act>().Length, Document.Length);
        Assert.Equal(
            Document.Select(row => row.Name),
            Enum.GetValues<Act>().Select(RowName));
    }

    [Theory]
    [MemberData(nameof(EveryCell))]
    [Requirement("R-SIGN-01")]
    public void Every_cell_says_what_the_document_says(Act act, Role role)
    {
        var written = Document[(int)act].Cells[AuthorityTable.Roles.IndexOf(role)];
        var cell = AuthorityTable.Cell(act, role);

        Assert.Equal(written, cell.Words);
        var letters = InWords.GetValueOrDefault(written) ?? string.Concat(BareLetter().Matches(written).Select(letter => letter.Value));
        Assert.Equal(
            letters.Select(letter => Letters[letter]).Order(),
            cell.Rights.Where(right => right.Limit != AuthorityLimit.Never).Select(right => right.Part).Order());
    }

    [Theory]
    [MemberData(nameof(EveryCell))]
    [Requirement("R-SIGN-01")]
    public void A_role_alone_may_exactly_what_its_cell_allows_without_condition(Act act, Role role)
    {
        if (role is Role.Staff or Role.Contractor or Role.Visitor)
        {
            return;
        }

        var by = Somebody(role);
        foreach (var part in Enum.GetValues<Part>())
        {
            // A contractor may hold no part of the row of privileges whatever else is held, so the person here is staff.
            var expected = AuthorityTable.Cell(act, role).Rights.Concat(role == Role.Auditor ? [] : AuthorityTable.Cell(act, Role.Staff).Rights)
                .Any(right => right.Part == part && right.Limit == AuthorityLimit.Always && right.Portion is null);
            Assert.Equal(expected, Authority.May(by, act, part, ActSubject.None).Allowed);
        }
    }

    [Fact]
    public void Words_without_a_meaning_are_refused() => Assert.Throws<ArgumentException>(() => AuthorityTable.CellOf("A sometimes"));

    [Fact]
    public void Who_holds_no_role_may_nothing_but_what_staff_may()
    {
        var by = Somebody();

        Assert.True(Authority.May(by, Act.GrantStaffEntry, Part.Asks, ActSubject.Of(by.Person, by.Section)).Allowed);
        Assert.Equal(AuthorityRefusal.NotOwn, Authority.May(by, Act.GrantStaffEntry, Part.Asks, ActSubject.Of(new("S-9999"), by.Section)).Refusal);
        var refused = Authority.May(by, Act.GrantStaffEntry, Part.Allows, ActSubject.None);
        Assert.Equal(AuthorityRefusal.NoRole, refused.Refusal);
        Assert.Equal([Role.SupervisingOfficer, Role.SystemManager], refused.Roles.ToArray());
    }

    [Fact]
    [Requirement("R-DOOR-16")]
    public void Only_the_manager_of_the_zone_allows_entry_to_it()
    {
        var by = Somebody(Role.SystemManager, zones: "SRV-1");

        Assert.True(Authority.May(by, Act.GrantStaffEntry, Part.Allows, ActSubject.Of([new("SRV-1")])).Allowed);
        Assert.Equal(AuthorityRefusal.OtherZone, Authority.May(by, Act.GrantStaffEntry, Part.Allows, ActSubject.Of([new("SRV-2")])).Refusal);
        Assert.Equal(AuthorityRefusal.OtherZone, Authority.May(by, Act.GrantStaffEntry, Part.Allows, ActSubject.Of([new("SRV-1"), new("SRV-2")])).Refusal);
    }

    [Fact]
    [Requirement("R-PROF-06")]
    public void The_supervisor_decides_only_what_the_manager_cannot()
    {
        var by = Somebody(Role.SupervisingOfficer);

        Assert.Equal(AuthorityRefusal.NotOneLevelUp, Authority.May(by, Act.GrantStaffEntry, Part.Allows, ActSubject.Of([new("SRV-1")])).Refusal);
        Assert.True(Authority.May(by, Act.GrantStaffEntry, Part.Allows, ActSubject.Of([new("SRV-1")]) with { OneLevelUp = true }).Allowed);
    }

    [Theory]
    [InlineData("情報政策課", "情報政策課", true)]
    [InlineData("情報政策課", "税務課", false)]
    [InlineData("", "税務課", true)]
    public void A_security_manager_asks_for_the_own_section(string holds, string section, bool allowed) =>
        Assert.Equal(allowed, Authority.May(Somebody(Role.SecurityManager, holds), Act.GrantStaffEntry, Part.Asks, ActSubject.Of(new("S-9999"), section)).Allowed);

    [Fact]
    [Requirement("R-SIGN-11")]
    public void A_contractor_never_handles_privileges_whatever_role_is_held()
    {
        var by = Somebody(Role.SystemManager) with { Category = PersonCategory.Contractor };

        Assert.Equal(AuthorityRefusal.Never, Authority.May(by, Act.PrivilegedAccount, Part.Asks, ActSubject.None).Refusal);
        Assert.True(Authority.May(Somebody(Role.SystemManager), Act.PrivilegedAccount, Part.Asks, ActSubject.None).Allowed);
    }

    [Fact]
    public void An_auditor_reads_and_is_nothing_else()
    {
        var by = Somebody(Role.Auditor) with { Holdings = [.. Somebody(Role.Auditor).Holdings, .. Somebody(Role.ChiefOfficer).Holdings] };

        Assert.All(
            Enum.GetValues<Act>().Where(act => act is not (Act.Audit or Act.ExportRecords or Act.LookIntoPerson)),
            act => Assert.All(
                Enum.GetValues<Part>().Where(part => part != Part.Views),
                part => Assert.False(Authority.May(by, act, part, ActSubject.Of(by.Person, by.Section)).Allowed)));
        Assert.True(Authority.May(by, Act.Lockdown, Part.Views, ActSubject.None).Allowed);
        Assert.False(SeparationOfDuties.MayHoldTogether([Role.Auditor, Role.SecurityManager]));
        Assert.True(SeparationOfDuties.MayHoldTogether([Role.SystemManager, Role.SecurityManager]));
    }

    [Fact]
    public void Each_condition_of_the_table_is_asked()
    {
        var chief = Somebody(Role.SupervisingOfficer);
        Assert.Equal(AuthorityRefusal.NotInstructed, Authority.May(chief, Act.Lockdown, Part.Does, ActSubject.None).Refusal);
        Assert.True(Authority.May(chief, Act.Lockdown, Part.Does, ActSubject.None with { InstructedOrChiefAbsent = true }).Allowed);

        Assert.Equal(AuthorityRefusal.NotNamed, Authority.May(chief, Act.LookIntoPerson, Part.Does, ActSubject.None).Refusal);
        Assert.True(Authority.May(chief, Act.LookIntoPerson, Part.Does, ActSubject.None with { Named = [chief.Person] }).Allowed);

        var manager = Somebody(Role.SystemManager, zones: "SRV-1");
        Assert.Equal(AuthorityRefusal.NoReason, Authority.May(manager, Act.ResetPresence, Part.Does, ActSubject.None).Refusal);
        Assert.True(Authority.May(manager, Act.ResetPresence, Part.Does, ActSubject.None with { ReasonGiven = true }).Allowed);
        Assert.Equal(AuthorityRefusal.OtherZone, Authority.May(manager, Act.ViewEntryRegister, Part.Views, ActSubject.Of([new("SRV-2")])).Refusal);
        Assert.True(Authority.May(manager, Act.ViewEntryRegister, Part.Views, ActSubject.Of([new("SRV-1")])).Allowed);

        var contractor = Somebody() with { Category = PersonCategory.Contractor, Section = "例示保守" };
        Assert.Equal(AuthorityRefusal.OutsideContract, Authority.May(contractor, Act.WiringWork, Part.Does, ActSubject.None).Refusal);
        Assert.True(Authority.May(contractor, Act.WiringWork, Part.Does, ActSubject.None with { InContract = true }).Allowed);
        Assert.Equal(AuthorityRefusal.OutsideContract, Authority.May(contractor, Act.ViewEntryRegister, Part.Views, ActSubject.Of(new("K-1"), "架空通信") with { InContract = true }).Refusal);
        Assert.True(Authority.May(contractor, Act.ViewEntryRegister, Part.Views, ActSubject.Of(new("K-1"), "例示保守") with { InContract = true }).Allowed);

        var security = Somebody(Role.SecurityManager);
        Assert.Equal(AuthorityRefusal.OtherPortion, Authority.May(security, Act.GrantContractorEntry, Part.Does, ActSubject.None).Refusal);
        Assert.True(Authority.May(security, Act.GrantContractorEntry, Part.Does, ActSubject.None with { Portion = "briefing" }).Allowed);
    }

    [Fact]
    public void The_console_is_beyond_the_table() => Assert.True(Authority.May(Actor.Console, Act.Lockdown, Part.Does, ActSubject.None).Allowed);

    [Theory]
    [InlineData(DutyPair.ApplicantAndApprover, true)]
    [InlineData(DutyPair.PerformerAndChecker, false)]
    [InlineData(DutyPair.WitnessAndCarrier, false)]
    [InlineData(DutyPair.AuthorAndApprover, false)]
    [InlineData(DutyPair.EntererAndConfirmer, false)]
    [InlineData(DutyPair.EscortAndVisitor, false)]
    [InlineData(DutyPair.AuditorAndAuditee, true)]
    [InlineData(DutyPair.EraserAndVerifier, false)]
    [InlineData(DutyPair.SubjectAndReceiver, false)]
    [InlineData(DutyPair.SubjectAndInvestigator, false)]
    [Requirement("R-PROF-05")]
    public void A_pair_is_never_one_person_and_only_two_have_an_exception(DutyPair pair, bool hasException)
    {
        Assert.True(SeparationOfDuties.Broken(pair, new("S-0217"), new("S-0217")));
        Assert.False(SeparationOfDuties.Broken(pair, new("S-0217"), new("S-0300")));
        Assert.Equal(!hasException, SeparationOfDuties.Broken(pair, new("S-0217"), new("S-0217"), excepted: true));
    }

    [Fact]
    public void Every_page_act_has_a_row_with_a_reason()
    {
        Assert.Equal(Enum.GetValues<PageAct>(), PageAuthority.Rows.Select(row => row.Act));
        Assert.All(PageAuthority.Rows, row => Assert.False(string.IsNullOrWhiteSpace(row.Reason)));
    }

    [Fact]
    public void The_second_table_is_the_one_in_the_document() => Assert.Equal(
        PageAuthority.Rows.Select(row => $"| {row.Act} | {row.Words} | {row.Reason} |"),
        SourceTree.Lines("docs/authority.md").SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith('|')));

    [Fact]
    public void Roles_have_codes_and_refusals_words()
    {
        Assert.All(Enum.GetValues<Role>(), role => Assert.NotEmpty(AuthorityText.Code(role)));
        Assert.All(Enum.GetValues<AuthorityRefusal>(), refusal => HasBoth(AuthorityText.Of(refusal)));
    }

    private static void HasBoth(Words words)
    {
        Assert.False(string.IsNullOrWhiteSpace(words.Ja));
        Assert.False(string.IsNullOrWhiteSpace(words.En));
    }

    private static Actor Somebody(Role? role = null, string section = "情報政策課", string zones = "") => new(
        new("A-0001"),
        new("S-0001"),
        "架空 一郎",
        "情報政策課",
        PersonCategory.Staff,
        Privileged: false,
        role is { } held
            ? [new("H-0001", new("S-0001"), held, section, [.. zones.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(zone => new RoomGuard.Core.Zones.ZoneId(zone))], new(2026, 4, 1), null, null)]
            : []);

    private static ImmutableArray<(string Name, ImmutableArray<string> Cells)> ReadMatrix() =>
    [
        .. SourceTree.Lines("docs/requirements.md")
            .SkipWhile(line => line != "### Who may do what")
            .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[1..^1])
            .Select(cells => (cells[0].Trim(), cells[1..].Select(cell => cell.Trim()).ToImmutableArray())),
    ];

    // The row an act stands for, from its documentation's first words kept here once more.
    private static string RowName(Act act) => act switch
    {
        Act.GrantStaffEntry => "Entry grant, staff",
        Act.GrantContractorEntry => "Entry grant, contractor",
        Act.GrantFacilityEntry => "Entry grant, FAC for the building side",
        Act.SuspendRights => "Suspend or withdraw rights",
        Act.Lockdown => "Lockdown",
        Act.ResetPresence => "Presence reset",
        Act.Visit => "Visit",
        Act.HandWrittenLine => "Hand-written register line",
        Act.RegisterZone => "Zone registration, outer doors",
        Act.MoveEquipment => "Move in or out",
        Act.PlaceOffSite => "Off-site placement",
        Act.SwapPart => "Part swap",
        Act.RepairOutside => "Outside repair",
        Act.Dispose => "Disposal, lease return",
        Act.CarryOut => "Carry out",
        Act.CarryIn => "Carry in, private item",
        Act.KeepZoneItems => "Items belonging to a zone",
        Act.ChangeWork => "Change work on a system",
        Act.WiringWork => "Wiring work",
        Act.ChangeSettings => "Settings of the controller",
        Act.CommandPower => "UPS command, shutdown plan",
        Act.SetLimits => "Limits for temperature, power",
        Act.AcknowledgeClimateAlarm => "Acknowledge alarm, power or climate",
        Act.AcknowledgeIntrusionAlarm => "Acknowledge alarm, intrusion",
        Act.ReportIncident => "Incident report",
        Act.CloseIncident => "Close incident",
        Act.AllowException => "Exception",
        Act.OperatorAccount => "Operator accounts",
        Act.PrivilegedAccount => "Privileged accounts",
        Act.PrivilegeDeputy => "Deputy for privileges",
        Act.LookIntoPerson => "Look into one person's records",
        Act.ViewEntryRegister => "View entry register",
        Act.HoldRemoval => "Hold removal of records",
        Act.ExportRecords => "Export records",
        Act.RemoveExpiredRecords => "Remove expired records",
        Act.SelfInspection => "Self-inspection",
        Act.Audit => "Audit",
        Act.Drill => "Drill",
        _ => "",
    };

    [GeneratedRegex(@"(?<!class )\b[QADCKVI]\b")]
    private static partial Regex BareLetter();
}
