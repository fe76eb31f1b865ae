using System.Collections.Immutable;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Watch;

namespace RoomGuard.Service.Cases;

/// <summary>
/// What time alone does: reminders, escalation, lapse and reviews of cases (R-EXC-02…04), and roles that have become vacant or are filled again
/// (R-PROF-04, R-ZONE-07). Each is an entry once.
/// </summary>
public sealed class CaseWatch(ServiceRecord record, AuthorityGuard guard, ActTurn turn, Func<ImmutableArray<ZoneId>> zones, TimeProvider time) : IRecordWatch
{
    /// <inheritdoc/>
    public TimeSpan LookEvery => TimeSpan.FromMinutes(1);

    // A case left alone over a long stop of the service is escalated, reminded and lapsed in one look, and never more than that.
    private const int MostPerLook = 4;

    /// <inheritdoc/>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        var look = await turn.ActAsync(
            [],
            async () =>
            {
                await VacanciesAsync(stop);
                foreach (var file in record.Readers.AskNow(CasesView.Running))
                {
                    await CaseAsync(file, stop);
                }

                return ActResult.Done();
            },
            stop);
        return look.Ok;
    }

    private async Task CaseAsync(CaseDossier file, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, record.TimeZone).DateTime);
        for (var times = 0; times < MostPerLook && CaseClock.Due(file, now, today) is { } due; times++)
        {
            var n = await record.AppendAsync(due, stop);
            file = CaseDossier.After(file, due, n) ?? file;
        }
    }

    private async Task VacanciesAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var facts = record.Readers.AskNow(db =>
        {
            var holders = guard.Holders(db);
            var vacant = Vacancies.Of(zones(), SectionsWithHeads(db), holders);
            var known = Known(db);
            return ImmutableArray.CreateRange<RecordedEvent>(
            [
                .. vacant.Except(known).Select(item => new RoleVacant(now, item.Role, item.Section, item.Zone)),
                .. known.Except(vacant).Select(item => new RoleFilled(now, item.Role, item.Section, item.Zone, HolderOf(item, holders))),
            ]);
        }, stop);
        _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
    }

    /// <summary>Vacancies as the record has them.</summary>
    public static ImmutableArray<Vacancy> Known(Statements db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = ImmutableArray.CreateBuilder<Vacancy>();
        using var row = db.Rows("SELECT role, section, zone FROM view_vacancies ORDER BY role, section, zone");
        while (row.Read())
        {
            found.Add(new((Role)row.GetInt64(0), row.GetString(1), row.GetString(2) is { Length: > 0 } zone ? new ZoneId(zone) : null));
        }

        return found.DrainToImmutable();
    }

    // A section is one that must have a SEC once it has had one: there is no other list of sections.
    private static ImmutableArray<string> SectionsWithHeads(Statements db)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        using var row = db.Rows("SELECT DISTINCT section FROM view_holdings WHERE role = $1 AND section <> ''", (long)Role.SecurityManager);
        while (row.Read())
        {
            found.Add(row.GetString(0));
        }

        return found.DrainToImmutable();
    }

    private static Core.People.PersonId? HolderOf(Vacancy vacancy, ImmutableArray<RoleHolding> holders) => holders
        .Where(holding => holding.Role == vacancy.Role && (vacancy.Section.Length == 0 || holding.Section.Length == 0 || holding.Section == vacancy.Section) && (vacancy.Zone is not { } zone || holding.Zones.Contains(zone)))
        .Select(holding => (Core.People.PersonId?)holding.Person)
        .FirstOrDefault();
}
