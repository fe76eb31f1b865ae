using System.Runtime.CompilerServices;
using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Alarms;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Alarms;
using RoomGuard.Service.Notices;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;

namespace RoomGuard.UnitTests.Service.Alarms;

/// <summary>Alarms over a real record: raised by entries, seen by people, told in order, the same after a restart.</summary>
public sealed class AlarmDeskTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    [Requirement("R-ENV-11")]
    public async Task An_alarm_is_acknowledged_by_a_named_person_with_a_note_and_its_cause_stays()
    {
        await using var rig = await CaseRig.Begin();
        var id = await Raise(rig, new UpsLost(Now(rig), "ups-1", null, "no answer", false));
        var desk = Desk(rig);

        Assert.Equal(FieldFault.Required, Assert.Single((await desk.Acknowledge(new(id, " ", false, []), rig.As(CaseRig.Facility), Never)).Problems).Fault);
        Assert.True((await desk.Acknowledge(new(id, "現地で表示を確かめた", false, []), rig.As(CaseRig.Facility), Never)).Ok);
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await desk.Acknowledge(new(id, "もう一度", false, []), rig.As(CaseRig.Manager), Never)).Problems).Fault);

        var line = Assert.Single((await desk.Board(AlarmFilter.None, rig.As(CaseRig.Facility), Never)).Open);
        Assert.Equal((AlarmState.Acknowledged, "架空 施子", "現地で表示を確かめた"), (line.Alarm.State, line.AcknowledgedBy, line.Alarm.Acknowledged!.Note));
        await rig.Write(new UpsFound(Now(rig), "ups-1", 60));
        Assert.Empty((await desk.Board(AlarmFilter.None, rig.As(CaseRig.Facility), Never)).Open);
        Assert.Equal(id, Assert.Single((await desk.Board(AlarmFilter.None with { Show = AlarmShow.History }, rig.As(CaseRig.Facility), Never)).History).Alarm.Id);
        Assert.Equal(["ups.lost", "alarm.acknowledged", "ups.found"], (await desk.File(id, rig.As(CaseRig.Facility), Never))!.Story.Select(entry => RecordKinds.Of(entry.Event)));
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task Who_may_acknowledge_follows_the_two_rows_of_the_matrix()
    {
        await using var rig = await CaseRig.Begin();
        var power = await Raise(rig, new UpsLost(Now(rig), "ups-1", null, "no answer", false));
        var door = await Raise(rig, Forced(rig));
        var desk = Desk(rig);

        foreach (var (person, seesPower, doesPower, seesDoor, doesDoor) in new[]
        {
            (CaseRig.Facility, true, true, false, false), (CaseRig.Operator, true, true, true, true), (CaseRig.Security, false, false, true, true), (CaseRig.Supervisor, true, false, true, true),
            (CaseRig.Audits, true, false, true, false), (CaseRig.Chief, false, false, true, false), (CaseRig.Staff, false, false, false, false),
        })
        {
            var by = rig.As(person);
            Assert.Equal((seesPower, seesDoor), (await desk.File(power, by, Never) is not null, await desk.File(door, by, Never) is not null));
            Assert.Equal(new[] { seesPower, seesDoor }.Count(sees => sees), (await desk.Board(AlarmFilter.None, by, Never)).Open.Length);
            foreach (var (id, sees, does) in new[] { (power, seesPower, doesPower), (door, seesDoor, doesDoor) })
            {
                var done = await desk.HandOver(id, new(CaseRig.Operator), "", by, Never);
                Assert.Equal(FieldFault.Required, Assert.Single(done.Problems).Fault);
                var tried = await desk.Shelve(id, Now(rig).AddDays(9), "試し", by, Never);
                Assert.Equal(sees && !does, tried.Refusal is not null);
                Assert.False(tried.Ok);
            }
        }

        Assert.Contains("act.refused", rig.Service.Kinds());
    }

    [Fact]
    [Requirement("R-MON-04")]
    [Requirement("R-INC-13")]
    public async Task Contacts_are_told_in_order_each_once_even_across_a_restart_and_no_notice_names_a_person()
    {
        await using var rig = await CaseRig.Begin();
        var id = await Raise(rig, Forced(rig));
        var sent = new Sent();
        await Look(rig, sent);
        await Look(rig, sent);
        rig.Service.Time.Advance(TimeSpan.FromMinutes(9.9));
        await Look(rig, sent);
        Assert.Equal(["SEC"], sent.Due.Select(due => due.ContactId));

        // The program stops and starts: the clock goes on, and what was told is offered again under its own number.
        rig.Service.Time.Advance(TimeSpan.FromMinutes(0.2));
        var again = Watch(rig, sent);
        await again.BeginAsync(Never);
        Assert.True(await again.LookAsync(Never));

        Assert.Equal(["SEC", "SEC", "SYS"], sent.Due.Select(due => due.ContactId));
        Assert.Equal(sent.Due[0].NoticeId, sent.Due[1].NoticeId);
        for (var times = 0; times < 4; times++)
        {
            rig.Service.Time.Advance(TimeSpan.FromMinutes(11));
            await Look(rig, sent);
        }

        Assert.Equal(["SEC", "SEC", "SYS", "OPS", "SUP", "CHIEF"], sent.Due.Select(due => due.ContactId));
        Assert.All(sent.Due, due => Assert.Equal((id, "door-forced", "SRV-1", AlarmLevel.Emergency), (due.AlarmId, due.Kind, due.ZoneId, due.Level)));
        Assert.DoesNotContain("S-0217", JsonSerializer.Serialize(sent.Due), StringComparison.Ordinal);
        Assert.Equal(4, rig.Service.Kinds().Count(kind => kind == "alarm.noticed"));
    }

    [Fact]
    [Requirement("R-MON-04")]
    public async Task A_notice_the_queue_cannot_take_is_offered_until_it_can()
    {
        await using var rig = await CaseRig.Begin();
        _ = await Raise(rig, Forced(rig));
        var sent = new Sent { Full = true };
        var watch = Watch(rig, sent);
        Assert.False(await watch.LookAsync(Never));
        sent.Full = false;
        Assert.True(await watch.LookAsync(Never));

        Assert.Equal("SEC", Assert.Single(sent.Due).ContactId);
    }

    [Fact]
    public async Task A_shelved_alarm_comes_back_by_itself_and_is_told_from_the_beginning()
    {
        await using var rig = await CaseRig.Begin();
        var id = await Raise(rig, new UpsLost(Now(rig), "ups-1", null, "no answer", false));
        var desk = Desk(rig);
        var by = rig.As(CaseRig.Facility);
        Assert.Equal(FieldFault.OutOfRange, Assert.Single((await desk.Shelve(id, Now(rig).AddHours(5), "部品待ち", by, Never)).Problems).Fault);
        Assert.True((await desk.Shelve(id, Now(rig).AddHours(2), "部品待ち", by, Never)).Ok);

        var sent = new Sent();
        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        await Look(rig, sent);
        Assert.Empty(sent.Due);
        Assert.Equal(id, Assert.Single((await desk.Board(AlarmFilter.None with { Area = AlarmArea.Visitors }, by, Never)).Shelved).Alarm.Id);
        Assert.Equal((0, 1), ((await desk.Head(by, Never)).Unacknowledged, (await desk.Head(by, Never)).Shelved));

        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        await Look(rig, sent);
        rig.Service.Time.Advance(TimeSpan.FromMinutes(1));
        await Look(rig, sent);
        Assert.Equal(["FAC"], sent.Due.Select(due => due.ContactId));
        Assert.Contains("alarm.unshelved", rig.Service.Kinds());

        var forced = await Raise(rig, Forced(rig));
        Assert.Equal(FieldFault.NeverShelved, Assert.Single((await desk.Shelve(forced, Now(rig).AddHours(1), "静かに", rig.As(CaseRig.Operator), Never)).Problems).Fault);
    }

    [Fact]
    public async Task Under_service_nobody_is_told_and_at_its_end_what_still_stands_is()
    {
        await using var rig = await CaseRig.Begin();
        var desk = new MaintenanceDesk(rig.Service.Record, rig.Service.Settings, rig.Service.States, rig.Guard, rig.Service.Turn, rig.Service.Time);
        var form = new MaintenanceForm(null, "ups-1", new(CaseRig.Facility), Now(rig).AddHours(2), "蓄電池の交換");
        Assert.Equal(FieldFault.Unknown, Assert.Single((await desk.Begin(form, rig.As(CaseRig.Facility), Never)).Problems).Fault);

        var id = await Raise(rig, new UpsLost(Now(rig), "ups-1", null, "no answer", false));
        Assert.NotNull((await desk.Begin(form, rig.As(CaseRig.Security), Never)).Refusal);
        var begun = await desk.Begin(form, rig.As(CaseRig.Facility), Never);
        Assert.True(begun.Ok);
        var sent = new Sent();
        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        await Look(rig, sent);
        Assert.Empty(sent.Due);
        Assert.Equal("MT-0001", Assert.Single((await Desk(rig).Board(AlarmFilter.None, rig.As(CaseRig.Facility), Never)).KeptBack).KeptBack!.By);

        Assert.True((await desk.End(begun.Id!, "交換した", rig.As(CaseRig.Facility), Never)).Ok);
        await Look(rig, sent);
        Assert.Equal((id, "FAC"), (sent.Due[0].AlarmId, sent.Due[0].ContactId));
    }

    [Fact]
    [Requirement("R-MON-04")]
    public async Task A_site_writes_down_its_own_contacts_and_lists_and_only_those_who_answer_for_them_may()
    {
        await using var rig = await CaseRig.Begin();
        var desk = new AlarmContactDesk(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);
        var manager = rig.As(CaseRig.Manager);
        Assert.NotNull((await desk.SetContact(new("", "庁舎管理 当番", []), "年度替わり", rig.As(CaseRig.Facility), Never)).Refusal);
        Assert.Equal(FieldFault.UnreadableLine, Assert.Single((await desk.SetContact(new("", "庁舎管理 当番", ["http://elsewhere.example/"]), "年度替わり", manager, Never)).Problems).Fault);
        var duty = await desk.SetContact(new("", "庁舎管理 当番", ["mailto:toban@kakuu.example", "webhook:duty"]), "年度替わり", manager, Never);
        Assert.Equal("C-0001", duty.Id);

        Assert.Equal(FieldFault.Unknown, Assert.Single((await desk.SetList(new("Power", A.Room, [new("C-0009", 0)]), "試し", manager, Never)).Problems).Fault);
        Assert.Equal(FieldFault.OutOfRange, Assert.Single((await desk.SetList(new("Power", A.Room, [new("C-0001", 5)]), "試し", manager, Never)).Problems).Fault);
        Assert.True((await desk.SetList(new("Power", A.Room, [new("C-0001", 0), new("SYS", 20)]), "年度替わり", manager, Never)).Ok);

        await rig.Write(new ReserveShort(Now(rig), A.Room, "srv-1", 1, 300, 600, 1.2));
        var sent = new Sent();
        rig.Service.Time.Advance(TimeSpan.FromMinutes(1));
        await Look(rig, sent);
        rig.Service.Time.Advance(TimeSpan.FromMinutes(19.9));
        await Look(rig, sent);
        rig.Service.Time.Advance(TimeSpan.FromMinutes(1));
        await Look(rig, sent);
        Assert.Equal(["C-0001", "SYS"], sent.Due.Select(due => due.ContactId));
    }

    [Fact]
    [Requirement("R-DRILL-02")]
    public async Task A_drill_tells_the_chain_and_is_marked_as_one_everywhere()
    {
        await using var rig = await CaseRig.Begin();
        var desk = new AlarmContactDesk(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);
        Assert.NotNull((await desk.Drill(A.Room, AlarmLevel.Important, "毎月の訓練", rig.As(CaseRig.Operator), Never)).Refusal);
        var drill = await desk.Drill(A.Room, AlarmLevel.Important, "毎月の訓練", rig.As(CaseRig.Manager), Never);
        Assert.Equal(FieldFault.AlreadyExists, Assert.Single((await desk.Drill(A.Room, AlarmLevel.Important, "もう一度", rig.As(CaseRig.Manager), Never)).Problems).Fault);
        var sent = new Sent();
        rig.Service.Time.Advance(TimeSpan.FromMinutes(1));
        await Look(rig, sent);

        Assert.Equal((drill.Id, NoticeCause.Test), (sent.Due[0].AlarmId, sent.Due[0].Cause));
        Assert.True((await Desk(rig).File(drill.Id!, rig.As(CaseRig.Operator), Never))!.Line.Alarm.IsDrill);
        Assert.Equal(0, (await Desk(rig).Figures(new(2026, 5, 1), rig.As(CaseRig.Operator), Never)).Total);
    }

    [Fact]
    public async Task A_door_found_closed_by_a_bridge_that_started_anew_is_no_longer_open()
    {
        await using var rig = await CaseRig.Begin();
        _ = await rig.Service.Send(rig.Service.Journal.Write(new DoorHeldOpen(Now(rig), A.Front, A.Room, 90_000, true, 3, null)));
        rig.Service.Time.Advance(TimeSpan.FromMinutes(1));
        rig.Service.States.Hear(new("bridge-1"), A.State(Now(rig)) with { Doors = [new(A.Front, LeafState.Closed, Now(rig), false, false, false, true)] });
        await Look(rig, new());

        Assert.Equal(AlarmState.ReturnedUnacknowledged, Assert.Single(rig.Service.Ask(AlarmRows.AllOpen)).State);
        Assert.Contains("alarm.cause-over", rig.Service.Kinds());
    }

    [Fact]
    public async Task Alarms_of_one_cause_are_acknowledged_together_where_the_page_offered_them()
    {
        await using var rig = await CaseRig.Begin();
        var first = await Raise(rig, new UpsLost(Now(rig), "ups-1", null, "no answer", false));
        var second = await Raise(rig, new UpsLost(Now(rig), "ups-2", null, "no answer", false));
        rig.Service.Time.Advance(TimeSpan.FromMinutes(30));
        var later = await Raise(rig, new UpsLost(Now(rig), "ups-3", null, "no answer", false));
        Assert.True((await Desk(rig).Acknowledge(new(first, "変換器の停止", false, [second, later]), rig.As(CaseRig.Facility), Never)).Ok);

        Assert.Equal([later], rig.Service.Ask(AlarmRows.AllOpen).Where(alarm => alarm.IsUnacknowledged).Select(alarm => alarm.Id));
        Assert.Equal(first, (await Desk(rig).File(second, rig.As(CaseRig.Facility), Never))!.Line.First);
    }

    [Fact]
    [Requirement("R-LOG-10")]
    public async Task An_entry_of_before_alarms_had_a_life_still_counts_as_seen()
    {
        await using var rig = await CaseRig.Begin();
        var n = await rig.Write(Forced(rig));
        await rig.Write(new AttentionHandled(Now(rig), n, "扉を閉めた", CaseRig.Operator));

        Assert.Equal("扉を閉めた", rig.Service.Ask(db => AlarmRows.One(db, AlarmMachine.IdOf(n)))!.Acknowledged!.Note);
    }

    [Fact]
    public async Task The_alarms_made_again_from_the_record_are_the_same()
    {
        await using var rig = await CaseRig.Begin();
        foreach (var file in Directory.GetFiles(Golden()).Order(StringComparer.Ordinal))
        {
            await rig.Write(RecordJson.ParseEvent(await System.IO.File.ReadAllBytesAsync(file)));
        }

        var before = Tables(rig);
        await rig.Service.Record.DisposeAsync();
        using (var connection = ServiceRecord.OpenForViews(rig.Service.Folders.Record))
        {
            using var spoil = connection.CreateCommand();
            spoil.CommandText = "UPDATE view_about SET form = 0";
            _ = spoil.ExecuteNonQuery();
        }

        await rig.Service.Reopen();
        Assert.Equal(before, Tables(rig));
        Assert.Contains(before, table => table is { Table: "view_alarms", Rows: > 10 });
    }

    // What 状況 calls an emergency is an alarm that somebody is told of.
    [Fact]
    public async Task Whatever_is_urgent_on_the_first_page_is_an_alarm()
    {
        await using var rig = await CaseRig.Begin();
        foreach (var file in Directory.GetFiles(Golden()).Order(StringComparer.Ordinal))
        {
            var n = await rig.Write(RecordJson.ParseEvent(await System.IO.File.ReadAllBytesAsync(file)));
            if (rig.Service.Ask(db => db.Value("SELECT urgency FROM view_attention WHERE n = $1", n)) is long urgency && (Urgency)urgency is Urgency.Emergency)
            {
                Assert.True(rig.Service.Ask(db => db.Value("SELECT 1 FROM view_alarm_story WHERE n = $1", n)) is not null, Path.GetFileName(file));
            }
        }
    }

    private static TableDigest[] Tables(CaseRig rig)
    {
        using var connection = ServiceRecord.OpenForViews(rig.Service.Folders.Record);
        return [.. new RecordViews(rig.Service.Settings.TimeZone).Digests(connection).Where(table => table.Table.StartsWith("view_alarm", StringComparison.Ordinal) || table.Table == "view_maintenance")];
    }

    private static string Golden([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Core", "Record", "Golden");

    private static DateTimeOffset Now(CaseRig rig) => rig.Service.Time.GetUtcNow();

    private static DoorForced Forced(CaseRig rig) => new(Now(rig), A.Front, A.Room, new(CaseRig.Staff));

    private static async Task<string> Raise(CaseRig rig, RecordedEvent item) => AlarmMachine.IdOf(await rig.Write(item));

    private static AlarmDesk Desk(CaseRig rig) => new(rig.Service.Record, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);

    private static AlarmWatch Watch(CaseRig rig, Sent sent) => new(rig.Service.Record, rig.Service.Turn, rig.Service.States, sent, rig.Service.Time);

    private static async Task Look(CaseRig rig, Sent sent)
    {
        var watch = Watch(rig, sent);
        Assert.True(await watch.LookAsync(Never));
    }

    /// <summary>Keeps what is handed on.</summary>
    private sealed class Sent : INotices
    {
        public List<NoticeDue> Due { get; } = [];

        public bool Full { get; set; }

        public ValueTask Enqueue(NoticeDue notice, CancellationToken stop = default)
        {
            if (Full)
            {
                throw new IOException("The disk is full.");
            }

            Due.Add(notice);
            return ValueTask.CompletedTask;
        }
    }
}
