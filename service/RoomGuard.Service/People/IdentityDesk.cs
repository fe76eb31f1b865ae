using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Identity;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.People;

/// <summary>
/// 身分証明書の確認 (R-DOOR-12). What was not shown suspends the person's grants in the same group of entries, so that bridges have it with the next
/// list; SEC is told and lifts it, or leaves it.
/// </summary>
public sealed class IdentityDesk(ServiceRecord record, ISiteSettings site, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IIdentityDesk
{
    /// <summary>Why a grant is suspended, as the record says it.</summary>
    public const string Cause = "identity-not-shown";

    private const int MostShown = 200;

    /// <inheritdoc/>
    public Task<IdentityLook> Look(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => new IdentityLook([.. Lines(db, by).Take(MostShown)], DeskGate.Open(by, PageAct.CheckIdentity)),
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Check(IdentityForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync(
            [.. Problems(form)],
            async () =>
            {
                if (await guard.Objection(by, PageAct.CheckIdentity, ActSubject.None, "R-DOOR-12", form.Person.Value, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (record.Readers.AskNow(db => PersonnelDesk.PersonOf(db, form.Person)) is not { } person)
                {
                    return ActResult.Refused("person", FieldFault.Unknown, form.Person.Value);
                }

                if (form.Person == by.Person)
                {
                    return ActResult.Refused("person", FieldFault.SamePerson, by.Person.Value);
                }

                var now = time.GetUtcNow();
                ImmutableArray<EntryGrant> held = form.Outcome is IdentityOutcome.Shown ? [] : [.. record.Readers.AskNow(db => PersonnelDesk.GrantsOf(db, person.Id)).Where(grant => !grant.Suspended)];
                var id = NewId(now);
                List<RecordedEvent> facts =
                [
                    new IdentityChecked(now, id, person.Id, form.Zone, form.Paper, form.Outcome, [.. held.Select(grant => grant.Id)], FieldRules.Clean(form.Note), by.Id),
                    .. held.Select(grant => new GrantRecorded(now, grant with { Suspended = true }, Cause, by.Id)),
                ];
                _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Clear(string check, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            if (record.Readers.AskNow(db => Lines(db, null).FirstOrDefault(line => line.Id == check && line.Standing)) is not { } line)
            {
                return ActResult.Refused("id", FieldFault.Unknown, check);
            }

            // Neither the one who was checked nor the one who checked says that all was well.
            var answer = Authority.May(by, PageAct.ClearIdentity, ActSubject.Of(line.Person.Id, line.Person.Section));
            if (answer.Allowed && (by.Person == line.Person.Id || by.Person == line.By.Id))
            {
                answer = answer with { Refusal = AuthorityRefusal.SamePerson };
            }

            if (await guard.Objection(by, answer, nameof(PageAct.ClearIdentity), "R-DOOR-12", check, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            // Another check that also failed goes on holding what it holds.
            var now = time.GetUtcNow();
            var others = record.Readers.AskNow(db => Lines(db, null).Where(other => other.Id != check && other.Standing && other.Person.Id == line.Person.Id).SelectMany(other => other.Held).ToHashSet());
            var back = record.Readers.AskNow(db => PersonnelDesk.GrantsOf(db, line.Person.Id)).Where(grant => grant.Suspended && line.Held.Contains(grant.Id) && !others.Contains(grant.Id)).ToList();
            List<RecordedEvent> facts =
            [
                new IdentityCleared(now, check, line.Person.Id, [.. back.Select(grant => grant.Id)], FieldRules.Clean(reason), by.Id),
                .. back.Select(grant => new GrantRecorded(now, grant with { Suspended = false }, "identity-cleared", by.Id)),
            ];
            _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
            return ActResult.Done(check);
        },
        stop);

    // One sees what one recorded, and of others what one answers for. Null: everything, for the desk itself.
    private static List<IdentityLine> Lines(Statements db, Actor? by)
    {
        var found = new List<IdentityLine>();
        using var row = db.Rows("SELECT n, id, at, person, zone, paper, outcome, held, note, by, cleared, cleared_by, reason FROM view_identity_checks ORDER BY at DESC, n DESC LIMIT 2000");
        while (row.Read())
        {
            var person = AuthorityGuard.NamedOrId(db, new(row.GetString(3)));
            var checkedBy = AuthorityGuard.NamedOrId(db, new(row.GetString(9)));
            var about = ActSubject.Of(person.Id, person.Section);
            if (by is not null && by.Person != checkedBy.Id && !DeskGate.Open(by, PageAct.SeeIdentityChecks, about))
            {
                continue;
            }

            var line = new IdentityLine(
                row.GetInt64(0),
                row.GetString(1),
                row.Time(2),
                person,
                row.TextOrNull(4) is { } zone ? new Core.Zones.ZoneId(zone) : null,
                row.NumberOrNull(5) is { } paper ? (IdentityPaper)paper : null,
                (IdentityOutcome)row.GetInt64(6),
                [.. row.GetString(7).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(grant => new GrantId(grant))],
                row.GetString(8),
                checkedBy,
                row.TimeOrNull(10),
                row.TextOrNull(11) is { } clearer ? AuthorityGuard.NamedOrId(db, new(clearer)) : null,
                row.TextOrNull(12),
                MayClear: false);
            found.Add(line with { MayClear = line.Standing && by is not null && by.Person != person.Id && by.Person != checkedBy.Id && DeskGate.Open(by, PageAct.ClearIdentity, about) });
        }

        return found;
    }

    private IEnumerable<FieldProblem> Problems(IdentityForm form)
    {
        if (!Enum.IsDefined(form.Outcome))
        {
            yield return new("outcome", FieldFault.NotAChoice);
        }

        // What was shown has a kind; what was not has none.
        if (form.Outcome is IdentityOutcome.NotShown != form.Paper is null)
        {
            yield return new("paper", form.Paper is null ? FieldFault.Required : FieldFault.NotAChoice);
        }

        if (form.Zone is { } zone && site.Now.Zones.All(known => known.Id != zone.Value))
        {
            yield return new("zone", FieldFault.Unknown, zone.Value);
        }

        // A failed check keeps somebody out: it says why.
        foreach (var problem in FieldRules.Text("note", form.Note, FieldRules.LongestReason, required: form.Outcome is not IdentityOutcome.Shown))
        {
            yield return problem;
        }
    }

    private string NewId(DateTimeOffset now)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"I-{TimeZoneInfo.ConvertTime(now, record.TimeZone).Year}-");
        var newest = record.Readers.AskNow(db => db.Value("SELECT max(CAST(substr(id, 8) AS INTEGER)) FROM view_identity_checks WHERE id LIKE $1 || '%'", prefix)) as long? ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{newest + 1:0000}");
    }
}
