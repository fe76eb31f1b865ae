using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RoomGuard.Core.PolicyProfiles;

/// <summary>
/// Which clause of the policy each requirement rests on, so that every refusal can cite it: the first source of section (a) of docs/requirements.md
/// in 第2章 対策基準, else in 第1章 基本方針. A test holds the table against the document. Pure.
/// </summary>
public static partial class PolicyClauses
{
    // By capability, in the order of the numbers; "-" has no clause in the document that is cited.
    private static readonly FrozenDictionary<string, string[]> Sources = new Dictionary<string, string>
    {
        ["R-DOOR"] = "5-2-2-a1 5-2-2-a2 5-2-2-a2 4-1-2-a 5-2-2-a2 6-4-1-a 5-2-1-u-b 5-2-1-u-b 7-5-4 5-2-2-a1 5-2-2-a2 5-2-2-i 5-2-1-u-b 7-5-2 5-2-1-e 5-2-2-a1 5-2-1-u-b 5-2-1-u-b",
        ["R-VIS"] = "5-2-2-u1 5-2-2-u2 5-2-2-u2 5-2-2-u2 5-2-2-u1 5-2-2-u3 5-2-2-i 5-2-2-e 5-2-2-u1 5-2-2-u2 5-2-2-u1",
        ["R-ZONE"] = "5-2-1-a 5-2-1-i 5-2-1-u-a 5-2-1-u-b 3-1 3-1 2-4 3-2-6-e 5-2-2-u1 5-1-4-u",
        ["R-MOVE"] = "5-2-3-i 5-2-3-a 5-2-3-i k-4-2 5-2-2-e 5-1-5-i 5-1-6-a 4-1-1-usb 7-1-18 7-1-5 3-2-1-a 3-2-5-u",
        ["R-LIFE"] = "3-2-1-a 5-1-5-a 5-1-5-i 5-1-7 3-2-10-a 5-1-6-a 3-2-4 3-2-1-b 3-2-2 5-1-1 8-4-1-i3",
        ["R-CARRY"] = "6-1-1-e 6-1-1-ki 5-2-2-e 6-1-1-ku 6-1-1-ka 6-1-1-u 4-1-2-i 7-2-2-ka 7-4-2-e 6-1-1-sa 2-8-1 3-2-9",
        ["R-PWR"] = "5-1-3-a 5-1-3-a 5-1-3-a 5-1-3-a 5-1-3-i 8-1-1 5-1-3-a 5-1-3-a 5-1-3-a 7-1-4-u",
        ["R-ENV"] = "5-1-1 5-1-1 5-2-1-e 5-2-1-e 8-1-1 7-3-5-a 5-2-1-o 3-2-6-e k-3-5 7-1-6-a 7-1-7",
        ["R-INC"] = "k-2-8 6-3-1-a 2-3-3 6-3-2 8-2-3-a 8-3-1 2-2-7 2-9-3 6-3-3-a 2-2-5 7-5-5 6-3-1-a 3-2-7 8-7-1 2-9-2",
        ["R-WORK"] = "7-1-4-a 7-1-4-u 5-1-4-e 7-1-4-i 6-1-1-i 7-1-4-u",
        ["R-ID"] = "k-4-3 6-4-1-i 7-2-1-i1 7-2-1-i2 7-2-1-i3 7-2-1-i3 6-4-1-a 6-4-2-e 8-6 8-7-2-u 6-1-2-a 6-1-1-shi",
        ["R-SIGN"] = "7-2-1-a 7-2-4 7-2-4 7-2-4 6-4-2-ki 6-4-2-c 7-2-5-a 6-4-2-e 7-2-1-u1 7-2-1-u2 7-2-1-u4 7-2-1-u6 5-4-4 7-2-2-a 3-2-5-a 6-4-2-x",
        ["R-LOG"] = "7-1-6-i 7-1-6-i 7-1-6-i 7-1-6-i 8-2-2 7-5-3 7-1-16 3-2-3 k-13 7-1-6-a",
        ["R-BKP"] = "7-1-2 7-1-2 7-1-6-a 3-2-10-u 3-2-6-i 3-2-1-b",
        ["R-TIME"] = "8-1-2 8-1-2 8-1-2 8-1-2 6-2-2-e",
        ["R-CFG"] = "7-3-6 7-1-4-u 7-5-1-e 8-2-1-u 7-3-3-a 7-3-3-i3 7-6 7-2-1-u6 7-3-3-i 7-3-1 5-4-5",
        ["R-EXC"] = "8-5-1 8-5-2 8-5-3 8-5-3 6-1-1-a k-3-4 2-8-1",
        ["R-INSP"] = "9-2-1 9-2-2 9-1-1 9-1-3 9-1-6 9-1-5 9-3 8-2-1-a 5-1-4-a",
        ["R-DRILL"] = "6-2-3 6-2-3 6-2-4 6-2-2-e 6-1-2-a 6-1-3",
        ["R-MON"] = "8-1-1 8-1-1 7-1-7 7-5-1-o 7-5-4 8-1-1",
        ["R-RED"] = "5-3-5 7-1-6-a 8-7-2-u 5-1-2-a 5-3-5 7-5-6",
        ["R-PROF"] = "1-3 9-3 k-4-3 2-1 2-8-1 2-8-1 - 8-6",
        ["R-CON"] = "8-4-1-i1 8-4-1-i1 6-1-4 8-4-1-i2 8-4-1-u 8-4-1-i4 8-4-1-i3",
        ["R-INP"] = "7-3-5-a 7-3-5-a 7-3-5-a 7-3-5-u 7-3-5-a",
        ["R-NET"] = "7-2-3 7-5-1-a 5-3-3 5-3-3 7-1-10-a 7-1-10-o 7-1-9 4-1-1 4-3 7-2-2-ki 7-1-3 7-1-8",
    }.ToFrozenDictionary(row => row.Key, row => row.Value.Split(' '));

    // Items of a clause by their sound, as clause ids write them.
    private static readonly FrozenDictionary<string, char> Kana = new Dictionary<string, char>
    {
        ["a"] = 'ア',
        ["i"] = 'イ',
        ["u"] = 'ウ',
        ["e"] = 'エ',
        ["o"] = 'オ',
        ["ka"] = 'カ',
        ["ki"] = 'キ',
        ["ku"] = 'ク',
        ["ke"] = 'ケ',
        ["ko"] = 'コ',
        ["sa"] = 'サ',
        ["shi"] = 'シ',
    }.ToFrozenDictionary();

    /// <summary>The clause of a requirement as people cite it, e.g. <c>第2章5(2)③イ</c> for <c>R-MOVE-03</c>; null: there is none.</summary>
    public static string? Of(string requirement)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        var dash = requirement.LastIndexOf('-');
        return dash > 0 && int.TryParse(requirement[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Sources.TryGetValue(requirement[..dash], out var sources) && number >= 1 && number <= sources.Length && sources[number - 1] is not "-" and var source
            ? InWords(source)
            : null;
    }

    /// <summary>A sentence with the clause after each requirement it names, once for each; what names its clause already stays as it is.</summary>
    public static string Cite(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var named = new HashSet<string>();
        var open = 0;
        var seen = 0;
        return Requirement().Replace(text, found =>
        {
            open += Depth(text.AsSpan(seen, found.Index - seen));
            seen = found.Index;
            return Of(found.Value) is not { } clause || !named.Add(found.Value) ? found.Value : open > 0 ? $"{found.Value} {clause}" : $"{found.Value} ({clause})";
        });
    }

    private static int Depth(ReadOnlySpan<char> text) => text.Count('(') - text.Count(')');

    private static string InWords(string source)
    {
        var parts = source.Split('-');
        var chapter = parts[0] == "k" ? 1 : 2;
        var words = new StringBuilder().Append(CultureInfo.InvariantCulture, $"第{chapter}章");
        foreach (var (at, part) in parts.Skip(2 - chapter).Index())
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return Kana.TryGetValue(part.TrimEnd('1', '2', '3', '4', '5', '6', '7', '8', '9'), out var item) && chapter == 2 ? words.Append(item).ToString() : words.ToString();
            }

            words = at switch
            {
                0 => words.Append(number),
                1 => words.Append(CultureInfo.InvariantCulture, $"({number})"),
                _ => words.Append((char)('①' + number - 1)),
            };
        }

        return words.ToString();
    }

    [GeneratedRegex("R-[A-Z]+-[0-9]{2}(?! ?[(（]?第[0-9])")]
    private static partial Regex Requirement();
}
