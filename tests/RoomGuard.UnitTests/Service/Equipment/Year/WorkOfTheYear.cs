using RoomGuard.Core.Cabinets;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.Alarms;
using RoomGuard.TestKit;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;
using static RoomGuard.UnitTests.Service.Equipment.Year.EquipmentYear;

namespace RoomGuard.UnitTests.Service.Equipment.Year;

/// <summary>Work in the year: alone for two minutes, never ended, a disk swapped, a rack opened with and without it.</summary>
public sealed class WorkOfTheYear
{
    [Fact]
    [Requirement("R-WORK-02")]
    [Requirement("R-WORK-06")]
    public Task Alone_in_a_change_for_two_minutes() => Tell(Alone);

    [Fact]
    [Requirement("R-WORK-06")]
    public Task Alone_behind_a_thousand_works_that_nobody_confirmed() => Tell(AloneAmongMany);

    [Fact]
    [Requirement("R-WORK-01")]
    public Task A_work_that_nobody_ends() => Tell(NeverEnded);

    [Fact]
    [Requirement("R-MOVE-09")]
    [Requirement("R-LIFE-04")]
    public Task A_disk_is_swapped_and_the_old_one_erased() => Tell(DiskSwapped);

    [Fact]
    [Requirement("R-ZONE-10")]
    public Task A_rack_is_opened_without_work_with_it_and_left_open() => Tell(RackOpened);

    internal static void Alone(EquipmentYear year)
    {
        WorkId work = default;
        year.At("2027-09-13 09:00", async () =>
        {
            work = await year.Permitted(AWork(WorkKind.SystemChange, "2027-09-13 09:30", "2027-09-13 12:00"));
            await year.Enters(Operator);
            await year.Enters(SecondOperator);
        });
        year.At("2027-09-13 09:30", () => year.Begins(work));

        // A gap of less than two minutes is none.
        year.At("2027-09-13 09:40", () => year.Leaves(SecondOperator));
        year.At("2027-09-13 09:41:59", () => year.Enters(SecondOperator));
        year.At("2027-09-13 09:45", () => Assert.DoesNotContain(year.Told<WorkAlone>(), told => told.Work == work));

        year.At("2027-09-13 10:00", () => year.Leaves(SecondOperator));
        year.At("2027-09-13 10:01:59", () => Assert.DoesNotContain(year.Told<WorkAlone>(), told => told.Work == work));
        year.At("2027-09-13 10:02", () =>
        {
            Assert.Equal((ServerRoom, 1), Assert.Single(year.Told<WorkAlone>(), told => told.Work == work) is var told ? (told.Zone, told.Present) : default);
            Assert.Contains(year.Ask(AlarmRows.AllOpen), alarm => alarm.Kind == AlarmKinds.LoneWork && alarm.Subject == work.Value && alarm.IsActive);
        });
        year.RestartsAt("2027-09-13 10:03");
        year.At("2027-09-13 10:05", () => year.Enters(SecondOperator));
        year.At("2027-09-13 10:06", () =>
        {
            Assert.Single(year.Told<WorkAlone>(), told => told.Work == work);
            Assert.Equal(["2027-09-13 10:05"], year.TimesOf<WorkAccompanied>(told => told.Work == work));
            Assert.DoesNotContain(year.Ask(AlarmRows.AllOpen), alarm => alarm.Kind == AlarmKinds.LoneWork && alarm.Subject == work.Value && alarm.IsActive);
        });
        year.At("2027-09-13 11:00", async () =>
        {
            await year.Ends(work);
            await year.Leaves(Operator);
            await year.Leaves(SecondOperator);
        });

        // Five minutes alone are no proof of two: it is not confirmed as done.
        year.At("2027-09-13 11:30", async () => Assert.Equal("CheckersNotProven", Assert.Single((await year.Works.Check(work, year.Of(work).Version, "", year.As(SecondOperator), Never)).Problems).Value));
    }

    // By itself, not with the others: the register is full of what was ended years ago and is still to be confirmed.
    internal static void AloneAmongMany(EquipmentYear year)
    {
        year.At("2027-04-02 08:00", () => year.Write([
            .. from at in Enumerable.Range(1, 1000)
               let id = new WorkId($"W-2020-{at:0000}")
               let plan = AWork(WorkKind.Maintenance, "2020-04-01 09:00", "2020-04-01 12:00") with { Performers = [new(Facility)] }
               from one in new RecordedEvent[]
               {
                   new WorkPermitted(plan.From, new(id, new("P-2020-0001"), plan, "定期", false, new(Operator), plan.From, new(Manager), Role.SystemManager, plan.From, ""), Manager),
                   new WorkStarted(plan.From, id, ServerRoom, [], Operator),
                   new WorkEnded(plan.Until, id, ServerRoom, plan.Until, new(WorkResult.Done, null, null, null, null, null, ""), Operator),
               }
               select one,
        ]));
        WorkId work = default;
        year.At("2027-04-02 09:00", async () =>
        {
            work = await year.Permitted(AWork(WorkKind.SystemChange, "2027-04-02 09:00", "2027-04-02 12:00"));
            await year.Enters(Operator);
            await year.Enters(SecondOperator);
            await year.Begins(work);
            await year.Leaves(SecondOperator);
        });
        year.At("2027-04-02 09:02", () => Assert.Single(year.Told<WorkAlone>(), told => told.Work == work));
        year.At("2027-04-02 09:03", year.GoesNoFurther);
    }

    internal static void NeverEnded(EquipmentYear year)
    {
        WorkId work = default;
        year.At("2027-09-20 09:00", async () =>
        {
            work = await year.Permitted(AWork(WorkKind.Maintenance, "2027-09-20 09:30", "2027-09-20 17:00"));
            await year.Enters(Operator);
        });
        year.At("2027-09-20 09:30", () => year.Begins(work));
        year.At("2027-09-20 12:00", () => year.Leaves(Operator));
        year.At("2027-09-20 12:14:59", () => Assert.DoesNotContain(year.Told<WorkReminded>(), told => told.Work == work));
        year.At("2027-09-20 12:15", () => Assert.Equal([new(Operator)], Assert.Single(year.Told<WorkReminded>(), told => told.Work == work).People.AsEnumerable()));
        year.RestartsAt("2027-09-21 06:00");
        year.At("2027-09-21 12:14:59", () => Assert.Single(year.Told<WorkReminded>(), told => told.Work == work));
        year.At("2027-09-21 12:15", () => Assert.Equal(["2027-09-20 12:15", "2027-09-21 12:15"], year.TimesOf<WorkReminded>(told => told.Work == work)));
        year.At("2027-09-22 12:15", () => Assert.Equal(3, year.Told<WorkReminded>().Count(told => told.Work == work)));

        // Ended at last: its end is when the last of them went.
        year.At("2027-09-22 13:00", async () =>
        {
            await year.Ends(work);
            Assert.Equal("2027-09-20 12:00", Clock(year.Of(work).EndedAt!.Value));
            await year.Confirms(work, Manager);
        });
        year.At("2028-05-01 00:00", () => Assert.Equal(3, year.Told<WorkReminded>().Count(told => told.Work == work)));
    }

    internal static void DiskSwapped(EquipmentYear year)
    {
        AssetTag server = new("AS-21001"), disk = default;
        WorkId work = default;
        year.At("2027-09-06 09:00", async () =>
        {
            await year.Registered(Server(server), ServerRoom, ImportanceClass.I);
            await year.Write(new ContractRecorded(
                year.Now, new(new("K-2027-0901"), "保守", [new("例示保守", "保守", Day("2027-09-01"))], "例示 託也", "情報政策課", [ServerRoom], [new(new(Contractor), "例示保守")], Day("2027-09-01"), Day("2028-09-01"), Day("2027-08-20"), "適"), "test"));
            work = await year.Permitted(
                AWork(WorkKind.PartSwap, "2027-09-07 09:00", "2027-09-07 12:00") with { Targets = [server.Value], Performers = [new(Contractor)], Checkers = [new(Staff)], Contract = "K-2027-0901" }, Manager, Supervisor);
            await year.Enters(Contractor);
            await year.Enters(Staff);
        });
        year.At("2027-09-07 09:00", () => year.Begins(work, Contractor));
        year.At("2027-09-07 09:10", async () =>
        {
            Assert.Equal("NoPartRecorded", Assert.Single((await year.Works.End(work, year.Of(work).Version, new(WorkResult.Done, WorkImpact.None, null, null, null, null, ""), year.As(Contractor), Never)).Problems).Value);
            Done(await year.Works.Swap(work, year.Of(work).Version, new(server, $"SSD-{server}", "SSD-21999", "SSD", true), year.As(Contractor), Never));
            disk = year.Of(work).Parts[0].RemovedAs!.Value;
        });
        year.At("2027-09-07 10:00", async () =>
        {
            Done(await year.Works.End(work, year.Of(work).Version, new(WorkResult.Done, WorkImpact.None, null, null, null, null, ""), year.As(Contractor), Never));
            await year.Confirms(work, Staff);
            await year.Leaves(Contractor);
            await year.Leaves(Staff);
        });

        // Owed for as long as it takes, and in no time on its way out.
        year.At("2027-12-01 09:00", async () =>
        {
            Assert.Contains(await year.Disposals.Owed(year.As(Audits), Never), owed => owed.Tag == disk && owed.From == server);
            Assert.Equal(FieldFault.RemovedNotErased, Fault(await year.Apply(new MoveMatter(Out(disk, "2027-12-01 10:00", "2027-12-01 12:00")), Operator)));
            await year.Erased(await year.Permitted(DisposalKind.Reuse, disk), disk, $"SSD-{server}");
        });
        year.At("2027-12-01 09:01", async () => Assert.DoesNotContain(await year.Disposals.Owed(year.As(Audits), Never), owed => owed.Tag == disk));
    }

    internal static void RackOpened(EquipmentYear year)
    {
        WorkId work = default;
        year.At("2027-11-08 02:10", () => year.Tells(new CabinetOpened(year.Now, Rack, ServerRoom)));
        year.At("2027-11-08 02:11", () =>
        {
            Assert.Equal(Japan("2027-11-08 02:10"), Assert.Single(year.Told<CabinetOpenedWithoutWork>()).OpenedAt);
            Assert.Contains(year.Ask(AlarmRows.AllOpen), alarm => alarm.Kind == AlarmKinds.CabinetOpened);
        });
        year.RestartsAt("2027-11-08 02:12");
        year.At("2027-11-08 02:20", () => year.Tells(new CabinetClosed(year.Now, Rack, ServerRoom)));

        year.At("2027-11-09 09:00", async () =>
        {
            work = await year.Permitted(AWork(WorkKind.Maintenance, "2027-11-09 09:00", "2027-11-09 12:00"));
            await year.Enters(Operator);
            await year.Begins(work);
        });
        year.At("2027-11-09 09:30", () => year.Tells(new CabinetOpened(year.Now, Rack, ServerRoom)));
        year.At("2027-11-09 10:00", async () =>
        {
            Assert.Equal(work, Assert.Single(year.Told<CabinetOpenedAtWork>()).Work);
            await year.Ends(work);
            await year.Leaves(Operator);
        });

        // The work is over and it stands open.
        year.At("2027-11-09 10:01", () => Assert.Equal(work, Assert.Single(year.Told<CabinetLeftOpen>()).Work));
        year.At("2027-11-09 10:30", () => year.Tells(new CabinetClosed(year.Now, Rack, ServerRoom)));
        year.At("2027-11-09 10:31", () => Assert.DoesNotContain(year.Ask(AlarmRows.AllOpen), alarm => alarm.Kind == AlarmKinds.CabinetLeftOpen && alarm.IsActive));
        year.At("2028-05-01 00:00", () => Assert.Equal((1, 1, 1), (year.Told<CabinetOpenedWithoutWork>().Count(), year.Told<CabinetOpenedAtWork>().Count(), year.Told<CabinetLeftOpen>().Count())));
    }
}
