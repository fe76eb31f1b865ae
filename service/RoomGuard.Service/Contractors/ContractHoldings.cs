using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.People;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Contractors;

/// <summary>
/// What contractors still hold, asked of every register that knows: it is off the list the moment the register says it came back (R-CON-07, R-LIFE-11). What a worker holds who
/// also works by another contract that runs or is to come stays with that one. Good for one question.
/// </summary>
internal sealed class ContractHoldings(Statements db, DateOnly today, DateTimeOffset now)
{
    private ImmutableArray<CarryDossier>? away;
    private ILookup<string, ContractHolding>? outside;

    // What is out now is asked once for all contracts of a question.
    private ImmutableArray<CarryDossier> Away => away ??= [.. CarryView.Away(db).Where(file => file.Permit.Plan.Direction is CarryDirection.Out)];

    private ILookup<string, ContractHolding> Outside => outside ??= ItemsOutside().ToLookup(one => one.Firm, one => one.Holding);

    /// <summary>All a contractor holds, by kind and number.</summary>
    public ImmutableArray<ContractHolding> Of(Contract contract)
    {
        var workers = ContractsView.People(db, contract.Id).GroupBy(one => one.Person).Select(group => (Person: group.Key, group.Last().Firm)).Where(one => !Elsewhere(contract, one.Person)).ToList();
        return
        [
            .. workers.SelectMany(one => Of(one.Person, one.Firm))
                .Concat(contract.Firms.SelectMany(firm => Provided(firm.Firm)))
                .Concat(ContractsView.Entrusted(db, contract.Id).Where(one => one.End is null).Select(one => new ContractHolding(HoldingKind.Entrusted, $"{one.Entrusted.No}", one.Entrusted.Label, null, one.Entrusted.Firm)))
                .DistinctBy(one => (one.Kind, one.Id)).OrderBy(one => one.Kind).ThenBy(one => one.Id, StringComparer.Ordinal),
        ];
    }

    private bool Elsewhere(Contract contract, PersonId person) => contract.Until <= today && ContractsView.Of(db, person).Any(other => other.Id != contract.Id && other.Until > today);

    private List<ContractHolding> Of(PersonId person, string firm)
    {
        var found = new List<ContractHolding>();
        Read("SELECT card, card FROM view_cards WHERE person = $1 AND state NOT IN (2, 3) ORDER BY card", HoldingKind.Card);
        Read("SELECT l.loan, l.key || ' ' || coalesce(k.label, '') FROM view_key_loans l LEFT JOIN view_keys k ON k.key = l.key WHERE l.person = $1 AND l.returned IS NULL", HoldingKind.Key);
        Read("SELECT id, label FROM view_belongings WHERE person = $1 AND returned IS NULL ORDER BY id", HoldingKind.Belonging);
        Read("SELECT tag, json_extract(json, '$.name') FROM view_assets WHERE holder = $1 ORDER BY tag", HoldingKind.Asset);
        found.AddRange(LifeView.Biometrics(db, person).Where(one => one.DeletedOn is null).Select(one => new ContractHolding(HoldingKind.Biometric, one.Biometric.Id, one.Biometric.TemplateRef, person, firm)));

        // What they brought in is theirs; what they carried out is ours.
        foreach (var file in Away)
        {
            var theirs = file.Items.Where(item => item.Away && (item.Carrier == person || file.Permit.AppliedBy == person)).ToList();
            if (theirs.Count > 0)
            {
                found.Add(new(HoldingKind.Carried, file.Permit.Id.Value, Names(theirs.Select(item => item.Item)), person, firm));
            }
        }

        found.AddRange(CarryView.Of(db, person, now).Where(file => !file.Away && file.RevokedAt is null && now < file.Permit.Plan.DueAt)
            .Select(file => new ContractHolding(HoldingKind.Permit, file.Permit.Id.Value, Names(file.Permit.Plan.Items), person, firm)));
        return found;

        void Read(string sql, HoldingKind kind)
        {
            using var row = db.Rows(sql, person.Value);
            while (row.Read())
            {
                found.Add(new(kind, row.GetString(0), row.TextOrNull(1)?.Trim() is { Length: > 0 } label ? label : row.GetString(0), person, firm));
            }
        }
    }

    // Handed to the firm by a permit and not back (R-CARRY-12), or taken to its place by a move.
    private IEnumerable<ContractHolding> Provided(string firm) => Away
        .Where(file => file.Permit.Plan.Receiver is { } receiver && PeopleWords.Fold(receiver) == PeopleWords.Fold(firm))
        .Select(file => new ContractHolding(HoldingKind.Provided, file.Permit.Id.Value, Names(file.Items.Where(item => item.Away).Select(item => item.Item)), null, firm))
        .Concat(Outside[PeopleWords.Fold(firm)].Select(one => one with { Firm = firm }));

    private List<(string Firm, ContractHolding Holding)> ItemsOutside()
    {
        var found = new List<(string, ContractHolding)>();
        using var row = db.Rows("SELECT tag, json_extract(json, '$.name'), outside FROM view_assets WHERE outside IS NOT NULL AND zone IS NULL AND outside <> ''");
        while (row.Read())
        {
            found.Add((PeopleWords.Fold(row.GetString(2)), new(HoldingKind.Asset, row.GetString(0), row.GetString(1), null, "")));
        }

        return found;
    }

    private static string Names(IEnumerable<CarriedItem> items) => string.Join(", ", items.Select(item => item.Tag.Length > 0 ? $"{item.Tag} {item.Name}" : item.Name));
}
