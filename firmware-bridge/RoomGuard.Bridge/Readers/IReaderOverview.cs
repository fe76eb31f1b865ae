using System.Collections.Immutable;
using RoomGuard.Core.Panels;

namespace RoomGuard.Bridge.Readers;

/// <summary>How the readers are doing, for the 機器 page and the uplink.</summary>
public interface IReaderOverview
{
    /// <summary>Every reader of every bus in the order of the settings; thread-safe.</summary>
    ImmutableArray<ReaderNow> Now();
}
