using System.Text;

namespace RoomGuard.Service.Notices.Mail;

/// <summary>Header texts as RFC 2047 writes what is not ASCII. Pure; no text yields a line break that does not continue the header.</summary>
public static class EncodedWords
{
    private const string Begin = "=?utf-8?B?";
    private const string End = "?=";

    // RFC 2047 section 2: no encoded word is longer than 75 characters, no line with one longer than 76.
    private const int LongestWord = 75;
    private const int LongestLine = 76;

    /// <summary>The text for a header whose name, colon and space take <paramref name="used"/> characters of the first line.</summary>
    public static string Of(string text, int used)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = Clean(text);
        if (used + clean.Length <= LongestLine && !clean.Contains("=?", StringComparison.Ordinal) && clean.All(sign => sign is >= ' ' and <= '~'))
        {
            return clean;
        }

        var words = new StringBuilder();
        var part = new List<byte>();
        var room = RoomFor(Math.Min(LongestWord, LongestLine - used));
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in clean.EnumerateRunes())
        {
            // A sign is never cut in two: each word is to be read on its own (RFC 2047 section 5).
            var count = rune.EncodeToUtf8(bytes);
            if (part.Count > 0 && part.Count + count > room)
            {
                Finish(words, part);
                room = RoomFor(LongestWord);
            }

            part.AddRange(bytes[..count]);
        }

        Finish(words, part);
        return words.ToString();
    }

    /// <summary>The text in one line: what could break it stands as a space, what is no sign as U+FFFD.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }

    private static int RoomFor(int length) => (length - Begin.Length - End.Length) / 4 * 3;

    private static void Finish(StringBuilder words, List<byte> part)
    {
        if (words.Length > 0)
        {
            words.Append("\r\n ");
        }

        words.Append(Begin).Append(Convert.ToBase64String([.. part])).Append(End);
        part.Clear();
    }
}
