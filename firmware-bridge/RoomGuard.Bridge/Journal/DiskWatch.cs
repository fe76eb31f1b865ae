using System.Diagnostics.Metrics;
using RoomGuard.Bridge.Doors;
using RoomGuard.Hosting;

namespace RoomGuard.Bridge.Journal;

/// <summary>Looks at the disk of the data folder and warns before it is full (IEC 62443 CR 2.9).</summary>
public sealed class DiskWatch : BackgroundService, IHealthPart
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30);

    private readonly string folder;
    private readonly int warnAtPercent;
    private readonly TimeProvider time;
    private readonly ILogger<DiskWatch> log;
    private readonly Meter meter = new("RoomGuard.Bridge.Disk");
    private volatile bool warned;

    /// <summary>Watches from <see cref="BackgroundService.StartAsync"/> on.</summary>
    public DiskWatch(string folder, int warnAtPercent, TimeProvider time, ILogger<DiskWatch> log)
    {
        this.folder = folder;
        this.warnAtPercent = warnAtPercent;
        this.time = time;
        this.log = log;
        meter.CreateObservableGauge("roomguard_disk_free", () => Use(folder).Free, "By", "Free space for us on the disk of the data folder, in bytes.");
        meter.CreateObservableGauge("roomguard_disk_used", () => Use(folder).Percent, "%", "How full the disk of the data folder is, 0 to 100.");
    }

    /// <inheritdoc/>
    public string Name => "disk";

    /// <summary>How full a folder's disk is.</summary>
    public static (int Percent, long Free) Use(string folder)
    {
        var disk = new DriveInfo(folder);
        var free = disk.AvailableFreeSpace;
        return (disk.TotalSize == 0 ? 100 : (int)(100 - (100 * free / disk.TotalSize)), free);
    }

    /// <inheritdoc/>
    public HealthAnswer Now()
    {
        var (percent, free) = Use(folder);
        return new(true, $"{percent} % used, {free} bytes free{(percent >= warnAtPercent ? "; make space" : string.Empty)}");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, time);
        do
        {
            var (percent, free) = Use(folder);
            if (percent >= warnAtPercent && !warned)
            {
                log.DiskFilling(percent, free);
            }

            warned = percent >= warnAtPercent;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
