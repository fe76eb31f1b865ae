using System.Collections.Immutable;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readings;
using RoomGuard.Dashboard.Power;

namespace RoomGuard.SystemTests.Pages;

/// <summary>
/// Readings for tests of pages: a unit with two outages behind it, one in an outage now, one that has been silent for seven minutes and for an hour
/// this morning, and one that was never read.
/// </summary>
internal sealed class InventedTrends(TimeProvider time, bool empty) : IUnitTrends
{
    private static readonly DateTimeOffset September = new(2026, 9, 14, 1, 20, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Today = new(2026, 11, 21, 5, 20, 0, TimeSpan.Zero);

    public Task<UnitTrend> Trend(string ups, DateTimeOffset from, DateTimeOffset until, int width, CancellationToken gone)
    {
        var now = time.GetUtcNow();
        var ever = !empty && ups is "ups-1" or "ups-2" or "ups-3";
        var grain = (until - from).TotalHours switch { <= 2 when width > 400 => (RollUpWidth?)null, <= 2 => RollUpWidth.Minute, <= 48 => RollUpWidth.Quarter, <= 800 => RollUpWidth.Hour, _ => RollUpWidth.Day };
        var step = grain?.Length() ?? TimeSpan.FromSeconds(10);
        ImmutableArray<TrendOutage> outages = ups switch
        {
            "ups-1" => [new("ups-1-20260914T012000Z", September, September.AddMinutes(25))],
            "ups-2" => [new("ups-2-20261121T052000Z", Today, null)],
            _ => [],
        };
        outages = [.. outages.Where(outage => ever && outage.StartedAt < until && (outage.EndedAt ?? now) > from)];
        var lines = UpsTrends.Followed.Select(quantity => new TrendLine(quantity, !ever || (quantity == UpsQuantity.BatteryTemperature && ups == "ups-2") ? [] : Points(ups, quantity, from, until, step, grain, outages, now)));
        return Task.FromResult(new UnitTrend(now, from, until, grain, ever, [.. lines], outages));
    }

    private static ImmutableArray<TrendPoint> Points(
        string ups, UpsQuantity quantity, DateTimeOffset from, DateTimeOffset until, TimeSpan step, RollUpWidth? grain, ImmutableArray<TrendOutage> outages, DateTimeOffset now)
    {
        var points = ImmutableArray.CreateBuilder<TrendPoint>();
        for (var at = from + (grain is null ? TimeSpan.Zero : step / 2); at < until && at <= now; at += step)
        {
            if (ups == "ups-3" && (now - at < TimeSpan.FromMinutes(7) || now - at is var ago && ago > TimeSpan.FromHours(3) && ago < TimeSpan.FromHours(4)))
            {
                continue;
            }

            var wave = Math.Sin(at.ToUnixTimeSeconds() / 7200.0);
            var spread = grain is null ? 0 : 1.5 + Math.Abs(wave);
            var begun = outages.Where(outage => outage.StartedAt < at + (step / 2) && (outage.EndedAt ?? now) > at - (step / 2)).Select(outage => (at - outage.StartedAt).TotalMinutes).FirstOrDefault(-1);
            var drained = begun < 0 ? 0 : Math.Clamp(begun * 2.4, 0, 59);
            var value = quantity switch
            {
                UpsQuantity.ChargePercent => 100 - drained,
                UpsQuantity.RuntimeSeconds => 2280 + (60 * wave) - (drained * 24),
                UpsQuantity.LoadPercent => 41 + (6 * wave),
                UpsQuantity.InputVoltage => begun < 0 ? 201 + wave : 0,
                UpsQuantity.OutputVoltage => 200 + (0.4 * wave),
                _ => 26 + (2 * wave) + (drained / 20),
            };
            points.Add(new(at, new(1, Math.Max(0, value - (quantity == UpsQuantity.ChargePercent ? 0 : spread)), quantity == UpsQuantity.ChargePercent ? 100 : value + spread, value)));
        }

        return points.ToImmutable();
    }
}
