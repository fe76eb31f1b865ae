using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Panels;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.People;

/// <summary>
/// What a new day brings by itself: unused cards are held (R-ID-05), a transfer takes effect (R-ID-03), grants of a contract that is over end (R-CON-07), and a
/// lapsed precondition holds its grants with a new list (R-ID-11). At every start and after every midnight; done twice, it does nothing more.
/// </summary>
public sealed class DayTurn(ServiceRecord record, PersonnelDesk desk, SitePolicy policy, GrantPublisher publisher, ActTurn turn, TimeProvider time, ILogger<DayTurn> log) : BackgroundService
{
    /// <summary>Whom the record names for what happens by itself.</summary>
    public const string By = "service";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>Does what today asks.</summary>
    /// <returns>How many entries were written.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var written = 0;
        _ = await turn.ActAsync(
            [],
            async () =>
            {
                var facts = await record.Readers.Ask(Facts, stop);
                written = facts.Count;
                _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
                return RoomGuard.Dashboard.Acts.ActResult.Done();
            },
            stop);
        return written;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var written = await RunAsync(stoppingToken);
                log.DayDone(written);
                var now = time.GetUtcNow();
                var next = Today(now).AddDays(1).ToDateTime(new TimeOnly(0, 0, 1));
                await Task.Delay(new DateTimeOffset(next, record.TimeZone.GetUtcOffset(next)) - now, time, stoppingToken);
                publisher.Ask("day");
            }
            catch (Exception failed) when (failed is EvidenceWriteException or IOException)
            {
                log.DayFailed(failed);
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }

    private List<RecordedEvent> Facts(Statements db)
    {
        var now = time.GetUtcNow();
        return [.. Unused(db, now), .. Transfers(db, now), .. Contracts(db, now)];
    }

    private IEnumerable<RecordedEvent> Unused(Statements db, DateTimeOffset now)
    {
        var serial = db.Value("SELECT max(serial) FROM view_suspensions") as long? ?? 0;
        var limit = policy.Now[Limit.DormantHeldDays];
        foreach (var line in desk.Unused(db).Where(line => !line.Held && line.IdleDays >= limit).ToList())
        {
            var card = PersonnelDesk.CardOf(db, line.Card)!;
            yield return new CredentialRecorded(now, card with { State = CredentialState.Suspended }, CardLife.Unused, By);
            yield return new SuspensionOrdered(now, new(++serial, now, null, card.Id, CredentialState.Suspended, Lifted: false), By, CardLife.Unused);
        }
    }

    private List<RecordedEvent> Transfers(Statements db, DateTimeOffset now)
    {
        var found = new List<RecordedEvent>();
        var moves = new List<(PersonId Person, string Section)>();
        using (var row = db.Rows("SELECT l.person, l.to_section FROM view_leavings l WHERE l.kind = 0 AND l.to_section IS NOT NULL AND l.effective_on <= $1", RowReading.Iso(Today(now))))
        {
            while (row.Read())
            {
                moves.Add((new(row.GetString(0)), row.GetString(1)));
            }
        }

        foreach (var (id, section) in moves)
        {
            if (PersonnelDesk.PersonOf(db, id) is { } person && person.SectionOrFirm != section && !Moved(db, id, section))
            {
                found.Add(new PersonRecorded(now, person with { SectionOrFirm = section }, By));
            }
        }

        return found;
    }

    // Somebody who went on from there by a later change of the record is not brought back.
    private static bool Moved(Statements db, PersonId person, string section) =>
        db.Value("SELECT 1 FROM view_person_forms WHERE person = $1 AND section = $2", person.Value, section) is not null;

    private List<RecordedEvent> Contracts(Statements db, DateTimeOffset now)
    {
        var (today, found) = (Today(now), new List<RecordedEvent>());
        var workers = new List<string>();
        using (var row = db.Rows(
            """
            SELECT DISTINCT w.person FROM view_contract_workers w JOIN view_contracts c ON c.contract = w.contract JOIN view_grants g ON g.person = w.person
            WHERE min(c.valid_until, coalesce(c.ended_on, c.valid_until)) <= $1 AND g.ended IS NULL ORDER BY w.person
            """,
            RowReading.Iso(today)))
        {
            while (row.Read())
            {
                workers.Add(row.GetString(0));
            }
        }

        foreach (var person in workers.Select(id => new PersonId(id)))
        {
            // Another contract that runs or is to come keeps what it covers.
            if (ContractsView.Of(db, person).All(contract => contract.Until <= today))
            {
                found.AddRange(PersonnelDesk.GrantsOf(db, person).Select(grant => new GrantEnded(now, grant.Id, person, "contract-term", By)));
            }
        }

        return found;
    }

    private DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, record.TimeZone).DateTime);
}

internal static partial class DayLog
{
    [LoggerMessage(2501, LogLevel.Information, "A day began: {Written} entries by themselves")]
    public static partial void DayDone(this ILogger log, int written);

    [LoggerMessage(2502, LogLevel.Error, "What the day asks could not be written; trying again")]
    public static partial void DayFailed(this ILogger log, Exception failed);
}
