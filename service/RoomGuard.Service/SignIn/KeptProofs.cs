using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Operators;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.SignIn;

/// <summary>A password's verifier.</summary>
/// <param name="Hash">As the framework's hasher writes it: salt, rounds and all.</param>
/// <param name="TemporaryUntil">Set for 仮のパスワード: good until then and once (R-SIGN-05); null: the person's own.</param>
public sealed record KeptPassword(string Hash, DateTimeOffset ChangedAt, DateTimeOffset? TemporaryUntil, bool Used);

/// <summary>The secret behind one-time codes.</summary>
/// <param name="Sealed">Under the key ring of the data folder, so that a copy of the record alone makes no codes.</param>
/// <param name="LastStep">The newest step of which a code was used.</param>
public sealed record KeptCode(string Sealed, long? LastStep);

/// <summary>A passkey's public half.</summary>
public sealed record KeptPasskey(
    byte[] Id,
    AccountId Account,
    byte[] PublicKey,
    string Name,
    DateTimeOffset Made,
    DateTimeOffset? LastUsed,
    uint SignCount,
    ImmutableArray<string> Transports,
    bool Verified,
    bool BackupEligible,
    bool BackedUp)
{
    /// <summary>The id as text.</summary>
    public string Text => System.Buffers.Text.Base64Url.EncodeToString(Id);
}

/// <summary>
/// What proves operators, beside the record and never in it (R-SIGN-07). Written only alongside an entry that says that it changed, in the same
/// transaction.
/// </summary>
internal static class KeptProofs
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS kept_passwords(account TEXT PRIMARY KEY, hash TEXT NOT NULL, changed INTEGER NOT NULL, temporary_until INTEGER, used INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS kept_old_passwords(account TEXT NOT NULL, changed INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY(account, changed)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS kept_codes(account TEXT PRIMARY KEY, sealed TEXT NOT NULL, last_step INTEGER) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS kept_passkeys(id TEXT PRIMARY KEY, account TEXT NOT NULL, public_key BLOB NOT NULL, name TEXT NOT NULL, made INTEGER NOT NULL, last_used INTEGER,
            sign_count INTEGER NOT NULL, transports TEXT NOT NULL, verified INTEGER NOT NULL, backup_eligible INTEGER NOT NULL, backed_up INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS kept_passkeys_account ON kept_passkeys(account);
        """;

    public static KeptPassword? Password(Statements db, AccountId account)
    {
        using var row = db.Rows("SELECT hash, changed, temporary_until, used FROM kept_passwords WHERE account = $1", account.Value);
        return row.Read() ? new(row.GetString(0), row.Time(1), row.TimeOrNull(2), row.GetInt64(3) != 0) : null;
    }

    public static ImmutableArray<string> OldPasswords(Statements db, AccountId account)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        using var row = db.Rows("SELECT hash FROM kept_old_passwords WHERE account = $1 ORDER BY changed DESC LIMIT 5", account.Value);
        while (row.Read())
        {
            found.Add(row.GetString(0));
        }

        return found.ToImmutable();
    }

    /// <summary>Sets the password; the person's own before it is remembered among the last five.</summary>
    public static void SetPassword(Statements db, AccountId account, KeptPassword password)
    {
        _ = db.Run(
            "INSERT OR REPLACE INTO kept_old_passwords SELECT account, changed, hash FROM kept_passwords WHERE account = $1 AND temporary_until IS NULL", account.Value);
        _ = db.Run(
            """
            DELETE FROM kept_old_passwords WHERE account = $1 AND changed NOT IN
                (SELECT changed FROM kept_old_passwords WHERE account = $1 ORDER BY changed DESC LIMIT 5)
            """,
            account.Value);
        _ = db.Run(
            "INSERT OR REPLACE INTO kept_passwords VALUES ($1, $2, $3, $4, 0)",
            account.Value,
            password.Hash,
            password.ChangedAt.ToUnixTimeMilliseconds(),
            password.TemporaryUntil?.ToUnixTimeMilliseconds());
    }

    public static void UseUp(Statements db, AccountId account) => db.Run("UPDATE kept_passwords SET used = 1 WHERE account = $1", account.Value);

    public static void Rehash(Statements db, AccountId account, string hash) => db.Run("UPDATE kept_passwords SET hash = $2 WHERE account = $1", account.Value, hash);

    public static KeptCode? Code(Statements db, AccountId account)
    {
        using var row = db.Rows("SELECT sealed, last_step FROM kept_codes WHERE account = $1", account.Value);
        return row.Read() ? new(row.GetString(0), row.NumberOrNull(1)) : null;
    }

    public static void SetCode(Statements db, AccountId account, KeptCode code) =>
        db.Run("INSERT OR REPLACE INTO kept_codes VALUES ($1, $2, $3)", account.Value, code.Sealed, code.LastStep);

    /// <summary>Notes the step of a used code.</summary>
    /// <returns>False: another sign-in used it a moment before.</returns>
    public static bool UseStep(Statements db, AccountId account, long step) =>
        db.Run("UPDATE kept_codes SET last_step = $2 WHERE account = $1 AND (last_step IS NULL OR last_step < $2)", account.Value, step) == 1;

    public static ImmutableArray<KeptPasskey> Passkeys(Statements db, AccountId account) => Read(db, "account = $1", account.Value);

    public static KeptPasskey? Passkey(Statements db, byte[] id) => Read(db, "id = $1", System.Buffers.Text.Base64Url.EncodeToString(id)).FirstOrDefault();

    public static void PutPasskey(Statements db, KeptPasskey key) => db.Run(
        """
        INSERT INTO kept_passkeys VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT(id) DO UPDATE SET name = $4, last_used = $6, sign_count = $7, verified = $9, backed_up = $11
        """,
        key.Text,
        key.Account.Value,
        key.PublicKey,
        key.Name,
        key.Made.ToUnixTimeMilliseconds(),
        key.LastUsed?.ToUnixTimeMilliseconds(),
        (long)key.SignCount,
        JsonSerializer.Serialize(key.Transports, OperatorListJson.Default.ImmutableArrayString),
        key.Verified ? 1 : 0,
        key.BackupEligible ? 1 : 0,
        key.BackedUp ? 1 : 0);

    public static void RemovePasskey(Statements db, AccountId account, string id) => db.Run("DELETE FROM kept_passkeys WHERE account = $1 AND id = $2", account.Value, id);

    /// <summary>Whether an account has something of its own to sign in with.</summary>
    public static bool HasProof(Statements db, AccountId account) =>
        db.Value("SELECT 1 FROM kept_passkeys WHERE account = $1", account.Value) is not null ||
        db.Value("SELECT 1 FROM kept_passwords NATURAL JOIN kept_codes WHERE account = $1 AND temporary_until IS NULL", account.Value) is not null;

    private static ImmutableArray<KeptPasskey> Read(Statements db, string which, string value)
    {
        var found = ImmutableArray.CreateBuilder<KeptPasskey>();
        using var row = db.Rows(
            $"SELECT id, account, public_key, name, made, last_used, sign_count, transports, verified, backup_eligible, backed_up FROM kept_passkeys WHERE {which} ORDER BY made, id", value);
        while (row.Read())
        {
            found.Add(new(
                System.Buffers.Text.Base64Url.DecodeFromChars(row.GetString(0)),
                new(row.GetString(1)),
                row.BytesOrNull(2)!,
                row.GetString(3),
                row.Time(4),
                row.TimeOrNull(5),
                (uint)row.GetInt64(6),
                JsonSerializer.Deserialize(row.GetString(7), OperatorListJson.Default.ImmutableArrayString),
                row.GetInt64(8) != 0,
                row.GetInt64(9) != 0,
                row.GetInt64(10) != 0));
        }

        return found.ToImmutable();
    }
}
