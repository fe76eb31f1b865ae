using RoomGuard.Core.Doors;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Modes;
using RoomGuard.Service.Modes;
using RoomGuard.Service.Presence;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Modes;

/// <summary>区域の状態 (R-DOOR-15, R-VIS-11) and 入室目的 (R-WORK-05).</summary>
public sealed class ModeDeskTests
{
    [Theory]
    [InlineData(ZoneMode.Fire, "S-0002 S-0101 S-0102 S-0110 S-0801")]
    [InlineData(ZoneMode.Drill, "S-0002 S-0101 S-0102 S-0110")]
    [InlineData(ZoneMode.Alarm, "S-0002 S-0101 S-0102 S-0110")]
    [InlineData(ZoneMode.Maintenance, "S-0102")]
    [Requirement("R-DOOR-15")]
    [Requirement("R-VIS-11")]
    public async Task Each_mode_is_begun_and_ended_by_those_who_may_and_nobody_else(ZoneMode mode, string may)
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        foreach (var person in new[] { Chief, Supervisor, Security, Manager, OtherManager, Operator, Audits, Facility, Staff, Contractor })
        {
            var allowed = may.Split(' ').Contains(person);
            // A second manager answers for another zone, which matters for maintenance alone.
            allowed |= person == OtherManager && mode is not ZoneMode.Maintenance;
            Assert.Equal(allowed, (await desk.Set(Form(rig, mode), rig.As(person), Never)).Ok);
            if (allowed)
            {
                Assert.Equal(mode, (await desk.Now(Never))[0].Mode);
                Assert.True((await desk.Set(Form(rig, ZoneMode.Normal), rig.As(person), Never)).Ok);
            }
        }
    }

    [Fact]
    public async Task Maintenance_names_who_works_and_when_it_ends()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        var form = Form(rig, ZoneMode.Maintenance);

        Assert.Equal("person", Assert.Single((await desk.Set(form with { Person = null }, rig.As(Manager), Never)).Problems).Field);
        Assert.Equal("until", Assert.Single((await desk.Set(form with { Until = null }, rig.As(Manager), Never)).Problems).Field);
        Assert.Equal(FieldFault.OutOfRange, Assert.Single((await desk.Set(form with { Until = rig.Service.Time.GetUtcNow().AddHours(24).AddSeconds(1) }, rig.As(Manager), Never)).Problems).Fault);
        Assert.True((await desk.Set(form with { Until = rig.Service.Time.GetUtcNow().AddHours(24) }, rig.As(Manager), Never)).Ok);

        rig.Service.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(ZoneMode.Normal, (await desk.Now(Never))[0].Mode);
    }

    [Fact]
    [Requirement("R-DOOR-15")]
    public async Task A_mode_shows_who_ordered_it_and_where_it_is_not_in_force_yet()
    {
        await using var rig = await Begin();
        var desk = DeskOf(rig);
        Assert.True((await desk.Set(Form(rig, ZoneMode.Fire), rig.As(Facility), Never)).Ok);
        var told = (await desk.Now(Never))[0];
        Assert.Equal(("架空 施子", "bridge-1"), (told.OrderedBy, Assert.Single(told.PendingAt).Value));

        await rig.Service.Send(rig.Service.Journal.Write(new RoomOrderApplied(rig.Service.Time.GetUtcNow(), rig.Service.Record.Size - 1, new ZoneModeOrder(A.Room, ZoneMode.Fire, null, null, "発煙", Facility))));
        Assert.Empty((await desk.Now(Never))[0].PendingAt);
        Assert.Equal(FieldFault.NothingToChange, Assert.Single((await desk.Set(Form(rig, ZoneMode.Fire), rig.As(Facility), Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-WORK-05")]
    public async Task A_purpose_is_told_for_zones_that_ask_by_who_may_enter_them()
    {
        await using var rig = await Begin();
        await rig.Write(new RoomGuard.Core.People.GrantRecorded(rig.Service.Time.GetUtcNow(), A.Grant(), "new", "test"));
        var zones = rig.Service.Settings.Zones;
        var settings = rig.Service.Settings with { Zones = [zones[0] with { Rules = RoomGuard.Core.Zones.EntryRules.Common with { PurposeNeeded = true } }, .. zones[1..]] };
        var desk = new PurposeDesk(rig.Service.Record, settings, rig.Service.Turn, rig.Service.Time);

        Assert.Equal(A.Room, Assert.Single(await desk.Mine(rig.As(Staff), Never)).Zone);
        Assert.Empty(await desk.Mine(rig.As(Colleague), Never));
        Assert.False((await desk.Tell(A.Room, "W-0152", null, rig.As(Colleague), Never)).Ok);
        Assert.False((await desk.Tell(A.Room, "", null, rig.As(Staff), Never)).Ok);
        Assert.False((await desk.Tell(A.Room, "W-0152", rig.Service.Time.GetUtcNow().AddDays(7).AddSeconds(1), rig.As(Staff), Never)).Ok);

        Assert.True((await desk.Tell(A.Room, "W-0152", null, rig.As(Staff), Never)).Ok);
        var told = Assert.Single(await desk.Mine(rig.As(Staff), Never));
        Assert.Equal(("W-0152", new DateTimeOffset(2026, 5, 11, 15, 0, 0, TimeSpan.Zero), true), (told.PurposeRef, told.Until, told.Pending));

        rig.Service.Time.Advance(TimeSpan.FromHours(15));
        Assert.Null(Assert.Single(await desk.Mine(rig.As(Staff), Never)).PurposeRef);
    }

    private static ModeDesk DeskOf(CaseRig rig) => new(rig.Service.Record, rig.Service.Settings, rig.Guard, rig.Service.Turn, rig.Service.Time);

    private static ZoneModeForm Form(CaseRig rig, ZoneMode mode) => new(
        A.Room, mode, mode is ZoneMode.Maintenance ? new(Contractor) : null, mode is ZoneMode.Maintenance ? rig.Service.Time.GetUtcNow().AddHours(2) : null, "発煙");
}
