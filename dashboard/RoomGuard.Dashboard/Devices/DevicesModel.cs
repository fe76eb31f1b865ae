using System.Collections.Immutable;

namespace RoomGuard.Dashboard.Devices;

/// <summary>Bridges and readers.</summary>
public sealed record DevicesModel(ImmutableArray<PanelDevices> Panels);
