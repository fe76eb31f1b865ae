using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Sheets;

/// <summary>How a style shows a number: as it is, with zeros before it, or as a day or a time of day. A workbook keeps all of them as numbers (ECMA-376 §18.8.30).</summary>
/// <param name="Digits">At least so many digits; 0: as many as there are.</param>
internal readonly record struct XlsxFormat(bool HasDay, bool HasTime, int Digits)
{
    private const int MostStyles = 100_000;
    private const int LongestCode = 1_000;
    private const double LastDay = 2_958_466;
    private const int DaysTo1904 = 1_462;

    // Excel takes 1900 for a leap year: its day 60 never was, and the days before it are one off.
    private const int NoDay = 60;
    private static readonly DateTime DayZero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    public bool IsMoment => HasDay || HasTime;

    /// <summary>Reads the styles in the order cells name them.</summary>
    /// <param name="path">Null: the workbook has none.</param>
    public static ImmutableArray<XlsxFormat> Of(XlsxPackage package, string? path)
    {
        if (path is null || package.Part(path) is not { } part)
        {
            return [];
        }

        using (part)
        {
            var (codes, styles, inCells) = (new Dictionary<int, XlsxFormat>(), ImmutableArray.CreateBuilder<XlsxFormat>(), false);
            part.Root("styleSheet");
            while (part.Read())
            {
                if (part.At("numFmt", 2) && int.TryParse(part.Short("numFmtId", 10), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && part.Short("formatCode", LongestCode) is { } code)
                {
                    codes[id] = Of(code);
                }
                else if (part.At("cellXfs", 1))
                {
                    inCells = !part.Xml.IsEmptyElement;
                }
                else if (part.Left(1))
                {
                    inCells = false;
                }
                else if (inCells && part.At("xf", 2))
                {
                    var number = int.TryParse(part.Short("numFmtId", 10), NumberStyles.None, CultureInfo.InvariantCulture, out var named) ? named : 0;
                    styles.Add(codes.TryGetValue(number, out var own) ? own : BuiltIn(number));
                }

                if (styles.Count > MostStyles || codes.Count > MostStyles)
                {
                    throw XlsxRefusal.Whole(FieldFault.WorkbookBroken);
                }
            }

            return styles.DrainToImmutable();
        }
    }

    /// <summary>Reads a format's code: its first section, without what stands in quotes, brackets or after a sign that takes the next one as it is.</summary>
    internal static XlsxFormat Of(string code)
    {
        var (day, time, zeros, other) = (false, false, 0, false);
        code = code.Replace("General", "", StringComparison.OrdinalIgnoreCase);
        for (var at = 0; at < code.Length; at++)
        {
            var sign = char.ToLowerInvariant(code[at]);
            switch (sign)
            {
                case ';':
                    at = code.Length;
                    break;
                case '"':
                    at = code.IndexOf('"', at + 1) is >= 0 and var close ? close : code.Length;
                    break;
                case '[':
                    var end = code.IndexOf(']', at + 1) is >= 0 and var found ? found : code.Length;
                    time |= code.AsSpan(at + 1, end - at - 1) is { Length: > 0 } inside && inside.TrimStart("hmsHMS").IsEmpty;
                    at = end;
                    break;
                case '\\' or '!' or '_' or '*':
                    at++;
                    other = true;
                    break;
                case 'e' when at + 1 < code.Length && code[at + 1] is '+' or '-':
                    other = true;
                    at++;
                    break;

                // Years, also of an era (g, e), and days; a month alone is told from a minute by what is beside it, and counts with either.
                case 'y' or 'd' or 'g' or 'e':
                    day = true;
                    break;
                case 'h' or 's':
                    time = true;
                    break;
                case 'm':
                    other = true;
                    day |= !time && !code.AsSpan(at).ContainsAny("hsHS");
                    break;
                case '0':
                    zeros++;
                    break;
                default:
                    other = true;
                    break;
            }
        }

        return new(day, time, other || day || time || zeros < 2 ? 0 : zeros);
    }

    /// <summary>A moment as our own lists write it; null: the calendar of Excel has none for this number.</summary>
    public string? Moment(double number, bool from1904)
    {
        if (number < 0 || number >= LastDay)
        {
            return null;
        }

        if (!HasDay)
        {
            var whole = (long)Math.Round(number * 86_400);
            return string.Create(CultureInfo.InvariantCulture, $"{whole / 3_600}:{whole / 60 % 60:00}:{whole % 60:00}");
        }

        var days = number + (from1904 ? DaysTo1904 : 0);
        if (days >= LastDay || (!from1904 && (days < 1 || Math.Floor(days) == NoDay)))
        {
            return null;
        }

        var moment = DayZero.AddDays(Math.Floor(days) + (!from1904 && days < NoDay ? 1 : 0));
        return Written(HasTime ? moment.AddSeconds(Math.Round((days - Math.Floor(days)) * 86_400)) : moment);
    }

    /// <summary>A day, with its time where it is not midnight.</summary>
    public static string Written(DateTime moment) => moment.ToString(moment.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A number in all its digits, as people see it: Excel shows fifteen.</summary>
    public string Number(double number) => number == Math.Floor(number)
        ? ((long)number).ToString(Digits > 0 ? $"D{Digits}" : "D", CultureInfo.InvariantCulture)
        : new decimal(number).ToString("0.############################", CultureInfo.InvariantCulture);

    private static XlsxFormat BuiltIn(int id) => id switch
    {
        22 => new(true, true, 0),
        (>= 14 and <= 17) or (>= 27 and <= 31) or (>= 34 and <= 36) or (>= 50 and <= 58) => new(true, false, 0),
        (>= 18 and <= 21) or 32 or 33 or (>= 45 and <= 47) => new(false, true, 0),
        _ => default,
    };
}
