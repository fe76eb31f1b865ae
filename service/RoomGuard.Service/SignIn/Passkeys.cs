using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.SignIn;

/// <summary>
/// Passkeys by the framework's own WebAuthn (R-SIGN-13: the device is had, and its holder known to it, so one passkey is two factors). Origin,
/// challenge, signature, counter and user verification are its checks; that a question is answered in time and once is ours.
/// </summary>
public sealed class Passkeys : IDisposable
{
    private const string SignIn = "passkey";
    private const string Making = "new-passkey";
    private const int LongestReply = 20_000;

    private readonly ServiceRecord record;
    private readonly Seal seal;
    private readonly TimeProvider time;
    private readonly PasskeyStore store;
    private readonly UserManager<OperatorAccount> users;
    private readonly PasskeyHandler<OperatorAccount> handler;

    /// <summary>Made once.</summary>
    public Passkeys(ServiceRecord record, Seal seal, IServiceProvider services, TimeProvider time)
    {
        (this.record, this.seal, this.time) = (record, seal, time);
        store = new PasskeyStore(record);
        users = new UserManager<OperatorAccount>(
            store, Options.Create(new IdentityOptions()), new PasswordHasher<OperatorAccount>(), [], [], new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(), services,
            NullLogger<UserManager<OperatorAccount>>.Instance);
        handler = new PasskeyHandler<OperatorAccount>(users, Options.Create(new IdentityPasskeyOptions
        {
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AttestationConveyancePreference = "none",
            AuthenticatorTimeout = TimeSpan.FromMinutes(5),
        }));
    }

    /// <summary>Asks for any passkey of this site.</summary>
    /// <param name="bearer">Name of the session that confirms; empty: nobody is signed in yet.</param>
    public async Task<PasskeyQuestion> AskAsync(string bearer, HttpContext http)
    {
        var asked = await handler.MakeRequestOptionsAsync(null, http);
        return new(asked.RequestOptionsJson, seal.ForForm(SignIn, bearer, asked.AssertionState ?? ""));
    }

    /// <summary>Whose passkey answered, and the key as it now is; null: nobody's.</summary>
    public async Task<(OperatorAccount Account, KeptPasskey Key)?> AnswerAsync(string bearer, PasskeyReply reply, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.CredentialJson.Length > LongestReply || seal.FromForm(SignIn, bearer, reply.State) is not { } state)
        {
            return null;
        }

        PasskeyAssertionResult<OperatorAccount> result;
        try
        {
            result = await handler.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = reply.CredentialJson, AssertionState = state });
        }
        catch (JsonException)
        {
            return null;
        }

        if (!result.Succeeded || record.Readers.AskNow(db => KeptProofs.Passkey(db, result.Passkey.CredentialId)) is not { } kept)
        {
            return null;
        }

        if (!seal.UseUp(SignIn, reply.State))
        {
            return null;
        }

        return (result.User, kept with { LastUsed = time.GetUtcNow(), SignCount = result.Passkey.SignCount, Verified = result.Passkey.IsUserVerified, BackedUp = result.Passkey.IsBackedUp });
    }

    /// <summary>Asks for a new passkey of an account.</summary>
    public async Task<PasskeyQuestion> AskNewAsync(Session session, OperatorAccount account, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(account);
        var asked = await handler.MakeCreationOptionsAsync(new() { Id = account.Id.Value, Name = account.SignInName, DisplayName = session.Actor.Name }, http);
        return new(asked.CreationOptionsJson, seal.ForForm(Making, session.Name, asked.AttestationState ?? ""));
    }

    /// <summary>The new passkey; null: not acceptable.</summary>
    public async Task<KeptPasskey?> MadeAsync(Session session, OperatorAccount account, string name, PasskeyReply reply, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.CredentialJson.Length > LongestReply || seal.FromForm(Making, session.Name, reply.State) is not { } state)
        {
            return null;
        }

        PasskeyAttestationResult result;
        try
        {
            result = await handler.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = reply.CredentialJson, AttestationState = state });
        }
        catch (JsonException)
        {
            return null;
        }

        if (!result.Succeeded || result.UserEntity.Id != account.Id.Value || !seal.UseUp(Making, reply.State))
        {
            return null;
        }

        var key = result.Passkey;
        return new(
            key.CredentialId, account.Id, key.PublicKey, name, time.GetUtcNow(), null, key.SignCount, [.. key.Transports ?? []], key.IsUserVerified, key.IsBackupEligible, key.IsBackedUp);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        users.Dispose();
        store.Dispose();
    }
}
