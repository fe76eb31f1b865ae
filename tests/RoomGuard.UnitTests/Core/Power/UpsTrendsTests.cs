using System.Collections.Immutable;
using RoomGuard.Core.Power;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Power;
using Xunit;

namespace RoomGuard.UnitTests.Core.Power;

/// <summary>What a bridge's word adds to the readings.</summary>
public class UpsTrendsTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    [Requirement("R-PWR-01")]
    public void Every_value_that_is_followed_gives_a_sample_with_the_moment_it_was_read()
    {
        var values = UpsTrends.Followed.Concat([UpsQuantity.RatedWatts]).ToImmutableSortedDictionary(quantity => quantity, quantity => new UpsValue(100 + (int)quantity, UpsQuality.Good, At.AddSeconds(-(int)quantity)));
        var samples = UpsTrends.Of(Told(Unit() with { LastGood = Reading(values) })).ToList();

        Assert.Equal(UpsTrends.Followed.AsEnumerable(), samples.Select(sample => sample.Quantity));
        Assert.All(samples, sample => Assert.Equal(("ups-1", 100.0 + (int)sample.Quantity, At.AddSeconds(-(int)sample.Quantity)), (sample.Ups, sample.Value, sample.At)));
    }

    [Fact]
    [Requirement("R-PWR-06")]
    public void A_unit_that_does_not_answer_and_a_value_of_bad_quality_leave_nothing()
    {
        Assert.Empty(UpsTrends.Of(Told(Unit() with { Lost = true })));
        Assert.Empty(UpsTrends.Of(Told(Unit() with { LastGood = null })));
        Assert.Empty(UpsTrends.Of(Told(Unit() with { LastGood = Unit().LastGood! with { State = UpsQuality.Bad } })));
        Assert.Empty(UpsTrends.Of(new PowerNow(At, default, [])));

        var mixed = ImmutableSortedDictionary<UpsQuantity, UpsValue>.Empty.Add(UpsQuantity.ChargePercent, new(63, UpsQuality.Good, At))
            .Add(UpsQuantity.BatteryTemperature, new(655.35, UpsQuality.Bad, At)).Add(UpsQuantity.LoadPercent, new(0, UpsQuality.Unknown, At)).Add(UpsQuantity.InputVoltage, new(double.NaN, UpsQuality.Good, At));
        Assert.Equal(UpsQuantity.ChargePercent, Assert.Single(UpsTrends.Of(Told(Unit() with { LastGood = Reading(mixed) }))).Quantity);
    }

    private static UnitNow Unit() => AUnit.OnMains("ups-1", 1800, At);

    private static UpsReading Reading(ImmutableSortedDictionary<UpsQuantity, UpsValue> values) => Unit().LastGood! with { Values = values };

    private static PowerNow Told(UnitNow unit) => new(At, [unit], []);
}
