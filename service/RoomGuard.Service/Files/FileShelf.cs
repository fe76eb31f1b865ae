using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using RoomGuard.Core.Files;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Files;
using RoomGuard.Evidence;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Files;

/// <summary>
/// Contents of files that entries of the record name by their digest, in a file of their own beside the record. A content is there once, however often it is named, and durable
/// before the entry that names it is written: an entry never names what was lost. Safe for several at once.
/// </summary>
/// <remarks>SQLite does the flushing, since .NET's own flush reports no error when the medium does (evidence-log.md section 12).</remarks>
public sealed class FileShelf : IDisposable
{
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly Statements db;

    /// <summary>Opens the shelf, making it for the owner alone.</summary>
    public FileShelf(string path)
    {
        SqliteNative.Use();
        if (!File.Exists(path))
        {
            new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }

        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
        connection.Open();
        db = new Statements(connection);
        _ = db.Run("PRAGMA journal_mode = WAL");
        _ = db.Run("PRAGMA synchronous = FULL");
        _ = db.Run("CREATE TABLE IF NOT EXISTS contents(sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT");
    }

    /// <summary>Looks at files as they were sent: which are taken, and what is wrong with the others, each problem at <paramref name="field"/>. Keeps nothing.</summary>
    /// <param name="most">How many at once.</param>
    public static (ImmutableArray<ReadFile> Files, ImmutableArray<FieldProblem> Problems) Look(string field, ImmutableArray<SentFile> sent, int most)
    {
        if (sent.IsDefaultOrEmpty)
        {
            return ([], []);
        }

        if (sent.Length > most)
        {
            return ([], [new(field, FieldFault.TooManyFiles, $"{most}")]);
        }

        var (files, problems) = (ImmutableArray.CreateBuilder<ReadFile>(), ImmutableArray.CreateBuilder<FieldProblem>());
        foreach (var one in sent)
        {
            if (FileRules.Against(one.Content.Span, out var kind) is { } refusal)
            {
                problems.Add(new(field, FaultOf(refusal), FileRules.NameAsSent(one.Name)));
            }
            else
            {
                files.Add(new(new(Convert.ToHexStringLower(SHA256.HashData(one.Content.Span)), kind, FileRules.NameOf(one.Name, kind), one.Content.Length), one.Content));
            }
        }

        return (files.DrainToImmutable(), problems.DrainToImmutable());
    }

    /// <summary>Puts contents away for good: durable when it returns, all or none.</summary>
    /// <exception cref="IOException">Nothing was kept.</exception>
    public void Keep(ImmutableArray<ReadFile> files)
    {
        if (files.IsDefaultOrEmpty)
        {
            return;
        }

        try
        {
            lock (gate)
            {
                using var transaction = connection.BeginTransaction();
                db.Transaction = transaction;
                try
                {
                    foreach (var file in files)
                    {
                        _ = db.Run("INSERT INTO contents VALUES ($1, $2) ON CONFLICT DO NOTHING", file.Kept.Sha256, file.Content.ToArray());
                    }

                    transaction.Commit();
                }
                finally
                {
                    db.Transaction = null;
                }
            }
        }
        catch (SqliteException failed)
        {
            throw new IOException($"Files could not be kept: {failed.Message}", failed);
        }
    }

    /// <summary>Puts a content away for good that is no file people attach, such as a list that was brought.</summary>
    /// <returns>False: it was not kept, and what would name it must not be recorded.</returns>
    public bool TryKeep(string sha256, byte[] content)
    {
        try
        {
            lock (gate)
            {
                _ = db.Run("INSERT INTO contents VALUES ($1, $2) ON CONFLICT DO NOTHING", sha256, content);
            }

            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>Puts contents away for good, as <see cref="Keep"/>; what is named by nobody afterwards does no harm.</summary>
    /// <returns>False: nothing was kept, and what would name it must not be recorded.</returns>
    public bool TryKeep(ImmutableArray<ReadFile> files)
    {
        try
        {
            Keep(files);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>A content, checked against the digest it is kept by; null: it is not there, or not what it was.</summary>
    public byte[]? Content(string sha256)
    {
        lock (gate)
        {
            return db.Value("SELECT bytes FROM contents WHERE sha256 = $1", sha256) is byte[] bytes && Convert.ToHexStringLower(SHA256.HashData(bytes)) == sha256 ? bytes : null;
        }
    }

    /// <summary>How many contents there are.</summary>
    public long Count
    {
        get
        {
            lock (gate)
            {
                return (long)db.Value("SELECT count(*) FROM contents")!;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        db.Dispose();
        connection.Dispose();
    }

    private static FieldFault FaultOf(FileRefusal refusal) => refusal switch
    {
        FileRefusal.Empty => FieldFault.FileEmpty,
        FileRefusal.TooLarge => FieldFault.FileTooLarge,
        _ => FieldFault.FileNotTaken,
    };
}

/// <summary>A file that is taken, with its content.</summary>
public sealed record ReadFile(KeptFile Kept, ReadOnlyMemory<byte> Content);
