using System.Collections.Immutable;
using RoomGuard.Core.Watch;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Watch;

/// <summary>監視の途切れ: when the service did not watch (R-MON-02).</summary>
public sealed class GapsView : IRecordView
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tables { get; } = ["view_gaps"];

    /// <inheritdoc/>
    public string Schema => "CREATE TABLE view_gaps(n INTEGER PRIMARY KEY, since INTEGER NOT NULL, until INTEGER NOT NULL, cause INTEGER NOT NULL) STRICT;";

    /// <inheritdoc/>
    public void Apply(Statements db, RecordedItem item)
    {
        if (item.Event is WatchGap gap)
        {
            _ = db.Run("INSERT INTO view_gaps VALUES ($1, $2, $3, $4)", item.N, gap.From.ToUnixTimeMilliseconds(), gap.To.ToUnixTimeMilliseconds(), (long)gap.Cause);
        }
    }

    /// <summary>The last gaps, the newest first, each with its entry.</summary>
    public static ImmutableArray<(long N, DateTimeOffset From, DateTimeOffset To, GapCause Cause)> Last(Statements db, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        var gaps = ImmutableArray.CreateBuilder<(long, DateTimeOffset, DateTimeOffset, GapCause)>();
        using var row = db.Rows("SELECT n, since, until, cause FROM view_gaps ORDER BY n DESC LIMIT $1", most);
        while (row.Read())
        {
            gaps.Add((row.GetInt64(0), row.Time(1), row.Time(2), (GapCause)row.GetInt64(3)));
        }

        return gaps.DrainToImmutable();
    }
}
