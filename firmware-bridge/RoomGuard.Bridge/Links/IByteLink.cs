namespace RoomGuard.Bridge.Links;

/// <summary>A wire with bytes on it: a serial port, a socket, a pseudo-terminal, or a test's virtual wire.</summary>
/// <remarks>
/// Synchronous on purpose: each wire has a thread of its own that waits here. An asynchronous read of a tty ignores its token and
/// leaves a read pending that eats the peer's next bytes; a thread that waits on the port and on a wake signal together is woken in
/// some 20 µs and can be joined before the port is closed. All members but <see cref="WakeSignal.Set"/> are for that one thread.
/// </remarks>
public interface IByteLink : IDisposable
{
    /// <summary>Waits for bytes.</summary>
    /// <param name="into">Where they go.</param>
    /// <param name="longest">How long to wait; zero or less looks and returns.</param>
    /// <returns>Bytes read; 0 when the time ran out or the wake signal was set.</returns>
    /// <exception cref="LinkBrokenException">The far end has gone for good; names the link.</exception>
    int Read(Span<byte> into, TimeSpan longest);

    /// <summary>Writes all bytes.</summary>
    /// <exception cref="LinkBrokenException">The far end has gone, or takes nothing any more; names the link.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Throws away what came and was not read: a late reply must not be taken for the next one.</summary>
    void DiscardInput();
}

/// <summary>How a link is made, again after each break.</summary>
public interface ILinkSource
{
    /// <summary>The link as people know it, e.g. <c>serial port /dev/ttyUSB0</c>.</summary>
    string Name { get; }

    /// <summary>Opens it. May take as long as its connect limit.</summary>
    /// <param name="wake">Ends every wait of the link at once.</param>
    /// <param name="stop">Ends the opening itself.</param>
    /// <exception cref="LinkBrokenException">It cannot be opened now; says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">The program ends.</exception>
    IByteLink Open(WakeSignal wake, CancellationToken stop);
}

/// <summary>A link cannot be opened or has gone. The message names the link, what was seen and the next step.</summary>
public sealed class LinkBrokenException : IOException
{
    /// <summary>Without a message.</summary>
    public LinkBrokenException()
    {
    }

    /// <summary>With a message that names the link.</summary>
    public LinkBrokenException(string message)
        : base(message)
    {
    }

    /// <summary>With a message that names the link, and the cause.</summary>
    public LinkBrokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
