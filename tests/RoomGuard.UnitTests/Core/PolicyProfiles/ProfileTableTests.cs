using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Source;
using Xunit;

namespace RoomGuard.UnitTests.Core.PolicyProfiles;

/// <summary>The profiles as data against the table of section (b) of docs/requirements.md, cell by cell.</summary>
public sealed class ProfileTableTests
{
    private static readonly Dictionary<string, PersonCategory> Categories = new()
    {
        ["職員"] = PersonCategory.Staff,
        ["会計年度"] = PersonCategory.FixedTermStaff,
        ["委託"] = PersonCategory.Contractor,
        ["訪問者"] = PersonCategory.Visitor,
        ["特別職"] = PersonCategory.SpecialServiceStaff,
        ["議員"] = PersonCategory.AssemblyMember,
        ["臨時・非常勤"] = PersonCategory.TemporaryStaff,
    };

    private static readonly Dictionary<string, Segment> Segments = new()
    {
        ["マイナンバー"] = Segment.MyNumber,
        ["LGWAN"] = Segment.Lgwan,
        ["標準システム"] = Segment.StandardSystem,
        ["インターネット"] = Segment.Internet,
        ["その他"] = Segment.Other,
    };

    // What a cell means, and what the profile says: compared as text, so that a difference shows both.
    private static readonly Dictionary<string, (Func<string, string> Cell, Func<PolicyProfile, string> Value)> Rows = new()
    {
        ["RoomLabel"] = (cell => cell, p => p.RoomLabel.MediaStore is { } store ? $"{p.RoomLabel.ServerRoom} / {store}" : p.RoomLabel.ServerRoom),
        ["PersonCategories"] = (cell => Join(List(cell.Replace("Base", "職員, 会計年度, 委託, 訪問者", StringComparison.Ordinal).Replace(" + ", ", ", StringComparison.Ordinal)).Select(word => Categories[word])), p => Join(p.PersonCategories)),
        ["ContractorCountsAsStaff"] = (Bool, p => Is(p.ContractorCountsAsStaff)),
        ["EscortEligibility"] = (Choice, p => Shown(p.EscortEligibility)),
        ["WitnessEligibility"] = (cell => Plain(cell), p => p.WitnessEligibility.ToString()),
        ["Segments"] = (cell => Join(List(cell).Select(word => Segments[word])), p => Join(p.Segments)),
        ["MyNumberOperatorFactors"] = (NotUsed, p => p.MyNumberOperatorFactors?.ToString(CultureInfo.InvariantCulture) ?? "none"),
        ["MyNumberDoorFactors"] = (cell => NotUsed(cell.Replace(", 2 on choice", "; 2 may be chosen", StringComparison.Ordinal)), p => p.MyNumberDoorFactors is { } doors ? Shown(doors) : "none"),
        ["MyNumberCarryOut"] = (NotUsed, p => p.MyNumberCarryOut?.ToString() ?? "none"),
        ["GroundFloorRule"] = (cell => cell, p => p.GroundFloor.ToString()),
        ["OuterDoorLimit"] = (cell => cell, p => p.OuterDoorLimit.ToString(CultureInfo.InvariantCulture)),
        ["OffsiteApproval"] = (
            cell => cell.Replace(", with own facilities as sites, not off-site", " own", StringComparison.Ordinal).Replace(" + check interval", " checked", StringComparison.Ordinal).Replace("Base", "ChiefOfficer", StringComparison.Ordinal),
            p => $"{p.OffsiteApproval.By}{(p.OffsiteApproval.OwnFacilitiesAreSites ? " own" : "")}{(p.OffsiteApproval.CheckedAtIntervals ? " checked" : "")}"),
        ["TwoPersonChange"] = (On, p => Is(p.TwoPersonChange)),
        ["AuditModule"] = (On, p => Is(p.AuditModule)),
        ["SelfInspectionInterval"] = (cell => cell.StartsWith("none set", StringComparison.Ordinal) ? "none" : Plain(cell), p => p.SelfInspectionMonths switch { null => "none", 12 => "yearly", var months => $"{months}" }),
        ["ReviewNeedsRiskFigures"] = (On, p => Is(p.ReviewNeedsRiskFigures)),
        ["ReportToChief"] = (cell => Choice(cell.Replace(" (AsNeeded may be chosen)", "; AsNeeded may be chosen", StringComparison.Ordinal)), p => Shown(p.ReportToChief)),
        ["ExternalReports"] = (
            cell => cell == "list kept" ? "" : cell,
            p => string.Join(", ", p.ExternalReports.Select(party => party switch { OutsideParty.Ministry => "総務省", OutsideParty.Prefecture => "都道府県", _ => "press" }))),
        ["ViolationPath"] = (
            cell => cell == "RecordOnly" ? "" : cell.Replace("懲戒 material", "PersonnelMaterial", StringComparison.Ordinal).Replace("gravity", "Gravity", StringComparison.Ordinal),
            p => string.Join(" + ", p.ViolationPath)),
        ["SuspensionBySup"] = (On, p => Is(p.SuspensionBySup)),
        ["ExceptionRegister"] = (On, p => Is(p.ExceptionRegister)),
        ["EmergencyPlanLabel"] = (cell => cell.Replace("Base", "緊急時対応計画", StringComparison.Ordinal), p => $"{p.EmergencyPlan.Label}{(p.EmergencyPlan.LinksToContinuityPlan ? ", cross-link to BCP" : "")}"),
        ["StandardsConfidential"] = (Bool, p => Is(p.StandardsConfidential)),
        ["ProceduresConfidential"] = (Bool, p => Is(p.ProceduresConfidential)),
        ["WaterLossInput"] = (On, p => Is(p.WaterLossInput)),
        ["SitesMayDiffer"] = (Bool, p => Is(p.SitesMayDiffer)),
        ["RoleNames"] = (
            cell => cell.StartsWith("to be mapped", StringComparison.Ordinal) ? "mapped" : cell.StartsWith("CHIEF", StringComparison.Ordinal) ? "" : cell[(cell.IndexOf('(') + 1)..^1],
            p => p.RoleNames.MappedAtSetUp ? "mapped" : string.Join(", ", p.RoleNames.Names.OrderBy(one => one.Key).Select(one => one.Value).Distinct())),
        ["PasswordChangeDays"] = (cell => cell, p => p.PasswordChangeDays?.ToString(CultureInfo.InvariantCulture) ?? "off"),
        ["NoticeToDesk"] = (cell => cell, p => p.NoticeToDeskOnEveryPath ? "every path" : "off"),
        ["KeepYears"] = (Plain, p => p.Keep is { } keep ? $"{keep.Entries} / {keep.Incidents}" : "site decides"),
    };

    public static TheoryData<string, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, string>();
            foreach (var row in Table())
            {
                foreach (var (at, name) in Profiles.Names.Index())
                {
                    cells.Add(row[0], name, row[at + 1]);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    [Requirement("R-PROF-03")]
    public void Every_cell_of_the_table_is_what_the_profile_says(string setting, string profile, string cell)
    {
        var (read, value) = Rows[setting];

        Assert.Equal(read(cell.Replace("†", "", StringComparison.Ordinal)), value(Profiles.Read(profile)));
    }

    [Fact]
    public void The_table_has_thirty_rows_and_the_pages_show_them_in_its_order()
    {
        Assert.Equal(30, Table().Length);
        Assert.Equal(Table().Select(row => row[0]), PolicyProfileText.Rows.Select(row => row.Setting));
        Assert.Equal(Profiles.Names, Header()[2..].Select(name => name));
    }

    [Fact]
    public void Every_row_and_figure_of_every_profile_has_words_in_both_languages() =>
        Assert.All(
            from name in Profiles.Names
            let profile = Profiles.Read(name)
            from row in PolicyProfileText.Rows.Concat(PolicyProfileText.Figures)
            from words in new[] { row.Name, row.Show(profile) }
            select words,
            words => Assert.False(string.IsNullOrWhiteSpace(words.Ja) || string.IsNullOrWhiteSpace(words.En)));

    [Theory]
    [InlineData(Limit.DormantListedDays, 60)]
    [InlineData(Limit.DormantHeldDays, 90)]
    [InlineData(Limit.PersonnelDecisionWorkingDays, 5)]
    [InlineData(Limit.SignInTries, 5)]
    [InlineData(Limit.PrivilegedSignInTries, 3)]
    [InlineData(Limit.SignInLockMinutes, 15)]
    [InlineData(Limit.IdleMinutes, 10)]
    [InlineData(Limit.SessionMinutes, 480)]
    [InlineData(Limit.PrivilegedAccounts, 3)]
    [InlineData(Limit.UrgentExceptionHours, 24)]
    public void Every_profile_begins_with_the_figures_the_requirements_mark(Limit limit, int value) =>
        Assert.All(Profiles.Names, name => Assert.Equal(value, Profiles.Read(name)[limit]));

    private static string[][] Table() =>
    [
        .. SourceTree.Lines("docs/requirements.md")
            .SkipWhile(line => !line.StartsWith("### What a profile switches", StringComparison.Ordinal))
            .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(Columns),
    ];

    private static string[] Header() =>
        ["", .. Columns(SourceTree.Lines("docs/requirements.md").First(line => line.StartsWith("| Setting (code)", StringComparison.Ordinal))).Select(name => name == "Base" ? "base" : name)];

    private static string[] Columns(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];

    private static string[] List(string cell) => cell.Split(", ");

    private static string Join<T>(IEnumerable<T> values) => string.Join(", ", values);

    // A remark in brackets explains a cell, it is no part of its value.
    private static string Plain(string cell) => cell.Contains('(') ? cell[..cell.IndexOf('(')].Trim() : cell;

    private static string Bool(string cell) => Plain(cell) switch { "true" => "yes", "false" => "no", var other => other };

    private static string On(string cell) => Plain(cell) switch { "On" => "yes", "Off" => "no", var other => other };

    private static string Is(bool value) => value ? "yes" : "no";

    private static string NotUsed(string cell) => cell == "not used" ? "none" : cell;

    private static string Choice(string cell) => cell;

    private static string Shown<T>(Chosen<T> chosen)
        where T : struct => chosen.MayChoose.IsEmpty ? $"{chosen.Value}" : $"{chosen.Value}; {Join(chosen.MayChoose)} may be chosen";
}
