using RoomGuard.Hosting;

namespace RoomGuard.Service.Commands;

/// <summary>The command line was not understood; the message says what was wrong.</summary>
public sealed class CommandLineException(string message) : Exception(message);

/// <summary>What was asked on the command line.</summary>
/// <param name="Settings">The settings file; null: not given.</param>
/// <param name="Overrides">Values of <c>--set</c>, in order.</param>
/// <param name="Words">The command and what belongs to it.</param>
public sealed record CommandLine(string? Settings, IReadOnlyList<string> Overrides, string[] Words)
{
    /// <summary>How the program is called.</summary>
    public const string Usage = """
        roomguard --settings service.json [--set place=value]… [command]
          serve                         runs the service (the usual case)
          doctor                        looks at ports, rights, disk, clock, certificates, record and bridges, and says what to do
          rebuild                       makes all views again from the record (the service must be stopped)
          panel-code <bridge>           makes a one-time code with which a bridge may join within 30 minutes
          import <people.csv> [--cp932] [--apply]   shows what a list would change; with --apply changes it (the service must be stopped)
          contracts-import <contracts.json>         contracts and preconditions of an invented site (only one marked Test; the service must be stopped)
          operators-import <operators.json>         accounts and roles of an invented site (only one marked Test; the service must be stopped)
          power-plan-import <power-plan.json>       the shutdown plan of an invented site (only one marked Test; the service must be stopped)
          visits-import <visits.json>               visitor badges and visits of an invented site (only one marked Test; the service must be stopped)
          account-password <sign-in name>           makes a temporary password when nobody else can (the service must be stopped)
          pin-set <card>                sets the PIN read from standard input (the service must be stopped)
        """;

    /// <summary>Takes the words apart.</summary>
    /// <exception cref="CommandLineException">An option without its value.</exception>
    public static CommandLine Read(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        string? settings = null;
        var (overrides, words) = (new List<string>(), new List<string>());
        for (var at = 0; at < args.Length; at++)
        {
            switch (args[at])
            {
                case "--settings":
                    settings = Next(args, ref at);
                    break;
                case "--set":
                    overrides.Add(Next(args, ref at));
                    break;
                default:
                    words.Add(args[at]);
                    break;
            }
        }

        return new(settings, overrides, [.. words]);
    }

    /// <summary>Says how the program is called.</summary>
    public static int NotUnderstood(TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        errors.WriteLine(Usage);
        return ExitCodes.Usage;
    }

    private static string Next(string[] args, ref int at) =>
        ++at < args.Length ? args[at] : throw new CommandLineException($"{args[at - 1]} needs a value after it.");
}
