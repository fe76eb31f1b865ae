using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using RoomGuard.Bridge.Links;
using RoomGuard.Wire.Mqtt;

namespace RoomGuard.Bridge.Broker;

/// <summary>
/// The broker's one thread: waits for all connections at once, reads what has come, lets <see cref="BrokerCore"/> decide, and writes everything queued for a connection in one
/// go. It reads one buffer of one connection at a time, so that a flood on one delays the others by no more than that.
/// </summary>
internal sealed class BrokerLoop : IDisposable
{
    private const int Backlog = 1024;
    private const int MostHappenings = 256;
    private const int WrittenInOneGo = 64 * 1024;
    private const int TickMilliseconds = 250;
    private const int MostThrownAway = 256 * 1024;
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(1);

    private readonly BrokerCore core;
    private readonly BrokerMeters meters;
    private readonly ILogger log;
    private readonly SafeFileHandle epoll;
    private readonly SafeFileHandle wake;
    private readonly ConcurrentQueue<Action> orders = new();
    private readonly Dictionary<int, SocketLink> links = [];
    private readonly List<SocketLink> blocked = [];
    private readonly List<SocketLink> lingering = [];
    private readonly OutputBuffer output = new();
    private readonly byte[] thrownAway = new byte[4096];
    private readonly Thread thread;
    private Socket? listener;
    private bool isListenerArmed;
    private int woken;
    private volatile bool isStopping;

    internal BrokerLoop(BrokerCore core, BrokerMeters meters, ILogger log)
    {
        this.core = core;
        this.meters = meters;
        this.log = log;
        epoll = Libc.EpollCreate(Libc.CloseOnExec);
        wake = Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec);
        if (epoll.IsInvalid || wake.IsInvalid)
        {
            throw new IOException($"No wait for MQTT connections: {Libc.Describe(Marshal.GetLastPInvokeError())}. Raise the limit of open files (ulimit -n).");
        }

        Arm(Libc.EpollAdd, wake, Libc.EpollIn);
        thread = new(Run) { IsBackground = true, Name = "mqtt-broker" };
    }

    /// <summary>Told when the thread has met the impossible.</summary>
    internal Action<string>? Broken { get; set; }

    /// <summary>Where it listens; null: nowhere.</summary>
    internal IPEndPoint? At => listener?.LocalEndPoint as IPEndPoint;

    /// <summary>Begins to serve.</summary>
    internal void Start() => thread.Start();

    /// <summary>Opens the listener and hands it to the thread.</summary>
    /// <exception cref="SocketException">The port is taken, or the address is none of this machine.</exception>
    internal void Listen(IPEndPoint where)
    {
        var socket = new Socket(where.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(where);
            socket.Listen(Backlog);
            socket.Blocking = false;
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        listener = socket;
        Order(() => ListenAgain());
    }

    /// <summary>Does something on the broker's thread.</summary>
    internal void Order(Action order)
    {
        orders.Enqueue(order);
        Wake();
    }

    /// <summary>Ends the thread's wait. Thread-safe; a system call only when it is not woken already.</summary>
    internal unsafe void Wake()
    {
        if (Interlocked.Exchange(ref woken, 1) == 0)
        {
            var one = 1UL;
            _ = Libc.Write(wake, (byte*)&one, sizeof(ulong));
        }
    }

    /// <summary>Takes a connection over that somebody else accepted. On the broker's thread.</summary>
    internal void Adopt(SafeFileHandle handle, string from, string? certified)
    {
        var link = new SocketLink(handle, from, certified, core.Limits, core.Elapsed());
        if (!core.Admit(link))
        {
            handle.Dispose();
            return;
        }

        links[link.Number] = link;
        link.Armed = Libc.EpollIn;
        Arm(Libc.EpollAdd, handle, Libc.EpollIn);
    }

    /// <summary>Tells every client, writes what can be written within a moment, and ends the thread.</summary>
    /// <param name="beforeTheLast">Called on the thread when everybody was told: whatever is promised is written down here.</param>
    internal void Stop(Action beforeTheLast)
    {
        Order(() =>
        {
            isStopping = true;
            core.CloseAll();
            FlushMarked();
            beforeTheLast();
            FlushBlocked();
            FlushMarked();
        });
        if (thread.IsAlive)
        {
            thread.Join(LongestStop + TimeSpan.FromSeconds(10));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        listener?.Dispose();
        foreach (var link in links.Values)
        {
            link.Handle.Dispose();
        }

        epoll.Dispose();
        wake.Dispose();
    }

    private void Run()
    {
        try
        {
            Serve();
        }
        catch (Exception impossible)
        {
            // Whoever supervises ends the program: a broker that believes something wrong must not go on acknowledging.
            log.MqttBroken(impossible.ToString());
            Broken?.Invoke(impossible.Message);
        }
    }

    private unsafe void Serve()
    {
        var happenings = stackalloc byte[MostHappenings * 16];
        var stopBy = (TimeSpan?)null;
        var nextTick = core.Elapsed();
        while (true)
        {
            if (isStopping)
            {
                stopBy ??= core.Elapsed() + LongestStop;
                if (links.Count == 0 || core.Elapsed() >= stopBy)
                {
                    return;
                }
            }

            var count = Libc.EpollWait(epoll, happenings, MostHappenings, links.Count == 0 && !isStopping ? 4 * TickMilliseconds : TickMilliseconds);
            for (var at = 0; at < count; at++)
            {
                var (events, number) = EpollEvents.Read(happenings, at);
                if (number == (int)wake.DangerousGetHandle())
                {
                    Woken();
                }
                else if (listener is not null && number == (int)listener.Handle)
                {
                    AcceptOne();
                }
                else if (links.TryGetValue(number, out var link))
                {
                    Happened(link, events);
                }
            }

            if (core.Elapsed() >= nextTick)
            {
                nextTick = core.Elapsed() + TimeSpan.FromMilliseconds(TickMilliseconds);
                core.Tick();
                CloseLingering();
                ListenAgain();
            }

            FlushMarked();
        }
    }

    private unsafe void Woken()
    {
        ulong sum;
        _ = Libc.Read(wake, (byte*)&sum, sizeof(ulong));

        // Cleared before the queues are looked at: what comes from now on wakes again.
        Interlocked.Exchange(ref woken, 0);
        while (orders.TryDequeue(out var order))
        {
            order();
        }

        FlushBlocked();
    }

    // Out of handles the listener would wake us again and again; it is put aside until the next tick.
    private void ListenAgain()
    {
        if (!isListenerArmed && listener is not null && !isStopping)
        {
            isListenerArmed = true;
            Arm(Libc.EpollAdd, listener.SafeHandle, Libc.EpollIn);
        }
    }

    private unsafe void AcceptOne()
    {
        if (isStopping)
        {
            Disarm(listener!.SafeHandle);
            isListenerArmed = false;
            return;
        }

        const int LongestAddress = 128;
        var address = stackalloc byte[LongestAddress];
        var length = LongestAddress;
        var handle = Libc.Accept(listener!.SafeHandle, address, &length, Libc.NonBlocking | Libc.CloseOnExec);
        if (handle.IsInvalid)
        {
            if (Marshal.GetLastPInvokeError() is Libc.Emfile or Libc.Enfile)
            {
                meters.Refuse("handles");
                Disarm(listener.SafeHandle);
                isListenerArmed = false;
            }

            handle.Dispose();
            return;
        }

        // Single messages must not wait for the far end's delayed acknowledgement; we write in one go what belongs together.
        var on = 1;
        _ = Libc.SetOption(handle, Libc.TcpLevel, Libc.TcpNoDelay, &on, sizeof(int));
        Adopt(handle, AddressOf(new(address, length)), null);
    }

    // sockaddr_in: family, port, 4 bytes; sockaddr_in6: family, port, flow, 16 bytes.
    private static string AddressOf(ReadOnlySpan<byte> address)
    {
        const int InternetFamily6 = 10;
        var where = BitConverter.ToUInt16(address) == InternetFamily6 && address.Length >= 24 ? new IPAddress(address.Slice(8, 16)) : new IPAddress(address.Slice(4, 4));
        return (where.IsIPv4MappedToIPv6 ? where.MapToIPv4() : where).ToString();
    }

    private void Happened(SocketLink link, uint events)
    {
        if (link.LingersUntil is not null)
        {
            ThrowAway(link);
            return;
        }

        if ((events & Libc.EpollOut) != 0)
        {
            Flush(link);
        }

        if ((events & ~Libc.EpollOut) != 0 && !link.Handle.IsClosed)
        {
            if (core.MayRead(link))
            {
                Receive(link);
            }
            else if ((events & (Libc.PollError | Libc.PollHangUp)) != 0)
            {
                // Nothing is read from it now, and nobody is there any more.
                core.Lost(link);
                Close(link);
            }
        }
    }

    private unsafe void Receive(SocketLink link)
    {
        var room = link.Inbox.Room();
        if (room.IsEmpty)
        {
            core.Take(link);
            return;
        }

        nint count;
        fixed (byte* into = room.Span)
        {
            count = Libc.Receive(link.Handle, into, (nuint)room.Length, 0);
        }

        if (count > 0)
        {
            link.Inbox.Filled((int)count);
            core.Take(link);
        }
        else if (count == 0 || Marshal.GetLastPInvokeError() is not (Libc.Eagain or Libc.Eintr))
        {
            core.Lost(link);
            Close(link);
        }
    }

    private void FlushMarked()
    {
        // Writing may mark others: a client that has gone leaves a will.
        for (var at = 0; at < core.Marked.Count; at++)
        {
            var link = (SocketLink)core.Marked[at];
            link.IsMarked = false;
            Flush(link);
        }

        core.Marked.Clear();
    }

    private void FlushBlocked()
    {
        for (var at = blocked.Count - 1; at >= 0; at--)
        {
            var link = blocked[at];
            if (link.Handle.IsClosed || core.MayWrite(link))
            {
                blocked.RemoveAt(at);
                link.IsBlocked = false;
                Flush(link);
            }
        }
    }

    private void Flush(SocketLink link)
    {
        if (link.Handle.IsClosed || link.LingersUntil is not null)
        {
            return;
        }

        if (link.IsCut)
        {
            Close(link);
            return;
        }

        if (!SendRest(link))
        {
            return;
        }

        if (!core.MayWrite(link))
        {
            if (!link.IsBlocked)
            {
                link.IsBlocked = true;
                blocked.Add(link);
            }

            Watch(link, 0);
            return;
        }

        while (link.Connection.QueuedPackets > 0)
        {
            output.Clear();
            while (output.Length < WrittenInOneGo && link.Connection.TryTakePacket(out var packet))
            {
                if (packet is PublishPacket)
                {
                    meters.Sent++;
                }

                _ = MqttWriter.Write(packet, link.Connection.Version, output);
            }

            var sent = Send(link, output.Written);
            if (sent < 0)
            {
                return;
            }

            if (sent < output.Length)
            {
                link.Rest = output.Written[sent..].ToArray();
                Watch(link, Libc.EpollOut);
                return;
            }
        }

        if (link.Connection.IsOver)
        {
            Linger(link);
            return;
        }

        Watch(link, core.MayRead(link) ? Libc.EpollIn : 0);
    }

    private bool SendRest(SocketLink link)
    {
        if (link.Rest is not { Length: > 0 } rest)
        {
            return true;
        }

        var sent = Send(link, rest);
        if (sent < 0)
        {
            return false;
        }

        link.Rest = sent == rest.Length ? null : rest[sent..];
        if (link.Rest is null)
        {
            return true;
        }

        Watch(link, Libc.EpollOut);
        return false;
    }

    /// <returns>Bytes sent; -1: the connection is closed.</returns>
    private unsafe int Send(SocketLink link, ReadOnlySpan<byte> bytes)
    {
        nint sent;
        fixed (byte* from = bytes)
        {
            sent = Libc.Send(link.Handle, from, (nuint)bytes.Length, Libc.NoSignal);
        }

        if (sent >= 0)
        {
            return (int)sent;
        }

        if (Marshal.GetLastPInvokeError() is Libc.Eagain or Libc.Eintr)
        {
            return 0;
        }

        core.Lost(link);
        Close(link);
        return -1;
    }

    // A reset would overtake the DISCONNECT that explains the end, if there is something left unread.
    private void Linger(SocketLink link)
    {
        _ = Libc.Shutdown(link.Handle, Libc.ShutWrite);
        link.LingersUntil = core.Elapsed() + Lingering;
        lingering.Add(link);
        Watch(link, Libc.EpollIn);
    }

    private unsafe void ThrowAway(SocketLink link)
    {
        nint count;
        fixed (byte* into = thrownAway)
        {
            count = Libc.Receive(link.Handle, into, (nuint)thrownAway.Length, 0);
        }

        link.ThrownAway += (int)Math.Max(0, count);
        if (count == 0 || link.ThrownAway > MostThrownAway || (count < 0 && Marshal.GetLastPInvokeError() is not (Libc.Eagain or Libc.Eintr)))
        {
            Close(link);
        }
    }

    private void CloseLingering()
    {
        var now = core.Elapsed();
        foreach (var link in lingering)
        {
            if (link.LingersUntil <= now)
            {
                Close(link);
            }
        }

        lingering.RemoveAll(link => link.Handle.IsClosed);
    }

    private void Close(SocketLink link)
    {
        if (link.Handle.IsClosed)
        {
            return;
        }

        links.Remove(link.Number);
        core.Forget(link);
        link.Handle.Dispose();
    }

    private void Watch(SocketLink link, uint events)
    {
        if (link.Armed != events)
        {
            link.Armed = events;
            Arm(Libc.EpollChange, link.Handle, events, link.Number);
        }
    }

    private void Arm(int operation, SafeHandle handle, uint events) => Arm(operation, handle, events, (int)handle.DangerousGetHandle());

    private unsafe void Arm(int operation, SafeHandle handle, uint events, int number)
    {
        var happening = stackalloc byte[16];
        EpollEvents.Write(happening, events, number);
        if (Libc.EpollControl(epoll, operation, handle, happening) != 0)
        {
            throw new IOException($"epoll_ctl: {Libc.Describe(Marshal.GetLastPInvokeError())}");
        }
    }

    private unsafe void Disarm(SafeHandle handle) => _ = Libc.EpollControl(epoll, Libc.EpollRemove, handle, null);

    /// <summary>A connection with its socket.</summary>
    private sealed class SocketLink(SafeFileHandle handle, string from, string? certified, MqttServerLimits limits, TimeSpan now) : BrokerLink(from, certified, limits, now)
    {
        internal SafeFileHandle Handle => handle;

        internal int Number { get; } = (int)handle.DangerousGetHandle();

        /// <summary>What it is watched for.</summary>
        internal uint Armed { get; set; }

        /// <summary>Bytes the socket did not take yet; null: none.</summary>
        internal byte[]? Rest { get; set; }

        /// <summary>It is in the list of those that wait for the medium.</summary>
        internal bool IsBlocked { get; set; }

        /// <summary>Its last packet went out: what still comes is thrown away until then.</summary>
        internal TimeSpan? LingersUntil { get; set; }

        internal int ThrownAway { get; set; }
    }
}
