using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Visits;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using Act = RoomGuard.Core.Operators.Act;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Visits;

/// <summary>例外の許可 (R-VIS-11): ordered here by whoever allows visits to the zone, in force at the bridges by the express lane.</summary>
public sealed class VisitorOverrideDesk(ServiceRecord record, ISiteSettings site, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IVisitorOverrideDesk
{
    private const int MostShown = 200;

    /// <inheritdoc/>
    public Task<VisitorOverrides> Now(Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        return record.Readers.Ask(
            db =>
            {
                var now = time.GetUtcNow();
                return new VisitorOverrides(
                    [.. InForce(db, now).OrderBy(one => one.Order.Until).Select(one => Shown(db, one.Order, one.PendingAt, by))],
                    [
                        .. VisitsView.Between(db, now, now + VisitorOverrides.Longest, MostShown).Where(file => file.Ending is null)
                            .Select(file => new OverridableVisit(file.Visit.Id, file.Visit.Organisation, file.Visit.From, file.Visit.Until, [.. file.Visit.Zones.Where(zone => May(by, zone))]))
                            .Where(visit => !visit.Zones.IsEmpty),
                    ]);
            },
            gone);
    }

    /// <inheritdoc/>
    public Task<ActResult> Order(VisitorOverrideForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. FieldRules.Text("reason", form.Reason, FieldRules.LongestReason)],
            async () =>
            {
                if (await Objection(by, form.Zone, form.Visit, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (record.Readers.AskNow(db => VisitsView.Dossier(db, form.Visit)) is not { } file)
                {
                    return ActResult.Refused("visit", FieldFault.Unknown, form.Visit.Value);
                }

                ImmutableArray<FieldProblem> problems = [.. Problems(form, file, by)];
                return problems.IsEmpty ? await Write(form, by, stop) : new ActResult(problems);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> End(VisitId visit, ZoneId zone, string reason, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
            async () =>
            {
                if (await Objection(by, zone, visit, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var now = time.GetUtcNow();
                return record.Readers.AskNow(db => InForce(db, now)).Any(one => one.Order.Visit == visit && one.Order.Zone == zone)
                    ? await Write(new(visit, zone, now, reason), by, stop)
                    : ActResult.Refused("", FieldFault.NothingToChange);
            },
            stop);
    }

    private async Task<ActResult> Write(VisitorOverrideForm form, Actor by, CancellationToken stop)
    {
        var order = new VisitorOverrideOrder(form.Zone, form.Visit, form.Until, FieldRules.Clean(form.Reason), by.Id);
        _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), order, by.Id), stop);
        return ActResult.Done(form.Visit.Value);
    }

    private IEnumerable<FieldProblem> Problems(VisitorOverrideForm form, VisitDossier file, Actor by)
    {
        var now = time.GetUtcNow();
        if (file.Ending is not null || file.Visit.Until <= now)
        {
            yield return new("visit", FieldFault.VisitOver);
            yield break;
        }

        // Pair 1: who applied for the visit does not allow its exception, whatever role they hold.
        if (file.Visit.AppliedBy == by.Person)
        {
            yield return new("visit", FieldFault.SamePerson, by.Name);
        }

        if (!file.Visit.Zones.Contains(form.Zone))
        {
            yield return new("zone", FieldFault.NotAChoice);
        }

        var latest = file.Visit.Until < now + VisitorOverrides.Longest ? file.Visit.Until : now + VisitorOverrides.Longest;
        if (form.Until <= now)
        {
            yield return new("until", FieldFault.AlreadyOver);
        }
        else if (form.Until > latest)
        {
            var local = TimeZoneInfo.ConvertTime(latest, record.TimeZone);
            yield return new("until", FieldFault.OutOfRange, $"– {local.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)}");
        }
    }

    private Task<Refusal?> Objection(Actor by, ZoneId zone, VisitId visit, CancellationToken stop) =>
        guard.Objection(by, Act.Visit, Part.Allows, ActSubject.Of([zone]), "R-VIS-11", visit.Value, stop);

    private static bool May(Actor by, ZoneId zone) => Authority.May(by, Act.Visit, Part.Allows, ActSubject.Of([zone])).Allowed;

    private static StandingOverride Shown(Statements db, VisitorOverrideOrder order, ImmutableArray<PanelId> pending, Actor by) => new(
        order.Visit,
        VisitsView.Dossier(db, order.Visit)?.Visit.Organisation ?? order.Visit.Value,
        order.Zone,
        order.Until,
        order.Reason,
        AuthorityGuard.NamedOrId(db, new(order.OrderedBy)).Name,
        pending,
        May(by, order.Zone));

    // The newest of each visit and zone; those that ran out are never taken away and are left out here.
    private List<(VisitorOverrideOrder Order, ImmutableArray<PanelId> PendingAt)> InForce(Statements db, DateTimeOffset now)
    {
        var found = new List<(VisitorOverrideOrder, ImmutableArray<PanelId>)>();
        using var row = db.Rows("SELECT json, in_force_at FROM view_room_orders WHERE key > 'visitor-override ' AND key < 'visitor-override!' ORDER BY n DESC LIMIT $1", (long)MostShown);
        while (row.Read())
        {
            var order = (VisitorOverrideOrder)JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.RoomOrder)!;
            var known = row.GetString(1).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (order.Until > now)
            {
                found.Add((order, [.. site.Now.Doors.Where(door => door.Zone == order.Zone.Value && !known.Contains(door.Panel)).Select(door => new PanelId(door.Panel)).Distinct()]));
            }
        }

        return found;
    }
}
