using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;
using RoomGuard.SystemTests.Site;
using RoomGuard.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace RoomGuard.SystemTests.Kills;

/// <summary>
/// Bridge and service are killed in turn at random moments while cards come at fifty a second. Afterwards the readers' own account is laid
/// beside the journal, and the journal beside the record.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int BadgesPerSecond = 50;

    [Fact]
    [Requirement("R-RED-02")]
    public Task Six_kills_lose_nothing_double_nothing_and_release_nothing_unrecorded() => KillAsync(kills: 6, people: 6_000, seed: 20260512);

    [Fact]
    [Trait("Category", "Long")]
    [Requirement("R-RED-02")]
    public Task Two_hundred_kills_lose_nothing_double_nothing_and_release_nothing_unrecorded() => KillAsync(kills: 200, people: 60_000, seed: 20260513);

    private async Task KillAsync(int kills, int people, int seed)
    {
        output.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        await using var site = await KillSite.StartAsync(people, TimeSpan.FromSeconds((double)KillSite.Doors / BadgesPerSecond));
        await SettledAsync(site);
        foreach (var line in site.Lines)
        {
            line.Presenting = true;
        }

        for (var kill = 0; kill < kills; kill++)
        {
            using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(chance.Next(150, 1200)));
            await moment.WaitForNextTickAsync();
            if (kill % 2 == 0)
            {
                await site.KillBridgeAsync();
                foreach (var line in site.Lines)
                {
                    line.NewLife();
                }

                var before = Releases(site);
                await site.StartBridgeAsync();
                await RunningSite.UntilAsync(() => Task.FromResult(Releases(site)), releases => releases > before, 120, "a release after the bridge came back");
            }
            else
            {
                await site.KillServiceAsync();
                await site.StartServiceAsync();
            }
        }

        foreach (var line in site.Lines)
        {
            line.Presenting = false;
        }

        await SettledAsync(site);
        await site.StopAsync();
        Compare(site, kills);
    }

    private static int Releases(KillSite site) => site.Lines.Sum(line => line.Deeds.Count(deed => deed.IsRelease));

    // Everything the bridge has written stands in the record too.
    private static async Task SettledAsync(KillSite site)
    {
        var last = (-1L, -1L);
        await RunningSite.UntilAsync(
            async () =>
            {
                using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
                await pause.WaitForNextTickAsync();
                var now = (LogRows.Count(site.Journal), (long)FromPanel(site.Record).Count());
                var still = now == last && now.Item1 == now.Item2;
                last = now;
                return still ? "settled" : $"journal {now.Item1}, in the record {now.Item2}";
            },
            said => said == "settled",
            900,
            "bridge and service agree");
    }

    private void Compare(KillSite site, int kills)
    {
        var journal = Journal(site.Journal);
        var granted = journal.Select(entry => entry.Event).OfType<EntryGranted>().ToList();
        var cards = granted.GroupBy(entry => entry.Person.Value).ToDictionary(group => group.Key, group => group.Count());

        // No strike released without its entry: in each life of the bridge, at each release, among the cards it had taken by then.
        var taken = 0;
        var releases = 0;
        foreach (var life in site.Lines.SelectMany(line => line.Deeds.GroupBy(deed => deed.Life)))
        {
            var entries = 0;
            var released = 0;
            var seen = new List<string>();
            foreach (var deed in life)
            {
                seen.Add(deed.IsRelease ? "release" : $"{deed.Card}:{cards.GetValueOrDefault(KillSite.PersonOf(deed.Card))}");
                if (deed.IsRelease)
                {
                    released++;
                    Assert.True(released <= entries, $"release {released} in life {deed.Life} with {entries} entries before it; the last deeds: {string.Join(' ', seen.TakeLast(16))}; then {string.Join(' ', life.SkipWhile(one => one != deed).Take(8))}");
                }
                else
                {
                    taken++;
                    entries += cards.ContainsKey(KillSite.PersonOf(deed.Card)) ? 1 : 0;
                }
            }

            releases += released;
        }

        // None doubled: a card is entered at most as often as the bridge took it. On a slow machine there are more badges than people, and cards come round again.
        var takenTimes = site.Lines.SelectMany(line => line.Deeds).Where(deed => !deed.IsRelease).GroupBy(deed => KillSite.PersonOf(deed.Card)).ToDictionary(group => group.Key, group => group.Count());
        Assert.DoesNotContain(cards, card => card.Value > takenTimes.GetValueOrDefault(card.Key));
        Assert.All([site.Journal, site.Record], file => Assert.True(EvidenceCheck.Run(file).Whole, $"{file}: {EvidenceCheck.Run(file)}"));

        // None lost on the way: the record holds each of the bridge's numbers once, in order, with the bridge's own leaf.
        var reported = FromPanel(site.Record).ToList();
        Assert.Equal(Enumerable.Range(0, journal.Count).Select(n => (long)n), reported.Select(one => one.Seq));
        Assert.Equal(journal.Select(entry => entry.Leaf), reported.Select(one => one.Leaf));
        output.WriteLine($"{kills} kills, {taken} cards taken by the bridge, {granted.Count} entries granted, {releases} releases, {journal.Count} journal entries, all in the record");
        Assert.True(releases > kills, $"{releases} releases are too few to prove anything");
    }

    private static List<(RecordedEvent Event, string Leaf)> Journal(string file) =>
        [.. LogRows.All(file).Select(row => (RecordJson.ParseEvent(row.Payload), row.Leaf))];

    private static IEnumerable<(long Seq, string Leaf)> FromPanel(string file)
    {
        foreach (var (_, payload) in LogRows.All(file))
        {
            using var json = JsonDocument.Parse(payload);
            if (json.RootElement.TryGetProperty("leaf", out var leaf))
            {
                yield return (json.RootElement.GetProperty("seq").GetInt64(), leaf.GetString()!);
            }
        }
    }
}
