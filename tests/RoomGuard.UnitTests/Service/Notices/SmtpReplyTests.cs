using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RoomGuard.Service.Notices.Mail;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.Notices;

public class SmtpReplyTests
{
    // As postfix of Debian 12 answers EHLO.
    private const string Hello = "250-relay.kakuu.example\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-STARTTLS\r\n250-AUTH PLAIN LOGIN\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n";

    [Fact]
    public void A_reply_of_many_lines_is_one_and_says_what_is_offered()
    {
        var look = SmtpReply.Look(Encoding.ASCII.GetBytes(Hello + "220 more"));

        Assert.Equal(Hello.Length, look.Consumed);
        Assert.True(look.Reply is { Code: 250, Lines.Count: 7, IsPositive: true });
        Assert.True(look.Reply!.Offers("starttls") && look.Reply.OffersAuth("LOGIN") && look.Reply.OffersAuth("plain"));
        Assert.False(look.Reply.Offers("relay.kakuu.example") || look.Reply.OffersAuth("CRAM-MD5"));
    }

    [Fact]
    public void A_reply_cut_anywhere_is_waited_for()
    {
        for (var cut = 0; cut < Hello.Length; cut++)
        {
            Assert.Equal(default, SmtpReply.Look(Encoding.ASCII.GetBytes(Hello[..cut])));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("25\r\n")]
    [InlineData("260 x\r\n")]
    [InlineData("250+x\r\n")]
    [InlineData("250-a\r\n251 b\r\n")]
    [InlineData("\r\n")]
    public void What_is_no_reply_is_a_fault_and_never_an_answer(string said) => Assert.NotNull(SmtpReply.Look(Encoding.ASCII.GetBytes(said)).Fault);

    [Fact]
    public void A_reply_without_end_is_a_fault()
    {
        Assert.NotNull(SmtpReply.Look(new byte[5000]).Fault);
        Assert.NotNull(SmtpReply.Look(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("250-x\r\n", 200)))).Fault);
    }

    [Fact]
    [Requirement("R-INC-13")]
    public void What_a_relay_says_is_shown_without_addresses()
    {
        var reply = SmtpReply.Look("550 5.1.1 <hinata.naoko@kakuu.example>: Recipient \u001b[31m rejected\r\n"u8).Reply!;

        Assert.Equal("550 5.1.1 <(address)>: Recipient  [31m rejected", reply.Shown());
        Assert.True(reply.IsFinal);
    }

    [Fact]
    public void Any_bytes_are_a_reply_a_fault_or_waited_for() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<byte[]>(bytes =>
    {
        var look = SmtpReply.Look(bytes);
        Assert.InRange(look.Consumed, 0, bytes.Length);
        Assert.Equal(look.Reply is not null, look.Consumed > 0);
        return true;
    }));
}
