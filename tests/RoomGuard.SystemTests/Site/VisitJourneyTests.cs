using System.Diagnostics;
using System.Net;
using Microsoft.Playwright;
using RoomGuard.SystemTests.Pages;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>A visitor from application to badge returned, by five people on the running site: who applies, who allows, who receives, who escorts, who visits.</summary>
[Collection(RunningSiteCollection.Name)]
public sealed class VisitJourneyTests(RunningSite site) : SiteJourney(site)
{
    // 三股 遥 of 業務課, who may enter the server room at any time.
    private const string Escort = "S-0230";

    // What the desk's reader types for the badge 赤-002.
    private const string Badge = "9,60002";

    private string Reception => $"http://localhost:{Site.Port(6)}";

    [Fact]
    [Requirement("R-VIS-01")]
    [Requirement("R-VIS-02")]
    [Requirement("R-VIS-06")]
    [Requirement("R-VIS-08")]
    public async Task A_visitor_is_applied_for_allowed_received_escorted_and_gives_the_badge_back()
    {
        // 1. 佐土原 applies.
        var host = await PageAsync("sadowara");
        await host.GotoAsync($"{Site.Pages}/apply/visit");
        await host.FillAsync("#visitors", "石塔 一郎、いしとう いちろう");
        await host.FillAsync("#organisation", "架空精機株式会社");
        await host.CheckAsync("input[name=zones][value=SRV-1]");
        await host.FillAsync("#from", "00:00");
        await host.FillAsync("#until", "23:59");
        await host.FillAsync("#escorts", Escort);
        await host.FillAsync("#reason", "空調機の見積り調査");
        await ShotAsync(host, "site-visit-apply", whole: true, narrow: true);
        await host.ClickAsync("form.form button");
        await host.Arrives("**/cases/*?done=*");
        var number = await host.InnerTextAsync("h1 .id");

        // The desk knows of it and hands out nothing.
        var desk = await PageAsync("tano", Reception);
        await TypeAsync(desk, "石塔");
        await Assertions.Expect(desk.Locator("main")).ToContainTextAsync("都城 誠");
        await ShotAsync(desk, "site-reception-pending", narrow: true);

        // 2. 都城 allows.
        var manager = await PageAsync("miyakonojo");
        await manager.GotoAsync($"{Site.Pages}/cases/{number}/allow");
        await manager.ClickAsync("form.form button");
        await manager.Arrives("**/cases/*?done=*");
        await host.GotoAsync($"{Site.Pages}/visits?q=架空精機");
        await host.ClickAsync("table tbody th a");
        await host.Arrives("**/visits/V-*");
        var visit = new Uri(host.Url).AbsolutePath;
        await host.GotoAsync($"{Site.Pages}{visit}/invitation");
        var invitation = await host.InnerTextAsync(".invitation-code");
        await ShotAsync(host, "site-visit-invitation", whole: true, narrow: true);

        // 3. 田野 receives, by keyboard alone: the invitation's code as the scanner types it, employee card, one telephone, the badge.
        await desk.GotoAsync($"{Reception}/");
        var begun = Stopwatch.StartNew();
        await TypeAsync(desk, invitation);
        await desk.Arrives("**/reception/visitors/*");
        await ShotAsync(desk, "site-reception-check-in", whole: true, narrow: true);
        await desk.HasFocus();
        await desk.Keyboard.PressAsync("Space");
        await desk.Keyboard.PressAsync("Tab");
        await desk.Keyboard.TypeAsync("1");
        await TabToAsync(desk, "badge");
        await desk.Keyboard.TypeAsync(Badge);
        await desk.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Locator("main")).ToContainTextAsync("先に預かってください");
        await ShotAsync(desk, "site-reception-keep", narrow: true);
        await desk.HasFocus();
        await desk.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Locator(".desk-done")).ToContainTextAsync("赤-002");
        Assert.InRange(begun.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        await ShotAsync(desk, "site-reception", whole: true, narrow: true);

        // The same code again says that it has been used.
        await TypeAsync(desk, invitation);
        await Assertions.Expect(desk.Locator("main")).ToContainTextAsync("すでに来訪者証を持っています");

        // 4. The visitor alone is refused; 三股 badges in, and the visitor follows.
        await RunningSite.UntilAsync(() => DoorAnswerAsync(manager, "B-R-002", "denied"), row => row.Contains("石塔", StringComparison.Ordinal), 10, "the visitor without an escort is refused");
        await Site.ActAsync("/api/do/enter", new { person = Escort, door = "SRV-1-D1", stay = "00:05:00" });
        await RunningSite.UntilAsync(() => RowOf(manager, "granted"), row => row.Contains("三股", StringComparison.Ordinal), 10, "the escort enters");
        await Site.ActAsync("/api/do/enter", new { person = "B-R-002", door = "SRV-1-D1", stay = "00:05:00" });
        await RunningSite.UntilAsync(() => RowOf(manager, "granted"), row => row.Contains("石塔", StringComparison.Ordinal), 10, "the visitor enters with the escort");
        await RunningSite.UntilAsync(() => TextAsync(host, visit), text => text.Contains("在室: サーバ室", StringComparison.Ordinal), 10, "the visit knows where the visitor is");
        await ShotAsync(host, "site-visit-inside", whole: true, narrow: true);
        await Site.ActAsync("/api/do/leave", new { person = "B-R-002" });
        await RunningSite.UntilAsync(() => TextAsync(host, visit), text => text.Contains("在室していません", StringComparison.Ordinal), 15, "the visitor has left");
        await Site.ActAsync("/api/do/leave", new { person = Escort });

        // 5. The visitor gives the badge back and gets the telephone.
        await desk.GotoAsync($"{Reception}/reception");
        await TypeAsync(desk, Badge);
        await desk.Arrives("**/reception/badges/*");
        await ShotAsync(desk, "site-reception-return", narrow: true);
        await desk.HasFocus();
        await desk.Keyboard.PressAsync("Space");
        await desk.Keyboard.PressAsync("Tab");
        await desk.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Locator(".desk-done")).ToContainTextAsync("受け取りました");
        await host.GotoAsync($"{Site.Pages}{visit}");
        await Assertions.Expect(host.Locator(".title-line .sign")).ToContainTextAsync("終了");
        await ShotAsync(host, "site-visit-story", whole: true, narrow: true);
        await host.GotoAsync($"{Site.Pages}{visit}/sheet");
        await Assertions.Expect(host.Locator(".sheet")).ToContainTextAsync("携帯電話 1");
        await ShotAsync(host, "site-visit-sheet", whole: true, narrow: true);
    }

    [Theory]
    [InlineData("/reception", HttpStatusCode.Redirect)]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/invitation/torn", HttpStatusCode.NotFound)]
    [InlineData("/entries", HttpStatusCode.NotFound)]
    [InlineData("/people", HttpStatusCode.NotFound)]
    [InlineData("/visits", HttpStatusCode.NotFound)]
    [InlineData("/presence", HttpStatusCode.NotFound)]
    [InlineData("/panels/bridge-1/orders", HttpStatusCode.NotFound)]
    [InlineData("/metrics", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/openapi.json", HttpStatusCode.NotFound)]
    [Requirement("R-NET-07")]
    public async Task The_reception_listener_serves_visits_and_signing_in_and_nothing_else(string path, HttpStatusCode expected)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);

        using var answer = await http.GetAsync(new Uri($"{Reception}{path}"));

        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task TypeAsync(IPage page, string text)
    {
        await page.WaitForFunctionAsync("() => document.activeElement?.id === 'q' || location.pathname !== '/reception'");
        if (!new Uri(page.Url).AbsolutePath.EndsWith("/reception", StringComparison.Ordinal))
        {
            await page.GotoAsync(new Uri(new Uri(page.Url), "/reception").ToString());
            await page.WaitForFunctionAsync("() => document.activeElement?.id === 'q'");
        }

        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task TabToAsync(IPage page, string id)
    {
        for (var keys = 0; keys < 10; keys++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("() => document.activeElement?.id ?? ''") == id)
            {
                return;
            }
        }

        Assert.Fail($"{id} is more than ten tabs away.");
    }

    private async Task<string> DoorAnswerAsync(IPage page, string person, string result)
    {
        await Site.ActAsync("/api/do/present", new { person, reader = "reader-srv-in" });
        return await RowOf(page, result);
    }
}
