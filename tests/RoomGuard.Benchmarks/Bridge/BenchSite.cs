using System.Security.Cryptography;
using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Wire.Cards;

namespace RoomGuard.Benchmarks.Bridge;

/// <summary>An invented site of a chosen size for the bridge's measurements: one door, one reader, many people.</summary>
internal static class BenchSite
{
    internal const int Facility = 17;
    internal const ushort CardOfFirst = 1;

    internal static readonly DoorId Door = new("SRV-1-D1");
    internal static readonly ZoneId Zone = new("SRV-1");
    internal static readonly DeviceId Reader = new("reader-in");

    /// <summary>A list in which everybody has a card and a grant; the cards of the first people are those that will be presented.</summary>
    internal static GrantList List(int people, params CardDigest[] presented)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (from, until) = (DateOnly.FromDateTime(now.UtcDateTime.AddDays(-30)), DateOnly.FromDateTime(now.UtcDateTime.AddDays(300)));
        return new(
            1, now, "bench-1", "Asia/Tokyo", TimeSpan.FromDays(3),
            [new(Zone, "サーバ室", "Server room", 1, [EntryMethod.Card], StaleListRule.DenyAll)],
            [.. Enumerable.Range(0, people).Select(i => new Person(new($"S-{i:000000}"), $"架空 {i}", $"カクウ {i}", PersonCategory.Staff, "情報課", null, null))],
            [.. Enumerable.Range(0, people).Select(i => new Credential(new($"C-{i:000000}"), new($"S-{i:000000}"), i < presented.Length ? presented[i] : new((UInt128)(i + 1) << 64), CredentialState.Active, from, until, null))],
            [.. Enumerable.Range(0, people).Select(i => new EntryGrant(new($"G-{i:000000}"), new($"S-{i:000000}"), [Zone], WeekDays.All, Hours.AllDay, from, until, false))],
            []);
    }

    /// <summary>The list as the bridge keeps it on disk, signed.</summary>
    internal static void Store(string path, GrantList list, ECDsa office)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(list, RecordJson.Plain.GrantList);
        var digest = SHA256.HashData(bytes);
        var news = new GrantListNews(1, list.Version, Convert.ToHexStringLower(digest), Convert.ToBase64String(office.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence)));
        using var file = File.Create(path);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(news, RecordJson.Plain.GrantListNews));
        file.WriteByte((byte)'\n');
        file.Write(bytes);
    }
}
