using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Operators;

/// <summary>
/// The matrix of section (c) walked over HTTP: every route of the dashboard as every role, and every kind of application decided by everybody, held
/// against docs/requirements.md itself. What is walked, and what is not yet, stands in docs/authority.md.
/// </summary>
public sealed class AuthorityWalkTests(WalkedOffice office) : IClassFixture<WalkedOffice>
{
    // Rows of the matrix nobody can walk yet, and what brings them.
    private static readonly ImmutableDictionary<Act, string> Later = new (Act Act, string By)[]
    {
        (Act.ChangeSettings, "settings kept by two people"),
        (Act.ReportIncident, "incidents"), (Act.CloseIncident, "incidents"), (Act.HoldRemoval, "retention"), (Act.ExportRecords, "retention"), (Act.RemoveExpiredRecords, "retention"),
        (Act.SelfInspection, "inspection and audit"), (Act.Audit, "inspection and audit"), (Act.Drill, "drills and training"),
    }.ToImmutableDictionary(row => row.Act, row => row.By);

    // Letters of rows that are walked which no page or application of that row asks for.
    private static readonly ImmutableDictionary<(Act, Part), string> Elsewhere = new (Act Act, Part Part, string Why)[]
    {
        (Act.GrantStaffEntry, Part.Does, "the decision carries itself out"), (Act.GrantContractorEntry, Part.Does, "the decision carries itself out; the briefing: KeepContracts"),
        (Act.GrantFacilityEntry, Part.Does, "the decision carries itself out"), (Act.SuspendRights, Part.Asks, "asked for outside the system"),
        (Act.PlaceOffSite, Part.Asks, "asked for as a move, by whose approval SYS asks CHIEF"), (Act.PlaceOffSite, Part.Allows, "CHIEF's step of a move off the premises: `StateWalkTests`"),
    }.ToImmutableDictionary(row => (row.Act, row.Part), row => row.Why);

    private const string InEveryState = $"in every state `{nameof(StateWalkTests)}`";

    // Each pair that shall never be one person, and where one person tries to be both over HTTP.
    private static readonly ImmutableArray<(DutyPair Pair, string Walked)> Pairs =
    [
        (DutyPair.ApplicantAndApprover, $"`AuthorityWalkTests.{nameof(Each_kind_is_decided_by_exactly_whom_the_document_names)}`, `SamePersonTests`, {InEveryState}"),
        (DutyPair.PerformerAndChecker, $"`WorkWalkTests.{nameof(WorkWalkTests.A_change_is_begun_ended_and_confirmed_by_the_right_people_and_never_by_its_performer)}`, {InEveryState}"),
        (DutyPair.WitnessAndCarrier, $"`MoveJourneyTests.{nameof(Equipment.MoveJourneyTests.Who_carries_never_witnesses_by_whichever_account)}`, {InEveryState}"),
        (DutyPair.AuthorAndApprover, $"`SamePersonTests.{nameof(SamePersonTests.Who_proposed_a_change_of_settings_never_approves_it_by_whichever_account_and_another_does)}`"),
        (DutyPair.EntererAndConfirmer, $"`SamePersonTests.{nameof(SamePersonTests.Who_entered_a_hand_written_line_never_confirms_it_by_whichever_account_and_another_does)}`, {InEveryState}"),
        (DutyPair.EscortAndVisitor, $"`SamePersonTests.{nameof(SamePersonTests.Nobody_is_announced_as_the_visitor_of_their_own_escort)}`"),
        (DutyPair.AuditorAndAuditee, $"`SamePersonTests.{nameof(SamePersonTests.An_auditor_is_never_given_another_role_nor_the_other_way_round)}`"),
        (DutyPair.EraserAndVerifier, $"`DisposalJourneyTests.{nameof(Equipment.DisposalJourneyTests.Who_erases_never_verifies_and_nothing_goes_out_before_another_has)}`, {InEveryState}"),
        (DutyPair.SubjectAndReceiver, $"`SamePersonTests.{nameof(SamePersonTests.What_concerns_oneself_is_judged_one_level_up_by_whichever_account)}`"),
        (DutyPair.SubjectAndInvestigator, $"`SamePersonTests.{nameof(SamePersonTests.Nobody_is_named_to_look_into_themselves)}`"),
    ];

    public static TheoryData<int> Walks => [.. Enumerable.Range(0, CaseWalk.All.Length)];

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

            foreach (var (role, account) in WalkedOffice.People)
            {
                var allowed = rights.Any(right => Named(right.Name, role));
                using var answer = await Call(account, method, Filled(pattern));
                if ((answer.StatusCode != HttpStatusCode.Forbidden) != allowed || (int)answer.StatusCode >= 500)
                {
                    wrong.Add($"{method} {pattern} as {role}: {(int)answer.StatusCode}, the table says {(allowed ? "may" : "may not")}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Concat(office.Office.Failures)));
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
    [Requirement("R-SIGN-01")]
    public async Task Each_kind_is_applied_for_by_exactly_whom_the_document_names()
    {
        var wrong = new List<string>();
        foreach (var kinds in CaseWalk.All.GroupBy(walk => walk.Path))
        {
            foreach (var (role, account) in WalkedOffice.People)
            {
                var allowed = kinds.Any(walk => MayApply(walk, role));
                foreach (var method in new[] { "GET", "POST" })
                {
                    using var answer = await Call(account, method, $"/apply/{kinds.Key}");
                    if ((answer.StatusCode != HttpStatusCode.Forbidden) != allowed)
                    {
                        wrong.Add($"{method} /apply/{kinds.Key} as {role}: {(int)answer.StatusCode}, the table says {(allowed ? "may" : "may not")}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Walks))]
    [Requirement("R-DOOR-16")]
    [Requirement("R-PROF-05")]
    [Requirement("R-SIGN-10")]
    public async Task Each_kind_is_decided_by_exactly_whom_the_document_names(int at)
    {
        var walk = CaseWalk.All[at];
        var deciders = WalkedOffice.People.Where(person => walk.ExpectedDeciders.Contains(person.Role) && person.Account != walk.Applicant).ToList();
        Assert.NotEmpty(deciders);
        var wrong = new List<string>();
        foreach (var (round, (role, account)) in deciders.Index())
        {
            var id = await office.Apply(walk.Applicant, walk.Path, walk.Fields(round));

            // Everybody else once: refused, whoever they are, and told why where they may see it.
            foreach (var other in round > 0 ? [] : WalkedOffice.People.Select(person => person.Account).Append(walk.Applicant).Except(deciders.Select(one => one.Account)).Concat(walk.OfZone ? ["kunitomi"] : []))
            {
                using var refused = await office.Step(other, id, "allow");
                if (refused.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound))
                {
                    wrong.Add($"{other} allows {walk.Path}: {(int)refused.StatusCode}");
                }

                if (other == walk.Applicant && !(await refused.Content.ReadAsStringAsync()).Contains("R-PROF-05", StringComparison.Ordinal))
                {
                    wrong.Add($"{other} applied for {walk.Path} and is not told that another person decides");
                }
            }

            if (round == 0 && walk.Act is { } act)
            {
                wrong.AddRange(await SeenBy(walk, act, id));
            }

            using var allowed = await office.Step(account, id, "allow");
            if (allowed.StatusCode != HttpStatusCode.Redirect)
            {
                wrong.Add($"{role} allows {walk.Path}: {(int)allowed.StatusCode} {WalkedOffice.Plain().Replace(await allowed.Content.ReadAsStringAsync(), " ")}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_kind_of_application_is_walked() => Assert.Empty(Enum.GetValues<CaseKind>().Except(CaseWalk.All.Select(walk => walk.Kind)));

    /// <summary>ROOMGUARD_WRITE_DOCS=1 writes the tables instead of holding them against what is written.</summary>
    [Fact]
    [Requirement("R-PROF-05")]
    public void The_document_says_which_cells_and_pairs_are_walked_and_what_brings_the_others()
    {
        const string heading = "## Walked over HTTP";
        var file = Path.Combine(RunScript.Root, "docs", "authority.md");
        var text = File.ReadAllText(file);
        var expected = $"{heading}\n\n{Written()}";
        var begin = text.IndexOf(heading, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("ROOMGUARD_WRITE_DOCS") == "1")
        {
            File.WriteAllText(file, $"{(begin < 0 ? text.TrimEnd() + "\n\n" : text[..begin])}{expected}");
            return;
        }

        Assert.True(begin >= 0, "docs/authority.md has no table of what is walked. Run this test once with ROOMGUARD_WRITE_DOCS=1.");
        Assert.Equal(expected, text[begin..]);
    }

    private string Written()
    {
        var routes = Routes().Select(route => $"{route.Method} {route.Pattern}").ToHashSet(StringComparer.Ordinal);
        var byPage = RouteAuthority.Rows.Where(row => routes.Contains(row.Key)).SelectMany(row => row.Value).Select(right => right.Name.Split('/'))
            .Where(name => name.Length > 1).Select(name => (Enum.Parse<Act>(name[0]), Enum.Parse<Part>(name[1]))).ToHashSet();
        var byCase = CaseWalk.All.Where(walk => walk.Act is not null).SelectMany(walk => new[] { (walk.Act!.Value, Part.Asks), (walk.Act!.Value, Part.Allows), (walk.Act!.Value, Part.Views) }).ToHashSet();
        var lines = new StringBuilder();
        _ = lines.AppendLine(
            """
            Made by `AuthorityWalkTests` and held against it: for each act the letters of its row that are tried over HTTP as every role, on pages that ask for that letter or on an application of
            its kind, and for the rest why not. `I` is told and nothing to do; `K` and `V` without a page of their own are rows of the second table above.

            | Act | On its pages | On applications | Not walked |
            |---|---|---|---|
            """);
        foreach (var act in Enum.GetValues<Act>())
        {
            var parts = Enum.GetValues<Part>().Where(part => AuthorityTable.Roles.Any(role => AuthorityTable.Cell(act, role).Rights.Any(right => right.Part == part && right.Limit != AuthorityLimit.Never))).ToList();
            var left = parts.Where(part => !byPage.Contains((act, part)) && !byCase.Contains((act, part))).ToList();
            var because = left.Count == parts.Count
                ? Later.GetValueOrDefault(act)
                : string.Join("; ", left.Select(part => part switch
                {
                    Part.Informed => "I",
                    _ when Elsewhere.GetValueOrDefault((act, part)) is { } why => $"{Letter(part)}: {why}",
                    Part.Keeps or Part.Views => $"{Letter(part)}",
                    _ => null,
                }).Select(words => words ?? throw new InvalidOperationException($"{act}: say why a letter of its row is not walked, or walk it.")));
            Assert.True(because is not null, $"{act}: nothing of its row is walked. Say in {nameof(Later)} what brings it.");
            _ = lines.AppendLine($"| {WalkedOffice.Matrix[(int)act][0]} | {Letters(parts.Where(part => byPage.Contains((act, part))))} | {Letters(parts.Where(part => byCase.Contains((act, part))))} | {because} |".Replace("|  |", "| |", StringComparison.Ordinal));
        }

        Assert.Equal(Enum.GetValues<DutyPair>(), Pairs.Select(pair => pair.Pair));
        _ = lines.AppendLine().AppendLine("| Pair | One person tries to be both in, or what brings it |").AppendLine("|---|---|");
        foreach (var (pair, walked) in Pairs)
        {
            _ = lines.AppendLine(CultureInfo.InvariantCulture, $"| {(int)pair} | {walked} |");
        }

        return lines.ToString().ReplaceLineEndings("\n");
    }

    private static string Letters(IEnumerable<Part> parts) => string.Join(' ', parts.Select(Letter));

    private static char Letter(Part part) => part switch
    {
        Part.Asks => 'Q',
        Part.Allows => 'A',
        Part.Does => 'D',
        Part.Checks => 'C',
        Part.Keeps => 'K',
        Part.Views => 'V',
        _ => 'I',
    };

    // V of the row sees the case and decides nothing; to whom the row gives nothing and who keeps no register of cases, it is not there.
    private async Task<List<string>> SeenBy(CaseWalk walk, Act act, string id)
    {
        var wrong = new List<string>();
        foreach (var (role, account) in WalkedOffice.People.Where(person => person.Account != walk.Applicant))
        {
            var own = AuthorityTable.Roles.IndexOf(role) is >= 0 and var column ? WalkedOffice.Matrix[(int)act][column + 1] : "";
            HttpStatusCode? expected = own.Split(", ").Contains("V") ? HttpStatusCode.OK
                : own is "" or "never" && !Named(nameof(PageAct.SeeCases), role) ? HttpStatusCode.NotFound
                : null;
            using var answer = await office[account].GetAsync($"/cases/{id}");
            if (expected is { } status && answer.StatusCode != status)
            {
                wrong.Add($"{role} looks at {walk.Path}: {(int)answer.StatusCode}, not {(int)status}");
            }
        }

        return wrong;
    }

    // By what the form itself cannot know before it is filled in: anybody who may apply for some such thing gets the form.
    private static bool MayApply(CaseWalk walk, Role role) => walk.Kind switch
    {
        CaseKind.RoleHolding => Named(nameof(PageAct.AskForRole), role),
        CaseKind.Deputy => Named(nameof(PageAct.AskForRole), role) || WalkedOffice.Has(Act.PrivilegeDeputy, role, 'Q'),
        CaseKind.LostCredential => Named(nameof(PageAct.ReportLostCard), role),
        CaseKind.GrantChange or CaseKind.GrantEnd => WalkedOffice.Has(Act.GrantStaffEntry, role, 'Q') || WalkedOffice.Has(Act.GrantFacilityEntry, role, 'Q'),
        CaseKind.Work => WalkedOffice.Has(Act.ChangeWork, role, 'D'),
        CaseKind.RemoteAccess => "AD".Any(letter => WalkedOffice.Has(Act.OperatorAccount, role, letter)),
        CaseKind.OperatorAccount when walk.Act is Act.OperatorAccount => "AD".Any(letter => WalkedOffice.Has(Act.OperatorAccount, role, letter)),
        _ => WalkedOffice.Has(walk.Act!.Value, role, 'Q'),
    };

    private async Task<HttpResponseMessage> Call(string account, string method, string path)
    {
        using var gone = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        if (method == "POST")
        {
            return await office[account].PostAsync(path, []);
        }

        // A live stream never ends: its head says whether it began.
        return await office[account].Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, gone.Token);
    }

    private IEnumerable<(string Method, string Pattern)> Routes() =>
        from endpoint in office.Office.Parts.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
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
        if (right.Split('/') is [var whole, var taken, var portion])
        {
            var letter = $"{Letter(Enum.Parse<Part>(taken))}";
            return WalkedOffice.Columns(role).Any(column => AuthorityTable.Roles.IndexOf(column) is >= 0 and var at
                && WalkedOffice.Matrix[(int)Enum.Parse<Act>(whole)][at + 1] is var cell && (cell.Split(", ").Contains(letter) || cell.Contains($"{letter} ({portion})", StringComparison.Ordinal)));
        }

        if (right.Split('/') is [var act, var part])
        {
            return WalkedOffice.Has(Enum.Parse<Act>(act), role, Letter(Enum.Parse<Part>(part)));
        }

        var codes = PageAuthority.Rows.Single(row => row.Act.ToString() == right).Words.Split(", ").Select(cell => cell.Split(' ')[0]);
        return WalkedOffice.Columns(role).Any(column => codes.Contains(AuthorityText.Code(column)));
    }
}
