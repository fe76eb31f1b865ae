using System.Collections.Immutable;
using RoomGuard.Core.Power;
using RoomGuard.Wire.Nut;

namespace RoomGuard.Bridge.Ups;

/// <summary>What the variables of a foreign <c>upsd</c> mean to us. Pure.</summary>
public static class NutUpsWords
{
    private static readonly (string Name, UpsQuantity Quantity)[] Quantities =
    [
        ("input.voltage", UpsQuantity.InputVoltage), ("input.frequency", UpsQuantity.InputFrequency),
        ("output.voltage", UpsQuantity.OutputVoltage), ("output.frequency", UpsQuantity.OutputFrequency), ("output.current", UpsQuantity.OutputCurrent),
        ("ups.load", UpsQuantity.LoadPercent), ("ups.realpower", UpsQuantity.OutputWatts), ("ups.power", UpsQuantity.OutputVoltAmperes),
        ("battery.charge", UpsQuantity.ChargePercent), ("battery.runtime", UpsQuantity.RuntimeSeconds), ("battery.voltage", UpsQuantity.BatteryVoltage),
        ("battery.temperature", UpsQuantity.BatteryTemperature), ("ups.temperature", UpsQuantity.Temperature), ("ups.efficiency", UpsQuantity.EfficiencyPercent),
        ("ups.realpower.nominal", UpsQuantity.RatedWatts), ("ups.power.nominal", UpsQuantity.RatedVoltAmperes),
        ("input.transfer.low", UpsQuantity.LowTransferVoltage), ("input.transfer.high", UpsQuantity.HighTransferVoltage),
    ];

    private static readonly (string Name, UpsText Text)[] Words =
    [
        ("ups.mfr", UpsText.Maker), ("device.mfr", UpsText.Maker), ("ups.model", UpsText.Model), ("device.model", UpsText.Model), ("ups.serial", UpsText.Serial),
        ("device.serial", UpsText.Serial), ("ups.firmware", UpsText.Firmware), ("ups.id", UpsText.Name), ("battery.date", UpsText.BatteryInstalledOn),
        ("battery.date.maintenance", UpsText.ReplaceBatteryBy), ("ups.test.result", UpsText.SelfTest),
    ];

    private static readonly (NutStatus Word, UpsFlags Flag)[] Flags =
    [
        (NutStatus.OnLine, UpsFlags.OnLine), (NutStatus.OnBattery, UpsFlags.OnBattery), (NutStatus.LowBattery, UpsFlags.LowBattery), (NutStatus.ReplaceBattery, UpsFlags.ReplaceBattery),
        (NutStatus.Charging, UpsFlags.Charging), (NutStatus.Bypass, UpsFlags.Bypass), (NutStatus.Calibrating, UpsFlags.Testing), (NutStatus.Test, UpsFlags.Testing),
        (NutStatus.Off, UpsFlags.OutputOff), (NutStatus.Overload, UpsFlags.Overload), (NutStatus.Trim, UpsFlags.Trim), (NutStatus.Boost, UpsFlags.Boost),
        (NutStatus.Alarm, UpsFlags.Fault), (NutStatus.ForcedShutdown, UpsFlags.ShutdownPending),
    ];

    /// <summary>A reading. Numbers drivers get wrong (-1, empty, <c>&lt;85</c>) are left out or Bad; fields may come and go between two readings.</summary>
    public static UpsReading Read(string ups, DateTimeOffset at, ImmutableSortedDictionary<string, string> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var status = NutStatusText.Parse(variables.GetValueOrDefault("ups.status", string.Empty));
        if (status.HasFlag(NutStatus.Wait))
        {
            return UpsReading.Nothing(ups, at, "the server has no data of the unit yet");
        }

        var flags = Flags.Where(pair => (status & pair.Word) != 0).Aggregate(UpsFlags.None, (all, pair) => all | pair.Flag);

        // OL BYPASS and OL OFF say two things about mains; what matters is that the load is not protected, or has nothing.
        flags = (flags & UpsFlags.OutputOff) != 0 ? flags & ~(UpsFlags.OnLine | UpsFlags.OnBattery | UpsFlags.Bypass)
            : (flags & UpsFlags.Bypass) != 0 ? flags & ~UpsFlags.OnLine
            : flags;
        var values = Quantities
            .Select(pair => (pair.Quantity, Value: variables.TryGetValue(pair.Name, out var text) ? NutNames.ReadNumber(text) : null))
            .Where(pair => pair.Value is not null)
            .Select(pair => KeyValuePair.Create(pair.Quantity, new UpsValue(pair.Value!.Value, UpsQuality.Good, at)));
        var texts = ImmutableSortedDictionary.CreateBuilder<UpsText, string>();
        foreach (var (name, text) in Words)
        {
            if (variables.TryGetValue(name, out var word) && !string.IsNullOrWhiteSpace(word))
            {
                texts.TryAdd(text, word.Trim());
            }
        }

        return UpsJudge.Of(ups, at, flags, values, texts.ToImmutable());
    }
}
