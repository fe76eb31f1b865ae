using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RoomGuard.Simulators.Lines;

/// <summary>The few system calls .NET lacks: making a pseudo-terminal, and waiting on it and on a wake-up at once. Linux.</summary>
internal static partial class Libc
{
    public const int ReadWrite = 0x2;
    public const int NoControllingTerminal = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const short PollIn = 0x1;
    public const short PollError = 0x8;
    public const short PollHangUp = 0x10;

    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int InputOutput = 5;

    private const int TermiosSize = 60;
    private const int Now = 0;
    private const int FlushBoth = 2;

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial SafeFileHandle OpenTerminal(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int Grant(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static unsafe partial int NameOfFarEnd(SafeFileHandle master, byte* into, nint size);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle handle, int command, int argument);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static unsafe partial int GetAttributes(SafeFileHandle handle, byte* into);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static unsafe partial void MakeRaw(byte* attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static unsafe partial int SetAttributes(SafeFileHandle handle, int when, byte* attributes);

    [LibraryImport("libc", EntryPoint = "tcflush", SetLastError = true)]
    private static partial int Flush(SafeFileHandle handle, int which);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(SafeFileHandle handle, byte* into, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint Write(SafeFileHandle handle, byte* from, nint count);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial SafeFileHandle EventCounter(uint start, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static unsafe partial int Poll(Waiting* on, nint count, int milliseconds);

    /// <summary>One handle to wait on, as poll(2) lays it out.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Waiting
    {
        public int Handle;
        public short Wanted;
        public short Found;
    }

    /// <summary>Makes a terminal pair ready: granted, unlocked, raw, not blocking.</summary>
    /// <returns>Path of the far end, e.g. <c>/dev/pts/4</c>.</returns>
    public static unsafe string Prepare(SafeFileHandle master)
    {
        const int SetFlags = 4;
        if (Grant(master) != 0 || Unlock(master) != 0 || Control(master, SetFlags, ReadWrite | NonBlocking) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        // Raw from the beginning: with echo on, the first bytes a bridge sends would come back to it as if a reader had talked.
        var attributes = stackalloc byte[TermiosSize];
        if (GetAttributes(master, attributes) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        MakeRaw(attributes);
        if (SetAttributes(master, Now, attributes) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        const int Longest = 128;
        var name = stackalloc byte[Longest];
        if (NameOfFarEnd(master, name, Longest) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        return Marshal.PtrToStringUTF8((nint)name)!;
    }

    /// <summary>Throws away what nobody has read yet.</summary>
    public static void Flush(SafeFileHandle terminal) => _ = Flush(terminal, FlushBoth);

    /// <summary>Reads what is there.</summary>
    /// <returns>Bytes read; -1 with the error in <paramref name="error"/>.</returns>
    public static unsafe int Read(SafeFileHandle handle, Span<byte> into, out int error)
    {
        fixed (byte* start = into)
        {
            var count = (int)Read(handle, start, into.Length);
            error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            return count;
        }
    }

    /// <summary>Writes what fits.</summary>
    /// <returns>Bytes written; -1 with the error in <paramref name="error"/>.</returns>
    public static unsafe int Write(SafeFileHandle handle, ReadOnlySpan<byte> from, out int error)
    {
        fixed (byte* start = from)
        {
            var count = (int)Write(handle, start, from.Length);
            error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            return count;
        }
    }

    /// <summary>Waits until one of the handles has something, or the time is over. Interruptions count as nothing.</summary>
    public static unsafe void Wait(Span<Waiting> on, TimeSpan atMost)
    {
        var milliseconds = atMost > TimeSpan.FromSeconds(60) ? 60_000 : (int)Math.Ceiling(Math.Max(0, atMost.TotalMilliseconds));
        fixed (Waiting* start = on)
        {
            if (Poll(start, on.Length, milliseconds) < 0)
            {
                foreach (ref var item in on)
                {
                    item.Found = 0;
                }
            }
        }
    }
}
