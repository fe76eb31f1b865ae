using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Watch;

/// <summary>確認 (R-ENV-11): a named person has seen the alarm and says what it was. It never ends the cause.</summary>
/// <param name="Alarm">E.g. <c>AL-104233</c>.</param>
/// <param name="Note">What was found and done.</param>
/// <param name="FalseAlarm">誤報: nothing was wrong; counted in the monthly figures.</param>
public sealed record AlarmAcknowledged(DateTimeOffset OccurredAt, string Alarm, string Note, bool FalseAlarm, string By) : RecordedEvent(OccurredAt);

/// <summary>一時停止: one alarm is quiet for a limited time, with a reason.</summary>
/// <param name="Until">When it comes back by itself.</param>
public sealed record AlarmShelved(DateTimeOffset OccurredAt, string Alarm, DateTimeOffset Until, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>一時停止の終わり.</summary>
/// <param name="Cause"><c>time</c>: its time was up; <c>person</c>: somebody ended it. An alarm that becomes more urgent leaves its shelf by that.</param>
/// <param name="By">Null: nobody, it came back by itself.</param>
public sealed record AlarmUnshelved(DateTimeOffset OccurredAt, string Alarm, string Cause, string? By) : RecordedEvent(OccurredAt);

/// <summary>引継ぎ: another person deals with it from now on.</summary>
public sealed record AlarmHandedOver(DateTimeOffset OccurredAt, string Alarm, PersonId To, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>One notice that became due, and whom it is for (R-MON-04). Written before it is handed on, so that nobody is told twice after a restart.</summary>
/// <param name="Alarm">Of several, the one that came first.</param>
/// <param name="Covers">All alarms it tells of.</param>
/// <param name="Step">Which step of the list, from 0; as many as the list has steps: beyond its end.</param>
public sealed record AlarmNoticed(
    DateTimeOffset OccurredAt, string Alarm, ImmutableArray<string> Covers, NoticeCause Cause, AlarmLevel Level, int Step, ImmutableArray<string> Contacts) : RecordedEvent(OccurredAt);

/// <summary>The cause is seen to be over without an entry that says so, e.g. a bridge that started anew finds the door closed.</summary>
public sealed record AlarmCauseOver(DateTimeOffset OccurredAt, string Kind, string Subject, string Seen) : RecordedEvent(OccurredAt);

/// <summary>訓練 of the chain of contacts (R-DRILL-02): an alarm raised by a person, marked as a drill wherever it shows.</summary>
/// <param name="Zone">Null: of no zone.</param>
public sealed record AlarmDrilled(DateTimeOffset OccurredAt, ZoneId? Zone, AlarmLevel Level, string Purpose, string By) : RecordedEvent(OccurredAt);

/// <summary>連絡先 was registered or changed; the whole contact as it now stands.</summary>
public sealed record AlarmContactSet(DateTimeOffset OccurredAt, AlarmContact Contact, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>連絡順 was registered or changed; the whole list as it now stands. One without steps takes it away: the next wider one counts.</summary>
public sealed record ContactListSet(DateTimeOffset OccurredAt, ContactList List, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>保守中: alarms of a thing or an area are kept back until an end, while somebody works there. What guards life and doors is not.</summary>
/// <param name="Id">E.g. <c>MT-0003</c>.</param>
/// <param name="Zone">The area; null: a device alone.</param>
/// <param name="Device">The thing by its name; null: all of the area.</param>
/// <param name="Person">Who works there.</param>
/// <param name="What">What is done.</param>
public sealed record MaintenanceBegan(
    DateTimeOffset OccurredAt, string Id, ZoneId? Zone, string? Device, PersonId Person, DateTimeOffset Until, string What, string By) : RecordedEvent(OccurredAt);

/// <summary>保守の終わり before its time. Alarms that still stand are told anew.</summary>
public sealed record MaintenanceEnded(DateTimeOffset OccurredAt, string Id, string Result, string By) : RecordedEvent(OccurredAt);
