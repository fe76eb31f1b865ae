using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.Api;

/// <summary>The API over real HTTP: who gets in, what a token may, and that nothing is done twice.</summary>
public sealed class ApiTests(ApiSite site) : IClassFixture<ApiSite>
{
    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task Nothing_is_open_without_a_token_and_a_token_opens_no_page()
    {
        var (_, secret) = await site.Token("miyakonojo", TokenScope.PeopleRead);
        using var stranger = site.Client(null);
        foreach (var path in new[] { "/me", "/openapi.json", "/people", "/no-such-thing" })
        {
            using var answer = await stranger.Get(path);
            Assert.Equal((HttpStatusCode.Unauthorized, "token"), (answer.StatusCode, await answer.Problem()));
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }

        using var client = site.Client(secret);
        foreach (var page in new[] { "/people", "/me", "/tokens" })
        {
            using var answer = await client.Send(new HttpRequestMessage(HttpMethod.Get, new Uri(page, UriKind.Relative)));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.StartsWith("/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        // A session is worth nothing at the API, not even beside a token.
        using var person = await site.Office.AsAsync("miyakonojo");
        using var byCookie = await person.GetAsync("/api/v1/people");
        Assert.Equal((HttpStatusCode.BadRequest, "cookies"), (byCookie.StatusCode, await byCookie.Problem()));
        using var both = await client.Send(new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/people", UriKind.Relative)) { Headers = { { "Cookie", "rg-session=x" } } });
        Assert.Equal("cookies", await both.Problem());
        using var preflight = await client.Send(new HttpRequestMessage(HttpMethod.Options, new Uri("/api/v1/people", UriKind.Relative))
        {
            Headers = { { "Origin", "https://elsewhere.example" }, { "Access-Control-Request-Method", "GET" } },
        });
        Assert.Equal(HttpStatusCode.MethodNotAllowed, preflight.StatusCode);
        Assert.DoesNotContain(preflight.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.False(preflight.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("roomguard_T-9999_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("roomguard_T-0001_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("roomguard_")]
    [InlineData("x")]
    [InlineData("roomguard_T-0001';DROP TABLE view_tokens;--_x")]
    public async Task A_forged_token_is_none(string forged)
    {
        _ = await site.Token("aya", TokenScope.RoomRead);
        using var client = site.Client(forged);
        using var answer = await client.Get("/room");

        Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, $"{answer.StatusCode}");
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task A_token_is_taken_by_its_own_person_alone_and_only_once()
    {
        var id = await site.Made("aya", TokenScope.RoomRead);
        foreach (var other in new[] { "miyakonojo", "sadowara" })
        {
            using var taker = await site.Office.AsAsync(other);
            using var refused = await taker.PostAsync($"/tokens/{id}/take", []);
            Assert.True(refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Conflict, $"{other}: {refused.StatusCode}");
            Assert.DoesNotContain("roomguard_T", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var holder = await site.Office.AsAsync("aya");
        using var first = await holder.PostAsync($"/tokens/{id}/take", []);
        using var second = await holder.PostAsync($"/tokens/{id}/take", []);
        Assert.Contains($"roomguard_{id}_", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.DoesNotContain($"roomguard_{id}_", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-SIGN-09")]
    public async Task Nobody_but_who_keeps_tokens_makes_one_and_a_privileged_account_gets_none()
    {
        (string, string)[] form = [("account", "aya"), ("name", "連携"), ("until", ApiSite.Day(30)), ("reason", "試験"), ("scopes", "room:read")];
        using var other = await site.Office.AsAsync("hinata");
        using var refused = await other.PostAsync("/tokens/new", form);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var keeper = await site.Office.AsAsync("miyakonojo");
        using var privileged = await keeper.PostAsync("/tokens/new", [("account", "miyakonojo.admin"), .. form.Skip(1)]);
        using var endless = await keeper.PostAsync("/tokens/new", [.. form.Where(field => field.Item1 != "until"), ("until", ApiSite.Day(400))]);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (privileged.StatusCode, endless.StatusCode));
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task An_ended_token_and_a_held_account_stop_at_once()
    {
        var (id, secret) = await site.Token("kunitomi", TokenScope.RolesRead);
        using var client = site.Client(secret);
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/roles")).StatusCode);

        var now = TimeProvider.System.GetUtcNow();
        var account = new OperatorAccount(new("A-0006"), new("S-0146"), "kunitomi", false, AccountState.Held, null);
        await site.Record.AppendAsync(new AccountRecorded(now, account, "held", "確認のため", "S-0102"), default);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/roles")).StatusCode);
        await site.Record.AppendAsync(new AccountRecorded(now, account with { State = AccountState.Active }, "released", "確認済み", "S-0102"), default);
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/roles")).StatusCode);

        using var keeper = await site.Office.AsAsync("miyakonojo");
        using var ended = await keeper.PostAsync($"/tokens/{id}/end", [("reason", "連携の終了")]);
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/roles")).StatusCode);
        Assert.Contains(site.Facts(), fact => fact is TokenRefused { Fault: TokenFault.Ended } refused && refused.Token == id);
    }

    [Fact]
    [Requirement("R-SIGN-15")]
    public async Task A_token_sees_no_more_than_its_person()
    {
        using var staff = await site.As("sadowara", TokenScope.PresenceRead, TokenScope.PeopleRead, TokenScope.EntriesRead);
        Assert.Equal("not-allowed", await (await staff.Get("/presence")).Problem());
        Assert.Equal("not-allowed", await (await staff.Get("/people")).Problem());
        Assert.Equal(HttpStatusCode.OK, (await staff.Get("/entries")).StatusCode);
        Assert.Contains(site.Facts(), fact => fact is ActRefused { By: "S-0217", About: "/api/v1/presence" });

        // A section's manager sees the people of the section, one by one and in lists.
        using var section = await site.As("watanabe", TokenScope.PeopleRead, TokenScope.GrantsRead, TokenScope.CardsRead);
        var people = (await (await section.Get("/people?rows=200")).Json())["people"]!.AsArray();
        Assert.NotEmpty(people);
        Assert.All(people, person => Assert.Equal("業務課", person!["section"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.NotFound, (await section.Get("/people/S-0102")).StatusCode);
        var own = people.Select(person => person!["id"]!.GetValue<string>()).ToHashSet();
        foreach (var list in new[] { "cards", "grants" })
        {
            var rows = (await (await section.Get($"/{list}?rows=200")).Json())[list]!.AsArray();
            Assert.NotEmpty(rows);
            Assert.All(rows, row => Assert.Contains(row!["person"]!.GetValue<string>(), own));
        }
    }

    [Fact]
    [Requirement("R-SIGN-15")]
    public async Task One_persons_records_need_a_purpose_and_what_is_read_is_written_down()
    {
        using var auditor = await site.As("takaharu", TokenScope.EntriesRead);
        Assert.Equal("purpose-needed", await (await auditor.Get("/entries?person=S-0102")).Problem());
        using var looked = await auditor.Get($"/entries?person=S-0102&purpose={Uri.EscapeDataString("夜間入室の確認")}");

        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        var viewed = site.Facts().OfType<RecordsViewed>().Last();
        Assert.Equal(("S-0102", "夜間入室の確認", "S-0241"), (viewed.Subject?.Value, viewed.Purpose, viewed.By));
        Assert.DoesNotContain("purpose", viewed.Query, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-PROF-05")]
    public async Task An_application_goes_its_way_and_nobody_decides_their_own()
    {
        using var applicant = await site.As("sadowara", TokenScope.CasesApply, TokenScope.CasesRead, TokenScope.CasesDecide);
        using var manager = await site.As("miyakonojo", TokenScope.CasesApply, TokenScope.CasesRead, TokenScope.CasesDecide);
        using var made = await applicant.Post("/cases", ApiSite.Entry("S-0217"));
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var id = (await made.Json())["id"]!.GetValue<string>();
        Assert.Equal($"/api/v1/cases/{id}", made.Headers.Location!.OriginalString);
        var file = await (await applicant.Get($"/cases/{id}")).Json();
        var decision = new JsonObject { ["version"] = file["case"]!["version"]!.GetValue<int>(), ["verdict"] = "Allow", ["reason"] = "確認のため", ["conditions"] = "" };
        Assert.Equal("not-allowed", await (await applicant.Post($"/cases/{id}/decide", decision.DeepClone())).Problem());
        using var allowed = await manager.Post($"/cases/{id}/decide", decision.DeepClone());
        Assert.True(allowed.StatusCode == HttpStatusCode.OK, await allowed.Content.ReadAsStringAsync());
        Assert.Equal("conflict", await (await manager.Post($"/cases/{id}/decide", decision.DeepClone())).Problem());

        using var own = await manager.Post("/cases", ApiSite.Entry("S-0115"));
        var ownId = (await own.Json())["id"]!.GetValue<string>();
        var ownVersion = (await (await manager.Get($"/cases/{ownId}")).Json())["case"]!["version"]!.GetValue<int>();
        decision["version"] = ownVersion;
        using var refused = await manager.Post($"/cases/{ownId}/decide", decision);
        var problem = await refused.Json();
        Assert.Equal((HttpStatusCode.Forbidden, "R-PROF-05"), (refused.StatusCode, problem["refusal"]!["rule"]!.GetValue<string>()));
    }

    [Fact]
    [Requirement("R-LOG-10")]
    public async Task Every_act_tells_the_record_who_and_by_which_token_before_it_is_done()
    {
        var (id, secret) = await site.Token("miyakonojo", TokenScope.PeopleWrite, TokenScope.PeopleRead);
        using var client = site.Client(secret);
        using var made = await client.Post("/people", Person("S-0901"), "personnel-0901");
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        _ = await client.Get("/people");
        _ = await client.Get("/people");
        _ = await client.Get("/people");

        var facts = site.Facts().ToList();
        var used = facts.FindIndex(fact => fact is TokenUsed { Operation: "addPerson" } use && use.Token == id);
        var done = facts.FindIndex(fact => fact is PersonRecorded { Person.Id.Value: "S-0901" });
        Assert.True(used >= 0 && used < done);
        var told = (TokenUsed)facts[used];
        Assert.Equal(("S-0115", "A-0005", "personnel-0901"), (told.Person.Value, told.Account.Value, told.Key));
        Assert.Contains("127.0.0.1", told.Source, StringComparison.Ordinal);
        Assert.Single(facts.OfType<TokenUsed>(), use => use.Token == id && use.Operation == "listPeople");
    }

    [Fact]
    public async Task The_same_key_does_nothing_twice_and_answers_the_same()
    {
        using var client = await site.As("sadowara", TokenScope.CasesApply, TokenScope.CasesRead);
        var body = ApiSite.Entry("S-0217");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.Post("/cases", body, "apply-once")));
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{answer.StatusCode}"));
        using var again = await client.Post("/cases", body, "apply-once");
        var ids = new HashSet<string>();
        foreach (var answer in answers.Append(again).Where(answer => answer.StatusCode == HttpStatusCode.Created))
        {
            ids.Add((await answer.Json())["id"]!.GetValue<string>());
            Assert.NotNull(answer.Headers.Location);
        }

        Assert.Single(ids);
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        body["reason"] = "別の理由";
        Assert.Equal("idempotency-key-reused", await (await client.Post("/cases", body, "apply-once")).Problem());
        Assert.Equal("idempotency-key-missing", await (await client.Post("/cases", body, "")).Problem());

        // A key is one token's own.
        using var other = await site.As("sadowara", TokenScope.CasesApply);
        Assert.Equal(HttpStatusCode.Created, (await other.Post("/cases", body, "apply-once")).StatusCode);
    }

    [Theory]
    [InlineData("""{"id":"S-0950","name":"新富 花","kana":"しんとみ はな","category":"Staff","section":"業務課","validFrom":null,"validUntil":null,"more":1}""", 400)]
    [InlineData("""{"id":"S-0950","id":"S-0951","name":"新富 花","kana":"しんとみ はな","category":"Staff","section":"業務課","validFrom":null,"validUntil":null}""", 400)]
    [InlineData("""{"id":"S-0950","name":"新富 花"}""", 400)]
    [InlineData("""{"id":"S-0950","name":null,"kana":"しんとみ はな","category":"Staff","section":"業務課","validFrom":null,"validUntil":null}""", 400)]
    [InlineData("""{"id":"S-0950","name":"新富 花","kana":"しんとみ はな","category":"King","section":"業務課","validFrom":null,"validUntil":null}""", 400)]
    [InlineData("""{"id":5,"name":"新富 花","kana":"しんとみ はな","category":"Staff","section":"業務課","validFrom":null,"validUntil":null}""", 400)]
    [InlineData("""{"id":"S-0950","name":"=1+1","kana":"しんとみ はな","category":"Staff","section":"業務課","validFrom":null,"validUntil":null}""", 422)]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    [InlineData("", 400)]
    [InlineData("{", 400)]
    [Requirement("R-INP-01")]
    public async Task What_is_not_exactly_as_described_is_refused_and_changes_nothing(string body, int status)
    {
        using var client = await site.As("miyakonojo", TokenScope.PeopleWrite);
        using var answer = await client.Send("POST", "/people", body);

        Assert.Equal(status, (int)answer.StatusCode);
        _ = await answer.Problem();
        Assert.DoesNotContain(site.Facts(), fact => fact is PersonRecorded { Person.Id.Value: "S-0950" or "S-0951" });
    }

    [Fact]
    [Requirement("R-INP-01")]
    public async Task Requests_too_big_too_deep_or_of_another_kind_are_refused()
    {
        using var client = await site.As("miyakonojo", TokenScope.PeopleWrite, TokenScope.PeopleRead, TokenScope.CasesApply, TokenScope.EntriesRead);

        // What was not read to its end closes its connection, so this one has a client of its own.
        using (var closed = await site.As("miyakonojo", TokenScope.PeopleWrite))
        {
            Assert.Equal("too-big", await (await closed.Send("POST", "/people", new string(' ', 70_000))).Problem());
        }

        Assert.Equal("not-json", await (await client.Send("POST", "/people", "id=S-0950", type: "application/x-www-form-urlencoded")).Problem());
        Assert.Equal("bad-request", await (await client.Send("POST", "/cases", string.Concat(Enumerable.Repeat("{\"matter\":", 5_000)))).Problem());
        Assert.Equal("bad-request", await (await client.Get("/people?nonsense=1")).Problem());
        Assert.Equal("bad-request", await (await client.Get("/people?rows=100000")).Problem());
        Assert.Equal("bad-request", await (await client.Get("/people?category=0")).Problem());
        Assert.Equal("bad-request", await (await client.Get("/entries?from=2026-01-01")).Problem());
        Assert.Equal("bad-request", await (await client.Get("/entries?older=nowhere")).Problem());
        Assert.Equal("not-found", await (await client.Get("/people/nobody")).Problem());
        Assert.Equal("not-found", await (await client.Get("/no-such-thing")).Problem());
        using var wrongMethod = await client.Send("DELETE", "/people/S-0217", null);
        Assert.Equal("method", await wrongMethod.Problem());
        Assert.Equal(["GET", "PUT"], wrongMethod.Content.Headers.Allow.Order());
        var bent = ApiSite.Entry("S-0217");
        bent["matter"]!["kind"] = "OperatorAccount";
        Assert.Equal("bad-request", await (await client.Post("/cases", bent)).Problem());
    }

    [Fact]
    [Requirement("R-SIGN-07")]
    public async Task No_file_holds_a_token()
    {
        var (_, secret) = await site.Token("aya", TokenScope.RoomRead);
        using var client = site.Client(secret);
        _ = await client.Get("/room");
        foreach (var part in new[] { secret, secret[(secret.LastIndexOf('_') > 16 ? 17 : 0)..] })
        {
            var needle = System.Text.Encoding.ASCII.GetBytes(part);
            foreach (var file in Directory.EnumerateFiles(site.Office.Settings.DataFolder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                var bytes = new byte[stream.Length];
                await stream.ReadExactlyAsync(bytes);
                Assert.True(bytes.AsSpan().IndexOf(needle) < 0, file);
            }
        }
    }

    [Fact]
    [Requirement("R-ID-10")]
    public async Task What_closes_can_be_asked_for_and_what_opens_again_cannot()
    {
        using var manager = await site.As("hinata", TokenScope.PeopleSuspend, TokenScope.LockdownsBegin, TokenScope.LockdownsRead, TokenScope.PeopleRead);
        using var suspended = await manager.Post("/people/S-0241/suspend", new JsonObject { ["reason"] = "所在の確認" });
        Assert.True(suspended.StatusCode == HttpStatusCode.OK, await suspended.Content.ReadAsStringAsync());
        Assert.True((await (await manager.Get("/people/S-0241")).Json())["suspended"]!.GetValue<bool>());
        using var begun = await manager.Post("/lockdowns", new JsonObject
        {
            ["zones"] = new JsonArray("SRV-1"),
            ["except"] = new JsonArray(),
            ["mandate"] = "Instructed",
            ["basis"] = "不審者の通報",
            ["until"] = null,
        });
        Assert.True(begun.StatusCode == HttpStatusCode.Created, await begun.Content.ReadAsStringAsync());
        Assert.Contains(site.Facts(), fact => fact is LockdownOrdered { Ended: false });

        var (_, paths) = await ApiDocumentTests.Document(manager);
        Assert.DoesNotContain(paths, path => path.Contains("resume", StringComparison.Ordinal) || path.Contains("/end", StringComparison.Ordinal) || path.Contains("account", StringComparison.Ordinal));
        using var person = await site.Office.AsAsync("hinata");
        _ = await person.PostAsync("/people/S-0241/resume", [("reason", "所在を確認した")]);
    }

    private static JsonObject Person(string id) => new()
    {
        ["id"] = id,
        ["name"] = "新富 花",
        ["kana"] = "しんとみ はな",
        ["category"] = "Staff",
        ["section"] = "業務課",
        ["validFrom"] = null,
        ["validUntil"] = null,
    };
}
