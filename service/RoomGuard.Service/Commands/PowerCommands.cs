using System.Text.Json;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Hosting;

namespace RoomGuard.Service.Commands;

/// <summary>What a person at the machine may do to shutdown plans while the service is stopped.</summary>
public static class PowerCommands
{
    private const string Console = "console";

    /// <summary><c>roomguard power-plan-import</c>: the shutdown plan of an invented site. Does nothing when a plan of that name stands.</summary>
    public static async Task<int> ImportAsync(ServiceSettings settings, string file, TimeProvider time, Func<int, byte[]> randomBytes, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(output);
        if (settings.Site.Environment != EnvironmentKind.Test)
        {
            await output.WriteLineAsync("Only a site marked Test takes a shutdown plan from a file. A real site makes it at /power/plan.");
            return ExitCodes.Findings;
        }

        PowerPlan plan;
        try
        {
            await using var json = File.OpenRead(file);
            plan = (await JsonSerializer.DeserializeAsync(json, RecordJson.Plain.PowerPlan))!;
        }
        catch (JsonException wrong)
        {
            await output.WriteLineAsync($"{file}: {wrong.Message}");
            return ExitCodes.Findings;
        }

        if (plan.Problems().ToArray() is { Length: > 0 } problems)
        {
            await output.WriteLineAsync($"{file}:\n  {string.Join("\n  ", problems)}");
            return ExitCodes.Findings;
        }

        var folders = new ServiceFolders(settings, time, randomBytes);
        await using var record = folders.OpenRecord(null, CancellationToken.None);
        var order = new PowerPlanOrder(plan, Withdrawn: false, Console);
        if (record.Readers.AskNow(db => db.Value("SELECT 1 FROM view_room_orders WHERE key = $1", order.Key)) is not null)
        {
            await output.WriteLineAsync($"A plan {plan.Id} stands already.");
            return ExitCodes.Ok;
        }

        _ = await record.AppendAsync(new RoomOrdered(time.GetUtcNow(), order, Console), CancellationToken.None);
        await output.WriteLineAsync($"The plan {plan.Id} with {plan.Stages.Length} stages is recorded.");
        return ExitCodes.Ok;
    }
}
