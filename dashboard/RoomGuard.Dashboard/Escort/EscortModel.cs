using System.Collections.Immutable;

namespace RoomGuard.Dashboard.Escort;

/// <summary>付添い者のページ.</summary>
public sealed record EscortModel(ImmutableArray<EscortedVisit> Visits);
