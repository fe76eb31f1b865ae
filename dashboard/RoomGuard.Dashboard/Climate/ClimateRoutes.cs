using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Parts;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Power;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Climate;

/// <summary>環境: zones with their six factors, sensors, trends, limits, and what a person confirms (R-ENV-01 … 06, R-ENV-10).</summary>
internal static class ClimateRoutes
{
    /// <summary>Hours a sensor for smoke, leak or fire may be in service.</summary>
    internal const int ShortService = 4;

    /// <summary>Hours any other may.</summary>
    internal const int LongService = 24;

    /// <summary>Charts on one page.</summary>
    internal const int MostCharts = 20;

    private const int UsualWidth = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/climate", PageGuard.Get(async request => request.Show<ClimatePage>(await Board(request).ConfigureAwait(false))));
        routes.MapGet("/fragments/climate", PageGuard.Get(async request => request.Fragment<ClimateParts>(await Board(request).ConfigureAwait(false))));
        routes.MapGet("/climate/sensors/{id}", PageGuard.Get(request => Sensor(request, FormState.Empty)));
        routes.MapGet("/climate/sensors/{id}/readings", PageGuard.Get(SensorReadings));
        routes.MapPost("/climate/sensors/{id}/service", PageGuard.Post(Serve));
        routes.MapGet("/climate/sensors/{id}/end-service", PageGuard.Get(request => AskEndService(request, FormState.Empty)));
        routes.MapPost("/climate/sensors/{id}/end-service", PageGuard.Post(EndService));
        routes.MapGet("/climate/trends", PageGuard.Get(Trends));
        routes.MapGet("/climate/trends/readings", PageGuard.Get(TrendReadings));
        routes.MapGet("/climate/confirm", PageGuard.Get(request => AskConfirm(request, FormState.Empty)));
        routes.MapPost("/climate/confirm", PageGuard.Post(Confirm));
        routes.MapGet("/climate/limits", PageGuard.Get(ShowLimits));
        routes.MapPost("/climate/limits/try", PageGuard.Post(TryLimits));
        routes.MapPost("/climate/limits", PageGuard.Post(AskLimits));
        routes.MapGet("/climate/limits/{id}/allow", PageGuard.Get(request => AskAllow(request, FormState.Empty)));
        routes.MapPost("/climate/limits/{id}/allow", PageGuard.ConfirmedPost(Allow));
        routes.MapGet("/climate/limits/{id}/decline", PageGuard.Get(request => AskDecline(request, FormState.Empty)));
        routes.MapPost("/climate/limits/{id}/decline", PageGuard.Post(Decline));
    }

    /// <summary>The page of a sensor.</summary>
    internal static string Of(string sensor) => $"/climate/sensors/{Uri.EscapeDataString(sensor)}";

    /// <summary>The page of one value of all sensors of a zone.</summary>
    internal static string TrendsOf(ZoneId zone, Quantity quantity) => $"/climate/trends?zone={Uri.EscapeDataString(zone.Value)}&quantity={quantity}";

    /// <summary>What its charts ask.</summary>
    internal static string ReadingsOf(ZoneId zone, Quantity quantity) => $"/climate/trends/readings?zone={Uri.EscapeDataString(zone.Value)}&quantity={quantity}";

    private static Task<ClimateBoard> Board(PageRequest request) => request.Port<IClimateBoard>().Now(request.Gone);

    private static IClimateDesk Desk(PageRequest request) => request.Port<IClimateDesk>();

    private static IResult NotFound(PageRequest request) =>
        request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);

    private static int StatusOf(FormState state) => state.Problems.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;

    // ---- one sensor

    private static async Task<IResult> Sensor(PageRequest request, FormState state)
    {
        var sensor = request.Route("id");
        if (RangeOf(request) is not { } range)
        {
            return request.Show<MessagePage>(new MessageModel(TrendText.WrongTitle, ClimatePageText.WrongRange, null), StatusCodes.Status400BadRequest);
        }

        var card = (await Board(request).ConfigureAwait(false)).Sensor(sensor);
        var trend = await request.Port<ISensorTrends>().Trend(SeriesOf(sensor, card), range.From, range.Until, UsualWidth, request.Gone).ConfigureAwait(false);
        return card is null && !trend.Ever
            ? NotFound(request)
            : request.Show<SensorPage>(new SensorPageModel(sensor, card, Told(trend, card), range, state, MainMenu.Sees(request.Actor, PageAct.BeginMaintenance), MainMenu.Sees(request.Actor, PageAct.EnrolSensors)), StatusOf(state));
    }

    private static async Task<IResult> SensorReadings(PageRequest request)
    {
        var card = (await Board(request).ConfigureAwait(false)).Sensor(request.Route("id"));
        return await Readings(request, SeriesOf(request.Route("id"), card)).ConfigureAwait(false);
    }

    // What nobody tells of any more may have measured anything once.
    private static ImmutableArray<SensorSeries> SeriesOf(string sensor, SensorCard? card)
    {
        var interval = TimeSpan.FromSeconds(card?.Sensor.IntervalSeconds ?? 600);
        return [.. (card is null ? ClimateTrends.Followed : card.Followed).Select(quantity => new SensorSeries(quantity.ToString(), sensor, quantity, interval))];
    }

    private static SensorTrend Told(SensorTrend trend, SensorCard? card) => card is not null ? trend : trend with { Lines = [.. trend.Lines.Where(line => !line.Points.IsEmpty)] };

    private static Task<IResult> Serve(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var typed = reader.Text("until", 40);
        var until = default(DateTimeOffset);
        if (Dates.TryTime(typed, out var local) && local.Year is > 1900 and < 9999)
        {
            until = request.Ink.Moment(local);
        }
        else if (typed.Length > 0)
        {
            reader.Complain("until", FieldFault.NotADate, typed);
        }

        var reason = reader.Text("reason", 400);
        return request.ForForm(
            reader, until, Of(request.Route("id")), "/climate", read => Desk(request).Serve(request.Route("id"), read, reason, request.Actor, request.Gone), state => Sensor(request, state));
    }

    private static async Task<IResult> AskEndService(PageRequest request, FormState state)
    {
        if ((await Board(request).ConfigureAwait(false)).Sensor(request.Route("id")) is not { Sensor.ServiceUntil: { } until } card)
        {
            return NotFound(request);
        }

        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(ClimatePageText.EndServiceTitle, ClimatePageText.NameOf(card, ink)), ink[ClimatePageText.EndServiceLead], ink[ClimatePageText.EndService], $"{Of(card.Sensor.Sensor)}/end-service",
                Of(card.Sensor.Sensor), Danger: false, AsksReason: true, "/climate", [(ink[ClimatePageText.Until], ink.Stamp(until))], [], state),
            StatusOf(state));
    }

    private static Task<IResult> EndService(PageRequest request) => request.ForReason(
        Of(request.Route("id")), "/climate", reason => Desk(request).EndService(request.Route("id"), reason, request.Actor, request.Gone), state => AskEndService(request, state));

    // ---- one value of all sensors of a zone

    private static async Task<IResult> Trends(PageRequest request)
    {
        if (RangeOf(request) is not { } range)
        {
            return request.Show<MessagePage>(new MessageModel(TrendText.WrongTitle, ClimatePageText.WrongRange, null), StatusCodes.Status400BadRequest);
        }

        var board = await Board(request).ConfigureAwait(false);
        var wanted = request.Field("zone");
        var zone = wanted.Length > 0 ? new ZoneId(wanted) : board.Zones.FirstOrDefault()?.Zone.Zone ?? request.Site.Zones.FirstOrDefault()?.Id ?? new ZoneId("―");
        if (wanted.Length > 0 && board.Zone(wanted) is null && request.Site.Zones.All(known => known.Id != zone))
        {
            return NotFound(request);
        }

        ImmutableArray<Quantity> quantities = [.. ClimateTrends.Followed.Where(one => board.SensorsOf(zone).Any(card => card.Followed.Contains(one)))];
        var quantity = QuantityOf(request) ?? (quantities.IsEmpty ? Quantity.Temperature : quantities[0]);
        ImmutableArray<SensorCard> sensors = [.. board.SensorsOf(zone).Where(card => card.Followed.Contains(quantity))];
        var trend = await request.Port<ISensorTrends>().Trend(SeriesOf(sensors, quantity), range.From, range.Until, UsualWidth, request.Gone).ConfigureAwait(false);
        return request.Show<ZoneTrendPage>(new ZoneTrendModel(zone, quantity, quantities, sensors, trend, range));
    }

    private static async Task<IResult> TrendReadings(PageRequest request)
    {
        var board = await Board(request).ConfigureAwait(false);
        var quantity = QuantityOf(request) ?? Quantity.Temperature;
        return await Readings(request, SeriesOf([.. board.SensorsOf(new(request.Field("zone"))).Where(card => card.Followed.Contains(quantity))], quantity)).ConfigureAwait(false);
    }

    private static ImmutableArray<SensorSeries> SeriesOf(ImmutableArray<SensorCard> sensors, Quantity quantity) =>
        [.. sensors.Take(MostCharts).Select(card => new SensorSeries(card.Sensor.Sensor, card.Sensor.Sensor, quantity, TimeSpan.FromSeconds(card.Sensor.IntervalSeconds)))];

    private static Quantity? QuantityOf(PageRequest request) =>
        Enum.TryParse<Quantity>(request.Field("quantity"), out var quantity) && ClimateTrends.Followed.Contains(quantity) ? quantity : null;

    private static async Task<IResult> Readings(PageRequest request, ImmutableArray<SensorSeries> series)
    {
        if (RangeOf(request) is not { } range || !int.TryParse(request.Field("width"), NumberStyles.None, CultureInfo.InvariantCulture, out var width) || width is < TrendRoutes.Narrowest or > TrendRoutes.Widest)
        {
            return TrendRoutes.WrongQuestion();
        }

        var trend = await request.Port<ISensorTrends>().Trend(series, range.From, range.Until, width, request.Gone).ConfigureAwait(false);
        return TypedResults.Bytes(JsonSerializer.SerializeToUtf8Bytes(TrendAnswer.Of(trend), TrendJson.Default.TrendAnswer), "application/json");
    }

    private static TrendRange? RangeOf(PageRequest request) => TrendRange.Read(request.Field("period"), request.Field("to"), request.Ink, request.Now).Range;

    // ---- a person looked

    private static async Task<IResult> AskConfirm(PageRequest request, FormState state) =>
        (await Board(request).ConfigureAwait(false)).Condition(request.Field("condition")) is { WaitsForPerson: true } card
            ? request.Show<ConfirmClimatePage>(new ConfirmClimateModel(card, state), StatusOf(state))
            : NotFound(request);

    private static Task<IResult> Confirm(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var (condition, racks, note) = (reader.Text("condition", 120), reader.Ticked("racks"), reader.Text("note", 400));
        return request.ForForm(reader, racks, "/climate", "/climate", read => Desk(request).Confirm(condition, read, note, request.Actor, request.Gone), state => AskConfirm(request, state));
    }

    // ---- limits

    private static async Task<IResult> ShowLimits(PageRequest request)
    {
        var board = await Board(request).ConfigureAwait(false);
        var place = request.Field("place") is { Length: > 0 } wanted ? wanted : board.Zones.FirstOrDefault()?.Zone.Zone.Value ?? "";
        var measure = Enum.TryParse<Measure>(request.Field("measure"), out var chosen) && Enum.IsDefined(chosen) ? chosen : Measure.Temperature;
        return await Limits(request, LimitsFields.Of(place, measure, InForce(board, place, measure)), null).ConfigureAwait(false);
    }

    private static async Task<IResult> Limits(PageRequest request, FormState state, LimitsTrial? trial)
    {
        var board = await Board(request).ConfigureAwait(false);
        var inForce = Enum.TryParse<Measure>(state["measure"], out var measure) ? InForce(board, state["place"], measure) : null;
        return request.Show<LimitsPage>(new LimitsModel(board, await Desk(request).Limits(request.Actor, request.Gone).ConfigureAwait(false), state, trial, inForce), StatusOf(state));
    }

    // Of a zone, what holds at the first of its sensors that has none of its own.
    private static LimitSet? InForce(ClimateBoard board, string place, Measure measure) => place.Split('/', 2) switch
    {
        [_, var sensor] => board.Sensor(sensor)?.Limits.FirstOrDefault(limits => limits.Measure == measure),
        [var zone] => board.SensorsOf(new(zone)).Where(card => (card.Sensor.Limits ?? []).All(own => own.Measure != measure))
            .Select(card => card.Limits.FirstOrDefault(limits => limits.Measure == measure)).FirstOrDefault(limits => limits is not null),
        _ => null,
    };

    private static async Task<IResult> TryLimits(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var form = LimitsFields.Read(reader, needsReason: false);
        return await Limits(request, reader.State(), reader.Ok ? await Desk(request).Try(form, request.Gone).ConfigureAwait(false) : null).ConfigureAwait(false);
    }

    private static Task<IResult> AskLimits(PageRequest request)
    {
        var reader = new FormReader(request.Form);
        var form = LimitsFields.Read(reader, needsReason: true);
        return request.ForForm(reader, form, "/climate/limits", "/climate", read => Desk(request).Ask(read, request.Actor, request.Gone), state => Limits(request, state, null));
    }

    private static Task<IResult> AskAllow(PageRequest request, FormState state) =>
        AskAbout(request, state, ClimatePageText.AllowTitle, ClimatePageText.AllowLead, ClimatePageText.Allow, "allow", asksReason: false);

    private static Task<IResult> AskDecline(PageRequest request, FormState state) =>
        AskAbout(request, state, ClimatePageText.DeclineTitle, ClimatePageText.DeclineLead, ClimatePageText.Decline, "decline", asksReason: true);

    private static async Task<IResult> AskAbout(PageRequest request, FormState state, Word title, Word lead, Word act, string path, bool asksReason)
    {
        var look = await Desk(request).Limits(request.Actor, request.Gone).ConfigureAwait(false);
        if (look.Lines.FirstOrDefault(line => line.Id == request.Route("id")) is not { } found)
        {
            return NotFound(request);
        }

        var ink = request.Ink;
        return request.Show<ConfirmPage>(
            new ConfirmModel(
                ink.Fill(title, found.Id), ink[lead], ink[act], $"/climate/limits/{Uri.EscapeDataString(found.Id)}/{path}", "/climate/limits", Danger: false, asksReason, "/climate",
                [
                    (ink[ClimatePageText.Place], $"{ink.Zone(found.Zone)} {found.Sensor}".TrimEnd()), (ink[ClimatePageText.MeasureField], ink[ClimatePageText.Of(found.Measure)]),
                    (ink[ClimatePageText.Change], ink.Fill(ClimatePageText.FromTo, ClimatePageText.Line(found.Before, ink), found.Limits is null ? ink[ClimatePageText.SettingsAgain] : ClimatePageText.Line(found.Limits, ink))),
                    (ink[ClimatePageText.Rehearsed], found.Rehearsed is { } times ? ink.Fill(ClimatePageText.RehearsedTimes, times) : ink[ClimatePageText.NoReadings]),
                    (ink[ClimatePageText.Reason], found.Reason), (ink[ClimatePageText.AskedBy], found.AskedBy),
                ],
                [], state),
            StatusOf(state));
    }

    private static async Task<IResult> Allow(PageRequest request)
    {
        var done = await Desk(request).Allow(request.Route("id"), request.Actor, request.Gone).ConfigureAwait(false);
        return await request.After(done, "/climate/limits", "/climate", () => AskAllow(request, FormState.Empty with { Problems = done.Problems })).ConfigureAwait(false);
    }

    private static Task<IResult> Decline(PageRequest request) => request.ForReason(
        "/climate/limits", "/climate", reason => Desk(request).Decline(request.Route("id"), reason, request.Actor, request.Gone), state => AskDecline(request, state));
}
