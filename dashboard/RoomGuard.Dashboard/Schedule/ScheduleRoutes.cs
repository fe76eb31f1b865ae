using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Schedule;

/// <summary>本日の搬入出, 進み具合 and 期限カレンダー: put together from what every register gives to whoever asks.</summary>
internal static class ScheduleRoutes
{
    /// <summary>Most due dates of one register on one page.</summary>
    internal const int MostDue = 500;

    // So far back a missed day is still shown as overdue.
    private const int OverdueDays = 730;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/schedule", PageGuard.Get(Door));
        routes.MapGet("/schedule/board", PageGuard.Get(Board));
        routes.MapGet("/schedule/calendar", PageGuard.Get(Calendar));
    }

    private static IEnumerable<TPart> Parts<TPart>(PageRequest request) => request.Context.RequestServices.GetServices<TPart>();

    private static async Task<IResult> Door(PageRequest request)
    {
        var day = Dates.TryDay(request.Field("day"), out var asked) ? asked : request.Today;
        var found = ImmutableArray.CreateBuilder<DoorItem>();
        foreach (var part in Parts<IAtTheDoor>(request))
        {
            found.AddRange(await part.On(day, request.Actor, request.Now, request.Ink, request.Gone).ConfigureAwait(false));
        }

        return request.Show<DoorDayPage>(new DoorDayModel(day, [.. found.OrderBy(item => item.Done).ThenBy(item => item.At).ThenBy(item => item.Number, StringComparer.Ordinal)]));
    }

    private static async Task<IResult> Board(PageRequest request)
    {
        var kind = OpenKind.All.FirstOrDefault(one => one.Key == request.Field("kind"));
        var found = ImmutableArray.CreateBuilder<OpenCard>();
        foreach (var part in Parts<IOpenSteps>(request))
        {
            found.AddRange(await part.Open(request.Actor, request.Now, request.Ink, request.Gone).ConfigureAwait(false));
        }

        return request.Show<BoardPage>(new BoardModel(kind, [.. found.Where(card => kind is null || card.Kind == kind).OrderBy(card => card.Until ?? DateTimeOffset.MaxValue).ThenBy(card => card.Number, StringComparer.Ordinal)]));
    }

    private static async Task<IResult> Calendar(PageRequest request)
    {
        var today = request.Today;
        var month = Month(request.Field("month")) ?? new DateOnly(today.Year, today.Month, 1);
        var last = month.AddMonths(1).AddDays(-1);
        var (dates, overdue, cut) = (ImmutableArray.CreateBuilder<DueDate>(), ImmutableArray.CreateBuilder<DueDate>(), false);
        foreach (var part in Parts<IDueDates>(request))
        {
            var late = await part.Due(today.AddDays(-OverdueDays), today.AddDays(-1), MostDue, request.Actor, request.Ink, request.Gone).ConfigureAwait(false);
            var inMonth = await part.Due(month, last, MostDue, request.Actor, request.Ink, request.Gone).ConfigureAwait(false);
            overdue.AddRange(late.Where(date => date.MustBeDone));
            dates.AddRange(inMonth);
            cut |= late.Length == MostDue || inMonth.Length == MostDue;
        }

        return request.Show<CalendarPage>(new CalendarModel(
            month, today, [.. dates.OrderBy(date => date.On).ThenBy(date => date.Number, StringComparer.Ordinal)], [.. overdue.OrderBy(date => date.On).ThenBy(date => date.Number, StringComparer.Ordinal)], cut));
    }

    private static DateOnly? Month(string text) =>
        DateOnly.TryParseExact($"{text}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9998 ? day : null;
}

/// <summary>本日の搬入出.</summary>
/// <param name="Items">What is still to come first.</param>
public sealed record DoorDayModel(DateOnly Day, ImmutableArray<DoorItem> Items);

/// <summary>進み具合.</summary>
/// <param name="Kind">Null: all kinds.</param>
public sealed record BoardModel(OpenKind? Kind, ImmutableArray<OpenCard> Cards);

/// <summary>期限カレンダー.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Overdue">Days before today on which something should have been done and was not.</param>
/// <param name="Cut">There are more than are shown.</param>
public sealed record CalendarModel(DateOnly Month, DateOnly Today, ImmutableArray<DueDate> Dates, ImmutableArray<DueDate> Overdue, bool Cut);
