using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RoomGuard.Evidence.Store;

/// <summary>
/// One writer at a time: a lock on a file beside the database, held until disposed or until the process is gone. SQLite's own locks would let
/// two programs take turns, and each would go on from a tree the other has left behind.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private const int LongestNote = 20;

    private readonly SafeFileHandle file;

    private WriterLock(SafeFileHandle file) => this.file = file;

    /// <exception cref="EvidenceInUseException">Someone holds it; the message names the process.</exception>
    internal static WriterLock Take(string database)
    {
        var path = database + ".lock";
        var file = Libc.OpenOrCreate(path);
        try
        {
            if (!Libc.TryLock(file))
            {
                throw new EvidenceInUseException($"{database} is being written by another program{Holder(file)}. Only one may write a log: stop that one first, or give this one another data folder.");
            }

            NoteHolder(file);
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gives the lock back at once. Closing alone would leave it with a program just being started, which shares our open files for the moment before it becomes itself.</summary>
    public void Dispose()
    {
        if (!file.IsClosed)
        {
            Libc.Unlock(file);
        }

        file.Dispose();
    }

    // Only for the message to the next one who asks; on a full disk the lock holds without it.
    private static void NoteHolder(SafeFileHandle file)
    {
        try
        {
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)), 0);
        }
        catch (IOException)
        {
            return;
        }
    }

    private static string Holder(SafeFileHandle file)
    {
        Span<byte> note = stackalloc byte[LongestNote];
        var read = RandomAccess.Read(file, note, 0);
        return int.TryParse(note[..read], NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? $" (process {process})" : "";
    }
}
