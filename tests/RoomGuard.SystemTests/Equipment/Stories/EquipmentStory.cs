using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RoomGuard.Core.Doors;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Record;
using RoomGuard.Service.Work;
using RoomGuard.SystemTests.Operators;
using RoomGuard.SystemTests.Site;
using Xunit;

namespace RoomGuard.SystemTests.Equipment.Stories;

/// <summary>
/// A story of equipment as people live it: each goes there by the menu and by links, fills the form in and presses its button; at every step a wrong one tries first and is refused
/// with the reason, the requirement and its clause, and nothing happens. Open for inheritance by the stories.
/// </summary>
[Collection(StoryCollection.Name)]
public abstract partial class EquipmentStory(StoryOffice office) : IAsyncLifetime
{
    // What the record may gain meanwhile: that somebody was refused or signed in, and what the controller does by itself.
    private static readonly ImmutableHashSet<string> OfRefusals =
        ["act.refused", "carry.refused", "work.refused", "session.begun", "session.ended", "alarm.noticed", "notice.sent", "notice.given-up", "list.published", "case.reminded", "case.escalated", "case.lapsed"];

    /// <summary>The office.</summary>
    protected StoryOffice Story => office;

    /// <inheritdoc/>
    public Task InitializeAsync() => office.Begin();

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Assert.Empty(office.Office.Failures);
        return Task.CompletedTask;
    }

    /// <summary>Somebody finds their way: an entry of the menu, then links of the pages, each by where it leads or by its words.</summary>
    protected async Task<IPage> Goes(string account, string menu, params string[] way)
    {
        var page = await office.As(account);
        var group = page.Locator($".menu-group:not([open]):has(a[href='{menu}']) summary");
        if (await group.CountAsync() > 0)
        {
            await group.ClickAsync();
        }

        await Follows(page, page.Locator($"nav.menu a[href='{menu}']"), menu);
        foreach (var link in way)
        {
            await Follows(page, link.StartsWith('/') ? page.Locator($"main a[href^='{link}']") : page.Locator("main a", new() { HasTextString = link }), link);
        }

        return page;
    }

    /// <summary>Somebody fills in a form of the page they are on and sends it off, and it is done.</summary>
    /// <param name="act">Where the form leads.</param>
    protected async Task<IPage> Does(string account, string act, params (string Name, string Value)[] fields)
    {
        var page = await office.As(account);
        Assert.True(await page.Locator(Form(act)).CountAsync() > 0, $"{account} is not offered {act} at {page.Url}:\n{await page.InnerTextAsync("main")}");
        var status = await Arrives(page, () => Press(page, act, fields));
        Assert.True(status == 200 && await page.Locator(".problems, .confirm .refusal").CountAsync() == 0, $"{account} {act}: {status} {await page.InnerTextAsync("main")}");
        return page;
    }

    /// <summary>
    /// A wrong one, or the right one too early, tries: by the button where the page has it, else by a form of their own making with everything right but the person. The answer
    /// is the refusal with its rule and clause; the record gains nothing else; what was typed is still there.
    /// </summary>
    /// <param name="at">The page it would be done on.</param>
    protected async Task Refused(string account, string at, string act, string rule, params (string Name, string Value)[] fields)
    {
        var page = await office.As(account);
        await page.GotoAsync(Address(at), Soon);
        var before = office.Record.Size;
        var offered = await page.Locator(Form(act)).CountAsync() > 0;
        var status = await Arrives(page, () => offered ? Press(page, act, fields) : Send(page, act, fields));
        var said = await page.InnerTextAsync("main");
        var what = $"{account} {act}: {status} at {page.Url}\n{said}";
        Assert.True(status is 403 or 422, what);

        // A page says the reason in words, the rule and the clause; a refusal of the person says who may as well.
        Assert.True(Regex.IsMatch(said, $@"{Regex.Escape(rule)} ?\(?第[12]章[0-9]"), what);
        Assert.True(await page.Locator(status is 403 ? ".confirm .refusal p" : ".problems li").First.InnerTextAsync() is { Length: > 12 }, what);
        Assert.True(status is 422 || await page.Locator(".confirm .refusal dt").CountAsync() >= 2, what);
        NothingHappened(before, what);
        foreach (var (name, value) in status is 422 ? fields : [])
        {
            var field = page.Locator($"{Form(act)} :is(input:not([type=checkbox], [type=hidden]), textarea)[name='{name}']");
            Assert.True(await field.CountAsync() == 0 || await field.First.InputValueAsync() == value, $"{name} is not kept. {what}");
        }
    }

    /// <summary>Somebody tries what is none of their business at all: there is nothing of the kind for them, and nothing happens.</summary>
    /// <param name="at">The page.</param>
    protected async Task Hidden(string account, string at, string act, params (string Name, string Value)[] fields)
    {
        var page = await office.As(account);
        var before = office.Record.Size;
        var answer = await page.GotoAsync(Address(at), Soon);
        Assert.True(answer!.Status == 404, $"{account} {at}: {answer.Status}");
        var status = await Arrives(page, () => Send(page, act, fields));
        Assert.True(status == 404, $"{account} {act}: {status} {await page.InnerTextAsync("main")}");
        NothingHappened(before, $"{account} {act}");
    }

    /// <summary>What a page says below its menu.</summary>
    protected async Task<string> Says(string account) => await (await office.As(account)).InnerTextAsync("main");

    /// <summary>Prints a sheet as the auditor who came to it by links, and reads the paper back.</summary>
    protected async Task<Paper> Prints(string name, string menu, params string[] way)
    {
        var page = await Goes("takaharu", menu, way);
        var links = await page.Locator(".sheet a[href^='/entries/']").EvaluateAllAsync<string[]>("all => all.map(link => link.getAttribute('href'))");
        var file = Path.Combine(Path.GetTempPath(), $"roomguard-{Guid.NewGuid():N}.pdf");
        try
        {
            await page.PdfAsync(new() { Path = file, PreferCSSPageSize = true });
            if (Pictures is { } folder)
            {
                File.Copy(file, Path.Combine(folder, $"{name}.pdf"), overwrite: true);
            }

            // As it lies on the paper; and in the order it was set, where a cell that breaks its lines is in one piece.
            return new($"{await Read("-layout", file)}\n{await Read("-raw", file)}", [.. links.Select(link => long.Parse(link.Split('/')[^1], CultureInfo.InvariantCulture)).Distinct()]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Each link of a sheet leads to an entry of the record; the auditor opens the first and the last.</summary>
    protected async Task Lead(Paper paper, params string[] kinds)
    {
        Assert.All(paper.Entries, n => Assert.Matches($"(?<![0-9]){n}(?![0-9])", paper.Text));
        Assert.Equal(kinds.Order(StringComparer.Ordinal), paper.Entries.Select(n => office.Record.Read(n, 1)[0].Kind).Distinct().Order(StringComparer.Ordinal));
        foreach (var n in new[] { paper.Entries[0], paper.Entries[^1] })
        {
            var page = await office.As("takaharu");
            var answer = await page.GotoAsync(Address($"/entries/{n}"), Soon);
            Assert.Equal(200, answer!.Status);
            Assert.Contains($"{n}", (await page.InnerTextAsync("main")).Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    /// <summary>Pictures of the page somebody is on, for people to look at, where ROOMGUARD_SCREENSHOTS names a folder.</summary>
    protected async Task Shot(string account, string name)
    {
        if (Pictures is not { } folder)
        {
            return;
        }

        var page = await office.As(account);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"story-{name}.png"), FullPage = true });
        await page.SetViewportSizeAsync(360, 780);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"story-{name}-narrow.png"), FullPage = true });
        await page.SetViewportSizeAsync(1280, 860);
    }

    /// <summary>The door tells that somebody went in; doors themselves are walked over the running site.</summary>
    protected Task<long> Enters(string person) => office.Record.AppendAsync(new PersonEntered(office.Now, new("SRV-1"), new("SRV-1-D1"), new(person)), default);

    /// <summary>The door tells that somebody left.</summary>
    protected Task<long> Leaves(string person) => office.Record.AppendAsync(new PersonLeft(office.Now, new("SRV-1"), new("SRV-1-D1"), new(person), null), default);

    /// <summary>An application sent off from its form, found by the menu; gives its number.</summary>
    /// <param name="from">The page with the way to the form.</param>
    protected async Task<string> Applies(string account, string from, string kind, params (string, string)[] fields)
    {
        await Goes(account, from, $"/apply/{kind}");
        var page = await Does(account, $"/apply/{kind}", fields);
        Assert.Matches("/cases/[PE]-[0-9-]+", page.Url);
        return await page.InnerTextAsync("h1 .id");
    }

    /// <summary>Says yes to an application, from the inbox.</summary>
    protected async Task Allows(string account, string application)
    {
        await Goes(account, "/approvals", $"/cases/{application}/allow");
        await Does(account, $"/cases/{application}/allow");
    }

    /// <summary>An item is put into the register by its form.</summary>
    protected async Task Registers(string account, string tag, params (string Name, string Value)[] more)
    {
        await Goes(account, "/equipment", "/equipment/new");
        await Does(account, "/equipment/new", Item(tag, more));
    }

    /// <summary>Items that were there before the story begins.</summary>
    protected async Task Had(params (string Tag, (string Name, string Value)[] More)[] items)
    {
        using var client = await office.Office.AsAsync("aya");
        foreach (var (tag, more) in items)
        {
            using var answer = await client.PostAsync("/equipment/new", Item(tag, more));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }
    }

    private static (string Name, string Value)[] Item(string tag, (string Name, string Value)[] more) =>
        [.. CaseWalk.Item(tag).Where(field => more.All(one => one.Name != field.Item1)), .. more];

    /// <summary>The official columns of a sheet by docs/requirements.md (d), with those every sheet ends with.</summary>
    /// <param name="sheet">Its name in code, e.g. <c>MoveRecord</c>.</param>
    protected static ImmutableArray<string> Columns(string sheet)
    {
        var columns = File.ReadLines(Path.Combine(RunScript.Root, "docs", "requirements.md"))
            .SkipWhile(line => !(line.StartsWith("### ", StringComparison.Ordinal) && line.Contains($"({sheet})", StringComparison.Ordinal)))
            .Skip(1).TakeWhile(line => !line.StartsWith('#')).Where(line => line.StartsWith('|')).Skip(2).Select(line => line.Split('|')[1].Trim()).ToImmutableArray();
        Assert.True(columns.Length > 10, sheet);
        return [.. columns, .. Tail];
    }

    /// <summary>What every sheet carries at its end.</summary>
    protected static ImmutableArray<string> Tail { get; } = ["組織名", "拠点", "重要性分類", "運用区分の版", "訓練", "証跡番号", "検査値", "発行日時", "発行者"];

    // Forms and links stand there as soon as the page is read; what scripts add is comfort.
    private static PageGotoOptions Soon => new() { WaitUntil = WaitUntilState.DOMContentLoaded };

    private static string? Pictures => Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    private string Address(string path) => new Uri(office.Office.Pages, path).ToString();

    private static string Form(string act) => $"main form[action='{act}']";

    private void NothingHappened(long before, string what)
    {
        var written = office.Record.Read(before, 50).Select(entry => entry.Kind).Where(kind => !OfRefusals.Contains(kind)).ToList();
        Assert.True(written.Count == 0, $"{string.Join(", ", written)} was written. {what}");
    }

    private static async Task Follows(IPage page, ILocator link, string what)
    {
        Assert.True(await link.CountAsync() > 0, $"No way to {what} from {page.Url}:\n{await page.InnerTextAsync("body")}");
        await Arrives(page, () => link.First.ClickAsync());
    }

    // The next page stands there whole, and not the one before it.
    private static async Task<int> Arrives(IPage page, Func<Task> act)
    {
        await page.EvaluateAsync("() => { window.roomguardBefore = true; }");
        var answer = await page.RunAndWaitForResponseAsync(act, found => found.Request.IsNavigationRequest && found.Frame == page.MainFrame && found.Status is < 300 or >= 400);
        await page.WaitForFunctionAsync("() => !window.roomguardBefore && document.readyState !== 'loading'");
        return answer.Status;
    }

    private static async Task Press(IPage page, string act, (string Name, string Value)[] fields)
    {
        var form = page.Locator(Form(act)).First;
        ILocator? button = null;
        foreach (var group in fields.GroupBy(field => field.Name))
        {
            var (name, value) = group.First();
            if (await form.Locator($"button[name='{name}']").CountAsync() > 0)
            {
                button = form.Locator($"button[name='{name}'][value='{value}']");
                continue;
            }

            var control = form.Locator($"[name='{name}']:not([type=hidden])");
            if (await control.CountAsync() == 0)
            {
                continue;
            }

            switch (await control.First.EvaluateAsync<string>("control => control.tagName === 'SELECT' ? 'select' : control.type"))
            {
                case "select":
                    await control.First.SelectOptionAsync(value);
                    break;
                case "checkbox":
                    foreach (var (_, tick) in group)
                    {
                        await form.Locator($"[name='{name}'][value='{tick}']").SetCheckedAsync(true);
                    }

                    break;
                default:
                    await control.First.FillAsync(value);
                    break;
            }
        }

        await (button ?? form.Locator("button[type=submit]")).First.ClickAsync();
    }

    // Their own session and token, the newest version: only the person is wrong.
    private async Task Send(IPage page, string act, (string Name, string Value)[] fields) => await page.EvaluateAsync(
        """
        ([act, fields]) => {
          const form = document.createElement('form');
          form.method = 'post';
          form.action = act;
          const token = document.querySelector('input[name=__RequestVerificationToken]').value;
          for (const [name, value] of [...fields, ['__RequestVerificationToken', token]]) {
            const input = document.createElement('input');
            input.type = 'hidden';
            input.name = name;
            input.value = value;
            form.append(input);
          }
          document.body.append(form);
          form.submit();
        }
        """,
        new object[] { act, fields.Append(("v", $"{Version(act)}")).Select(field => new[] { field.Item1, field.Item2 }).ToArray() });

    private int Version(string act)
    {
        var parts = act.Split('/');
        return office.Record.Readers.AskNow(db => parts switch
        {
            [_, "moves", var id, _] => MovesView.One(db, new(id))?.Version,
            [_, "works", var id, _] => WorkView.Dossier(db, new(id))?.Version,
            [_, "carry", var id, _] => CarryView.Dossier(db, new(id))?.Version,
            [_, "reception", "carry", var id, _] => CarryView.Dossier(db, new(id))?.Version,
            [_, "disposals", var id, _] => DisposalsView.One(db, new(id))?.Version,
            [_, "stocktakes", var id, _] => StocktakesView.One(db, new(id))?.Version,
            [_, "cases", var id, _] => CasesView.Dossier(db, new(id))?.Version,
            _ => 0,
        }) ?? 0;
    }

    private static async Task<string> Read(string how, string file)
    {
        using var process = Process.Start(new ProcessStartInfo("pdftotext", [how, file, "-"]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return text;
    }
}

/// <summary>A printed sheet, read back.</summary>
/// <param name="Text">What <c>pdftotext</c> finds on it.</param>
/// <param name="Entries">The entries of the record its links lead to.</param>
public sealed partial record Paper(string Text, ImmutableArray<long> Entries)
{
    private readonly string narrow = Narrow(Text);

    /// <summary>All of it stands on the paper, whatever the lines it breaks into.</summary>
    public void Shows(IEnumerable<string> words)
    {
        var missing = words.Where(one => !narrow.Contains(Narrow(one), StringComparison.Ordinal)).ToList();
        Assert.True(missing.Count == 0, $"Not on the paper: {string.Join(" | ", missing)}\n{Text}");
    }

    private static string Narrow(string text) => Blank().Replace(text.Normalize(NormalizationForm.FormKC), "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
