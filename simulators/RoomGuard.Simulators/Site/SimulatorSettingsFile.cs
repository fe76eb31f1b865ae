using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RoomGuard.Simulators.Site;

/// <summary>Settings are wrong. The message is one line that names file, place, value and remedy (R-INP-01).</summary>
public sealed class SimulatorSettingsException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Reads the simulators' settings strictly. The products have a reader of their own; the simulators share nothing with them but the
/// frames on the wire.
/// </summary>
public static class SimulatorSettingsFile
{
    private const long LongestFile = 4 << 20;
    private static readonly JsonDocumentOptions Strict = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>Reads a file, puts overrides over it and checks the result.</summary>
    /// <param name="overrides"><c>place=value</c>; places in dots, list elements by number: <c>lines.0.link=lines/a</c>.</param>
    /// <exception cref="SimulatorSettingsException">Anything is wrong with it.</exception>
    public static SimulatorSettings Load(string path, IEnumerable<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var root = Read(path);
        foreach (var item in overrides)
        {
            Override(root, item);
        }

        SimulatorSettings? settings;
        try
        {
            settings = root.Deserialize(SimulatorSettingsJson.Default.SimulatorSettings);
        }
        catch (JsonException wrong)
        {
            throw new SimulatorSettingsException($"{path}: {(string.IsNullOrEmpty(wrong.Path) ? "$" : wrong.Path)}: {JsonComplaint.Of(wrong)} Correct it and start again.", wrong);
        }

        var problems = settings!.Problems().ToList();
        return problems.Count == 0 ? settings : throw new SimulatorSettingsException($"{path}: {string.Join(" ", problems)}");
    }

    private static JsonObject Read(string path)
    {
        try
        {
            var info = new FileInfo(path);
            return !info.Exists ? throw new SimulatorSettingsException($"{path}: there is no such file. Give the settings file with --settings.")
                : info.Length > LongestFile ? throw new SimulatorSettingsException($"{path}: {info.Length} bytes are more than settings ever need ({LongestFile}). Is it the right file?")
                : JsonNode.Parse(File.ReadAllBytes(path), documentOptions: Strict) as JsonObject
                    ?? throw new SimulatorSettingsException($"{path}: settings are one JSON object in braces.");
        }
        catch (JsonException wrong)
        {
            throw new SimulatorSettingsException($"{path}: line {wrong.LineNumber + 1}: {JsonComplaint.Of(wrong)}", wrong);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorSettingsException($"{path}: cannot be read: {wrong.Message}", wrong);
        }
    }

    private static void Override(JsonNode root, string item)
    {
        var cut = item.IndexOf('=', StringComparison.Ordinal);
        if (cut <= 0)
        {
            throw new SimulatorSettingsException($"--set {item}: write it as place=value, for example --set listen.control=7590.");
        }

        var steps = item[..cut].Split('.');
        var node = root;
        foreach (var step in steps[..^1])
        {
            node = node switch
            {
                JsonArray list when Element(list, step) is { } at && list[at] is { } element => element,
                JsonObject map when map[step] is { } member => member,
                _ => throw new SimulatorSettingsException($"--set {item}: the settings file has nothing at \"{step}\"."),
            };
        }

        switch (node)
        {
            case JsonArray list when Element(list, steps[^1]) is { } at:
                list[at] = Value(item[(cut + 1)..]);
                break;
            case JsonObject map:
                map[steps[^1]] = Value(item[(cut + 1)..]);
                break;
            default:
                throw new SimulatorSettingsException($"--set {item}: there is no place \"{steps[^1]}\" to set.");
        }
    }

    private static int? Element(JsonArray list, string step) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.Count ? at : null;

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
}
