using System.Globalization;

namespace RoomGuard.Wire.Megatec;

/// <summary>Numbers as the lines write them: fixed point, dashes where the unit does not know.</summary>
internal static class MegatecFields
{
    private const int LongestField = 12;

    /// <summary>The fields behind the first letter; null when there are fewer or the letter is another.</summary>
    public static string[]? Of(string line, char first, int least)
    {
        if (line.Length == 0 || line[0] != first)
        {
            return null;
        }

        var fields = line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length >= least ? fields : null;
    }

    /// <summary>Reads a number.</summary>
    /// <param name="value">Null for dashes.</param>
    /// <returns>False when it is neither a number nor dashes.</returns>
    public static bool TryNumber(string field, out double? value)
    {
        value = null;
        if (field.Length is 0 or > LongestField)
        {
            return false;
        }

        if (!field.Any(char.IsAsciiDigit))
        {
            return field.All(letter => letter is '-' or '.');
        }

        var right = double.TryParse(field, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        value = right ? number : null;
        return right;
    }

    /// <summary>Reads as many numbers as there are fields asked for; null when one is none.</summary>
    public static double?[]? Numbers(ReadOnlySpan<string> fields)
    {
        var values = new double?[fields.Length];
        for (var index = 0; index < fields.Length; index++)
        {
            if (!TryNumber(fields[index], out values[index]))
            {
                return null;
            }
        }

        return values;
    }

    /// <summary>Reads zeros and ones, the first the highest bit.</summary>
    public static bool TryBits(string field, int least, out int bits)
    {
        bits = 0;
        if (field.Length < least || field.Length > 30)
        {
            return false;
        }

        foreach (var letter in field)
        {
            if (letter is not ('0' or '1'))
            {
                return false;
            }

            bits = (bits << 1) | (letter - '0');
        }

        return true;
    }

    public static string Text(double? value, string form) =>
        value is { } number ? number.ToString(form, CultureInfo.InvariantCulture) : string.Concat(form.Select(letter => letter == '0' ? '-' : letter));
}
