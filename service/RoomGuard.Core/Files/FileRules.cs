using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace RoomGuard.Core.Files;

/// <summary>Which files are taken, and under which names (R-WORK-01, R-INP-01). Pure: it looks at bytes and names.</summary>
public static class FileRules
{
    /// <summary>Largest file †.</summary>
    public const int MostBytes = 5 << 20;

    private const int LongestName = 80;

    // Names that mean devices on the machines of those who save the file.
    private static readonly string[] Devices =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n.ToString(CultureInfo.InvariantCulture)}", $"LPT{n.ToString(CultureInfo.InvariantCulture)}" })];

    /// <summary>Why a file is not taken; null: it is, and <paramref name="kind"/> says what it is.</summary>
    public static FileRefusal? Against(ReadOnlySpan<byte> content, out FileKind kind)
    {
        kind = default;
        if (content.IsEmpty)
        {
            return FileRefusal.Empty;
        }

        if (content.Length > MostBytes)
        {
            return FileRefusal.TooLarge;
        }

        if (KindOf(content) is not { } known)
        {
            return FileRefusal.NotAKind;
        }

        kind = known;
        return null;
    }

    /// <summary>What a content is by its first and last bytes; null: none of the kinds that are taken.</summary>
    /// <remarks>A text that begins like one of the others and is not one is nothing: whoever opens it by its first bytes would take it for more than a text.</remarks>
    public static FileKind? KindOf(ReadOnlySpan<byte> content) =>
        content.StartsWith(PngBegins) ? content.Length > 24 && content[12..16].SequenceEqual("IHDR"u8) && content.EndsWith(PngEnds) ? FileKind.Png : null
        : content.StartsWith(JpegBegins) ? content.LastIndexOf(JpegEnds) > 2 ? FileKind.Jpeg : null
        : content.StartsWith("%PDF-"u8) ? content[^Math.Min(content.Length, 1024)..].IndexOf("%%EOF"u8) >= 0 ? FileKind.Pdf : null
        : IsText(content) ? FileKind.Text
        : null;

    /// <summary>The name under which a file is kept: no folders, no signs that mean something to a machine or turn the reading direction, its ending by what it is.</summary>
    /// <param name="sent">As the sender's machine named it; null: not at all.</param>
    public static string NameOf(string? sent, FileKind kind)
    {
        var name = (sent ?? "").Replace('\\', '/');
        name = name[(name.LastIndexOf('/') + 1)..];
        var clean = new StringBuilder();
        foreach (var rune in Whole(name).Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            var plain = rune.Value is not (':' or '*' or '?' or '"' or '<' or '>' or '|' or '%') && Rune.GetUnicodeCategory(rune) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
            if (plain && clean.Length + rune.Utf16SequenceLength <= LongestName)
            {
                _ = clean.Append(rune.ToString());
            }
        }

        var (ending, stem) = (EndingOf(kind), clean.ToString());
        foreach (var known in kind is FileKind.Jpeg ? [".jpg", ".jpeg"] : new[] { ending })
        {
            stem = stem.EndsWith(known, StringComparison.OrdinalIgnoreCase) ? stem[..^known.Length] : stem;
        }

        // A name that begins like a formula would be one in somebody's spreadsheet (R-INP-05).
        stem = stem.Trim().Trim('.', ' ').TrimStart('=', '+', '-', '@', '＝', '＋', '－', '＠', '~');
        return stem.Length == 0 ? $"file{ending}"
            : Devices.Contains(stem.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase) ? $"_{stem}{ending}"
            : $"{stem}{ending}";
    }

    /// <summary>What a file was called by its sender, short and harmless enough to stand in a sentence about it.</summary>
    public static string NameAsSent(string? sent) => NameOf(sent, FileKind.Text) is var name && EndingOf(FileKind.Text).Length is var ending ? name[..^ending] : "";

    /// <summary>The media type under which it is handed out.</summary>
    public static string MediaTypeOf(FileKind kind) => kind switch
    {
        FileKind.Png => "image/png",
        FileKind.Jpeg => "image/jpeg",
        FileKind.Pdf => "application/pdf",
        _ => "text/plain; charset=utf-8",
    };

    private static ReadOnlySpan<byte> PngBegins => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    // The last chunk of every PNG: its length 0, its name and its check value.
    private static ReadOnlySpan<byte> PngEnds => [0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82];

    private static ReadOnlySpan<byte> JpegBegins => [0xFF, 0xD8, 0xFF];

    // Cameras write more behind it.
    private static ReadOnlySpan<byte> JpegEnds => [0xFF, 0xD9];

    private static string EndingOf(FileKind kind) => kind switch
    {
        FileKind.Png => ".png",
        FileKind.Jpeg => ".jpg",
        FileKind.Pdf => ".pdf",
        _ => ".txt",
    };

    // Half of a surrogate pair has no normal form.
    private static string Whole(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));

    private static bool IsText(ReadOnlySpan<byte> content)
    {
        if (!Utf8.IsValid(content))
        {
            return false;
        }

        foreach (var sign in content)
        {
            if (sign is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C) or 0x7F)
            {
                return false;
            }
        }

        return true;
    }
}
