using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RoomGuard.Benchmarks.Bridge;

/// <summary>What the disk alone takes for a few durable bytes: into a growing file, and over bytes that are there already.</summary>
internal sealed class DiskFloor : IDisposable
{
    private const int Room = 8 << 20;

    private readonly SafeFileHandle growing;
    private readonly SafeFileHandle ready;
    private readonly byte[] bytes;
    private long end;
    private long place;

    internal DiskFloor(string path, int length)
    {
        bytes = RandomBytes(length);
        growing = File.OpenHandle(path + "-growing", FileMode.Create, FileAccess.ReadWrite);
        ready = File.OpenHandle(path + "-ready", FileMode.Create, FileAccess.ReadWrite);
        RandomAccess.Write(ready, new byte[Room], 0);
        Sync(ready);
    }

    /// <summary>Milliseconds for an append.</summary>
    internal double Append()
    {
        var began = TimeProvider.System.GetTimestamp();
        RandomAccess.Write(growing, bytes, end);
        Sync(growing);
        end += bytes.Length;
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>Milliseconds for an overwrite.</summary>
    internal double Overwrite()
    {
        var began = TimeProvider.System.GetTimestamp();
        RandomAccess.Write(ready, bytes, place);
        Sync(ready);
        place = (place + bytes.Length) % (Room - bytes.Length);
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }

    public void Dispose()
    {
        growing.Dispose();
        ready.Dispose();
    }

    private static byte[] RandomBytes(int length) => System.Security.Cryptography.RandomNumberGenerator.GetBytes(length);

    private static void Sync(SafeFileHandle file)
    {
        if (Fdatasync(file) != 0)
        {
            throw new IOException($"fdatasync: errno {Marshal.GetLastPInvokeError()}");
        }
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fdatasync(SafeFileHandle file);
}
