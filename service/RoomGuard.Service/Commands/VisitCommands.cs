using System.Text.Json;
using RoomGuard.Hosting;
using RoomGuard.Service.Visits;

namespace RoomGuard.Service.Commands;

/// <summary>What a person at the machine may do to visits while the service is stopped.</summary>
public static class VisitCommands
{
    /// <summary><c>roomguard visits-import</c>: visitor badges and visits of an invented site.</summary>
    public static async Task<int> ImportAsync(ServiceSettings settings, string file, TimeProvider time, Func<int, byte[]> randomBytes, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(output);
        if (settings.Site.Environment != EnvironmentKind.Test)
        {
            await output.WriteLineAsync("Only a site marked Test takes visits from a file. A real site applies for them at /apply/visit.");
            return ExitCodes.Findings;
        }

        VisitList list;
        try
        {
            await using var json = File.OpenRead(file);
            list = VisitList.Read(json);
        }
        catch (JsonException wrong)
        {
            await output.WriteLineAsync($"{file}: {wrong.Message}");
            return ExitCodes.Findings;
        }

        var folders = new ServiceFolders(settings, time, randomBytes);
        await using var record = folders.OpenRecord(null, CancellationToken.None);
        using var keys = folders.OpenKeys();
        var (badges, visits) = await list.ApplyAsync(record, keys, time, CancellationToken.None);
        await output.WriteLineAsync($"{badges} visitor badges, {visits} visits recorded.");
        return ExitCodes.Ok;
    }
}
