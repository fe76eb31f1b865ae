using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RoomGuard.Bridge.Links;

/// <summary>The few calls of the system's C library that .NET lacks. Numbers are those of Linux on x64 and arm64.</summary>
internal static partial class Libc
{
    internal const int ReadOnly = 0;
    internal const int ReadWrite = 2;
    internal const int NoControllingTerminal = 0x100;
    internal const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;

    internal const short PollIn = 0x01;
    internal const short PollOut = 0x04;
    internal const short PollError = 0x08;
    internal const short PollHangUp = 0x10;

    internal const int Eperm = 1;
    internal const int Enoent = 2;
    internal const int Eintr = 4;
    internal const int Eio = 5;
    internal const int Enxio = 6;
    internal const int Eagain = 11;
    internal const int Eacces = 13;
    internal const int Ebusy = 16;
    internal const int Enodev = 19;
    internal const int Enotty = 25;

    internal const int LockExclusive = 2;
    internal const int LockNonBlocking = 4;

    /// <summary>TIOCEXCL: further opens fail with EBUSY, except for root.</summary>
    internal const nuint SetExclusive = 0x540C;

    internal const int ApplyNow = 0;
    internal const int FlushBoth = 2;
    internal const int FlushInput = 0;

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        internal int Fd;
        internal short Events;
        internal short Seen;
    }

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeSpec
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }

    /// <summary>struct termios: 60 bytes on glibc and musl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct Termios
    {
        internal uint Input;
        internal uint Output;
        internal uint Control;
        internal uint Local;
        internal byte Line;
        internal fixed byte ControlCharacters[32];
        internal uint InputSpeed;
        internal uint OutputSpeed;
    }

    /// <summary>open(2). Pass O_NOCTTY for a tty, or a hang-up on the wire ends the process.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Open(string path, int flags);

    /// <summary>read(2): .NET's streams cannot wait on a tty and a wake signal together.</summary>
    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static unsafe partial nint Read(SafeHandle fd, byte* into, nuint count);

    /// <summary>write(2): RandomAccess.Write refuses a tty.</summary>
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static unsafe partial nint Write(SafeHandle fd, byte* from, nuint count);

    /// <summary>ppoll(2): waits finer than a millisecond.</summary>
    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    internal static unsafe partial int Poll(PollEntry* entries, nuint count, TimeSpec* longest, void* signals);

    /// <summary>eventfd(2): wakes a thread that waits in <see cref="Poll"/>.</summary>
    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    internal static partial SafeFileHandle EventFd(uint initial, int flags);

    /// <summary>flock(2): keeps a second program away from a port, root included.</summary>
    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int Lock(SafeHandle fd, int operation);

    /// <summary>ioctl(2) without an argument.</summary>
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Ioctl(SafeHandle fd, nuint request, nint argument);

    /// <summary>tcgetattr(3).</summary>
    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    internal static partial int GetAttributes(SafeHandle fd, out Termios settings);

    /// <summary>tcsetattr(3).</summary>
    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    internal static partial int SetAttributes(SafeHandle fd, int when, in Termios settings);

    /// <summary>cfmakeraw(3).</summary>
    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    internal static partial void MakeRaw(ref Termios settings);

    /// <summary>cfsetspeed(3): both directions, by a Bxxx constant.</summary>
    [LibraryImport("libc", EntryPoint = "cfsetspeed", SetLastError = true)]
    internal static partial int SetSpeed(ref Termios settings, uint speed);

    /// <summary>tcflush(3).</summary>
    [LibraryImport("libc", EntryPoint = "tcflush", SetLastError = true)]
    internal static partial int Flush(SafeHandle fd, int queue);

    /// <summary>fsync(2): .NET's own flush swallows its errors (evidence-log.md section 12).</summary>
    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Sync(SafeHandle fd);

    /// <summary>"Permission denied (13)".</summary>
    internal static string Describe(int error) => $"{Marshal.GetPInvokeErrorMessage(error)} ({error})";
}
