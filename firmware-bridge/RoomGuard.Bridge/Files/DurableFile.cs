using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RoomGuard.Bridge.Files;

/// <summary>Small files that must be whole or absent after a power cut, readable by their owner alone.</summary>
/// <remarks>.NET's own flush reports no error when the medium does (evidence-log.md section 12), so fsync is called and its answer looked at.</remarks>
internal static partial class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;

    /// <summary>Writes a file beside its name, flushes it, puts it in place and flushes the folder.</summary>
    internal static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using (var file = Create(path))
        {
            file.Write(bytes);
            file.Flush();
            Sync(file.SafeFileHandle, path);
        }

        Put(path);
    }

    /// <summary>Begins a file beside its final name; only its owner may read it.</summary>
    internal static FileStream Create(string path) => new(Beside(path), new FileStreamOptions
    {
        Mode = FileMode.Create,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        UnixCreateMode = OwnerOnly,
    });

    /// <summary>Puts a flushed file under its final name and flushes the folder.</summary>
    internal static void Put(string path)
    {
        File.Move(Beside(path), path, overwrite: true);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using var handle = Open(folder, ReadOnly | CloseOnExec);
        Sync(handle, folder);
    }

    /// <summary>Drops a file that was begun and is not to be put in place.</summary>
    internal static void Drop(string path) => File.Delete(Beside(path));

    /// <summary>fsync with its answer looked at.</summary>
    internal static void Sync(SafeFileHandle handle, string path)
    {
        if (handle.IsInvalid || Fsync(handle) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"fsync of {path}: {new Win32Exception(error).Message} (errno {error})", error);
        }
    }

    private static string Beside(string path) => path + ".new";

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);
}
