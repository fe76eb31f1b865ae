using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Power;

/// <summary>What the page 蓄電池の推移 shows.</summary>
/// <param name="Card">The unit now; null: no bridge tells of it any more.</param>
/// <param name="Trend">As fine as a wide chart; the script asks again with its own width.</param>
public sealed record UnitTrendModel(string Ups, UnitCard? Card, UnitTrend Trend, TrendRange Range);

/// <summary>蓄電池の推移: how a UPS went over an hour, a day, a week, a month, a year (R-PWR-01, R-PWR-07).</summary>
internal static class TrendRoutes
{
    /// <summary>Charts are not asked for narrower or wider ones.</summary>
    internal const int Narrowest = 100;

    internal const int Widest = 4000;
    private const int UsualWidth = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/power/units/{id}", PageGuard.Get(Show));
        routes.MapGet("/power/units/{id}/readings", PageGuard.Get(Readings));
    }

    private static async Task<IResult> Show(PageRequest request)
    {
        var ups = request.Route("id");
        if (RangeOf(request) is not { Range: { } range })
        {
            return request.Show<MessagePage>(new MessageModel(TrendText.WrongTitle, TrendText.WrongRange, null), StatusCodes.Status400BadRequest);
        }

        var card = (await request.Port<IPowerBoard>().Now(request.Gone).ConfigureAwait(false)).Unit(ups);
        var trend = await request.Port<IUnitTrends>().Trend(ups, range.From, range.Until, UsualWidth, request.Gone).ConfigureAwait(false);
        return card is null && !trend.Ever
            ? request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound)
            : request.Show<UnitTrendPage>(new UnitTrendModel(ups, card, trend, range));
    }

    private static async Task<IResult> Readings(PageRequest request)
    {
        var asked = request.Field("width");
        if (RangeOf(request) is not { Range: { } range } || !int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var width) || width is < Narrowest or > Widest)
        {
            return WrongQuestion();
        }

        var trend = await request.Port<IUnitTrends>().Trend(request.Route("id"), range.From, range.Until, width, request.Gone).ConfigureAwait(false);
        return TypedResults.Bytes(JsonSerializer.SerializeToUtf8Bytes(TrendAnswer.Of(trend), TrendJson.Default.TrendAnswer), "application/json");
    }

    /// <summary>To a question no chart of ours asks.</summary>
    internal static IResult WrongQuestion() => TypedResults.Text(
        $"Ask with period (hour, day, week, month or year), to (e.g. 2026-11-21T14:00:00, or nothing for now) and width ({Narrowest} to {Widest} pixels).\n",
        statusCode: StatusCodes.Status400BadRequest);

    private static (TrendRange? Range, string? Wrong) RangeOf(PageRequest request) => TrendRange.Read(request.Field("period"), request.Field("to"), request.Ink, request.Now);
}
