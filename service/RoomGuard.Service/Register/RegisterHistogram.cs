using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Register;

/// <summary>Rows per stretch of time: from the daily or hourly sums where they fit, else by walking the index of the narrowest filter.</summary>
public static class RegisterHistogram
{
    /// <summary>Counts rows and refusals in each stretch.</summary>
    public static ImmutableArray<RegisterBar> Of(Statements db, RegisterFilter filter, RegisterScope scope, ImmutableArray<DateTimeOffset> edges, TimeZoneInfo timeZone)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(edges.Length, 2);
        long[] bounds = [.. edges.Select(edge => edge.ToUnixTimeMilliseconds())];
        var narrowed = filter with
        {
            From = filter.From is { } from && from > edges[0] ? from : edges[0],
            Until = filter.Until is { } until && until < edges[^1] ? until : edges[^1],
        };
        var rows = new long[bounds.Length - 1];
        var refused = new long[bounds.Length - 1];
        void Tell(long at, RegisterResult result, long count)
        {
            var place = Array.BinarySearch(bounds, at);
            place = place < 0 ? ~place - 1 : place;
            if (place >= 0 && place < rows.Length)
            {
                rows[place] += count;
                refused[place] += result == RegisterResult.Denied ? count : 0;
            }
        }

        var question = RegisterQuestion.From(narrowed, scope, db);
        long[] all = [.. bounds, narrowed.From.Value.ToUnixTimeMilliseconds(), narrowed.Until.Value.ToUnixTimeMilliseconds()];
        if (question.Empty)
        {
            // Nothing to count.
        }
        else if (question.Summable && all.All(edge => RegisterView.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(edge), timeZone) == edge))
        {
            Sums(db, question, "view_register_days", narrowed, Tell);
        }
        else if (question.Summable && all.All(edge => edge % RegisterView.Hour == 0))
        {
            Sums(db, question, "view_register_hours", narrowed, Tell);
        }
        else
        {
            question.Each(db, (at, result) => Tell(at, result, 1));
        }

        return [.. rows.Select((count, place) => new RegisterBar(edges[place], count, refused[place]))];
    }

    /// <summary>How many rows a question without times finds, by the sums alone and no further than <paramref name="most"/>; null: they cannot tell.</summary>
    public static long? Sum(Statements db, RegisterQuestion question, long most)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(question);
        if (question.Empty)
        {
            return 0;
        }

        if (!question.Summable || question.Filter.From is not null || question.Filter.Until is not null)
        {
            return null;
        }

        var sum = 0L;
        using var row = db.Rows($"SELECT rows FROM view_register_days WHERE start IS NOT NULL{Conditions(question)}");
        while (sum < most && row.Read())
        {
            sum += row.GetInt64(0);
        }

        return Math.Min(sum, most);
    }

    private static void Sums(Statements db, RegisterQuestion question, string table, RegisterFilter filter, Action<long, RegisterResult, long> tell)
    {
        using var row = db.Rows(
            $"SELECT start, result, sum(rows) FROM {table} WHERE start >= $1 AND start < $2{Conditions(question)} GROUP BY start, result",
            filter.From?.ToUnixTimeMilliseconds() ?? long.MinValue,
            filter.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue);
        while (row.Read())
        {
            tell(row.GetInt64(0), (RegisterResult)row.GetInt64(1), row.GetInt64(2));
        }
    }

    private static string Conditions(RegisterQuestion question)
    {
        var doors = question.Doors is { } asked ? $" AND door IN ({string.Join(", ", asked.Select(door => door.ToString(CultureInfo.InvariantCulture)))})" : "";
        var results = question.Filter.Results.IsDefaultOrEmpty ? "" : $" AND result IN ({string.Join(", ", question.Filter.Results.Select(result => (int)result))})";
        var category = question.Filter.Category is { } wanted ? $" AND category = {(int)wanted}" : "";
        return $"{doors}{results}{category}";
    }
}
