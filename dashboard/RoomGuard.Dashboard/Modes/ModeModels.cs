using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Modes;

/// <summary>The page of 区域の状態.</summary>
/// <param name="Choices">Modes that the reader may order somewhere.</param>
public sealed record ModesModel(ImmutableArray<ZoneModeStatus> Zones, ImmutableArray<ZoneMode> Choices, FormState State);
