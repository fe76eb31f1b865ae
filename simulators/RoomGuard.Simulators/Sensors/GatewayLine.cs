using System.Net;
using System.Net.Sockets;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Simulators.Sensors;

/// <summary>One gateway's connection to the broker: it moves bytes between a socket and a client session and decides nothing. It tries again for ever, with growing waits.</summary>
internal sealed class GatewayLine(SimulatedSite site, SimulatedGateway gateway, RoomSensorsSettings settings, TimeProvider time)
{
    private const int MostPacketBytes = 256 * 1024;
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ConnectsWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    public async Task RunAsync(CancellationToken stop)
    {
        var wait = FirstWait;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (site.GatewayWantsConnection(gateway))
                {
                    wait = await ServeAsync(stop) ? FirstWait : wait;
                }
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or UnauthorizedAccessException)
            {
                // The broker is away, or not there yet: boards and bridges too go on trying.
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }

            site.GatewayLost(gateway);
            await Task.Delay(site.GatewayWantsConnection(gateway) ? wait : LooksEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One connection, from CONNECT to its end. True: it was accepted.</summary>
    private async Task<bool> ServeAsync(CancellationToken stop)
    {
        using var socket = new TcpClient { NoDelay = true };
        using (var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop))
        {
            deadline.CancelAfter(ConnectsWithin);
            await socket.ConnectAsync(IPAddress.Parse(settings.Host), settings.Port, deadline.Token);
        }

        var (connection, cuts) = site.GatewayConnects(gateway);
        ReadOnlyMemory<byte>? password = gateway.Settings.Password is { } file ? (await File.ReadAllBytesAsync(file, stop)).AsMemory().TrimEnd((byte)'\n') : null;
        var session = new MqttClientSession(new()
        {
            ClientId = connection.ClientId,
            Version = MqttVersion.V311,
            KeepAliveSeconds = 15,
            UserName = gateway.Settings.User,
            Password = password,
            Will = connection.Will is { } will ? new(will.Topic, will.Payload, MqttQos.AtLeastOnce, will.Retain, MqttProperties.None) : null,
        });
        foreach (var filter in connection.Listens)
        {
            session.Subscribe(new(filter, MqttQos.AtMostOnce), site.Now);
        }

        var accepted = false;
        var inbox = new MqttInbox(MqttEnd.Server, MqttVersion.V311, MostPacketBytes);
        var stream = socket.GetStream();
        using var ends = new CancellationTokenSource();
        Task<int>? reading = null;
        session.Open(site.Now);
        try
        {
            while (true)
            {
                if (!site.GatewayTurn(gateway, cuts, accepted, out var ready, out var leaves))
                {
                    // It dies without a word: the broker must say its will.
                    socket.Client.LingerState = new(true, 0);
                    return accepted;
                }

                foreach (var message in ready)
                {
                    _ = session.TryPublish(PublishPacket.Of(message.Topic, message.Payload, MqttQos.AtMostOnce, message.Retain), site.Now, out _);
                }

                if (leaves || stop.IsCancellationRequested)
                {
                    session.Leave(site.Now);
                }

                session.Tick(site.Now);
                while (session.TryTakePacket(out var packet))
                {
                    await stream.WriteAsync(MqttWriter.ToBytes(packet, MqttVersion.V311), CancellationToken.None);
                }

                while (session.TryTakeEvent(out var happened))
                {
                    switch (happened)
                    {
                        case ClientConnected:
                            accepted = true;
                            site.GatewayBegins(gateway);
                            break;
                        case MessageArrived told:
                            site.GatewayHears(gateway, told.Message.Payload.Span);
                            break;
                    }
                }

                if (session.IsOver)
                {
                    return accepted;
                }

                reading ??= stream.ReadAsync(inbox.Room(), ends.Token).AsTask();
                await Task.WhenAny(reading, Task.Delay(LooksEvery, time, stop));
                if (reading.IsCompleted)
                {
                    var count = await reading;
                    reading = null;
                    if (count == 0)
                    {
                        return accepted;
                    }

                    inbox.Filled(count);
                    while (inbox.Take() is { } read)
                    {
                        session.Receive(read, site.Now);
                        if (read.Packet is null)
                        {
                            break;
                        }
                    }
                }
            }
        }
        finally
        {
            await ends.CancelAsync();
            if (reading is not null)
            {
                await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
