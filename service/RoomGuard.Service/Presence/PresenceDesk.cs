using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Presence;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using Act = RoomGuard.Core.Operators.Act;
using Part = RoomGuard.Core.Operators.Part;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Presence;

/// <summary>
/// 在室の確認と訂正 (R-DOOR-05, R-DOOR-06): what does not add up is asked of the person concerned, OPS asks for a correction, SYS makes it with a
/// reason. A correction is an order to the rooms, because who is inside is the bridge's to know; the list follows when the bridge has carried it out.
/// </summary>
public sealed class PresenceDesk(ServiceRecord record, ISiteSettings site, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IPresenceDesk
{
    private const string Columns = """
        q.n, q.zone, q.person, coalesce(p.name, q.person), coalesce(p.kana, ''), p.category, coalesce(p.section, ''), q.kind, q.at, q.entered, q.times,
        q.asked_by, a.name, q.claim_inside, q.claim_since, q.reason, q.answer, q.answered, q.answer_at, q.note
        """;

    private const string From = "view_presence_questions q LEFT JOIN view_people p ON p.person = q.person LEFT JOIN view_people a ON a.person = q.asked_by";

    /// <inheritdoc/>
    public Task<ImmutableArray<PresenceQuestion>> Open(RegisterScope scope, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            ArgumentNullException.ThrowIfNull(scope);
            var now = time.GetUtcNow();
            return Read(db.Rows($"SELECT {Columns} FROM {From} WHERE q.closed IS NULL ORDER BY q.answered IS NULL, q.at LIMIT 300"))
                .Where(question => scope.Shows(question.Zone, question.Person, question.SectionOrFirm, question.Category, now)).ToImmutableArray();
        },
        gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<PresenceQuestion>> Mine(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            ArgumentNullException.ThrowIfNull(by);
            return Read(db.Rows($"SELECT {Columns} FROM {From} WHERE q.closed IS NULL AND q.person = $1 AND q.kind <> '{PresenceQuestionsView.Asked}' ORDER BY q.at", by.Person.Value)).ToImmutableArray();
        },
        gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<PendingCorrection>> Pending(CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var found = ImmutableArray.CreateBuilder<PendingCorrection>();
            using var row = db.Rows("SELECT json FROM view_room_orders WHERE key LIKE 'presence %' AND in_force_at = '' ORDER BY n");
            while (row.Read())
            {
                if (System.Text.Json.JsonSerializer.Deserialize(row.GetString(0), Core.Record.RecordJson.Plain.RoomOrder) is PresenceOrder order)
                {
                    found.Add(new(order.Person, order.Zone, order.Inside, order.Since));
                }
            }

            return found.DrainToImmutable();
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Correct(PresenceCorrection form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. Problems(form)],
            async () =>
            {
                var subject = new ActSubject { Person = form.Person, Zones = [form.Zone], ReasonGiven = true };
                if (await guard.Objection(by, Act.ResetPresence, Part.Does, subject, "R-DOOR-06", $"{form.Zone}/{form.Person}", stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (form.Person == by.Person)
                {
                    // R-PROF-05: nobody mends their own record.
                    return ActResult.Refused("person", FieldFault.SamePerson, by.Name);
                }

                var order = new PresenceOrder(form.Person, form.Zone, form.Inside, form.Since, FieldRules.Clean(form.Reason), by.Id, record.Size);
                _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), order, by.Id), stop);
                return ActResult.Done(form.Person.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Ask(PresenceCorrection form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. Problems(form)],
            async () =>
            {
                if (await guard.Objection(by, Act.ResetPresence, Part.Asks, ActSubject.Of([form.Zone]), "R-DOOR-06", $"{form.Zone}/{form.Person}", stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                _ = await record.AppendAsync(new PresenceAsked(time.GetUtcNow(), form.Person, form.Zone, form.Inside, form.Since, FieldRules.Clean(form.Reason), by.Id), stop);
                return ActResult.Done(form.Person.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Answer(long question, PresenceAnswer answer, DateTimeOffset? at, string note, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. FieldRules.Text("note", note, FieldRules.LongestReason, required: false), .. Times("at", at)],
            async () =>
            {
                // Somebody else's question is as unknown here as one that never was.
                if (Find(question) is not { } asked || asked.Person != by.Person)
                {
                    return ActResult.Refused("id", FieldFault.Unknown, $"{question}");
                }

                if (!PresenceQuestion.Answers(asked.Kind).Contains(answer))
                {
                    return ActResult.Refused("answer", FieldFault.NotAChoice);
                }

                _ = await record.AppendAsync(new PresenceAnswered(time.GetUtcNow(), question, asked.Person, asked.Zone, answer, at, FieldRules.Clean(note), by.Id), stop);
                return ActResult.Done();
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Settle(long question, string reason, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
            async () =>
            {
                if (Find(question) is not { } asked)
                {
                    return ActResult.Refused("id", FieldFault.Unknown, $"{question}");
                }

                var subject = new ActSubject { Person = asked.Person, Zones = [asked.Zone], ReasonGiven = true };
                if (await guard.Objection(by, Act.ResetPresence, Part.Does, subject, "R-DOOR-06", $"{asked.Zone}/{asked.Person}", stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                _ = await record.AppendAsync(new PresenceSettled(time.GetUtcNow(), question, asked.Person, asked.Zone, FieldRules.Clean(reason), by.Id), stop);
                return ActResult.Done();
            },
            stop);
    }

    private PresenceQuestion? Find(long n) => record.Readers.AskNow(db => Read(db.Rows($"SELECT {Columns} FROM {From} WHERE q.n = $1 AND q.closed IS NULL", n)).FirstOrDefault());

    private IEnumerable<FieldProblem> Problems(PresenceCorrection form)
    {
        if (record.Readers.AskNow(db => db.Value("SELECT 1 FROM view_people WHERE person = $1 UNION SELECT 1 FROM view_presence WHERE person = $1", form.Person.Value ?? "")) is null)
        {
            yield return new("person", FieldFault.Unknown, form.Person.Value);
        }

        if (site.Now.Zones.All(zone => zone.Id != form.Zone.Value))
        {
            yield return new("zone", FieldFault.Unknown, form.Zone.Value);
        }

        foreach (var problem in Times("since", form.Since).Concat(FieldRules.Text("reason", form.Reason, FieldRules.LongestReason)))
        {
            yield return problem;
        }
    }

    // Nobody has gone in or out in the future.
    private IEnumerable<FieldProblem> Times(string field, DateTimeOffset? at)
    {
        if (at > time.GetUtcNow())
        {
            yield return new(field, FieldFault.InFuture);
        }
    }

    private static IEnumerable<PresenceQuestion> Read(Microsoft.Data.Sqlite.SqliteDataReader row)
    {
        using (row)
        {
            while (row.Read())
            {
                yield return new(
                    row.GetInt64(0),
                    new(row.GetString(1)),
                    new(row.GetString(2)),
                    row.GetString(3),
                    row.GetString(4),
                    row.NumberOrNull(5) is { } category ? (PersonCategory)category : null,
                    row.GetString(6),
                    row.GetString(7),
                    row.Time(8),
                    row.TimeOrNull(9),
                    (int)row.GetInt64(10),
                    row.TextOrNull(11) is { } asker ? row.TextOrNull(12) ?? asker : null,
                    row.NumberOrNull(13) is { } inside ? inside != 0 : null,
                    row.TimeOrNull(14),
                    row.TextOrNull(15),
                    row.NumberOrNull(16) is { } answer ? (PresenceAnswer)answer : null,
                    row.TimeOrNull(17),
                    row.TimeOrNull(18),
                    row.TextOrNull(19));
            }
        }
    }
}
