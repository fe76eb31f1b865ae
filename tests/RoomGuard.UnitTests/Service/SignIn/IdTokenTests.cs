using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RoomGuard.Service.SignIn;
using RoomGuard.Service.SignIn.Provider;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.SignIn;

/// <summary>ID tokens: the standard's own examples, and everything a forger or a careless provider may send.</summary>
public sealed class IdTokenTests : IDisposable
{
    // RFC 7515, appendices A.2 and A.3: what is signed, and with which keys.
    private const string RfcBody = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    private const string RsaKey =
        """{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}""";
    private const string CurveKey = """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";
    private const string RsaSignature =
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    private const string CurveSignature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private static readonly ProviderSettings Settings = new("https://login.kakuu.example", "roomguard", "認証基盤", "Identity provider");
    private static readonly DateTimeOffset Nine = A.MondayNine;

    private readonly RSA rsa = RSA.Create(2048);
    private readonly ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        rsa.Dispose();
        curve.Dispose();
    }

    [Theory]
    [InlineData("""{"alg":"RS256"}""", RsaKey, RsaSignature)]
    [InlineData("""{"alg":"ES256"}""", CurveKey, CurveSignature)]
    public void The_standards_examples_are_signed_by_their_keys_and_by_no_other(string header, string key, string signature)
    {
        var token = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header))}.{RfcBody}.{signature}";
        var bent = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header))}.{Part("""{"iss":"joe"}""")}.{signature}";

        // Its issuer is joe: that is looked at only once the signature holds.
        Assert.Equal(IdTokenFault.Issuer, Fault(token, Keys(key)));
        Assert.Equal(IdTokenFault.Signature, Fault(bent, Keys(key)));
        Assert.Equal(IdTokenFault.Signature, Fault(token, Keys(key == RsaKey ? CurveKey : RsaKey)));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public void A_token_that_says_all_it_must_names_the_account(string alg) =>
        Assert.Equal((null, "hinata"), IdToken.Read(Signed(Claims(), alg), Own(), Wanted()));

    [Theory]
    [InlineData("iss", "\"https://login.elsewhere.example\"", nameof(IdTokenFault.Issuer))]
    [InlineData("iss", "\"https://login.kakuu.example/\"", nameof(IdTokenFault.Issuer))]
    [InlineData("iss", "null", nameof(IdTokenFault.Issuer))]
    [InlineData("aud", "\"another\"", nameof(IdTokenFault.Audience))]
    [InlineData("aud", "[\"roomguard\",\"another\"]", nameof(IdTokenFault.Audience))]
    [InlineData("azp", "\"another\"", nameof(IdTokenFault.Audience))]
    [InlineData("exp", "0", nameof(IdTokenFault.Time))]
    [InlineData("exp", "\"1900000000\"", nameof(IdTokenFault.Time))]
    [InlineData("exp", "-121", nameof(IdTokenFault.Time))]
    [InlineData("iat", "121", nameof(IdTokenFault.Time))]
    [InlineData("iat", "-901", nameof(IdTokenFault.Time))]
    [InlineData("nbf", "121", nameof(IdTokenFault.Time))]
    [InlineData("nonce", "\"another\"", nameof(IdTokenFault.Nonce))]
    [InlineData("nonce", "null", nameof(IdTokenFault.Nonce))]
    [InlineData("amr", "[\"pwd\"]", nameof(IdTokenFault.Factors))]
    [InlineData("amr", "null", nameof(IdTokenFault.Factors))]
    [InlineData("preferred_username", "null", nameof(IdTokenFault.NoAccount))]
    [InlineData("preferred_username", "7", nameof(IdTokenFault.NoAccount))]
    [InlineData("sub", "\"\"", nameof(IdTokenFault.NoAccount))]
    [Requirement("R-SIGN-13")]
    public void One_claim_that_is_not_as_it_must_be_spoils_the_token(string claim, string value, string fault)
    {
        var claims = Claims();
        claims[claim] = claim is "exp" or "iat" or "nbf" && value.TrimStart('-') is "121" or "901" ? At(int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)) : JsonNode.Parse(value);

        Assert.Equal(Enum.Parse<IdTokenFault>(fault), Fault(Signed(claims, "ES256"), Own()));
    }

    [Fact]
    public void Clocks_may_differ_by_two_minutes()
    {
        var claims = Claims();
        (claims["exp"], claims["iat"], claims["nbf"]) = (At(-119), At(119), At(119));

        Assert.Null(Fault(Signed(claims, "ES256"), Own()));
    }

    [Fact]
    public void A_token_unsigned_signed_with_a_public_key_as_a_password_or_made_for_another_key_is_none()
    {
        var (claims, keys) = (Claims(), Own());
        var body = Part(claims.ToJsonString());
        Assert.Equal(IdTokenFault.NotAToken, Fault($"{Part("""{"alg":"none"}""")}.{body}.", keys));
        Assert.Equal(IdTokenFault.Algorithm, Fault($"{Part("""{"alg":"none"}""")}.{body}.AA", keys));
        var head = Part("""{"alg":"HS256","kid":"curve"}""");
        var sealedByPublic = HMACSHA256.HashData(curve.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes($"{head}.{body}"));
        Assert.Equal(IdTokenFault.Algorithm, Fault($"{head}.{body}.{Base64Url.EncodeToString(sealedByPublic)}", keys));
        Assert.Equal(IdTokenFault.UnknownKey, Fault(Signed(claims, "ES256", kid: "other"), keys));
        Assert.Equal(IdTokenFault.Algorithm, Fault(Signed(claims, "ES256", more: ""","crit":["b64"],"b64":false"""), keys));
        Assert.Equal(IdTokenFault.Signature, Fault(Signed(claims, "RS256", kid: "curve"), keys));
        var doubled = claims.ToJsonString().Insert(1, "\"iss\":\"https://login.elsewhere.example\",");
        Assert.Equal(IdTokenFault.NotAToken, Fault(Signed(doubled, "ES256", "curve", ""), keys));
    }

    [Fact]
    public void What_is_no_token_is_none()
    {
        foreach (var text in new[] { "", ".", "..", "a.b", "a.b.c.d", "!.!.!", $"{Part("[]")}.{Part("{}")}.AA", $"{Part("{}")}.{Part("null")}.AA", new string('a', 100_000), $"{Part("""{"alg":"\ud800"}""")}.{Part("{}")}.AA" })
        {
            Assert.Equal(IdTokenFault.NotAToken, Fault(text, Own()));
        }
    }

    [Fact]
    public void Every_cut_and_every_changed_sign_of_a_token_is_refused()
    {
        var token = Signed(Claims(), "ES256");
        for (var at = 0; at < token.Length - 1; at++)
        {
            Assert.NotNull(Fault(token[..at], Own()));
            Assert.NotNull(Fault($"{token[..at]}{(token[at] == 'x' ? 'y' : 'x')}{token[(at + 1)..]}", Own()));
        }
    }

    [Fact]
    public void Where_the_settings_name_levels_these_count_and_nothing_else()
    {
        var wanted = Wanted() with { Provider = Settings with { Acr = ["urn:level:2"] } };
        var claims = Claims();
        Assert.Equal(IdTokenFault.Factors, IdToken.Read(Signed(claims, "ES256"), Own(), wanted).Fault);
        claims["acr"] = "urn:level:2";
        Assert.Null(IdToken.Read(Signed(claims, "ES256"), Own(), wanted).Fault);
    }

    [Fact]
    public void A_confirmation_needs_a_proof_made_since_it_was_asked_for()
    {
        var wanted = Wanted() with { AskedAgainSince = Nine.AddSeconds(-30) };
        var claims = Claims();
        Assert.Equal(IdTokenFault.Time, IdToken.Read(Signed(claims, "ES256"), Own(), wanted).Fault);
        claims["auth_time"] = At(-300);
        Assert.Equal(IdTokenFault.Time, IdToken.Read(Signed(claims, "ES256"), Own(), wanted).Fault);
        claims["auth_time"] = At(-5);
        Assert.Null(IdToken.Read(Signed(claims, "ES256"), Own(), wanted).Fault);
    }

    [Fact]
    public void Weak_strange_and_encrypting_keys_are_passed_over()
    {
        using var weak = RSA.Create(1024);
        var n = Base64Url.EncodeToString(weak.ExportParameters(false).Modulus!);
        var read = ProviderKey.Read(Encoding.UTF8.GetBytes(
            $$"""{"keys":[{"kty":"RSA","n":"{{n}}","e":"AQAB"},{"kty":"oct","k":"AAAA"},{"kty":"EC","crv":"P-521","x":"AA","y":"AA"},{"kty":"RSA","n":"!","e":"AQAB"},7,{{RsaKey[..^1]}},"use":"enc"}]}"""));

        Assert.Empty(read);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => ProviderKey.Read("[]"u8));
    }

    private static ImmutableArray<ProviderKey> Keys(string key) => ProviderKey.Read(Encoding.UTF8.GetBytes($$"""{"keys":[{{key}}]}"""));

    private static IdTokenFault? Fault(string token, ImmutableArray<ProviderKey> keys) => IdToken.Read(token, keys, Wanted()).Fault;

    private static IdTokenWanted Wanted() => new(Settings, "the question", Nine, null);

    private static long At(int seconds) => Nine.AddSeconds(seconds).ToUnixTimeSeconds();

    private static JsonObject Claims() => new()
    {
        ["iss"] = Settings.Issuer,
        ["aud"] = Settings.ClientId,
        ["sub"] = "0c7f",
        ["exp"] = At(300),
        ["iat"] = At(-2),
        ["nonce"] = "the question",
        ["amr"] = new JsonArray("pwd", "otp", "mfa"),
        ["preferred_username"] = "hinata",
    };

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private ImmutableArray<ProviderKey> Own() =>
    [
        new("curve", "EC", null, default, curve.ExportParameters(false)), new("rsa", "RSA", null, rsa.ExportParameters(false), default),
    ];

    private string Signed(JsonObject claims, string alg, string? kid = null, string more = "") => Signed(claims.ToJsonString(), alg, kid ?? (alg == "ES256" ? "curve" : "rsa"), more);

    private string Signed(string claims, string alg, string kid, string more)
    {
        var text = $"{Part($$"""{"alg":"{{alg}}","kid":"{{kid}}"{{more}}}""")}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = alg switch
        {
            "RS256" => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "PS256" => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => curve.SignData(bytes, HashAlgorithmName.SHA256),
        };
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }
}
