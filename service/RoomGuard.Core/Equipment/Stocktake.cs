using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>棚卸番号, e.g. <c>T-2026-0003</c> (R-MOVE-11).</summary>
public readonly record struct StocktakeId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An item the register has in the zone at the moment a round opens.</summary>
/// <param name="Importance">The class that counted then.</param>
public sealed record StockItem(AssetTag Tag, ImportanceClass Importance, string Rack);

/// <summary>One code a counter read.</summary>
/// <param name="Id">Given where it was read, so that a code sent twice is counted once.</param>
/// <param name="Code">In the form of a tag where it is one; what is no tag is kept as read.</param>
/// <param name="ReadAt">By the clock of the device it was read on, which may have had no network.</param>
public sealed record StockRead(string Id, string Code, DateTimeOffset ReadAt)
{
    /// <summary>Longest id.</summary>
    public const int LongestId = 64;

    /// <summary>Longest code.</summary>
    public const int LongestCode = 40;

    /// <summary>Whether a text can name a read.</summary>
    public static bool IsId(string? text) => text is { Length: >= 1 and <= LongestId } && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '-');

    /// <summary>Whether a text can be a code.</summary>
    public static bool IsCode(string? text) => text is { Length: >= 1 and <= LongestCode } && !text.Any(sign => char.IsControl(sign) || char.IsSurrogate(sign) || char.GetUnicodeCategory(sign) is System.Globalization.UnicodeCategory.Format);
}

/// <summary>An item that came into the zone or left it while its round was open.</summary>
/// <param name="Arrived">False: it left.</param>
/// <param name="Move">Null: it was entered in the register as standing there.</param>
/// <param name="N">Its entry in the record.</param>
public sealed record StockChange(AssetTag Tag, bool Arrived, MoveId? Move, long N);

/// <summary>What the register and the permits say of an item now.</summary>
/// <param name="Place">Null: it was never brought in.</param>
/// <param name="Holder">Who has it on loan; null: nobody.</param>
/// <param name="Permit">The permit by which it is out; null: by none.</param>
public sealed record StockWhereabouts(AssetPlace? Place, ImportanceClass Importance, PersonId? Holder, string? Permit);

/// <summary>An item of the list that was not found and that nothing accounts for.</summary>
public sealed record MissingItem(AssetTag Tag, ImportanceClass Importance)
{
    /// <summary>R-MOVE-11: class I or II.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Grave => Importance <= ImportanceClass.II;
}

/// <summary>A code that was counted and that the register does not have in the zone.</summary>
/// <param name="Known">The register has it, elsewhere.</param>
/// <param name="Place">Where the register thinks it is; null: nowhere.</param>
public sealed record SurplusItem(string Code, bool Known, AssetPlace? Place);

/// <summary>What explains an item that is counted and not on the list, or on the list and not counted.</summary>
public enum StockAccount
{
    /// <summary>Counted; it came in by a move during the round.</summary>
    Arrived,

    /// <summary>Not counted; it came in during the round, perhaps after its place had been looked at.</summary>
    ArrivedUncounted,

    /// <summary>Not counted; it left by a move during the round.</summary>
    Left,

    /// <summary>Not counted; it is with its holder.</summary>
    Lent,

    /// <summary>Not counted; it is out by a permit.</summary>
    CarriedOut,
}

/// <summary>An item with what explains it.</summary>
/// <param name="By">The move, the holder or the permit; empty: it was entered in the register.</param>
public sealed record AccountedItem(AssetTag Tag, StockAccount Account, string By);

/// <summary>
/// Register and count held against each other (R-MOVE-11). Every item of the list is found, missing, or explained: <see cref="Expected"/> is their sum.
/// </summary>
/// <param name="Expected">Items of the list.</param>
/// <param name="Found">Of these, how many were counted.</param>
/// <param name="Counted">Different codes that were read.</param>
public sealed record StockResult(int Expected, int Found, int Counted, ImmutableArray<MissingItem> Missing, ImmutableArray<SurplusItem> Surplus, ImmutableArray<AccountedItem> Accounted)
{
    /// <summary>Missing items of class I or II: an incident candidate.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Grave => Missing.Count(item => item.Grave);
}

/// <summary>Holds a count against the list of its round. Pure; it changes no place (R-MOVE-04).</summary>
public static class StockReconciliation
{
    /// <summary>What was found, what is missing and what is surplus.</summary>
    /// <param name="codes">What was read, in any order, also more than once.</param>
    /// <param name="changes">What came and left while the round was open, in its order.</param>
    /// <param name="where">What is known of an item; null: there is none by this tag.</param>
    public static StockResult Of(ImmutableArray<StockItem> expected, IEnumerable<string> codes, IEnumerable<StockChange> changes, Func<AssetTag, StockWhereabouts?> where)
    {
        ArgumentNullException.ThrowIfNull(where);
        var counted = codes.ToHashSet(StringComparer.Ordinal);
        var last = new Dictionary<string, StockChange>(StringComparer.Ordinal);
        var arrived = new Dictionary<string, StockChange>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            last[change.Tag.Value] = change;
            if (change.Arrived)
            {
                arrived[change.Tag.Value] = change;
            }
        }

        var (found, missing, surplus, accounted) = (0, ImmutableArray.CreateBuilder<MissingItem>(), ImmutableArray.CreateBuilder<SurplusItem>(), ImmutableArray.CreateBuilder<AccountedItem>());
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in expected)
        {
            _ = listed.Add(item.Tag.Value);
            if (counted.Contains(item.Tag.Value))
            {
                found++;
            }
            else if (last.GetValueOrDefault(item.Tag.Value) is { Arrived: false } left)
            {
                accounted.Add(new(item.Tag, StockAccount.Left, left.Move?.Value ?? ""));
            }
            else
            {
                var now = where(item.Tag);
                if (now?.Holder is { } holder)
                {
                    accounted.Add(new(item.Tag, StockAccount.Lent, holder.Value));
                }
                else if (now?.Permit is { } permit)
                {
                    accounted.Add(new(item.Tag, StockAccount.CarriedOut, permit));
                }
                else
                {
                    // What SEC found to be graver since the round opened counts as that.
                    missing.Add(new(item.Tag, now is { } known && known.Importance < item.Importance ? known.Importance : item.Importance));
                }
            }
        }

        foreach (var code in counted.Where(code => !listed.Contains(code)).Order(StringComparer.Ordinal))
        {
            if (arrived.TryGetValue(code, out var change))
            {
                accounted.Add(new(new(code), StockAccount.Arrived, change.Move?.Value ?? ""));
            }
            else
            {
                var known = AssetTag.IsOne(code) ? where(new(code)) : null;
                surplus.Add(new(code, known is not null, known?.Place));
            }
        }

        foreach (var change in last.Values.Where(change => change.Arrived && !listed.Contains(change.Tag.Value) && !counted.Contains(change.Tag.Value)).OrderBy(change => change.N))
        {
            accounted.Add(new(change.Tag, StockAccount.ArrivedUncounted, change.Move?.Value ?? ""));
        }

        return new(expected.Length, found, counted.Count, missing.DrainToImmutable(), surplus.DrainToImmutable(), accounted.DrainToImmutable());
    }
}
