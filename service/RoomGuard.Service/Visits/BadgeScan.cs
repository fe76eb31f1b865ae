using System.Globalization;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Visits;

/// <summary>
/// Which badge a clerk means: its printed number, or what a desk reader types for its card. Desk readers that play a keyboard send the facility and the number
/// (<c>123,04567</c>), or both as one decimal number; some send the number alone.
/// </summary>
internal static class BadgeScan
{
    /// <summary>The badge; null: none of the series.</summary>
    public static VisitorBadge? Find(Statements db, SiteKeys keys, string? text) =>
        BadgeNoText.Read(text) is { } no ? VisitsView.Badge(db, null, no, null)
        : Digests(keys, VisitWords.Fold(text)).Select(digest => VisitsView.Badge(db, null, null, digest)).FirstOrDefault(badge => badge is not null);

    private static IEnumerable<CardDigest> Digests(SiteKeys keys, string text)
    {
        var parts = text.Split([',', ':', '-', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (1 or 2) || !parts.All(part => part.Length is >= 1 and <= 12 && part.All(char.IsAsciiDigit)))
        {
            yield break;
        }

        var numbers = parts.Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        foreach (var choice in PrintedCard.Choices)
        {
            if (numbers.Length == 2 && choice.MaxFacility is { } mostFacility && numbers[0] <= mostFacility && numbers[1] <= choice.MaxNumber)
            {
                yield return keys.Cards.Of(PrintedCard.Canonical(choice.Name, numbers[0], numbers[1]));
            }
            else if (numbers.Length == 1 && choice.MaxFacility is null && numbers[0] <= choice.MaxNumber)
            {
                yield return keys.Cards.Of(PrintedCard.Canonical(choice.Name, null, numbers[0]));
            }
            else if (numbers.Length == 1 && choice.Name == "H10301" && numbers[0] <= 0xFF_FFFF)
            {
                yield return keys.Cards.Of(PrintedCard.Canonical(choice.Name, numbers[0] >> 16, numbers[0] & 0xFFFF));
            }
        }
    }
}
