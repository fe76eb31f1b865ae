using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Alarms;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Alarms in every state the pages can show, over values in memory. No act changes anything.</summary>
internal sealed class InventedAlarms(TimeProvider time, bool empty) : IAlarmDesk, IAlarmContactDesk, IMaintenanceDesk
{
    private static readonly ZoneId Server = new("SRV-1");

    private DateTimeOffset Now => time.GetUtcNow();

    public Task<AlarmHead> Head(Actor by, CancellationToken gone) => Task.FromResult(empty ? AlarmHead.None : new AlarmHead(Forced().Alarm, 1, 3, 1, 1));

    public Task<AlarmBoard> Board(AlarmFilter filter, Actor by, CancellationToken gone) => Task.FromResult(empty
        ? new AlarmBoard(Now, [], [], [], [], 0, null, null)
        : new AlarmBoard(
            Now,
            [.. new[] { Forced(), Short(), Drill() }.Where(line => filter.Shows(line.Alarm))],
            [Battery()],
            [.. new[] { Reader() }.Where(line => filter.Shows(line.Alarm))],
            filter.Show is AlarmShow.History ? [Over()] : [],
            12,
            Now.AddMinutes(-3),
            filter.Show is AlarmShow.History ? 103_000 : null));

    public Task<AlarmFile?> File(string id, Actor by, CancellationToken gone)
    {
        var line = new[] { Forced(), Short(), Drill(), Battery(), Reader(), Over(), Unpermitted() }.FirstOrDefault(one => one.Alarm.Id == id);
        return Task.FromResult(line is null ? null : new AlarmFile(
            line,
            [
                new(104_080, new OutageBegan(Now.AddMinutes(-4), "ups-1-20261121T052800Z", "ups-1", 1800, 96, false), null),
                new(104_085, new AlarmNoticed(Now.AddMinutes(-3), id, [id], NoticeCause.Raised, AlarmLevel.Important, 0, ["FAC"]), null),
                new(104_086, new AlarmAcknowledged(Now.AddMinutes(-2), id, "現地で確かめた", false, "S-0160"), "日向 直子"),
            ],
            [new(104_085, Now.AddMinutes(-3), NoticeCause.Raised, AlarmLevel.Important, 0, ["FAC"]), new(104_090, Now, NoticeCause.Escalated, AlarmLevel.Important, 1, ["SYS"])],
            ContactBook.Empty.For(line.Alarm.Kind, null),
            id == "AL-104061" ? [Reader()] : [],
            [new(new("S-0115"), "都城 誠", "みやこのじょう まこと", "情報政策課"), new(new("S-0160"), "日向 直子", "ひゅうが なおこ", "情報政策課")])
        {
            Nearby = id != "AL-104070" ? [] :
            [
                (new(new("K-0012"), "五ヶ瀬 保", "ごかせ たもつ", "例示保守"), new(new("K-0012"), Inside: false, Now.AddMinutes(-1))),
                (new(new("S-0115"), "都城 誠", "みやこのじょう まこと", "情報政策課"), new(new("S-0115"), Inside: true, Now.AddMinutes(-40))),
            ],
        });
    }

    public async Task<AlarmSheet?> Sheet(string id, Actor by, CancellationToken gone) => await File(id, by, gone) is { } file ? new(file, new(new string('a', 64), "base 1")) : null;

    public Task<AlarmFigures> Figures(DateOnly month, Actor by, CancellationToken gone)
    {
        var from = new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.FromHours(9));
        var lives = empty ? [] : Enumerable.Range(0, 14).Select(at => new AlarmLife(
            $"AL-{at}", AlarmKinds.DoorHeldOpen, "SRV-1-D1", AlarmLevel.Important, from.AddHours(30 * at), from.AddHours(30 * at).AddMinutes(at == 3 ? 2000 : 2), from.AddHours(30 * at).AddMinutes(at), 1, at == 5, at % 2 == 0));
        return Task.FromResult(AlarmFigures.Of(lives, from, from.AddMonths(1), Now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")));
    }

    public Task<ActResult> Acknowledge(AcknowledgeForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Shelve(string id, DateTimeOffset until, string reason, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> Unshelve(string id, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> HandOver(string id, PersonId to, string note, Actor by, CancellationToken stop) => Done();

    Task<ContactsLook> IAlarmContactDesk.Look(Actor by, CancellationToken gone)
    {
        var duty = new AlarmContact("C-0001", "庁舎管理 当番", ["mailto:toban@kakuu.example", "webhook:duty"]);
        var book = empty ? ContactBook.Empty : new ContactBook(
            ImmutableDictionary<string, ContactList>.Empty.Add("Power@SRV-1", new("Power", Server, [new("C-0001", 0), new("SYS", 10)])), ImmutableDictionary<string, AlarmContact>.Empty.Add(duty.Id, duty));
        return Task.FromResult(new ContactsLook(book.Contacts, ImmutableDictionary<string, DateTimeOffset>.Empty.Add("C-0001", Now.AddDays(-40)), book.Lists, MayKeep: true));
    }

    public Task<ActResult> SetContact(AlarmContact contact, string reason, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> SetList(ContactList list, string reason, Actor by, CancellationToken stop) => Done();

    Task<ActResult> IAlarmContactDesk.Drill(ZoneId? zone, AlarmLevel level, string purpose, Actor by, CancellationToken stop) => Done();

    Task<MaintenanceLook> IMaintenanceDesk.Look(Actor by, CancellationToken gone) => Task.FromResult(new MaintenanceLook(
        empty ? [] :
        [
            new(new("MT-0002", Server, "ups-1", new("S-0801"), Now.AddHours(-1), Now.AddHours(3), "蓄電池の交換"), "新富 拓海", "都城 誠", null, null),
            new(new("MT-0001", Server, null, new("S-0801"), Now.AddDays(-3), Now.AddDays(-3).AddHours(2), "空調の点検"), "新富 拓海", "都城 誠", Now.AddDays(-3).AddHours(1), "異常なし"),
        ],
        ["SRV-1-D1", "bridge-1", "ups-1"],
        MayBegin: true));

    public Task<ActResult> Begin(MaintenanceForm form, Actor by, CancellationToken stop) => Done();

    public Task<ActResult> End(string id, string result, Actor by, CancellationToken stop) => Done();

    private AlarmLine Forced() => Line(new Alarm("AL-104061", AlarmKinds.DoorForced, "SRV-1-D1", AlarmLevel.Emergency, AlarmState.Unacknowledged, Now.AddSeconds(-9)) { Zone = Server, Door = new DoorId("SRV-1-D1") }) with
    {
        First = "AL-104061",
        Next = new(Now.AddMinutes(10), new("AL-104061", ["AL-104061"], NoticeCause.Escalated, AlarmLevel.Emergency, 1, ["SYS"])),
    };

    private AlarmLine Short() => Line(
        new Alarm("AL-104040", AlarmKinds.ReserveShort, "srv-1", AlarmLevel.Important, AlarmState.Acknowledged, Now.AddMinutes(-86))
        {
            Zone = Server,
            Acknowledged = new(Now.AddMinutes(-60), new("S-0160"), "電池の交換を手配した", false),
        }) with
    {
        Owner = "日向 直子",
        AcknowledgedBy = "日向 直子",
    };

    private AlarmLine Drill() => Line(new Alarm("AL-104050", AlarmKinds.Drill, "", AlarmLevel.Important, AlarmState.Unacknowledged, Now.AddMinutes(-5)) { Times = 2, Unstable = true });

    private AlarmLine Battery() => Line(
        new Alarm("AL-104030", AlarmKinds.BatteryDue, "ups-2/DatePassed", AlarmLevel.Caution, AlarmState.Unacknowledged, Now.AddDays(-1))
        {
            Device = "ups-2",
            Shelved = new(Now.AddHours(-1), Now.AddHours(2), "部品の到着待ち", new("S-0160")),
        }) with
    {
        ShelvedBy = "日向 直子",
    };

    private AlarmLine Reader() => Line(new Alarm("AL-104062", AlarmKinds.ReaderFault, "reader-1", AlarmLevel.Important, AlarmState.Unacknowledged, Now.AddSeconds(-5)) { Device = "reader-1", Panel = new PanelId("bridge-1") }) with
    {
        KeptBack = new(ParentCauses.Maintenance, "MT-0002", Now.AddHours(3)),
        First = "AL-104061",
    };

    private AlarmLine Unpermitted() => Line(new Alarm("AL-104070", AlarmKinds.UnpermittedMoveOut, "SRV-1-D1/AS-00417", AlarmLevel.Emergency, AlarmState.Unacknowledged, Now.AddMinutes(-1))
    {
        Zone = Server,
        Door = new DoorId("SRV-1-D1"),
        Device = "AS-00417 バックアップ装置",
    });

    private AlarmLine Over() => Line(
        new Alarm("AL-103001", AlarmKinds.DoorHeldOpen, "SRV-1-D1", AlarmLevel.Emergency, AlarmState.Over, Now.AddDays(-2))
        {
            Zone = Server,
            Door = new DoorId("SRV-1-D1"),
            ReturnedAt = Now.AddDays(-2).AddMinutes(4),
            OverAt = Now.AddDays(-2).AddMinutes(9),
            Acknowledged = new(Now.AddDays(-2).AddMinutes(9), new("S-0160"), "荷物を片付けて閉めた", true),
        }) with
    {
        AcknowledgedBy = "日向 直子",
    };

    private static AlarmLine Line(Alarm alarm) => new(alarm, null, null, null, null, null, null, MayAct: true);

    private static Task<ActResult> Done() => Task.FromResult(ActResult.Done("AL-104061"));
}
