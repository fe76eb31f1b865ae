using System.Security.Cryptography;
using System.Text.Json;
using RoomGuard.Bridge.Files;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;

namespace RoomGuard.Bridge.Uplink;

/// <summary>A grant list is not to be put in force; the message says why.</summary>
public sealed class GrantListException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The last good grant list on disk: one file of a line with version, digest and signature, and below it the list's bytes exactly as
/// signed. Taken on only when whole, signed, ours and newer; otherwise the one that is there stays in force.
/// </summary>
/// <param name="longest">Bytes after which a list is cut off; <see cref="LongestList"/>.</param>
public sealed class GrantListStore(string path, string site, OrderSignatures signatures, long longest = GrantListStore.LongestList)
{
    /// <summary>No list is longer; 100,000 people take about a quarter of it.</summary>
    public const long LongestList = 256L << 20;

    private const int LongestHead = 1024;
    private const int ChunkBytes = 1 << 16;

    /// <summary>Whether a list was ever stored.</summary>
    public bool IsThere => File.Exists(path);

    /// <summary>Reads the last good list; checks it as if it had just come.</summary>
    /// <returns>Null when none was ever stored.</returns>
    /// <exception cref="GrantListException">The file is not what was stored.</exception>
    public GrantIndex? Load()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, ChunkBytes, FileOptions.SequentialScan);
        var head = Head(file);
        var body = file.Position;
        Check(head, Digest(file));
        file.Position = body;
        return Parse(file, head.Version);
    }

    /// <summary>Takes a list on: streams it to disk, checks it, and puts it in the place of the last.</summary>
    /// <exception cref="GrantListException">It is not to be put in force; the last good one stays.</exception>
    /// <exception cref="IOException">The line or the disk failed; try again.</exception>
    public async Task<GrantIndex> TakeAsync(GrantListNews news, Stream from, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(news);
        ArgumentNullException.ThrowIfNull(from);
        try
        {
            GrantIndex index;
            await using (var file = DurableFile.Create(path))
            {
                await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(news, RecordJson.Plain.GrantListNews), stop);
                file.WriteByte((byte)'\n');
                var body = file.Position;
                Check(news, await CopyAsync(from, file, stop));
                file.Position = body;
                index = Parse(file, news.Version);
                await file.FlushAsync(stop);
                DurableFile.Sync(file.SafeFileHandle, path);
            }

            DurableFile.Put(path);
            return index;
        }
        catch
        {
            DurableFile.Drop(path);
            throw;
        }
    }

    private static GrantListNews Head(FileStream file)
    {
        var line = new List<byte>(LongestHead);
        for (int one; (one = file.ReadByte()) != '\n'; line.Add((byte)one))
        {
            if (one < 0 || line.Count == LongestHead)
            {
                throw new GrantListException("The stored grant list has no head line.");
            }
        }

        try
        {
            return JsonSerializer.Deserialize([.. line], RecordJson.Plain.GrantListNews) ?? throw new GrantListException("The stored grant list has an empty head line.");
        }
        catch (JsonException wrong)
        {
            throw new GrantListException($"The head line of the stored grant list is damaged: {wrong.Message}", wrong);
        }
    }

    private static byte[] Digest(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkBytes];
        for (int read; (read = file.Read(chunk)) > 0;)
        {
            hash.AppendData(chunk, 0, read);
        }

        return hash.GetHashAndReset();
    }

    private async Task<byte[]> CopyAsync(Stream from, FileStream into, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkBytes];
        long length = 0;
        for (int read; (read = await from.ReadAsync(chunk, stop)) > 0;)
        {
            length += read;
            if (length > longest)
            {
                throw new GrantListException($"The list is longer than {longest} bytes.");
            }

            hash.AppendData(chunk, 0, read);
            await into.WriteAsync(chunk.AsMemory(0, read), stop);
        }

        return hash.GetHashAndReset();
    }

    private void Check(GrantListNews news, byte[] sha256)
    {
        if (!Convert.ToHexStringLower(sha256).Equals(news.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new GrantListException("The bytes are not the ones announced (SHA-256 differs).");
        }

        if (!signatures.IsSigned(sha256, news.Signature))
        {
            throw new GrantListException("The signature is not the office's.");
        }
    }

    private GrantIndex Parse(Stream from, long version)
    {
        try
        {
            var list = JsonSerializer.Deserialize(from, RecordJson.Plain.GrantList) ?? throw new GrantListException("The list is null.");
            if (list.Version != version)
            {
                throw new GrantListException($"It calls itself version {list.Version} and was announced as {version}.");
            }

            return list.Site == site ? new(list) : throw new GrantListException($"It is for site {list.Site}, and this is {site}.");
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException)
        {
            throw new GrantListException(wrong.Message, wrong);
        }
    }
}
