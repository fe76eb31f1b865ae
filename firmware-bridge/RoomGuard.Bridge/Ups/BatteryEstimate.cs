namespace RoomGuard.Bridge.Ups;

/// <summary>What is known of a battery whose unit tells neither charge nor runtime.</summary>
/// <param name="FullLoad">How long it lasts at <paramref name="FullLoadPercent"/>, from the maker's table.</param>
/// <param name="HalfLoad">How long at <paramref name="HalfLoadPercent"/>.</param>
/// <param name="ChargeTime">From empty to full.</param>
/// <param name="Reserve">What is left when the unit says that the battery is low.</param>
public sealed record BatteryTable(
    TimeSpan FullLoad, TimeSpan HalfLoad, TimeSpan ChargeTime, double FullLoadPercent = 100, double HalfLoadPercent = 50, TimeSpan? Reserve = null)
{
    /// <summary>One sentence for each impossible value.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (FullLoad < TimeSpan.FromSeconds(10) || HalfLoad <= FullLoad || HalfLoad > TimeSpan.FromDays(2))
        {
            yield return $"{place}.fullLoad: {FullLoad} and {HalfLoad} are no table. Write the maker's runtimes at full and at half load; half load lasts longer.";
        }

        if (!(FullLoadPercent > HalfLoadPercent && HalfLoadPercent > 0 && FullLoadPercent <= 100))
        {
            yield return $"{place}.fullLoadPercent: the two loads of the table must differ, 0 to 100.";
        }

        if (ChargeTime < TimeSpan.FromMinutes(10) || ChargeTime > TimeSpan.FromDays(2))
        {
            yield return $"{place}.chargeTime: {ChargeTime} is outside 00:10:00 to 2.00:00:00.";
        }
    }
}

/// <summary>
/// 推定: charge and runtime of a battery worked out from load and time, for units that tell neither. Two points of the maker's table give
/// the exponent by which load shortens runtime; a store of seconds at full load falls on battery and rises on mains. How much the
/// battery really holds is learnt from each discharge that went to "battery low", and from one that outlasted its estimate; a self-test
/// that ends in "low" or "failed" teaches the same. Pure: it is told load and time.
/// </summary>
public sealed class BatteryEstimate(BatteryTable table)
{
    // One bad reading of "low" must not halve a good battery, and no battery is twice its table.
    private const double LeastHealth = 0.05;
    private const double MostHealth = 1.2;
    private const double LeastLoad = 1;

    private readonly double exponent = Math.Log(table.HalfLoad / table.FullLoad) / Math.Log(table.FullLoadPercent / table.HalfLoadPercent);
    private double spent;
    private bool wasLow;
    private TimeSpan? last;

    /// <summary>What is left of the table's capacity: 1 as new.</summary>
    public double Health { get; private set; } = 1;

    /// <summary>Whether a real discharge or a test has confirmed or changed it.</summary>
    public bool IsMeasured { get; private set; }

    /// <summary>Charge in per cent.</summary>
    public double ChargePercent => Math.Clamp(100 * (1 - (spent / Capacity)), 0, 100);

    // Seconds at 100 % load.
    private double Capacity => table.FullLoad.TotalSeconds * Math.Pow(table.FullLoadPercent / 100, exponent) * Health;

    /// <summary>What is left at this load.</summary>
    public TimeSpan Runtime(double loadPercent) => TimeSpan.FromSeconds(Math.Min(604_800, Math.Max(0, Capacity - spent) / Rate(loadPercent)));

    /// <summary>A reading: how the unit stood since the last one is taken from this one.</summary>
    /// <param name="onBattery">In an outage or in a test.</param>
    /// <param name="low">The unit says that the battery is low, or failed its test.</param>
    public void Read(TimeSpan now, bool onBattery, bool low, double loadPercent)
    {
        var time = last is { } before && now > before ? now - before : TimeSpan.Zero;
        last = now;
        if (onBattery)
        {
            var used = time.TotalSeconds * Rate(loadPercent);
            spent += used;
            Learn(low, loadPercent);
        }
        else
        {
            spent = Math.Max(0, Math.Min(spent, Capacity) - (time / table.ChargeTime * Capacity));
            wasLow = false;
        }
    }

    private void Learn(bool low, double loadPercent)
    {
        var full = Capacity / Health;
        if (low && !wasLow)
        {
            // All that came out, and what is still in when a unit says low.
            wasLow = true;
            IsMeasured = true;
            var reserve = (table.Reserve ?? TimeSpan.FromMinutes(2)).TotalSeconds * Rate(loadPercent);
            Health = Math.Clamp((spent + reserve) / full, LeastHealth, MostHealth);
        }
        else if (!low && spent > Capacity)
        {
            // It lasts longer than we thought.
            IsMeasured = true;
            Health = Math.Clamp(spent / full, LeastHealth, MostHealth);
        }
    }

    private double Rate(double loadPercent) => Math.Pow(Math.Max(LeastLoad, loadPercent) / 100, exponent);
}
