using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.SignIn;

/// <summary>Signing in, confirming and signing out (R-SIGN-01 to R-SIGN-05, R-SIGN-13, R-SIGN-14).</summary>
public sealed class SignInDesk : ISignInDesk, IDisposable
{
    private readonly ServiceRecord record;
    private readonly ServiceSettings settings;
    private readonly Sessions sessions;
    private readonly Passwords passwords;
    private readonly Passkeys passkeys;
    private readonly Seal seal;
    private readonly SetupDesk setup;
    private readonly SitePolicy policy;
    private readonly OutsideGate outside;
    private readonly TimeProvider time;
    private readonly Func<int, byte[]> randomBytes;
    private readonly SignInGate gate = new();
    private readonly Lock gateLock = new();

    // Between looking at a code or a temporary password and using it up nobody else may look.
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Takes over the locks that were in force when the program last stopped.</summary>
    public SignInDesk(
        ServiceRecord record, ServiceSettings settings, Sessions sessions, Passwords passwords, Passkeys passkeys, Seal seal, SetupDesk setup, SitePolicy policy, OutsideGate outside, TimeProvider time, Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        (this.record, this.settings, this.sessions, this.passwords) = (record, settings, sessions, passwords);
        (this.passkeys, this.seal, this.setup, this.policy) = (passkeys, seal, setup, policy);
        (this.outside, this.time, this.randomBytes) = (outside, time, randomBytes);
        foreach (var bucket in sessions.WithStore(store => store.Locks()))
        {
            gate.Put(bucket);
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);

    // The settings check refuses them for a real site; asked again here, because a door left open by mistake has no second lock.
    private ImmutableArray<string> DemoPeople =>
        settings.Site.Environment == EnvironmentKind.Test && settings.SignIn is { HasDemoPeople: true } chosen ? chosen.DemoPeople : [];

    /// <inheritdoc/>
    public bool NeedsSetup => setup.Needed;

    /// <inheritdoc/>
    public ImmutableArray<InventedPerson> InventedPeople() => record.Readers.AskNow(db => DemoPeople
        .Select(name => (Name: name, Actor: OperatorsView.AccountNamed(db, name) is { } account ? OperatorsView.ActorOf(db, account.Id, Today) : null))
        .Where(item => item.Actor is not null)
        .Select(item => new InventedPerson(item.Name, item.Actor!.Name, item.Actor.Section, item.Actor.Privileged, [.. item.Actor.Holdings.OrderBy(held => held.Role)]))
        .ToImmutableArray());

    /// <inheritdoc/>
    public async Task<SignInAnswer> SignInInvented(string signInName, SignInSource from, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(from);
        var account = DemoPeople.Contains(signInName, StringComparer.OrdinalIgnoreCase) ? Named(signInName) : null;
        if (account is null || ActorOf(account.Id) is not { } actor)
        {
            return await RefuseAsync(TryOf(account, signInName, from), account, account is null ? SignInFault.UnknownAccount : SignInFault.AccountStopped, from, stop);
        }

        if (!outside.Lets(actor.Person, from.Address))
        {
            return await RefuseOutsideAsync(TryOf(account, signInName, from), account, from, stop);
        }

        var (_, secret) = await sessions.BeginAsync(actor, SignInMethod.Invented, from, null, stop);
        return new SignInAnswer(secret);
    }

    /// <inheritdoc/>
    public async Task<SignInAnswer> SignInWithPassword(PasswordTry typed, SignInSource from, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(from);
        var account = Named(typed.SignInName);
        var attempt = TryOf(account, typed.SignInName, from);
        if (Closed(attempt) is not null)
        {
            return await RefuseAsync(attempt, account, SignInFault.Locked, from, stop);
        }

        await turn.WaitAsync(stop);
        try
        {
            var (fault, method, alongside) = await JudgeAsync(account, typed, temporaryToo: true, stop);
            if (fault is { } wrong)
            {
                return await RefuseAsync(attempt, account, wrong, from, stop);
            }

            return await BeginAsync(ActorOf(account!.Id)!, attempt, method, from, alongside, stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public Task<PasskeyQuestion> AskPasskey(Session? session, HttpContext http) => passkeys.AskAsync(session?.Name ?? "", http);

    /// <inheritdoc/>
    public async Task<SignInAnswer> SignInWithPasskey(PasskeyReply reply, HttpContext http, SignInSource from, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (await passkeys.AnswerAsync("", reply, http) is not { } answer)
        {
            // Nobody can guess a passkey, so its failures close nothing; they are counted by where they come from.
            return await RefuseAsync(new("?", false, Network(from.Address), null), null, SignInFault.WrongPasskey, from, stop, counts: false);
        }

        var attempt = TryOf(answer.Account, answer.Account.SignInName, from);
        return ActorOf(answer.Account.Id) is { } actor
            ? await BeginAsync(actor, attempt, SignInMethod.Passkey, from, db => KeptProofs.PutPasskey(db, answer.Key), stop)
            : await RefuseAsync(attempt, answer.Account, SignInFault.AccountStopped, from, stop, counts: false);
    }

    /// <inheritdoc/>
    public async Task<bool> Confirm(Session session, ConfirmTry proof, HttpContext http, SignInSource from, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(from);
        var actor = session.Actor;
        var account = record.Readers.AskNow(db => OperatorsView.Account(db, actor.Account), stop)!;
        var attempt = TryOf(account, account.SignInName, from);
        if (proof.Invented)
        {
            var invented = DemoPeople.Contains(account.SignInName, StringComparer.OrdinalIgnoreCase);
            return invented && await ConfirmedAsync(session, SignInMethod.Invented, null, stop);
        }

        if (proof.Passkey is { } reply)
        {
            if (await passkeys.AnswerAsync(session.Name, reply, http) is { } answer && answer.Account.Id == actor.Account)
            {
                return await ConfirmedAsync(session, SignInMethod.Passkey, db => KeptProofs.PutPasskey(db, answer.Key), stop);
            }

            _ = await RefuseAsync(attempt, account, SignInFault.WrongPasskey, from, stop, counts: false);
            return false;
        }

        if (proof.Password is not { } typed)
        {
            return false;
        }

        if (Closed(attempt) is not null)
        {
            _ = await RefuseAsync(attempt, account, SignInFault.Locked, from, stop);
            return false;
        }

        await turn.WaitAsync(stop);
        try
        {
            var (fault, method, alongside) = await JudgeAsync(account, typed, temporaryToo: false, stop);
            if (fault is { } wrong)
            {
                _ = await RefuseAsync(attempt, account, wrong, from, stop);
                return false;
            }

            return await ConfirmedAsync(session, method, alongside, stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public Task SignOut(string cookie, CancellationToken stop) => sessions.EndAsync(cookie, stop);

    /// <summary>The identity provider has proved who it is. A 特権ID comes in by its own proofs alone: whoever keeps the provider must not become one (R-SIGN-09).</summary>
    internal async Task<SignInAnswer> SignInProvedAsync(string signInName, SignInSource from, CancellationToken stop)
    {
        var account = SignInNames.IsOne(signInName) ? Named(signInName) : null;
        return account is { Privileged: false } && ActorOf(account.Id) is { } actor
            ? await BeginAsync(actor, TryOf(account, signInName, from), SignInMethod.Provider, from, null, stop)
            : await RefuseProviderAsync(account, from, stop);
    }

    /// <summary>Somebody came back from the identity provider with what does not hold. It closes nothing and is counted by where it comes from.</summary>
    internal Task<SignInAnswer> RefuseProviderAsync(OperatorAccount? account, SignInSource from, CancellationToken stop) =>
        RefuseAsync(new("?", false, Network(from.Address), null), account, SignInFault.WrongProviderWord, from, stop, counts: false);

    /// <summary>再確認 by the identity provider: the same person, asked anew.</summary>
    internal async Task<bool> ConfirmProvedAsync(Session session, string signInName, SignInSource from, CancellationToken stop)
    {
        var account = SignInNames.IsOne(signInName) ? Named(signInName) : null;
        if (account is { Privileged: false } && account.Id == session.Actor.Account)
        {
            return await ConfirmedAsync(session, SignInMethod.Provider, null, stop);
        }

        _ = await RefuseProviderAsync(account, from, stop);
        return false;
    }

    /// <summary>Until when an account is locked somewhere; <see cref="DateTimeOffset.MaxValue"/>: until released; null: nowhere.</summary>
    internal DateTimeOffset? LockOf(AccountId account)
    {
        lock (gateLock)
        {
            return gate.LockOf(account.Value, time.GetUtcNow());
        }
    }

    /// <summary>Opens all ways into an account.</summary>
    /// <returns>False: none was closed.</returns>
    internal bool Release(AccountId account)
    {
        lock (gateLock)
        {
            var locked = gate.LockOf(account.Value, time.GetUtcNow()) is not null;
            _ = gate.Release(account.Value);
            _ = sessions.WithStore(store =>
            {
                store.RemoveLocks(account.Value);
                return 0;
            });
            return locked;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    // One host has a whole /64 of IPv6 addresses to try from.
    internal static string Network(string address) =>
        IPAddress.TryParse(address, out var parsed) && parsed is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? $"{new IPAddress([.. parsed.GetAddressBytes().Take(8), 0, 0, 0, 0, 0, 0, 0, 0])}/64"
            : address;

    private async Task<(SignInFault? Fault, SignInMethod Method, Action<Statements>? Alongside)> JudgeAsync(
        OperatorAccount? account, PasswordTry typed, bool temporaryToo, CancellationToken stop)
    {
        var (kept, code) = account is null ? (null, null) : record.Readers.AskNow(db => (KeptProofs.Password(db, account.Id), KeptProofs.Code(db, account.Id)), stop);
        var fits = await passwords.FitsAsync(kept?.Hash, typed.Password, stop);
        var now = time.GetUtcNow();
        var method = SignInMethod.PasswordAndCode;
        if (account is null)
        {
            return (SignInFault.UnknownAccount, method, null);
        }

        if (!fits || kept is null)
        {
            return (SignInFault.WrongPassword, method, null);
        }

        if (ActorOf(account.Id) is null)
        {
            return (SignInFault.AccountStopped, method, null);
        }

        if (kept.TemporaryUntil is { } until)
        {
            return kept.Used || now >= until || !temporaryToo
                ? (SignInFault.TemporaryOver, method, null)
                : (null, SignInMethod.TemporaryPassword, db => KeptProofs.UseUp(db, account.Id));
        }

        if (code is null || seal.Open("code", code.Sealed) is not { } secret || Totp.Match(secret, typed.Code, now, code.LastStep) is not { } step)
        {
            return (SignInFault.WrongCode, method, null);
        }

        // R-SIGN-06: an overdue password still says who it is, and lets one do nothing but change it.
        var isOverdue = PasswordRules.IsOverdue(kept.ChangedAt, now, policy.Now.PasswordChangeDays);
        return (null, isOverdue ? SignInMethod.OverduePassword : method, db => KeptProofs.UseStep(db, account.Id, step));
    }

    private async Task<SignInAnswer> BeginAsync(Actor actor, SignInTry attempt, SignInMethod method, SignInSource from, Action<Statements>? alongside, CancellationToken stop)
    {
        // Asked only of who has proved who they are: a stranger outside learns nothing of it.
        if (!outside.Lets(actor.Person, from.Address))
        {
            return await RefuseOutsideAsync(attempt, record.Readers.AskNow(db => OperatorsView.Account(db, actor.Account), stop), from, stop);
        }

        var (_, secret) = await sessions.BeginAsync(actor, method, from, alongside, stop);
        lock (gateLock)
        {
            gate.Succeeded(attempt);
        }

        // A temporary password proves little: the device becomes a known one with the first real sign-in.
        if (method == SignInMethod.TemporaryPassword)
        {
            return new SignInAnswer(secret);
        }

        var device = from.Device ?? System.Buffers.Text.Base64Url.EncodeToString(randomBytes(16));
        _ = sessions.WithStore(store =>
        {
            store.NoteDevice(Sessions.Digest(device), actor.Account, time.GetUtcNow());
            return 0;
        });
        return new SignInAnswer(secret, device);
    }

    private async Task<SignInAnswer> RefuseOutsideAsync(SignInTry attempt, OperatorAccount? account, SignInSource from, CancellationToken stop) =>
        await RefuseAsync(attempt, account, SignInFault.Outside, from, stop, counts: false) with { Outside = true };

    private async Task<bool> ConfirmedAsync(Session session, SignInMethod method, Action<Statements>? alongside, CancellationToken stop)
    {
        _ = await record.AppendAsync([Draft.Of(new IdentityConfirmed(time.GetUtcNow(), session.Actor.Account, session.Actor.Person, method, session.Name))], alongside, stop);
        sessions.Confirm(session.Name);
        return true;
    }

    private async Task<SignInAnswer> RefuseAsync(SignInTry attempt, OperatorAccount? account, SignInFault fault, SignInSource from, CancellationToken stop, bool counts = true)
    {
        var now = time.GetUtcNow();
        GateStep step;
        DateTimeOffset? wait;
        lock (gateLock)
        {
            // What closes nothing is still counted for the record, under a name no account has.
            step = gate.Failed(counts ? attempt : attempt with { Account = "passkeys", Device = null }, now);
            wait = counts ? gate.ClosedUntil(attempt, now) : null;
        }

        var facts = new List<RecordedEvent>();
        // Names nobody has are many; what is told of them is the source they came from.
        var count = account is null ? step.SourceCount : step.Count;
        if (CallGate.Told(count))
        {
            facts.Add(new SignInFailed(now, account?.Id, fault, from.Address, count));
        }

        if (counts && (account is null ? step.SourceLocked : step.Locked) is { } locked)
        {
            facts.Add(new SignInLocked(now, account?.Id, attempt.Privileged, from.Address, attempt.Device is not null, locked.Until == DateTimeOffset.MaxValue ? null : locked.Until, count));
            _ = sessions.WithStore(store =>
            {
                store.PutLock(locked, now);
                return 0;
            });
        }

        if (facts.Count > 0)
        {
            _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
        }

        return SignInAnswer.Refused with { WaitUntil = wait };
    }

    private DateTimeOffset? Closed(SignInTry attempt)
    {
        lock (gateLock)
        {
            return gate.ClosedUntil(attempt, time.GetUtcNow());
        }
    }

    private SignInTry TryOf(OperatorAccount? account, string typed, SignInSource from)
    {
        var device = account is not null && from.Device is { Length: > 0 and <= 100 } secret && sessions.WithStore(store => store.KnowsDevice(Sessions.Digest(secret), account.Id))
            ? Sessions.Digest(secret)[..16]
            : null;
        var name = account?.Id.Value ?? $"name {typed.ToUpperInvariant()[..Math.Min(typed.Length, 40)]}";
        return new(name, account?.Privileged ?? false, Network(from.Address), device);
    }

    private OperatorAccount? Named(string signInName) => SignInNames.IsOne(signInName) ? record.Readers.AskNow(db => OperatorsView.AccountNamed(db, signInName)) : null;

    private Actor? ActorOf(AccountId account) => record.Readers.AskNow(db => OperatorsView.ActorOf(db, account, Today));
}
