using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace RoomGuard.Bridge.Files;

/// <summary>The data folder cannot be used; the message says why and what to do.</summary>
public sealed class DataFolderException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The bridge's own folder: made with the owner's rights alone, and locked against a second instance for as long as this lives.</summary>
public sealed partial class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Kernel limit of a unix socket's path, its closing zero included (sun_path of sockaddr_un).
    private const int LongestSocketPath = 107;

    private readonly FileStream held;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>Where the running bridge listens for its own commands.</summary>
    public string ControlSocket => SocketOf(Path);

    /// <summary>A file of this folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The control socket of a data folder.</summary>
    public static string SocketOf(string folder) => System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), "control.sock");

    /// <summary>Makes the folder if it is missing and takes it for this process.</summary>
    /// <exception cref="DataFolderException">Somebody else has it, or it cannot be made.</exception>
    public static DataFolder Take(string folder)
    {
        var full = System.IO.Path.GetFullPath(folder);
        if (Encoding.UTF8.GetByteCount(SocketOf(full)) > LongestSocketPath)
        {
            throw new DataFolderException($"dataFolder: {full} is too long a path for the socket in it ({LongestSocketPath} bytes). Use a shorter one.");
        }

        try
        {
            // New files are the owner's alone, whatever the shell that started us thinks.
            _ = Umask(0x3F);
            _ = Directory.CreateDirectory(full, OwnerOnly);
            var held = new FileStream(System.IO.Path.Combine(full, "bridge.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            held.SetLength(0);
            held.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            held.Flush();
            return new(full, held);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new DataFolderException($"dataFolder: {full} cannot be written by this user. Give it to the user the bridge runs as.", denied);
        }
        catch (IOException taken) when (System.IO.File.Exists(System.IO.Path.Combine(full, "bridge.lock")))
        {
            throw new DataFolderException($"dataFolder: {full} is in use by another roomguard-bridge. Stop that one first, or give this one its own data folder.", taken);
        }
        catch (IOException failed)
        {
            throw new DataFolderException($"dataFolder: {full} cannot be made: {failed.Message}", failed);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);
}
