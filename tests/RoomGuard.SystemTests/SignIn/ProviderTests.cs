using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.SignIn;

/// <summary>Signing in by a town's identity provider, against one that runs here and shares nothing with the service.</summary>
public sealed class ProviderTests : IAsyncLifetime
{
    private TownProvider provider = null!;
    private RunningOffice office = null!;
    private TurnedTime time = null!;

    public async Task InitializeAsync()
    {
        (provider, time) = (await TownProvider.StartAsync(), new TurnedTime());
        office = await RunningOffice.StartAsync(time, [
            "signIn.provider=" + new JsonObject { ["issuer"] = provider.Issuer, ["clientId"] = "roomguard", ["label"] = "庁内認証", ["labelEn"] = "Town sign-in" }.ToJsonString(),
        ]);
    }

    public async Task DisposeAsync()
    {
        await office.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task A_person_signs_in_by_the_towns_provider_and_comes_back_to_where_they_wanted()
    {
        using var client = SignedInClient.Stranger(office.Pages);
        Assert.Contains("庁内認証でサインイン", await (await client.GetAsync("/sign-in")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var end = await Walk(client, "/sign-in/provider?return=/entries");

        Assert.Equal((HttpStatusCode.Redirect, "/entries"), (end.StatusCode, end.Headers.Location!.OriginalString.TrimStart('~')));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/entries")).StatusCode);
        var begun = Facts().OfType<SignedIn>().Last();
        Assert.Equal((SignInMethod.Provider, "S-0102"), (begun.Method, begun.Person.Value));
    }

    [Theory]
    [InlineData("nonce", "\"another\"")]
    [InlineData("aud", "\"another\"")]
    [InlineData("iss", "\"https://login.elsewhere.example\"")]
    [InlineData("exp", "1000")]
    [InlineData("amr", "[\"pwd\"]")]
    [InlineData("preferred_username", "\"nobody\"")]
    [InlineData("preferred_username", "\"miyakonojo.admin\"")]
    [InlineData("preferred_username", "\"x' OR 1=1 --\"")]
    [Requirement("R-SIGN-13")]
    public async Task What_does_not_hold_signs_nobody_in_and_stands_in_the_record(string claim, string value)
    {
        provider.Bend = claims => claims[claim] = JsonNode.Parse(value);
        using var client = SignedInClient.Stranger(office.Pages);
        using var end = await Walk(client, "/sign-in/provider");

        Assert.Equal(HttpStatusCode.Unauthorized, end.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/me")).StatusCode);
        Assert.Contains(Facts(), fact => fact is SignInFailed { Fault: SignInFault.WrongProviderWord });
        Assert.DoesNotContain(Facts(), fact => fact is SignedIn);
    }

    [Fact]
    public async Task An_answer_counts_once_and_only_in_the_browser_that_asked()
    {
        using var client = SignedInClient.Stranger(office.Pages);
        using var stranger = SignedInClient.Stranger(office.Pages);
        var back = await ToProvider(client, "/sign-in/provider");
        using (var elsewhere = await stranger.GetAsync(back))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
        }

        // Whoever tried it in another browser has used it up.
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(back)).StatusCode);
        back = await ToProvider(client, "/sign-in/provider");
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync(back)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(back)).StatusCode);
        Assert.Equal(1, provider.TokensGiven);

        back = await ToProvider(client, "/sign-in/provider");
        time.Turn(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(back)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/sign-in/provider/back?state=x&code=y")).StatusCode);
    }

    [Fact]
    public async Task A_provider_that_changes_its_key_is_followed_and_another_providers_answer_is_not_taken()
    {
        using var client = SignedInClient.Stranger(office.Pages);
        Assert.Equal(HttpStatusCode.Redirect, (await Walk(client, "/sign-in/provider")).StatusCode);
        provider.Rekey();
        time.Turn(TimeSpan.FromSeconds(61));
        using var other = SignedInClient.Stranger(office.Pages);
        Assert.Equal(HttpStatusCode.Redirect, (await Walk(other, "/sign-in/provider")).StatusCode);

        provider.SaysIssuer = "https://login.elsewhere.example";
        using var mixed = SignedInClient.Stranger(office.Pages);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Walk(mixed, "/sign-in/provider")).StatusCode);
        provider.SaysIssuer = provider.Issuer;
        Assert.Equal(HttpStatusCode.Redirect, (await Walk(mixed, "/sign-in/provider")).StatusCode);
    }

    [Fact]
    public async Task A_provider_that_is_away_closes_no_other_way_in()
    {
        await provider.StopAsync();
        using var client = SignedInClient.Stranger(office.Pages);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/sign-in/provider")).StatusCode);
        using var invented = await office.AsAsync("aya");
        Assert.Equal(HttpStatusCode.OK, (await invented.GetAsync("/me")).StatusCode);
    }

    [Fact]
    [Requirement("R-DOOR-14")]
    public async Task An_act_at_doors_asks_the_provider_anew_and_only_the_same_person_confirms()
    {
        using var client = SignedInClient.Stranger(office.Pages);
        using var signedIn = await Walk(client, "/sign-in/provider");
        time.Turn(TimeSpan.FromMinutes(6));
        (string, string)[] lockdown = [("zones", "SRV-1"), ("mandate", "Instructed"), ("basis", "不審者の通報")];
        using var asked = await client.PostAsync("/lockdown/begin", lockdown);
        var html = WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync());
        Assert.Contains("/sign-in/provider?confirm=1", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Facts(), fact => fact is Core.Panels.LockdownOrdered);

        // A remembered session of the provider is no proof, nor is another person's.
        provider.Bend = Now(claims => claims["auth_time"] = time.GetUtcNow().AddHours(-1).ToUnixTimeSeconds());
        Assert.Equal(HttpStatusCode.Unauthorized, (await Walk(client, "/sign-in/provider?confirm=1&return=/lockdown")).StatusCode);
        (provider.Bend, provider.Person) = (Now(_ => { }), "miyakonojo");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Walk(client, "/sign-in/provider?confirm=1&return=/lockdown")).StatusCode);
        provider.Person = "hinata";
        using var confirmed = await Walk(client, "/sign-in/provider?confirm=1&return=/lockdown");
        Assert.Equal(("login", "0"), (provider.LastAsked["prompt"], provider.LastAsked["max_age"]));
        Assert.Equal("/lockdown", confirmed.Headers.Location!.OriginalString.TrimStart('~'));
        using var begun = await client.PostAsync("/lockdown/begin", lockdown);
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        Assert.Contains(Facts(), fact => fact is IdentityConfirmed { Method: SignInMethod.Provider, Person.Value: "S-0102" });
    }

    // The provider reads the real clock; the service's was turned.
    private Action<JsonObject> Now(Action<JsonObject> more) => claims =>
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        (claims["iat"], claims["exp"], claims["auth_time"]) = (now, now + 300, now);
        more(claims);
    };

    private async Task<HttpResponseMessage> Walk(SignedInClient client, string begin) => await client.GetAsync(await ToProvider(client, begin));

    // To the provider and to the point where it sends the browser back; gives the path of ours.
    private static async Task<string> ToProvider(SignedInClient client, string begin)
    {
        using var start = await client.GetAsync(begin);
        Assert.Equal(HttpStatusCode.Redirect, start.StatusCode);
        using var away = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var there = await away.GetAsync(start.Headers.Location);
        Assert.Equal(HttpStatusCode.Redirect, there.StatusCode);
        return there.Headers.Location!.PathAndQuery;
    }

    private IEnumerable<RecordedEvent> Facts() =>
        office.Parts.GetRequiredService<ServiceRecord>().Read(0, 10_000).Select(entry => RecordViews.ItemOf(entry).Event).OfType<RecordedEvent>();
}
