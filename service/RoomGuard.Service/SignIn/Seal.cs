using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace RoomGuard.Service.SignIn;

/// <summary>Seals what a browser or the record's file carries for us, under the key ring of the data folder; each purpose by itself.</summary>
public sealed class Seal(IDataProtectionProvider keys, TimeProvider time)
{
    /// <summary>How long what a form carries may be under way.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> used = [];

    /// <summary>Seals for keeping.</summary>
    public string Keep(string purpose, byte[] content) => Convert.ToBase64String(keys.CreateProtector($"roomguard.{purpose}").Protect(content));

    /// <summary>Opens what was kept; null: not ours, or the key is gone.</summary>
    public byte[]? Open(string purpose, string kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        try
        {
            return keys.CreateProtector($"roomguard.{purpose}").Unprotect(Convert.FromBase64String(kept));
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Seals for a form: counts for <see cref="Life"/>, in the hands of one session or of nobody yet.</summary>
    public string ForForm(string purpose, string bearer, string content) =>
        Keep(purpose, Encoding.UTF8.GetBytes($"{time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}\n{bearer}\n{content}"));

    /// <summary>Opens what came back; null: forged, too late, another's, or used before.</summary>
    public string? FromForm(string purpose, string bearer, string sent)
    {
        if (Open(purpose, sent) is not { } bytes || Encoding.UTF8.GetString(bytes).Split('\n', 3) is not [var at, var whose, var content] || whose != bearer)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var made = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture));
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        lock (gate)
        {
            return now - made < Life && made <= now && !used.ContainsKey(digest) ? content : null;
        }
    }

    /// <summary>What was accepted once is never accepted again. Only what succeeded is remembered, so that nobody can fill this up.</summary>
    /// <returns>False: another request accepted it a moment before.</returns>
    public bool UseUp(string purpose, string sent)
    {
        if (Open(purpose, sent) is not { } bytes)
        {
            return false;
        }

        var now = time.GetUtcNow();
        lock (gate)
        {
            foreach (var old in used.Where(item => item.Value <= now).Select(item => item.Key).ToList())
            {
                _ = used.Remove(old);
            }

            return used.TryAdd(Convert.ToHexStringLower(SHA256.HashData(bytes)), now + Life);
        }
    }
}
