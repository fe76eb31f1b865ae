using System.Collections.Immutable;
using RoomGuard.Core.Power;

namespace RoomGuard.UnitTests.Service.Power;

/// <summary>Units as a bridge tells them.</summary>
internal static class AUnit
{
    /// <summary>On mains and answering, with so much in its battery.</summary>
    public static UnitNow OnMains(string ups, double left, DateTimeOffset at) => new(
        ups,
        UnitPower.Mains,
        Lost: false,
        new UpsReading(
            ups, at, UpsQuality.Good, UpsFlags.OnLine,
            ImmutableSortedDictionary<UpsQuantity, UpsValue>.Empty.Add(UpsQuantity.ChargePercent, new(100, UpsQuality.Good, at)).Add(UpsQuantity.LoadPercent, new(41, UpsQuality.Good, at)),
            ImmutableSortedDictionary<UpsText, string>.Empty, null),
        null,
        left,
        1,
        null,
        false,
        false,
        [],
        []);
}
