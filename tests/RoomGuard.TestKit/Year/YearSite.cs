using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.TestKit.Year;

/// <summary>Somebody of the invented site (R-CFG-06).</summary>
/// <param name="Card">Number of the card; its digest is made from it.</param>
/// <param name="Zones">Zones of the grant, the floor among them.</param>
/// <param name="AllDays">Whether the grant counts on weekends too.</param>
public sealed record YearPerson(PersonId Id, int Card, PersonCategory Category, ImmutableArray<ZoneId> Zones, bool AllDays);

/// <summary>
/// One invented site for a year: an office floor, a server room inside it and a media store beside it, five doors on two bridges, eighty
/// officials and twelve contractors' people. What stands here is what both the rooms and the model that watches them are told.
/// </summary>
public sealed class YearSite
{
    /// <summary>The office floor.</summary>
    public static readonly ZoneId Floor = new("ADM-1");

    /// <summary>The server room, entered from the floor.</summary>
    public static readonly ZoneId Servers = new("SRV-1");

    /// <summary>The media store, on a bridge of its own; two factors.</summary>
    public static readonly ZoneId Media = new("MED-1");

    /// <summary>Who is inside may enter again without question after this local time.</summary>
    public static readonly TimeOnly Forgiven = new(4, 0);

    /// <summary>First minute of an ordinary grant's day.</summary>
    public static readonly TimeOnly Opens = new(6, 0);

    /// <summary>First minute that no longer belongs to it.</summary>
    public static readonly TimeOnly Closes = new(23, 0);

    private const int Officials = 80;
    private const int Contractors = 12;

    /// <summary>Monday, 6 April 2026, midnight in Japan: the beginning of the year replayed.</summary>
    public static readonly DateTimeOffset Begins = new(2026, 4, 6, 0, 0, 0, TimeSpan.FromHours(9));

    /// <summary>Public holidays of the site's calendar.</summary>
    public static readonly ImmutableArray<DateOnly> Holidays =
    [
        new(2026, 4, 29), new(2026, 5, 4), new(2026, 5, 5), new(2026, 5, 6), new(2026, 7, 20), new(2026, 8, 11), new(2026, 9, 21), new(2026, 9, 22),
        new(2026, 9, 23), new(2026, 10, 12), new(2026, 11, 3), new(2026, 11, 23), new(2026, 12, 29), new(2026, 12, 30), new(2026, 12, 31),
        new(2027, 1, 1), new(2027, 1, 11), new(2027, 2, 11), new(2027, 2, 23), new(2027, 3, 22),
    ];

    /// <summary>Everybody with a card of their own, by id.</summary>
    public ImmutableArray<YearPerson> People { get; } =
    [
        .. Enumerable.Range(1, Officials).Select(number => new YearPerson(
            new(string.Create(CultureInfo.InvariantCulture, $"S-{number:0000}")),
            number,
            PersonCategory.Staff,
            [Floor, .. number % 3 == 0 ? new[] { Servers } : [], .. number % 8 == 0 ? new[] { Media } : []],
            AllDays: number % 10 == 0)),
        .. Enumerable.Range(1, Contractors).Select(number => new YearPerson(
            new(string.Create(CultureInfo.InvariantCulture, $"K-{number:000}")),
            500 + number,
            PersonCategory.Contractor,
            number % 2 == 0 ? [Floor, Servers] : [Floor],
            AllDays: true)),
    ];

    /// <summary>The doors of the floor and the server room.</summary>
    public static RoomPlan FloorPlan { get; } = Plan(("ADM-1-D1", Floor), ("ADM-1-D2", Floor), ("SRV-1-D1", Servers), ("SRV-1-D2", Servers));

    /// <summary>The door of the media store.</summary>
    public static RoomPlan MediaPlan { get; } = Plan(("MED-1-D1", Media));

    /// <summary>The digest of a card's number.</summary>
    public static CardDigest Digest(int card) => new((UInt128)(uint)card + (UInt128.One << 100));

    /// <summary>What the PIN of a card is; verifiers of this site hold it as it is, since no year of key stretching is to be measured here.</summary>
    public static string PinOf(int card) => string.Create(CultureInfo.InvariantCulture, $"{1000 + (card * 7 % 9000)}");

    /// <summary>The reader outside a door.</summary>
    public static DeviceId EntryReader(DoorId door) => new($"{door}-in");

    /// <summary>The reader inside a door.</summary>
    public static DeviceId ExitReader(DoorId door) => new($"{door}-out");

    /// <summary>The settings of both rooms.</summary>
    public static EntryControlSettings Settings { get; } = new() { PinMatches = (verifier, pin) => verifier.Hash == pin };

    /// <summary>The grant list of a day.</summary>
    public GrantList List(long version, DateTimeOffset issuedAt) => new(
        version,
        issuedAt,
        "kakuu-1",
        "Asia/Tokyo",
        TimeSpan.FromHours(72),
        Zones,
        [.. People.Select(person => new Person(person.Id, person.Id.Value, person.Id.Value, person.Category, "情報政策課", null, null))],
        [.. People.Select(person => new Credential(new($"C-{person.Card}"), person.Id, Digest(person.Card), CredentialState.Active, null, null, new("", PinOf(person.Card), 1000)))],
        [.. People.Select(person => new EntryGrant(
            new($"G-{person.Card}"), person.Id, person.Zones, person.AllDays ? WeekDays.All : WeekDays.Weekdays, new(Opens, Closes), new(2026, 4, 1), new(2027, 5, 1), Suspended: false))],
        [],
        Holidays: Holidays);

    /// <summary>The zones with their rules: a second entry is told at the floor and refused at the server room.</summary>
    public static ImmutableArray<Zone> Zones { get; } =
    [
        new(Floor, "情報管理区域", "Information floor", 1, [EntryMethod.Card], StaleListRule.StaffOnly, EntryRules.Common with { Passback = new(PassbackMode.Soft, null, Forgiven) }),
        new(Servers, "サーバ室", "Server room", 1, [EntryMethod.Card], StaleListRule.StaffOnly, EntryRules.Common with { Passback = new(PassbackMode.Hard, null, Forgiven), Most = MostInServers }, Floor),
        new(Media, "媒体保管庫", "Media store", 2, [EntryMethod.Card, EntryMethod.Pin], StaleListRule.DenyAll, EntryRules.Common),
    ];

    /// <summary>How many may be in the server room at a time.</summary>
    public const int MostInServers = 14;

    private static RoomPlan Plan(params ReadOnlySpan<(string Door, ZoneId Zone)> doors)
    {
        var plan = new RoomPlan([], []);
        foreach (var (name, zone) in doors)
        {
            var door = new DoorId(name);
            plan = new(
                plan.Doors.Add(new(door, zone, name, name, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), PowerLossState.FailSecure)),
                [.. plan.Readers, new(EntryReader(door), door, ReaderSide.Entry), new(ExitReader(door), door, ReaderSide.Exit)]);
        }

        return plan;
    }
}
