using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.SignIn;

/// <summary>One office for the tests of this file.</summary>
public sealed class OfficeFixture : IAsyncLifetime
{
    internal RunningOffice Office { get; private set; } = null!;

    public async Task InitializeAsync() => Office = await RunningOffice.StartAsync();

    public async Task DisposeAsync() => await Office.DisposeAsync();
}

/// <summary>Sessions over real HTTP: what is closed without one, and what becomes of one when things change.</summary>
public sealed class SessionTests(OfficeFixture fixture) : IClassFixture<OfficeFixture>
{
    private static readonly string[] Pages =
    [
        "/", "/entries", "/entries.csv", "/presence", "/devices", "/people", "/people/S-0217", "/people/new", "/people/import", "/cards", "/grants", "/lockdown", "/no-such-page", "/sign-out",
    ];

    private RunningOffice Office => fixture.Office;

    private ServiceRecord Record => Office.Parts.GetRequiredService<ServiceRecord>();

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task Nothing_is_open_without_sign_in()
    {
        using var stranger = SignedInClient.Stranger(Office.Pages);
        foreach (var page in Pages)
        {
            using var answer = await stranger.GetAsync(page);
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{page}: {answer.StatusCode}");
            Assert.Equal(page == "/" ? "/sign-in" : $"/sign-in?return={Uri.EscapeDataString(page)}", answer.Headers.Location?.OriginalString);
        }

        foreach (var act in new[] { "/people/new", "/lockdown/begin", "/cards/C-0301/lost", "/people/import/apply" })
        {
            using var answer = await stranger.PostAsync(act, [("reason", "x")], "/sign-in");
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.NotFound, $"{act}: {answer.StatusCode}");
            Assert.StartsWith("/sign-in", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task What_a_script_asks_for_without_a_session_is_refused_plainly()
    {
        using var stranger = SignedInClient.Stranger(Office.Pages);
        using var live = new HttpRequestMessage(HttpMethod.Get, "/live") { Headers = { { "Accept", "text/event-stream" } } };
        using var part = new HttpRequestMessage(HttpMethod.Get, "/presence") { Headers = { { "X-Fragment", "1" } } };

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.Http.SendAsync(live)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.Http.SendAsync(part)).StatusCode);
    }

    [Theory]
    [InlineData("/entries?result=Denied", "/entries?result=Denied")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    [InlineData("", "/")]
    public async Task Signing_in_leads_back_to_where_one_came_from_and_nowhere_else(string wanted, string given)
    {
        using var client = SignedInClient.Stranger(Office.Pages);
        using var answer = await client.PostAsync("/sign-in/invented", [("account", "takahashi"), ("return", wanted)], "/sign-in");

        Assert.Equal(given, answer.Headers.Location?.OriginalString.TrimStart('~'));
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task Signing_in_and_out_stands_in_the_record_with_person_and_source()
    {
        using var client = await Office.AsAsync("aya");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/me")).StatusCode);
        var cookie = client.Cookies.GetCookies(Office.Pages)["rg-session"]!;
        Assert.True(cookie.HttpOnly);
        var secret = cookie.Value;
        using var answer = await client.PostAsync("/sign-out", []);
        client.Cookies.Add(new Cookie("rg-session", secret, "/", "localhost"));

        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/me")).StatusCode);
        var facts = Facts().Where(fact => fact is SignedIn { Person.Value: "S-0134" } or SignedOut { Person.Value: "S-0134" }).ToList();
        var begun = Assert.IsType<SignedIn>(facts[^2]);
        var ended = Assert.IsType<SignedOut>(facts[^1]);
        Assert.Equal((SignInMethod.Invented, SessionEnd.SignedOut, begun.Session), (begun.Method, ended.Cause, ended.Session));
        Assert.Contains("127.0.0.1", begun.Source, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-SIGN-07")]
    public async Task No_file_holds_a_session_secret()
    {
        using var client = await Office.AsAsync("tano");
        var secret = client.Cookies.GetCookies(Office.Pages)["rg-session"]!.Value;
        var needle = System.Text.Encoding.ASCII.GetBytes(secret);
        foreach (var file in Directory.EnumerateFiles(Office.Settings.DataFolder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            Assert.True(bytes.AsSpan().IndexOf(needle) < 0, file);
        }
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task A_person_who_is_not_invented_cannot_be_chosen()
    {
        using var client = SignedInClient.Stranger(Office.Pages);
        using var answer = await client.PostAsync("/sign-in/invented", [("account", "nobody")], "/sign-in");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain(client.Cookies.GetCookies(Office.Pages), cookie => cookie.Name == "rg-session");
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task A_changed_role_gives_the_session_a_new_secret_and_an_ended_account_ends_it_at_once()
    {
        using var client = await Office.AsAsync("sumiyoshi");
        var before = client.Cookies.GetCookies(Office.Pages)["rg-session"]!.Value;
        var now = TimeProvider.System.GetUtcNow();
        await Record.AppendAsync(new RoleHeld(now, new("H-0900", new("F-0318"), Role.Reception, "", [], new(2020, 4, 1), null, null), "窓口の応援", "S-0102"), default);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/me")).StatusCode);
        Assert.NotEqual(before, client.Cookies.GetCookies(Office.Pages)["rg-session"]!.Value);

        await Record.AppendAsync(new AccountRecorded(now, new(new("A-0011"), new("F-0318"), "sumiyoshi", false, AccountState.Held, null), "held", "確認のため", "S-0102"), default);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/me")).StatusCode);
        await Record.AppendAsync(new AccountRecorded(now, new(new("A-0011"), new("F-0318"), "sumiyoshi", false, AccountState.Active, null), "released", "確認済み", "S-0102"), default);
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task A_form_opened_by_one_person_is_worth_nothing_in_the_session_of_the_next()
    {
        using var first = await Office.AsAsync("kobayashi");
        var token = await first.TokenAsync();
        using var second = await Office.AsAsync("watanabe");
        foreach (Cookie cookie in first.Cookies.GetCookies(Office.Pages))
        {
            if (cookie.Name == "rg-form")
            {
                second.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", "localhost"));
            }
        }

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var answer = await second.Http.PostAsync(new Uri("/people/new", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task Over_https_the_cookie_is_bound_to_this_host()
    {
        using var client = await SignedInClient.AsAsync(Office.SecurePages, "aya");
        var cookie = client.Cookies.GetCookies(Office.SecurePages)["__Host-rg-session"]!;

        Assert.True(cookie is { Secure: true, HttpOnly: true, Path: "/" });
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/me")).StatusCode);
    }

    private IEnumerable<RecordedEvent> Facts() => Record.Read(0, 10_000).Select(entry => RecordViews.ItemOf(entry).Event).OfType<RecordedEvent>();
}
