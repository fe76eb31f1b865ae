using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Contractors;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Work;

namespace RoomGuard.Service.Contractors;

/// <summary>
/// 監査用の抽出 (R-CON-06): rows of the 入退室管理簿 of everybody who worked by a contract while they did, and the stories of the works, moves and permits its people have a part in,
/// subcontractors too. Each row is one entry of the record.
/// </summary>
public sealed class ContractTrailDesk(ServiceRecord record, TimeProvider time) : IContractTrailDesk
{
    private const int MostShown = 500;
    private const int MostWritten = 50_000;

    /// <inheritdoc/>
    public async Task<ContractTrail?> Look(ContractId id, TrailQuery query, Actor by, CancellationToken stop)
    {
        if (await Found(id, query, MostShown, by, stop) is not { } found)
        {
            return null;
        }

        _ = await record.AppendAsync(new RecordsViewed(time.GetUtcNow(), query.Person, Asked(found, query), "R-CON-06", by.Id), stop);
        return found;
    }

    /// <inheritdoc/>
    public async Task<ContractTrail?> Export(ContractId id, TrailQuery query, Actor by, CancellationToken stop)
    {
        if (await Found(id, query, MostWritten, by, stop) is not { } found)
        {
            return null;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', found.Rows.Select(row => row.N)))));
        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "contract-trail", Asked(found, query), found.Rows.Length, digest, by.Id), stop);
        return found;
    }

    private static string Asked(ContractTrail found, TrailQuery query) =>
        string.Create(CultureInfo.InvariantCulture, $"{found.Contract.Id} {found.From:yyyy-MM-dd}/{found.Until:yyyy-MM-dd} {query.Kind} {query.Firm} {query.Person}").TrimEnd();

    private Task<ContractTrail?> Found(ContractId id, TrailQuery query, int most, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return record.Readers.Ask(
            db =>
            {
                if (!DeskGate.Open(by, PageAct.ExtractContractor) || ContractsView.One(db, id) is not { } contract)
                {
                    return null;
                }

                var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
                var (from, until) = (query.From ?? contract.From, query.Until ?? today);
                var range = new Range(Midnight(from), Midnight(until.AddDays(1)));
                var all = ContractsView.People(db, id);
                var members = all.Where(one => (query.Firm is null || one.Firm == query.Firm) && (query.Person is null || one.Person == query.Person))
                    .Select(one => new Member(one.Person, AuthorityGuard.NamedOrId(db, one.Person).Name, one.Firm, one.Until)).ToList();
                var rows = new List<TrailRow>();
                foreach (var (kind, read) in new (TrailKind, Func<Statements, Contract, List<Member>, TrailQuery, Range, IEnumerable<TrailRow>>)[]
                {
                    (TrailKind.Entry, Entries), (TrailKind.Work, Works), (TrailKind.Move, Moves), (TrailKind.Carry, Permits),
                })
                {
                    if (query.Kind is null || query.Kind == kind)
                    {
                        rows.AddRange(read(db, contract, members, query, range));
                    }
                }

                return new ContractTrail(
                    contract,
                    [.. rows.OrderBy(row => row.At).ThenBy(row => row.N).Take(most)],
                    rows.Count > most,
                    from,
                    until,
                    [.. all.Select(one => (one.Person, AuthorityGuard.NamedOrId(db, one.Person).Name, one.Firm)).Distinct()],
                    [.. contract.Firms.Select(one => one.Firm).Concat(all.Select(one => one.Firm)).Distinct()]);
            },
            gone);
    }

    // Refusals too; those of somebody who no longer works by the contract are no longer the contractor's.
    private static Dictionary<long, TrailRow>.ValueCollection Entries(Statements db, Contract contract, List<Member> members, TrailQuery query, Range range)
    {
        var found = new Dictionary<long, TrailRow>();
        foreach (var member in members)
        {
            var until = member.Until is { } left && left < range.Until ? left : range.Until;
            using var row = db.Rows(
                """
                SELECT r.n, r.at, z.text, d.text, r.result, r.direction FROM view_person_forms f JOIN view_register r ON r.form = f.form
                    JOIN view_words z ON z.id = r.zone JOIN view_words d ON d.id = r.door
                WHERE f.person = $1 AND r.at >= $2 AND r.at < $3 ORDER BY r.at, r.n LIMIT $4
                """,
                member.Person.Value, range.From.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), MostWritten + 1L);
            while (row.Read())
            {
                found[row.GetInt64(0)] = new(
                    row.GetInt64(0), row.Time(1), TrailKind.Entry, member.Person, member.Name, member.Firm, "", "", (RegisterResult)row.GetInt64(4), (RegisterDirection?)row.NumberOrNull(5), new ZoneId(row.GetString(2)),
                    new DoorId(row.GetString(3)));
            }
        }

        return found.Values;
    }

    private static IEnumerable<TrailRow> Works(Statements db, Contract contract, List<Member> members, TrailQuery query, Range range) =>
        from file in WorkView.OfContract(db, contract.Id.Value, members.Select(one => one.Person))
        let part = Part(members, file.Work.Plan.People, range.From)
        where part is not null || (file.Work.Plan.Contract == contract.Id.Value && query is { Firm: null, Person: null })
        from line in file.Story
        where range.Holds(line.At) && line.Kind is not ("presence.entered" or "presence.left")
        select Row(line.N, line.At, TrailKind.Work, part, file.Work.Id.Value, line.Kind, file.Work.Plan.Zone);

    private static IEnumerable<TrailRow> Moves(Statements db, Contract contract, List<Member> members, TrailQuery query, Range range) =>
        from file in MovesView.CarriedBy(db, members.Select(one => one.Person))
        let part = Part(members, file.Move.Plan.Carriers.Append(file.Move.AppliedBy), range.From)
        where part is not null
        from line in file.Story
        where range.Holds(line.At)
        select Row(line.N, line.At, TrailKind.Move, part, file.Move.Id.Value, line.Kind, file.Move.Plan.ToZone ?? file.Move.Plan.FromZone);

    private static IEnumerable<TrailRow> Permits(Statements db, Contract contract, List<Member> members, TrailQuery query, Range range) =>
        from file in CarryView.CarriedBy(db, members.Select(one => one.Person), [.. contract.Firms.Select(one => one.Firm).Where(firm => query.Person is null && (query.Firm is null || query.Firm == firm))])
        let part = Part(members, file.Items.Select(item => item.Carrier).OfType<PersonId>().Append(file.Permit.AppliedBy), range.From)
        from line in file.Story
        where range.Holds(line.At)
        select Row(line.N, line.At, TrailKind.Carry, part, file.Permit.Id.Value, line.Kind, file.Permit.Plan.Zone) with { Firm = part?.Firm ?? file.Permit.Plan.Receiver ?? "" };

    private static Member? Part(List<Member> members, IEnumerable<PersonId> people, DateTimeOffset from) =>
        people.Select(person => members.FirstOrDefault(one => one.Person == person && (one.Until is not { } left || left > from))).FirstOrDefault(one => one is not null);

    private static TrailRow Row(long n, DateTimeOffset at, TrailKind kind, Member? part, string subject, string recordKind, ZoneId? zone) =>
        new(n, at, kind, part?.Person, part?.Name ?? "", part?.Firm ?? "", subject, recordKind, null, null, zone, null);

    private DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(default);
        return new(local, record.TimeZone.GetUtcOffset(local));
    }

    private sealed record Member(PersonId Person, string Name, string Firm, DateTimeOffset? Until);

    private readonly record struct Range(DateTimeOffset From, DateTimeOffset Until)
    {
        public bool Holds(DateTimeOffset at) => From <= at && at < Until;
    }
}
