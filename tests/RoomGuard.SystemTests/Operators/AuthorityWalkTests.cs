using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.Peers;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.Operators;

/// <summary>
/// The matrix of section (c) walked over HTTP: every route of the dashboard as every role, held against docs/requirements.md itself; and the
/// forbidden pairs tried by people who would be both.
/// </summary>
public sealed partial class AuthorityWalkTests : IAsyncLifetime
{
    // One person of the invented site for each role; nobody can sign in as a visitor.
    private static readonly ImmutableArray<(Role Role, string Account)> People =
    [
        (Role.ChiefOfficer, "takachiho"), (Role.SupervisingOfficer, "hinata"), (Role.SecurityManager, "kobayashi"), (Role.SystemManager, "miyakonojo"),
        (Role.SystemStaff, "aya"), (Role.Auditor, "takaharu"), (Role.FacilityStaff, "shintomi"), (Role.Reception, "tano"), (Role.IncidentDesk, "sumiyoshi"),
        (Role.SecurityCommittee, "yoshida"), (Role.Staff, "sadowara"), (Role.Contractor, "gokase"),
    ];

    // Acts of the matrix that no route of the dashboard performs or shows yet.
    private static readonly ImmutableArray<Act> WithoutRoute =
    [
        Act.MoveEquipment, Act.PlaceOffSite, Act.SwapPart, Act.RepairOutside, Act.Dispose,
        Act.CarryOut, Act.CarryIn, Act.KeepZoneItems, Act.ChangeWork, Act.WiringWork, Act.ChangeSettings, Act.SetLimits,
        Act.AcknowledgeClimateAlarm, Act.AcknowledgeIntrusionAlarm, Act.ReportIncident, Act.CloseIncident, Act.HoldRemoval, Act.ExportRecords,
        Act.RemoveExpiredRecords, Act.SelfInspection, Act.Audit, Act.Drill,
    ];

    // Kinds of applications and the row of the matrix each falls under; the letters by which one applies.
    private static readonly ImmutableArray<(string Kind, Act Act, string Letters)> Kinds =
    [
        ("staff-grant", Act.GrantStaffEntry, "Q"), ("contractor-grant", Act.GrantContractorEntry, "Q"), ("facility-grant", Act.GrantFacilityEntry, "Q"),
        ("account", Act.OperatorAccount, "AD"), ("remote-access", Act.OperatorAccount, "AD"), ("exception", Act.AllowException, "Q"), ("visit", Act.Visit, "Q"),
    ];

    // Acts whose deciding happens on a case: the routes are the same for all kinds, the case says who.
    private static readonly ImmutableArray<Act> ByCase =
        [Act.GrantStaffEntry, Act.GrantContractorEntry, Act.GrantFacilityEntry, Act.OperatorAccount, Act.PrivilegedAccount, Act.PrivilegeDeputy, Act.AllowException];

    private readonly Dictionary<string, SignedInClient> clients = [];
    private RunningOffice office = null!;

    public async Task InitializeAsync()
    {
        office = await RunningOffice.StartAsync();
        foreach (var account in People.Select(person => person.Account).Append("miyakonojo.admin"))
        {
            clients[account] = await office.AsAsync(account);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }

        await office.DisposeAsync();
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task Every_route_lets_in_exactly_whom_the_document_names()
    {
        var wrong = new List<string>();
        foreach (var (method, pattern) in Routes().Where(route => RouteAuthority.Rows.ContainsKey($"{route.Method} {route.Pattern}")))
        {
            var rights = RouteAuthority.Rows[$"{method} {pattern}"];

            // What one applies for decides there (the next test); a confirmation is refused for want of a proof, not of a role.
            if (pattern is "/apply/{kind}" or "/confirm")
            {
                continue;
            }

            foreach (var (role, account) in People)
            {
                var allowed = rights.Any(right => Named(right.Name, role));
                using var answer = await Call(account, method, Filled(pattern));
                if ((answer.StatusCode != HttpStatusCode.Forbidden) != allowed || (int)answer.StatusCode >= 500)
                {
                    wrong.Add($"{method} {pattern} as {role}: {(int)answer.StatusCode}, the table says {(allowed ? "may" : "may not")}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public void Every_route_says_who_may_or_is_open_to_all()
    {
        var open = new[]
        {
            "GET /assets/{file}", "GET /sign-in", "POST /sign-in/invented", "POST /sign-in/password", "POST /sign-in/passkey", "POST /sign-out", "GET /about/accessibility",
            "GET /sign-in/provider", "GET /sign-in/provider/back",

            // A visitor has no account; the invitation opens their own few fields.
            "GET /invitation/{token}", "POST /invitation/{token}",
        };
        var routes = Routes().Select(route => $"{route.Method} {route.Pattern}").Where(route => !route.StartsWith("GET /preferences/", StringComparison.Ordinal) && !route.Contains(" /setup", StringComparison.Ordinal)).ToList();

        Assert.Empty(routes.Except(RouteAuthority.Rows.Keys).Except(open));
    }

    [Fact]
    public void Acts_without_a_route_yet_are_known()
    {
        var reached = RouteAuthority.Rows.Where(row => Routes().Any(route => $"{route.Method} {route.Pattern}" == row.Key)).SelectMany(row => row.Value).Select(right => right.Name)
            .Where(name => name.Contains('/', StringComparison.Ordinal)).Select(name => Enum.Parse<Act>(name.Split('/')[0]));

        Assert.Equal(WithoutRoute, Enum.GetValues<Act>().Except(reached).Except(ByCase));
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task Each_kind_is_applied_for_by_exactly_whom_the_document_names()
    {
        var wrong = new List<string>();
        foreach (var (kind, act, letters) in Kinds)
        {
            foreach (var (role, account) in People)
            {
                var allowed = letters.Any(letter => Has(act, role, letter));
                foreach (var method in new[] { "GET", "POST" })
                {
                    using var answer = await Call(account, method, $"/apply/{kind}");
                    if ((answer.StatusCode != HttpStatusCode.Forbidden) != allowed)
                    {
                        wrong.Add($"{method} /apply/{kind} as {role}: {(int)answer.StatusCode}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    [Requirement("R-DOOR-16")]
    public async Task An_entry_grant_is_decided_by_the_zones_manager_and_by_nobody_else()
    {
        var id = await Apply("sadowara", "staff-grant", Entry("S-0217"));
        foreach (var (role, account) in People.Where(person => person.Account != "miyakonojo"))
        {
            using var refused = await Step(account, id, "allow");
            Assert.True(refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{role}: {(int)refused.StatusCode}");
        }

        var before = Grants("S-0217");
        using var allowed = await Step("miyakonojo", id, "allow");
        Assert.Equal(HttpStatusCode.Redirect, allowed.StatusCode);
        Assert.Equal(before + 1, Grants("S-0217"));
    }

    [Fact]
    [Requirement("R-PROF-05")]
    [Requirement("R-PROF-06")]
    public async Task Applicant_and_approver_are_never_one_person_by_whichever_account()
    {
        var id = await Apply("miyakonojo", "staff-grant", Entry("S-0115"));
        var before = Grants("S-0115");
        foreach (var account in new[] { "miyakonojo", "miyakonojo.admin" })
        {
            foreach (var step in new[] { "allow", "refuse", "send-back" })
            {
                using var refused = await Step(account, id, step);
                Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
                Assert.Contains("R-PROF-05", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }

        Assert.Equal(before, Grants("S-0115"));
        using var allowed = await Step("hinata", id, "allow");
        Assert.Equal(HttpStatusCode.Redirect, allowed.StatusCode);
        Assert.Equal(before + 1, Grants("S-0115"));
    }

    [Fact]
    [Requirement("R-PROF-05")]
    public async Task An_auditor_is_never_given_another_role_nor_the_other_way_round()
    {
        foreach (var (person, role) in new[] { ("S-0241", nameof(Role.SystemStaff)), ("S-0134", nameof(Role.Auditor)) })
        {
            var id = await Apply("hinata", "role", [("person", person), ("role", role), ("section", ""), ("from", "2030-01-01"), ("until", ""), ("reason", "要員の補充")]);
            using var refused = await Step("takachiho", id, "allow");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    [Fact]
    [Requirement("R-DOOR-11")]
    [Requirement("R-PROF-05")]
    public async Task Who_entered_a_hand_written_line_never_confirms_it_by_whichever_account_and_another_does()
    {
        // The zone's manager works at the desk for a while as well, and both accounts are one person.
        _ = await office.Parts.GetRequiredService<ServiceRecord>().AppendAsync(
            new RoleHeld(TimeProvider.System.GetUtcNow(), new("H-9001", new("S-0115"), Role.SystemStaff, "情報政策課", [], DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1), null, null), "応援", "test"), CancellationToken.None);
        var own = await Enter("miyakonojo", "2026 / 3");
        foreach (var account in new[] { "miyakonojo", "miyakonojo.admin" })
        {
            using var refused = await clients[account].PostAsync($"/hand-register/{own}/decide", [("verdict", "Confirmed"), ("note", "")]);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("R-DOOR-11", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var anothers = await Enter("aya", "2026 / 4");
        using var notHers = await clients["aya"].PostAsync($"/hand-register/{anothers}/decide", [("verdict", "Confirmed"), ("note", "")]);
        Assert.Equal(HttpStatusCode.Forbidden, notHers.StatusCode);
        using var confirmed = await clients["miyakonojo"].PostAsync($"/hand-register/{anothers}/decide", [("verdict", "Confirmed"), ("note", "")]);
        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        Assert.Equal(
            (1L, "S-0115"),
            office.Parts.GetRequiredService<ServiceRecord>().Readers.AskNow(db => ((long)db.Value("SELECT count(*) FROM view_hand_lines WHERE verdict = 0")!, (string)db.Value("SELECT decided_by FROM view_hand_lines WHERE verdict = 0")!)));
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public async Task Who_asked_for_a_ups_command_never_confirms_it_by_whichever_account_and_another_does()
    {
        // The zone's manager works at the desk for a while as well, and both accounts are one person.
        var parts = office.Parts;
        var record = parts.GetRequiredService<ServiceRecord>();
        _ = await record.AppendAsync(
            new RoleHeld(TimeProvider.System.GetUtcNow(), new("H-9002", new("S-0115"), Role.SystemStaff, "情報政策課", [], DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1), null, null), "応援", "test"), CancellationToken.None);
        TellingBridge.Hear(parts, TellingBridge.Unit(TimeProvider.System.GetUtcNow()));

        // More rights ask for a proof anew: both accounts sign in after the role was given.
        var both = new Dictionary<string, SignedInClient>();
        foreach (var account in new[] { "miyakonojo", "miyakonojo.admin" })
        {
            clients[account].Dispose();
            clients[account] = both[account] = await office.AsAsync(account);
        }

        using var asked = await both["miyakonojo"].PostAsync("/power/commands", [("unit", "ups-1"), ("command", "BatteryTestQuick:0"), ("reason", "半年ごとの蓄電池点検")]);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        foreach (var client in both.Values)
        {
            using var refused = await client.PostAsync("/power/commands/UC-0001/confirm", []);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("R-PWR-10", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(0L, record.Readers.AskNow(db => db.Value("SELECT count(*) FROM view_room_orders WHERE key = 'ups-command ups-1'")));
        TellingBridge.Hear(parts, TellingBridge.Unit(TimeProvider.System.GetUtcNow()));
        using var confirmed = await clients["shintomi"].PostAsync("/power/commands/UC-0001/confirm", []);
        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        Assert.Equal(1L, record.Readers.AskNow(db => db.Value("SELECT count(*) FROM view_room_orders WHERE key = 'ups-command ups-1'")));
    }

    [Fact]
    public async Task Anothers_case_is_not_there_and_an_old_page_decides_nothing()
    {
        var id = await Apply("sadowara", "staff-grant", Entry("S-0217"));
        using var missing = await clients["gokase"].GetAsync($"/cases/{id}");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);

        using var first = await Step("miyakonojo", id, "send-back");
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        using var replayed = await Step("miyakonojo", id, "allow");
        Assert.Equal(HttpStatusCode.Conflict, replayed.StatusCode);
    }

    private static (string, string)[] Entry(string person) =>
    [
        ("person", person), ("zones", "SRV-1"), ("days", "Monday"), ("days", "Tuesday"), ("from", "08:30"), ("until", "17:15"), ("validFrom", Day(0)), ("validUntil", Day(30)),
        ("reason", "業務システムの保守"),
    ];

    private static string Day(int from) => DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime).AddDays(from).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> Apply(string account, string kind, (string, string)[] fields)
    {
        using var answer = await clients[account].PostAsync($"/apply/{kind}", fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{(int)answer.StatusCode}: {Plain().Replace(await answer.Content.ReadAsStringAsync(), " ")}");
        return CaseNumber().Match(answer.Headers.Location!.ToString()).Value;
    }

    private async Task<HttpResponseMessage> Step(string account, string id, string step)
    {
        var version = office.Parts.GetRequiredService<ServiceRecord>().Readers.AskNow(db => CasesView.Dossier(db, new(id)))!.Version;
        return await clients[account].PostAsync($"/cases/{id}/{step}", [("v", $"{version}"), ("version", $"{version}"), ("reason", "確認のため"), ("conditions", "")]);
    }

    private async Task<string> Enter(string account, string page)
    {
        var at = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).AddHours(-1).AddMinutes(page[^1] - '9');
        using var answer = await clients[account].PostAsync(
            "/hand-register/new",
            [("door", "SRV-1-D1"), ("enteredAt", at.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture)), ("person", "S-0217"), ("page", page), ("reason", "読取装置の故障")]);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{(int)answer.StatusCode}: {Plain().Replace(await answer.Content.ReadAsStringAsync(), " ")}");
        return LineNumber().Match(answer.Headers.Location!.ToString()).Value;
    }

    private long Grants(string person) =>
        (long)office.Parts.GetRequiredService<ServiceRecord>().Readers.AskNow(db => db.Value("SELECT count(*) FROM view_grants WHERE person = $1 AND ended IS NULL", person))!;

    private async Task<HttpResponseMessage> Call(string account, string method, string path)
    {
        using var gone = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        if (method == "POST")
        {
            return await clients[account].PostAsync(path, []);
        }

        // A live stream never ends: its head says whether it began.
        return await clients[account].Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, gone.Token);
    }

    private IEnumerable<(string Method, string Pattern)> Routes() =>
        from endpoint in office.Parts.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}"
        where !pattern.StartsWith("/panels", StringComparison.Ordinal) && !pattern.StartsWith("/metrics", StringComparison.Ordinal)
            && !pattern.StartsWith("/health", StringComparison.Ordinal) && !pattern.StartsWith("/api", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select (method, pattern);

    private static string Filled(string pattern) => pattern.Replace("{n:long:min(0)}", "0", StringComparison.Ordinal).Replace("{id}", "X-0001", StringComparison.Ordinal)
        .Replace("{n}", "1", StringComparison.Ordinal).Replace("{no}", "1", StringComparison.Ordinal).Replace("{token}", "x", StringComparison.Ordinal)
        .Replace("{zone}", "SRV-1", StringComparison.Ordinal);

    // A right by its name, as the document has it: for an act of the matrix its cell, for a page the second table's words.
    private static bool Named(string right, Role role)
    {
        // A portion of an act: whoever has the whole act, or this portion by name.
        if (right.Split('/') is [var whole, "Does", var portion])
        {
            return Columns(role).Any(column => AuthorityTable.Roles.IndexOf(column) is >= 0 and var at
                && Matrix[(int)Enum.Parse<Act>(whole)][at] is var cell && (cell.Split(", ").Contains("D") || cell.Contains($"D ({portion})", StringComparison.Ordinal)));
        }

        if (right.Split('/') is [var act, var part])
        {
            return Has(Enum.Parse<Act>(act), role, part switch { "Asks" => 'Q', "Allows" => 'A', "Does" => 'D', "Checks" => 'C', "Keeps" => 'K', "Views" => 'V', _ => 'I' });
        }

        var codes = PageAuthority.Rows.Single(row => row.Act.ToString() == right).Words.Split(", ").Select(cell => cell.Split(' ')[0]);
        return Columns(role).Any(column => codes.Contains(AuthorityText.Code(column)));
    }

    private static bool Has(Act act, Role role, char letter) => Columns(role).Any(column =>
        AuthorityTable.Roles.IndexOf(column) is >= 0 and var at && Regex.IsMatch(Matrix[(int)act][at], $@"(?<!class )\b{letter}\b"));

    // Everybody of the invented site but the contractor is staff besides; an auditor is nothing else.
    private static Role[] Columns(Role role) => role is Role.Auditor or Role.Contractor ? [role] : [role, Role.Staff];

    private static readonly ImmutableArray<string[]> Matrix =
    [
        .. File.ReadLines(Path.Combine(RunScript.Root, "docs", "requirements.md"))
            .SkipWhile(line => line != "### Who may do what")
            .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[2..^1].Select(cell => cell.Trim()).ToArray()),
    ];

    [GeneratedRegex("P-[0-9]{4}-[0-9]{4}|E-[0-9]{4}-[0-9]{4}")]
    private static partial Regex CaseNumber();

    [GeneratedRegex("M-[0-9]{4}-[0-9]{4}")]
    private static partial Regex LineNumber();

    [GeneratedRegex("<[^>]+>|\\s+")]
    private static partial Regex Plain();
}
