using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.TestKit.Year;

/// <summary>
/// The people of <see cref="YearSite"/> and what they do all year: they come and go, wait at doors, forget their cards, walk in behind each other, prop
/// doors, bring visitors and lose them, while the office sends lists and orders, drills are held, and bridges stop and start. Pure: all
/// chance comes from the seed, all time from its own agenda, so that the same seed gives the same year to the last entry.
/// </summary>
public sealed class YearLife
{
    private static readonly DoorId Front = new("ADM-1-D1");
    private static readonly DoorId Back = new("ADM-1-D2");
    private static readonly DoorId ServerFront = new("SRV-1-D1");
    private static readonly DoorId ServerBack = new("SRV-1-D2");
    private static readonly DoorId Store = new("MED-1-D1");

    private readonly YearSite site;
    private readonly YearRoom floor;
    private readonly YearRoom media;
    private readonly Random chance;
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> agenda = new();
    private readonly ImmutableArray<Somebody> staff;
    private readonly ImmutableArray<Somebody> contractors;
    private readonly Dictionary<DoorId, Leaf> leaves = [];
    private DateTimeOffset now = YearSite.Begins;
    private long order;
    private long serial;
    private long suspensions;
    private long lists;
    private int visits;

    /// <summary>Prepares the year; <see cref="Run"/> lives it.</summary>
    public YearLife(YearSite site, YearRoom floor, YearRoom media, int seed)
    {
        ArgumentNullException.ThrowIfNull(site);
        (this.site, this.floor, this.media) = (site, floor, media);
        chance = new(seed);
        staff = [.. site.People.Where(person => person.Category == PersonCategory.Staff).Select(person => new Somebody(person.Id, person.Card, person.Zones))];
        contractors = [.. site.People.Where(person => person.Category != PersonCategory.Staff).Select(person => new Somebody(person.Id, person.Card, person.Zones))];
        foreach (var door in floor.Plan.Doors.Concat(media.Plan.Doors))
        {
            leaves[door.Id] = new();
        }
    }

    /// <summary>What happened, in the words of the site, by count.</summary>
    public SortedDictionary<string, long> Happened { get; } = new(StringComparer.Ordinal);

    /// <summary>Lives so many days.</summary>
    public void Run(int days)
    {
        floor.Begin(now);
        media.Begin(now);
        At(now, () => Day(days));
        while (agenda.TryDequeue(out var deed, out var due))
        {
            now = due.At;
            deed();
        }
    }

    // ---- chance and time

    private void At(DateTimeOffset at, Action deed) => agenda.Enqueue(deed, (at > now ? at : now, order++));

    private void In(TimeSpan wait, Action deed) => At(now + wait, deed);

    private bool Once(double share) => chance.NextDouble() < share;

    private TimeSpan Seconds(double least, double most) => TimeSpan.FromTicks((long)((least + (chance.NextDouble() * (most - least))) * TimeSpan.TicksPerSecond));

    private TimeSpan Minutes(double least, double most) => Seconds(least * 60, most * 60);

    private T Pick<T>(IReadOnlyList<T> from) => from[chance.Next(from.Count)];

    private void Count(string what) => Happened[what] = Happened.GetValueOrDefault(what) + 1;

    private YearRoom RoomOf(DoorId door) => door == Store ? media : floor;

    // ---- the days

    private void Day(int left)
    {
        if (left == 0)
        {
            return;
        }

        var today = DateOnly.FromDateTime(now.DateTime);
        var works = today.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !YearSite.Holidays.Contains(today);
        At(now + TimeSpan.FromHours(2), SendList);
        foreach (var person in staff)
        {
            if (works ? Once(0.93) : Once(0.03))
            {
                Workday(person);
            }
        }

        foreach (var person in contractors.Where(_ => works && Once(0.2)))
        {
            ContractWork(person);
        }

        if (works)
        {
            for (var number = chance.Next(4, 9); number > 0; number--)
            {
                At(now + Hours(9, 16), Visit);
            }

            for (var number = chance.Next(0, 3); number > 0; number--)
            {
                At(now + Hours(9, 17), Delivery);
            }
        }

        Troubles();
        At(now + TimeSpan.FromHours(23.5), LookForTheForgotten);
        At(now + TimeSpan.FromDays(1), () => Day(left - 1));
    }

    private TimeSpan Hours(double least, double most) => Seconds(least * 3600, most * 3600);

    private void Workday(Somebody person)
    {
        var comes = now + Hours(7.7, 9.2);
        var goes = now + Hours(17, 20.5);
        At(comes, () => Walk(person, EntryDoor(), into: true));
        for (var trips = chance.Next(18, 40); trips > 0; trips--)
        {
            At(comes + ((goes - comes) * chance.NextDouble()), () => StepOut(person));
        }

        if (person.Zones.Contains(YearSite.Servers))
        {
            for (var stays = chance.Next(0, 6); stays > 0; stays--)
            {
                At(comes + ((goes - comes) * chance.NextDouble()), () => WorkIn(person, ServerDoor(), Minutes(4, 60)));
            }
        }

        if (person.Zones.Contains(YearSite.Media))
        {
            for (var stays = chance.Next(0, 4); stays > 0; stays--)
            {
                At(comes + ((goes - comes) * chance.NextDouble()), () => WorkIn(person, Store, Minutes(2, 20)));
            }
        }

        At(goes, () => GoHome(person, 6));
    }

    private void ContractWork(Somebody person)
    {
        At(now + Hours(9, 15), () => Walk(person, EntryDoor(), into: true, then: () =>
        {
            if (person.Zones.Contains(YearSite.Servers))
            {
                In(Minutes(2, 20), () => WorkIn(person, ServerDoor(), Minutes(20, 120)));
            }

            In(Minutes(150, 180), () => GoHome(person, 6));
        }));
    }

    private DoorId EntryDoor() => Once(0.7) ? Front : Back;

    private DoorId ServerDoor() => Once(0.8) ? ServerFront : ServerBack;

    /// <summary>Out to the corridor and back.</summary>
    private void StepOut(Somebody person)
    {
        if (!person.OnFloor || person.Elsewhere || person.Busy || person.Hosts)
        {
            return;
        }

        Walk(person, EntryDoor(), into: false, then: () => In(Minutes(1.5, 25), () => ComeBack(person, 3)));
    }

    private void ComeBack(Somebody person, int tries)
    {
        if (!person.OnFloor && !person.Busy && tries > 0)
        {
            Walk(person, EntryDoor(), into: true, otherwise: () => In(Minutes(1, 4), () => ComeBack(person, tries - 1)));
        }
    }

    private void WorkIn(Somebody person, DoorId door, TimeSpan stay)
    {
        var fromFloor = door != Store;
        if (person.Busy || person.Elsewhere || person.Hosts || person.OnFloor != fromFloor)
        {
            return;
        }

        Walk(person, door, into: true, then: () => In(stay, () => Walk(person, Once(0.9) ? door : Another(door), into: false)));
    }

    private static DoorId Another(DoorId door) => door == ServerFront ? ServerBack : door == ServerBack ? ServerFront : door;

    private void GoHome(Somebody person, int tries)
    {
        if ((person.Busy || person.Elsewhere || person.Hosts) && tries > 0)
        {
            In(Minutes(5, 30), () => GoHome(person, tries - 1));
        }
        else if (person.OnFloor && !person.Elsewhere)
        {
            Walk(person, EntryDoor(), into: false);
        }
    }

    /// <summary>A cart, a propped door.</summary>
    private void Delivery()
    {
        var person = Pick(staff);
        if (!person.OnFloor || person.Busy || person.Elsewhere)
        {
            return;
        }

        Count("deliveries");
        Walk(person, Back, into: false, then: () => In(Minutes(2, 6), () => Walk(person, Back, into: true, held: Seconds(20, 140))));
    }

    // ---- through a door

    /// <summary>Somebody goes through a door, with all that may go wrong.</summary>
    /// <param name="then">What they do once they are through.</param>
    /// <param name="otherwise">What they do when they are not.</param>
    /// <param name="held">How long the leaf stays open.</param>
    private void Walk(Somebody person, DoorId door, bool into, Action? then = null, Action? otherwise = null, TimeSpan? held = null)
    {
        if (person.Busy || person.IsBehind(door) == into)
        {
            otherwise?.Invoke();
            return;
        }

        person.Busy = true;
        var leaf = leaves[door];
        var overlaps = Once(0.05);
        var at = overlaps || leaf.FreeAt < now ? now : leaf.FreeAt + Seconds(0.5, 2);
        leaf.FreeAt = at + Seconds(6, 9);
        At(at, () =>
        {
            void Through()
            {
                person.Go(door, into);
                person.Busy = false;
                then?.Invoke();
            }

            void NotThrough()
            {
                person.Busy = false;
                otherwise?.Invoke();
            }

            // Behind somebody else, without a card: nothing at the door says so.
            if (Once(0.002))
            {
                Count(into ? "walked in behind somebody" : "walked out behind somebody");
                Through();
            }
            else if (into)
            {
                WalkIn(person, door, held, Through, NotThrough);
            }
            else
            {
                WalkOut(person, door, held, Through);
            }
        });
    }

    private void WalkIn(Somebody person, DoorId door, TimeSpan? held, Action through, Action notThrough)
    {
        var room = RoomOf(door);
        if (room.IsAway)
        {
            Count("stood before a dead reader");
            notThrough();
            return;
        }

        var answer = room.Tell(now, at => new BadgePresented(at, YearSite.EntryReader(door), YearSite.Digest(person.Card), "H10301"));
        if (Writes<FactorAwaited>(answer))
        {
            In(Seconds(2, Once(0.02) ? 20 : 6), () => Enter(
                person,
                door,
                held,
                room.Tell(now, at => new PinEntered(at, YearSite.EntryReader(door), new(Once(0.03) ? "0000" : YearSite.PinOf(person.Card)))),
                through,
                notThrough));
            return;
        }

        Enter(person, door, held, answer, through, notThrough);
    }

    private void Enter(Somebody person, DoorId door, TimeSpan? held, ImmutableArray<Effect> answer, Action through, Action notThrough)
    {
        if (!answer.Any(effect => effect is Act { Order: ReleaseStrike release } && release.Door == door))
        {
            foreach (var effect in answer)
            {
                if (effect is Write { Event: EntryDenied denied })
                {
                    Count($"refused: {denied.Reason}");
                    Mend(person, denied);
                }
            }

            notThrough();
        }
        else if (Once(0.003))
        {
            Count("let in and did not go");
            notThrough();
        }
        else
        {
            In(Seconds(0.6, Once(0.01) ? 7 : 2.5), () =>
            {
                Open(door, held);
                through();
            });
        }
    }

    private void WalkOut(Somebody person, DoorId door, TimeSpan? held, Action through)
    {
        var room = RoomOf(door);
        if (Once(0.01))
        {
            Count("left by the button");
            room.Tell(now, at => new ExitRequested(at, door));
        }
        else if (Once(0.001))
        {
            Count("card not read on the way out");
            room.Tell(now, at => new UnreadableCard(at, YearSite.ExitReader(door), "parity", 26));
        }
        else
        {
            room.Tell(now, at => new BadgePresented(at, YearSite.ExitReader(door), YearSite.Digest(person.Card), "H10301"));
        }

        In(Seconds(0.6, 2.5), () =>
        {
            Open(door, held);
            through();
        });
    }

    private void Open(DoorId door, TimeSpan? held)
    {
        var leaf = leaves[door];
        var shuts = now + (held ?? (Once(0.002) ? Seconds(35, 200) : Seconds(2.5, 5)));
        leaf.ShutsAt = shuts > leaf.ShutsAt ? shuts : leaf.ShutsAt;
        if (!leaf.IsOpen)
        {
            leaf.IsOpen = true;
            RoomOf(door).Tell(now, at => new LeafOpened(at, door));
            At(leaf.ShutsAt, () => Shut(door));
        }
    }

    private void Shut(DoorId door)
    {
        var leaf = leaves[door];
        if (now < leaf.ShutsAt)
        {
            At(leaf.ShutsAt, () => Shut(door));
            return;
        }

        leaf.IsOpen = false;
        RoomOf(door).Tell(now, at => new LeafClosed(at, door));
    }

    private static bool Writes<T>(ImmutableArray<Effect> answer)
        where T : RecordedEvent => answer.Any(effect => effect is Write { Event: T });

    // ---- what the office does about it

    /// <summary>The list of people inside is wrong: somebody asks, and the zone's SYS corrects it with a reason (R-DOOR-06).</summary>
    private void Mend(Somebody person, EntryDenied denied)
    {
        if (denied.Reason is DenyReason.AlreadyInside or DenyReason.WrongPath)
        {
            In(Minutes(2, 9), () =>
            {
                foreach (var zone in denied.Zone == YearSite.Servers ? new[] { YearSite.Servers, YearSite.Floor } : [denied.Zone])
                {
                    Correct(person, zone);
                }
            });
        }
    }

    private void Correct(Somebody person, ZoneId zone)
    {
        var isThere = person.IsIn(zone);
        var room = zone == YearSite.Media ? media : floor;
        if (room.Lists(zone, person.Id.Value) != isThere)
        {
            Count("corrections of presence");
            Order(room, new PresenceOrder(person.Id, zone, isThere, now, "本人に確認", "S-0001", serial + 1));
        }
    }

    private void Order(YearRoom room, RoomOrder what)
    {
        var number = ++serial;
        Office(room, at => new RoomOrderArrived(at, number, what));
    }

    /// <summary>The office tells a room; while the bridge is away it keeps what it has to tell, in order.</summary>
    private void Office(YearRoom room, Func<DateTimeOffset, RoomInput> what)
    {
        if (room.IsAway)
        {
            room.Kept.Enqueue(() => room.Tell(now, what));
        }
        else
        {
            room.Tell(now, what);
        }
    }

    private void LookForTheForgotten()
    {
        foreach (var person in staff.Concat(contractors))
        {
            foreach (var zone in new[] { YearSite.Servers, YearSite.Floor, YearSite.Media })
            {
                if (!person.Busy && Once(0.9))
                {
                    Correct(person, zone);
                }
            }
        }
    }

    private void SendList()
    {
        var list = site.List(++lists, now);
        foreach (var room in new[] { floor, media })
        {
            room.Receive(now, list with { IssuedAt = now + room.ClockOff });
        }
    }

    private void Troubles()
    {
        foreach (var room in new[] { floor, media })
        {
            Perhaps(0.12, 24, () => Restart(room));
            Perhaps(0.04, 24, () =>
            {
                Count("clock steps");
                room.TurnClock(now, Once(0.1) ? TimeSpan.FromHours(Once(0.5) ? 1 : -1) - room.ClockOff : Seconds(-40, 40) - room.ClockOff);
                In(Minutes(5, 200), () => room.TurnClock(now, -room.ClockOff));
            });
            Perhaps(0.05, 24, () => Fail(room));
            Perhaps(0.03, 24, () => Outage(room));
        }

        Perhaps(0.02, 24, () =>
        {
            Count("both bridges restarted at once");
            Restart(floor);
            Restart(media);
        });
        Perhaps(0.25, 22, () => Suspend(Pick(staff), Minutes(10, 600)));
        Perhaps(0.02, 20, LockDown);
        Perhaps(0.02, 17, () => Mode(ZoneMode.Drill, Minutes(10, 40)));
        Perhaps(0.01, 24, () => Mode(ZoneMode.Alarm, Minutes(5, 30)));
        Perhaps(0.03, 24, () =>
        {
            Count("doors forced");
            var door = Pick(leaves.Keys.ToArray());
            if (!leaves[door].IsOpen)
            {
                Open(door, Seconds(5, 90));
            }
        });
        Perhaps(0.6, 24, () =>
        {
            Count("unknown cards");
            var door = Pick(leaves.Keys.ToArray());
            for (var times = chance.Next(1, 5); times > 0; times--)
            {
                RoomOf(door).Tell(now, at => new BadgePresented(at, YearSite.EntryReader(door), YearSite.Digest(90_000 + chance.Next(500)), "H10301"));
            }
        });
    }

    private void Perhaps(double share, double hours, Action deed)
    {
        var at = now + Hours(0, hours);
        if (Once(share))
        {
            At(at, deed);
        }
    }

    private void Restart(YearRoom room)
    {
        if (room.IsAway)
        {
            return;
        }

        Count("bridges restarted");
        room.GoAway();
        In(Seconds(8, 90), () => room.ComeBack(now, door => leaves[door].IsOpen));
    }

    private void Fail(YearRoom room)
    {
        Count("readers failed");
        var reader = Pick(room.Plan.Readers);
        room.Tell(now, at => new ReaderChanged(at, reader.Reader, Once(0.5) ? RoomGuard.Core.Readers.ReaderCondition.Offline : RoomGuard.Core.Readers.ReaderCondition.Tampered, ""));
        In(Minutes(1, 30), () =>
        {
            Office(room, at => new ReaderChanged(at, reader.Reader, RoomGuard.Core.Readers.ReaderCondition.TamperCleared, ""));
            Office(room, at => new ReaderChanged(at, reader.Reader, RoomGuard.Core.Readers.ReaderCondition.Online, ""));
        });
    }

    private void Outage(YearRoom room)
    {
        Count("journals that could not be written");
        room.Tell(now, at => new JournalFailed(at, "the disk is full"));
        In(Minutes(1, 8), () => Office(room, at => new JournalRecovered(at)));
    }

    private void Suspend(Somebody person, TimeSpan time)
    {
        Count("suspensions");
        var number = ++suspensions;
        foreach (var room in new[] { floor, media })
        {
            Office(room, at => new SuspensionArrived(at, new(number, at, person.Id, null, CredentialState.Suspended, Lifted: false)));
        }

        In(time, () =>
        {
            var lifted = ++suspensions;
            foreach (var room in new[] { floor, media })
            {
                Office(room, at => new SuspensionArrived(at, new(lifted, at, person.Id, null, CredentialState.Suspended, Lifted: true)));
            }
        });
    }

    private void LockDown()
    {
        Count("lockdowns");
        var lockdown = new Lockdown($"L-{++serial}", [YearSite.Floor, YearSite.Servers], [staff[0].Id], "統括責任者", "インシデント", now + floor.ClockOff, null);
        Office(floor, at => new LockdownArrived(at, lockdown, false));
        In(Minutes(5, 60), () => Office(floor, at => new LockdownArrived(at, lockdown, true)));
    }

    private void Mode(ZoneMode mode, TimeSpan time)
    {
        Count($"zone in {mode}");
        foreach (var zone in new[] { YearSite.Floor, YearSite.Servers })
        {
            Order(floor, new ZoneModeOrder(zone, mode, null, null, "年間計画", "S-0001"));
            In(time, () => Order(floor, new ZoneModeOrder(zone, ZoneMode.Normal, null, null, "終了", "S-0001")));
        }
    }

    // ---- visits

    private void Visit()
    {
        var hosts = staff.Where(person => person.OnFloor && !person.Busy && !person.Elsewhere && !person.Hosts && person.Zones.Contains(YearSite.Servers)).Take(40).ToArray();
        if (hosts.Length < 2)
        {
            return;
        }

        Count("visits");
        var first = Pick(hosts);
        var second = Pick(hosts.Where(person => person != first).ToArray());
        var number = ++visits;
        var id = new VisitId(string.Create(CultureInfo.InvariantCulture, $"V-2026-{number:0000}"));
        var toServers = Once(0.5);
        var stay = Minutes(15, 90);
        var until = now + floor.ClockOff + TimeSpan.FromMinutes(20) + (Once(0.05) ? stay / 2 : stay + TimeSpan.FromMinutes(60));
        var group = Enumerable.Range(1, Once(0.03) ? 6 : chance.Next(1, 5)).Select(one =>
        {
            var person = new PersonId($"{id}-{one}");
            var card = 10_000 + ((number * 8) + one);
            var pass = new VisitPass(
                id,
                new(person, person.Value, person.Value, PersonCategory.Visitor, "架空保守サービス株式会社", null, null),
                new(new($"B-{card}"), person, YearSite.Digest(card), CredentialState.Active, null, null, null),
                $"赤-{one:000}",
                toServers ? [YearSite.Floor, YearSite.Servers] : [YearSite.Floor],
                now + floor.ClockOff - TimeSpan.FromMinutes(10),
                until,
                Once(0.8) ? [first.Id, second.Id] : [first.Id]);
            return (Person: new Somebody(person, card, pass.Zones), Pass: pass);
        }).ToArray();
        foreach (var (_, pass) in group)
        {
            Badge(pass, ended: false);
        }

        var visitors = group.Select(one => one.Person).ToArray();
        var passes = group.Select(one => one.Pass).ToArray();
        first.Hosts = second.Hosts = true;

        // The host comes down to the door, and they go in one after the other behind the host.
        if (Once(0.08))
        {
            Count("visitors tried alone");
            Walk(visitors[0], Front, into: true);
        }

        Walk(first, Front, into: false, then: () => In(Seconds(20, 90), () => Walk(
            first,
            Front,
            into: true,
            then: () => Follow(visitors, Front, into: true, () => Host(first, second, visitors, passes, toServers, stay)),
            otherwise: () => Close(first, second, visitors, passes))), otherwise: () => Close(first, second, visitors, passes));
    }

    private void Follow(Somebody[] visitors, DoorId door, bool into, Action then, int at = 0)
    {
        if (at == visitors.Length)
        {
            In(Seconds(5, 20), then);
            return;
        }

        Walk(visitors[at], door, into, then: Next, otherwise: Next);

        void Next() => In(Seconds(0.5, 3), () => Follow(visitors, door, into, then, at + 1));
    }

    private void Host(Somebody first, Somebody second, Somebody[] visitors, VisitPass[] passes, bool toServers, TimeSpan stay)
    {
        if (!toServers)
        {
            Anomalies(first, second, visitors, passes, Front, stay);
            In(stay, () => SeeOut(first, second, visitors, passes));
            return;
        }

        if (Once(0.05))
        {
            Count("visitors tried a door that is not theirs");
            Walk(visitors[0], Store, into: true);
        }

        Walk(first, ServerFront, into: true, then: () => Follow(visitors, ServerFront, into: true, () =>
        {
            Anomalies(first, second, visitors, passes, ServerFront, stay);
            In(stay, () => Follow(visitors, ServerFront, into: false, () => Walk(
                first, ServerFront, into: false, then: () => SeeOut(first, second, visitors, passes), otherwise: () => SeeOut(first, second, visitors, passes))));
        }), otherwise: () => SeeOut(first, second, visitors, passes));
    }

    private void Anomalies(Somebody first, Somebody second, Somebody[] visitors, VisitPass[] passes, DoorId door, TimeSpan stay)
    {
        if (Once(0.07))
        {
            In(stay * chance.NextDouble(), () =>
            {
                Count("escorts called away");
                Walk(first, door, into: false, then: () => In(Minutes(0.3, 5), () =>
                {
                    if (Once(0.3))
                    {
                        Walk(second, door, into: true);
                    }

                    Walk(first, door, into: true);
                }));
            });
        }
        else if (Once(0.07))
        {
            In(stay * (chance.NextDouble() / 2), () =>
            {
                Count("escorts handed over");
                var isBeside = second.IsBehind(door);
                void HandOver() => In(Seconds(10, 60), () => Walk(first, door, into: false, then: () => In(Minutes(5, 15), () => Walk(first, door, into: true))));
                if (isBeside)
                {
                    HandOver();
                }
                else
                {
                    Walk(second, door, into: true, then: HandOver);
                }
            });
        }

        if (Once(0.02))
        {
            In(stay * chance.NextDouble(), () =>
            {
                Count("visitor badges lost");
                Badge(passes[0], ended: true);
            });
        }

        if (Once(0.01))
        {
            In(stay * chance.NextDouble(), () => Suspend(first, Minutes(5, 30)));
        }
    }

    private void SeeOut(Somebody first, Somebody second, Somebody[] visitors, VisitPass[] passes) =>
        Follow(visitors, Front, into: false, () => Close(first, second, visitors, passes));

    /// <summary>The badges come back to the desk. Who is not at the door goes by the other way, with the host.</summary>
    private void Close(Somebody first, Somebody second, Somebody[] visitors, VisitPass[] passes)
    {
        foreach (var visitor in visitors.Where(one => one.Anywhere))
        {
            foreach (var door in new[] { ServerFront, Front })
            {
                if (visitor.IsBehind(door))
                {
                    RoomOf(door).Tell(now, at => new BadgePresented(at, YearSite.ExitReader(door), YearSite.Digest(visitor.Card), "H10301"));
                    Open(door, null);
                    visitor.Go(door, into: false);
                }
            }
        }

        foreach (var pass in passes)
        {
            Badge(pass, ended: true);
        }

        foreach (var visitor in visitors)
        {
            foreach (var zone in new[] { YearSite.Servers, YearSite.Floor })
            {
                Correct(visitor, zone);
            }
        }

        foreach (var host in new[] { first, second })
        {
            host.Hosts = false;
            if (host.IsBehind(ServerFront))
            {
                Walk(host, ServerFront, into: false);
            }
        }
    }

    private void Badge(VisitPass pass, bool ended)
    {
        Order(floor, new VisitPassOrder(pass, ended));
        Order(media, new VisitPassOrder(pass, ended));
    }

    /// <summary>Somebody, and where they really are.</summary>
    private sealed class Somebody(PersonId id, int card, ImmutableArray<ZoneId> zones)
    {
        public PersonId Id => id;

        public int Card => card;

        public ImmutableArray<ZoneId> Zones => zones;

        public bool OnFloor { get; private set; }

        public bool InServers { get; private set; }

        public bool InMedia { get; private set; }

        /// <summary>On the way through a door.</summary>
        public bool Busy { get; set; }

        /// <summary>Has visitors.</summary>
        public bool Hosts { get; set; }

        /// <summary>In one of the rooms beyond the floor's own doors.</summary>
        public bool Elsewhere => InServers || InMedia;

        public bool Anywhere => OnFloor || Elsewhere;

        public bool IsIn(ZoneId zone) => zone == YearSite.Servers ? InServers : zone == YearSite.Media ? InMedia : OnFloor;

        /// <summary>Whether they are on the inner side of a door.</summary>
        public bool IsBehind(DoorId door) => door == Store ? InMedia : door == ServerFront || door == ServerBack ? InServers : OnFloor;

        public void Go(DoorId door, bool into)
        {
            if (door == Store)
            {
                InMedia = into;
            }
            else if (door == ServerFront || door == ServerBack)
            {
                InServers = into;
            }
            else
            {
                OnFloor = into;
            }
        }
    }

    private sealed class Leaf
    {
        public bool IsOpen { get; set; }

        public DateTimeOffset ShutsAt { get; set; }

        public DateTimeOffset FreeAt { get; set; }
    }
}
