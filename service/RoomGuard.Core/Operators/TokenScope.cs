using System.Collections.Frozen;
using System.Collections.Immutable;

namespace RoomGuard.Core.Operators;

/// <summary>
/// What a token of the API may be used for. A scope opens nothing by itself: the roles of the account's person bound it, and the same tables of
/// authority are asked as at a page (R-SIGN-01).
/// </summary>
public enum TokenScope
{
    /// <summary>状況: doors, bridges, readers, what needs a hand.</summary>
    RoomRead,

    /// <summary>在室者一覧.</summary>
    PresenceRead,

    /// <summary>入退室管理簿.</summary>
    EntriesRead,

    /// <summary>人の一覧.</summary>
    PeopleRead,

    /// <summary>Registers and changes people.</summary>
    PeopleWrite,

    /// <summary>停止 of a person (R-ID-10).</summary>
    PeopleSuspend,

    /// <summary>カードの一覧.</summary>
    CardsRead,

    /// <summary>Issues cards.</summary>
    CardsWrite,

    /// <summary>紛失届 (R-ID-08).</summary>
    CardsReportLost,

    /// <summary>入室許可の一覧.</summary>
    GrantsRead,

    /// <summary>抹消の通知 (R-ID-04).</summary>
    GrantsGiveUp,

    /// <summary>申請の一覧.</summary>
    CasesRead,

    /// <summary>Applies, applies again, withdraws.</summary>
    CasesApply,

    /// <summary>Decides, carries out, confirms, as the token's own person.</summary>
    CasesDecide,

    /// <summary>役割の一覧.</summary>
    RolesRead,

    /// <summary>区域封鎖 in force.</summary>
    LockdownsRead,

    /// <summary>Begins a 区域封鎖 (R-DOOR-14). Ending one opens doors and stays with a person who proves again who they are.</summary>
    LockdownsBegin,
}

/// <summary>The scopes as they are written in requests and documents.</summary>
public static class TokenScopes
{
    private static readonly ImmutableArray<(TokenScope Scope, string Name)> Table =
    [
        (TokenScope.RoomRead, "room:read"), (TokenScope.PresenceRead, "presence:read"), (TokenScope.EntriesRead, "entries:read"),
        (TokenScope.PeopleRead, "people:read"), (TokenScope.PeopleWrite, "people:write"), (TokenScope.PeopleSuspend, "people:suspend"),
        (TokenScope.CardsRead, "cards:read"), (TokenScope.CardsWrite, "cards:write"), (TokenScope.CardsReportLost, "cards:report-lost"),
        (TokenScope.GrantsRead, "grants:read"), (TokenScope.GrantsGiveUp, "grants:give-up"),
        (TokenScope.CasesRead, "cases:read"), (TokenScope.CasesApply, "cases:apply"), (TokenScope.CasesDecide, "cases:decide"),
        (TokenScope.RolesRead, "roles:read"), (TokenScope.LockdownsRead, "lockdowns:read"), (TokenScope.LockdownsBegin, "lockdowns:begin"),
    ];

    private static readonly FrozenDictionary<TokenScope, string> Names = Table.ToFrozenDictionary(row => row.Scope, row => row.Name);
    private static readonly FrozenDictionary<string, TokenScope> ByName = Table.ToFrozenDictionary(row => row.Name, row => row.Scope);

    /// <summary>All scopes, in the order in which they are shown.</summary>
    public static ImmutableArray<TokenScope> All { get; } = [.. Table.Select(row => row.Scope)];

    /// <summary>E.g. <c>entries:read</c>.</summary>
    public static string NameOf(TokenScope scope) => Names[scope];

    /// <summary>The scope of a name; null: there is none.</summary>
    public static TokenScope? Of(string? name) => name is not null && ByName.TryGetValue(name, out var scope) ? scope : null;

    /// <summary>Whether it changes something.</summary>
    public static bool Changes(TokenScope scope) => !NameOf(scope).EndsWith(":read", StringComparison.Ordinal);
}
