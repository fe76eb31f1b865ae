using System.Globalization;
using System.Text.Json;

namespace RoomGuard.Bridge.Sensors;

/// <summary>
/// A place in a JSON message: <c>BME280.Temperature</c>, <c>['PM2.5']</c> for names with dots, <c>list[0]</c>, <c>rxInfo[*].rssi</c> (the greatest of a list) and
/// <c>*.Temperature</c> (whichever object has it, one level down). Pure.
/// </summary>
public sealed class SensorPath
{
    private const int LongestPath = 200;
    private const int MostSteps = 12;
    private const int MostElements = 64;

    private readonly Step[] steps;

    private SensorPath(string text, Step[] steps)
    {
        Text = text;
        this.steps = steps;
    }

    private enum Kind
    {
        Name,
        At,
        Greatest,
        Any,
    }

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>The first name; null where it begins with something else. A topic's own last level may stand for it.</summary>
    public string? First => steps[0].Kind == Kind.Name ? steps[0].Name : null;

    /// <summary>Reads a path. Null: it is none.</summary>
    public static SensorPath? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var steps = new List<Step>();
        for (var at = 0; at < text.Length;)
        {
            if (steps.Count == MostSteps || text.Length > LongestPath)
            {
                return null;
            }

            if (text[at] == '[')
            {
                var end = text.AsSpan(at).StartsWith("['") ? text.IndexOf("']", at + 2, StringComparison.Ordinal) + 1 : text.IndexOf(']', at);
                if (end <= at + 1)
                {
                    return null;
                }

                var inner = text[(at + 1)..end];
                if (inner is ['\'', _, .., '\''])
                {
                    steps.Add(new(Kind.Name, inner[1..^1], 0));
                }
                else if (inner == "*")
                {
                    steps.Add(new(Kind.Greatest, string.Empty, 0));
                }
                else if (int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < MostElements)
                {
                    steps.Add(new(Kind.At, string.Empty, index));
                }
                else
                {
                    return null;
                }

                at = end + 1;
                if (at < text.Length && text[at] == '.' && at + 1 < text.Length)
                {
                    at++;
                }
                else if (at < text.Length && text[at] != '[')
                {
                    return null;
                }

                continue;
            }

            var stop = text.AsSpan(at).IndexOfAny('.', '[');
            var name = stop < 0 ? text[at..] : text.Substring(at, stop);
            if (name.Length == 0)
            {
                return null;
            }

            steps.Add(name == "*" ? new(Kind.Any, string.Empty, 0) : new(Kind.Name, name, 0));
            at += name.Length;
            if (at < text.Length && text[at] == '.' && ++at == text.Length)
            {
                return null;
            }
        }

        return steps.Count == 0 ? null : new(text, [.. steps]);
    }

    /// <summary>What stands there.</summary>
    /// <param name="from">Steps to leave out, where the topic has already gone them.</param>
    /// <exception cref="InvalidOperationException">A text in the JSON is half a character.</exception>
    public SensorCell Find(JsonElement root, int from = 0) => Find(root, steps.AsSpan(Math.Min(from, steps.Length)));

    private static SensorCell Find(JsonElement element, ReadOnlySpan<Step> left)
    {
        for (; !left.IsEmpty; left = left[1..])
        {
            var step = left[0];
            switch (step.Kind)
            {
                case Kind.Name:
                    if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step.Name, out element))
                    {
                        return SensorCell.Absent;
                    }

                    break;
                case Kind.At:
                    if (element.ValueKind != JsonValueKind.Array || step.Index >= element.GetArrayLength())
                    {
                        return SensorCell.Absent;
                    }

                    element = element[step.Index];
                    break;
                case Kind.Greatest:
                    return element.ValueKind == JsonValueKind.Array ? Greatest(element, left[1..]) : SensorCell.Absent;
                default:
                    return element.ValueKind == JsonValueKind.Object ? Only(element, left[1..]) : SensorCell.Absent;
            }
        }

        return SensorCell.Of(element);
    }

    private static SensorCell Greatest(JsonElement list, ReadOnlySpan<Step> left)
    {
        var best = SensorCell.Absent;
        foreach (var element in list.EnumerateArray().Take(MostElements))
        {
            var cell = Find(element, left);
            best = cell.Number is { } number && !(number <= best.Number) ? cell : best;
        }

        return best;
    }

    private static SensorCell Only(JsonElement map, ReadOnlySpan<Step> left)
    {
        var found = SensorCell.Absent;
        foreach (var member in map.EnumerateObject().Take(MostElements))
        {
            if (member.Value.ValueKind == JsonValueKind.Object && Find(member.Value, left) is { There: true } cell)
            {
                found = found.There ? found with { Several = true } : cell;
            }
        }

        return found;
    }

    private readonly record struct Step(Kind Kind, string Name, int Index);
}
