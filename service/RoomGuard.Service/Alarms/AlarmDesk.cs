using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Alarms;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Alarms;

/// <summary>警報 for those who deal with them (R-ENV-11): which a person sees and acts on is the matrix's to say, by the two rows of acknowledging.</summary>
public sealed class AlarmDesk(ServiceRecord record, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IAlarmDesk
{
    private const int MostHistory = 50;
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);
    private static readonly Part[] Seeing = [Part.Does, Part.Views, Part.Informed];

    /// <inheritdoc/>
    public Task<AlarmHead> Head(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var now = time.GetUtcNow();
            var open = AlarmRows.AllOpen(db);
            var work = AlarmRows.Maintenance(db, now);
            var seen = open.Where(alarm => Sees(by, alarm)).ToList();
            var waiting = seen.Where(alarm => alarm.IsUnacknowledged && !alarm.IsShelved(now) && Keeping.Of(alarm, open, work, now) is null).ToList();
            var urgent = waiting.Where(alarm => alarm.Level is AlarmLevel.Emergency).ToList();
            return new AlarmHead(urgent.FirstOrDefault(), Math.Max(0, urgent.Count - 1), waiting.Count, seen.Count(alarm => alarm.IsShelved(now)), work.Count(item => item.From <= now));
        },
        gone);

    /// <inheritdoc/>
    public Task<AlarmBoard> Board(AlarmFilter filter, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return record.Readers.Ask(
            db =>
            {
                var now = time.GetUtcNow();
                var lines = Lines(db, AlarmRows.AllOpen(db).Where(alarm => Sees(by, alarm)), by, now);
                var shown = lines.Where(line => filter.Shows(line.Alarm)).ToList();
                var history = filter.Show is AlarmShow.History ? AlarmRows.History(db, filter.Before, MostHistory + 1) : [];
                return new AlarmBoard(
                    now,
                    [.. shown.Where(line => !line.Alarm.IsShelved(now) && line.KeptBack is null).OrderBy(line => line.Alarm.Level).ThenBy(line => !line.Alarm.IsUnacknowledged).ThenBy(line => line.Alarm.RaisedAt)],

                    // What is shelved is always all there, whatever the filter.
                    [.. lines.Where(line => line.Alarm.IsShelved(now)).OrderBy(line => line.Alarm.Shelved!.Until)],
                    [.. shown.Where(line => line.KeptBack is not null && !line.Alarm.IsShelved(now))],
                    Lines(db, history.Take(MostHistory).Where(alarm => Sees(by, alarm) && filter.Shows(alarm)), by, now),
                    AlarmRows.RaisedWithin(db, now - Lately, now.AddMilliseconds(1)).Count(alarm => Sees(by, alarm)),
                    db.Value("SELECT max(raised) FROM view_alarms") is long last ? DateTimeOffset.FromUnixTimeMilliseconds(last) : null,
                    history.Length > MostHistory ? AlarmRows.EntryOf(history[MostHistory - 1].Id) : null);
            },
            gone);
    }

    /// <inheritdoc/>
    public Task<AlarmFile?> File(string id, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (AlarmRows.One(db, id) is not { } alarm || !Sees(by, alarm))
            {
                return null;
            }

            var now = time.GetUtcNow();
            var book = AlarmRows.Contacts(db);
            var near = AlarmRows.RaisedWithin(db, alarm.RaisedAt - Lately, alarm.RaisedAt + Lately);
            var first = Bursts.FirstOf(near);
            var lines = Lines(db, [alarm, .. AlarmRows.AllOpen(db).Where(other => other.Id != alarm.Id && Sees(by, other))], by, now);
            var burst = near.Where(other => other.Id != alarm.Id && first.GetValueOrDefault(other.Id) is { } one && one == first.GetValueOrDefault(alarm.Id) && Sees(by, other));
            var kept = lines.Where(line => line.KeptBack?.By == alarm.Id);
            ImmutableArray<RecordLine> story = [.. Story(db, id).Select(n => Told(db, n)).OfType<RecordLine>()];
            return new AlarmFile(
                lines[0] with { First = first.GetValueOrDefault(alarm.Id) },
                story,
                AlarmRows.Told(db, id),
                book.For(alarm.Kind, alarm.Zone),
                [.. Lines(db, burst, by, now).Concat(kept).DistinctBy(line => line.Alarm.Id).OrderBy(line => line.Alarm.RaisedAt)],
                lines[0].MayAct ? People(db, alarm.Kind) : [])
            {
                Nearby =
                [
                    .. story.Select(line => line.Event).OfType<AssetUnpermitted>().SelectMany(passed => passed.Nearby).OrderByDescending(near => near.At).DistinctBy(near => near.Person)
                        .Select(near => (AuthorityGuard.NamedOrId(db, near.Person), near)),
                ],
            };
        },
        gone);

    /// <inheritdoc/>
    public async Task<AlarmSheet?> Sheet(string id, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (await File(id, by, gone) is not { } file)
        {
            return null;
        }

        // R-INP-04: over the entries it is made of.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in file.Story)
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(line.Event, RecordJson.Plain.RecordedEvent));
        }

        var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "alarm-sheet", id, 1, digest, by.Id), gone);
        return new(file, new(digest, $"{policy.Now.Profile} {policy.Now.Version}"));
    }

    /// <inheritdoc/>
    public Task<AlarmFigures> Figures(DateOnly month, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var (from, until) = (Midnight(new(month.Year, month.Month, 1)), Midnight(new DateOnly(month.Year, month.Month, 1).AddMonths(1)));
            return AlarmFigures.Of(AlarmRows.RaisedWithin(db, from, until).Where(alarm => Sees(by, alarm)).Select(AlarmLife.Of), from, until, time.GetUtcNow(), record.TimeZone);
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Acknowledge(AcknowledgeForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync(
            [.. FieldRules.Text("note", form.Note, FieldRules.LongestReason)],
            async () =>
            {
                if (record.Readers.AskNow(db => AlarmRows.One(db, form.Id)) is not { } alarm || !Sees(by, alarm))
                {
                    return ActResult.Refused("id", FieldFault.Unknown, form.Id);
                }

                if (await Objection(alarm, by, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (!alarm.IsUnacknowledged)
                {
                    return ActResult.Refused("", FieldFault.ChangedMeanwhile);
                }

                // Others only of the same cause, as the page offered them, and only where the person may.
                var file = await File(form.Id, by, stop);
                var also = file!.Together.Where(line => form.Also.Contains(line.Alarm.Id) && line.Alarm.IsUnacknowledged && line.MayAct).Select(line => line.Alarm.Id);
                var now = time.GetUtcNow();
                _ = await record.AppendAsync([.. also.Prepend(form.Id).Select(id => Draft.Of(new AlarmAcknowledged(now, id, FieldRules.Clean(form.Note), form.FalseAlarm, by.Id)))], null, stop);
                return ActResult.Done(form.Id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Shelve(string id, DateTimeOffset until, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            var now = time.GetUtcNow();
            if (Open(id, by) is not { } alarm)
            {
                return ActResult.Refused("id", FieldFault.Unknown, id);
            }

            if (await Objection(alarm, by, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (ShelfLimits.Of(alarm.Kind, alarm.Level) is not { } longest)
            {
                return ActResult.Refused("", FieldFault.NeverShelved);
            }

            if (until <= now || until - now > longest)
            {
                return ActResult.Refused("until", until <= now ? FieldFault.AlreadyOver : FieldFault.OutOfRange, $"{longest.TotalHours:0} h");
            }

            _ = await record.AppendAsync(new AlarmShelved(now, id, until, FieldRules.Clean(reason), by.Id), stop);
            return ActResult.Done(id);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Unshelve(string id, Actor by, CancellationToken stop) => turn.ActAsync(
        [],
        async () =>
        {
            var now = time.GetUtcNow();
            if (Open(id, by) is not { } alarm)
            {
                return ActResult.Refused("id", FieldFault.Unknown, id);
            }

            if (await Objection(alarm, by, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (!alarm.IsShelved(now))
            {
                return ActResult.Refused("", FieldFault.ChangedMeanwhile);
            }

            _ = await record.AppendAsync(new AlarmUnshelved(now, id, "person", by.Id), stop);
            return ActResult.Done(id);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> HandOver(string id, PersonId to, string note, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("note", note, FieldRules.LongestReason)],
        async () =>
        {
            if (Open(id, by) is not { } alarm)
            {
                return ActResult.Refused("id", FieldFault.Unknown, id);
            }

            if (await Objection(alarm, by, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (record.Readers.AskNow(db => People(db, alarm.Kind)).All(person => person.Id != to))
            {
                return ActResult.Refused("to", FieldFault.NoRoleForIt, to.Value);
            }

            if (alarm.Owner == to)
            {
                return ActResult.Refused("to", FieldFault.NothingToChange);
            }

            _ = await record.AppendAsync(new AlarmHandedOver(time.GetUtcNow(), id, to, FieldRules.Clean(note), by.Id), stop);
            return ActResult.Done(id);
        },
        stop);

    private Alarm? Open(string id, Actor by) =>
        record.Readers.AskNow(db => AlarmRows.One(db, id)) is { State: not AlarmState.Over } alarm && Sees(by, alarm) ? alarm : null;

    private Task<Refusal?> Objection(Alarm alarm, Actor by, CancellationToken stop) => guard.Objection(by, alarm.Kind.Act, Part.Does, About(alarm), "R-ENV-11", alarm.Id, stop);

    private static ActSubject About(Alarm alarm) => alarm.Zone is { } zone ? ActSubject.Of([zone]) : ActSubject.None;

    private static bool Sees(Actor by, Alarm alarm) => by.IsConsole || Seeing.Any(part => !Authority.RightsOf(by, alarm.Kind.Act, part).IsEmpty);

    private DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(default);
        return new(local, record.TimeZone.GetUtcOffset(local));
    }

    private ImmutableArray<AlarmLine> Lines(Statements db, IEnumerable<Alarm> alarms, Actor by, DateTimeOffset now)
    {
        var (open, work, book, hours) = (AlarmRows.AllOpen(db), AlarmRows.Maintenance(db, now), AlarmRows.Contacts(db), OfficeHours.Usual(record.TimeZone));
        var first = Bursts.FirstOf(open);
        return
        [
            .. alarms.Select(alarm =>
            {
                var kept = alarm.State is AlarmState.Over ? null : Keeping.Of(alarm, open, work, now);
                return new AlarmLine(
                    alarm,
                    kept,
                    first.GetValueOrDefault(alarm.Id),
                    NameOf(db, alarm.Owner),
                    NameOf(db, alarm.Acknowledged?.By),
                    NameOf(db, alarm.Shelved?.By),
                    alarm.IsUnacknowledged ? Escalation.Next(new(alarm, kept, AlarmRows.Told(db, alarm.Id)), book, hours, now) : null,
                    Authority.May(by, alarm.Kind.Act, Part.Does, About(alarm)).Allowed);
            }),
        ];
    }

    private static string? NameOf(Statements db, PersonId? person) => person is { } known ? AuthorityGuard.NamedOrId(db, known).Name : null;

    private static ImmutableArray<long> Story(Statements db, string id)
    {
        var found = ImmutableArray.CreateBuilder<long>();
        using var row = db.Rows("SELECT n FROM view_alarm_story WHERE alarm = $1 ORDER BY n", id);
        while (row.Read())
        {
            found.Add(row.GetInt64(0));
        }

        return found.DrainToImmutable();
    }

    // Who did something about it is named; whom the cause concerns is not, since not everybody who sees the alarm may know.
    private RecordLine? Told(Statements db, long n) => record.Read(n, 1) is [var entry] && RecordViews.ItemOf(entry).Event is { } item
        ? new(n, item, item is AlarmHandedOver { By: var from } ? $"{NameOf(db, from)} → {NameOf(db, ByOf(item)!)}" : ByOf(item) is { } person ? NameOf(db, person) : null)
        : null;

    private static string NameOf(Statements db, string person) => AuthorityGuard.NamedOrId(db, new(person)).Name;

    private static string? ByOf(RecordedEvent item) => item switch
    {
        AlarmAcknowledged e => e.By,
        AlarmShelved e => e.By,
        AlarmUnshelved e => e.By,
        AlarmHandedOver e => e.To.Value,
        AlarmDrilled e => e.By,
        Core.Panels.AttentionHandled e => e.By,
        _ => null,
    };

    private ImmutableArray<NamedPerson> People(Statements db, AlarmKind kind) =>
    [
        .. guard.Holders(db).Where(holding => AuthorityTable.RolesWith(kind.Act, Part.Does).Contains(holding.Role)).Select(holding => holding.Person).Distinct()
            .Select(person => AuthorityGuard.NamedOrId(db, person)).OrderBy(person => person.Kana, StringComparer.Ordinal),
    ];
}
