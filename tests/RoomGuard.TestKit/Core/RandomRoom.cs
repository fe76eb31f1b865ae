using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.TestKit.Core;

/// <summary>One happening of a random history: a wait, and three numbers that say what happens. Written <c>1500.12.3.77</c>.</summary>
public readonly record struct Happening(int WaitMs, int What, int Which, int Also)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{WaitMs}.{What}.{Which}.{Also}");

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static Happening Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new(parts[0], parts[1], parts[2], parts[3]);
    }
}

/// <summary>
/// A site with an outer zone, a server room inside it, a media store, staff, a contractor and visitors, in which anything may happen in any order, and what must
/// hold after each event. A history is numbers, so that one that was found can be printed, pasted and played again.
/// </summary>
public sealed class RandomRoom
{
    private const int Staff = 6;
    private const int Visitors = 5;

    private static readonly RoomPlan Plan = new(
        [
            A.Door("OUT-1-D1", "OUT-1") with { OnFire = FireState.Released }, A.Door("OUT-1-D2", "OUT-1"), A.Door(),
            A.Door("MED-1-D1", "MED-1") with { Interlock = [new("OUT-1-D2")] },
        ],
        [
            new(new("out-in"), new("OUT-1-D1"), ReaderSide.Entry), new(new("out-out"), new("OUT-1-D1"), ReaderSide.Exit),
            new(new("back-in"), new("OUT-1-D2"), ReaderSide.Entry), new(new("back-out"), new("OUT-1-D2"), ReaderSide.Exit),
            new(new("srv-in"), A.ServerDoor, ReaderSide.Entry), new(new("srv-out"), A.ServerDoor, ReaderSide.Exit),
            new(new("med-in"), new("MED-1-D1"), ReaderSide.Entry), new(new("med-out"), new("MED-1-D1"), ReaderSide.Exit),
        ]);

    private static readonly ImmutableArray<GrantIndex> Lists = [.. Enumerable.Range(0, 5).Select(flavour => new GrantIndex(ListOf(flavour)))];

    private readonly GrantIndex list;
    private readonly PresenceList fold = new();
    private readonly HashSet<PersonId> suspended = [];
    private EntryControl control = NewControl();
    private DateTimeOffset at = A.MondayNine;
    private long serial;

    /// <summary>A room at work under one of five sets of rules.</summary>
    public RandomRoom(int flavour)
    {
        list = Lists[flavour % Lists.Length];
        foreach (var place in Plan.Readers)
        {
            Tell(new ReaderChanged(at, place.Reader, ReaderCondition.Online, ""));
        }

        foreach (var door in Plan.Doors)
        {
            Tell(new LeafClosed(at, door.Id));
        }

        Tell(new GrantListArrived(at, list));
    }

    /// <summary>Events told so far.</summary>
    public int Events { get; private set; }

    /// <summary>What no longer holds, in words; null: all does.</summary>
    public string? Broken { get; private set; }

    /// <summary>A history of so many happenings.</summary>
    public static Happening[] History(int seed, int length)
    {
        var chance = new Random(seed);
        return
        [
            .. Enumerable.Range(0, length).Select(_ => new Happening(
                chance.Next(10) switch { < 6 => chance.Next(3_000), < 9 => chance.Next(70_000), _ => chance.Next(7_200_000) },
                chance.Next(100),
                chance.Next(1_000),
                chance.Next(1_000))),
        ];
    }

    /// <summary>Plays a history and says what broke and how to play it again; null: all held.</summary>
    /// <param name="events">How many events were told.</param>
    public static string? Play(int flavour, IReadOnlyList<Happening> history, out int events)
    {
        var room = new RandomRoom(flavour);
        for (var i = 0; i < history.Count && room.Broken is null; i++)
        {
            room.Happens(history[i]);
        }

        events = room.Events;
        return room.Broken is null ? null : Shortest(flavour, history, room.Broken);
    }

    /// <summary>One happening, which may be several events.</summary>
    public void Happens(Happening happening)
    {
        at = at.AddMilliseconds(happening.WaitMs);
        while (control.NextDue is { } due && due <= at && Broken is null)
        {
            Tell(new TimePassed(due));
            if (control.NextDue is { } next && next <= due)
            {
                Break($"told the time it asked for ({due:O}), the room asks for {next:O}");
            }
        }

        foreach (var input in Inputs(happening))
        {
            Tell(input);
        }
    }

    private static EntryControl NewControl() => new(Plan, new() { PinMatches = (_, _) => false });

    private IEnumerable<RoomInput> Inputs(Happening it)
    {
        var door = Plan.Doors[it.Which % Plan.Doors.Length].Id;
        var (before, reader) = (at, Plan.Readers[it.Which % Plan.Readers.Length]);
        var person = new PersonId($"S-{it.Also % Staff}");
        switch (it.What)
        {
            case < 45:
                // Somebody goes through a door, the whole of it.
                yield return new BadgePresented(at, reader.Reader, CardOf(it.Also), "H10301");
                yield return new LeafOpened(at, reader.Door);
                yield return new LeafClosed(at, reader.Door);
                break;
            case < 60:
                yield return new BadgePresented(at, reader.Reader, CardOf(it.Also), "H10301");
                break;
            case < 65:
                yield return new LeafOpened(at, door);
                break;
            case < 70:
                yield return new LeafClosed(at, door);
                break;
            case 70:
                yield return new LeafUnknown(at, door);
                break;
            case 71 or 72:
                yield return new ExitRequested(at, door);
                break;
            case 73:
                yield return new UnreadableCard(at, reader.Reader, "parity", 26);
                break;
            case < 80:
                var pass = PassOf(it.Also % Visitors) with { Until = at.AddMinutes((it.Which % 200) - 20) };
                yield return new RoomOrderArrived(at, ++serial, new VisitPassOrder(pass, Ended: it.Which % 5 == 0));
                break;
            case < 84:
                var mode = it.Which % 3 == 0 ? (ZoneMode)(it.Also % 5) : ZoneMode.Normal;
                yield return new RoomOrderArrived(at, ++serial, new ZoneModeOrder(ZoneOf(it.Which), mode, person, at.AddMinutes(it.Also % 90), "理由", "S-0"));
                break;
            case 84:
                yield return new RoomOrderArrived(at, ++serial, new VisitorOverrideOrder(ZoneOf(it.Which), new($"V-{it.Also % 2}"), at.AddMinutes(20), "理由", "S-0"));
                break;
            case 85:
                yield return new RoomOrderArrived(at, ++serial, new PurposeOrder(person, ZoneOf(it.Which), "W-1", at.AddMinutes(30)));
                break;
            case 86 or 87:
                var whom = it.Also % 3 == 0 ? PassOf(it.Also % Visitors).Visitor.Id : person;
                yield return new RoomOrderArrived(at, ++serial, new PresenceOrder(whom, ZoneOf(it.Which), it.Which % 2 == 0, at.AddMinutes(-(it.Also % 30)), "理由", "S-0", serial));
                break;
            case 88:
                yield return new RoomOrderArrived(at, Math.Max(1, serial - (it.Also % 9)), new VisitPassOrder(PassOf(it.Which % Visitors), Ended: false));
                break;
            case 89 or 90:
                yield return new SuspensionArrived(at, new(++serial, at, person, null, CredentialState.Suspended, Lifted: it.Which % 2 == 0));
                break;
            case 91:
                yield return new LockdownArrived(at, A.Lockdown($"L-{it.Which % 2}") with { From = at, Zones = [ZoneOf(it.Also)], Until = at.AddMinutes(it.Also % 60) }, it.Which % 2 == 0);
                break;
            case 92:
                yield return new JournalFailed(at, "disk full");
                break;
            case 93:
                yield return new JournalRecovered(at);
                break;
            case 94:
                at = at.AddSeconds((it.Also % 7_200) - 3_600);
                yield return new ClockStepped(at, before);
                break;
            case 95:
                Restart();
                yield return new RoomStarted(at);
                yield return new GrantListArrived(at, list);
                break;
            case 96:
                yield return new ReaderChanged(at, reader.Reader, it.Also % 2 == 0 ? ReaderCondition.Offline : ReaderCondition.Online, "");
                break;
            default:
                yield return new ReaderChanged(at, reader.Reader, ReaderCondition.Online, "");
                break;
        }
    }

    private void Restart()
    {
        var kept = JsonSerializer.SerializeToUtf8Bytes(control.Snapshot(), RecordJson.Plain.RoomSnapshot);
        control = NewControl();
        control.Restore(JsonSerializer.Deserialize(kept, RecordJson.Plain.RoomSnapshot)!);
    }

    private void Tell(RoomInput input)
    {
        Events++;
        var answer = control.Handle(input);
        foreach (var effect in answer)
        {
            if (effect is Write { Event: var item })
            {
                fold.Apply(item);
                _ = item is SuspensionApplied { Suspension: { Person: { } person, Lifted: var lifted } } && (lifted ? suspended.Remove(person) : suspended.Add(person));
            }
        }

        if (Broken is null)
        {
            Look(input, answer);
        }
    }

    private void Look(RoomInput input, ImmutableArray<Effect> answer)
    {
        var inside = control.InsideNow();
        if (!inside.SequenceEqual(fold.Now))
        {
            Break($"the list of people inside is not the fold of the record: [{Names(inside)}] against [{Names(fold.Now)}]");
        }

        foreach (var someone in inside.GroupBy(one => one.Person).Where(group => group.Count() > 1))
        {
            if (!someone.Select(one => one.Zone.Value).Order(StringComparer.Ordinal).SequenceEqual(["OUT-1", "SRV-1"]))
            {
                Break($"{someone.Key} is in {string.Join(" and ", someone.Select(one => one.Zone))} at once");
            }
        }

        // After a restart nobody can say who may escort until the list has been told again.
        if (input is not RoomStarted)
        {
            foreach (var visitor in inside.Where(one => one.Visit is not null && !one.Alone))
            {
                if (!inside.Any(one => one.Zone == visitor.Zone && one.Person == visitor.Escort) || suspended.Contains(visitor.Escort!.Value) || visitor.Escort.Value.Value == "S-5")
                {
                    Break($"{visitor.Person} is in {visitor.Zone} with {visitor.Escort?.Value ?? "nobody"}, who is not there or may not escort, and no alarm is open");
                }
            }
        }

        if (WayOut(input) is { } way && !IsReleased(answer, way))
        {
            Break($"the way out through {way} was not released at once");
        }

        foreach (var granted in answer.OfType<Write>().Select(write => write.Event).OfType<EntryGranted>())
        {
            if (granted.Visit is null == granted.Grant is null || granted.Visit is null != granted.Escort is null)
            {
                Break($"{granted.Person} was let in with grant {granted.Grant}, visit {granted.Visit}, escort {granted.Escort}");
            }
        }
    }

    private void Break(string how) => Broken ??= string.Create(CultureInfo.InvariantCulture, $"event {Events}, {at:O}: {how}");

    private static DoorId? WayOut(RoomInput input) => input switch
    {
        BadgePresented badge => ExitOf(badge.Reader),
        UnreadableCard card => ExitOf(card.Reader),
        ExitRequested exit => exit.Door,
        _ => null,
    };

    private static DoorId? ExitOf(DeviceId reader) => Plan.Readers.First(place => place.Reader == reader) is { Side: ReaderSide.Exit, Door: var door } ? door : null;

    private static bool IsReleased(ImmutableArray<Effect> answer, DoorId door)
    {
        var released = false;
        foreach (var effect in answer)
        {
            released = effect switch
            {
                Act { Always: true, Order: ReleaseStrike order } when order.Door == door => true,
                Act { Order: SecureStrike order } when order.Door == door => false,
                _ => released,
            };
        }

        return released;
    }

    private static string Names(ImmutableArray<RoomGuard.Core.Panels.InsideNow> inside) => string.Join(", ", inside.Select(one => one.ToString()));

    // Leaves out what is not needed to break it, in ever smaller pieces, and says how to play what is left.
    private static string Shortest(int flavour, IReadOnlyList<Happening> history, string broken)
    {
        var left = history.ToList();
        for (var piece = left.Count / 2; piece > 0; piece /= 2)
        {
            for (var from = left.Count - piece; from >= 0; from -= piece)
            {
                List<Happening> without = [.. left[..from], .. left[(from + piece)..]];
                var room = new RandomRoom(flavour);
                for (var i = 0; i < without.Count && room.Broken is null; i++)
                {
                    room.Happens(without[i]);
                }

                if (room.Broken is { } still)
                {
                    (left, broken) = (without, still);
                    from = Math.Min(from, left.Count);
                }
            }
        }

        var text = new StringBuilder().AppendLine(broken).AppendLine("Play it again as a line of RoomInvariantTests.Found:");
        return text.Append(CultureInfo.InvariantCulture, $"    {{ {flavour}, \"{string.Join(' ', left)}\" }},").ToString();
    }

    private static ZoneId ZoneOf(int which) => new(which % 3 == 0 ? "OUT-1" : which % 3 == 1 ? "SRV-1" : "MED-1");

    private static CardDigest CardOf(int which) => A.Digest(which % (Staff + Visitors + 1) is var card && card < Staff ? 1 + card : 195 + card);

    private static VisitPass PassOf(int number) => A.Pass(number + 1, $"V-{number % 2}", number % 2 == 0 ? ["S-0", "S-1"] : ["S-1", "S-5", "S-2"]) with
    {
        Zones = [new("OUT-1"), new("SRV-1"), new("MED-1")],
        From = A.MondayNine,
        Until = A.MondayNine.AddHours(30),
    };

    private static GrantList ListOf(int flavour)
    {
        ImmutableArray<ZoneId> zones = [new("OUT-1"), new("SRV-1"), new("MED-1")];
        var people = Enumerable.Range(0, Staff).Select(i => A.Person($"S-{i}") with { Category = i == 5 ? PersonCategory.Contractor : PersonCategory.Staff });
        var rules = flavour switch
        {
            1 => EntryRules.Common with { Passback = new(PassbackMode.Hard, null, new(3, 0)), Most = 4 },
            2 => EntryRules.Common with { TwoPersons = new(TwoPersonMode.NeverAlone, TimeSpan.FromSeconds(15), EscortCounts: false, NamedPair: false) },
            3 => EntryRules.Common with { TwoPersons = new(TwoPersonMode.TwoToEnter, TimeSpan.FromSeconds(15), EscortCounts: true, NamedPair: false), Passback = new(PassbackMode.Soft, TimeSpan.FromMinutes(5), null) },
            4 => EntryRules.Common with { FreeAfterFirst = new(WeekDays.All, new(new(8, 0), new(18, 0)), OnHolidays: true), Escort = EntryRules.Common.Escort! with { Most = 1 } },
            _ => EntryRules.Common,
        };
        return new(
            7, A.MondayNine.AddHours(-1), "kakuu-1", "Asia/Tokyo", TimeSpan.FromDays(3_650),
            [A.Zone("OUT-1") with { Rules = rules }, A.Zone() with { Rules = rules, Parent = new("OUT-1") }, A.Zone("MED-1") with { Rules = rules }],
            [.. people],
            [.. Enumerable.Range(0, Staff).Select(i => A.Card(1 + i, $"S-{i}"))],
            [.. Enumerable.Range(0, Staff).Select(i => A.Grant($"S-{i}", $"G-{i}") with { Zones = zones, ValidUntil = new(2040, 1, 1) })],
            []);
    }
}
