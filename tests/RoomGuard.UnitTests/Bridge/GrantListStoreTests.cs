using System.Security.Cryptography;
using System.Text.Json;
using RoomGuard.Bridge.Uplink;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

public sealed class GrantListStoreTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("roomguard-lists-");
    private readonly ECDsa office = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly OrderSignatures signatures;
    private readonly GrantListStore store;

    public GrantListStoreTests()
    {
        signatures = new(office.ExportSubjectPublicKeyInfoPem());
        store = Store("kakuu-1");
    }

    public void Dispose()
    {
        signatures.Dispose();
        office.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    [Requirement("R-RED-01")]
    public async Task A_signed_list_is_kept_and_read_again_after_a_restart()
    {
        var (news, bytes) = Signed(TestRoom.List(3));

        var taken = await store.TakeAsync(news, new MemoryStream(bytes), default);
        var again = Store("kakuu-1").Load()!;

        Assert.Equal(3, taken.List.Version);
        Assert.Equal(3, again.List.Version);
        Assert.NotNull(again.Card(TestRoom.Card));
    }

    [Fact]
    public void Without_a_list_there_is_none() => Assert.Null(store.Load());

    [Fact]
    public async Task A_list_not_signed_by_the_office_is_refused_and_the_last_good_one_stays()
    {
        var (good, goodBytes) = Signed(TestRoom.List(3));
        await store.TakeAsync(good, new MemoryStream(goodBytes), default);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (forged, forgedBytes) = Signed(TestRoom.List(4), stranger);

        var refused = await Assert.ThrowsAsync<GrantListException>(() => store.TakeAsync(forged, new MemoryStream(forgedBytes), default));

        Assert.Contains("signature", refused.Message, StringComparison.Ordinal);
        Assert.Equal(3, store.Load()!.List.Version);
        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public async Task Every_single_flipped_bit_is_found()
    {
        var (news, bytes) = Signed(TestRoom.List(3));
        for (var at = 0; at < bytes.Length; at += 7)
        {
            byte[] flipped = [.. bytes];
            flipped[at] ^= (byte)(1 << (at % 8));
            await Assert.ThrowsAsync<GrantListException>(() => store.TakeAsync(news, new MemoryStream(flipped), default));
        }

        Assert.Null(store.Load());
    }

    [Fact]
    public async Task Another_sites_list_is_refused()
    {
        var (news, bytes) = Signed(TestRoom.List(3) with { Site = "elsewhere-1" });

        Assert.Contains("elsewhere-1", (await Assert.ThrowsAsync<GrantListException>(() => store.TakeAsync(news, new MemoryStream(bytes), default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_calls_itself_another_version_than_announced_is_refused()
    {
        var (news, bytes) = Signed(TestRoom.List(3));

        await Assert.ThrowsAsync<GrantListException>(() => store.TakeAsync(news with { Version = 9 }, new MemoryStream(bytes), default));
    }

    [Fact]
    public async Task A_list_that_contradicts_itself_is_refused()
    {
        var list = TestRoom.List(3);
        var (news, bytes) = Signed(list with { People = [] });

        Assert.Contains("S-0217", (await Assert.ThrowsAsync<GrantListException>(() => store.TakeAsync(news, new MemoryStream(bytes), default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_without_end_is_cut_off_at_its_limit()
    {
        var (news, _) = Signed(TestRoom.List(3));

        Assert.Contains("longer", (await Assert.ThrowsAsync<GrantListException>(() => new GrantListStore(Path.Combine(folder.FullName, "grant-list"), "kakuu-1", signatures, longest: 1 << 20).TakeAsync(news, new Endless(), default))).Message, StringComparison.Ordinal);
        Assert.Empty(folder.GetFiles());
    }

    [Fact]
    public async Task A_stored_list_that_was_changed_on_disk_is_not_used()
    {
        var (news, bytes) = Signed(TestRoom.List(3));
        await store.TakeAsync(news, new MemoryStream(bytes), default);
        var path = Path.Combine(folder.FullName, "grant-list");
        var text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, text.Replace("\"suspended\":false", "\"suspended\": true", StringComparison.Ordinal));

        Assert.Throws<GrantListException>(store.Load);
    }

    [Fact]
    public async Task The_stored_list_is_its_owners_alone()
    {
        var (news, bytes) = Signed(TestRoom.List(3));
        await store.TakeAsync(news, new MemoryStream(bytes), default);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.FullName, "grant-list")));
    }

    private GrantListStore Store(string site) => new(Path.Combine(folder.FullName, "grant-list"), site, signatures);

    private (GrantListNews News, byte[] Bytes) Signed(GrantList list, ECDsa? by = null)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(list, RecordJson.Plain.GrantList);
        var digest = SHA256.HashData(bytes);
        var signature = (by ?? office).SignHash(digest, DSASignatureFormat.Rfc3279DerSequence);
        return (new(1, list.Version, Convert.ToHexStringLower(digest), Convert.ToBase64String(signature)), bytes);
    }

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
