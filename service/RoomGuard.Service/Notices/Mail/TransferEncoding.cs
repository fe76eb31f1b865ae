using System.Text;

namespace RoomGuard.Service.Notices.Mail;

/// <summary>Text bodies in seven bits and short lines (RFC 2045 section 6). Pure.</summary>
public static class TransferEncoding
{
    private const int LongestLine = 76;

    /// <summary>Encodes a text in whichever of the two ways is shorter.</summary>
    /// <returns>The name of the encoding and the body, each line ended by CR LF.</returns>
    public static (string Name, string Body) Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(Lines(text));
        var (quoted, base64) = (QuotedPrintable(bytes), Base64(bytes));
        return quoted.Length <= base64.Length ? ("quoted-printable", quoted) : ("base64", base64);
    }

    /// <summary>A text whose lines all end by CR LF, the last too, without control characters but tabs.</summary>
    public static string Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = new StringBuilder(text.Length + 16);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').EnumerateRunes())
        {
            clean.Append(rune.Value switch
            {
                '\n' => "\r\n",
                '\t' => "\t",
                _ when Rune.IsControl(rune) => " ",
                _ => rune.ToString(),
            });
        }

        return clean.ToString() is var all && all.EndsWith("\r\n", StringComparison.Ordinal) ? all : all + "\r\n";
    }

    /// <summary>RFC 2045 section 6.7. The bytes are text with CR LF line ends.</summary>
    public static string QuotedPrintable(ReadOnlySpan<byte> bytes)
    {
        var encoded = new StringBuilder(bytes.Length * 2);
        var line = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] == '\r' && at + 1 < bytes.Length && bytes[at + 1] == '\n')
            {
                encoded.Append("\r\n");
                line = 0;
                at++;
                continue;
            }

            // White space at the end of a line would be lost on the way.
            var ends = at + 1 == bytes.Length || (bytes[at + 1] == '\r' && at + 2 < bytes.Length && bytes[at + 2] == '\n');
            var plain = bytes[at] is >= 33 and <= 126 and not (byte)'=' || (bytes[at] is (byte)' ' or (byte)'\t' && !ends);
            var width = plain ? 1 : 3;

            // The last column is kept for the sign that says the line goes on.
            if (line + width > LongestLine - 1)
            {
                encoded.Append("=\r\n");
                line = 0;
            }

            encoded.Append(plain ? ((char)bytes[at]).ToString() : $"={bytes[at]:X2}");
            line += width;
        }

        return encoded.ToString();
    }

    /// <summary>RFC 2045 section 6.8.</summary>
    public static string Base64(ReadOnlySpan<byte> bytes)
    {
        var all = Convert.ToBase64String(bytes);
        var encoded = new StringBuilder(all.Length + (all.Length / LongestLine * 2) + 2);
        for (var at = 0; at < all.Length; at += LongestLine)
        {
            encoded.Append(all.AsSpan(at, Math.Min(LongestLine, all.Length - at))).Append("\r\n");
        }

        return encoded.ToString();
    }
}
