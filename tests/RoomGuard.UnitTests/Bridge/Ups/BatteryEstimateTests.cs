using RoomGuard.Bridge.Ups;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Ups;

/// <summary>推定: runtime by load, time and what discharges have taught.</summary>
public class BatteryEstimateTests
{
    private static readonly BatteryTable Table = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(14), TimeSpan.FromHours(4), Reserve: TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData(100, 300)]
    [InlineData(50, 840)]
    public void A_full_battery_lasts_as_its_table_says(double load, double seconds) =>
        Assert.Equal(seconds, new BatteryEstimate(Table).Runtime(load).TotalSeconds, 1.0);

    [Fact]
    public void It_falls_by_load_and_rises_on_mains()
    {
        var battery = new BatteryEstimate(Table);
        battery.Read(TimeSpan.Zero, onBattery: true, low: false, 50);
        battery.Read(TimeSpan.FromSeconds(420), onBattery: true, low: false, 50);
        Assert.Equal(50, battery.ChargePercent, 0.5);
        Assert.Equal(420, battery.Runtime(50).TotalSeconds, 2.0);

        battery.Read(TimeSpan.FromSeconds(420) + TimeSpan.FromHours(1), onBattery: false, low: false, 50);
        Assert.Equal(75, battery.ChargePercent, 0.5);
        battery.Read(TimeSpan.FromHours(9), onBattery: false, low: false, 50);
        Assert.Equal(100, battery.ChargePercent);
        Assert.False(battery.IsMeasured);
    }

    [Fact]
    public void A_discharge_that_ends_early_teaches_how_little_is_left()
    {
        // Low after 180 s at full load, a minute in reserve: 240 of 300 s.
        var battery = new BatteryEstimate(Table);
        Discharge(battery, seconds: 180, low: true);

        Assert.True(battery.IsMeasured);
        Assert.Equal(0.8, battery.Health, 0.01);
        Assert.Equal(60, battery.Runtime(100).TotalSeconds, 2.0);
        battery.Read(TimeSpan.FromHours(10), onBattery: false, low: false, 100);
        Assert.Equal(240, battery.Runtime(100).TotalSeconds, 2.0);
    }

    [Fact]
    public void One_that_outlasts_its_estimate_teaches_more_but_no_battery_is_twice_its_table()
    {
        var battery = new BatteryEstimate(Table);
        Discharge(battery, seconds: 330, low: false);
        Assert.Equal(1.1, battery.Health, 0.01);
        Discharge(battery, seconds: 4000, low: false);
        Assert.Equal(1.2, battery.Health, 0.01);
        Assert.Equal(TimeSpan.Zero, battery.Runtime(100));
    }

    [Fact]
    public void A_battery_that_is_low_at_once_is_all_but_worthless_and_never_less()
    {
        var battery = new BatteryEstimate(Table with { Reserve = TimeSpan.Zero });
        Discharge(battery, seconds: 1, low: true);

        Assert.Equal(0.05, battery.Health);
    }

    [Fact]
    public void A_table_that_is_none_is_named()
    {
        Assert.Empty(Table.Problems("battery"));
        Assert.Contains("half load lasts longer", string.Concat((Table with { HalfLoad = TimeSpan.FromMinutes(4) }).Problems("battery")), StringComparison.Ordinal);
        Assert.NotEmpty((Table with { HalfLoadPercent = 100 }).Problems("battery"));
        Assert.NotEmpty((Table with { ChargeTime = TimeSpan.Zero }).Problems("battery"));
    }

    private static void Discharge(BatteryEstimate battery, int seconds, bool low)
    {
        for (var second = 0; second <= seconds; second++)
        {
            battery.Read(TimeSpan.FromSeconds(second), onBattery: true, low && second == seconds, 100);
        }
    }
}
