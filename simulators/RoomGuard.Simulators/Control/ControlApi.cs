using System.Collections.Immutable;
using System.Net.ServerSentEvents;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.HttpResults;
using RoomGuard.Simulators.Rack;
using RoomGuard.Simulators.Sensors;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.Ups;
using RoomGuard.Simulators.World;

namespace RoomGuard.Simulators.Control;

/// <summary>A person as the page shows one. The PIN is part of it: it is invented, and somebody has to type it.</summary>
public sealed record PersonNow(string Id, string Name, string? Section, string? Note, string? NoteEn, string? Pin, string Card);

/// <summary>One argument of a deed, as the API lists it.</summary>
/// <param name="Default">Null: must be given.</param>
public sealed record ArgumentListed(string Name, string Kind, bool Required, string? Default, ImmutableArray<string>? Values);

/// <summary>One deed, as the API lists it.</summary>
/// <param name="Command">The same on the command line.</param>
public sealed record DeedListed(string Name, string Method, string Path, string Ja, string En, ImmutableArray<ArgumentListed> Arguments, string Command);

/// <summary>One thing to read, as the API lists it.</summary>
public sealed record ReadListed(string Method, string Path, string Ja, string En);

/// <summary>What the API can do.</summary>
/// <param name="Simulator">Always true: this is no real site (R-CFG-05).</param>
public sealed record ApiListed(bool Simulator, string Ja, string En, ImmutableArray<ReadListed> Reads, ImmutableArray<DeedListed> Deeds);

/// <summary>Why a request was refused: one sentence per argument.</summary>
public sealed record Refusal(ImmutableArray<DeedProblem> Problems);

/// <summary>The control page and the API behind it, on the loopback address only.</summary>
public static class ControlApi
{
    private const int LongestRequest = 16 * 1024;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>How the API writes: Japanese as it is, not as escapes.</summary>
    public static void UseJson(IServiceCollection services) => services.ConfigureHttpJsonOptions(options =>
    {
        options.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.SerializerOptions.TypeInfoResolverChain.Insert(0, ControlJson.Default);
    });

    /// <summary>Maps page and API.</summary>
    public static void Map(WebApplication app, SimulatedSite site, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use(GuardAsync);
        var files = PageFiles();
        foreach (var (path, name, type) in new[] { ("/", "index.html", "text/html"), ("/app.js", "app.js", "text/javascript"), ("/style.css", "style.css", "text/css"), ("/favicon.svg", "favicon.svg", "image/svg+xml") })
        {
            app.MapGet(path, () => TypedResults.Bytes(files[name], type + "; charset=utf-8"));
        }

        app.MapGet("/api", () => List(site.Settings));
        app.MapGet("/api/site", site.Look);
        app.MapGet("/api/people", () => People(site.Settings));
        app.MapGet("/api/live", (CancellationToken gone) =>
        {
            var ends = CancellationTokenSource.CreateLinkedTokenSource(gone, app.Lifetime.ApplicationStopping);
            return TypedResults.ServerSentEvents(FollowAsync(site, time, ends.Token));
        });
        app.MapPost("/api/do/{deed}", (string deed, HttpRequest request, CancellationToken gone) => DoAsync(site, deed, request, gone));
        app.MapFallback("/api/{**rest}", (HttpRequest request) =>
            TypedResults.NotFound(new Refusal([new("path", $"There is nothing at {request.Path}. GET /api lists what there is.")])));
    }

    /// <summary>What the API can do, with this site's own names.</summary>
    public static ApiListed List(SimulatorSettings site) => new(
        Simulator: true,
        "これは模擬機です。実在の扉・人・カードではありません。",
        "This is a simulator. No real door, person or card.",
        [
            new("GET", "/api/site", "いまの状態", "everything as it stands"),
            new("GET", "/api/people", "架空の人とカード", "the invented people and their cards"),
            new("GET", "/api/live", "状態の変化(SSE)", "the same, live (server-sent events)"),
        ],
        [.. DeedTable.All.Select(kind => new DeedListed(
            kind.Name,
            "POST",
            $"/api/do/{kind.Name}",
            kind.Ja,
            kind.En,
            [.. kind.Arguments.Select(argument => new ArgumentListed(argument.Name, argument.Kind.ToString(), argument.Default is null, argument.Default, ValuesOf(argument.Kind, site)))],
            $"roomguard-simulators ctl {kind.Name}{string.Concat(kind.Arguments.Select(argument => argument.Default is null ? $" <{argument.Name}>" : $" [{argument.Name}={argument.Default}]"))}"))]);

    private static ImmutableArray<string>? ValuesOf(ArgumentKind kind, SimulatorSettings site) => kind switch
    {
        ArgumentKind.Person => [.. site.People.Select(person => person.Id)],
        ArgumentKind.Reader => [.. site.Devices.Select(device => device.Id)],
        ArgumentKind.Keypad => [.. site.Devices.Where(device => device.Keypad).Select(device => device.Id)],
        ArgumentKind.Sensor => [.. site.Devices.Where(device => device.Finger).Select(device => device.Id)],
        ArgumentKind.Door => [.. site.Doors.Select(door => door.Id)],
        ArgumentKind.ButtonDoor => [.. site.Doors.Where(door => door.ExitButton is not null).Select(door => door.Id)],
        ArgumentKind.Line => [.. site.Lines.Select(line => line.Id)],
        ArgumentKind.Format => CardBits.Formats,
        ArgumentKind.Switch => ["true", "false"],
        ArgumentKind.Side => ["outside", "inside"],
        ArgumentKind.Habit => [.. Enum.GetNames<WireHabit>()],
        ArgumentKind.Ups => ["all", .. site.Units.Select(ups => ups.Id)],
        ArgumentKind.UpsHabit => [.. Enum.GetNames<UpsHabit>()],
        ArgumentKind.RoomSensor => site.Sensors is { } room ? ["all", .. room.SensorIds] : [],
        ArgumentKind.Gateway => site.Sensors is { } field ? ["all", .. field.Gateways.Select(gateway => gateway.Id)] : [],
        ArgumentKind.Gate => site.Sensors is { } doors ? [.. doors.Gateways.Where(gateway => gateway.Kind == GatewayKind.TagGate).Select(gateway => gateway.Id)] : [],
        ArgumentKind.Way => ["in", "out"],
        ArgumentKind.SensorHabit => [.. Enum.GetNames<SensorHabit>()],
        _ => null,
    };

    private static ImmutableArray<PersonNow> People(SimulatorSettings site) =>
        [.. site.People.Select(person => new PersonNow(person.Id, person.Name, person.Section, person.Note, person.NoteEn, person.Pin, $"{person.CardFormat} {person.Facility}/{person.Number}"))];

    private static async Task<Results<Ok<DeedOutcome>, BadRequest<Refusal>>> DoAsync(SimulatedSite site, string deed, HttpRequest request, CancellationToken gone)
    {
        var (texts, wrong) = await ReadArgumentsAsync(request, gone);
        if (texts is null)
        {
            return TypedResults.BadRequest(new Refusal([new("body", wrong)]));
        }

        return DeedTable.Read(deed, texts, site.Settings, out var problems) is { } read
            ? TypedResults.Ok(site.Do(read))
            : TypedResults.BadRequest(new Refusal(problems));
    }

    private static async Task<(Dictionary<string, string>? Texts, string Wrong)> ReadArgumentsAsync(HttpRequest request, CancellationToken gone)
    {
        var body = new byte[LongestRequest + 1];
        var length = 0;
        for (int count; length < body.Length && (count = await request.Body.ReadAsync(body.AsMemory(length), gone)) > 0; length += count)
        {
        }

        if (length > LongestRequest)
        {
            return (null, $"the request is longer than {LongestRequest} bytes.");
        }

        if (length == 0)
        {
            return ([], "");
        }

        try
        {
            using var document = JsonDocument.Parse(body.AsMemory(0, length), new() { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, "write the arguments as one JSON object, e.g. {\"person\":\"S-0217\",\"reader\":\"reader-srv-in\"}.");
            }

            var texts = new Dictionary<string, string>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                switch (property.Value.ValueKind)
                {
                    case JsonValueKind.String:
                        texts.Add(property.Name, property.Value.GetString()!);
                        break;
                    case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                        texts.Add(property.Name, property.Value.GetRawText());
                        break;
                    default:
                        return (null, $"\"{property.Name}\" must be a text, a number, true or false.");
                }
            }

            return (texts, "");
        }
        catch (JsonException broken)
        {
            return (null, $"this is not JSON: {broken.Message}");
        }
    }

    private static async IAsyncEnumerable<SseItem<SiteNow>> FollowAsync(SimulatedSite site, TimeProvider time, [EnumeratorCancellation] CancellationToken gone)
    {
        while (!gone.IsCancellationRequested)
        {
            var now = site.Look();
            yield return new(now, "site");
            try
            {
                await Task.Delay(ShortestPause, time, gone);
                await site.WaitForNewsAsync(now.Version, gone).WaitAsync(LongestPause, time, gone);
            }
            catch (TimeoutException)
            {
                // Nothing happened; the clock and the lines' liveliness are told all the same.
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
        }
    }

    /// <summary>Loopback names only, and JSON only: a page elsewhere on the net must not be able to open even pretend doors.</summary>
    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["X-RoomGuard-Simulator"] = "true";
        if (context.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return context.Response.WriteAsync("Simulators answer to localhost only.\n");
        }

        if (HttpMethods.IsPost(context.Request.Method) && !context.Request.HasJsonContentType())
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return context.Response.WriteAsync("Send the arguments as application/json.\n");
        }

        return next(context);
    }

    private static Dictionary<string, byte[]> PageFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith("wwwroot/", StringComparison.Ordinal)).ToDictionary(
            name => name["wwwroot/".Length..],
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return bytes;
            });
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SiteNow))]
[JsonSerializable(typeof(ApiListed))]
[JsonSerializable(typeof(ImmutableArray<PersonNow>))]
[JsonSerializable(typeof(ImmutableArray<ServerNow>))]
[JsonSerializable(typeof(DeedOutcome))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ControlJson : JsonSerializerContext;
