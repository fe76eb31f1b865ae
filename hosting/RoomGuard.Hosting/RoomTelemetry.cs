using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace RoomGuard.Hosting;

/// <summary>
/// Measurements of a program: every meter and activity source whose name begins with <c>RoomGuard.</c>. Read at <c>/metrics</c>, and sent by
/// OTLP where the settings say so. Only our own instruments are shown, so that each line has a meaning, a unit and a help text of ours.
/// </summary>
public sealed class RoomTelemetry : IDisposable
{
    private readonly MeterProvider meters;
    private readonly TracerProvider? traces;
    private readonly MetricsPage page;
    private readonly Meter process = new("RoomGuard.Process");

    /// <summary>Starts measuring at once: instruments that record before the provider stands would be lost.</summary>
    public RoomTelemetry(string program, string version, TelemetrySettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        var resource = ResourceBuilder.CreateEmpty().AddService(program, serviceVersion: version);
        page = new MetricsPage();
        var building = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("RoomGuard.*")
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddReader(page.Reader);
        if (settings.OtlpEndpoint is { } endpoint)
        {
            building = building.AddOtlpExporter(otlp => otlp.Endpoint = new Uri(endpoint));
            traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("RoomGuard.*")
                .AddOtlpExporter(otlp => otlp.Endpoint = new Uri(endpoint))
                .Build();
        }

        meters = building.Build();
        Describe(program, version, time);
    }

    /// <summary>The page behind <c>/metrics</c>.</summary>
    public MetricsPage Page => page;

    /// <inheritdoc/>
    public void Dispose()
    {
        meters.Dispose();
        traces?.Dispose();
        process.Dispose();
        page.Dispose();
    }

    private void Describe(string program, string version, TimeProvider time)
    {
        var started = time.GetTimestamp();
        process.CreateObservableGauge(
            "roomguard_build_info",
            () => new Measurement<int>(1, new("program", program), new("version", version)),
            description: "Always 1; its labels name the program and its version.");
        process.CreateObservableGauge(
            "roomguard_uptime",
            () => time.GetElapsedTime(started).TotalSeconds,
            "s",
            "Time since the program started, in seconds.");
        process.CreateObservableGauge(
            "roomguard_resident_memory",
            () => Environment.WorkingSet,
            "By",
            "Memory of the process that is resident, in bytes.");
        process.CreateObservableCounter(
            "roomguard_cpu",
            () => Environment.CpuUsage.TotalTime.TotalSeconds,
            "s",
            "Processor time used, user and system together, in seconds.");
        process.CreateObservableCounter(
            "roomguard_gc_collections",
            () => Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation =>
                new Measurement<long>(GC.CollectionCount(generation), new KeyValuePair<string, object?>("generation", generation))),
            description: "Garbage collections, by generation.");
    }
}

/// <summary>Where the parts of a program are woven into its host.</summary>
public static class WatchPages
{
    /// <summary>Adds telemetry as a single instance, made now.</summary>
    public static RoomTelemetry AddRoomTelemetry(this IServiceCollection services, string program, string version, TelemetrySettings settings, TimeProvider time)
    {
        var telemetry = new RoomTelemetry(program, version, settings, time);
        services.AddSingleton(telemetry);
        return telemetry;
    }

    /// <summary>Maps <c>/metrics</c>, <c>/health/live</c> and <c>/health/ready</c> on the watch port alone (architecture.md section 10).</summary>
    public static void MapWatchPages(this IEndpointRouteBuilder app, int watchPort)
    {
        app.MapHealthPages(watchPort);
        app.MapGet("/metrics", async (HttpContext http, RoomTelemetry telemetry) =>
        {
            var open = MetricsPage.WantsOpenMetrics(http.Request.Headers.Accept.ToString());
            http.Response.ContentType = open ? MetricsPage.OpenMetricsType : MetricsPage.TextType;
            await http.Response.WriteAsync(telemetry.Page.Write(open), http.RequestAborted);
        }).RequireHost($"*:{watchPort}");
    }

    /// <summary>The program's version as its assembly says.</summary>
    public static string VersionOf(Type program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return FileVersionInfo.GetVersionInfo(program.Assembly.Location).ProductVersion?.Split('+')[0] ?? "0";
    }
}
