using System.Globalization;
using System.Text;

namespace RoomGuard.TestKit.Year;

/// <summary>What a replay came to.</summary>
/// <param name="Events">Happenings told to the rooms.</param>
/// <param name="Looks">Answers the model looked at, those to the passing of time included.</param>
/// <param name="Entries">Entries written.</param>
/// <param name="Hash">SHA-256 over all entries of both bridges, in the order written.</param>
/// <param name="Text">The summary for people; the same seed gives the same text.</param>
public sealed record YearSummary(int Seed, int Days, long Events, long Looks, long Entries, string Hash, string Text);

/// <summary>The year of one site, replayed in virtual time from a seed straight through entry control, every promise looked at after every event.</summary>
public static class YearReplay
{
    /// <summary>Days of a whole year.</summary>
    public const int WholeYear = 365;

    /// <summary>Replays.</summary>
    /// <exception cref="YearBrokenException">A promise does not hold; the message names seed, moment and promise.</exception>
    public static YearSummary Run(int seed, int days)
    {
        var site = new YearSite();
        var model = new YearModel(site);
        using var hash = new EntryHash();
        var floor = new YearRoom(YearSite.FloorPlan, model, hash);
        var media = new YearRoom(YearSite.MediaPlan, model, hash);
        var life = new YearLife(site, floor, media, seed);
        try
        {
            life.Run(days);
        }
        catch (YearBrokenException broken)
        {
            throw new YearBrokenException($"Seed {seed}: {broken.Message}");
        }

        var written = floor.Written.Concat(media.Written).GroupBy(pair => pair.Key, pair => pair.Value).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => (kind.Key, Sum: kind.Sum())).ToList();
        var (events, entries) = (floor.Events + media.Events, written.Sum(kind => kind.Sum));
        var digest = hash.Finish();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{days} days from {YearSite.Begins:yyyy-MM-dd}, seed {seed}: {events:#,0} events, {model.Looks:#,0} answers looked at, {entries:#,0} entries written, at most {floor.MostInside + media.MostInside} on the lists of people inside.");
        text.AppendLine();
        foreach (var (what, count) in life.Happened)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {what,-44}{count,12:#,0}");
        }

        text.AppendLine();
        foreach (var (kind, count) in written)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {kind,-44}{count,12:#,0}");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"  sha-256 of the entries: {digest}");
        return new(seed, days, events, model.Looks, entries, digest, text.ToString());
    }
}
