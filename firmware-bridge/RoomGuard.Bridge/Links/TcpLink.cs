using System.Net;
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
        var began = time.GetTimestamp();
        try
        {
            var problem = SocketError.HostNotFound;
            foreach (var address in Addresses(host, time, stop))
            {
                if (Connect(new(address, port), time, began, wake, stop, out problem) is { } socket)
                {
                    return new(name, socket, wake);
                }
            }

            throw problem == SocketError.TimedOut
                ? TooLate(name)
                : new LinkBrokenException($"{name} cannot be reached: {new SocketException((int)problem).Message}. Look whether the device server is on and its address is right.");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw TooLate(name);
        }
        catch (SocketException problem)
        {
            throw new LinkBrokenException($"{name} cannot be reached: {problem.Message}. Look whether the device server is on and its address is right.", problem);
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

    private static IPAddress[] Addresses(string host, TimeProvider time, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        // The wire has a thread of its own with nothing else to do until it is connected.
        return Dns.GetHostAddressesAsync(host, either.Token).GetAwaiter().GetResult();
    }

    /// <summary>
    /// Connects without the platform's asynchronous engine: a socket that was once given to it wakes two more threads with every byte for as long as it
    /// lives, and this one is only ever read by the wire's own thread.
    /// </summary>
    private static Socket? Connect(IPEndPoint to, TimeProvider time, long began, WakeSignal wake, CancellationToken stop, out SocketError problem)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        var woken = false;
        try
        {
            problem = Begin(socket, to);
            while (problem is SocketError.WouldBlock or SocketError.InProgress)
            {
                stop.ThrowIfCancellationRequested();
                var rest = ConnectLimit - time.GetElapsedTime(began);
                if (rest <= TimeSpan.Zero)
                {
                    problem = SocketError.TimedOut;
                    break;
                }

                var seen = wake.Wait(socket.SafeHandle, Libc.PollOut, rest);
                woken |= (seen & WakeSignal.Woken) != 0;
                if ((seen & ~WakeSignal.Woken) != 0)
                {
                    problem = (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
                }
            }

            if (problem != SocketError.Success)
            {
                return null;
            }

            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 1);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            socket.SetRawSocketOption(TcpLevel, UserTimeout, BitConverter.GetBytes(UnacknowledgedMs));
            var connected = socket;
            socket = null;
            return connected;
        }
        finally
        {
            socket?.Dispose();
            if (woken)
            {
                // It was not meant for the connecting; whoever serves the link finds it set.
                wake.Set();
            }
        }
    }

    private static SocketError Begin(Socket socket, IPEndPoint to)
    {
        try
        {
            socket.Connect(to);
            return SocketError.Success;
        }
        catch (SocketException begun)
        {
            return begun.SocketErrorCode;
        }
    }

    private static LinkBrokenException TooLate(string name) =>
        new($"{name} did not answer within {ConnectLimit.TotalSeconds:0} s. Look whether the device server is on and its address is right.");

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
