using System.Collections.Immutable;
using System.Text;

namespace RoomGuard.Service.People;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">Line of the file on which it begins, from 1.</param>
public sealed record CsvRecord(int Line, ImmutableArray<string> Fields);

/// <summary>Reads CSV by RFC 4180: quotes doubled inside quotes, line ends CRLF or LF, a line end inside quotes belongs to the field.</summary>
public static class CsvText
{
    /// <summary>Cuts a text into records; empty lines are skipped.</summary>
    /// <exception cref="FormatException">A quote stands where none may, or is never closed; the message names the line.</exception>
    public static IEnumerable<CsvRecord> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = 0;
        var line = 1;
        while (at < text.Length)
        {
            var begun = line;
            var fields = ImmutableArray.CreateBuilder<string>();
            bool more;
            do
            {
                fields.Add(Field(text, ref at, ref line));
                more = at < text.Length && text[at] == ',';
                at += more ? 1 : 0;
            }
            while (more);
            EndOfLine(text, ref at, ref line);
            if (fields is not [""])
            {
                yield return new(begun, fields.DrainToImmutable());
            }
        }
    }

    private static string Field(string text, ref int at, ref int line)
    {
        if (at >= text.Length || text[at] != '"')
        {
            var from = at;
            at = text.AsSpan(at).IndexOfAny(",\r\n\"") is var end and >= 0 ? at + end : text.Length;
            return at < text.Length && text[at] == '"' ? throw Stray(line) : text[from..at];
        }

        var begun = line;
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                if (at + 1 >= text.Length || text[at + 1] != '"')
                {
                    at++;
                    return at < text.Length && text[at] is not (',' or '\r' or '\n') ? throw Stray(line) : field.ToString();
                }

                at++;
            }

            line += text[at] == '\n' ? 1 : 0;
            _ = field.Append(text[at]);
        }

        throw new FormatException($"Line {begun}: a quote is never closed.");
    }

    private static void EndOfLine(string text, ref int at, ref int line)
    {
        at += at < text.Length && text[at] == '\r' ? 1 : 0;
        at += at < text.Length && text[at] == '\n' ? 1 : 0;
        line++;
    }

    private static FormatException Stray(int line) => new($"Line {line}: a quote stands inside a field without quotes.");
}
