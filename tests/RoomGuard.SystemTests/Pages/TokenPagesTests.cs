using Xunit;

namespace RoomGuard.SystemTests.Pages;

/// <summary>The pages about tokens of the API, in a browser without scripts.</summary>
public class TokenPagesTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    [Fact]
    public async Task A_token_is_made_and_taken_by_forms_alone_and_every_mistake_is_said()
    {
        var folder = Environment.GetEnvironmentVariable("ROOMGUARD_SCREENSHOTS") is { Length: > 0 } wanted ? wanted : Path.Combine(AppContext.BaseDirectory, "screenshots");
        Directory.CreateDirectory(folder);
        foreach (var width in new[] { 1280, 360 })
        {
            await using var visitor = await pages.Visit(width, 800, scripts: false);
            var page = await visitor.Open("/tokens");
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"tokens-{width}.png"), FullPage = true });
            await page.ClickAsync("text=トークンを作る");
            await page.FillAsync("#account", "nobody");
            await page.ClickAsync("button:has-text('作る')");
            Assert.Contains("入力してください", await page.TextContentAsync(".problems"), StringComparison.Ordinal);
            Assert.Equal("nobody", await page.InputValueAsync("#account"));
            await page.FillAsync("#name", "庁内ポータル");
            await page.FillAsync("#account", "hinata");
            await page.CheckAsync("input[name=scopes][value='presence:read']");
            await page.FillAsync("#reason", "在室者数の表示");
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"token-new-{width}.png"), FullPage = true });
            await page.ClickAsync("button:has-text('作る')");
            Assert.Contains("記録しました", await page.TextContentAsync(".saved"), StringComparison.Ordinal);
            await page.ClickAsync("button:has-text('受け取る')");
            Assert.StartsWith("roomguard_T-0004_", await page.TextContentAsync(".secret code"), StringComparison.Ordinal);
            Assert.Contains("/api/v1", await page.TextContentAsync("main"), StringComparison.Ordinal);
            Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"token-secret-{width}.png"), FullPage = true });
            await page.ClickAsync("text=トークンの一覧に戻る");
            await page.ClickAsync("tr:has-text('人事給与システム') >> a:has-text('終わらせる')");
            Assert.Contains("元に戻せません", await page.TextContentAsync("main"), StringComparison.Ordinal);
        }
    }
}
