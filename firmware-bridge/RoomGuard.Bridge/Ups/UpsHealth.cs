using System.Globalization;
using RoomGuard.Core.Power;
using RoomGuard.Hosting;

namespace RoomGuard.Bridge.Ups;

/// <summary>The units, for <c>/health/ready</c>. A unit that does not answer makes no bridge unready: doors must go on.</summary>
public sealed class UpsHealth(UpsBoard board, TimeProvider time) : IHealthPart
{
    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "power";

    /// <inheritdoc/>
    public HealthAnswer Now()
    {
        var now = time.GetUtcNow();
        var units = board.All;
        return new(true, units.IsEmpty ? "no UPS in the settings" : string.Join("; ", units.Select(unit => Words(unit, now))));
    }

    private static string Words(UpsNow unit, DateTimeOffset now) => unit.StateAt(now, Oldest) switch
    {
        UpsQuality.Good => string.Create(CultureInfo.InvariantCulture, $"{unit.Ups}: {unit.Last.Flags}, {Runtime(unit, now)}"),
        _ => $"{unit.Ups}: unknown, {unit.Last.Trouble ?? "no reading"}",
    };

    private static string Runtime(UpsNow unit, DateTimeOffset now) =>
        unit.RuntimeLeft(now) is { } left ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalMinutes:0} min left") : "runtime unknown";
}
