using System.Globalization;
using RoomGuard.Core.People;
using RoomGuard.Core.Visits;
using RoomGuard.Service.People;

namespace RoomGuard.Service.Visits;

/// <summary>来訪者証 of one series: a number and a colour on a card of its own (R-VIS-06).</summary>
public static class BadgeSeries
{
    /// <summary>The badge with this number on this card.</summary>
    public static VisitorBadge Make(CardDigester cards, BadgeColour colour, int number, string format, long? facility, long card)
    {
        ArgumentNullException.ThrowIfNull(cards);
        return new(
            new(string.Create(CultureInfo.InvariantCulture, $"B-{BadgeNoText.Letter(colour)}-{number:000}")),
            BadgeNoText.Of(colour, number),
            colour,
            cards.Of(PrintedCard.Canonical(format, facility, card)),
            BadgeState.InService);
    }
}
