using System.Collections.Immutable;

namespace RoomGuard.Core.Power;

/// <summary>One value of a unit at one moment, as it goes to the readings.</summary>
/// <param name="At">When the unit was read, by its bridge's clock.</param>
public readonly record struct UpsSample(string Ups, UpsQuantity Quantity, DateTimeOffset At, double Value);

/// <summary>Which values of a unit are followed over time, and which readings count (R-PWR-01). Pure.</summary>
public static class UpsTrends
{
    /// <summary>What is followed, in the order people read it.</summary>
    public static ImmutableArray<UpsQuantity> Followed { get; } =
    [
        UpsQuantity.ChargePercent, UpsQuantity.RuntimeSeconds, UpsQuantity.LoadPercent, UpsQuantity.InputVoltage, UpsQuantity.OutputVoltage, UpsQuantity.BatteryTemperature,
    ];

    private const int LongestName = 100;

    /// <summary>
    /// What a bridge's word adds: each value that was read and is possible, with the moment it was read. A unit that does not answer and a value of
    /// bad quality add nothing: a gap stays a gap and is never a zero.
    /// </summary>
    public static IEnumerable<UpsSample> Of(PowerNow power)
    {
        ArgumentNullException.ThrowIfNull(power);
        return from unit in power.Units.IsDefault ? [] : power.Units
               where unit is { Lost: false, Ups.Length: > 0 and <= LongestName, LastGood: { State: UpsQuality.Good, Values: not null } }
               from quantity in Followed
               where unit.LastGood!.Values.TryGetValue(quantity, out var value) && value.Quality == UpsQuality.Good && double.IsFinite(value.Value)
               let read = unit.LastGood!.Values[quantity]
               select new UpsSample(unit.Ups, quantity, read.At, Rounded(quantity, read.Value));
    }

    // Finer than any unit measures: without this a jitter in the third decimal would make every reading a new value.
    private static double Rounded(UpsQuantity quantity, double value) => Math.Round(value, quantity == UpsQuantity.RuntimeSeconds ? 0 : 1);
}
