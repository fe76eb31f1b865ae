using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.Api;

/// <summary>A running office, and tokens made for its people the way people make them: on the pages.</summary>
public sealed partial class ApiSite : IAsyncLifetime
{
    internal RunningOffice Office { get; private set; } = null!;

    internal ServiceRecord Record => Office.Parts.GetRequiredService<ServiceRecord>();

    public async Task InitializeAsync() => Office = await RunningOffice.StartAsync();

    public async Task DisposeAsync() => await Office.DisposeAsync();

    /// <summary>A token of an account, made by the system manager and taken by its own person.</summary>
    internal async Task<(string Id, string Secret)> Token(string account, params TokenScope[] scopes)
    {
        var id = await Made(account, scopes);
        using var holder = await Office.AsAsync(account);
        using var taken = await holder.PostAsync($"/tokens/{id}/take", []);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        return (id, Secret().Match(WebUtility.HtmlDecode(await taken.Content.ReadAsStringAsync())).Value);
    }

    /// <summary>A token that waits to be taken.</summary>
    internal async Task<string> Made(string account, params TokenScope[] scopes)
    {
        using var keeper = await Office.AsAsync("miyakonojo");
        using var made = await keeper.PostAsync("/tokens/new", [
            ("account", account), ("name", "試験の連携"), ("until", Day(30)), ("reason", "連携の試験"), .. scopes.Select(scope => ("scopes", TokenScopes.NameOf(scope)))]);
        Assert.True(made.StatusCode == HttpStatusCode.Redirect, $"{(int)made.StatusCode}: {await made.Content.ReadAsStringAsync()}");
        return Facts().OfType<TokenRecorded>().Last().Token.Id;
    }

    /// <summary>A client that sends a token.</summary>
    internal ApiClient Client(string? secret) => new(Office.Pages, secret);

    /// <summary>A client with a fresh token.</summary>
    internal async Task<ApiClient> As(string account, params TokenScope[] scopes) => Client((await Token(account, scopes)).Secret);

    internal IEnumerable<RecordedEvent> Facts() => Record.Read(0, 100_000).Select(entry => RecordViews.ItemOf(entry).Event).OfType<RecordedEvent>();

    internal static string Day(int from) => DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime).AddDays(from).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An application of staff for SRV-1.</summary>
    internal static JsonObject Entry(string person) => new()
    {
        ["matter"] = new JsonObject
        {
            ["matter"] = "grant",
            ["kind"] = "StaffGrant",
            ["person"] = person,
            ["zones"] = new JsonArray("SRV-1"),
            ["days"] = "Monday, Tuesday",
            ["hours"] = new JsonObject { ["from"] = "08:30:00", ["until"] = "17:15:00" },
            ["validFrom"] = Day(0),
            ["validUntil"] = Day(31),
            ["contract"] = null,
        },
        ["reason"] = "業務システムの保守",
    };

    [GeneratedRegex("roomguard_T-[0-9]+_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();
}

/// <summary>Another system: it knows an address and a token, and nothing of browsers.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;
    private int keys;

    public ApiClient(Uri site, string? secret)
    {
        http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = site };
        if (secret is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        }
    }

    public Task<HttpResponseMessage> Get(string path) => http.GetAsync(new Uri($"/api/v1{path}", UriKind.Relative));

    public Task<HttpResponseMessage> Send(string method, string path, string? body, string? key = null, string type = "application/json")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"/api/v1{path}", UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        if (key is not { Length: 0 })
        {
            request.Headers.Add("Idempotency-Key", key ?? $"key-{Interlocked.Increment(ref keys)}");
        }

        return http.SendAsync(request);
    }

    public Task<HttpResponseMessage> Post(string path, JsonNode body, string? key = null) => Send("POST", path, body.ToJsonString(), key);

    /// <summary>Any request at all.</summary>
    public Task<HttpResponseMessage> Send(HttpRequestMessage request) => http.SendAsync(request);

    public void Dispose() => http.Dispose();
}

internal static class ApiAnswers
{
    extension(HttpResponseMessage answer)
    {
        /// <summary>The body as JSON.</summary>
        public async Task<JsonObject> Json() => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();

        /// <summary>The kind of problem it tells of, without its prefix.</summary>
        public async Task<string> Problem()
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = await answer.Json();
            Assert.Equal((int)answer.StatusCode, problem["status"]!.GetValue<int>());
            return problem["type"]!.GetValue<string>()["urn:roomguard:problem:".Length..];
        }
    }
}
