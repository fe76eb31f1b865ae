using System.Security.Cryptography;
using System.Text.Json;
using RoomGuard.Core.Power;
using RoomGuard.Core.Record;
using RoomGuard.Hosting;
using RoomGuard.Service.Commands;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Service.Power;

/// <summary>A plan that comes from a file is judged as one from the page.</summary>
public sealed class PowerCommandsTests : IDisposable
{
    private static readonly PowerPlan Plan = APlan.Usual with { Stages = [APlan.Usual.Stages[0] with { Webhook = "vm-cluster" }, .. APlan.Usual.Stages[1..]] };

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    [Requirement("R-PWR-04")]
    public async Task A_plan_whose_receiver_has_no_name_is_refused_with_the_place()
    {
        await using var rig = new ServiceRig();
        using var said = new StringWriter();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(Plan, RecordJson.Plain.PowerPlan).Replace("vm-cluster", "vm cluster", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Findings, await PowerCommands.ImportAsync(rig.Settings, file, rig.Time, RandomNumberGenerator.GetBytes, said));
        Assert.Contains("stages.stage-1: webhook \"vm cluster\" is not a name", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_without_a_receiver_is_written_as_before_there_were_any()
    {
        Assert.DoesNotContain("webhook", JsonSerializer.Serialize(APlan.Usual, RecordJson.Plain.PowerPlan), StringComparison.OrdinalIgnoreCase);
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(Plan, RecordJson.Plain.PowerPlan), RecordJson.Plain.PowerPlan)!;
        Assert.Equal(["vm-cluster", null, null], read.Stages.Select(stage => stage.Webhook));
    }
}
