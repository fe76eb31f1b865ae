using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.SignIn;

/// <summary>Accounts that exist: looked at, held, released, ended, given a temporary password (R-SIGN-05, R-SIGN-08, R-SIGN-09, R-SIGN-11).</summary>
public sealed class AccountDesk(
    ServiceRecord record, Sessions sessions, SignInDesk signIn, Passwords passwords, ActTurn turn, TimeProvider time, Func<int, byte[]> randomBytes) : IAccountDesk
{
    /// <summary>特権ID a site may have at most (R-SIGN-09).</summary>
    public const int PrivilegedAtMost = 3;

    private const int ShownSignIns = 50;

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);

    /// <inheritdoc/>
    public Task<AccountList> Accounts(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => Authority.May(by, PageAct.SeeAccounts, ActSubject.None) is { Allowed: false } answer
            ? new AccountList([], PrivilegedAtMost, Why(answer, "R-SIGN-09"))
            : new AccountList([.. All(db).Select(account => Line(db, account))], PrivilegedAtMost, null),
        gone);

    /// <inheritdoc/>
    public Task<AccountFile?> Account(AccountId id, Actor by, CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            if (!Authority.May(by, PageAct.SeeAccounts, ActSubject.None).Allowed || OperatorsView.Account(db, id) is not { } account)
            {
                return null;
            }

            var signIns = ImmutableArray.CreateBuilder<SignInLine>();
            using (var row = db.Rows("SELECT at, ok, method, source, reason FROM view_sign_ins WHERE account = $1 ORDER BY n DESC LIMIT $2", id.Value, (long)ShownSignIns))
            {
                while (row.Read())
                {
                    signIns.Add(new(row.Time(0), row.GetInt64(1) != 0, row.GetString(2), row.GetString(3), row.GetString(4)));
                }
            }

            var line = Line(db, account);
            var keeps = MayKeep(db, account, by);
            var others = account.Person != by.Person;
            var remote = OperatorsView.RemoteAccessOf(db, account.Person, Today);
            return new AccountFile(
                line,
                [.. sessions.Of(id).Select(item => new AccountSession(item.Name, item.Begun, item.LastAct, item.Method.ToString(), item.Source, item.Browser))],
                signIns.ToImmutable(),
                new(
                    keeps.Allowed && account.State == AccountState.Active,
                    keeps.Allowed && others && (account.State == AccountState.Held || line.LockedUntil is not null),
                    keeps.Allowed && others && account.State != AccountState.Ended,
                    MayEndSessions(db, account, by).Allowed && line.Sessions > 0,
                    keeps.Allowed && others && account.State == AccountState.Active,
                    keeps.Allowed && !remote.IsEmpty,
                    keeps.Allowed ? null : Why(keeps, "R-SIGN-09")),
                remote);
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Hold(AccountId id, string reason, Actor by, CancellationToken stop) =>
        Change(id, reason, by, ownToo: true, account => account.State == AccountState.Active ? (account with { State = AccountState.Held }, "held") : null, stop);

    /// <inheritdoc/>
    public Task<ActResult> Release(AccountId id, string reason, Actor by, CancellationToken stop) => Act(id, reason, by, ownToo: false, MayKeep, async account =>
    {
        var now = time.GetUtcNow();
        var facts = new List<RecordedEvent>();
        if (signIn.LockOf(id) is not null)
        {
            facts.Add(new SignInReleased(now, id, account.Person, FieldRules.Clean(reason), by.Id));
        }

        if (account.State == AccountState.Held)
        {
            facts.Add(new AccountRecorded(now, account with { State = AccountState.Active }, "released", FieldRules.Clean(reason), by.Id));
        }

        if (facts.Count == 0)
        {
            return ActResult.Refused("", FieldFault.NothingToChange);
        }

        _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
        _ = signIn.Release(id);
        return ActResult.Done(id.Value);
    }, stop);

    /// <inheritdoc/>
    public Task<ActResult> End(AccountId id, string reason, Actor by, CancellationToken stop) =>
        Change(id, reason, by, ownToo: false, account => account.State != AccountState.Ended ? (account with { State = AccountState.Ended }, "ended") : null, stop);

    /// <inheritdoc/>
    public Task<ActResult> EndSessions(AccountId id, string reason, Actor by, CancellationToken stop) => Act(id, reason, by, ownToo: true, MayEndSessions, async _ =>
    {
        await sessions.EndAsync(sessions.Of(id), SessionEnd.Forced, by.Id, stop);
        return ActResult.Done(id.Value);
    }, stop);

    /// <inheritdoc/>
    public Task<ActResult> EndRemoteAccess(AccountId id, string reason, Actor by, CancellationToken stop) => Act(id, reason, by, ownToo: true, MayKeep, async account =>
    {
        var now = time.GetUtcNow();
        var remote = record.Readers.AskNow(db => OperatorsView.RemoteAccessOf(db, account.Person, Today));
        if (remote.IsEmpty)
        {
            return ActResult.Refused("", FieldFault.NothingToChange);
        }

        _ = await record.AppendAsync([.. remote.Select(access => Draft.Of(new RemoteAccessEnded(now, access.Id, account.Person, FieldRules.Clean(reason), by.Id)))], null, stop);
        return ActResult.Done(id.Value);
    }, stop);

    /// <inheritdoc/>
    public async Task<TemporaryPassword> IssueTemporaryPassword(AccountId id, string reason, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        string? told = null;
        DateTimeOffset? until = null;
        var done = await Act(id, reason, by, ownToo: false, MayKeep, async account =>
        {
            if (account.State != AccountState.Active)
            {
                return ActResult.Refused("id", FieldFault.Unknown, id.Value);
            }

            var password = Passwords.NewTemporary(randomBytes);
            var hash = await passwords.HashAsync(password, stop);
            var (now, ends) = (time.GetUtcNow(), time.GetUtcNow() + Passwords.TemporaryFor);
            _ = await record.AppendAsync(
                [Draft.Of(new ProofChanged(now, id, account.Person, ProofKind.TemporaryPassword, "issued", "", FieldRules.Clean(reason), by.Id))],
                db => KeptProofs.SetPassword(db, id, new(hash, now, ends, false)),
                stop);

            // R-SIGN-08: with the old password all that was opened by it is over.
            await sessions.EndAsync(sessions.Of(id), SessionEnd.Forced, by.Id, stop);
            (told, until) = (password, ends);
            return ActResult.Done(id.Value);
        }, stop);
        return new(done, told, until);
    }

    private static AuthorityAnswer MayKeep(Statements db, OperatorAccount account, Actor by)
    {
        var subject = SubjectOf(db, account);
        return account.Privileged
            ? Authority.May(by, Core.Operators.Act.PrivilegedAccount, Part.Keeps, subject)
            : Authority.May(by, Core.Operators.Act.OperatorAccount, Part.Allows, subject);
    }

    private static AuthorityAnswer MayEndSessions(Statements db, OperatorAccount account, Actor by) =>
        account.Privileged ? MayKeep(db, account, by) : Authority.May(by, PageAct.ForceSignOut, SubjectOf(db, account));

    private static ActSubject SubjectOf(Statements db, OperatorAccount account) =>
        ActSubject.Of(account.Person, db.Value("SELECT section FROM view_people WHERE person = $1", account.Person.Value) as string);

    private static Refusal Why(AuthorityAnswer answer, string rule) => new(AuthorityText.Of(answer.Refusal ?? AuthorityRefusal.NoRole), rule, answer.Roles, []);

    private static ImmutableArray<OperatorAccount> All(Statements db)
    {
        var ids = new List<AccountId>();
        using (var row = db.Rows("SELECT account FROM view_accounts ORDER BY privileged DESC, state, name"))
        {
            while (row.Read())
            {
                ids.Add(new(row.GetString(0)));
            }
        }

        return [.. ids.Select(id => OperatorsView.Account(db, id)!)];
    }

    private AccountLine Line(Statements db, OperatorAccount account)
    {
        var holder = new NamedPerson(account.Person, account.Person.Value, "", "");
        using (var row = db.Rows("SELECT name, kana, section FROM view_people WHERE person = $1", account.Person.Value))
        {
            if (row.Read())
            {
                holder = new(account.Person, row.GetString(0), row.GetString(1), row.GetString(2));
            }
        }

        var last = db.Value("SELECT at FROM view_sign_ins WHERE account = $1 AND ok = 1 ORDER BY n DESC LIMIT 1", account.Id.Value) is long at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : (DateTimeOffset?)null;
        return new(
            account,
            holder,
            last,
            sessions.Of(account.Id).Length,
            signIn.LockOf(account.Id),
            KeptProofs.Passkeys(db, account.Id).Length,
            KeptProofs.Password(db, account.Id) is { TemporaryUntil: null } && KeptProofs.Code(db, account.Id) is not null);
    }

    private Task<ActResult> Change(
        AccountId id, string reason, Actor by, bool ownToo, Func<OperatorAccount, (OperatorAccount Account, string Cause)?> change, CancellationToken stop) =>
        Act(id, reason, by, ownToo, MayKeep, async account =>
        {
            if (change(account) is not var (changed, cause))
            {
                return ActResult.Refused("", FieldFault.NothingToChange);
            }

            _ = await record.AppendAsync(new AccountRecorded(time.GetUtcNow(), changed, cause, FieldRules.Clean(reason), by.Id), stop);
            await sessions.EndAsync(sessions.Of(id), SessionEnd.AccountStopped, by.Id, stop);
            return ActResult.Done(id.Value);
        }, stop);

    private Task<ActResult> Act(
        AccountId id, string reason, Actor by, bool ownToo, Func<Statements, OperatorAccount, Actor, AuthorityAnswer> may, Func<OperatorAccount, Task<ActResult>> act, CancellationToken stop) =>
        turn.ActAsync(
            [.. FieldRules.Text("reason", reason, FieldRules.LongestReason)],
            async () =>
            {
                var (account, answer) = record.Readers.AskNow(
                    db => OperatorsView.Account(db, id) is { } found ? (found, may(db, found, by)) : (null, null), stop);
                if (account is null || answer is null)
                {
                    return ActResult.Refused("id", FieldFault.Unknown, id.Value);
                }

                return !answer.Allowed ? ActResult.NotAllowed(Why(answer, account.Privileged ? "R-SIGN-11" : "R-SIGN-09"))
                    : !ownToo && account.Person == by.Person ? ActResult.NotAllowed(Why(answer with { Refusal = AuthorityRefusal.SamePerson }, "R-PROF-05"))
                    : await act(account);
            },
            stop);
}
