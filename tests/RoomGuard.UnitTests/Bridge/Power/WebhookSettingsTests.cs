using System.Security.Cryptography;
using System.Text;
using RoomGuard.Bridge.Power;
using RoomGuard.Hosting;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Power;

/// <summary>What is wrong with the settings of a receiver, or with its files, is named before anything starts.</summary>
public sealed class WebhookSettingsTests : IDisposable
{
    private static readonly WebhookSettings Good = new("vm-cluster", "https://cluster.town.example/roomguard", "vm-cluster.key");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("roomguard-webhook-");

    public static TheoryData<WebhookSettings, string> Wrong => new()
    {
        { Good with { Name = "vm cluster" }, "power.webhooks[0].name: \"vm cluster\" is not a name" },
        { Good with { Name = "" }, "power.webhooks[0].name" },
        { Good with { Url = "cluster.town.example" }, "power.webhooks[0].url: \"cluster.town.example\" is not an address" },
        { Good with { Url = "ftp://cluster.town.example/" }, "power.webhooks[0].url" },
        { Good with { Url = "https://user:secret@cluster.town.example/" }, "power.webhooks[0].url: an address holds no user" },
        { Good with { Url = "http://cluster.town.example/" }, "power.webhooks[0].clearTextReason: http to cluster.town.example needs a written reason" },
        { Good with { KeyFile = "" }, "power.webhooks[0].keyFile: is empty" },
        { Good with { Timeout = TimeSpan.Zero }, "power.webhooks[0].timeout: 00:00:00 is outside" },
        { Good with { Timeout = TimeSpan.FromMinutes(2) }, "power.webhooks[0].timeout: 00:02:00 is outside" },
        { Good with { AuthorityFile = " " }, "power.webhooks[0].authorityFile" },
        { Good with { Url = "http://127.0.0.1/", AuthorityFile = "town.pem" }, "power.webhooks[0].authorityFile" },
    };

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Wrong))]
    [Requirement("R-INP-01")]
    [Requirement("R-NET-05")]
    public void What_is_wrong_with_a_receiver_is_named_with_its_place(WebhookSettings webhook, string named)
    {
        var problem = Assert.Single(new PowerSection([webhook]).Problems("power"));

        Assert.Contains(named, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://cluster.town.example/roomguard", null)]
    [InlineData("http://127.0.0.1:8080/", null)]
    [InlineData("http://[::1]:8080/", null)]
    [InlineData("http://localhost:8080/", null)]
    [InlineData("http://192.0.2.4/", "the array speaks no TLS; VLAN 30 carries nothing else")]
    public void A_receiver_with_an_address_that_may_be_is_good(string url, string? reason) =>
        Assert.Empty(new PowerSection([Good with { Url = url, ClearTextReason = reason }]).Problems("power"));

    [Fact]
    public void Two_receivers_of_one_name_are_named() =>
        Assert.Contains("name \"vm-cluster\" stands twice", Assert.Single(new PowerSection([Good, Good]).Problems("power")), StringComparison.Ordinal);

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef\n")]
    [InlineData("0123456789abcdef0123456789abcdef\r\n")]
    public void A_key_is_the_bytes_of_its_file_but_one_line_break(string text) =>
        Assert.Equal("0123456789abcdef0123456789abcdef", Encoding.ASCII.GetString(WebhookKey.Load(Good with { KeyFile = Key(text) })));

    [Theory]
    [InlineData("0123456789abcdef0123456789abcde\n", UnixFileMode.UserRead, "has 31 bytes and needs 32")]
    [InlineData("", UnixFileMode.UserRead, "has 0 bytes and needs 32")]
    [InlineData("0123456789abcdef0123456789abcdef", UnixFileMode.UserRead | UnixFileMode.GroupRead, "may be used by other accounts (mode 440)")]
    [InlineData("0123456789abcdef0123456789abcdef", UnixFileMode.UserRead | UnixFileMode.OtherRead, "Run: chmod 600")]
    [Requirement("R-CFG-11")]
    public void A_key_that_is_none_is_named_with_a_remedy_and_never_shown(string text, UnixFileMode mode, string named)
    {
        var refused = Assert.Throws<SettingsException>(() => WebhookKey.Load(Good with { KeyFile = Key(text, mode) }));

        Assert.Contains("power.webhooks \"vm-cluster\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_file_that_is_not_there_or_is_no_key_is_named()
    {
        Assert.Contains("there is no key file", Assert.Throws<SettingsException>(() => WebhookKey.Load(Good with { KeyFile = Path.Combine(folder.FullName, "none") })).Message, StringComparison.Ordinal);
        Assert.Contains("Is it the right file?", Assert.Throws<SettingsException>(() => WebhookKey.Load(Good with { KeyFile = Key(new string('k', 5000)) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Authorities_are_certificates_or_the_bridge_does_not_start()
    {
        Assert.Empty(WebhookKey.Authorities(Good));
        Assert.Contains("holds no certificate", Assert.Throws<SettingsException>(() => WebhookKey.Authorities(Good with { AuthorityFile = Key("nothing") })).Message, StringComparison.Ordinal);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=town", key, HashAlgorithmName.SHA256).CreateSelfSigned(A.MondayNine, A.MondayNine.AddYears(1));
        Assert.Single(WebhookKey.Authorities(Good with { AuthorityFile = Key(certificate.ExportCertificatePem()) }));
    }

    private string Key(string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = Path.Combine(folder.FullName, "some.key");
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
