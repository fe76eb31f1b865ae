using Microsoft.Data.Sqlite;
using RoomGuard.Evidence;
using RoomGuard.Evidence.Merkle;

namespace RoomGuard.Bridge.Checks;

/// <summary>Looks at the end of a journal file beside a running bridge: numbers, chain, leaves and what the entries commit to.</summary>
internal static class JournalTail
{
    /// <summary>Checks from an entry on.</summary>
    /// <returns>What is wrong with the first bad entry; null when all are well.</returns>
    internal static string? Check(string path, long from)
    {
        SqliteNative.Use();
        using var reader = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        reader.Open();
        using var read = reader.CreateCommand();
        read.CommandText = "SELECT e.n, e.envelope, e.leaf, p.payload, p.salt FROM log_entries e LEFT JOIN log_payloads p ON p.n = e.n WHERE e.n >= $from ORDER BY e.n";
        read.Parameters.AddWithValue("$from", from);
        using var rows = read.ExecuteReader();
        var next = from;
        byte[]? before = from == 0 ? new byte[TreeHash.Size] : null;
        while (rows.Read())
        {
            if (rows.GetInt64(0) != next)
            {
                return $"entry {next} is missing";
            }

            if (Wrong(next, (byte[])rows[1], (byte[])rows[2], rows[3] as byte[], rows[4] as byte[], before) is { } wrong)
            {
                return $"entry {next} is not whole: {wrong}";
            }

            before = (byte[])rows[2];
            next++;
        }

        return null;
    }

    private static string? Wrong(long n, byte[] bytes, byte[] leaf, byte[]? payload, byte[]? salt, byte[]? before)
    {
        if (!Envelope.TryRead(bytes, out var envelope) || envelope is null)
        {
            return "its envelope cannot be read";
        }

        if (envelope.N != n)
        {
            return $"it calls itself {envelope.N}";
        }

        if (before is not null && !envelope.Previous.Span.SequenceEqual(before))
        {
            return "it does not follow the one before";
        }

        if (!TreeHash.Leaf(bytes).AsSpan().SequenceEqual(leaf))
        {
            return "its leaf is another's";
        }

        return payload is not null && salt is not null && PayloadCommitment.Of(salt, payload).AsSpan().SequenceEqual(envelope.Commitment.Span)
            ? null
            : "its payload is not the one it commits to";
    }
}
