using System.Collections.Immutable;
using RoomGuard.Dashboard.Entries;

namespace RoomGuard.Dashboard.Timeline;

/// <summary>What happened around one entry.</summary>
/// <param name="Minutes">Before and after it.</param>
/// <param name="IsCut">There was more than is shown.</param>
public sealed record TimelineModel(RecordEntry Entry, int Minutes, DateTimeOffset From, DateTimeOffset Until, ImmutableArray<RecordLine> Lines, bool IsCut);
