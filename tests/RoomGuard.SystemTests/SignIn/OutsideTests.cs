using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.SignIn;

/// <summary>Signing in from outside the site's networks, over real HTTP: this machine is outside, because the site says where it is.</summary>
public sealed class OutsideTests : IAsyncLifetime
{
    private const string Account = "takahashi";
    private RunningOffice office = null!;

    private ServiceRecord Record => office.Parts.GetRequiredService<ServiceRecord>();

    public async Task InitializeAsync() => office = await RunningOffice.StartAsync(overrides: ["signIn.inside=[\"10.20.0.0/16\"]"]);

    public async Task DisposeAsync() => await office.DisposeAsync();

    [Fact]
    [Requirement("R-SIGN-14")]
    public async Task From_outside_nobody_signs_in_until_it_is_allowed_and_it_ends_with_the_permission()
    {
        using var browser = SignedInClient.Stranger(office.Pages);
        using (var refused = await browser.PostAsync("/sign-in/invented", [("account", Account)], "/sign-in"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Contains("庁外のネットワークからは使えません", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var person = Record.Readers.AskNow(db => OperatorsView.AccountNamed(db, Account))!.Person;
        var failed = Assert.Single(Record.Read(0, 100_000).Select(entry => RecordViews.ItemOf(entry).Event).OfType<SignInFailed>());
        Assert.Equal(SignInFault.Outside, failed.Fault);

        var now = TimeProvider.System.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Record.TimeZone).DateTime);
        await Record.AppendAsync(new RemoteAccessAllowed(now, "P-2026-0900", person, "貸出端末 N-12、自宅", today, today.AddDays(2), "障害対応", "S-0102"), default);
        using var client = await office.AsAsync(Account);
        using (var page = await client.GetAsync("/me"))
        {
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        // Taken back: the open session is worth nothing with the next request.
        await Record.AppendAsync(new RemoteAccessEnded(now, "P-2026-0900", person, "端末の返却", "S-0102"), default);
        using var after = await client.GetAsync("/me");
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
        Assert.StartsWith("/sign-in", after.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }
}
