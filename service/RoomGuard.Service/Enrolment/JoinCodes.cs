using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Core.Panels;

namespace RoomGuard.Service.Enrolment;

/// <summary>A code as it lies in the data folder: never the code itself.</summary>
/// <param name="Key">What the code's proofs are made with, base64.</param>
public sealed record KeptJoinCode(string Panel, string Key, DateTimeOffset ExpiresAt);

/// <summary>
/// One-time codes by which bridges join: 128 random bits, kept as a digest, valid 30 minutes, one per bridge, used once. They lie in
/// files, because the command that makes one runs beside the service.
/// </summary>
public sealed class JoinCodes(string folder, TimeProvider time, Func<int, byte[]> randomBytes)
{
    /// <summary>How long a code may be used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <summary>Makes a code; an older one for the same bridge no longer counts.</summary>
    /// <returns>The code for people, and when it ends.</returns>
    public (string Code, DateTimeOffset ExpiresAt) Make(PanelId panel)
    {
        _ = Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var code = JoinCode.Write(randomBytes(16));
        var expiresAt = time.GetUtcNow() + Life;
        var kept = new KeptJoinCode(panel.Value, Convert.ToBase64String(JoinCode.Read(code)!.Key), expiresAt);
        SiteKeys.Write(FileOf(panel), JsonSerializer.SerializeToUtf8Bytes(kept, JoinCodeJson.Default.KeptJoinCode));
        return (code, expiresAt);
    }

    /// <summary>The code that counts for a bridge now; null: none was made, it has run out, or it was used.</summary>
    public JoinCode? Current(PanelId panel)
    {
        try
        {
            var kept = JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(panel)), JoinCodeJson.Default.KeptJoinCode);
            return kept is not null && kept.Panel == panel.Value && time.GetUtcNow() < kept.ExpiresAt ? JoinCode.FromKey(Convert.FromBase64String(kept.Key)) : null;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Uses the code up.</summary>
    /// <returns>False when somebody else just did.</returns>
    public bool Claim(PanelId panel)
    {
        var used = $"{FileOf(panel)}.{Convert.ToHexStringLower(randomBytes(8))}";
        try
        {
            // A rename succeeds for one of several at once.
            File.Move(FileOf(panel), used);
            File.Delete(used);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private string FileOf(PanelId panel) => panel.Value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && panel.Value.Length is > 0 and <= 40
        ? Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{panel}.json"))
        : throw new ArgumentException("A bridge's name has 1 to 40 letters, digits and hyphens.", nameof(panel));
}

/// <summary>The written form of codes at rest.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeptJoinCode))]
internal sealed partial class JoinCodeJson : JsonSerializerContext;
