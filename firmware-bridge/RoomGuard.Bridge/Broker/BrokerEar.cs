using System.Threading.Channels;
using RoomGuard.Bridge.Sensors;

namespace RoomGuard.Bridge.Broker;

/// <summary>Where messages go that are heard inside the program.</summary>
internal interface IBrokerEar
{
    /// <summary>Messages told so far.</summary>
    long Told { get; }

    /// <summary>How many of them are safe.</summary>
    long Done { get; }

    /// <summary>A message was published.</summary>
    void Tell(MqttMessageHeard message);
}

/// <summary>
/// Hands messages to those inside, one after the other and in order, without holding the broker's thread up. Its queue is bounded by its callers: a connection
/// is not read on before what it published is safe.
/// </summary>
internal sealed class BrokerEar(IMqttMessages to, BrokerMeters meters, ILogger log) : IBrokerEar, IAsyncDisposable
{
    private readonly Channel<MqttMessageHeard> waiting = Channel.CreateUnbounded<MqttMessageHeard>(new() { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource stop = new();
    private Task handing = Task.CompletedTask;
    private long done;

    /// <inheritdoc/>
    public long Told { get; private set; }

    /// <inheritdoc/>
    public long Done => Volatile.Read(ref done);

    /// <summary>Begins to hand over.</summary>
    /// <param name="whenDone">Called when more is safe.</param>
    internal void Start(Action whenDone) => handing = Task.Run(() => HandOverAsync(whenDone));

    /// <inheritdoc/>
    public void Tell(MqttMessageHeard message)
    {
        Told++;
        _ = waiting.Writer.TryWrite(message);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await handing;
        stop.Dispose();
    }

    private async Task HandOverAsync(Action whenDone)
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stop.Token))
            {
                while (waiting.Reader.TryRead(out var message))
                {
                    await HandOverAsync(message);
                    Volatile.Write(ref done, done + 1);
                }

                whenDone();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program ends; what was not taken was not acknowledged either.
            return;
        }
    }

    private async ValueTask HandOverAsync(MqttMessageHeard message)
    {
        try
        {
            await to.Heard(message, stop.Token);
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            meters.Drop("not-understood-inside");
            log.MqttEarFailed(mistake.Message);
        }
    }
}
