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

    internal const uint EpollIn = 0x1;
    internal const uint EpollOut = 0x4;
    internal const int EpollAdd = 1;
    internal const int EpollRemove = 2;
    internal const int EpollChange = 3;
    internal const int Emfile = 24;
    internal const int Enfile = 23;
    internal const int UnixFamily = 1;
    internal const int StreamSocket = 1;
    internal const int TcpLevel = 6;
    internal const int TcpNoDelay = 1;
    internal const int NoSignal = 0x4000;
    internal const int ShutWrite = 1;

    /// <summary>epoll_create1(2): one thread waits for thousands of connections, which .NET's own loop serves by several.</summary>
    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial SafeFileHandle EpollCreate(int flags);

    /// <summary>epoll_ctl(2). The event is packed on x64 and is not on arm64, so it goes as bytes; see <see cref="EpollEvents"/>.</summary>
    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static unsafe partial int EpollControl(SafeHandle epoll, int operation, SafeHandle fd, byte* happening);

    /// <summary>epoll_wait(2).</summary>
    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    internal static unsafe partial int EpollWait(SafeHandle epoll, byte* happenings, int count, int milliseconds);

    /// <summary>accept4(2).</summary>
    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    internal static unsafe partial SafeFileHandle Accept(SafeHandle listener, byte* address, int* length, int flags);

    /// <summary>recv(2): 0 is the end, -1 an error.</summary>
    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    internal static unsafe partial nint Receive(SafeHandle fd, byte* into, nuint count, int flags);

    /// <summary>send(2).</summary>
    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    internal static unsafe partial nint Send(SafeHandle fd, byte* from, nuint count, int flags);

    /// <summary>shutdown(2).</summary>
    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    internal static partial int Shutdown(SafeHandle fd, int how);

    /// <summary>setsockopt(2) of a number.</summary>
    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    internal static unsafe partial int SetOption(SafeHandle fd, int level, int name, int* value, int length);

    /// <summary>fcntl(2) F_SETFL.</summary>
    internal const int SetFlags = 4;

    /// <summary>fcntl(2) with a number.</summary>
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Control(SafeHandle fd, int command, int argument);

    /// <summary>socketpair(2).</summary>
    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    internal static unsafe partial int SocketPair(int family, int type, int protocol, int* two);

    /// <summary>"Permission denied (13)".</summary>
    internal static string Describe(int error) => $"{Marshal.GetPInvokeErrorMessage(error)} ({error})";
}

/// <summary>struct epoll_event as bytes: 12 of them on x64, where it is packed, 16 on others.</summary>
internal static class EpollEvents
{
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Bytes of one.</summary>
    internal static int Size => IsPacked ? 12 : 16;

    private static int DataAt => IsPacked ? 4 : 8;

    /// <summary>Lays one out.</summary>
    internal static unsafe void Write(byte* into, uint events, int data)
    {
        *(uint*)into = events;
        *(long*)(into + DataAt) = data;
    }

    /// <summary>The <paramref name="at"/>th of what the wait gave.</summary>
    internal static unsafe (uint Events, int Data) Read(byte* from, int at)
    {
        from += at * Size;
        return (*(uint*)from, (int)*(long*)(from + DataAt));
    }
}
