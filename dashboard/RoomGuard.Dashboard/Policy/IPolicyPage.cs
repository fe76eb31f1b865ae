using System.Collections.Immutable;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Zones;

namespace RoomGuard.Dashboard.Policy;

/// <summary>運用区分 of the site: what holds, how it differs from Base, where the site departs from it, which versions held before (R-PROF-01 to 03).</summary>
public interface IPolicyPage
{
    /// <summary>As it is now.</summary>
    Task<PolicyLook> Look(CancellationToken gone);
}

/// <summary>The policy page's content.</summary>
/// <param name="Base">What a profile gets that says nothing; the differences are shown against it.</param>
/// <param name="Coming">Adopted versions whose day has not come.</param>
/// <param name="Adopted">Versions in the record, newest first.</param>
/// <param name="Findings">What is wrong with the structure of zones.</param>
public sealed record PolicyLook(
    PolicyInForce Policy,
    PolicyProfile Base,
    ImmutableArray<ProfileAdoption> Coming,
    ImmutableArray<AdoptedVersion> Adopted,
    ImmutableArray<ZoneFinding> Findings)
{
    /// <summary>People enter decisions; false: the settings file names the profile.</summary>
    public bool MayAdopt { get; init; }
}

/// <summary>A version of a profile as it was adopted, with its whole text.</summary>
/// <param name="N">Number of the entry in the record.</param>
public sealed record AdoptedVersion(long N, ProfileAdoption Adoption, PolicyProfile Profile);
