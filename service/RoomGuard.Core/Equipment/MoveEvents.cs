using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Equipment;

/// <summary>A move was approved (R-MOVE-01); goes into the record with the decision itself.</summary>
public sealed record MoveRecorded(DateTimeOffset OccurredAt, Move Move, string By) : RecordedEvent(OccurredAt);

/// <summary>影響確認 before the start (R-MOVE-02).</summary>
public sealed record MoveImpactChecked(DateTimeOffset OccurredAt, MoveId Move, ImpactResult Result, string Note, string By) : RecordedEvent(OccurredAt);

/// <summary>It began: the witness is in the zone (R-MOVE-03).</summary>
/// <param name="PresentSince">Since when the presence list has the witness there.</param>
public sealed record MoveStarted(DateTimeOffset OccurredAt, MoveId Move, PersonId Witness, ZoneId Zone, DateTimeOffset PresentSince, string By) : RecordedEvent(OccurredAt);

/// <summary>An item of the list was read or typed as it passed.</summary>
public sealed record MoveItemScanned(DateTimeOffset OccurredAt, MoveId Move, AssetTag Tag, string By) : RecordedEvent(OccurredAt);

/// <summary>立会い中断: the witness left before the end (R-MOVE-03).</summary>
public sealed record WitnessLeft(DateTimeOffset OccurredAt, MoveId Move, PersonId Witness, ZoneId Zone) : RecordedEvent(OccurredAt)
{
    /// <summary>The witness may be there still, but their rights were suspended (R-ID-10).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Suspended { get; init; }
}

/// <summary>A witness is there again, the same or another one.</summary>
public sealed record MoveResumed(DateTimeOffset OccurredAt, MoveId Move, PersonId Witness, ZoneId Zone, DateTimeOffset PresentSince, string By) : RecordedEvent(OccurredAt);

/// <summary>It is over; what it moved follows in the same append (R-MOVE-04).</summary>
/// <param name="Zone">Where the witness saw its end.</param>
public sealed record MoveCompleted(DateTimeOffset OccurredAt, MoveId Move, PersonId Witness, ZoneId Zone, string By) : RecordedEvent(OccurredAt);

/// <summary>It was called off.</summary>
public sealed record MoveCancelled(DateTimeOffset OccurredAt, MoveId Move, string Reason, string By) : RecordedEvent(OccurredAt);

/// <summary>An item's place changed, by a completed move and nothing else (R-MOVE-04).</summary>
/// <param name="From">Null: it had no place yet.</param>
/// <param name="AwaitsInstallation">It stands in a zone now, and mounting and surroundings are to be confirmed (R-LIFE-10).</param>
public sealed record AssetMoved(DateTimeOffset OccurredAt, AssetTag Tag, AssetPlace? From, AssetPlace To, MoveId Move, bool AwaitsInstallation, string By) : RecordedEvent(OccurredAt);

/// <summary>固定 and the six surroundings were confirmed (R-LIFE-10).</summary>
/// <param name="Fixed">It is mounted, or stands so that it cannot fall.</param>
public sealed record AssetInstalled(DateTimeOffset OccurredAt, AssetTag Tag, MoveId Move, bool Fixed, ImmutableArray<Surrounding> Confirmed, string Note, string By) : RecordedEvent(OccurredAt);
