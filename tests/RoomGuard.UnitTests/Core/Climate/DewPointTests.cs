using RoomGuard.Core.Climate;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Climate;

/// <summary>The table of environment.md section 2.1, and what has no dew point.</summary>
public class DewPointTests
{
    [Theory]
    [InlineData(20, 50, 9.26)]
    [InlineData(22, 45, 9.52)]
    [InlineData(25, 60, 16.70)]
    [InlineData(18, 30, 0.16)]
    [InlineData(27, 60, 18.58)]
    [InlineData(30, 80, 26.17)]
    [InlineData(35, 80, 31.03)]
    [InlineData(24, 8, -12.33)]
    [InlineData(24, 20, -0.35)]
    [InlineData(40, 85, 36.99)]
    [InlineData(5, 90, 3.50)]
    [InlineData(21, 100, 21.00)]
    [InlineData(0, 50, -9.20)]
    [InlineData(21, 103, 21.00)]
    [Requirement("R-ENV-02")]
    public void The_dew_point_is_the_table_s(double temperature, double humidity, double expected) =>
        Assert.Equal(expected, DewPoint.Of(temperature, humidity)!.Value, 0.006);

    [Theory]
    [InlineData(22, 0)]
    [InlineData(22, -1)]
    [InlineData(22, 106)]
    [InlineData(22, double.NaN)]
    [InlineData(double.NaN, 50)]
    [InlineData(-41, 50)]
    [InlineData(61, 50)]
    public void What_no_air_can_be_has_none(double temperature, double humidity) => Assert.Null(DewPoint.Of(temperature, humidity));

    [Fact]
    public void It_is_never_above_the_air()
    {
        for (var temperature = -40; temperature <= 60; temperature += 5)
        {
            for (var humidity = 1; humidity <= 105; humidity += 8)
            {
                Assert.True(DewPoint.Of(temperature, humidity) <= temperature, $"{temperature} °C, {humidity} %");
            }
        }
    }
}

/// <summary>Rates are slopes and spans over a time, never the difference of two readings.</summary>
public class ReadingWindowTests
{
    private static readonly DateTimeOffset At = new(2026, 8, 11, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(3);

    [Fact]
    [Requirement("R-ENV-09")]
    public void The_slope_is_that_of_the_line_through_the_noise()
    {
        var (window, noise) = (new ReadingWindow(), new Random(4));
        for (var second = 0; second <= 900; second += 30)
        {
            window.Add(At.AddSeconds(second), 22 + (12.0 * second / 3600) + (noise.NextDouble() * 0.2) - 0.1, Gap);
        }

        Assert.Equal(12, window.SlopePerHour(At.AddSeconds(900), TimeSpan.FromMinutes(15))!.Value, 1.0);
        Assert.Equal(3, window.Moved(At.AddSeconds(900), TimeSpan.FromMinutes(15))!.Value, 0.3);
        Assert.Equal((22.0, 25.0), window.Span(At.AddSeconds(900), TimeSpan.FromMinutes(15)) is { } span ? (Math.Round(span.Least), Math.Round(span.Most)) : default);
    }

    [Fact]
    public void Three_values_are_no_slope_and_a_gap_ends_what_was()
    {
        var window = new ReadingWindow();
        for (var minute = 0; minute < 3; minute++)
        {
            window.Add(At.AddMinutes(minute), 20 + minute, Gap);
        }

        Assert.Null(window.SlopePerHour(At.AddMinutes(3), TimeSpan.FromMinutes(15)));
        window.Add(At.AddMinutes(10), 30, Gap);
        Assert.Null(window.Moved(At.AddMinutes(10), TimeSpan.FromHours(1)));
        Assert.Null(window.MostBefore(At.AddMinutes(10), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_sensor_that_speaks_each_second_fills_no_memory_and_its_newest_value_always_stands()
    {
        var window = new ReadingWindow();
        for (var second = 0; second <= 4 * 3600; second++)
        {
            window.Add(At.AddSeconds(second), second, Gap);
        }

        var end = At.AddHours(4);
        Assert.Equal(4 * 3600, window.Span(end, TimeSpan.FromHours(1))!.Value.Most);
        Assert.Equal(3 * 3600, window.Span(end, TimeSpan.FromHours(1))!.Value.Least, 15.0);
        Assert.InRange(window.Count, 100, 800);
    }
}
