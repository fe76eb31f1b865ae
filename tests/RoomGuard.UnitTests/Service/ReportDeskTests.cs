using System.Text.Json.Nodes;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Now;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service;

public sealed class ReportDeskTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-RED-02")]
    public async Task Repeated_overlapping_and_overtaking_reports_give_each_entry_once_and_in_order(int seed)
    {
        await using var rig = new ServiceRig(seed);
        var chance = new Random(seed);
        var all = rig.Journal.Write(Enumerable.Range(0, 60).Select(i => (RecordedEvent)A.Granted(A.MondayNine.AddSeconds(i), card: i + 1)));

        var next = 0L;
        for (var round = 0; round < 400 && next < all.Length; round++)
        {
            // The sender may be behind or ahead of what it was last told, as after a lost answer or a retry that was overtaken.
            var from = Math.Clamp(next + chance.Next(-8, 3), 0, all.Length - 1);
            var batch = all.Skip((int)from).Take(chance.Next(1, 10)).ToArray();
            var answer = await rig.Send(batch);
            Assert.True(answer.NextSeq >= next, "nothing acknowledged is ever asked for again");
            if (from > next)
            {
                Assert.Equal(next, answer.NextSeq);
                answer = await rig.Send([.. all.Skip((int)next).Take(3)]);
            }

            next = answer.NextSeq;
        }

        var rows = await rig.Rows();
        Assert.Equal(all.Length, next);
        Assert.Equal(Enumerable.Range(1, 60).Select(A.Digest), rows.OrderBy(row => row.N).Select(row => row.CardDigest!.Value));
        Assert.DoesNotContain("panel.hole", rig.Kinds());
    }

    [Fact]
    [Requirement("R-RED-02")]
    public async Task A_report_sent_twice_at_once_is_applied_once()
    {
        await using var rig = new ServiceRig();
        var entries = rig.Journal.Write(Enumerable.Range(0, 20).Select(i => (RecordedEvent)A.Granted(A.MondayNine.AddSeconds(i))));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rig.Send(entries)));

        Assert.All(answers, answer => Assert.Equal(20, answer.NextSeq));
        Assert.Equal(20, rig.Kinds().Count(kind => kind == "door.granted"));
    }

    [Fact]
    [Requirement("R-RED-02")]
    public async Task After_a_restart_the_service_goes_on_where_it_was()
    {
        await using var rig = new ServiceRig();
        var entries = rig.Journal.Write(Enumerable.Range(0, 10).Select(i => (RecordedEvent)A.Granted(A.MondayNine.AddSeconds(i))));
        _ = await rig.Send(entries[..6]);

        await rig.Reopen();

        Assert.Equal(10, (await rig.Send(entries)).NextSeq);
        Assert.Equal(10, rig.Kinds().Count(kind => kind == "door.granted"));
    }

    [Fact]
    [Requirement("R-DOOR-02")]
    public async Task A_hole_that_stays_is_recorded_and_needs_a_hand()
    {
        await using var rig = new ServiceRig();
        var entries = rig.Journal.Write(Enumerable.Range(0, 10).Select(i => (RecordedEvent)A.Granted(A.MondayNine.AddSeconds(i))));
        _ = await rig.Send(entries[..3]);

        Assert.Equal(3, (await rig.Send(entries[5..])).NextSeq);
        Assert.Equal(10, (await rig.Send(entries[5..])).NextSeq);

        var hole = Assert.IsType<ReportHole>((await rig.Register.Find(3, CancellationToken.None))!.Event);
        Assert.Equal((3, 5, "hole"), (hole.Expected, hole.Found, hole.Kind));
        Assert.Equal((long)AttentionKind.RecordHole, rig.Ask(db => db.Value("SELECT kind FROM view_attention")));
        Assert.Equal(8, (await rig.Rows()).Length);
    }

    [Theory]
    [InlineData("payload")]
    [InlineData("salt")]
    [InlineData("envelope")]
    [InlineData("number")]
    [Requirement("R-DOOR-02")]
    public async Task An_entry_that_is_not_the_one_committed_to_is_not_believed(string what)
    {
        await using var rig = new ServiceRig();
        var entries = rig.Journal.Write(Enumerable.Range(0, 3).Select(i => (RecordedEvent)A.Granted(A.MondayNine.AddSeconds(i), card: i + 1)));
        entries[1] = what switch
        {
            "payload" => entries[1] with { Payload = entries[1].Payload.Replace("S-0217", "S-0218", StringComparison.Ordinal) },
            "salt" => entries[1] with { Salt = entries[0].Salt },
            "envelope" => entries[1] with { Envelope = entries[1].Envelope.Replace("door.granted", "door.denied", StringComparison.Ordinal) + " " },
            _ => entries[1] with { Envelope = entries[0].Envelope, Payload = entries[0].Payload, Salt = entries[0].Salt },
        };

        Assert.Equal(3, (await rig.Send(entries)).NextSeq);

        Assert.Equal(["door.granted", "panel.hole", "door.granted"], rig.Kinds());
        Assert.Equal("content", Assert.IsType<ReportHole>((await rig.Register.Find(1, CancellationToken.None))!.Event).Kind);
    }

    [Fact]
    [Requirement("R-DOOR-02")]
    public async Task An_entry_that_does_not_join_the_one_before_is_kept_and_told()
    {
        await using var rig = new ServiceRig();
        using var forged = new BridgeJournal(rig, "bridge-1", "other");
        var real = rig.Journal.Write([A.Granted(A.MondayNine), A.Granted(A.MondayNine.AddSeconds(1))]);
        var other = forged.Write([A.Granted(A.MondayNine, card: 9), A.Granted(A.MondayNine.AddSeconds(1), card: 9), A.Granted(A.MondayNine.AddSeconds(2), card: 9)]);

        Assert.Equal(3, (await rig.Send(real[0], real[1], other[2])).NextSeq);

        Assert.Equal(["door.granted", "door.granted", "panel.hole", "door.granted"], rig.Kinds());
        Assert.Equal("chain", Assert.IsType<ReportHole>((await rig.Register.Find(2, CancellationToken.None))!.Event).Kind);
    }

    [Fact]
    public async Task A_new_journal_of_the_same_bridge_is_told_and_then_followed()
    {
        await using var rig = new ServiceRig();
        using var second = new BridgeJournal(rig, "bridge-1", "second");
        _ = await rig.Send(rig.Journal.Write([A.Granted(A.MondayNine)]));

        var answer = await rig.Desk.ReceiveAsync(second.Report(second.Write([A.Granted(A.MondayNine.AddSeconds(9))])), CancellationToken.None);

        Assert.Equal(1, answer.NextSeq);
        Assert.Equal(["door.granted", "panel.hole", "door.granted"], rig.Kinds());
    }

    [Fact]
    [Requirement("R-TIME-03")]
    public async Task Every_entry_keeps_the_device_time_and_the_receiving_time()
    {
        await using var rig = new ServiceRig();
        var entry = rig.Journal.Write([A.Granted(A.MondayNine)]);
        rig.Time.Advance(TimeSpan.FromHours(3));

        _ = await rig.Send(entry);

        var row = Assert.Single(await rig.Rows());
        Assert.Equal((A.MondayNine, A.MondayNine.AddHours(3)), (row.OccurredAt, row.ReceivedAt));
        var found = await rig.Register.Find(row.N, CancellationToken.None);
        Assert.Equal((rig.Journal.Origin, 0L, true), (found!.Chain.Source, found.Chain.SourceSeq, found.Chain.Checked));
    }

    [Fact]
    public async Task A_kind_of_a_later_version_is_kept_in_the_record_and_loses_nothing_after_it()
    {
        await using var rig = new ServiceRig();
        var log = RoomGuard.Evidence.EvidenceLog.Open(new(Path.Combine(rig.Folder, "later.db"), "kakuu-1/bridge-1/later", "bridge-1", rig.RandomBytes, rig.Time));
        var stored = log.Append([new("door.teleported", A.MondayNine, "{\"event\":\"door.teleported\",\"occurredAt\":\"2026-05-11T00:00:00+00:00\"}"u8.ToArray())])[0];
        log.Dispose();
        var entry = new ReportEntry(0, System.Text.Encoding.UTF8.GetString(stored.Envelope), System.Text.Encoding.UTF8.GetString(stored.Payload!), Convert.ToBase64String(stored.Salt!));

        Assert.Equal(1, (await rig.Desk.ReceiveAsync(rig.Journal.Report(entry) with { Journal = "kakuu-1/bridge-1/later" }, CancellationToken.None)).NextSeq);

        Assert.Equal("door.teleported", Assert.Single(rig.Kinds()));
        Assert.Equal("door.teleported", JsonNode.Parse(rig.Record.Read(0, 1)[0].Payload!)!["event"]!["event"]!.GetValue<string>());
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public async Task The_exit_fills_the_row_of_the_entry_it_belongs_to()
    {
        await using var rig = new ServiceRig();
        _ = await rig.Record.AppendAsync(new RoomGuard.Core.People.PersonRecorded(A.MondayNine, A.Person(), "test"), CancellationToken.None);
        _ = await rig.Send(rig.Journal.Write(
        [
            A.Granted(A.MondayNine),
            A.Entered(A.MondayNine.AddSeconds(3)),
            new ExitBadged(A.MondayNine.AddMinutes(40), A.Front, A.Room, new("reader-2"), new("S-0217"), null, A.Digest(1)),
            A.Left(A.MondayNine.AddMinutes(40).AddSeconds(2)),
        ]));

        var rows = await rig.Rows();
        Assert.Equal([RegisterResult.Granted, RegisterResult.Released], rows.Select(row => row.Result));
        Assert.Equal(("髙橋 翔太", true, TimeSpan.FromMinutes(40) - TimeSpan.FromSeconds(1)), (rows[0].PersonName, rows[0].Opened, rows[0].Stay));
        Assert.Equal(0L, rig.Ask(db => db.Value("SELECT count(*) FROM view_presence")));
    }
}
