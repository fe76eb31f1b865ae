using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Contractors;

/// <summary>The contractor register as it now stands (R-CON-01), with its checks (R-CON-05), who ever worked by it (R-CON-06), and what was entrusted (R-LIFE-11).</summary>
public sealed class ContractsView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_contracts", "view_contract_workers", "view_contract_people", "view_contract_checks", "view_contract_entrusted"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_contracts(contract TEXT PRIMARY KEY, json TEXT NOT NULL, folded TEXT NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT NOT NULL, ended_on TEXT, checked_on TEXT,
            check_reminded TEXT, reminded INTEGER NOT NULL) STRICT;
        CREATE TABLE view_contract_workers(contract TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY(contract, person)) STRICT, WITHOUT ROWID;
        CREATE INDEX view_contract_workers_person ON view_contract_workers(person);
        CREATE TABLE view_contract_people(contract TEXT NOT NULL, person TEXT NOT NULL, firm TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER, PRIMARY KEY(contract, person, since)) STRICT, WITHOUT ROWID;
        CREATE TABLE view_contract_checks(n INTEGER PRIMARY KEY, contract TEXT NOT NULL, unread INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX view_contract_checks_contract ON view_contract_checks(contract, n);
        CREATE INDEX view_contract_checks_unread ON view_contract_checks(n) WHERE unread = 1;
        CREATE TABLE view_contract_entrusted(contract TEXT NOT NULL, no INTEGER NOT NULL, n INTEGER NOT NULL, json TEXT NOT NULL, ended TEXT, PRIMARY KEY(contract, no)) STRICT, WITHOUT ROWID;
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case ContractRecorded { Contract: var contract } e:
                Keep(db, contract, e.OccurredAt);
                break;
            case ContractEnded ended:
                _ = db.Run("UPDATE view_contracts SET ended_on = $2, reminded = 0 WHERE contract = $1", ended.Contract.Value, RowReading.Iso(ended.EndsOn));
                break;
            case ContractorChecked e:
                _ = db.Run("UPDATE view_contracts SET checked_on = max(coalesce(checked_on, $2), $2) WHERE contract = $1", e.Contract.Value, RowReading.Iso(e.CheckedOn));
                KeepCheck(db, e.Contract, new(item.N, e.CheckedOn, e.Finding, e.Result, e.ReportedTo, [], new(e.By), e.OccurredAt));
                break;
            case ContractorCheckReceived e when CheckOf(db, e.Contract, e.Check) is { } check:
                KeepCheck(db, e.Contract, check with { ReceivedBy = [.. check.ReceivedBy.Append(new(e.By)).Distinct()] });
                break;
            case ContractorCheckOverdue e:
                _ = db.Run("UPDATE view_contracts SET check_reminded = $2 WHERE contract = $1", e.Contract.Value, RowReading.Iso(e.DueOn));
                break;
            case EntrustedHanded { Entrusted: var thing }:
                _ = db.Run(
                    "INSERT INTO view_contract_entrusted VALUES ($1, $2, $3, $4, NULL) ON CONFLICT DO NOTHING", thing.Contract.Value, (long)thing.No, item.N, JsonSerializer.Serialize(thing, RecordJson.Plain.Entrusted));
                break;
            case EntrustedSettled e:
                _ = db.Run(
                    "UPDATE view_contract_entrusted SET n = $3, ended = $4 WHERE contract = $1 AND no = $2",
                    e.Contract.Value, (long)e.No, item.N, JsonSerializer.Serialize(new EntrustedEnd(e.Settlement, e.On, e.Proof, new(e.By)), RecordJson.Plain.EntrustedEnd));
                break;
            case ContractHoldingsReminded e:
                _ = db.Run("UPDATE view_contracts SET reminded = $2 WHERE contract = $1", e.Contract.Value, (long)e.Times);
                break;
            default:
                break;
        }
    }

    /// <summary>The first day on which a contract that was ended no longer holds; null: it was not ended.</summary>
    public static DateOnly? EndedOn(Statements db, ContractId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT ended_on FROM view_contracts WHERE contract = $1", id.Value) is string day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
    }

    /// <summary>A contract, its term cut where it was ended before; null: unknown.</summary>
    public static Contract? One(Statements db, ContractId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows("SELECT json, ended_on FROM view_contracts WHERE contract = $1", id.Value);
        return row.Read() ? From(row, 0) : null;
    }

    /// <summary>Contracts of which a person is a registered worker, newest term first.</summary>
    public static ImmutableArray<Contract> Of(Statements db, PersonId person)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<Contract>();
        using var row = db.Rows(
            "SELECT c.json, c.ended_on FROM view_contract_workers w JOIN view_contracts c ON c.contract = w.contract WHERE w.person = $1 ORDER BY c.valid_until DESC, c.contract DESC",
            person.Value);
        while (row.Read())
        {
            found.Add(From(row, 0));
        }

        return found.ToImmutable();
    }

    /// <summary>Where and when each registered worker may enter at all (R-CON-02), in the order of contracts.</summary>
    public static IEnumerable<ContractLimit> Limits(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        using var row = db.Rows("SELECT json, ended_on FROM view_contracts ORDER BY contract");
        while (row.Read())
        {
            var contract = From(row, 0);
            foreach (var worker in contract.Workers)
            {
                yield return new(worker.Person, contract.Id, contract.Places, contract.From, contract.Until);
            }
        }
    }

    /// <summary>All contracts with what the watch has to know of each: when it was checked, for which check it was reminded, and how often of what is not back.</summary>
    /// <param name="since">Only contracts whose term reaches this day.</param>
    public static ImmutableArray<(Contract Contract, DateOnly? CheckedOn, DateOnly? CheckReminded, int Reminded)> Watched(Statements db, DateOnly since)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<(Contract, DateOnly?, DateOnly?, int)>();
        using var row = db.Rows("SELECT json, ended_on, checked_on, check_reminded, reminded FROM view_contracts WHERE min(valid_until, coalesce(ended_on, valid_until)) >= $1 ORDER BY contract", RowReading.Iso(since));
        while (row.Read())
        {
            found.Add((From(row, 0), row.DateOrNull(2), row.DateOrNull(3), (int)row.GetInt64(4)));
        }

        return found.DrainToImmutable();
    }

    /// <summary>Checks of a contract, newest first.</summary>
    public static ImmutableArray<ContractCheck> Checks(Statements db, ContractId id) => Checks(db, "SELECT json FROM view_contract_checks WHERE contract = $1 ORDER BY n DESC LIMIT 100", id.Value);

    /// <summary>Checks of which somebody has not taken note.</summary>
    public static ImmutableArray<ContractCheck> UnreadChecks(Statements db) => Checks(db, "SELECT json FROM view_contract_checks WHERE unread = $1 ORDER BY n LIMIT 1000", 1L);

    /// <summary>One check by its entry; null: none of this contract.</summary>
    public static ContractCheck? CheckOf(Statements db, ContractId id, long n)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Value("SELECT json FROM view_contract_checks WHERE contract = $1 AND n = $2", id.Value, n) is string json ? JsonSerializer.Deserialize(json, RecordJson.Plain.ContractCheck) : null;
    }

    /// <summary>What was entrusted to the contractor, in the order of numbers.</summary>
    public static ImmutableArray<EntrustedFile> Entrusted(Statements db, ContractId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<EntrustedFile>();
        using var row = db.Rows("SELECT json, n, ended FROM view_contract_entrusted WHERE contract = $1 ORDER BY no", id.Value);
        while (row.Read())
        {
            found.Add(new(
                JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.Entrusted)!, row.GetInt64(1), row.TextOrNull(2) is { } ended ? JsonSerializer.Deserialize(ended, RecordJson.Plain.EntrustedEnd) : null));
        }

        return found.DrainToImmutable();
    }

    /// <summary>Everybody who ever was a worker of a contract, with their firm, from when and until when; null: still is.</summary>
    public static ImmutableArray<(PersonId Person, string Firm, DateTimeOffset Since, DateTimeOffset? Until)> People(Statements db, ContractId id)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<(PersonId, string, DateTimeOffset, DateTimeOffset?)>();
        using var row = db.Rows("SELECT person, firm, since, until FROM view_contract_people WHERE contract = $1 ORDER BY person, since", id.Value);
        while (row.Read())
        {
            found.Add((new(row.GetString(0)), row.GetString(1), row.Time(2), row.TimeOrNull(3)));
        }

        return found.DrainToImmutable();
    }

    /// <summary>Reads a contract: json, ended_on from the given column on.</summary>
    public static Contract From(Microsoft.Data.Sqlite.SqliteDataReader row, int at)
    {
        ArgumentNullException.ThrowIfNull(row);
        var contract = JsonSerializer.Deserialize(row.GetString(at), RecordJson.Plain.Contract)!;
        return row.DateOrNull(at + 1) is { } ended && ended < contract.Until ? contract with { Until = ended } : contract;
    }

    private static ImmutableArray<ContractCheck> Checks(Statements db, string sql, object value)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<ContractCheck>();
        using var row = db.Rows(sql, value);
        while (row.Read())
        {
            found.Add(JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.ContractCheck)!);
        }

        return found.DrainToImmutable();
    }

    private static void KeepCheck(Statements db, ContractId id, ContractCheck check) => _ = db.Run(
        "INSERT INTO view_contract_checks VALUES ($1, $2, $3, $4) ON CONFLICT(n) DO UPDATE SET unread = $3, json = $4",
        check.N, id.Value, check.Unread.Any() ? 1L : 0L, JsonSerializer.Serialize(check, RecordJson.Plain.ContractCheck));

    private static void Keep(Statements db, Contract contract, DateTimeOffset at)
    {
        _ = db.Run(
            """
            INSERT INTO view_contracts VALUES ($1, $2, $3, $4, $5, NULL, NULL, NULL, 0)
            ON CONFLICT(contract) DO UPDATE SET json = $2, folded = $3, valid_from = $4, reminded = CASE WHEN valid_until = $5 THEN reminded ELSE 0 END, valid_until = $5
            """,
            contract.Id.Value,
            JsonSerializer.Serialize(contract, RecordJson.Plain.Contract),
            PeopleWords.Fold($"{contract.Id}\n{contract.Title}\n{string.Join('\n', contract.Firms.Select(one => one.Firm))}\n{contract.PersonInCharge}"),
            RowReading.Iso(contract.From),
            RowReading.Iso(contract.Until));
        _ = db.Run("DELETE FROM view_contract_workers WHERE contract = $1", contract.Id.Value);
        foreach (var worker in contract.Workers.DistinctBy(one => one.Person))
        {
            _ = db.Run("INSERT INTO view_contract_workers VALUES ($1, $2)", contract.Id.Value, worker.Person.Value);
        }

        // Who is no longer named was a worker until now; who is named anew, or for another firm, is one from now on.
        foreach (var (person, firm, since, _) in People(db, contract.Id).Where(one => one.Until is null))
        {
            if (contract.Worker(person)?.Firm != firm)
            {
                _ = db.Run(
                    "UPDATE view_contract_people SET until = $4 WHERE contract = $1 AND person = $2 AND since = $3", contract.Id.Value, person.Value, since.ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds());
            }
        }

        foreach (var worker in contract.Workers.DistinctBy(one => one.Person))
        {
            if (db.Value("SELECT 1 FROM view_contract_people WHERE contract = $1 AND person = $2 AND until IS NULL", contract.Id.Value, worker.Person.Value) is null)
            {
                _ = db.Run("INSERT INTO view_contract_people VALUES ($1, $2, $3, $4, NULL) ON CONFLICT DO UPDATE SET until = NULL, firm = $3", contract.Id.Value, worker.Person.Value, worker.Firm, at.ToUnixTimeMilliseconds());
            }
        }
    }
}
