using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Operators;

/// <summary>An account's facts as people read them.</summary>
internal static class AccountFacts
{
    /// <summary>By what one signs in.</summary>
    public static string Means(AccountLine line, Ink ink)
    {
        string[] means =
        [
            .. line.Passkeys > 0 ? [ink.Fill(RolesText.Passkeys, line.Passkeys)] : Array.Empty<string>(),
            .. line.HasPassword ? [ink[RolesText.Password]] : Array.Empty<string>(),
        ];
        return means.Length == 0 ? ink[RolesText.NoMeans] : string.Join(ink.Language == Language.Japanese ? "、" : ", ", means);
    }

    /// <summary>Until when it is locked; null: it is not.</summary>
    public static string? Lock(AccountLine line, Ink ink) => line.LockedUntil switch
    {
        null => null,
        { } until when until == DateTimeOffset.MaxValue => ink[RolesText.LockedForGood],
        { } until => ink.Fill(RolesText.LockedUntil, ink.Clock(until)),
    };
}
