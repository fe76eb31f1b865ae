using System.Collections.Immutable;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readings;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Climate;
using RoomGuard.Service.Power;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Readings;

/// <summary>Answers what a chart of a unit or of sensors asks: as fine as its width can show, and no finer than is still kept.</summary>
public sealed class TrendBook(ReadingsStore store, ServiceRecord record, TimeProvider time) : IUnitTrends, ISensorTrends
{
    private const int MostOutages = 500;

    /// <inheritdoc/>
    public async Task<UnitTrend> Trend(string ups, DateTimeOffset from, DateTimeOffset until, int width, CancellationToken gone)
    {
        var now = time.GetUtcNow();
        var outages = await record.Readers.Ask(db => PowerBook.OutagesOf(db, ups, from, until, MostOutages), gone);
        return await store.Readers.Ask(
            db =>
            {
                var series = Series(db, ups);
                var (begin, end) = (from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
                var grain = Grain(db, [.. series.Values], begin, end, width, now);
                var lines = UpsTrends.Followed.Select(quantity => new TrendLine(
                    quantity, !series.TryGetValue(quantity, out var id) ? [] : grain is { } roll ? RollUps(db, id, roll, begin, end) : Runs(db, id, begin, end)));
                return new UnitTrend(now, from, until, grain, series.Count > 0, [.. lines], outages);
            },
            gone);
    }

    /// <inheritdoc cref="ISensorTrends.Trend"/>
    public async Task<SensorTrend> Trend(ImmutableArray<SensorSeries> asked, DateTimeOffset from, DateTimeOffset until, int width, CancellationToken gone)
    {
        var now = time.GetUtcNow();
        ImmutableArray<string> sensors = [.. asked.Select(one => one.Sensor).Distinct(StringComparer.Ordinal)];
        var alarms = await record.Readers.Ask(db => ClimateBook.AlarmsOf(db, sensors, from, until, MostOutages), gone);
        return await store.Readers.Ask(
            db =>
            {
                var ids = asked.Select(one => (long?)db.Value("SELECT id FROM series WHERE unit = $1 AND quantity = $2", ClimateTrends.SeriesOf(one.Sensor), one.Quantity.ToString())).ToArray();
                var (begin, end) = (from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
                var grain = Grain(db, [.. ids.OfType<long>()], begin, end, width, now);
                var lines = asked.Zip(ids, (one, id) => new SensorTrendLine(
                    one, id is null ? [] : grain is { } roll ? RollUps(db, id.Value, roll, begin, end) : Runs(db, id.Value, begin, end)));
                return new SensorTrend(now, from, until, grain, ids.Any(id => id is not null), [.. lines], alarms);
            },
            gone);
    }

    /// <summary>What a sensor measured, as fine as it is kept, or by the minute where there is too much of it.</summary>
    public Task<ImmutableArray<MeasuredAt>> Measured(string sensor, ImmutableArray<Quantity> quantities, DateTimeOffset from, int most, CancellationToken gone) => store.Readers.Ask(
        db =>
        {
            var found = new List<MeasuredAt>();
            var (begin, end) = (from.ToUnixTimeMilliseconds(), long.MaxValue);
            foreach (var quantity in quantities)
            {
                if (db.Value("SELECT id FROM series WHERE unit = $1 AND quantity = $2", ClimateTrends.SeriesOf(sensor), quantity.ToString()) is not long id)
                {
                    continue;
                }

                var points = Points(db, id, begin, end, most) <= most ? Runs(db, id, begin, end) : RollUps(db, id, RollUpWidth.Minute, begin, end);
                found.AddRange(points.Select(point => new MeasuredAt(point.At, quantity, Math.Round(point.Value.Mean!.Value, 3))));
            }

            return found.OrderBy(one => one.At).ToImmutableArray();
        },
        gone);

    private static Dictionary<UpsQuantity, long> Series(Statements db, string ups)
    {
        var found = new Dictionary<UpsQuantity, long>();
        using var row = db.Rows("SELECT quantity, id FROM series WHERE unit = $1", ups);
        while (row.Read())
        {
            if (Enum.TryParse<UpsQuantity>(row.GetString(0), out var quantity))
            {
                found[quantity] = row.GetInt64(1);
            }
        }

        return found;
    }

    // The finest that a chart of this width shows without drawing two points into half a pixel, among those that reach back far enough.
    private RollUpWidth? Grain(Statements db, ImmutableArray<long> series, long from, long until, int width, DateTimeOffset now)
    {
        var most = 2L * width;
        if (Reaches(store.KeptRaw, from, now) && series.All(id => Points(db, id, from, until, most) <= most))
        {
            return null;
        }

        foreach (var roll in RollUpWidths.All)
        {
            if ((until - from) / (long)roll.Length().TotalMilliseconds <= most && Reaches(store.Kept(roll), from, now))
            {
                return roll;
            }
        }

        return RollUpWidth.Day;
    }

    private static bool Reaches(TimeSpan kept, long from, DateTimeOffset now) => from >= (now - kept).ToUnixTimeMilliseconds();

    // A run is drawn by its two ends. Counted no farther than the answer needs.
    private static long Points(Statements db, long id, long from, long until, long most) => (long)db.Value(
        "SELECT coalesce(sum(CASE WHEN until > at THEN 2 ELSE 1 END), 0) FROM (SELECT at, until FROM runs WHERE series = $1 AND at >= $2 AND at < $3 LIMIT $4)",
        id,
        from,
        until,
        most + 1)!;

    private static ImmutableArray<TrendPoint> Runs(Statements db, long id, long from, long until)
    {
        var points = ImmutableArray.CreateBuilder<TrendPoint>();
        using var row = db.Rows(
            "SELECT at, until, n, value FROM runs WHERE series = $1 AND at >= $2 AND at < $3 ORDER BY at", id, from - (long)ReadingRun.Longest.TotalMilliseconds, until);
        while (row.Read())
        {
            var (first, last, count, value) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetDouble(3));
            if (first >= from)
            {
                points.Add(new(DateTimeOffset.FromUnixTimeMilliseconds(first), RollUp.Of(value, last > first ? count - 1 : count)));
            }

            if (last > first && last >= from && last < until)
            {
                points.Add(new(DateTimeOffset.FromUnixTimeMilliseconds(last), RollUp.Of(value)));
            }
        }

        return points.ToImmutable();
    }

    private static ImmutableArray<TrendPoint> RollUps(Statements db, long id, RollUpWidth width, long from, long until)
    {
        var half = width.Length() / 2;
        var points = ImmutableArray.CreateBuilder<TrendPoint>();
        using var row = db.Rows(
            "SELECT at, n, least, most, sum FROM roll_ups WHERE series = $1 AND width = $2 AND at >= $3 AND at < $4 ORDER BY at",
            id,
            (long)width,
            from - (long)half.TotalMilliseconds,
            until);
        while (row.Read())
        {
            // A stretch is drawn at its middle.
            points.Add(new(row.Time(0) + half, new(row.GetInt64(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4))));
        }

        return points.ToImmutable();
    }
}
