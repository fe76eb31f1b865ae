using RoomGuard.Core.Equipment;

namespace RoomGuard.Core.Work;

/// <summary>増設・交換・取外し of one part of an item (R-MOVE-09): out alone is taken out, in alone is fitted, both are swapped.</summary>
/// <param name="SerialOut">Empty: nothing comes out.</param>
/// <param name="SerialIn">Empty: nothing goes in.</param>
/// <param name="WhatIn">What goes in, in people's words; empty: not said.</param>
/// <param name="StorageIn">What goes in stores information.</param>
public sealed record PartSwap(AssetTag Item, string SerialOut, string SerialIn, string WhatIn, bool StorageIn);

/// <summary>Why a part cannot be recorded.</summary>
public enum PartFault
{
    /// <summary>Neither a serial out nor one in.</summary>
    NothingNamed,

    /// <summary>The register knows no such part in the item.</summary>
    NotInItem,

    /// <summary>It is in the item already.</summary>
    AlreadyInItem,
}

/// <summary>What a swapped part does to the entry of its item (R-MOVE-09). Pure.</summary>
public static class PartRules
{
    /// <summary>Why it cannot be recorded; null: it can.</summary>
    public static PartFault? Objection(Asset item, PartSwap swap)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(swap);
        bool Has(string serial) => item.Storage.Concat(item.Parts).Any(part => part.Serial == serial);
        return swap is { SerialOut.Length: 0, SerialIn.Length: 0 } ? PartFault.NothingNamed
            : swap.SerialOut.Length > 0 && !Has(swap.SerialOut) ? PartFault.NotInItem
            : swap.SerialIn.Length > 0 && Has(swap.SerialIn) ? PartFault.AlreadyInItem
            : null;
    }

    /// <summary>The storage that comes out; null: none does.</summary>
    public static AssetPart? StorageOut(Asset item, PartSwap swap)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(swap);
        return item.Storage.FirstOrDefault(part => part.Serial == swap.SerialOut);
    }

    /// <summary>
    /// The item's entry afterwards. Whether an item whose last known storage was taken out still stores something, somebody has to look: until then it counts as
    /// if it did (R-LIFE-04).
    /// </summary>
    public static Asset After(Asset item, PartSwap swap)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(swap);
        var fitted = swap.SerialIn.Length > 0 ? new AssetPart(swap.SerialIn, swap.WhatIn) : null;
        var after = item with
        {
            Storage = [.. item.Storage.Where(part => part.Serial != swap.SerialOut), .. fitted is not null && swap.StorageIn ? [fitted] : Array.Empty<AssetPart>()],
            Parts = [.. item.Parts.Where(part => part.Serial != swap.SerialOut), .. fitted is not null && !swap.StorageIn ? [fitted] : Array.Empty<AssetPart>()],
        };
        return after with { HasStorage = !after.Storage.IsEmpty ? true : StorageOut(item, swap) is not null ? null : item.HasStorage };
    }

    /// <summary>
    /// What a storage that came out is from now on: an item of its own that holds what its machine held. Nobody has decided its class, so class I counts
    /// (R-LIFE-07).
    /// </summary>
    public static Asset Removed(Asset item, AssetPart part, AssetTag tag, string name, WorkId work)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(part);
        return new(
            tag, AssetKind.Storage, part.What.Length > 0 ? part.What : name, "", "", part.Serial, null, item.Segment, item.Manager, true, [part], [], "", null, null, null, item.Holds, null, null, item.Exception, $"{item.Tag} ({work})");
    }
}
