using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.SignIn;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.SignIn;

/// <summary>Signing in and out (R-SIGN-01 to R-SIGN-03).</summary>
public sealed class SignInDesk(ServiceRecord record, ServiceSettings settings, Sessions sessions, TimeProvider time) : ISignInDesk
{
    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);

    // The settings check refuses them for a real site; asked again here, because a door left open by mistake has no second lock.
    private ImmutableArray<string> DemoPeople =>
        settings.Site.Environment == EnvironmentKind.Test && settings.SignIn is { HasDemoPeople: true } chosen ? chosen.DemoPeople : [];

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
        if (!DemoPeople.Contains(signInName, StringComparer.OrdinalIgnoreCase))
        {
            return await RefuseAsync(null, SignInFault.UnknownAccount, from, stop);
        }

        var (account, actor) = record.Readers.AskNow(
            db => OperatorsView.AccountNamed(db, signInName) is { } found ? (found, OperatorsView.ActorOf(db, found.Id, Today)) : (null, null),
            stop);
        if (actor is null)
        {
            return await RefuseAsync(account?.Id, account is null ? SignInFault.UnknownAccount : SignInFault.AccountStopped, from, stop);
        }

        var (_, secret) = await sessions.BeginAsync(actor, SignInMethod.Invented, from, null, stop);
        return new SignInAnswer(secret);
    }

    /// <inheritdoc/>
    public Task SignOut(string cookie, CancellationToken stop) => sessions.EndAsync(cookie, stop);

    private async Task<SignInAnswer> RefuseAsync(AccountId? account, SignInFault fault, SignInSource from, CancellationToken stop)
    {
        _ = await record.AppendAsync(new SignInFailed(time.GetUtcNow(), account, fault, from.Address, 1), stop);
        return SignInAnswer.Refused;
    }
}
