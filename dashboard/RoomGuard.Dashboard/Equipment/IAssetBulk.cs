using System.Collections.Immutable;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>What is done with many items of the 機器台帳 at once.</summary>
public enum BulkAct
{
    /// <summary>管理責任者を替える.</summary>
    Manager,

    /// <summary>定期保守の実施を記録する (R-LIFE-02).</summary>
    Maintained,

    /// <summary>サポート終了日を替える.</summary>
    SupportEnds,
}

/// <summary>What shall be done; of the values only those of the act count.</summary>
/// <param name="Manager">Of <see cref="BulkAct.Manager"/>.</param>
/// <param name="Day">Of the two others: when it was maintained, or the last day with support.</param>
/// <param name="Result">Of <see cref="BulkAct.Maintained"/>: what was found and done.</param>
public sealed record BulkForm(BulkAct Act, PersonId Manager, DateOnly Day, string Result);

/// <summary>An item as it was looked at.</summary>
/// <param name="Version">Who acts names the version seen.</param>
public sealed record BulkItem(AssetTag Tag, long Version);

/// <summary>What would become of one item.</summary>
/// <param name="Before">What the act replaces; empty: nothing stood there.</param>
/// <param name="Against">Why it stays as it is; null: it changes.</param>
public sealed record BulkLine(AssetLine Line, long Version, string Before, string After, FieldProblem? Against);

/// <summary>What would become of the items of a list.</summary>
/// <param name="More">There are more than are looked at in one go.</param>
/// <param name="Problems">What is wrong with the form; then no line says what becomes of it.</param>
public sealed record BulkLook(ImmutableArray<BulkLine> Lines, bool More, ImmutableArray<FieldProblem> Problems);

/// <summary>Acts on many items of the 機器台帳, shown before they are done.</summary>
public interface IAssetBulk
{
    /// <summary>What would become of the items of a query; null: not for this person.</summary>
    /// <param name="form">Null: the items alone.</param>
    Task<BulkLook?> Look(AssetQuery query, BulkForm? form, Actor by, CancellationToken gone);

    /// <summary>Does it with these items: with all of them, or, where one has changed since or may not, with none.</summary>
    Task<ActResult> Apply(BulkForm form, ImmutableArray<BulkItem> items, Actor by, CancellationToken stop);
}
