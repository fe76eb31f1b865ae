using System.Collections.Immutable;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>A round of 棚卸 opened (R-MOVE-11): what the register has in the zone is fixed with it.</summary>
public sealed record StocktakeOpened(DateTimeOffset OccurredAt, StocktakeId Stocktake, ZoneId Zone, ImmutableArray<StockItem> Expected, string By) : RecordedEvent(OccurredAt);

/// <summary>Codes were counted; those read without a network come together.</summary>
public sealed record StockCounted(DateTimeOffset OccurredAt, StocktakeId Stocktake, ImmutableArray<StockRead> Reads, string By) : RecordedEvent(OccurredAt);

/// <summary>The counting is over and was held against the list.</summary>
public sealed record StocktakeClosed(DateTimeOffset OccurredAt, StocktakeId Stocktake, StockResult Result, string By) : RecordedEvent(OccurredAt);

/// <summary>It is to be counted on.</summary>
public sealed record StocktakeSentBack(DateTimeOffset OccurredAt, StocktakeId Stocktake, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>SYS confirmed the result (R-MOVE-11); it changes no place (R-MOVE-04).</summary>
public sealed record StocktakeConfirmed(DateTimeOffset OccurredAt, StocktakeId Stocktake, ZoneId Zone, StockResult Result, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>The round was given up; it does not count as one.</summary>
public sealed record StocktakeCancelled(DateTimeOffset OccurredAt, StocktakeId Stocktake, string Reason, string By) : RecordedEvent(OccurredAt);
