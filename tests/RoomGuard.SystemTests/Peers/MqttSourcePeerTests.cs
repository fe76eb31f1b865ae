using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Checks;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Hosting;
using RoomGuard.SystemTests.Bridge;
using RoomGuard.TestKit;
using RoomGuard.Wire.Mqtt;
using Xunit;

namespace RoomGuard.SystemTests.Peers;

/// <summary>Our MQTT client and Debian's mosquitto: through cut links and restarts of the broker, in both versions, with and without TLS.</summary>
public sealed class MqttSourcePeerTests
{
    private const int Batch = 60;

    [Theory]
    [InlineData("3.1.1")]
    [InlineData("5.0")]
    public async Task Nothing_acknowledged_is_lost_through_cut_links_and_a_restart_of_the_broker(string version)
    {
        using var broker = await Mosquitto.StartAsync();

        // In the middle of CONNACK, of a packet, between packets: where a cut falls is a matter of bytes.
        await using var cable = new CuttingRelay(broker.Port, 3, 150, 401, 902, 333);
        await using var client = new AClient(new("peer", "127.0.0.1", [new("plan/+", 2)], Port: cable.Port, Version: version, ReceiveMaximum: version == "5.0" ? 7 : null));
        await client.ConnectedAsync();

        await broker.PublishAsync("plan/q1", 1, Batch, qos: 1);
        await broker.PublishAsync("plan/q2", 1, Batch, qos: 2);
        await broker.PublishAsync("plan/q0", 1, Batch, qos: 0);
        await client.HasAllAsync(("plan/q1", Batch), ("plan/q2", Batch));

        // The link is dead, messages gather at the broker, and the broker itself is started again.
        cable.IsDead = true;
        cable.Cut();
        await PeerProgram.UntilAsync(() => Task.FromResult(client.Now.Condition == MqttCondition.Down), "down");
        await broker.PublishAsync("plan/q1", Batch + 1, Batch, qos: 1);
        await broker.PublishAsync("plan/q2", Batch + 1, Batch, qos: 2);
        await broker.RestartAsync();
        cable.IsDead = false;
        await client.HasAllAsync(("plan/q1", 2 * Batch), ("plan/q2", 2 * Batch));

        // And once more while it is connected. What is under way then mosquitto may send as something new, so it is let come to its end.
        await broker.CompletedAsync(Batch);
        var before = client.Now.Counts.Connections;
        await broker.RestartAsync();
        await PeerProgram.UntilAsync(() => Task.FromResult(client.Now.Counts.Connections > before), "connected again", () => client.Now.LastError ?? "-");
        await broker.PublishAsync("plan/q1", (2 * Batch) + 1, Batch, qos: 1);
        await client.HasAllAsync(("plan/q1", 3 * Batch), ("plan/q2", 2 * Batch));

        Assert.All(client.Heard.Where(heard => heard.Key.Topic == "plan/q2"), heard => Assert.Equal(1, heard.Value));
        Assert.All(client.Heard.Where(heard => heard.Key.Topic == "plan/q0"), heard => Assert.Equal(1, heard.Value));
        Assert.Equal(0, client.Now.Counts.SessionsLost);
        Assert.Equal(0, cable.CutsLeft);
        Assert.Contains(client.All, message => message.Waited);
    }

    [Fact]
    public async Task A_room_that_takes_nothing_holds_the_broker_back_and_hears_everything_in_order()
    {
        using var broker = await Mosquitto.StartAsync();
        await using var client = new AClient(new("peer", "127.0.0.1", [new("plan/+", 1)], Port: broker.Port), isOpen: false);
        await client.ConnectedAsync();
        await broker.PublishAsync("plan/q1", 1, 300, qos: 1);
        await PeerProgram.UntilAsync(() => Task.FromResult(client.Now.Counts.Messages == 1), "the first is heard");

        client.Open();

        await client.HasAllAsync(("plan/q1", 300));
        Assert.Equal(Enumerable.Range(1, 300), client.All.Select(message => int.Parse(Encoding.UTF8.GetString(message.Payload.Span), CultureInfo.InvariantCulture)));
        Assert.All(client.All, message => Assert.Equal((1, false, false), (message.QoS, message.Retained, message.Duplicate)));
    }

    [Fact]
    public async Task Members_of_a_group_share_its_messages_and_none_comes_twice()
    {
        using var broker = await Mosquitto.StartAsync();
        await using var one = new AClient(new("one", "127.0.0.1", [new("$share/bridges/plan/#", 1)], Port: broker.Port));
        await using var two = new AClient(new("two", "127.0.0.1", [new("$share/bridges/plan/#", 1)], Port: broker.Port));
        await one.ConnectedAsync();
        await two.ConnectedAsync();
        await broker.PublishAsync("plan/q1", 1, 40, qos: 1);

        await PeerProgram.UntilAsync(() => Task.FromResult(one.Heard.Count + two.Heard.Count == 40), "all are heard");
        Assert.Equal(40, one.All.Count + two.All.Count);
        Assert.All([one.All.Count, two.All.Count], count => Assert.NotEqual(0, count));
    }

    [Theory]
    [InlineData("3.1.1")]
    [InlineData("5.0")]
    [Requirement("R-NET-03")]
    public async Task With_TLS_our_certificate_and_a_password_we_are_taken_and_what_is_wrong_is_named(string version)
    {
        using var broker = await Mosquitto.StartAsync();
        var (certificate, key) = broker.Issue("bridge-1", 2, days: 60);
        var good = new MqttSourceSettings(
            "peer", "127.0.0.1", [new("plan/+")], broker.TlsPort, version, new(broker.AuthorityFile, CertificateFile: certificate, KeyFile: key),
            User: Mosquitto.User, PasswordFile: broker.Write("password", Mosquitto.Password + "\n"));

        await using (var client = new AClient(good))
        {
            await client.ConnectedAsync();
            await broker.PublishAsync("plan/q1", 1, 3, qos: 1);
            await client.HasAllAsync(("plan/q1", 3));
        }

        Assert.Equal(DoctorVerdict.Well, (await LookAsync(good)).Verdict);

        var wrongWord = await WrongAsync(good with { PasswordFile = broker.Write("wrong", "guess") });
        Assert.Equal(MqttCondition.Refused, wrongWord.Condition);
        Assert.Contains("passwordFile", wrongWord.LastError, StringComparison.Ordinal);

        Assert.Contains("is not trusted", (await WrongAsync(good with { Tls = good.Tls! with { AuthorityFile = null } })).LastError, StringComparison.Ordinal);
        Assert.Contains("does not bear the name broker.example", (await WrongAsync(good with { Tls = good.Tls! with { ServerName = "broker.example" } })).LastError, StringComparison.Ordinal);
        Assert.Contains("another one than tls.fingerprint", (await WrongAsync(good with { Tls = new(Fingerprint: new string('A', 64), CertificateFile: certificate, KeyFile: key) })).LastError, StringComparison.Ordinal);
        Assert.Contains("certificate of ours", (await WrongAsync(good with { Tls = new(broker.AuthorityFile) })).LastError, StringComparison.Ordinal);
        Assert.Contains("without TLS", (await WrongAsync(good with { Tls = null })).LastError, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-NET-03")]
    public async Task A_pinned_certificate_is_enough_and_the_doctor_tells_its_end()
    {
        using var broker = await Mosquitto.StartAsync();
        var (certificate, key) = broker.Issue("bridge-1", 2, days: 9);
        using var shown = X509CertificateLoader.LoadCertificateFromFile(broker.ServerFile);
        var print = shown.GetCertHashString(HashAlgorithmName.SHA256);
        var source = new MqttSourceSettings(
            "peer", "127.0.0.1", [new("plan/+")], broker.TlsPort, Tls: new(Fingerprint: print, CertificateFile: certificate, KeyFile: key),
            User: Mosquitto.User, PasswordFile: broker.Write("password", Mosquitto.Password));
        await using var client = new AClient(source);
        await client.ConnectedAsync();

        var found = await LookAsync(source);
        Assert.Equal(DoctorVerdict.Look, found.Verdict);
        Assert.Contains("our certificate ends", found.Found, StringComparison.Ordinal);
        var refused = await LookAsync(source with { PasswordFile = broker.Write("wrong", "guess") });
        Assert.Equal(DoctorVerdict.Act, refused.Verdict);
        Assert.Contains("passwordFile", refused.Remedy, StringComparison.Ordinal);
        await broker.StopAsync();
        Assert.Contains("cannot be reached", (await LookAsync(source)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_hears_its_broker_describes_the_room_to_it_and_is_said_to_be_gone_when_it_is_killed()
    {
        using var broker = await Mosquitto.StartAsync();
        using var bridge = new RunningBridge();
        bridge.Start("--set", $$"""mqtt={"sources":[{"name":"town","host":"127.0.0.1","port":{{broker.Port}},"subscriptions":[{"filter":"plan/#"}] } ],"publish":{"source":"town"} }""");

        Assert.Equal(["roomguard/kakuu-1/bridge-1/availability online"], await broker.ListenAsync("roomguard/+/+/availability", 1));
        Assert.Contains("\"dev_cla\":\"door\"", (await broker.ListenAsync("homeassistant/device/+/config", 1))[0], StringComparison.Ordinal);
        Assert.StartsWith("roomguard/kakuu-1/bridge-1/doors/SRV-1-D1 {\"open\":", (await broker.ListenAsync("roomguard/+/+/doors/+", 1))[0], StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.Contains("town: connected", await http.GetStringAsync(new Uri($"http://127.0.0.1:{bridge.Watch}/health/ready")), StringComparison.Ordinal);
        await broker.PublishAsync("plan/q1", 1, 5, qos: 1);
        await PeerProgram.UntilAsync(
            async () => (await http.GetStringAsync(new Uri($"http://127.0.0.1:{bridge.Watch}/metrics"))).Contains("roomguard_mqtt_source_messages_total{source=\"town\"} 5", StringComparison.Ordinal), "five are counted");

        bridge.Program.Kill();
        await PeerProgram.UntilAsync(
            async () => (await broker.ListenAsync("roomguard/+/+/availability", 1))[0].EndsWith(" offline", StringComparison.Ordinal), "the will is published");
    }

    private static Task<DoctorFinding> LookAsync(MqttSourceSettings source) => MqttChecks.LookAsync(source, "roomguard-peer", null, TimeProvider.System, CancellationToken.None);

    private static async Task<MqttSourceNow> WrongAsync(MqttSourceSettings source)
    {
        await using var client = new AClient(source);
        await PeerProgram.UntilAsync(() => Task.FromResult(client.Now.LastError is not null), "the trouble is told");
        Assert.Equal(0, client.Now.Counts.Connections);
        return client.Now;
    }

    /// <summary>A wire as the bridge has it, with a clock that hurries, and all that it heard.</summary>
    private sealed class AClient : IMqttMessages, IAsyncDisposable
    {
        private readonly MqttSecrets secrets;
        private readonly MqttBoard board;
        private readonly MqttWire wire;
        private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public AClient(MqttSourceSettings source, bool isOpen = true)
        {
            var time = new HurriedTime(5);
            if (isOpen)
            {
                open.SetResult();
            }

            secrets = MqttSecrets.Load(source);
            board = new([source], time.GetUtcNow());
            wire = new(
                source, source.Session($"roomguard-{source.Name}", secrets.Password, null), new MqttTcpLine(source, secrets, time), this, board, new(new(1)), time, NullLogger.Instance);
            wire.Start();
        }

        /// <summary>How often each number came on each topic.</summary>
        public ConcurrentDictionary<(string Topic, int Number), int> Heard { get; } = new();

        public ConcurrentQueue<MqttMessageHeard> All { get; } = new();

        public MqttSourceNow Now => board.All[0];

        public void Open() => open.SetResult();

        /// <summary>It is connected and its filter granted: what is published from now on is its.</summary>
        public Task ConnectedAsync() => PeerProgram.UntilAsync(() => Task.FromResult(Now is { Condition: MqttCondition.Connected, Granted.IsEmpty: false }), "connected and subscribed", () => Now.LastError ?? "-");

        /// <summary>Every number from 1 on has come on each of these topics.</summary>
        public Task HasAllAsync(params (string Topic, int Count)[] topics) => PeerProgram.UntilAsync(
            () => Task.FromResult(topics.All(topic => Enumerable.Range(1, topic.Count).All(number => Heard.ContainsKey((topic.Topic, number))))),
            $"all of {string.Join(", ", topics)}",
            () => $"{string.Join(", ", topics.Select(topic => $"{topic.Topic} lacks {string.Join(' ', Enumerable.Range(1, topic.Count).Where(number => !Heard.ContainsKey((topic.Topic, number))))}"))}; {Now}");

        async ValueTask IMqttMessages.Heard(MqttMessageHeard message, CancellationToken stop)
        {
            await open.Task.WaitAsync(stop);
            var number = int.Parse(Encoding.UTF8.GetString(message.Payload.Span), CultureInfo.InvariantCulture);
            All.Enqueue(message);
            _ = Heard.AddOrUpdate((message.Topic, number), 1, (_, before) => before + 1);
        }

        public async ValueTask DisposeAsync()
        {
            await wire.DisposeAsync();
            secrets.Dispose();
        }
    }
}
