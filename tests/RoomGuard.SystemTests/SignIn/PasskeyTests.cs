using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.Pages;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.SignIn;

/// <summary>Passkeys in Chromium with the virtual authenticator of its developer tools, against the service itself.</summary>
public sealed class PasskeyTests : IAsyncLifetime
{
    private readonly TurnedTime time = new();
    private RunningOffice office = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    private ServiceRecord Record => office.Parts.GetRequiredService<ServiceRecord>();

    public async Task InitializeAsync()
    {
        office = await RunningOffice.StartAsync(time);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("ROOMGUARD_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await office.DisposeAsync();
    }

    [Fact]
    [Requirement("R-SIGN-13")]
    public async Task A_person_registers_two_keys_signs_in_with_each_and_takes_a_lost_one_away()
    {
        var (page, desk) = await PersonWithKey("A-0013", "takahashi", "机の鍵");
        await SignInWithKey(page);
        Assert.Equal("/me", new Uri(page.Url).AbsolutePath);
        Assert.Contains(Facts().OfType<SignedIn>(), fact => fact is { Person.Value: "S-0108", Method: SignInMethod.Passkey });

        // A second key on another authenticator; the first one asks not to be registered twice.
        await page.GotoAsync($"{office.Pages}me/sign-in");
        await desk.Authenticator.Remove();
        var spare = await VirtualKey.Plug(page);
        await AddKey(page, "予備の鍵");
        await Assertions.Expect(page.Locator("table").First).ToContainTextAsync("予備の鍵");

        // The first is lost.
        await page.Locator("tr", new() { HasText = "机の鍵" }).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("机の鍵");
        await page.Locator("tr", new() { HasText = "予備の鍵" }).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("サインインできなくなります");

        await SignOut(page);
        await SignInWithKey(page);
        Assert.Equal("/me", new Uri(page.Url).AbsolutePath);

        await SignOut(page);
        await spare.Remove();
        await VirtualKey.Plug(page, desk.Credentials);
        await SignInWithKey(page);
        Assert.Equal("/sign-in/passkey", new Uri(page.Url).AbsolutePath);
        Assert.Contains(Facts().OfType<SignInFailed>(), fact => fact.Fault == SignInFault.WrongPasskey);
    }

    [Fact]
    [Requirement("R-SIGN-13")]
    public async Task A_cancelled_question_says_so_and_changes_nothing()
    {
        var (page, _) = await PersonWithKey("A-0013", "takahashi", "机の鍵");
        var before = Record.Size;
        await page.EvaluateAsync("() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }");
        await page.ClickAsync("rg-passkey button");

        await Assertions.Expect(page.Locator("rg-passkey [data-when=cancelled]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("rg-passkey button")).ToBeEnabledAsync();
        Assert.Equal(before, Record.Size);
    }

    [Fact]
    [Requirement("R-SIGN-13")]
    public async Task A_holder_who_is_not_verified_gets_no_further()
    {
        var (page, desk) = await PersonWithKey("A-0013", "takahashi", "机の鍵");
        await desk.Authenticator.Verify(false);
        await page.ClickAsync("rg-passkey button");

        await Assertions.Expect(page.Locator("rg-passkey [data-when=cancelled]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.Equal("/sign-in", new Uri(page.Url).AbsolutePath);
    }

    [Fact]
    [Requirement("R-SIGN-13")]
    public async Task An_answer_made_for_another_origin_or_used_before_is_refused()
    {
        var (page, _) = await PersonWithKey("A-0013", "takahashi", "机の鍵");

        // The browser's true answer, kept back from the form.
        await page.EvaluateAsync("() => { HTMLFormElement.prototype.submit = function () { window.kept = Object.fromEntries(new FormData(this)); }; }");
        await page.ClickAsync("rg-passkey button");
        await page.WaitForFunctionAsync("() => window.kept");
        var kept = await page.EvaluateAsync<Dictionary<string, string>>("() => window.kept");

        Assert.Equal(401, await Send(page, Elsewhere(kept)));
        Assert.Equal(200, await Send(page, kept));
        await page.Context.ClearCookiesAsync(new() { Name = "rg-session" });
        Assert.Equal(401, await Send(page, kept));
    }

    [Fact]
    [Requirement("R-SIGN-13")]
    public async Task A_passkey_confirms_an_act_at_doors()
    {
        var (page, _) = await PersonWithKey("A-0002", "hinata", "机の鍵");
        await SignInWithKey(page);
        await page.GotoAsync($"{office.Pages}lockdown");
        await page.CheckAsync("input[name=zones][value=SRV-1]");
        await page.SelectOptionAsync("#mandate", "Instructed");
        await page.FillAsync("#basis", "不審者の通報");
        time.Turn(TimeSpan.FromMinutes(6));
        await page.ClickAsync("text=内容を確認する");
        await page.ClickAsync("text=封鎖を始める");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("本人の再確認");
        await page.ClickAsync("rg-passkey button");
        await page.Arrives("**/lockdown?done=*");

        Assert.Contains(Facts(), fact => fact is IdentityConfirmed { Method: SignInMethod.Passkey });
    }

    private static Dictionary<string, string> Elsewhere(Dictionary<string, string> kept)
    {
        using var answer = JsonDocument.Parse(kept["credential"]);
        var data = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(answer.RootElement.GetProperty("response").GetProperty("clientDataJSON").GetString()));
        var forged = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(data.Replace("http://localhost", "http://elsewhere", StringComparison.Ordinal)));
        var original = answer.RootElement.GetProperty("response").GetProperty("clientDataJSON").GetString()!;
        return new(kept) { ["credential"] = kept["credential"].Replace(original, forged, StringComparison.Ordinal) };
    }

    // 200: signed in and led to a page; else the status of the refusal.
    private static async Task<int> Send(IPage page, Dictionary<string, string> fields) => await page.EvaluateAsync<int>(
        "async fields => (await fetch('/sign-in/passkey', { method: 'POST', body: new URLSearchParams(fields) })).status", fields);

    private static async Task AddKey(IPage page, string name)
    {
        await page.FillAsync("#name", name);
        await page.ClickAsync("rg-passkey[mode=create] button");
    }

    private static async Task SignOut(IPage page)
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(new Uri(new Uri(page.Url), "/sign-in").ToString());
    }

    private async Task SignInWithKey(IPage page)
    {
        if (new Uri(page.Url).AbsolutePath != "/sign-in")
        {
            await page.GotoAsync($"{office.Pages}sign-in");
        }

        await page.ClickAsync("rg-passkey button");
        await page.Arrives(new Regex(@"^\w+://[^/]+/(?!sign-in(\?|$))"));
    }

    // A temporary password, one passkey, and back at the sign-in page.
    private async Task<(IPage Page, (VirtualKey Authenticator, string Credentials) Desk)> PersonWithKey(string account, string name, string key)
    {
        var by = Record.Readers.AskNow(db => OperatorsView.ActorOf(db, new(account == "A-0002" ? "A-0005" : "A-0002"), DateOnly.FromDateTime(time.GetUtcNow().DateTime)))!;
        var issued = await office.Parts.GetRequiredService<IAccountDesk>().IssueTemporaryPassword(new(account), "新任", by, default);
        var context = await browser.NewContextAsync(new() { Locale = "ja-JP" });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        var authenticator = await VirtualKey.Plug(page);
        await page.GotoAsync($"{office.Pages}sign-in");
        await page.FillAsync("#name", name);
        await page.FillAsync("#password", issued.Password!);
        await page.ClickAsync("form[action='/sign-in/password'] button");
        await page.Arrives("**/me/sign-in");
        await AddKey(page, key);
        await page.Arrives("**/sign-in?done=*");
        var credentials = await authenticator.Credentials();
        return (page, (authenticator, credentials));
    }

    private IEnumerable<RecordedEvent> Facts() => Record.Read(0, 10_000).Select(entry => RecordViews.ItemOf(entry).Event).OfType<RecordedEvent>();

    /// <summary>An authenticator of the browser's developer tools.</summary>
    private sealed class VirtualKey(ICDPSession tools, string id)
    {
        public static async Task<VirtualKey> Plug(IPage page, string? credentials = null)
        {
            var tools = await page.Context.NewCDPSessionAsync(page);
            await tools.SendAsync("WebAuthn.enable");
            var made = await tools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            });
            var key = new VirtualKey(tools, made!.Value.GetProperty("authenticatorId").GetString()!);
            if (credentials is not null)
            {
                using var kept = JsonDocument.Parse(credentials);
                foreach (var credential in kept.RootElement.EnumerateArray())
                {
                    await tools.SendAsync("WebAuthn.addCredential", new() { ["authenticatorId"] = key.Id, ["credential"] = credential });
                }
            }

            return key;
        }

        public string Id => id;

        public async Task Remove() => _ = await tools.SendAsync("WebAuthn.removeVirtualAuthenticator", new() { ["authenticatorId"] = id });

        public async Task Verify(bool verified) => _ = await tools.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = id, ["isUserVerified"] = verified });

        public async Task<string> Credentials() =>
            (await tools.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = id }))!.Value.GetProperty("credentials").GetRawText();
    }
}
