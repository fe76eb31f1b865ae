using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Service.Record;
using RoomGuard.Service.Register;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service;

public sealed class RegisterTests
{
    private static readonly string[] Doors = ["SRV-1-D1", "SRV-1-D2", "MED-1-D1"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 6)];

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-DOOR-02")]
    public async Task Pages_in_both_directions_show_every_row_of_a_filter_once_and_in_order(int seed)
    {
        await using var rig = await Filled(seed);
        var chance = new Random(seed);
        var all = await rig.Rows();
        foreach (var filter in Filters(chance))
        {
            var expected = all.Where(row => Matches(row, filter)).OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.N).Select(row => row.N).ToList();

            Assert.Equal(expected, await Walk(rig, filter, new RegisterPlace.Newest(), chance.Next(1, 40), down: true));
            Assert.Equal(expected, await Walk(rig, filter, new RegisterPlace.Oldest(), chance.Next(1, 40), down: false));
            Assert.Equal(expected.Count, await rig.Register.Count(filter, 10_000, CancellationToken.None));
            Assert.Equal(Math.Min(7, expected.Count), await rig.Register.Count(filter, 7, CancellationToken.None));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_histogram_counts_what_the_rows_say(int seed)
    {
        await using var rig = await Filled(seed);
        var all = await rig.Rows();
        var midnight = new DateTimeOffset(2026, 5, 10, 15, 0, 0, TimeSpan.Zero);
        ImmutableArray<DateTimeOffset>[] scales =
        [
            [.. Enumerable.Range(0, 6).Select(day => midnight.AddDays(day))],
            [.. Enumerable.Range(0, 50).Select(hour => midnight.AddHours(hour))],
            [.. Enumerable.Range(0, 50).Select(step => midnight.AddMinutes(17 * step))],
        ];
        foreach (var filter in Filters(new Random(seed)))
        {
            foreach (var edges in scales)
            {
                var bars = await rig.Register.Histogram(filter, edges, CancellationToken.None);
                var expected = edges.Zip(edges.Skip(1), (from, until) => all.Where(row => Matches(row, filter) && row.OccurredAt >= from && row.OccurredAt < until).ToList())
                    .Select((rows, place) => new RegisterBar(edges[place], rows.Count, rows.Count(row => row.Result == RegisterResult.Denied)));
                Assert.Equal(expected, bars);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-SIGN-15")]
    [Requirement("R-CON-04")]
    public async Task Whatever_is_asked_shows_the_rows_of_ones_scope_and_no_other(int seed)
    {
        await using var rig = await Filled(seed);
        var all = await rig.Rows();
        var midnight = new DateTimeOffset(2026, 5, 10, 15, 0, 0, TimeSpan.Zero);
        ImmutableArray<DateTimeOffset> days = [.. Enumerable.Range(0, 6).Select(day => midnight.AddDays(day))];
        var nothing = RegisterScope.Nothing;
        RegisterScope[] scopes =
        [
            nothing,
            nothing with { People = [new("S-0003")] },
            nothing with { Sections = ["総務課"] },
            nothing with { Firms = ["架空電設"] },
            nothing with { Firms = ["総務課"] },
            nothing with { Zones = [A.Room] },
            nothing with { Zones = [new("MED-1")], People = [new("S-0001")] },
            nothing with { Zones = [A.Room, new("MED-1")] },
            nothing with { Visits = true },
            nothing with { CurrentSince = midnight.AddDays(1), People = [new("S-0002")] },
        ];
        foreach (var scope in scopes)
        {
            var register = new EntryRegister(rig.Record, scope, rig.Meters, rig.Time);
            bool Shown(RegisterRow row) => scope.Shows(row.Zone, row.Person, row.SectionOrFirm, row.Category, row.OccurredAt);
            foreach (var filter in Filters(new Random(seed)))
            {
                var expected = all.Where(row => Matches(row, filter) && Shown(row)).OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.N).ToList();

                var page = await register.Page(filter, new RegisterPlace.Newest(), 500, CancellationToken.None);
                Assert.Equal(expected.Select(row => row.N), page.Rows.Select(row => row.N));
                Assert.Equal(expected.Count, await register.Count(filter, 10_000, CancellationToken.None));
                Assert.Equal(
                    expected.Count(row => row.OccurredAt >= days[0] && row.OccurredAt < days[^1]),
                    (await register.Histogram(filter, days, CancellationToken.None)).Sum(bar => bar.Rows));
                var written = new List<long>();
                await foreach (var row in register.All(filter, CancellationToken.None))
                {
                    written.Add(row.N);
                }

                Assert.Equal(expected.Select(row => row.N).Order(), written.Order());
            }

            foreach (var row in all)
            {
                Assert.Equal(Shown(row), await register.Find(row.N, CancellationToken.None) is not null);
            }

            var around = await register.Around(midnight, midnight.AddDays(9), 1000, CancellationToken.None);
            Assert.All(around.Where(line => all.Any(row => row.N == line.N)), line => Assert.True(Shown(all.Single(row => row.N == line.N))));
        }
    }

    [Fact]
    public async Task A_time_leads_to_the_newest_rows_that_had_happened_by_then()
    {
        await using var rig = await Filled(3);
        var all = await rig.Rows();
        var moment = all[all.Length / 2].OccurredAt;

        var page = await rig.Register.Page(RegisterFilter.None, new RegisterPlace.At(moment), 10, CancellationToken.None);

        Assert.Equal(all.Where(row => row.OccurredAt <= moment).OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.N).Take(10).Select(row => row.N), page.Rows.Select(row => row.N));
        Assert.True(page is { HasNewer: true, HasOlder: true });
    }

    [Theory]
    [InlineData("高橋")]
    [InlineData("髙橋")]
    [InlineData("たかはし")]
    [InlineData("タカハシ")]
    [InlineData("ﾀｶﾊｼ")]
    [InlineData("S-0217")]
    [InlineData("s-0217")]
    [InlineData("情報政策")]
    [InlineData("高橋 情報")]
    [InlineData("G-2026-0001")]
    public async Task People_are_found_however_their_names_are_typed(string words)
    {
        await using var rig = new ServiceRig();
        _ = await rig.Record.AppendAsync(new PersonRecorded(A.MondayNine, A.Person(), "test"), CancellationToken.None);
        _ = await rig.Record.AppendAsync(new PersonRecorded(A.MondayNine, A.Person("S-0300", "邊見 葵", "へんみ あおい", "総務課"), "test"), CancellationToken.None);
        _ = await rig.Record.AppendAsync(new GrantRecorded(A.MondayNine, A.Grant(), "test", "test"), CancellationToken.None);
        _ = await rig.Send(rig.Journal.Write([A.Granted(A.MondayNine), A.Denied(A.MondayNine.AddSeconds(1), person: "S-0300", card: 2)]));

        var row = Assert.Single(await rig.Rows(RegisterFilter.None with { Words = words }));

        Assert.Equal("S-0217", row.Person!.Value.Value);
    }

    [Theory]
    [InlineData("辺見", 1)]
    [InlineData("辺見 総務", 1)]
    [InlineData("辺見 情報", 0)]
    [InlineData("見", 1)]
    [InlineData("%", 0)]
    [InlineData("'); DROP TABLE view_register;--", 0)]
    public async Task All_words_must_be_found_and_no_word_is_a_statement(string words, int rows)
    {
        await using var rig = new ServiceRig();
        _ = await rig.Record.AppendAsync(new PersonRecorded(A.MondayNine, A.Person("S-0300", "邊見 葵", "へんみ あおい", "総務課"), "test"), CancellationToken.None);
        _ = await rig.Send(rig.Journal.Write([A.Granted(A.MondayNine), A.Denied(A.MondayNine.AddSeconds(1), person: "S-0300", card: 2)]));

        Assert.Equal(rows, (await rig.Rows(RegisterFilter.None with { Words = words })).Length);
    }

    [Fact]
    public async Task A_row_keeps_the_name_of_its_day()
    {
        await using var rig = new ServiceRig();
        _ = await rig.Record.AppendAsync(new PersonRecorded(A.MondayNine, A.Person(name: "旧姓 花子"), "test"), CancellationToken.None);
        _ = await rig.Send(rig.Journal.Write([A.Granted(A.MondayNine)]));
        _ = await rig.Record.AppendAsync(new PersonRecorded(A.MondayNine, A.Person(name: "新姓 花子"), "test"), CancellationToken.None);
        _ = await rig.Send(rig.Journal.Write([A.Granted(A.MondayNine.AddDays(1))]));

        Assert.Equal(["旧姓 花子", "新姓 花子"], (await rig.Rows(RegisterFilter.None with { Person = new PersonId("S-0217") })).OrderBy(row => row.N).Select(row => row.PersonName));
    }

    [Fact]
    public async Task Rebuilding_gives_every_view_the_same_content()
    {
        await using var rig = await Filled(5);
        var views = new RecordViews(rig.Record.TimeZone);
        await rig.Record.DisposeAsync();
        using (var log = RoomGuard.Evidence.EvidenceLog.Open(rig.Folders.LogSettings()))
        using (var connection = ServiceRecord.OpenForViews(rig.Folders.Record))
        {
            var before = views.Digests(connection);
            views.Rebuild(connection, log, null, CancellationToken.None);

            Assert.Equal(before, views.Digests(connection));
            Assert.True(before.Single(table => table.Table == "view_register").Rows > 100);
            Assert.True(before.Single(table => table.Table == "view_attention").Rows > 0);
        }

        await rig.Reopen();
    }

    private static async Task<List<long>> Walk(ServiceRig rig, RegisterFilter filter, RegisterPlace place, int rows, bool down)
    {
        var seen = new List<long>();
        while (true)
        {
            var page = await rig.Register.Page(filter, place, rows, CancellationToken.None);
            Assert.True(page.Rows.Length <= rows);
            var numbers = page.Rows.Select(row => row.N).ToList();
            seen = down ? [.. seen, .. numbers] : [.. numbers, .. seen];
            Assert.Equal(down ? seen.Count > numbers.Count : seen.Count > numbers.Count, down ? page.HasNewer : page.HasOlder);
            if (down ? !page.HasOlder : !page.HasNewer)
            {
                return seen;
            }

            var edge = down ? page.Rows[^1] : page.Rows[0];
            RegisterCursor cursor = new(edge.OccurredAt, edge.N);
            place = down ? new RegisterPlace.OlderThan(cursor) : new RegisterPlace.NewerThan(cursor);
        }
    }

    private static IEnumerable<RegisterFilter> Filters(Random chance)
    {
        var none = RegisterFilter.None;
        var day = A.MondayNine.AddHours(chance.Next(0, 48));
        return
        [
            none,
            none with { Door = A.Front },
            none with { Zone = A.Room },
            none with { Zone = new("MED-1"), Door = A.Front },
            none with { Zone = new("NOWHERE") },
            none with { Person = new PersonId("S-0003") },
            none with { Person = new PersonId("S-0003"), Reason = DenyReason.OutsideHours },
            none with { Results = [RegisterResult.Denied] },
            none with { Results = [RegisterResult.Granted, RegisterResult.Forced] },
            none with { Results = [RegisterResult.Forced, RegisterResult.HeldOpen], Door = A.Front },
            none with { Reason = DenyReason.CardUnknown },
            none with { Category = PersonCategory.Staff },
            none with { Category = PersonCategory.Contractor, From = day },
            none with { From = day, Until = day.AddHours(9) },
            none with { From = day, Until = day.AddHours(9), Results = [RegisterResult.Denied], Door = A.Front },
            none with { Words = "S-0003" },
            none with { Words = "架空", Results = [RegisterResult.Denied] },
            none with { Words = "S-0003", Person = new PersonId("S-0004") },
        ];
    }

    // The plain meaning of a filter, to hold the statements against.
    private static bool Matches(RegisterRow row, RegisterFilter filter) =>
        (filter.From is not { } from || row.OccurredAt >= from)
        && (filter.Until is not { } until || row.OccurredAt < until)
        && (filter.Zone is not { } zone || row.Zone == zone)
        && (filter.Door is not { } door || row.Door == door)
        && (filter.Results.IsEmpty || filter.Results.Contains(row.Result))
        && (filter.Reason is not { } reason || row.Reason == reason)
        && (filter.Category is not { } category || row.Category == category)
        && (filter.Person is not { } person || row.Person == person)
        && (filter.Words is not { } words || $"{row.Person} {row.PersonName} {row.SectionOrFirm}".Contains(words, StringComparison.Ordinal));

    private static async Task<ServiceRig> Filled(int seed)
    {
        var rig = new ServiceRig(seed);
        var chance = new Random(seed);
        for (var person = 0; person < 8; person++)
        {
            var category = person % 4 == 3 ? PersonCategory.Contractor : PersonCategory.Staff;
            _ = await rig.Record.AppendAsync(
                new PersonRecorded(A.MondayNine, A.Person($"S-{person:0000}", section: person % 4 == 3 ? "架空電設" : "総務課") with { Category = category }, "test"),
                CancellationToken.None);
        }

        var at = A.MondayNine;
        var events = new List<RecordedEvent>();
        for (var i = 0; i < 400; i++)
        {
            // Now and then several at one instant, and now and then one that reached us late.
            at = at.AddSeconds(chance.Next(0, 4) == 0 ? 0 : chance.Next(1, 900));
            events.Add(Something(chance, chance.Next(20) == 0 ? at.AddHours(-3) : at));
        }

        foreach (var part in events.Chunk(50))
        {
            _ = await rig.Send(rig.Journal.Write(part));
        }

        return rig;
    }

    private static RecordedEvent Something(Random chance, DateTimeOffset at)
    {
        var person = $"S-{chance.Next(10):0000}";
        var door = Doors[chance.Next(3)];
        var zone = door[..5];
        return chance.Next(10) switch
        {
            0 => A.Denied(at, DenyReason.OutsideHours, person, door, zone),
            1 => A.Denied(at, DenyReason.CardUnknown, null, door, zone, card: 99),
            2 => new DoorForced(at, new(door), new(zone), new(person)),
            3 => new DoorHeldOpen(at, new(door), new(zone), 30_000, false, 1, new(person)),
            4 => new DoorClosed(at, new(door), 1000),
            5 => new ExitByButton(at, new(door), new(zone)),
            6 => A.Entered(at, person),
            7 => A.Left(at, person),
            8 => new DoorOpened(at, new(door), OpeningCause.Entry, new(person)),
            _ => A.Granted(at, person, door, zone),
        };
    }
}
