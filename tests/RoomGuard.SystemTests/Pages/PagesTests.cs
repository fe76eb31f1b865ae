using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Playwright;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Pages;

public class PagesTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    private static readonly string[] Routes =
    [
        "/", "/entries?q=みのり", "/entries?q=nobody", "/entries/104050", "/presence", "/presence/questions", "/presence/questions/104061/settle", "/presence/correct?q=104061", "/me/presence/104070", "/map", "/entries/104050/timeline", "/entries/104050/timeline?minutes=30", "/modes", "/modes/SRV-1/end", "/escort", "/escort/V-2026-0088/all-out", "/devices", "/people", "/people?q=nobody", "/people/S-0217", "/people/S-0217/change", "/people/new",
        "/people/S-0217/cards/new", "/people/S-0217/suspend", "/cards", "/cards/K-S-0217/lost", "/cards/K-S-0217/pin", "/grants",
        "/policy", "/policy/versions/104011", "/contracts", "/contracts?q=nobody", "/contracts/new", "/contracts/K-2026-0003", "/contracts/K-2026-0003/change", "/contracts?show=Outstanding", "/personnel", "/personnel/comparisons/J-2026-0004",
        "/personnel/people/S-0217", "/personnel/cards/C-0311/keep", "/personnel/cards/C-0311/duress",
        "/approvals", "/approvals/mine", "/approvals/done", "/approvals/done?q=nobody", "/apply", "/apply/staff-grant?choose=1", "/apply/staff-grant?person=S-0108",
        "/apply/contractor-grant?person=C-0032", "/apply/facility-grant?person=S-0108", "/apply/grant-change?grant=G-2026-0108", "/apply/grant-end?grant=G-2026-0108",
        "/apply/lost-card?card=K-S-0108", "/apply/account?person=S-0108", "/apply/role?person=S-0108", "/apply/deputy", "/apply/deputy?holding=H-0005&person=S-0121", "/apply/exception",
        "/cases/P-2026-0033", "/cases/P-2026-0036", "/cases/P-2026-0033/form", "/cases/P-2026-0033/allow-if", "/cases/P-2026-0033/refuse", "/cases/E-2026-0002/change",
        "/roles", "/roles/deputies", "/roles/H-0013/end", "/accounts", "/accounts/A-0013", "/accounts/A-0013/hold", "/tokens", "/tokens/new", "/tokens/T-0003/end", "/me", "/me/cards/K-S-0160/lost", "/me/grants/G-2026-0160/give-up",
        "/visits", "/visits?q=nobody", "/visits/V-2026-0091", "/visits/V-2026-0090", "/visits/V-2026-0090/sheet", "/visits/V-2026-0091/invitation", "/visits/V-2026-0091/change", "/visits/V-2026-0091/cancel",
        "/visits/overrides?visit=V-2026-0091", "/visits/overrides/V-2026-0090/SRV-1/end",
        "/visits/sheet", "/visits/visitors/V-2026-0091-1/beforehand", "/visits/bars", "/visits/bars/B-0001/lift", "/visits/badges", "/visits/badges/B-R-002/retire", "/apply/visit",
        "/reception", "/reception/find?q=torn", "/reception/find?q=several", "/reception/find?q=ready", "/reception/find?q=dead", "/reception/find?q=nobody", "/reception/visitors/V-2026-0091-1",
        "/reception/visitors/V-2026-0090-1", "/reception/badges/B-R-001", "/reception/badges/B-R-001/lost", "/reception/walk-in", "/reception/walk-in/P-2026-0061",
        "/invitation/V-2026-0091-1.ABCDEFGH234567AB", "/invitation/torn",
        "/people/import", "/people/import/runs/run-1", "/lockdown", "/entries/purpose?person=S-0388&return=/entries", "/investigations", "/investigations/U-2026-0003/end", "/sign-in", "/me/sign-in", "/setup", "/setup/organisation", "/setup/profile?profile=gunma", "/setup/areas/UPS-1",
        "/setup/doors/new?found=MED-1-D1", "/zones", "/zones/doors/SRV-1-D1", "/zones/changes/SC-0003", "/accounts/reviews", "/accounts/A-0014/review", "/about/accessibility", "/no-such-page",

        // The register in print form, kept by hand, keys, identity checks, patterns.
        "/entries/sheet?from=2026-11-20", "/hand-register", "/hand-register/new", "/hand-register/M-2026-0007", "/hand-register/M-2026-0006", "/keys", "/identity-checks",
        "/identity-checks/I-2026-0004/clear", "/patterns", "/patterns/104061", "/patterns/104060",

        // Power.
        "/power", "/power/plan", "/power/plan?plan=bk-1", "/power/plan?plan=srv-1&drill=103020", "/power/plan?new=1", "/power/plan/srv-1/withdraw", "/power/plan/changes/PP-0006/allow", "/power/plan/changes/PP-0006/decline", "/power/outages", "/power/outages/ups-2-20261121T052000Z", "/power/planned",
        "/power/planned/O-0002/agree", "/power/planned/O-0002/decline", "/power/units/ups-1", "/power/units/ups-1?period=year", "/power/units/ups-2?period=hour", "/power/units/ups-3",
        "/power/units/ups-4", "/wallboard",
        "/power/commands?unit=ups-1", "/power/commands?unit=ups-2", "/power/commands?unit=ups-3", "/power/commands?unit=ups-4", "/power/commands/UC-0008/confirm", "/power/commands/UC-0008/drop",

        // Climate.
        "/climate", "/climate/sensors", "/climate/sensors/inlet-2", "/climate/sensors/return-1?period=hour", "/climate/sensors/smoke-1", "/climate/sensors/quake-2/end-service",
        "/climate/enrol?panel=bridge-1&source=lan&sender=zigbee2mqtt/rack/R04", "/climate/sensors/wall-dust/take-out", "/failures", "/failures/F-104233", "/climate/fire-equipment", "/climate/plan", "/climate/plan/SP-0002/allow", "/climate/plan/SP-0002/decline",
        "/climate/trends", "/climate/trends?zone=UPS-1&period=year", "/climate/confirm?condition=Quake/SRV-1", "/climate/confirm?condition=Leak/leak-1",
        "/climate/limits", "/climate/limits?place=SRV-1/inlet-2&measure=Temperature", "/climate/limits/CL-0003/allow", "/climate/limits/CL-0003/decline",

        // Alarms.
        "/alarms", "/alarms?area=Power&level=Caution", "/alarms?show=History", "/alarms?show=Figures&month=2026-11", "/alarms/AL-104061", "/alarms/AL-104061/sheet", "/alarms/AL-103001", "/alarms/AL-104070", "/alarms/AL-104061/acknowledge", "/alarms/AL-104040/shelve",
        "/alarms/AL-104040/hand-over", "/alarms/AL-104030/unshelve", "/alarms/contacts", "/alarms/maintenance", "/alarms/maintenance/MT-0002/end",

        // Carrying.
        "/carry", "/carry?q=nobody", "/carry/K-2026-0045", "/carry/K-2026-0043", "/carry/K-2026-0045/sheet", "/carry/K-2026-0045/revoke", "/carry/lists", "/carry/lists/USB-014/remove", "/apply/carry-out", "/apply/carry-in",
        "/reception/carry", "/reception/carry/declare", "/reception/carry/K-2026-0045", "/reception/carry/K-2026-0044",

        // Work.
        "/works", "/works?q=nobody", "/works/W-2026-0152", "/works/W-2026-0151", "/works/W-2026-0150", "/works/W-2026-0148", "/works/W-2026-0152/sheet", "/works/W-2026-0149/sheet", "/apply/work",

        // What passes today, what is open, what is due.
        "/schedule", "/schedule?day=2030-01-01", "/schedule/board", "/schedule/board?kind=move", "/schedule/calendar", "/schedule/calendar?month=2030-01",

        // Notices.
        "/notices", "/notices/N-104233-1", "/notices/N-104228-2",

        // Equipment.
        "/equipment", "/equipment?q=nobody", "/equipment/new", "/equipment/items/AS-00417", "/equipment/items/DOC-0012", "/equipment/items/AS-00417/change", "/equipment/items/AS-00417/label", "/equipment/labels",
        "/moves", "/moves/M-2026-0019", "/moves/M-2026-0018", "/moves/M-2026-0017", "/moves/M-2026-0017/sheet", "/moves/sheet", "/apply/move",
        "/disposals", "/disposals/D-2026-0011", "/disposals/D-2026-0012", "/disposals/D-2026-0013", "/disposals/D-2026-0014", "/disposals/D-2026-0014/sheet", "/offsite", "/transfers",
        "/equipment/bulk", "/equipment/bulk?act=Manager&manager=S-0134", "/equipment/bulk?act=Manager&manager=S-9999", "/equipment/bulk?act=Maintained", "/equipment/import", "/equipment/import/token-1", "/equipment/import/runs/run-1", "/equipment/import/runs/run-2", "/equipment?q=many", "/equipment/export/runs/run-1", "/equipment/export/runs/run-2", "/equipment/export/runs/run-3", "/equipment/export/runs/run-4", "/equipment/export/runs/none",
        "/stocktakes", "/stocktakes/T-2026-0003", "/stocktakes/T-2026-0002", "/stocktakes/T-2026-0001", "/stocktakes/T-2026-0003/count", "/stocktakes/T-2026-0001/sheet",
    ];

    public static TheoryData<string> AllRoutes => [.. Routes];

    [Theory]
    [MemberData(nameof(AllRoutes))]
    public async Task Axe_finds_nothing_and_320_pixels_suffice_with_targets_people_can_hit(string route)
    {
        var (walker, page) = await pages.Walk(await AxeScript());
        walker.Complaints.Clear();
        await page.SetViewportSizeAsync(1280, 800);
        await page.GotoAsync(walker.Address + route);
        Assert.Empty(await Axe(page));

        await page.SetViewportSizeAsync(320, 640);
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth === document.documentElement.clientWidth ? [] : [...document.querySelectorAll('body *')]
              .filter(item => item.getBoundingClientRect().right > document.documentElement.clientWidth && !item.closest('.scroller, .histogram'))
              .map(item => item.outerHTML.slice(0, 120))
            """));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')].filter(item => {
              const box = item.closest('label.tick')?.getBoundingClientRect() ?? item.getBoundingClientRect();
              return box.width > 0 && box.top >= 0 && (box.width < 24 || box.height < 24) && !item.closest('.vh');
            }).map(item => item.outerHTML.slice(0, 120))
            """));
        Assert.DoesNotContain(walker.Complaints, line => !line.Contains("404", StringComparison.Ordinal) && !line.Contains("403", StringComparison.Ordinal));
    }

    // The same words and parts in other colours and another language: every page too, where there is time for it.
    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(AllRoutes))]
    public async Task Axe_finds_nothing_on_any_page_in_the_dark_or_in_English(string route)
    {
        await using var japanese = await pages.Visit(preload: await AxeScript());
        var page = await japanese.Open(route);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Empty(await Axe(page));
        await using var english = await pages.Visit(english: true, preload: await AxeScript());
        Assert.Empty(await Axe(await english.Open(route)));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/entries?q=みのり")]
    [InlineData("/people/new")]
    public async Task Every_tab_stop_is_seen_and_the_first_skips_to_the_content(string route)
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open(route);
        var stops = new List<string>();
        for (var i = 0; i < 80; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var stop = await page.EvaluateAsync<string>(
                """
                () => {
                  const at = document.activeElement;
                  if (!at || at === document.body) return '';
                  const style = getComputedStyle(at), box = at.getBoundingClientRect();
                  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
                  return `${style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 3 ? '' : 'no outline: '}${seen ? '' : 'out of sight: '}${at.tagName} ${at.className} ${at.getAttribute('href') ?? at.id}`;
                }
                """);
            if (stop.Length == 0)
            {
                break;
            }

            stops.Add(stop);
        }

        Assert.StartsWith("A skip #main", stops[0], StringComparison.Ordinal);
        Assert.DoesNotContain(stops, stop => stop.Contains("no outline", StringComparison.Ordinal) || stop.Contains("out of sight", StringComparison.Ordinal));
        Assert.InRange(stops.Count, 10, 80);
    }

    [Fact]
    [Requirement("R-DOOR-07")]
    public async Task A_forced_door_appears_on_an_open_page_and_focus_stays_where_it_was()
    {
        await using var host = await PagesHost.Start();
        await using var visitor = await pages.Visit(host: host);
        var page = await visitor.OpenLive("/");
        await page.FocusAsync("#panels-title + a");
        host.Room.Force();
        await page.WaitForSelectorAsync("article.alert[data-tone=crit]", new() { Timeout = 5_000 });
        await page.WaitForSelectorAsync(".door[data-tone=crit]", new() { Timeout = 5_000 });

        Assert.Equal("/devices", await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')"));
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    [Requirement("R-DOOR-02")]
    public async Task A_new_row_waits_behind_its_button_and_comes_when_asked()
    {
        await using var host = await PagesHost.Start();
        await using var visitor = await pages.Visit(host: host);
        var page = await visitor.OpenLive("/entries");
        host.Room.Badge("S-0102");
        var button = page.GetByText("新しい記録 1件を表示");
        await button.WaitForAsync(new() { Timeout = 5_000 });
        var before = await page.TextContentAsync("table.register tbody tr:first-child");
        await button.ClickAsync();
        await page.WaitForFunctionAsync("() => !document.querySelector('.button-new')");

        Assert.NotEqual(before, await page.TextContentAsync("table.register tbody tr:first-child"));
        Assert.Contains("田中 美咲", await page.TextContentAsync("table.register tbody tr:first-child"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_tabs_share_one_stream()
    {
        await using var host = await PagesHost.Start();
        await using var visitor = await pages.Visit(host: host);
        for (var i = 0; i < 8; i++)
        {
            await visitor.OpenLive("/presence");
        }

        Assert.Equal(1, host.Board.Listeners);
    }

    [Fact]
    public async Task A_page_says_when_it_is_no_longer_live_and_comes_back_by_itself()
    {
        var host = await PagesHost.Start();
        await using var visitor = await pages.Visit(host: host);
        var page = await visitor.OpenLive("/");
        await host.DisposeAsync();
        await page.WaitForSelectorAsync("#stale-bar:not([hidden])", new() { Timeout = 16_000 });
        Assert.Contains("更新が止まっています", await page.TextContentAsync("#stale-bar"), StringComparison.Ordinal);
        Assert.Matches(@"\d\d:\d\d:\d\d", await page.TextContentAsync("#stale-bar [data-last-beat]") ?? "");

        await using var again = await PagesHost.Start(host.Port);
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.live === 'live'", null, new() { Timeout = 40_000 });
        Assert.True(await page.IsHiddenAsync("#stale-bar"));
    }

    [Fact]
    [Requirement("R-ID-08")]
    public async Task A_card_is_reported_lost_without_scripts_only_after_a_reason_and_a_page_that_asks_once_more()
    {
        await using var host = await PagesHost.Start();
        await using var visitor = await pages.Visit(scripts: false, host: host);
        var page = await visitor.Open("/people/S-0102");
        await page.ClickAsync("text=紛失を届け出る");
        Assert.Contains("元に戻すことはできません", await page.TextContentAsync("main"), StringComparison.Ordinal);
        await page.ClickAsync("text=紛失として記録する");
        Assert.Contains("入力してください", await page.TextContentAsync(".problems"), StringComparison.Ordinal);
        await page.FillAsync("#reason", "通勤の途中で落とした");
        await page.ClickAsync("text=紛失として記録する");
        await page.Arrives("**/people/S-0102?done=*");

        Assert.Contains("記録しました", await page.TextContentAsync(".saved"), StringComparison.Ordinal);
        Assert.Contains("紛失", await page.TextContentAsync("table"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("text=紛失を届け出る").CountAsync());
    }

    [Fact]
    public async Task What_was_typed_stays_and_every_mistake_is_said_at_its_field()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/people/new");
        await page.FillAsync("#id", "S-0217");
        await page.FillAsync("#name", "佐土原 二郎");
        await page.ClickAsync("text=登録する >> nth=-1");
        Assert.Equal("佐土原 二郎", await page.InputValueAsync("#name"));
        Assert.Equal("true", await page.GetAttributeAsync("#kana", "aria-invalid"));
        await page.ClickAsync(".problems a[href='#kana']");
        Assert.Equal("kana", await page.EvaluateAsync<string>("() => document.activeElement.id"));

        await page.FillAsync("#kana", "さどわら じろう");
        await page.FillAsync("#sectionOrFirm", "業務課");
        await page.ClickAsync("text=登録する >> nth=-1");
        Assert.Contains("すでに登録されています", await page.TextContentAsync("#id-complaint"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-DOOR-14")]
    public async Task A_lockdown_begins_only_after_it_was_confirmed()
    {
        await using var host = await PagesHost.Start();
        await using var visitor = await pages.Visit(host: host);
        var page = await visitor.Open("/lockdown");
        await page.CheckAsync("input[name=zones][value=SRV-1]");
        await page.SelectOptionAsync("#mandate", "Own");
        await page.FillAsync("#basis", "不審者の通報");
        await page.ClickAsync("text=内容を確認する");
        Assert.Contains("区域封鎖を始めますか", await page.TextContentAsync("h1"), StringComparison.Ordinal);
        Assert.Empty(await host.Room.InForce(default));
        await page.ClickAsync("text=封鎖を始める");
        await page.Arrives("**/lockdown?done=*");

        Assert.Equal("不審者の通報", Assert.Single(await host.Room.InForce(default)).Lockdown.Basis);
        Assert.Contains("未反映: bridge-1", await page.TextContentAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task A_list_shows_its_difference_before_it_is_applied()
    {
        await using var host = await PagesHost.Start();
        await using var visitor = await pages.Visit(host: host);
        var page = await visitor.Open("/people/import");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "名簿.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("person,name\nS-0900,高橋 新\n") });
        await page.ClickAsync("text=変更点を見る");
        Assert.Contains("追加 1件、変更 1件", await page.TextContentAsync("main"), StringComparison.Ordinal);
        Assert.Contains("17:15", await page.TextContentAsync("main table"), StringComparison.Ordinal);
        await page.ClickAsync("button:has-text('取り込む')");
        await page.Arrives("**/people?done=*");
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task A_long_list_shows_how_far_it_is_until_its_difference_is_there_and_can_be_stopped()
    {
        await using var host = await PagesHost.Start();
        await using var visitor = await pages.Visit(host: host);
        var page = await visitor.Open("/people/import");
        var list = new FilePayload { Name = InventedRoom.LongList, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("person,name\nS-0900,高橋 新\n") };
        host.Room.HoldImports = true;
        await page.SetInputFilesAsync("#file", list);
        await page.ClickAsync("text=変更点を見る");
        await page.Arrives("**/people/import/runs/run-1");

        // Nobody touches the page, and the bar goes on.
        await page.WaitForFunctionAsync("() => document.querySelector('progress').value > 5000");
        Assert.Contains("10,000件のうち", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        host.Room.HoldImports = false;
        await page.WaitForSelectorAsync("button:has-text('取り込む')");
        Assert.Contains("追加 1件、変更 1件", await page.InnerTextAsync("main"), StringComparison.Ordinal);

        host.Room.HoldImports = true;
        page = await visitor.Open("/people/import");
        await page.SetInputFilesAsync("#file", list);
        await page.ClickAsync("text=変更点を見る");
        await page.ClickAsync("button:has-text('止める')");
        await page.WaitForSelectorAsync("text=何も変わっていません");
    }

    [Fact]
    public async Task People_are_found_while_somebody_types_and_the_words_an_input_method_still_holds_ask_nothing()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/people");
        var asked = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("q=", StringComparison.Ordinal))
            {
                asked.Add(request.Url);
            }
        };
        var before = await page.InnerTextAsync("#people-count");

        // What an input method does until the word is chosen.
        await page.EvalOnSelectorAsync(
            "input[name=q]",
            """
            field => {
              field.focus();
              field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
              field.value = 'みのr';
              field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
            }
            """);
        await page.EvalOnSelectorAsync(
            "input[name=q]",
            """
            field => {
              field.value = 'みのり';
              field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: 'みのり' }));
            }
            """);
        await page.WaitForFunctionAsync("before => document.querySelector('#people-count').textContent.trim() !== before.trim()", before);
        await page.Arrives("**/people?q=*");

        Assert.Contains("みのり", await page.InnerTextAsync("#people-found"), StringComparison.Ordinal);
        Assert.Equal("みのり", await page.InputValueAsync("input[name=q]"));
        Assert.True(await page.EvalOnSelectorAsync<bool>("input[name=q]", "field => document.activeElement === field"));
        Assert.EndsWith($"q={Uri.EscapeDataString("みのり")}", page.Url, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(asked, url => url.Contains(Uri.EscapeDataString("みのr"), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    [Requirement("R-DOOR-02")]
    public async Task The_register_prints_as_a_landscape_sheet_with_its_head_on_every_page()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/entries?rows=100");
        var file = Path.Combine(Path.GetTempPath(), $"roomguard-{Guid.NewGuid():N}.pdf");
        try
        {
            await page.PdfAsync(new() { Path = file, PreferCSSPageSize = true });
            var text = await Tool("pdftotext", "-layout", file, "-");
            var info = await Tool("pdfinfo", file);

            Assert.Contains("令和8年11月21日", text, StringComparison.Ordinal);
            Assert.Contains("確認者", text, StringComparison.Ordinal);
            var sheets = text.Split('\f', StringSplitOptions.RemoveEmptyEntries);
            Assert.InRange(sheets.Length, 2, 8);
            Assert.All(sheets, sheet => Assert.Contains("記録番号", sheet, StringComparison.Ordinal));
            Assert.Equal(100, Enumerable.Range(103_900, 300).Count(n => text.Contains($" {n} ", StringComparison.Ordinal) || text.Contains($"\n{n} ", StringComparison.Ordinal)));
            Assert.DoesNotContain("絞り込み", text, StringComparison.Ordinal);
            Assert.Contains("841.", info, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_form_from_elsewhere_changes_nothing()
    {
        await using var host = await PagesHost.Start();
        using var client = host.Client();
        using var form = new FormUrlEncodedContent([new("reason", "x")]);
        using var answer = await client.PostAsync(new Uri("/cards/K-S-0217/lost", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(Core.People.CredentialState.Active, (await host.Room.Person(new("S-0217"), default))!.Cards[0].Card.State);
    }

    [Fact]
    public async Task A_name_that_is_not_this_machine_gets_nothing()
    {
        using var client = pages.Host.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/people");
        request.Headers.Host = "rebound.example";
        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.DoesNotContain("みのり", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_carries_its_policy_and_is_kept_by_nobody()
    {
        using var client = pages.Host.Client();
        foreach (var route in Routes)
        {
            using var answer = await client.GetAsync(new Uri(route, UriKind.Relative));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl?.NoStore, route);
        }
    }

    [Fact]
    public async Task What_fails_gives_a_number_and_no_details()
    {
        await using var host = await PagesHost.Start();
        host.Room.Broken = true;
        using var client = host.Client();
        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Matches("<b>[0-9A-F]{8}</b>", text);
        Assert.DoesNotContain("The store is away", text, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-LOG-07")]
    public async Task Writing_the_register_out_is_itself_recorded_with_count_and_digest()
    {
        await using var host = await PagesHost.Start();
        using var client = host.Client();
        var bytes = await client.GetByteArrayAsync(new Uri("/entries.csv?result=Denied", UriKind.Relative));

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var (query, count, sha256) = Assert.Single(host.Room.Exports);
        Assert.Equal("/entries.csv?result=Denied", query);
        Assert.Equal(lines.Length - 1, count);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), sha256);
    }

    [Fact]
    public async Task Pages_walk_the_whole_register_back_and_forth_without_losing_a_row()
    {
        await using var visitor = await pages.Visit(scripts: false);
        var page = await visitor.Open("/entries");
        var seen = new List<string>();
        while (true)
        {
            seen.AddRange(await page.Locator("table.register tbody td:last-child").Or(page.Locator("table.register tbody th a")).EvaluateAllAsync<string[]>(
                "items => items.filter(item => item.tagName === 'A').map(item => item.getAttribute('href'))"));
            var older = page.Locator(".paging a", new() { HasText = "古い50件" });
            if (await older.CountAsync() == 0)
            {
                break;
            }

            await older.ClickAsync();
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        await page.ClickAsync(".paging a:has-text('新しい50件')");
        await page.ClickAsync(".paging a:has-text('最新')");
        Assert.Equal(seen[0], await page.Locator("table.register tbody th a").First.GetAttributeAsync("href"));
    }

    [Fact]
    public async Task An_empty_site_teaches_what_comes_next()
    {
        await using var host = await PagesHost.Start(empty: true);
        await using var visitor = await pages.Visit(host: host);
        foreach (var (route, words) in new[] { ("/", "roomguard panel-code"), ("/entries", "読取装置にカードをかざすと"), ("/people", "まだ誰も登録されていません"), ("/cards", "まだカードがありません"), ("/devices", "join") })
        {
            Assert.Contains(words, await (await visitor.Open(route)).TextContentAsync("main"), StringComparison.Ordinal);
        }

        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Language_and_colours_are_kept_and_lead_back_to_the_page()
    {
        await using var visitor = await pages.Visit();
        var page = await visitor.Open("/entries?result=Denied");
        await page.ClickAsync(".person-menu summary");
        await page.ClickAsync("a[lang=en]");
        Assert.EndsWith("/entries?result=Denied", page.Url, StringComparison.Ordinal);
        Assert.Equal("Entry register", await page.TextContentAsync("h1"));
        await page.ClickAsync(".person-menu summary");
        await page.ClickAsync(".person-menu-box >> text=Dark");
        Assert.Equal("dark", await page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).colorScheme"));
    }

    [Fact]
    [Trait("Category", "Screenshots")]
    public async Task Screenshots_are_made_where_they_are_wanted()
    {
        var folder = Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS") is { Length: > 0 } wanted ? wanted : Path.Combine(AppContext.BaseDirectory, "screenshots");
        Directory.CreateDirectory(folder);
        (string Name, string Route)[] shots =
        [
            ("now", "/"), ("entries", "/entries"), ("entry", "/entries/104094"), ("presence", "/presence"), ("devices", "/devices"), ("people", "/people"),
            ("person", "/people/S-0217"), ("lost-card", "/cards/K-S-0217/lost"), ("lockdown", "/lockdown"),
            ("questions", "/presence/questions"), ("correct", "/presence/correct?q=104061"), ("own-question", "/me/presence/104070"), ("map", "/map"), ("timeline", "/entries/104098/timeline?minutes=30"), ("modes", "/modes"), ("escort", "/escort"),
        ];
        foreach (var (width, height) in new[] { (1280, 800), (360, 740) })
        {
            await using var visitor = await pages.Visit(width, height);
            foreach (var (name, route) in shots)
            {
                var page = await visitor.OpenLive(route);
                var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{width}.png"));
                await page.ScreenshotAsync(new() { Path = file });
                Assert.True(new FileInfo(file).Length > 5_000, file);
                await page.CloseAsync();
            }
        }
    }

    /// <param name="within">A selector; the whole page unless told.</param>
    internal static async Task<string[]> Axe(IPage page, string within = "html") => await page.EvaluateAsync<string[]>(
        """
        async within => {
          const found = await window.axe.run(within === 'html' ? document : within, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] });
          return found.violations.map(item => `${item.id}: ${item.nodes.map(node => node.html.slice(0, 160)).slice(0, 3).join(' | ')}`);
        }
        """,
        within);

    private static async Task<string> Tool(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return text;
    }

    internal static Task<string> AxeScript() => File.ReadAllTextAsync(Path.Combine(Root(), "dashboard", "ui", "node_modules", "axe-core", "axe.min.js"));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RoomGuard.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("RoomGuard.sln is above no folder of the tests.");
        }

        return folder.FullName;
    }
}
