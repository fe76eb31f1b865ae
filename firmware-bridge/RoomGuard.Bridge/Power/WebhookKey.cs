using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RoomGuard.Hosting;

namespace RoomGuard.Bridge.Power;

/// <summary>What is read from the files a webhook's settings name. Never in a log, never in settings (R-CFG-11).</summary>
public static class WebhookKey
{
    /// <summary>The shortest key: as long as the digest it signs with.</summary>
    public const int ShortestKey = 32;

    private const int LongestKey = 4096;
    private const long LongestAuthority = 1 << 20;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The key of a receiver: the bytes of its file, but one line break at the end, since editors put one there.</summary>
    /// <exception cref="SettingsException">Not there, too short, or open to other accounts; names file and remedy.</exception>
    public static byte[] Load(WebhookSettings webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var (path, place) = (webhook.KeyFile, $"power.webhooks \"{webhook.Name}\"");
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw new SettingsException($"{place}: there is no key file {path}. Make one: (umask 077; openssl rand -hex 32 > {path}), and give the receiver the same.");
            }

            if ((file.UnixFileMode & Others) != 0)
            {
                throw new SettingsException($"{place}: {path} may be used by other accounts (mode {Convert.ToString((int)file.UnixFileMode, 8)}). Run: chmod 600 {path}, and make a new key if somebody may have read it.");
            }

            if (file.Length > LongestKey)
            {
                throw new SettingsException($"{place}: {path} has {file.Length} bytes, more than any key ({LongestKey}). Is it the right file?");
            }

            var bytes = File.ReadAllBytes(path);
            var key = bytes.AsSpan();
            key = key is [.. var line, (byte)'\n'] ? line : key;
            key = key is [.. var before, (byte)'\r'] ? before : key;
            if (key.Length < ShortestKey)
            {
                throw new SettingsException($"{place}: the key in {path} has {key.Length} bytes and needs {ShortestKey}. Make one: (umask 077; openssl rand -hex 32 > {path}), and give the receiver the same.");
            }

            var kept = key.ToArray();
            CryptographicOperations.ZeroMemory(bytes);
            return kept;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{place}: {path} cannot be read: {wrong.Message}", wrong);
        }
    }

    /// <summary>The authorities that may have issued a receiver's certificate; empty: those this machine trusts.</summary>
    /// <exception cref="SettingsException">Not there, or no certificates in it; names file and remedy.</exception>
    public static X509Certificate2Collection Authorities(WebhookSettings webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var found = new X509Certificate2Collection();
        if (webhook.AuthorityFile is not { } path)
        {
            return found;
        }

        var place = $"power.webhooks \"{webhook.Name}\"";
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: <= LongestAuthority })
            {
                found.ImportFromPem(File.ReadAllText(path));
            }
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{place}: {path} cannot be read: {wrong.Message}", wrong);
        }

        return found.Count > 0 ? found : throw new SettingsException($"{place}: {path} holds no certificate. Put the receiver's authority there as PEM, or leave authorityFile out.");
    }
}
