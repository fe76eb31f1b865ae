using System.Security.Cryptography;
using System.Text;
using RoomGuard.Core.People;

namespace RoomGuard.Core.Visits;

/// <summary>What a scanned or typed invitation turned out to be.</summary>
public enum InvitationReading
{
    /// <summary>Ours and whole.</summary>
    Whole,

    /// <summary>Looks like one of ours but was not made here, or a sign is wrong: torn, mistyped or made up.</summary>
    Wrong,

    /// <summary>No invitation at all.</summary>
    None,
}

/// <summary>
/// The text of a visitor's QR: <c>V-2026-0088-1.</c> and sixteen signs of a keyed digest over it (HMAC-SHA256, 80 bits, base 32 after RFC 4648). It holds no
/// name, is not to be guessed, and is read without any list: whether it has been used is the record's to say. Every sign is one of QR's alphanumeric mode.
/// </summary>
public static class Invitation
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Signs = 16;

    /// <summary>The text for one visitor.</summary>
    /// <param name="key">The site's invitation key, at least 32 bytes.</param>
    public static string Of(PersonId visitor, ReadOnlySpan<byte> key) => $"{visitor}.{Mark(visitor.Value, key)}";

    /// <summary>Reads what was scanned or typed; small letters, full width and spaces count as their plain forms.</summary>
    /// <param name="visitor">Set when <see cref="InvitationReading.Whole"/>.</param>
    public static InvitationReading Read(string? text, ReadOnlySpan<byte> key, out PersonId visitor)
    {
        visitor = default;
        var plain = VisitWords.Fold(text).ToUpperInvariant();
        if (!plain.StartsWith("V-", StringComparison.Ordinal) || plain.IndexOf('.', StringComparison.Ordinal) is not (var at and > 0))
        {
            return InvitationReading.None;
        }

        var (id, mark) = (plain[..at], plain[(at + 1)..]);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mark), Encoding.UTF8.GetBytes(Mark(id, key))))
        {
            return InvitationReading.Wrong;
        }

        visitor = new(id);
        return InvitationReading.Whole;
    }

    private static string Mark(string id, ReadOnlySpan<byte> key)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"roomguard invitation {id}"), mac);
        Span<char> signs = stackalloc char[Signs];
        for (var sign = 0; sign < Signs; sign++)
        {
            var bit = sign * 5;
            var pair = (mac[bit / 8] << 8) | mac[(bit / 8) + 1];
            signs[sign] = Base32[(pair >> (11 - (bit % 8))) & 31];
        }

        return new(signs);
    }
}
