using System.Collections.Immutable;

namespace RoomGuard.Core.Visits;

/// <summary>Why a visitor cannot be given a badge now.</summary>
public enum CheckInObstacle
{
    /// <summary>未承認: applied for, not approved (R-VIS-01).</summary>
    NotApproved,

    /// <summary>却下, 取下げ or 期限切れ.</summary>
    Refused,

    /// <summary>早すぎる来訪.</summary>
    TooEarly,

    /// <summary>予定終了を過ぎた.</summary>
    Over,

    /// <summary>取消し or already closed.</summary>
    Closed,

    /// <summary>受付停止.</summary>
    Barred,

    /// <summary>来訪者証 is out already: the same invitation a second time, or the same person.</summary>
    AlreadyIn,
}

/// <summary>Times of the reception desk. Defaults (†) of ours; the sources give none.</summary>
public static class ReceptionRules
{
    /// <summary>How long before the visit begins a badge may be handed out (30 min†). It opens nothing before the visit begins.</summary>
    public static readonly TimeSpan EarliestBefore = TimeSpan.FromMinutes(30);

    /// <summary>How long after the visit's end a badge that is not back dies and is called missing (15 min†, R-VIS-06).</summary>
    public static readonly TimeSpan MissingAfter = TimeSpan.FromMinutes(15);

    /// <summary>What stands in the way of handing out a badge; null: nothing.</summary>
    public static CheckInObstacle? Obstacle(VisitDossier visit, VisitorFile visitor, ImmutableArray<VisitorBar> bars, DateTimeOffset now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(visit);
        ArgumentNullException.ThrowIfNull(visitor);
        return visit.Ending is not null ? CheckInObstacle.Closed
            : visitor.Badge is not null ? CheckInObstacle.AlreadyIn
            : BarOf(visitor.Visitor.Name, visit.Visit.Organisation, bars, today) is not null ? CheckInObstacle.Barred
            : now >= visit.Visit.Until ? CheckInObstacle.Over
            : now < visit.Visit.From - EarliestBefore ? CheckInObstacle.TooEarly
            : null;
    }

    /// <summary>受付停止 that covers somebody on a day; null: none. Names are compared without spaces, width and kana form.</summary>
    public static VisitorBar? BarOf(string name, string organisation, ImmutableArray<VisitorBar> bars, DateOnly today)
    {
        var (who, firm) = (VisitWords.Fold(name), VisitWords.Fold(organisation));
        return bars.FirstOrDefault(bar => bar.InForce(today)
            && (bar.Name.Length == 0 || VisitWords.Fold(bar.Name) == who)
            && (bar.Organisation.Length == 0 || VisitWords.Fold(bar.Organisation) == firm));
    }
}
