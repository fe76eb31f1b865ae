using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Equipment;

/// <summary>棚卸 of a zone: opened, counted, held against the register and confirmed by another one (R-MOVE-11). It changes no place (R-MOVE-04).</summary>
public sealed class StocktakeDesk(ServiceRecord record, ISiteSettings site, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IStocktakeDesk
{
    /// <summary>Most items of one round: its list is one entry of the record.</summary>
    public const int MostItems = 20_000;

    private const int MostShown = 100;
    private const int MostReads = 500;
    private const int ToldDaysBefore = 30;

    /// <inheritdoc/>
    public Task<StocktakePageLook?> Rounds(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (!DeskGate.Open(by, PageAct.SeeEquipment))
            {
                return null;
            }

            var (months, known) = (policy.Now[Limit.StocktakeMonths], StocktakesView.Zones(db).ToDictionary(one => one.Zone));
            return new StocktakePageLook(
                [.. site.Now.Zones.Select(zone => Stock(db, new(zone.Id), known.TryGetValue(new(zone.Id), out var one) ? one : default, months))],
                StocktakesView.Newest(db, MostShown),
                (int)(long)db.Value("SELECT count(*) FROM view_stocktakes")!,
                months,
                DeskGate.Open(by, PageAct.CountStock));
        },
        gone);

    /// <inheritdoc/>
    public Task<StocktakeFile?> One(StocktakeId id, Actor by, CancellationToken gone) =>
        record.Readers.Ask(db => DeskGate.Open(by, PageAct.SeeEquipment) && StocktakesView.One(db, id) is { } round ? File(db, round, by) : null, gone);

    /// <inheritdoc/>
    public async Task<StocktakeSheet?> Sheet(StocktakeId id, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (await One(id, by, gone) is not { Round: var round } file)
        {
            return null;
        }

        // R-INP-04: by the entries the sheet is made of, each with its own digest in the record.
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{id} {round.Version} {string.Join(' ', round.Story.Select(line => line.N))} {string.Join(' ', file.Lines.Select(line => $"{line.Item.Tag}:{line.CountedBy}"))}")));
        _ = await record.AppendAsync(new RecordExported(time.GetUtcNow(), "stocktake-sheet", id.Value, file.Lines.Length, digest, by.Id), gone);
        return new(file, new(digest, $"{policy.Now.Profile} {policy.Now.Version}"));
    }

    /// <inheritdoc/>
    public Task<StockReadLine?> Read(StocktakeId id, string read, Actor by, CancellationToken gone) => record.Readers.Ask(
        db => DeskGate.Open(by, PageAct.SeeEquipment) && StockRead.IsId(read) && StocktakesView.CodeOf(db, id, read) is { } code ? Line(db, id, read, code, StocktakesView.Changes(db, id)) : null, gone);

    /// <inheritdoc/>
    public async Task<ActResult> Open(ZoneId zone, Actor by, CancellationToken stop) =>
        await guard.Objection(by, PageAct.CountStock, ActSubject.Of([zone]), "R-MOVE-11", zone.Value ?? "", stop) is { } objection
            ? ActResult.NotAllowed(objection)
            : await turn.ActAsync(
                [],
                async () =>
                {
                    if (site.Now.Zones.All(known => known.Id != zone.Value))
                    {
                        return ActResult.Refused("zone", FieldFault.Unknown, zone.Value);
                    }

                    if (record.Readers.AskNow(db => StocktakesView.OpenOf(db, zone), stop) is { } open)
                    {
                        return ActResult.Refused("zone", FieldFault.StocktakeOpen, open.Value);
                    }

                    var list = record.Readers.AskNow(db => Standing(db, zone), stop);
                    if (list.Length > MostItems)
                    {
                        return ActResult.Refused("zone", FieldFault.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"0 – {MostItems}"));
                    }

                    var id = record.Readers.AskNow(NextId, stop);
                    return await Write(id, new StocktakeOpened(time.GetUtcNow(), id, zone, list, by.Id), stop);
                },
                stop);

    /// <inheritdoc/>
    public async Task<CountAnswer> Count(StocktakeId id, ImmutableArray<StockRead> reads, Actor by, CancellationToken stop)
    {
        if (await guard.Objection(by, PageAct.CountStock, ActSubject.None, "R-MOVE-11", id.Value ?? "", stop) is { } objection)
        {
            return new(ActResult.NotAllowed(objection), []);
        }

        ImmutableArray<FieldProblem> problems = reads.IsDefaultOrEmpty ? [new("code", FieldFault.Required)]
            : reads.Length > MostReads ? [new("code", FieldFault.OutOfRange, $"1 – {MostReads}")]
            : [.. reads.Where(read => !StockRead.IsId(read.Id) || !StockRead.IsCode(read.Code)).Take(1).Select(read => new FieldProblem("code", FieldFault.BadCharacters, read.Code))];
        var done = await turn.ActAsync(
            problems,
            async () =>
            {
                if (record.Readers.AskNow(db => StocktakesView.One(db, id), stop) is not { } round)
                {
                    return ActResult.Refused("", FieldFault.Unknown, id.Value);
                }

                // What was counted already needs no open round to be answered once more.
                ImmutableArray<StockRead> news = record.Readers.AskNow(db => reads.DistinctBy(read => read.Id).Where(read => StocktakesView.CodeOf(db, id, read.Id) is null).ToImmutableArray(), stop);
                return news.IsEmpty ? ActResult.Done(id.Value)
                    : round.State is not StocktakeState.Counting ? ActResult.Refused("", FieldFault.StocktakeOver)
                    : await Write(id, new StockCounted(time.GetUtcNow(), id, news, by.Id), stop);
            },
            stop);
        if (!done.Ok)
        {
            return new(done, []);
        }

        return new(done, await record.Readers.Ask(
            db =>
            {
                var changes = StocktakesView.Changes(db, id);
                return reads.DistinctBy(read => read.Id).Select(read => Line(db, id, read.Id, StocktakesView.CodeOf(db, id, read.Id) ?? read.Code, changes)).ToImmutableArray();
            },
            stop));
    }

    /// <inheritdoc/>
    public Task<ActResult> Close(StocktakeId id, int version, Actor by, CancellationToken stop) => With(
        id, version, by, PageAct.CountStock, [],
        async round => round.State is not StocktakeState.Counting
            ? ActResult.Refused("", FieldFault.ChangedMeanwhile)
            : await Write(id, new StocktakeClosed(time.GetUtcNow(), id, record.Readers.AskNow(db => StocktakesView.Reconciled(db, id), stop), by.Id), stop),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> SendBack(StocktakeId id, int version, string reason, Actor by, CancellationToken stop) => With(
        id, version, by, PageAct.ConfirmStock, FieldRules.Text("reason", reason, FieldRules.LongestReason),
        async round => round.State is not StocktakeState.Counted
            ? ActResult.Refused("", FieldFault.ChangedMeanwhile)
            : await Write(id, new StocktakeSentBack(time.GetUtcNow(), id, FieldRules.Clean(reason), by.Id), stop),
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Confirm(StocktakeId id, int version, string note, Actor by, CancellationToken stop) => With(
        id, version, by, PageAct.ConfirmStock, FieldRules.Text("note", note, FieldRules.LongestReason, required: false),
        async round =>
        {
            if (round.State is not StocktakeState.Counted || round.Result is not { } result)
            {
                return ActResult.Refused("", FieldFault.ChangedMeanwhile);
            }

            // Who is sure of what they counted does not confirm it.
            if (MayConfirm(round, by) is { Allowed: false } refused)
            {
                return ActResult.NotAllowed((await guard.Objection(by, refused, $"{PageAct.ConfirmStock}", "R-MOVE-11", id.Value, stop))!);
            }

            // What is missing is explained before it is put down as such.
            return result.Missing.Length > 0 && FieldRules.Clean(note).Length == 0
                ? ActResult.Refused("note", FieldFault.Required)
                : await Write(id, new StocktakeConfirmed(time.GetUtcNow(), id, round.Zone, result, FieldRules.Clean(note), by.Id), stop);
        },
        stop);

    /// <inheritdoc/>
    public Task<StockWaiting> Waiting(Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var months = policy.Now[Limit.StocktakeMonths];
            return new StockWaiting(
                DeskGate.Open(by, PageAct.CountStock) ? StocktakesView.Zones(db).Select(zone => Stock(db, zone.Zone, zone, months)).Count(stock => stock is { Open: null, Items: > 0, Standing: not StockStanding.Later }) : 0,
                DeskGate.Open(by, PageAct.ConfirmStock) ? StocktakesView.Newest(db, MostShown).Count(round => round.State is StocktakeState.Counted && MayConfirm(round, by).Allowed) : 0);
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Cancel(StocktakeId id, int version, string reason, Actor by, CancellationToken stop) => With(
        id, version, by, PageAct.ConfirmStock, FieldRules.Text("reason", reason, FieldRules.LongestReason),
        async round => !round.IsOpen ? ActResult.Refused("", FieldFault.ChangedMeanwhile) : await Write(id, new StocktakeCancelled(time.GetUtcNow(), id, FieldRules.Clean(reason), by.Id), stop),
        stop);

    /// <summary>Zones whose yearly round is past its day (docs/requirements.md, 9.4: inventory at least yearly).</summary>
    /// <param name="months">Between two rounds of a zone.</param>
    public static IEnumerable<Attention> Overdue(Statements db, DateTimeOffset now, TimeZoneInfo zone, int months)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(zone);
        return
        [
            .. from one in StocktakesView.Zones(db)
               let due = DayOf(one.CountedAt ?? one.Since, zone).AddMonths(months)
               where DayOf(now, zone) > due && db.Value("SELECT 1 FROM view_assets WHERE zone = $1 LIMIT 1", one.Zone.Value) is not null
               let first = due.AddDays(1).ToDateTime(default)
               select new Attention($"stocktake-{one.Zone}", AttentionKind.StocktakeOverdue, Urgency.Caution, new DateTimeOffset(first, zone.GetUtcOffset(first)).ToUniversalTime(), Standing: true, Zone: one.Zone),
        ];
    }

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private static ImmutableArray<StockItem> Standing(Statements db, ZoneId zone)
    {
        var found = ImmutableArray.CreateBuilder<StockItem>();
        using var row = db.Rows("SELECT tag, effective, rack FROM view_assets WHERE zone = $1 ORDER BY tag LIMIT $2", zone.Value, MostItems + 1L);
        while (row.Read())
        {
            found.Add(new(new(row.GetString(0)), (ImportanceClass)row.GetInt64(1), row.TextOrNull(2) ?? ""));
        }

        return found.DrainToImmutable();
    }

    private static AuthorityAnswer MayConfirm(StocktakeDossier round, Actor by)
    {
        var answer = Authority.May(by, PageAct.ConfirmStock, ActSubject.Of([round.Zone]));
        return answer.Allowed && round.Counters.Any(counter => SeparationOfDuties.Broken(DutyPair.EntererAndConfirmer, new(counter), by.Person)) ? answer with { Refusal = AuthorityRefusal.SamePerson } : answer;
    }

    private static StockReadLine Line(Statements db, StocktakeId id, string read, string code, ImmutableArray<StockChange> changes)
    {
        var item = AssetTag.IsOne(code) ? AssetsView.One(db, new(code)) : null;
        var kind = StocktakesView.Listed(db, id, code) ? StockReadKind.Listed
            : changes.Any(change => change.Arrived && change.Tag.Value == code) ? StockReadKind.Arrived
            : item is not null ? StockReadKind.Elsewhere
            : StockReadKind.Unknown;
        var n = db.Value("SELECT n FROM view_stock_reads WHERE stocktake = $1 AND id = $2", id.Value, read) as long? ?? 0;
        return new(read, code, kind, item?.Asset.Name ?? "", item?.Effective, item?.Place, StocktakesView.Counted(db, id, code, read), n);
    }

    private StocktakeId NextId(Statements db)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"T-{Today().Year}-");
        var newest = db.Value("SELECT max(CAST(substr(stocktake, 8) AS INTEGER)) FROM view_stocktakes WHERE stocktake LIKE $1 || '%'", prefix) as long? ?? 0;
        return new(string.Create(CultureInfo.InvariantCulture, $"{prefix}{newest + 1:0000}"));
    }

    private ZoneStock Stock(Statements db, ZoneId zone, (ZoneId Zone, DateTimeOffset Since, DateTimeOffset? CountedAt) known, int months)
    {
        var due = known.Zone == zone ? DayOf(known.CountedAt ?? known.Since, record.TimeZone).AddMonths(months) : (DateOnly?)null;
        var today = Today();
        return new(
            zone,
            (long)db.Value("SELECT count(*) FROM view_assets WHERE zone = $1", zone.Value)!,
            known.CountedAt is { } at ? DayOf(at, record.TimeZone) : null,
            due,
            due is null || today < due.Value.AddDays(-ToldDaysBefore) ? StockStanding.Later : today > due ? StockStanding.Overdue : StockStanding.Soon,
            StocktakesView.OpenOf(db, zone));
    }

    private StocktakeFile File(Statements db, StocktakeDossier round, Actor by)
    {
        var (list, changes) = (StocktakesView.List(db, round.Id), StocktakesView.Changes(db, round.Id));
        var counted = new Dictionary<string, KeptRead>(StringComparer.Ordinal);
        var reads = StocktakesView.Reads(db, round.Id);
        foreach (var read in reads)
        {
            _ = counted.TryAdd(read.Code, read);
        }

        ImmutableArray<StockLine> lines =
        [
            .. from item in list
               let known = AssetsView.One(db, item.Tag)
               select new StockLine(item, known?.Asset.Name ?? "", known?.Asset.Kind, counted.GetValueOrDefault(item.Tag.Value)?.N),
        ];
        var listed = list.Select(item => item.Tag.Value).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<StockReadLine> others = [.. counted.Values.Where(read => !listed.Contains(read.Code)).OrderBy(read => read.Code, StringComparer.Ordinal).Select(read => Line(db, round.Id, read.Id, read.Code, changes))];
        var result = round.Result ?? StocktakesView.Reconciled(db, round.Id);
        var names = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var person in round.Counters.Append(round.OpenedBy).Concat(round.Story.Select(line => line.By)).Concat(result.Accounted.Where(item => item.Account is StockAccount.Lent).Select(item => item.By)).Distinct())
        {
            names[person] = AuthorityGuard.NamedOrId(db, new(person)).Name;
        }

        foreach (var tag in result.Accounted.Select(item => item.Tag.Value).Concat(result.Missing.Select(item => item.Tag.Value)))
        {
            names[tag] = AssetsView.One(db, new(tag))?.Asset.Name ?? "";
        }

        var (counts, confirms, mayConfirm) = (DeskGate.Open(by, PageAct.CountStock), DeskGate.Open(by, PageAct.ConfirmStock), MayConfirm(round, by));
        var waits = round.State is StocktakeState.Counted;
        return new(
            round, lines, others, result, names.ToImmutable(),
            new(
                Count: round.State is StocktakeState.Counting && counts, Close: round.State is StocktakeState.Counting && counts, SendBack: waits && confirms, Confirm: waits && mayConfirm.Allowed,
                Cancel: round.IsOpen && confirms),
            waits && !mayConfirm.Allowed ? guard.Of(db, mayConfirm, "R-MOVE-11") : null)
        { ReadEntries = [.. reads.Select(read => read.N).Distinct()] };
    }

    private async Task<ActResult> With(StocktakeId id, int version, Actor by, PageAct act, IEnumerable<FieldProblem> problems, Func<StocktakeDossier, Task<ActResult>> then, CancellationToken stop) =>
        await guard.Objection(by, act, ActSubject.None, "R-MOVE-11", id.Value ?? "", stop) is { } objection
            ? ActResult.NotAllowed(objection)
            : await turn.ActAsync(
                [.. problems],
                async () => record.Readers.AskNow(db => StocktakesView.One(db, id), stop) is not { } round ? ActResult.Refused("", FieldFault.Unknown, id.Value)
                    : round.Version != version ? ActResult.Refused("", FieldFault.ChangedMeanwhile)
                    : await then(round),
                stop);

    private async Task<ActResult> Write(StocktakeId id, RecordedEvent fact, CancellationToken stop)
    {
        _ = await record.AppendAsync(fact, stop);
        return ActResult.Done(id.Value);
    }

    private DateOnly Today() => DayOf(time.GetUtcNow(), record.TimeZone);
}
