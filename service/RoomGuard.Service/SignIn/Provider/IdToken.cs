using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RoomGuard.Service.SignIn.Provider;

/// <summary>A public key of the provider (RFC 7517), of the three kinds that are taken.</summary>
/// <param name="Alg">The one algorithm it is for; null: any that fits its kind.</param>
internal sealed record ProviderKey(string? Id, string Kind, string? Alg, RSAParameters Rsa, ECParameters Curve)
{
    private const int SmallestRsaBytes = 256;

    /// <summary>Reads a key set. Keys for encrypting, of other kinds, or too short are passed over.</summary>
    /// <exception cref="JsonException">Not a key set.</exception>
    public static ImmutableArray<ProviderKey> Read(ReadOnlySpan<byte> jwks)
    {
        var reader = new Utf8JsonReader(jwks);
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("No key set.");
        }

        return [.. keys.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.Object && Text(key, "use") is null or "sig").Select(One).OfType<ProviderKey>()];
    }

    /// <summary>Whether a signature over some bytes is this key's.</summary>
    public bool Signed(string alg, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (Alg is not null && Alg != alg)
        {
            return false;
        }

        switch (alg, Kind)
        {
            case ("RS256" or "PS256", "RSA"):
                using (var rsa = RSA.Create(Rsa))
                {
                    return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, alg == "RS256" ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss);
                }

            case ("ES256", "EC"):
                using (var curve = ECDsa.Create(Curve))
                {
                    return curve.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
                }

            default:
                return false;
        }
    }

    private static ProviderKey? One(JsonElement key)
    {
        var (id, alg) = (Text(key, "kid"), Text(key, "alg"));
        try
        {
            switch (Text(key, "kty"), Text(key, "crv"))
            {
                case ("RSA", _) when Bytes(key, "n") is { Length: >= SmallestRsaBytes } modulus && Bytes(key, "e") is { } exponent:
                    return new(id, "RSA", alg, new() { Modulus = modulus, Exponent = exponent }, default);
                case ("EC", "P-256") when Bytes(key, "x") is { Length: 32 } x && Bytes(key, "y") is { Length: 32 } y:
                    return new(id, "EC", alg, default, new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = x, Y = y } });
                default:
                    return null;
            }
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(JsonElement key, string name) => Text(key, name) is { } text ? Base64Url.DecodeFromChars(text) : null;

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Why a token of the provider is worth nothing.</summary>
internal enum IdTokenFault
{
    /// <summary>Not three parts of JSON and signature.</summary>
    NotAToken,

    /// <summary>Signed by an algorithm that is not taken, or not signed at all.</summary>
    Algorithm,

    /// <summary>By no key of the provider with this name.</summary>
    UnknownKey,

    /// <summary>The signature does not hold.</summary>
    Signature,

    /// <summary>By another provider.</summary>
    Issuer,

    /// <summary>For another site.</summary>
    Audience,

    /// <summary>Over, not yet begun, or of another day.</summary>
    Time,

    /// <summary>An answer to another question.</summary>
    Nonce,

    /// <summary>Not by two factors (R-SIGN-13).</summary>
    Factors,

    /// <summary>The claim that names the account is missing.</summary>
    NoAccount,
}

/// <summary>What a token must say.</summary>
/// <param name="AskedAgainSince">Set: the person must have proved themselves since then.</param>
internal sealed record IdTokenWanted(ProviderSettings Provider, string Nonce, DateTimeOffset Now, DateTimeOffset? AskedAgainSince);

/// <summary>
/// Reads an ID token (OpenID Connect Core 1.0, section 3.1.3.7). Pure. What it takes is fixed here and never by the token: three algorithms, one issuer,
/// one audience, one question, two factors.
/// </summary>
internal static class IdToken
{
    /// <summary>How far clocks may differ †.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private const int Longest = 16 * 1024;

    /// <summary>The account's sign-in name, or why not.</summary>
    public static (IdTokenFault? Fault, string Account) Read(string token, ImmutableArray<ProviderKey> keys, IdTokenWanted wanted)
    {
        try
        {
            return Look(token, keys, wanted);
        }
        catch (InvalidOperationException)
        {
            // A text that is no text (broken UTF-8, half a surrogate) shows only when it is read.
            return (IdTokenFault.NotAToken, "");
        }
    }

    private static (IdTokenFault? Fault, string Account) Look(string token, ImmutableArray<ProviderKey> keys, IdTokenWanted wanted)
    {
        if (token.Length > Longest || token.Split('.') is not [var head, var body, var seal] || Object(head) is not { } header || Object(body) is not { } claims || Decoded(seal) is not { } signature)
        {
            return (IdTokenFault.NotAToken, "");
        }

        if (Text(header, "alg") is not ("RS256" or "PS256" or "ES256") || header.TryGetProperty("crit", out _))
        {
            return (IdTokenFault.Algorithm, "");
        }

        // A token that names no key is tried with all; there are few.
        var named = Text(header, "kid");
        var candidates = keys.Where(key => named is null || key.Id == named).ToList();
        if (candidates.Count == 0)
        {
            return (IdTokenFault.UnknownKey, "");
        }

        var signed = Encoding.ASCII.GetBytes($"{head}.{body}");
        return candidates.Any(key => key.Signed(Text(header, "alg")!, signed, signature)) ? Judge(claims, wanted) : (IdTokenFault.Signature, "");
    }

    private static (IdTokenFault? Fault, string Account) Judge(JsonElement claims, IdTokenWanted wanted)
    {
        var (provider, now) = (wanted.Provider, wanted.Now);
        if (Text(claims, "iss") != provider.Issuer)
        {
            return (IdTokenFault.Issuer, "");
        }

        var audience = Texts(claims, "aud");
        var party = Text(claims, "azp");
        if (!audience.Contains(provider.ClientId) || (audience.Length > 1 && party is null) || (party is not null && party != provider.ClientId))
        {
            return (IdTokenFault.Audience, "");
        }

        if (Moment(claims, "exp") is not { } ends || now >= ends + Skew || Moment(claims, "iat") is not { } made || made > now + Skew || now - made > TimeSpan.FromMinutes(15)
            || Moment(claims, "nbf") > now + Skew)
        {
            return (IdTokenFault.Time, "");
        }

        if (wanted.AskedAgainSince is { } since && (Moment(claims, "auth_time") is not { } proved || proved < since - Skew))
        {
            return (IdTokenFault.Time, "");
        }

        if (Text(claims, "nonce") is not { } nonce || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(wanted.Nonce)))
        {
            return (IdTokenFault.Nonce, "");
        }

        var proofs = provider.Acr.IsDefaultOrEmpty ? Texts(claims, "amr").Contains("mfa") : Text(claims, "acr") is { } level && provider.Acr.Contains(level);
        if (!proofs)
        {
            return (IdTokenFault.Factors, "");
        }

        return Text(claims, "sub") is { Length: > 0 } && Text(claims, provider.AccountClaim) is { Length: > 0 } account ? (null, account) : (IdTokenFault.NoAccount, "");
    }

    private static JsonElement? Object(string part)
    {
        if (Decoded(part) is not { } bytes)
        {
            return null;
        }

        try
        {
            // Doubled members would let a signer and a reader see two different tokens.
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Decoded(string part)
    {
        try
        {
            return part.Length > 0 ? Base64Url.DecodeFromChars(part) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ImmutableArray<string> Texts(JsonElement item, string name) => !item.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)]
        : [];

    private static DateTimeOffset? Moment(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
}
