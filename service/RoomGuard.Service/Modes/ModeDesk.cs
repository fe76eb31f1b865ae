using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Modes;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Modes;

/// <summary>区域の状態 (R-DOOR-15, R-VIS-11): ordered here, in force at the bridges by the express lane.</summary>
public sealed class ModeDesk(ServiceRecord record, ISiteSettings site, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IModeDesk
{
    /// <summary>How long maintenance may last at most†.</summary>
    public static readonly TimeSpan LongestMaintenance = TimeSpan.FromHours(24);

    /// <inheritdoc/>
    public Task<ImmutableArray<ZoneModeStatus>> Now(CancellationToken gone) => record.Readers.Ask(
        db => (ImmutableArray<ZoneModeStatus>)[.. site.Now.Zones.Select(zone => Status(db, new(zone.Id)))],
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Set(ZoneModeForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. Problems(form)],
            async () =>
            {
                var now = record.Readers.AskNow(db => Status(db, form.Zone));
                if (form.Mode == now.Mode && (form.Mode is ZoneMode.Normal || (form.Until == now.Until && form.Person == now.Person)))
                {
                    return ActResult.Refused("mode", FieldFault.NothingToChange);
                }

                // Who may begin a mode may end it; one that replaces another asks for both rights.
                var rights = new[] { form.Mode, now.Mode }.Where(mode => mode is not ZoneMode.Normal).Select(ModeRights.Of).Distinct();
                foreach (var right in rights)
                {
                    if (await guard.Objection(by, right, ActSubject.Of([form.Zone]), right is PageAct.TellFire ? "R-DOOR-15" : "R-VIS-11", form.Zone.Value, stop) is { } refusal)
                    {
                        return ActResult.NotAllowed(refusal);
                    }
                }

                if (form.Person is { } person && record.Readers.AskNow(db => db.Value("SELECT 1 FROM view_people WHERE person = $1", person.Value)) is null)
                {
                    return ActResult.Refused("person", FieldFault.Unknown, person.Value);
                }

                var order = new ZoneModeOrder(form.Zone, form.Mode, form.Mode is ZoneMode.Maintenance ? form.Person : null, form.Until, FieldRules.Clean(form.Reason), by.Id);
                _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), order, by.Id), stop);
                return ActResult.Done(form.Zone.Value);
            },
            stop);
    }

    private ZoneModeStatus Status(Statements db, ZoneId zone)
    {
        string json;
        long n;
        string[] known;
        using (var row = db.Rows("SELECT json, n, in_force_at FROM view_room_orders WHERE key = $1", $"zone-mode {zone}"))
        {
            if (!row.Read())
            {
                return ZoneModeStatus.Normal(zone);
            }

            (json, n, known) = (row.GetString(0), row.GetInt64(1), row.GetString(2).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        var order = (ZoneModeOrder)JsonSerializer.Deserialize(json, RecordJson.Plain.RoomOrder)!;
        ImmutableArray<PanelId> pending =
            [.. site.Now.Doors.Where(door => door.Zone == zone.Value && !known.Contains(door.Panel)).Select(door => new PanelId(door.Panel)).Distinct()];
        if (order.Mode is ZoneMode.Normal || order.Until <= time.GetUtcNow())
        {
            return ZoneModeStatus.Normal(zone) with { PendingAt = order.Mode is ZoneMode.Normal ? pending : [] };
        }

        return new(
            zone,
            order.Mode,
            order.Person,
            order.Person is { } person ? AuthorityGuard.NamedOrId(db, person).Name : null,
            order.Until,
            RecordViews.ItemOf(record.Read(n, 1)[0]).OccurredAt,
            order.Reason,
            AuthorityGuard.NamedOrId(db, new(order.OrderedBy)).Name,
            pending);
    }

    private IEnumerable<FieldProblem> Problems(ZoneModeForm form)
    {
        if (site.Now.Zones.All(zone => zone.Id != form.Zone.Value))
        {
            yield return new("zone", FieldFault.Unknown, form.Zone.Value);
        }

        var now = time.GetUtcNow();
        if (form.Until <= now)
        {
            yield return new("until", FieldFault.AlreadyOver);
        }

        if (form.Mode is ZoneMode.Maintenance)
        {
            if (form.Person is null)
            {
                yield return new("person", FieldFault.Required);
            }

            if (form.Until is null)
            {
                yield return new("until", FieldFault.Required);
            }
            else if (form.Until - now > LongestMaintenance)
            {
                yield return new("until", FieldFault.OutOfRange, $"{LongestMaintenance.TotalHours:0} h");
            }
        }

        foreach (var problem in FieldRules.Text("reason", form.Reason, FieldRules.LongestReason))
        {
            yield return problem;
        }
    }
}
