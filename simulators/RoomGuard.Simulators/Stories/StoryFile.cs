using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.World;

namespace RoomGuard.Simulators.Stories;

/// <summary>A story file is wrong. Each line names file, line, place, what is wrong and what would be right (R-INP-01).</summary>
public sealed class StoryException(ImmutableArray<string> lines) : Exception(string.Join(Environment.NewLine, lines))
{
    /// <summary>One sentence per problem.</summary>
    public ImmutableArray<string> Lines { get; } = lines;
}

/// <summary>Reads story files strictly.</summary>
public static class StoryFile
{
    private const int LongestFile = 1 << 20;
    private const int MostSteps = 500;
    private static readonly TimeSpan ShortestLap = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestLap = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestEvery = TimeSpan.FromSeconds(1);

    /// <summary>Reads a story from a file.</summary>
    /// <exception cref="StoryException">Anything is wrong with it.</exception>
    public static Story Load(string path, SimulatorSettings site)
    {
        byte[] text;
        try
        {
            var info = new FileInfo(path);
            text = !info.Exists ? throw Wrong($"{path}: there is no such story file.")
                : info.Length > LongestFile ? throw Wrong($"{path}: {info.Length} bytes are more than a story needs ({LongestFile}).")
                : File.ReadAllBytes(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"{path}: cannot be read: {wrong.Message}");
        }

        return Parse(path, text, site);
    }

    /// <summary>Reads a story from text.</summary>
    /// <param name="name">Stands in front of each complaint.</param>
    /// <exception cref="StoryException">Anything is wrong with it.</exception>
    public static Story Parse(string name, ReadOnlySpan<byte> text, SimulatorSettings site)
    {
        ArgumentNullException.ThrowIfNull(site);
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        text = text.StartsWith(mark) ? text[mark.Length..] : text;
        StoryText? raw;
        try
        {
            raw = JsonSerializer.Deserialize(text, StoryJson.Default.StoryText);
        }
        catch (JsonException wrong)
        {
            throw Wrong($"{name}: line {wrong.LineNumber + 1}, {(string.IsNullOrEmpty(wrong.Path) ? "$" : wrong.Path)}: {JsonComplaint.Of(wrong)}");
        }

        if (raw is null)
        {
            throw Wrong($"{name}: the file holds null where a story should stand.");
        }

        var lines = StepLines(text);
        var problems = HeadProblems(raw).Select(problem => $"{name}: {problem}").ToList();
        var steps = ImmutableArray.CreateBuilder<StoryStep>();
        foreach (var (index, step) in raw.Steps.Index().Take(MostSteps))
        {
            var place = $"{name}: line {(index < lines.Count ? lines[index] : 1)}, steps[{index}]";
            var values = Values(step.With ?? [], raw.Groups ?? [], out var wrong);
            problems.AddRange(wrong.Concat(StepProblems(step, raw.Lap, values, site)).Select(problem => $"{place}.{problem}"));
            steps.Add(new(step.At, step.Every, step.Every is null ? null : step.Until ?? raw.Lap, step.Jitter ?? TimeSpan.Zero, step.FirstLapOnly, step.Do, values, step.Says));
        }

        return problems.Count == 0
            ? new(raw.Title, raw.TitleEn ?? raw.Title, raw.Start, raw.Lap, raw.Seed, steps.DrainToImmutable())
            : throw new StoryException([.. problems]);
    }

    private static StoryException Wrong(string line) => new([line]);

    private static IEnumerable<string> HeadProblems(StoryText raw)
    {
        if (raw.Lap < ShortestLap || raw.Lap > LongestLap)
        {
            yield return $"lap: {raw.Lap} is outside {ShortestLap} to {LongestLap:c}.";
        }

        if (raw.Steps.Length is 0 or > MostSteps)
        {
            yield return $"steps: {raw.Steps.Length} steps; a story has 1 to {MostSteps}.";
        }

        foreach (var group in raw.Groups ?? [])
        {
            if (group.Value.Length == 0)
            {
                yield return $"groups.{group.Key}: is empty. Name at least one.";
            }
        }
    }

    private static IEnumerable<string> StepProblems(StepText step, TimeSpan lap, ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> values, SimulatorSettings site)
    {
        if (step.At < TimeSpan.Zero || step.At >= lap)
        {
            yield return $"at: {step.At} is outside the lap, 00:00:00 to {lap} (not included).";
        }

        if (step.Every is { } every && every < ShortestEvery)
        {
            yield return $"every: {every} is shorter than {ShortestEvery}.";
        }

        if (step.Until is not null && step.Every is null)
        {
            yield return "until: has a meaning only with every.";
        }

        if (step.Until is { } until && (until <= step.At || until > lap))
        {
            yield return $"until: {until} is not after at ({step.At}), or after the lap's end ({lap}).";
        }

        if (step.Jitter is { } jitter && (jitter < TimeSpan.Zero || jitter > lap))
        {
            yield return $"jitter: {jitter} is outside 00:00:00 to {lap}.";
        }

        if (DeedTable.Find(step.Do) is not { InStories: true } kind)
        {
            yield return $"do: \"{step.Do}\" is nothing a story can do. Use one of {string.Join(", ", DeedTable.All.Where(known => known.InStories).Select(known => known.Name))}.";
            yield break;
        }

        foreach (var problem in DeedTable.Unknown(kind, values.Select(pair => pair.Key)))
        {
            yield return $"with.{problem.Place}: {problem.Sentence}";
        }

        foreach (var argument in kind.Arguments)
        {
            var given = values.Where(pair => pair.Key == argument.Name).ToList();
            if (given.Count == 0 && argument.Default is null)
            {
                yield return $"with.{argument.Name}: {DeedTable.Missing(kind, argument).Sentence}";
            }

            foreach (var problem in given.SelectMany(pair => pair.Value).Select(value => DeedTable.Check(argument, value, site)).OfType<DeedProblem>())
            {
                yield return $"with.{problem.Place}: {problem.Sentence}";
            }
        }

        if (step.Do == "present-number" && Single(values, "facility") is { } facility && Single(values, "number") is { } number
            && ulong.TryParse(facility, out var place) && ulong.TryParse(number, out var card)
            && CardBits.Problem(Single(values, "format") ?? "H10301", (uint)place, card) is { } wrong)
        {
            yield return $"with.number: {wrong}";
        }
    }

    private static string? Single(ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> values, string name) =>
        values.FirstOrDefault(pair => pair.Key == name).Value is { IsDefault: false, Length: 1 } one ? one[0] : null;

    /// <summary>Every argument as the list of values it may have: a single value, a list to choose from, or <c>@group</c>.</summary>
    private static ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> Values(
        Dictionary<string, JsonElement> with, Dictionary<string, ImmutableArray<string>> groups, out List<string> problems)
    {
        var wrong = new List<string>();
        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, ImmutableArray<string>>>();
        foreach (var (name, element) in with)
        {
            var texts = element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(Text).ToList() : [Text(element)];
            if (texts.Count == 0 || texts.Contains(null))
            {
                wrong.Add($"with.{name}: write a text, a number, true or false, or a list of them to choose from.");
                continue;
            }

            var choices = texts.OfType<string>().SelectMany(text => Members(text)).ToImmutableArray();
            values.Add(new(name, choices));

            IEnumerable<string> Members(string text)
            {
                if (!text.StartsWith('@'))
                {
                    return [text];
                }

                if (groups.TryGetValue(text[1..], out var members))
                {
                    return members;
                }

                wrong.Add($"with.{name}: there is no group \"{text[1..]}\" under groups.");
                return [];
            }
        }

        problems = wrong;
        return values.DrainToImmutable();
    }

    private static string? Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>The line each step begins on, since the framework's reader tells lines only for what it refuses itself.</summary>
    private static List<int> StepLines(ReadOnlySpan<byte> text)
    {
        var lines = new List<int>();
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var inSteps = false;
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                inSteps = reader.ValueTextEquals("steps"u8);
            }
            else if (inSteps && reader.CurrentDepth == 2 && reader.TokenType == JsonTokenType.StartObject)
            {
                lines.Add(1 + text[..(int)reader.TokenStartIndex].Count((byte)'\n'));
            }
        }

        return lines;
    }
}

/// <summary>A story as it stands in its file.</summary>
internal sealed record StoryText(
    string Title,
    TimeSpan Lap,
    ImmutableArray<StepText> Steps,
    string? TitleEn = null,
    StoryStart Start = StoryStart.ReadersOnline,
    int Seed = 0,
    Dictionary<string, ImmutableArray<string>>? Groups = null);

/// <summary>A step as it stands in its file.</summary>
internal sealed record StepText(
    TimeSpan At,
    string Do,
    Dictionary<string, JsonElement>? With = null,
    TimeSpan? Every = null,
    TimeSpan? Until = null,
    TimeSpan? Jitter = null,
    bool FirstLapOnly = false,
    string? Says = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    AllowTrailingCommas = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(StoryText))]
internal sealed partial class StoryJson : JsonSerializerContext;
