using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Equipment;

/// <summary>機器台帳: what people register, decide, maintain and lend (R-LIFE-01, 02, 07, 08; R-MOVE-04, 10, 12; R-ZONE-06).</summary>
public sealed class AssetDesk(ServiceRecord record, ISiteSettings site, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IAssetDesk
{
    private const int MostParts = 100;
    private const int LongestSteps = 300;
    private const int ExportBatch = 500;
    private const int MostMonths = 120;

    /// <inheritdoc/>
    public Task<AssetPage?> Assets(AssetQuery query, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return record.Readers.Ask(
            db =>
            {
                if (!DeskGate.Open(by, PageAct.SeeEquipment))
                {
                    return null;
                }

                var (items, more) = AssetLists.Page(db, query, Today());
                var (total, uncounted) = AssetLists.Count(db, query, Today());
                return new AssetPage([.. items.Select(item => Line(db, item))], total, uncounted, more ? items[^1].Asset.Tag.Value : null, DeskGate.Open(by, PageAct.KeepEquipment));
            },
            gone);
    }

    /// <inheritdoc/>
    public Task<long> Count(AssetQuery query, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return record.Readers.Ask(db => DeskGate.Open(by, PageAct.SeeEquipment) ? AssetLists.CountAll(db, query, Today()) : 0, gone);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AssetLine> All(AssetQuery query, Actor by, [EnumeratorCancellation] CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        Task<(ImmutableArray<AssetLine> Lines, bool More)> Batch(string? after) => record.Readers.Ask(
            db =>
            {
                var (items, beyond) = AssetLists.Page(db, query with { Rows = ExportBatch, After = after }, Today());
                return ((ImmutableArray<AssetLine>)[.. items.Select(item => Line(db, item))], beyond);
            },
            gone);
        var next = DeskGate.Open(by, PageAct.SeeEquipment) ? Batch(query.After) : null;
        try
        {
            while (next is not null)
            {
                // The next ones are read while these are written.
                var (lines, more) = await next;
                next = more ? Batch(lines[^1].Asset.Tag.Value) : null;
                foreach (var line in lines)
                {
                    yield return line;
                }
            }
        }
        finally
        {
            await ((Task?)next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public Task<AssetFile?> One(AssetTag tag, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (!DeskGate.Open(by, PageAct.SeeEquipment) || AssetsView.One(db, tag) is not { } item)
            {
                return null;
            }

            var decides = Authority.May(by, PageAct.DecideAssetClass, ActSubject.None);
            return new AssetFile(
                Line(db, item),
                item.Version,
                [.. AssetsView.Inside(db, tag).Select(one => Line(db, one))],
                [.. AssetsView.Copies(db, tag).Select(one => Line(db, one))],
                Enum.GetValues<ImportanceClass>().Last(importance => ClassObjection(db, item.Asset, importance) is null),
                Story(db, tag),
                DeskGate.Open(by, PageAct.KeepEquipment),
                decides.Allowed,
                decides.Allowed ? null : guard.Of(db, decides, "R-LIFE-07"));
        },
        gone);

    /// <inheritdoc/>
    public Task<AssetTag> NextTag(CancellationToken gone) => record.Readers.Ask(NextTag, gone);

    /// <inheritdoc/>
    public Task<AssetsWaiting> Waiting(Actor by, CancellationToken gone) => record.Readers.Ask(db => AssetLists.Waiting(db, by, Today()), gone);

    /// <inheritdoc/>
    public async Task<ActResult> Save(AssetForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (await guard.Objection(by, PageAct.KeepEquipment, ActSubject.None, "R-LIFE-01", form.Asset.Tag.Value ?? "", stop) is { } objection)
        {
            return ActResult.NotAllowed(objection);
        }

        var asset = Cleaned(form.Asset);
        return await turn.ActAsync(
            [.. Problems(asset, form.Place)],
            async () =>
            {
                var (before, problems) = record.Readers.AskNow(db =>
                {
                    var known = AssetsView.One(db, asset.Tag);
                    return (known, (ImmutableArray<FieldProblem>)[.. Problems(db, asset, form, known)]);
                });
                if (!problems.IsEmpty)
                {
                    return new(problems);
                }

                var place = before?.Place is null && form.Place is { Zone: not null } stands ? stands with { Rack = FieldRules.Clean(stands.Rack), Outside = "" } : null;
                if (before is not null && place is null && AssetDifference.Between(before.Asset, asset).IsEmpty)
                {
                    return ActResult.Refused("", FieldFault.NothingToChange);
                }

                _ = await record.AppendAsync(new AssetRecorded(time.GetUtcNow(), asset, place, by.Id), stop);
                return ActResult.Done(asset.Tag.Value);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> DecideClass(AssetTag tag, long version, ImportanceClass importance, string reason, Actor by, CancellationToken stop) =>
        With(tag, version, PageAct.DecideAssetClass, "R-LIFE-07", by, FieldRules.Text("reason", reason, FieldRules.LongestReason), async item =>
        {
            if (!Enum.IsDefined(importance))
            {
                return ActResult.Refused("importance", FieldFault.NotAChoice);
            }

            if (record.Readers.AskNow(db => ClassObjection(db, item.Asset, importance)) is { } fault)
            {
                return ActResult.Refused("importance", fault is ClassFault.LowerThanContent ? FieldFault.ClassBelowContent : FieldFault.ClassBelowOriginal);
            }

            if (item.Decided == importance)
            {
                return ActResult.Refused("importance", FieldFault.NothingToChange);
            }

            _ = await record.AppendAsync(new AssetClassDecided(time.GetUtcNow(), tag, importance, FieldRules.Clean(reason), by.Id), stop);
            return ActResult.Done(tag.Value);
        }, stop);

    /// <inheritdoc/>
    public Task<ActResult> Maintain(AssetTag tag, long version, DateOnly doneOn, string result, Actor by, CancellationToken stop) =>
        With(tag, version, PageAct.KeepEquipment, "R-LIFE-02", by, FieldRules.Text("result", result, FieldRules.LongestReason), async item =>
        {
            if (doneOn > Today())
            {
                return ActResult.Refused("doneOn", FieldFault.InFuture);
            }

            if (doneOn < item.MaintainedOn)
            {
                return ActResult.Refused("doneOn", FieldFault.OutOfRange, $"{item.MaintainedOn:yyyy-MM-dd} –");
            }

            _ = await record.AppendAsync(new AssetMaintained(time.GetUtcNow(), tag, doneOn, FieldRules.Clean(result), by.Id), stop);
            return ActResult.Done(tag.Value);
        }, stop);

    /// <inheritdoc/>
    public Task<ActResult> HandOver(AssetTag tag, long version, PersonId holder, DateOnly dueOn, string purpose, Actor by, CancellationToken stop) =>
        With(tag, version, PageAct.KeepEquipment, "R-MOVE-10", by, [.. FieldRules.Id("holder", holder.Value), .. FieldRules.Text("purpose", purpose, FieldRules.LongestReason)], async item =>
        {
            if (!item.Asset.IsLent)
            {
                return ActResult.Refused("holder", FieldFault.NotLent);
            }

            if (item.Holder is var (now, _))
            {
                return ActResult.Refused("holder", FieldFault.AlreadyHeld, now.Value);
            }

            if (item.Place is { Zone: null, Outside: var outside })
            {
                return ActResult.Refused("holder", FieldFault.ItemAway, outside);
            }

            if (record.Readers.AskNow(db => CarryView.AwayBy(db, tag.Value)) is { } permit)
            {
                return ActResult.Refused("holder", FieldFault.ItemAway, permit.Value);
            }

            if (dueOn < Today())
            {
                return ActResult.Refused("dueOn", FieldFault.AlreadyOver);
            }

            if (record.Readers.AskNow(db => AuthorityGuard.Named(db, holder)) is null)
            {
                return ActResult.Refused("holder", FieldFault.Unknown, holder.Value);
            }

            _ = await record.AppendAsync(new AssetHandedOver(time.GetUtcNow(), tag, holder, dueOn, FieldRules.Clean(purpose), by.Id), stop);
            return ActResult.Done(tag.Value);
        }, stop);

    /// <inheritdoc/>
    public Task<ActResult> HandBack(AssetTag tag, long version, Actor by, CancellationToken stop) =>
        With(tag, version, PageAct.KeepEquipment, "R-MOVE-10", by, [], async item =>
        {
            if (item.Holder is not var (holder, _))
            {
                return ActResult.Refused("", FieldFault.NothingToChange);
            }

            _ = await record.AppendAsync(new AssetHandedBack(time.GetUtcNow(), tag, holder, by.Id), stop);
            return ActResult.Done(tag.Value);
        }, stop);

    /// <inheritdoc/>
    public Task Exported(string query, long count, string sha256, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return record.AppendAsync(new RecordExported(time.GetUtcNow(), "AssetRegister", query, count, sha256, by.Id), stop);
    }

    /// <summary>An entry in the one way it is kept.</summary>
    internal static Asset Cleaned(Asset asset) => asset with
    {
        Name = FieldRules.Clean(asset.Name),
        Maker = FieldRules.Clean(asset.Maker),
        Model = FieldRules.Clean(asset.Model),
        Serial = FieldRules.Clean(asset.Serial),
        Storage = Cleaned(asset.Storage),
        Parts = Cleaned(asset.Parts),
        RedundancyGroup = FieldRules.Clean(asset.RedundancyGroup),
        Holds = asset.Holds.IsDefault ? [] : [.. asset.Holds.Select(held => held with { Title = FieldRules.Clean(held.Title) })],
        Note = FieldRules.Clean(asset.Note),
    };

    private static ImmutableArray<AssetPart> Cleaned(ImmutableArray<AssetPart> parts) =>
        parts.IsDefault ? [] : [.. parts.Select(part => new AssetPart(FieldRules.Clean(part.Serial), FieldRules.Clean(part.What)))];

    private static ClassFault? ClassObjection(Statements db, Asset asset, ImportanceClass importance) => AssetClasses.Objection(
        importance, asset.Holds, AssetsView.Inside(db, asset.Tag).Select(one => one.Effective), asset.CopyOf is { } source ? AssetsView.One(db, source)?.Effective : null);

    // Whether following a link from an item leads to another one.
    private static bool Leads(Statements db, AssetTag from, AssetTag to, Func<Asset, AssetTag?> link)
    {
        var seen = new HashSet<AssetTag>();
        for (AssetTag? at = from; at is { } here && seen.Add(here); at = AssetsView.One(db, here) is { } item ? link(item.Asset) : null)
        {
            if (here == to)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The tag offered for a new item.</summary>
    internal static AssetTag NextTag(Statements db)
    {
        var newest = db.Value("SELECT max(CAST(substr(tag, 4) AS INTEGER)) FROM view_assets WHERE tag >= 'AS-' AND tag < 'AS.'") as long? ?? 0;
        return new(string.Create(CultureInfo.InvariantCulture, $"AS-{newest + 1:00000}"));
    }

    // What was looked at is what is acted on: an item that changed meanwhile is looked at again.
    private async Task<ActResult> With(AssetTag tag, long version, PageAct act, string rule, Actor by, IEnumerable<FieldProblem> problems, Func<KeptAsset, Task<ActResult>> then, CancellationToken stop) =>
        await guard.Objection(by, act, ActSubject.None, rule, tag.Value, stop) is { } objection
            ? ActResult.NotAllowed(objection)
            : await turn.ActAsync(
                [.. problems],
                async () => record.Readers.AskNow(db => AssetsView.One(db, tag)) is not { } item ? ActResult.Refused("", FieldFault.Unknown, tag.Value)
                    : item.Version != version ? ActResult.Refused("", FieldFault.ChangedMeanwhile)
                    : await then(item),
                stop);

    /// <summary>What is wrong with an entry by itself.</summary>
    internal IEnumerable<FieldProblem> Problems(Asset asset, AssetPlace? place)
    {
        if (!AssetTag.IsOne(asset.Tag.Value))
        {
            yield return new("tag", string.IsNullOrEmpty(asset.Tag.Value) ? FieldFault.Required : FieldFault.BadCharacters);
        }

        foreach (var problem in (IEnumerable<FieldProblem>)
            [
                .. FieldRules.Text("name", asset.Name), .. FieldRules.Text("maker", asset.Maker, required: false), .. FieldRules.Text("model", asset.Model, required: false),
                .. FieldRules.Text("serial", asset.Serial, required: false), .. FieldRules.Text("redundancyGroup", asset.RedundancyGroup, required: false),
                .. FieldRules.Text("note", asset.Note, FieldRules.LongestReason, required: false), .. Parts("storage", asset.Storage), .. Parts("parts", asset.Parts), .. Holds(asset.Holds),
                .. place is null ? [] : FieldRules.Text("rack", place.Rack, required: false),
            ])
        {
            yield return problem;
        }

        if (!Enum.IsDefined(asset.Kind))
        {
            yield return new("kind", FieldFault.NotAChoice);
        }

        if (asset.HasStorage is false && !asset.Storage.IsEmpty)
        {
            yield return new("storage", FieldFault.StorageDenied);
        }

        if (asset.Segment is { } segment && !policy.Now.Segments.Contains(segment))
        {
            yield return new("segment", FieldFault.SegmentUnknown);
        }

        if (asset.MaintenanceMonths is < 1 or > MostMonths)
        {
            yield return new("maintenanceMonths", FieldFault.OutOfRange, $"1 – {MostMonths}");
        }

        if (asset.MaintenanceMonths is not null && asset.MaintenanceFrom is null)
        {
            yield return new("maintenanceFrom", FieldFault.Required);
        }

        foreach (var (field, day) in new[] { ("maintenanceFrom", asset.MaintenanceFrom), ("supportEnds", asset.SupportEnds) })
        {
            if (day is { Year: < 1900 or > 2200 })
            {
                yield return new(field, FieldFault.OutOfRange, "1900 – 2200");
            }
        }

        if (place is { Zone: { } zone } && site.Now.Zones.All(known => known.Id != zone.Value))
        {
            yield return new("zone", FieldFault.Unknown, zone.Value);
        }
    }

    private static IEnumerable<FieldProblem> Parts(string field, ImmutableArray<AssetPart> parts)
    {
        if (parts.Length > MostParts)
        {
            return [new(field, FieldFault.TooLong, $"{MostParts}")];
        }

        return parts.GroupBy(part => part.Serial).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }
            ? [new(field, FieldFault.AlreadyExists, twice)]
            : parts.SelectMany(part => (IEnumerable<FieldProblem>)[.. FieldRules.Text(field, part.Serial), .. FieldRules.Text(field, part.What, required: false)]);
    }

    private static IEnumerable<FieldProblem> Holds(ImmutableArray<HeldInformation> holds) => holds.Length > MostParts
        ? [new("holds", FieldFault.TooLong, $"{MostParts}")]
        : holds.SelectMany(held => FieldRules.Text("holds", held.Title));

    /// <summary>What is wrong with it beside the rest of the register.</summary>
    internal IEnumerable<FieldProblem> Problems(Statements db, Asset asset, AssetForm form, KeptAsset? known)
    {
        if (form.Version == 0 && known is not null)
        {
            yield return new("tag", FieldFault.AlreadyExists, asset.Tag.Value);
            yield break;
        }

        if (form.Version != 0 && known?.Version != form.Version)
        {
            yield return new("", known is null ? FieldFault.Unknown : FieldFault.ChangedMeanwhile, asset.Tag.Value);
            yield break;
        }

        if (asset.Manager is { } manager && AuthorityGuard.Named(db, manager) is null)
        {
            yield return new("manager", FieldFault.Unknown, manager.Value);
        }

        // R-MOVE-04: a place once known changes by a completed move alone.
        if (known?.Place is { } stands && form.Place is { } asked && asked != stands)
        {
            yield return new("zone", FieldFault.PlaceOnlyByMove, asset.Tag.Value);
        }

        // R-LIFE-04: what is to be erased does not leave the entry while its record is open.
        if (known is not null && DisposalsView.PendingOf(db, asset.Tag) is { } pending && known.Asset.Storage.FirstOrDefault(part => asset.Storage.All(kept => kept.Serial != part.Serial)) is { } left)
        {
            yield return new("storage", FieldFault.StorageInDisposal, $"{left.Serial} ({pending.Disposal.Id})");
        }

        var place = known?.Place ?? form.Place;
        if (asset.Container is { } container)
        {
            if (AssetsView.One(db, container) is not { Asset.Kind: AssetKind.Container } box)
            {
                yield return new("container", FieldFault.Unknown, container.Value);
            }
            else if (Leads(db, container, asset.Tag, one => one.Container))
            {
                yield return new("container", FieldFault.InCircle, container.Value);
            }
            else if (box.Place?.Zone != place?.Zone && known?.Asset.Container != container)
            {
                // Putting something into a box elsewhere would move it.
                yield return new("container", FieldFault.PlaceOnlyByMove, container.Value);
            }
        }

        if (asset.CopyOf is { } source)
        {
            if (AssetsView.One(db, source) is null)
            {
                yield return new("copyOf", FieldFault.Unknown, source.Value);
            }
            else if (Leads(db, source, asset.Tag, one => one.CopyOf))
            {
                yield return new("copyOf", FieldFault.InCircle, source.Value);
            }
        }

        if (asset.Exception is not null && !AssetLists.Excepted(db, asset.Exception, Today()) && known?.Asset.Exception != asset.Exception)
        {
            yield return new("exception", FieldFault.ExceptionNotInForce, asset.Exception);
        }

        // R-ZONE-06, asked where it is first said to stand somewhere. Once it stands there, what is found out about it is written down, and the finding shown.
        if (known?.Place is null && form.Place is { Zone: { } zone })
        {
            var original = asset.CopyOf is { } of ? AssetsView.One(db, of)?.Effective : null;
            var effective = AssetClasses.Effective(known?.Decided, asset.Holds, AssetsView.Inside(db, asset.Tag).Select(one => one.Effective), original);
            if (AssetLists.Misplaced(db, asset, effective, zone, site.Now, Today()) is { } fault)
            {
                yield return new("zone", fault is PlacementFault.LowerClass ? FieldFault.ZoneClassTooLow : FieldFault.ZoneSegmentDiffers, zone.Value);
            }
        }
    }

    private ImmutableArray<AssetStep> Story(Statements db, AssetTag tag)
    {
        var numbers = new List<long>();
        using (var row = db.Rows("SELECT n FROM view_asset_history WHERE tag = $1 ORDER BY n DESC LIMIT $2", tag.Value, (long)LongestSteps))
        {
            while (row.Read())
            {
                numbers.Add(row.GetInt64(0));
            }
        }

        var (steps, before) = (ImmutableArray.CreateBuilder<AssetStep>(), (Asset?)null);
        foreach (var n in Enumerable.Reverse(numbers))
        {
            if (record.Read(n, 1) is not [var entry] || RecordViews.ItemOf(entry).Event is not { } item)
            {
                continue;
            }

            // Where the beginning of a long story is cut off, the first change has nothing to be held against.
            var cut = before is null && numbers.Count == LongestSteps;
            var changes = item is AssetRecorded { Asset: var after } && !cut ? AssetDifference.Between(before, after) : [];
            before = (item as AssetRecorded)?.Asset ?? before;
            steps.Add(new(n, item.OccurredAt, AuthorityGuard.NamedOrId(db, new(ByOf(item))).Name, item, changes));
        }

        steps.Reverse();
        return steps.ToImmutable();
    }

    private static string ByOf(Core.Record.RecordedEvent item) => item switch
    {
        AssetRecorded e => e.By,
        AssetClassDecided e => e.By,
        AssetMaintained e => e.By,
        AssetHandedOver e => e.By,
        AssetHandedBack e => e.By,
        AssetMoved e => e.By,
        AssetInstalled e => e.By,
        OffsiteChecked e => e.By,
        Core.Work.PartChanged e => e.By,
        DisposalAsked e => e.By,
        DisposalDecided e => e.By,
        DisposalErased e => e.By,
        DisposalVerified e => e.By,
        SecrecyChecked e => e.By,
        DisposalWithdrawn e => e.By,
        DisposalMovedOut e => e.By,
        DisposalCertified e => e.By,
        StocktakeConfirmed e => e.By,
        _ => DayTurn.By,
    };

    private AssetLine Line(Statements db, KeptAsset item) => AssetLists.Line(db, item, site.Now, Today());

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
}
