using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RoomGuard.Bridge.Sensors;

/// <summary>What a device wrote in one place: a number, a word, or why it is neither.</summary>
/// <param name="There">False: the place is not in this message.</param>
/// <param name="Number">Null: no number.</param>
/// <param name="Word">As text, trimmed, at most 64 characters; numbers as they stood, <c>true</c>, <c>false</c>, <c>null</c>.</param>
/// <param name="Several">More than one place fits, with different values.</param>
public readonly record struct SensorCell(bool There, double? Number, string Word, bool Several = false)
{
    private const int LongestWord = 64;

    /// <summary>Not in this message.</summary>
    public static SensorCell Absent { get; } = new(false, null, string.Empty);

    /// <summary>A number of a wire that has numbers only.</summary>
    public static SensorCell Of(double value) => new(true, value, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A text as a device sends it, alone in its message or inside JSON.</summary>
    public static SensorCell Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var word = text.Trim();
        word = word.Length > LongestWord ? word[..LongestWord] : word;
        return new(true, Read(word), word);
    }

    /// <summary>A whole payload as one text. Bytes that are no UTF-8 become marks, which are no number.</summary>
    public static SensorCell Of(ReadOnlySpan<byte> payload) => Of(Encoding.UTF8.GetString(payload[..Math.Min(payload.Length, 4 * LongestWord)]));

    /// <summary>A place in JSON.</summary>
    /// <exception cref="InvalidOperationException">A text in it is half a character.</exception>
    public static SensorCell Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Of(element.GetString()!),
        JsonValueKind.Number => new(true, element.TryGetDouble(out var number) ? number : null, element.GetRawText() is { Length: <= LongestWord } raw ? raw : string.Empty),
        JsonValueKind.True => new(true, 1, "true"),
        JsonValueKind.False => new(true, 0, "false"),
        JsonValueKind.Null => new(true, null, "null"),
        _ => new(true, null, "an object or a list"),
    };

    // "23.4" and "1e-3" are numbers; "23,4", "0x17", "NaN" and "Infinity" are not.
    private static double? Read(ReadOnlySpan<char> word) =>
        double.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A number with its unit behind it, as <c>73.4 °F</c>. False: no such text.</summary>
    public bool TryReadWithUnit(out double number, out SensorUnit unit)
    {
        unit = SensorUnit.Own;
        number = 0;
        var cut = Word.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (cut == 0 || cut == Word.Length)
        {
            return false;
        }

        // µg/m3 ends in a digit of its own: cut at the blank where there is one.
        var blank = Word.IndexOf(' ', StringComparison.Ordinal);
        cut = blank > 0 ? blank : cut;
        if (Read(Word.AsSpan(0, cut)) is not { } read || !SensorUnits.TryRead(Word.AsSpan(cut), out unit))
        {
            return false;
        }

        number = read;
        return true;
    }
}
