using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RoomGuard.Hosting;

namespace RoomGuard.Service.Notices;

/// <summary>What is read from the files a channel's settings name: never in settings, never in a log (R-CFG-11).</summary>
public static class NoticeSecrets
{
    /// <summary>The shortest signing key: as long as the digest it signs with.</summary>
    public const int ShortestKey = 32;

    private const int LongestSecret = 4096;
    private const long LongestCertificates = 1 << 20;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>A password or key: the bytes of its file, but one line break at the end, since editors put one there.</summary>
    /// <param name="place">Whose it is, for the message.</param>
    /// <exception cref="SettingsException">Not there, too short, or open to other accounts; names file and remedy.</exception>
    public static byte[] Secret(string path, string place, int shortest)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw new SettingsException($"{place}: there is no file {path}. Make it for this account alone, e.g. (umask 077; openssl rand -hex 32 > {path}).");
            }

            if ((file.UnixFileMode & Others) != 0)
            {
                throw new SettingsException($"{place}: {path} may be used by other accounts (mode {Convert.ToString((int)file.UnixFileMode, 8)}). Run: chmod 600 {path}, and take a new secret if somebody may have read it.");
            }

            if (file.Length > LongestSecret)
            {
                throw new SettingsException($"{place}: {path} has {file.Length} bytes, more than any key or password ({LongestSecret}). Is it the right file?");
            }

            var bytes = File.ReadAllBytes(path);
            var secret = bytes.AsSpan();
            secret = secret is [.. var line, (byte)'\n'] ? line : secret;
            secret = secret is [.. var before, (byte)'\r'] ? before : secret;
            if (secret.Length < shortest)
            {
                throw new SettingsException($"{place}: what {path} holds has {secret.Length} bytes and needs {shortest}.");
            }

            var kept = secret.ToArray();
            CryptographicOperations.ZeroMemory(bytes);
            return kept;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{place}: {path} cannot be read: {wrong.Message}", wrong);
        }
    }

    /// <summary>The authorities that may have issued the other side's certificate; empty: those this machine trusts.</summary>
    /// <exception cref="SettingsException">No certificates in it; names file and remedy.</exception>
    public static X509Certificate2Collection Authorities(string? path, string place)
    {
        var found = new X509Certificate2Collection();
        if (path is null)
        {
            return found;
        }

        try
        {
            if (new FileInfo(path) is { Exists: true, Length: <= LongestCertificates })
            {
                found.ImportFromPem(File.ReadAllText(path));
            }
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{place}: {path} cannot be read: {wrong.Message}", wrong);
        }

        return found.Count > 0 ? found : throw new SettingsException($"{place}: {path} holds no certificate. Put the other side's authority there as PEM, or leave authorityFile out.");
    }

    /// <summary>How the other side's certificate is judged; null: as this machine judges.</summary>
    public static X509ChainPolicy? Trust(X509Certificate2Collection authorities)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        if (authorities.Count == 0)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    /// <summary>Our own certificate with its key; null: none is named.</summary>
    /// <exception cref="SettingsException">It cannot be used; names file and remedy.</exception>
    public static X509Certificate2? Own(string? certificate, string? key, string place)
    {
        if (certificate is null || key is null)
        {
            return null;
        }

        _ = Secret(key, place, 1);
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{place}: {certificate} with {key} cannot be used: {wrong.Message}", wrong);
        }
    }
}
