using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>Why an item may not stand in a zone (R-ZONE-06).</summary>
public enum PlacementFault
{
    /// <summary>The zone is of a lower class than the item.</summary>
    LowerClass,

    /// <summary>The zone is of a different segment, or either has none.</summary>
    OtherSegment,
}

/// <summary>R-ZONE-06: equipment is not placed in a zone of lower class or of a different segment without an exception. Pure.</summary>
public static class Placement
{
    /// <summary>The first thing that is wrong; null: it may stand there.</summary>
    /// <param name="item">The class that counts for the item.</param>
    /// <param name="zone">The class that counts for the zone.</param>
    /// <param name="excepted">An exception to R-ZONE-06 is in force and cited by the item.</param>
    public static PlacementFault? Look(ImportanceClass item, Segment? itemSegment, ImportanceClass zone, Segment? zoneSegment, bool excepted) =>
        excepted ? null
        : zone > item ? PlacementFault.LowerClass
        : itemSegment is null || itemSegment != zoneSegment ? PlacementFault.OtherSegment
        : null;
}
