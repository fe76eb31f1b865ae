namespace RoomGuard.Core.Operators;

/// <summary>外部からのアクセス a person has: sign-in from outside the site's networks (R-SIGN-14).</summary>
/// <param name="Id">That of the case that allowed it, e.g. <c>P-2026-0031</c>.</param>
/// <param name="Device">From which device and place.</param>
/// <param name="Until">First local day on which it is off again.</param>
public sealed record RemoteAccess(string Id, string Device, DateOnly From, DateOnly Until)
{
    /// <summary>Whether it lets its person in on a day.</summary>
    public bool InForce(DateOnly day) => From <= day && day < Until;
}
