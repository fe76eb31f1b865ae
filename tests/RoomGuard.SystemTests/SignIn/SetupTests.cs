using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Service.Record;
using RoomGuard.Service.SignIn;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.SignIn;

/// <summary>The first start of a real site, over HTTPS, with the code on the terminal.</summary>
public sealed partial class SetupTests : IAsyncLifetime
{
    private RunningOffice office = null!;

    public async Task InitializeAsync() =>
        office = await RunningOffice.StartAsync(overrides: ["site.environment=Production", "listen.dashboardHttp=null", "signIn=null"], people: false);

    public async Task DisposeAsync() => await office.DisposeAsync();

    private SetupDesk Desk => office.Parts.GetRequiredService<SetupDesk>();

    [Fact]
    [Requirement("R-SIGN-12")]
    public async Task Two_administrators_are_made_with_the_code_and_nothing_else_opens_before()
    {
        using var client = SignedInClient.Stranger(office.SecurePages);
        foreach (var page in new[] { "/", "/entries", "/sign-in", "/people" })
        {
            using var answer = await client.GetAsync(page);
            Assert.Equal("/setup", answer.Headers.Location?.OriginalString);
        }

        var code = Desk.NewCode();
        using (var wrong = await client.PostAsync("/setup/code", [("code", "aaaaa-aaaaa-aaaaa-aaaaa")], "/setup"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        // Without the code the site tells nothing and makes nobody.
        Assert.DoesNotContain("サーバ室", WebUtility.HtmlDecode(await client.Http.GetStringAsync(new Uri("/setup", UriKind.Relative))), StringComparison.Ordinal);
        using (var barred = await client.PostAsync("/setup/administrator", Administrator("S-0001", "aoi"), "/setup"))
        {
            Assert.Equal("/setup", barred.Headers.Location?.OriginalString);
            Assert.Empty(Desk.Administrators());
        }

        using (await client.PostAsync("/setup/code", [("code", code.ToUpperInvariant())], "/setup"))
        {
        }

        await MakeAsync(client, "S-0001", "aoi.yama");
        Assert.True(Desk.Needed);
        using (var again = await client.PostAsync("/setup/administrator", Administrator("S-0001", "other"), "/setup"))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        }

        // Left and taken up again with the code of another start.
        using var later = SignedInClient.Stranger(office.SecurePages);
        using (await later.PostAsync("/setup/code", [("code", Desk.NewCode())], "/setup"))
        {
        }

        await MakeAsync(later, "S-0002", "kawa.haru");
        Assert.False(Desk.Needed);
        using (var over = await later.GetAsync("/setup"))
        {
            Assert.Equal("/sign-in", over.Headers.Location?.OriginalString);
        }

        var record = office.Parts.GetRequiredService<ServiceRecord>();
        var facts = record.Read(0, 1000).Select(entry => RecordViews.ItemOf(entry).Event).ToList();
        Assert.Equal(2, Assert.Single(facts.OfType<SiteSetUp>()).Administrators);
        Assert.Equal([Role.SupervisingOfficer, Role.SystemManager], facts.OfType<RoleHeld>().Select(fact => fact.Holding.Role));
        Assert.DoesNotContain(record.Read(0, 1000), entry => System.Text.Encoding.UTF8.GetString(entry.Payload!).Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("R-SIGN-12")]
    public async Task An_old_code_and_the_invented_people_open_nothing()
    {
        var old = Desk.NewCode();
        _ = Desk.NewCode();
        using var client = SignedInClient.Stranger(office.SecurePages);
        using var answer = await client.PostAsync("/setup/code", [("code", old)], "/setup");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);

        using var invented = await client.PostAsync("/sign-in/invented", [("account", "hinata")], "/setup");
        Assert.Equal(HttpStatusCode.Unauthorized, invented.StatusCode);
    }

    private static (string, string)[] Administrator(string person, string signInName) =>
        [("person", person), ("personName", "山 葵"), ("kana", "やま あおい"), ("section", "情報政策課"), ("signInName", signInName)];

    private static async Task MakeAsync(SignedInClient client, string person, string signInName)
    {
        using (var made = await client.PostAsync("/setup/administrator", Administrator(person, signInName), "/setup"))
        {
            Assert.Equal("/me/sign-in", made.Headers.Location?.OriginalString);
        }

        var page = WebUtility.HtmlDecode(await client.Http.GetStringAsync(new Uri("/me/sign-in", UriKind.Relative)));
        var secret = Base32(Secret().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));
        using var set = await client.PostAsync(
            "/me/sign-in/password",
            [("password", "a quiet river stone"), ("again", "a quiet river stone"), ("sealed", Sealed().Match(page).Groups[1].Value), ("code", Totp.Code(secret, Totp.StepAt(TimeProvider.System.GetUtcNow())))],
            "/me/sign-in");
        Assert.Equal(HttpStatusCode.Redirect, set.StatusCode);
    }

    internal static byte[] Base32(string text)
    {
        var bits = string.Concat(text.Select(sign => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(sign, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }

    [GeneratedRegex("code-secret\">([A-Z2-7 ]+)<")]
    private static partial Regex Secret();

    [GeneratedRegex("name=\"sealed\" value=\"([^\"]+)\"")]
    private static partial Regex Sealed();
}
