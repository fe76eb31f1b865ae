using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Gates;

/// <summary>What a read of an asset tag means, from what the registers, moves and permits say of the moment it was read (R-MOVE-05, R-CARRY-01).</summary>
public static class GateDesk
{
    // Who badges at the door so shortly before or after may be who carries†.
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestStay = TimeSpan.FromDays(1);

    /// <summary>What follows from a read; empty: it is to be told no more than it is in the record.</summary>
    /// <param name="policy">As it is when it is judged: a permit passes by today's rules, as at the desk.</param>
    public static ImmutableArray<RecordedEvent> Judge(Statements db, WaitingRead read, SitePolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(policy);
        var site = policy.Site;
        var passing = read.Passing;
        var moves = MovesView.Of(db, passing.Tag);
        var permits = CarryView.On(db, passing.Tag);
        if (Known(db, passing.Tag, permits) is not { } item)
        {
            return [new AssetTagUnknown(now, read.N, passing.At, passing.Tag, read.Door, passing.Zone, passing.Direction)];
        }

        var verdict = PassageRules.Judge(passing, item, moves, permits, (zone, outer) => Within(site, zone, outer), (permit, thing) => Refuses(db, permit, thing, policy));
        if (verdict.Because is { } because)
        {
            return [new AssetUnpermitted(now, read.N, passing.At, verdict.Kind(item.IsCarried), passing.Tag, item.Name, read.Door, passing.Zone, verdict.Inferred, because, verdict.Other, Nearby(db, read))];
        }

        var passed = new AssetPassed(now, read.N, passing.At, passing.Tag, read.Door, passing.Zone, verdict.Direction, verdict.Inferred, verdict.Move, verdict.Permit);
        return verdict.Move is { } id && MovesView.One(db, id) is { } move && MoveRules.ScanObjection(move, new(passing.Tag)) is null
            ? [passed, new MoveItemScanned(now, id, new(passing.Tag), read.Gate.Value)]
            : [passed];
    }

    private static PassingItem? Known(Statements db, string tag, ImmutableArray<CarryDossier> permits) =>
        AssetTag.IsOne(tag) && AssetsView.One(db, new(tag)) is { } asset ? new(asset.Asset.Name, asset.Asset.Kind is AssetKind.Terminal or AssetKind.Media or AssetKind.Document, asset.Place?.Zone)
        : CarryView.Listed(db, tag) is { } thing ? new(thing.Name, IsCarried: true, null)
        : permits.SelectMany(permit => permit.Items).FirstOrDefault(file => file.Item.Tag == tag) is { } file ? new(file.Item.Name, IsCarried: true, null)
        : null;

    private static bool Refuses(Statements db, CarryDossier permit, int thing, SitePolicy policy)
    {
        var plan = permit.Permit.Plan;
        var frame = CarryApplication.Frame(db, plan.Items.Select(item => item.Tag), plan.Zone, policy.Now, policy.SegmentOf);

        // The version CHIEF had in force when it was allowed holds for this permit.
        return CarryRules.Objections(plan, frame with { SafeguardVersion = plan.SafeguardVersion }).Any(one => one.Item == 0 || one.Item == thing);
    }

    private static bool Within(ServiceSettings site, ZoneId zone, ZoneId outer)
    {
        // Nobody can write a circle of zones, and one is walked no further than there are zones.
        var place = zone.Value;
        for (var steps = 0; place is not null && steps <= site.Zones.Length; steps++)
        {
            if (place == outer.Value)
            {
                return true;
            }

            place = site.Zones.FirstOrDefault(one => one.Id == place)?.Parent;
        }

        return false;
    }

    // By the presence list as it was when the item passed, and by the door's own entries around that moment.
    private static ImmutableArray<PersonNearby> Nearby(Statements db, WaitingRead read)
    {
        var (at, near) = (read.Passing.At.ToUnixTimeMilliseconds(), (long)Near.TotalMilliseconds);
        var found = ImmutableArray.CreateBuilder<PersonNearby>();
        Read(
            inside: true,
            db.Rows(
                """
                SELECT person, since FROM view_presence WHERE zone = $1 AND since <= $2
                UNION SELECT f.person, r.entered FROM view_register r JOIN view_person_forms f ON f.form = r.form
                    WHERE r.at BETWEEN $3 AND $2 AND r.zone = (SELECT id FROM view_words WHERE text = $1) AND r.entered <= $2 AND r.exited > $2
                """,
                read.Passing.Zone.Value,
                at,
                at - (long)LongestStay.TotalMilliseconds));
        Read(
            inside: false,
            db.Rows(
                """
                SELECT f.person, max(r.at) FROM view_register r JOIN view_person_forms f ON f.form = r.form
                    WHERE r.door = (SELECT id FROM view_words WHERE text = $1) AND r.at BETWEEN $2 AND $3 GROUP BY f.person
                """,
                read.Door.Value,
                at - near,
                at + near));
        return found.DrainToImmutable();

        void Read(bool inside, Microsoft.Data.Sqlite.SqliteDataReader row)
        {
            using (row)
            {
                while (row.Read())
                {
                    var person = row.GetString(0);
                    if (found.All(known => known.Person.Value != person))
                    {
                        found.Add(new(new(person), inside, row.Time(1)));
                    }
                }
            }
        }
    }
}
