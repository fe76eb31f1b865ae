using RoomGuard.Core.Power;
using RoomGuard.Core.Readings;
using RoomGuard.Service.Readings;

namespace RoomGuard.UnitTests.Service.Readings;

/// <summary>Samples of UPS units as they go to the store.</summary>
internal static class UpsReadings
{
    public static TakenIn Add(this ReadingsStore store, IEnumerable<UpsSample> samples, DateTimeOffset now) => store.Add(samples.Select(ReadingSample.From), now);
}
