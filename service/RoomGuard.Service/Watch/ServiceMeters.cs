using System.Diagnostics.Metrics;

namespace RoomGuard.Service.Watch;

/// <summary>The service's own measurements, read at <c>/metrics</c>. No instrument is labelled with a person or a card.</summary>
public sealed class ServiceMeters : IDisposable
{
    // From what the disk needs for one flush to what a person notices; report lag reaches to the days a bridge may be alone.
    private static readonly InstrumentAdvice<double> Quick = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] };
    private static readonly InstrumentAdvice<double> Slow = new() { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30, 300, 3600, 86400, 259200] };
    private static readonly InstrumentAdvice<int> Counts = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] };

    private readonly Meter meter = new("RoomGuard.Service");
    private readonly Counter<long> entries;
    private readonly Histogram<int> groups;
    private readonly Histogram<double> commits;
    private readonly Histogram<double> questions;
    private readonly Histogram<double> lag;
    private readonly Counter<long> refusedReports;
    private readonly Counter<long> holes;
    private readonly Counter<long> refusedCertificates;
    private readonly Histogram<double> lists;
    private readonly Counter<long> failedLooks;

    /// <summary>Makes the instruments.</summary>
    public ServiceMeters()
    {
        entries = meter.CreateCounter<long>("roomguard_entries_recorded", description: "Entries made durable in the record.");
        groups = meter.CreateHistogram<int>("roomguard_record_group_size", description: "Entries that shared one commit.", advice: Counts);
        commits = meter.CreateHistogram<double>("roomguard_record_commit_duration", "s", "Time for one group of entries to become durable.", advice: Quick);
        questions = meter.CreateHistogram<double>("roomguard_register_query_duration", "s", "Time to answer one question to the register, by question.", advice: Quick);
        lag = meter.CreateHistogram<double>("roomguard_report_lag", "s", "From the event at the door to its entry in the record.", advice: Slow);
        refusedReports = meter.CreateCounter<long>("roomguard_reports_refused", description: "Reports of bridges that could not be read, by cause.");
        holes = meter.CreateCounter<long>("roomguard_report_holes", description: "Holes, broken chains and altered contents found in reports, by kind.");
        refusedCertificates = meter.CreateCounter<long>("roomguard_panel_certificates_refused", description: "Connections refused for their certificate, by cause.");
        lists = meter.CreateHistogram<double>("roomguard_list_publish_duration", "s", "Time to build, sign and store a grant list.", advice: Slow);
        failedLooks = meter.CreateCounter<long>("roomguard_watch_looks_failed", description: "Looks of a watch that failed and are looked again, by watch.");
    }

    /// <summary>A group became durable.</summary>
    public void GroupWritten(int count, TimeSpan took)
    {
        entries.Add(count);
        groups.Record(count);
        commits.Record(took.TotalSeconds);
    }

    /// <summary>A question was answered.</summary>
    public void Asked(string question, TimeSpan took) => questions.Record(took.TotalSeconds, new KeyValuePair<string, object?>("question", question));

    /// <summary>An entry of a bridge was recorded.</summary>
    public void Reported(TimeSpan after) => lag.Record(Math.Max(0, after.TotalSeconds));

    /// <summary>A report was refused.</summary>
    public void ReportRefused(string cause) => refusedReports.Add(1, new KeyValuePair<string, object?>("cause", cause));

    /// <summary>A hole was found.</summary>
    public void HoleFound(string kind) => holes.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>A connection was refused.</summary>
    public void CertificateRefused(string cause) => refusedCertificates.Add(1, new KeyValuePair<string, object?>("cause", cause));

    /// <summary>A list was published.</summary>
    public void ListPublished(TimeSpan took) => lists.Record(took.TotalSeconds);

    /// <summary>A watch could not look.</summary>
    public void LookFailed(string watch) => failedLooks.Add(1, new KeyValuePair<string, object?>("watch", watch));

    /// <summary>Values asked for when the page is read.</summary>
    public void Watch(Func<int> panelsUp, Func<int> panelsKnown, Func<int> unapplied, Func<long> recordSize, Func<int> waiting, Func<int> attention)
    {
        _ = meter.CreateObservableGauge("roomguard_panels_up", panelsUp, description: "Bridges heard within 30 seconds.");
        _ = meter.CreateObservableGauge("roomguard_panels_known", panelsKnown, description: "Bridges of the site.");
        _ = meter.CreateObservableGauge("roomguard_panels_unapplied", unapplied, description: "Bridges at which the newest list or an order is not in force.");
        _ = meter.CreateObservableGauge("roomguard_record_size", recordSize, description: "Entries in the record.");
        _ = meter.CreateObservableGauge("roomguard_record_waiting", waiting, description: "Appends waiting for the writer.");
        _ = meter.CreateObservableGauge("roomguard_attention_standing", attention, description: "Things that need a hand now.");
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}
