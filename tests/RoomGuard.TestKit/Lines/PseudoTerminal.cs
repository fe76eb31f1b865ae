using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RoomGuard.TestKit.Lines;

/// <summary>A pseudo-terminal as a serial line for tests: what a device would hold is the master end, the port is the other.</summary>
public sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const short PollIn = 1;

    private readonly SafeFileHandle master;

    // Held so that the line does not hang up while the program under test is between two openings.
    private readonly SafeFileHandle held;

    /// <summary>Makes one.</summary>
    public PseudoTerminal()
    {
        master = Native.OpenMaster(ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec);
        var name = new byte[128];
        if (master.IsInvalid || Native.Grant(master) != 0 || Native.Unlock(master) != 0 || Native.NameOf(master, name, (nuint)name.Length) != 0)
        {
            throw new IOException($"No pseudo-terminal: error {Marshal.GetLastPInvokeError()}. Is /dev/pts mounted?");
        }

        Path = System.Text.Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
        held = Native.Open(name, ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec);
        var settings = new byte[64];
        _ = Native.GetAttributes(held, settings);
        Native.MakeRaw(settings);
        _ = Native.SetAttributes(held, 0, settings);
    }

    /// <summary>The port's path.</summary>
    public string Path { get; }

    /// <summary>Waits for bytes from the port.</summary>
    /// <returns>0 when none came in time.</returns>
    public int Read(byte[] into, TimeSpan longest)
    {
        var entry = new PollEntry { Fd = (int)master.DangerousGetHandle(), Events = PollIn };
        if (Native.Poll(ref entry, 1, (int)Math.Clamp(Math.Ceiling(longest.TotalMilliseconds), 0, int.MaxValue)) <= 0)
        {
            return 0;
        }

        return (int)Math.Max(0, Native.Read(master, into, (nuint)into.Length));
    }

    /// <summary>Writes to the port. What does not fit is lost, as on a line nobody listens to.</summary>
    /// <returns>Bytes taken.</returns>
    public int Write(byte[] bytes) => (int)Math.Max(0, Native.Write(master, bytes, (nuint)bytes.Length));

    /// <summary>Hangs up: the port's reader sees the device gone.</summary>
    public void Dispose()
    {
        held.Dispose();
        master.Dispose();
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Fd;
        public short Events;
        public short Seen;
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
        public static extern SafeFileHandle OpenMaster(int flags);

        [DllImport("libc", EntryPoint = "grantpt", SetLastError = true)]
        public static extern int Grant(SafeFileHandle master);

        [DllImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
        public static extern int Unlock(SafeFileHandle master);

        [DllImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
        public static extern int NameOf(SafeFileHandle master, byte[] name, nuint length);

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        public static extern SafeFileHandle Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
        public static extern int GetAttributes(SafeFileHandle fd, byte[] settings);

        [DllImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
        public static extern int SetAttributes(SafeFileHandle fd, int when, byte[] settings);

        [DllImport("libc", EntryPoint = "cfmakeraw")]
        public static extern void MakeRaw(byte[] settings);

        [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
        public static extern int Poll(ref PollEntry entry, nuint count, int milliseconds);

        [DllImport("libc", EntryPoint = "read", SetLastError = true)]
        public static extern nint Read(SafeFileHandle fd, byte[] into, nuint count);

        [DllImport("libc", EntryPoint = "write", SetLastError = true)]
        public static extern nint Write(SafeFileHandle fd, byte[] from, nuint count);
    }
}
