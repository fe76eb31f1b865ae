using System.Buffers;
using System.Text;
using System.Text.Json;

namespace RoomGuard.Service.Record;

/// <summary>
/// Every two neighbouring letters of each form of a person's name, reading, number and section: people are found by the rarest pair of what was typed,
/// without a walk over all of them. A single letter is found by the pairs it begins; the last letter of a field makes a pair with the line's end.
/// </summary>
/// <remarks>SQLite's own trigrams find nothing for two characters, and most Japanese family names are two.</remarks>
public static class PeopleGrams
{
    /// <summary>A pair that so many forms or more have narrows too little: walking in the order of readings finds a page sooner.</summary>
    public const int Common = 10_000;

    // Behind every letter there is.
    private const string Last = "\U0010FFFF";

    // The rarest of the first pairs is rare enough; a pasted page of text must not cost a question for each of its letters.
    private const int MostLooked = 24;

    /// <summary>Keeps the pairs of a form.</summary>
    /// <param name="folded">By <see cref="PeopleWords.Fold"/>, a field a line.</param>
    public static void Keep(Statements db, long form, string folded)
    {
        ArgumentNullException.ThrowIfNull(db);
        var pairs = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(pairs))
        {
            json.WriteStartArray();
            foreach (var pair in Pairs($"{folded}\n").Distinct(StringComparer.Ordinal))
            {
                json.WriteStringValue(pair);
            }

            json.WriteEndArray();
        }

        // One statement for all: a list of ten thousand people has two hundred thousand pairs.
        _ = db.Run("INSERT OR IGNORE INTO view_people_grams SELECT value, $1 FROM json_each($2)", form, Encoding.UTF8.GetString(pairs.WrittenSpan));
    }

    /// <summary>The part of what was typed that fewest have; null: nothing was typed, or whatever was is too common to narrow anything.</summary>
    /// <param name="folded">Words by <see cref="PeopleWords.Fold"/>.</param>
    public static GramLead? Rarest(Statements db, IEnumerable<string> folded)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(folded);
        (GramLead Lead, long Forms)? rarest = null;
        foreach (var lead in folded.SelectMany(Leads).Distinct().Take(MostLooked))
        {
            var forms = lead.Until is null
                ? (long)db.Value("SELECT count(*) FROM (SELECT 1 FROM view_people_grams WHERE gram = $1 LIMIT $2)", lead.From, (long)Common)!
                : (long)db.Value("SELECT count(*) FROM (SELECT 1 FROM view_people_grams WHERE gram >= $1 AND gram < $2 LIMIT $3)", lead.From, lead.Until, (long)Common)!;
            if (rarest is null || forms < rarest.Value.Forms)
            {
                rarest = (lead, forms);
            }
        }

        return rarest is { Forms: < Common } found ? found.Lead : null;
    }

    private static IEnumerable<GramLead> Leads(string word)
    {
        if (word.EnumerateRunes().Take(2).Count() == 1)
        {
            yield return new(word, word + Last);
            yield break;
        }

        foreach (var pair in Pairs(word))
        {
            yield return new(pair, null);
        }
    }

    private static IEnumerable<string> Pairs(string text)
    {
        Rune? before = null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (before is { } first && first.Value != '\n')
            {
                yield return $"{first}{rune}";
            }

            before = rune;
        }
    }
}

/// <summary>What a search for people goes in by.</summary>
/// <param name="From">A pair of letters, or one letter alone.</param>
/// <param name="Until">Set where <paramref name="From"/> is one letter: first of the pairs that no longer begin with it.</param>
public readonly record struct GramLead(string From, string? Until)
{
    /// <summary>Where people come from in a statement: those of the pair, each joined by the form of the name in use now.</summary>
    /// <param name="people">What the statement calls <c>view_people</c>.</param>
    /// <param name="bind">Takes a value and gives the name of its parameter.</param>
    public string Source(string people, Func<object?, string> bind)
    {
        ArgumentNullException.ThrowIfNull(bind);
        var forms = Until is null
            ? $"SELECT form AS found FROM view_people_grams WHERE gram = {bind(From)}"
            : $"SELECT DISTINCT form AS found FROM view_people_grams WHERE gram >= {bind(From)} AND gram < {bind(Until)}";
        return $"({forms}) CROSS JOIN view_people {people} INDEXED BY view_people_form ON {people}.form = found";
    }
}
