using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.Notices;
using RoomGuard.Service.Panels;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Alarms;

/// <summary>
/// What time alone does to alarms: notices and who is told next (R-MON-04), shelves whose time is up, causes seen to be over. Each is an entry once, and handed on after it is written.
/// </summary>
/// <param name="notices">Null: nothing is sent, and the pages alone tell.</param>
public sealed class AlarmWatch(ServiceRecord record, ActTurn turn, PanelStates states, INotices? notices, TimeProvider time) : IRecordWatch
{
    /// <inheritdoc/>
    public TimeSpan LookEvery => TimeSpan.FromSeconds(1);

    // Notices of so long before a start are offered again: the queue knows which it has.
    private static readonly TimeSpan OfferAgain = TimeSpan.FromHours(1);

    // The bridge tells its state with its reports: one that is younger than the alarm by this much has seen what the alarm saw.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    // Recorded as due and not yet taken over.
    private readonly Queue<NoticeDue> waiting = new();

    /// <inheritdoc/>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        var look = await turn.ActAsync(
            [],
            async () =>
            {
                var now = time.GetUtcNow();
                var open = record.Readers.AskNow(AlarmRows.AllOpen);
                _ = await record.AppendAsync([.. Unshelved(open, now).Concat<RecordedEvent>(Over(open, now)).Select(Draft.Of)], null, stop);
                var due = record.Readers.AskNow(db => Escalation.Due(AlarmRows.Cases(db, now), AlarmRows.Contacts(db), OfficeHours.Usual(record.TimeZone), now));
                var items = await record.AppendAsync([.. due.Select(item => Draft.Of(new AlarmNoticed(now, item.Alarm, item.Covers, item.Cause, item.Level, item.Step, item.Contacts)))], null, stop);
                Offer(items);
                return ActResult.Done();
            },
            stop);
        return await HandOnAsync(stop) && look.Ok;
    }

    /// <summary>Hands on what was recorded shortly before the program stopped, and may not have been handed on.</summary>
    public async Task BeginAsync(CancellationToken stop)
    {
        var since = time.GetUtcNow() - OfferAgain;
        var entries = await record.Readers.Ask(
            db =>
            {
                var found = ImmutableArray.CreateBuilder<long>();
                using var row = db.Rows("SELECT DISTINCT n FROM view_alarm_notices WHERE at >= $1 ORDER BY n", since.ToUnixTimeMilliseconds());
                while (row.Read())
                {
                    found.Add(row.GetInt64(0));
                }

                return found.DrainToImmutable();
            },
            stop);
        Offer([.. entries.Select(n => RecordViews.ItemOf(record.Read(n, 1)[0]))]);
        _ = await HandOnAsync(stop);
    }

    private static IEnumerable<AlarmUnshelved> Unshelved(ImmutableArray<Alarm> open, DateTimeOffset now) =>
        open.Where(alarm => alarm.Shelved is { } shelf && shelf.Until <= now).Select(alarm => new AlarmUnshelved(now, alarm.Id, "time", null));

    // A bridge that started anew finds the door closed and has no closing to report; one that lost its journal knows nothing of a condition it once reported.
    private IEnumerable<AlarmCauseOver> Over(ImmutableArray<Alarm> open, DateTimeOffset now) =>
        from alarm in open
        where alarm is { IsActive: true, Panel: not null }
        where states.Fresh(alarm.Panel!.Value) && states.Of(alarm.Panel.Value) is { State: { } told } heard && heard.At - alarm.LastRaisedAt > Settled && IsOver(alarm, told)
        select new AlarmCauseOver(now, alarm.Kind.Id, alarm.Subject, alarm.Panel!.Value.Value);

    private static bool IsOver(Alarm alarm, PanelState told) =>
        alarm.Kind == AlarmKinds.DoorForced || alarm.Kind == AlarmKinds.DoorHeldOpen || alarm.Kind == AlarmKinds.DoorUnknown
            ? told.Doors.Any(door => door.Door == alarm.Door && door.Leaf is LeafState.Closed)
            : AlarmSignals.IsClimate(alarm.Kind) && told.Climate is { } climate && climate.Conditions.All(condition => condition.Condition != alarm.Subject);

    // R-INC-13: what leaves here names no person.
    private void Offer(ImmutableArray<RecordedItem> items)
    {
        foreach (var item in notices is null ? [] : items)
        {
            if (item.Event is AlarmNoticed noticed && record.Readers.AskNow(db => AlarmRows.One(db, noticed.Alarm)) is { } alarm)
            {
                foreach (var (at, contact) in noticed.Contacts.Index())
                {
                    waiting.Enqueue(new($"N-{item.N}-{at + 1}", alarm.Id, alarm.Kind.Id, alarm.Zone?.Value, noticed.Level, noticed.Cause, contact, noticed.OccurredAt));
                }
            }
        }
    }

    private async Task<bool> HandOnAsync(CancellationToken stop)
    {
        while (notices is not null && waiting.TryPeek(out var due))
        {
            try
            {
                await notices.Enqueue(due, stop);
            }
            catch (IOException)
            {
                // Told by the queue itself; it is asked again at the next look.
                return false;
            }

            _ = waiting.Dequeue();
        }

        return true;
    }
}
