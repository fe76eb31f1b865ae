using System.Collections.Immutable;

namespace RoomGuard.Simulators.Control;

/// <summary>The command line, taken apart.</summary>
/// <param name="Settings">Null: not given.</param>
/// <param name="At">Address of a running simulator; null: by the settings, or the usual one.</param>
/// <param name="Words">The command and what follows it.</param>
public sealed record CommandLine(string? Settings, ImmutableArray<string> Overrides, Uri? At, ImmutableArray<string> Words)
{
    /// <summary>How to use the program.</summary>
    public const string Usage = """
        roomguard-simulators: 模擬機 (simulated readers and doors for a Test site)

          roomguard-simulators --settings simulators.json [--set place=value …] [serve]
              runs the simulated site; its page is at http://127.0.0.1:7490/
          roomguard-simulators [--settings simulators.json | --at http://127.0.0.1:7490] ctl <what> …
              does something at a running one, e.g. ctl present S-0217 reader-srv-in
          roomguard-simulators ctl
              lists all that can be done
          roomguard-simulators --settings simulators.json story check <file>
              reads a story and says what is wrong with it
          roomguard-simulators --settings simulators.json story show <file>
              prints what the first lap of a story will do
        """;

    /// <summary>Takes the arguments apart.</summary>
    /// <param name="wrong">What could not be understood.</param>
    /// <returns>Null when something could not be understood.</returns>
    public static CommandLine? Read(IReadOnlyList<string> arguments, out string wrong)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        string? settings = null;
        Uri? at = null;
        var overrides = ImmutableArray.CreateBuilder<string>();
        var words = ImmutableArray.CreateBuilder<string>();
        for (var index = 0; index < arguments.Count; index++)
        {
            var word = arguments[index];
            if (words.Count > 0 || !word.StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(word);
                continue;
            }

            if (word is not ("--settings" or "--set" or "--at") || ++index == arguments.Count)
            {
                wrong = word is "--settings" or "--set" or "--at" ? $"{word} needs a value." : $"{word} is not known.";
                return null;
            }

            switch (word)
            {
                case "--settings":
                    settings = arguments[index];
                    break;
                case "--set":
                    overrides.Add(arguments[index]);
                    break;
                default:
                    if (!Uri.TryCreate(arguments[index], UriKind.Absolute, out at) || at.Scheme != Uri.UriSchemeHttp)
                    {
                        wrong = $"--at {arguments[index]}: write an address such as http://127.0.0.1:7490.";
                        return null;
                    }

                    break;
            }
        }

        wrong = "";
        return new(settings, overrides.DrainToImmutable(), at, words.DrainToImmutable());
    }
}
