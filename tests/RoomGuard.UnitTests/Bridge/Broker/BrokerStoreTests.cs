using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Broker;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Broker;

/// <summary>What the broker has promised, on the medium.</summary>
public sealed class BrokerStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-store-").FullName;
    private readonly BrokerMeters meters = new("test");
    private readonly VirtualTime time = new(A.MondayNine);

    public void Dispose()
    {
        meters.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void What_was_told_is_there_at_the_next_start_and_what_was_settled_is_not()
    {
        var message = PublishPacket.Of("a/温度", "21.5"u8.ToArray(), MqttQos.ExactlyOnce, properties: new() { MessageExpirySeconds = 60, UserProperties = [new("k", "v")], SubscriptionIds = [7] });
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        Written(
            new(StoreAct.KeepSession, 1, 0, "reader", [], 600, "room"),
            new(StoreAct.Subscribe, 1, 7, "a/#", [], StoredForm.Options(new("a/#", MqttQos.ExactlyOnce, NoLocal: true, RetainAsPublished: true, MqttRetainHandling.Never)), ""),
            new(StoreAct.Subscribe, 1, 0, "b", [], 1, ""),
            new(StoreAct.Unsubscribe, 1, 0, "b", [], 0, ""),
            new(StoreAct.Put, 1, 10, "", StoredForm.Bytes(message), at, ""),
            new(StoreAct.Begin, 1, 10, "", [], 44, ""),
            new(StoreAct.Take, 1, 5, "", [], 0, ""),
            new(StoreAct.Take, 1, 6, "", [], 0, ""),
            new(StoreAct.GiveBack, 1, 6, "", [], 0, ""),
            new(StoreAct.Retain, 0, 0, "r/1", StoredForm.Bytes(PublishPacket.Of("r/1", "old"u8.ToArray())), at, ""),
            new(StoreAct.Retain, 0, 0, "r/1", StoredForm.Bytes(PublishPacket.Of("r/1", "new"u8.ToArray())), at, ""),
            new(StoreAct.Will, 0, 9, "sensor", StoredForm.Bytes(PublishPacket.Of("st", "off"u8.ToArray())), 0, ""));
        Written(
            new StoreOp(StoreAct.Release, 1, 10, "", [], 0, ""),
            new(StoreAct.Put, 1, 11, "", StoredForm.Bytes(message), at, ""),
            new(StoreAct.Settle, 0, 11, "", [], 0, ""),
            new(StoreAct.Leave, 1, 0, "", [], at, ""));

        var before = Before();
        var session = Assert.Single(before.Sessions);
        Assert.Equal(("reader", "room", 600u, time.GetUtcNow()), (session.Client, session.User, session.ExpirySeconds, session.LeftAt));
        Assert.Equal((new MqttSubscription("a/#", MqttQos.ExactlyOnce, true, true, MqttRetainHandling.Never), 7), Assert.Single(session.Subscriptions));
        Assert.Equal<ushort>([5], session.Taken.AsEnumerable());
        var kept = Assert.Single(session.Messages);
        Assert.Equal((10L, (ushort)44, true), (kept.Handle, kept.PacketId, kept.IsReleased));
        Assert.Equal(("a/温度", 60u, 7), (kept.Message.Topic, kept.Message.Properties.MessageExpirySeconds, kept.Message.Properties.SubscriptionIds[0]));
        Assert.Equal("new"u8.ToArray(), Assert.Single(before.Retained).Message.Payload.ToArray());
        Assert.Equal(("sensor", 9), (Assert.Single(before.Wills).Client, before.Wills[0].DelaySeconds));

        Written(new StoreOp(StoreAct.DropSession, 1, 0, "", [], 0, ""), new(StoreAct.Settle, 0, 10, "", [], 0, ""), new(StoreAct.Retain, 0, 0, "r/1", [], 0, ""), new(StoreAct.Will, 0, 0, "sensor", [], 0, ""));
        before = Before();
        Assert.True(before is { Sessions.IsEmpty: true, Retained.IsEmpty: true, Wills.IsEmpty: true });
    }

    [Fact]
    public void A_damaged_file_is_put_aside_and_an_empty_one_begins()
    {
        Written(new StoreOp(StoreAct.KeepSession, 1, 0, "reader", [], 600, "room"));
        File.WriteAllBytes(BrokerStore.PathIn(folder), [.. Enumerable.Repeat((byte)'x', 8192)]);
        Assert.Empty(Before().Sessions);
        Assert.True(Directory.EnumerateFiles(folder, "mqtt.db.damaged-*").Any());
    }

    [Fact]
    public void Passwords_are_kept_as_digests_and_a_change_is_seen_within_a_second()
    {
        var path = Path.Combine(folder, "mqtt-users.json");
        var (running, other) = (new BrokerUsers(path, time), new BrokerUsers(path, time));
        Assert.False(running.Knows("s1", "x"u8));
        var password = other.Add("s1", count => [.. Enumerable.Range(1, count).Select(i => (byte)i)]);
        Assert.DoesNotContain(password, File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(running.Knows("s1", System.Text.Encoding.ASCII.GetBytes(password)));
        Assert.False(running.Knows("s1", System.Text.Encoding.ASCII.GetBytes(password + "0")));
        Assert.True(other.Remove("s1"));
        Assert.False(other.Remove("s1"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(running.Knows("s1", System.Text.Encoding.ASCII.GetBytes(password)));

        File.WriteAllText(path, "[{");
        Assert.Contains("mqtt-user add", Assert.Throws<IOException>(() => other.Names()).Message, StringComparison.Ordinal);
    }

    private void Written(params StoreOp[] ops)
    {
        using var store = new BrokerStore(folder, meters, time, NullLogger.Instance);
        store.Start(() => { });
        foreach (var op in ops)
        {
            store.Tell(op);
        }

        store.Dispose();
        Assert.Equal(ops.Length, store.Committed);
    }

    private StoredBroker Before()
    {
        using var store = new BrokerStore(folder, meters, time, NullLogger.Instance);
        return store.Before;
    }
}
