using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Bridge.Files;
using RoomGuard.Wire.Nut;

namespace RoomGuard.Bridge.Nut;

/// <summary>A user of the NUT server, as kept.</summary>
/// <param name="Digest">SHA-256 over salt and password. Passwords are made by us from 160 bits of chance, so a slow digest would add nothing but a way to keep us busy.</param>
public sealed record NutUser(string Name, NutRights Rights, byte[] Salt, byte[] Digest);

/// <summary>The users of the NUT server: a file of the data folder, never settings (R-CFG-11). A running bridge sees a change within a second.</summary>
public sealed class NutUsers(string path, TimeProvider time)
{
    private const int SaltBytes = 16;
    private const int PasswordBytes = 20;
    private const long LongestFile = 1 << 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private ImmutableDictionary<string, NutUser> users = ImmutableDictionary<string, NutUser>.Empty;
    private DateTime stamp;
    private long? lookedAt;

    /// <summary>What this user may do; null when name and password do not belong together.</summary>
    public NutRights? RightsOf(string name, string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        Look();
        var known = users.TryGetValue(name, out var user);
        var digest = Digest(known ? user!.Salt : new byte[SaltBytes], password);
        return CryptographicOperations.FixedTimeEquals(digest, known ? user!.Digest : new byte[digest.Length]) && known ? user!.Rights : null;
    }

    /// <summary>Makes a user, or gives one a new password.</summary>
    /// <returns>The password, shown this once.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public string Add(string name, NutRights rights, Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(randomBytes);
        var password = Convert.ToHexStringLower(randomBytes(PasswordBytes));
        var salt = randomBytes(SaltBytes);
        Keep(Read().SetItem(name, new(name, rights, salt, Digest(salt, password))));
        return password;
    }

    /// <summary>Ends a user. False: there is none of that name.</summary>
    public bool Remove(string name)
    {
        var all = Read();
        if (!all.ContainsKey(name))
        {
            return false;
        }

        Keep(all.Remove(name));
        return true;
    }

    private static byte[] Digest(byte[] salt, string password) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)]);

    private void Keep(ImmutableDictionary<string, NutUser> all) =>
        DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes([.. all.Values.OrderBy(user => user.Name, StringComparer.Ordinal)], NutUsersJson.Default.NutUserArray));

    private ImmutableDictionary<string, NutUser> Read()
    {
        if (!File.Exists(path))
        {
            return ImmutableDictionary<string, NutUser>.Empty;
        }

        try
        {
            return new FileInfo(path).Length > LongestFile
                ? throw new IOException($"{path}: more than {LongestFile} bytes are no list of users. Put the last copy back.")
                : JsonSerializer.Deserialize(File.ReadAllBytes(path), NutUsersJson.Default.NutUserArray)!.ToImmutableDictionary(user => user.Name);
        }
        catch (Exception damaged) when (damaged is JsonException or ArgumentException)
        {
            throw new IOException($"{path} is damaged: {damaged.Message} Remove it and make the users again.", damaged);
        }
    }

    private void Look()
    {
        lock (gate)
        {
            if (lookedAt is { } before && time.GetElapsedTime(before) < LookEvery)
            {
                return;
            }

            lookedAt = time.GetTimestamp();
            var now = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
            if (now == stamp)
            {
                return;
            }

            try
            {
                users = Read();
                stamp = now;
            }
            catch (IOException)
            {
                // Written at this moment, or damaged: the users known so far stay, and the next look tries again.
                stamp = default;
            }
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NutUser[]))]
internal sealed partial class NutUsersJson : JsonSerializerContext;
