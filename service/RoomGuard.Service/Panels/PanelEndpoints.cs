using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Live;
using RoomGuard.Evidence;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Readings;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Panels;

/// <summary>
/// What bridges are served: reports up, orders and lists down, and the way to join. Everything but joining needs a certificate of the site's own
/// authority that is enrolled for just this bridge (R-NET-01).
/// </summary>
public static class PanelEndpoints
{
    /// <summary>How often an idle order stream says that it lives.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private const int LargestJoin = 32 * 1024;

    /// <summary>Adds the addresses, reachable on the panels' port alone.</summary>
    public static void MapPanels(this IEndpointRouteBuilder app, int port)
    {
        var join = app.MapGroup("/panels").RequireHost($"*:{port}");
        join.MapPost("/join", JoinAsync);
        var panel = app.MapGroup("/panels/{id}").RequireHost($"*:{port}").AddEndpointFilter(OnlyItsOwnAsync);
        panel.MapPost("/reports", ReportAsync);
        panel.MapGet("/orders", OrdersAsync);
        panel.MapGet("/grant-lists/{version:long}", ListAsync);
    }

    private static async ValueTask<object?> OnlyItsOwnAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var id = (string?)http.GetRouteValue("id") ?? "";
        var cause = Refusal(http, id);
        if (cause is null)
        {
            return await next(context);
        }

        http.RequestServices.GetRequiredService<ServiceMeters>().CertificateRefused(cause);
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PanelEndpoints)).Refused(Shown(id), cause);
        return Results.Text("This certificate may not speak for this bridge.\n", statusCode: StatusCodes.Status403Forbidden);
    }

    private static string? Refusal(HttpContext http, string id)
    {
        if (http.Connection.ClientCertificate is not { } certificate)
        {
            return "none";
        }

        var fingerprint = JoinCode.Fingerprint(certificate.RawData);
        var enrolled = http.RequestServices.GetRequiredService<ServiceRecord>().Readers.AskNow(db =>
            (string?)db.Value("SELECT fingerprint FROM view_panels WHERE panel = $1", id));
        var keys = http.RequestServices.GetRequiredService<SiteKeys>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return !keys.IsOurs(certificate, now) ? "authority" : certificate.GetNameInfo(X509NameType.SimpleName, false) != id ? "other-bridge" : enrolled != fingerprint ? "not-enrolled" : null;
    }

    private static async Task<IResult> JoinAsync(HttpContext http, JoinDesk desk, ServiceMeters meters, CancellationToken gone)
    {
        var body = await BodyAsync(http, LargestJoin, gone);
        JoinRequest? request = null;
        try
        {
            request = body is null ? null : JsonSerializer.Deserialize(body, RecordJson.Plain.JoinRequest);
        }
        catch (JsonException)
        {
            // Said below: what a stranger sends is not worth more words.
        }

        if (request is null)
        {
            meters.ReportRefused("join");
            return Results.Text("This is no request to join.\n", statusCode: StatusCodes.Status400BadRequest);
        }

        var outcome = await desk.JoinAsync(request, gone);
        return outcome.Answer is { } answer
            ? Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(answer, RecordJson.Plain.JoinAnswer), "application/json")
            : Results.Text("Not let in. Make a new code with \"roomguard panel-code\" and try again.\n", statusCode: StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> ReportAsync(string id, HttpContext http, ReportDesk desk, ReadingsIntake readings, LiveBoard news, ServiceMeters meters, ILoggerFactory logs, CancellationToken gone)
    {
        var body = await BodyAsync(http, ReportReading.LargestBody, gone);
        var (report, wrong) = body is null ? (null, $"The body is longer than {ReportReading.LargestBody} bytes.") : ReportReading.Read(body, new(id));
        if (report is null)
        {
            meters.ReportRefused("unreadable");
            logs.CreateLogger(typeof(PanelEndpoints)).Unreadable(id, wrong!, Convert.ToHexStringLower(body.AsSpan(0, Math.Min(body?.Length ?? 0, 256))));
            return Results.Text($"{wrong}\n", statusCode: StatusCodes.Status400BadRequest);
        }

        // Readings need no record: they are taken also while it cannot be written.
        if (report.State?.Power is { } power)
        {
            readings.Take(power);
        }

        if (report.State?.Climate is { } climate)
        {
            readings.Take(climate);
        }

        try
        {
            var receipt = await desk.ReceiveAsync(report, gone);
            news.Tell(LiveTopic.Devices);
            if (report.State?.Power is not null)
            {
                news.Tell(LiveTopic.Power);
            }

            if (report.State?.Climate is not null)
            {
                news.Tell(LiveTopic.Climate);
            }

            return Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(receipt, RecordJson.Plain.ReportReceipt), "application/json");
        }
        catch (EvidenceWriteException)
        {
            meters.ReportRefused("record");
            return Results.Text("The record cannot be written now. Keep the entries and try again.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task OrdersAsync(string id, HttpContext http, OrderDesk desk, TimeProvider time, Microsoft.Extensions.Hosting.IHostApplicationLifetime life)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        long? after = long.TryParse(http.Request.Headers["Last-Event-ID"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : null;
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await foreach (var news in desk.Follow(after, Heartbeat, time, either.Token))
            {
                var text = news is null
                    ? $": {time.GetUtcNow().UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\n\n"
                    : $"id: {news.Serial}\nevent: order\ndata: {JsonSerializer.Serialize(news, RecordJson.Plain.OrderNews)}\n\n";
                await http.Response.WriteAsync(text, Encoding.UTF8, either.Token);
                await http.Response.Body.FlushAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The bridge went away, or we do: its way to tell is to end.
        }
    }

    private static IResult ListAsync(long version, HttpContext http, GrantListFiles files)
    {
        if (!File.Exists(files.FileOf(version)))
        {
            return Results.Text("This version is not kept any more; ask for the newest.\n", statusCode: StatusCodes.Status404NotFound);
        }

        var file = File.OpenRead(files.FileOf(version));
        if (http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return Results.Stream(file, "application/json");
        }

        return Results.Stream(new GZipStream(file, CompressionMode.Decompress), "application/json");
    }

    private static async Task<byte[]?> BodyAsync(HttpContext http, int largest, CancellationToken gone)
    {
        if (http.Request.ContentLength > largest)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        var part = new byte[64 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(part, gone)) > 0;)
        {
            if (bytes.Length + read > largest)
            {
                return null;
            }

            bytes.Write(part, 0, read);
        }

        return bytes.ToArray();
    }

    private static string Shown(string id) => new([.. id.Where(letter => !char.IsControl(letter)).Take(40)]);
}

internal static partial class PanelLog
{
    [LoggerMessage(2301, LogLevel.Warning, "A connection for bridge {Panel} was refused: certificate {Cause}")]
    public static partial void Refused(this ILogger log, string panel, string cause);

    [LoggerMessage(2302, LogLevel.Warning, "A report of bridge {Panel} could not be read: {Wrong} It begins {Bytes}")]
    public static partial void Unreadable(this ILogger log, string panel, string wrong, string bytes);
}
