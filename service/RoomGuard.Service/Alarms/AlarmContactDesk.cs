using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Alarms;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Alarms;

/// <summary>連絡先・連絡順 and drills of them (R-MON-04, R-INC-07, R-DRILL-02).</summary>
public sealed partial class AlarmContactDesk(ServiceRecord record, ISiteSettings site, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IAlarmContactDesk
{
    private const int MostSteps = 8;
    private const int MostWays = 6;
    private const int LongestWait = 24 * 60;

    /// <inheritdoc/>
    public Task<ContactsLook> Look(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var book = AlarmRows.Contacts(db);
            var set = ImmutableDictionary.CreateBuilder<string, DateTimeOffset>(StringComparer.Ordinal);
            using (var row = db.Rows("SELECT contact, at FROM view_alarm_contacts"))
            {
                while (row.Read())
                {
                    set[row.GetString(0)] = row.Time(1);
                }
            }

            return new ContactsLook(book.Contacts, set.ToImmutable(), book.Lists, DeskGate.Open(by, PageAct.KeepAlarmContacts));
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> SetContact(AlarmContact contact, string reason, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var wrong = contact.Ways.FirstOrDefault(way => !Way().IsMatch(way));
        return turn.ActAsync(
            [
                .. FieldRules.Text("label", contact.Label, required: !ContactBook.IsRole(contact.Id)),
                .. wrong is null ? Array.Empty<FieldProblem>() : [new("ways", FieldFault.UnreadableLine, wrong)],
                .. contact.Ways.Length > MostWays ? [new FieldProblem("ways", FieldFault.OutOfRange, $"0 – {MostWays}")] : Array.Empty<FieldProblem>(),
                .. FieldRules.Text("reason", reason, FieldRules.LongestReason),
            ],
            async () =>
            {
                if (await Objection(by, contact.Id, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var book = record.Readers.AskNow(AlarmRows.Contacts);
                if (contact.Id.Length > 0 && !book.Knows(contact.Id))
                {
                    return ActResult.Refused("contact", FieldFault.Unknown, contact.Id);
                }

                var id = contact.Id.Length > 0 ? contact.Id : string.Create(CultureInfo.InvariantCulture, $"C-{book.Known.Keys.Count(known => !ContactBook.IsRole(known)) + 1:0000}");
                _ = await record.AppendAsync(new AlarmContactSet(time.GetUtcNow(), contact with { Id = id, Label = FieldRules.Clean(contact.Label) }, FieldRules.Clean(reason), by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> SetList(ContactList list, string reason, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(list);
        return turn.ActAsync(
            [.. Problems(list), .. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
            async () =>
            {
                if (await Objection(by, list.Key, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var book = record.Readers.AskNow(AlarmRows.Contacts);
                if (list.Steps.FirstOrDefault(step => !book.Knows(step.Contact)) is { } unknown)
                {
                    return ActResult.Refused("steps", FieldFault.Unknown, unknown.Contact);
                }

                var before = book.Set.GetValueOrDefault(list.Key);
                if (before is null ? list.Steps.IsEmpty : before.Steps.SequenceEqual(list.Steps))
                {
                    return ActResult.Refused("steps", FieldFault.NothingToChange);
                }

                _ = await record.AppendAsync(new ContactListSet(time.GetUtcNow(), list, FieldRules.Clean(reason), by.Id), stop);
                return ActResult.Done(list.Key);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Drill(ZoneId? zone, AlarmLevel level, string purpose, Actor by, CancellationToken stop) => turn.ActAsync(
        [
            .. FieldRules.Text("purpose", purpose, FieldRules.LongestReason),
            .. zone is { } place && site.Now.Zones.All(known => known.Id != place.Value) ? [new FieldProblem("zone", FieldFault.Unknown, place.Value)] : Array.Empty<FieldProblem>(),
            .. Enum.IsDefined(level) ? Array.Empty<FieldProblem>() : [new FieldProblem("level", FieldFault.NotAChoice)],
        ],
        async () =>
        {
            if (await Objection(by, "drill", stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (record.Readers.AskNow(db => AlarmRows.Open(db, AlarmKinds.Drill, zone?.Value ?? "")) is not null)
            {
                return ActResult.Refused("zone", FieldFault.AlreadyExists);
            }

            var n = await record.AppendAsync(new AlarmDrilled(time.GetUtcNow(), zone, level, FieldRules.Clean(purpose), by.Id), stop);
            return ActResult.Done(AlarmMachine.IdOf(n));
        },
        stop);

    private Task<Refusal?> Objection(Actor by, string about, CancellationToken stop) => guard.Objection(by, PageAct.KeepAlarmContacts, ActSubject.None, "R-MON-04", about, stop);

    private IEnumerable<FieldProblem> Problems(ContactList list)
    {
        if (list.For != ContactList.All && !AlarmKinds.Knows(list.For) && !Enum.GetNames<AlarmArea>().Contains(list.For))
        {
            yield return new("for", FieldFault.NotAChoice);
        }

        if (list.Zone is { } zone && site.Now.Zones.All(known => known.Id != zone.Value))
        {
            yield return new("zone", FieldFault.Unknown, zone.Value);
        }

        if (list.Steps.Length > MostSteps)
        {
            yield return new("steps", FieldFault.OutOfRange, $"0 – {MostSteps}");
        }

        // The first is told at once; whoever comes next, a while after the one before.
        if (list.Steps.Index().Any(step => step.Index == 0 ? step.Item.AfterMinutes != 0 : step.Item.AfterMinutes is < 1 or > LongestWait))
        {
            yield return new("steps", FieldFault.OutOfRange, $"1 – {LongestWait}");
        }
    }

    // Named ways only: addresses of webhooks and syslog servers stand in the settings (R-NET-05).
    [GeneratedRegex(@"\A(mailto:[^@\s:]{1,64}@[A-Za-z0-9.-]{1,120}|(webhook|syslog):[a-z0-9-]{1,40})\z")]
    private static partial Regex Way();
}
