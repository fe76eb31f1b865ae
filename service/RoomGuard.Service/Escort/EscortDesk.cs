using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Escort;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Presence;
using RoomGuard.Service.Record;
using RoomGuard.Service.Visits;

namespace RoomGuard.Service.Escort;

/// <summary>
/// What an escort sees and says of their own visits (R-VIS-02, R-VIS-03). Handing over happens at the doors, by both cards; here it is shown. That
/// somebody has left is said here and decided by SYS, for the list of people inside is not the escort's to change.
/// </summary>
public sealed class EscortDesk(ServiceRecord record, ActTurn turn, TimeProvider time) : IEscortDesk
{
    /// <inheritdoc/>
    public Task<ImmutableArray<EscortedVisit>> Mine(Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        return record.Readers.Ask(db => Mine(db, by.Person), gone);
    }

    /// <inheritdoc/>
    public Task<ActResult> AllOut(VisitId visit, string reason, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
            async () =>
            {
                // A visit one does not escort is as unknown here as one that never was.
                if (record.Readers.AskNow(db => Mine(db, by.Person)).FirstOrDefault(item => item.Id == visit) is not { } mine)
                {
                    return ActResult.Refused("id", FieldFault.Unknown, visit.Value);
                }

                var listed = mine.Inside.Where(visitor => !visitor.SaidOut).ToList();
                if (listed.Count == 0)
                {
                    return ActResult.Refused("id", FieldFault.NothingToChange);
                }

                var now = time.GetUtcNow();
                foreach (var visitor in listed)
                {
                    _ = await record.AppendAsync(new PresenceAsked(now, visitor.Person, visitor.Zone!.Value, Inside: false, now, FieldRules.Clean(reason), by.Id), stop);
                }

                return ActResult.Done(visit.Value);
            },
            stop);
    }

    private static ImmutableArray<EscortedVisit> Mine(Statements db, PersonId me)
    {
        var ids = new List<VisitId>();
        using (var row = db.Rows("SELECT v.id FROM view_visit_escorts e JOIN view_visits v ON v.id = e.visit WHERE e.person = $1 AND v.open = 1 ORDER BY v.at_from, v.id", me.Value))
        {
            while (row.Read())
            {
                ids.Add(new(row.GetString(0)));
            }
        }

        return [.. ids.Select(id => VisitsView.Dossier(db, id)).OfType<VisitDossier>().Select(file => Seen(db, file, me))];
    }

    private static EscortedVisit Seen(Statements db, VisitDossier file, PersonId me) => new(
        file.Visit.Id,
        file.Visit.Purpose,
        file.Visit.Organisation,
        file.Visit.Zones,
        file.Visit.From,
        file.Visit.Until,
        ZoneOf(db, me),
        [.. file.Visitors.Select(visitor => Seen(db, visitor, me))],
        [.. file.Visit.Escorts.Where(other => other != me).Select(other => new OtherEscort(other, AuthorityGuard.NamedOrId(db, other).Name, ZoneOf(db, other)))]);

    private static EscortedVisitor Seen(Statements db, VisitorFile file, PersonId me)
    {
        var person = file.Visitor.Id;
        var saidOut = db.Value($"SELECT 1 FROM view_presence_questions WHERE person = $1 AND kind = '{PresenceQuestionsView.Asked}' AND closed IS NULL", person.Value) is not null;
        using var row = db.Rows("SELECT zone, since, escort, alone FROM view_presence WHERE person = $1 ORDER BY since DESC LIMIT 1", person.Value);
        if (!row.Read())
        {
            return new(person, file.Visitor.Name, file.Badge is null ? null : file.BadgeNo, null, null, null, false, false, false);
        }

        var (zone, since, escort, alone) = (new ZoneId(row.GetString(0)), row.Time(1), row.TextOrNull(2), row.GetInt64(3) != 0);
        return new(
            person,
            file.Visitor.Name,
            file.Badge is null ? null : file.BadgeNo,
            zone,
            since,
            alone || escort is null ? null : AuthorityGuard.NamedOrId(db, new(escort)).Name,
            !alone && escort == me.Value,
            alone,
            saidOut);
    }

    private static ZoneId? ZoneOf(Statements db, PersonId person) => db.Value("SELECT zone FROM view_presence WHERE person = $1 ORDER BY since DESC LIMIT 1", person.Value) is string zone ? new ZoneId(zone) : null;
}
