using System.Collections.Immutable;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Entries;

/// <summary>Everything the register's page shows.</summary>
/// <param name="Found">Counted no further than <see cref="CountLimit"/>.</param>
/// <param name="Loosened">When nothing was found: each condition with what there would be without it.</param>
public sealed record RegisterModel(
    RegisterQuery Query,
    FormState Typed,
    RegisterPage Page,
    long Found,
    ImmutableArray<DateTimeOffset> Edges,
    ImmutableArray<RegisterBar> Bars,
    ImmutableArray<(string Condition, string Url, long Found)> Loosened)
{
    /// <summary>Beyond this the page says 「10,000件以上」.</summary>
    public const long CountLimit = 10_000;

    /// <summary>Where the newest row shown stands; null: none shown.</summary>
    public RegisterCursor? Top => Page.Rows.IsEmpty ? null : new(Page.Rows[0].OccurredAt, Page.Rows[0].N);

    /// <summary>Where the oldest row shown stands; null: none shown.</summary>
    public RegisterCursor? Bottom => Page.Rows.IsEmpty ? null : new(Page.Rows[^1].OccurredAt, Page.Rows[^1].N);
}

/// <summary>How many rows came since a page was made.</summary>
/// <param name="Url">Where they are shown.</param>
/// <param name="Most">Counted no further.</param>
public sealed record NewRowsModel(int Count, int Most, string Url);

/// <summary>One record and what happened around it.</summary>
/// <param name="Around">Five minutes before and after, oldest first.</param>
public sealed record EntryModel(RecordEntry Entry, ImmutableArray<RecordLine> Around, bool AroundIsCut, string Json);
