using System.Security.Cryptography;
using System.Text;

namespace RoomGuard.Service.Api;

/// <summary>
/// The text of a token: <c>roomguard_T-0003_</c> and 256 random bits. The prefix lets a search for leaked secrets find it; the number says which digest
/// to compare with.
/// </summary>
internal static class TokenSecret
{
    /// <summary>Longest text that is looked at.</summary>
    public const int Longest = 100;

    private const string Prefix = "roomguard_";
    private const string Scheme = "Bearer ";

    /// <summary>A new one.</summary>
    public static string New(string id, Func<int, byte[]> randomBytes) => $"{Prefix}{id}_{System.Buffers.Text.Base64Url.EncodeToString(randomBytes(32))}";

    /// <summary>SHA-256 of the whole text. It is random beyond any guessing, so a fast digest is enough.</summary>
    public static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>The text out of an <c>Authorization</c> header and the number it names; null: none of ours.</summary>
    public static (string Text, string Id)? Read(string? header)
    {
        if (header is not { Length: <= Longest } || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var text = header[Scheme.Length..].Trim();
        return text.StartsWith(Prefix, StringComparison.Ordinal) && text.IndexOf('_', Prefix.Length) is > 0 and var end ? (text, text[Prefix.Length..end]) : null;
    }
}
