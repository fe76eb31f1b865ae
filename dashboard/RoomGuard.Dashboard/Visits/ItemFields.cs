using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Visits;

/// <summary>
/// Belongings in a form: a number for each kind that needs a permit, which is one key each for a clerk, and a line each for everything else.
/// </summary>
internal static class ItemFields
{
    /// <summary>Kinds with a number field of their own, in the order in which they are asked.</summary>
    public static ImmutableArray<ItemKind> Counted { get; } = [ItemKind.Phone, ItemKind.Computer, ItemKind.Media, ItemKind.Camera];

    /// <summary>Name of a kind's number field.</summary>
    public static string Field(ItemKind kind) => $"count{kind}";

    /// <summary>What was declared.</summary>
    public static ImmutableArray<DeclaredItem> Read(FormReader reader)
    {
        var found = ImmutableArray.CreateBuilder<DeclaredItem>();
        foreach (var kind in Counted)
        {
            if (reader.OptionalNumber(Field(kind)) is { } count and > 0)
            {
                found.Add(new(kind, VisitText.Of(kind).Ja, "", (int)Math.Min(count, 1000), 0, null));
            }
        }

        foreach (var line in reader.Lines("others", 1000))
        {
            var (name, serial, count) = Split(line);
            found.Add(new(ItemKind.Tool, name, serial, count, 0, null));
        }

        return found.DrainToImmutable();
    }

    /// <summary>The fields as they begin: nothing, or what was said beforehand.</summary>
    public static IEnumerable<(string Field, string Value)> Fields(ImmutableArray<DeclaredItem> items)
    {
        foreach (var kind in Counted)
        {
            var count = items.Where(item => item.Kind == kind).Sum(item => item.Count);
            yield return (Field(kind), count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture));
        }

        yield return ("others", string.Join('\n', items.Where(item => !Counted.Contains(item.Kind)).Select(Line)));
    }

    /// <summary>A thing in words.</summary>
    public static string Line(DeclaredItem item) => string.Create(CultureInfo.InvariantCulture, $"{item.Name}{(item.Serial.Length > 0 ? $" {item.Serial}" : "")} {item.Count}");

    /// <summary>Things in words; a word for none.</summary>
    public static string Line(IEnumerable<DeclaredItem> items, Ink ink) =>
        string.Join(ink.Language == Language.Japanese ? "、" : ", ", items.Select(Line)) is { Length: > 0 } text ? text : ink[FrameText.None];

    /// <summary>Permits as typed: kind, name, number, count and permit, divided by commas, one a line.</summary>
    public static ImmutableArray<PermittedItem> ReadPermits(FormReader reader)
    {
        var found = ImmutableArray.CreateBuilder<PermittedItem>();
        foreach (var line in reader.Lines("items", 2000))
        {
            var parts = line.Split([',', '、', '，'], StringSplitOptions.TrimEntries);
            if (parts.Length is < 3 or > 5 || KindOf(parts[0]) is not { } kind || !int.TryParse(parts[^2].Normalize(NormalizationForm.FormKC), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                reader.Complain("items", FieldFault.WrongColumnCount, line.Length > 40 ? line[..40] : line);
                continue;
            }

            found.Add(new(kind, parts.Length > 3 ? parts[1] : VisitText.Of(kind).Ja, parts.Length > 4 ? parts[2] : "", count, parts[^1]));
        }

        return found.DrainToImmutable();
    }

    /// <summary>Permits as they are typed.</summary>
    public static string Typed(ImmutableArray<PermittedItem> items) => string.Join('\n', items.Select(item => string.Join(", ", new[] { VisitText.Of(item.Kind).Ja, item.Name, item.Serial, item.Count.ToString(CultureInfo.InvariantCulture), item.Permit })));

    /// <summary>Permits in words.</summary>
    public static string Line(ImmutableArray<PermittedItem> items, Ink ink) => items.IsDefaultOrEmpty
        ? ink[FrameText.None]
        : string.Join(ink.Language == Language.Japanese ? "、" : ", ", items.Select(item => $"{item.Name}{(item.Serial.Length > 0 ? $" {item.Serial}" : "")} {item.Count} ({item.Permit})"));

    /// <summary>The word for words of Core.</summary>
    public static Word Word(Words words) => new(words.Ja, words.En);

    private static ItemKind? KindOf(string text)
    {
        var folded = VisitWords.Fold(text);
        foreach (var kind in Enum.GetValues<ItemKind>())
        {
            var words = VisitText.Of(kind);
            if (folded.Length > 0 && (VisitWords.Fold(words.Ja).Contains(folded, StringComparison.Ordinal) || VisitWords.Fold(words.En).Contains(folded, StringComparison.Ordinal) || VisitsText.Other(kind).Contains(folded)))
            {
                return kind;
            }
        }

        return null;
    }

    // 「測定器 2」, 「測定器 AB-1 2」: the number at the end counts, one without a number is one.
    private static (string Name, string Serial, int Count) Split(string line)
    {
        var parts = line.Split([' ', '\u3000', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var count = 1;
        if (parts.Length > 1 && int.TryParse(parts[^1].Normalize(NormalizationForm.FormKC), NumberStyles.None, CultureInfo.InvariantCulture, out var said))
        {
            (count, parts) = (said, parts[..^1]);
        }

        return parts.Length > 1 && parts[^1].All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '/')
            ? (string.Join(' ', parts[..^1]), parts[^1], count)
            : (string.Join(' ', parts), "", count);
    }
}
