using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace RoomGuard.Dashboard.Hosting;

/// <summary>
/// Scripts, style sheets and the symbol, kept inside the assembly: the same bytes from a build, a publish folder and a test, where
/// the web SDK's own static files are served from publish output only. Names carry a digest, so browsers may keep them for good.
/// </summary>
internal sealed class DashboardAssets
{
    private const string Counting = "counting.js";
    private readonly FrozenDictionary<string, Asset> assets;

    private DashboardAssets(FrozenDictionary<string, Asset> assets) => this.assets = assets;

    /// <summary>The assets of this assembly.</summary>
    public static DashboardAssets Own { get; } = Load(typeof(DashboardAssets).Assembly);

    /// <summary>Path of the style sheet.</summary>
    public string Style => PathOf("site.css");

    /// <summary>Path of the script.</summary>
    public string Script => PathOf("site.js");

    /// <summary>Path of the service worker of stocktaking.</summary>
    public string CountingScript => PathOf(Counting);

    /// <summary>Path of the style sheet of charts.</summary>
    public string ChartStyle => PathOf("chart.css");

    /// <summary>Path of the script that draws charts.</summary>
    public string ChartScript => PathOf("chart.js");

    /// <summary>Path of the style sheet of the wallboard.</summary>
    public string WallStyle => PathOf("wallboard.css");

    /// <summary>Path of the symbol.</summary>
    public string Symbol => PathOf("symbol.svg");

    /// <summary>Sizes on the wire with brotli, by name, for the budget test.</summary>
    public IEnumerable<(string Name, int Bytes)> Sizes => assets.Values.Select(asset => (asset.Name, asset.Brotli.Length));

    /// <summary>Answers a request for one of them.</summary>
    public async Task Serve(HttpContext context)
    {
        var wanted = context.Request.RouteValues["file"] as string ?? "";
        if (!assets.TryGetValue(wanted, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        if (asset.Name == Counting)
        {
            // A service worker answers for pages below its own path only, unless it is allowed more.
            headers["Service-Worker-Allowed"] = "/stocktakes/";
        }

        headers.Vary = "Accept-Encoding";
        headers.ContentType = asset.Type;
        var compressed = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (compressed)
        {
            headers.ContentEncoding = "br";
        }

        var body = compressed ? asset.Brotli : asset.Plain;
        headers.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private static DashboardAssets Load(Assembly assembly)
    {
        (string Name, string Type)[] files =
        [
            ("site.css", "text/css; charset=utf-8"), ("site.js", "text/javascript; charset=utf-8"), ("symbol.svg", "image/svg+xml"),
            ("counting.js", "text/javascript; charset=utf-8"), ("chart.css", "text/css; charset=utf-8"), ("chart.js", "text/javascript; charset=utf-8"), ("wallboard.css", "text/css; charset=utf-8"),
        ];
        return new(files.Select(file => Read(assembly, file.Name, file.Type)).ToFrozenDictionary(asset => asset.File));
    }

    private static Asset Read(Assembly assembly, string name, string type)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in {assembly.GetName().Name}.");
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            brotli.Write(plain.ToArray());
        }

        var mark = Convert.ToHexStringLower(SHA256.HashData(plain.ToArray()))[..12];
        return new(name, $"{Path.GetFileNameWithoutExtension(name)}.{mark}{Path.GetExtension(name)}", type, plain.ToArray(), packed.ToArray());
    }

    private string PathOf(string name) => $"/assets/{assets.Values.First(asset => asset.Name == name).File}";

    private sealed record Asset(string Name, string File, string Type, byte[] Plain, byte[] Brotli);
}
