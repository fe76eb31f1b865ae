using System.Text;
using System.Text.RegularExpressions;

namespace RoomGuard.Service.Notices.Mail;

/// <summary>What one look at what a relay sent found.</summary>
/// <param name="Consumed">Bytes the caller may drop. Zero and no fault: read more, then ask again.</param>
/// <param name="Fault">What is wrong with it; null: nothing.</param>
public readonly record struct SmtpLook(int Consumed, SmtpReply? Reply, string? Fault);

/// <summary>One reply of a relay (RFC 5321 section 4.2). Pure.</summary>
/// <param name="Code">200 to 559.</param>
/// <param name="Lines">Its texts without the code.</param>
public sealed partial record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    // RFC 5321 allows 512; relays say more, but no honest one says this much.
    private const int LongestLine = 2048;
    private const int MostLines = 100;
    private const int LongestShown = 160;

    /// <summary>2xx and 3xx.</summary>
    public bool IsPositive => Code < 400;

    /// <summary>5xx: asking again is no use.</summary>
    public bool IsFinal => Code >= 500;

    /// <summary>Whether EHLO's reply offers a service, e.g. <c>STARTTLS</c>.</summary>
    public bool Offers(string keyword) => Lines.Skip(1).Any(line => string.Equals(line.Split(' ', '=')[0], keyword, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether EHLO's reply offers a way to sign in, e.g. <c>PLAIN</c>.</summary>
    public bool OffersAuth(string mechanism) => Lines.Skip(1)
        .Where(line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase) && line.Length > 4 && line[4] is ' ' or '=')
        .Any(line => line[5..].Split(' ').Contains(mechanism, StringComparer.OrdinalIgnoreCase));

    /// <summary>The reply in one line for people, with every address masked: it may stand in the record (R-INC-13).</summary>
    public string Shown()
    {
        var said = string.Join(' ', Lines);
        var plain = new string([.. said.Select(sign => sign is >= ' ' and <= '~' ? sign : ' ')]);
        plain = AnAddress().Replace(plain, "(address)").Trim();
        return $"{Code} {(plain.Length <= LongestShown ? plain : plain[..LongestShown] + "…")}".TrimEnd();
    }

    /// <summary>Looks for one reply at the start of <paramref name="bytes"/>.</summary>
    public static SmtpLook Look(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<string>();
        var (at, code) = (0, 0);
        while (true)
        {
            var rest = bytes[at..];
            var end = rest.IndexOf((byte)'\n');
            if (end < 0)
            {
                return rest.Length > LongestLine ? new(0, null, "a line of its reply is too long") : default;
            }

            var line = rest[..end];
            line = line is [.. var before, (byte)'\r'] ? before : line;
            if (end > LongestLine || lines.Count >= MostLines)
            {
                return new(0, null, "its reply is too long");
            }

            if (line.Length < 3 || line[0] is < (byte)'2' or > (byte)'5' || line[1] is < (byte)'0' or > (byte)'5' || line[2] is < (byte)'0' or > (byte)'9'
                || (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-')))
            {
                return new(0, null, "its reply is none of SMTP");
            }

            var own = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
            if (lines.Count > 0 && own != code)
            {
                return new(0, null, "its reply changes its code");
            }

            code = own;
            lines.Add(line.Length > 4 ? Encoding.Latin1.GetString(line[4..]) : "");
            at += end + 1;
            if (line.Length == 3 || line[3] == ' ')
            {
                return new(at, new(code, lines), null);
            }
        }
    }

    [GeneratedRegex(@"[^\s<>()\[\],;:""]+@[^\s<>()\[\],;:""]+")]
    private static partial Regex AnAddress();
}
