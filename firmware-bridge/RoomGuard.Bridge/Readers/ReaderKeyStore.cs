using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Win32.SafeHandles;
using RoomGuard.Bridge.Links;
using RoomGuard.Core.Zones;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Bridge.Readers;

/// <summary>What is known about one reader's key.</summary>
/// <param name="Key">The key in use; null before the reader was installed.</param>
/// <param name="Candidate">A key that was made for it and whose installation was not seen to end; the reader may have it.</param>
/// <param name="Pinned">Who the reader is; null before it was first trusted.</param>
public sealed record ReaderKey(ScbkKey? Key, ScbkKey? Candidate, PdIdentity? Pinned)
{
    /// <summary>Nothing known.</summary>
    public static ReaderKey None { get; } = new(null, null, null);
}

/// <summary>The keys of the readers cannot be read or kept. The message names file, reason and remedy.</summary>
public sealed class ReaderKeyStoreException : Exception
{
    /// <summary>Without a message.</summary>
    public ReaderKeyStoreException()
    {
    }

    /// <summary>With a message that names the file and what to do.</summary>
    public ReaderKeyStoreException(string message)
        : base(message)
    {
    }

    /// <summary>With a message that names the file and what to do, and the cause.</summary>
    public ReaderKeyStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>
/// Keys (SCBK) and pinned identities of the readers, encrypted at rest with AES-256-GCM under a key file that only this account may
/// read. Written whole to a new file, flushed, renamed, folder flushed: after a power cut there is the old content or the new.
/// Thread-safe. Keys are never settings (R-CFG-11) and never in a log.
/// </summary>
/// <remarks>File: <c>RGRK1</c>, 12 bytes nonce, 16 bytes tag, ciphertext of a JSON object; the first five bytes are authenticated too.</remarks>
public sealed class ReaderKeyStore
{
    private const string StoreName = "reader-keys.bin";
    private const string KeyName = "reader-keys.key";
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int KeyLength = 32;
    private const long LongestFile = 1 << 20;
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly byte[] Magic = "RGRK1"u8.ToArray();

    private readonly Lock gate = new();
    private readonly string path;
    private readonly byte[] fileKey;
    private readonly Func<int, byte[]> randomBytes;
    private ImmutableDictionary<DeviceId, ReaderKey> keys;

    private ReaderKeyStore(string path, byte[] fileKey, Func<int, byte[]> randomBytes, ImmutableDictionary<DeviceId, ReaderKey> keys) =>
        (this.path, this.fileKey, this.randomBytes, this.keys) = (path, fileKey, randomBytes, keys);

    /// <summary>Opens the store in a folder; makes the folder's key file at the very first start.</summary>
    /// <exception cref="ReaderKeyStoreException">Readable by others, damaged, key file lost, or a key everyone knows; names file and remedy.</exception>
    public static ReaderKeyStore Open(string folder, Func<int, byte[]> randomBytes)
    {
        ArgumentNullException.ThrowIfNull(randomBytes);
        var path = Path.Combine(folder, StoreName);
        var keyPath = Path.Combine(folder, KeyName);
        try
        {
            Directory.CreateDirectory(folder);
            if (!File.Exists(keyPath))
            {
                if (File.Exists(path))
                {
                    throw new ReaderKeyStoreException($"{keyPath} is missing, and without it the reader keys in {path} cannot be read. Put it back from the backup, or move {path} away and install every reader again.");
                }

                WriteDurably(keyPath, randomBytes(KeyLength));
            }

            RefuseOthers(keyPath);
            var fileKey = File.ReadAllBytes(keyPath);
            if (fileKey.Length != KeyLength)
            {
                throw new ReaderKeyStoreException($"{keyPath} has {fileKey.Length} bytes and must have {KeyLength}. Put it back from the backup.");
            }

            if (!File.Exists(path))
            {
                return new(path, fileKey, randomBytes, ImmutableDictionary<DeviceId, ReaderKey>.Empty);
            }

            RefuseOthers(path);
            return new(path, fileKey, randomBytes, Read(path, fileKey));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ReaderKeyStoreException($"The reader keys in {folder} cannot be read: {problem.Message} Look at the folder's rights and at the disk.", problem);
        }
    }

    /// <summary>What is known about a reader.</summary>
    public ReaderKey Of(DeviceId reader)
    {
        lock (gate)
        {
            return keys.GetValueOrDefault(reader) ?? ReaderKey.None;
        }
    }

    /// <summary>Makes a key for a reader and keeps it as a candidate before anybody is told: a crash between telling and keeping would leave a reader nobody has the key of.</summary>
    /// <returns>The candidate of an installation that was broken off, where there is one: the reader may have it already.</returns>
    /// <exception cref="ReaderKeyStoreException">It cannot be kept.</exception>
    public ScbkKey MakeCandidate(DeviceId reader)
    {
        lock (gate)
        {
            var known = keys.GetValueOrDefault(reader) ?? ReaderKey.None;
            if (known.Candidate is { } left)
            {
                return left;
            }

            ScbkKey key;
            do
            {
                key = new(randomBytes(ScbkKey.Length));
            }
            while (key.IsWeak);

            Keep(keys.SetItem(reader, known with { Candidate = key }));
            return key;
        }
    }

    /// <summary>The reader has proven this key: from now on it is the key in use and the reader is pinned to this identity.</summary>
    /// <exception cref="ReaderKeyStoreException">It cannot be kept.</exception>
    public void Confirm(DeviceId reader, ScbkKey? key, PdIdentity identity)
    {
        lock (gate)
        {
            Keep(keys.SetItem(reader, new(key, null, identity)));
        }
    }

    /// <summary>The candidate surely never reached the reader.</summary>
    /// <exception cref="ReaderKeyStoreException">It cannot be kept.</exception>
    public void DropCandidate(DeviceId reader)
    {
        lock (gate)
        {
            if (keys.GetValueOrDefault(reader) is { Candidate: not null } known)
            {
                Keep(keys.SetItem(reader, known with { Candidate = null }));
            }
        }
    }

    private static void RefuseOthers(string path)
    {
        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) != 0)
        {
            throw new ReaderKeyStoreException($"{path} may be used by other accounts (mode {Convert.ToString((int)mode, 8)}). Run: chmod 600 {path}, and install the readers again if somebody may have read it.");
        }
    }

    private static ImmutableDictionary<DeviceId, ReaderKey> Read(string path, byte[] fileKey)
    {
        if (new FileInfo(path).Length > LongestFile)
        {
            throw new ReaderKeyStoreException($"{path} is larger than reader keys can be ({LongestFile} bytes). Put it back from the backup.");
        }

        var bytes = File.ReadAllBytes(path);
        var head = Magic.Length + NonceLength + TagLength;
        if (bytes.Length < head || !bytes.AsSpan().StartsWith(Magic))
        {
            throw new ReaderKeyStoreException($"{path} holds no reader keys. Put it back from the backup, or move it away and install every reader again.");
        }

        var plain = new byte[bytes.Length - head];
        try
        {
            using var aes = new AesGcm(fileKey, TagLength);
            aes.Decrypt(bytes.AsSpan(Magic.Length, NonceLength), bytes.AsSpan(head), bytes.AsSpan(Magic.Length + NonceLength, TagLength), plain, Magic);
            var rows = JsonSerializer.Deserialize(plain, ReaderKeyJson.Default.ListReaderKeyRow) ?? [];
            return rows.ToImmutableDictionary(row => new DeviceId(row.Reader), row => row.ToKey(path));
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException)
        {
            throw new ReaderKeyStoreException($"{path} was changed or belongs to another key file. Put both back from the same backup, or move both away and install every reader again.", problem);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private void Keep(ImmutableDictionary<DeviceId, ReaderKey> next)
    {
        var rows = next.OrderBy(pair => pair.Key.Value, StringComparer.Ordinal).Select(pair => ReaderKeyRow.From(pair.Key, pair.Value)).ToList();
        var plain = JsonSerializer.SerializeToUtf8Bytes(rows, ReaderKeyJson.Default.ListReaderKeyRow);
        var nonce = randomBytes(NonceLength);
        var tag = new byte[TagLength];
        var cipher = new byte[plain.Length];
        using (var aes = new AesGcm(fileKey, TagLength))
        {
            aes.Encrypt(nonce, plain, cipher, tag, Magic);
        }

        CryptographicOperations.ZeroMemory(plain);
        try
        {
            WriteDurably(path, [.. Magic, .. nonce, .. tag, .. cipher]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ReaderKeyStoreException($"{path} cannot be written: {problem.Message} Look at the folder's rights and at the space on the disk.", problem);
        }

        keys = next;
    }

    /// <summary>New file, flush, rename, flush of the folder.</summary>
    private static void WriteDurably(string path, ReadOnlySpan<byte> content)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var file = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OnlyOwner, BufferSize = 0 }))
        {
            file.Write(content);
            Sync(file.SafeFileHandle, fresh);
        }

        File.Move(fresh, path, overwrite: true);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using var handle = Libc.Open(folder, Libc.ReadOnly | Libc.CloseOnExec);
        Sync(handle, folder);
    }

    private static void Sync(SafeFileHandle handle, string what)
    {
        if (handle.IsInvalid || Libc.Sync(handle) != 0)
        {
            throw new IOException($"{what} could not be flushed to the disk: {Libc.Describe(Marshal.GetLastPInvokeError())}.");
        }
    }
}

/// <summary>One reader in the store's JSON.</summary>
internal sealed record ReaderKeyRow(string Reader, byte[]? Key, byte[]? Candidate, PdIdentity? Pinned)
{
    public static ReaderKeyRow From(DeviceId reader, ReaderKey key) => new(reader.Value, key.Key?.Bytes.ToArray(), key.Candidate?.Bytes.ToArray(), key.Pinned);

    public ReaderKey ToKey(string path) => new(Strong(Key, path), Strong(Candidate, path), Pinned);

    private ScbkKey? Strong(byte[]? bytes, string path)
    {
        if (bytes is null)
        {
            return null;
        }

        if (bytes.Length == ScbkKey.Length && new ScbkKey(bytes) is { IsWeak: false } key)
        {
            return key;
        }

        throw new ReaderKeyStoreException($"{path}: the key of reader {Reader} is one everyone knows. Move the file away and install every reader again.");
    }
}

// Metadata only: the generated fast path writes a byte array that is null as an empty text.
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(List<ReaderKeyRow>))]
internal sealed partial class ReaderKeyJson : JsonSerializerContext;
