using RoomGuard.Core.PolicyProfiles;
using RoomGuard.UnitTests.Source;

namespace RoomGuard.UnitTests.Core.PolicyProfiles;

/// <summary>The shipped profiles, read from the source tree.</summary>
internal static class Profiles
{
    private const string Folder = "service/RoomGuard.Service/policy-profiles";

    public static readonly string[] Names = ["base", "nishikitago", "memuro", "miyazaki", "gunma", "oshima-hiyama"];

    public static PolicyProfile Read(string name) => ProfileJson.Parse($"{name}.json", Bytes(name));

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(SourceTree.Root, Folder, $"{name}.json"));
}
