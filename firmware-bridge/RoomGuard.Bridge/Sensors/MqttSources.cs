using System.Collections.Immutable;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Sensors;

/// <summary>The wires to all brokers of the settings: started together, stopped together.</summary>
public sealed class MqttSources : IHostedService, IDisposable
{
    private readonly ImmutableArray<MqttWire> wires;
    private readonly MqttMeters meters;

    /// <summary>Prepares all wires.</summary>
    /// <param name="usualClientId">Who we are where the settings do not say; the source's name is added, so that two sources at one broker are two clients.</param>
    /// <param name="secrets">What the files of a source hold; outlives the wires.</param>
    /// <param name="lines">How a broker is reached; the usual way is <see cref="MqttTcpLine"/>.</param>
    /// <param name="will">What the broker of this name shall publish when we go without a word; null: nothing.</param>
    /// <param name="chance">From the composition root; each wire gets a chance of its own from it, since their tasks run side by side.</param>
    public MqttSources(
        ImmutableArray<MqttSourceSettings> sources,
        string usualClientId,
        Func<MqttSourceSettings, MqttSecrets> secrets,
        Func<MqttSourceSettings, IMqttLine> lines,
        Func<string, MqttWill?> will,
        IMqttMessages messages,
        MqttBoard board,
        Random chance,
        TimeProvider time,
        ILogger<MqttSources> log)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(will);
        ArgumentNullException.ThrowIfNull(chance);
        wires = [.. sources.Select(source => new MqttWire(
            source, source.Session($"{usualClientId}-{source.Name}", secrets(source).Password, will(source.Name)), lines(source), messages, board, new(new(chance.Next())), time, log))];
        meters = new(board);
    }

    /// <summary>The wire to a broker, to publish on; null: none of that name.</summary>
    public IMqttPublisher? Find(string source) => wires.FirstOrDefault(wire => wire.Source == source);

    /// <summary>Asks a broker for these topics too; one of another name is none of ours.</summary>
    public void Ask(string source, ImmutableArray<string> needed) => wires.FirstOrDefault(wire => wire.Source == source)?.Ask(needed);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var wire in wires)
        {
            wire.Start();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(wires.Select(wire => wire.DisposeAsync().AsTask()));

    /// <inheritdoc/>
    public void Dispose() => meters.Dispose();
}
