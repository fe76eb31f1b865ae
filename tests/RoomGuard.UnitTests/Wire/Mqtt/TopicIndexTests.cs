using RoomGuard.TestKit.Wire;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Mqtt;

/// <summary>Who gets what: the tree of filters beside a matcher too simple to be wrong.</summary>
public class TopicIndexTests
{
    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 30));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_tree_finds_what_a_search_through_all_filters_finds(int seed)
    {
        var random = new Random(seed);
        var texts = new AnMqttPacket(seed);
        var index = new TopicIndex<string>();
        var held = new Dictionary<(string Client, string Filter), (MqttSubscription Subscription, int Id)>();
        var matches = new TopicMatches<string>();
        string[] levels = ["a", "b", "", "$SYS", "温度"];

        for (var turn = 0; turn < 600; turn++)
        {
            var client = $"client{random.Next(6)}";
            var filter = random.Next(2) == 0 ? texts.Filter() : AFilter(random, levels);
            if (random.Next(3) == 0 && held.Count > 0)
            {
                var (oldClient, oldFilter) = held.Keys.ElementAt(random.Next(held.Count));
                Assert.True(index.Remove(oldClient, oldFilter));
                held.Remove((oldClient, oldFilter));
                Assert.False(index.Remove(oldClient, oldFilter));
            }
            else
            {
                var subscription = new MqttSubscription(filter, (MqttQos)random.Next(3), !MqttTopic.IsShared(filter) && random.Next(4) == 0, random.Next(2) == 0);
                var id = random.Next(3);
                Assert.Equal(!held.ContainsKey((client, filter)), index.Add(client, subscription, id));
                held[(client, filter)] = (subscription, id);
            }

            Assert.Equal(held.Count, index.Count);
            var topic = random.Next(2) == 0 ? texts.Topic() : string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => levels[random.Next(levels.Length)]));
            index.Match(topic, matches);

            Assert.Equal(
                held.Where(item => !MqttTopic.IsShared(item.Key.Filter) && Takes(item.Key.Filter, topic))
                    .Select(item => $"{item.Key.Client} {item.Value}").Order(StringComparer.Ordinal),
                matches.Ordinary.Select(match => $"{match.Client} {(match.Subscription, match.Ids.FirstOrDefault())}").Order(StringComparer.Ordinal));
            Assert.Equal(
                held.Where(item => MqttTopic.TrySplitShare(item.Key.Filter, out _, out var inner) && Takes(inner, topic))
                    .GroupBy(item => item.Key.Filter, (filter, members) => $"{filter.Split('/')[1]} {members.Count()}").Order(StringComparer.Ordinal),
                matches.Shared.Select(group => $"{group.Name} {group.Count}").Order(StringComparer.Ordinal));
            Assert.All(held.Keys.Where(key => !MqttTopic.IsShared(key.Filter)), key => Assert.Equal(Takes(key.Filter, topic), MqttTopic.Matches(key.Filter, topic)));
        }

        foreach (var (client, filter) in held.Keys)
        {
            Assert.True(index.Remove(client, filter));
        }

        Assert.Equal(0, index.Count);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_retained_is_found_by_every_filter_that_takes_it(int seed)
    {
        var random = new Random(seed);
        var texts = new AnMqttPacket(seed);
        var tree = new TopicTree<string>();
        var kept = new Dictionary<string, string>();
        string[] levels = ["a", "b", "", "$SYS", "温度"];
        for (var turn = 0; turn < 600; turn++)
        {
            var topic = random.Next(2) == 0 ? texts.Topic() : string.Join('/', Enumerable.Range(0, random.Next(2, 4)).Select(_ => levels[random.Next(levels.Length)]));
            var value = random.Next(3) == 0 ? null : $"{topic} {turn}";
            Assert.Equal(kept.GetValueOrDefault(topic), tree.Set(topic, value));
            if (value is null)
            {
                kept.Remove(topic);
            }
            else
            {
                kept[topic] = value;
            }

            Assert.Equal((kept.Count, value), (tree.Count, tree.TryGet(topic, out var found) ? found : null));
            var filter = random.Next(2) == 0 ? texts.Filter() : AFilter(random, levels);
            if (!MqttTopic.IsShared(filter))
            {
                Assert.Equal(kept.Where(item => Takes(filter, item.Key)).Select(item => item.Value).Order(StringComparer.Ordinal), tree.Match(filter).Order(StringComparer.Ordinal));
            }
        }

        foreach (var topic in kept.Keys)
        {
            Assert.NotNull(tree.Set(topic, null));
        }

        Assert.Empty(tree.Match("#"));
        Assert.Throws<ArgumentException>(() => tree.Match("$share/g/a"));
        Assert.Throws<ArgumentException>(() => tree.Set("a/+", "x"));
    }

    [Theory]
    [InlineData("a", MqttRetainHandling.Always, true, true)]
    [InlineData("a", MqttRetainHandling.IfNew, true, false)]
    [InlineData("a", MqttRetainHandling.Never, false, false)]
    [InlineData("$share/g/a", MqttRetainHandling.Always, false, false)]
    public void Retained_messages_go_out_as_the_subscription_wants(string filter, MqttRetainHandling handling, bool whenNew, bool whenKnown)
    {
        var subscription = new MqttSubscription(filter, MqttQos.AtMostOnce, RetainHandling: handling);
        Assert.Equal((whenNew, whenKnown), (subscription.WantsRetained(isNew: true), subscription.WantsRetained(isNew: false)));
    }

    [Fact]
    public void A_client_with_overlapping_filters_gets_one_copy_at_the_highest_qos_with_all_numbers()
    {
        var index = new TopicIndex<string>();
        index.Add("panel", new("room/#", MqttQos.AtMostOnce, RetainAsPublished: true), 7);
        index.Add("panel", new("room/+/temperature", MqttQos.ExactlyOnce), 9);
        index.Add("panel", new("room/inlet/temperature", MqttQos.AtLeastOnce));
        index.Add("other", new("#", MqttQos.AtLeastOnce));

        var deliveries = Deliveries(index, "room/inlet/temperature", publisher: null);
        Assert.Equal(2, deliveries.Count);
        var panel = Assert.Single(deliveries, item => item.Client == "panel");
        Assert.Equal((MqttQos.ExactlyOnce, true), (panel.Qos, panel.RetainAsPublished));
        Assert.Equal([7, 9], panel.Ids.Order());
        Assert.Empty(Assert.Single(deliveries, item => item.Client == "other").Ids);
    }

    [Fact]
    public void No_local_keeps_a_message_from_its_publisher_only_and_only_on_that_filter()
    {
        var index = new TopicIndex<string>();
        index.Add("panel", new("room/#", MqttQos.AtLeastOnce, NoLocal: true));
        index.Add("other", new("room/#", MqttQos.AtLeastOnce, NoLocal: true));
        Assert.Equal(["other"], Deliveries(index, "room/x", "panel").Select(item => item.Client));
        Assert.Equal(2, Deliveries(index, "room/x", publisher: null).Count);

        index.Add("panel", new("+/x", MqttQos.AtMostOnce));
        Assert.Equal(MqttQos.AtMostOnce, Assert.Single(Deliveries(index, "room/x", "panel"), item => item.Client == "panel").Qos);
    }

    [Fact]
    public void A_share_goes_round_and_prefers_who_is_there()
    {
        var index = new TopicIndex<string>();
        foreach (var name in new[] { "a", "b", "c" })
        {
            Assert.True(index.Add(name, new("$share/g/room/+", MqttQos.AtLeastOnce)));
        }

        Assert.False(index.Add("b", new("$share/g/room/+", MqttQos.ExactlyOnce)));
        Assert.True(index.Add("a", new("$share/h/room/+", MqttQos.AtLeastOnce)));
        Assert.True(index.Add("a", new("room/+", MqttQos.AtLeastOnce)));
        var matches = new TopicMatches<string>();
        index.Match("room/x", matches);
        Assert.Equal(["g", "h"], matches.Shared.Select(group => group.Name).Order(StringComparer.Ordinal));
        Assert.Single(matches.Ordinary);

        var share = matches.Shared.Single(group => group.Name == "g");
        Assert.Equal("abcabc", string.Concat(Enumerable.Range(0, 6).Select(_ => share.Next(_ => true).Client)));
        Assert.Equal("bcbc", string.Concat(Enumerable.Range(0, 4).Select(_ => share.Next(client => client != "a").Client)));
        Assert.Equal("abca", string.Concat(Enumerable.Range(0, 4).Select(_ => share.Next(_ => false).Client)));

        // Who leaves is not asked again, and nobody's turn is lost.
        Assert.True(index.Remove("a", "$share/g/room/+"));
        Assert.Equal("bcb", string.Concat(Enumerable.Range(0, 3).Select(_ => share.Next(_ => true).Client)));
    }

    [Fact]
    public void A_match_looks_only_at_what_can_match()
    {
        var index = new TopicIndex<string>();
        var matches = new TopicMatches<string>();
        index.Add("one", new("room/inlet/#", MqttQos.AtMostOnce));
        for (var client = 0; client < 20_000; client++)
        {
            index.Add($"client{client}", new($"device/{client}/command", MqttQos.AtMostOnce));
        }

        index.Match("room/inlet/temperature", matches);
        Assert.Single(matches.Ordinary);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 1000; turn++)
        {
            index.Match("room/inlet/temperature", matches);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(matches.Looked, 3, 4);
    }

    [Fact]
    public void A_filter_of_thirty_thousand_levels_does_no_harm()
    {
        var index = new TopicIndex<string>();
        var deep = string.Join('/', Enumerable.Repeat("+", 30_000));
        Assert.True(index.Add("one", new(deep, MqttQos.AtMostOnce)));
        var matches = new TopicMatches<string>();
        index.Match(new('/', 29_999), matches);
        Assert.Single(matches.Ordinary);
        Assert.True(index.Remove("one", deep));
        index.Match(new('/', 29_999), matches);
        Assert.Empty(matches.Ordinary);
        Assert.Equal(1, matches.Looked);
    }

    private static List<TopicDelivery<string>> Deliveries(TopicIndex<string> index, string topic, string? publisher)
    {
        var matches = new TopicMatches<string>();
        var deliveries = new List<TopicDelivery<string>>();
        index.Match(topic, matches);
        matches.Merge(publisher, deliveries);
        return deliveries;
    }

    private static string AFilter(Random random, string[] levels)
    {
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(3) == 0 ? "+" : levels[random.Next(levels.Length)]).ToList();
        if (random.Next(3) == 0)
        {
            parts.Add("#");
        }

        var filter = string.Join('/', parts);
        return filter.Length == 0 ? "+" : random.Next(4) == 0 ? $"$share/g{random.Next(2)}/{filter}" : filter;
    }

    /// <summary>By the letter of the standard, level by level.</summary>
    private static bool Takes(string filter, string topic)
    {
        if (topic.StartsWith('$') && (filter[0] == '+' || filter[0] == '#'))
        {
            return false;
        }

        var wanted = filter.Split('/');
        var levels = topic.Split('/');
        for (var at = 0; at < wanted.Length; at++)
        {
            if (wanted[at] == "#")
            {
                return true;
            }

            if (at >= levels.Length || (wanted[at] != "+" && wanted[at] != levels[at]))
            {
                return false;
            }
        }

        return wanted.Length == levels.Length;
    }
}
