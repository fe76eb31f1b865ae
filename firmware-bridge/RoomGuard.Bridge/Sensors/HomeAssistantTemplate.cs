using System.Globalization;
using System.Text.RegularExpressions;

namespace RoomGuard.Bridge.Sensors;

/// <summary>
/// The safe part of a <c>value_template</c>: <c>{{ value }}</c>, <c>{{ value_json.a['b'][0] }}</c>, the filters float, int, round, default, is_defined, lower, upper
/// and multiply, <c>{{ 'ON' if value_json.x else 'OFF' }}</c> and iif. Nothing is ever evaluated; everything else is refused by name (mqtt.md 2.4).
/// </summary>
/// <param name="Path">The place in the JSON; null: the whole payload.</param>
/// <param name="Scale">The number times this.</param>
/// <param name="Yes">The word it writes for yes; null: it passes on what it finds.</param>
/// <param name="No">The word it writes for no.</param>
public sealed partial record HomeAssistantTemplate(string? Path, double Scale = 1, string? Yes = null, string? No = null)
{
    private const int LongestTemplate = 300;

    /// <summary>Reads a template. Null: it is not of the safe part; <paramref name="refused"/> says what is not.</summary>
    public static HomeAssistantTemplate? Read(string template, out string? refused)
    {
        ArgumentNullException.ThrowIfNull(template);
        refused = "a template longer than 300 letters";
        if (template.Length > LongestTemplate)
        {
            return null;
        }

        refused = $"the template {template.Trim()}";
        if (Braces().Match(template) is not { Success: true } whole)
        {
            return null;
        }

        var inner = whole.Groups["inner"].Value;
        if (Choice().Match(inner) is { Success: true } choice)
        {
            return Place(choice.Groups["place"].Value, out var path) ? Good(new(path, 1, choice.Groups["yes"].Value, choice.Groups["no"].Value), out refused) : null;
        }

        var parts = inner.Split('|', StringSplitOptions.TrimEntries);
        if (!Place(parts[0], out var found))
        {
            return null;
        }

        var read = new HomeAssistantTemplate(found);
        foreach (var filter in parts[1..])
        {
            if (Times().Match(filter) is { Success: true } times && double.TryParse(times.Groups["by"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var by) && double.IsFinite(by) && by != 0)
            {
                read = read with { Scale = read.Scale * by };
            }
            else if (If().Match(filter) is { Success: true } words)
            {
                read = read with { Yes = words.Groups["yes"].Value, No = words.Groups["no"].Value };
            }
            else if (!Harmless().IsMatch(filter))
            {
                refused = $"the filter {filter}";
                return null;
            }
        }

        return Good(read, out refused);
    }

    private static HomeAssistantTemplate Good(HomeAssistantTemplate read, out string? refused)
    {
        refused = null;
        return read;
    }

    private static bool Place(string text, out string? path)
    {
        path = null;
        if (text == "value")
        {
            return true;
        }

        if (Json().Match(text) is not { Success: true } place)
        {
            return false;
        }

        path = place.Groups["rest"].Value.TrimStart('.');
        return SensorPath.Read(path) is not null;
    }

    [GeneratedRegex(@"^\s*\{\{-?\s*(?<inner>[^{}]+?)\s*-?\}\}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();

    [GeneratedRegex(@"^'(?<yes>[^']{1,40})' if (?<place>value[^|' ]*(\['[^']{1,40}'\])?) else '(?<no>[^']{1,40})'$", RegexOptions.CultureInvariant)]
    private static partial Regex Choice();

    [GeneratedRegex(@"^value_json(?<rest>(\.[A-Za-z0-9_]+|\['[^'\]]{1,60}'\]|\[[0-9]{1,3}\])+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Json();

    [GeneratedRegex(@"^multiply\(\s*(?<by>-?[0-9.eE-]{1,20})\s*\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Times();

    [GeneratedRegex(@"^iif\(\s*'(?<yes>[^']{1,40})'\s*,\s*'(?<no>[^']{1,40})'\s*\)$", RegexOptions.CultureInvariant)]
    private static partial Regex If();

    [GeneratedRegex(@"^(float|int|is_defined|lower|upper)(\(\s*[0-9.-]{0,10}\s*\))?$|^round\(\s*[0-9]?\s*\)$|^default\([^()]{0,40}\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();
}
