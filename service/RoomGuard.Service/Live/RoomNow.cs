using System.Collections.Immutable;
using System.Text.Json;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Devices;
using RoomGuard.Dashboard.Now;
using RoomGuard.Dashboard.Presence;
using RoomGuard.Service.HandRegister;
using RoomGuard.Service.Keys;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Panels;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Live;

/// <summary>The room at this moment, as pages ask for it: what bridges last told, held against what was ordered and what the record says.</summary>
public sealed class RoomNow(ServiceRecord record, PanelStates states, ISiteSettings site, SitePolicy policy, TimeProvider time) : IRoomNow, IPresence, IDeviceOverview
{
    private static readonly TimeSpan KeepShowing = TimeSpan.FromHours(12);

    // A list is told to every bridge within a second or two; 未反映 is worth a line only when that has not happened.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public Task<RoomOverview> Overview(CancellationToken gone) => record.Readers.Ask(Overview, gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<ZonePresence>> Inside(RegisterScope scope, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var people = new List<(string Zone, PersonInside Person)>();
            using (var row = db.Rows("""
                SELECT v.zone, v.person, coalesce(p.name, g.name, v.person), coalesce(p.kana, ''), p.category, coalesce(p.section, g.firm, ''), v.since, v.door, v.doubtful,
                    v.certainty, v.visit, v.escort, coalesce(e.name, v.escort), v.alone, g.person IS NOT NULL
                FROM view_presence v LEFT JOIN view_people p ON p.person = v.person LEFT JOIN view_visitors g ON g.person = v.person LEFT JOIN view_people e ON e.person = v.escort ORDER BY v.since
                """))
            {
                while (row.Read())
                {
                    people.Add((row.GetString(0), new(
                        new(row.GetString(1)),
                        row.GetString(2),
                        row.GetString(3),
                        row.NumberOrNull(4) is { } category ? (Core.People.PersonCategory)category : row.GetInt64(14) != 0 ? Core.People.PersonCategory.Visitor : null,
                        row.GetString(5),
                        row.Time(6),
                        new(row.GetString(7)),
                        row.GetInt64(8) != 0)
                    {
                        Certainty = (Core.Doors.PresenceCertainty)row.GetInt64(9),
                        Visit = row.TextOrNull(10) is { } visit ? new Core.Visits.VisitId(visit) : null,
                        Escort = row.TextOrNull(11) is { } escort ? new Core.People.PersonId(escort) : null,
                        EscortName = row.TextOrNull(12),
                        Alone = row.GetInt64(13) != 0,
                    }));
                }
            }

            return (ImmutableArray<ZonePresence>)
            [
                .. from zone in site.Now.Zones
                   let panel = PanelOf(zone.Id)
                   let everybody = people.Where(item => item.Zone == zone.Id).Select(item => item.Person).ToImmutableArray()
                   let inside = everybody.Where(person => scope.Shows(new ZoneId(zone.Id), person.Person, person.SectionOrFirm, person.Category, time.GetUtcNow())).ToImmutableArray()
                   let vacant = db.Value("SELECT since FROM view_vacancy WHERE zone = $1", zone.Id) as long?
                   select new ZonePresence(
                       new(zone.Id),
                       inside,
                       everybody.IsEmpty && vacant is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
                       panel is { } known ? states.Of(known)?.At : null,
                       panel is { } watching && states.Fresh(watching),
                       everybody.Length - inside.Length),
            ];
        },
        gone);

    /// <inheritdoc/>
    public Task<ImmutableArray<PanelDevices>> Devices(CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var newest = Published(db);
            return (ImmutableArray<PanelDevices>)[.. site.Now.PanelIds.Select(panel => new PanelDevices(Panel(db, panel, newest), states.Of(panel)?.State?.Readers ?? []))];
        },
        gone);

    /// <summary>Bridges at which the newest list or an order is not in force.</summary>
    public int Unapplied() => record.Readers.AskNow(db =>
    {
        var newest = Published(db);
        return site.Now.PanelIds.Count(panel => Panel(db, panel, newest).PendingSince is not null);
    });

    /// <summary>Things that need a hand now.</summary>
    public int Standing() => record.Readers.AskNow(db => Overview(db).Attention.Count(item => item.Standing));

    private PanelId? PanelOf(string zone) => site.Now.Doors.FirstOrDefault(door => door.Zone == zone) is { } door ? new PanelId(door.Panel) : null;

    private RoomOverview Overview(Statements db)
    {
        var now = time.GetUtcNow();
        var newest = Published(db);
        ImmutableArray<PanelOverview> panels = [.. site.Now.PanelIds.Select(panel => Panel(db, panel, newest))];
        var lockdowns = Lockdowns(db, now);
        var doors = site.Now.Doors.Select(door => Door(db, door, lockdowns)).ToImmutableArray();
        List<Attention> attention = [.. Recorded(db, now, doors), .. panels.SelectMany(panel => Of(panel, now)), .. lockdowns.Select(Of)];

        // The register kept by hand and keys: what only time made late.
        attention.AddRange([.. HandRegisterDesk.Overdue(db, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, record.TimeZone).DateTime)), .. KeyDesk.Overdue(db, now), .. Failures.FailureDesk.Overdue(db, now, record.TimeZone), .. Equipment.OffsiteDesk.Overdue(db, now, record.TimeZone, policy.Now), .. Equipment.DisposalDesk.Overdue(db, now, policy.Now[Limit.DisposalCertificateDays]), .. Equipment.AssetLists.Overdue(db, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, record.TimeZone).DateTime), record.TimeZone), .. Equipment.StocktakeDesk.Overdue(db, now, record.TimeZone, policy.Now[Limit.StocktakeMonths]), .. Carrying.CarryDesk.Overdue(db, now), .. PrivilegeReviewDesk.Overdue(db, now, record.TimeZone, policy.Now[Limit.PrivilegedReviewMonths])]);
        if (record.Trouble is not null)
        {
            attention.Add(new("record", AttentionKind.JournalUnwritable, Urgency.Emergency, now, Standing: true));
        }

        return new(
            now,
            [.. attention.OrderByDescending(item => item.Standing).ThenBy(item => item.Urgency).ThenByDescending(item => item.Since)],
            doors,
            panels,
            newest?.Version);
    }

    private static (long Version, DateTimeOffset At)? Published(Statements db)
    {
        using var row = db.Rows("SELECT version, at FROM view_lists ORDER BY version DESC LIMIT 1");
        return row.Read() ? (row.GetInt64(0), row.Time(1)) : null;
    }

    private PanelOverview Panel(Statements db, PanelId panel, (long Version, DateTimeOffset At)? newest)
    {
        var heard = states.Of(panel);
        var fresh = states.Fresh(panel);
        string? fingerprint = null;
        long? received = null;
        (long? Version, long Suspension) told = (null, 0);
        using (var row = db.Rows("SELECT fingerprint, next_seq, list_version, suspension FROM view_panels WHERE panel = $1", panel.Value))
        {
            if (row.Read())
            {
                fingerprint = row.TextOrNull(0);
                received = row.GetInt64(1) is var next and > 0 ? next - 1 : null;
                told = (row.NumberOrNull(2), row.GetInt64(3));
            }
        }

        // What the bridge says of itself now wins over what the record last said of it.
        var version = heard?.State?.ListVersion ?? told.Version;
        var suspension = Math.Max(heard?.State?.SuspensionSerial ?? 0, told.Suspension);
        var pending = new List<DateTimeOffset>();
        if (newest is { } published && (version ?? 0) < published.Version)
        {
            // Since the first list the bridge has not got, not since the last.
            pending.Add(db.Value("SELECT min(at) FROM view_lists WHERE version > $1", version ?? 0L) is long since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : published.At);
        }

        var late = 0;
        using (var row = db.Rows("SELECT count(*), min(at) FROM view_suspensions WHERE serial > $1", suspension))
        {
            if (row.Read() && row.GetInt64(0) > 0)
            {
                late = (int)row.GetInt64(0);
                pending.Add(row.Time(1));
            }
        }

        return new(
            panel,
            fingerprint is not null,
            fresh,
            heard?.At,
            heard?.State?.Version,
            version,
            pending.Count == 0 ? null : pending.Min(),
            late,
            heard?.State?.JournalHealthy ?? true,
            received);
    }

    private DoorOverview Door(Statements db, DoorSettings door, List<Lockdown> lockdowns)
    {
        var (id, zone, panel) = (new DoorId(door.Id), new ZoneId(door.Zone), new PanelId(door.Panel));
        var heard = states.Of(panel);
        var now = heard?.State?.Doors.FirstOrDefault(item => item.Door == id) ?? Last(db, id);

        // The bridge knows of no keys: opened with one that was out, a door is open and not forced (R-DOOR-13).
        now = now is { Forced: true } && KeysView.LoanAt(db, id, now.Since) is not null ? now with { Forced = false } : now;
        return new(id, zone, panel, now, heard?.At, states.Fresh(panel), lockdowns.Any(lockdown => lockdown.Zones.Contains(zone)));
    }

    private static DoorNow? Last(Statements db, DoorId door)
    {
        using var row = db.Rows("SELECT leaf, since, forced, held FROM view_doors WHERE door = $1", door.Value);
        return row.Read() ? new(door, (LeafState)row.GetInt64(0), row.Time(1), Released: false, row.GetInt64(2) != 0, row.GetInt64(3) != 0, InService: true) : null;
    }

    private static List<Lockdown> Lockdowns(Statements db, DateTimeOffset now)
    {
        var found = new List<Lockdown>();
        using var row = db.Rows("SELECT json FROM view_lockdowns WHERE ended IS NULL");
        while (row.Read())
        {
            var lockdown = JsonSerializer.Deserialize(row.GetString(0), RecordJson.Plain.Lockdown)!;
            if (lockdown.From <= now && (lockdown.Until is not { } until || until > now))
            {
                found.Add(lockdown);
            }
        }

        return found;
    }

    private static List<Attention> Recorded(Statements db, DateTimeOffset now, ImmutableArray<DoorOverview> doors)
    {
        var found = new List<Attention>();
        using var row = db.Rows(
            """
            SELECT a.n, a.kind, a.urgency, a.since, a.standing, a.zone, a.door, a.device, a.panel, a.person, p.name, a.condition, a.times
            FROM (SELECT * FROM view_attention WHERE standing = 1 UNION SELECT * FROM view_attention WHERE last >= $1 ORDER BY n DESC LIMIT 300) a
                LEFT JOIN view_people p ON p.person = a.person
            """,
            (now - KeepShowing).ToUnixTimeMilliseconds());
        while (row.Read())
        {
            var kind = (AttentionKind)row.GetInt64(1);
            var door = row.TextOrNull(6) is { } place ? new DoorId(place) : (DoorId?)null;
            found.Add(new(
                $"e{row.GetInt64(0)}",
                kind,
                (Urgency)row.GetInt64(2),
                row.Time(3),
                row.GetInt64(4) != 0 && !OverMeanwhile(kind, door, doors),
                row.TextOrNull(5) is { } zone ? new ZoneId(zone) : null,
                door,
                row.TextOrNull(7) is { } device ? new DeviceId(device) : null,
                row.TextOrNull(8) is { } panel ? new PanelId(panel) : null,
                row.TextOrNull(9) is { } person ? new Core.People.PersonId(person) : null,
                row.TextOrNull(10),
                row.NumberOrNull(11) is { } condition ? (ReaderCondition)condition : null,
                row.GetInt64(12) > 1 ? (int)row.GetInt64(12) : null,
                row.GetInt64(0)));
        }

        return found;
    }

    // A bridge that started anew finds a door closed and has no closing to report.
    private static bool OverMeanwhile(AttentionKind kind, DoorId? door, ImmutableArray<DoorOverview> doors) =>
        kind is AttentionKind.DoorForced or AttentionKind.DoorHeldOpen or AttentionKind.DoorUnknown
        && doors.FirstOrDefault(item => item.Door == door) is { Fresh: true, Now.Leaf: LeafState.Closed };

    private IEnumerable<Attention> Of(PanelOverview panel, DateTimeOffset now)
    {
        if (!panel.JournalHealthy && panel.Connected)
        {
            yield return new($"journal-{panel.Panel}", AttentionKind.JournalUnwritable, Urgency.Emergency, panel.LastHeardAt ?? now, Standing: true, Panel: panel.Panel);
        }

        if (panel is { Enrolled: true, PendingSince: { } since } && now - since > Patience)
        {
            yield return new(
                $"pending-{panel.Panel}",
                AttentionKind.NotInForce,
                panel.PendingSuspensions > 0 ? Urgency.Important : Urgency.Caution,
                since,
                Standing: true,
                Panel: panel.Panel,
                Count: panel.PendingSuspensions > 0 ? panel.PendingSuspensions : null);
        }

        if (panel.Enrolled && IssuedAt(panel) is { } issued && now - issued > site.Now.GrantListAgeLimit * 0.75)
        {
            yield return new($"list-{panel.Panel}", AttentionKind.GrantListOld, Urgency.Important, issued, Standing: true, Panel: panel.Panel);
        }
    }

    private DateTimeOffset? IssuedAt(PanelOverview panel) => panel.ListVersion is { } version
        ? record.Readers.AskNow(db => db.Value("SELECT at FROM view_lists WHERE version = $1", version)) is long at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null
        : null;

    private static Attention Of(Lockdown lockdown) =>
        new($"lockdown-{lockdown.Id}", AttentionKind.LockdownInForce, Urgency.Caution, lockdown.From, Standing: true, Zone: lockdown.Zones.Length == 1 ? lockdown.Zones[0] : null);
}
