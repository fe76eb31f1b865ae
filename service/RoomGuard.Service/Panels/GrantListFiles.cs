using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Panels;

/// <summary>
/// Published grant lists as files, compressed as they travel. A list is written straight from the tables to the file, so that a hundred
/// thousand people never stand in memory at once.
/// </summary>
public sealed class GrantListFiles(string folder)
{
    private const int KeptVersions = 3;
    private const int FlushAt = 64 * 1024;

    // Ended grants and long gone people tell a door nothing; those lately over still give the true reason of a refusal.
    private const int KeepEndedDays = 400;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>What surrounds the people of a list.</summary>
    public sealed record Head(long Version, DateTimeOffset IssuedAt, string Site, string TimeZone, TimeSpan AgeLimit, IReadOnlyList<Zone> Zones);

    /// <summary>The file of a version.</summary>
    public string FileOf(long version) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{version}.json.gz"));

    /// <summary>Writes a list.</summary>
    /// <returns>SHA-256 of its bytes before compression.</returns>
    public byte[] Write(Head head, Statements db, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(db);
        _ = Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var fresh = $"{FileOf(head.Version)}.new";
        byte[] digest;
        using (var file = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        using (var hash = SHA256.Create())
        using (var hashing = new CryptoStream(gzip, hash, CryptoStreamMode.Write))
        {
            using (var json = new Utf8JsonWriter(hashing, Plain))
            {
                WriteList(json, head, db, stop);
            }

            hashing.FlushFinalBlock();
            digest = hash.Hash!;
        }

        File.Move(fresh, FileOf(head.Version), overwrite: true);
        return digest;
    }

    /// <summary>Whether a version's file is there and has this digest.</summary>
    public bool Holds(long version, string sha256)
    {
        try
        {
            using var file = File.OpenRead(FileOf(version));
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            return Convert.ToHexStringLower(SHA256.HashData(gzip)) == sha256;
        }
        catch (Exception missing) when (missing is IOException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Removes all but the newest versions.</summary>
    public void Tidy(long newest)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.json.gz"))
        {
            if (long.TryParse(Path.GetFileName(path).Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version <= newest - KeptVersions)
            {
                File.Delete(path);
            }
        }
    }

    private static void WriteList(Utf8JsonWriter json, Head head, Statements db, CancellationToken stop)
    {
        var words = RecordJson.Plain;
        json.WriteStartObject();
        json.WriteNumber("version", head.Version);
        json.WriteString("issuedAt", head.IssuedAt);
        json.WriteString("site", head.Site);
        json.WriteString("timeZone", head.TimeZone);
        json.WriteString("ageLimit", head.AgeLimit.ToString("c", CultureInfo.InvariantCulture));
        json.WriteStartArray("zones");
        foreach (var zone in head.Zones)
        {
            JsonSerializer.Serialize(json, zone, words.Zone);
        }

        json.WriteEndArray();
        var keepFrom = RowReading.Iso(DateOnly.FromDateTime(head.IssuedAt.UtcDateTime.AddDays(-KeepEndedDays)));
        // Whoever has neither a card nor a grant can do nothing at a door, and their name has no business there.
        Array(
            json,
            "people",
            db,
            """
            SELECT person, name, kana, category, section, valid_from, valid_until FROM view_people p
            WHERE person NOT IN (SELECT person FROM view_visitors)
                AND (EXISTS (SELECT 1 FROM view_cards c WHERE c.person = p.person) OR EXISTS (SELECT 1 FROM view_grants g WHERE g.person = p.person))
            ORDER BY person
            """,
            [],
            row => JsonSerializer.Serialize(json, PeopleView.PersonFrom(row, 0), words.Person),
            stop);
        // A returned card may have been given to somebody else: the newest credential of a number is the one that counts.
        Array(
            json,
            "credentials",
            db,
            """
            SELECT c.card, c.person, c.digest, c.state, c.valid_from, c.valid_until, k.salt, k.hash, k.iterations, p.suspended, max(c.rowid)
            FROM view_cards c JOIN view_people p ON p.person = c.person LEFT JOIN kept_pins k ON k.card = c.card
            GROUP BY c.digest ORDER BY c.digest
            """,
            [],
            row => JsonSerializer.Serialize(json, CardOf(row), words.Credential),
            stop);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(head.IssuedAt, TimeZoneInfo.FindSystemTimeZoneById(head.TimeZone)).DateTime);
        var lapsed = LifeView.Lapsed(db, today);
        Array(
            json,
            "grants",
            db,
            """
            SELECT g.id, g.person, g.zones, g.days, g.hour_from, g.hour_until, g.valid_from, g.valid_until, g.suspended
            FROM view_grants g JOIN view_people p ON p.person = g.person WHERE g.ended IS NULL AND g.valid_until >= $1 ORDER BY g.id
            """,
            [keepFrom],
            row =>
            {
                // R-ID-11: a lapsed precondition holds the grant until it is met again.
                var grant = PeopleView.GrantFrom(row, 0);
                JsonSerializer.Serialize(json, lapsed.Contains(grant.Person.Value) ? grant with { Suspended = true } : grant, words.EntryGrant);
            },
            stop);
        Array(json, "lockdowns", db, "SELECT json FROM view_lockdowns WHERE ended IS NULL ORDER BY begun", [], row =>
        {
            var lockdown = JsonSerializer.Deserialize(row.GetString(0), words.Lockdown)!;
            if (lockdown.Until is not { } until || until > head.IssuedAt)
            {
                JsonSerializer.Serialize(json, lockdown, words.Lockdown);
            }
        }, stop);
        json.WriteStartArray("contracts");
        foreach (var limit in ContractsView.Limits(db))
        {
            JsonSerializer.Serialize(json, limit, words.ContractLimit);
        }

        json.WriteEndArray();
        Array(
            json,
            "duressPins",
            db,
            "SELECT k.card, k.salt, k.hash, k.iterations FROM kept_duress_pins k JOIN view_cards c ON c.card = k.card ORDER BY k.card",
            [],
            row => JsonSerializer.Serialize(json, new DuressPin(new(row.GetString(0)), new(row.GetString(1), row.GetString(2), (int)row.GetInt64(3))), words.DuressPin),
            stop);
        json.WriteEndObject();
    }

    // Everything a suspended person holds is suspended; a lost or returned card stays what it is.
    private static Credential CardOf(Microsoft.Data.Sqlite.SqliteDataReader row)
    {
        var card = PeopleView.CardFrom(row, 0);
        return card with
        {
            State = card.State == CredentialState.Active && row.GetInt64(9) != 0 ? CredentialState.Suspended : card.State,
            Pin = row.TextOrNull(6) is { } salt ? new(salt, row.GetString(7), (int)row.GetInt64(8)) : null,
        };
    }

    private static void Array(
        Utf8JsonWriter json,
        string name,
        Statements db,
        string sql,
        ReadOnlySpan<object?> values,
        Action<Microsoft.Data.Sqlite.SqliteDataReader> write,
        CancellationToken stop)
    {
        json.WriteStartArray(name);
        using (var row = db.Rows(sql, values))
        {
            while (row.Read())
            {
                write(row);
                if (json.BytesPending > FlushAt)
                {
                    stop.ThrowIfCancellationRequested();
                    json.Flush();
                }
            }
        }

        json.WriteEndArray();
    }
}
