using System.Security.Cryptography;
using System.Text;

namespace RoomGuard.Core.People;

/// <summary>
/// Checks a PIN without knowing it (R-DOOR-03): PBKDF2-SHA256 (RFC 8018) over HMAC-SHA256 of the PIN with the site's PIN key. A PIN
/// has few possible values, so a stolen list alone must not be enough to try them: the key is kept elsewhere.
/// </summary>
public static class PinCheck
{
    /// <summary>Fewest digits of a PIN.</summary>
    public const int FewestDigits = 4;

    /// <summary>Most digits of a PIN.</summary>
    public const int MostDigits = 12;

    /// <summary>Fewest PBKDF2 rounds.</summary>
    public const int FewestIterations = 1_000;

    /// <summary>Most PBKDF2 rounds: a door must not think for longer than a person waits.</summary>
    public const int MostIterations = 1_000_000;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>Whether the text is a PIN at all: 4 to 12 digits 0 to 9.</summary>
    public static bool IsPin(string? pin) => pin is { Length: >= FewestDigits and <= MostDigits } && pin.All(char.IsAsciiDigit);

    /// <summary>Makes what is kept in place of the PIN.</summary>
    /// <param name="salt">16 random bytes, new for every PIN.</param>
    /// <exception cref="ArgumentException">Not a PIN, the key is shorter than 32 bytes, or the salt is not 16.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Rounds outside 1,000 to 1,000,000.</exception>
    public static PinVerifier Make(string pin, byte[] pinKey, byte[] salt, int iterations)
    {
        ArgumentNullException.ThrowIfNull(salt);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, FewestIterations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MostIterations);
        if (!IsPin(pin))
        {
            throw new ArgumentException($"A PIN is {FewestDigits} to {MostDigits} digits.", nameof(pin));
        }

        if (salt.Length != SaltBytes)
        {
            throw new ArgumentException($"A salt is {SaltBytes} bytes.", nameof(salt));
        }

        Span<byte> hash = stackalloc byte[HashBytes];
        Derive(pin, pinKey, salt, iterations, hash);
        return new(Convert.ToBase64String(salt), Convert.ToBase64String(hash), iterations);
    }

    /// <summary>Whether this is the PIN. Takes the same time whichever digit differs; a verifier that is damaged matches nothing.</summary>
    /// <exception cref="ArgumentException">The key is shorter than 32 bytes.</exception>
    public static bool Matches(PinVerifier verifier, string pin, byte[] pinKey)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        Span<byte> salt = stackalloc byte[SaltBytes];
        Span<byte> expected = stackalloc byte[HashBytes];
        if (!IsPin(pin)
            || verifier.Iterations is < FewestIterations or > MostIterations
            || !Convert.TryFromBase64String(verifier.Salt, salt, out var saltLength) || saltLength != SaltBytes
            || !Convert.TryFromBase64String(verifier.Hash, expected, out var hashLength) || hashLength != HashBytes)
        {
            return false;
        }

        Span<byte> found = stackalloc byte[HashBytes];
        Derive(pin, pinKey, salt, verifier.Iterations, found);
        var same = CryptographicOperations.FixedTimeEquals(found, expected);
        CryptographicOperations.ZeroMemory(found);
        return same;
    }

    private static void Derive(string pin, byte[] pinKey, ReadOnlySpan<byte> salt, int iterations, Span<byte> hash)
    {
        ArgumentNullException.ThrowIfNull(pinKey);
        if (pinKey.Length < 32)
        {
            throw new ArgumentException($"A PIN key is at least 32 bytes; this one has {pinKey.Length}.", nameof(pinKey));
        }

        Span<byte> digits = stackalloc byte[MostDigits];
        Span<byte> keyed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var length = Encoding.ASCII.GetBytes(pin, digits);
        HMACSHA256.HashData(pinKey, digits[..length], keyed);
        Rfc2898DeriveBytes.Pbkdf2(keyed, salt, hash, iterations, HashAlgorithmName.SHA256);
        CryptographicOperations.ZeroMemory(digits);
        CryptographicOperations.ZeroMemory(keyed);
    }
}
