using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace RoomGuard.Hosting;

/// <summary>Settings are wrong. The message is one line that names file, place, value and remedy (R-INP-01).</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Settings that can say what is impossible about their values.</summary>
public interface ISettings
{
    /// <summary>One sentence for each impossible value: the place in dots, the value, the limit, the remedy. Empty: all is well.</summary>
    IEnumerable<string> Problems();
}

/// <summary>
/// Reads settings strictly: an unknown, doubled or missing key, a wrong type or an impossible value stops the program at start with
/// one line a person can act on. The type's JSON context decides what is known (disallow unmapped members there).
/// </summary>
public static class SettingsFile
{
    private const long LongestFile = 4 << 20;

    /// <summary>Reads a file, puts overrides over it and checks the result.</summary>
    /// <param name="path">The JSON file; comments and trailing commas are allowed.</param>
    /// <param name="type">From a source-generated context with unmapped members disallowed.</param>
    /// <param name="overrides"><c>place=value</c>; places in dots, array elements by number: <c>buses.0.link.path=/dev/ttyUSB0</c>. The value is JSON, or else a plain string.</param>
    /// <exception cref="SettingsException">Anything is wrong with it.</exception>
    public static T Load<T>(string path, JsonTypeInfo<T> type, IEnumerable<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(overrides);
        var root = Read(path);
        foreach (var item in overrides)
        {
            Override(root, item);
        }

        T? settings;
        try
        {
            settings = root.Deserialize(type);
        }
        catch (JsonException wrong)
        {
            throw new SettingsException($"{path}: {Place(wrong)}: {FirstSentence(wrong.Message)} Correct this line and start again.", wrong);
        }

        if (settings is null)
        {
            throw new SettingsException($"{path}: the file holds null where settings should stand.");
        }

        var problems = (settings as ISettings)?.Problems().ToList() ?? [];
        return problems.Count == 0 ? settings : throw new SettingsException($"{path}: {string.Join(" ", problems)}");
    }

    private static JsonNode Read(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                throw new SettingsException($"{path}: there is no such file. Give the settings file with --settings.");
            }

            if (info.Length > LongestFile)
            {
                throw new SettingsException($"{path}: {info.Length} bytes are more than settings ever need ({LongestFile}). Is it the right file?");
            }

            var text = File.ReadAllBytes(path).AsSpan();
            ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
            text = text.StartsWith(mark) ? text[mark.Length..] : text;
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            RefuseDoubledKeys(path, text);
            return JsonNode.Parse(ref reader) as JsonObject ?? throw new SettingsException($"{path}: settings are one JSON object in braces.");
        }
        catch (JsonException wrong)
        {
            throw new SettingsException($"{path}: line {wrong.LineNumber + 1}: this is not JSON: {FirstSentence(wrong.Message)}", wrong);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path}: cannot be read: {wrong.Message}", wrong);
        }
    }

    // JsonNode would quietly keep one of the two, and nobody would know which.
    private static void RefuseDoubledKeys(string path, ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var open = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                open.Push([]);
            }
            else if (reader.TokenType == JsonTokenType.EndObject)
            {
                open.Pop();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && !open.Peek().Add(reader.GetString()!))
            {
                var line = 1 + text[..(int)reader.TokenStartIndex].Count((byte)'\n');
                throw new SettingsException($"{path}: line {line}: the key \"{reader.GetString()}\" stands here twice. Remove one of them.");
            }
        }
    }

    private static void Override(JsonNode root, string item)
    {
        var cut = item.IndexOf('=', StringComparison.Ordinal);
        if (cut <= 0)
        {
            throw new SettingsException($"--set {item}: write it as place=value, for example --set listen.watch=7581.");
        }

        var steps = item[..cut].Split('.');
        var node = root;
        foreach (var step in steps[..^1])
        {
            node = Step(node, step, item);
        }

        var value = Value(item[(cut + 1)..]);
        if (node is JsonArray list && int.TryParse(steps[^1], CultureInfo.InvariantCulture, out var at) && at >= 0 && at < list.Count)
        {
            list[at] = value;
        }
        else if (node is JsonObject map)
        {
            map[steps[^1]] = value;
        }
        else
        {
            throw new SettingsException($"--set {item}: there is no place \"{steps[^1]}\" to set.");
        }
    }

    private static JsonNode Step(JsonNode node, string step, string item) => node switch
    {
        JsonArray list when int.TryParse(step, CultureInfo.InvariantCulture, out var at) && at >= 0 && at < list.Count && list[at] is { } element => element,
        JsonObject map when map[step] is { } member => member,
        _ => throw new SettingsException($"--set {item}: the settings file has nothing at \"{step}\"."),
    };

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static string Place(JsonException wrong) => string.IsNullOrEmpty(wrong.Path) ? "$" : wrong.Path;

    // The framework adds the path and byte position after the first sentence; we name the place ourselves.
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        var text = (end < 0 ? message : message[..end]).TrimEnd();
        return text.EndsWith('.') ? text : text + ".";
    }
}
