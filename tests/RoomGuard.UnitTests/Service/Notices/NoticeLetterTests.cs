using System.Text;
using RoomGuard.Core.Watch;
using RoomGuard.Service.Notices;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Source;
using Xunit;

namespace RoomGuard.UnitTests.Service.Notices;

/// <summary>What goes out, word by word.</summary>
public class NoticeLetterTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    private static readonly NoticeDue Due = new(
        "N-104233-1", "AL-104230", "temperature-high", "SRV-1", AlarmLevel.Emergency, NoticeCause.Escalated, "C-0003", new(2026, 8, 1, 18, 16, 12, TimeSpan.Zero));

    private static NoticeLetter Letter(params NoticeDue[] notices) =>
        new(notices is [var one] ? one.NoticeId : "N-104233-1-and-1", [.. notices], "kakuu-1", Tokyo, "https://roomguard.kakuu.example:7443", new(2026, 8, 1, 18, 16, 15, TimeSpan.Zero));

    [Fact]
    [Requirement("R-INC-13")]
    public void A_mail_says_id_kind_zone_and_level_in_both_languages_and_nothing_else()
    {
        var mail = Letter(Due).ToMail("roomguard@kakuu.example", "duty@kakuu.example", Due.DueAt);

        Assert.Equal("【RoomGuard 緊急】温度上昇(未確認) SRV-1 kakuu-1 / Emergency: Temperature high", mail.Subject);
        Assert.Equal(
            """
            重大度: 緊急
            種別: 温度上昇
            理由: 未確認
            区域: SRV-1
            時刻: 2026-08-02 03:16:12 +09:00
            警報: AL-104230
            番号: N-104233-1
            拠点: kakuu-1
            画面: https://roomguard.kakuu.example:7443/notices/N-104233-1

            Level: Emergency
            Kind: Temperature high
            Cause: Not acknowledged in time
            Zone: SRV-1
            Time: 2026-08-02 03:16:12 +09:00
            Alarm: AL-104230
            Id: N-104233-1
            Site: kakuu-1
            Page: https://roomguard.kakuu.example:7443/notices/N-104233-1

            """.ReplaceLineEndings("\n"),
            mail.Text);
        Assert.True(mail.Urgent);
    }

    [Fact]
    public void A_test_says_that_it_is_one_and_wakes_nobody()
    {
        var test = Letter(Due with { Kind = NoticeText.TestKind, Cause = NoticeCause.Test });
        var mail = test.ToMail("roomguard@kakuu.example", "duty@kakuu.example", Due.DueAt);

        Assert.StartsWith("【RoomGuard 試験】", mail.Subject, StringComparison.Ordinal);
        Assert.StartsWith("これは試験です。", mail.Text, StringComparison.Ordinal);
        Assert.False(mail.Urgent);
        Assert.Equal(5, test.ToSyslog(13).Severity);
    }

    [Fact]
    public void A_line_of_syslog_names_everything_as_structured_data() => Assert.Equal(
        "<106>1 2026-08-01T18:16:12.000Z kakuu-1 roomguard - temperature-high [roomguard@32473 id=\"N-104233-1\" site=\"kakuu-1\" alarm=\"AL-104230\" kind=\"temperature-high\" zone=\"SRV-1\" level=\"emergency\" cause=\"escalated\""
            + " link=\"https://roomguard.kakuu.example:7443/notices/N-104233-1\"] \uFEFF【RoomGuard 緊急】温度上昇(未確認) SRV-1 kakuu-1 / Emergency: Temperature high",
        Encoding.UTF8.GetString(Letter(Due).ToSyslog(13).ToBytes()));

    [Fact]
    public void Several_go_together_with_the_worst_in_front()
    {
        var both = Letter(Due with { NoticeId = "N-2", Level = AlarmLevel.Caution }, Due);

        Assert.Equal("【RoomGuard 緊急】2件の通知 kakuu-1 / Emergency: 2 notices", both.ToMail("a@b", "c@d", Due.DueAt).Subject);
        Assert.Equal((2, "grouped"), (both.ToSyslog(13).Severity, both.ToSyslog(13).MessageId));
        Assert.Equal(
            """{"site":"kakuu-1","id":"N-104233-1-and-1","kind":"grouped","notices":[{"id":"N-2","alarm":"AL-104230","kind":"temperature-high","zone":"SRV-1","level":"caution","cause":"escalated","at":"2026-08-01T18:16:12.000Z","link":"https://roomguard.kakuu.example:7443/notices/N-2"},{"id":"N-104233-1","alarm":"AL-104230","kind":"temperature-high","zone":"SRV-1","level":"emergency","cause":"escalated","at":"2026-08-01T18:16:12.000Z","link":"https://roomguard.kakuu.example:7443/notices/N-104233-1"}]}""",
            Encoding.UTF8.GetString(both.ToJson()));
    }

    [Fact]
    [Requirement("R-MON-06")]
    public void A_heartbeat_says_whether_the_record_can_be_written()
    {
        Assert.Equal("""{"site":"kakuu-1","id":"H-3-1","kind":"heartbeat","at":"2026-08-01T18:16:15.000Z","well":true}""", Encoding.UTF8.GetString((Letter() with { Id = "H-3-1" }).ToJson()));
        Assert.Equal((6, 3), (Letter().ToSyslog(13).Severity, (Letter() with { IsWell = false }).ToSyslog(13).Severity));
    }

    [Fact]
    public void A_kind_without_words_goes_out_under_its_name() => Assert.Contains("new-kind", Letter(Due with { Kind = "new-kind" }).ToMail("a@b", "c@d", Due.DueAt).Subject, StringComparison.Ordinal);

    // The worked example of the document is one receivers test against.
    [Fact]
    public void The_worked_example_in_the_document_is_right()
    {
        var lines = SourceTree.Lines("docs/notices.md");
        var key = Encoding.ASCII.GetBytes(lines.Single(line => line.Length == 64 && line.All(char.IsAsciiHexDigitLower)));
        var body = lines.Single(line => line.StartsWith("{\"site\"", StringComparison.Ordinal) && line.Contains("\"N-104233-1\"", StringComparison.Ordinal));
        var timestamp = lines.Single(line => line.Length == 10 && line.All(char.IsAsciiDigit));

        Assert.Equal(body, Encoding.UTF8.GetString(Letter(Due).ToJson()));
        Assert.Equal(timestamp, SignedPost.Timestamp(Due.DueAt.AddSeconds(3)));
        Assert.Contains(SignedPost.Signature(key, timestamp, Encoding.UTF8.GetBytes(body)), lines);
    }

    [Fact]
    public void Every_level_cause_and_gap_has_its_words()
    {
        Assert.All(Enum.GetValues<AlarmLevel>(), level => Assert.NotEmpty(AlarmText.Of(level).Ja));
        Assert.All(Enum.GetValues<NoticeCause>(), cause => Assert.NotEmpty(AlarmText.Of(cause).Ja));
        Assert.All(Enum.GetValues<GapCause>(), cause => Assert.NotEmpty(NoticeText.Of(cause).Ja));
    }
}
