using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Tokens;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Api;

/// <summary>Tokens of the API: made, taken, ended. Digests lie beside the record and change only alongside an entry that says so.</summary>
public sealed class TokenDesk(ServiceRecord record, ApiStore store, AuthorityGuard guard, ActTurn turn, TimeProvider time, Func<int, byte[]> randomBytes) : ITokenDesk
{
    /// <summary>Table of digests beside the record.</summary>
    internal const string KeptSchema = "CREATE TABLE IF NOT EXISTS kept_tokens(token TEXT PRIMARY KEY, digest BLOB NOT NULL) STRICT, WITHOUT ROWID;";

    /// <summary>How long a token waits to be taken †.</summary>
    public static readonly TimeSpan TakenWithin = TimeSpan.FromDays(7);

    private const int LongestName = 60;

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);

    /// <inheritdoc/>
    public Task<ImmutableArray<TokenLine>> Tokens(Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        var keeps = MayKeep(by).Allowed;
        return record.Readers.Ask(
            db => TokensView.Of(db, keeps ? null : by.Id).Select(item => Line(db, item.Token, item.Made, by, keeps)).OrderBy(line => line.Over || line.Token.State == TokenState.Ended).ToImmutableArray(),
            gone);
    }

    /// <inheritdoc/>
    public Task<ActResult> Make(TokenForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. Problems(form)],
            async () =>
            {
                if (await guard.Objection(by, PageAct.KeepTokens, ActSubject.None, "R-SIGN-01", form.SignInName, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var account = record.Readers.AskNow(db => OperatorsView.AccountNamed(db, form.SignInName) is { } found && OperatorsView.ActorOf(db, found.Id, Today) is not null ? found : null, stop);
                if (account is null)
                {
                    return ActResult.Refused("account", FieldFault.Unknown, form.SignInName);
                }

                // What stands open for months in another system must not carry what only a person may do for minutes (R-SIGN-04, R-SIGN-09).
                if (account.Privileged)
                {
                    return ActResult.Refused("account", FieldFault.NotForPrivileged);
                }

                var id = string.Create(CultureInfo.InvariantCulture, $"T-{1 + (long)record.Readers.AskNow(db => db.Value("SELECT count(*) FROM view_tokens"), stop)!:0000}");
                var token = new ApiToken(id, account.Id, account.Person, FieldRules.Clean(form.Name), [.. TokenScopes.All.Where(form.Scopes.Contains)], form.Until, TokenState.Waiting);
                _ = await record.AppendAsync(new TokenRecorded(time.GetUtcNow(), token, "made", FieldRules.Clean(form.Reason), by.Id), stop);
                return ActResult.Done(id);
            },
            stop);
    }

    /// <inheritdoc/>
    public async Task<TakenToken> Take(string id, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        ApiToken? taken = null;
        string? told = null;
        var done = await turn.ActAsync(
            [],
            async () =>
            {
                if (record.Readers.AskNow(db => TokensView.Token(db, id), stop) is not var (token, made) || (token.Person != by.Person && !MayKeep(by).Allowed))
                {
                    return ActResult.Refused("id", FieldFault.Unknown, id);
                }

                // By person and by account: a token made for one's everyday account is not taken in another role's name.
                if (token.Account != by.Account)
                {
                    var answer = new AuthorityAnswer(AuthorityRefusal.NotOwn, null, null, []);
                    return ActResult.NotAllowed((await guard.Objection(by, answer, "TakeToken", "R-PROF-05", id, stop))!);
                }

                var now = time.GetUtcNow();
                if (token.State != TokenState.Waiting || now - made > TakenWithin || Today >= token.Until)
                {
                    return ActResult.Refused("id", FieldFault.NothingToChange);
                }

                var secret = TokenSecret.New(id, randomBytes);
                var digest = TokenSecret.Digest(secret);
                var active = token with { State = TokenState.Active };
                _ = await record.AppendAsync(
                    [Draft.Of(new TokenRecorded(now, active, "taken", "", by.Id))],
                    db => db.Run("INSERT OR REPLACE INTO kept_tokens VALUES ($1, $2)", id, digest),
                    stop);
                (taken, told) = (active, secret);
                return ActResult.Done(id);
            },
            stop);
        return new(done, taken, told);
    }

    /// <inheritdoc/>
    public Task<ActResult> End(string id, string reason, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
            async () =>
            {
                if (record.Readers.AskNow(db => TokensView.Token(db, id), stop) is not var (token, _))
                {
                    return ActResult.Refused("id", FieldFault.Unknown, id);
                }

                if (token.Person != by.Person && await guard.Objection(by, PageAct.KeepTokens, ActSubject.None, "R-SIGN-01", id, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                if (token.State == TokenState.Ended)
                {
                    return ActResult.Refused("", FieldFault.NothingToChange);
                }

                _ = await record.AppendAsync(
                    [Draft.Of(new TokenRecorded(time.GetUtcNow(), token with { State = TokenState.Ended }, "ended", FieldRules.Clean(reason), by.Id))],
                    db => db.Run("DELETE FROM kept_tokens WHERE token = $1", id),
                    stop);
                return ActResult.Done(id);
            },
            stop);
    }

    private static AuthorityAnswer MayKeep(Actor by) => Authority.May(by, PageAct.KeepTokens, ActSubject.None);

    private TokenLine Line(Statements db, ApiToken token, DateTimeOffset made, Actor by, bool keeps)
    {
        var waits = token.State == TokenState.Waiting;
        var over = token.State != TokenState.Ended && (Today >= token.Until || (waits && time.GetUtcNow() - made > TakenWithin));
        var (used, source, calls) = store.Use(token.Id);
        return new(
            token,
            OperatorsView.Account(db, token.Account)?.SignInName ?? token.Account.Value,
            AuthorityGuard.NamedOrId(db, token.Person),
            made,
            over,
            waits ? made + TakenWithin : null,
            used,
            source,
            calls,
            waits && !over && token.Account == by.Account,
            token.State != TokenState.Ended && !over && (keeps || token.Person == by.Person));
    }

    private IEnumerable<FieldProblem> Problems(TokenForm form)
    {
        foreach (var problem in FieldRules.Text("name", form.Name, LongestName).Concat(FieldRules.Text("reason", form.Reason, FieldRules.LongestReason)))
        {
            yield return problem;
        }

        if (string.IsNullOrEmpty(form.SignInName))
        {
            yield return new("account", FieldFault.Required);
        }

        if (form.Scopes.IsDefaultOrEmpty)
        {
            yield return new("scopes", FieldFault.Required);
        }

        if (form.Until <= Today)
        {
            yield return new("until", FieldFault.AlreadyOver);
        }
        else if (form.Until > Today.AddYears(1))
        {
            yield return new("until", FieldFault.LongerThanOneYear);
        }
    }
}
