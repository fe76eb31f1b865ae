using Microsoft.AspNetCore.Identity;
using RoomGuard.Core.Operators;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.SignIn;

/// <summary>
/// Our accounts and passkeys as the framework's WebAuthn asks for them. It only reads: what changes is written alongside the record's entry that says
/// so, which this interface knows nothing of; its writing half refuses.
/// </summary>
internal sealed class PasskeyStore(ServiceRecord record) : IUserPasskeyStore<OperatorAccount>
{
    private static readonly IdentityResult Elsewhere = IdentityResult.Failed(new IdentityError { Code = "Elsewhere", Description = "Accounts change by entries of the record only." });

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult<IList<UserPasskeyInfo>>(
        [.. record.Readers.AskNow(db => KeptProofs.Passkeys(db, user.Id), cancellationToken).Select(Info)]);

    public Task<OperatorAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult(
        record.Readers.AskNow(db => KeptProofs.Passkey(db, credentialId) is { } key ? OperatorsView.Account(db, key.Account) : null, cancellationToken));

    public Task<UserPasskeyInfo?> FindPasskeyAsync(OperatorAccount user, byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult(
        record.Readers.AskNow(db => KeptProofs.Passkey(db, credentialId) is { } key && key.Account == user.Id ? Info(key) : null, cancellationToken));

    public Task<OperatorAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(record.Readers.AskNow(db => OperatorsView.Account(db, new(userId)), cancellationToken));

    public Task<OperatorAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult(record.Readers.AskNow(db => OperatorsView.AccountNamed(db, normalizedUserName), cancellationToken));

    public Task<string> GetUserIdAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Id.Value);

    public Task<string?> GetUserNameAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SignInName);

    public Task<string?> GetNormalizedUserNameAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SignInName);

    public Task SetUserNameAsync(OperatorAccount user, string? userName, CancellationToken cancellationToken) => Task.FromException(Refused());

    public Task SetNormalizedUserNameAsync(OperatorAccount user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task AddOrUpdatePasskeyAsync(OperatorAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => Task.FromException(Refused());

    public Task RemovePasskeyAsync(OperatorAccount user, byte[] credentialId, CancellationToken cancellationToken) => Task.FromException(Refused());

    public Task<IdentityResult> CreateAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult(Elsewhere);

    public Task<IdentityResult> UpdateAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult(Elsewhere);

    public Task<IdentityResult> DeleteAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult(Elsewhere);

    public void Dispose()
    {
    }

    private static InvalidOperationException Refused() => new("Accounts change by entries of the record only.");

    // What was attested once is of no further use and not kept.
    private static UserPasskeyInfo Info(KeptPasskey key) =>
        new(key.Id, key.PublicKey, key.Made, key.SignCount, [.. key.Transports], key.Verified, key.BackupEligible, key.BackedUp, [], []) { Name = key.Name };
}
