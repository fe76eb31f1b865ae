using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Notices;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.Notices;

/// <summary>What becomes of a notice, as stories in virtual time.</summary>
public class NoticePostTests
{
    [Fact]
    [Requirement("R-MON-04")]
    public async Task A_notice_goes_to_the_contact_by_the_first_channel_and_into_the_record_once()
    {
        await using var rig = new NoticeRig();
        await rig.Take(rig.Due());
        await rig.Work();
        await rig.Pass(TimeSpan.FromMinutes(5));

        var (letter, to) = Assert.Single(rig.Mail.Heard);
        Assert.Equal(("N-1", "duty@kakuu.example"), (letter.Id, to));
        Assert.Empty(rig.Desk.Heard);
        Assert.Equal(
            new NoticeSent(NoticeStart, "N-1", "AL-1", "temperature-high", new("SRV-1"), AlarmLevel.Important, NoticeCause.Raised, NoticeRig.Contact, "mail", null, 1),
            Assert.Single(rig.Recorded.OfType<NoticeSent>()));
    }

    [Fact]
    public async Task A_notice_handed_over_again_is_sent_once_also_after_a_restart()
    {
        await using var rig = new NoticeRig();
        await rig.Take(rig.Due(), rig.Due());
        await rig.Work();
        await rig.Take(rig.Due());
        await rig.Restart();
        await rig.Take(rig.Due() with { Kind = "leak" });
        await rig.Work();

        Assert.Single(rig.Mail.Heard);
        Assert.Single(rig.Recorded.OfType<NoticeSent>());
    }

    [Fact]
    [Requirement("R-INC-13")]
    public async Task A_notice_one_channel_refuses_goes_by_the_next_at_once()
    {
        await using var rig = new NoticeRig();
        rig.Mail.Answers(ScriptedLine.Refuses);
        await rig.Take(rig.Due());
        await rig.Work();

        Assert.Single(rig.Mail.Heard);
        Assert.Single(rig.Desk.Heard);
        Assert.True(Assert.Single(rig.Recorded.OfType<NoticeSent>()) is { Channel: "desk", Tries: 2 });
    }

    [Fact]
    [Requirement("R-INC-13")]
    public async Task A_channel_that_is_down_is_knocked_at_less_and_less_and_after_two_minutes_the_next_one_is_used()
    {
        await using var rig = new NoticeRig();
        rig.Mail.Usually = ScriptedLine.Down;
        await rig.Take(rig.Due("N-1"), rig.Due("N-2"), rig.Due("N-3"));
        await rig.Work();
        await rig.Pass(TimeSpan.FromSeconds(110), TimeSpan.FromSeconds(1));

        Assert.Empty(rig.Desk.Heard);
        Assert.InRange(rig.Mail.Heard.Count, 4, 12);
        await rig.Pass(TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(1));
        Assert.Equal(["N-1", "N-2", "N-3"], rig.Desk.Ids.Order());
        Assert.Equal(3, rig.Recorded.OfType<NoticeSent>().Count());
        Assert.NotNull(rig.Store.Memory("mail").FailingSince);
        Assert.Equal("connection refused", rig.Store.Memory("mail").Fault);
    }

    [Fact]
    public async Task A_channel_no_waiting_helps_is_left_at_once_and_tried_again_for_the_next_notice()
    {
        await using var rig = new NoticeRig();
        rig.Mail.Answers(new NoticeDelayed("the relay does not offer STARTTLS, so nothing was sent", WholeChannel: true, GoOn: true));
        await rig.Take(rig.Due("N-1"));
        await rig.Work();
        Assert.Equal(["N-1"], rig.Desk.Ids);

        await rig.Pass(TimeSpan.FromMinutes(2));
        await rig.Take(rig.Due("N-2"));
        await rig.Work();
        Assert.Equal(["N-1", "N-2"], rig.Mail.Ids);
        Assert.Null(rig.Store.Memory("mail").FailingSince);
    }

    [Fact]
    [Requirement("R-INC-13")]
    public async Task A_notice_every_channel_refuses_is_given_up_and_needs_a_hand()
    {
        await using var rig = new NoticeRig();
        rig.Mail.Usually = rig.Desk.Usually = ScriptedLine.Refuses;
        await rig.Take(rig.Due());
        await rig.Work();
        await rig.Pass(TimeSpan.FromMinutes(10));

        var given = Assert.Single(rig.Recorded.OfType<NoticeGivenUp>());
        Assert.True(given is { Notice: "N-1", Contact: NoticeRig.Contact, Channel: "desk", Tries: 2 }, given.ToString());
        Assert.DoesNotContain("@", given.Why, StringComparison.Ordinal);
        Assert.Equal(1L, rig.Record.Readers.AskNow(db => db.Value("SELECT count(*) FROM view_attention WHERE kind = $1 AND subject = 'N-1'", (long)AttentionKind.NoticeGivenUp)));
    }

    [Fact]
    public async Task A_notice_nothing_takes_in_its_time_is_given_up_and_was_tried_all_the_while_at_both_channels()
    {
        await using var rig = new NoticeRig(NoticeRig.SettingsOf() with { KeepFor = TimeSpan.FromHours(1) });
        rig.Mail.Usually = rig.Desk.Usually = ScriptedLine.Down;
        await rig.Take(rig.Due());
        await rig.Work();
        await rig.Pass(TimeSpan.FromMinutes(59), TimeSpan.FromSeconds(20));
        Assert.Empty(rig.Recorded.OfType<NoticeGivenUp>());
        Assert.True(rig.Mail.Heard.Count > 15 && rig.Desk.Heard.Count > 15, $"{rig.Mail.Heard.Count}, {rig.Desk.Heard.Count}");

        await rig.Pass(TimeSpan.FromMinutes(12), TimeSpan.FromSeconds(20));
        Assert.Equal("not taken within 1 h; the last try: connection refused", Assert.Single(rig.Recorded.OfType<NoticeGivenUp>()).Why);
    }

    [Fact]
    [Requirement("R-MON-04")]
    public async Task What_waits_outlives_a_restart_and_goes_out_after_it()
    {
        await using var rig = new NoticeRig();
        rig.Mail.Usually = ScriptedLine.Down;
        await rig.Take(rig.Due("N-1"), rig.Due("N-2"));
        await rig.Work();
        await rig.Restart();
        rig.Mail.Usually = new NoticeTaken();
        await rig.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(["N-1", "N-2"], rig.Recorded.OfType<NoticeSent>().Select(sent => sent.Notice).Order());
        Assert.Equal((0, null), rig.Store.Standing());
    }

    [Fact]
    public async Task A_try_whose_end_is_not_known_is_repeated_under_the_same_id()
    {
        await using var rig = new NoticeRig();
        rig.Mail.Answers(new NoticeDelayed("the connection broke after the message, so what became of it is not known", WholeChannel: false));
        await rig.Take(rig.Due());
        await rig.Work();
        await rig.Pass(TimeSpan.FromSeconds(30));

        Assert.Equal(["N-1", "N-1"], rig.Mail.Heard.Select(one => one.Letter.Id));
        Assert.True(Assert.Single(rig.Recorded.OfType<NoticeSent>()) is { Tries: 2 });
    }

    [Fact]
    public async Task A_kill_between_the_entry_and_its_mark_makes_no_second_entry()
    {
        await using var rig = new NoticeRig();
        await rig.Take(rig.Due("N-1"), rig.Due("N-2"));
        var taken = rig.Store.Waiting(10).Select(one => one with { State = NoticeState.Sent, EndedAt = rig.Time.GetUtcNow(), Tries = 1 }).ToList();
        rig.Store.Tried(taken, "mail", null, wholeChannel: false, rig.Time.GetUtcNow());
        _ = await rig.Record.AppendAsync(
            new NoticeSent(rig.Time.GetUtcNow(), "N-1", "AL-1", "temperature-high", new("SRV-1"), AlarmLevel.Important, NoticeCause.Raised, NoticeRig.Contact, "mail", null, 1), CancellationToken.None);
        await rig.Restart();
        await rig.Work();

        Assert.Equal(["N-1", "N-2"], rig.Recorded.OfType<NoticeSent>().Select(sent => sent.Notice));
    }

    [Fact]
    public async Task A_flood_goes_out_together_the_most_urgent_first_and_nothing_of_it_is_lost_or_doubled()
    {
        await using var rig = new NoticeRig(NoticeRig.SettingsOf(perMinute: 10));
        await rig.Take(Enumerable.Range(0, 350).Select(at => rig.Due($"N-{at:000}", at % 50 == 7 ? AlarmLevel.Emergency : AlarmLevel.Caution)));
        await rig.Work();

        Assert.InRange(rig.Mail.Heard.Count, 2, 10);
        Assert.Equal(350, rig.Mail.Ids.Distinct().Count());
        Assert.Equal(350, rig.Mail.Ids.Count());
        Assert.Equal(7, rig.Mail.Heard[0].Letter.Notices.Count(notice => notice.Level == AlarmLevel.Emergency));
        Assert.Equal(350, rig.Recorded.OfType<NoticeSent>().Count());
        Assert.Equal(rig.Mail.Heard[0].Letter.Id, rig.Recorded.OfType<NoticeSent>().First(sent => sent.Notice == "N-007").Together);
    }

    [Fact]
    public async Task What_goes_together_stays_together_over_faults_and_restarts()
    {
        await using var rig = new NoticeRig(NoticeRig.SettingsOf(perMinute: 2));
        rig.Mail.Answers(ScriptedLine.Down);
        await rig.Take(Enumerable.Range(0, 20).Select(at => rig.Due($"N-{at:00}")));
        await rig.Work();
        await rig.Restart();
        await rig.Take(rig.Due("N-99"));
        await rig.Pass(TimeSpan.FromMinutes(3));

        var first = rig.Mail.Heard[0].Letter;
        Assert.Equal(20, first.Notices.Length);
        var again = rig.Mail.Heard.Skip(1).Single(one => one.Letter.Id == first.Id).Letter;
        Assert.Equal(string.Join(' ', first.Notices.Select(notice => notice.NoticeId)), string.Join(' ', again.Notices.Select(notice => notice.NoticeId)));
        Assert.Equal(first.ToJson(), again.ToJson());
        Assert.Equal(21, rig.Recorded.OfType<NoticeSent>().Count());
    }

    [Fact]
    public async Task A_channel_is_never_used_more_often_than_its_measure()
    {
        await using var rig = new NoticeRig(NoticeRig.SettingsOf(perMinute: 6));
        for (var at = 0; at < 120; at++)
        {
            await rig.Take(rig.Due($"N-{at:000}"));
            await rig.Pass(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }

        await rig.Pass(TimeSpan.FromMinutes(1));
        Assert.InRange(rig.Mail.Heard.Count, 12, 6 + (3 * 6));
        Assert.Equal(120, rig.Mail.Ids.Distinct().Count());
    }

    [Fact]
    public async Task Somebody_the_settings_do_not_know_is_told_by_the_way_for_all_others_or_the_notice_is_given_up()
    {
        await using var rig = new NoticeRig();
        await rig.Take(rig.Due(contact: "C-0003"));
        await rig.Work();
        Assert.Equal("the contact has no channel in the settings", Assert.Single(rig.Recorded.OfType<NoticeGivenUp>()).Why);

        await using var open = new NoticeRig(NoticeRig.SettingsOf() with { Contacts = [new(NoticeSettings.AnyContact, [new("desk")])] });
        await open.Take(open.Due(contact: "C-0003"));
        await open.Work();
        Assert.True(Assert.Single(open.Recorded.OfType<NoticeSent>()) is { Channel: "desk", Contact: "C-0003" });
    }

    [Fact]
    public async Task A_channel_taken_out_of_the_settings_loses_no_notice()
    {
        await using var rig = new NoticeRig();
        rig.Mail.Usually = ScriptedLine.Down;
        await rig.Take(rig.Due());
        await rig.Work();
        rig.Settings = NoticeRig.SettingsOf(100, "desk");
        await rig.Restart();
        await rig.Work();

        Assert.True(Assert.Single(rig.Recorded.OfType<NoticeSent>()) is { Channel: "desk" });
    }

    [Fact]
    public async Task A_test_goes_by_its_channel_alone_and_says_at_once_when_that_fails()
    {
        await using var rig = new NoticeRig();
        rig.Mail.Answers(ScriptedLine.Down);
        await rig.Post.EnqueueTest(rig.Due("T-1") with { Cause = NoticeCause.Test, Kind = NoticeText.TestKind }, "mail", CancellationToken.None);
        await rig.Work();

        Assert.Empty(rig.Desk.Heard);
        Assert.Equal("connection refused", Assert.Single(rig.Recorded.OfType<NoticeGivenUp>()).Why);
        Assert.Equal(("mail", "connection refused"), Assert.Single(rig.Store.TriesOf("T-1")) is var tried ? (tried.Channel, tried.Fault) : default);
        Assert.Equal(0L, rig.Record.Readers.AskNow(db => db.Value("SELECT count(*) FROM view_attention WHERE kind = $1", (long)AttentionKind.NoticeGivenUp)));
    }

    [Fact]
    public async Task Many_who_hand_over_at_once_are_each_told_when_theirs_is_on_the_disk()
    {
        await using var rig = new NoticeRig();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(async at =>
        {
            await rig.Post.Enqueue(rig.Due($"N-{at}"));
            Assert.NotNull(rig.Store.Find($"N-{at}"));
        }));

        Assert.Equal(300, rig.Store.Standing().Count);
    }

    [Fact]
    public async Task The_post_at_work_sends_what_comes_without_being_asked()
    {
        await using var rig = new NoticeRig();
        await rig.Post.StartAsync(CancellationToken.None);
        await rig.Take(rig.Due("N-1"));
        await rig.Take(rig.Due("N-2"));
        await Until(() => rig.Recorded.OfType<NoticeSent>().Count() == 2);

        Assert.Equal(["N-1", "N-2"], rig.Mail.Ids.Order());
    }

    [Fact]
    public async Task A_queue_that_is_damaged_is_put_aside_and_an_empty_one_begins()
    {
        var folder = Directory.CreateTempSubdirectory("roomguard-notices-").FullName;
        var path = Path.Combine(folder, "notices.db");
        await File.WriteAllTextAsync(path, "this is no database, and long enough to be looked at as one");
        string? aside = null;
        using (var store = new NoticeStore(path, NoticeStart, name => aside = name))
        {
            Assert.Equal((0, null), store.Standing());
        }

        Assert.True(File.Exists(aside));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Ended_notices_are_dropped_after_ninety_days_and_those_that_wait_never()
    {
        await using var rig = new NoticeRig();
        await rig.Take(rig.Due("N-1"));
        await rig.Work();
        rig.Mail.Usually = rig.Desk.Usually = ScriptedLine.Down;
        await rig.Take(rig.Due("N-2"));

        Assert.Equal(0, rig.Store.Prune(rig.Time.GetUtcNow().AddDays(89)));
        Assert.Equal(1, rig.Store.Prune(rig.Time.GetUtcNow().AddDays(91)));
        Assert.Equal("N-2", Assert.Single(rig.Store.Waiting(10)).Due.NoticeId);
        Assert.Empty(rig.Store.TriesOf("N-1"));
    }

    private static DateTimeOffset NoticeStart => A.MondayNine;

    private static async Task Until(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!isSo())
        {
            _ = await looks.WaitForNextTickAsync(limit.Token);
        }
    }
}
