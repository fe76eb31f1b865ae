using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Lockdowns;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Lockdowns;

/// <summary>区域封鎖 (R-DOOR-14): ordered and lifted here, in force at the bridges by the express lane.</summary>
public sealed class LockdownDesk(ServiceRecord record, ISiteSettings site, AuthorityGuard guard, ActTurn turn, TimeProvider time) : ILockdownDesk
{
    private const int MostExceptions = 200;

    /// <inheritdoc/>
    public Task<ImmutableArray<LockdownStatus>> InForce(CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var now = time.GetUtcNow();
            var found = ImmutableArray.CreateBuilder<LockdownStatus>();
            using var row = db.Rows("SELECT json, ended, in_force_at, over_at FROM view_lockdowns ORDER BY begun DESC LIMIT 200");
            while (row.Read())
            {
                var lockdown = JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.Lockdown)!;
                var ended = !row.IsDBNull(1);
                var known = row.GetString(ended ? 3 : 2).Split(' ', StringSplitOptions.RemoveEmptyEntries);
                ImmutableArray<PanelId> pending = [.. Concerned(lockdown).Where(panel => !known.Contains(panel.Value))];
                var lapsed = lockdown.Until is { } until && until <= now;
                if (ended ? pending.Length > 0 && !lapsed : !lapsed)
                {
                    found.Add(new(lockdown, ended, pending));
                }
            }

            return found.DrainToImmutable();
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Begin(LockdownForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        return turn.ActAsync(
            [.. Problems(form)],
            async () =>
            {
                var chiefs = Chiefs();
                var about = LockdownMandates.About(form.Mandate, by, chiefs, form.Basis.Length > 0);
                if (await Objection(by, about, string.Join(' ', form.Zones), stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                foreach (var person in form.Except)
                {
                    if (record.Readers.AskNow(db => db.Value("SELECT 1 FROM view_people WHERE person = $1", person.Value)) is null)
                    {
                        return ActResult.Refused("except", FieldFault.Unknown, person.Value);
                    }
                }

                var now = time.GetUtcNow();
                var number = 1 + (long)record.Readers.AskNow(db => db.Value("SELECT count(*) FROM view_lockdowns"))!;
                var id = string.Create(CultureInfo.InvariantCulture, $"L-{number:0000}");
                var lockdown = new Lockdown(id, form.Zones, form.Except, OrderedBy(form.Mandate, by, chiefs), FieldRules.Clean(form.Basis), now, form.Until);
                _ = await record.AppendAsync(new LockdownOrdered(now, lockdown, Ended: false, by.Id, form.Mandate), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> End(string id, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            if (record.Readers.AskNow(db => Begun(db, id)) is not var (json, mandate))
            {
                return ActResult.Refused("id", FieldFault.Unknown, id);
            }

            if (await Objection(by, LockdownMandates.AboutLifting(mandate, Chiefs()), id, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            var lockdown = JsonSerializer.Deserialize(json, RecordJson.Plain.Lockdown)!;
            _ = await record.AppendAsync(new LockdownOrdered(time.GetUtcNow(), lockdown with { Basis = FieldRules.Clean(reason) }, Ended: true, by.Id), stop);
            return ActResult.Done(id);
        },
        stop);

    private static (string Json, LockdownMandate? Mandate)? Begun(Statements db, string id)
    {
        using var row = db.Rows("SELECT json, mandate FROM view_lockdowns WHERE id = $1 AND ended IS NULL", id);
        return row.Read() ? (row.GetString(0), row.NumberOrNull(1) is { } mandate ? (LockdownMandate)mandate : null) : null;
    }

    // The one whose order it is: CHIEF when CHIEF has instructed it, else who gives it.
    private static string OrderedBy(LockdownMandate mandate, Actor by, ImmutableArray<RoleHolding> chiefs) =>
        mandate is LockdownMandate.Instructed && chiefs.FirstOrDefault(chief => chief.Person != by.Person) is { } chief ? chief.Person.Value : by.Id;

    private ImmutableArray<RoleHolding> Chiefs() =>
        record.Readers.AskNow(db => OperatorsView.HoldersOf(db, Role.ChiefOfficer, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime)));

    private Task<Refusal?> Objection(Actor by, ActSubject subject, string about, CancellationToken stop) =>
        guard.Objection(by, Act.Lockdown, Part.Does, subject, "R-DOOR-14", about, stop);

    private IEnumerable<PanelId> Concerned(Lockdown lockdown) =>
        site.Now.Doors.Where(door => lockdown.Zones.Any(zone => zone.Value == door.Zone)).Select(door => new PanelId(door.Panel)).Distinct();

    private IEnumerable<FieldProblem> Problems(LockdownForm form)
    {
        if (form.Zones.IsDefaultOrEmpty)
        {
            yield return new("zones", FieldFault.Required);
        }
        else if (form.Zones.FirstOrDefault(zone => site.Now.Zones.All(known => known.Id != zone.Value)) is { Value: { } unknown })
        {
            yield return new("zones", FieldFault.Unknown, unknown);
        }

        if (form.Except.IsDefault || form.Except.Length > MostExceptions)
        {
            yield return new("except", FieldFault.OutOfRange, MostExceptions.ToString(CultureInfo.InvariantCulture));
        }

        if (form.Until <= time.GetUtcNow())
        {
            yield return new("until", FieldFault.AlreadyOver);
        }

        foreach (var problem in FieldRules.Text("basis", form.Basis, FieldRules.LongestReason))
        {
            yield return problem;
        }
    }
}
