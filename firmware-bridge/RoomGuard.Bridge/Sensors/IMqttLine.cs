using RoomGuard.Bridge.Links;

namespace RoomGuard.Bridge.Sensors;

/// <summary>The way to a broker: makes one link after another.</summary>
public interface IMqttLine
{
    /// <summary>Connects, and makes the link private where it has to be.</summary>
    /// <exception cref="LinkBrokenException">It cannot be made now; says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">The program ends.</exception>
    ValueTask<IMqttLink> OpenAsync(CancellationToken stop);
}

/// <summary>One link to a broker. One task reads it while one writes; a read that was given up ends the link.</summary>
public interface IMqttLink : IAsyncDisposable
{
    /// <summary>Waits for bytes.</summary>
    /// <returns>Bytes read; 0 when the broker has closed the link.</returns>
    /// <exception cref="LinkBrokenException">The link has gone.</exception>
    ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken stop);

    /// <summary>Writes all bytes.</summary>
    /// <exception cref="LinkBrokenException">The link has gone.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop);

    /// <summary>Nothing more is written, reading goes on: a link that is closed with bytes unread is reset, and a reset may overtake what was written last.</summary>
    /// <exception cref="LinkBrokenException">The link has gone.</exception>
    ValueTask FinishAsync();
}
