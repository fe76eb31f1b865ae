using System.Collections.Frozen;
using RoomGuard.Core.PolicyProfiles;

namespace RoomGuard.Service.PolicyProfiles;

/// <summary>The profiles that ship with the program, every version of each, read once at start (R-PROF-02, R-PROF-03).</summary>
public sealed class ProfileShelf
{
    private const long LongestFile = 256 << 10;
    private readonly FrozenDictionary<(string Profile, int Version), PolicyProfile> profiles;

    private ProfileShelf(IEnumerable<PolicyProfile> profiles) => this.profiles = profiles.ToFrozenDictionary(one => (one.Profile, one.Version));

    /// <summary>The folder of the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "policy-profiles");

    /// <summary>Every profile, by name and version.</summary>
    public IEnumerable<PolicyProfile> All => profiles.Values.OrderBy(one => one.Profile, StringComparer.Ordinal).ThenBy(one => one.Version);

    /// <summary>What holds where nothing was adopted: the newest version of Base.</summary>
    public PolicyProfile Base => All.Last(one => one.Profile == "base");

    /// <summary>Reads a folder.</summary>
    /// <exception cref="PolicyProfileException">A file is wrong, two hold the same version, or Base is missing.</exception>
    public static ProfileShelf Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new PolicyProfileException($"{folder}: there is no such folder. The policy profiles ship with the program; install it again.");
        }

        var found = new List<PolicyProfile>();
        foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (new FileInfo(file).Length > LongestFile)
            {
                throw new PolicyProfileException($"{Path.GetFileName(file)}: more than a profile ever needs ({LongestFile} bytes). Is it the right file?");
            }

            var profile = ProfileJson.Parse(Path.GetFileName(file), File.ReadAllBytes(file));
            if (found.Any(one => one.Profile == profile.Profile && one.Version == profile.Version))
            {
                throw new PolicyProfileException($"{Path.GetFileName(file)}: version {profile.Version} of {profile.Profile} stands in another file too. Keep one of them.");
            }

            found.Add(profile);
        }

        return found.Any(one => one.Profile == "base") ? new(found) : throw new PolicyProfileException($"{folder}: base.json is missing. Install the program again.");
    }

    /// <summary>One version; null: there is none.</summary>
    public PolicyProfile? Find(string profile, int version) => profiles.GetValueOrDefault((profile, version));
}
