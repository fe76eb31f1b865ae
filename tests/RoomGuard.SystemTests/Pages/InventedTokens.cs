using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Tokens;

namespace RoomGuard.SystemTests.Pages;

/// <summary>Tokens for tests of pages: one in use, one to be taken, one over, one ended.</summary>
internal sealed class InventedTokens(TimeProvider time) : ITokenDesk
{
    public Task<ImmutableArray<TokenLine>> Tokens(Actor by, CancellationToken gone)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.DateTime);
        return Task.FromResult<ImmutableArray<TokenLine>>(
        [
            Line("T-0003", "人事給与システム", "S-0160", "日向 直子", "hinata", [TokenScope.PeopleRead, TokenScope.PeopleWrite, TokenScope.CasesApply], today.AddDays(90), TokenState.Active, now.AddMinutes(-4), true),
            Line("T-0004", "庁内ポータル", "S-0160", "日向 直子", "hinata", [TokenScope.PresenceRead], today.AddDays(200), TokenState.Waiting, null, true),
            Line("T-0002", "記録の集計", "S-0115", "都城 誠", "miyakonojo", [TokenScope.EntriesRead], today, TokenState.Active, now.AddDays(-40), false),
            Line("T-0001", "監視盤", "S-0115", "都城 誠", "miyakonojo", [TokenScope.RoomRead], today.AddDays(30), TokenState.Ended, now.AddDays(-90), false),
        ]);

        TokenLine Line(string id, string name, string person, string holder, string account, ImmutableArray<TokenScope> scopes, DateOnly until, TokenState state, DateTimeOffset? used, bool own) => new(
            new(id, new("A-0002"), new PersonId(person), name, scopes, until, state), account, new(new(person), holder, "ひゅうが なおこ", "情報政策課"), now.AddDays(-100),
            Over: today >= until, state == TokenState.Waiting ? now.AddDays(5) : null, used, used is null ? "" : "192.0.2.17", used is null ? 0 : 12_345,
            MayTake: state == TokenState.Waiting && own, MayEnd: state != TokenState.Ended && today < until);
    }

    public Task<ActResult> Make(TokenForm form, Actor by, CancellationToken stop) =>
        Task.FromResult(form.SignInName == "hinata" ? ActResult.Done("T-0005") : ActResult.Refused("account", FieldFault.Unknown, form.SignInName));

    public Task<TakenToken> Take(string id, Actor by, CancellationToken stop) => Task.FromResult(id == "T-0004"
        ? new TakenToken(
            ActResult.Done(id), new(id, new("A-0002"), new("S-0160"), "庁内ポータル", [TokenScope.PresenceRead], new(2027, 6, 9), TokenState.Active),
            "roomguard_T-0004_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE")
        : new(ActResult.Refused("id", FieldFault.Unknown, id), null, null));

    public Task<ActResult> End(string id, string reason, Actor by, CancellationToken stop) => Task.FromResult(ActResult.Done(id));
}
