using System.Collections.Immutable;
using System.Globalization;

namespace RoomGuard.Bridge;

/// <summary>What was asked for on the command line.</summary>
public abstract record BridgeCommand;

/// <summary>Watch the doors.</summary>
public sealed record ServeCommand : BridgeCommand;

/// <summary>Look whether all is well.</summary>
public sealed record DoctorCommand : BridgeCommand;

/// <summary>Join a service with a one-time code.</summary>
public sealed record JoinCommand(string Code) : BridgeCommand;

/// <summary>Give a reader its key.</summary>
/// <param name="Reader">Null: all readers.</param>
public sealed record InstallReaderCommand(string? Reader, int Minutes) : BridgeCommand;

/// <summary>Replace a reader's key.</summary>
/// <param name="Reader">Null: all readers.</param>
public sealed record RotateReaderCommand(string? Reader) : BridgeCommand;

/// <summary>Make a user of the NUT server, or give one a new password.</summary>
/// <param name="Primary">May force a shutdown for all on a unit.</param>
public sealed record AddNutUserCommand(string User, bool Primary) : BridgeCommand;

/// <summary>End a user of the NUT server.</summary>
public sealed record RemoveNutUserCommand(string User) : BridgeCommand;

/// <summary>Make a password for a user of the MQTT broker, in place of an earlier one.</summary>
public sealed record AddMqttUserCommand(string User) : BridgeCommand;

/// <summary>End the password of a user of the MQTT broker.</summary>
public sealed record RemoveMqttUserCommand(string User) : BridgeCommand;

/// <summary>The command line, understood.</summary>
/// <param name="Settings">Path of the settings file.</param>
/// <param name="Overrides">From <c>--set</c>.</param>
public sealed record CommandLine(string Settings, ImmutableArray<string> Overrides, BridgeCommand Command)
{
    /// <summary>How the program is used.</summary>
    public const string Usage = """
        roomguard-bridge --settings bridge.json [--set place=value]… [command]
          serve                                         watch the doors (when no command is given)
          doctor                                        look whether all is well, and say what to do
          join --code CODE                              join the service with a one-time code
          reader install READER|--all [--minutes 1-10]  give readers their own keys (install mode)
          reader rotate READER|--all                    replace keys over the secure channel
          nut-user add NAME [primary]                   make a user of the NUT server, shows the password once
          nut-user remove NAME                          end a user of the NUT server
          mqtt-user add NAME                            make a password for a user of the MQTT broker, shows it once
          mqtt-user remove NAME                         end that password
        """;

    private const int DefaultMinutes = 5;

    /// <summary>Reads the arguments.</summary>
    /// <param name="problem">What is not understood; null when all is.</param>
    /// <returns>Null when there is a problem.</returns>
    public static CommandLine? Read(IReadOnlyList<string> arguments, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        string? settings = null;
        string? code = null;
        int? minutes = null;
        var all = false;
        var overrides = ImmutableArray.CreateBuilder<string>();
        var words = new List<string>();
        problem = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--settings" or "--set" or "--code" or "--minutes" when value is null:
                    problem = $"{arguments[i]} needs a value.";
                    return null;
                case "--settings":
                    (settings, i) = (value, i + 1);
                    break;
                case "--set":
                    overrides.Add(value!);
                    i++;
                    break;
                case "--code":
                    (code, i) = (value, i + 1);
                    break;
                case "--minutes" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 10:
                    (minutes, i) = (number, i + 1);
                    break;
                case "--minutes":
                    problem = $"--minutes {value}: give 1 to 10.";
                    return null;
                case "--all":
                    all = true;
                    break;
                case var option when option.StartsWith('-'):
                    problem = $"{option} is not known.";
                    return null;
                case var word:
                    words.Add(word);
                    break;
            }
        }

        BridgeCommand? command = (words, code, all) switch
        {
            ([] or ["serve"], null, false) => new ServeCommand(),
            (["doctor"], null, false) => new DoctorCommand(),
            (["join"], { } given, false) => new JoinCommand(given),
            (["reader", "install", var reader], null, false) => new InstallReaderCommand(reader, minutes ?? DefaultMinutes),
            (["reader", "install"], null, true) => new InstallReaderCommand(null, minutes ?? DefaultMinutes),
            (["reader", "rotate", var reader], null, false) => new RotateReaderCommand(reader),
            (["reader", "rotate"], null, true) => new RotateReaderCommand(null),
            (["nut-user", "add", var user], null, false) => new AddNutUserCommand(user, Primary: false),
            (["nut-user", "add", var user, "primary"], null, false) => new AddNutUserCommand(user, Primary: true),
            (["nut-user", "remove", var user], null, false) => new RemoveNutUserCommand(user),
            (["mqtt-user", "add", var user], null, false) => new AddMqttUserCommand(user),
            (["mqtt-user", "remove", var user], null, false) => new RemoveMqttUserCommand(user),
            _ => null,
        };
        problem = (settings, command) switch
        {
            (_, null) => words.Count == 0 ? "These options do not go together." : $"\"{string.Join(' ', words)}\" is not a command, or something is missing with it.",
            (null, _) => "Give the settings file with --settings.",
            _ => minutes is not null && command is not InstallReaderCommand ? "--minutes goes with reader install only." : null,
        };
        return problem is null ? new(settings!, overrides.ToImmutable(), command!) : null;
    }
}
