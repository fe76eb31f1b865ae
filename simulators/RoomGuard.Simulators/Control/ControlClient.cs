using RoomGuard.Simulators.World;

namespace RoomGuard.Simulators.Control;

/// <summary>The command line's way to a running simulator: <c>ctl present S-0217 reader-srv-in</c>.</summary>
public sealed class ControlClient(HttpClient http, TextWriter output, TextWriter error)
{
    /// <summary>Does one thing and says what became of it.</summary>
    /// <param name="words">Name of the deed, then its arguments: in the order of the table, or as <c>name=value</c>.</param>
    /// <returns>0 it happened, 1 tried and nothing moved, 64 not understood, 69 no simulator there.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (words.Count == 0 || DeedTable.Find(words[0]) is not { } kind)
        {
            await error.WriteLineAsync(words.Count == 0 ? "ctl needs to know what to do." : $"\"{words[0]}\" is nothing that can be done here.");
            foreach (var known in DeedTable.All)
            {
                await error.WriteLineAsync($"  {known.Name,-18}{string.Join(' ', known.Arguments.Select(argument => argument.Default is null ? $"<{argument.Name}>" : $"[{argument.Name}]")),-36} {known.Ja}  {known.En}");
            }

            return ProgramExit.Usage;
        }

        if (Arguments(kind, [.. words.Skip(1)]) is not { } arguments)
        {
            await error.WriteLineAsync($"{kind.Name} takes {(kind.Arguments.IsEmpty ? "no arguments" : string.Join(' ', kind.Arguments.Select(argument => argument.Name)))}.");
            return ProgramExit.Usage;
        }

        try
        {
            using var answer = await http.PostAsJsonAsync($"api/do/{kind.Name}", arguments, ControlJson.Default.DictionaryStringString, stop);
            if (answer.IsSuccessStatusCode)
            {
                var outcome = (await answer.Content.ReadFromJsonAsync(ControlJson.Default.DeedOutcome, stop))!;
                await output.WriteLineAsync($"{(outcome.Happened ? "○" : "×")} {outcome.Ja} ({outcome.En})");
                return outcome.Happened ? ProgramExit.Ok : ProgramExit.NothingMoved;
            }

            var refusal = answer.Content.Headers.ContentType?.MediaType == "application/json" ? await answer.Content.ReadFromJsonAsync(ControlJson.Default.Refusal, stop) : null;
            foreach (var problem in refusal?.Problems ?? [new("answer", $"{http.BaseAddress} answered {(int)answer.StatusCode}. Is it a simulator?")])
            {
                await error.WriteLineAsync($"{problem.Place}: {problem.Sentence}");
            }

            return ProgramExit.Usage;
        }
        catch (HttpRequestException gone)
        {
            await error.WriteLineAsync($"No simulator answers at {http.BaseAddress} ({gone.Message}). Start it, or name its address with --at http://127.0.0.1:PORT.");
            return ProgramExit.Unavailable;
        }
    }

    private static Dictionary<string, string>? Arguments(DeedKind kind, IReadOnlyList<string> words)
    {
        var arguments = new Dictionary<string, string>();
        var next = 0;
        foreach (var word in words)
        {
            var cut = word.IndexOf('=', StringComparison.Ordinal);
            if (cut > 0 && kind.Arguments.Any(argument => argument.Name == word[..cut]))
            {
                if (!arguments.TryAdd(word[..cut], word[(cut + 1)..]))
                {
                    return null;
                }

                continue;
            }

            while (next < kind.Arguments.Length && arguments.ContainsKey(kind.Arguments[next].Name))
            {
                next++;
            }

            if (next == kind.Arguments.Length)
            {
                return null;
            }

            arguments.Add(kind.Arguments[next++].Name, word);
        }

        return arguments;
    }
}
