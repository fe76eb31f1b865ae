using System.Collections.Concurrent;
using System.Threading.Channels;
using RoomGuard.Bridge.Links;
using RoomGuard.Bridge.Sensors;
using RoomGuard.TestKit;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>A broker in memory: it says what the test has it say, packet by packet.</summary>
internal sealed class ABroker(MqttVersion version = MqttVersion.V5) : IMqttLine
{
    private readonly Channel<Conversation> conversations = Channel.CreateUnbounded<Conversation>();
    private int tries;

    /// <summary>Why nobody gets through to it; null: everybody does.</summary>
    public string? Unreachable { get; set; }

    /// <summary>How often it was called.</summary>
    public int Tries => Volatile.Read(ref tries);

    public ValueTask<IMqttLink> OpenAsync(CancellationToken stop)
    {
        Interlocked.Increment(ref tries);
        if (Unreachable is { } why)
        {
            throw new LinkBrokenException(why);
        }

        var conversation = new Conversation(version);
        Assert.True(conversations.Writer.TryWrite(conversation));
        return new(conversation);
    }

    /// <summary>The next connection; the clock moves until it is made.</summary>
    public async Task<Conversation> CalledAsync(VirtualTime time)
    {
        Conversation? called = null;
        await Until.SoAsync(() => conversations.Reader.TryRead(out called), "the broker is called", time);
        return called!;
    }

    /// <summary>The next connection, accepted.</summary>
    public async Task<Conversation> AcceptsAsync(VirtualTime time, bool sessionPresent = false)
    {
        var called = await CalledAsync(time);
        _ = await called.HearsAsync<ConnectPacket>();
        called.Says(new ConnAckPacket(sessionPresent, MqttReason.Success, MqttProperties.None));
        return called;
    }
}

/// <summary>One connection, seen from the broker.</summary>
internal sealed class Conversation(MqttVersion version) : IMqttLink
{
    private readonly Channel<byte[]> toClient = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<MqttPacket> heard = Channel.CreateUnbounded<MqttPacket>();
    private readonly MqttInbox inbox = new(MqttEnd.Client, null, 1 << 20);
    private ReadOnlyMemory<byte> rest;

    /// <summary>Sends packets in one go.</summary>
    public void Says(params MqttPacket[] packets) => SaysBytes([.. packets.SelectMany(packet => MqttWriter.ToBytes(packet, version))]);

    public void SaysBytes(byte[] bytes) => toClient.Writer.TryWrite(bytes);

    /// <summary>Sends a message.</summary>
    public void Publishes(string topic, string payload, MqttQos qos = MqttQos.AtLeastOnce, ushort id = 1, bool duplicate = false, bool retain = false) =>
        Says(PublishPacket.Of(topic, System.Text.Encoding.UTF8.GetBytes(payload), qos, retain) with { PacketId = qos == MqttQos.AtMostOnce ? (ushort)0 : id, Duplicate = duplicate });

    /// <summary>The link breaks without a word.</summary>
    public void Cut() => toClient.Writer.TryComplete(new LinkBrokenException("the cable was cut"));

    /// <summary>The next packet, which must be one of these.</summary>
    public async Task<T> HearsAsync<T>()
        where T : MqttPacket
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return Assert.IsType<T>(await heard.Reader.ReadAsync(limit.Token));
    }

    /// <summary>Grants the one subscription that is asked for.</summary>
    public async Task<SubscribePacket> GrantsAsync()
    {
        var asked = await HearsAsync<SubscribePacket>();
        Says(new SubAckPacket(asked.PacketId, [MqttReasons.Granted(asked.Subscriptions[0].Qos)], MqttProperties.None));
        return asked;
    }

    /// <summary>The next packet, while the clock moves.</summary>
    public async Task<T> HearsInTimeAsync<T>(VirtualTime time)
        where T : MqttPacket
    {
        MqttPacket? packet = null;
        await Until.SoAsync(() => heard.Reader.TryRead(out packet), typeof(T).Name, time);
        return Assert.IsType<T>(packet);
    }

    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken stop)
    {
        if (rest.IsEmpty)
        {
            if (!await toClient.Reader.WaitToReadAsync(stop) || !toClient.Reader.TryRead(out var bytes))
            {
                return 0;
            }

            rest = bytes;
        }

        var count = Math.Min(into.Length, rest.Length);
        rest[..count].CopyTo(into);
        rest = rest[count..];
        return count;
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        while (!bytes.IsEmpty)
        {
            var room = inbox.Room();
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            bytes = bytes[count..];
            inbox.Filled(count);
            while (inbox.Take() is { } read)
            {
                Assert.True(heard.Writer.TryWrite((read.Packet ?? throw new InvalidOperationException(read.Fault.Text())).Detached()));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask FinishAsync()
    {
        toClient.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Takes messages; each waits until the test says that it is safe.</summary>
internal sealed class AHandler : IMqttMessages
{
    private readonly Channel<(MqttMessageHeard Message, TaskCompletionSource Safe)> heard = Channel.CreateUnbounded<(MqttMessageHeard, TaskCompletionSource)>();

    /// <summary>All that was handed over, in order.</summary>
    public ConcurrentQueue<string> All { get; } = new();

    /// <summary>Each message is safe at once.</summary>
    public bool IsQuick { get; set; }

    /// <summary>What it stumbles over.</summary>
    public string? Stumbles { get; set; }

    public async ValueTask Heard(MqttMessageHeard message, CancellationToken stop)
    {
        var text = System.Text.Encoding.UTF8.GetString(message.Payload.Span);
        All.Enqueue(text);
        if (text == Stumbles)
        {
            throw new InvalidOperationException("a mistake");
        }

        if (!IsQuick)
        {
            var safe = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Assert.True(heard.Writer.TryWrite((message, safe)));
            await safe.Task.WaitAsync(stop);
        }
    }

    /// <summary>The next message, and what makes it safe.</summary>
    public async Task<(MqttMessageHeard Message, TaskCompletionSource Safe)> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await heard.Reader.ReadAsync(limit.Token);
    }
}

/// <summary>Waits for what is to be seen.</summary>
internal static class Until
{
    /// <summary>Until it is so; a clock that is given moves on meanwhile.</summary>
    public static async Task SoAsync(Func<bool> isSo, string what, VirtualTime? time = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!isSo())
        {
            time?.Advance(TimeSpan.FromSeconds(0.25));
            try
            {
                _ = await looks.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Within 30 s not: {what}.");
            }
        }
    }
}
