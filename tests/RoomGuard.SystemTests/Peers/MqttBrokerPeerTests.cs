using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RoomGuard.Bridge.Broker;
using RoomGuard.SystemTests.Bridge;
using RoomGuard.TestKit;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.SystemTests.Peers;

/// <summary>Our broker as Debian's mosquitto_pub, mosquitto_sub and paho see it, in both versions.</summary>
public sealed class MqttBrokerPeerTests
{
    [Theory]
    [InlineData("mqttv311")]
    [InlineData("5")]
    public async Task Mosquitto_s_clients_exchange_every_qos_retained_messages_and_wills(string version)
    {
        await using var broker = await RunningBroker.StartAsync();
        using var reader = await broker.SubscriberAsync(version, "-q", "2", "-t", "room/#", "-i", "reader");
        for (var qos = 0; qos <= 2; qos++)
        {
            await broker.PublishAsync(version, "-q", $"{qos}", "-t", $"room/q{qos}", "-m", "温度 21.5");
        }

        await broker.PublishAsync(version, "-q", "1", "-r", "-t", "room/kept", "-m", "still here");
        broker.Broker.Publish("room/own", "from inside"u8.ToArray(), MqttQos.AtLeastOnce);
        await HearsAsync(reader, "room/q0|0|0|温度 21.5", "room/q1|1|0|温度 21.5", "room/q2|2|0|温度 21.5", "room/kept|1|0|still here", "room/own|1|0|from inside");

        using (var sensor = await broker.SubscriberAsync(version, "-t", "x", "-i", "sensor", "--will-topic", "room/will", "--will-payload", "gone", "--will-qos", "1"))
        {
            sensor.Dispose();
        }

        await HearsAsync(reader, "room/will|1|0|gone");
        using var later = await broker.SubscriberAsync(version, "-q", "1", "-t", "room/#", "-i", "later");
        await HearsAsync(later, "room/kept|1|1|still here");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Paho_keeps_a_session_takes_it_over_and_gets_all_in_order(int version)
    {
        await using var broker = await RunningBroker.StartAsync();
        var said = await PahoAsync(broker, version, """
            a = C('reader').sub('o/#', 2)
            p = C('writer')
            for qos in (0, 1, 2):
                for i in range(50): p.pub('o/%d' % qos, str(i), qos)
            a.until(lambda: len(a.got) == 150)
            for qos in (0, 1, 2): print('order', qos, [x[1] for x in a.got if x[0] == 'o/%d' % qos] == [str(i) for i in range(50)])
            k = C('keeper', clean=False).sub('k', 1)
            print('first', k.present)
            k.leave()
            for i in range(5): p.pub('k', str(i), 1)
            p.until(lambda: p.acked == 155)
            k = C('keeper', clean=False)
            k.until(lambda: len(k.got) == 5)
            print('again', k.present, [x[1] for x in k.got])
            t = C('keeper', clean=False)
            k.until(lambda: k.gone is not None)
            print('taken over', t.present)
            """);
        Assert.Equal(
            ["order 0 True", "order 1 True", "order 2 True", "first 0", "again 1 ['0', '1', '2', '3', '4']", "taken over 1"], said);
    }

    [Fact]
    public async Task Paho_shares_a_subscription_and_messages_and_sessions_expire()
    {
        await using var broker = await RunningBroker.StartAsync();
        var said = await PahoAsync(broker, 5, """
            a, b = C('a').sub('$share/g/s', 1), C('b').sub('$share/g/s', 1)
            p = C('writer')
            for i in range(10): p.pub('s', str(i), 1)
            a.until(lambda: len(a.got) + len(b.got) == 10)
            print('shared', len(a.got), len(b.got))
            k = C('keeper', clean=False, expiry=60).sub('e', 1)
            k.leave()
            p.pub('e', 'short', 1, MessageExpiryInterval=1)
            p.pub('e', 'long', 1, MessageExpiryInterval=600)
            s = C('brief', clean=False, expiry=1).sub('e', 1)
            s.leave()
            time.sleep(2.2)
            k = C('keeper', clean=False, expiry=60)
            k.until(lambda: len(k.got) >= 1)
            print('expired', k.present, [x[1] for x in k.got], 590 < k.got[0][3] < 600)
            print('brief', C('brief', clean=False, expiry=1).present)
            r = C('alias').sub('al/#', 0)
            for i in range(3): p.pub('al/x' if i == 0 else '', str(i), 0, TopicAlias=1)
            r.until(lambda: len(r.got) == 3)
            print('alias', [x[:2] for x in r.got])
            """);
        Assert.Equal(["shared 5 5", "expired 1 ['long'] True", "brief 0", "alias [('al/x', '0'), ('al/x', '1'), ('al/x', '2')]"], said);
    }

    [Fact]
    [Requirement("R-NET-01")]
    public async Task Strangers_and_wrong_passwords_are_refused_and_a_device_keeps_to_its_topics()
    {
        await using var broker = await RunningBroker.StartAsync();
        Assert.Contains("not authorised", await PeerProgram.RunAsync("mosquitto_pub", ["-h", "127.0.0.1", "-p", broker.Port, "-t", "a", "-m", "x"]), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("bad user name or password", await PeerProgram.RunAsync("mosquitto_pub", broker.As("room", "wrong", "mqttv311", "-t", "a", "-m", "x")), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("not authorized", await PeerProgram.RunAsync("mosquitto_pub", broker.As("sensor-1", broker.SensorPassword, "5", "-q", "1", "-t", "tele/sensor-2/x", "-m", "x")), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("not auth", await PeerProgram.RunAsync("mosquitto_pub", broker.As("sensor-1", broker.SensorPassword, "5", "-q", "1", "-t", "tele/sensor-1/x", "-m", "x")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal((1, 1, 1), (broker.Meters.RefusedFor("no-user"), broker.Meters.RefusedFor("password"), broker.Meters.RefusedFor("publish")));
    }

    [Fact]
    [Requirement("R-NET-03")]
    public async Task A_client_certificate_names_its_user_over_tls()
    {
        var folder = Directory.CreateTempSubdirectory("roomguard-mqtt-tls-").FullName;
        try
        {
            Certificates(folder);
            await using var broker = await RunningBroker.StartAsync(new(Tls: new(Port: 0, Certificate: In("server.crt"), Key: In("server.key"), ClientAuthority: In("authority.crt"))));
            var tls = broker.Broker.TlsAt!.Port.ToString(CultureInfo.InvariantCulture);
            using var reader = await broker.SubscriberAsync("5", "-t", "tele/#", "-q", "1");
            string[] with = ["-h", "127.0.0.1", "-p", tls, "--cafile", In("authority.crt"), "-q", "1", "-V", "5"];
            var said = await PeerProgram.RunAsync("mosquitto_pub", [.. with, "--cert", In("sensor-1.crt"), "--key", In("sensor-1.key"), "-t", "tele/sensor-1/t", "-m", new string('x', 100_000)]);
            Assert.DoesNotContain("rror", said, StringComparison.Ordinal);
            await HearsAsync(reader, "tele/sensor-1/t|1|0|" + new string('x', 100_000));

            Assert.Contains("not authori", await PeerProgram.RunAsync("mosquitto_pub", [.. with, "-t", "tele/sensor-1/t", "-m", "x"]), StringComparison.OrdinalIgnoreCase);
            Assert.Contains("rror", await PeerProgram.RunAsync("mosquitto_pub", [.. with, "--cert", In("stranger.crt"), "--key", In("stranger.key"), "-t", "tele/sensor-1/t", "-m", "x"]), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        string In(string name) => Path.Combine(folder, name);
    }

    [Fact]
    public async Task Silent_connections_and_garbage_keep_nobody_out()
    {
        await using var broker = await RunningBroker.StartAsync(new(Limits: new(Connections: 300, ConnectionsPerAddress: 300, ConnectWithin: TimeSpan.FromSeconds(2))));
        var silent = Enumerable.Range(0, 400).Select(_ => new TcpClient()).ToList();
        try
        {
            await Task.WhenAll(silent.Select(client => client.ConnectAsync(IPAddress.Loopback, broker.Broker.At!.Port)));
            using var reader = await broker.SubscriberAsync("5", "-t", "a", "-q", "1");
            await using var random = new NetworkStream((await GarbageAsync(broker.Broker.At!.Port)).Client, ownsSocket: true);
            await broker.PublishAsync("5", "-q", "1", "-t", "a", "-m", "x");
            await HearsAsync(reader, "a|1|0|x");
            Assert.Equal(0, await random.ReadAsync(new byte[10]));

            // They had their time: the broker has ended all of them by itself.
            await PeerProgram.UntilAsync(() => Task.FromResult(broker.Meters.Connections == 1), "only the reader is connected", () => $"{broker.Meters.Connections} connections");
        }
        finally
        {
            silent.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_reaches_the_kept_session_after_it()
    {
        using var bridge = new RunningBridge();
        bridge.Start();
        await bridge.UntilAsync(() => Listened(bridge) == 1, TimeSpan.FromSeconds(60));
        var port = bridge.Mqtt.ToString(CultureInfo.InvariantCulture);
        var first = await PeerProgram.RunAsync("/usr/bin/python3", ["-c", Paho + "C('keeper', clean=False, expiry=3600).sub('k/#', 1).leave()\nprint('subscribed')", port, "", "", "5"], answerOnly: true);
        Assert.Equal("subscribed", first.Trim());
        using var writer = new PeerProgram("/usr/bin/python3", ["-u", "-c", Paho + """
            p = C('writer')
            p.c.on_publish = lambda c, u, mid: print(mid, flush=True)
            p.c.max_inflight_messages_set(50)
            p.pub('k/retained', 'kept', 1, retain=True)
            while p.gone is None:
                p.c.publish('k/flow', str(p.c._last_mid + 1), 1)
                while p.c._out_messages and len(p.c._out_messages) > 200 and p.gone is None: time.sleep(0.001)
            """, port, "", "", "5"]);
        await PeerProgram.UntilAsync(() => Task.FromResult(writer.Answer.Count(letter => letter == '\n') > 500), "some hundred are acknowledged", () => writer.Said);
        bridge.Program.Kill();
        await bridge.Program.WaitForExitAsync();
        var acknowledged = writer.Answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).Order().ToList();
        writer.Dispose();

        bridge.Start();
        await bridge.UntilAsync(() => Listened(bridge) == 2, TimeSpan.FromSeconds(60));
        var wanted = acknowledged[^1].ToString(CultureInfo.InvariantCulture);
        var said = await PeerProgram.RunAsync("/usr/bin/python3", ["-c", Paho + $"""
            k = C('keeper', clean=False, expiry=3600)
            k.until(lambda: any(x[1] == '{wanted}' for x in k.got))
            print(k.present, ' '.join(x[1] for x in k.got if x[0] == 'k/flow'))
            r = C('newcomer').sub('k/retained', 1)
            r.until(lambda: len(r.got) == 1)
            print(r.got[0][1])
            """, port, "", "", "5"], answerOnly: true);
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var came = lines[0].Split(' ')[1..].Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToHashSet();
        Assert.StartsWith("1 ", lines[0], StringComparison.Ordinal);
        Assert.Equal("kept", lines[1]);
        Assert.DoesNotContain(acknowledged.Skip(1), number => !came.Contains(number));
    }

    // How often the program has said so: the number of that line of its log stands once in each.
    private static int Listened(RunningBridge bridge) => bridge.Said.Split("\"EventId\":1751", StringSplitOptions.None).Length - 1;

    private static async Task<string[]> PahoAsync(RunningBroker broker, int version, string story) =>
        (await PeerProgram.RunAsync("/usr/bin/python3", ["-c", Paho + story, broker.Port, "room", broker.Password, version.ToString(CultureInfo.InvariantCulture)], seconds: 60))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task HearsAsync(PeerProgram subscriber, params string[] lines) => await PeerProgram.UntilAsync(
        () => Task.FromResult(lines.All(line => subscriber.Said.Contains(line + "\n", StringComparison.Ordinal))),
        $"mosquitto_sub prints {string.Join(" and ", lines.Select(line => line.Length > 60 ? line[..60] : line))}",
        () => subscriber.Said);

    private static async Task<TcpClient> GarbageAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: room\r\n\r\n"u8.ToArray());
        return client;
    }

    private static void Certificates(string folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = Authority("CN=sensors", authorityKey);
        using var strangerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var strange = Authority("CN=strangers", strangerKey);
        File.WriteAllText(Path.Combine(folder, "authority.crt"), authority.ExportCertificatePem());
        Issue("server", "CN=127.0.0.1", authority);
        Issue("sensor-1", "CN=sensor-1", authority);
        Issue("stranger", "CN=sensor-1", strange);

        X509Certificate2 Authority(string name, ECDsa key)
        {
            var asked = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
            asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            return asked.CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
        }

        void Issue(string name, string subject, X509Certificate2 by)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var asked = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            asked.CertificateExtensions.Add(names.Build());
            using var certificate = asked.Create(by, now.AddDays(-1), now.AddDays(60), RandomNumberGenerator.GetBytes(8));
            File.WriteAllText(Path.Combine(folder, name + ".crt"), certificate.ExportCertificatePem());
            File.WriteAllText(Path.Combine(folder, name + ".key"), key.ExportPkcs8PrivateKeyPem());
        }
    }

    /// <summary>A few words around paho: port, user, password and protocol come as arguments; every wait ends after 30 s.</summary>
    private const string Paho = """
        import sys, threading, time
        import paho.mqtt.client as mqtt
        from paho.mqtt.properties import Properties
        from paho.mqtt.packettypes import PacketTypes
        port, user, password, version = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
        class C:
            def __init__(self, name, clean=True, expiry=None):
                self.got, self.acked, self.subscribed, self.present, self.gone = [], 0, 0, None, None
                self.c = mqtt.Client(name, protocol=version, **({} if version == 5 else {'clean_session': clean}))
                if user: self.c.username_pw_set(user, password)
                self.c.reconnect_delay_set(3600, 3600)
                self.c.on_connect = self.connected
                self.c.on_message = lambda c, u, m: self.got.append((m.topic, m.payload.decode(), m.retain, getattr(m.properties, 'MessageExpiryInterval', 0) if version == 5 else 0))
                self.c.on_publish = lambda c, u, mid: setattr(self, 'acked', self.acked + 1)
                self.c.on_subscribe = lambda *a: setattr(self, 'subscribed', self.subscribed + 1)
                self.c.on_disconnect = lambda c, u, rc, *p: setattr(self, 'gone', rc)
                more = {}
                if version == 5:
                    more = {'clean_start': clean, 'properties': Properties(PacketTypes.CONNECT)}
                    if expiry or not clean: more['properties'].SessionExpiryInterval = expiry or 600
                self.c.connect('127.0.0.1', port, **more)
                self.c.loop_start()
                self.until(lambda: self.present is not None)
            def connected(self, c, u, flags, rc, *more):
                if int(getattr(rc, 'value', rc)) != 0: print('refused', rc)
                self.present = flags['session present']
            def until(self, so):
                end = time.time() + 30
                while not so():
                    if time.time() > end: print('not within 30 s', self.got[-3:], len(self.got), self.acked, self.gone); sys.exit(1)
                    time.sleep(0.005)
                return self
            def sub(self, topic, qos):
                n = self.subscribed
                self.c.subscribe(topic, qos)
                return self.until(lambda: self.subscribed > n)
            def pub(self, topic, text, qos, retain=False, **named):
                properties = None
                if named:
                    properties = Properties(PacketTypes.PUBLISH)
                    for name, value in named.items(): setattr(properties, name, value)
                self.c.publish(topic, text, qos, retain, **({'properties': properties} if properties else {}))
            def leave(self):
                self.c.disconnect()
                self.until(lambda: self.gone is not None)
                self.c.loop_stop()

        """;
}
