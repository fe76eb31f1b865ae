using RoomGuard.Core.Climate;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Climate;
using RoomGuard.Dashboard.Text;
using RoomGuard.Service.Climate;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Dashboard;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Climate;

/// <summary>消火設備: who keeps its register, and what is a finding.</summary>
public sealed class FireEquipmentDeskTests
{
    private static readonly FireEquipment Gas = new("FE-01", new("SRV-1"), "窒素ガス消火設備", AgentKind.Gas, "製造者証明書 2024-118", new(2026, 4, 1));

    [Theory]
    [InlineData(AgentKind.Gas, "証明書", "2026-04-01", "2026-10-01", "")]
    [InlineData(AgentKind.Gas, "証明書", "2026-04-01", "2026-10-02", "InspectionOverdue")]
    [InlineData(AgentKind.Gas, "", "2026-04-01", "2026-05-01", "NoStatement")]
    [InlineData(AgentKind.Powder, "", null, "2026-05-01", "HarmfulAgent NeverInspected")]
    [InlineData(AgentKind.Water, "防水盤の証明書", "2026-04-01", "2026-05-01", "")]
    [Requirement("R-ENV-07")]
    public void What_is_missing_is_a_finding(AgentKind agent, string statement, string? inspected, string today, string expected)
    {
        var equipment = Gas with { Agent = agent, Statement = statement, InspectedOn = inspected is null ? null : DateOnly.ParseExact(inspected, "yyyy-MM-dd", null) };

        Assert.Equal(expected, string.Join(' ', FireEquipmentRules.Of(equipment, DateOnly.ParseExact(today, "yyyy-MM-dd", null))));
    }

    [Fact]
    [Requirement("R-ENV-07")]
    public async Task The_register_is_kept_by_SUP_and_FAC_and_an_area_without_any_is_a_finding()
    {
        await using var rig = await Begin();
        var desk = new FireEquipmentDesk(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);
        var gas = Gas with { InspectedOn = DateOnly.FromDateTime(rig.Service.Time.GetUtcNow().UtcDateTime).AddMonths(-7) };
        foreach (var person in new[] { Chief, Security, Manager, Operator, Audits, Staff, Contractor })
        {
            Assert.Equal("R-ENV-07", (await desk.Register(gas, rig.As(person), Never)).Refusal!.Rule);
            Assert.Equal("R-ENV-07", (await desk.Retire("FE-01", rig.As(person), Never)).Refusal!.Rule);
        }

        Assert.Contains(new("SRV-1"), (await desk.Look(rig.As(Manager), Never)).Bare);
        Assert.True((await desk.Register(gas, rig.As(Facility), Never)).Ok);
        Assert.Equal(FieldFault.NothingToChange, Assert.Single((await desk.Register(gas, rig.As(Supervisor), Never)).Problems).Fault);
        var look = await desk.Look(rig.As(Manager), Never);
        Assert.Equal([FireFinding.InspectionOverdue], Assert.Single(look.Lines).Findings.AsEnumerable());
        Assert.DoesNotContain(new("SRV-1"), look.Bare);
        Assert.False(look.MayKeep);

        // Its inspection stands in the calendar, for who may see it.
        var due = FireEquipmentRules.DueOn(gas)!.Value;
        Assert.Equal("FE-01", Assert.Single(await desk.Due(due, due, 10, rig.As(Facility), Paper.Ink(), Never)).Number);
        Assert.Empty(await desk.Due(due, due, 10, rig.As(Contractor), Paper.Ink(), Never));
        Assert.Empty(await desk.Due(due.AddDays(1), due.AddDays(9), 10, rig.As(Facility), Paper.Ink(), Never));

        Assert.True((await desk.Retire("FE-01", rig.As(Supervisor), Never)).Ok);
        Assert.Empty((await desk.Look(rig.As(Manager), Never)).Lines);
        Assert.Equal(FieldFault.Unknown, Assert.Single((await desk.Retire("FE-01", rig.As(Supervisor), Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-ENV-07")]
    public async Task What_cannot_be_is_refused_at_its_field()
    {
        await using var rig = await Begin();
        var desk = new FireEquipmentDesk(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);
        var wrong = new FireEquipment("", new("NO-1"), " ", (AgentKind)9, "", new(2999, 1, 1));

        Assert.Equal(["no", "label", "inspectedOn", "zone", "agent"], (await desk.Register(wrong, rig.As(Facility), Never)).Problems.Select(problem => problem.Field));
        Assert.Empty((await desk.Look(rig.As(Facility), Never)).Lines);
    }
}
