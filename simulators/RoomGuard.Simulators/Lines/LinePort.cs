using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RoomGuard.Simulators.Lines;

/// <summary>The outside of a line: a terminal or a socket that bytes come from and go to. Used by one thread, except <see cref="Wake"/>.</summary>
internal interface ILinePort : IDisposable
{
    /// <summary>Where a bridge finds it, for people.</summary>
    string Where { get; }

    /// <summary>Whether anybody is there to hear.</summary>
    bool Listened { get; }

    /// <summary>Opens it, or takes it away altogether.</summary>
    void Show(bool there);

    /// <summary>Waits until bytes came, <see cref="Wake"/> was called or the time is over, and reads what came.</summary>
    /// <returns>Bytes read; 0 when there are none.</returns>
    int WaitAndRead(Span<byte> into, TimeSpan atMost);

    /// <summary>Sends bytes; they are lost when nobody is there, as on a wire.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Ends a wait. From any thread.</summary>
    void Wake();
}

/// <summary>Lets one thread wait for a handle and for another thread at once.</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly SafeFileHandle counter = Libc.EventCounter(0, Libc.NonBlocking | Libc.CloseOnExec);

    public void Set()
    {
        Span<byte> one = stackalloc byte[8];
        one[0] = 1;
        _ = Libc.Write(counter, one, out _);
    }

    /// <summary>Waits on the counter, and on a second handle unless it is null.</summary>
    /// <returns>What was found at the second handle.</returns>
    public short Wait(int? other, TimeSpan atMost)
    {
        Span<Libc.Waiting> on = [new() { Handle = (int)counter.DangerousGetHandle(), Wanted = Libc.PollIn }, new() { Handle = other ?? -1, Wanted = Libc.PollIn }];
        Libc.Wait(on, atMost);
        if (on[0].Found != 0)
        {
            Span<byte> taken = stackalloc byte[8];
            _ = Libc.Read(counter, taken, out _);
        }

        return on[1].Found;
    }

    public void Dispose() => counter.Dispose();
}

/// <summary>A pseudo-terminal behind a symbolic link. It goes on when its far end is closed and opened again.</summary>
internal sealed class PtyPort : ILinePort
{
    /// <summary>While nobody has the far end open, poll reports a hang-up at once and for ever; we look again this often.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly WakeUp wakeUp = new();
    private readonly string link;
    private SafeFileHandle? master;
    private bool hungUp;

    public PtyPort(string link)
    {
        this.link = Path.GetFullPath(link);
        Show(there: true);
    }

    public string Where => link;

    public bool Listened => master is not null && !hungUp;

    public void Show(bool there)
    {
        if (there == master is not null)
        {
            return;
        }

        if (!there)
        {
            RemoveLink();
            master!.Dispose();
            master = null;
            return;
        }

        var opened = Libc.OpenTerminal(Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec);
        if (opened.IsInvalid)
        {
            throw new IOException($"{link}: no pseudo-terminal can be made: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}. Is /dev/pts mounted, and are there terminals left?");
        }

        var farEnd = Libc.Prepare(opened);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);

        // Made aside and moved over: whoever opens the link finds the old end or the new one, never nothing.
        var aside = $"{link}.{Environment.ProcessId}";
        File.Delete(aside);
        File.CreateSymbolicLink(aside, farEnd);
        File.Move(aside, link, overwrite: true);
        master = opened;
        hungUp = false;
    }

    public int WaitAndRead(Span<byte> into, TimeSpan atMost)
    {
        if (master is not { } terminal)
        {
            wakeUp.Wait(null, atMost);
            return 0;
        }

        if (hungUp)
        {
            wakeUp.Wait(null, atMost < LookAgain ? atMost : LookAgain);
        }

        var found = wakeUp.Wait((int)terminal.DangerousGetHandle(), hungUp ? TimeSpan.Zero : atMost);
        if ((found & Libc.PollIn) != 0)
        {
            hungUp = false;
            var count = Libc.Read(terminal, into, out var error);
            hungUp = count < 0 && error == Libc.InputOutput;
            return Math.Max(0, count);
        }

        if ((found & (Libc.PollHangUp | Libc.PollError)) == 0)
        {
            hungUp = false;
        }
        else if (!hungUp)
        {
            // What the last reader left unread must not greet the next one.
            hungUp = true;
            Libc.Flush(terminal);
        }

        return 0;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (Listened && !bytes.IsEmpty)
        {
            var written = Libc.Write(master!, bytes, out _);
            if (written <= 0)
            {
                // Full or gone: nobody reads. On a wire the bytes would be lost as well.
                return;
            }

            bytes = bytes[written..];
        }
    }

    public void Wake() => wakeUp.Set();

    public void Dispose()
    {
        RemoveLink();
        master?.Dispose();
        wakeUp.Dispose();
    }

    private void RemoveLink()
    {
        try
        {
            File.Delete(link);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // A link that stays behind points nowhere, and the next start replaces it.
        }
    }
}

/// <summary>A listener on the loopback address, as a serial device server has one. The newest caller has the line.</summary>
internal sealed class TcpPort : ILinePort
{
    private readonly WakeUp wakeUp = new();
    private readonly IPEndPoint wanted;
    private Socket? listener;
    private Socket? caller;

    public TcpPort(IPAddress address, int port)
    {
        wanted = new(address, port);
        Show(there: true);
        wanted = (IPEndPoint)listener!.LocalEndPoint!;
    }

    public string Where => wanted.ToString();

    public int Port => wanted.Port;

    public bool Listened => caller is not null;

    public void Show(bool there)
    {
        if (there == listener is not null)
        {
            return;
        }

        if (!there)
        {
            caller?.Dispose();
            caller = null;
            listener!.Dispose();
            listener = null;
            return;
        }

        var opened = new Socket(wanted.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            opened.Bind(wanted);
            opened.Listen(4);
        }
        catch
        {
            opened.Dispose();
            throw;
        }

        listener = opened;
    }

    public int WaitAndRead(Span<byte> into, TimeSpan atMost)
    {
        if (listener is null)
        {
            wakeUp.Wait(null, atMost);
            return 0;
        }

        if (caller is null)
        {
            wakeUp.Wait((int)listener.Handle, atMost);
            Accept();
            return 0;
        }

        // A new caller is noticed between two rounds of the old one, or within this time of its silence.
        var found = wakeUp.Wait((int)caller.Handle, atMost < TimeSpan.FromMilliseconds(200) ? atMost : TimeSpan.FromMilliseconds(200));
        Accept();
        if (found == 0 || caller is null)
        {
            return 0;
        }

        var count = caller.Receive(into, SocketFlags.None, out var error);
        if (count > 0)
        {
            return count;
        }

        if (error != SocketError.WouldBlock)
        {
            caller.Dispose();
            caller = null;
        }

        return 0;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (caller is not null)
        {
            _ = caller.Send(bytes, SocketFlags.None, out _);
        }
    }

    public void Wake() => wakeUp.Set();

    public void Dispose()
    {
        caller?.Dispose();
        listener?.Dispose();
        wakeUp.Dispose();
    }

    private void Accept()
    {
        if (listener is null || !listener.Poll(0, SelectMode.SelectRead))
        {
            return;
        }

        try
        {
            var next = listener.Accept();
            next.Blocking = false;
            next.NoDelay = true;
            caller?.Dispose();
            caller = next;
        }
        catch (SocketException)
        {
            // Whoever called has hung up again before we answered.
        }
    }
}
