using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.HandRegister;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.HandRegister;

/// <summary>手書き簿 (R-DOOR-11): entered by OPS or REC, confirmed by SYS, never by one person (pair 5 of section (c)).</summary>
public sealed class HandRegisterDesk(ServiceRecord record, ISiteSettings site, AuthorityGuard guard, ILookDesk look, ActTurn turn, TimeProvider time) : IHandRegisterDesk
{
    private const int MostDone = 100;
    private const int MostOpen = 500;

    // Clocks on a wall and clocks of devices differ; a trouble a little before or after still explains a line.
    private const long TroubleSlack = RegisterView.Hour / 4;

    private readonly HandRegisterSettings figures = site.Now.HandRegister ?? new();

    /// <inheritdoc/>
    public async Task<HandRegisterLook> Look(Actor by, CancellationToken gone)
    {
        var scope = await look.Scope(by, gone);
        return await record.Readers.Ask(
            db => new HandRegisterLook(
                [.. Lines(db, "WHERE verdict IS NULL ORDER BY confirm_by, at").Where(one => Shows(scope, by, one)).Take(MostOpen)],
                [.. Lines(db, "WHERE verdict IS NOT NULL ORDER BY decided DESC LIMIT 500").Where(one => Shows(scope, by, one)).Take(MostDone)],
                Authority.May(by, Act.HandWrittenLine, Part.Does, ActSubject.None).Allowed),
            gone);
    }

    /// <inheritdoc/>
    public async Task<HandLineFile?> Line(string id, Actor by, CancellationToken gone)
    {
        var scope = await look.Scope(by, gone);
        return await record.Readers.Ask(
            db =>
            {
                if (One(db, id) is not { } status || !Shows(scope, by, status))
                {
                    return null;
                }

                var objection = status.Verdict is null ? ObjectionTo(by, status) : null;
                var why = status.Verdict is null && objection is { Refusal: not null } ? guard.Of(db, objection, "R-DOOR-11") : null;
                return new HandLineFile(status, Trouble(db, status.Line), status.Verdict is null && why is null, why);
            },
            gone);
    }

    /// <inheritdoc/>
    public Task<ActResult> Enter(HandLineForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync(
            [.. Problems(form)],
            async () =>
            {
                if (await guard.Objection(by, Act.HandWrittenLine, Part.Does, ActSubject.None, "R-DOOR-11", form.PaperPage, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var known = form.Person is { } id ? record.Readers.AskNow(db => AuthorityGuard.Named(db, id)) : null;
                if (form.Person is { } person && known is null)
                {
                    return ActResult.Refused("person", FieldFault.Unknown, person.Value);
                }

                if (form.Escort is { } escort && record.Readers.AskNow(db => AuthorityGuard.Named(db, escort)) is null)
                {
                    return ActResult.Refused("escort", FieldFault.Unknown, escort.Value);
                }

                var at = (form.EnteredAt ?? form.ExitedAt)!.Value;
                if (form.Exception is { } exception && !record.Readers.AskNow(db => ExceptionsView.InForce(db, exception.Value, Day(at))))
                {
                    return ActResult.Refused("exception", FieldFault.Unknown, exception.Value);
                }

                var now = time.GetUtcNow();
                var line = new HandLine(
                    NewId(now),
                    new(site.Now.Doors.First(door => door.Id == form.Door.Value).Zone),
                    form.Door,
                    form.EnteredAt,
                    form.ExitedAt,
                    form.Person,
                    known?.Name ?? FieldRules.Clean(form.Name),
                    known?.Section ?? FieldRules.Clean(form.SectionOrFirm),
                    FieldRules.Clean(form.PaperPage),
                    FieldRules.Clean(form.Reason),
                    PersonnelComparison.WorkingDaysAfter(Day(now), figures.ConfirmWorkingDays),
                    OrNull(form.Purpose),
                    form.Escort,
                    form.Identity,
                    OrNull(form.DeclaredItems),
                    form.Exception);
                if (Twin(line) is { } twin)
                {
                    return ActResult.Refused("enteredAt", FieldFault.AlreadyExists, twin);
                }

                _ = await record.AppendAsync(new HandLineEntered(now, line, by.Id), stop);
                return ActResult.Done(line.Id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Decide(string id, HandLineVerdict? verdict, string note, Actor by, CancellationToken stop) => turn.ActAsync(
        [],
        async () =>
        {
            var scope = await look.Scope(by, stop);
            if (record.Readers.AskNow(db => One(db, id)) is not { } status || !Shows(scope, by, status))
            {
                return ActResult.Refused("id", FieldFault.Unknown, id);
            }

            if (await guard.Objection(by, ObjectionTo(by, status), "HandWrittenLine/Checks", "R-DOOR-11", id, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (status.Verdict is not null)
            {
                return ActResult.Refused("verdict", FieldFault.ChangedMeanwhile);
            }

            if (verdict is not { } chosen || !Enum.IsDefined(chosen))
            {
                return ActResult.Refused("verdict", FieldFault.Required);
            }

            // What is rejected has a reason; what is confirmed may have a remark.
            ImmutableArray<FieldProblem> problems = [.. FieldRules.Text("note", note, FieldRules.LongestReason, required: chosen is HandLineVerdict.Rejected)];
            if (!problems.IsEmpty)
            {
                return new(problems);
            }

            _ = await record.AppendAsync(new HandLineDecided(time.GetUtcNow(), id, chosen, FieldRules.Clean(note), by.Id), stop);
            return ActResult.Done(id);
        },
        stop);

    /// <summary>Lines that nobody confirmed in time, for what needs a hand.</summary>
    public static IEnumerable<Attention> Overdue(Statements db, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = new List<Attention>();
        using var row = db.Rows("SELECT n, line, json FROM view_hand_lines WHERE verdict IS NULL AND confirm_by < $1 ORDER BY confirm_by LIMIT 50", RowReading.Iso(today));
        while (row.Read())
        {
            var line = JsonSerializer.Deserialize(row.GetString(2), RecordJson.Plain.HandLine)!;
            found.Add(new($"hand-{line.Id}", AttentionKind.HandLineOverdue, Urgency.Caution, line.At, Standing: true, Zone: line.Zone, Door: line.Door, Entry: row.GetInt64(0)));
        }

        return found;
    }

    // One sees what one entered oneself, and what of the register one sees besides.
    private static bool Shows(RegisterScope scope, Actor by, HandLineStatus one) =>
        one.EnteredBy.Id == by.Person || scope.Shows(one.Line.Zone, one.Line.Person, one.Line.SectionOrFirm, null, one.Line.At);

    private static AuthorityAnswer ObjectionTo(Actor by, HandLineStatus status)
    {
        var answer = Authority.May(by, Act.HandWrittenLine, Part.Checks, ActSubject.Of([status.Line.Zone]));
        return answer.Allowed && SeparationOfDuties.Broken(DutyPair.EntererAndConfirmer, status.EnteredBy.Id, by.Person) ? answer with { Refusal = AuthorityRefusal.SamePerson } : answer;
    }

    private static string? OrNull(string text) => FieldRules.Clean(text) is { Length: > 0 } clean ? clean : null;

    private HandLineStatus? One(Statements db, string id) => Lines(db, "WHERE line = $1", id).FirstOrDefault();

    private List<HandLineStatus> Lines(Statements db, string which, params object?[] values)
    {
        var (found, today) = (new List<HandLineStatus>(), Day(time.GetUtcNow()));
        using var row = db.Rows($"SELECT n, json, entered, entered_by, confirm_by, verdict, decided, decided_by, note, decided_n FROM view_hand_lines {which}", values);
        while (row.Read())
        {
            found.Add(new(
                row.GetInt64(0),
                JsonSerializer.Deserialize(row.GetString(1), RecordJson.Plain.HandLine)!,
                AuthorityGuard.NamedOrId(db, new(row.GetString(3))),
                row.Time(2),
                row.IsDBNull(5) && row.DateOrNull(4) < today,
                row.NumberOrNull(5) is { } verdict ? (HandLineVerdict)verdict : null,
                row.TextOrNull(7) is { } decider ? AuthorityGuard.NamedOrId(db, new(decider)) : null,
                row.TimeOrNull(6),
                row.TextOrNull(8),
                row.NumberOrNull(9)));
        }

        return found;
    }

    // What the record says was wrong with the bridge of this door, or its readers, at the time on the paper.
    private ImmutableArray<DeviceTrouble> Trouble(Statements db, HandLine line)
    {
        var found = ImmutableArray.CreateBuilder<DeviceTrouble>();
        var panel = site.Now.Doors.FirstOrDefault(door => door.Id == line.Door.Value)?.Panel;
        var at = line.At.ToUnixTimeMilliseconds();
        using var row = db.Rows(
            """
            SELECT n, kind, since, ended, device FROM view_attention
            WHERE kind IN ($1, $2, $3) AND panel = $4 AND since <= $5 + $6 AND (ended IS NULL OR ended >= $5 - $6) ORDER BY since LIMIT 20
            """,
            (long)AttentionKind.ReaderFault,
            (long)AttentionKind.PanelLost,
            (long)AttentionKind.JournalUnwritable,
            panel,
            at,
            TroubleSlack);
        while (row.Read())
        {
            found.Add(new(row.GetInt64(0), (AttentionKind)row.GetInt64(1), row.Time(2), row.TimeOrNull(3), row.TextOrNull(4)));
        }

        return found.ToImmutable();
    }

    private string? Twin(HandLine line) => record.Readers.AskNow(db =>
    {
        foreach (var other in Lines(db, "WHERE at = $1 AND (verdict IS NULL OR verdict = 0)", line.At.ToUnixTimeMilliseconds()))
        {
            if (other.Line.Door == line.Door && other.Line.IsEntry == line.IsEntry && (line.Person is { } person ? other.Line.Person == person : other.Line.Name == line.Name))
            {
                return other.Line.Id;
            }
        }

        return null;
    });

    private string NewId(DateTimeOffset now)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"M-{Day(now).Year}-");
        var newest = record.Readers.AskNow(db => db.Value("SELECT max(CAST(substr(line, 8) AS INTEGER)) FROM view_hand_lines WHERE line LIKE $1 || '%'", prefix)) as long? ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{newest + 1:0000}");
    }

    private IEnumerable<FieldProblem> Problems(HandLineForm form)
    {
        if (site.Now.Doors.All(door => door.Id != form.Door.Value))
        {
            yield return new("door", FieldFault.Unknown, form.Door.Value);
        }

        if (form.EnteredAt is null && form.ExitedAt is null)
        {
            yield return new("enteredAt", FieldFault.Required);
        }

        var now = time.GetUtcNow();
        var first = now.AddDays(-figures.DaysBack);
        foreach (var (field, at) in new[] { ("enteredAt", form.EnteredAt), ("exitedAt", form.ExitedAt) })
        {
            if (at > now || at < first)
            {
                yield return new(field, FieldFault.OutOfRange, $"{Local(first):yyyy-MM-dd HH:mm} – {Local(now):yyyy-MM-dd HH:mm}");
            }
        }

        if (form.EnteredAt >= form.ExitedAt)
        {
            yield return new("exitedAt", FieldFault.EndBeforeStart);
        }

        if (form.Identity is { } identity && !Enum.IsDefined(identity))
        {
            yield return new("identity", FieldFault.NotAChoice);
        }

        var texts = FieldRules.Text("name", form.Name, required: form.Person is null).Concat(FieldRules.Text("section", form.SectionOrFirm, required: false))
            .Concat(FieldRules.Text("page", form.PaperPage, 40)).Concat(FieldRules.Text("reason", form.Reason, FieldRules.LongestReason))
            .Concat(FieldRules.Text("purpose", form.Purpose, required: false)).Concat(FieldRules.Text("items", form.DeclaredItems, required: false));
        foreach (var problem in texts)
        {
            yield return problem;
        }
    }

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, record.TimeZone);

    private DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);
}
