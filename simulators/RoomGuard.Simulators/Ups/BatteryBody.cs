namespace RoomGuard.Simulators.Ups;

/// <summary>
/// A battery that empties by load and age. Its store counts seconds at full load; a load of l per cent takes (l/100)^1.15 of them each
/// second (Peukert), so that half the load lasts more than twice as long. Pure.
/// </summary>
/// <param name="full">How long a new, full one lasts at full load.</param>
/// <param name="chargeTime">From empty to full.</param>
public sealed class BatteryBody(TimeSpan full, TimeSpan chargeTime)
{
    private const double Exponent = 1.15;

    // What fans and electronics take when nothing hangs on it.
    private const double OwnLoad = 0.02;

    private double drained;

    /// <summary>What is left of a new one's capacity, above 0 to 1.</summary>
    public double Health { get; set; } = 1;

    /// <summary>What the unit believes is left of a new one's capacity; only a self-test or a real discharge teaches it.</summary>
    public double BelievedHealth { get; set; } = 1;

    /// <summary>True when nothing is left.</summary>
    public bool IsEmpty => Left <= 1e-6;

    /// <summary>How full it really is, 0 to 1.</summary>
    public double TrueCharge => Left / Capacity;

    /// <summary>What the unit tells, 0 to 1: what it has counted out of what it believes is in.</summary>
    public double ToldCharge => Math.Clamp(1 - (drained / (full.TotalSeconds * BelievedHealth)), 0, 1);

    private double Capacity => full.TotalSeconds * Health;

    private double Left => Math.Max(0, Capacity - drained);

    /// <summary>How long it really lasts at this load.</summary>
    public TimeSpan TrueRuntime(double loadPercent) => TimeSpan.FromSeconds(Left / Rate(loadPercent));

    /// <summary>How long the unit says it lasts.</summary>
    public TimeSpan ToldRuntime(double loadPercent) => TimeSpan.FromSeconds(Math.Max(0, (full.TotalSeconds * BelievedHealth) - drained) / Rate(loadPercent));

    /// <summary>Gives power for so long.</summary>
    public void Discharge(TimeSpan time, double loadPercent) => drained = Math.Min(Capacity, drained + (time.TotalSeconds * Rate(loadPercent)));

    /// <summary>Is charged for so long.</summary>
    public void Charge(TimeSpan time) => drained = Math.Max(0, Math.Min(drained, Capacity) - (time / chargeTime * full.TotalSeconds));

    /// <summary>A fresh one is put in.</summary>
    public void Replace()
    {
        drained = 0;
        Health = 1;
        BelievedHealth = 1;
    }

    private static double Rate(double loadPercent) => Math.Pow(Math.Max(OwnLoad, loadPercent / 100), Exponent);
}
