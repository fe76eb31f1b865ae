using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Power;
using RoomGuard.Service.Power;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Power;

/// <summary>UPSの操作 at the office: who asks, who confirms, and what never reaches a bridge.</summary>
public sealed class UpsCommandDeskTests
{
    private static readonly UpsCommandForm Test = new("ups-1", UpsCommand.BatteryTestQuick, 0, "半年ごとの蓄電池点検");
    private static readonly UpsCommandForm Off = new("ups-1", UpsCommand.OutputOff, 60, "分電盤の工事");

    [Fact]
    [Requirement("R-PWR-10")]
    public async Task A_command_is_asked_by_operations_staff_and_goes_to_the_bridge_when_another_person_confirms_it()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        foreach (var person in new[] { Chief, Supervisor, Security, Manager, Audits, Facility, Staff, Contractor })
        {
            Assert.NotNull((await desk.Ask(Test, rig.As(person), Never)).Refusal);
        }

        var id = (await desk.Ask(Test, rig.As(Operator), Never)).Id!;
        Assert.Equal("UC-0001", id);
        Assert.Empty(Ordered(rig));
        foreach (var person in new[] { Chief, Supervisor, Security, Manager, Audits, Staff, Contractor })
        {
            Assert.NotNull((await desk.Confirm(id, rig.As(person), Never)).Refusal);
        }

        Assert.Empty(Ordered(rig));
        Assert.True((await desk.Confirm(id, rig.As(Facility), Never)).Ok);
        var order = Assert.Single(Ordered(rig));
        Assert.Equal(new UpsCommandOrder(id, "ups-1", UpsCommand.BatteryTestQuick, 0, Test.Reason, Operator, Facility, rig.Service.Time.GetUtcNow()), order);
        Assert.Equal(UpsCommandState.Sent, (await Line(rig, id)).State);
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public async Task Another_of_operations_staff_is_a_second_person_too()
    {
        await using var rig = await Begin();
        await rig.Hold(Colleague, Role.SystemStaff, "情報政策課");
        var id = (await DeskOf(rig).Ask(Test, rig.As(Operator), Never)).Id!;

        Assert.True((await DeskOf(rig).Confirm(id, rig.As(Colleague), Never)).Ok);
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public async Task The_same_person_never_confirms_by_whichever_role_or_account()
    {
        await using var rig = await Begin();
        await rig.Hold(Operator, Role.FacilityStaff, "管財課");
        var desk = DeskOf(rig);
        var id = (await desk.Ask(Test, rig.As(Operator), Never)).Id!;
        foreach (var account in new[] { "A-1", "A-2.admin" })
        {
            var refused = await desk.Confirm(id, rig.As(Operator) with { Account = new(account) }, Never);
            Assert.Equal("R-PWR-10", refused.Refusal?.Rule);
        }

        Assert.Empty(Ordered(rig));
        Assert.Contains("act.refused", rig.Service.Kinds());
        Assert.Equal(id, (await DeskOf(rig).Look("ups-1", rig.As(Facility), Never))!.Unit.WaitingCommand);
        Assert.False((await Line(rig, id, Operator)).MayConfirm);
        Assert.True((await Line(rig, id, Facility)).MayConfirm);
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public async Task Confirmed_twice_is_sent_once()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var id = (await desk.Ask(Test, rig.As(Operator), Never)).Id!;
        Assert.True((await desk.Confirm(id, rig.As(Facility), Never)).Ok);

        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.Confirm(id, rig.As(Facility), Never)));
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.Drop(id, "やめる", rig.As(Operator), Never)));
        Assert.Single(Ordered(rig));
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public async Task A_request_lapses_after_a_quarter_of_an_hour_and_another_may_be_made()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var id = (await desk.Ask(Test, rig.As(Operator), Never)).Id!;
        rig.Service.Time.Advance(TimeSpan.FromMinutes(15));
        Hear(rig);

        Assert.Equal(FieldFault.CommandExpired, Fault(await desk.Confirm(id, rig.As(Facility), Never)));
        Assert.Equal(UpsCommandState.Expired, (await Line(rig, id)).State);
        Assert.Empty(Ordered(rig));
        Assert.Equal("UC-0002", (await desk.Ask(Test, rig.As(Operator), Never)).Id);
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public async Task The_asker_takes_it_back_and_the_second_person_may_say_no()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var first = (await desk.Ask(Test, rig.As(Operator), Never)).Id!;
        Assert.Equal("reason", Assert.Single((await desk.Drop(first, " ", rig.As(Operator), Never)).Problems).Field);
        Assert.NotNull((await desk.Drop(first, "やめる", rig.As(Manager), Never)).Refusal);
        Assert.True((await desk.Drop(first, "工事の延期", rig.As(Operator), Never)).Ok);
        Assert.Equal(FieldFault.NothingToChange, Fault(await desk.Confirm(first, rig.As(Facility), Never)));

        var second = (await desk.Ask(Test, rig.As(Operator), Never)).Id!;
        Assert.True((await desk.Drop(second, "今は困る", rig.As(Facility), Never)).Ok);
        Assert.Empty(Ordered(rig));
        Assert.Equal((UpsCommandState.Dropped, "今は困る"), ((await Line(rig, second)).State, (await Line(rig, second)).Note));
    }

    [Fact]
    [Requirement("R-PWR-10")]
    [Requirement("R-NET-04")]
    public async Task A_unit_that_allows_nothing_and_forged_choices_are_refused()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        Assert.Equal(FieldFault.CommandNotAllowed, Fault(await desk.Ask(Test with { Command = UpsCommand.BatteryTestDeep }, rig.As(Operator), Never)));
        Assert.Equal(FieldFault.CommandNotAllowed, Fault(await desk.Ask(Test with { Command = (UpsCommand)99 }, rig.As(Operator), Never)));
        Assert.Equal(FieldFault.OutOfRange, Fault(await desk.Ask(Off with { DelaySeconds = 0 }, rig.As(Operator), Never)));
        Assert.Equal(FieldFault.OutOfRange, Fault(await desk.Ask(Test with { DelaySeconds = -1 }, rig.As(Operator), Never)));
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Ask(Test with { Ups = "ups-9" }, rig.As(Operator), Never)));
        Assert.Equal(FieldFault.Required, Fault(await desk.Ask(Test with { Reason = " " }, rig.As(Operator), Never)));

        Hear(rig, offers: []);
        Assert.Equal(FieldFault.CommandNotAllowed, Fault(await desk.Ask(Test, rig.As(Operator), Never)));
        Assert.Empty((await desk.Look("", rig.As(Operator), Never))!.Choices);
        Assert.Equal(FieldFault.Unknown, Fault(await desk.Confirm("UC-0099", rig.As(Facility), Never)));
        Assert.Null(await desk.Find("UC-0099", rig.As(Facility), Never));
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public async Task A_silent_bridge_is_sent_nothing_and_nothing_is_kept_for_it()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var id = (await desk.Ask(Test, rig.As(Operator), Never)).Id!;
        rig.Service.Time.Advance(TimeSpan.FromSeconds(16));

        Assert.Equal(FieldFault.BridgeSilent, Fault(await desk.Confirm(id, rig.As(Facility), Never)));
        Assert.Empty(Ordered(rig));
        Hear(rig);
        Assert.True((await desk.Confirm(id, rig.As(Facility), Never)).Ok);

        // No word comes back: after all the time it could take the page says so.
        rig.Service.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(UpsCommandState.NoWord, (await Line(rig, id)).State);
        Assert.False((await Line(rig, id, Facility)).MayConfirm);
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public async Task Output_off_is_neither_asked_nor_confirmed_while_a_server_on_it_may_be_up()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        await rig.Write(new RoomOrdered(rig.Service.Time.GetUtcNow(), new PowerPlanOrder(APlan.Usual, Withdrawn: false, Manager), Manager));

        // The bridge has not told who is logged in.
        Assert.Equal(FieldFault.ServersUp, Fault(await desk.Ask(Off, rig.As(Operator), Never)));
        Hear(rig, up: ["db-1"]);
        Assert.Equal("db-1", Assert.Single((await desk.Ask(Off, rig.As(Operator), Never)).Problems).Value);
        Hear(rig, up: []);
        var id = (await desk.Ask(Off, rig.As(Operator), Never)).Id!;
        Hear(rig, up: ["db-1"]);
        Assert.Equal(FieldFault.ServersUp, Fault(await desk.Confirm(id, rig.As(Facility), Never)));
        Assert.Equal(["db-1"], (await desk.Find(id, rig.As(Facility), Never))!.Look!.Hosts.Where(host => host.IsUp is true).Select(host => host.Host.User));

        Hear(rig, up: []);
        Assert.True((await desk.Confirm(id, rig.As(Facility), Never)).Ok);
    }

    [Fact]
    public async Task One_command_at_a_time_and_its_result_is_shown()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var id = (await desk.Ask(Test, rig.As(Operator), Never)).Id!;
        Assert.Equal((FieldFault.CommandWaits, id), (Fault(await desk.Ask(Test, rig.As(Operator), Never)), (await desk.Ask(Test, rig.As(Operator), Never)).Problems[0].Value));
        Assert.True((await desk.Confirm(id, rig.As(Facility), Never)).Ok);
        Assert.Equal(FieldFault.CommandWaits, Fault(await desk.Ask(Test, rig.As(Operator), Never)));

        await rig.Write(new UpsCommandEnded(rig.Service.Time.GetUtcNow(), id, "ups-1", UpsCommand.BatteryTestQuick, Operator, Facility, UpsCommandResult.RefusedByUnit, "exception 4, DeviceFailure"));
        var line = await Line(rig, id);
        Assert.Equal((UpsCommandState.Ended, UpsCommandResult.RefusedByUnit, "exception 4, DeviceFailure", "架空 操", "架空 施子"), (line.State, line.Result, line.Note, line.AskedBy, line.ClosedBy));
        Assert.True((await desk.Ask(Test, rig.As(Operator), Never)).Ok);
    }

    private static async Task<CaseRig> Begin()
    {
        var rig = await CaseRig.Begin();
        Hear(rig);
        return rig;
    }

    private static UpsCommandDesk DeskOf(CaseRig rig) => new(
        rig.Service.Record, new(rig.Service.Record, rig.Service.States, rig.Service.Settings, rig.Service.Time), rig.Guard, rig.Service.Turn, rig.Service.Time);

    private static void Hear(CaseRig rig, ImmutableArray<UpsCommandOffer>? offers = null, ImmutableArray<string>? up = null)
    {
        var now = rig.Service.Time.GetUtcNow();
        var unit = AUnit.OnMains("ups-1", 1800, now) with { Commands = offers ?? [new(UpsCommand.BatteryTestQuick), new(UpsCommand.OutputOff, 60, 60, ComesBack: true)] };
        ImmutableArray<PlanNow> plans = up is not { } users ? [] :
        [
            new("srv-1", 1, false, null, false, PowerForecast.Of(APlan.Usual, new(new()), 1800), [.. APlan.Usual.Stages.Select(stage => new StageNow(stage.Name, null, null, stage.Name == "stage-2" ? users : [], []))]),
        ];
        rig.Service.States.Hear(new("bridge-1"), A.State(now) with { Power = new(now, [unit], plans) });
    }

    private static async Task<UpsCommandLine> Line(CaseRig rig, string id, string by = Operator) => (await DeskOf(rig).Find(id, rig.As(by), Never))!.Line;

    private static FieldFault Fault(ActResult result) => Assert.Single(result.Problems).Fault;

    private static ImmutableArray<UpsCommandOrder> Ordered(CaseRig rig) =>
        [.. rig.Service.Record.Read(0, 10_000).Select(entry => RecordViews.ItemOf(entry).Event).OfType<RoomOrdered>().Select(item => item.Order).OfType<UpsCommandOrder>()];
}
