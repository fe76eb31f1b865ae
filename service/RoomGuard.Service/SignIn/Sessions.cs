using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.SignIn;

/// <summary>
/// Open sessions (R-SIGN-04): in memory with a copy on disk, so that a restart signs nobody out. The browser holds 256 random bits, we hold
/// their digest. Who acts is asked of the record on every request; the session itself carries no rights.
/// </summary>
public sealed class Sessions : ISessions, IDisposable
{
    /// <summary>Sessions one account may have at a time; a further one ends the oldest.</summary>
    public const int MostPerAccount = 5;

    private static readonly TimeSpan BetweenCopies = TimeSpan.FromSeconds(30);

    // Requests under way when a secret was replaced still come with the old one.
    private static readonly TimeSpan OldSecretFor = TimeSpan.FromSeconds(10);

    private readonly ServiceRecord record;
    private readonly SessionStore store;
    private readonly OutsideGate outside;
    private readonly TimeProvider time;
    private readonly Func<int, byte[]> randomBytes;
    private readonly Lock gate = new();
    private readonly Dictionary<string, KeptSession> open = [];
    private readonly Dictionary<string, (string Session, DateTimeOffset? Until)> secrets = [];
    private readonly Dictionary<string, DateTimeOffset> copied = [];

    /// <summary>Takes over what was open when the program last stopped.</summary>
    public Sessions(ServiceRecord record, SessionStore store, OutsideGate outside, TimeProvider time, Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(store);
        (this.record, this.store, this.outside, this.time, this.randomBytes) = (record, store, outside, time, randomBytes);
        foreach (var session in store.All())
        {
            open[session.Name] = session;
            secrets[session.SecretDigest] = (session.Name, null);
        }
    }

    /// <inheritdoc/>
    public Session? Whose(string cookie, bool acts, string address)
    {
        var now = time.GetUtcNow();
        if (Find(cookie, now) is not { } kept || ActorOf(kept.Account, now) is not { } actor || actor.Person.Value != kept.Person)
        {
            return null;
        }

        // Not ended: whoever carries a copied cookie outside must not sign its owner out.
        if (!outside.Lets(actor.Person, address))
        {
            return null;
        }

        var limits = SessionLimits.Of(actor.Privileged);
        if (limits.EndAt(kept.Begun, kept.LastAct, now) is not null)
        {
            return null;
        }

        string? renewed = null;
        lock (gate)
        {
            // Read again: another request of the same page may have changed or ended it meanwhile.
            if (!open.TryGetValue(kept.Name, out var current))
            {
                return null;
            }

            kept = acts ? current with { LastAct = now } : current;
            if (RolesMark(actor) is var roles && roles != kept.Roles)
            {
                // A secret from before a change of roles is worth nothing after it (R-SIGN-01), nor is a confirmation made under the old ones.
                renewed = NewSecret();
                secrets[kept.SecretDigest] = (kept.Name, now + OldSecretFor);
                kept = kept with { SecretDigest = Digest(renewed), Roles = roles, ConfirmedAt = DateTimeOffset.UnixEpoch };
                secrets[kept.SecretDigest] = (kept.Name, null);
            }

            open[kept.Name] = kept;
            if (renewed is not null || (acts && now - copied.GetValueOrDefault(kept.Name) >= BetweenCopies))
            {
                store.Put(kept);
                copied[kept.Name] = now;
            }
        }

        return new(kept.Name, actor, kept.Method, kept.Begun, kept.ConfirmedAt, kept.Begun + limits.Longest, kept.LastSignIn, kept.LastSignOut, renewed);
    }

    /// <summary>Begins a session and records the sign-in.</summary>
    /// <param name="alongside">More to keep in the same transaction as the record's entry; null: nothing.</param>
    /// <returns>The session's name and the secret for the browser's cookie.</returns>
    public async Task<(string Name, string Secret)> BeginAsync(Actor actor, SignInMethod method, SignInSource from, Action<Statements>? alongside, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(from);
        var now = time.GetUtcNow();
        var name = Convert.ToHexStringLower(randomBytes(4));
        var secret = NewSecret();
        var drafts = new List<Draft> { Draft.Of(new SignedIn(now, actor.Account, actor.Person, method, name, from.Address)) };
        ImmutableArray<KeptSession> tooMany;
        lock (gate)
        {
            tooMany = [.. open.Values.Where(item => item.Account == actor.Account).OrderByDescending(item => item.LastAct).Skip(MostPerAccount - 1)];
        }

        drafts.AddRange(tooMany.Select(item => Draft.Of(new SignedOut(now, item.Account, new(item.Person), SessionEnd.EndedElsewhere, item.Name, actor.Id))));
        _ = await record.AppendAsync(drafts, alongside, stop);
        lock (gate)
        {
            var (lastIn, lastOut) = store.LastTimes(actor.Account);
            var session = new KeptSession(
                name, Digest(secret), actor.Account, actor.Id, method, now, now, now, from.Address, from.Browser, RolesMark(actor), lastIn, lastOut);
            open[name] = session;
            secrets[session.SecretDigest] = (name, null);
            store.Put(session);
            store.NoteIn(actor.Account, now);
            foreach (var item in tooMany)
            {
                Forget(item, now);
            }
        }

        return (name, secret);
    }

    /// <summary>Notes that the person behind a session has just proved again who they are.</summary>
    public void Confirm(string name)
    {
        lock (gate)
        {
            if (open.TryGetValue(name, out var kept))
            {
                open[name] = kept with { ConfirmedAt = time.GetUtcNow() };
                store.Put(open[name]);
            }
        }
    }

    /// <summary>Ends the session behind a cookie; none is no fault.</summary>
    public Task EndAsync(string cookie, CancellationToken stop) =>
        Find(cookie, time.GetUtcNow()) is { } session ? EndAsync([session], SessionEnd.SignedOut, session.Person, stop) : Task.CompletedTask;

    /// <summary>Ends sessions and records it.</summary>
    /// <param name="by">Person who did it.</param>
    public async Task EndAsync(IReadOnlyList<KeptSession> ended, SessionEnd cause, string by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(ended);
        var now = time.GetUtcNow();

        // Over first, recorded after: a session somebody ends must not live on because the disk is full.
        lock (gate)
        {
            ended = [.. ended.Where(item => open.ContainsKey(item.Name))];
            foreach (var item in ended)
            {
                Forget(item, now);
            }
        }

        _ = await record.AppendAsync([.. ended.Select(item => Draft.Of(new SignedOut(now, item.Account, new(item.Person), cause, item.Name, by)))], null, stop);
    }

    /// <summary>Open sessions of an account, the newest first.</summary>
    public ImmutableArray<KeptSession> Of(AccountId account)
    {
        lock (gate)
        {
            return [.. open.Values.Where(item => item.Account == account).OrderByDescending(item => item.Begun)];
        }
    }

    /// <summary>Ends what time or a stopped account has ended; called now and then, so that the record tells it.</summary>
    public async Task SweepAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        ImmutableArray<KeptSession> all;
        lock (gate)
        {
            all = [.. open.Values];
            foreach (var digest in secrets.Where(item => item.Value.Until <= now).Select(item => item.Key).ToList())
            {
                _ = secrets.Remove(digest);
            }
        }

        foreach (var session in all)
        {
            var actor = ActorOf(session.Account, now);
            var cause = actor is null ? SessionEnd.AccountStopped : SessionLimits.Of(actor.Privileged).EndAt(session.Begun, session.LastAct, now);
            if (cause is { } over)
            {
                await EndAsync([session], over, session.Person, stop);
            }
        }
    }

    /// <summary>Asks or tells the store, which is not for several at once.</summary>
    internal T WithStore<T>(Func<SessionStore, T> act)
    {
        lock (gate)
        {
            return act(store);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => store.Dispose();

    // Everything a right may hang on: what is not among it may change without a new secret.
    private static string RolesMark(Actor actor)
    {
        var text = string.Join('\n', actor.Holdings.Select(held => string.Create(CultureInfo.InvariantCulture, $"{held.Id} {held.Role} {held.Section} {string.Join(',', held.Zones)} {held.DeputyFor}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{actor.Privileged} {actor.Category}\n{text}")))[..16];
    }

    internal static string Digest(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private string NewSecret() => System.Buffers.Text.Base64Url.EncodeToString(randomBytes(32));

    private Actor? ActorOf(AccountId account, DateTimeOffset now) =>
        record.Readers.AskNow(db => OperatorsView.ActorOf(db, account, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, record.TimeZone).DateTime)));

    private KeptSession? Find(string cookie, DateTimeOffset now)
    {
        var digest = Digest(cookie);
        lock (gate)
        {
            return secrets.TryGetValue(digest, out var found) && !(found.Until <= now) && open.TryGetValue(found.Session, out var session) ? session : null;
        }
    }

    private void Forget(KeptSession session, DateTimeOffset now)
    {
        _ = open.Remove(session.Name);
        _ = copied.Remove(session.Name);
        foreach (var digest in secrets.Where(item => item.Value.Session == session.Name).Select(item => item.Key).ToList())
        {
            _ = secrets.Remove(digest);
        }

        store.Remove(session.Name);
        store.NoteOut(session.Account, now);
    }
}

/// <summary>Sweeps sessions every quarter of a minute.</summary>
internal sealed partial class SessionSweep(Sessions sessions, TimeProvider time, ILogger<SessionSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sessions.SweepAsync(stoppingToken);
            }
            catch (Evidence.EvidenceWriteException failed)
            {
                // They are over all the same; only the record's entry is missing, and the record's own trouble is shown elsewhere.
                NotRecorded(log, failed.Message);
            }
        }
    }

    [LoggerMessage(2501, LogLevel.Warning, "The end of a session could not be recorded: {Reason}")]
    private static partial void NotRecorded(ILogger log, string reason);
}
