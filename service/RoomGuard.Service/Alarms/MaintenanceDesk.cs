using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Alarms;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Panels;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Alarms;

/// <summary>保守中 for alarms: with a person, an end, and what is done. Measuring and recording go on; what guards life and doors is never kept back.</summary>
public sealed class MaintenanceDesk(ServiceRecord record, ISiteSettings site, PanelStates states, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IMaintenanceDesk
{
    /// <summary>How long it may last at most†.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private const int MostShown = 30;

    /// <inheritdoc/>
    public Task<MaintenanceLook> Look(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var lines = ImmutableArray.CreateBuilder<MaintenanceLine>();
            using (var row = db.Rows("SELECT id, zone, device, person, began, until, what, begun_by, ended, result FROM view_maintenance ORDER BY n DESC LIMIT $1", (long)MostShown))
            {
                while (row.Read())
                {
                    lines.Add(new(
                        new(row.GetString(0), row.TextOrNull(1) is { } zone ? new ZoneId(zone) : null, row.TextOrNull(2), new(row.GetString(3)), row.Time(4), row.Time(5), row.GetString(6)),
                        AuthorityGuard.NamedOrId(db, new(row.GetString(3))).Name,
                        AuthorityGuard.NamedOrId(db, new(row.GetString(7))).Name,
                        row.TimeOrNull(8),
                        row.TextOrNull(9)));
                }
            }

            return new MaintenanceLook(lines.ToImmutable(), Devices(db), DeskGate.Open(by, PageAct.BeginMaintenance));
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Begin(MaintenanceForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync(
            [.. Problems(form)],
            async () =>
            {
                if (await Objection(by, form.Device ?? form.Zone?.Value ?? "", stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var (known, devices, count) = record.Readers.AskNow(db => (
                    db.Value("SELECT 1 FROM view_people WHERE person = $1", form.Person.Value) is not null, Devices(db), (long)db.Value("SELECT count(*) FROM view_maintenance")!));
                if (!known)
                {
                    return ActResult.Refused("person", FieldFault.Unknown, form.Person.Value);
                }

                if (form.Device is { } device && !devices.Contains(device))
                {
                    return ActResult.Refused("device", FieldFault.Unknown, device);
                }

                var id = string.Create(CultureInfo.InvariantCulture, $"MT-{count + 1:0000}");
                _ = await record.AppendAsync(new MaintenanceBegan(time.GetUtcNow(), id, form.Zone, form.Device, form.Person, form.Until, FieldRules.Clean(form.What), by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> End(string id, string result, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", result, FieldRules.LongestReason)],
        async () =>
        {
            if (record.Readers.AskNow(db => db.Value("SELECT 1 FROM view_maintenance WHERE id = $1 AND ended IS NULL AND until > $2", id, time.GetUtcNow().ToUnixTimeMilliseconds())) is null)
            {
                return ActResult.Refused("id", FieldFault.Unknown, id);
            }

            if (await Objection(by, id, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            _ = await record.AppendAsync(new MaintenanceEnded(time.GetUtcNow(), id, FieldRules.Clean(result), by.Id), stop);
            return ActResult.Done(id);
        },
        stop);

    private Task<Refusal?> Objection(Actor by, string about, CancellationToken stop) => guard.Objection(by, PageAct.BeginMaintenance, ActSubject.None, "R-ENV-11", about, stop);

    private IEnumerable<FieldProblem> Problems(MaintenanceForm form)
    {
        var now = time.GetUtcNow();
        if (form.Zone is null && form.Device is null)
        {
            yield return new("zone", FieldFault.Required);
        }

        if (form.Zone is { } zone && site.Now.Zones.All(known => known.Id != zone.Value))
        {
            yield return new("zone", FieldFault.Unknown, zone.Value);
        }

        if (form.Until <= now)
        {
            yield return new("until", FieldFault.AlreadyOver);
        }
        else if (form.Until - now > Longest)
        {
            yield return new("until", FieldFault.OutOfRange, $"{Longest.TotalHours:0} h");
        }

        foreach (var problem in FieldRules.Text("what", form.What, FieldRules.LongestReason))
        {
            yield return problem;
        }
    }

    // Doors and bridges of the settings, what bridges tell of, and what had an alarm before: a thing may be silent just now.
    private ImmutableArray<string> Devices(Statements db)
    {
        var found = new SortedSet<string>(site.Now.Doors.Select(door => door.Id).Concat(site.Now.PanelIds.Select(panel => panel.Value)), StringComparer.Ordinal);
        foreach (var state in site.Now.PanelIds.Select(panel => states.Of(panel)?.State).OfType<PanelState>())
        {
            found.UnionWith(state.Readers.Select(reader => reader.Reader.Value));
            found.UnionWith(state.Power?.Units.Select(unit => unit.Ups) ?? []);
        }

        using var row = db.Rows("SELECT DISTINCT device FROM view_alarms WHERE device IS NOT NULL ORDER BY device LIMIT 500");
        while (row.Read())
        {
            _ = found.Add(row.GetString(0));
        }

        return [.. found];
    }
}
