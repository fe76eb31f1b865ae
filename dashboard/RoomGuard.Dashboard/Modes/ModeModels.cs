using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Modes;

/// <summary>The page of 区域の状態.</summary>
/// <param name="Choices">Modes that the reader may order somewhere.</param>
/// <param name="MayOverride">The reader is led to 例外の許可 where visitors are kept out.</param>
public sealed record ModesModel(ImmutableArray<ZoneModeStatus> Zones, ImmutableArray<ZoneMode> Choices, bool MayOverride, FormState State);
