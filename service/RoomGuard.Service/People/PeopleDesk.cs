using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.People;
using RoomGuard.Evidence;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Operators;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.People;

/// <summary>
/// What the office does with people, cards and grants. Every act is looked at, then is one or more entries of the record; whatever follows
/// (views, lists, orders to bridges) follows from the entries. One act at a time, so that nothing changes between looking and writing.
/// </summary>
public sealed class PeopleDesk(
    ServiceRecord record,
    SiteKeys keys,
    PeopleImport import,
    SitePolicy policy,
    AuthorityGuard guard,
    ActTurn turn,
    TimeProvider time,
    Func<int, byte[]> randomBytes) : IPeopleDesk
{
    /// <summary>PBKDF2 rounds of a PIN: about five milliseconds at a door, and the PIN key keeps a stolen list useless anyway.</summary>
    public const int PinRounds = 20_000;

    private readonly PeopleLists lists = new(record, time);

    /// <inheritdoc/>
    public ImmutableArray<CardFormatChoice> CardFormats => PrintedCard.Choices;

    /// <inheritdoc/>
    public Task<PeoplePage> People(PeopleQuery query, CancellationToken gone) => lists.People(query, gone);

    /// <inheritdoc/>
    public Task<PersonFile?> Person(PersonId id, CancellationToken gone) => lists.Person(id, gone);

    /// <inheritdoc/>
    public Task<CardsPage> Cards(CardQuery query, CancellationToken gone) => lists.Cards(query, gone);

    /// <inheritdoc/>
    public Task<GrantsPage> Grants(GrantQuery query, CancellationToken gone) => lists.Grants(query, gone);

    /// <inheritdoc/>
    public Task<ActResult> AddPerson(PersonForm form, Actor by, CancellationToken stop) => PersonAct(form, isNew: true, by, stop);

    /// <inheritdoc/>
    public Task<ActResult> ChangePerson(PersonForm form, Actor by, CancellationToken stop) => PersonAct(form, isNew: false, by, stop);

    /// <inheritdoc/>
    public Task<ActResult> SuspendPerson(PersonId person, bool lifted, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            if (Asked("SELECT suspended FROM view_people WHERE person = $1", person.Value) is not { } suspended)
            {
                return ActResult.Refused("person", FieldFault.Unknown, person.Value);
            }

            if (await guard.Objection(by, Act.SuspendRights, Part.Does, About(person), "R-ID-10", person.Value, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            // SuspensionBySup of section (b): where the profile has no suspension by SUP, none begins; one that stands can still be lifted.
            if (!lifted && !policy.Now.SuspensionBySup)
            {
                return ActResult.NotAllowed(new(AuthorityText.NoSuspensionBySup, "R-ID-10", [], []));
            }

            if (suspended is long before && (before != 0) == !lifted)
            {
                return ActResult.Refused("", FieldFault.NothingToChange);
            }

            var now = time.GetUtcNow();
            var suspension = new Suspension(NextSuspension(), now, person, null, CredentialState.Suspended, lifted);
            _ = await record.AppendAsync(new SuspensionOrdered(now, suspension, by.Id, FieldRules.Clean(reason)), stop);
            return ActResult.Done(person.Value);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> IssueCard(CardForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync(
            [.. FieldRules.Card(form.Format, form.Facility, form.Number, form.ValidFrom, form.ValidUntil)],
            async () =>
            {
                if (Asked("SELECT 1 FROM view_people WHERE person = $1", form.Person.Value) is null)
                {
                    return ActResult.Refused("person", FieldFault.Unknown, form.Person.Value);
                }

                if (await guard.Objection(by, PageAct.KeepCards, About(form.Person), "R-ID-02", form.Person.Value, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var digest = keys.Cards.Of(PrintedCard.Canonical(form.Format, form.Facility, form.Number));
                if (Asked("SELECT card FROM view_cards WHERE digest = $1 AND state <> 3", PeopleView.DigestBytes(digest)) is string taken)
                {
                    return ActResult.Refused("number", FieldFault.CardTaken, taken);
                }

                var id = NextId("C-", "SELECT max(CAST(substr(card, 3) AS INTEGER)) FROM view_cards WHERE card LIKE 'C-%'");
                var card = new Credential(new(id), form.Person, digest, CredentialState.Active, form.ValidFrom, form.ValidUntil, Pin: null);
                _ = await record.AppendAsync(new CredentialRecorded(time.GetUtcNow(), card, "issued", by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> SetCardState(CredentialId card, CredentialState state, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason), .. Enum.IsDefined(state) ? Array.Empty<FieldProblem>() : [new("state", FieldFault.NotAChoice)]],
        async () =>
        {
            if (CardOf(card) is not { } before)
            {
                return ActResult.Refused("card", FieldFault.Unknown, card.Value);
            }

            var (act, rule) = state == CredentialState.Lost ? (PageAct.ReportLostCard, "R-ID-08") : (PageAct.KeepCards, "R-ID-02");
            if (await guard.Objection(by, act, About(before.Person), rule, card.Value, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (before.State is CredentialState.Lost or CredentialState.Returned)
            {
                return ActResult.Refused("state", FieldFault.CardFinal);
            }

            if (before.State == state)
            {
                return ActResult.Refused("", FieldFault.NothingToChange);
            }

            // The express lane carries it ahead of any list (R-ID-08, R-RED-03); a returned card has no state of its own there.
            var now = time.GetUtcNow();
            var there = state == CredentialState.Lost ? CredentialState.Lost : CredentialState.Suspended;
            var suspension = new Suspension(NextSuspension(), now, null, card, there, Lifted: state == CredentialState.Active);
            var cause = state switch
            {
                CredentialState.Active => "resumed",
                CredentialState.Suspended => "suspended",
                CredentialState.Lost => "lost",
                _ => "returned",
            };
            _ = await record.AppendAsync(
                [Draft.Of(new CredentialRecorded(now, before with { State = state }, cause, by.Id)), Draft.Of(new SuspensionOrdered(now, suspension, by.Id, FieldRules.Clean(reason)))],
                null,
                stop);
            return ActResult.Done(card.Value);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> SetPin(CredentialId card, string pin, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Pin(pin)],
        async () =>
        {
            if (CardOf(card) is not { } before)
            {
                return ActResult.Refused("card", FieldFault.Unknown, card.Value);
            }

            if (await guard.Objection(by, PageAct.KeepCards, About(before.Person), "R-ID-02", card.Value, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            if (before.State is CredentialState.Lost or CredentialState.Returned)
            {
                return ActResult.Refused("card", FieldFault.CardFinal);
            }

            var verifier = PinCheck.Make(pin, keys.PinKey, randomBytes(16), PinRounds);
            _ = await record.AppendAsync([Draft.Of(new CredentialRecorded(time.GetUtcNow(), before, "pin-set", by.Id))], db => KeepPin(db, card, verifier), stop);
            return ActResult.Done(card.Value);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> EndGrant(GrantId grant, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            if (lists.GrantNow(grant) is not { } before)
            {
                return ActResult.Refused("id", FieldFault.Unknown, grant.Value);
            }

            if (await guard.Objection(by, PageAct.GiveUpGrant, About(before.Person), "R-ID-04", grant.Value, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            _ = await record.AppendAsync(new GrantEnded(time.GetUtcNow(), grant, before.Person, FieldRules.Clean(reason), by.Id), stop);
            return ActResult.Done(grant.Value);
        },
        stop);

    /// <inheritdoc/>
    public async Task<ImportRun> Import(string fileName, Stream csv, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(csv);
        byte[] bytes;
        using (var copy = new MemoryStream())
        {
            await csv.CopyToAsync(copy, gone);
            bytes = copy.ToArray();
        }

        return await import.Runs.BeginAsync(
            PeopleImport.NameOf(fileName),
            async (told, stop) =>
            {
                using var list = new MemoryStream(bytes);
                return (await import.LookAsync(fileName, list, japaneseWindows: false, told, by, stop), null);
            },
            gone);
    }

    /// <inheritdoc/>
    public Task<ImportRun?> ImportRun(string id, Actor by, CancellationToken gone) => Task.FromResult(import.Runs.Find(id));

    /// <inheritdoc/>
    public async Task<ActResult> StopImport(string id, Actor by, CancellationToken gone) =>
        await guard.Objection(by, PageAct.ImportPeople, ActSubject.None, "R-ID-06", "", gone) is { } refusal ? ActResult.NotAllowed(refusal)
        : import.Runs.Stop(id) ? ActResult.Done(id)
        : ActResult.Refused("id", FieldFault.Unknown, id);

    /// <inheritdoc/>
    public Task<ImmutableArray<WaitingImport>> ImportsWaiting(Actor by, CancellationToken gone) => Task.FromResult(import.Waiting());

    /// <inheritdoc/>
    public Task<ImportLook?> WaitingImport(string token, Actor by, CancellationToken gone) => Task.Run(() => import.Again(token, gone), gone);

    /// <inheritdoc/>
    public Task<ImportRun> ApplyImport(string token, Actor by, CancellationToken gone) => import.Runs.BeginAsync(
        import.Named(token),
        async (told, stop) => (null, await turn.ActAsync(
            [],
            async () => await guard.Objection(by, PageAct.ImportPeople, ActSubject.None, "R-ID-06", "", stop) is { } refusal ? ActResult.NotAllowed(refusal) : await import.ApplyAsync(token, by, stop, told),
            stop)),
        gone);

    /// <summary>Keeps a PIN's verifier beside the record.</summary>
    public static void KeepPin(Statements db, CredentialId card, PinVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(verifier);
        _ = db.Run(
            "INSERT INTO kept_pins VALUES ($1, $2, $3, $4) ON CONFLICT(card) DO UPDATE SET salt = $2, hash = $3, iterations = $4",
            card.Value,
            verifier.Salt,
            verifier.Hash,
            (long)verifier.Iterations);
    }

    /// <summary>Whether two grants say the same.</summary>
    public static bool Same(EntryGrant one, EntryGrant other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Zones.SequenceEqual(other.Zones) && one with { Zones = other.Zones } == other;
    }

    private Task<ActResult> PersonAct(PersonForm form, bool isNew, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        var person = new Person(
            new((form.Id.Value ?? "").Trim()),
            FieldRules.Clean(form.Name),
            FieldRules.Clean(form.Kana),
            form.Category,
            FieldRules.Clean(form.SectionOrFirm),
            form.ValidFrom,
            form.ValidUntil);
        return turn.ActAsync(
            [.. FieldRules.Person(person), .. import.Rules.Category(person.Category)],
            async () =>
            {
                var before = lists.PersonNow(person.Id);
                if (isNew == (before is not null))
                {
                    return ActResult.Refused("id", isNew ? FieldFault.AlreadyExists : FieldFault.Unknown, person.Id.Value);
                }

                // Who moves somebody to another section answers for the one they leave as well.
                var sections = before is null ? [person] : new[] { before, person };
                foreach (var one in sections)
                {
                    // The workers of a firm are of no section: they come with the contractor register (R-CON-01).
                    var may = one.Category == PersonCategory.Contractor && Authority.May(by, PageAct.KeepContracts, ActSubject.None) is { Allowed: true } keeps
                        ? keeps
                        : Authority.May(by, PageAct.KeepPeople, ActSubject.Of(one.Id, one.SectionOrFirm));
                    if (await guard.Objection(by, may, $"{PageAct.KeepPeople}", "R-ID-01", person.Id.Value, stop) is { } refusal)
                    {
                        return ActResult.NotAllowed(refusal);
                    }
                }

                if (before == person)
                {
                    return ActResult.Refused("", FieldFault.NothingToChange);
                }

                _ = await record.AppendAsync(new PersonRecorded(time.GetUtcNow(), person, by.Id), stop);
                return ActResult.Done(person.Id.Value);
            },
            stop);
    }

    private ActSubject About(PersonId person) => ActSubject.Of(person, Asked("SELECT section FROM view_people WHERE person = $1", person.Value) as string);

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);

    private long NextSuspension() => 1 + (Asked("SELECT max(serial) FROM view_suspensions") as long? ?? 0);

    private string NextId(string prefix, string newest, params object?[] values) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{1 + (Asked(newest, values) as long? ?? 0):0000}");

    private Credential? CardOf(CredentialId id) => record.Readers.AskNow(db =>
    {
        using var row = db.Rows("SELECT card, person, digest, state, valid_from, valid_until FROM view_cards WHERE card = $1", id.Value);
        return row.Read() ? PeopleView.CardFrom(row, 0) : null;
    });

    private object? Asked(string sql, params object?[] values) => record.Readers.AskNow(db => db.Value(sql, values));
}

/// <summary>One act of the office at a time, and what cannot be recorded is not done.</summary>
public sealed class ActTurn : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Acts when there are no problems and it is this act's turn.</summary>
    public async Task<ActResult> ActAsync(ImmutableArray<FieldProblem> problems, Func<Task<ActResult>> act, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (!problems.IsEmpty)
        {
            return new(problems);
        }

        await turn.WaitAsync(stop);
        try
        {
            return await act();
        }
        catch (EvidenceWriteException)
        {
            return ActResult.Refused("", FieldFault.NotRecorded);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();
}
