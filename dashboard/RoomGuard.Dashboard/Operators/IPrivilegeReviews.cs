using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Operators;

/// <summary>特権IDの見直し (R-SIGN-09): at least once a year SUP or SYS looks at each privileged account and keeps the privilege or withdraws it; nobody looks at their own.</summary>
public interface IPrivilegeReviews
{
    /// <summary>How many wait for this person.</summary>
    Task<int> Waiting(Actor by, CancellationToken gone);

    /// <summary>Every privileged account with its next review, the nearest first.</summary>
    Task<ImmutableArray<ReviewLine>> Reviews(Actor by, CancellationToken gone);

    /// <summary>Keeps the privilege for another term, or withdraws it at once.</summary>
    /// <param name="due">The day the page showed: two who look at once do not both answer.</param>
    Task<ActResult> Review(AccountId account, DateOnly due, bool keeps, string note, Actor by, CancellationToken stop);
}

/// <summary>How near a review is.</summary>
public enum ReviewStanding
{
    /// <summary>Not yet to be done.</summary>
    Later,

    /// <summary>To be done within a month.</summary>
    Soon,

    /// <summary>Past its day.</summary>
    Overdue,
}

/// <summary>A privileged account and its review.</summary>
/// <param name="Since">Since when it is privileged.</param>
/// <param name="ReviewedOn">When it was last looked at; null: never.</param>
/// <param name="ReviewedBy">By whom; null: never.</param>
/// <param name="Note">What was said then; empty: nothing.</param>
/// <param name="Due">The day by which it is to be looked at again.</param>
/// <param name="May">Whether the asking person may answer.</param>
public sealed record ReviewLine(
    OperatorAccount Account, NamedPerson Holder, DateOnly Since, DateOnly? ReviewedOn, NamedPerson? ReviewedBy, string Note, DateOnly Due, ReviewStanding Standing, bool May);
