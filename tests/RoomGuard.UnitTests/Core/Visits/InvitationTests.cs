using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Visits;

public class InvitationTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(at => (byte)at)];

    private static readonly PersonId Visitor = new("V-2026-0088-1");

    [Fact]
    [Requirement("R-VIS-01")]
    public void What_was_made_here_is_read_again_however_it_is_typed()
    {
        var text = Invitation.Of(Visitor, Key);

        Assert.Matches("^V-2026-0088-1\\.[A-Z2-7]{16}$", text);
        foreach (var typed in new[] { text, text.ToLowerInvariant(), $" {text} ", string.Concat(text.Select(sign => sign is > ' ' and <= '~' ? (char)(sign + 0xFEE0) : sign)) })
        {
            Assert.Equal(InvitationReading.Whole, Invitation.Read(typed, Key, out var visitor));
            Assert.Equal(Visitor, visitor);
        }
    }

    [Fact]
    [Requirement("R-VIS-01")]
    public void No_sign_can_be_lost_or_changed_unseen()
    {
        var text = Invitation.Of(Visitor, Key);
        for (var at = 0; at < text.Length; at++)
        {
            var torn = text.Remove(at, 1);
            var changed = $"{text[..at]}{(text[at] == 'A' ? 'B' : 'A')}{text[(at + 1)..]}";

            Assert.NotEqual(InvitationReading.Whole, Invitation.Read(torn, Key, out _));
            Assert.NotEqual(InvitationReading.Whole, Invitation.Read(changed, Key, out _));
        }
    }

    [Fact]
    [Requirement("R-VIS-01")]
    public void Another_sites_invitation_opens_nothing_here()
    {
        byte[] other = [.. Key.Select(part => (byte)(part ^ 1))];

        Assert.Equal(InvitationReading.Wrong, Invitation.Read(Invitation.Of(Visitor, other), Key, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("大淀")]
    [InlineData("V-2026-0088")]
    [InlineData("赤-014")]
    [InlineData("9,60002")]
    public void A_name_a_number_or_a_badge_is_no_invitation(string text) => Assert.Equal(InvitationReading.None, Invitation.Read(text, Key, out _));

    [Theory]
    [InlineData("赤-014", "赤-014")]
    [InlineData("赤14", "赤-014")]
    [InlineData("R-014", "赤-014")]
    [InlineData("r14", "赤-014")]
    [InlineData("Ｒ１４", "赤-014")]
    [InlineData("ｂ７", "青-007")]
    [InlineData("赤-0", null)]
    [InlineData("赤-1000", null)]
    [InlineData("14", null)]
    [InlineData("B-0003", "青-003")]
    [InlineData("大淀", null)]
    [Requirement("R-VIS-06")]
    public void A_badge_number_is_read_however_it_is_typed(string typed, string? no) => Assert.Equal(no, BadgeNoText.Read(typed));
}
