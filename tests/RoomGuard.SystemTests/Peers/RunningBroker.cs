using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Broker;
using Xunit;

namespace RoomGuard.SystemTests.Peers;

/// <summary>Our broker on loopback in a folder of its own, with one user who may do everything and one who may do little.</summary>
internal sealed class RunningBroker : IAsyncDisposable
{
    private readonly BrokerMeters meters = new("test");

    internal RunningBroker(BrokerSettings? settings = null)
    {
        Folder = Directory.CreateTempSubdirectory("roomguard-mqtt-").FullName;
        var passwords = MqttBroker.PasswordsIn(Folder, TimeProvider.System);
        Password = passwords.Add("room", RandomNumberGenerator.GetBytes);
        SensorPassword = passwords.Add("sensor-1", RandomNumberGenerator.GetBytes);
        Broker = new(
            (settings ?? new()) with { Port = 0, Users = [new("room", ["#"], ["#"]), new("sensor-1", ["tele/sensor-1/#"], ["cmnd/sensor-1/#"])] },
            Folder, null, null, meters, RandomNumberGenerator.GetBytes, TimeProvider.System, NullLogger<MqttBroker>.Instance);
    }

    internal string Folder { get; }

    internal string Password { get; }

    internal string SensorPassword { get; }

    internal MqttBroker Broker { get; }

    internal BrokerMeters Meters => meters;

    internal string Port => Broker.At!.Port.ToString(CultureInfo.InvariantCulture);

    internal static async Task<RunningBroker> StartAsync(BrokerSettings? settings = null)
    {
        var running = new RunningBroker(settings);
        await running.Broker.StartAsync(CancellationToken.None);
        Assert.NotNull(running.Broker.At);
        return running;
    }

    /// <summary>Arguments of mosquitto's programs.</summary>
    internal string[] As(string user, string password, string version, params string[] more) => ["-h", "127.0.0.1", "-p", Port, "-u", user, "-P", password, "-V", version, .. more];

    /// <summary>A mosquitto_sub that has its SUBACK.</summary>
    internal async Task<PeerProgram> SubscriberAsync(string version, params string[] more)
    {
        // Into a pipe it would hold its lines back until there are many.
        var subscriber = new PeerProgram("stdbuf", ["-oL", "mosquitto_sub", .. As("room", Password, version), "-d", "-F", "%t|%q|%r|%p", .. more]);
        await PeerProgram.UntilAsync(() => Task.FromResult(subscriber.Said.Contains("Subscribed (mid", StringComparison.Ordinal)), "mosquitto_sub is subscribed", () => subscriber.Said);
        return subscriber;
    }

    internal async Task<string> PublishAsync(string version, params string[] more) => await PeerProgram.RunAsync("mosquitto_pub", [.. As("room", Password, version), .. more]);

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        meters.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
