using System.Diagnostics;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;

namespace RoomGuard.Benchmarks.Doors;

/// <summary>
/// A decision with every rule on: 100,000 people in the list, 500 inside, 200 visits open. Timed is the whole step of the room: the rules, who is where, the watch
/// over escorts and pairs, and the entry with all its reasons; not the journal. Beside it a room with a handful of people and no rules, and the same after a long
/// history, whose allocations must not have grown.
/// </summary>
public static class RuleTime
{
    private const int People = 100_000;
    private const int Inside = 500;
    private const int Visits = 200;
    private const int Measured = 20_000;
    private const int History = 200_000;
    private static readonly DateTimeOffset Start = new(2026, 5, 11, 9, 0, 0, TimeSpan.FromHours(9));
    private static readonly ZoneId Outer = new("OUT-1");
    private static readonly ZoneId Inner = new("SRV-1");

    /// <summary>Measures; takes about half a minute.</summary>
    /// <param name="_">Nothing is written.</param>
    public static BenchTable Run(string _)
    {
        var small = Measure(new Site(20, 5, 0, everyRule: false));
        var site = new Site(People, Inside, Visits, everyRule: true);
        var full = Measure(site);
        site.GoOn(History);
        var later = Measure(site);
        return new(
            $"Rules: one card decided, {People:N0} people, {Inside} inside, {Visits} visits open",
            ["what", "p50 µs", "p99 µs", "p99.9 µs", "worst µs", "bytes allocated"],
            [Row("20 people, no rules (floor)", small), Row("every rule on", full), Row($"the same after {History:N0} more events", later)],
            "Asked for: p99 under 200 µs, and allocations that do not grow with history. One thread; the entry's reasons are part of it, its journal is not.");
    }

    private static object[] Row(string what, Figures of) => [what, of.P50, of.P99, of.P999, of.Worst, of.Bytes];

    private static Figures Measure(Site site)
    {
        site.GoOn(4_000);
        var times = new double[Measured];
        var bytes = 0L;
        for (var i = 0; i < Measured; i++)
        {
            var input = site.NextCard(i);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var at = Stopwatch.GetTimestamp();
            _ = site.Control.Handle(input);
            times[i] = Stopwatch.GetElapsedTime(at).TotalMicroseconds;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            site.Finish(i);
        }

        Array.Sort(times);
        return new(times[Measured / 2], times[Measured * 99 / 100], times[Measured * 999 / 1000], times[^1], bytes / Measured);
    }

    private sealed record Figures(double P50, double P99, double P999, double Worst, long Bytes);

    private sealed class Site
    {
        private readonly int people;
        private readonly int inside;
        private readonly int visits;
        private DateTimeOffset at = Start;

        public Site(int people, int inside, int visits, bool everyRule)
        {
            (this.people, this.inside, this.visits) = (people, inside, visits);
            Control = new(
                new(
                    [DoorOf("OUT-1-D1", Outer), DoorOf("SRV-1-D1", Inner) with { Interlock = [new("SRV-1-D2")] }, DoorOf("SRV-1-D2", Inner)],
                    [
                        new(new("out-in"), new("OUT-1-D1"), ReaderSide.Entry), new(new("out-out"), new("OUT-1-D1"), ReaderSide.Exit),
                        new(new("srv-in"), new("SRV-1-D1"), ReaderSide.Entry), new(new("srv-out"), new("SRV-1-D1"), ReaderSide.Exit),
                    ]),
                new() { PinMatches = (_, _) => false });
            foreach (var reader in (string[])["out-in", "out-out", "srv-in", "srv-out"])
            {
                Tell(new ReaderChanged(at, new(reader), ReaderCondition.Online, ""));
            }

            foreach (var door in (string[])["OUT-1-D1", "SRV-1-D1", "SRV-1-D2"])
            {
                Tell(new LeafClosed(at, new(door)));
            }

            Tell(new GrantListArrived(at, new(ListOf(people, everyRule))));
            for (var i = 0; i < inside; i++)
            {
                Through("out-in", "OUT-1-D1", Digest(i));
            }

            for (var i = 0; i < visits; i++)
            {
                Tell(new RoomOrderArrived(at, i + 1, new VisitPassOrder(PassOf(i), Ended: false)));
                Through("out-in", "OUT-1-D1", Digest(people + i));
            }

            for (var i = 0; i < people && everyRule && i < 2_000; i++)
            {
                Tell(new RoomOrderArrived(at, visits + i + 1, new PurposeOrder(new($"S-{i}"), Inner, $"W-{i}", at.AddYears(1))));
            }

            // Two who stay in the inner zone, so that whoever comes next may come alone, and visitors find an escort.
            Tell(new BadgePresented(at, new("srv-in"), Digest(inside - 1), "H10301"));
            Through("srv-in", "SRV-1-D1", Digest(inside - 2));
        }

        public EntryControl Control { get; }

        /// <summary>Somebody of the outer zone asks at the inner door: staff mostly, every fourth a visitor, every tenth a stranger.</summary>
        public BadgePresented NextCard(int i)
        {
            at = at.AddSeconds(1);
            Settle();
            var card = i % 10 == 9 ? Digest(-1 - (i % 50)) : visits > 0 && i % 4 == 3 ? Digest(people + (i % visits)) : Digest(i % (inside - 2));
            return new(at, new("srv-in"), card, "H10301");
        }

        /// <summary>They go in, and out again, so that the same number is inside for the next.</summary>
        public void Finish(int i)
        {
            Tell(new LeafOpened(at, new("SRV-1-D1")));
            Tell(new LeafClosed(at, new("SRV-1-D1")));
            Tell(new BadgePresented(at, new("srv-out"), Digest(visits > 0 && i % 4 == 3 ? people + (i % visits) : i % (inside - 2)), "H10301"));
            Tell(new LeafOpened(at, new("SRV-1-D1")));
            Tell(new LeafClosed(at, new("SRV-1-D1")));
        }

        public void GoOn(int events)
        {
            for (var i = 0; i < events / 6; i++)
            {
                Tell(NextCard(i));
                Finish(i);
            }
        }

        private void Through(string reader, string door, CardDigest card)
        {
            Tell(new BadgePresented(at, new(reader), card, "H10301"));
            Tell(new LeafOpened(at, new(door)));
            Tell(new LeafClosed(at, new(door)));
        }

        private void Settle()
        {
            while (Control.NextDue is { } due && due <= at)
            {
                Tell(new TimePassed(due));
            }
        }

        private void Tell(RoomInput input) => _ = Control.Handle(input);

        private static CardDigest Digest(int number) => new((UInt128)(uint)number + (UInt128.One << 100));

        private static Door DoorOf(string id, ZoneId zone) =>
            new(new(id), zone, "-", "-", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), PowerLossState.FailSecure);

        private VisitPass PassOf(int i)
        {
            var visitor = new Person(new($"V-{i / 4}-{i % 4}"), "-", "-", PersonCategory.Visitor, "-", null, null);
            return new(
                new($"V-{i / 4}"), visitor, new(new($"VB-{i}"), visitor.Id, Digest(people + i), CredentialState.Active, null, null, null), "-", [Outer, Inner],
                Start, Start.AddYears(1), [new($"S-{i / 4}"), new($"S-{inside - 1}")]);
        }

        private static GrantList ListOf(int people, bool everyRule)
        {
            var rules = everyRule
                ? new EntryRules(
                    new(PassbackMode.Hard, TimeSpan.FromHours(8), new(3, 0)),
                    Most: 5_000,
                    new(TwoPersonMode.NeverAlone, TimeSpan.FromSeconds(15), EscortCounts: true, NamedPair: false),
                    PurposeNeeded: false,
                    new(WeekDays.All, Hours.AllDay, OnHolidays: true),
                    FreeAfterFirst: null,
                    ReasonAtDoor.None,
                    EntryRules.Common.Escort)
                : EntryRules.Common;
            Zone ZoneWith(ZoneId id, EntryRules with, ZoneId? outer) => new(id, "-", "-", 1, [EntryMethod.Card], StaleListRule.DenyAll, with, outer);
            return new(
                1, Start, "bench", "Asia/Tokyo", TimeSpan.FromDays(3_650),
                [ZoneWith(Outer, EntryRules.Common, null), ZoneWith(Inner, everyRule ? rules with { PurposeNeeded = true } : rules, Outer)],
                [.. Enumerable.Range(0, people).Select(i => new Person(new($"S-{i}"), "-", "-", PersonCategory.Staff, "-", null, null))],
                [.. Enumerable.Range(0, people).Select(i => new Credential(new($"C-{i}"), new($"S-{i}"), Digest(i), CredentialState.Active, null, null, null))],
                [.. Enumerable.Range(0, people).Select(i => new EntryGrant(new($"G-{i}"), new($"S-{i}"), [Outer, Inner], WeekDays.All, Hours.AllDay, new(2026, 4, 1), new(2036, 4, 1), false))],
                [],
                Holidays: [new(2026, 5, 4)]);
        }
    }
}
