using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RoomGuard.SystemTests.Notices;

/// <summary>A town's own authority with a certificate for 127.0.0.1, as PEM files in a folder of its own.</summary>
internal sealed class TownAuthority : IDisposable
{
    public TownAuthority()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        var asked = new CertificateRequest("CN=town authority", authorityKey, HashAlgorithmName.SHA256);
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        asked.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using var authority = asked.CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
        AuthorityFile = Write("authority.pem", authority.ExportCertificatePem());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var wanted = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        wanted.CertificateExtensions.Add(names.Build());
        using var issued = wanted.Create(authority, now.AddDays(-1), now.AddDays(60), [1]);
        CertificateFile = Write("server.pem", issued.ExportCertificatePem());
        KeyFile = Write("server.key", key.ExportPkcs8PrivateKeyPem());
    }

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("roomguard-town-");

    public string AuthorityFile { get; }

    public string CertificateFile { get; }

    public string KeyFile { get; }

    /// <summary>Writes a file for the owner alone.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder.FullName, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    public void Dispose() => Folder.Delete(recursive: true);
}
