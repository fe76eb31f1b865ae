using System.Buffers;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Mqtt;

/// <summary>Both ends over a link that breaks at any byte, from seeds: nothing acknowledged is lost, QoS 2 comes once, the order holds.</summary>
public class MqttBrokenLinkTests
{
    private const int Messages = 300;

    public static TheoryData<int, MqttVersion> Seeds
    {
        get
        {
            var seeds = new TheoryData<int, MqttVersion>();
            for (var seed = 1; seed <= 15; seed++)
            {
                seeds.Add(seed, MqttVersion.V5);
                seeds.Add(seed, MqttVersion.V311);
            }

            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Messages_both_ways_survive_a_link_that_breaks_at_any_byte(int seed, MqttVersion version)
    {
        var world = new World(seed, version);
        for (var turn = 0; turn < 200_000 && !world.IsDone; turn++)
        {
            world.Step(mayBreak: turn < 20_000);
        }

        Assert.True(world.IsDone, world.ToString());
        Assert.InRange(world.Breaks, 3, int.MaxValue);
        foreach (var got in new[] { world.AtBroker, world.AtClient })
        {
            // Each message at least once, QoS 2 exactly once, and in order where the first copies are looked at.
            foreach (var qos in new[] { MqttQos.AtLeastOnce, MqttQos.ExactlyOnce })
            {
                var numbers = got.Where(item => item.Qos == qos).Select(item => item.Number).ToList();
                Assert.Equal(Enumerable.Range(0, Messages).Where(number => World.QosOf(number) == qos), qos == MqttQos.ExactlyOnce ? numbers : numbers.Distinct());
            }
        }
    }

    private sealed class World
    {
        private static readonly MqttServerLimits Limits = new() { MostMessages = 2 * Messages };

        private readonly Random random;
        private readonly MqttVersion version;
        private readonly MqttClientSession client;
        private MqttServerSession session;
        private MqttServerConnection? server;
        private MqttInbox? clientInbox;
        private MqttInbox? serverInbox;
        private readonly ArrayBufferWriter<byte> toServer = new();
        private readonly ArrayBufferWriter<byte> toClient = new();
        private readonly List<Storing> storedLater = [];
        private readonly HashSet<long> settledAtClient = [];
        private TimeSpan now;
        private int published;
        private int delivered;

        public World(int seed, MqttVersion version)
        {
            random = new(seed);
            this.version = version;
            client = new(new() { ClientId = "panel", Version = version, KeepSession = true, ResumeAtStart = true, ReceiveMaximum = 5, MostWaiting = 2 * Messages });
            session = new("panel", Limits, now);
        }

        public List<(int Number, MqttQos Qos)> AtBroker { get; } = [];

        public List<(int Number, MqttQos Qos)> AtClient { get; } = [];

        public int Breaks { get; private set; }

        public bool IsDone => published == Messages && delivered == Messages && client.Unpublished == 0 && session.Held == 0 && storedLater.Count == 0;

        public static MqttQos QosOf(int number) => number % 3 == 0 ? MqttQos.AtLeastOnce : MqttQos.ExactlyOnce;

        public override string ToString() => $"published {published}, unpublished {client.Unpublished}, delivered {delivered}, held {session.Held}, breaks {Breaks}";

        public void Step(bool mayBreak)
        {
            now += TimeSpan.FromMilliseconds(1);
            client.Tick(now);
            server?.Tick(now);
            session.Tick(now);
            if (server is null)
            {
                Open();
            }
            else if (mayBreak && random.Next(60) == 0)
            {
                Break();
                return;
            }

            switch (random.Next(5))
            {
                case 0 when published < Messages:
                    Assert.True(client.TryPublish(Message(published++), now, out _));
                    break;
                case 1 when delivered < Messages:
                    Assert.Equal(MqttDelivery.Held, session.Deliver(delivered + 1, Message(delivered++), now));
                    break;
                case 2 when storedLater.Count > 0:
                    // The broker stores in order; the application in any, and is answered for in order all the same.
                    var stored = storedLater[random.Next(storedLater.Count)];
                    stored = stored.IsBroker ? storedLater.First(item => item.IsBroker) : stored;
                    storedLater.Remove(stored);
                    stored.Store();
                    break;
                case 3:
                    Flow(toServer, serverInbox!, read => server!.Receive(read, now), () => server!.IsDeciding || server.IsOver);
                    break;
                default:
                    Flow(toClient, clientInbox!, read => client.Receive(read, now), () => client.IsOver);
                    break;
            }

            Hear();
        }

        private static PublishPacket Message(int number) => PublishPacket.Of($"topic{number % 4}", BitConverter.GetBytes(number), QosOf(number));

        private static (int, MqttQos) Number(PublishPacket message) => (BitConverter.ToInt32(message.Payload.Span), message.Qos);

        private void Open()
        {
            toServer.ResetWrittenCount();
            toClient.ResetWrittenCount();
            server = new(Limits, now);
            serverInbox = new(MqttEnd.Client, null, 10_000);
            clientInbox = new(MqttEnd.Server, version, 10_000);
            client.Open(now);
        }

        private void Break()
        {
            Breaks++;
            if (random.Next(2) == 0)
            {
                client.Lost(now);
                server!.Lost(now);
            }
            else
            {
                server!.Lost(now);
                client.Lost(now);
            }

            Hear();
            server = null;
            if (random.Next(4) == 0)
            {
                // The broker is killed and comes back with what it had kept; what it was told and had not stored is lost with it.
                session = new("panel", Limits, now, session.State);
                storedLater.RemoveAll(item => item.IsBroker);
            }
        }

        private void Flow(ArrayBufferWriter<byte> wire, MqttInbox inbox, Action<MqttRead> receive, Func<bool> isHeld)
        {
            var count = Math.Min(Math.Min(random.Next(1, 60), wire.WrittenCount), inbox.Room().Length);
            wire.WrittenSpan[..count].CopyTo(inbox.Room().Span);
            inbox.Filled(count);
            var rest = wire.WrittenSpan[count..].ToArray();
            wire.ResetWrittenCount();
            wire.Write(rest);
            while (!isHeld() && inbox.Take() is { } read)
            {
                Assert.Equal(MqttFault.None, read.Fault);
                receive(read);
                Hear();
            }
        }

        private void Hear()
        {
            while (client.TryTakeEvent(out var happened))
            {
                Assert.False(happened is ConnectionEnded { Ending: not MqttEnding.LinkLost }, happened.ToString());
                if (happened is MessageArrived arrived)
                {
                    AtClient.Add(Number(arrived.Message));
                    storedLater.Add(new(false, () => client.Answer(arrived.Token, now)));
                }
                else if (happened is MessagePublished done)
                {
                    Assert.True(settledAtClient.Add(done.Handle));
                }
            }

            while (server is not null && server.TryTakeEvent(out var happened))
            {
                Assert.False(happened is ClientGone { Ending: not MqttEnding.LinkLost }, happened.ToString());
                if (happened is ConnectAsked asked)
                {
                    server.Accept(session, present: !asked.Connect.CleanStart, now);
                }
                else if (happened is PublishAsked publish)
                {
                    // Stored and answered are one step: a kill in between loses neither or both.
                    var (number, qos) = Number(publish.Message);
                    storedLater.Add(new(true, () =>
                    {
                        AtBroker.Add((number, qos));
                        session.Answer(publish.Token, now);
                    }));
                }
            }

            while (session.TryTakeEvent(out var happened))
            {
                Assert.True(happened is MessageSettled { Reason: MqttReason.Success }, happened.ToString());
            }

            while (client.TryTakePacket(out var packet))
            {
                MqttWriter.Write(packet, version, toServer);
            }

            while (server is not null && server.TryTakePacket(out var packet))
            {
                MqttWriter.Write(packet, server.Version, toClient);
            }
        }

        private sealed class Storing(bool isBroker, Action store)
        {
            public bool IsBroker => isBroker;

            public Action Store => store;
        }
    }
}
