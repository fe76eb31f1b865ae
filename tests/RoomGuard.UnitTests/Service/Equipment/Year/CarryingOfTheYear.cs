using RoomGuard.Core.Carrying;
using RoomGuard.Core.Gates;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Alarms;
using RoomGuard.TestKit;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;
using static RoomGuard.UnitTests.Service.Equipment.Year.EquipmentYear;

namespace RoomGuard.UnitTests.Service.Equipment.Year;

/// <summary>What is carried out in the year: back late and checked, and a permit nobody used.</summary>
public sealed class CarryingOfTheYear
{
    [Fact]
    [Requirement("R-CARRY-01")]
    [Requirement("R-CARRY-04")]
    [Requirement("R-CARRY-08")]
    public Task A_laptop_is_out_back_late_and_checked() => Tell(BackLate);

    [Fact]
    [Requirement("R-CARRY-01")]
    public Task A_permit_lapses_unused() => Tell(Unused);

    internal static void BackLate(EquipmentYear year)
    {
        CarryPermitId permit = default;
        year.At("2027-07-05 08:45", async () => permit = await year.Permitted(Carry("PC-20001", "2027-07-05 09:00", "2027-07-05 17:00")));

        // A quarter of an hour early it does not leave.
        year.At("2027-07-05 08:59:59", async () => Assert.Equal("NoPermit", Assert.Single((await year.Carrying.Pass(permit, year.Of(permit).Version, new(false, [1], new(Staff), ""), year.As(Clerk), Never)).Problems).Value));
        year.At("2027-07-05 09:00", () => year.Passes(permit, back: false));
        year.At("2027-07-05 16:59:59", () => Assert.Equal((CarryStatus.Out, 0), (year.Of(permit).StatusAt(year.Now), Reminders().Count())));
        year.At("2027-07-05 17:00", async () =>
        {
            Assert.Equal((CarryStatus.Overdue, Role.Reception), (year.Of(permit).StatusAt(year.Now), Assert.Single(Reminders()).Roles.Single()));
            Assert.Contains(await year.Attention(), one => one.Kind is AttentionKind.CarryOverdue);
            Assert.Equal((1, 1, 0), ((await year.Carrying.Waiting(year.As(Staff), Never)).Overdue, (await year.Carrying.Waiting(year.As(Clerk), Never)).Overdue, (await year.Carrying.Waiting(year.As(Security), Never)).Overdue));
        });
        year.RestartsAt("2027-07-06 03:00");
        year.At("2027-07-06 16:59:59", () => Assert.Single(Reminders()));
        year.At("2027-07-06 17:00", async () =>
        {
            Assert.Equal([(1, Role.Reception), (2, Role.SecurityManager)], Reminders().Select(told => (told.Times, told.Roles.Single())));
            Assert.Equal(1, (await year.Carrying.Waiting(year.As(Security), Never)).Overdue);
        });

        // The way back is open; it is returned when nothing was found on it and its updates are there.
        year.At("2027-07-07 09:00", () => year.Passes(permit, back: true));
        year.At("2027-07-07 09:10", () => year.Checks(permit, ScanResult.Found, patched: true));
        year.At("2027-07-07 09:11", () => Assert.Equal(CarryStatus.AwaitsCheck, year.Of(permit).StatusAt(year.Now)));
        year.At("2027-07-08 09:00", () => year.Checks(permit, ScanResult.Clean, patched: true));
        year.At("2028-05-01 00:00", async () =>
        {
            Assert.Equal((CarryStatus.Returned, 2), (year.Of(permit).StatusAt(year.Now), Reminders().Count()));
            Assert.DoesNotContain(await year.Attention(), one => one.Kind is AttentionKind.CarryOverdue);
        });

        IEnumerable<CarryOverdue> Reminders() => year.Told<CarryOverdue>().Where(told => told.Permit == permit);
    }

    internal static void Unused(EquipmentYear year)
    {
        CarryPermitId permit = default;
        year.At("2027-07-12 09:00", async () => permit = await year.Permitted(Carry("PC-20002", "2027-07-12 09:00", "2027-07-13 17:00")));
        year.At("2027-07-13 16:59:59", () => Assert.Equal(CarryStatus.Permitted, year.Of(permit).StatusAt(year.Now)));
        year.At("2027-07-13 17:00", () => Assert.Equal(CarryStatus.Unused, year.Of(permit).StatusAt(year.Now)));

        // A minute late it is carried out without permission, at the desk and at the gate.
        year.At("2027-07-13 17:01", async () =>
        {
            Assert.Equal("NoPermit", Assert.Single((await year.Carrying.Pass(permit, year.Of(permit).Version, new(false, [1], new(Staff), ""), year.As(Clerk), Never)).Problems).Value);
            await year.Reads(new("PC-20002"), TagDirection.Out);
        });
        year.At("2027-07-13 17:02", () =>
        {
            Assert.Equal((UnpermittedKind.CarriedOut, UncoveredBecause.PermitNotInForce, permit.Value), Assert.Single(year.Told<AssetUnpermitted>(), told => told.Tag == "PC-20002") is var told ? (told.Kind, told.Because, told.Other) : default);
            Assert.Contains(year.Ask(AlarmRows.AllOpen), alarm => alarm.Kind == AlarmKinds.UnpermittedCarryOut);
        });
        year.At("2028-05-01 00:00", () => Assert.DoesNotContain(year.Told<CarryOverdue>(), told => told.Permit == permit));
    }
}
