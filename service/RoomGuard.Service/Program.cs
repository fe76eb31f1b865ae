using System.Security.Cryptography;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Evidence;
using RoomGuard.Hosting;
using RoomGuard.Service;
using RoomGuard.Service.Commands;

// From outside: the time, chance, and the command line. Everything else is built in ServiceHost, in the order a reader would ask.
var time = TimeProvider.System;
Func<int, byte[]> randomBytes = RandomNumberGenerator.GetBytes;

try
{
    var line = CommandLine.Read(args);
    if (line.Settings is null)
    {
        await Console.Error.WriteLineAsync(CommandLine.Usage);
        return ExitCodes.Usage;
    }

    var settings = SettingsFile.Load(line.Settings, ServiceSettingsJson.Default.ServiceSettings, line.Overrides);
    return line.Words switch
    {
        [] or ["serve"] => await ServiceHost.ServeAsync(settings, time, randomBytes),
        ["doctor"] => await ServiceDoctor.RunAsync(settings, time, randomBytes, Console.Out, CancellationToken.None),
        ["rebuild"] => RebuildCommand.Run(settings, time, randomBytes, Console.Out),
        ["panel-code", var panel] => PanelCodeCommand.Run(settings, panel, time, randomBytes, Console.Out, Console.Error),
        ["import", var file, .. var options] when options.All(option => option is "--apply" or "--cp932") =>
            await PeopleCommands.ImportAsync(settings, file, options.Contains("--apply"), options.Contains("--cp932"), time, randomBytes, Console.Out),
        ["pin-set", var card] => await PeopleCommands.PinSetAsync(settings, card, Console.In, time, randomBytes, Console.Out),
        ["contracts-import", var file] => await ContractCommands.ImportAsync(settings, file, time, randomBytes, Console.Out),
        ["operators-import", var file] => await OperatorCommands.ImportAsync(settings, file, time, randomBytes, Console.Out),
        ["power-plan-import", var file] => await PowerCommands.ImportAsync(settings, file, time, randomBytes, Console.Out),
        ["visits-import", var file] => await VisitCommands.ImportAsync(settings, file, time, randomBytes, Console.Out),
        ["account-password", var name] => await OperatorCommands.TemporaryPasswordAsync(settings, name, time, randomBytes, Console.Out),
        _ => CommandLine.NotUnderstood(Console.Error),
    };
}
catch (CommandLineException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return ExitCodes.Usage;
}
catch (SettingsException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return ExitCodes.Config;
}
catch (PolicyProfileException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return ExitCodes.Config;
}
catch (EvidenceInUseException busy)
{
    await Console.Error.WriteLineAsync($"This site's record is in use: {busy.Message}");
    return ExitCodes.Unavailable;
}
catch (EvidenceDamagedException damaged)
{
    await Console.Error.WriteLineAsync($"The record is damaged and was not opened: {damaged.Message} Check it with roomguard-verify, then restore a backup.");
    return ExitCodes.Software;
}
catch (IOException unavailable)
{
    await Console.Error.WriteLineAsync(unavailable.Message);
    return ExitCodes.Unavailable;
}
