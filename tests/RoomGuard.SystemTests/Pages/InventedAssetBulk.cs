using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Acts on many items for tests of pages: the first changes, the second stays as it is.</summary>
internal sealed class InventedAssetBulk(IAssetDesk assets) : IAssetBulk
{
    public async Task<BulkLook?> Look(AssetQuery query, BulkForm? form, Actor by, CancellationToken gone)
    {
        var page = (await assets.Assets(query with { Rows = 50 }, by, gone))!;
        return form is { Manager.Value: "S-9999" }
            ? new([.. page.Lines.Select(line => new BulkLine(line, 7, "", "", null))], false, [new("manager", FieldFault.Unknown, "S-9999")])
            : new([.. page.Lines.Select((line, at) => new BulkLine(line, 7, at == 0 ? "S-0102" : "", form?.Manager.Value ?? "", at == 1 ? new("item", FieldFault.NothingToChange) : null))], false, []);
    }

    public Task<ActResult> Apply(BulkForm form, ImmutableArray<BulkItem> items, Actor by, CancellationToken stop) =>
        Task.FromResult(items.IsEmpty ? ActResult.Refused("item", FieldFault.Required) : ActResult.Refused("item", FieldFault.ItemChangedMeanwhile, items[0].Tag.Value));
}
