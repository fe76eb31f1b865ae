using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Contractors;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Contractors;

/// <summary>The contractor register: every act is one entry, and bridges learn of it with the next list.</summary>
public sealed class ContractorDesk(ServiceRecord record, ISiteSettings site, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IContractorDesk
{
    private const int MostWorkers = 500;
    private const int LongestList = 8000;
    private const int MostEntrusted = 200;

    /// <inheritdoc/>
    public Task<ImmutableArray<ContractLine>?> Contracts(string? words, Actor by, CancellationToken gone, ContractShow show = ContractShow.All) => record.Readers.Ask<ImmutableArray<ContractLine>?>(
        db =>
        {
            if (!DeskGate.Open(by, PageAct.SeeContracts))
            {
                return null;
            }

            var folded = PeopleWords.Fold(words ?? "");
            var found = new List<(Contract Contract, DateOnly? Checked)>();
            using (var row = db.Rows("SELECT json, ended_on, checked_on FROM view_contracts WHERE $1 = '' OR instr(folded, $1) > 0 ORDER BY valid_until DESC, contract LIMIT 500", folded))
            {
                while (row.Read())
                {
                    found.Add((ContractsView.From(row, 0), row.DateOrNull(2)));
                }
            }

            var holdings = Holdings(db);
            var reported = show is ContractShow.Reported ? found.Where(one => ContractsView.Checks(db, one.Contract.Id).Any(check => check.Unread.Contains(by.Person))).Select(one => one.Contract.Id).ToHashSet() : [];
            return
            [
                .. found.Select(one => Line(holdings, one.Contract, one.Checked)).Where(line => show switch
                {
                    ContractShow.CheckOverdue => line.CheckOverdue,
                    ContractShow.Reported => reported.Contains(line.Contract.Id),
                    ContractShow.Outstanding => line.Outstanding > 0,
                    _ => true,
                }),
            ];
        },
        gone);

    /// <inheritdoc/>
    public Task<ContractFile?> Contract(ContractId id, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (!DeskGate.Open(by, PageAct.SeeContracts) || ContractsView.One(db, id) is not { } contract)
            {
                return null;
            }

            var checkedOn = db.Value("SELECT checked_on FROM view_contracts WHERE contract = $1", id.Value) is string text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : (DateOnly?)null;
            var workers = contract.Workers.Select(worker => new WorkerLine(
                worker.Person,
                db.Value("SELECT name FROM view_people WHERE person = $1", worker.Person.Value) as string ?? worker.Person.Value,
                worker.Firm,
                Outstanding.Of(db, worker.Person)));
            var (held, checks, entrusted) = (Holdings(db), ContractsView.Checks(db, id), ContractsView.Entrusted(db, id));
            var all = held.Of(contract);
            IEnumerable<PersonId> ids =
            [
                .. checks.SelectMany(check => check.ReportedTo.Append(check.By)), .. all.Select(one => one.Person).OfType<PersonId>(), .. entrusted.Select(one => one.End?.By).OfType<PersonId>(),
            ];
            return new ContractFile(
                Line(held, contract, checkedOn), [.. workers], checkedOn, checks, ids.Distinct().Select(one => AuthorityGuard.NamedOrId(db, one)).ToImmutableDictionary(one => one.Id, one => one.Name), all, entrusted,
                DeskGate.Open(by, PageAct.KeepContracts), DeskGate.Open(by, PageAct.ExtractContractor));
        },
        gone);

    /// <inheritdoc/>
    public async Task<ActResult> Save(ContractForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (await guard.Objection(by, PageAct.KeepContracts, ActSubject.None, "R-CON-01", form.Id?.Value ?? "", stop) is { } objection)
        {
            return ActResult.NotAllowed(objection);
        }

        return await turn.ActAsync(
            [.. Problems(form)],
            async () =>
            {
                var before = form.Id is { } known ? record.Readers.AskNow(db => ContractsView.One(db, known)) : null;
                if (form.Id is not null && before is null)
                {
                    return ActResult.Refused("id", FieldFault.Unknown, form.Id?.Value);
                }

                // What was ended stays ended: a longer term would stand in the record and hold for nobody (R-CON-07).
                if (form.Id is { } ended && record.Readers.AskNow(db => ContractsView.EndedOn(db, ended)) is { } over && form.Until > over)
                {
                    return ActResult.Refused("until", FieldFault.OutOfRange, $"– {over.AddDays(-1):yyyy-MM-dd}");
                }

                var id = form.Id ?? new(record.Readers.AskNow(NextId));
                var contract = Of(form, id, before);
                foreach (var worker in contract.Workers)
                {
                    if (record.Readers.AskNow(db => db.Value("SELECT category FROM view_people WHERE person = $1", worker.Person.Value)) is not (long)PersonCategory.Contractor)
                    {
                        return ActResult.Refused("workers", FieldFault.Unknown, worker.Person.Value);
                    }

                    if (contract.FirmOf(worker) is null)
                    {
                        return ActResult.Refused("workers", FieldFault.NotAChoice, worker.Firm);
                    }
                }

                _ = await record.AppendAsync(new ContractRecorded(time.GetUtcNow(), contract, by.Id), stop);
                return ActResult.Done(id.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Brief(ContractId id, string firm, DateOnly on, Actor by, CancellationToken stop) => With(id, by, [], async contract =>
    {
        var at = contract.Firms.Select(one => one.Firm).ToList().IndexOf(firm);
        if (at < 0)
        {
            return ActResult.Refused("firm", FieldFault.Unknown, firm);
        }

        if (on > Today())
        {
            return ActResult.Refused("on", FieldFault.OutOfRange, $"– {Today():yyyy-MM-dd}");
        }

        var briefed = contract with { Firms = contract.Firms.SetItem(at, contract.Firms[at] with { Briefed = on }) };
        _ = await record.AppendAsync(new ContractRecorded(time.GetUtcNow(), briefed, by.Id), stop);
        return ActResult.Done(id.Value);
    }, stop);

    /// <inheritdoc/>
    public Task<ActResult> Check(ContractId id, DateOnly on, CheckFinding finding, string result, Actor by, CancellationToken stop) => With(
        id,
        by,
        [.. FieldRules.Text("result", result, FieldRules.LongestReason), .. Enum.IsDefined(finding) ? Array.Empty<FieldProblem>() : [new("finding", FieldFault.NotAChoice)]],
        async contract =>
        {
            if (on > Today())
            {
                return ActResult.Refused("checkedOn", FieldFault.OutOfRange, $"– {Today():yyyy-MM-dd}");
            }

            // R-CON-05: reported to SUP, and to CHIEF by importance.
            var told = record.Readers.AskNow(db =>
            {
                ImmutableArray<PersonId> Holders(Role role) => [.. OperatorsView.HoldersOf(db, role, Today()).Select(one => one.Person)];
                return ContractRules.ReportedTo(finding, !Holders(Role.SupervisingOfficer).IsEmpty).SelectMany(role => Holders(role)).Distinct().ToImmutableArray();
            });
            _ = await record.AppendAsync(new ContractorChecked(time.GetUtcNow(), contract.Id, on, FieldRules.Clean(result), told, by.Id, finding), stop);
            return ActResult.Done(id.Value);
        },
        stop);

    /// <inheritdoc/>
    public async Task<ActResult> ReceiveReport(ContractId id, long check, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return await turn.ActAsync(
            [],
            async () =>
            {
                if (!DeskGate.Open(by, PageAct.SeeContracts) || record.Readers.AskNow(db => ContractsView.CheckOf(db, id, check), stop) is not { } file)
                {
                    return ActResult.Refused("id", FieldFault.Unknown, id.Value);
                }

                if (!file.ReportedTo.Contains(by.Person))
                {
                    var answer = new AuthorityAnswer(AuthorityRefusal.NotOwn, null, null, [Role.SupervisingOfficer, Role.ChiefOfficer]);
                    return ActResult.NotAllowed((await guard.Objection(by, answer, "ReceiveReport", "R-CON-05", id.Value, stop))!);
                }

                if (file.ReceivedBy.Contains(by.Person))
                {
                    return ActResult.Refused("", FieldFault.NothingToChange);
                }

                _ = await record.AppendAsync(new ContractorCheckReceived(time.GetUtcNow(), id, check, by.Id), stop);
                return ActResult.Done(id.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Entrust(ContractId id, EntrustedKind kind, string label, string firm, DateOnly handedOn, Actor by, CancellationToken stop) => With(
        id,
        by,
        [.. FieldRules.Text("label", label), .. Enum.IsDefined(kind) ? Array.Empty<FieldProblem>() : [new("entrustedKind", FieldFault.NotAChoice)]],
        async contract =>
        {
            if (contract.Firms.All(one => one.Firm != firm))
            {
                return ActResult.Refused("entrustedFirm", FieldFault.Unknown, firm);
            }

            if (handedOn > Today())
            {
                return ActResult.Refused("handedOn", FieldFault.OutOfRange, $"– {Today():yyyy-MM-dd}");
            }

            var known = record.Readers.AskNow(db => ContractsView.Entrusted(db, id), stop);
            if (known.Length >= MostEntrusted)
            {
                return ActResult.Refused("label", FieldFault.OutOfRange, $"– {MostEntrusted}");
            }

            _ = await record.AppendAsync(new EntrustedHanded(time.GetUtcNow(), new(id, known.Length + 1, kind, FieldRules.Clean(label), firm, handedOn), by.Id), stop);
            return ActResult.Done(id.Value);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Settle(ContractId id, int no, Settlement settlement, DateOnly on, string proof, Actor by, CancellationToken stop) => With(
        id,
        by,
        [.. FieldRules.Text("proof", proof, required: settlement is Settlement.Destroyed), .. Enum.IsDefined(settlement) ? Array.Empty<FieldProblem>() : [new("settlement", FieldFault.NotAChoice)]],
        async contract =>
        {
            if (record.Readers.AskNow(db => ContractsView.Entrusted(db, contract.Id), stop).FirstOrDefault(one => one.Entrusted.No == no) is not { } file)
            {
                return ActResult.Refused("no", FieldFault.Unknown, $"{no}");
            }

            if (file.End is not null)
            {
                return ActResult.Refused("", FieldFault.ChangedMeanwhile);
            }

            if (on > Today() || on < file.Entrusted.HandedOn)
            {
                return ActResult.Refused("settledOn", FieldFault.OutOfRange, $"{file.Entrusted.HandedOn:yyyy-MM-dd} – {Today():yyyy-MM-dd}");
            }

            _ = await record.AppendAsync(new EntrustedSettled(time.GetUtcNow(), contract.Id, no, settlement, on, FieldRules.Clean(proof), by.Id), stop);
            return ActResult.Done(id.Value);
        },
        stop);

    /// <inheritdoc/>
    public Task<ContractWaiting> Waiting(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var (keeps, leads, reads) = (by.Holds(Role.SecurityManager), by.Holds(Role.SupervisingOfficer), by.Holds(Role.SupervisingOfficer) || by.Holds(Role.ChiefOfficer));
            if (!keeps && !reads)
            {
                return new ContractWaiting(0, 0, 0);
            }

            var (today, holdings) = (Today(), Holdings(db));
            var lines = keeps || leads ? ContractsView.Watched(db, DateOnly.MinValue).Select(one => Line(holdings, one.Contract, one.CheckedOn)).ToList() : [];
            return new ContractWaiting(
                lines.Count(line => line.CheckOverdue),
                reads ? ContractsView.UnreadChecks(db).Count(check => check.Unread.Contains(by.Person)) : 0,
                lines.Count(line => line.Outstanding > 0 && (keeps || line.Contract.Until.AddDays(ContractRules.SupervisorAfterDays) <= today)));
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> End(ContractId id, DateOnly endsOn, string reason, Actor by, CancellationToken stop) => With(id, by, FieldRules.Text("reason", reason, FieldRules.LongestReason), async contract =>
    {
        if (endsOn < Today() || endsOn >= contract.Until)
        {
            return ActResult.Refused("endsOn", FieldFault.OutOfRange, $"{Today():yyyy-MM-dd} – {contract.Until.AddDays(-1):yyyy-MM-dd}");
        }

        _ = await record.AppendAsync(new ContractEnded(time.GetUtcNow(), id, endsOn, FieldRules.Clean(reason), by.Id), stop);
        return ActResult.Done(id.Value);
    }, stop);

    private static Contract Of(ContractForm form, ContractId id, Contract? before)
    {
        var main = FieldRules.Clean(form.Firm);
        DateOnly? Briefed(string firm) => before?.Firms.FirstOrDefault(one => one.Firm == firm)?.Briefed;
        return new(
            id,
            FieldRules.Clean(form.Title),
            [
                new(main, FieldRules.Clean(form.Work), Briefed(main)),
                .. DeskGate.Lines(form.Subcontractors).Select(line => new ContractFirm(FieldRules.Clean(line.First), FieldRules.Clean(line.Second), Briefed(FieldRules.Clean(line.First)))),
            ],
            FieldRules.Clean(form.PersonInCharge),
            FieldRules.Clean(form.Section),
            form.Places,
            [.. DeskGate.Lines(form.Workers).Select(line => new ContractWorker(new(line.First), line.Second.Length == 0 ? main : FieldRules.Clean(line.Second))).DistinctBy(worker => worker.Person)],
            form.From,
            form.Until,
            form.SelectionCheckedOn,
            FieldRules.Clean(form.SelectionResult));
    }

    private IEnumerable<FieldProblem> Problems(ContractForm form)
    {
        foreach (var problem in (IEnumerable<FieldProblem>)
            [
                .. FieldRules.Text("title", form.Title), .. FieldRules.Text("firm", form.Firm), .. FieldRules.Text("work", form.Work), .. FieldRules.Text("personInCharge", form.PersonInCharge),
                .. FieldRules.Text("section", form.Section), .. FieldRules.Text("selectionResult", form.SelectionResult, required: false),
            ])
        {
            yield return problem;
        }

        if (form.Places.IsDefaultOrEmpty)
        {
            yield return new("places", FieldFault.Required);
        }
        else if (form.Places.FirstOrDefault(place => site.Now.Zones.All(zone => zone.Id != place.Value)) is { Value: { } unknown })
        {
            yield return new("places", FieldFault.Unknown, unknown);
        }

        if (form.From >= form.Until)
        {
            yield return new("until", FieldFault.EndBeforeStart);
        }

        if (form.Subcontractors.Length > LongestList)
        {
            yield return new("subcontractors", FieldFault.TooLong, $"{LongestList}");
        }

        if (form.Workers.Length > LongestList || DeskGate.Lines(form.Workers).Length > MostWorkers)
        {
            yield return new("workers", FieldFault.TooLong, $"{MostWorkers}");
        }

        foreach (var (firm, _) in DeskGate.Lines(form.Subcontractors))
        {
            foreach (var problem in FieldRules.Text("subcontractors", firm))
            {
                yield return problem;
            }
        }

        foreach (var (person, _) in DeskGate.Lines(form.Workers))
        {
            foreach (var problem in FieldRules.Id("workers", person))
            {
                yield return problem;
            }
        }
    }

    private async Task<ActResult> With(ContractId id, Actor by, IEnumerable<FieldProblem> problems, Func<Contract, Task<ActResult>> act, CancellationToken stop) =>
        await guard.Objection(by, PageAct.KeepContracts, ActSubject.None, "R-CON-01", id.Value, stop) is { } objection
            ? ActResult.NotAllowed(objection)
            : await turn.ActAsync([.. problems], async () => record.Readers.AskNow(db => ContractsView.One(db, id)) is { } contract ? await act(contract) : ActResult.Refused("id", FieldFault.Unknown, id.Value), stop);

    private ContractHoldings Holdings(Statements db) => new(db, Today(), time.GetUtcNow());

    private ContractLine Line(ContractHoldings holdings, Contract contract, DateOnly? checkedOn)
    {
        var today = Today();

        // Ended before it began is over, not to come.
        var standing = today >= contract.Until || contract.Until <= contract.From ? ContractStanding.Over : today < contract.From ? ContractStanding.Coming : ContractStanding.Running;
        var due = ContractRules.CheckDue(contract, checkedOn, policy.Now[Limit.ContractorCheckMonths], today);
        return new(contract, standing, due, due < today, standing is ContractStanding.Over ? holdings.Of(contract).Length : 0);
    }

    private string NextId(Statements db)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"K-{Today().Year}-");
        var newest = db.Value("SELECT max(CAST(substr(contract, 8) AS INTEGER)) FROM view_contracts WHERE contract LIKE $1 || '%'", prefix) as long? ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{newest + 1:0000}");
    }

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
}

/// <summary>What a person has not given back: cards and things lent (R-ID-12, R-CON-07).</summary>
internal static class Outstanding
{
    /// <summary>In words, cards first.</summary>
    public static ImmutableArray<string> Of(Statements db, PersonId person)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        using (var row = db.Rows("SELECT card FROM view_cards WHERE person = $1 AND state NOT IN (2, 3) ORDER BY card", person.Value))
        {
            while (row.Read())
            {
                found.Add(row.GetString(0));
            }
        }

        using (var row = db.Rows("SELECT id, label FROM view_belongings WHERE person = $1 AND returned IS NULL ORDER BY id", person.Value))
        {
            while (row.Read())
            {
                found.Add($"{row.GetString(0)} {row.GetString(1)}");
            }
        }

        found.AddRange(LifeView.Biometrics(db, person).Where(one => one.DeletedOn is null).Select(one => $"{one.Biometric.Id} {one.Biometric.TemplateRef}"));
        return found.ToImmutable();
    }
}
