using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Broker;
using RoomGuard.Bridge.Sensors;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.UnitTests.Bridge.Broker;

/// <summary>A broker without sockets, in virtual time, with a medium that takes what it is told only when the test says so.</summary>
internal sealed class ABroker : IBrokerStore, IBrokerEar, IDisposable
{
    public static readonly BrokerSettings Open = new(Guests: new(["#", "$own/#"], ["#"], "a test"));

    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-broker-").FullName;

    public ABroker(BrokerSettings? settings = null, StoredBroker? before = null, bool hears = false)
    {
        Settings = settings ?? Open;
        Passwords = MqttBroker.PasswordsIn(folder, Time);
        Core = new(Settings, new(Settings, Passwords, Time), this, hears ? this : null, Meters, count => [.. Enumerable.Repeat((byte)++chance, count)], Time, NullLogger.Instance);
        Core.Restore(before ?? StoredBroker.Empty);
    }

    private int chance;

    public BrokerSettings Settings { get; }

    public VirtualTime Time { get; } = new(A.MondayNine);

    public BrokerUsers Passwords { get; }

    public BrokerMeters Meters { get; } = new("test");

    public BrokerCore Core { get; }

    public List<StoreOp> Ops { get; } = [];

    public List<MqttMessageHeard> Heard { get; } = [];

    /// <summary>Everything told is on the medium at once.</summary>
    public bool CommitsAtOnce { get; set; } = true;

    public bool IsSafeAtOnce { get; set; } = true;

    public long Committed { get; set; }

    public long Told { get; private set; }

    long IBrokerEar.Told => Heard.Count;

    public long Done { get; set; }

    public void Tell(StoreOp op)
    {
        Ops.Add(op);
        Told++;
        Committed = CommitsAtOnce ? Told : Committed;
    }

    public void Tell(MqttMessageHeard message)
    {
        Heard.Add(message);
        Done = IsSafeAtOnce ? Heard.Count : Done;
    }

    /// <summary>A client that has just connected by TCP.</summary>
    public AClient Client(string from = "192.0.2.1", string? certified = null) => new(this, from, certified);

    /// <summary>A client that is let in.</summary>
    public AClient Connected(string id, bool clean = true, MqttVersion version = MqttVersion.V5, uint? expiry = null, MqttWill? will = null, ushort? window = null)
    {
        var client = Client();
        client.Sends(new ConnectPacket(
            version, id, clean, 60, will, null, null, version == MqttVersion.V5 ? new() { SessionExpirySeconds = expiry, ReceiveMaximum = window } : MqttProperties.None));
        var answer = client.Takes<ConnAckPacket>();
        return answer.Reason == MqttReason.Success ? client : throw new InvalidOperationException($"Refused: {answer.Reason}");
    }

    public void After(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        Core.Tick();
    }

    /// <summary>What a kill at this moment would leave: the ops on the medium, read by the rules of the store.</summary>
    public StoredBroker Killed()
    {
        using var store = new BrokerStore(folder, Meters, Time, NullLogger.Instance);
        store.Start(() => { });
        foreach (var op in Ops.Take((int)Committed))
        {
            store.Tell(op);
        }

        store.Dispose();
        using var again = new BrokerStore(folder, Meters, Time, NullLogger.Instance);
        return again.Before;
    }

    public void Dispose()
    {
        Meters.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>One client of <see cref="ABroker"/>: packets in, packets out.</summary>
internal sealed class AClient
{
    private readonly ABroker broker;
    private MqttVersion version = MqttVersion.V5;

    public AClient(ABroker broker, string from, string? certified)
    {
        this.broker = broker;
        Link = new(from, certified, broker.Core.Limits, broker.Core.Elapsed());
        IsAdmitted = broker.Core.Admit(Link);
    }

    public BrokerLink Link { get; }

    public bool IsAdmitted { get; }

    public bool IsOver => Link.Connection.IsOver;

    public AClient Sends(MqttPacket packet)
    {
        version = packet is ConnectPacket connect ? connect.Version : version;
        return SendsBytes(MqttWriter.ToBytes(packet, version));
    }

    public AClient SendsBytes(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = Link.Inbox.Room();
            if (room.IsEmpty)
            {
                // After a fault nothing more is taken.
                break;
            }

            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room.Span);
            Link.Inbox.Filled(count);
            bytes = bytes[count..];
            broker.Core.Take(Link);
        }

        return this;
    }

    public AClient Subscribes(string filter, MqttQos qos = MqttQos.AtLeastOnce, int id = 0)
    {
        Sends(new SubscribePacket(100, [new(filter, qos)], id == 0 ? MqttProperties.None : new() { SubscriptionIds = [id] }));
        return this;
    }

    public AClient Publishes(string topic, string text, MqttQos qos = MqttQos.AtMostOnce, ushort id = 0, bool retain = false, MqttProperties? properties = null) =>
        Sends(PublishPacket.Of(topic, System.Text.Encoding.UTF8.GetBytes(text), qos, retain, properties) with { PacketId = qos == MqttQos.AtMostOnce ? (ushort)0 : id });

    /// <summary>Everything that may leave now.</summary>
    public ImmutableArray<MqttPacket> Out()
    {
        var all = ImmutableArray.CreateBuilder<MqttPacket>();
        while (broker.Core.MayWrite(Link) && !Link.IsCut && Link.Connection.TryTakePacket(out var packet))
        {
            all.Add(packet);
        }

        return all.ToImmutable();
    }

    /// <summary>The one packet of this kind that leaves now.</summary>
    public T Takes<T>()
        where T : MqttPacket => Xunit.Assert.Single(Out().OfType<T>());

    /// <summary>Payloads of the messages that leave now, each acknowledged as its QoS wants when asked.</summary>
    public string[] Texts(bool acknowledges = false)
    {
        var texts = new List<string>();
        foreach (var message in Out().OfType<PublishPacket>())
        {
            texts.Add(System.Text.Encoding.UTF8.GetString(message.Payload.Span));
            if (acknowledges && message.Qos == MqttQos.AtLeastOnce)
            {
                Sends(new PubAckPacket(message.PacketId, MqttReason.Success, MqttProperties.None));
            }
        }

        return [.. texts];
    }

    public void Drops() => broker.Core.Forget(Link);

    public void Leaves() => Sends(new DisconnectPacket(MqttReason.Success, MqttProperties.None));
}
