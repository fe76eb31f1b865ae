using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Service.People;

/// <summary>R-INP-01 for what people type and lists hold: type, range, length and allowed characters, the same for pages and files.</summary>
/// <param name="knows">Whether the site has a zone of this id now.</param>
public sealed class FieldRules(Func<string, bool> knows)
{
    /// <summary>Longest name, reading and section.</summary>
    public const int LongestText = 100;

    /// <summary>Longest reason.</summary>
    public const int LongestReason = 500;

    private const int LongestId = 20;
    private static readonly DateOnly Earliest = new(1900, 1, 1);
    private static readonly DateOnly Latest = new(2200, 1, 1);

    /// <summary>Whether the site has such a zone.</summary>
    public bool KnowsZone(Core.Zones.ZoneId zone) => knows(zone.Value ?? "");

    /// <summary>Text in the one form that is kept (NFC, no outer spaces).</summary>
    public static string Clean(string? text) => new string([.. (text ?? "").EnumerateRunes().SelectMany(rune => rune.ToString())]).Normalize(NormalizationForm.FormC).Trim();

    /// <summary>Checks a text.</summary>
    public static IEnumerable<FieldProblem> Text(string field, string? value, int longest = LongestText, bool required = true)
    {
        var text = Clean(value);
        if (text.Length == 0)
        {
            if (required)
            {
                yield return new(field, FieldFault.Required);
            }
        }
        else if (text.Length > longest)
        {
            yield return new(field, FieldFault.TooLong, longest.ToString(CultureInfo.InvariantCulture));
        }
        else if (text.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            || text[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠')
        {
            // A text that begins like a formula would be one in somebody's spreadsheet one day (R-INP-05).
            yield return new(field, FieldFault.BadCharacters);
        }
    }

    /// <summary>Checks an id: letters, digits and hyphens.</summary>
    public static IEnumerable<FieldProblem> Id(string field, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            yield return new(field, FieldFault.Required);
        }
        else if (value.Length > LongestId)
        {
            yield return new(field, FieldFault.TooLong, LongestId.ToString(CultureInfo.InvariantCulture));
        }
        else if (!value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') || !char.IsAsciiLetterOrDigit(value[0]))
        {
            yield return new(field, FieldFault.BadCharacters);
        }
    }

    /// <summary>Checks a person.</summary>
    public static IEnumerable<FieldProblem> Person(Person person) =>
    [
        .. Id("id", person.Id.Value),
        .. Text("name", person.Name),
        .. Text("kana", person.Kana),
        .. Kana(person.Kana),
        .. Text("sectionOrFirm", person.SectionOrFirm),
        .. Choice("category", person.Category),
        .. Dates("validFrom", person.ValidFrom, "validUntil", person.ValidUntil),
    ];

    /// <summary>Checks the numbers of a card.</summary>
    public static IEnumerable<FieldProblem> Card(string format, long? facility, long number, DateOnly? validFrom, DateOnly? validUntil)
    {
        foreach (var problem in Dates("validFrom", validFrom, "validUntil", validUntil))
        {
            yield return problem;
        }

        if (PrintedCard.Choices.FirstOrDefault(choice => choice.Name == format) is not { } choice)
        {
            yield return new("format", FieldFault.NotAChoice, string.Join(", ", PrintedCard.Choices.Select(choice => choice.Name)));
            yield break;
        }

        if (number < 0 || number > choice.MaxNumber)
        {
            yield return new("number", FieldFault.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"0 – {choice.MaxNumber}"));
        }

        if (choice.MaxFacility is { } most)
        {
            if (facility is null)
            {
                yield return new("facility", FieldFault.Required);
            }
            else if (facility < 0 || facility > most)
            {
                yield return new("facility", FieldFault.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"0 – {most}"));
            }
        }
        else if (facility is not null)
        {
            yield return new("facility", FieldFault.OutOfRange, "–");
        }
    }

    /// <summary>区分 of the policy profile in force; null: every one there is.</summary>
    public Func<ImmutableArray<PersonCategory>>? Categories { get; init; }

    /// <summary>R-ID-01: a category outside the policy profile is refused.</summary>
    public IEnumerable<FieldProblem> Category(PersonCategory category)
    {
        if (Categories?.Invoke() is { } known && !known.Contains(category))
        {
            yield return new("category", FieldFault.NotAChoice, string.Join(", ", known));
        }
    }

    /// <summary>Checks a grant.</summary>
    /// <param name="longest">Longest time in days; null: any. A list may bring grants decided elsewhere, the form may not (R-DOOR-16).</param>
    public IEnumerable<FieldProblem> Grant(EntryGrant grant, int? longest)
    {
        if (grant.Zones.IsDefaultOrEmpty)
        {
            yield return new("zones", FieldFault.Required);
        }
        else if (grant.Zones.FirstOrDefault(zone => !knows(zone.Value)) is { Value: { } unknown })
        {
            yield return new("zones", FieldFault.Unknown, unknown);
        }

        if ((grant.Days & WeekDays.All) == WeekDays.None || (grant.Days & ~WeekDays.All) != 0)
        {
            yield return new("days", FieldFault.Required);
        }

        foreach (var problem in Dates("validFrom", grant.ValidFrom, "validUntil", grant.ValidUntil))
        {
            yield return problem;
        }

        if (longest is { } days && grant.ValidUntil.DayNumber - grant.ValidFrom.DayNumber > days)
        {
            yield return new("validUntil", FieldFault.LongerThanOneYear);
        }
    }

    /// <summary>Checks a PIN: four to eight digits and no simple row.</summary>
    public static IEnumerable<FieldProblem> Pin(string? pin)
    {
        var steps = (pin ?? "").Zip((pin ?? "").Skip(1), (first, second) => second - first).Distinct().ToList();
        if (pin is not { Length: >= 4 and <= 8 } || !pin.All(char.IsAsciiDigit) || steps is [0 or 1 or -1])
        {
            yield return new("pin", FieldFault.WeakPin);
        }
    }

    private static IEnumerable<FieldProblem> Kana(string? kana)
    {
        if (Clean(kana).Normalize(NormalizationForm.FormKC).Any(letter => !(letter is >= 'ぁ' and <= 'ゖ' or >= 'ァ' and <= 'ヶ' or 'ー' or '・' or ' ' or '゛' or '゜' or '\'' or '.' or '-' || char.IsAsciiLetter(letter))))
        {
            yield return new("kana", FieldFault.BadCharacters);
        }
    }

    private static IEnumerable<FieldProblem> Choice<TEnum>(string field, TEnum value)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            yield return new(field, FieldFault.NotAChoice, string.Join(", ", Enum.GetNames<TEnum>()));
        }
    }

    private static IEnumerable<FieldProblem> Dates(string fromField, DateOnly? from, string untilField, DateOnly? until)
    {
        if (from is { } start && (start < Earliest || start > Latest))
        {
            yield return new(fromField, FieldFault.OutOfRange, "1900 – 2200");
        }

        if (until is { } end && (end < Earliest || end > Latest))
        {
            yield return new(untilField, FieldFault.OutOfRange, "1900 – 2200");
        }

        if (from >= until)
        {
            yield return new(untilField, FieldFault.EndBeforeStart);
        }
    }
}
