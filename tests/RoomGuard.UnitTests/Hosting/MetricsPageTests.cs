using System.Diagnostics.Metrics;
using RoomGuard.Hosting;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Hosting;

public sealed class MetricsPageTests : IDisposable
{
    private readonly Meter meter = new($"RoomGuard.Test.{Guid.NewGuid():N}");
    private readonly RoomTelemetry telemetry = new("test", "1.2.3", new TelemetrySettings(), new VirtualTime(DateTimeOffset.UnixEpoch));

    [Fact]
    public void A_counter_is_written_in_both_forms()
    {
        meter.CreateCounter<long>("roomguard_test_entries", "{entry}", "Entries of \"the\" test.").Add(3, new KeyValuePair<string, object?>("result", "許可\\\n\""));

        Assert.Contains("# TYPE roomguard_test_entries counter\nroomguard_test_entries_total{result=\"許可\\\\\\n\\\"\"} 3\n", telemetry.Page.Write(openMetrics: true), StringComparison.Ordinal);
        Assert.Contains("# TYPE roomguard_test_entries_total counter\n", telemetry.Page.Write(openMetrics: false), StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_has_rising_buckets_a_sum_and_a_count()
    {
        var histogram = meter.CreateHistogram("roomguard_test_wait", "s", "Waiting.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        histogram.Record(0.05);
        histogram.Record(0.5);
        histogram.Record(5);

        var text = telemetry.Page.Write(openMetrics: true);

        Assert.Contains(
            "# UNIT roomguard_test_wait_seconds seconds\nroomguard_test_wait_seconds_bucket{le=\"0.1\"} 1\nroomguard_test_wait_seconds_bucket{le=\"1\"} 2\n" +
            "roomguard_test_wait_seconds_bucket{le=\"+Inf\"} 3\nroomguard_test_wait_seconds_sum 5.55\nroomguard_test_wait_seconds_count 3\n",
            text,
            StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_says_what_it_is() =>
        Assert.Contains("roomguard_build_info{program=\"test\",version=\"1.2.3\"} 1", telemetry.Page.Write(openMetrics: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("application/openmetrics-text; version=1.0.0", true)]
    [InlineData("text/plain", false)]
    [InlineData("", false)]
    public void OpenMetrics_is_given_to_whoever_asks(string accept, bool open) => Assert.Equal(open, MetricsPage.WantsOpenMetrics(accept));

    public void Dispose()
    {
        meter.Dispose();
        telemetry.Dispose();
    }
}
