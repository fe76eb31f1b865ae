using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Doors.Rules;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.TestKit.Core;

/// <summary>Things that are valid as they come. A test changes only what it is about.</summary>
public static class A
{
    /// <summary>Monday, 11 May 2026, 9:00 in Japan.</summary>
    public static readonly DateTimeOffset MondayNine = new(2026, 5, 11, 9, 0, 0, TimeSpan.FromHours(9));

    public static readonly ZoneId ServerRoom = new("SRV-1");

    public static readonly DoorId ServerDoor = new("SRV-1-D1");

    public static readonly DeviceId EntryReader = new("reader-srv-in");

    public static readonly DeviceId ExitReader = new("reader-srv-out");

    /// <summary>A PIN key that exists nowhere but in tests.</summary>
    public static readonly byte[] PinKey = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static Zone Zone(string id = "SRV-1") =>
        new(new(id), "サーバ室", "Server room", 1, [EntryMethod.Card, EntryMethod.Pin], StaleListRule.DenyAll);

    public static Door Door(string id = "SRV-1-D1", string zone = "SRV-1") => new(
        new(id), new(zone), "サーバ室 正面", "Server room, front",
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), PowerLossState.FailSecure);

    /// <summary>One door with a reader on each side.</summary>
    public static RoomPlan Plan() => new([Door()], [new(EntryReader, ServerDoor, ReaderSide.Entry), new(ExitReader, ServerDoor, ReaderSide.Exit)]);

    public static Person Person(string id = "S-0217") =>
        new(new(id), "佐土原 みのり", "さどわら みのり", PersonCategory.Staff, "業務課", null, null);

    public static CardDigest Digest(int number) => new((UInt128)(uint)number + (UInt128.One << 100));

    /// <summary>Card <c>C-1</c> of its person, digest 1, and so on.</summary>
    public static Credential Card(int number = 1, string person = "S-0217") =>
        new(new($"C-{number}"), new(person), Digest(number), CredentialState.Active, null, null, null);

    public static PinVerifier Verifier(string pin) => PinCheck.Make(pin, PinKey, new byte[16], PinCheck.FewestIterations);

    public static EntryGrant Grant(string person = "S-0217", string id = "G-2026-0031") =>
        new(new(id), new(person), [ServerRoom], WeekDays.All, Hours.AllDay, new(2026, 4, 1), new(2027, 4, 1), Suspended: false);

    /// <summary>Visitor <c>V-2026-0088-1</c> and so on, with badge card 201 and so on, escorted by Minori from half past eight to noon.</summary>
    public static VisitPass Pass(int number = 1, string visit = "V-2026-0088", params string[] escorts)
    {
        var visitor = new Person(new($"{visit}-{number}"), $"来訪 {number}郎", "らいほう", PersonCategory.Visitor, "架空電設", null, null);
        return new(
            new(visit),
            visitor,
            new(new($"VB-{number}"), visitor.Id, Digest(200 + number), CredentialState.Active, null, null, null),
            $"赤-{number:000}",
            [ServerRoom],
            MondayNine.AddMinutes(-30),
            MondayNine.AddHours(3),
            [.. (escorts.Length == 0 ? ["S-0217"] : escorts).Select(id => new PersonId(id))]);
    }

    public static Suspension Suspension(long serial = 1) =>
        new(serial, MondayNine, new("S-0217"), null, CredentialState.Suspended, Lifted: false);

    public static Lockdown Lockdown(string id = "L-1") =>
        new(id, [ServerRoom], [], "統括責任者", "インシデント I-0007", MondayNine, null);

    /// <summary>Two people, one card and one grant each; issued an hour before <see cref="MondayNine"/>.</summary>
    public static GrantList List(long version = 7) => new(
        version, MondayNine.AddHours(-1), "kakuu-1", "Asia/Tokyo", TimeSpan.FromHours(72),
        [Zone()],
        [Person(), Person("S-0301") with { Name = "架空 太郎", Kana = "かくう たろう" }],
        [Card(), Card(2, "S-0301")],
        [Grant(), Grant("S-0301", "G-2026-0032")],
        []);

    /// <summary>A request nobody objects to: Minori's card at the server room, Monday at nine.</summary>
    public static EntryRequest Request(
        GrantList? list = null,
        DateTimeOffset? at = null,
        int card = 1,
        ReaderCondition reader = ReaderCondition.Online,
        bool tampered = false,
        Suspension? cardSuspension = null,
        Suspension? personSuspension = null,
        Lockdown? lockdown = null,
        PinVerdict pin = PinVerdict.NotGiven,
        ImmutableArray<EntryMethod>? methods = null,
        string zone = "SRV-1",
        bool withoutList = false,
        BiometricVerdict? finger = null,
        bool fingerFailedBefore = false,
        bool hasSensor = false,
        VisitPass? visit = null,
        bool badgeIsDead = false,
        ImmutableArray<EscortCandidate>? escorts = null,
        ZoneMode mode = ZoneMode.Normal,
        VisitorOverrideOrder? exception = null,
        EarlierEntry? earlier = null,
        bool isInOuter = false,
        string? purpose = null,
        int others = 0,
        string? openDoor = null,
        int counting = 0,
        bool counts = true,
        FirstOfTwo? first = null)
    {
        var index = withoutList ? null : new GrantIndex(list ?? List());
        var credential = visit?.Badge ?? index?.Card(Digest(card));
        return new()
        {
            At = at ?? MondayNine,
            Zone = new(zone),
            Reader = reader,
            ReaderTampered = tampered,
            List = index,
            Credential = credential,
            Person = visit?.Visitor ?? (credential is null ? null : index?.Person(credential.Person)),
            CardSuspension = cardSuspension,
            PersonSuspension = personSuspension,
            Lockdown = lockdown,
            Methods = methods ?? (pin is PinVerdict.NotGiven ? [EntryMethod.Card] : [EntryMethod.Card, EntryMethod.Pin]),
            Pin = pin,
            Biometric = finger,
            HasFailedBefore = fingerFailedBefore,
            HasSensor = hasSensor,
            Visit = visit,
            BadgeIsDead = badgeIsDead,
            Escorts = escorts ?? (visit is null ? [] : [new(new("S-0217"), Present: true, Eligible: true, Visitors: 0)]),
            Mode = mode,
            Override = exception,
            Earlier = earlier,
            IsInOuter = isInOuter,
            Purpose = purpose,
            OthersInside = others,
            OpenDoor = openDoor is null ? null : new(openDoor),
            Counting = counting,
            Counts = counts,
            First = first,
        };
    }

    /// <summary>A local time in Japan, e.g. <c>2026-05-12 07:59:59</c>.</summary>
    public static DateTimeOffset Local(string text) =>
        new(DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.None), TimeSpan.FromHours(9));

    public static EntryControlSettings Settings() => new() { PinMatches = (verifier, pin) => PinCheck.Matches(verifier, pin, PinKey) };

    /// <summary>A room at work: list in force, readers online, door closed.</summary>
    public static RoomStory Room(GrantList? list = null, RoomPlan? plan = null, EntryControlSettings? settings = null) =>
        ARestingRoom(plan, settings).AtWork(list ?? List());

    /// <summary>A room just started: nothing heard, nothing received.</summary>
    public static RoomStory ARestingRoom(RoomPlan? plan = null, EntryControlSettings? settings = null) =>
        new(plan ?? Plan(), settings ?? Settings(), MondayNine);

    extension(EntryGrant grant)
    {
        public EntryGrant During(string from, string to) =>
            grant with { Hours = new(TimeOnly.Parse(from, CultureInfo.InvariantCulture), TimeOnly.Parse(to, CultureInfo.InvariantCulture)) };
    }
}
