using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.SignIn;

/// <summary>One's own passkeys, password, code and sessions. Each change is an entry that says so, in the transaction that makes it.</summary>
public sealed class ProofDesk(
    ServiceRecord record, ISiteSettings site, Sessions sessions, Passwords passwords, Passkeys passkeys, Seal seal, SetupDesk setup, TimeProvider time, Func<int, byte[]> randomBytes) : IProofDesk
{
    private const string CodePurpose = "new-code";
    private const int LongestName = 40;
    private const int MostPasskeys = 10;

    /// <inheritdoc/>
    public Task<OwnProofs> Of(Session session, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(session);
        return record.Readers.Ask(
            db =>
            {
                var account = session.Actor.Account;
                var password = KeptProofs.Password(db, account);
                return new OwnProofs(
                    [.. KeptProofs.Passkeys(db, account).Select(key => new OwnPasskey(key.Text, key.Name, key.Made, key.LastUsed, key.BackedUp))],
                    password is { TemporaryUntil: null } own ? own.ChangedAt : null,
                    KeptProofs.Code(db, account) is not null,
                    PasswordRules.ShortestFor(session.Actor.Privileged),
                    [.. sessions.Of(account).Select(item => new OwnSession(item.Name, item.Name == session.Name, item.Method, item.Begun, item.LastAct, item.Source, item.Browser))]);
            },
            gone);
    }

    /// <inheritdoc/>
    public Task<PasskeyQuestion> AskNewPasskey(Session session, HttpContext http) => passkeys.AskNewAsync(session, AccountOf(session), http);

    /// <inheritdoc/>
    public async Task<ActResult> AddPasskey(Session session, string name, PasskeyReply reply, HttpContext http, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(session);
        ImmutableArray<FieldProblem> problems = [.. FieldRules.Text("name", name, LongestName)];
        if (!problems.IsEmpty)
        {
            return new(problems);
        }

        if (record.Readers.AskNow(db => KeptProofs.Passkeys(db, session.Actor.Account).Length, stop) >= MostPasskeys)
        {
            return ActResult.Refused("name", FieldFault.OutOfRange, $"{MostPasskeys}");
        }

        if (await passkeys.MadeAsync(session, AccountOf(session), FieldRules.Clean(name), reply, http) is not { } key)
        {
            return ActResult.Refused("", FieldFault.WrongPasskey);
        }

        _ = await record.AppendAsync([Changed(session, ProofKind.Passkey, "made", key.Name)], db => KeptProofs.PutPasskey(db, key), stop);
        await setup.AfterProofAsync(session.Actor.Person, stop);
        return ActResult.Done(key.Text);
    }

    /// <inheritdoc/>
    public async Task<ActResult> RemovePasskey(Session session, string id, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(session);
        var account = session.Actor.Account;
        var (key, others) = record.Readers.AskNow(
            db =>
            {
                var all = KeptProofs.Passkeys(db, account);
                return (all.FirstOrDefault(item => item.Text == id), all.Length > 1 || (KeptProofs.Password(db, account) is { TemporaryUntil: null } && KeptProofs.Code(db, account) is not null));
            },
            stop);
        if (key is null)
        {
            return ActResult.Refused("id", FieldFault.Unknown, id);
        }

        if (!others)
        {
            return ActResult.Refused("", FieldFault.LastProof);
        }

        _ = await record.AppendAsync([Changed(session, ProofKind.Passkey, "removed", key.Name)], db => KeptProofs.RemovePasskey(db, account, id), stop);
        return ActResult.Done(id);
    }

    /// <inheritdoc/>
    public CodeSecret NewCode(Session session, string sealedBefore)
    {
        ArgumentNullException.ThrowIfNull(session);
        var secret = seal.FromForm(CodePurpose, session.Name, sealedBefore) is { } before ? Convert.FromBase64String(before) : randomBytes(Totp.SecretLength);
        var text = Totp.Base32(secret);
        var label = Uri.EscapeDataString($"RoomGuard {site.Now.Site.Organisation}:{AccountOf(session).SignInName}");
        return new(
            string.Join(' ', text.Chunk(4).Select(part => new string(part))),
            $"otpauth://totp/{label}?secret={text}&issuer={Uri.EscapeDataString("RoomGuard " + site.Now.Site.Organisation)}",
            seal.ForForm(CodePurpose, session.Name, Convert.ToBase64String(secret)));
    }

    /// <inheritdoc/>
    public async Task<ActResult> SetPassword(Session session, NewPassword typed, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(typed);
        var account = AccountOf(session);
        var (present, old, code) = record.Readers.AskNow(db => (KeptProofs.Password(db, account.Id), KeptProofs.OldPasswords(db, account.Id), KeptProofs.Code(db, account.Id)), stop);
        var problems = new List<FieldProblem>();
        if (passwords.Rules.Check(typed.Password, account.SignInName, account.Privileged) is { } fault)
        {
            problems.Add(ProblemOf(fault, account.Privileged));
        }

        if (PasswordRules.Normal(typed.Password) != PasswordRules.Normal(typed.Again))
        {
            problems.Add(new("again", FieldFault.Differs));
        }

        // Whoever came by a temporary password may have lost the device with the codes: then only a new secret counts.
        KeptCode? renewed = null;
        if (typed.SealedCode.Length > 0 || code is null || session.NeedsNewCode)
        {
            var secret = seal.FromForm(CodePurpose, session.Name, typed.SealedCode) is { } text ? Convert.FromBase64String(text) : null;
            var step = secret is null ? null : Totp.Match(secret, typed.Code, time.GetUtcNow(), null);
            if (step is null)
            {
                problems.Add(new("code", FieldFault.WrongCode));
            }
            else
            {
                renewed = new(seal.Keep("code", secret!), step);
            }
        }

        if (problems.Count == 0)
        {
            foreach (var verifier in old.Prepend(present?.Hash ?? "").Where(verifier => verifier.Length > 0))
            {
                if (await passwords.FitsAsync(verifier, typed.Password, stop))
                {
                    problems.Add(new("password", FieldFault.PasswordUsedBefore));
                    break;
                }
            }
        }

        if (problems.Count > 0)
        {
            return new([.. problems]);
        }

        var hash = await passwords.HashAsync(typed.Password, stop);
        var drafts = new List<Draft> { Changed(session, ProofKind.Password, present is { TemporaryUntil: null } ? "changed" : "made", "") };
        if (renewed is not null)
        {
            drafts.Add(Changed(session, ProofKind.Code, code is null ? "made" : "changed", ""));
        }

        _ = await record.AppendAsync(
            drafts,
            db =>
            {
                KeptProofs.SetPassword(db, account.Id, new(hash, time.GetUtcNow(), null, false));
                if (renewed is not null)
                {
                    KeptProofs.SetCode(db, account.Id, renewed);
                }
            },
            stop);

        // Whoever knew the old password may sit in another session (ASVS 7.4.3).
        await sessions.EndAsync([.. sessions.Of(account.Id).Where(item => item.Name != session.Name)], SessionEnd.EndedElsewhere, session.Actor.Id, stop);
        await setup.AfterProofAsync(session.Actor.Person, stop);
        return ActResult.Done();
    }

    /// <inheritdoc/>
    public async Task<ActResult> EndSession(Session session, string name, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (sessions.Of(session.Actor.Account).FirstOrDefault(item => item.Name == name) is not { } found)
        {
            return ActResult.Refused("name", FieldFault.Unknown, name);
        }

        await sessions.EndAsync([found], SessionEnd.EndedElsewhere, session.Actor.Id, stop);
        return ActResult.Done(name);
    }

    private static FieldProblem ProblemOf(PasswordFault fault, bool privileged) => fault switch
    {
        PasswordFault.TooShort => new("password", FieldFault.PasswordTooShort, PasswordRules.ShortestFor(privileged).ToString(CultureInfo.InvariantCulture)),
        PasswordFault.TooLong => new("password", FieldFault.TooLong, PasswordRules.Longest.ToString(CultureInfo.InvariantCulture)),
        PasswordFault.UsedBefore => new("password", FieldFault.PasswordUsedBefore),
        _ => new("password", FieldFault.PasswordCommon),
    };

    private Draft Changed(Session session, ProofKind kind, string cause, string name) =>
        Draft.Of(new ProofChanged(time.GetUtcNow(), session.Actor.Account, session.Actor.Person, kind, cause, name, "", session.Actor.Id));

    private OperatorAccount AccountOf(Session session) => record.Readers.AskNow(db => OperatorsView.Account(db, session.Actor.Account))!;
}
