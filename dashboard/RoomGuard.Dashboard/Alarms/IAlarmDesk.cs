using System.Collections.Immutable;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Sheets;

namespace RoomGuard.Dashboard.Alarms;

/// <summary>警報: what there is to do, in what order, and what people do about it (R-ENV-11, R-MON-04).</summary>
public interface IAlarmDesk
{
    /// <summary>What every page shows of the alarms.</summary>
    Task<AlarmHead> Head(Actor by, CancellationToken gone);

    /// <summary>Open alarms, those that are shelved or kept back, and the last that are over; cut to what the person may see.</summary>
    Task<AlarmBoard> Board(AlarmFilter filter, Actor by, CancellationToken gone);

    /// <summary>One alarm with its story; null: there is none, or the person may not see it.</summary>
    Task<AlarmFile?> File(string id, Actor by, CancellationToken gone);

    /// <summary>One alarm as a sheet, which is an entry of its own (R-INP-04); null: as for <see cref="File"/>.</summary>
    Task<AlarmSheet?> Sheet(string id, Actor by, CancellationToken gone);

    /// <summary>How the alarms of a month did.</summary>
    Task<AlarmFigures> Figures(DateOnly month, Actor by, CancellationToken gone);

    /// <summary>確認 with a note, of one alarm and others of the same cause; never ends a cause.</summary>
    Task<ActResult> Acknowledge(AcknowledgeForm form, Actor by, CancellationToken stop);

    /// <summary>一時停止 until a moment.</summary>
    Task<ActResult> Shelve(string id, DateTimeOffset until, string reason, Actor by, CancellationToken stop);

    /// <summary>一時停止 ended before its time.</summary>
    Task<ActResult> Unshelve(string id, Actor by, CancellationToken stop);

    /// <summary>引継ぎ to another person who may deal with it.</summary>
    Task<ActResult> HandOver(string id, PersonId to, string note, Actor by, CancellationToken stop);
}

/// <summary>Who is told of alarms, in which order, and drills of it (R-MON-04, R-DRILL-02).</summary>
public interface IAlarmContactDesk
{
    /// <summary>Contacts and lists as they count.</summary>
    Task<ContactsLook> Look(Actor by, CancellationToken gone);

    /// <summary>Registers or changes a contact.</summary>
    /// <param name="contact">Empty id: a new one.</param>
    Task<ActResult> SetContact(AlarmContact contact, string reason, Actor by, CancellationToken stop);

    /// <summary>Registers or changes a list; one without steps takes it away.</summary>
    Task<ActResult> SetList(ContactList list, string reason, Actor by, CancellationToken stop);

    /// <summary>訓練: raises an alarm that is marked as a drill everywhere.</summary>
    Task<ActResult> Drill(ZoneId? zone, AlarmLevel level, string purpose, Actor by, CancellationToken stop);
}

/// <summary>保守中: alarms of a thing or an area are kept back until an end.</summary>
public interface IMaintenanceDesk
{
    /// <summary>What is under service, and what was.</summary>
    Task<MaintenanceLook> Look(Actor by, CancellationToken gone);

    /// <summary>Begins it.</summary>
    Task<ActResult> Begin(MaintenanceForm form, Actor by, CancellationToken stop);

    /// <summary>Ends it before its time.</summary>
    Task<ActResult> End(string id, string result, Actor by, CancellationToken stop);
}

/// <summary>What every page shows of the alarms.</summary>
/// <param name="Urgent">The oldest emergency nobody has acknowledged; null: there is none.</param>
/// <param name="MoreUrgent">How many more of them there are.</param>
/// <param name="Unacknowledged">Alarms that wait for somebody.</param>
/// <param name="Shelved">Alarms that are shelved.</param>
/// <param name="Maintenance">Things and areas under service.</param>
public sealed record AlarmHead(Alarm? Urgent, int MoreUrgent, int Unacknowledged, int Shelved, int Maintenance)
{
    /// <summary>Nothing to show.</summary>
    public static AlarmHead None { get; } = new(null, 0, 0, 0, 0);
}

/// <summary>Which part of the alarms is shown.</summary>
public enum AlarmShow
{
    /// <summary>未対応.</summary>
    Open,

    /// <summary>履歴.</summary>
    History,

    /// <summary>統計.</summary>
    Figures,
}

/// <summary>Which alarms are shown; all of it stands in the URL.</summary>
/// <param name="Before">Of the history, those raised by an entry before this one; null: the last.</param>
public sealed record AlarmFilter(AlarmShow Show, AlarmArea? Area, AlarmLevel? Level, ZoneId? Zone, long? Before)
{
    /// <summary>Everything that is open.</summary>
    public static AlarmFilter None { get; } = new(AlarmShow.Open, null, null, null, null);

    /// <summary>Whether something narrows it.</summary>
    public bool Narrows => Area is not null || Level is not null || Zone is not null;

    /// <summary>Whether an alarm is shown.</summary>
    public bool Shows(Alarm alarm)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        return (Area is not { } area || alarm.Kind.Area == area) && (Level is not { } level || alarm.Level == level) && (Zone is not { } zone || alarm.Zone == zone);
    }
}

/// <summary>An alarm in a list.</summary>
/// <param name="KeptBack">What keeps it back; null: nothing.</param>
/// <param name="First">Of a burst, the alarm that came first; its own id: it is that; null: it came alone.</param>
/// <param name="Owner">Name of who deals with it; null: nobody in particular.</param>
/// <param name="AcknowledgedBy">Name; null: nobody has.</param>
/// <param name="ShelvedBy">Name; null: it is not shelved.</param>
/// <param name="Next">The next notice, if nobody acknowledges before; null: none will be.</param>
/// <param name="MayAct">The reader may acknowledge, shelve and hand over.</param>
public sealed record AlarmLine(
    Alarm Alarm, KeptBack? KeptBack, string? First, string? Owner, string? AcknowledgedBy, string? ShelvedBy, PlannedNotice? Next, bool MayAct);

/// <summary>The alarms at one moment.</summary>
/// <param name="Open">Most urgent first, then the oldest; without those shelved or kept back.</param>
/// <param name="LastTenMinutes">Alarms raised in the last ten minutes.</param>
/// <param name="LastRaised">When the last alarm of all was raised; null: never.</param>
/// <param name="Older">Of the history: from where it goes on; null: nothing is older.</param>
public sealed record AlarmBoard(
    DateTimeOffset At,
    ImmutableArray<AlarmLine> Open,
    ImmutableArray<AlarmLine> Shelved,
    ImmutableArray<AlarmLine> KeptBack,
    ImmutableArray<AlarmLine> History,
    int LastTenMinutes,
    DateTimeOffset? LastRaised,
    long? Older)
{
    /// <summary>Open and acknowledged by nobody.</summary>
    public int Unacknowledged => Open.Count(line => line.Alarm.IsUnacknowledged);
}

/// <summary>警報の記録 made out.</summary>
public sealed record AlarmSheet(AlarmFile File, SheetProof Proof);

/// <summary>One alarm with its story.</summary>
/// <param name="Story">The entries that made it what it is, the first first.</param>
/// <param name="Told">Its notices.</param>
/// <param name="List">Who is told, in order.</param>
/// <param name="Together">Alarms of the same burst, and those it keeps back.</param>
/// <param name="People">Who may take it over.</param>
public sealed record AlarmFile(
    AlarmLine Line,
    ImmutableArray<RecordLine> Story,
    ImmutableArray<Told> Told,
    ContactList List,
    ImmutableArray<AlarmLine> Together,
    ImmutableArray<NamedPerson> People)
{
    /// <summary>Who was near when an item passed a door that nothing covers (R-MOVE-05), each once, the last first.</summary>
    public ImmutableArray<(NamedPerson Person, PersonNearby Near)> Nearby { get; init; } = [];
}

/// <summary>What the form of an acknowledgement says.</summary>
/// <param name="Also">Others of the same cause that are acknowledged with the same note.</param>
public sealed record AcknowledgeForm(string Id, string Note, bool FalseAlarm, ImmutableArray<string> Also);

/// <summary>Contacts and lists.</summary>
/// <param name="SetAt">When each contact was last confirmed or changed, by its id.</param>
public sealed record ContactsLook(
    ImmutableArray<AlarmContact> Contacts, ImmutableDictionary<string, DateTimeOffset> SetAt, ImmutableArray<(ContactList List, bool Own)> Lists, bool MayKeep);

/// <summary>保守中 in a list.</summary>
/// <param name="Person">Name of who works there.</param>
/// <param name="EndedAt">Null: it goes on, or its time was up.</param>
public sealed record MaintenanceLine(Maintenance Work, string Person, string BegunBy, DateTimeOffset? EndedAt, string? Result)
{
    /// <summary>Whether it goes on at a moment.</summary>
    public bool Goes(DateTimeOffset now) => EndedAt is null && now < Work.Until;
}

/// <summary>What is under service, and what was.</summary>
/// <param name="Devices">Things by their names, to choose from.</param>
public sealed record MaintenanceLook(ImmutableArray<MaintenanceLine> Lines, ImmutableArray<string> Devices, bool MayBegin);

/// <summary>What the form asks.</summary>
/// <param name="Device">Null: all of the area.</param>
public sealed record MaintenanceForm(ZoneId? Zone, string? Device, PersonId Person, DateTimeOffset Until, string What);
