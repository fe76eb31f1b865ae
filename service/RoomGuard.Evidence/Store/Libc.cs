using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RoomGuard.Evidence.Store;

/// <summary>The few system calls .NET lacks or answers for too kindly: its own flush reports no error when the medium does (EIO, ENOSPC).</summary>
internal static partial class Libc
{
    private const int ReadOnlyFlag = 0;
    private const int ReadWriteFlag = 2;
    private const int CreateFlag = 0x40;
    private const int CloseOnExecFlag = 0x80000;
    private const int ExclusiveLock = 2;
    private const int DoNotWait = 4;
    private const int GiveBack = 8;
    private const int NotNeeded = 4;
    private const uint OwnerAndGroup = 0x1A0; // rw-r-----
    private const int WouldBlock = 11;

    /// <summary>Opens a file for reading and writing, making it if it is missing (rw-r-----).</summary>
    internal static SafeFileHandle OpenOrCreate(string path) => Opened(path, ReadWriteFlag | CreateFlag);

    /// <summary>Opens a file or a folder for what needs no writing.</summary>
    internal static SafeFileHandle OpenToRead(string path) => Opened(path, ReadOnlyFlag);

    /// <summary>Takes the whole-file lock that other processes look at. It goes with the handle, however the process ends.</summary>
    /// <returns>False when someone else has it.</returns>
    internal static bool TryLock(SafeFileHandle file)
    {
        if (Flock(file, ExclusiveLock | DoNotWait) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == WouldBlock ? false : throw Failure("flock");
    }

    /// <summary>Gives a lock back for whoever shares the open file. That it was held is not asked.</summary>
    internal static void Unlock(SafeFileHandle file) => _ = Flock(file, GiveBack);

    /// <summary>fdatasync with its answer looked at.</summary>
    internal static void SyncData(SafeFileHandle file)
    {
        if (Fdatasync(file) != 0)
        {
            throw Failure("fdatasync");
        }
    }

    /// <summary>fsync of a folder, so that a file made in it is still there after a power cut.</summary>
    internal static void SyncFolder(string folder)
    {
        using var handle = OpenToRead(folder);
        if (Fsync(handle) != 0)
        {
            throw Failure($"fsync of {folder}");
        }
    }

    /// <summary>Asks the system to drop what it keeps of a file in memory, so that the next read comes from the medium.</summary>
    internal static void ForgetCached(string path)
    {
        if (File.Exists(path))
        {
            using var handle = OpenToRead(path);
            _ = PosixFadvise(handle, 0, 0, NotNeeded);
        }
    }

    private static SafeFileHandle Opened(string path, int flags)
    {
        var handle = Open(path, flags | CloseOnExecFlag, OwnerAndGroup);
        return handle.IsInvalid ? throw Failure($"open of {path}") : handle;
    }

    private static IOException Failure(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{what}: {new Win32Exception(error).Message} (errno {error})", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Fdatasync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int PosixFadvise(SafeFileHandle file, long offset, long length, int advice);
}
