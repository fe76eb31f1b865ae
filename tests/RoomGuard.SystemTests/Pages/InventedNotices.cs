using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Notices;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Notices for tests of pages: a relay that works, a collector that is down, one never used; two that wait, some that ended.</summary>
internal sealed class InventedNotices(TimeProvider time, bool empty) : INoticeDesk
{
    private const string Fault = "the relay takes no mail: 421 4.3.2 Service not available, closing transmission channel (connection refused by mail.kakuu.example)";

    public Task<NoticesLook> Look(Actor by, CancellationToken gone)
    {
        var now = time.GetUtcNow();
        return Task.FromResult(empty ? new NoticesLook(false, [], [], 0, [], [], [], false) : new(
            true,
            [
                new("mail", ChannelSort.Mail, "mail.kakuu.example:587", "R8.4.1 決裁 第12号 · R8.4.1 決裁 第13号", 0, now.AddMinutes(-12), now.AddDays(-3), Fault, null, null),
                new("collector", ChannelSort.Syslog, "log.kakuu.example:6514", "R8.4.1 決裁 第12号 · R8.4.1 決裁 第13号", 2, now.AddHours(-7), now.AddSeconds(-20), "Connection refused", now.AddMinutes(-31), new(now.AddMinutes(-32), now.AddMinutes(-31), "Connection refused")),
                new("duty-desk", ChannelSort.Webhook, "127.0.0.1:8443", null, 0, null, null, null, null, new(now.AddSeconds(-40), null, null)),
                new("night-desk", ChannelSort.Webhook, "192.0.2.77:443", "R8.4.1 決裁 第12号 · R8.4.1 決裁 第13号", 0, null, null, null, null, null),
            ],
            [Waiting(now), Waiting(now) with { Due = Waiting(now).Due with { NoticeId = "N-104233-2", Level = AlarmLevel.Caution, ZoneId = null, Kind = "sensor-battery" } }],
            14,
            [
                GivenUp(now),
                new(Due(now, "N-104227-1", NoticeCause.Escalated), NoticeState.Sent, "mail", now.AddMinutes(-13), null, now.AddMinutes(-12), 1, null, null),
                new(Due(now, "N-104226-1", NoticeCause.Returned), NoticeState.Sent, "mail", now.AddMinutes(-14), null, now.AddMinutes(-12), 1, "N-104226-1-and-3", null),
            ],
            [new(104_010, now.AddHours(-9), now.AddHours(-9).AddMinutes(4), GapCause.Killed), new(103_000, now.AddDays(-2), now.AddDays(-2).AddSeconds(40), GapCause.Stopped)],
            [("FAC", "mail"), ("FAC", "duty-desk"), ("*", "night-desk")],
            MayTest: true));
    }

    public Task<NoticeFile?> Find(string id, CancellationToken gone)
    {
        var now = time.GetUtcNow();
        return Task.FromResult(id switch
        {
            "N-104233-1" => new NoticeFile(Waiting(now), [new(now.AddMinutes(-3), "collector", "Connection refused"), new(now.AddMinutes(-1), "collector", "no answer within 20 s")]),
            "N-104228-2" => new NoticeFile(GivenUp(now), [new(now.AddHours(-1), "mail", Fault)]),
            _ => null,
        });
    }

    public Task<ActResult> Test(string contact, string channel, Actor by, CancellationToken stop) =>
        Task.FromResult(contact == "FAC" ? ActResult.Done("N-104233-1") : ActResult.Refused("way", FieldFault.NotAChoice));

    private static NoticeDue Due(DateTimeOffset now, string id, NoticeCause cause = NoticeCause.Raised) => new(id, "AL-104230", "temperature-high", "SRV-1", AlarmLevel.Emergency, cause, "FAC", now.AddMinutes(-4));

    private static NoticeLine Waiting(DateTimeOffset now) => new(Due(now, "N-104233-1"), NoticeState.Waiting, "collector", now.AddMinutes(-4), now.AddSeconds(25), null, 2, null, "no answer within 20 s");

    private static NoticeLine GivenUp(DateTimeOffset now) =>
        new(Due(now, "N-104228-2") with { Level = AlarmLevel.Important }, NoticeState.GivenUp, "mail", now.AddHours(-25), null, now.AddHours(-1), 212, null, $"not taken within 24 h; the last try: {Fault}");
}
