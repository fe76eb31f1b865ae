using System.Collections.Immutable;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Operators;

/// <summary>役割, or 代行者.</summary>
/// <param name="MayAsk">The person may apply for a role.</param>
public sealed record RolesModel(RoleBoard Board, bool MayAsk, bool MayAskDeputy);

/// <summary>アカウントの一覧.</summary>
public sealed record AccountsModel(AccountList List, bool MayAsk);

/// <summary>One account.</summary>
public sealed record AccountModel(AccountFile File);

/// <summary>仮のパスワード, shown this once.</summary>
public sealed record PasswordModel(AccountLine Line, string Password, DateTimeOffset? GoodUntil);

/// <summary>特権IDの見直し.</summary>
/// <param name="Months">How long a review lasts.</param>
public sealed record ReviewsModel(ImmutableArray<ReviewLine> Lines, int Months);

/// <summary>One review to be answered.</summary>
public sealed record ReviewModel(ReviewLine Line, FormState State);
