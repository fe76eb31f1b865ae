using System.Collections.Immutable;

namespace RoomGuard.Service.SignIn;

/// <summary>How people sign in at this site.</summary>
/// <param name="DemoPeople">Sign-in names of invented people who can be chosen without any proof. Only for a site marked Test that listens on loopback.</param>
public sealed record SignInSettings(ImmutableArray<string> DemoPeople = default)
{
    /// <summary>Whether people can be chosen without proof.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasDemoPeople => !DemoPeople.IsDefaultOrEmpty;
}
