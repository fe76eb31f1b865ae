using System.Security.Cryptography;
using System.Text;
using RoomGuard.Bridge.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Readers;

public sealed class ReaderKeyStoreTests : IDisposable
{
    private static readonly DeviceId Reader = new("reader-srv-in");
    private static readonly PdIdentity Identity = new(0x02CACA, 12, 1, 0x64269, 1, 4, 0);

    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-keys-").FullName;

    private string StorePath => Path.Combine(folder, "reader-keys.bin");

    private string KeyPath => Path.Combine(folder, "reader-keys.key");

    [Fact]
    public void A_key_is_there_after_a_restart_with_the_identity_it_was_proven_by()
    {
        var store = Open();
        var key = store.MakeCandidate(Reader);
        store.Confirm(Reader, key, Identity);

        var known = Open().Of(Reader);

        Assert.Equal(key, known.Key);
        Assert.Equal(Identity, known.Pinned);
        Assert.Null(known.Candidate);
    }

    [Fact]
    public void A_candidate_is_kept_before_anybody_is_told_and_stays_the_same_until_it_is_settled()
    {
        var key = Open().MakeCandidate(Reader);

        Assert.Equal(key, Open().Of(Reader).Candidate);
        Assert.Equal(key, Open().MakeCandidate(Reader));
    }

    [Fact]
    public void A_dropped_candidate_leaves_the_key_in_use()
    {
        var store = Open();
        var key = store.MakeCandidate(Reader);
        store.Confirm(Reader, key, Identity);
        store.MakeCandidate(Reader);

        store.DropCandidate(Reader);

        Assert.Equal(key, Open().Of(Reader).Key);
        Assert.Null(Open().Of(Reader).Candidate);
    }

    [Fact]
    [Requirement("R-CFG-11")]
    public void Nothing_on_the_disk_shows_a_key_and_nobody_else_may_read_it()
    {
        var key = Open().MakeCandidate(Reader);

        var content = File.ReadAllBytes(StorePath);
        Assert.Equal(-1, content.AsSpan().IndexOf(key.Bytes));
        Assert.DoesNotContain(Convert.ToBase64String(key.Bytes), Encoding.Latin1.GetString(content), StringComparison.Ordinal);
        Assert.All([StorePath, KeyPath], path => Assert.Equal("600", Convert.ToString((int)Mode(path), 8)));
    }

    [Theory]
    [InlineData("reader-keys.key")]
    [InlineData("reader-keys.bin")]
    public void Files_that_others_may_read_are_refused_with_the_remedy(string name)
    {
        Open().MakeCandidate(Reader);
        var path = Path.Combine(folder, name);
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var refused = Assert.Throws<ReaderKeyStoreException>(Open);

        Assert.Contains($"chmod 600 {path}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_key_file_is_not_silently_replaced()
    {
        Open().MakeCandidate(Reader);
        File.Delete(KeyPath);

        var refused = Assert.Throws<ReaderKeyStoreException>(Open);

        Assert.Contains("backup", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyPath));
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        Open().MakeCandidate(Reader);
        var good = File.ReadAllBytes(StorePath);
        Assert.NotNull(Open().Of(Reader).Candidate);
        for (var at = 0; at < good.Length; at++)
        {
            byte[] bad = [.. good];
            bad[at] ^= 0x01;
            File.WriteAllBytes(StorePath, bad);
            Assert.Throws<ReaderKeyStoreException>(Open);
        }

        foreach (var length in Enumerable.Range(0, good.Length))
        {
            File.WriteAllBytes(StorePath, good[..length]);
            Assert.Throws<ReaderKeyStoreException>(Open);
        }
    }

    [Fact]
    public void A_generator_that_gives_a_pattern_first_is_asked_again()
    {
        var asked = new Queue<byte[]>([new byte[32], new byte[16], [.. ScbkKey.Default.Bytes], [.. Enumerable.Range(0, 16).Select(n => (byte)n)], [.. "not a pattern 16"u8], new byte[12]]);

        var key = ReaderKeyStore.Open(folder, _ => asked.Dequeue()).MakeCandidate(Reader);

        Assert.Equal("not a pattern 16"u8, key.Bytes);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ReaderKeyStore Open() => ReaderKeyStore.Open(folder, RandomNumberGenerator.GetBytes);

    private static UnixFileMode Mode(string path) => File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode) => File.SetUnixFileMode(path, mode);
}
