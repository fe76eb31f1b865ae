using System.Globalization;

namespace RoomGuard.Wire.Nut;

/// <summary>The names of variables and commands that RoomGuard serves, with what they mean (nut-names). Units are fixed: V, A, Hz, W, VA, per cent, °C, seconds.</summary>
public static class NutNames
{
    private static readonly Dictionary<string, string> Descriptions = new(StringComparer.Ordinal)
    {
        ["device.mfr"] = "Device manufacturer",
        ["device.model"] = "Device model",
        ["device.serial"] = "Device serial number",
        ["device.type"] = "Device type (ups, pdu, scd, psu, ats)",
        ["ups.mfr"] = "UPS manufacturer",
        ["ups.model"] = "UPS model",
        ["ups.serial"] = "UPS serial number",
        ["ups.firmware"] = "UPS firmware",
        ["ups.id"] = "UPS system identifier",
        ["ups.status"] = "UPS status",
        ["ups.load"] = "Load on UPS (percent of full)",
        ["ups.power"] = "Current value of apparent power (Volt-Amps)",
        ["ups.power.nominal"] = "UPS power rating (VA)",
        ["ups.realpower"] = "Current value of real power (Watts)",
        ["ups.realpower.nominal"] = "UPS real power rating (Watts)",
        ["ups.temperature"] = "UPS temperature (degrees C)",
        ["ups.efficiency"] = "Efficiency of the UPS (percent)",
        ["ups.test.result"] = "Results of last self test",
        ["input.voltage"] = "Input voltage (V)",
        ["input.frequency"] = "Input line frequency (Hz)",
        ["input.transfer.low"] = "Low voltage transfer point (V)",
        ["input.transfer.high"] = "High voltage transfer point (V)",
        ["input.transfer.reason"] = "Reason for last transfer to battery",
        ["output.voltage"] = "Output voltage (V)",
        ["output.current"] = "Output current (A)",
        ["output.frequency"] = "Output frequency (Hz)",
        ["battery.charge"] = "Battery charge (percent of full)",
        ["battery.runtime"] = "Battery runtime (seconds)",
        ["battery.voltage"] = "Battery voltage (V)",
        ["battery.temperature"] = "Battery temperature (degrees C)",
        ["battery.date"] = "Battery installation date",
        ["battery.date.maintenance"] = "Battery next change or maintenance date",
        ["battery.charger.status"] = "Battery charger status",
        ["driver.name"] = "Driver name",
        ["driver.version"] = "Driver version",
        ["driver.state"] = "Current state in driver's lifecycle",
        ["test.battery.start.quick"] = "Start a quick battery test",
        ["test.battery.stop"] = "Stop the battery test",
        ["shutdown.return"] = "Turn off the load and return when power is back",
        ["shutdown.stop"] = "Stop a shutdown in progress",
    };

    /// <summary>What a variable or command means; <c>Unavailable</c> where nobody has said.</summary>
    public static string DescriptionOf(string name) => Descriptions.GetValueOrDefault(name, "Unavailable");

    /// <summary>A number as served: dot, no exponent, no thousands mark, at most <paramref name="decimals"/> places.</summary>
    public static string Number(double value, int decimals) => value.ToString(decimals == 0 ? "0" : "0." + new string('#', decimals), CultureInfo.InvariantCulture);

    /// <summary>Reads a number as drivers write it; null for a minus one, an empty word, <c>&lt;85</c> and other habits.</summary>
    public static double? ReadNumber(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    internal static bool IsNumber(string text) => ReadNumber(text) is not null;
}
