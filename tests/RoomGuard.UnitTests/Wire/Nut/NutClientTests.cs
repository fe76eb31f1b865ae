using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RoomGuard.TestKit;
using RoomGuard.Wire.Nut;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Nut;

/// <summary>The asking end: greeting, lists, errors, servers that are none.</summary>
public class NutClientTests
{
    [Fact]
    public void A_client_greets_with_tls_user_password_and_login_and_then_asks()
    {
        var client = new NutClient(new(NutTls.Required, "monitor", "pass word", "ups1"));
        client.Ask("LIST VAR ups1");
        Assert.Equal("STARTTLS", Line(client));
        Hears(client, "OK STARTTLS\n");
        Assert.True(client.Next(TimeSpan.Zero).StartTls);
        client.TlsUp();
        Assert.True(client.IsTls);
        Assert.Equal("USERNAME monitor", Line(client));
        Hears(client, "OK\n");
        Assert.Equal("PASSWORD \"pass word\"", Line(client));
        Hears(client, "OK\n");
        Assert.Equal("LOGIN ups1", Line(client));
        Hears(client, "OK\n");
        Assert.Equal("LIST VAR ups1", Line(client));
        Hears(client, "BEGIN LIST VAR ups1\nVAR ups1 ups.status \"OB LB\"\nVAR ups1 battery.charge \"<85\"\nVAR ups1 ups.mfr \"A \\\"B\\\"\"\nEND LIST VAR ups1\n");

        Assert.True(client.TryTake(out var outcome));
        var variables = outcome.Variables();
        Assert.Equal("OB LB", variables["ups.status"]);
        Assert.Equal("<85", variables["battery.charge"]);
        Assert.Equal("A \"B\"", variables["ups.mfr"]);
        Assert.Equal(3, variables.Count);
        Assert.True(client.IsIdle);
    }

    [Fact]
    public void A_server_without_tls_is_spoken_to_in_clear_only_where_that_is_allowed()
    {
        var lenient = new NutClient(new(NutTls.IfOffered));
        Assert.Equal("STARTTLS", Line(lenient));
        Hears(lenient, "ERR FEATURE-NOT-CONFIGURED\n");
        lenient.Ask("VER");
        Assert.Equal("VER", Line(lenient));

        var strict = new NutClient(new(NutTls.Required));
        Line(strict);
        Hears(strict, "ERR FEATURE-NOT-CONFIGURED\n");
        Assert.Contains("no TLS", strict.Next(TimeSpan.Zero).Broken, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ERR DATA-STALE", "DATA-STALE")]
    [InlineData("ERR DRIVER-NOT-CONNECTED", "DRIVER-NOT-CONNECTED")]
    [InlineData("ERR UNKNOWN-UPS extra words", "UNKNOWN-UPS")]
    [InlineData("ERR", "UNKNOWN-COMMAND")]
    public void An_error_is_an_outcome_and_the_conversation_goes_on(string answer, string error)
    {
        var client = Asking("GET VAR ups1 ups.status");
        Hears(client, answer + "\n");

        Assert.True(client.TryTake(out var outcome));
        Assert.Equal(error, outcome.Error);
        Assert.Empty(outcome.Lines);
        client.Ask("VER");
        Assert.Equal("VER", Line(client));
    }

    [Fact]
    public void A_wrong_password_breaks_the_greeting_with_words_to_act_on()
    {
        var client = new NutClient(new(NutTls.Never, "monitor", "wrong", "ups1"));
        Line(client);
        Hears(client, "OK\n");
        Line(client);
        Hears(client, "OK\n");
        Line(client);
        Hears(client, "ERR ACCESS-DENIED\n");

        Assert.Contains("ACCESS-DENIED", client.Next(TimeSpan.Zero).Broken, StringComparison.Ordinal);
    }

    [Fact]
    public void Silence_for_five_seconds_breaks_the_conversation_and_a_long_list_that_goes_on_does_not()
    {
        var client = Asking("LIST VAR ups1");
        Assert.Equal(TimeSpan.FromSeconds(5), client.Next(TimeSpan.FromSeconds(1)).Until);
        client.Receive("BEGIN LIST VAR ups1\n"u8, TimeSpan.FromSeconds(4));
        Assert.Null(client.Next(TimeSpan.FromSeconds(8)).Broken);
        Assert.Contains("did not answer LIST", client.Next(TimeSpan.FromSeconds(9)).Broken, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void A_server_that_is_none_is_left()
    {
        var talker = new NutClient(new(NutTls.Never));
        Hears(talker, "220 mail ready\n");
        Assert.Contains("unasked", talker.Next(TimeSpan.Zero).Broken, StringComparison.Ordinal);

        var endless = Asking("LIST VAR ups1");
        Hears(endless, "BEGIN LIST VAR ups1\n" + string.Concat(Enumerable.Repeat("VAR ups1 a \"b\"\n", 2100)));
        Assert.Contains("no end", endless.Next(TimeSpan.Zero).Broken, StringComparison.Ordinal);

        var line = Asking("LIST VAR ups1");
        Hears(line, new('x', 5000));
        Assert.Contains("without end", line.Next(TimeSpan.Zero).Broken, StringComparison.Ordinal);

        var open = Asking("VER");
        Hears(open, "VAR \"open\n");
        Assert.NotNull(open.Next(TimeSpan.Zero).Broken);
    }

    [Fact]
    public void What_came_in_clear_behind_the_grant_of_tls_does_not_count()
    {
        var client = new NutClient(new(NutTls.Required));
        client.Ask("GET VAR ups1 ups.status");
        Line(client);
        Hears(client, "OK STARTTLS\nVAR ups1 ups.status \"OL\"\n");
        Assert.False(client.TryTake(out _));
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void Any_bytes_end_in_an_outcome_or_in_a_broken_conversation() => Prop.ForAll<byte[]>(bytes =>
    {
        var client = Asking("LIST VAR ups1");
        client.Receive(bytes, TimeSpan.Zero);
        return client.TryTake(out _) || client.Next(TimeSpan.FromSeconds(10)).Broken is not null;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(700));

    private static NutClient Asking(string question)
    {
        var client = new NutClient(new(NutTls.Never));
        client.Ask(question);
        Assert.Equal(question, Line(client));
        return client;
    }

    private static string? Line(NutClient client) => client.Next(TimeSpan.Zero).Line;

    private static void Hears(NutClient client, string text) => client.Receive(Encoding.UTF8.GetBytes(text), TimeSpan.Zero);
}
