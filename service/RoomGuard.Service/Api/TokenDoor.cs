using System.Security.Cryptography;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Tokens;
using RoomGuard.Evidence;
using RoomGuard.Service.Record;
using RoomGuard.Service.SignIn;

namespace RoomGuard.Service.Api;

/// <summary>
/// Who calls the API. Asked anew with every call: an ended token, a stopped account and a changed role count at once (R-SIGN-01). What is refused is
/// counted by source and told in the record in steps (R-NET-09).
/// </summary>
public sealed class TokenDoor(ServiceRecord record, ApiStore store, SignIn.OutsideGate outside, TimeProvider time) : ITokenDoor
{
    private const int MostReadings = 10_000;

    /// <summary>How often reading is told of †.</summary>
    private static readonly TimeSpan ReadingTold = TimeSpan.FromHours(1);

    // Compared with when there is no such token, so that a wrong number takes as long as a wrong secret.
    private static readonly byte[] NoDigest = new byte[32];

    private readonly Lock gate = new();
    private readonly CallGate limits = new();
    private readonly Dictionary<(string Token, string Operation, string Source), (DateTimeOffset Told, int Since)> readings = [];

    /// <inheritdoc/>
    public async Task<TokenCall> Whose(string? sent, string source, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var (fault, token, actor, named) = Judge(sent, now, stop);
        if (fault is { } wrong)
        {
            return await Refused(wrong, named, source, now, stop);
        }

        if (!outside.Lets(actor!.Person, source))
        {
            return await Refused(TokenFault.Outside, token!.Id, source, now, stop);
        }

        CallStep step;
        lock (gate)
        {
            step = limits.Called(token!.Id, now);
        }

        if (!step.Allowed)
        {
            _ = await Refused(TokenFault.TooMany, token.Id, source, now, stop);
            return new(TokenFault.TooMany, null, null, 0, step.Wait);
        }

        store.NoteUse(token.Id, now, source);
        return new(null, token, actor, step.Left, TimeSpan.Zero) { MarkKey = System.Text.Encoding.UTF8.GetBytes(sent!) };
    }

    /// <inheritdoc/>
    public Task OtherScope(ApiToken token, string source, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Refused(TokenFault.OtherScope, token.Id, source, time.GetUtcNow(), stop);
    }

    /// <inheritdoc/>
    public async Task<bool> Used(TokenCall call, string operation, string source, string? key, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(call);
        var (token, now, before) = (call.Token!, time.GetUtcNow(), 0);
        var reading = (token.Id, operation, source);
        if (key is null)
        {
            lock (gate)
            {
                if (readings.TryGetValue(reading, out var told) && now - told.Told < ReadingTold)
                {
                    readings[reading] = told with { Since = told.Since + 1 };
                    return true;
                }

                before = told.Since;
            }
        }

        if (!await Recorded(new TokenUsed(now, token.Id, token.Account, token.Person, operation, source, key, before), stop))
        {
            return false;
        }

        if (key is null)
        {
            lock (gate)
            {
                if (readings.Count >= MostReadings)
                {
                    _ = readings.Remove(readings.MinBy(item => item.Value.Told).Key);
                }

                readings[reading] = (now, 0);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public KeyBegun BeginKey(string token, string key, string mark) => store.Begin(token, key, mark, time.GetUtcNow());

    /// <inheritdoc/>
    public void KeepAnswer(string token, string key, KeptAnswer answer) => store.Keep(token, key, answer);

    /// <inheritdoc/>
    public void ForgetKey(string token, string key) => store.Forget(token, key);

    /// <inheritdoc/>
    public void LeaveKey(string token, string key) => store.Leave(token, key);

    private (TokenFault? Fault, ApiToken? Token, Actor? Actor, string? Named) Judge(string? sent, DateTimeOffset now, CancellationToken stop)
    {
        if (TokenSecret.Read(sent) is not var (text, id))
        {
            return (TokenFault.Unknown, null, null, null);
        }

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, record.TimeZone).DateTime);
        var (found, digest, actor) = record.Readers.AskNow(
            db =>
            {
                var known = TokensView.Token(db, id)?.Token;
                return (known, db.Value("SELECT digest FROM kept_tokens WHERE token = $1", id) as byte[], known is null ? null : OperatorsView.ActorOf(db, known.Account, today));
            },
            stop);
        var fits = CryptographicOperations.FixedTimeEquals(TokenSecret.Digest(text), digest ?? NoDigest);
        return (found, fits) switch
        {
            (null, _) => (TokenFault.Unknown, null, null, null),

            // Of an ended one the digest is gone: that somebody still knocks with its number is told all the same.
            ({ State: TokenState.Ended }, _) => (TokenFault.Ended, null, null, id),
            (_, false) => (TokenFault.Unknown, null, null, id),
            _ when today >= found.Until => (TokenFault.Over, null, null, id),
            _ when actor is null || actor.Person != found.Person || actor.Privileged => (TokenFault.AccountStopped, null, null, id),
            _ => (null, found, actor, id),
        };
    }

    private async Task<TokenCall> Refused(TokenFault fault, string? named, string source, DateTimeOffset now, CancellationToken stop)
    {
        RefusedStep step;
        lock (gate)
        {
            step = limits.Failed($"{SignInDesk.Network(source)} {fault} {named}", now);
            if (fault is TokenFault.Unknown or TokenFault.Ended or TokenFault.Over or TokenFault.AccountStopped)
            {
                // Whatever is tried, one source is answered so often and no more.
                step = step with { TooMany = limits.Failed($"{SignInDesk.Network(source)} any", now).TooMany };
            }
        }

        if (step.Tell)
        {
            // It is refused all the same when it cannot be recorded; the record's own trouble is shown elsewhere.
            _ = await Recorded(new TokenRefused(now, named, fault, source, step.Count), stop);
        }

        return step.TooMany ? new(TokenFault.TooMany, null, null, 0, CallGate.Forgotten) : new(fault, null, null, 0, TimeSpan.Zero);
    }

    private async Task<bool> Recorded(RecordedEvent item, CancellationToken stop)
    {
        try
        {
            _ = await record.AppendAsync(item, stop);
            return true;
        }
        catch (EvidenceWriteException)
        {
            return false;
        }
    }
}
