using RoomGuard.Core.Power;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Power;

/// <summary>Every sentence a plan is refused with has its Japanese.</summary>
public class PowerPlanTextTests
{
    public static TheoryData<string, PowerPlan> Impossible => new()
    {
        { "計画の番号", APlan.Usual with { Id = "" } },
        { "UPS: ", APlan.Usual with { Units = ["ups-1", "ups-1"] } },
        { "必要台数: 2", APlan.Usual with { UnitsNeeded = 2 } },
        { "段: 1〜20", APlan.Usual with { Stages = [] } },
        { "「stage-1」", APlan.Usual with { Stages = [APlan.Usual.Stages[0], APlan.Usual.Stages[1] with { Name = "stage-1" }] } },
        { "「vm-1」", APlan.Usual with { Stages = [APlan.Usual.Stages[0], APlan.Usual.Stages[1] with { Hosts = [APlan.Usual.Stages[0].Hosts[0]] }] } },
        { "段 stage-1: 機器を 1〜200", APlan.Usual with { Stages = [APlan.Usual.Stages[0] with { Hosts = [] }] } },
        { "機器 db-1: 停止に 0 秒", APlan.Usual with { Stages = [APlan.Usual.Stages[1] with { Hosts = [new("db-1", "DB", "DB", 0)] }] } },
        { "段 stage-1: Webhook「vm cluster」", APlan.Usual with { Stages = [APlan.Usual.Stages[0] with { Webhook = "vm cluster" }] } },
        { "余裕の倍率: 9", APlan.Usual with { Margin = 9 } },
        { "再起動の充電率", APlan.Usual with { RestartChargePercent = 101 } },
        { "電源を要する機器 lock-1: -1", APlan.Usual with { Backed = [new("lock-1", "錠", "Lock", "ups-1", -1)] } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_plan_that_cannot_be_says_why_in_Japanese_too(string says, PowerPlan plan)
    {
        var words = plan.Problems().Select(PowerPlanText.Of).ToArray();

        Assert.Contains(words, word => word.Ja.Contains(says, StringComparison.Ordinal));
        Assert.All(words, word => Assert.NotEqual(word.En, word.Ja));
    }
}
