using System.Security.Cryptography;
using RoomGuard.Bridge.Control;
using RoomGuard.Bridge.Readers;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Readers;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Lines;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.SystemTests.Links;

/// <summary>Readers get their keys over real pseudo-terminals.</summary>
[Collection(LinksAlone.Name)]
public sealed class ReaderKeyTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    [Fact]
    [Requirement("R-DOOR-17")]
    public async Task A_new_reader_is_refused_until_it_is_installed_and_then_stays_so_over_a_restart()
    {
        await using var site = new ReaderSite();
        var reader = FromTheBox();
        using var line = new ReadersOnALine([reader]);
        site.Serial("bus-1", line.Path, "front").Start();
        await site.BecomesAsync("front", ReaderCondition.Insecure);

        var steps = await InstallAsync(site, "front");

        Assert.True(steps[^1].Well, steps[^1].Text);
        await site.OnlineAsync("front");
        var recorded = Assert.IsType<ReaderKeyChanged>(Assert.Single(site.Room.Recorded));
        Assert.Equal(("installed", "SYS-1"), (recorded.Kind, recorded.OrderedBy));
        var key = site.Keys.Of(ReaderSite.Reader("front"));
        Assert.Equal(reader.Key, key.Key);
        Assert.Null(key.Candidate);
        Assert.Equal(0x77u, key.Pinned?.Serial);

        await site.StopAsync();
        site.Start();
        var again = await site.OnlineAsync("front");
        Assert.Contains("secure channel", again.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_rotated_over_the_channel_it_replaces()
    {
        await using var site = new ReaderSite();
        var reader = site.Installed("front");
        var before = reader.Key;
        using var line = new ReadersOnALine([reader]);
        site.Serial("bus-1", line.Path, "front").Start();
        await site.OnlineAsync("front");

        var steps = await ToListAsync(site.Buses.Installer.RotateAsync(ReaderSite.Reader("front"), "SYS-1", CancellationToken.None));

        Assert.True(steps[^1].Well, steps[^1].Text);
        Assert.NotEqual(before, reader.Key);
        Assert.Equal(reader.Key, site.Keys.Of(ReaderSite.Reader("front")).Key);
        Assert.Equal("rotated", Assert.IsType<ReaderKeyChanged>(Assert.Single(site.Room.Recorded)).Kind);
    }

    [Fact]
    public async Task Install_mode_closes_by_itself_and_never_sends_a_key_afterwards()
    {
        await using var site = new ReaderSite();
        var reader = FromTheBox(installMode: false);
        using var line = new ReadersOnALine([reader]);
        site.Serial("bus-1", line.Path, "front").Start();
        await site.BecomesAsync("front", ReaderCondition.Insecure);

        var steps = await InstallAsync(site, "front", TimeSpan.FromSeconds(5));
        Assert.False(steps[^1].Well);
        Assert.Contains("installation mode", steps[^1].Text, StringComparison.Ordinal);

        // Only now does somebody put a reader into installation mode, hoping for the key.
        var before = line.With(_ =>
        {
            reader.InstallMode = true;
            return line.Pieces;
        });
        await Eventually.TrueAsync(() => line.With(_ => line.Pieces > before + 6));
        Assert.Null(reader.Key);
        Assert.Empty(site.Room.Recorded);
    }

    [Fact]
    public async Task A_window_longer_than_ten_minutes_is_not_opened()
    {
        await using var site = new ReaderSite();
        var reader = FromTheBox();
        using var line = new ReadersOnALine([reader]);
        site.Serial("bus-1", line.Path, "front").Start();

        var steps = await InstallAsync(site, "front", TimeSpan.FromMinutes(11));

        Assert.False(Assert.Single(steps).Well);
        Assert.Contains("00:10:00", steps[0].Text, StringComparison.Ordinal);
        Assert.Null(reader.Key);
    }

    [Fact]
    public async Task A_crash_between_telling_the_reader_and_noting_it_leaves_a_reader_that_is_found_again()
    {
        await using var site = new ReaderSite();
        var reader = site.Installed("front");

        // The reader took the candidate; the bridge died before it heard of it.
        var candidate = site.Keys.MakeCandidate(ReaderSite.Reader("front"));
        reader.ReplaceWith(reader.Identity, candidate, TimeSpan.Zero);
        using var line = new ReadersOnALine([reader]);
        site.Serial("bus-1", line.Path, "front").Start();

        await site.OnlineAsync("front");
        await Eventually.TrueAsync(() => candidate.Equals(site.Keys.Of(ReaderSite.Reader("front")).Key));
        await Eventually.TrueAsync(() => !site.Room.Recorded.IsEmpty);
        Assert.IsType<ReaderKeyChanged>(Assert.Single(site.Room.Recorded));
    }

    private static PdSession FromTheBox(bool installMode = true) =>
        new(new(0, ReaderSite.Identity(0x77)) { InstallMode = installMode }, RandomNumberGenerator.GetBytes);

    private static Task<List<KeyProgress>> InstallAsync(ReaderSite site, string name, TimeSpan? window = null) =>
        ToListAsync(site.Buses.Installer.InstallAsync(ReaderSite.Reader(name), window ?? Window, "SYS-1", CancellationToken.None));

    private static async Task<List<KeyProgress>> ToListAsync(IAsyncEnumerable<KeyProgress> steps)
    {
        var all = new List<KeyProgress>();
        await foreach (var step in steps)
        {
            all.Add(step);
        }

        return all;
    }
}
