using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Personnel;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.People;

/// <summary>What goes on around people and their cards; every act is one or more entries, and bridges hear of it with the next list.</summary>
public sealed class PersonnelDesk(ServiceRecord record, SiteKeys keys, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time, Func<int, byte[]> randomBytes) : IPersonnelDesk
{
    /// <summary>The first line of a personnel file.</summary>
    public const string Header = "person,name,section,category,validFrom,validUntil";

    private const int MostLines = 100_000;
    private const int LargestFile = 32 << 20;
    private const int MostDifferences = 2_000;
    private const int MostShown = 200;

    // Long enough for a reader and a card, too short for a template somebody would paste.
    private const int LongestReference = 60;

    /// <inheritdoc/>
    public Task<PersonnelLook?> Look(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (!DeskGate.Open(by, PageAct.SeeCards))
            {
                return null;
            }

            // A section's manager sees the section's own people (R-SIGN-15); the act is asked of each person.
            bool Sees(PersonId person) => PersonOf(db, person) is { } who && DeskGate.Open(by, PageAct.SeePeople, DeskGate.About(who));
            return new PersonnelLook(
                [.. Leavings(db).Where(line => Sees(line.Person)).Take(MostShown)],
                [.. Unused(db).Where(line => Sees(line.Person)).Take(MostShown)],
                [.. Comparisons(db)],
                [.. Lending(db).Where(line => Sees(line.Sign.Person)).Take(MostShown)],
                DeskGate.Open(by, PageAct.KeepCards),
                DeskGate.Open(by, PageAct.ImportPeople));
        },
        gone);

    /// <inheritdoc/>
    public Task<PersonLife?> Life(PersonId person, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (PersonOf(db, person) is not { } who || !DeskGate.Open(by, PageAct.SeePeople, DeskGate.About(who)))
            {
                return null;
            }

            var (met, today) = (LifeView.Met(db, person), Today());
            return new PersonLife(
                who,
                [.. PreconditionTable.Of(who.Category).Where(kind => kind is not PreconditionKind.Contract).Select(kind => met.FirstOrDefault(one => one.Kind == kind) is var one ? new PreconditionLine(kind, one, one?.On(today) is true) : null!)],
                [.. Lent(db, person)],
                Leavings(db).FirstOrDefault(line => line.Person == person),
                [.. LifeView.Biometrics(db, person).Select(one => new BiometricLine(one.Biometric, one.DeletedOn))],
                DeskGate.Open(by, PageAct.KeepPeople, DeskGate.About(who)),
                DeskGate.Open(by, PageAct.KeepCards));
        },
        gone);

    /// <inheritdoc/>
    public Task<ComparisonFile?> Comparison(string compare, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (!DeskGate.Open(by, PageAct.SeePeople) || Comparisons(db).FirstOrDefault(one => one.Compare == compare) is not { } line)
            {
                return null;
            }

            var found = ImmutableArray.CreateBuilder<DifferenceLine>();
            using var row = db.Rows("SELECT json, verdict, reason, by FROM view_differences WHERE compare = $1 ORDER BY no", compare);
            while (row.Read())
            {
                found.Add(new(
                    JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.PersonnelDifference)!,
                    row.NumberOrNull(1) is { } verdict ? (PersonnelVerdict)verdict : null,
                    row.TextOrNull(2),
                    row.TextOrNull(3)));
            }

            return new ComparisonFile(line, found.ToImmutable(), DeskGate.Open(by, PageAct.ImportPeople));
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Meet(Precondition met, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(met);
        return About(
            met.Person, PageAct.KeepPeople, "R-ID-11", by,
            [
                .. FieldRules.Text("reference", met.Reference), .. met.Kind is PreconditionKind.Contract || !Enum.IsDefined(met.Kind) ? [new FieldProblem("kind", FieldFault.NotAChoice)] : Array.Empty<FieldProblem>(),
                .. met.ValidUntil <= met.SatisfiedOn ? [new FieldProblem("validUntil", FieldFault.EndBeforeStart)] : Array.Empty<FieldProblem>(),
            ],
            async who =>
            {
                // Nobody attests their own: who records it is another person than the one it is about.
                if (by.Person == met.Person)
                {
                    return ActResult.NotAllowed(new(AuthorityText.Of(AuthorityRefusal.SamePerson), "R-PROF-05", [], []));
                }

                _ = await record.AppendAsync(new PreconditionMet(time.GetUtcNow(), met with { Reference = FieldRules.Clean(met.Reference) }, by.Id), stop);
                return ActResult.Done(met.Person.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Withdraw(PersonId person, PreconditionKind kind, string reason, Actor by, CancellationToken stop) =>
        About(person, PageAct.KeepPeople, "R-ID-11", by, [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)], async who =>
        {
            if (record.Readers.AskNow(db => LifeView.Met(db, person)).All(one => one.Kind != kind))
            {
                return ActResult.Refused("kind", FieldFault.NothingToChange);
            }

            _ = await record.AppendAsync(new PreconditionWithdrawn(time.GetUtcNow(), person, kind, FieldRules.Clean(reason), by.Id), stop);
            return ActResult.Done(person.Value);
        }, stop);

    /// <inheritdoc/>
    public Task<ActResult> Lend(PersonId person, BelongingKind kind, string label, Actor by, CancellationToken stop) =>
        About(person, PageAct.KeepPeople, "R-ID-12", by, [.. FieldRules.Text("label", label), .. Enum.IsDefined(kind) ? Array.Empty<FieldProblem>() : [new("kind", FieldFault.NotAChoice)]], async who =>
        {
            var newest = record.Readers.AskNow(db => db.Value("SELECT max(CAST(substr(id, 3) AS INTEGER)) FROM view_belongings WHERE id LIKE 'L-%'")) as long? ?? 0;
            var id = string.Create(CultureInfo.InvariantCulture, $"L-{newest + 1:0000}");
            _ = await record.AppendAsync(new BelongingLent(time.GetUtcNow(), new(id, person, kind, FieldRules.Clean(label)), by.Id), stop);
            return ActResult.Done(id);
        }, stop);

    /// <inheritdoc/>
    public Task<ActResult> TakeBack(string belonging, string note, Actor by, CancellationToken stop)
    {
        var holder = record.Readers.AskNow(db => db.Value("SELECT person FROM view_belongings WHERE id = $1 AND returned IS NULL", belonging), stop) as string;
        return holder is null
            ? Task.FromResult(ActResult.Refused("belonging", FieldFault.Unknown, belonging))
            : About(new(holder), PageAct.KeepPeople, "R-ID-12", by, [.. FieldRules.Text("note", note, FieldRules.LongestReason, required: false)], async who =>
            {
                _ = await record.AppendAsync(new BelongingReturned(time.GetUtcNow(), belonging, new(holder), FieldRules.Clean(note), by.Id), stop);
                return ActResult.Done(belonging);
            }, stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> KeepBiometric(BiometricForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return About(
            form.Person, PageAct.KeepCards, "R-ID-09", by,
            [
                .. FieldRules.Text("templateRef", form.TemplateRef, LongestReference), .. FieldRules.Text("biometricPurpose", form.Purpose, FieldRules.LongestReason),
                .. form.NoticeGivenOn > Today() ? [new FieldProblem("noticeGivenOn", FieldFault.InFuture)] : Array.Empty<FieldProblem>(),
            ],
            async who =>
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"BIO-{1 + (long)record.Readers.AskNow(db => db.Value("SELECT count(*) FROM view_biometrics"))!:0000}");
                var kept = new Biometric(id, form.Person, FieldRules.Clean(form.TemplateRef), FieldRules.Clean(form.Purpose), form.NoticeGivenOn);
                _ = await record.AppendAsync(new BiometricRecorded(time.GetUtcNow(), kept, by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> DeleteBiometric(PersonId person, string biometric, DateOnly deletedOn, Actor by, CancellationToken stop) =>
        About(person, PageAct.KeepCards, "R-ID-09", by, deletedOn > Today() ? [new("deletedOn", FieldFault.InFuture)] : [], async who =>
        {
            var (kept, gone) = record.Readers.AskNow(db => LifeView.Biometrics(db, person)).FirstOrDefault(one => one.Biometric.Id == biometric);
            if (kept is null || gone is not null)
            {
                return ActResult.Refused("biometric", kept is null ? FieldFault.Unknown : FieldFault.NothingToChange, biometric);
            }

            if (deletedOn < kept.NoticeGivenOn)
            {
                return ActResult.Refused("deletedOn", FieldFault.EndBeforeStart);
            }

            _ = await record.AppendAsync(new BiometricDeleted(time.GetUtcNow(), biometric, person, deletedOn, by.Id), stop);
            return ActResult.Done(biometric);
        }, stop);

    /// <inheritdoc/>
    public Task<ActResult> Leave(LeavingForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return About(
            form.Person, PageAct.KeepPeople, "R-ID-03", by,
            [
                .. FieldRules.Text("reason", form.Reason, FieldRules.LongestReason), .. FieldRules.Text("toSection", form.ToSection, required: form.Kind is LeavingKind.Transfer),
                .. Enum.IsDefined(form.Kind) ? Array.Empty<FieldProblem>() : [new("kind", FieldFault.NotAChoice)],
                .. form.EffectiveOn < Today().AddYears(-1) || form.EffectiveOn > Today().AddYears(2) ? [new FieldProblem("effectiveOn", FieldFault.OutOfRange, $"{Today().AddYears(-1):yyyy-MM-dd} – {Today().AddYears(2):yyyy-MM-dd}")] : Array.Empty<FieldProblem>(),
            ],
            async person =>
            {
                var now = time.GetUtcNow();
                List<RecordedEvent> facts = [new LeavingRecorded(now, person.Id, form.Kind, form.EffectiveOn, form.Kind is LeavingKind.Transfer ? FieldRules.Clean(form.ToSection) : null, FieldRules.Clean(form.Reason), by.Id)];
                if (form.Kind is LeavingKind.Retirement or LeavingKind.ContractEnd && person.ValidUntil != form.EffectiveOn)
                {
                    facts.Add(new PersonRecorded(now, person with { ValidUntil = form.EffectiveOn }, by.Id));
                }

                // R-ID-03: grants end on that date, whatever the kind; the new section applies for its own.
                foreach (var grant in record.Readers.AskNow(db => GrantsOf(db, person.Id)).Where(grant => grant.ValidUntil > form.EffectiveOn))
                {
                    facts.Add(grant.ValidFrom >= form.EffectiveOn
                        ? new GrantEnded(now, grant.Id, person.Id, FieldRules.Clean(form.Reason), by.Id)
                        : new GrantRecorded(now, grant with { ValidUntil = form.EffectiveOn }, FieldRules.Clean(form.Reason), by.Id));
                }

                _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
                return ActResult.Done(person.Id.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public async Task<ActResult> KeepUnused(CredentialId card, string reason, Actor by, CancellationToken stop)
    {
        if (await guard.Objection(by, PageAct.KeepCards, ActSubject.None, "R-ID-05", card.Value, stop) is { } objection)
        {
            return ActResult.NotAllowed(objection);
        }

        return await turn.ActAsync(
            [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
            async () =>
            {
                if (record.Readers.AskNow(db => CardOf(db, card)) is not { } before)
                {
                    return ActResult.Refused("card", FieldFault.Unknown, card.Value);
                }

                if (before.State is CredentialState.Lost or CredentialState.Returned)
                {
                    return ActResult.Refused("state", FieldFault.CardFinal);
                }

                var now = time.GetUtcNow();
                List<RecordedEvent> facts = [new CredentialRecorded(now, before with { State = CredentialState.Active }, "resumed", by.Id)];
                if (before.State is CredentialState.Suspended)
                {
                    facts.Add(new SuspensionOrdered(now, new(NextSuspension(), now, null, card, CredentialState.Suspended, Lifted: true), by.Id, FieldRules.Clean(reason)));
                }

                _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
                return ActResult.Done(card.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public async Task<ActResult> Compare(string fileName, Stream csv, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(csv);
        if (await guard.Objection(by, PageAct.ImportPeople, ActSubject.None, "R-ID-06", "", stop) is { } objection)
        {
            return ActResult.NotAllowed(objection);
        }

        using var kept = new MemoryStream();
        var part = new byte[64 * 1024];
        for (int read; (read = await csv.ReadAsync(part, stop)) > 0;)
        {
            if (kept.Length + read > LargestFile)
            {
                return ActResult.Refused("file", FieldFault.UnreadableFile, $"{LargestFile >> 20} MiB");
            }

            kept.Write(part, 0, read);
        }

        var bytes = kept.ToArray();
        var people = new List<Person>();
        if (Read(bytes, people) is { } problem)
        {
            return new([problem]);
        }

        return await turn.ActAsync(
            [],
            async () =>
            {
                var today = Today();
                var here = record.Readers.AskNow(Everybody, stop);
                var differences = PersonnelComparison.Differences(here, people, today);
                if (differences.Length > MostDifferences)
                {
                    // So many differences are a wrong file, and nobody could decide them one by one.
                    return ActResult.Refused("file", FieldFault.OutOfRange, $"{differences.Length} > {MostDifferences}");
                }

                var prefix = string.Create(CultureInfo.InvariantCulture, $"J-{today.Year}-");
                var newest = record.Readers.AskNow(db => db.Value("SELECT max(CAST(substr(compare, 8) AS INTEGER)) FROM view_comparisons WHERE compare LIKE $1 || '%'", prefix)) as long? ?? 0;
                var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}{newest + 1:0000}");
                var name = new string([.. Path.GetFileName(fileName ?? "").Where(letter => !char.IsControl(letter)).Take(200)]);
                var decideBy = PersonnelComparison.WorkingDaysAfter(today, policy.Now[Limit.PersonnelDecisionWorkingDays]);
                _ = await record.AppendAsync(new PersonnelCompared(time.GetUtcNow(), id, name, Convert.ToHexStringLower(SHA256.HashData(bytes)), people.Count, differences, decideBy, by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public async Task<ActResult> Decide(string compare, int no, PersonnelVerdict verdict, string reason, Actor by, CancellationToken stop)
    {
        if (await guard.Objection(by, PageAct.ImportPeople, ActSubject.None, "R-ID-06", $"{compare}/{no}", stop) is { } objection)
        {
            return ActResult.NotAllowed(objection);
        }

        return await turn.ActAsync(
            [.. FieldRules.Text("reason", reason, FieldRules.LongestReason), .. Enum.IsDefined(verdict) ? Array.Empty<FieldProblem>() : [new("verdict", FieldFault.NotAChoice)]],
            async () =>
            {
                var known = record.Readers.AskNow(db => db.Value("SELECT coalesce(verdict, -1) FROM view_differences WHERE compare = $1 AND no = $2", compare, no)) as long?;
                if (known is not -1)
                {
                    return ActResult.Refused("no", known is null ? FieldFault.Unknown : FieldFault.ChangedMeanwhile, $"{no}");
                }

                _ = await record.AppendAsync(new PersonnelDecided(time.GetUtcNow(), compare, no, verdict, FieldRules.Clean(reason), by.Id), stop);
                return ActResult.Done(compare);
            },
            stop);
    }

    /// <inheritdoc/>
    public async Task<ActResult> SetDuressPin(CredentialId card, string pin, Actor by, CancellationToken stop)
    {
        if (await guard.Objection(by, PageAct.KeepCards, ActSubject.None, "R-DOOR-03", card.Value, stop) is { } objection)
        {
            return ActResult.NotAllowed(objection);
        }

        return await turn.ActAsync(
            [.. FieldRules.Pin(pin)],
            async () =>
            {
                if (record.Readers.AskNow(db => CardOf(db, card)) is not { } before)
                {
                    return ActResult.Refused("card", FieldFault.Unknown, card.Value);
                }

                if (before.State is CredentialState.Lost or CredentialState.Returned)
                {
                    return ActResult.Refused("card", FieldFault.CardFinal);
                }

                // A PIN that calls for help by mistake, every day, is no call for help.
                if (record.Readers.AskNow(db => Matches(db, card, pin)))
                {
                    return ActResult.Refused("pin", FieldFault.WeakPin);
                }

                var verifier = PinCheck.Make(pin, keys.PinKey, randomBytes(16), PeopleDesk.PinRounds);
                _ = await record.AppendAsync(
                    [Draft.Of(new CredentialRecorded(time.GetUtcNow(), before, "duress-set", by.Id))],
                    db => _ = db.Run(
                        "INSERT INTO kept_duress_pins VALUES ($1, $2, $3, $4) ON CONFLICT(card) DO UPDATE SET salt = $2, hash = $3, iterations = $4",
                        card.Value,
                        verifier.Salt,
                        verifier.Hash,
                        (long)verifier.Iterations),
                    stop);
                return ActResult.Done(card.Value);
            },
            stop);
    }

    /// <summary>Cards that nobody uses, longest idle first (R-ID-05).</summary>
    internal IEnumerable<UnusedLine> Unused(Statements db)
    {
        var (profile, today, zone) = (policy.Now, Today(), record.TimeZone);
        var since = new DateTimeOffset(today.AddDays(-profile[Limit.DormantListedDays] + 1).ToDateTime(default), TimeSpan.Zero).ToUnixTimeMilliseconds();
        var found = new List<UnusedLine>();
        using var row = db.Rows(
            """
            SELECT c.card, c.person, p.name, c.state, u.last_used, i.issued, i.held_unused
            FROM view_cards c JOIN view_people p ON p.person = c.person LEFT JOIN view_card_uses u ON u.digest = c.digest JOIN view_card_issues i ON i.card = c.card
            WHERE (c.state = 0 AND max(coalesce(u.last_used, 0), i.issued) < $1) OR (c.state = 1 AND i.held_unused = 1)
            """,
            since + 86_400_000);
        while (row.Read())
        {
            var used = row.NumberOrNull(4);
            var counts = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(used ?? 0, row.GetInt64(5))), zone).DateTime);
            var held = row.GetInt64(3) == (long)CredentialState.Suspended;
            if (held || CardLife.Look(CredentialState.Active, counts, today, profile[Limit.DormantListedDays], profile[Limit.DormantHeldDays]) is not UnusedCard.Fine)
            {
                var last = used is { } at ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone).DateTime) : (DateOnly?)null;
                found.Add(new(new(row.GetString(0)), new(row.GetString(1)), row.GetString(2), last, today.DayNumber - counts.DayNumber, held));
            }
        }

        return found.OrderByDescending(line => line.IdleDays).ThenBy(line => line.Card.Value, StringComparer.Ordinal);
    }

    /// <summary>A card as it stands; null: unknown.</summary>
    internal static Credential? CardOf(Statements db, CredentialId id)
    {
        using var row = db.Rows("SELECT card, person, digest, state, valid_from, valid_until FROM view_cards WHERE card = $1", id.Value);
        return row.Read() ? PeopleView.CardFrom(row, 0) : null;
    }

    /// <summary>A person as it stands; null: unknown.</summary>
    internal static Person? PersonOf(Statements db, PersonId id)
    {
        using var row = db.Rows("SELECT person, name, kana, category, section, valid_from, valid_until FROM view_people WHERE person = $1", id.Value);
        return row.Read() ? PeopleView.PersonFrom(row, 0) : null;
    }

    /// <summary>A person's grants that have not been ended.</summary>
    internal static ImmutableArray<EntryGrant> GrantsOf(Statements db, PersonId person)
    {
        var found = ImmutableArray.CreateBuilder<EntryGrant>();
        using var row = db.Rows("SELECT id, person, zones, days, hour_from, hour_until, valid_from, valid_until, suspended FROM view_grants WHERE person = $1 AND ended IS NULL ORDER BY id", person.Value);
        while (row.Read())
        {
            found.Add(PeopleView.GrantFrom(row, 0));
        }

        return found.ToImmutable();
    }

    private static List<Person> Everybody(Statements db)
    {
        var found = new List<Person>();
        using var row = db.Rows("SELECT person, name, kana, category, section, valid_from, valid_until FROM view_people WHERE person NOT IN (SELECT person FROM view_visitors)");
        while (row.Read())
        {
            found.Add(PeopleView.PersonFrom(row, 0));
        }

        return found;
    }

    private static FieldProblem? Read(byte[] bytes, List<Person> people)
    {
        string text;
        try
        {
            ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan().StartsWith(mark) ? bytes.AsSpan(mark.Length) : bytes);
        }
        catch (DecoderFallbackException)
        {
            return new("file", FieldFault.UnreadableFile, "UTF-8");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var row in CsvText.Read(text))
            {
                string[] fields = [.. row.Fields.Select(field => FieldRules.Clean(field))];
                if (row.Line == 1)
                {
                    if (string.Join(',', fields) != Header)
                    {
                        return new("file", FieldFault.WrongHeader, Header);
                    }

                    continue;
                }

                if (fields.Length != 6)
                {
                    return new("file", FieldFault.WrongColumnCount, $"{row.Line}: {fields.Length} ≠ 6");
                }

                if (!Enum.TryParse<PersonCategory>(fields[3], out var category) || !Enum.IsDefined(category) || char.IsAsciiDigit(fields[3][0]))
                {
                    return new("file", FieldFault.NotAChoice, $"{row.Line}: {string.Join(", ", Enum.GetNames<PersonCategory>())}");
                }

                DateOnly? from = null, until = null;
                if ((fields[4].Length > 0 && !Day(fields[4], out from)) || (fields[5].Length > 0 && !Day(fields[5], out until)))
                {
                    return new("file", FieldFault.NotADate, $"{row.Line}");
                }

                var person = new Person(new(fields[0]), fields[1], "", category, fields[2], from, until);
                if (FieldRules.Person(person with { Kana = "あ" }).FirstOrDefault() is { } wrong)
                {
                    return new("file", wrong.Fault, $"{row.Line}: {wrong.Field}");
                }

                if (!seen.Add(fields[0]))
                {
                    return new("file", FieldFault.DoubledInFile, $"{row.Line}: {fields[0]}");
                }

                people.Add(person);
                if (people.Count > MostLines)
                {
                    return new("file", FieldFault.UnreadableFile, $"{MostLines}");
                }
            }
        }
        catch (FormatException wrong)
        {
            return new("file", FieldFault.UnreadableFile, wrong.Message);
        }

        return people.Count == 0 ? new("file", FieldFault.UnreadableFile) : null;
    }

    private static bool Day(string text, out DateOnly? day)
    {
        var ok = DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var found);
        day = found;
        return ok;
    }

    private static List<Belonging> Lent(Statements db, PersonId person)
    {
        var found = new List<Belonging>();
        using var row = db.Rows("SELECT id, person, kind, label FROM view_belongings WHERE person = $1 AND returned IS NULL ORDER BY id", person.Value);
        while (row.Read())
        {
            found.Add(new(row.GetString(0), new(row.GetString(1)), (BelongingKind)row.GetInt64(2), row.GetString(3)));
        }

        return found;
    }

    private static List<LendingLine> Lending(Statements db)
    {
        var found = new List<LendingLine>();
        using var row = db.Rows("SELECT l.n, l.json, p.name FROM view_lending l JOIN view_people p ON p.person = l.person ORDER BY l.n DESC LIMIT 500");
        while (row.Read())
        {
            found.Add(new(row.GetInt64(0), JsonSerializer.Deserialize(row.GetString(1), RecordJson.Plain.LendingSuspected)!, row.GetString(2)));
        }

        return found;
    }

    private bool Matches(Statements db, CredentialId card, string pin)
    {
        using var row = db.Rows("SELECT salt, hash, iterations FROM kept_pins WHERE card = $1", card.Value);
        return row.Read() && PinCheck.Matches(new(row.GetString(0), row.GetString(1), (int)row.GetInt64(2)), pin, keys.PinKey);
    }

    private List<ComparisonLine> Comparisons(Statements db)
    {
        var found = new List<ComparisonLine>();
        using var row = db.Rows(
            """
            SELECT c.compare, c.at, c.file, c.differences, (SELECT count(*) FROM view_differences d WHERE d.compare = c.compare AND d.verdict IS NULL), c.decide_by
            FROM view_comparisons c ORDER BY c.n DESC LIMIT 50
            """);
        while (row.Read())
        {
            var (undecided, decideBy) = ((int)row.GetInt64(4), row.DateOrNull(5)!.Value);
            found.Add(new(row.GetString(0), row.Time(1), row.GetString(2), (int)row.GetInt64(3), undecided, decideBy, undecided > 0 && Today() > decideBy));
        }

        return found;
    }

    // Open until everything is given back; the past ones first.
    private List<LeavingLine> Leavings(Statements db)
    {
        var (today, found) = (Today(), new List<LeavingLine>());
        using (var row = db.Rows("SELECT l.person, p.name, l.kind, l.effective_on, l.to_section FROM view_leavings l JOIN view_people p ON p.person = l.person ORDER BY l.effective_on, l.person"))
        {
            while (row.Read())
            {
                found.Add(new(new(row.GetString(0)), row.GetString(1), (LeavingKind)row.GetInt64(2), row.DateOrNull(3)!.Value, row.TextOrNull(4), [], false));
            }
        }

        return
        [
            .. found.Select(line => line with { Outstanding = line.Kind is LeavingKind.Transfer ? [.. Lent(db, line.Person).Select(one => $"{one.Id} {one.Label}")] : Outstanding.Of(db, line.Person) })
                .Select(line => line with { Overdue = today >= line.EffectiveOn && line.Outstanding.Length > 0 })
                .Where(line => line.EffectiveOn > today || line.Outstanding.Length > 0),
        ];
    }

    private async Task<ActResult> About(PersonId person, PageAct act, string rule, Actor by, ImmutableArray<FieldProblem> problems, Func<Person, Task<ActResult>> then, CancellationToken stop)
    {
        if (record.Readers.AskNow(db => PersonOf(db, person), stop) is not { } who)
        {
            return ActResult.Refused("person", FieldFault.Unknown, person.Value);
        }

        return await guard.Objection(by, act, DeskGate.About(who), rule, person.Value, stop) is { } objection
            ? ActResult.NotAllowed(objection)
            : await turn.ActAsync(problems, () => then(who), stop);
    }

    private long NextSuspension() => 1 + (record.Readers.AskNow(db => db.Value("SELECT max(serial) FROM view_suspensions")) as long? ?? 0);

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
}
