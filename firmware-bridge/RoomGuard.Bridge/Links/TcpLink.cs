using System.Net.Sockets;

namespace RoomGuard.Bridge.Links;

/// <summary>Connects to a serial device server, or to a simulator.</summary>
public sealed class TcpPort(string host, int port, TimeProvider time) : ILinkSource
{
    /// <inheritdoc/>
    public string Name => $"TCP link {host}:{port}";

    /// <inheritdoc/>
    public IByteLink Open(WakeSignal wake, CancellationToken stop) => TcpLink.Open(host, port, time, wake, stop);
}

/// <summary>A wire behind a device server: a TCP connection we made.</summary>
public sealed class TcpLink : IByteLink
{
    private const int TcpLevel = 6;
    private const int UserTimeout = 18;

    // Device servers stand on the same site; one that has not answered in 3 s is off or elsewhere.
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(2);

    // As long as OSDP gives a silent reader: polls nobody acknowledges for 8 s mean that the cable is cut.
    private const int UnacknowledgedMs = 8000;

    private readonly string name;
    private readonly Socket socket;
    private readonly WakeSignal wake;

    private TcpLink(string name, Socket socket, WakeSignal wake) => (this.name, this.socket, this.wake) = (name, socket, wake);

    /// <summary>Connects.</summary>
    /// <exception cref="LinkBrokenException">Refused, unreachable, unknown or too late; names host and port.</exception>
    public static TcpLink Open(string host, int port, TimeProvider time, WakeSignal wake, CancellationToken stop)
    {
        var name = $"TCP link {host}:{port}";
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            using var limit = new CancellationTokenSource(ConnectLimit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
            // The bus has a thread of its own with nothing else to do until it is connected.
            socket.ConnectAsync(host, port, either.Token).AsTask().GetAwaiter().GetResult();
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 1);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            socket.SetRawSocketOption(TcpLevel, UserTimeout, BitConverter.GetBytes(UnacknowledgedMs));
            socket.Blocking = false;
            var link = new TcpLink(name, socket, wake);
            socket = null;
            return link;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new LinkBrokenException($"{name} did not answer within {ConnectLimit.TotalSeconds:0} s. Look whether the device server is on and its address is right.");
        }
        catch (SocketException problem)
        {
            throw new LinkBrokenException($"{name} cannot be reached: {problem.Message}. Look whether the device server is on and its address is right.", problem);
        }
        finally
        {
            socket?.Dispose();
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> into, TimeSpan longest)
    {
        var count = ReadNow(into);
        if (count > 0)
        {
            return count;
        }

        var seen = wake.Wait(socket.SafeHandle, Libc.PollIn, longest);
        return (seen & ~WakeSignal.Woken) == 0 ? 0 : ReadNow(into);
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = socket.Send(bytes, SocketFlags.None, out var error);
            if (error == SocketError.Success)
            {
                bytes = bytes[count..];
            }
            else if (error != SocketError.WouldBlock)
            {
                throw Gone(error);
            }
            else if (!socket.Poll(WriteLimit, SelectMode.SelectWrite))
            {
                throw new LinkBrokenException($"{name} took no byte for {WriteLimit.TotalSeconds:0} s. Look at the network between here and the device server.");
            }
        }
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        // As much as there is, but not for ever: a far end that floods must not keep us here.
        Span<byte> scrap = stackalloc byte[2048];
        for (var round = 0; round < 32 && ReadNow(scrap) > 0; round++)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private int ReadNow(Span<byte> into)
    {
        var count = socket.Receive(into, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success when count > 0 => count,
            SocketError.Success => throw new LinkBrokenException($"{name} was closed by the far end. It is connected again by itself; look whether the device server restarts."),
            SocketError.WouldBlock => 0,
            _ => throw Gone(error),
        };
    }

    private LinkBrokenException Gone(SocketError error) =>
        new($"{name} has gone ({error}). It is connected again by itself; look at the network and the device server.");
}
