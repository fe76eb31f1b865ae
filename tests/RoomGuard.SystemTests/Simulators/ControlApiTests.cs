using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Simulators;
using RoomGuard.Simulators.Control;
using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Site;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Simulators;

/// <summary>The control page and the API as a browser or a script finds them.</summary>
public sealed class ControlApiTests : IAsyncLifetime, IDisposable
{
    private readonly SimulatedSite site = new(
        new(
            "Test",
            "state",
            Seed: 1,
            [new("line", LineKind.Pty, 38400, [new("reader", 0, "02CACA", 1, 77, Inputs: 2, Outputs: 1, Keypad: true)], Link: "lines/line")],
            [new("D1", new("reader", 0), new("reader", 0), new("reader", 1), "reader", ExitReader: null)],
            [new("S-1", "佐土原 みのり", "H10301", 4, 32077)]),
        story: null,
        new PassingMemory(),
        count => new byte[count],
        TimeProvider.System);

    private WebApplication app = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        ControlApi.UseJson(builder.Services);
        app = builder.Build();
        ControlApi.Map(app, site, TimeProvider.System);
        await app.StartAsync();
        http = new() { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        http.Dispose();
        site.Dispose();
    }

    [Fact]
    [Requirement("R-CFG-05")]
    public async Task It_says_on_every_answer_that_it_is_a_simulator()
    {
        foreach (var path in new[] { "/", "/api", "/api/site", "/api/people", "/app.js" })
        {
            using var answer = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("true", answer.Headers.GetValues("X-RoomGuard-Simulator").Single());
        }

        Assert.Contains("模擬機", await http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_listing_names_every_deed_with_its_arguments()
    {
        using var list = JsonDocument.Parse(await http.GetStringAsync("/api"));
        var present = list.RootElement.GetProperty("deeds").EnumerateArray().Single(deed => deed.GetProperty("name").GetString() == "present");

        Assert.Equal("/api/do/present", present.GetProperty("path").GetString());
        Assert.Equal(["person", "reader"], present.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_deed_that_moves_something_says_so_and_one_that_does_not_says_that()
    {
        using var locked = await http.PostAsJsonAsync("/api/do/open", new { door = "D1" });
        Assert.False((await locked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("happened").GetBoolean());

        using var forced = await http.PostAsJsonAsync("/api/do/force", new { door = "D1" });
        Assert.True((await forced.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("happened").GetBoolean());
        Assert.True(site.Look().Doors[0].LeafOpen);
    }

    [Theory]
    [InlineData("present", """{"person":"S-9","reader":"reader"}""", "person", "S-9")]
    [InlineData("present", """{"reader":"reader"}""", "person", "needs")]
    [InlineData("present", """{"person":"S-1","reader":"reader","colour":"red"}""", "colour", "takes no")]
    [InlineData("noise", """{"line":"line","percent":101}""", "percent", "0 to 100")]
    [InlineData("slow", """{"reader":"reader","late":"soon"}""", "late", "hours:minutes:seconds")]
    [InlineData("present-number", """{"reader":"reader","facility":300,"number":1}""", "number", "0 to 255")]
    [InlineData("type", """{"reader":"reader","keys":"12a"}""", "keys", "12a")]
    [InlineData("open", """["D1"]""", "body", "JSON object")]
    [InlineData("open", """{"door":""", "body", "not JSON")]
    [InlineData("open", """{"door":"D1","door":"D1"}""", "body", "not JSON")]
    [InlineData("open", """{"door":{}}""", "body", "must be a text")]
    [InlineData("dance", "{}", "do", "dance")]
    public async Task A_wrong_request_is_answered_with_what_was_wrong(string deed, string body, string place, string says)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"/api/do/{deed}", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("problems")[0];
        Assert.Equal(place, problem.GetProperty("place").GetString());
        Assert.Contains(says, problem.GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_elsewhere_on_the_net_cannot_move_even_a_pretend_door()
    {
        using var form = new StringContent("door=D1", Encoding.UTF8, "text/plain");
        using var simple = await http.PostAsync(new Uri("/api/do/force", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, simple.StatusCode);

        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/api/site");
        rebound.Headers.Host = "doors.example";
        using var answer = await http.SendAsync(rebound);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.False(site.Look().Doors[0].LeafOpen);
    }

    [Fact]
    public async Task Too_long_a_request_is_refused_and_an_unknown_path_points_to_the_list()
    {
        using var content = new StringContent($"{{\"door\":\"{new string('x', 20_000)}\"}}", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("/api/do/open", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);

        using var lost = await http.GetAsync("/api/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, lost.StatusCode);
        Assert.Contains("GET /api", await lost.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happens_is_told_live()
    {
        using var stream = await http.GetStreamAsync("/api/live");
        using var reader = new StreamReader(stream);
        await ReadUntilAsync(reader, "\"leafOpen\":false");

        site.Force("D1");

        await ReadUntilAsync(reader, "\"leafOpen\":true");
    }

    [Fact]
    public async Task The_command_line_does_the_same_and_ends_with_what_became_of_it()
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var client = new ControlClient(http, output, error);

        Assert.Equal(ProgramExit.NothingMoved, await client.RunAsync(["open", "D1"], CancellationToken.None));
        Assert.Equal(ProgramExit.Ok, await client.RunAsync(["open", "D1", "from=inside"], CancellationToken.None));
        Assert.Equal(ProgramExit.Usage, await client.RunAsync(["open", "D7"], CancellationToken.None));
        Assert.Equal(ProgramExit.Usage, await client.RunAsync(["open", "D1", "outside", "more"], CancellationToken.None));
        Assert.Equal(ProgramExit.Usage, await client.RunAsync(["dance"], CancellationToken.None));
        Assert.Contains("内側から開いた", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"D7\"", error.ToString(), StringComparison.Ordinal);

        using var nobody = new HttpClient { BaseAddress = new("http://127.0.0.1:9/") };
        Assert.Equal(ProgramExit.Unavailable, await new ControlClient(nobody, output, error).RunAsync(["open", "D1"], CancellationToken.None));
    }

    private static async Task ReadUntilAsync(StreamReader reader, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The stream ended before \"{text}\" came.");
    }
}
