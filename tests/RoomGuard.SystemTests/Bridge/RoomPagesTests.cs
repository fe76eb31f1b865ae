using System.Net;
using Microsoft.Playwright;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Bridge;

/// <summary>The room's own pages: the real bridge, a real browser, and no service anywhere.</summary>
public sealed class RoomPagesTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RunningBridge bridge = new();
    private readonly HttpClient http = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        bridge.Start();
        await bridge.UntilAsync(() => bridge.Strikes > 0 && bridge.Listens, Patience);
    }

    private async Task LaunchAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("ROOMGUARD_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"],
        });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        http.Dispose();
        bridge.Dispose();
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    [Requirement("R-RED-01")]
    public async Task Kiosk_and_roll_call_are_there_without_a_service_and_say_when_the_bridge_is_gone_too()
    {
        await LaunchAsync();
        var complaints = new List<string>();
        var kiosk = await Open(1080, 1920, $"/kiosk/{InventedSite.Door}", complaints);
        await kiosk.WaitForSelectorAsync("text=入室できます");

        // Read at three metres: 15 mm at least for the answer on a portrait screen 300 mm wide, so 54 of 1080 pixels.
        Assert.True(await kiosk.EvaluateAsync<double>("() => parseFloat(getComputedStyle(document.querySelector('.main')).fontSize)") >= 96);
        Assert.Equal(0, await kiosk.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollHeight - innerHeight) + Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        Assert.Empty(await Axe(kiosk));
        await Keep(kiosk, "kiosk");

        var roll = await Open(1280, 900, "/roll-call", complaints);
        Assert.Contains("点呼用 在室者一覧", await roll.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.True(await roll.IsVisibleAsync("[data-print]"));
        Assert.Empty(await Axe(roll));
        await Keep(roll, "roll-call");

        var phone = await Open(320, 640, "/roll-call", complaints);
        Assert.Equal(320, await phone.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(await Axe(await Open(360, 640, "/", complaints)));
        Assert.Empty(complaints);

        await using var plain = await browser!.NewContextAsync(new() { JavaScriptEnabled = false });
        var bare = await plain.NewPageAsync();
        await bare.GotoAsync($"{Address}/kiosk/{InventedSite.Door}");
        var before = await bare.InnerTextAsync("main");
        Assert.False(string.IsNullOrWhiteSpace(before));
        Assert.Contains("http-equiv=\"refresh\"", await bare.ContentAsync(), StringComparison.Ordinal);

        bridge.Program.Kill();
        await kiosk.WaitForSelectorAsync("text=照会できません", new() { Timeout = 30_000 });
        await Keep(kiosk, "kiosk-lost");
    }

    [Fact]
    [Requirement("R-NET-02")]
    public async Task The_pages_answer_on_their_own_port_alone_and_only_by_address()
    {
        Assert.Equal(HttpStatusCode.OK, await Get(bridge.Rooms, "/roll-call"));
        Assert.Equal(HttpStatusCode.NotFound, await Get(bridge.Watch, "/roll-call"));
        Assert.Equal(HttpStatusCode.NotFound, await Get(bridge.Watch, "/roll-call", $"127.0.0.1:{bridge.Rooms}"));
        Assert.Equal(HttpStatusCode.NotFound, await Get(bridge.Rooms, "/metrics"));
        Assert.Equal(HttpStatusCode.NotFound, await Get(bridge.Rooms, "/metrics", $"127.0.0.1:{bridge.Watch}"));
        Assert.Equal(HttpStatusCode.NotFound, await Get(bridge.Rooms, "/control/state"));
        Assert.Equal(HttpStatusCode.NotFound, await Get(bridge.Rooms, "/kiosk/no-such-door"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await Get(bridge.Rooms, "/roll-call", "elsewhere.example"));

        using var page = await http.GetAsync(new Uri($"{Address}/roll-call"));
        Assert.StartsWith("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_fits_a_portrait_kiosk_and_the_roll_call_a_sheet()
    {
        await LaunchAsync();
        foreach (var (name, page) in RoomFaces.Pages)
        {
            var (width, height) = name.StartsWith("roll", StringComparison.Ordinal) ? (name == "roll-phone" ? 360 : 1280, 900) : (1080, 1920);
            await using var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = "ja-JP" });
            await context.AddInitScriptAsync(await File.ReadAllTextAsync(Path.Combine(RunScript.Root, "dashboard", "ui", "node_modules", "axe-core", "axe.min.js")));
            var shown = await context.NewPageAsync();
            await shown.RouteAsync("http://kiosk.test/**", route => route.Request.Url.EndsWith(".css", StringComparison.Ordinal)
                ? route.FulfillAsync(new() { ContentType = "text/css", Body = RoomFaces.Style })
                : route.Request.Url.EndsWith('/') ? route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = page }) : route.FulfillAsync(new() { Status = 204 }));
            await shown.GotoAsync("http://kiosk.test/");
            Assert.True(await shown.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), name);
            Assert.True(name.StartsWith("roll", StringComparison.Ordinal) || await shown.EvaluateAsync<bool>("() => document.documentElement.scrollHeight <= innerHeight"), name);
            Assert.Empty(await Axe(shown));
            await Keep(shown, name);
        }
    }

    private string Address => $"http://127.0.0.1:{bridge.Rooms}";

    private async Task<HttpStatusCode> Get(int port, string path, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{path}");
        request.Headers.Host = host;
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<IPage> Open(int width, int height, string path, List<string> complaints)
    {
        var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = "ja-JP", TimezoneId = "Asia/Tokyo" });
        await context.AddInitScriptAsync(await File.ReadAllTextAsync(Path.Combine(RunScript.Root, "dashboard", "ui", "node_modules", "axe-core", "axe.min.js")));
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add($"{path}: {message.Text}");
            }
        };
        page.PageError += (_, problem) => complaints.Add($"{path}: {problem}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                complaints.Add($"{path}: asked {request.Url}");
            }
        };
        await page.GotoAsync(Address + path);
        return page;
    }

    private static async Task<string[]> Axe(IPage page) => await page.EvaluateAsync<string[]>(
        "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.map(item => `${item.id}: ${item.nodes[0].html}`)");

    // For whoever wants to look: named by the environment, else nothing is kept.
    private static async Task Keep(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS") is { Length: > 0 } folder)
        {
            _ = await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
