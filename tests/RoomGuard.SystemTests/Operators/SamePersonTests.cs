using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Patterns;
using RoomGuard.Service.People;
using RoomGuard.SystemTests.Peers;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Operators;

/// <summary>The pairs of section (c) that shall never be one person, tried over HTTP by one person with two accounts, and done by two.</summary>
public sealed partial class SamePersonTests(WalkedOffice office) : IClassFixture<WalkedOffice>
{
    private static readonly string[] BothAccounts = ["miyakonojo", "miyakonojo.admin"];
    private static int holdings;

    [Fact]
    [Requirement("R-PROF-05")]
    [Requirement("R-PROF-06")]
    public async Task Applicant_and_approver_are_never_one_person_by_whichever_account()
    {
        var id = await office.Apply("miyakonojo", "staff-grant", WalkedOffice.Entry("S-0115"));
        var before = Grants("S-0115");
        foreach (var account in BothAccounts)
        {
            foreach (var step in new[] { "allow", "allow-if", "refuse", "send-back" })
            {
                using var refused = await office[account].PostAsync($"/cases/{id}/{step}", [("v", $"{office.VersionOf(id)}"), ("reason", "確認のため"), ("conditions", "二人で")]);
                await IsRefused(refused, "R-PROF-05");
            }
        }

        Assert.Equal(before, Grants("S-0115"));
        using var allowed = await office.Step("hinata", id, "allow");
        Assert.Equal(HttpStatusCode.Redirect, allowed.StatusCode);
        Assert.Equal(before + 1, Grants("S-0115"));
    }

    [Fact]
    [Requirement("R-PROF-05")]
    [Requirement("R-INP-03")]
    public async Task Who_brings_a_list_of_grants_does_not_apply_it_by_whichever_account_and_another_does()
    {
        var before = Grants("S-0222");
        var list = $"{PeopleImport.Header}\nS-0222,椎葉 航,しいば わたる,Staff,業務課,2020-04-01,,,,,,,,G-2026-9001,SRV-1,All,00:00,00:00,2026-04-01,2045-04-01,\n";
        using var looked = await Bring("miyakonojo", list);
        var page = await looked.Content.ReadAsStringAsync();
        Assert.True(looked.StatusCode == HttpStatusCode.OK, page);
        var token = Token().Match(page).Groups[1].Value;
        foreach (var account in BothAccounts)
        {
            using var refused = await office[account].PostAsync("/people/import/apply", [("token", token)]);
            await IsRefused(refused, "R-PROF-05");
        }

        Assert.Equal(before, Grants("S-0222"));
        using var applied = await office["kunitomi"].PostAsync("/people/import/apply", [("token", token)]);
        Assert.Equal(HttpStatusCode.Redirect, applied.StatusCode);
        Assert.Equal(before + 1, Grants("S-0222"));
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task A_list_with_a_bad_line_is_refused_over_HTTP_and_names_line_and_column()
    {
        var people = office.Count("SELECT count(*) FROM view_people");
        using var refused = await Bring("aya", $"{PeopleImport.Header}\nS-9301,架空 一,かくう,Staff,業務課,,,,,,,,,,,,,,,,\nS-9302,架空 二,かくう,Staff,業務課,2020-13-01,,,,,,,,,,,,,,,\n");
        var said = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Matches(@"(?s)<th[^>]*>3</th>\s*<td[^>]*>validFrom</td>", said);
        Assert.DoesNotContain("name=\"token\"", said, StringComparison.Ordinal);
        Assert.Equal(people, office.Count("SELECT count(*) FROM view_people"));
    }

    [Fact]
    [Requirement("R-PROF-05")]
    public async Task An_auditor_is_never_given_another_role_nor_the_other_way_round()
    {
        foreach (var (person, role) in new[] { ("S-0241", nameof(Role.SystemStaff)), ("S-0134", nameof(Role.Auditor)) })
        {
            var id = await office.Apply("hinata", "role", [("person", person), ("role", role), ("section", ""), ("from", "2030-01-01"), ("until", ""), ("reason", "要員の補充")]);
            using var refused = await office.Step("takachiho", id, "allow");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    [Fact]
    [Requirement("R-DOOR-11")]
    [Requirement("R-PROF-05")]
    public async Task Who_entered_a_hand_written_line_never_confirms_it_by_whichever_account_and_another_does()
    {
        // The zone's manager works at the desk for a while as well, and both accounts are one person.
        await using var both = await Also("S-0115", Role.SystemStaff, BothAccounts);
        var own = await Enter("miyakonojo", "2026 / 3");
        foreach (var account in BothAccounts)
        {
            using var refused = await office[account].PostAsync($"/hand-register/{own}/decide", [("verdict", "Confirmed"), ("note", "")]);
            await IsRefused(refused, "R-DOOR-11");
        }

        var anothers = await Enter("aya", "2026 / 4");
        using var notHers = await office["aya"].PostAsync($"/hand-register/{anothers}/decide", [("verdict", "Confirmed"), ("note", "")]);
        Assert.Equal(HttpStatusCode.Forbidden, notHers.StatusCode);
        using var confirmed = await office["miyakonojo"].PostAsync($"/hand-register/{anothers}/decide", [("verdict", "Confirmed"), ("note", "")]);
        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        Assert.Equal(
            (1L, "S-0115"),
            office.Record.Readers.AskNow(db => ((long)db.Value("SELECT count(*) FROM view_hand_lines WHERE verdict = 0")!, (string)db.Value("SELECT decided_by FROM view_hand_lines WHERE verdict = 0")!)));
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public async Task Who_asked_for_a_ups_command_never_confirms_it_by_whichever_account_and_another_does()
    {
        // More rights ask for a proof anew: both accounts sign in after the role was given.
        await using var both = await Also("S-0115", Role.SystemStaff, BothAccounts);
        TellingBridge.Hear(office.Office.Parts, TellingBridge.Unit(WalkedOffice.Now));
        using var asked = await office["miyakonojo"].PostAsync("/power/commands", [("unit", "ups-1"), ("command", "BatteryTestQuick:0"), ("reason", "半年ごとの蓄電池点検")]);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        foreach (var account in BothAccounts)
        {
            using var refused = await office[account].PostAsync("/power/commands/UC-0001/confirm", []);
            await IsRefused(refused, "R-PWR-10");
        }

        Assert.Equal(0L, office.Count("SELECT count(*) FROM view_room_orders WHERE key = 'ups-command ups-1'"));
        TellingBridge.Hear(office.Office.Parts, TellingBridge.Unit(WalkedOffice.Now));
        using var confirmed = await office["shintomi"].PostAsync("/power/commands/UC-0001/confirm", []);
        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        Assert.Equal(1L, office.Count("SELECT count(*) FROM view_room_orders WHERE key = 'ups-command ups-1'"));
    }

    [Fact]
    [Requirement("R-CFG-02")]
    [Requirement("R-PROF-05")]
    public async Task Who_proposed_a_change_of_settings_never_approves_it_by_whichever_account_and_another_does()
    {
        await using var both = await Also("S-0115", Role.SystemStaff, BothAccounts);
        foreach (var account in BothAccounts)
        {
            var own = await Propose(account);
            foreach (var approver in BothAccounts)
            {
                using var refused = await office[approver].PostAsync($"/power/plan/changes/{own}/allow", []);
                await IsRefused(refused, "R-CFG-02");
            }
        }

        Assert.Equal(0L, office.Count("SELECT count(*) FROM view_room_orders WHERE key = 'power-plan walk-1'"));
        using var allowed = await office["miyakonojo"].PostAsync($"/power/plan/changes/{await Propose("aya")}/allow", []);
        Assert.Equal(HttpStatusCode.Redirect, allowed.StatusCode);
        Assert.Equal(1L, office.Count("SELECT count(*) FROM view_room_orders WHERE key = 'power-plan walk-1'"));
    }

    private async Task<string> Propose(string account)
    {
        using var asked = await office[account].PostAsync(
            "/power/plan/ask",
            [
                ("id", "walk-1"), ("from", "0"), ("zone", "SRV-1"), ("label", "巡回"), ("labelEn", "Walk"), ("units", "ups-1"), ("unitsNeeded", "1"), ("margin", "1.2"), ("withoutRuntimeSeconds", "60"),
                ("restartChargePercent", "50"), ("restartAfterSeconds", "300"), ("stages", "stage-9;仮想基盤;vm-9;仮想基盤九;120"), ("webhooks", ""), ("backed", ""), ("reason", "機器の増設"),
            ]);
        Assert.True(asked.StatusCode == HttpStatusCode.Redirect, await asked.Content.ReadAsStringAsync());
        return office.Record.Readers.AskNow(db => (string)db.Value("SELECT change FROM view_plan_changes ORDER BY n DESC LIMIT 1")!);
    }

    [Fact]
    [Requirement("R-PWR-09")]
    [Requirement("R-PROF-05")]
    public async Task Who_registered_a_planned_outage_never_agrees_to_it_by_whichever_account_and_another_does()
    {
        await using var both = await Also("S-0115", Role.FacilityStaff, BothAccounts);
        TellingBridge.Hear(office.Office.Parts, TellingBridge.Unit(WalkedOffice.Now));
        var from = WalkedOffice.Now.ToOffset(TimeSpan.FromHours(9)).AddDays(3);
        using var registered = await office["miyakonojo"].PostAsync(
            "/power/planned", [("from", Local(from)), ("to", Local(from.AddHours(2))), ("units", "ups-1"), ("reason", "受変電設備の点検")]);
        Assert.True(registered.StatusCode == HttpStatusCode.Redirect, await registered.Content.ReadAsStringAsync());
        foreach (var account in BothAccounts)
        {
            using var refused = await office[account].PostAsync("/power/planned/O-0001/agree", []);
            Assert.NotEqual(HttpStatusCode.Redirect, refused.StatusCode);
        }

        Assert.Equal(0L, office.Count("SELECT count(*) FROM view_room_orders WHERE key LIKE 'planned-outage%'"));
        using var agreed = await office["kunitomi"].PostAsync("/power/planned/O-0001/agree", []);
        Assert.Equal(HttpStatusCode.Redirect, agreed.StatusCode);
        Assert.Equal(1L, office.Count("SELECT count(*) FROM view_room_orders WHERE key LIKE 'planned-outage%'"));
    }

    [Fact]
    [Requirement("R-PROF-05")]
    public async Task Nobody_is_announced_as_the_visitor_of_their_own_escort()
    {
        var cases = office.Count("SELECT count(*) FROM view_cases");
        foreach (var visitor in new[] { "佐土原 みのり", "佐土原　みのり" })
        {
            using var refused = await office["sadowara"].PostAsync("/apply/visit", CaseWalk.Visit(visitor, organisation: "業務課"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("両方の役", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        Assert.Equal(cases, office.Count("SELECT count(*) FROM view_cases"));
        _ = await office.Apply("sadowara", "visit", CaseWalk.Visit("佐土原 みのり", organisation: "例示保守"));
    }

    [Fact]
    [Requirement("R-MON-05")]
    [Requirement("R-PROF-05")]
    public async Task What_concerns_oneself_is_judged_one_level_up_by_whichever_account()
    {
        // The manager of the system heads a section for a while: both accounts may judge, and neither what is about themselves.
        await using var both = await Also("S-0115", Role.SecurityManager, BothAccounts);
        var n = await office.Record.AppendAsync(new PatternNoticed(WalkedOffice.Now, PatternKind.UnusualHour, new("S-0115"), null, null, new("SRV-1"), [0], [], 0), CancellationToken.None);
        foreach (var account in BothAccounts)
        {
            using var refused = await office[account].PostAsync($"/patterns/{n}/review", [("verdict", "Explained"), ("note", "自分の作業です")]);
            await IsRefused(refused, "R-MON-05");
        }

        using var judged = await office["hinata"].PostAsync($"/patterns/{n}/review", [("verdict", "Explained"), ("note", "夜間作業の申請あり")]);
        Assert.Equal(HttpStatusCode.Redirect, judged.StatusCode);
    }

    [Fact]
    [Requirement("R-SIGN-15")]
    [Requirement("R-PROF-05")]
    public async Task Nobody_is_named_to_look_into_themselves()
    {
        var named = office.Count("SELECT count(*) FROM view_investigations");

        // CHIEF into their own records, and somebody else into theirs.
        foreach (var (subject, looker) in new[] { ("P-0003", "S-0102"), ("S-0102", "S-0102"), ("S-0102", "S-0121 S-0102") })
        {
            using var refused = await office["takachiho"].PostAsync("/investigations", [("subject", subject), ("named", looker), ("purpose", "利用状況の調査"), ("until", WalkedOffice.Day(10))]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("両方の役", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        Assert.Equal(named, office.Count("SELECT count(*) FROM view_investigations"));
        using var done = await office["takachiho"].PostAsync("/investigations", [("subject", "S-0222"), ("named", "S-0102"), ("purpose", "利用状況の調査"), ("until", WalkedOffice.Day(10))]);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
    }

    [Fact]
    [Requirement("R-SIGN-14")]
    [Requirement("R-PROF-05")]
    public async Task Access_from_outside_takes_two_people_and_one_with_both_roles_gives_one_word_only()
    {
        await using var both = await Also("S-0115", Role.SupervisingOfficer, BothAccounts);
        var id = await office.Apply("aya", "remote-access", CaseWalk.All.Single(walk => walk.Path == "remote-access").Fields(0));
        using var first = await office.Step("miyakonojo", id, "allow");
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        foreach (var account in BothAccounts)
        {
            using var refused = await office.Step(account, id, "allow");
            await IsRefused(refused, "R-PROF-05");
        }

        using var second = await office.Step("hinata", id, "allow");
        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
    }

    [Fact]
    [Requirement("R-SIGN-15")]
    public async Task The_head_of_a_section_finds_nobody_of_another_and_an_address_with_their_number_leads_nowhere()
    {
        // kobayashi heads 情報政策課, watanabe 業務課, where 佐土原 works; whoever keeps the contractor register sees the workers of firms too.
        foreach (var (account, sees) in new[] { ("kobayashi", false), ("watanabe", true), ("hinata", true) })
        {
            foreach (var path in new[] { "/people?q=佐土原", "/cards?q=佐土原", "/grants?q=佐土原" })
            {
                var page = WebUtility.HtmlDecode(await office[account].Http.GetStringAsync(new Uri(path, UriKind.Relative)));
                Assert.Equal(sees, page.Contains("S-0217", StringComparison.Ordinal) || page.Contains("佐土原 みのり", StringComparison.Ordinal));
            }

            using var file = await office[account].GetAsync("/people/S-0217");
            Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, file.StatusCode);
            using var worker = await office[account].GetAsync("/people/K-0012");
            Assert.Equal(HttpStatusCode.OK, worker.StatusCode);
        }

        using var change = await office["kobayashi"].PostAsync("/people/S-0217/change", [("name", "別 名"), ("kana", "べつ めい"), ("category", "Staff"), ("sectionOrFirm", "情報政策課"), ("validFrom", ""), ("validUntil", "")]);
        Assert.Equal(HttpStatusCode.NotFound, change.StatusCode);
        Assert.Equal(0L, office.Count("SELECT count(*) FROM view_people WHERE name = '別 名'"));
    }

    [Fact]
    public async Task Anothers_case_is_not_there_and_an_old_page_decides_nothing()
    {
        var id = await office.Apply("sadowara", "staff-grant", WalkedOffice.Entry("S-0217"));
        using var missing = await office["gokase"].GetAsync($"/cases/{id}");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);

        using var first = await office.Step("miyakonojo", id, "send-back");
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        using var replayed = await office.Step("miyakonojo", id, "allow");
        Assert.Equal(HttpStatusCode.Conflict, replayed.StatusCode);
    }

    [Fact]
    [Requirement("R-DOOR-16")]
    public async Task Of_two_approvers_at_once_exactly_one_decides()
    {
        // SUP and SYS may both allow what the building side asks for; each has the page open as it was.
        var id = await office.Apply("shintomi", "facility-grant", WalkedOffice.Entry("S-0163"));
        var (version, before) = (office.VersionOf(id), Grants("S-0163"));
        var answers = await Task.WhenAll(new[] { "hinata", "miyakonojo" }.SelectMany(account => Enumerable.Repeat(account, 3)).Select(account => office.Step(account, id, "allow", version)));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect));
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Redirect), answer => Assert.True(answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.Forbidden, $"{(int)answer.StatusCode}"));
        Assert.Equal(before + 1, Grants("S-0163"));
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    private static async Task IsRefused(HttpResponseMessage answer, string rule)
    {
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(rule, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Local(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    private long Grants(string person) => office.Count("SELECT count(*) FROM view_grants WHERE person = $1 AND ended IS NULL", person);

    private async Task<HttpResponseMessage> Bring(string account, string list)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await office[account].TokenAsync()), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(list)), "file", "people.csv" },
        };
        return await office[account].Http.PostAsync(new Uri("/people/import", UriKind.Relative), form);
    }

    private async Task<string> Enter(string account, string page)
    {
        var at = WalkedOffice.Now.ToOffset(TimeSpan.FromHours(9)).AddHours(-1).AddMinutes(page[^1] - '9');
        using var answer = await office[account].PostAsync(
            "/hand-register/new", [("door", "SRV-1-D1"), ("enteredAt", Local(at)), ("person", "S-0217"), ("page", page), ("reason", "読取装置の故障")]);
        return await WalkedOffice.NumberIn(answer, $"{account} enters a line", LineNumber());
    }

    /// <summary>Somebody holds one more role until the test is over, and proves anew who they are at both ends of it.</summary>
    private async Task<MoreRole> Also(string person, Role role, string[] accounts)
    {
        var holding = $"H-{9000 + Interlocked.Increment(ref holdings)}";
        _ = await office.Record.AppendAsync(
            new RoleHeld(WalkedOffice.Now, new(holding, new(person), role, role is Role.SecurityManager ? "情報政策課" : "", [], DateOnly.FromDateTime(WalkedOffice.Now.UtcDateTime).AddDays(-1), null, null), "応援", "test"), CancellationToken.None);
        await office.SignInAnew(accounts);
        return new(office, holding, person, role, accounts);
    }

    private sealed class MoreRole(WalkedOffice office, string holding, string person, Role role, string[] accounts) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            _ = await office.Record.AppendAsync(new RoleEnded(WalkedOffice.Now, holding, new(person), role, "応援の終わり", "test"), CancellationToken.None);
            await office.SignInAnew(accounts);
        }
    }

    [GeneratedRegex("name=\"token\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("M-[0-9]{4}-[0-9]{4}")]
    private static partial Regex LineNumber();
}
