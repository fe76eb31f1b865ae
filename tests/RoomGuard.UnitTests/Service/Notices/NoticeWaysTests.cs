using RoomGuard.Core.Watch;
using RoomGuard.Service.Notices;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.Notices;

/// <summary>Whom the office has written down is told as it has written, over channels the settings allow and no others (R-NET-05).</summary>
public sealed class NoticeWaysTests
{
    private static readonly NoticeSettings Settings = NoticeRig.SettingsOf();

    [Fact]
    [Requirement("R-MON-04")]
    public void A_contact_of_the_office_is_reached_by_its_own_address_and_channels_in_their_order()
    {
        Assert.Equal([new("desk"), new ContactChannel("mail", "toban@kakuu.example")], Of("webhook:desk", "mailto:toban@kakuu.example"));
        Assert.Equal([new ContactChannel("mail", "toban@kakuu.example")], Of("mailto:toban@kakuu.example", "mailto:second@kakuu.example"));
    }

    [Theory]
    [Requirement("R-NET-05")]
    [InlineData("webhook:elsewhere")]
    [InlineData("webhook:mail")]
    [InlineData("syslog:desk")]
    public void A_channel_the_settings_do_not_have_leads_nowhere_and_what_they_say_counts(string way) => Assert.Equal(Settings.Ways(NoticeRig.Contact), Of(way));

    [Fact]
    public void Whoever_the_office_has_not_written_down_is_told_as_the_settings_say() =>
        Assert.Equal(Settings.Ways(NoticeRig.Contact), new NoticeWays(Settings, _ => null).Of(NoticeRig.Contact));

    private static ContactChannel[] Of(params string[] ways) => [.. new NoticeWays(Settings, id => new(id, "当番", [.. ways])).Of(NoticeRig.Contact)];
}
