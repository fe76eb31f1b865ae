using System.Collections.Immutable;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>Why a class is too low for an item.</summary>
public enum ClassFault
{
    /// <summary>R-MOVE-12: something on it or in it is of a higher class.</summary>
    LowerThanContent,

    /// <summary>R-LIFE-08: it is a copy, and the original is of a higher class.</summary>
    LowerThanOriginal,
}

/// <summary>Which class counts for an item. Pure. The smaller the number, the graver.</summary>
public static class AssetClasses
{
    /// <summary>
    /// The class that counts: what SEC decided, or class I before (R-LIFE-07); never lower than the information on it and the things in it (R-MOVE-12),
    /// nor than the original of a copy (R-LIFE-08).
    /// </summary>
    /// <param name="decided">Null: SEC has not decided.</param>
    /// <param name="inside">Classes that count for the things inside.</param>
    /// <param name="original">The class that counts for the original; null: it is no copy.</param>
    public static ImportanceClass Effective(ImportanceClass? decided, ImmutableArray<HeldInformation> holds, IEnumerable<ImportanceClass> inside, ImportanceClass? original) =>
        Gravest(decided ?? ImportanceClass.I, Gravest(original, GravestOf(holds, inside)));

    /// <summary>Why a class may not be decided; null: it may.</summary>
    public static ClassFault? Objection(ImportanceClass asked, ImmutableArray<HeldInformation> holds, IEnumerable<ImportanceClass> inside, ImportanceClass? original) =>
        GravestOf(holds, inside) is { } content && asked > content ? ClassFault.LowerThanContent
        : original is { } source && asked > source ? ClassFault.LowerThanOriginal
        : null;

    private static ImportanceClass? GravestOf(ImmutableArray<HeldInformation> holds, IEnumerable<ImportanceClass> inside)
    {
        ImportanceClass? gravest = null;
        foreach (var one in (holds.IsDefault ? [] : holds.Select(held => held.Importance ?? ImportanceClass.I)).Concat(inside))
        {
            gravest = Gravest(gravest, one);
        }

        return gravest;
    }

    private static ImportanceClass? Gravest(ImportanceClass? one, ImportanceClass? other) => one is null ? other : other is { } second ? Gravest(one.Value, second) : one;

    private static ImportanceClass Gravest(ImportanceClass one, ImportanceClass? other) => other is { } second && second < one ? second : one;
}
