using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RoomGuard.Hosting;

namespace RoomGuard.Bridge.Sensors;

/// <summary>What is read from the files a broker's settings name. Never in a log, never in settings (R-CFG-11).</summary>
/// <param name="Password">Null: none.</param>
/// <param name="Own">Our certificate with its key; null: we show none.</param>
/// <param name="Between">Certificates between ours and its authority.</param>
/// <param name="Authorities">Who may have issued the broker's; empty: whom this machine trusts.</param>
public sealed record MqttSecrets(byte[]? Password, X509Certificate2? Own, X509Certificate2Collection Between, X509Certificate2Collection Authorities) : IDisposable
{
    private const int LongestPassword = 4096;
    private const long LongestPem = 1 << 20;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Nothing secret: a broker that asks for nothing.</summary>
    public static MqttSecrets None => new(null, null, [], []);

    /// <summary>Reads the files.</summary>
    /// <exception cref="SettingsException">One is not there, is not what it should be, or is open to other accounts; names file and remedy.</exception>
    public static MqttSecrets Load(MqttSourceSettings source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var place = $"mqtt.sources \"{source.Name}\"";
        var password = source.PasswordFile is { } file ? PasswordOf(place, file) : null;
        var authorities = source.Tls?.AuthorityFile is { } path ? CertificatesOf(place, path, "the broker's authority") : [];
        if (source.Tls is not { CertificateFile: { } certificate, KeyFile: { } key })
        {
            return new(password, null, [], authorities);
        }

        var chain = CertificatesOf(place, certificate, "our certificate");
        return new(password, OwnOf(place, certificate, key), [.. chain.Skip(1)], authorities);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(Password);
        Own?.Dispose();
        foreach (var certificate in Between.Concat(Authorities))
        {
            certificate.Dispose();
        }
    }

    private static byte[] PasswordOf(string place, string path)
    {
        var bytes = Secret(place, path, "password", $"Write one: (umask 077; cat > {path}), the password, then Ctrl-D");
        var word = bytes.AsSpan();
        word = word is [.. var line, (byte)'\n'] ? line : word;
        word = word is [.. var before, (byte)'\r'] ? before : word;
        var kept = word.ToArray();
        CryptographicOperations.ZeroMemory(bytes);
        return kept.Length > 0 ? kept : throw new SettingsException($"{place}: the password file {path} is empty. Write the password into it.");
    }

    private static X509Certificate2 OwnOf(string place, string certificate, string key)
    {
        _ = Secret(place, key, "key", "It comes with the certificate from whoever issued it");
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(certificate, key);

            // A key that was only read from PEM is not taken by every TLS library; one that went through PKCS#12 is.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            throw new SettingsException($"{place}: {certificate} and {key} are no certificate with its key: {wrong.Message} Both are PEM, and the key is not encrypted.", wrong);
        }
    }

    private static X509Certificate2Collection CertificatesOf(string place, string path, string what)
    {
        var found = new X509Certificate2Collection();
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: <= LongestPem })
            {
                found.ImportFromPem(File.ReadAllText(path));
            }
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{place}: {path} cannot be read: {wrong.Message}", wrong);
        }

        return found.Count > 0 ? found : throw new SettingsException($"{place}: {path} holds no certificate. Put {what} there as PEM.");
    }

    private static byte[] Secret(string place, string path, string what, string remedy)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw new SettingsException($"{place}: there is no {what} file {path}. {remedy}.");
            }

            if ((file.UnixFileMode & Others) != 0)
            {
                throw new SettingsException($"{place}: {path} may be used by other accounts (mode {Convert.ToString((int)file.UnixFileMode, 8)}). Run: chmod 600 {path}, and get a new {what} if somebody may have read it.");
            }

            return file.Length <= (what == "password" ? LongestPassword : LongestPem)
                ? File.ReadAllBytes(path)
                : throw new SettingsException($"{place}: {path} has {file.Length} bytes, more than any {what}. Is it the right file?");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{place}: {path} cannot be read: {wrong.Message}", wrong);
        }
    }
}
