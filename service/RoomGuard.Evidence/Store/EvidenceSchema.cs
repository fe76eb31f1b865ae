using System.Globalization;
using RoomGuard.Evidence.Merkle;
using SQLitePCL;

namespace RoomGuard.Evidence.Store;

/// <summary>
/// The tables of a log. Their names begin with <c>log_</c>; other tables in the same file are views made from the entries and belong to
/// whoever keeps them.
/// </summary>
internal static class EvidenceSchema
{
    /// <summary>"RGEV": tells <c>file</c> and us what the database is.</summary>
    internal const int ApplicationId = 0x52474556;

    /// <summary>Version of the tables, in <c>user_version</c>.</summary>
    internal const int Version = 1;

    // Payloads and their salts lie apart so that they can be erased. Rows come in the order of n and touch only the last page of a table,
    // so one entry costs three pages: entry, payload, tree. log_sources is touched only by entries that carry a source number.
    private static readonly string[] Tables =
    [
        "CREATE TABLE log_about(one INTEGER PRIMARY KEY CHECK(one = 1), origin TEXT NOT NULL, made_at TEXT NOT NULL) STRICT",
        "CREATE TABLE log_tree(one INTEGER PRIMARY KEY CHECK(one = 1), size INTEGER NOT NULL, hashes BLOB NOT NULL) STRICT",
        "CREATE TABLE log_entries(n INTEGER PRIMARY KEY, envelope BLOB NOT NULL, leaf BLOB NOT NULL CHECK(length(leaf) = 32)) STRICT",
        "CREATE TABLE log_payloads(n INTEGER PRIMARY KEY, payload BLOB NOT NULL, salt BLOB NOT NULL CHECK(length(salt) = 32)) STRICT",
        "CREATE TABLE log_sources(source TEXT NOT NULL, number INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(source, number)) STRICT, WITHOUT ROWID",
        "CREATE TABLE log_boots(boot INTEGER PRIMARY KEY, opened_at TEXT NOT NULL, first_n INTEGER NOT NULL) STRICT",
        "INSERT INTO log_tree(one, size, hashes) VALUES(1, 0, x'')",
    ];

    /// <summary>Makes the tables in an empty file, or sees that the file is a log of this origin.</summary>
    /// <exception cref="EvidenceDamagedException">Another program's database, another origin, or a newer version.</exception>
    internal static void MakeOrRecognise(sqlite3 database, string path, string origin, DateTimeOffset now)
    {
        var application = Statement.Number(database, "PRAGMA application_id");
        var version = Statement.Number(database, "PRAGMA user_version");
        if (application == 0 && version == 0 && Statement.Number(database, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            Make(database, origin, now);
            return;
        }

        var found = Recognise(database, path);
        if (found != origin)
        {
            throw new EvidenceDamagedException($"{path} is the log \"{found}\", not \"{origin}\". Look at the data folder in the settings; a log never changes its origin.");
        }
    }

    /// <summary>Sees that the file is a log and returns its origin.</summary>
    /// <exception cref="EvidenceDamagedException">Another program's database, or a newer version.</exception>
    internal static string Recognise(sqlite3 database, string path)
    {
        var application = Statement.Number(database, "PRAGMA application_id");
        var version = Statement.Number(database, "PRAGMA user_version");
        if (application != ApplicationId)
        {
            throw new EvidenceDamagedException($"{path} is an SQLite database but not an evidence log (application_id {application}).");
        }

        if (version != Version)
        {
            throw new EvidenceDamagedException($"{path} has tables of version {version}; this program knows version {Version}. Use the program that wrote it, or a newer one.");
        }

        using var about = new Statement(database, "SELECT origin FROM log_about");
        return about.Step() ? about.Text(0) : throw new EvidenceDamagedException($"{path} has lost the row that names its origin.");
    }

    /// <summary>The tree as it was kept.</summary>
    /// <exception cref="EvidenceDamagedException">The row is missing or does not fit itself.</exception>
    internal static MerkleStack ReadTree(sqlite3 database, string path)
    {
        using var tree = new Statement(database, "SELECT size, hashes FROM log_tree");
        if (!tree.Step())
        {
            throw new EvidenceDamagedException($"{path} has lost the row of its tree.");
        }

        try
        {
            return new(tree.Number(0), tree.Bytes(1));
        }
        catch (ArgumentException unfit)
        {
            throw new EvidenceDamagedException($"{path}: {unfit.Message}", unfit);
        }
    }

    private static void Make(sqlite3 database, string origin, DateTimeOffset now)
    {
        Statement.Run(database, "BEGIN IMMEDIATE");
        foreach (var table in Tables)
        {
            Statement.Run(database, table);
        }

        using (var about = new Statement(database, "INSERT INTO log_about(one, origin, made_at) VALUES(1, ?, ?)"))
        {
            about.Bind(1, origin).Bind(2, now.ToString("O", CultureInfo.InvariantCulture)).Run();
        }

        Statement.Run(database, $"PRAGMA application_id = {ApplicationId}");
        Statement.Run(database, $"PRAGMA user_version = {Version}");
        Statement.Run(database, "COMMIT");

        // So that the file says what it is (application_id) to whoever looks at it without SQLite.
        Statement.Run(database, "PRAGMA wal_checkpoint(PASSIVE)");
    }
}
