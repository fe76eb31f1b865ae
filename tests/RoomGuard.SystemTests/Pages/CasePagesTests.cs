using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Playwright;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Pages;

/// <summary>申請・承認, 役割, アカウント and 自分のページ in a browser.</summary>
public class CasePagesTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    private const string Clerk = "takahashi";
    private const string Manager = "miyakonojo";
    private const string Supervisor = "hinata";

    [Fact]
    [Requirement("R-DOOR-16")]
    public async Task By_keyboard_alone_one_applies_for_entry_and_another_allows_it()
    {
        await using var host = await PagesHost.Start();
        await using var clerk = await pages.Visit(host: host, account: Clerk);
        var page = await clerk.Open("/me");
        await Press(page, "入室許可を申請する");
        await page.Arrives("**/apply/staff-grant");
        await Reach(page, "input[name=zones][value=SRV-1]");
        await page.Keyboard.PressAsync("Space");
        await Reach(page, "#validUntil");
        await page.FillAsync("#validUntil", "2027-03-31");
        await Reach(page, "#reason");
        await page.Keyboard.TypeAsync("基幹系の更新に立ち会うため");
        await Press(page, "申請する", "form.form button");
        await page.Arrives("**/cases/*?done=*");
        var number = (await page.TextContentAsync("h1 .id"))!;
        Assert.Contains("都城 誠", await page.TextContentAsync(".turn"), StringComparison.Ordinal);
        Assert.Contains("R-DOOR-16", await page.TextContentAsync(".turn"), StringComparison.Ordinal);

        await using var manager = await pages.Visit(host: host, account: Manager);
        var inbox = await manager.Open("/approvals");
        Assert.Contains(number, await inbox.TextContentAsync("main"), StringComparison.Ordinal);
        await Press(inbox, $"承認する {number}");
        await inbox.Arrives("**/cases/*/allow*");
        await Press(inbox, "承認する", "form.form button");
        await inbox.Arrives("**/cases/*?done=*");
        Assert.Contains("確認済み", await inbox.TextContentAsync("main"), StringComparison.Ordinal);
        Assert.Contains("都城 誠", await inbox.TextContentAsync(".case-history"), StringComparison.Ordinal);
        Assert.Contains($"G-2026-{number[^4..]}", await (await clerk.Open("/me")).TextContentAsync("main"), StringComparison.Ordinal);
        Assert.Empty(clerk.Complaints);
        Assert.Empty(manager.Complaints);
    }

    [Fact]
    public async Task Without_scripts_one_applies_and_another_sends_it_back_and_it_comes_again()
    {
        await using var host = await PagesHost.Start();
        await using var clerk = await pages.Visit(host: host, account: Clerk, scripts: false);
        var page = await clerk.Open("/apply/staff-grant");
        await page.CheckAsync("input[name=zones][value=SRV-1]");
        await page.FillAsync("#validUntil", "2027-03-31");
        await page.FillAsync("#reason", "立会いのため");
        await page.ClickAsync("form.form button");
        var address = new Uri(page.Url).AbsolutePath;

        await using var manager = await pages.Visit(host: host, account: Manager, scripts: false);
        var decide = await manager.Open(address);
        await decide.ClickAsync("main .case-acts >> text=差し戻す");
        await decide.ClickAsync("form.form button");
        Assert.Contains("入力してください", await decide.TextContentAsync(".problems"), StringComparison.Ordinal);
        await decide.FillAsync("#reason", "時間を短くしてください");
        await decide.ClickAsync("form.form button");

        await page.GotoAsync(host.Address + "/approvals");
        Assert.Contains("差戻し", await page.TextContentAsync("main"), StringComparison.Ordinal);
        await page.ClickAsync("text=直して申請し直す");
        Assert.Equal("立会いのため", await page.InputValueAsync("#reason"));
        await page.FillAsync("#until", "17:15");
        await page.ClickAsync("form.form button");
        Assert.Contains("再申請", await page.TextContentAsync(".case-history"), StringComparison.Ordinal);
        Assert.Contains("時間を短くしてください", await page.TextContentAsync(".case-history"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-PROF-05")]
    public async Task Ones_own_application_offers_no_approval_and_says_who_may_and_by_which_rule()
    {
        await using var host = await PagesHost.Start();
        await using var manager = await pages.Visit(host: host, account: Manager);
        var page = await manager.Open("/cases/P-2026-0033");
        Assert.Equal(0, await page.Locator("a[href*='/allow']").CountAsync());
        await page.ClickAsync(".why-not summary");
        var why = await page.TextContentAsync(".why-not");
        Assert.Contains("日向 直子", why, StringComparison.Ordinal);
        Assert.Contains("R-PROF-05", why, StringComparison.Ordinal);

        using var client = host.Client(Manager);
        using var answer = await client.GetAsync(new Uri("/cases/P-2026-0033/allow", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("R-PROF-05", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_must_be_put_right_first_takes_approval_away_and_leaves_the_other_answers()
    {
        await using var supervisor = await pages.Visit(account: Supervisor);
        var page = await supervisor.Open("/approvals");
        var card = page.Locator("article.case", new() { HasText = "P-2026-0034" });
        Assert.Contains("R-SIGN-11", await card.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await card.Locator("a[href*='/allow']").CountAsync());
        Assert.Equal(1, await card.Locator("a[href*='/refuse']").CountAsync());
        Assert.Equal(1, await card.Locator("a[href*='/send-back']").CountAsync());
    }

    [Fact]
    public async Task Of_two_approvers_at_once_the_second_is_told_and_changes_nothing()
    {
        await using var host = await PagesHost.Start();
        await using var first = await pages.Visit(host: host, account: Supervisor);
        await using var second = await pages.Visit(host: host, account: Supervisor);
        var (one, other) = (await first.Open("/cases/P-2026-0033/allow"), await second.Open("/cases/P-2026-0033/refuse"));
        await one.ClickAsync("form.form button");
        await one.Arrives("**/cases/*?done=*");
        await other.FillAsync("#reason", "不要です");
        await other.ClickAsync("form.form button");

        Assert.Contains("ほかの人が申請を動かしました", await other.TextContentAsync("[role=alert].note"), StringComparison.Ordinal);
        Assert.Contains("確認済み", await other.TextContentAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-ID-08")]
    public async Task A_card_of_ones_own_is_reported_lost_on_a_phone_with_two_clicks()
    {
        await using var host = await PagesHost.Start();
        await using var clerk = await pages.Visit(360, 740, host: host, account: Clerk);
        var page = await clerk.Open("/me");
        await page.ClickAsync("a:has-text('なくした')");
        await page.ClickAsync("button:has-text('紛失を届け出る')");

        Assert.Contains("K-S-0108 は使えなくなりました", await page.TextContentAsync("h1"), StringComparison.Ordinal);
        Assert.Equal(0, await (await clerk.Open("/me")).Locator("text=なくした").CountAsync());
        Assert.Empty(clerk.Complaints);
    }

    [Fact]
    public async Task What_was_typed_into_an_application_stays_when_something_is_wrong()
    {
        await using var clerk = await pages.Visit(account: Clerk);
        var page = await clerk.Open("/apply/staff-grant");
        await page.CheckAsync("input[name=zones][value=UPS-1]");
        await page.FillAsync("#from", "07:30");
        await page.FillAsync("#reason", "点検のため");
        await page.ClickAsync("form.form button");

        Assert.Equal("true", await page.GetAttributeAsync("#validUntil", "aria-invalid"));
        Assert.True(await page.IsCheckedAsync("input[name=zones][value=UPS-1]"));
        Assert.Equal("07:30", await page.InputValueAsync("#from"));
        Assert.Equal("点検のため", await page.InputValueAsync("#reason"));
        await page.FillAsync("#validUntil", "2029-03-31");
        await page.ClickAsync("form.form button");
        Assert.Contains("1年以内", await page.TextContentAsync("#validUntil-complaint"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task The_menu_shows_a_role_what_it_uses_and_how_much_waits()
    {
        await using var clerk = await pages.Visit(account: Clerk);
        var page = await clerk.Open("/");
        Assert.EndsWith("/me", page.Url, StringComparison.Ordinal);
        var menu = await page.Locator(".menu a").EvaluateAllAsync<string[]>("items => items.map(item => item.getAttribute('href'))");
        Assert.Contains("/approvals", menu);
        Assert.DoesNotContain("/people", menu);
        Assert.DoesNotContain("/lockdown", menu);

        await using var supervisor = await pages.Visit(account: Supervisor);
        page = await supervisor.Open("/");
        Assert.StartsWith("7", await page.TextContentAsync(".menu a[href='/approvals'] .menu-count"), StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator(".menu a[href='/people']").CountAsync());
        await page.ClickAsync(".person-menu summary");
        Assert.Contains("統括情報セキュリティ責任者", await page.TextContentAsync(".person-menu-box"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_role_may_not_apply_for_is_said_with_who_may()
    {
        using var client = pages.Host.Client(Clerk);
        using var answer = await client.GetAsync(new Uri("/apply/exception", UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("R-EXC-01", text, StringComparison.Ordinal);
        Assert.Contains("情報システム管理者", text, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-SIGN-05")]
    public async Task A_temporary_password_is_on_the_page_once_and_in_no_address()
    {
        await using var host = await PagesHost.Start();
        await using var supervisor = await pages.Visit(host: host, account: Supervisor);
        var page = await supervisor.Open("/accounts/A-0013/password");
        await page.FillAsync("#reason", "本人が忘れたため");
        await page.ClickAsync("form.form button");
        Assert.Contains("kawa-7-hoshi-3-mado", await page.TextContentAsync("main"), StringComparison.Ordinal);
        Assert.DoesNotContain("kawa", page.Url, StringComparison.Ordinal);
        await page.ClickAsync("text=アカウントに戻る");
        Assert.DoesNotContain("kawa-7", await page.TextContentAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_prints_as_one_upright_sheet_with_boxes_for_the_stamps()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/cases/P-2026-0024/form");
        var file = Path.Combine(Path.GetTempPath(), $"roomguard-{Guid.NewGuid():N}.pdf");
        try
        {
            await page.PdfAsync(new() { Path = file, PreferCSSPageSize = true });
            var text = await Tool("pdftotext", "-layout", file, "-");
            var info = await Tool("pdfinfo", file);
            foreach (var words in new[] { "操作者アカウント申請書", "申請者", "承認者", "確認者", "P-2026-0024", "令和8年11月", "12月末までとする", "証跡番号", "発行者" })
            {
                Assert.Contains(words, text, StringComparison.Ordinal);
            }

            Assert.DoesNotContain("受信箱", text, StringComparison.Ordinal);
            Assert.Matches(@"Pages:\s+1\b", info);
            Assert.Matches(@"Page size:\s+59[45]\.\d+ x 841", info);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task An_empty_office_teaches_what_comes_next()
    {
        await using var host = await PagesHost.Start(empty: true);
        await using var visitor = await pages.Visit(host: host);
        foreach (var (route, words) in new[]
        {
            ("/approvals", "承認待ちはありません"), ("/approvals/mine", "「申請する」から始めます"), ("/approvals/done", "新しいものからここに残ります"), ("/roles", "「役割を申請する」から始めます"),
            ("/roles/deputies", "承認されるまで効力を持ちません"), ("/accounts", "「アカウントを申請する」から始めます"), ("/me", "理由と期間を書いて申請します"),
        })
        {
            Assert.Contains(words, await (await visitor.Open(route)).TextContentAsync("main"), StringComparison.Ordinal);
        }

        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    [Trait("Category", "Screenshots")]
    public async Task Screenshots_are_made_where_they_are_wanted()
    {
        var folder = Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS") is { Length: > 0 } wanted ? wanted : Path.Combine(AppContext.BaseDirectory, "screenshots");
        Directory.CreateDirectory(folder);
        (string Name, string Route, string Account)[] shots =
        [
            ("approvals", "/approvals", Supervisor), ("applications-mine", "/approvals/mine", Clerk), ("applications-done", "/approvals/done", Supervisor), ("apply", "/apply", Clerk),
            ("apply-entry", "/apply/staff-grant", Clerk), ("case", "/cases/P-2026-0036", Clerk), ("case-approve", "/cases/P-2026-0033/allow", Supervisor),
            ("case-form", "/cases/P-2026-0024/form", Supervisor), ("not-allowed", "/cases/P-2026-0033/allow", Manager), ("roles", "/roles", Supervisor), ("deputies", "/roles/deputies", Clerk),
            ("accounts", "/accounts", Supervisor), ("account", "/accounts/A-0013", Supervisor), ("me", "/me", Clerk), ("me-lost", "/me/cards/K-S-0108/lost", Clerk),
        ];
        foreach (var (width, height) in new[] { (1280, 800), (360, 740) })
        {
            foreach (var account in shots.GroupBy(shot => shot.Account))
            {
                await using var visitor = await pages.Visit(width, height, account: account.Key);
                foreach (var (name, route, _) in account)
                {
                    var page = await visitor.OpenLive(route);
                    var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{width}.png"));
                    await page.ScreenshotAsync(new() { Path = file, FullPage = true });
                    Assert.True(new FileInfo(file).Length > 5_000, file);
                    await page.CloseAsync();
                }
            }
        }
    }

    // Tab by tab to a control, as somebody without a mouse comes to it.
    private static async Task Reach(IPage page, string selector)
    {
        for (var i = 0; i < 120; i++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab never came to {selector}.");
    }

    private static async Task Press(IPage page, string words, string among = "a, button")
    {
        for (var i = 0; i < 120; i++)
        {
            if (await page.EvaluateAsync<bool>(
                "([words, among]) => !!document.activeElement?.matches(among) && document.activeElement.textContent.replace(/\\s+/g, ' ').trim() === words", new object[] { words, among }))
            {
                await page.Keyboard.PressAsync("Enter");
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab never came to {words}.");
    }

    private static async Task<string> Tool(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return text;
    }
}
