using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RoomGuard.Service.Notices.Mail;
using Xunit;

namespace RoomGuard.UnitTests.Service.Notices;

/// <summary>Mail as it goes over the wire. What our encoders write is read by a reader of these tests' own, which is itself held against the examples of the RFCs.</summary>
public class MailFormTests
{
    private const string Template = "roomguard@kakuu.example";

    [Theory]
    [InlineData("=?utf-8?B?YQ==?=", "a")]
    [InlineData("=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=", "If you can read this yo")] // RFC 2047 section 8
    [InlineData("=?utf-8?B?YQ==?= =?utf-8?B?Yg==?=", "ab")] // RFC 2047 section 8: white space between two is not shown
    [InlineData("=?utf-8?B?YQ==?=\r\n =?utf-8?B?Yg==?=", "ab")]
    public void The_reader_of_these_tests_reads_the_examples_of_RFC_2047(string written, string text) => Assert.Equal(text, MailReader.Header(written));

    [Fact]
    public void The_reader_of_these_tests_reads_the_example_of_RFC_2045() => Assert.Equal(
        "Now's the time for all folk to come to the aid of their country.",
        Encoding.ASCII.GetString(MailReader.QuotedPrintable("Now's the time =\r\nfor all folk to come=\r\n to the aid of their country.")));

    [Fact]
    public void Plain_words_stay_as_they_are_and_a_Japanese_subject_becomes_encoded_words()
    {
        Assert.Equal("Test notice", EncodedWords.Of("Test notice", 9));
        Assert.Equal("=?utf-8?B?5rip5bqm5LiK5piH?=", EncodedWords.Of("温度上昇", 9));
        Assert.StartsWith("=?utf-8?B?", EncodedWords.Of("=?utf-8?Q?not ours?=", 9), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_end_in_space_or_are_long_survive_quoted_printable()
    {
        Assert.Equal("a=20\r\nb=3Dc=09\r\n", TransferEncoding.QuotedPrintable("a \r\nb=c\t\r\n"u8));
        Assert.Equal(new string('x', 75) + "=\r\nxxxxx\r\n", TransferEncoding.QuotedPrintable(Encoding.ASCII.GetBytes(new string('x', 80) + "\r\n")));
        Assert.Equal("=E6=B8=A9\r\n", TransferEncoding.QuotedPrintable("温\r\n"u8));
    }

    [Theory]
    [InlineData("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n")]
    [InlineData(".hidden", "..hidden\r\n.\r\n")]
    [InlineData("..\r\n", "...\r\n.\r\n")]
    [InlineData("", "\r\n.\r\n")]
    public void A_full_stop_at_the_beginning_of_a_line_is_doubled_and_the_end_is_marked(string message, string sent) =>
        Assert.Equal(sent, Encoding.ASCII.GetString(MailMessage.Stuffed(Encoding.ASCII.GetBytes(message))));

    [Theory]
    [InlineData("duty@kakuu.example", true)]
    [InlineData("a.b+c@x", true)]
    [InlineData("@kakuu.example", false)]
    [InlineData("a@", false)]
    [InlineData("a@b@c", false)]
    [InlineData("a b@c", false)]
    [InlineData(".a@c", false)]
    [InlineData("a@c>\r\nRCPT TO:<b@c", false)]
    [InlineData("a@c\n", false)]
    [InlineData("\"a\"@c", false)]
    [InlineData("当番@kakuu.example", false)]
    [InlineData(null, false)]
    public void Only_a_plain_address_is_one(string? text, bool isOne) => Assert.Equal(isOne, MailAddress.IsOne(text));

    [Fact]
    public void A_message_says_what_it_is_in_every_header_a_relay_looks_at()
    {
        var message = new MailMessage(Template, "duty@kakuu.example", "【RoomGuard 緊急】温度上昇", "重大度: 緊急\n\nLevel: Emergency\n", "N-104233-1", new(2026, 8, 2, 3, 11, 0, TimeSpan.FromHours(9)), Urgent: true).ToBytes();

        Assert.Equal(
            """
            Date: Sun, 02 Aug 2026 03:11:00 +0900
            From: roomguard@kakuu.example
            To: duty@kakuu.example
            Subject: =?utf-8?B?44CQUm9vbUd1YXJkIOe3iuaApeOAkea4qeW6puS4iuaYhw==?=
            Message-ID: <N-104233-1@kakuu.example>
            Auto-Submitted: auto-generated
            Importance: high
            X-Priority: 1
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64
            Content-Language: ja, en

            6YeN5aSn5bqmOiDnt4rmgKUNCg0KTGV2ZWw6IEVtZXJnZW5jeQ0K

            """.ReplaceLineEndings("\r\n"),
            Encoding.ASCII.GetString(message));
    }

    [Fact]
    public void Any_text_is_read_back_from_a_message_that_has_the_same_headers_and_no_more() => Run(Prop.ForAll<string, string, string>((subject, text, id) =>
    {
        var bytes = new MailMessage(Template, "duty@kakuu.example", subject ?? "", text ?? "", id ?? "", DateTimeOffset.UnixEpoch, Urgent: false).ToBytes();
        var (headers, body) = MailReader.Read(bytes);

        Assert.All(Encoding.Latin1.GetString(bytes).Split("\r\n"), line => Assert.True((line.Length <= 78 || line.StartsWith("Message-ID", StringComparison.Ordinal)) && line.All(sign => sign is '\t' or (>= ' ' and <= '~')), line));
        Assert.Equal(["Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Language"], headers.Select(header => header.Name));
        Assert.Equal(EncodedWords.Clean(subject ?? ""), MailReader.Header(headers.Single(header => header.Name == "Subject").Value));
        Assert.Equal(TransferEncoding.Lines(text ?? ""), body);
        Assert.Matches("^<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@kakuu\\.example>$", headers.Single(header => header.Name == "Message-ID").Value);
        return true;
    }));

    [Fact]
    public void Any_bytes_after_DATA_end_once_and_are_read_back() => Run(Prop.ForAll<byte[]>(bytes =>
    {
        var message = Encoding.ASCII.GetBytes(TransferEncoding.Lines(Encoding.Latin1.GetString(bytes ?? [])).Replace('a', '.'));
        var sent = Encoding.Latin1.GetString(MailMessage.Stuffed(message));

        Assert.EndsWith("\r\n.\r\n", sent, StringComparison.Ordinal);
        Assert.Equal(sent.Length - 5, sent.IndexOf("\r\n.\r\n", StringComparison.Ordinal));
        var read = sent[..^3].Split("\r\n").Select(line => line.StartsWith('.') ? line[1..] : line);
        Assert.Equal(Encoding.Latin1.GetString(message), string.Join("\r\n", read));
        return true;
    }));

    [Theory]
    [InlineData("\r\nBcc: everybody@kakuu.example")]
    [InlineData("\nX: y")]
    [InlineData("\u0085X: y")]
    [InlineData("\u2028X: y")]
    [InlineData("a\0b")]
    public void No_text_adds_a_header(string text)
    {
        var message = Encoding.ASCII.GetString(new MailMessage(Template, "duty@kakuu.example", text, "x", "N-1", DateTimeOffset.UnixEpoch, Urgent: false).ToBytes());

        Assert.Equal(10, message.Split("\r\n\r\n")[0].Split("\r\n").Count(line => !line.StartsWith(' ')));
        Assert.Throws<ArgumentException>(() => new MailMessage(Template, "duty@kakuu.example" + text, "x", "x", "N-1", DateTimeOffset.UnixEpoch, Urgent: false).ToBytes());
    }

    private static void Run(Property property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), property);
}

/// <summary>Reads mail as RFC 2045, 2047 and 5322 say; shares nothing with what writes it.</summary>
internal static class MailReader
{
    public static (IReadOnlyList<(string Name, string Value)> Headers, string Body) Read(byte[] message)
    {
        var text = Encoding.ASCII.GetString(message);
        var cut = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = text[..cut].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n").Select(line => (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].TrimStart())).ToList();
        var body = text[(cut + 4)..];
        var bytes = headers.Single(header => header.Item1 == "Content-Transfer-Encoding").Item2 == "base64" ? Convert.FromBase64String(body) : QuotedPrintable(body);
        return (headers, Encoding.UTF8.GetString(bytes));
    }

    public static string Header(string value)
    {
        var text = new StringBuilder();
        foreach (var word in value.Replace("\r\n", "", StringComparison.Ordinal).Split(' '))
        {
            if (word.Split('?') is ["=", var charset, "B", var data, "="])
            {
                Assert.True(word.Length <= 75, word);
                var decoder = (Encoding)Encoding.GetEncoding(charset).Clone();
                decoder.DecoderFallback = DecoderFallback.ExceptionFallback;
                text.Append(decoder.GetString(Convert.FromBase64String(data)));
            }
            else
            {
                text.Append(text.Length > 0 ? " " : "").Append(word);
            }
        }

        return text.ToString();
    }

    public static byte[] QuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '=')
            {
                bytes.Add((byte)text[at]);
            }
            else if (text[(at + 1)..].StartsWith("\r\n", StringComparison.Ordinal))
            {
                at += 2;
            }
            else
            {
                bytes.Add(Convert.ToByte(text.Substring(at + 1, 2), 16));
                at += 2;
            }
        }

        return [.. bytes];
    }
}
