using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Panels;
using RoomGuard.Service.Record;
using RoomGuard.Service.SignIn;
using RoomGuard.Service.Zones;
using RoomGuard.SystemTests.Pages;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.SignIn;

/// <summary>The first start of a real site from the code on the terminal to the room now, by keyboard alone, with the service stopped in the middle.</summary>
public sealed class FirstStartJourneyTests : IAsyncLifetime
{
    private const string Password = "a quiet river stone";

    private RunningOffice office = null!;
    private byte[] secret = [];
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async Task InitializeAsync()
    {
        office = await RunningOffice.StartAsync(
            overrides: ["site.environment=Production", "listen.dashboardHttp=null", "signIn=null", "zones=[]", "doors=[]", "floors=null", "site.policyProfile=null"], people: false);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("ROOMGUARD_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"],
        });
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await office.DisposeAsync();
    }

    [Fact]
    [Requirement("R-SIGN-12")]
    [Requirement("R-ZONE-01")]
    [Requirement("R-PROF-02")]
    public async Task A_site_is_set_up_by_keyboard_left_in_the_middle_and_finished_by_two()
    {
        Hear();
        var first = await PageAsync();
        await ShotAsync(first, "setup-code");
        await AdministratorAsync(first, "S-0001", "aoi.yama");
        await first.Arrives("**/setup*");
        await SignInAsync(first, "aoi.yama");
        await ShotAsync(first, "setup-steps");

        // The organisation, as the settings name it, with one post of its own.
        await EnterAsync(first, "a[href='/setup/organisation']", "#organisation");
        await TypeAsync(first, "#postChiefOfficer", "副町長");
        await SendAsync(first, "form[action='/setup/organisation'] button");

        // The profile: what it changes is shown before it is taken.
        await EnterAsync(first, "a[href='/setup/profile']", "#profile");
        await ChooseAsync(first, "#profile", "memuro");
        await EnterAsync(first, "form[method=get] button", "#decidedBy");
        Assert.Contains("電算室", await first.InnerTextAsync("main"), StringComparison.Ordinal);
        await ShotAsync(first, "setup-profile");
        await TypeAsync(first, "#decidedBy", "S-0900");
        await TypeAsync(first, "#reference", "架空町訓令第3号");
        await SendAsync(first, "form[method=post] button[type=submit]");

        // A zone that breaks a rule says which and what to do, and is put right where it stands.
        await EnterAsync(first, "a[href='/setup/areas/new']", "#id");
        await TypeAsync(first, "#id", "SRV-1");
        await TypeAsync(first, "#labelEn", "Server room");
        await ChooseAsync(first, "#floor", "3");
        await ChooseAsync(first, "#segment", "MyNumber");
        await ChooseAsync(first, "#requiredFactors", "2");
        await PressAsync(first, "button[value=save]");
        await first.WaitForSelectorAsync(".problems");
        Assert.Contains("R-DOOR-03", await first.InnerTextAsync(".problems"), StringComparison.Ordinal);
        await ShotAsync(first, "setup-zone-refused");
        await ChooseAsync(first, "#requiredFactors", "1");
        await SendAsync(first, "button[value=save]");

        // The door its bridge found comes filled in.
        await EnterAsync(first, "a[href='/setup/doors/new?found=SRV-1-D1']", "#id");
        Assert.Equal("SRV-1-D1", await first.InputValueAsync("#id"));
        await SendAsync(first, "button[value=save]");
        await PressAsync(first, "form[action='/setup/check'] button");
        await first.GetByText("あなたの確認は済みました").WaitForAsync();
        await ShotAsync(first, "setup-checked");
        await first.Context.DisposeAsync();

        // The service stops in between and loses nothing.
        await office.RestartAsync();
        Hear();
        var second = await PageAsync();
        await AdministratorAsync(second, "S-0002", "kawa.haru");
        await SignInAsync(second, "kawa.haru");
        var text = await second.InnerTextAsync("main");
        Assert.Contains("SRV-1-D1", text, StringComparison.Ordinal);
        Assert.Contains("対応あり", text, StringComparison.Ordinal);
        await PressAsync(second, "form[action='/setup/check'] button");
        await second.Arrives(new Regex(@"^\w+://[^/]+/(\?.*)?$"));
        await ShotAsync(second, "setup-done");

        Assert.False(office.Parts.GetRequiredService<SetupDesk>().Needed);
        Assert.Equal("電算室", office.Parts.GetRequiredService<SiteBook>().Now.Zones.Single().Label);
        await second.GotoAsync($"{office.SecurePages}setup");
        Assert.EndsWith("/sign-in", second.Url, StringComparison.Ordinal);
        Assert.Equal("S-0002", office.Parts.GetRequiredService<ServiceRecord>().Readers.AskNow(SiteView.CheckedBy)[^1].Value);
    }

    // What the bridge of the room tells of itself.
    private void Hear() => office.Parts.GetRequiredService<PanelStates>().Hear(new("bridge-1"), new PanelState(
        TimeProvider.System.GetUtcNow(), 1, "test", null, 0, JournalHealthy: true, [], [], [],
        Wired: [new(new("SRV-1-D1"), new("SRV-1"), "電算室 正面扉", "Server room, front door", [new DeviceId("reader-1")], "reader-1/output-0", "reader-1/input-0")]));

    private async Task<IPage> PageAsync()
    {
        var context = await browser.NewContextAsync(new()
        {
            IgnoreHTTPSErrors = true,
            Locale = "ja-JP",
            TimezoneId = "Asia/Tokyo",
            ViewportSize = new() { Width = 1280, Height = 860 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{office.SecurePages}");
        return page;
    }

    private async Task AdministratorAsync(IPage page, string person, string name)
    {
        await TypeAsync(page, "#code", office.Parts.GetRequiredService<SetupDesk>().NewCode());
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#person");
        foreach (var (field, value) in new[] { ("#person", person), ("#personName", "山 葵"), ("#kana", "やま あおい"), ("#section", "情報政策課"), ("#signInName", name) })
        {
            await TypeAsync(page, field, value);
        }

        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".code-secret");
        secret = SetupTests.Base32((await page.InnerTextAsync(".code-secret")).Replace(" ", "", StringComparison.Ordinal));
        await TypeAsync(page, "#password", Password);
        await TypeAsync(page, "#again", Password);

        // One step early counts, and leaves this step's code for signing in.
        await TypeAsync(page, "#code", Code(-1));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("a[href='/sign-in?setup=1']");
    }

    private string Code(int steps) => Totp.Code(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()) + steps);

    private async Task SignInAsync(IPage page, string name)
    {
        await EnterAsync(page, "a[href='/sign-in?setup=1']", "#name");
        await TypeAsync(page, "#name", name);
        await TypeAsync(page, "#password", Password);
        await TypeAsync(page, "#code", Code(0));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#steps-title");
    }

    // Tab until it has the focus: what cannot be reached so cannot be done by keyboard.
    private static async Task FocusAsync(IPage page, string selector)
    {
        for (var stops = 0; stops < 120; stops++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement !== null && document.activeElement.matches(selector)", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} is not reached by the Tab key on {page.Url}.");
    }

    private static async Task TypeAsync(IPage page, string field, string text)
    {
        await FocusAsync(page, field);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.InsertTextAsync(text);
    }

    private static async Task ChooseAsync(IPage page, string field, string value)
    {
        await FocusAsync(page, field);
        await page.Keyboard.PressAsync("Home");
        for (var options = 0; options < 40 && await page.InputValueAsync(field) != value; options++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.Equal(value, await page.InputValueAsync(field));
    }

    private static async Task PressAsync(IPage page, string control)
    {
        await FocusAsync(page, control);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task EnterAsync(IPage page, string link, string arrived)
    {
        await PressAsync(page, link);
        await page.WaitForSelectorAsync(arrived);
    }

    // Sends a form that leads back to the steps.
    private static async Task SendAsync(IPage page, string button)
    {
        await PressAsync(page, button);
        await page.Arrives("**/setup?done=*");
    }

    private static async Task ShotAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        await page.SetViewportSizeAsync(360, 780);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-narrow.png"), FullPage = true });
        await page.SetViewportSizeAsync(1280, 860);
    }
}
