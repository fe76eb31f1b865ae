using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RoomGuard.Service.Notices.Mail;
using RoomGuard.Service.Notices.Syslog;
using Xunit;

namespace RoomGuard.UnitTests.Service.Notices;

/// <summary>RFC 5424 section 6.5 gives the examples; its BOM is written out here.</summary>
public class SyslogMessageTests
{
    [Fact]
    public void Example_1_is_written_letter_by_letter() => Assert.Equal(
        "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF'su root' failed for lonvick on /dev/pts/8",
        Written(new(4, 2, At("2003-10-11T22:14:15.003Z"), "mymachine.example.com", "su", null, "ID47", [], "'su root' failed for lonvick on /dev/pts/8")));

    [Fact]
    public void The_head_of_example_2_is_written_letter_by_letter() => Assert.Equal(
        "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - -",
        Written(new(20, 5, At("2003-08-24T05:14:15.000003-07:00"), "192.0.2.1", "myproc", "8710", null, [], "")));

    [Fact]
    public void Example_3_is_written_letter_by_letter() => Assert.Equal(
        "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut=\"3\" eventSource=\"Application\" eventID=\"1011\"] \uFEFFAn application event log entry...",
        Written(new(
            20, 5, At("2003-10-11T22:14:15.003Z"), "mymachine.example.com", "evntslog", null, "ID47",
            [new("exampleSDID@32473", [("iut", "3"), ("eventSource", "Application"), ("eventID", "1011")])], "An application event log entry...")));

    [Fact]
    public void Example_4_is_written_letter_by_letter() => Assert.Equal(
        "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut=\"3\" eventSource=\"Application\" eventID=\"1011\"][examplePriority@32473 class=\"high\"]",
        Written(new(
            20, 5, At("2003-10-11T22:14:15.003Z"), "mymachine.example.com", "evntslog", null, "ID47",
            [new("exampleSDID@32473", [("iut", "3"), ("eventSource", "Application"), ("eventID", "1011")]), new("examplePriority@32473", [("class", "high")])], "")));

    [Fact]
    public void Values_of_structured_data_are_escaped_as_section_6_3_3_says() => Assert.Equal(
        """[x@32473 a="\"\\\]"]""", Written(new(0, 0, DateTimeOffset.UnixEpoch, null, null, null, null, [new("x@32473", [("a", "\"\\]")])], ""))["<0>1 1970-01-01T00:00:00.000Z - - - - ".Length..]);

    [Fact]
    public void A_frame_counts_bytes_and_not_signs()
    {
        var message = new SyslogMessage(13, 2, DateTimeOffset.UnixEpoch, "kakuu-1", "roomguard", null, "leak", [], "漏水");

        Assert.Equal($"{message.ToBytes().Length} ", Encoding.UTF8.GetString(message.ToFrame())[..3]);
        Assert.Equal(message.ToBytes(), message.ToFrame()[3..]);
    }

    [Fact]
    public void Any_text_is_one_message_in_one_frame_that_reads_back() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll<string, string, string>((field, value, text) =>
    {
        (field, value, text) = (field ?? "", value ?? "", text ?? "");
        var frame = new SyslogMessage(13, 2, DateTimeOffset.UnixEpoch, field, field, field, field, [new("roomguard@32473", [("a", value)])], text).ToFrame();
        var space = Array.IndexOf(frame, (byte)' ');
        Assert.Equal(frame.Length - space - 1, int.Parse(Encoding.ASCII.GetString(frame[..space]), CultureInfo.InvariantCulture));

        var message = Encoding.UTF8.GetString(frame[(space + 1)..]);
        Assert.DoesNotContain(message, sign => char.IsControl(sign));
        var parts = message.Split(' ', 7);
        Assert.Equal(("<106>1", "1970-01-01T00:00:00.000Z"), (parts[0], parts[1]));
        Assert.All(parts[2..6], part => Assert.All(part, sign => Assert.InRange(sign, '!', '~')));
        var (read, rest) = Element(parts[6]);
        Assert.Equal(EncodedWords.Clean(value), read);
        Assert.Equal(text.Length == 0 ? "" : " \uFEFF" + EncodedWords.Clean(text), rest);
        return true;
    }));

    private static (string Value, string After) Element(string text)
    {
        const string begin = "[roomguard@32473 a=\"";
        Assert.StartsWith(begin, text, StringComparison.Ordinal);
        var value = new StringBuilder();
        var at = begin.Length;
        for (; text[at] != '"'; at++)
        {
            Assert.NotEqual(']', text[at]);
            at += text[at] == '\\' ? 1 : 0;
            value.Append(text[at]);
        }

        Assert.Equal(']', text[at + 1]);
        return (value.ToString(), text[(at + 2)..]);
    }

    private static string Written(SyslogMessage message) => Encoding.UTF8.GetString(message.ToBytes());

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
