using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Watch;
using RoomGuard.Service.Notices;
using RoomGuard.Service.Notices.Mail;
using RoomGuard.Service.Notices.Syslog;
using RoomGuard.Service.Record;
using RoomGuard.SystemTests.Peers;
using RoomGuard.SystemTests.Site;
using RoomGuard.SystemTests.Webhooks;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Lines;
using Xunit;

namespace RoomGuard.SystemTests.Notices;

/// <summary>Notices as programs we did not write get them: Debian's rsyslog over TLS and python3-aiosmtpd, each after having been down; and a receiver of signed posts.</summary>
public sealed class NoticePeerTests : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    private readonly TownAuthority town = new();
    private readonly int[] ports = LoopbackPorts.Next(2);
    private readonly string password;

    public NoticePeerTests() => password = town.Write("mail.password", "合い言葉 17\n");

    public void Dispose() => town.Dispose();

    [Fact]
    [Requirement("R-MON-04")]
    [Requirement("R-INC-13")]
    public async Task Relay_and_collector_get_what_they_missed_while_they_were_down_and_a_refused_address_is_reached_another_way()
    {
        using var sink = new MailSink(town, ports[0]);
        using var collector = new Collector(town, ports[1]);
        await using var desk = new Receiver();
        await desk.StartAsync();
        await using var office = await RunningOffice.StartAsync(overrides: [$"notices={Settings(desk)}"]);
        var (notices, store, record) = (office.Parts.GetRequiredService<INotices>(), office.Parts.GetRequiredService<NoticeStore>(), office.Parts.GetRequiredService<ServiceRecord>());
        var before = record.Size;

        // Both are down.
        await notices.Enqueue(Due("N-1", "FAC"));
        await notices.Enqueue(Due("N-2", "AUD"));
        await UntilAsync(() => store.Memory("mail").FailingSince is not null && store.Memory("collector").FailingSince is not null, "both are seen to be down", () => "");
        await Task.WhenAll(sink.StartAsync(), collector.StartAsync());
        await UntilAsync(() => sink.Taken.Count >= 1 && collector.Lines.Count >= 1, "both have what they missed", () => sink.Said + collector.Said);

        // They go down again and come back.
        sink.Stop();
        collector.Stop();
        await notices.Enqueue(Due("N-3", "FAC"));
        await notices.Enqueue(Due("N-4", "AUD"));
        await UntilAsync(() => store.Memory("mail").FailingSince is not null && store.Memory("collector").FailingSince is not null, "both are seen to be down again", () => "");
        await Task.WhenAll(sink.StartAsync(), collector.StartAsync());
        await notices.Enqueue(Due("N-5", "GONE"));
        await UntilAsync(() => sink.Taken.Count >= 2 && collector.Lines.Count >= 2 && desk.All.Any(item => item.Id == "N-5"), "all have all", () => sink.Said + collector.Said);
        await UntilAsync(() => Entries().OfType<NoticeSent>().Count() == 5, "all is in the record", () => string.Join('\n', Entries()));

        Assert.All(sink.Taken, mail => Assert.True((bool)mail["tls"]! && mail["defects"]!.AsArray().Count == 0, mail.ToJsonString()));
        var first = sink.Taken[0];
        Assert.Equal("【RoomGuard 緊急】温度上昇(発生) SRV-1 kakuu-1 / Emergency: Temperature high", (string)first["subject"]!);
        Assert.Equal(("roomguard@kakuu.example", "duty@kakuu.example", "<N-1@kakuu.example>"), ((string)first["from"]!, (string)first["to"]![0]!, (string)first["id"]!));
        Assert.Contains("番号: N-1", (string)first["text"]!, StringComparison.Ordinal);
        Assert.Equal("<N-3@kakuu.example>", (string)sink.Taken[1]["id"]!);
        Assert.StartsWith("106 ", collector.Lines[0], StringComparison.Ordinal);
        Assert.Contains("kakuu-1 temperature-high [roomguard@32473 id=\"N-2\" site=\"kakuu-1\" alarm=\"AL-1\"", collector.Lines[0], StringComparison.Ordinal);
        Assert.Contains("【RoomGuard 緊急】温度上昇(発生) SRV-1", collector.Lines[0], StringComparison.Ordinal);
        Assert.Contains("id=\"N-4\"", collector.Lines[1], StringComparison.Ordinal);
        Assert.Equal((2, 2), (sink.Taken.Count, collector.Lines.Count));
        Assert.True(Assert.Single(desk.All, item => item.Id == "N-5").IsSigned);
        Assert.True(Entries().OfType<NoticeSent>().Single(sent => sent.Notice == "N-5") is { Channel: "desk", Tries: 2 });
        Assert.Equal("RCPT was answered 550 5.1.1 <(address)>: Recipient address rejected", store.TriesOf("N-5")[0].Fault);

        IEnumerable<object?> Entries() => record.Read(before, 1000).Select(entry => RecordViews.ItemOf(entry).Event);
    }

    [Fact]
    [Requirement("R-NET-03")]
    public async Task Nothing_is_said_to_a_relay_or_a_collector_that_cannot_prove_itself_or_offers_no_TLS()
    {
        using var sink = new MailSink(town, ports[0]);
        using var collector = new Collector(town, ports[1]);
        using var other = new TownAuthority();
        await Task.WhenAll(sink.StartAsync(), collector.StartAsync());
        var letter = new NoticeLetter("N-1", [Due("N-1", "FAC")], "kakuu-1", TimeZoneInfo.Utc, null, DateTimeOffset.UnixEpoch);
        var relay = new MailSettings("127.0.0.1", ports[0], "roomguard@kakuu.example", UserName: "roomguard", PasswordFile: password);

        Assert.IsType<NoticeTaken>(await Mail(relay, "合い言葉 17", town).LookAsync(CancellationToken.None));
        Assert.Contains("sign-in was answered 535", Fault(await Mail(relay, "wrong", town).SendAsync(letter, "duty@kakuu.example", CancellationToken.None)), StringComparison.Ordinal);
        Assert.Contains("TLS failed", Fault(await Mail(relay, "合い言葉 17", other).SendAsync(letter, "duty@kakuu.example", CancellationToken.None)), StringComparison.Ordinal);
        var log = new SyslogSettings("127.0.0.1", ports[1]);
        Assert.Contains("TLS failed", Fault(await Syslog(log, other).SendAsync(letter, null, CancellationToken.None)), StringComparison.Ordinal);
        Assert.IsType<NoticeTaken>(await Syslog(log, town).LookAsync(CancellationToken.None));

        sink.Stop();
        await sink.StartAsync(tls: false);
        Assert.Equal("the relay does not offer STARTTLS, so nothing was sent", Fault(await Mail(relay, "合い言葉 17", town).SendAsync(letter, "duty@kakuu.example", CancellationToken.None)));
        Assert.IsType<NoticeTaken>(await Mail(relay with { Security = MailSecurity.None, UserName = null }, null, town).SendAsync(letter, "duty@kakuu.example", CancellationToken.None));
        Assert.False((bool)Assert.Single(sink.Taken)["tls"]!);
        Assert.Empty(collector.Lines);

        MailLine Mail(MailSettings settings, string? word, TownAuthority trusted) => new(settings, Within, word, NoticeSecrets.Authorities(trusted.AuthorityFile, "x"), TimeProvider.System);
        SyslogLine Syslog(SyslogSettings settings, TownAuthority trusted) => new(settings, Within, NoticeSecrets.Authorities(trusted.AuthorityFile, "x"), null, TimeProvider.System);
        static string Fault(NoticeOutcome outcome) => Assert.IsType<NoticeDelayed>(outcome) is { GoOn: true } delayed ? delayed.Why : $"waits: {outcome}";
    }

    [Fact]
    [Requirement("R-MON-04")]
    [Requirement("R-MON-06")]
    public async Task SYS_sends_a_test_and_sees_its_result_and_a_heartbeat_goes_out_by_itself()
    {
        await using var desk = new Receiver();
        await desk.StartAsync();
        await using var office = await RunningOffice.StartAsync(overrides: [$"notices={Settings(desk)}"]);
        using var manager = await office.AsAsync("miyakonojo");
        using (var staff = await office.AsAsync("aya"))
        {
            using var refused = await staff.PostAsync("/notices/test", [("way", "FAC/desk")]);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var wrong = await manager.PostAsync("/notices/test", [("way", "FAC/pager")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var asked = await manager.PostAsync("/notices/test", [("way", "FAC/desk")]);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var page = asked.Headers.Location!.ToString().Split('?')[0];
        Assert.StartsWith("/notices/T-", page, StringComparison.Ordinal);
        await PeerProgram.UntilAsync(async () => (await manager.Http.GetStringAsync(new Uri(page, UriKind.Relative))).Contains("送信済", StringComparison.Ordinal), "the page says that it was sent");

        await UntilAsync(() => desk.All.Any(item => item.Body.Contains("\"heartbeat\"", StringComparison.Ordinal)), "a heartbeat came", () => "");
        Assert.All(desk.All, item => Assert.True(item.IsSigned, item.Body));
        Assert.Contains(desk.All, item => page.EndsWith(item.Id, StringComparison.Ordinal));
        Assert.Contains("生存信号", await manager.Http.GetStringAsync(new Uri("/notices", UriKind.Relative)), StringComparison.Ordinal);
    }

    private static NoticeDue Due(string id, string contact) =>
        new(id, "AL-1", "temperature-high", "SRV-1", AlarmLevel.Emergency, NoticeCause.Raised, contact, TimeProvider.System.GetUtcNow());

    private static Task UntilAsync(Func<bool> isSo, string what, Func<string> detail) => PeerProgram.UntilAsync(() => Task.FromResult(isSo()), what, detail, 90);

    private string Settings(Receiver desk) => $$"""
        {
          "channels": [
            { "name": "mail", "goOnAfter": "00:10:00", "mail": { "host": "127.0.0.1", "port": {{ports[0]}}, "from": "roomguard@kakuu.example", "userName": "roomguard", "passwordFile": "{{password}}", "authorityFile": "{{town.AuthorityFile}}" } },
            { "name": "collector", "goOnAfter": "00:10:00", "syslog": { "host": "127.0.0.1", "port": {{ports[1]}}, "authorityFile": "{{town.AuthorityFile}}" } },
            { "name": "desk", "webhook": { "url": "{{desk.Url}}", "keyFile": "{{desk.KeyFile}}", "authorityFile": "{{desk.AuthorityFile}}" } }
          ],
          "contacts": [
            { "id": "FAC", "channels": [ { "channel": "mail", "to": "duty@kakuu.example" }, { "channel": "desk" } ] },
            { "id": "AUD", "channels": [ { "channel": "collector" } ] },
            { "id": "GONE", "channels": [ { "channel": "mail", "to": "gone@kakuu.example" }, { "channel": "desk" } ] }
          ],
          "allowed": [],
          "heartbeat": { "channels": [ "desk" ], "every": "00:59:00" }
        }
        """;
}
