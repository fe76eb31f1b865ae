using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RoomGuard.Bridge.Links;

/// <summary>Wakes the one thread that waits on a link. Outlives the links it serves, so that a wait for reopening is woken too.</summary>
public sealed class WakeSignal : IDisposable
{
    private readonly SafeFileHandle fd;
    private int set;

    /// <summary>Makes the signal, not set.</summary>
    /// <exception cref="IOException">The process has no file handles left.</exception>
    public WakeSignal()
    {
        fd = Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec);
        if (fd.IsInvalid)
        {
            throw new IOException($"No wake signal for a wire: {Libc.Describe(Marshal.GetLastPInvokeError())}. Raise the limit of open files (ulimit -n).");
        }
    }

    /// <summary>Ends the wait that goes on, or else the next one. Thread-safe; costs a system call only when not set already.</summary>
    public unsafe void Set()
    {
        if (Interlocked.Exchange(ref set, 1) == 0)
        {
            var one = 1UL;
            _ = Libc.Write(fd, (byte*)&one, sizeof(ulong));
        }
    }

    /// <summary>Waits for the signal alone and clears it.</summary>
    /// <returns>True when it was set.</returns>
    public bool Wait(TimeSpan longest) => (Wait(null, 0, longest) & Woken) != 0;

    /// <inheritdoc/>
    public void Dispose() => fd.Dispose();

    /// <summary>Or-ed into the answer of <see cref="Wait(SafeHandle, short, TimeSpan)"/> when the signal was set.</summary>
    internal const int Woken = 0x10000;

    /// <summary>Waits for a file handle and the signal together, and clears the signal.</summary>
    /// <returns>The poll flags seen on the handle, and <see cref="Woken"/>; 0 when the time ran out.</returns>
    internal unsafe int Wait(SafeHandle? handle, short events, TimeSpan longest)
    {
        var entries = stackalloc Libc.PollEntry[2];
        entries[0] = new() { Fd = (int)fd.DangerousGetHandle(), Events = Libc.PollIn };
        entries[1] = new() { Fd = handle is null ? -1 : (int)handle.DangerousGetHandle(), Events = events };
        var limit = longest > TimeSpan.Zero ? longest : TimeSpan.Zero;
        var time = new Libc.TimeSpec
        {
            Seconds = (nint)(limit.Ticks / TimeSpan.TicksPerSecond),
            Nanoseconds = (nint)(limit.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick),
        };
        if (Libc.Poll(entries, 2, &time, null) <= 0)
        {
            // Nothing, or a signal to the process (EINTR): the caller looks at its own deadline and asks again.
            return 0;
        }

        int seen = (ushort)entries[1].Seen;
        if (entries[0].Seen != 0)
        {
            ulong count;
            _ = Libc.Read(fd, (byte*)&count, sizeof(ulong));
            // Cleared before the caller looks at its queue: what is queued from now on sets it again.
            Interlocked.Exchange(ref set, 0);
            seen |= Woken;
        }

        return seen;
    }
}
