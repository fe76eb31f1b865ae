using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Ups;

namespace RoomGuard.Bridge.Sensors;

/// <summary>The shell around <see cref="PublishingFlow"/>: looks at the room once a second, and decides nothing.</summary>
public sealed class RoomPublishing(HomeAssistantPublisher publisher, PublishingFlow flow, IMqttPublisher to, IRoom room, UpsBoard units, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Tells what is due.</summary>
    /// <param name="now">On a clock nobody turns back.</param>
    public int Tell(TimeSpan now) =>
        to.IsConnected ? flow.Tell(now, to.Connection, publisher.All(room.State, units.All, time.GetUtcNow()), to.TryPublish) : 0;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        using var looks = new PeriodicTimer(Look, time);
        try
        {
            do
            {
                _ = Tell(time.GetElapsedTime(started));
            }
            while (await looks.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; the wire says that we are gone.
            return;
        }
    }
}
