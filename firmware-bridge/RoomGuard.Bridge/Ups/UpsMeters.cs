using System.Diagnostics.Metrics;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Ups;

/// <summary>Measurements of the units, read from their board. What may not be believed, or is too old, is NaN, never the last value as if it were new (R-PWR-06).</summary>
public sealed class UpsMeters : IDisposable
{
    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(30);

    private readonly Meter meter = new("RoomGuard.Bridge.Ups");
    private readonly UpsBoard board;
    private readonly TimeProvider time;

    /// <summary>Begins to measure.</summary>
    public UpsMeters(UpsBoard board, TimeProvider time)
    {
        this.board = board;
        this.time = time;
        meter.CreateObservableGauge(
            "roomguard_ups_known", () => board.All.Select(unit => new Measurement<int>(IsKnown(unit) ? 1 : 0, Tag(unit))), description: "1 while the unit answers and may be believed, else 0, by unit.");
        Flag("roomguard_ups_on_battery", "1 in an outage: on battery and not because of a test; NaN: not known. By unit.", UpsFlags.OnBattery);
        Flag("roomguard_ups_low_battery", "1 while the unit says that little is left, by unit.", UpsFlags.LowBattery);
        Flag("roomguard_ups_replace_battery", "1 while the unit asks for another battery, by unit.", UpsFlags.ReplaceBattery);
        Flag("roomguard_ups_bypass", "1 while the load hangs on mains unprotected, by unit.", UpsFlags.Bypass);
        Flag("roomguard_ups_overload", "1 while more hangs on the unit than it carries, by unit.", UpsFlags.Overload);
        Value("roomguard_ups_charge_ratio", null, "Battery charge, 0 to 1, by unit.", UpsQuantity.ChargePercent, 0.01);
        Value("roomguard_ups_runtime", "s", "How long the battery lasts at this load, in seconds, by unit.", UpsQuantity.RuntimeSeconds);
        Value("roomguard_ups_load_ratio", null, "Load, 1 is all it is rated for, by unit.", UpsQuantity.LoadPercent, 0.01);
        Value("roomguard_ups_input", "V", "Voltage at the input, by unit.", UpsQuantity.InputVoltage);
        Value("roomguard_ups_output", "V", "Voltage at the output, by unit.", UpsQuantity.OutputVoltage);
        Value("roomguard_ups_battery", "V", "Voltage of the battery, by unit.", UpsQuantity.BatteryVoltage);
        Value("roomguard_ups_temperature", "Cel", "Temperature in or around the unit, by unit.", UpsQuantity.Temperature);
        Value("roomguard_ups_battery_temperature", "Cel", "Temperature of the battery, by unit.", UpsQuantity.BatteryTemperature);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Tag(UpsNow unit) => new("ups", unit.Ups);

    private bool IsKnown(UpsNow unit) => unit.StateAt(time.GetUtcNow(), Oldest) == UpsQuality.Good;

    private void Flag(string name, string help, UpsFlags flag) => meter.CreateObservableGauge(
        name,
        () => board.All.Select(unit => new Measurement<double>(
            !IsKnown(unit) ? double.NaN : (flag == UpsFlags.OnBattery ? unit.Last.IsOutage : (unit.Last.Flags & flag) != 0) ? 1 : 0, Tag(unit))),
        description: help);

    // A unit that never told a quantity has no line for it. One that did keeps its line: a reader that just leaves it out would go on showing the last number.
    private void Value(string name, string? measure, string help, UpsQuantity quantity, double scale = 1) => meter.CreateObservableGauge(
        name,
        () => board.All.Where(unit => unit.LastGood?.Values.ContainsKey(quantity) == true)
            .Select(unit => new Measurement<double>(IsKnown(unit) && unit.Last.Good(quantity) is { } value ? value * scale : double.NaN, Tag(unit))),
        measure,
        help);
}
