using System.Globalization;

namespace RoomGuard.Core.Visits;

/// <summary>来訪者証番号 as printed, and however it is typed or scanned. Pure.</summary>
public static class BadgeNoText
{
    private static readonly (BadgeColour Colour, string Ja, string Letter)[] Colours =
    [
        (BadgeColour.Red, "赤", "R"), (BadgeColour.Yellow, "黄", "Y"), (BadgeColour.Green, "緑", "G"), (BadgeColour.Blue, "青", "B"), (BadgeColour.White, "白", "W"),
    ];

    /// <summary>色 as printed.</summary>
    public static string Ja(BadgeColour colour) => Colours.First(one => one.Colour == colour).Ja;

    /// <summary>The letter that stands for a colour where no kanji can be typed.</summary>
    public static string Letter(BadgeColour colour) => Colours.First(one => one.Colour == colour).Letter;

    /// <summary>来訪者証番号 as printed: <c>赤-014</c>.</summary>
    public static string Of(BadgeColour colour, int number) => string.Create(CultureInfo.InvariantCulture, $"{Ja(colour)}-{number:000}");

    /// <summary>Reads a badge number: 赤-014, 赤14, R-014, r14, full width. Null: it is none.</summary>
    public static string? Read(string? typed)
    {
        var plain = VisitWords.Fold(typed).ToUpperInvariant();
        foreach (var (colour, ja, letter) in Colours)
        {
            foreach (var mark in new[] { ja, letter })
            {
                if (plain.StartsWith(mark, StringComparison.Ordinal)
                    && int.TryParse(plain[mark.Length..].TrimStart('-', 'ー', '‐', '−'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number is >= 1 and <= 999)
                {
                    return Of(colour, number);
                }
            }
        }

        return null;
    }
}
