using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Keys;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Keys;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Keys;

/// <summary>鍵の管理 (R-DOOR-13). A loan counts from the moment it is recorded and never from before.</summary>
public sealed class KeyDesk(ServiceRecord record, ISiteSettings site, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IKeyDesk
{
    private const int MostLoans = 200;
    private static readonly TimeSpan LongestLoan = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public Task<KeyLook?> Look(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (!DeskGate.Open(by, PageAct.SeeKeys))
            {
                return null;
            }

            var loans = Loans(db);
            var keys = ImmutableArray.CreateBuilder<KeyStatus>();
            using (var row = db.Rows("SELECT key, label, doors, kept_at FROM view_keys WHERE retired = 0 ORDER BY key"))
            {
                while (row.Read())
                {
                    var key = new DoorKey(row.GetString(0), row.GetString(1), KeysView.DoorsFrom(row.GetString(2)), row.GetString(3));
                    keys.Add(new(key, loans.FirstOrDefault(loan => loan.Loan.Key == key.No && loan.ReturnedAt is null)));
                }
            }

            return new KeyLook(keys.ToImmutable(), [.. loans.Take(MostLoans)], DeskGate.Open(by, PageAct.LendKeys), DeskGate.Open(by, PageAct.KeepKeys));
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Register(DoorKey key, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(key);
        return turn.ActAsync(
            [.. Problems(key)],
            async () =>
            {
                if (await guard.Objection(by, PageAct.KeepKeys, ActSubject.None, "R-DOOR-13", key.No, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                // The doors of a key that is out stay what they are until it is back: the loan names them.
                if (record.Readers.AskNow(db => IsOut(db, key.No)))
                {
                    return ActResult.Refused("no", FieldFault.ChangedMeanwhile);
                }

                var kept = key with { Label = FieldRules.Clean(key.Label), KeptAt = FieldRules.Clean(key.KeptAt) };
                _ = await record.AppendAsync(new KeyRecorded(time.GetUtcNow(), kept, Retired: false, by.Id), stop);
                return ActResult.Done(key.No);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Retire(string key, Actor by, CancellationToken stop) => turn.ActAsync(
        [],
        async () =>
        {
            if (await guard.Objection(by, PageAct.KeepKeys, ActSubject.None, "R-DOOR-13", key, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (record.Readers.AskNow(db => KeyOf(db, key)) is not { } found || record.Readers.AskNow(db => IsOut(db, key)))
            {
                return ActResult.Refused("no", FieldFault.Unknown, key);
            }

            _ = await record.AppendAsync(new KeyRecorded(time.GetUtcNow(), found, Retired: true, by.Id), stop);
            return ActResult.Done(key);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Take(KeyTakeForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        var asked = time.GetUtcNow();
        return turn.ActAsync(
            [
                .. FieldRules.Text("reason", form.Reason, FieldRules.LongestReason),
                .. form.ReturnBy <= asked ? [new FieldProblem("returnBy", FieldFault.AlreadyOver)]
                    : form.ReturnBy > asked + LongestLoan ? [new FieldProblem("returnBy", FieldFault.OutOfRange, $"{TimeZoneInfo.ConvertTime(asked + LongestLoan, record.TimeZone):yyyy-MM-dd HH:mm}")] : Array.Empty<FieldProblem>(),
            ],
            async () =>
            {
                if (await guard.Objection(by, PageAct.LendKeys, ActSubject.None, "R-DOOR-13", form.Key, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (record.Readers.AskNow(db => KeyOf(db, form.Key)) is not { } key)
                {
                    return ActResult.Refused("key", FieldFault.Unknown, form.Key);
                }

                if (record.Readers.AskNow(db => IsOut(db, form.Key)))
                {
                    return ActResult.Refused("key", FieldFault.ChangedMeanwhile);
                }

                if (record.Readers.AskNow(db => AuthorityGuard.Named(db, form.TakenBy)) is null)
                {
                    return ActResult.Refused("takenBy", FieldFault.Unknown, form.TakenBy.Value);
                }

                var now = time.GetUtcNow();
                var loan = new KeyLoan(NewId(now), key.No, key.Doors, form.TakenBy, FieldRules.Clean(form.Reason), form.ReturnBy);
                _ = await record.AppendAsync(new KeyTaken(now, loan, by.Id), stop);
                return ActResult.Done(loan.Id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> TakeBack(string loan, PersonId returnedBy, string note, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text($"note-{loan}", note, FieldRules.LongestReason, required: false)],
        async () =>
        {
            if (await guard.Objection(by, PageAct.LendKeys, ActSubject.None, "R-DOOR-13", loan, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (record.Readers.AskNow(db => db.Value("SELECT key FROM view_key_loans WHERE loan = $1 AND returned IS NULL", loan)) is not string key)
            {
                return ActResult.Refused($"returnedBy-{loan}", FieldFault.ChangedMeanwhile);
            }

            if (record.Readers.AskNow(db => AuthorityGuard.Named(db, returnedBy)) is null)
            {
                return ActResult.Refused($"returnedBy-{loan}", FieldFault.Unknown, returnedBy.Value);
            }

            _ = await record.AppendAsync(new KeyReturned(time.GetUtcNow(), loan, key, returnedBy, FieldRules.Clean(note), by.Id), stop);
            return ActResult.Done(loan);
        },
        stop);

    /// <summary>Keys that are not back in time, for what needs a hand.</summary>
    public static IEnumerable<Attention> Overdue(Statements db, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = new List<Attention>();
        using var row = db.Rows(
            "SELECT l.n, l.loan, l.return_by, l.person, p.name, l.doors FROM view_key_loans l LEFT JOIN view_people p ON p.person = l.person WHERE l.returned IS NULL AND l.return_by < $1 ORDER BY l.return_by LIMIT 50",
            now.ToUnixTimeMilliseconds());
        while (row.Read())
        {
            var doors = KeysView.DoorsFrom(row.GetString(5));
            found.Add(new(
                $"key-{row.GetString(1)}", AttentionKind.KeyOverdue, Urgency.Caution, row.Time(2), Standing: true, Door: doors.Length == 1 ? doors[0] : null, Person: new PersonId(row.GetString(3)),
                PersonName: row.TextOrNull(4), Entry: row.GetInt64(0)));
        }

        return found;
    }

    private static bool IsOut(Statements db, string key) => db.Value("SELECT 1 FROM view_key_loans WHERE key = $1 AND returned IS NULL", key) is not null;

    private static DoorKey? KeyOf(Statements db, string key)
    {
        using var row = db.Rows("SELECT key, label, doors, kept_at FROM view_keys WHERE key = $1 AND retired = 0", key);
        return row.Read() ? new(row.GetString(0), row.GetString(1), KeysView.DoorsFrom(row.GetString(2)), row.GetString(3)) : null;
    }

    // Every loan that is out, and the newest of the others.
    private List<KeyLoanStatus> Loans(Statements db)
    {
        var (found, now) = (new List<KeyLoanStatus>(), time.GetUtcNow());
        using var row = db.Rows(
            """
            SELECT loan, key, doors, person, reason, taken, return_by, returned, returned_by, note, n FROM view_key_loans
            WHERE returned IS NULL OR loan IN (SELECT loan FROM view_key_loans ORDER BY taken DESC LIMIT 200) ORDER BY taken DESC, loan DESC
            """);
        while (row.Read())
        {
            var (loan, returned) = (KeysView.LoanFrom(row), row.TimeOrNull(7));
            found.Add(new(
                row.GetInt64(10),
                loan,
                AuthorityGuard.NamedOrId(db, loan.TakenBy),
                row.Time(5),
                returned,
                row.TextOrNull(8) is { } back ? AuthorityGuard.NamedOrId(db, new(back)) : null,
                row.TextOrNull(9),
                returned is null && loan.ReturnBy < now,
                Openings(db, loan.Id)));
        }

        return found;
    }

    private static ImmutableArray<long> Openings(Statements db, string loan)
    {
        var found = ImmutableArray.CreateBuilder<long>();
        using var row = db.Rows("SELECT n FROM view_key_openings WHERE loan = $1 ORDER BY at, n LIMIT 100", loan);
        while (row.Read())
        {
            found.Add(row.GetInt64(0));
        }

        return found.ToImmutable();
    }

    private string NewId(DateTimeOffset now)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"KL-{TimeZoneInfo.ConvertTime(now, record.TimeZone).Year}-");
        var newest = record.Readers.AskNow(db => db.Value("SELECT max(CAST(substr(loan, 9) AS INTEGER)) FROM view_key_loans WHERE loan LIKE $1 || '%'", prefix)) as long? ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{newest + 1:0000}");
    }

    private IEnumerable<FieldProblem> Problems(DoorKey key)
    {
        foreach (var problem in FieldRules.Id("no", key.No).Concat(FieldRules.Text("label", key.Label)).Concat(FieldRules.Text("keptAt", key.KeptAt)))
        {
            yield return problem;
        }

        if (key.Doors.IsDefaultOrEmpty)
        {
            yield return new("doors", FieldFault.Required);
        }
        else if (key.Doors.FirstOrDefault(door => site.Now.Doors.All(known => known.Id != door.Value)) is { Value: { } unknown })
        {
            yield return new("doors", FieldFault.Unknown, unknown);
        }
    }
}
