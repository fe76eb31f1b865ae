using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Dashboard.Tokens;

/// <summary>APIトークンの一覧.</summary>
/// <param name="Keeps">The person makes and ends tokens of others as well.</param>
public sealed record TokenListModel(ImmutableArray<TokenLine> Tokens, bool Keeps);

/// <summary>The form for a new one.</summary>
public sealed record TokenFormModel(FormState State);

/// <summary>A token's secret, shown this once.</summary>
/// <param name="Address">Where the API is called.</param>
public sealed record TokenSecretModel(ApiToken Token, string Secret, string Address);
