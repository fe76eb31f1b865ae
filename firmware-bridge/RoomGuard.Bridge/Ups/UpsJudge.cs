using System.Collections.Immutable;
using System.Numerics;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Ups;

/// <summary>What a reading may claim. Pure.</summary>
public static class UpsJudge
{
    private const UpsFlags States = UpsFlags.OnLine | UpsFlags.OnBattery | UpsFlags.Bypass | UpsFlags.OutputOff;

    /// <summary>True when the value is possible for such a quantity at all; what a unit can show when a register or a field is damaged is not.</summary>
    public static bool IsPossible(UpsQuantity quantity, double value) => double.IsFinite(value) && quantity switch
    {
        UpsQuantity.ChargePercent or UpsQuantity.EfficiencyPercent => value is >= 0 and <= 100,
        UpsQuantity.LoadPercent or UpsQuantity.ApparentLoadPercent => value is >= 0 and <= 200,
        UpsQuantity.InputVoltage or UpsQuantity.OutputVoltage or UpsQuantity.LowTransferVoltage or UpsQuantity.HighTransferVoltage => value is >= 0 and <= 300,
        UpsQuantity.InputFrequency or UpsQuantity.OutputFrequency => value is 0 or (>= 40 and <= 70),
        UpsQuantity.BatteryTemperature or UpsQuantity.Temperature => value is >= -20 and <= 80,
        UpsQuantity.BatteryVoltage => value is >= 0 and <= 800,
        UpsQuantity.OutputCurrent => value is >= 0 and <= 1000,
        UpsQuantity.RuntimeSeconds or UpsQuantity.SecondsOnBattery => value is >= 0 and <= 604_800,
        _ => value >= 0,
    };

    /// <summary>
    /// A reading from what was read. A unit is in one state: none or two make the state Bad. A runtime without a battery is Bad whatever
    /// the number; a value outside physics is kept as Bad.
    /// </summary>
    public static UpsReading Of(string ups, DateTimeOffset at, UpsFlags flags, IEnumerable<KeyValuePair<UpsQuantity, UpsValue>> values, ImmutableSortedDictionary<UpsText, string> texts)
    {
        var states = flags & States;
        var withoutBattery = (flags & UpsFlags.NoBattery) != 0;
        var sound = BitOperations.PopCount((uint)states) == 1;
        var judged = values.ToImmutableSortedDictionary(
            pair => pair.Key,
            pair => pair.Value.Quality == UpsQuality.Good
                && (!IsPossible(pair.Key, pair.Value.Value) || (withoutBattery && pair.Key is (UpsQuantity.RuntimeSeconds or UpsQuantity.ChargePercent)))
                ? pair.Value with { Quality = UpsQuality.Bad }
                : pair.Value);
        return new(ups, at, sound ? UpsQuality.Good : UpsQuality.Bad, flags, judged, texts, sound ? null : $"the unit says that it is {(states == UpsFlags.None ? "in no state" : $"in several states at once ({states})")}");
    }
}
