using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RoomGuard.Core.Watch;

/// <summary>How a message posted to another system is signed (docs/notices.md, Webhooks). Pure.</summary>
public static class SignedPost
{
    /// <summary>When this repetition was posted, in seconds since 1970 (UTC); signed with the body, so that an old one cannot be played again.</summary>
    public const string TimestampHeader = "RoomGuard-Timestamp";

    /// <summary><c>v1=</c> and the HMAC-SHA256 of timestamp, a full stop and the body, in lower-case hex.</summary>
    public const string SignatureHeader = "RoomGuard-Signature";

    /// <summary>The timestamp of a moment.</summary>
    public static string Timestamp(DateTimeOffset now) => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The signature of one repetition.</summary>
    public static string Signature(ReadOnlySpan<byte> key, string timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(timestamp);
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp), (byte)'.', .. body];
        return $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(key, signed))}";
    }
}
