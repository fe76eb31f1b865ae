using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Bridge.Files;

namespace RoomGuard.Bridge.Broker;

/// <summary>A user's password, as kept.</summary>
/// <param name="Digest">SHA-256 over salt and password. Passwords are made by us from 160 bits of chance, so a slow digest would add nothing but a way to keep us busy.</param>
public sealed record BrokerPassword(string Name, byte[] Salt, byte[] Digest);

/// <summary>Passwords of the broker's users: a file of the data folder, never settings (R-CFG-11). A running bridge sees a change within a second.</summary>
public sealed class BrokerUsers(string path, TimeProvider time)
{
    private const int SaltBytes = 16;
    private const int PasswordBytes = 20;
    private const int LongestPassword = 1024;
    private const long LongestFile = 4 << 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private ImmutableDictionary<string, BrokerPassword> passwords = ImmutableDictionary<string, BrokerPassword>.Empty;
    private DateTime stamp;
    private long? lookedAt;

    /// <summary>Whether name and password belong together. One at a time.</summary>
    public bool Knows(string name, ReadOnlySpan<byte> password)
    {
        Look();
        var known = passwords.GetValueOrDefault(name);
        var digest = Digest(known?.Salt ?? new byte[SaltBytes], password.Length > LongestPassword ? default : password);
        return CryptographicOperations.FixedTimeEquals(digest, known?.Digest ?? new byte[digest.Length]) && known is not null;
    }

    /// <summary>Users that have a password.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlySet<string> Names() => Read().Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>Makes a password for a user, in place of an earlier one.</summary>
    /// <returns>The password, shown this once.</returns>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public string Add(string name, Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(randomBytes);
        var password = Convert.ToHexStringLower(randomBytes(PasswordBytes));
        var salt = randomBytes(SaltBytes);
        Keep(Read().SetItem(name, new(name, salt, Digest(salt, System.Text.Encoding.ASCII.GetBytes(password)))));
        return password;
    }

    /// <summary>Ends a user's password. False: it had none.</summary>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
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

    private static byte[] Digest(byte[] salt, ReadOnlySpan<byte> password)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(password);
        return hash.GetHashAndReset();
    }

    private void Keep(ImmutableDictionary<string, BrokerPassword> all) =>
        DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes([.. all.Values.OrderBy(user => user.Name, StringComparer.Ordinal)], BrokerUsersJson.Default.BrokerPasswordArray));

    private ImmutableDictionary<string, BrokerPassword> Read()
    {
        if (!File.Exists(path))
        {
            return ImmutableDictionary<string, BrokerPassword>.Empty;
        }

        try
        {
            return new FileInfo(path).Length > LongestFile
                ? throw new IOException($"{path}: more than {LongestFile} bytes are no list of passwords. Put the last copy back.")
                : JsonSerializer.Deserialize(File.ReadAllBytes(path), BrokerUsersJson.Default.BrokerPasswordArray)!.ToImmutableDictionary(user => user.Name, StringComparer.Ordinal);
        }
        catch (Exception damaged) when (damaged is JsonException or ArgumentException)
        {
            throw new IOException($"{path} is damaged: {damaged.Message} Remove it and make the passwords again with mqtt-user add.", damaged);
        }
    }

    private void Look()
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
            passwords = Read();
            stamp = now;
        }
        catch (IOException)
        {
            // Written at this moment, or damaged: the passwords known so far stay, and the next look tries again. The doctor tells of damage.
            stamp = default;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BrokerPassword[]))]
internal sealed partial class BrokerUsersJson : JsonSerializerContext;
