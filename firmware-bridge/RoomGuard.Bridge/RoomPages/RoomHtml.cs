using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using RoomGuard.Core.Record;

namespace RoomGuard.Bridge.RoomPages;

/// <summary>The few bricks of the room's own pages. Everything that comes from outside goes through <see cref="Safe"/>.</summary>
internal static class RoomHtml
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The style sheet, named by its content so that browsers may keep it for good.</summary>
    public static readonly RoomAsset Style = RoomAsset.Load("rooms.css", "text/css; charset=utf-8");

    /// <summary>The script.</summary>
    public static readonly RoomAsset Script = RoomAsset.Load("rooms.js", "text/javascript; charset=utf-8");

    /// <summary>A text as it may stand in a page.</summary>
    public static string Safe(string? text) => Encoder.Encode(text ?? "");

    /// <summary>A text in both languages, as two paragraphs.</summary>
    public static string Both(string name, Words words) =>
        $"<p class=\"{name}\">{Safe(words.Ja)}</p>{(words.En.Length > 0 ? $"<p class=\"{name}-en\" lang=\"en\">{Safe(words.En)}</p>" : "")}";

    /// <summary>A text in both languages, in one line.</summary>
    public static string Inline(Words words) => $"{Safe(words.Ja)} <span lang=\"en\">{Safe(words.En)}</span>";

    /// <summary>Head of a page and the beginning of its body.</summary>
    /// <param name="refresh">Seconds after which a browser without script asks anew; null: never.</param>
    public static void Begin(StringBuilder text, string title, string kind, int? refresh = null)
    {
        text.Append("<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">");
        text.Append(CultureInfo.InvariantCulture, $"<title>{Safe(title)}</title><link rel=\"stylesheet\" href=\"{Style.Path}\"><link rel=\"icon\" href=\"data:,\"><script type=\"module\" src=\"{Script.Path}\"></script>");
        if (refresh is { } seconds)
        {
            text.Append(CultureInfo.InvariantCulture, $"<noscript><meta http-equiv=\"refresh\" content=\"{seconds}\"></noscript>");
        }

        text.Append(CultureInfo.InvariantCulture, $"</head><body class=\"{kind}\">");
    }

    /// <summary>End of a page.</summary>
    public static void End(StringBuilder text) => text.Append("</body></html>");
}

/// <summary>A file kept inside the program.</summary>
internal sealed record RoomAsset(string Path, string Type, byte[] Bytes)
{
    public static RoomAsset Load(string name, string type)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"rooms/{name}") ?? throw new InvalidOperationException($"{name} is not in the program.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var (stem, end) = (System.IO.Path.GetFileNameWithoutExtension(name), System.IO.Path.GetExtension(name));
        return new($"/rooms/{stem}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}{end}", type, bytes);
    }
}
