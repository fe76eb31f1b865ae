using System.Collections.Immutable;
using RoomGuard.Core.Panels;

namespace RoomGuard.Bridge.Doors;

/// <summary>What the readers are doing, for the state told to the service, the metrics and <c>doctor</c>.</summary>
public interface IReaderOverview
{
    /// <summary>All readers of the settings, in their order. Thread-safe.</summary>
    ImmutableArray<ReaderNow> Now();
}
