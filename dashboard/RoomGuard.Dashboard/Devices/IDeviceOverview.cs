using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Dashboard.Now;

namespace RoomGuard.Dashboard.Devices;

/// <summary>What the 機器 page asks: which device can I not trust?</summary>
public interface IDeviceOverview
{
    /// <summary>Every bridge of the site with the readers it tells of.</summary>
    Task<ImmutableArray<PanelDevices>> Devices(CancellationToken gone);
}

/// <summary>A bridge and its readers, as it last told. They count as 不明 while the bridge is not connected.</summary>
public sealed record PanelDevices(PanelOverview Panel, ImmutableArray<ReaderNow> Readers);
