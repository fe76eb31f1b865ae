using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RoomGuard.Service.Notices.Mail;

namespace RoomGuard.Service.Notices.Syslog;

/// <summary>One element of structured data (RFC 5424 section 6.3).</summary>
/// <param name="Id">E.g. <c>roomguard@32473</c>.</param>
public sealed record SyslogElement(string Id, ImmutableArray<(string Name, string Value)> Parameters);

/// <summary>One message of RFC 5424. Pure.</summary>
/// <param name="Facility">0 to 23.</param>
/// <param name="Severity">0 to 7; lower is worse.</param>
/// <param name="At">Written in its own offset; a moment of UTC as Z.</param>
/// <param name="Text">Empty: none.</param>
public sealed record SyslogMessage(
    int Facility,
    int Severity,
    DateTimeOffset At,
    string? Host,
    string? App,
    string? Process,
    string? MessageId,
    ImmutableArray<SyslogElement> Elements,
    string Text)
{
    private const int LongestHost = 255;
    private const int LongestApp = 48;
    private const int LongestProcess = 128;
    private const int LongestMessageId = 32;
    private const int LongestName = 32;

    /// <summary>The message without a frame.</summary>
    public byte[] ToBytes()
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"<{(Math.Clamp(Facility, 0, 23) * 8) + Math.Clamp(Severity, 0, 7)}>1 {Timestamp(At)} ");
        head.Append(Field(Host, LongestHost)).Append(' ').Append(Field(App, LongestApp)).Append(' ').Append(Field(Process, LongestProcess)).Append(' ').Append(Field(MessageId, LongestMessageId)).Append(' ');
        if (Elements.IsDefaultOrEmpty)
        {
            head.Append('-');
        }

        foreach (var element in Elements.IsDefault ? [] : Elements)
        {
            head.Append('[').Append(Name(element.Id));
            foreach (var (name, value) in element.Parameters)
            {
                head.Append(' ').Append(Name(name)).Append("=\"").Append(Escaped(value)).Append('"');
            }

            head.Append(']');
        }

        if (Text.Length > 0)
        {
            // Section 6.4: text in UTF-8 begins with the mark that says so.
            head.Append(" \uFEFF").Append(EncodedWords.Clean(Text));
        }

        return Encoding.UTF8.GetBytes(head.ToString());
    }

    /// <summary>The message as RFC 5425 section 4.3 frames it: its length in bytes, a space, the message. What it holds never ends it.</summary>
    public byte[] ToFrame()
    {
        var message = ToBytes();
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.Length} ")), .. message];
    }

    private static string Timestamp(DateTimeOffset at)
    {
        var form = at.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss.fff" : "yyyy-MM-dd'T'HH:mm:ss.ffffff";
        return at.ToString(form, CultureInfo.InvariantCulture) + (at.Offset == TimeSpan.Zero ? "Z" : at.ToString("zzz", CultureInfo.InvariantCulture));
    }

    // Visible ASCII; what is not stands as a question mark, and nothing as the hyphen the standard asks for.
    private static string Field(string? text, int most)
    {
        var plain = new string([.. (text ?? "").Take(most).Select(sign => sign is > ' ' and <= '~' ? sign : '?')]);
        return plain.Length == 0 ? "-" : plain;
    }

    private static string Name(string text) => new([.. text.Take(LongestName).Select(sign => sign is > ' ' and <= '~' and not ('=' or ']' or '"') ? sign : '?')]);

    private static string Escaped(string value) => EncodedWords.Clean(value)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
}
