using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Me;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Presence;

/// <summary>入室目的 (R-WORK-05): told by the person concerned, for zones one holds a grant for and whose rules ask.</summary>
public sealed class PurposeDesk(ServiceRecord record, ISiteSettings site, ActTurn turn, TimeProvider time) : IPurposeDesk
{
    /// <summary>How long a purpose may be told ahead†.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public Task<ImmutableArray<OwnPurpose>> Mine(Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        return record.Readers.Ask(db => (ImmutableArray<OwnPurpose>)[.. Zones(db, by).Select(zone => Told(db, by, zone))], gone);
    }

    /// <inheritdoc/>
    public Task<ActResult> Tell(ZoneId zone, string purposeRef, DateTimeOffset? until, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        var now = time.GetUtcNow();
        var ends = until ?? EndOfDay(now);
        return turn.ActAsync(
            [.. FieldRules.Id("purposeRef", purposeRef), .. ends <= now ? [new FieldProblem("purposeUntil", FieldFault.AlreadyOver)] : Array.Empty<FieldProblem>(), .. ends - now > Longest ? [new FieldProblem("purposeUntil", FieldFault.OutOfRange, $"{Longest.TotalDays:0}")] : Array.Empty<FieldProblem>()],
            async () =>
            {
                // A zone one may not enter, or that asks for nothing, is no choice.
                if (!record.Readers.AskNow(db => Zones(db, by)).Contains(zone))
                {
                    return ActResult.Refused("purposeZone", FieldFault.NotAChoice);
                }

                _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), new PurposeOrder(by.Person, zone, purposeRef, ends), by.Id), stop);
                return ActResult.Done(purposeRef);
            },
            stop);
    }

    private ImmutableArray<ZoneId> Zones(Statements db, Actor by)
    {
        var held = new HashSet<string>();
        using (var row = db.Rows(
            "SELECT id, person, zones, days, hour_from, hour_until, valid_from, valid_until, suspended FROM view_grants WHERE person = $1 AND ended IS NULL AND valid_until > $2",
            by.Person.Value,
            RowReading.Iso(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime))))
        {
            while (row.Read())
            {
                held.UnionWith(PeopleView.GrantFrom(row, 0).Zones.Select(zone => zone.Value));
            }
        }

        return [.. site.Now.Zones.Where(zone => zone.Rules is { PurposeNeeded: true } && held.Contains(zone.Id)).Select(zone => new ZoneId(zone.Id))];
    }

    private OwnPurpose Told(Statements db, Actor by, ZoneId zone)
    {
        using var row = db.Rows("SELECT json, in_force_at FROM view_room_orders WHERE key = $1", $"purpose {by.Person} {zone}");
        return row.Read() && JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.RoomOrder) is PurposeOrder order && order.Until > time.GetUtcNow()
            ? new(zone, order.PurposeRef, order.Until, row.GetString(1).Length == 0)
            : new(zone, null, null, false);
    }

    private DateTimeOffset EndOfDay(DateTimeOffset now)
    {
        var midnight = TimeZoneInfo.ConvertTime(now, record.TimeZone).Date.AddDays(1);
        return new(midnight, record.TimeZone.GetUtcOffset(midnight));
    }
}
