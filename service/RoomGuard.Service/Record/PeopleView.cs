using System.Globalization;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;

namespace RoomGuard.Service.Record;

/// <summary>
/// People, credentials and grants as they now stand, every form a person's name ever had (rows of the register keep the form of their
/// day), and the folded text by which people are found.
/// </summary>
public sealed class PeopleView : IRecordView
{
    // Sorting kanji gives nonsense; people look for names by their reading.
    private static readonly CompareInfo Reading = CultureInfo.GetCultureInfo("ja-JP").CompareInfo;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_people", "view_person_forms", "view_people_grams", "view_cards", "view_grants", "view_imports"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_people(person TEXT PRIMARY KEY, name TEXT NOT NULL, kana TEXT NOT NULL, category INTEGER NOT NULL, section TEXT NOT NULL,
            valid_from TEXT, valid_until TEXT, suspended INTEGER NOT NULL, form INTEGER NOT NULL, sort BLOB NOT NULL, kana_row TEXT NOT NULL, folded TEXT NOT NULL) STRICT;
        CREATE INDEX view_people_sort ON view_people(sort, person, kana_row, category, section, valid_from, valid_until, folded);
        CREATE INDEX view_people_form ON view_people(form);
        CREATE TABLE view_person_forms(form INTEGER PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL, kana TEXT NOT NULL, category INTEGER NOT NULL,
            section TEXT NOT NULL, folded TEXT NOT NULL) STRICT;
        CREATE INDEX view_person_forms_person ON view_person_forms(person);
        CREATE TABLE view_people_grams(gram TEXT NOT NULL, form INTEGER NOT NULL, PRIMARY KEY(gram, form)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_cards(card TEXT PRIMARY KEY, person TEXT NOT NULL, digest BLOB NOT NULL, state INTEGER NOT NULL, valid_from TEXT, valid_until TEXT, has_pin INTEGER NOT NULL) STRICT;
        CREATE INDEX view_cards_person ON view_cards(person);
        CREATE INDEX view_cards_digest ON view_cards(digest);
        CREATE TABLE view_grants(id TEXT PRIMARY KEY, person TEXT NOT NULL, zones TEXT NOT NULL, days INTEGER NOT NULL, hour_from TEXT NOT NULL, hour_until TEXT NOT NULL,
            valid_from TEXT NOT NULL, valid_until TEXT NOT NULL, suspended INTEGER NOT NULL, ended INTEGER) STRICT;
        CREATE INDEX view_grants_person ON view_grants(person);
        CREATE TABLE view_imports(n INTEGER PRIMARY KEY, at INTEGER NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL,
            unchanged INTEGER NOT NULL, by TEXT NOT NULL) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        switch (item.Event)
        {
            case PersonRecorded { Person: var person }:
                Keep(db, person);
                break;
            // Visitors have names in the register and wherever a person is named; the list of people and the grant list leave them out (view_visitors).
            case VisitRecorded { Visit: var visit }:
                foreach (var visitor in visit.Visitors)
                {
                    Keep(db, visit.PersonOf(visitor));
                }

                break;
            case CredentialRecorded recorded:
                Keep(db, recorded);
                break;
            case GrantRecorded { Grant: var grant }:
                Keep(db, grant);
                break;
            case GrantEnded ended:
                _ = db.Run("UPDATE view_grants SET ended = $2 WHERE id = $1", ended.Grant.Value, ended.OccurredAt.ToUnixTimeMilliseconds());
                break;
            case SuspensionOrdered { Suspension: { Person: { } suspended } suspension }:
                _ = db.Run("UPDATE view_people SET suspended = $2 WHERE person = $1", suspended.Value, suspension.Lifted ? 0 : 1);
                break;
            case ImportApplied import:
                _ = db.Run(
                    "INSERT INTO view_imports VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    item.N,
                    import.OccurredAt.ToUnixTimeMilliseconds(),
                    import.FileName,
                    import.Sha256,
                    import.Added,
                    import.Changed,
                    import.Unchanged,
                    import.By);
                break;
            default:
                break;
        }
    }

    /// <summary>The form of a person's name in use now; null: nobody of this id has ever been seen.</summary>
    public static long? FormOf(Statements db, PersonId? person) => person is { } id
        ? (long?)db.Value("SELECT coalesce((SELECT form FROM view_people WHERE person = $1), (SELECT max(form) FROM view_person_forms WHERE person = $1))", id.Value)
        : null;

    /// <summary>Bytes whose order is the order of readings.</summary>
    public static byte[] SortKey(string kana) => Reading.GetSortKey(kana, CompareOptions.IgnoreKanaType | CompareOptions.IgnoreWidth).KeyData;

    private static void Keep(Statements db, Person person)
    {
        var folded = PeopleWords.Fold($"{person.Name}\n{person.Kana}\n{person.Id}\n{person.SectionOrFirm}");
        var form = (long?)db.Value(
            "SELECT form FROM view_person_forms WHERE person = $1 AND name = $2 AND kana = $3 AND category = $4 AND section = $5",
            person.Id.Value,
            person.Name,
            person.Kana,
            (long)person.Category,
            person.SectionOrFirm);
        if (form is null)
        {
            form = (long?)db.Value(
                "INSERT INTO view_person_forms(person, name, kana, category, section, folded) VALUES ($1, $2, $3, $4, $5, $6) RETURNING form",
                person.Id.Value,
                person.Name,
                person.Kana,
                (long)person.Category,
                person.SectionOrFirm,
                folded);
            PeopleGrams.Keep(db, form!.Value, folded);
        }

        _ = db.Run(
            """
            INSERT INTO view_people VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11)
            ON CONFLICT(person) DO UPDATE SET name = $2, kana = $3, category = $4, section = $5, valid_from = $6, valid_until = $7, form = $8, sort = $9, kana_row = $10, folded = $11
            """,
            person.Id.Value,
            person.Name,
            person.Kana,
            (long)person.Category,
            person.SectionOrFirm,
            RowReading.Iso(person.ValidFrom),
            RowReading.Iso(person.ValidUntil),
            form,
            SortKey(person.Kana),
            PeopleWords.KanaRow(person.Kana).ToString(),
            folded);
    }

    private static void Keep(Statements db, CredentialRecorded recorded)
    {
        var card = recorded.Credential;
        _ = db.Run(
            """
            INSERT INTO view_cards VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT(card) DO UPDATE SET person = $2, digest = $3, state = $4, valid_from = $5, valid_until = $6, has_pin = max(has_pin, $7)
            """,
            card.Id.Value,
            card.Person.Value,
            DigestBytes(card.Digest),
            (long)card.State,
            RowReading.Iso(card.ValidFrom),
            RowReading.Iso(card.ValidUntil),
            recorded.Cause == "pin-set" ? 1 : 0);
    }

    private static void Keep(Statements db, EntryGrant grant) =>
        _ = db.Run(
            """
            INSERT INTO view_grants VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)
            ON CONFLICT(id) DO UPDATE SET person = $2, zones = $3, days = $4, hour_from = $5, hour_until = $6, valid_from = $7, valid_until = $8, suspended = $9
            """,
            grant.Id.Value,
            grant.Person.Value,
            $" {string.Join(' ', grant.Zones)} ",
            (long)grant.Days,
            grant.Hours.From.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            grant.Hours.Until.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            RowReading.Iso(grant.ValidFrom),
            RowReading.Iso(grant.ValidUntil),
            grant.Suspended ? 1 : 0);

    /// <summary>A digest as the tables keep it: 16 bytes, highest first.</summary>
    public static byte[] DigestBytes(CardDigest digest)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, digest.Value);
        return bytes;
    }

    /// <summary>The digest kept in 16 bytes.</summary>
    public static CardDigest DigestFrom(ReadOnlySpan<byte> bytes) => new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>Reads a person: id, name, kana, category, section, valid_from, valid_until from the given column on.</summary>
    public static Person PersonFrom(Microsoft.Data.Sqlite.SqliteDataReader row, int at) => new(
        new(row.GetString(at)),
        row.GetString(at + 1),
        row.GetString(at + 2),
        (PersonCategory)row.GetInt64(at + 3),
        row.GetString(at + 4),
        row.DateOrNull(at + 5),
        row.DateOrNull(at + 6));

    /// <summary>Reads a card: card, person, digest, state, valid_from, valid_until from the given column on; its PIN verifier is not among them.</summary>
    public static Credential CardFrom(Microsoft.Data.Sqlite.SqliteDataReader row, int at) => new(
        new(row.GetString(at)),
        new(row.GetString(at + 1)),
        DigestFrom((byte[])row.GetValue(at + 2)),
        (CredentialState)row.GetInt64(at + 3),
        row.DateOrNull(at + 4),
        row.DateOrNull(at + 5),
        Pin: null);

    /// <summary>Reads a grant: id, person, zones, days, hour_from, hour_until, valid_from, valid_until, suspended from the given column on.</summary>
    public static EntryGrant GrantFrom(Microsoft.Data.Sqlite.SqliteDataReader row, int at) => new(
        new(row.GetString(at)),
        new(row.GetString(at + 1)),
        [.. row.GetString(at + 2).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(zone => new Core.Zones.ZoneId(zone))],
        (WeekDays)row.GetInt64(at + 3),
        new(TimeOnly.Parse(row.GetString(at + 4), CultureInfo.InvariantCulture), TimeOnly.Parse(row.GetString(at + 5), CultureInfo.InvariantCulture)),
        row.DateOrNull(at + 6)!.Value,
        row.DateOrNull(at + 7)!.Value,
        row.GetInt64(at + 8) != 0);
}
