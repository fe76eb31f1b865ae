using RoomGuard.Bridge.Broker;
using RoomGuard.TestKit;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Broker;

/// <summary>Each device is bound to its own topics.</summary>
public class TopicRightsTests
{
    [Theory]
    [Requirement("R-NET-01")]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/+/c", true)]
    [InlineData("a/#", "a/#", true)]
    [InlineData("a/#", "#", false)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a/+", true)]
    [InlineData("a/+", "a/#", false)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+", "a/b/c", false)]
    [InlineData("a/b", "a/+", false)]
    [InlineData("a/b", "a/b", true)]
    [InlineData("#", "$SYS/#", false)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    public void A_filter_is_granted_when_all_it_takes_is(string allowed, string wanted, bool granted) =>
        Assert.Equal(granted, new TopicRights([], [allowed]).AllowSubscribe(wanted));

    [Fact]
    public void A_share_is_granted_like_the_filter_in_it()
    {
        var rights = new TopicRights(["tele/s1/#"], ["tele/#"]);
        Assert.True(rights.AllowSubscribe("$share/g/tele/s1/x"));
        Assert.False(rights.AllowSubscribe("$share/g/cmnd/s1"));
        Assert.True(rights.AllowPublish("tele/s1/x"));
        Assert.False(rights.AllowPublish("tele/s2/x"));
    }

    // Covering must say no more than matching does: whatever the wanted filter takes, the allowed one takes.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_is_granted_that_lies_outside(int seed)
    {
        var random = new Random(seed);
        string[] levels = ["a", "b", "", "+", "#", "$x"];
        for (var i = 0; i < 20_000; i++)
        {
            var (allowed, wanted, topic) = (Some(levels), Some(levels), Some(["a", "b", "", "$x"]));
            if (MqttTopic.IsFilter(allowed) && MqttTopic.IsFilter(wanted) && MqttTopic.IsName(topic) && TopicRights.Covers(allowed, wanted) && MqttTopic.Matches(wanted, topic))
            {
                Assert.True(MqttTopic.Matches(allowed, topic), $"{allowed} was said to cover {wanted}, and does not take {topic}");
            }
        }

        string Some(string[] from) => string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => from[random.Next(from.Length)]));
    }
}
