using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Climate;

namespace RoomGuard.Bridge.Sensors;

/// <summary>From what a device wrote to a value in the quantity's unit, or to why there is none. Pure: nothing becomes zero because it could not be read.</summary>
public static class SensorReadings
{
    private const double MostMilliseconds = 253_402_300_799_000;

    private static readonly ImmutableArray<string> Yes = ["true", "on", "1", "yes"];
    private static readonly ImmutableArray<string> No = ["false", "off", "0", "no"];
    private static readonly ImmutableArray<string> Nothing = ["unavailable", "unknown", "nan", "null", "none", "n/a", "inf", "-inf", "infinity", "-infinity"];

    /// <summary>One value. Null: the message does not tell it.</summary>
    /// <param name="unit">Where the message says in what it counts.</param>
    public static SensorValue? Value(SensorRow row, SensorCell cell, SensorCell unit)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!cell.There || (row.Skip is { } skip && Holds(skip, cell.Word)))
        {
            return null;
        }

        if (cell.Several)
        {
            return new(row.Quantity, null, "several places fit; name one under the sensor's values");
        }

        return SensorUnits.IsSign(row.Quantity) ? Sign(row, cell) : Number(row, cell, unit);
    }

    /// <summary>Yes, no, or null: neither was said.</summary>
    public static bool? Sign(SensorCell cell, ImmutableArray<string>? on, ImmutableArray<string>? off) =>
        !cell.There ? null : Holds(on ?? Yes, cell.Word) ? true : Holds(off ?? No, cell.Word) ? false : null;

    /// <summary>0 to 100; null: not said, or no number.</summary>
    public static double? Share(SensorShare share, SensorCell cell, SensorCell unless)
    {
        ArgumentNullException.ThrowIfNull(share);
        return cell.Number is not { } number || !double.IsFinite(number) || (share.Unless is { } word && unless.There && unless.Word.Equals(word, StringComparison.OrdinalIgnoreCase))
            ? null
            : Math.Clamp((number - share.From) / (share.To - share.From) * 100, 0, 100);
    }

    /// <summary>A time as devices write it: ISO 8601, or seconds or milliseconds since 1970. Null: none, or one without a zone where none is known.</summary>
    /// <param name="zone">Of times without one; null: those are of no use.</param>
    public static DateTimeOffset? Time(SensorCell cell, TimeZoneInfo? zone)
    {
        if (cell.Number is { } number)
        {
            // Ten digits are seconds until the year 2286, thirteen are milliseconds.
            var milliseconds = Math.Abs(number) < 1e11 ? number * 1000 : number;
            return Math.Abs(milliseconds) < MostMilliseconds && milliseconds > 0 ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;
        }

        if (DateTime.TryParseExact(
            cell.Word, ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return zone is null || local.Year is < 1900 or > 9000 ? null : new DateTimeOffset(local, zone.GetUtcOffset(local));
        }

        return cell.Word.Length >= 19 && DateTimeOffset.TryParse(cell.Word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stamped) ? stamped.ToUniversalTime() : null;
    }

    /// <summary>Whether a list holds a word, in whatever case.</summary>
    public static bool Holds(ImmutableArray<string> words, string word) => words.Any(known => known.Equals(word, StringComparison.OrdinalIgnoreCase));

    private static SensorValue Sign(SensorRow row, SensorCell cell)
    {
        if (row.OnAbove is { } limit)
        {
            return cell.Number is { } number ? new(row.Quantity, number > limit ? 1 : 0) : Refused(row, cell, "a number");
        }

        return Sign(cell, row.On, row.Off) is { } so ? new(row.Quantity, so ? 1 : 0) : Refused(row, cell, "yes or no");
    }

    private static SensorValue Number(SensorRow row, SensorCell cell, SensorCell unit)
    {
        var counted = row.Unit;
        if (unit.There && (!SensorUnits.TryRead(unit.Word, out counted) || !SensorUnits.Fits(row.Quantity, counted)))
        {
            return new(row.Quantity, null, $"counted in \"{unit.Word}\"");
        }

        if (cell.Number is not { } number)
        {
            // Some write the unit behind the number; then it is that unit, whatever was expected.
            if (!cell.TryReadWithUnit(out number, out counted) || !SensorUnits.Fits(row.Quantity, counted))
            {
                return Refused(row, cell, "a number");
            }
        }
        else if (cell.Word is "true" or "false")
        {
            return Refused(row, cell, "a number");
        }

        if (row.Absent is { } absent && absent.Contains(number))
        {
            return new(row.Quantity, null, string.Create(CultureInfo.InvariantCulture, $"the device's sign for failed ({number})"));
        }

        var value = SensorUnits.ToOwn((number * row.Scale) + row.Offset, counted);
        return double.IsFinite(value) ? new(row.Quantity, value) : Refused(row, cell, "a number");
    }

    private static SensorValue Refused(SensorRow row, SensorCell cell, string wanted) =>
        new(row.Quantity, null, cell.Word.Length == 0 ? "empty" : Holds(Nothing, cell.Word) ? $"the device says {Printable(cell.Word)}" : $"\"{Printable(cell.Word)}\" is not {wanted}");

    private static string Printable(string word) => string.Concat(word.Select(letter => char.IsControl(letter) ? '?' : letter));
}
