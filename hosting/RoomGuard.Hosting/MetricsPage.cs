using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace RoomGuard.Hosting;

/// <summary>
/// Writes collected measurements as text: OpenMetrics 1.0, or the older Prometheus format 0.0.4 for whoever does not ask for the newer.
/// Ours because no exporter package can be had from the package source (docs/adr/0006).
/// </summary>
public sealed class MetricsPage : IDisposable
{
    /// <summary>Content type of OpenMetrics 1.0.0.</summary>
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>Content type of the Prometheus text format.</summary>
    public const string TextType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock gate = new();
    private readonly PullExporter exporter = new();

    /// <summary>A page not yet bound to a provider; give <see cref="Reader"/> to one.</summary>
    public MetricsPage() => Reader = new BaseExportingMetricReader(exporter);

    /// <summary>The reader to hand to a meter provider.</summary>
    public MetricReader Reader { get; }

    /// <summary>Whether a client's Accept header asks for OpenMetrics.</summary>
    public static bool WantsOpenMetrics(string accept) => accept.Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase);

    /// <summary>Collects now and writes the page. One at a time: a collection is not re-entrant.</summary>
    public string Write(bool openMetrics)
    {
        lock (gate)
        {
            exporter.Begin(openMetrics);
            exporter.Collect?.Invoke(Timeout.Infinite);
            return exporter.End();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Reader.Dispose();
        exporter.Dispose();
    }

    [ExportModes(ExportModes.Pull)]
    private sealed class PullExporter : BaseExporter<Metric>, IPullMetricExporter
    {
        private readonly StringBuilder text = new();
        private bool open;

        public Func<int, bool>? Collect { get; set; }

        public void Begin(bool openMetrics)
        {
            open = openMetrics;
            text.Clear();
        }

        public string End() => text.Append(open ? "# EOF\n" : string.Empty).ToString();

        public override ExportResult Export(in Batch<Metric> batch)
        {
            var families = new SortedDictionary<string, Metric>(StringComparer.Ordinal);
            foreach (var metric in batch)
            {
                families[MetricNames.Family(metric.Name, metric.Unit)] = metric;
            }

            foreach (var (family, metric) in families)
            {
                MetricWriter.Write(text, family, metric, open);
            }

            return ExportResult.Success;
        }
    }
}

/// <summary>Names by the rules of OpenMetrics: words joined by underscores, the base unit last.</summary>
internal static class MetricNames
{
    internal static string Family(string name, string? unit)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':' ? c : '_'));
        var suffix = Unit(unit);
        return suffix.Length == 0 || plain.EndsWith("_" + suffix, StringComparison.Ordinal) ? plain : $"{plain}_{suffix}";
    }

    internal static string Unit(string? unit) => unit switch
    {
        null or "" or "1" => string.Empty,
        "s" => "seconds",
        "By" => "bytes",
        "Cel" => "celsius",
        "V" => "volts",
        "%" => "percent",
        _ when unit.StartsWith('{') => string.Empty,
        _ => string.Concat(unit.Where(char.IsAsciiLetterOrDigit)),
    };
}

/// <summary>One metric family as text.</summary>
internal static class MetricWriter
{
    internal static void Write(StringBuilder text, string family, Metric metric, bool open)
    {
        var counter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var declared = counter && open && family.EndsWith("_total", StringComparison.Ordinal) ? family[..^6] : family;
        var sample = counter && !family.EndsWith("_total", StringComparison.Ordinal) ? family + "_total" : family;
        declared = counter && !open ? sample : declared;
        text.Append("# HELP ").Append(declared).Append(' ').Append(Escape(metric.Description ?? string.Empty, quotes: open)).Append('\n');
        text.Append("# TYPE ").Append(declared).Append(' ').Append(Kind(metric.MetricType)).Append('\n');
        if (open && MetricNames.Unit(metric.Unit) is { Length: > 0 } unit)
        {
            text.Append("# UNIT ").Append(declared).Append(' ').Append(unit).Append('\n');
        }

        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (metric.MetricType == MetricType.Histogram)
            {
                Histogram(text, declared, point, open);
            }
            else
            {
                Line(text, sample, Labels(point), Value(point, metric.MetricType)).Append('\n');
            }
        }
    }

    private static void Histogram(StringBuilder text, string family, in MetricPoint point, bool open)
    {
        var labels = Labels(point);
        var exemplars = open && point.TryGetExemplars(out var found) ? found : default;
        long count = 0;
        var before = double.NegativeInfinity;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : Number(bucket.ExplicitBound);
            Line(text, family + "_bucket", labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"", count.ToString(CultureInfo.InvariantCulture));
            if (open)
            {
                Exemplar(text, exemplars, before, bucket.ExplicitBound);
            }

            text.Append('\n');
            before = bucket.ExplicitBound;
        }

        Line(text, family + "_sum", labels, Number(point.GetHistogramSum())).Append('\n');
        Line(text, family + "_count", labels, point.GetHistogramCount().ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static void Exemplar(StringBuilder text, in ReadOnlyExemplarCollection exemplars, double above, double until)
    {
        foreach (ref readonly var one in exemplars)
        {
            if (one.DoubleValue > above && one.DoubleValue <= until && one.TraceId != default)
            {
                var at = one.Timestamp.ToUnixTimeMilliseconds() / 1000.0;
                text.Append(" # {trace_id=\"").Append(one.TraceId.ToHexString()).Append("\",span_id=\"").Append(one.SpanId.ToHexString())
                    .Append("\"} ").Append(Number(one.DoubleValue)).Append(' ').Append(Number(at));
                return;
            }
        }
    }

    private static StringBuilder Line(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        return text.Append(' ').Append(value);
    }

    private static string Labels(in MetricPoint point)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in point.Tags)
        {
            labels[MetricNames.Family(tag.Key, null)] = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? string.Empty;
        }

        return string.Join(',', labels.Select(label => $"{label.Key}=\"{Escape(label.Value, quotes: true)}\""));
    }

    private static string Kind(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Value(in MetricPoint point, MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong().ToString(CultureInfo.InvariantCulture),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
        MetricType.LongGauge => point.GetGaugeLastValueLong().ToString(CultureInfo.InvariantCulture),
        MetricType.DoubleGauge => Number(point.GetGaugeLastValueDouble()),
        _ => "NaN",
    };

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string value, bool quotes)
    {
        var text = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }
}
