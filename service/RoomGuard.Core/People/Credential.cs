using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RoomGuard.Core.People;

/// <summary>Names one credential (card), e.g. <c>C-0311</c>. The card's number is never its name.</summary>
public readonly record struct CredentialId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// Keyed digest of a card's number (R-DOOR-10): the first 128 bits of HMAC-SHA256 with the site's card key over the card's
/// canonical text (<see cref="CardDigester"/>). Written as 32 lower-case hex digits. The number itself goes no further than the reader's driver.
/// </summary>
[JsonConverter(typeof(CardDigestJson))]
public readonly record struct CardDigest(UInt128 Value)
{
    /// <summary>Reads 32 hex digits.</summary>
    /// <returns>False when the text is not exactly that.</returns>
    public static bool TryParse(string? text, out CardDigest digest)
    {
        digest = default;
        if (text is not { Length: 32 } || !UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        digest = new(value);
        return true;
    }

    /// <summary>32 lower-case hex digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>"9f3c…e1": enough for a person to compare by eye, the form of the register's カード番号(検査値).</summary>
    public string ToShort()
    {
        var text = ToString();
        return $"{text[..4]}…{text[^2..]}";
    }
}

internal sealed class CardDigestJson : JsonConverter<CardDigest>
{
    public override CardDigest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        CardDigest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("A card digest is 32 hex digits.");

    public override void Write(Utf8JsonWriter writer, CardDigest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Where a credential stands in its life (R-ID-05, R-ID-08). Lost and Returned are final: never re-enabled.</summary>
public enum CredentialState
{
    /// <summary>利用中.</summary>
    Active,

    /// <summary>利用停止.</summary>
    Suspended,

    /// <summary>紛失. Use raises an alarm at once (R-DOOR-10).</summary>
    Lost,

    /// <summary>返却済.</summary>
    Returned,
}

/// <summary>How a PIN is checked without being known: PBKDF2-SHA256 over the PIN, salted, keyed with the site's PIN key.</summary>
/// <param name="Salt">16 bytes, base64.</param>
/// <param name="Hash">32 bytes, base64.</param>
/// <param name="Iterations">PBKDF2 rounds, 1,000 to 1,000,000.</param>
public sealed record PinVerifier(string Salt, string Hash, int Iterations);

/// <summary>A card, bound to exactly one person (R-ID-02).</summary>
/// <param name="ValidFrom">First local day, included; null: no lower limit.</param>
/// <param name="ValidUntil">First local day on which it no longer opens; null: no end.</param>
/// <param name="Pin">Null while the holder has no PIN; then a two-factor door refuses.</param>
public sealed record Credential(
    CredentialId Id,
    PersonId Person,
    CardDigest Digest,
    CredentialState State,
    DateOnly? ValidFrom,
    DateOnly? ValidUntil,
    PinVerifier? Pin);
