using System.Collections.Immutable;
using System.Globalization;

namespace RoomGuard.Core.Zones;

/// <summary>平面図 as data: what the live plan draws. Its unit is free; everything is drawn in proportion to <paramref name="Width"/>.</summary>
/// <param name="Id">E.g. <c>F3</c>.</param>
public sealed record FloorPlan(string Id, string Label, string LabelEn, int Width, int Height, ImmutableArray<FloorArea> Areas, ImmutableArray<FloorDoor> Doors)
{
    private const int Smallest = 10;
    private const int Largest = 100_000;

    /// <summary>What is wrong with it, one line each.</summary>
    /// <param name="place">Where it stands in the settings.</param>
    public IEnumerable<string> Problems(string place, IReadOnlyCollection<string> zones, IReadOnlyCollection<string> doors)
    {
        ArgumentNullException.ThrowIfNull(zones);
        ArgumentNullException.ThrowIfNull(doors);
        if (Width is < Smallest or > Largest || Height is < Smallest or > Largest)
        {
            yield return $"{place}: {Width} by {Height} is outside {Smallest} to {Largest}.";
        }

        foreach (var (at, area) in Areas.Index())
        {
            if (area.Zone is { } zone && !zones.Contains(zone))
            {
                yield return $"{place}.areas.{at}.zone: \"{zone}\" is no zone of this file.";
            }

            if (!area.IsOutline)
            {
                yield return $"{place}.areas.{at}.outline: \"{area.Outline}\" is no outline. Write at least three corners, e.g. \"0,0 400,0 400,300 0,300\".";
            }
        }

        foreach (var (at, door) in Doors.Index().Where(item => !doors.Contains(item.Item.Door)))
        {
            yield return $"{place}.doors.{at}.door: \"{door.Door}\" is no door of this file.";
        }
    }
}

/// <summary>An area of a plan.</summary>
/// <param name="Outline">Its corners, <c>x,y x,y x,y</c>, clockwise or not.</param>
/// <param name="Zone">管理区域; null: a room that is none, drawn for orientation.</param>
/// <param name="Label">Name of a room that is no zone; a zone has its own.</param>
public sealed record FloorArea(string Outline, string? Zone = null, string? Label = null, string? LabelEn = null)
{
    /// <summary>The corners; empty where the outline is none.</summary>
    public ImmutableArray<(int X, int Y)> Corners()
    {
        var corners = ImmutableArray.CreateBuilder<(int, int)>();
        foreach (var corner in (Outline ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (corner.Split(',') is not [var x, var y]
                || !int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var across)
                || !int.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out var down))
            {
                return [];
            }

            corners.Add((across, down));
        }

        return corners.DrainToImmutable();
    }

    /// <summary>Whether there are three corners at least.</summary>
    public bool IsOutline => Corners().Length >= 3;
}

/// <summary>A door of a plan.</summary>
/// <param name="X">Its middle.</param>
/// <param name="Y">Its middle.</param>
/// <param name="Upright">Whether it stands in a wall that runs up and down.</param>
public sealed record FloorDoor(string Door, int X, int Y, bool Upright = false);
