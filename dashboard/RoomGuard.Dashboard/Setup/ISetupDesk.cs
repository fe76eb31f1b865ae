using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.SignIn;

namespace RoomGuard.Dashboard.Setup;

/// <summary>
/// The first start (R-SIGN-12): whoever holds the one-time code the service printed makes two administrators, each with a proof of their own. Where the settings
/// file has no zones, they then enter the site and both check it. What was done is in the record, so it can be left and taken up again.
/// </summary>
public interface ISetupDesk
{
    /// <summary>Whether it is still to be done. No other page opens before.</summary>
    bool Needed { get; }

    /// <summary>Whether people register names, profile, zones and doors (<see cref="Zones.IZoneDesk"/>); false: the settings file has the site.</summary>
    bool ByRecord { get; }

    /// <summary>Takes the code.</summary>
    /// <returns>What the browser shows from then on instead of the code; null: wrong.</returns>
    Task<string?> Unlock(string code, SignInSource from, CancellationToken stop);

    /// <summary>Whether a browser has shown the code since the service started.</summary>
    bool IsUnlocked(string? token);

    /// <summary>Administrators so far, in the order they were made.</summary>
    ImmutableArray<NewAdministrator> Administrators();

    /// <summary>Makes the next administrator: person, account and role in one entry after the other, or nothing.</summary>
    Task<ActResult> Add(AdministratorForm form, CancellationToken stop);

    /// <summary>Signs a new administrator in who has no proof yet, good for setting one up and nothing else.</summary>
    Task<SignInAnswer> Enter(AccountId account, SignInSource from, CancellationToken stop);
}

/// <summary>An administrator of the first start.</summary>
/// <param name="HasProof">Can sign in.</param>
public sealed record NewAdministrator(AccountId Account, string Name, string SignInName, Role Role, bool HasProof);

/// <summary>What is asked of a new administrator.</summary>
public sealed record AdministratorForm(string Person, string Name, string Kana, string Section, string SignInName);
