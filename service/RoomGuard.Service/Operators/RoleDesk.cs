using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Service.Cases;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Operators;

/// <summary>役割と代行者: who holds what, what nobody holds, and ending a role before its time. Roles are given by cases only.</summary>
public sealed class RoleDesk(ServiceRecord record, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IRoleDesk
{
    /// <inheritdoc/>
    public Task<RoleBoard> Roles(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var today = Today();
            var sees = Authority.May(by, PageAct.SeeRoles, ActSubject.None).Allowed;
            return !sees ? new RoleBoard([], []) : new(
                [
                    .. All(db)
                        .Where(item => (item.EndedOn ?? item.Holding.Until) is not { } over || over > today.AddYears(-1))
                        .OrderBy(item => item.Holding.Role).ThenBy(item => item.Holding.Section, StringComparer.Ordinal).ThenBy(item => item.Holding.Id, StringComparer.Ordinal)
                        .Select(item => Line(db, item.Holding, item.EndedOn is not null || item.Holding.Until <= today, by)),
                ],
                [.. CaseWatch.Known(db).Select(item => new RoleVacancy(item.Role, item.Section, item.Zone, AuthorityText.Vacant(item.Role), item.Zone is null ? "R-PROF-04" : "R-ZONE-07"))]);
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> EndRole(string holding, string reason, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
        async () =>
        {
            var today = Today();
            if (record.Readers.AskNow(db => CaseOutcome.HoldingOf(db, holding)) is not { } held || held.Until <= today)
            {
                return ActResult.Refused("holding", FieldFault.Unknown, holding);
            }

            if (await guard.Objection(by, MayEnd(by, held), nameof(EndRole), "R-PROF-04", holding, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            _ = await record.AppendAsync(new RoleEnded(time.GetUtcNow(), holding, held.Person, held.Role, FieldRules.Clean(reason), by.Id), stop);
            return ActResult.Done(holding);
        },
        stop);

    // Whoever allows a role may end it, the one stood in for may end a deputy, and nobody ends their own: that is asked for like the rest.
    private static AuthorityAnswer MayEnd(Actor by, RoleHolding held)
    {
        var allows = Authority.May(by, PageAct.AllowRole, ActSubject.None);
        if (by.IsConsole || (held.DeputyFor == by.Person && held.Person != by.Person))
        {
            return allows with { Refusal = null };
        }

        if (held.Person == by.Person)
        {
            return allows with { Refusal = AuthorityRefusal.SamePerson };
        }

        // SUP is CHIEF's to name and to end; CHIEF's own role is nobody's below.
        var ofTheTop = held.Role is Role.ChiefOfficer or Role.SupervisingOfficer or Role.SecurityCommittee;
        return allows.Allowed && ofTheTop && !by.Holds(Role.ChiefOfficer) ? new(AuthorityRefusal.NoRole, null, null, [Role.ChiefOfficer]) : allows;
    }

    private static RoleLine Line(Statements db, RoleHolding holding, bool ended, Actor by) => new(
        holding,
        AuthorityGuard.NamedOrId(db, holding.Person),
        holding.DeputyFor is { } principal ? AuthorityGuard.NamedOrId(db, principal) : null,
        ended,
        !ended && MayEnd(by, holding).Allowed);

    private List<(RoleHolding Holding, DateOnly? EndedOn)> All(Statements db)
    {
        var found = new List<(RoleHolding, DateOnly?)>();
        using var row = db.Rows("SELECT id, person, role, section, zones, valid_from, valid_until, deputy_for, ended FROM view_holdings ORDER BY id");
        while (row.Read())
        {
            var holding = new RoleHolding(
                row.GetString(0),
                new(row.GetString(1)),
                (Role)row.GetInt64(2),
                row.GetString(3),
                [.. row.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(zone => new ZoneId(zone))],
                row.DateOrNull(5)!.Value,
                row.DateOrNull(6),
                row.IsDBNull(7) ? null : new PersonId(row.GetString(7)));
            found.Add((holding, row.TimeOrNull(8) is { } ended ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(ended, record.TimeZone).DateTime) : null));
        }

        return found;
    }

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
}
