using System.Globalization;
using System.Net;
using System.Text;
using RoomGuard.Core.Zones;

namespace RoomGuard.Bridge.RoomPages;

/// <summary>
/// The room's own pages on a port of their own: a kiosk for each door and the roll call. They read and change nothing, need no script and no service,
/// and answer on their port alone (R-NET-02).
/// </summary>
public sealed class RoomRoutes(RoomPagesSettings settings, RoomBoard board, KioskPage kiosk, RollCallPage rollCall, TimeProvider time)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    // A kiosk or two for each door; more are somebody else's.
    private const int MostStreams = 64;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private int streams;

    /// <summary>Keeps this port's pages on this port, and every other page off it.</summary>
    public void Guard(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Connection.LocalPort != settings.Port)
        {
            if (IsOurs(http.Request.Path))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            await next(http);
            return;
        }

        Dress(http.Response.Headers);

        // A page elsewhere that makes its name point to this machine must get nothing (DNS rebinding): only addresses are answered.
        var name = http.Request.Host.Host.Trim('[', ']');
        http.Response.StatusCode = name != "localhost" && !IPAddress.TryParse(name, out _) ? StatusCodes.Status421MisdirectedRequest
            : !IsOurs(http.Request.Path) ? StatusCodes.Status404NotFound
            : http.Response.StatusCode;
        if (http.Response.StatusCode == StatusCodes.Status200OK)
        {
            await next(http);
        }
    });

    /// <summary>Adds the pages.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", () => Html(Index()));
        app.MapGet("/roll-call", (HttpContext http) => Html(rollCall.Whole(time.GetUtcNow(), MayReadNames(http.Connection.RemoteIpAddress))));
        app.MapGet("/kiosk/{door}", (string door) => Find(door) is { } found ? Html(kiosk.Whole(found, time.GetUtcNow())) : Results.NotFound());
        app.MapGet("/kiosk/{door}/stream", Stream);
        foreach (var asset in new[] { RoomHtml.Style, RoomHtml.Script })
        {
            app.MapGet(asset.Path, (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.Bytes(asset.Bytes, asset.Type);
            });
        }
    }

    /// <summary>Whether whoever asks from an address may read names: this machine, and the terminals that the settings name.</summary>
    public bool MayReadNames(IPAddress? from)
    {
        if (from is null)
        {
            return false;
        }

        var address = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        return IPAddress.IsLoopback(address) || (settings.RollCallFor ?? []).Any(allowed => IPAddress.Parse(allowed).Equals(address));
    }

    private static bool IsOurs(PathString path) => path == "/" || path.StartsWithSegments("/kiosk", StringComparison.Ordinal)
        || path.StartsWithSegments("/roll-call", StringComparison.Ordinal) || path.StartsWithSegments("/rooms", StringComparison.Ordinal);

    private static IResult Html(string page) => Results.Content(page, "text/html; charset=utf-8", Encoding.UTF8);

    private static void Dress(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), usb=(), serial=()";
    }

    private Door? Find(string id) => board.Doors.FirstOrDefault(door => door.Id.Value == id);

    private string Index()
    {
        var text = new StringBuilder();
        RoomHtml.Begin(text, $"{KioskText.Index.Ja} | RoomGuard", "roll");
        text.Append(CultureInfo.InvariantCulture, $"<main><h1>{RoomHtml.Inline(KioskText.Index)}</h1><ul><li><a href=\"/roll-call\">{RoomHtml.Inline(KioskText.RollCall)}</a></li>");
        foreach (var door in board.Doors)
        {
            text.Append(CultureInfo.InvariantCulture, $"<li><a href=\"/kiosk/{Uri.EscapeDataString(door.Id.Value)}\">{RoomHtml.Inline(KioskText.Kiosk)}: {RoomHtml.Safe(door.Label)}</a></li>");
        }

        text.Append("</ul></main>");
        RoomHtml.End(text);
        return text.ToString();
    }

    private async Task Stream(HttpContext http, string door)
    {
        if (Find(door) is not { } found || Interlocked.Increment(ref streams) is var open && open > MostStreams)
        {
            if (Find(door) is not null)
            {
                Interlocked.Decrement(ref streams);
            }

            http.Response.StatusCode = Find(door) is null ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable;
            return;
        }

        try
        {
            http.Response.ContentType = "text/event-stream; charset=utf-8";
            await Follow(http, found, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The page was closed.
        }
        finally
        {
            Interlocked.Decrement(ref streams);
        }
    }

    private async Task Follow(HttpContext http, Door door, CancellationToken gone)
    {
        var (shown, beaten) = ("", 0L);
        while (true)
        {
            var changed = board.Changed;
            var part = kiosk.Part(door, time.GetUtcNow());
            if (part != shown)
            {
                // A part holds no line breaks of its own but those of texts, which the encoder has written as references.
                await http.Response.WriteAsync($"data: {part}\n\n", gone);
                await http.Response.Body.FlushAsync(gone);
                (shown, beaten) = (part, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(beaten) >= Beat)
            {
                await http.Response.WriteAsync("event: beat\ndata: 1\n\n", gone);
                await http.Response.Body.FlushAsync(gone);
                beaten = time.GetTimestamp();
            }

            _ = await Task.WhenAny(changed, Task.Delay(Look, time, gone));
            gone.ThrowIfCancellationRequested();
        }
    }
}
