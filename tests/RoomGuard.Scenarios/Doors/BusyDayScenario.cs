using System.Globalization;
using RoomGuard.Bridge;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Simulators.Site;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;
using BridgeDoor = RoomGuard.Bridge.DoorSettings;
using SimulatedDoor = RoomGuard.Simulators.Site.DoorSettings;

namespace RoomGuard.Scenarios.Doors;

/// <summary>
/// A busy day at two rooms, shortened to an hour: eighty people, six visits, a delivery, and most of what can go wrong on such a day, from the bits of
/// each card on its wire to the strike and back to the contact.
/// </summary>
public sealed class BusyDayScenario
{
    private const string Front = "SRV-1-D1";
    private const string Back = "SRV-1-D2";
    private const string Store = "MED-1-D1";

    [Fact]
    [Requirement("R-DOOR-05")]
    [Requirement("R-DOOR-08")]
    [Requirement("R-VIS-02")]
    [Requirement("R-VIS-03")]
    [Requirement("R-VIS-06")]
    [Requirement("R-VIS-11")]
    public void Eighty_people_six_visits_a_delivery_and_all_that_goes_wrong()
    {
        using var site = new WiredSite(Simulated(1), 1);
        var list = List(site.Now);
        var servers = site.Watch(ServerBridge(), list);
        var store = site.Watch(StoreBridge(), list);

        Morning(site, new Random(1));
        Visits(site, servers);
        site.In(300, () => site.Site.Enter(Staff(70), Back, TimeSpan.FromMinutes(2)))
            .In(306, () => site.Site.Hold(Back))
            .In(372, () => site.Site.Close(Back));

        // In the middle of it both bridges stop and start again.
        site.In(500, () => servers.Restart(awaySeconds: 6)).In(500, () => store.Restart(awaySeconds: 9));
        for (var minute = 0; minute < 16; minute++)
        {
            site.Run(60);
            site.Until(() => servers.AllTrusted && store.AllTrusted && Officials(site).All(servers.Inside("SRV-1").Concat(store.Inside("MED-1")).Contains), "nobody inside is missing on the list");
        }

        // The delivery held the back door.
        Assert.Contains(site.Record.OfType<DoorHeldOpen>(), held => held.Door == new DoorId(Back));

        // Everybody has gone home. Only who left unseen, by the button at the back or while the bridges were down, is still on the list.
        site.Run(240);
        Assert.Empty(site.Site.Look().Doors.SelectMany(door => door.Inside));
        var lastIn = site.Record.OfType<PersonEntered>().Where(item => item.Zone == new ZoneId("SRV-1")).GroupBy(item => item.Person.Value).ToDictionary(group => group.Key, group => group.Last());
        Assert.All(servers.Inside("SRV-1"), person => Assert.True(lastIn[person].Door == new DoorId(Back) || lastIn[person].OccurredAt < site.Now.AddMinutes(-11), person));
        Assert.True(Enumerable.Range(1, 80).Count(number => lastIn.ContainsKey(Staff(number))) > 50, $"only {lastIn.Count} came in");
        Assert.Equal(6, site.Record.OfType<EntryGranted>().Select(item => item.Visit).OfType<VisitId>().Distinct().Count());
        Assert.All(site.Record.OfType<EntryGranted>().Where(item => item.Visit is not null), item => Assert.NotNull(item.Escort));
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    [Requirement("R-DOOR-06")]
    public void Whoever_walks_in_behind_another_is_found_at_the_exit_and_whoever_forgets_to_badge_out_stays_on_the_list()
    {
        using var site = new WiredSite(Simulated(1), 1);
        var servers = site.Watch(ServerBridge(), List(site.Now));

        site.Site.Enter(Staff(1), Front);
        site.Until(() => servers.Inside("SRV-1").Contains(Staff(1)), "the first is in");
        site.Run(10);

        // The second went in behind her and shows the card only on the way out.
        site.Site.Present(Staff(2), "reader-srv-out");
        site.Run(1);
        site.Site.OpenLeaf(Front, RoomGuard.Simulators.Doors.Side.Inside);
        site.Until(() => site.Record.OfType<PresenceMismatch>().Any(), "the mismatch");
        Assert.Equal((Staff(2), "exit-without-entry"), site.Record.OfType<PresenceMismatch>().Select(item => (item.Person.Value, item.Kind)).Single());

        // The first leaves by the button at the back and is believed inside until somebody looks.
        site.Run(10);
        site.Site.PushExit(Back);
        site.Run(1);
        site.Site.OpenLeaf(Back, RoomGuard.Simulators.Doors.Side.Inside);
        site.Run(20);
        Assert.Equal([Staff(1)], servers.Inside("SRV-1"));

        servers.Order(new PresenceOrder(new(Staff(1)), new("SRV-1"), Inside: false, site.Now, "廊下で本人を確認", "S-0001", 1));
        site.Until(() => !servers.Inside("SRV-1").Any(), "the list is right again");
    }

    [Fact]
    [Requirement("R-VIS-02")]
    [Requirement("R-VIS-03")]
    public void An_escort_who_is_called_away_is_missed_at_once_and_the_visitors_are_not_locked_in()
    {
        using var site = new WiredSite(Simulated(1), 1);
        var servers = site.Watch(ServerBridge(), List(site.Now));
        servers.Order(new VisitPassOrder(Pass(site.Now, 1), Ended: false));
        site.Run(1);

        site.Site.Present(Visitor(1), "reader-srv-in");
        site.Until(() => site.Record.OfType<EntryDenied>().Any(), "the visitor alone is refused");
        Assert.Equal(DenyReason.NoEscort, site.Record.OfType<EntryDenied>().Single().Reason);

        site.Site.Enter(Staff(1), Front);
        site.Until(() => servers.Inside("SRV-1").Contains(Staff(1)), "the escort is in");
        site.Run(10);
        site.Site.Enter(Visitor(1), Front);
        site.Until(() => servers.Inside("SRV-1").Contains(VisitorId(1)), "the visitor is in");
        site.Run(10);

        site.Site.Leave(Staff(1));
        site.Until(() => site.Record.OfType<EscortMissing>().Any(), "the escort is missed");
        Assert.Equal(VisitorId(1), site.Record.OfType<EscortMissing>().First().Visitor.Value);
        site.Run(70);
        Assert.Contains(site.Record.OfType<EscortMissing>(), item => item.Incident);

        site.Site.Leave(Visitor(1));
        site.Until(() => !servers.Inside("SRV-1").Any(), "the visitor is out");
    }

    [Fact]
    [Requirement("R-VIS-06")]
    [Requirement("R-VIS-11")]
    public void A_drill_and_a_lost_badge_keep_visitors_out_and_officials_come_and_go()
    {
        using var site = new WiredSite(Simulated(1), 1);
        var servers = site.Watch(ServerBridge(), List(site.Now));
        servers.Order(new VisitPassOrder(Pass(site.Now, 1), Ended: false));
        servers.Order(new VisitPassOrder(Pass(site.Now, 2), Ended: false));
        site.Site.Enter(Staff(1), Front);
        site.Until(() => servers.Inside("SRV-1").Contains(Staff(1)), "the escort is in");
        site.Run(10);

        servers.Order(new ZoneModeOrder(new("SRV-1"), ZoneMode.Drill, null, null, "避難訓練", "S-0001"));
        site.Run(1);
        site.Site.Present(Visitor(1), "reader-srv-in");
        site.Until(() => site.Record.OfType<EntryDenied>().Any(), "no visitor in a drill");
        site.Site.Enter(Staff(2), Front, TimeSpan.FromSeconds(20));
        site.Until(() => servers.Inside("SRV-1").Contains(Staff(2)), "an official in the drill");
        servers.Order(new ZoneModeOrder(new("SRV-1"), ZoneMode.Normal, null, null, "訓練終了", "S-0001"));
        site.Run(40);

        servers.Order(new VisitPassOrder(Pass(site.Now, 2), Ended: true));
        site.Run(1);
        site.Site.Present(Visitor(2), "reader-srv-in");
        site.Until(() => site.Record.OfType<EntryDenied>().Count() == 2, "a lost badge opens nothing");
        Assert.Equal(DenyReason.BadgeDead, site.Record.OfType<EntryDenied>().Last().Reason);

        site.Site.Enter(Visitor(1), Front);
        site.Until(() => servers.Inside("SRV-1").Contains(VisitorId(1)), "the visitor after the drill");
    }

    [Fact]
    [Requirement("R-DOOR-04")]
    public void A_pin_typed_under_threat_opens_and_calls_for_help()
    {
        using var site = new WiredSite(Simulated(1), 1);
        var store = site.Watch(StoreBridge(), List(site.Now));

        site.Site.Enter(Staff(1), Store, pin: "9119");

        site.Until(() => store.Inside("MED-1").Contains(Staff(1)), "she is let in");
        Assert.Equal(Staff(1), site.Record.OfType<DuressSignalled>().Single().Person.Value);
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Two_bridges_that_restart_forget_nobody_and_lock_nobody_in()
    {
        using var site = new WiredSite(Simulated(1), 1);
        var servers = site.Watch(ServerBridge(), List(site.Now));
        var store = site.Watch(StoreBridge(), List(site.Now));
        site.Site.Enter(Staff(1), Front);
        site.Site.Enter(Staff(2), Store);
        site.Until(() => servers.Inside("SRV-1").Contains(Staff(1)) && store.Inside("MED-1").Contains(Staff(2)), "both are in");
        site.Run(15);

        servers.Restart(awaySeconds: 30);
        store.Restart(awaySeconds: 30);
        site.Run(5);
        site.Site.Leave(Staff(1));
        site.Until(() => site.Site.Look().Doors.Single(door => door.Id == Front).Inside.IsEmpty, "out by the lever while the bridge is down");
        site.Until(() => servers.AllTrusted && store.AllTrusted, "both bridges are back", 120);

        // Nobody is taken off the list by a restart: who left unseen stays on it until somebody looks.
        Assert.Equal([Staff(1)], servers.Inside("SRV-1"));
        Assert.Equal([Staff(2)], store.Inside("MED-1"));
        site.Site.Leave(Staff(2));
        site.Until(() => !store.Inside("MED-1").Any(), "and who leaves now is seen to");
    }

    // ---- the day

    private static void Morning(WiredSite site, Random chance)
    {
        for (var number = 1; number <= 80; number++)
        {
            var who = Staff(number);
            var door = number % 10 == 0 ? Store : number % 3 == 0 ? Back : Front;
            site.In(5 + (number * 9) + (chance.NextDouble() * 6), () => site.Site.Enter(who, door, TimeSpan.FromSeconds(40 + chance.Next(160))));
        }
    }

    private static void Visits(WiredSite site, WiredBridge servers)
    {
        for (var visit = 1; visit <= 6; visit++)
        {
            var number = visit;
            var at = 40 + (visit * 95);
            site.In(at - 20, () => servers.Order(new VisitPassOrder(Pass(site.Now, number), Ended: false)))
                .In(at, () => site.Site.Enter(Host(number), Front, TimeSpan.FromSeconds(200)))
                .In(at + 20, () => site.Site.Enter(Visitor(number), Front, TimeSpan.FromSeconds(90)))
                .In(at + 400, () => servers.Order(new VisitPassOrder(Pass(site.Now, number), Ended: true)));
        }
    }

    /// <summary>The officials who can be seen inside.</summary>
    private static IEnumerable<string> Officials(WiredSite site) =>
        site.Site.Look().Doors.SelectMany(door => door.Inside).Where(person => !person.StartsWith("badge", StringComparison.Ordinal));

    // ---- the site

    private static string Staff(int number) => string.Create(CultureInfo.InvariantCulture, $"S-{number:0000}");

    /// <summary>Hosts do nothing else on this day.</summary>
    private static string Host(int visit) => string.Create(CultureInfo.InvariantCulture, $"H-{visit:000}");

    private static string Visitor(int visit) => string.Create(CultureInfo.InvariantCulture, $"badge-{visit}");

    private static string VisitorId(int visit) => string.Create(CultureInfo.InvariantCulture, $"V-2026-{visit:0000}-1");

    private static PersonSettings Card(string id, ulong number, string? pin = null) => new(id, id, "H10301", 4, number, pin);

    private static IEnumerable<PersonSettings> Officials() =>
        Enumerable.Range(1, 80).Select(number => Card(Staff(number), (ulong)(1000 + number), "4711"))
            .Concat(Enumerable.Range(1, 6).Select(visit => Card(Host(visit), (ulong)(2000 + visit), "4711")));

    private static IEnumerable<PersonSettings> Badges() => Enumerable.Range(1, 6).Select(visit => Card(Visitor(visit), (ulong)(3000 + visit)));

    private static VisitPass Pass(DateTimeOffset now, int visit) => new(
        new(string.Create(CultureInfo.InvariantCulture, $"V-2026-{visit:0000}")),
        new(new(VisitorId(visit)), "架空 花子", "かくう はなこ", PersonCategory.Visitor, "架空保守サービス株式会社", null, null),
        new(new($"B-{visit}"), new(VisitorId(visit)), WiredSite.Digest(Badges().ElementAt(visit - 1)), CredentialState.Active, null, null, null),
        $"赤-{visit:000}",
        [new("SRV-1")],
        now.AddMinutes(-5),
        now.AddHours(2),
        [new(Host(visit)), new(Staff(1))]);

    private static GrantList List(DateTimeOffset now) => new(
        1,
        now.AddHours(-1),
        "kakuu-1",
        "Asia/Tokyo",
        TimeSpan.FromHours(72),
        [
            A.Zone() with { Methods = [EntryMethod.Card] },
            new(new("MED-1"), "媒体保管庫", "Media store", 2, [EntryMethod.Card, EntryMethod.Pin], StaleListRule.DenyAll),
        ],
        [.. Officials().Select(person => A.Person(person.Id))],
        [.. Officials().Select(person => new Credential(new($"C-{person.Number}"), new(person.Id), WiredSite.Digest(person), CredentialState.Active, null, null, Pin))],
        [.. Officials().Select(person => A.Grant(person.Id, $"G-{person.Number}") with { Zones = [new("SRV-1"), new("MED-1")] })],
        [],
        DuressPins: [new(new("C-1001"), A.Verifier("9119"))]);

    private static PinVerifier Pin { get; } = A.Verifier("4711");

    private static SimulatorSettings Simulated(int seed) => new(
        "Test",
        "state",
        seed,
        [
            Wire("bus-1", ("reader-srv-in", false), ("reader-srv-out", false)),
            Wire("bus-2", ("reader-srv-back", false)),
            Wire("bus-3", ("reader-med", true), ("reader-med-out", false)),
        ],
        [
            new SimulatedDoor(Front, new("reader-srv-out", 0), new("reader-srv-out", 0), null, "reader-srv-in", "reader-srv-out"),
            new SimulatedDoor(Back, new("reader-srv-back", 0), new("reader-srv-back", 0), new("reader-srv-back", 1), "reader-srv-back", null),
            new SimulatedDoor(Store, new("reader-med", 0), new("reader-med", 0), null, "reader-med", "reader-med-out", AsksPin: true),
        ],
        [.. Officials(), .. Badges()]);

    private static LineSettings Wire(string id, params (string Reader, bool Keypad)[] readers) => new(
        id,
        LineKind.Pty,
        38400,
        [.. readers.Index().Select(one => new DeviceSettings(one.Item.Reader, one.Index, "02CACA", 12, (uint)(1000 + one.Index), 4, 2, one.Item.Keypad))],
        Link: $"lines/{id}");

    private static BridgeSettings ServerBridge() => Bridge(
        "bridge-1",
        [
            new("bus-1", Link("bus-1"), 38400, [Reader("reader-srv-in", 0, Front, ReaderSide.Entry), Reader("reader-srv-out", 1, Front, ReaderSide.Exit)]),
            new("bus-2", Link("bus-2"), 38400, [Reader("reader-srv-back", 0, Back, ReaderSide.Entry)]),
        ],
        [
            Door(Front, "SRV-1", "reader-srv-out", null),
            Door(Back, "SRV-1", "reader-srv-back", new("reader-srv-back", 1)),
        ]);

    private static BridgeSettings StoreBridge() => Bridge(
        "bridge-2",
        [new("bus-3", Link("bus-3"), 38400, [Reader("reader-med", 0, Store, ReaderSide.Entry), Reader("reader-med-out", 1, Store, ReaderSide.Exit)])],
        [Door(Store, "MED-1", "reader-med", null)]);

    private static BridgeSettings Bridge(string name, BusSettings[] buses, BridgeDoor[] doors) =>
        new(name, "kakuu-1", EnvironmentKind.Test, "data", "https://127.0.0.1:7444", [.. buses], [.. doors]);

    private static LinkSettings Link(string id) => new(LinkKind.Serial, $"lines/{id}");

    private static ReaderSettings Reader(string id, int address, string door, ReaderSide side) => new(id, address, door, side, "H10301");

    private static BridgeDoor Door(string id, string zone, string reader, RoomGuard.Bridge.InputPlace? button) => new(
        id, zone, id, id, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), PowerLossState.FailSecure, new(reader, 0), new(reader, 0), button);
}
