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

    /// <inheritdoc/>
    public Task<ImmutableArray<ContractLine>?> Contracts(string? words, Actor by, CancellationToken gone) => record.Readers.Ask<ImmutableArray<ContractLine>?>(
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

            return [.. found.Select(one => Line(db, one.Contract, one.Checked))];
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
            return new ContractFile(Line(db, contract, checkedOn), [.. workers], checkedOn, DeskGate.Open(by, PageAct.KeepContracts));
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
    public Task<ActResult> Check(ContractId id, DateOnly on, string result, Actor by, CancellationToken stop) => With(id, by, FieldRules.Text("result", result, FieldRules.LongestReason), async contract =>
    {
        if (on > Today())
        {
            return ActResult.Refused("on", FieldFault.OutOfRange, $"– {Today():yyyy-MM-dd}");
        }

        // R-CON-05: reported to SUP; to CHIEF by importance, which is SUP's to judge.
        var told = record.Readers.AskNow(db => OperatorsView.HoldersOf(db, Role.SupervisingOfficer, Today()));
        _ = await record.AppendAsync(new ContractorChecked(time.GetUtcNow(), contract.Id, on, FieldRules.Clean(result), [.. told.Select(one => one.Person).Distinct()], by.Id), stop);
        return ActResult.Done(id.Value);
    }, stop);

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

    private ContractLine Line(Statements db, Contract contract, DateOnly? checkedOn)
    {
        var today = Today();
        var standing = today < contract.From ? ContractStanding.Coming : today < contract.Until ? ContractStanding.Running : ContractStanding.Over;
        var due = standing is ContractStanding.Running ? (checkedOn ?? contract.From).AddMonths(policy.Now[Limit.ContractorCheckMonths]) : (DateOnly?)null;
        return new(contract, standing, due, due < today, contract.Workers.Sum(worker => Outstanding.Of(db, worker.Person).Length));
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
