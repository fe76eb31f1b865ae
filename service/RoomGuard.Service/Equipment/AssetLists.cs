using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Operators;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Register;

namespace RoomGuard.Service.Equipment;

/// <summary>Lists of the 機器台帳, page by page; the place of the next page is the last tag shown.</summary>
internal static class AssetLists
{
    // Counting on would cost more than anybody learns from it.
    private const int MostCounted = 10_000;

    /// <summary>Items in the order of their tags, and whether there are more.</summary>
    public static (ImmutableArray<KeptAsset> Items, bool More) Page(Statements db, AssetQuery query, DateOnly today)
    {
        var (where, values) = Conditions(query, today);
        if (query.After is { } after)
        {
            values.Add(after);
            where.Add($"a.tag > ${values.Count}");
        }

        values.Add(query.Rows + 1L);
        var found = ImmutableArray.CreateBuilder<KeptAsset>();
        using var row = db.Rows($"SELECT {AssetsView.Columns} FROM {Tables(query)}{Where(where)} ORDER BY a.tag LIMIT ${values.Count}", [.. values]);
        while (row.Read())
        {
            found.Add(AssetsView.From(row));
        }

        return (found.Count > query.Rows ? [.. found.Take(query.Rows)] : found.ToImmutable(), found.Count > query.Rows);
    }

    /// <summary>How many there are, and whether there are more than were counted.</summary>
    public static (long Total, bool More) Count(Statements db, AssetQuery query, DateOnly today)
    {
        var (where, values) = Conditions(query, today);
        var counted = (long)db.Value(string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM (SELECT 1 FROM {Tables(query)}{Where(where)} LIMIT {MostCounted + 1})"), [.. values])!;
        return (Math.Min(counted, MostCounted), counted > MostCounted);
    }

    /// <summary>How many there are, counted to the last.</summary>
    public static long CountAll(Statements db, AssetQuery query, DateOnly today)
    {
        var (where, values) = Conditions(query, today);
        return (long)db.Value($"SELECT count(*) FROM {Tables(query)}{Where(where)}", [.. values])!;
    }

    /// <summary>An item as a list shows it.</summary>
    public static AssetLine Line(Statements db, KeptAsset item, ServiceSettings site, DateOnly today) => new(
        item.Asset,
        item.Decided,
        item.Effective,
        item.Place,
        item.Asset.Manager is { } manager ? AuthorityGuard.NamedOrId(db, manager).Name : null,
        item.Holder is var (holder, _) ? AuthorityGuard.NamedOrId(db, holder) : null,
        item.Holder?.DueOn,
        item.MaintainedOn,
        item.MaintenanceDue,
        item.Gaps,
        item.Place?.Zone is { } zone ? Misplaced(db, item.Asset, item.Effective, zone, site, today) : null);

    /// <summary>Why an item may not stand in a zone (R-ZONE-06); null: it may, or an exception it cites lets it.</summary>
    public static PlacementFault? Misplaced(Statements db, Asset asset, ImportanceClass effective, ZoneId zone, ServiceSettings site, DateOnly today)
    {
        var there = site.Zones.FirstOrDefault(one => one.Id == zone.Value);
        return Placement.Look(effective, asset.Segment, there?.Importance ?? ImportanceClass.I, there?.Segment, Excepted(db, asset.Exception, today));
    }

    /// <summary>Whether an exception is in force that was applied for under R-ZONE-06.</summary>
    public static bool Excepted(Statements db, string? exception, DateOnly today) =>
        exception is not null && ExceptionsView.Names(db, exception, "R-ZONE-06") && ExceptionsView.InForce(db, exception, today);

    /// <summary>Maintenance or return that is overdue: one line for SYS (R-LIFE-02, R-MOVE-10).</summary>
    public static IEnumerable<Attention> Overdue(Statements db, DateOnly today, TimeZoneInfo zone)
    {
        using var row = db.Rows("SELECT count(*), min(min(coalesce(maintenance_due, '9'), coalesce(holder_due, '9'))) FROM view_assets WHERE maintenance_due < $1 OR holder_due < $1", RowReading.Iso(today));
        if (row.Read() && row.GetInt64(0) is > 0 and var count)
        {
            var first = row.DateOrNull(1)!.Value.AddDays(1).ToDateTime(default);
            return [new("equipment-overdue", AttentionKind.EquipmentOverdue, Urgency.Caution, new DateTimeOffset(first, zone.GetUtcOffset(first)).ToUniversalTime(), Standing: true, Count: (int)count)];
        }

        return [];
    }

    /// <summary>What is past its day: maintenance to SYS, and a week† later to SUP too (R-LIFE-02); what was lent to SYS (R-MOVE-10).</summary>
    public static AssetsWaiting Waiting(Statements db, Actor by, DateOnly today)
    {
        var (keeps, leads) = (by.Holds(Role.SystemManager), by.Holds(Role.SupervisingOfficer));
        return new(
            keeps ? Before("maintenance_due", today) : leads ? Before("maintenance_due", today.AddDays(-Asset.SupervisorAfterDays)) : 0,
            keeps ? Before("holder_due", today) : 0);

        int Before(string column, DateOnly day) => (int)(long)db.Value($"SELECT count(*) FROM view_assets WHERE {column} < $1", RowReading.Iso(day))!;
    }

    private static string Tables(AssetQuery query) => query.Words is null ? "view_assets a" : "view_asset_words w JOIN view_assets a ON a.tag = w.tag";

    private static string Where(List<string> where) => where.Count == 0 ? "" : $" WHERE {string.Join(" AND ", where)}";

    private static (List<string> Where, List<object?> Values) Conditions(AssetQuery query, DateOnly today)
    {
        var (where, values) = (new List<string>(), new List<object?>());
        string Bind(object? value)
        {
            values.Add(value);
            return $"${values.Count}";
        }

        foreach (var word in RegisterQuestion.Split(query.Words))
        {
            where.Add($"instr(w.folded, {Bind(PeopleWords.Fold(word))}) > 0");
        }

        if (query.Kind is { } kind)
        {
            where.Add($"a.kind = {Bind((long)kind)}");
        }

        if (query.Zone is { } zone)
        {
            where.Add($"a.zone = {Bind(zone.Value)}");
        }

        if (query.Importance is { } importance)
        {
            where.Add($"a.effective = {Bind((long)importance)}");
        }

        if (query.Segment is { } segment)
        {
            where.Add($"a.segment = {Bind((long)segment)}");
        }

        if (query.Show is AssetShow.Incomplete)
        {
            where.Add("a.gaps <> 0");
        }
        else if (query.Show is AssetShow.Undecided)
        {
            where.Add("a.decided IS NULL AND a.gone = 0");
        }
        else if (query.Show is AssetShow.Overdue)
        {
            var day = Bind(RowReading.Iso(today));
            where.Add($"(a.maintenance_due < {day} OR a.holder_due < {day} OR a.support_ends < {day})");
        }

        return (where, values);
    }
}
