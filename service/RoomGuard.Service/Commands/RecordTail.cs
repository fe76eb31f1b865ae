using System.Globalization;
using Microsoft.Data.Sqlite;
using RoomGuard.Evidence;
using RoomGuard.Evidence.Merkle;
using RoomGuard.Hosting;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Commands;

/// <summary>Looks at the record without opening it for writing, so that it works beside a running service.</summary>
public static class RecordTail
{
    /// <summary>Whether the newest entries hang together: each envelope has its leaf, and names the one before.</summary>
    public static DoctorFinding Look(string path, int entries)
    {
        if (!File.Exists(path))
        {
            return DoctorFinding.Look("none yet", "Start the service once.");
        }

        using var connection = Open(path);
        using var db = new Statements(connection);
        using var row = db.Rows("SELECT n, envelope, leaf FROM log_entries ORDER BY n DESC LIMIT $1", (long)entries);
        byte[]? expected = null;
        var (newest, count) = (-1L, 0);
        while (row.Read())
        {
            var (n, envelopeBytes, leaf) = (row.GetInt64(0), (byte[])row.GetValue(1), (byte[])row.GetValue(2));
            newest = Math.Max(newest, n);
            if (!Envelope.TryRead(envelopeBytes, out var envelope) || envelope!.N != n || !TreeHash.Leaf(envelopeBytes).AsSpan().SequenceEqual(leaf)
                || (expected is not null && !expected.AsSpan().SequenceEqual(leaf)))
            {
                return DoctorFinding.Act($"entry {n} does not hang together with its neighbours", "Stop the service, keep the files as they are, and run roomguard-verify on them.");
            }

            expected = envelope.Previous.ToArray();
            count++;
        }

        return DoctorFinding.Well(string.Create(CultureInfo.InvariantCulture, $"{newest + 1} entries; the newest {count} hang together"));
    }

    /// <summary>What the record says of a bridge.</summary>
    public static DoctorFinding Panel(string path, string panel)
    {
        const string join = "Make a code with \"roomguard panel-code\" and let the bridge join.";
        if (!File.Exists(path))
        {
            return DoctorFinding.Look("has not joined yet", join);
        }

        using var connection = Open(path);
        using var db = new Statements(connection);
        using var row = db.Rows("SELECT fingerprint, next_seq, lost_since, list_version, (SELECT max(version) FROM view_lists) FROM view_panels WHERE panel = $1", panel);
        if (!row.Read() || row.IsDBNull(0))
        {
            return DoctorFinding.Look("has not joined yet", join);
        }

        var told = string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(1)} entries received, list {row.NumberOrNull(3)?.ToString(CultureInfo.InvariantCulture) ?? "none"} of {row.NumberOrNull(4)}");
        return row.TimeOrNull(2) is { } since
            ? DoctorFinding.Act($"silent since {since:yyyy-MM-dd HH:mm:ss} UTC; {told}", "Look at the line and at the bridge: roomguard-bridge doctor.")
            : DoctorFinding.Well(told);
    }

    private static SqliteConnection Open(string path)
    {
        SqliteNative.Use();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
