namespace RoomGuard.Bridge.Journal;

/// <summary>
/// Space set aside on the journal's disk, given back when the disk is full: ways out, forced doors and the gap itself can then still be
/// written while entry is refused (evidence-log.md section 8).
/// </summary>
public sealed class Ballast(string path, long bytes)
{
    /// <summary>Whether the reserve is set aside now.</summary>
    public bool IsThere => File.Exists(path) && new FileInfo(path).Length >= bytes;

    /// <summary>Sets the reserve aside. Leaves as much again free, so that the disk is not full the moment after.</summary>
    /// <returns>False when there is not enough space.</returns>
    public bool TryRestore()
    {
        if (IsThere)
        {
            return true;
        }

        try
        {
            var disk = new DriveInfo(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
            if (disk.AvailableFreeSpace < 2 * bytes)
            {
                return false;
            }

            // Written and not only asked for: some file systems promise space they do not have.
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
            var page = new byte[1 << 16];
            for (var left = bytes; left > 0; left -= page.Length)
            {
                file.Write(page, 0, (int)Math.Min(left, page.Length));
            }

            file.Flush(flushToDisk: true);
            return true;
        }
        catch (IOException)
        {
            Spend();
            return false;
        }
    }

    /// <summary>Gives the reserve back.</summary>
    public void Spend()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception already) when (already is IOException or UnauthorizedAccessException)
        {
            // On a disk that refuses even this there is nothing left to give; the journal's own failure is the alarm.
            System.Diagnostics.Debug.WriteLine(already.Message);
        }
    }
}
