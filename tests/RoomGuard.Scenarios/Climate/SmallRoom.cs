using RoomGuard.Core.Climate;

namespace RoomGuard.Scenarios.Climate;

/// <summary>
/// The air of a small server room: heat of the equipment, a cooling unit, the night outside, a fixed amount of water. Two numbers a story can turn, and everything
/// else follows. Explicit steps of a few seconds; told the time.
/// </summary>
internal sealed class SmallRoom(double loadWatts = 6000, double outside = 28)
{
    // Air, racks and the surface of the walls, J per °C; through the walls, W per °C.
    private const double Holds = 900_000;
    private const double Walls = 60;
    private const double SetPoint = 22;
    private const double MostCooling = 10_000;

    // Vapour pressure of 22 °C at 48 %, hPa.
    private const double Water = 12.7;

    private TimeSpan at;

    /// <summary>°C at the inlets.</summary>
    public double Inlet { get; private set; } = SetPoint;

    /// <summary>% at the inlets: the same water in warmer air is drier air.</summary>
    public double Humidity => Math.Clamp(Water / (6.1094 * Math.Exp(17.625 * Inlet / (243.04 + Inlet))) * 100, 1, 100);

    /// <summary>The cooling unit runs.</summary>
    public bool IsCooling { get; set; } = true;

    /// <summary>Time has passed.</summary>
    public void Pass(TimeSpan now)
    {
        while (at < now)
        {
            var step = Math.Min(5, (now - at).TotalSeconds);
            var cooling = IsCooling ? Math.Clamp(loadWatts + ((Inlet - SetPoint) * 4000), 0, MostCooling) : 0;
            Inlet += (loadWatts + ((outside - Inlet) * Walls) - cooling) * step / Holds;
            at += TimeSpan.FromSeconds(step);
        }
    }

    /// <summary>Sensors at the inlets of three racks, each with a place and a noise of its own.</summary>
    public (Quantity Quantity, double? Value)[] At(double place, Random noise) =>
        [(Quantity.Temperature, Math.Round(Inlet + place + ((noise.NextDouble() - 0.5) * 0.1), 2)), (Quantity.RelativeHumidity, Math.Round(Humidity + ((noise.NextDouble() - 0.5) * 0.4), 1))];
}
