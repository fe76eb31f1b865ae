using System.Collections.Immutable;
using System.Text;

namespace RoomGuard.Wire.Nut;

/// <summary>What one look at the bytes of a NUT connection found.</summary>
/// <param name="Consumed">Bytes the caller may drop; zero: read more, then look again.</param>
/// <param name="Text">The line without its end; null: none yet.</param>
/// <param name="Overlong">More bytes without an end than any line has: they were dropped.</param>
public readonly record struct NutScan(int Consumed, string? Text, bool Overlong);

/// <summary>Lines of the NUT protocol: cutting, splitting into words, quoting (RFC 9271 section 4.1). Pure.</summary>
public static class NutLine
{
    /// <summary>Longest request a server takes.</summary>
    public const int LongestRequest = 512;

    /// <summary>Longest answer a client takes.</summary>
    public const int LongestAnswer = 2048;

    private const int MostWords = 32;

    /// <summary>Looks for one line at the start of <paramref name="bytes"/>. CR and 00 are left out: a current client sends a stray 00.</summary>
    public static NutScan Next(ReadOnlySpan<byte> bytes, int longest)
    {
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            return bytes.Length > longest ? new(bytes.Length, null, Overlong: true) : default;
        }

        if (end > longest)
        {
            return new(end + 1, null, Overlong: true);
        }

        Span<byte> kept = stackalloc byte[end];
        var length = 0;
        foreach (var item in bytes[..end])
        {
            if (item is not (0 or (byte)'\r'))
            {
                kept[length++] = item;
            }
        }

        return new(end + 1, Encoding.UTF8.GetString(kept[..length]), Overlong: false);
    }

    /// <summary>Splits at blanks; a word with blanks stands in double quotes, a backslash takes the next letter as it is. Null when a quote stays open or there are too many words.</summary>
    public static ImmutableArray<string>? Words(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        var inWord = false;
        var inQuotes = false;
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (letter == '\\' && at + 1 < line.Length)
            {
                word.Append(line[++at]);
                inWord = true;
            }
            else if (letter == '"')
            {
                inQuotes = !inQuotes;
                inWord = true;
            }
            else if (letter is ' ' or '\t' && !inQuotes)
            {
                if (inWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    inWord = false;
                }
            }
            else
            {
                word.Append(letter);
                inWord = true;
            }
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return inQuotes || words.Count > MostWords ? null : words.ToImmutable();
    }

    /// <summary>A value in double quotes, its quotes and backslashes escaped. A line end inside would begin a line of its own: it becomes a blank.</summary>
    public static string Quoted(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' or '\\' => text.Append('\\').Append(letter),
                < ' ' or '\x7F' => text.Append(' '),
                _ => text.Append(letter),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>A word as sent: quoted when it needs to be.</summary>
    public static string Word(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length == 0 || value.AsSpan().ContainsAny(" \"\\\t") || value.Any(char.IsControl) ? Quoted(value) : value;
    }
}
