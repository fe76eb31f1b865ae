using System.Text;
using RoomGuard.Bridge.Readers;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Readers;

public sealed class PinCollectorTests
{
    [Theory]
    [InlineData("1234\r", "1234")]
    [InlineData("1234#", "1234")]
    [InlineData("99\u007F1234\r", "1234")]
    [InlineData("99*1234\r", "1234")]
    [InlineData("\r", null)]
    [InlineData("12A34\r", "1234")]
    [InlineData("123456789012\r", "123456789012")]
    [InlineData("1234567890123\r", null)]
    [InlineData("1234567890123*42\r", "42")]
    public void Digits_end_with_enter_and_begin_anew_with_clear(string keys, string? pin) =>
        Assert.Equal(pin, new PinCollector().Take(Encoding.ASCII.GetBytes(keys), default).SingleOrDefault()?.Reveal());

    [Fact]
    public void Two_pins_in_one_message_stay_two() =>
        Assert.Equal(["11", "22"], new PinCollector().Take("11\r22\r"u8, default).Select(pin => pin.Reveal()));

    [Fact]
    public void What_nobody_finished_is_forgotten_after_ten_seconds()
    {
        var keypad = new PinCollector();
        keypad.Take("99"u8, TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(11), keypad.NextDue);

        var pins = keypad.Take("12\r"u8, TimeSpan.FromSeconds(11));

        Assert.Equal("12", Assert.Single(pins).Reveal());
        Assert.Null(keypad.NextDue);
    }
}
