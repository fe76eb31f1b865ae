using System.Collections.Immutable;

namespace RoomGuard.Dashboard.Presence;

/// <summary>Who is inside, zone by zone.</summary>
public sealed record PresenceModel(ImmutableArray<ZonePresence> Zones);
