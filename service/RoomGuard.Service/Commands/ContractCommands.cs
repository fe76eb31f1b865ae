using System.Collections.Frozen;
using System.Text.Json;
using RoomGuard.Core.Operators;
using RoomGuard.Hosting;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Record;
using RoomGuard.Service.Zones;

namespace RoomGuard.Service.Commands;

/// <summary>What a person at the machine may do to the contractor register while the service is stopped.</summary>
public static class ContractCommands
{
    /// <summary><c>roomguard contracts-import</c>: contracts and preconditions of an invented site.</summary>
    public static async Task<int> ImportAsync(ServiceSettings settings, string file, TimeProvider time, Func<int, byte[]> randomBytes, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(output);
        if (settings.Site.Environment != EnvironmentKind.Test)
        {
            await output.WriteLineAsync("Only a site marked Test takes contracts from a file. A real site registers them at /contracts.");
            return ExitCodes.Findings;
        }

        ContractList list;
        try
        {
            await using var json = File.OpenRead(file);
            list = ContractList.Read(json);
        }
        catch (JsonException wrong)
        {
            await output.WriteLineAsync($"{file}: {wrong.Message}");
            return ExitCodes.Findings;
        }

        var folders = new ServiceFolders(settings, time, randomBytes);
        await using var record = folders.OpenRecord(null, CancellationToken.None);
        var problems = record.Readers.AskNow(db => list.Problems(
            person => db.Value("SELECT 1 FROM view_people WHERE person = $1", person.Value) is not null,
            new SiteBook(record, settings).Now.Zones.Select(zone => zone.Id).ToFrozenSet()).ToList());
        foreach (var problem in problems)
        {
            await output.WriteLineAsync($"× {problem}");
        }

        if (problems.Count > 0)
        {
            return ExitCodes.Findings;
        }

        _ = await record.AppendAsync([.. list.Facts(time.GetUtcNow(), Actor.Console.Id).Select(Draft.Of)], null, CancellationToken.None);
        await output.WriteLineAsync($"{list.Contracts.Length} contracts, {list.Preconditions.Length} preconditions recorded.");
        return ExitCodes.Ok;
    }
}
