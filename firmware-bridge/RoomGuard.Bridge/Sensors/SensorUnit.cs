using System.Collections.Frozen;
using RoomGuard.Core.Climate;

namespace RoomGuard.Bridge.Sensors;

/// <summary>In what a device counts. Each belongs to one kind of quantity and is turned into that quantity's own unit here, at the edge.</summary>
public enum SensorUnit
{
    /// <summary>The quantity's own.</summary>
    Own,

    /// <summary>°C.</summary>
    Celsius,

    /// <summary>°F.</summary>
    Fahrenheit,

    /// <summary>K.</summary>
    Kelvin,

    /// <summary>%.</summary>
    Percent,

    /// <summary>hPa.</summary>
    HectoPascal,

    /// <summary>Pa.</summary>
    Pascal,

    /// <summary>kPa.</summary>
    KiloPascal,

    /// <summary>mmHg.</summary>
    MillimetreOfMercury,

    /// <summary>µg/m³.</summary>
    MicrogramPerCubicMetre,

    /// <summary>mg/m³.</summary>
    MilligramPerCubicMetre,

    /// <summary>gal, which is cm/s².</summary>
    Gal,

    /// <summary>m/s².</summary>
    MetrePerSecondSquared,

    /// <summary>g, the acceleration of the earth.</summary>
    StandardGravity,

    /// <summary>mg, a thousandth of it.</summary>
    MilliGravity,

    /// <summary>ppm.</summary>
    PartsPerMillion,

    /// <summary>W.</summary>
    Watt,

    /// <summary>kW.</summary>
    KiloWatt,
}

/// <summary>Units as devices write them, and what they are worth.</summary>
public static class SensorUnits
{
    private const double Gravity = 980.665;

    // As they stand behind a number, in unit_of_measurement, in TempUnit and in PressureUnit. The sign for micro exists twice in Unicode.
    private static readonly FrozenDictionary<string, SensorUnit> Words = new Dictionary<string, SensorUnit>(StringComparer.Ordinal)
    {
        ["°C"] = SensorUnit.Celsius,
        ["C"] = SensorUnit.Celsius,
        ["℃"] = SensorUnit.Celsius,
        ["°F"] = SensorUnit.Fahrenheit,
        ["F"] = SensorUnit.Fahrenheit,
        ["℉"] = SensorUnit.Fahrenheit,
        ["K"] = SensorUnit.Kelvin,
        ["%"] = SensorUnit.Percent,
        ["%RH"] = SensorUnit.Percent,
        ["% RH"] = SensorUnit.Percent,
        ["hPa"] = SensorUnit.HectoPascal,
        ["mbar"] = SensorUnit.HectoPascal,
        ["Pa"] = SensorUnit.Pascal,
        ["kPa"] = SensorUnit.KiloPascal,
        ["mmHg"] = SensorUnit.MillimetreOfMercury,
        ["µg/m³"] = SensorUnit.MicrogramPerCubicMetre,
        ["μg/m³"] = SensorUnit.MicrogramPerCubicMetre,
        ["ug/m3"] = SensorUnit.MicrogramPerCubicMetre,
        ["µg/m3"] = SensorUnit.MicrogramPerCubicMetre,
        ["mg/m³"] = SensorUnit.MilligramPerCubicMetre,
        ["mg/m3"] = SensorUnit.MilligramPerCubicMetre,
        ["gal"] = SensorUnit.Gal,
        ["cm/s²"] = SensorUnit.Gal,
        ["m/s²"] = SensorUnit.MetrePerSecondSquared,
        ["m/s2"] = SensorUnit.MetrePerSecondSquared,
        ["g"] = SensorUnit.StandardGravity,
        ["mg"] = SensorUnit.MilliGravity,
        ["ppm"] = SensorUnit.PartsPerMillion,
        ["W"] = SensorUnit.Watt,
        ["kW"] = SensorUnit.KiloWatt,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A unit as a device writes it. False: nobody knows it.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out SensorUnit unit) => Words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text.Trim(), out unit);

    /// <summary>Whether a quantity is told by yes and no.</summary>
    public static bool IsSign(Quantity quantity) => ClimateRules.IsOnOff(quantity);

    /// <summary>Whether a quantity can be counted in a unit.</summary>
    public static bool Fits(Quantity quantity, SensorUnit unit) => unit == SensorUnit.Own || quantity switch
    {
        Quantity.Temperature or Quantity.DewPoint or Quantity.SurfaceTemperature => unit is SensorUnit.Celsius or SensorUnit.Fahrenheit or SensorUnit.Kelvin,
        Quantity.RelativeHumidity => unit == SensorUnit.Percent,
        Quantity.AirPressure => unit is SensorUnit.HectoPascal or SensorUnit.Pascal or SensorUnit.KiloPascal or SensorUnit.MillimetreOfMercury,
        Quantity.Pm10 or Quantity.Pm25 => unit is SensorUnit.MicrogramPerCubicMetre or SensorUnit.MilligramPerCubicMetre,
        Quantity.Acceleration => unit is SensorUnit.Gal or SensorUnit.MetrePerSecondSquared or SensorUnit.StandardGravity or SensorUnit.MilliGravity,
        Quantity.CarbonDioxide => unit == SensorUnit.PartsPerMillion,
        Quantity.Watts => unit is SensorUnit.Watt or SensorUnit.KiloWatt,
        _ => false,
    };

    /// <summary>A number in the quantity's own unit.</summary>
    public static double ToOwn(double value, SensorUnit unit) => unit switch
    {
        SensorUnit.Fahrenheit => (value - 32) / 1.8,
        SensorUnit.Kelvin => value - 273.15,
        SensorUnit.Pascal => value / 100,
        SensorUnit.KiloPascal => value * 10,
        SensorUnit.MillimetreOfMercury => value * 1.333224,
        SensorUnit.MilligramPerCubicMetre => value * 1000,
        SensorUnit.MetrePerSecondSquared => value * 100,
        SensorUnit.StandardGravity => value * Gravity,
        SensorUnit.MilliGravity => value * Gravity / 1000,
        SensorUnit.KiloWatt => value * 1000,
        _ => value,
    };
}
