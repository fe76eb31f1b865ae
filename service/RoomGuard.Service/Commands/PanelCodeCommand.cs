using RoomGuard.Hosting;
using RoomGuard.Service.Enrolment;

namespace RoomGuard.Service.Commands;

/// <summary><c>roomguard panel-code</c>: makes a one-time code; works beside a running service. The code alone goes to standard output.</summary>
public static class PanelCodeCommand
{
    /// <summary>Runs it.</summary>
    public static int Run(ServiceSettings settings, string panel, TimeProvider time, Func<int, byte[]> randomBytes, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (!settings.Panels.Contains(panel))
        {
            errors.WriteLine($"There is no bridge \"{panel}\" in the settings. Known: {string.Join(", ", settings.Panels)}.");
            return ExitCodes.Usage;
        }

        var folders = new ServiceFolders(settings, time, randomBytes);
        folders.Make();
        var (code, until) = new JoinCodes(folders.Codes, time, randomBytes).Make(new(panel));
        errors.WriteLine($"Type this code at the bridge before {TimeZoneInfo.ConvertTime(until, settings.TimeZone):HH:mm:ss}: roomguard-bridge join --code …  It works once.");
        output.WriteLine(code);
        return ExitCodes.Ok;
    }
}
