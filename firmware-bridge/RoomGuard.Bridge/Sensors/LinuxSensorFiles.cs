using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Climate;

namespace RoomGuard.Bridge.Sensors;

/// <summary>Files of the kernel to values. Pure.</summary>
public static class LinuxSensorText
{
    /// <summary>One value. Null: the device has no such file, so it does not tell it.</summary>
    /// <param name="read">What stands in a file of the device; null: there is none.</param>
    public static SensorValue? Value(SensorFilePoint point, Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(read);
        if (read(point.File) is not { } text)
        {
            return null;
        }

        if (point.FaultFile is { } fault && read(fault)?.Trim() == "1")
        {
            return new(point.Quantity, null, $"{fault} says that the sensor has failed");
        }

        if (Number(text) is not { } raw)
        {
            return new(point.Quantity, null, $"{point.File} holds no number");
        }

        var offset = point.OffsetFile is { } adds && read(adds) is { } added ? Number(added) : 0;
        var scale = point.ScaleFile is { } times && read(times) is { } factor ? Number(factor) : 1;
        return SensorUnits.ToOwn((raw + offset) * scale * point.Scale ?? double.NaN, point.Unit) is var value && double.IsFinite(value)
            ? new(point.Quantity, value)
            : new(point.Quantity, null, $"{point.OffsetFile} or {point.ScaleFile} holds no number");
    }

    private static double? Number(string text) =>
        double.TryParse(text.AsSpan().Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

/// <summary>Reads the sensors of this machine, one after the other, and tells their reports. A file that cannot be read is a fault of its value, never of the reader.</summary>
public sealed class LinuxSensorFiles : BackgroundService
{
    /// <summary>Where Linux shows them.</summary>
    public const string UsualRoot = "/sys";

    private const int LongestText = 64;
    private const int MostFolders = 256;

    private readonly string root;
    private readonly ImmutableArray<(string Id, string Name, FileSensorModel Model)> sensors;
    private readonly Action<SensorReport> told;
    private readonly TimeProvider time;

    /// <summary>Makes the sensors of this machine ready.</summary>
    /// <param name="told">Where the reports go; called by one task.</param>
    public LinuxSensorFiles(SensorsSection section, Func<string, SensorModel> modelOf, Action<SensorReport> told, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(modelOf);
        root = section.FilesRoot ?? UsualRoot;
        this.told = told;
        this.time = time;
        sensors = [.. section.Enrolled.Select(sensor => (Sensor: sensor, Model: modelOf(sensor.Model))).Where(item => item.Model.Files is not null).Select(item => (item.Sensor.Id, item.Sensor.Key!, item.Model.Files!))];
    }

    /// <summary>Reads one sensor now.</summary>
    /// <param name="name">What stands in the file <c>name</c> of its folder.</param>
    public SensorReport Read(string id, string name, FileSensorModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var folder = Folder(model.Folder, name);
        var values = folder is null
            ? model.Points.Select(point => new SensorValue(point.Quantity, null, $"no device named {name} below {model.Folder}"))
            : model.Points.Select(point => LinuxSensorText.Value(point, file => Text(Path.Combine(folder, file)))).OfType<SensorValue>();
        return new(id, time.GetUtcNow(), [.. values]);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (sensors.IsEmpty)
        {
            return;
        }

        var due = sensors.ToDictionary(sensor => sensor.Id, _ => TimeSpan.Zero);
        var started = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = time.GetElapsedTime(started);
            foreach (var (id, name, model) in sensors.Where(sensor => due[sensor.Id] <= now))
            {
                due[id] = now + model.Every;
                told(Read(id, name, model));
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private string? Folder(string kind, string name)
    {
        try
        {
            return Directory.EnumerateDirectories(Path.Combine(root, kind)).Take(MostFolders).Order(StringComparer.Ordinal).FirstOrDefault(folder => Text(Path.Combine(folder, "name"))?.Trim() == name);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A driver that fails answers a read with an error; that is a file without a text.
    private static string? Text(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> bytes = stackalloc byte[LongestText];
            return System.Text.Encoding.ASCII.GetString(bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)]);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
