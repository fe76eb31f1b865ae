using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Zones;

/// <summary>What the site is called.</summary>
public sealed record SiteNames(string Organisation, string Name, ImmutableArray<RolePost> Posts);

/// <summary>A zone with the number of the entry that says so: who changes it names what they looked at.</summary>
public sealed record ZoneEntry(ZoneRegistration Zone, long N);

/// <summary>A door with the number of the entry that says so.</summary>
public sealed record DoorEntry(DoorRegistration Door, long N);

/// <summary>A change of the site that was asked for.</summary>
/// <param name="Allowed">Null: not decided yet.</param>
public sealed record AskedChange(SiteChange Change, long N, DateTimeOffset At, PersonId Person, string Reason, bool? Allowed, string Note, DateTimeOffset? DecidedAt);

/// <summary>The site as people registered it: names, zones, doors, changes that wait, and who has checked the first set-up since the last change.</summary>
public sealed class SiteView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_site", "view_site_posts", "view_site_zones", "view_site_doors", "view_site_changes", "view_set_up_checks"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_site(one INTEGER PRIMARY KEY, organisation TEXT NOT NULL, name TEXT NOT NULL) STRICT;
        CREATE TABLE view_site_posts(role INTEGER PRIMARY KEY, post TEXT NOT NULL) STRICT;
        CREATE TABLE view_site_zones(zone TEXT PRIMARY KEY, n INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE TABLE view_site_doors(door TEXT PRIMARY KEY, n INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE TABLE view_site_changes(change TEXT PRIMARY KEY, n INTEGER NOT NULL, zone TEXT, door TEXT, removed INTEGER NOT NULL, at INTEGER NOT NULL, person TEXT NOT NULL, reason TEXT NOT NULL,
            allowed INTEGER, note TEXT NOT NULL, decided INTEGER) STRICT;
        CREATE TABLE view_set_up_checks(person TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case SiteNamed named:
                _ = db.Run("INSERT INTO view_site VALUES (1, $1, $2) ON CONFLICT(one) DO UPDATE SET organisation = $1, name = $2", named.Organisation, named.Name);
                _ = db.Run("DELETE FROM view_site_posts");
                foreach (var post in named.Posts.IsDefault ? [] : named.Posts)
                {
                    _ = db.Run("INSERT INTO view_site_posts VALUES ($1, $2) ON CONFLICT(role) DO UPDATE SET post = $2", (long)post.Role, post.Post);
                }

                Unchecked(db);
                break;
            case ZoneRegistered { Removed: true } gone:
                _ = db.Run("DELETE FROM view_site_zones WHERE zone = $1", gone.Zone.Id.Value);
                Unchecked(db);
                break;
            case ZoneRegistered { Zone: var zone }:
                _ = db.Run("INSERT INTO view_site_zones VALUES ($1, $2, $3) ON CONFLICT(zone) DO UPDATE SET n = $2, json = $3", zone.Id.Value, item.N, Json(zone));
                Unchecked(db);
                break;
            case DoorRegistered { Removed: true } gone:
                _ = db.Run("DELETE FROM view_site_doors WHERE door = $1", gone.Door.Id.Value);
                Unchecked(db);
                break;
            case DoorRegistered { Door: var door }:
                _ = db.Run("INSERT INTO view_site_doors VALUES ($1, $2, $3) ON CONFLICT(door) DO UPDATE SET n = $2, json = $3", door.Id.Value, item.N, Json(door));
                Unchecked(db);
                break;
            case ProfileAdopted:
                Unchecked(db);
                break;
            case SiteChangeAsked asked:
                _ = db.Run(
                    "INSERT INTO view_site_changes VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, '', NULL) ON CONFLICT(change) DO NOTHING",
                    asked.Change,
                    item.N,
                    asked.Zone is { } wanted ? Json(wanted) : null,
                    asked.Door is { } other ? Json(other) : null,
                    asked.Removed ? 1 : 0,
                    asked.OccurredAt.ToUnixTimeMilliseconds(),
                    asked.Person.Value,
                    asked.Reason);
                break;
            case SiteChangeDecided decided:
                _ = db.Run(
                    "UPDATE view_site_changes SET allowed = $2, note = $3, decided = $4 WHERE change = $1 AND allowed IS NULL",
                    decided.Change,
                    decided.Allowed ? 1 : 0,
                    decided.Note,
                    decided.OccurredAt.ToUnixTimeMilliseconds());
                break;
            case SetUpChecked check:
                _ = db.Run("INSERT INTO view_set_up_checks VALUES ($1, $2) ON CONFLICT(person) DO UPDATE SET n = $2", check.Person.Value, item.N);
                break;
            default:
                break;
        }
    }

    /// <summary>What the site is called; null: nobody has said so.</summary>
    public static SiteNames? NamesOf(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var posts = ImmutableArray.CreateBuilder<RolePost>();
        using (var row = db.Rows("SELECT role, post FROM view_site_posts ORDER BY role"))
        {
            while (row.Read())
            {
                posts.Add(new((Role)row.GetInt64(0), row.GetString(1)));
            }
        }

        using var names = db.Rows("SELECT organisation, name FROM view_site");
        return names.Read() ? new(names.GetString(0), names.GetString(1), posts.ToImmutable()) : null;
    }

    /// <summary>The zones, by their ids.</summary>
    public static ImmutableArray<ZoneEntry> Zones(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<ZoneEntry>();
        using var row = db.Rows("SELECT json, n FROM view_site_zones ORDER BY zone");
        while (row.Read())
        {
            found.Add(new(ZoneFrom(row.GetString(0)), row.GetInt64(1)));
        }

        return found.ToImmutable();
    }

    /// <summary>The doors, by their ids.</summary>
    public static ImmutableArray<DoorEntry> Doors(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<DoorEntry>();
        using var row = db.Rows("SELECT json, n FROM view_site_doors ORDER BY door");
        while (row.Read())
        {
            found.Add(new(DoorFrom(row.GetString(0)), row.GetInt64(1)));
        }

        return found.ToImmutable();
    }

    /// <summary>The exception a zone cites; null: none, or the zone is not registered.</summary>
    public static string? ExceptionOf(Statements db, string zone)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT json FROM view_site_zones WHERE zone = $1", zone) is string json ? ZoneFrom(json).Exception : null;
    }

    /// <summary>Changes asked for: those that wait first, then the newest of the others.</summary>
    public static ImmutableArray<AskedChange> Changes(Statements db, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<AskedChange>();
        using var row = db.Rows(
            "SELECT change, n, zone, door, removed, at, person, reason, allowed, note, decided FROM view_site_changes ORDER BY allowed IS NOT NULL, n DESC LIMIT $1", (long)most);
        while (row.Read())
        {
            found.Add(new(
                new(row.GetString(0), row.TextOrNull(2) is { } zone ? ZoneFrom(zone) : null, row.TextOrNull(3) is { } door ? DoorFrom(door) : null, row.GetInt64(4) != 0),
                row.GetInt64(1),
                row.Time(5),
                new(row.GetString(6)),
                row.GetString(7),
                row.NumberOrNull(8) is { } allowed ? allowed != 0 : null,
                row.GetString(9),
                row.TimeOrNull(10)));
        }

        return found.ToImmutable();
    }

    /// <summary>One change; null: there is none of this number.</summary>
    public static AskedChange? Change(Statements db, string change) => Changes(db, int.MaxValue).FirstOrDefault(one => one.Change.Id == change);

    /// <summary>How many changes were ever asked for.</summary>
    public static long CountOfChanges(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (long)db.Value("SELECT count(*) FROM view_site_changes")!;
    }

    /// <summary>Number of the entry by which the zone or door of a change stands; 0: it does not.</summary>
    public static long VersionOf(Statements db, SiteChange change)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(change);
        var found = change.Zone is { } zone
            ? db.Value("SELECT n FROM view_site_zones WHERE zone = $1", zone.Id.Value)
            : db.Value("SELECT n FROM view_site_doors WHERE door = $1", change.Door?.Id.Value);
        return found as long? ?? 0;
    }

    /// <summary>Whether the zone or door stands exactly so already.</summary>
    public static bool Stands(Statements db, SiteChange change)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(change);
        return change.Zone is { } zone
            ? db.Value("SELECT json FROM view_site_zones WHERE zone = $1", zone.Id.Value) as string == Json(zone)
            : change.Door is { } door && db.Value("SELECT json FROM view_site_doors WHERE door = $1", door.Id.Value) as string == Json(door);
    }

    /// <summary>Who has checked the first set-up since the last change.</summary>
    public static ImmutableArray<PersonId> CheckedBy(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<PersonId>();
        using var row = db.Rows("SELECT person FROM view_set_up_checks ORDER BY n");
        while (row.Read())
        {
            found.Add(new(row.GetString(0)));
        }

        return found.ToImmutable();
    }

    private static string Json(ZoneRegistration zone) => JsonSerializer.Serialize(zone, RecordJson.Plain.ZoneRegistration);

    private static string Json(DoorRegistration door) => JsonSerializer.Serialize(door, RecordJson.Plain.DoorRegistration);

    private static ZoneRegistration ZoneFrom(string json) => JsonSerializer.Deserialize(json, RecordJson.Plain.ZoneRegistration)!;

    private static DoorRegistration DoorFrom(string json) => JsonSerializer.Deserialize(json, RecordJson.Plain.DoorRegistration)!;

    // What was looked at is no longer what stands.
    private static void Unchecked(Statements db) => _ = db.Run("DELETE FROM view_set_up_checks");
}
