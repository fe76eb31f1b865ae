using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Contractors;

/// <summary>The contractor register as it now stands (R-CON-01).</summary>
public sealed class ContractsView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_contracts", "view_contract_workers"];

    /// <inheritdoc/>
    public string Schema => """
        CREATE TABLE view_contracts(contract TEXT PRIMARY KEY, json TEXT NOT NULL, folded TEXT NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT NOT NULL, ended_on TEXT, checked_on TEXT) STRICT;
        CREATE TABLE view_contract_workers(contract TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY(contract, person)) STRICT, WITHOUT ROWID;
        CREATE INDEX view_contract_workers_person ON view_contract_workers(person);
        """;

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(item);
        switch (item.Event)
        {
            case ContractRecorded { Contract: var contract }:
                Keep(db, contract);
                break;
            case ContractEnded ended:
                _ = db.Run("UPDATE view_contracts SET ended_on = $2 WHERE contract = $1", ended.Contract.Value, RowReading.Iso(ended.EndsOn));
                break;
            case ContractorChecked checkedNow:
                _ = db.Run("UPDATE view_contracts SET checked_on = $2 WHERE contract = $1", checkedNow.Contract.Value, RowReading.Iso(checkedNow.CheckedOn));
                break;
            default:
                break;
        }
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

    /// <summary>Reads a contract: json, ended_on from the given column on.</summary>
    public static Contract From(Microsoft.Data.Sqlite.SqliteDataReader row, int at)
    {
        ArgumentNullException.ThrowIfNull(row);
        var contract = JsonSerializer.Deserialize(row.GetString(at), RecordJson.Plain.Contract)!;
        return row.DateOrNull(at + 1) is { } ended && ended < contract.Until ? contract with { Until = ended } : contract;
    }

    private static void Keep(Statements db, Contract contract)
    {
        _ = db.Run(
            """
            INSERT INTO view_contracts VALUES ($1, $2, $3, $4, $5, NULL, NULL)
            ON CONFLICT(contract) DO UPDATE SET json = $2, folded = $3, valid_from = $4, valid_until = $5
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
    }
}
