using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Equipment;

/// <summary>Acts on many items at once: a manager who leaves, a maintenance day, support that was prolonged (R-LIFE-01, R-LIFE-02). Each item keeps its own entry.</summary>
public sealed class AssetBulk(ServiceRecord record, ISiteSettings site, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IAssetBulk
{
    /// <summary>Items of one go: as many as a person still looks through.</summary>
    public const int MostItems = 200;

    /// <inheritdoc/>
    public Task<BulkLook?> Look(AssetQuery query, BulkForm? form, Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(query);
        return record.Readers.Ask(
            db =>
            {
                if (!DeskGate.Open(by, PageAct.KeepEquipment))
                {
                    return null;
                }

                var (items, more) = AssetLists.Page(db, query with { Rows = MostItems, After = null }, Today());
                ImmutableArray<FieldProblem> problems = form is null ? [] : [.. Problems(db, form)];
                return new BulkLook(
                    [.. items.Select(item => form is null || !problems.IsEmpty ? Line(db, item, "", "", null) : Line(db, item, Before(item, form), After(form), Against(item, form)))], more, problems);
            },
            gone);
    }

    /// <inheritdoc/>
    public async Task<ActResult> Apply(BulkForm form, ImmutableArray<BulkItem> items, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        if (await guard.Objection(by, PageAct.KeepEquipment, ActSubject.None, form.Act is BulkAct.Maintained ? "R-LIFE-02" : "R-LIFE-01", $"{form.Act}", stop) is { } objection)
        {
            return ActResult.NotAllowed(objection);
        }

        return await turn.ActAsync(
            items.IsDefaultOrEmpty ? [new("item", FieldFault.Required)] : items.Length > MostItems ? [new("item", FieldFault.OutOfRange, $"1 – {MostItems}")] : [],
            async () =>
            {
                var (problems, entries) = record.Readers.AskNow(db =>
                {
                    var (wrong, due) = (ImmutableArray.CreateBuilder<FieldProblem>(), ImmutableArray.CreateBuilder<RecordedEvent>());
                    wrong.AddRange(Problems(db, form));
                    foreach (var one in wrong.Count > 0 ? [] : items.DistinctBy(item => item.Tag))
                    {
                        var kept = AssetsView.One(db, one.Tag);

                        // What may not change is not offered: whoever names it looked at something else than stands here now.
                        if (kept is null || kept.Version != one.Version || Against(kept, form) is not null)
                        {
                            wrong.Add(new("item", FieldFault.ItemChangedMeanwhile, one.Tag.Value));
                        }
                        else
                        {
                            due.Add(Entry(kept, form, by));
                        }
                    }

                    return (wrong.ToImmutable(), due.ToImmutable());
                });
                if (!problems.IsEmpty)
                {
                    return new ActResult(problems);
                }

                // One append: all of them or none.
                _ = await record.AppendAsync([.. entries.Select(Draft.Of)], null, stop);
                return ActResult.Done(string.Empty);
            },
            stop);
    }

    private RecordedEvent Entry(KeptAsset item, BulkForm form, Actor by) => form.Act switch
    {
        BulkAct.Manager => new AssetRecorded(time.GetUtcNow(), item.Asset with { Manager = form.Manager }, null, by.Id),
        BulkAct.SupportEnds => new AssetRecorded(time.GetUtcNow(), item.Asset with { SupportEnds = form.Day }, null, by.Id),
        _ => new AssetMaintained(time.GetUtcNow(), item.Asset.Tag, form.Day, FieldRules.Clean(form.Result), by.Id),
    };

    // What is wrong with the act itself, whatever the items.
    private IEnumerable<FieldProblem> Problems(Statements db, BulkForm form) => form.Act switch
    {
        BulkAct.Manager => FieldRules.Id("manager", form.Manager.Value) is var wrong && wrong.Any() ? wrong : AuthorityGuard.Named(db, form.Manager) is null ? [new("manager", FieldFault.Unknown, form.Manager.Value)] : [],
        BulkAct.SupportEnds => form.Day is { Year: < 1900 or > 2200 } ? [new("day", FieldFault.OutOfRange, "1900 – 2200")] : [],
        BulkAct.Maintained => [.. FieldRules.Text("result", form.Result, FieldRules.LongestReason), .. form.Day > Today() ? [new FieldProblem("day", FieldFault.InFuture)] : Array.Empty<FieldProblem>()],
        _ => [new("act", FieldFault.NotAChoice)],
    };

    private static FieldProblem? Against(KeptAsset item, BulkForm form) => form.Act switch
    {
        BulkAct.Manager when item.Asset.Manager == form.Manager => new("item", FieldFault.NothingToChange),
        BulkAct.SupportEnds when item.Asset.SupportEnds == form.Day => new("item", FieldFault.NothingToChange),
        BulkAct.Maintained when item.MaintainedOn == form.Day => new("item", FieldFault.NothingToChange),
        BulkAct.Maintained when form.Day < item.MaintainedOn => new("item", FieldFault.OutOfRange, $"{item.MaintainedOn:yyyy-MM-dd} –"),
        _ => null,
    };

    private static string Before(KeptAsset item, BulkForm form) => form.Act switch
    {
        BulkAct.Manager => item.Asset.Manager?.Value ?? "",
        BulkAct.SupportEnds => RowReading.Iso(item.Asset.SupportEnds) ?? "",
        _ => RowReading.Iso(item.MaintainedOn) ?? "",
    };

    private static string After(BulkForm form) => form.Act is BulkAct.Manager ? form.Manager.Value : RowReading.Iso(form.Day) ?? "";

    private BulkLine Line(Statements db, KeptAsset item, string before, string after, FieldProblem? against) => new(AssetLists.Line(db, item, site.Now, Today()), item.Version, before, after, against);

    private DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);
}
