using System.Runtime.InteropServices;
using SQLitePCL;

namespace RoomGuard.Evidence;

/// <summary>Makes the process use the system's own SQLite, the one the operating system keeps patched, and no bundled copy.</summary>
public static class SqliteNative
{
    private const string SystemLibrary = "libsqlite3.so.0";

    private static readonly Lock Gate = new();
    private static bool done;

    /// <summary>Call before the first connection. Thread-safe; later calls do nothing.</summary>
    /// <exception cref="DllNotFoundException">The system has no SQLite 3; the message names the package.</exception>
    public static void Use()
    {
        lock (Gate)
        {
            if (done)
            {
                return;
            }

            if (!NativeLibrary.TryLoad(SystemLibrary, out var library))
            {
                throw new DllNotFoundException($"{SystemLibrary} was not found. Install SQLite 3 (Debian: libsqlite3-0).");
            }

            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? library : 0);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            raw.FreezeProvider();
            done = true;
        }
    }
}
