using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RoomGuard.Core.PolicyProfiles;

/// <summary>A profile's file is wrong. The message is one line that names file, place, value and remedy (R-INP-01).</summary>
public sealed class PolicyProfileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>How profiles are read: unknown, doubled and missing members are errors; comments are allowed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(PolicyProfile))]
public sealed partial class ProfileJson : JsonSerializerContext
{
    /// <summary>Reads one profile and checks it (R-PROF-03: an invalid profile is refused).</summary>
    /// <param name="file">For the message; without its extension it is the profile's name.</param>
    /// <exception cref="PolicyProfileException">Anything is wrong with it.</exception>
    public static PolicyProfile Parse(string file, ReadOnlySpan<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(file);
        PolicyProfile profile;
        try
        {
            ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
            profile = JsonSerializer.Deserialize(utf8.StartsWith(mark) ? utf8[mark.Length..] : utf8, Default.PolicyProfile)
                ?? throw new PolicyProfileException($"{file}: the file holds null where a profile should stand.");
        }
        catch (JsonException wrong)
        {
            throw new PolicyProfileException($"{file}: line {wrong.LineNumber + 1}, {wrong.Path ?? "$"}: {wrong.Message.Split(" Path:")[0].TrimEnd('.')}. Correct this line and start again.", wrong);
        }

        var problems = profile.Problems().ToList();
        if (!file.StartsWith($"{profile.Profile}.", StringComparison.Ordinal))
        {
            problems.Add($"profile: \"{profile.Profile}\" stands in a file of another name.");
        }

        return problems.Count == 0 ? profile : throw new PolicyProfileException($"{file}: {string.Join(" ", problems)}");
    }

    /// <summary>Reads a text that was adopted once, as it was: checked then, and perhaps older than a figure of today (R-PROF-02).</summary>
    /// <exception cref="JsonException">It is no profile.</exception>
    public static PolicyProfile Kept(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize(utf8, Default.PolicyProfile) ?? throw new JsonException("A profile is never null.");

    /// <summary>A profile as it is written, for people and for comparison.</summary>
    public static byte[] ToUtf8(PolicyProfile profile) => JsonSerializer.SerializeToUtf8Bytes(profile, PlainHolder.Context.PolicyProfile);

    private static class PlainHolder
    {
        internal static readonly ProfileJson Context = new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
