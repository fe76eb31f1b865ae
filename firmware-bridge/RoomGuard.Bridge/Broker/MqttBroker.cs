using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.Sqlite;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Hosting;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Broker;

/// <summary>The embedded MQTT broker, started and stopped with the program. A port that is taken or a disk that is full does not keep the room from being guarded: it is told and tried again.</summary>
public sealed class MqttBroker : IHostedService, IHealthPart, IAsyncDisposable
{
    /// <summary>What the messages of this broker bear where others bear the name of a source in the settings.</summary>
    public const string SourceName = "broker";

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(10);

    private readonly BrokerSettings settings;
    private readonly string folder;
    private readonly TlsIdentity? identity;
    private readonly IMqttMessages? inside;
    private readonly BrokerMeters meters;
    private readonly Func<int, byte[]> randomBytes;
    private readonly TimeProvider time;
    private readonly ILogger<MqttBroker> log;
    private readonly Action? impossible;
    private readonly CancellationTokenSource stop = new();
    private Task beginning = Task.CompletedTask;
    private volatile Parts? parts;
    private volatile string? trouble;
    private bool isStopped;

    /// <summary>Prepares the broker; nothing listens yet.</summary>
    /// <param name="folder">The data folder: the store and the passwords lie there.</param>
    /// <param name="own">The bridge's certificate, for TLS where the settings name none.</param>
    /// <param name="inside">Who hears every message inside the program; null: nobody.</param>
    /// <param name="impossible">Told when the broker's thread has met the impossible: the program ends and is started again.</param>
    /// <exception cref="SettingsException">A certificate or key of the settings is none.</exception>
    public MqttBroker(
        BrokerSettings settings, string folder, X509Certificate2? own, IMqttMessages? inside, BrokerMeters meters, Func<int, byte[]> randomBytes, TimeProvider time, ILogger<MqttBroker> log, Action? impossible = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        this.folder = folder;
        this.inside = inside;
        this.meters = meters;
        this.randomBytes = randomBytes;
        this.time = time;
        this.log = log;
        this.impossible = impossible;
        identity = settings.Tls is { } tls ? BrokerTls.Load(tls, own) : null;
    }

    /// <inheritdoc/>
    public string Name => "mqtt-broker";

    /// <summary>Where it listens in the clear; null: nowhere.</summary>
    public IPEndPoint? At => parts?.Loop.At;

    /// <summary>Where it listens with TLS; null: nowhere.</summary>
    public IPEndPoint? TlsAt => parts?.Tls?.At;

    /// <summary>The users' passwords of a data folder.</summary>
    public static BrokerUsers PasswordsIn(string folder, TimeProvider time) => new(Path.Combine(folder, "mqtt-users.json"), time);

    /// <summary>Publishes from inside the program, to whoever subscribed. Thread-safe; returns before it is delivered. While the broker cannot begin, it is dropped and counted.</summary>
    /// <exception cref="ArgumentException">The topic is none.</exception>
    public void Publish(string topic, ReadOnlyMemory<byte> payload, MqttQos qos = MqttQos.AtMostOnce, bool retain = false)
    {
        if (!MqttTopic.IsName(topic))
        {
            throw new ArgumentException($"\"{topic}\" is no topic to publish to.", nameof(topic));
        }

        var message = PublishPacket.Of(topic, payload, qos, retain);
        if (parts is { } running)
        {
            running.Loop.Order(() => running.Core.Publish(message));
        }
        else
        {
            meters.Drop("not-begun");
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!TryBegin())
        {
            beginning = Task.Run(BeginLaterAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (isStopped)
        {
            return;
        }

        isStopped = true;
        await stop.CancelAsync();
        await beginning;
        if (parts is { } running)
        {
            running.Loop.Stop(running.Store.Dispose);
            if (running.Tls is not null)
            {
                await running.Tls.DisposeAsync();
            }

            if (running.Ear is not null)
            {
                await running.Ear.DisposeAsync();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        parts?.Store.Dispose();
        parts?.Loop.Dispose();
        stop.Dispose();
    }

    /// <inheritdoc/>
    /// <remarks>A broker that does not listen makes no bridge unready: doors must go on.</remarks>
    public HealthAnswer Now() => new(
        true,
        trouble is { } why ? why
        : !meters.StoreHealthy ? "what clients are promised cannot be written: nothing is acknowledged; look at the disk of the data folder"
        : $"{meters.Connections} connections, {meters.KeptSessions} kept sessions, {meters.Queued} messages wait, {meters.RefusedInAll} refusals");

    private bool TryBegin()
    {
        try
        {
            parts ??= Begin();
            Listen(parts);
        }
        catch (Exception notNow) when (notNow is SqliteException or IOException or SocketException)
        {
            var text = notNow is SocketException ? Taken(notNow.Message) : $"cannot begin: {notNow.Message}. Look at the disk of the data folder.";
            if (trouble is null)
            {
                log.MqttNotListening(text, (int)TryAgainAfter.TotalSeconds);
            }

            trouble = text;
            return false;
        }

        trouble = null;
        return true;
    }

    private string Taken(string why)
    {
        var (address, port, place) = parts?.Loop.At is null ? (settings.Address, settings.Port, "broker.port") : (settings.Tls!.Address, settings.Tls.Port, "broker.tls.port");
        return $"cannot listen on {address}:{port}: {why}. Stop what holds the port (often mosquitto) or set broker.enabled to false, or choose another one with {place}.";
    }

    private Parts Begin()
    {
        var store = new BrokerStore(folder, meters, time, log);
        var ear = inside is null ? null : new BrokerEar(inside, meters, log);
        var core = new BrokerCore(settings, new(settings, PasswordsIn(folder, time), time), store, ear, meters, randomBytes, time, log);
        var loop = new BrokerLoop(core, meters, log) { Broken = _ => impossible?.Invoke() };
        store.Start(loop.Wake);
        ear?.Start(loop.Wake);
        core.Restore(store.Before);
        loop.Start();
        return new(store, ear, core, loop, identity is null ? null : new(settings.Tls!, settings.Bounds, identity, loop, meters, time, log));
    }

    private void Listen(Parts running)
    {
        if (running.Loop.At is null)
        {
            running.Loop.Listen(new(IPAddress.Parse(settings.Address), settings.Port));
        }

        if (running.Tls is { At: null })
        {
            running.Tls.Listen();
        }

        var before = running.Store.Before;
        log.MqttListening(
            running.Tls is null ? running.Loop.At!.ToString() : $"{running.Loop.At} and {running.Tls.At} (TLS)",
            settings.Known.Length,
            before.Sessions.Length,
            before.Sessions.Sum(session => session.Messages.Length),
            before.Retained.Length);
    }

    private async Task BeginLaterAsync()
    {
        try
        {
            using var again = new PeriodicTimer(TryAgainAfter, time);
            while (await again.WaitForNextTickAsync(stop.Token) && !TryBegin())
            {
                continue;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program ends.
            return;
        }
    }

    private sealed record Parts(BrokerStore Store, BrokerEar? Ear, BrokerCore Core, BrokerLoop Loop, BrokerTls? Tls);
}
