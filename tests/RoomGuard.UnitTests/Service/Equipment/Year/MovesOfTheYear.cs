using RoomGuard.Core.Carrying;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Gates;
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

/// <summary>Moves in the year: the witness, the gates to the minute, classes raised on the way, and the last night of the year.</summary>
public sealed class MovesOfTheYear
{
    [Fact]
    [Requirement("R-MOVE-03")]
    [Requirement("R-MOVE-05")]
    public Task A_witness_leaves_and_comes_back() => Tell(Witness);

    [Fact]
    [Requirement("R-MOVE-05")]
    public Task A_tag_is_read_at_the_very_minute_a_move_begins_and_ends() => Tell(TheVeryMinute);

    [Fact]
    [Requirement("R-MOVE-01")]
    public Task The_same_item_is_in_two_moves() => Tell(TwoMoves);

    [Fact]
    [Requirement("R-ZONE-06")]
    public Task A_class_is_raised_after_the_approval() => Tell(ClassRaised);

    [Fact]
    [Requirement("R-MOVE-01")]
    [Requirement("R-MOVE-08")]
    public Task The_numbers_of_a_new_year_begin_at_1_at_midnight_in_Japan() => Tell(NewYear);

    [Fact]
    [Requirement("R-MOVE-08")]
    public Task Media_between_segments_are_listed_that_day() => Tell(BetweenSegments);

    internal static void Witness(EquipmentYear year)
    {
        AssetTag tag = new("AS-15001");
        MoveId move = default;
        year.At("2027-06-03 08:30", async () =>
        {
            await year.Registered(Server(tag), null, ImportanceClass.I);
            move = await year.Planned(In(tag, "2027-06-03 09:00", "2027-06-03 12:00"), Manager);
        });
        year.At("2027-06-03 09:00", () => year.Enters(Staff));
        year.At("2027-06-03 09:01", () => year.Begins(move, Staff));

        // Gone: the move stands still, that is an alarm, and what passes the door now passes unseen.
        year.At("2027-06-03 09:20", () => year.Leaves(Staff));
        year.At("2027-06-03 09:20", () =>
        {
            Assert.Equal(MoveState.Interrupted, year.Of(move).State);
            Assert.Equal((new(Staff), ServerRoom), Assert.Single(year.Told<WitnessLeft>(), told => told.Move == move) is var told ? (told.Witness, told.Zone) : default);
            Assert.Contains(year.Ask(AlarmRows.AllOpen), alarm => alarm.Kind == AlarmKinds.WitnessLeft && alarm.Subject == move.Value && alarm.IsActive);
        });
        year.At("2027-06-03 09:21", () => year.Reads(tag, TagDirection.In));
        year.At("2027-06-03 09:22", () =>
        {
            Assert.Equal((UnpermittedKind.MovedIn, UncoveredBecause.WitnessGone, move.Value), Assert.Single(year.Told<AssetUnpermitted>(), told => told.Tag == tag.Value) is var told ? (told.Kind, told.Because, told.Other) : default);
            Assert.Empty(year.Of(move).Scanned);
        });
        year.RestartsAt("2027-06-03 09:25");

        year.At("2027-06-03 09:30", async () =>
        {
            await year.Enters(Staff);
            Assert.Equal(FieldFault.WitnessGone, Fault(await year.TriesToEnd(move, Staff)));
            await year.GoesOn(move, Staff);
        });
        year.At("2027-06-03 09:31", () => year.Reads(tag, TagDirection.In));
        year.At("2027-06-03 09:40", async () =>
        {
            Assert.DoesNotContain(year.Ask(AlarmRows.AllOpen), alarm => alarm.Kind == AlarmKinds.WitnessLeft && alarm.Subject == move.Value && alarm.IsActive);
            await year.Ends(move, Staff);
            await year.Leaves(Staff);
        });
        year.At("2027-06-03 09:41", async () =>
        {
            Assert.Equal(["2027-06-03 09:01", "2027-06-03 09:30"], year.Of(move).Witnessed.Select(span => Clock(span.From)));
            Assert.Equal(["2027-06-03 09:20", "2027-06-03 09:40"], year.Of(move).Witnessed.Select(span => Clock(span.To!.Value)));
            Assert.Equal(ServerRoom, (await year.Item(tag)).Line.Place!.Zone);
        });
        year.At("2028-04-01 09:00", () => Assert.Single(year.Told<WitnessLeft>(), told => told.Move == move));
    }

    internal static void TheVeryMinute(EquipmentYear year)
    {
        AssetTag tag = new("AS-16001");
        MoveId move = default;
        year.At("2027-06-07 08:30", async () =>
        {
            await year.Registered(Server(tag), ServerRoom, ImportanceClass.I);
            move = await year.Planned(Out(tag, "2027-06-07 09:00", "2027-06-07 12:00"), Manager);
            await year.Enters(Staff);
        });

        // Approved and not begun: an alarm. The same passage a moment later is not another one, and does not count for the move either.
        year.At("2027-06-07 08:59:30", () => year.Reads(tag, TagDirection.Out));
        year.At("2027-06-07 09:00", () => year.Begins(move, Staff));
        year.At("2027-06-07 09:00:10", () => year.Reads(tag, TagDirection.Out));
        year.At("2027-06-07 09:00:20", () => Assert.Empty(year.Of(move).Scanned));
        year.At("2027-06-07 09:20", () => year.Reads(tag, TagDirection.Out));
        year.At("2027-06-07 09:21", async () =>
        {
            Assert.Equal([tag], year.Of(move).Scanned.AsEnumerable());
            await year.Ends(move, Staff);
            await year.Leaves(Staff);
        });

        // At the very end the witness no longer sees it.
        year.At("2027-06-07 09:21", () => year.Reads(tag, TagDirection.Out));
        year.At("2027-06-07 09:30", () =>
        {
            Assert.Equal(["2027-06-07 09:20"], year.TimesOf<AssetPassed>(told => told.Tag == tag.Value));
            Assert.Equal(
                [(UncoveredBecause.MoveNotBegun, "2027-06-07 08:59"), (UncoveredBecause.NothingOpen, "2027-06-07 09:21")],
                year.Told<AssetUnpermitted>().Where(told => told.Tag == tag.Value).Select(told => (told.Because, Clock(told.ReadAt))));
        });

        // Begun and read at the same instant, it is covered.
        year.At("2027-06-08 08:30", async () =>
        {
            move = await year.Planned(In(tag, "2027-06-08 09:00", "2027-06-08 12:00"), Manager);
            await year.Enters(Staff);
        });
        year.At("2027-06-08 09:00", () => year.Begins(move, Staff));
        year.At("2027-06-08 09:00", () => year.Reads(tag, TagDirection.In));
        year.At("2027-06-08 09:00", async () =>
        {
            await year.Ends(move, Staff);
            await year.Leaves(Staff);
            Assert.Equal(["2027-06-07 09:20", "2027-06-08 09:00"], year.TimesOf<AssetPassed>(told => told.Tag == tag.Value));
        });
    }

    internal static void TwoMoves(EquipmentYear year)
    {
        AssetTag tag = new("AS-17001");
        CaseId second = default;
        MoveId first = default;
        year.At("2027-06-09 09:00", async () =>
        {
            await year.Registered(Server(tag), ServerRoom, ImportanceClass.I);
            second = await year.Applied(new MoveMatter(Out(tag, "2027-06-10 09:00", "2027-06-10 12:00")), Operator);
            first = await year.Planned(Out(tag, "2027-06-09 10:00", "2027-06-09 12:00"), Manager);
            Assert.Equal(EquipmentText.ItemInOtherMove.Ja, (await year.Decide(second, Manager)).Refusal?.Because.Ja);
        });

        // The time of the first passes; it is over when somebody says so, and then the other may go on.
        year.At("2027-06-10 08:00", async () =>
        {
            Assert.Equal(EquipmentText.ItemInOtherMove.Ja, (await year.Decide(second, Manager)).Refusal?.Because.Ja);
            await year.Enters(Colleague);
            Assert.Equal(FieldFault.OutsideMoveTime, Fault(await year.Moves.Start(first, year.Of(first).Version, year.As(Colleague), Never)));
            await year.Leaves(Colleague);
            Done(await year.Moves.Cancel(first, year.Of(first).Version, "車が来なかった", year.As(Manager), Never));
            Done(await year.Decide(second, Manager));
        });
        year.At("2027-06-10 10:00", () => year.Carried(new(year.Case(second).Made.Single()), tag));
        year.At("2027-06-10 10:01", async () => Assert.Equal("庁内の倉庫", (await year.Item(tag)).Line.Place!.Outside));
    }

    internal static void ClassRaised(EquipmentYear year)
    {
        AssetTag tag = new("AS-18001");
        MoveId move = default;
        year.At("2027-06-14 09:00", async () =>
        {
            await year.Registered(Server(tag), null, ImportanceClass.II);
            move = await year.Planned(In(tag, "2027-06-16 09:00", "2027-06-16 12:00", LowRoom), OtherManager);
        });

        // Between the approval and the end the class rises above the room's: it does not arrive.
        year.At("2027-06-16 09:00", async () =>
        {
            await year.Enters(Staff, LowRoom);
            await year.Begins(move, Staff);
            await year.Scans(move, tag);
        });
        year.At("2027-06-16 09:05", () => year.Decides(tag, ImportanceClass.I));
        year.At("2027-06-16 09:10", async () =>
        {
            Assert.Equal(FieldFault.ZoneClassTooLow, Fault(await year.TriesToEnd(move, Staff)));
            Done(await year.Moves.Cancel(move, year.Of(move).Version, "分類の見直し", year.As(OtherManager), Never));
            await year.Leaves(Staff, LowRoom);
        });
        year.At("2027-06-16 09:11", async () => Assert.Null((await year.Item(tag)).Line.Place));
        year.At("2027-06-17 09:00", async () =>
        {
            Assert.Equal(FieldFault.ZoneClassTooLow, Fault(await year.Apply(new MoveMatter(In(tag, "2027-06-18 09:00", "2027-06-18 12:00", LowRoom)), Operator)));
            move = await year.Planned(In(tag, "2027-06-18 09:00", "2027-06-18 12:00"), Manager);
        });
        year.At("2027-06-18 09:00", () => year.Carried(move, tag));
        year.At("2027-06-18 09:01", async () => Assert.Null((await year.Item(tag)).Line.Misplaced));
    }

    internal static void NewYear(EquipmentYear year)
    {
        AssetTag old = new("AS-19001"), tag = new("AS-19002");
        MoveId move = default;
        WorkId work = default;
        CarryPermitId permit = default;
        year.At("2027-12-31 23:59:59", async () =>
        {
            await year.Registered(Server(old), ServerRoom, ImportanceClass.I);
            await year.Registered(Server(tag), ServerRoom, ImportanceClass.I);
            Assert.StartsWith("M-2027-", (await year.Planned(Out(old, "2028-01-04 09:00", "2028-01-04 12:00"), Manager)).Value, StringComparison.Ordinal);
        });

        // In Greenwich it is still the afternoon of the old year.
        year.At("2028-01-01 00:00", async () =>
        {
            move = await year.Planned(Out(tag, "2028-01-04 09:00", "2028-01-04 12:00"), Manager);
            work = await year.Permitted(AWork(WorkKind.Maintenance, "2028-01-04 09:00", "2028-01-04 12:00"));
            permit = await year.Permitted(Carry("PC-19002", "2028-01-04 09:00", "2028-01-04 17:00"));
            await year.Write(new CarryListed(year.Now, new("USB-19", CarriedKind.Media, "専用USBメモリ", [], MayLeave: true, Encrypted: true, Managed: true), Removed: false, Manager));
            Assert.Equal(("M-2028-0001", "W-2028-0001", "K-2028-0001", "P-2028-0001"), (move.Value, work.Value, permit.Value, year.Of(move).Move.Case.Value));
            Assert.Equal("MT-2028-0001", (await year.Transfers.Record(Transfer(year, "USB-19"), year.As(Operator), Never)).Id);
            await year.Registered(Server(new("AS-19003")), ServerRoom, ImportanceClass.I);
            Assert.EndsWith("-2028-0001", (await year.Permitted(DisposalKind.Disposal, new("AS-19003"))).Value, StringComparison.Ordinal);
            var round = Done(await year.Stocktakes.Open(LowRoom, year.As(Operator), Never)).Id!;
            Assert.Equal("T-2028-0001", round);
            Done(await year.Stocktakes.Cancel(new(round), (await year.Stocktakes.One(new(round), year.As(Audits), Never))!.Round.Version, "試し", year.As(OtherManager), Never));
        });
        year.RestartsAt("2028-01-01 00:00");
        year.At("2028-01-01 00:01", async () =>
        {
            Assert.Equal("K-2028-0002", (await year.Permitted(Carry("PC-19003", "2028-01-04 09:00", "2028-01-04 17:00"))).Value);
            Assert.Equal("MT-2028-0002", (await year.Transfers.Record(Transfer(year, "USB-19"), year.As(Operator), Never)).Id);
        });
        year.At("2028-01-04 09:00", () => year.Carried(move, tag));
    }

    internal static void BetweenSegments(EquipmentYear year)
    {
        year.At("2027-07-20 10:00", async () =>
        {
            await year.Write(new CarryListed(year.Now, new("USB-20", CarriedKind.Media, "専用USBメモリ", [], MayLeave: true, Encrypted: true, Managed: true), Removed: false, Manager));
            Done(await year.Transfers.Record(Transfer(year, "USB-20"), year.As(Operator), Never));
        });
        year.At("2027-08-02 10:00", () => year.Write(new CarryListed(year.Now, new("USB-20", CarriedKind.Media, "専用USBメモリ", [], MayLeave: true, Encrypted: true, Managed: true), Removed: true, Manager)));

        // Off the list it carries nothing any more, and SEC is the first to be told.
        year.At("2027-08-02 10:01", async () => Assert.Equal(nameof(TransferRefusal.NotListed), Assert.Single((await year.Transfers.Record(Transfer(year, "USB-20"), year.As(Operator), Never)).Problems).Value));
        year.At("2027-08-02 10:02", () =>
        {
            Assert.Equal(["2027-07-20 10:00"], year.TimesOf<MediaTransferred>(told => told.Transfer.Media == "USB-20"));
            Assert.Equal(["2027-08-02 10:01"], year.TimesOf<MediaTransferRefused>(told => told.Transfer.Media == "USB-20"));
            var alarm = Assert.Single(year.Ask(AlarmRows.AllOpen), one => one.Kind == AlarmKinds.MediaTransfer);
            Assert.Equal(["SEC"], year.Told<AlarmNoticed>().First(told => told.Alarm == alarm.Id).Contacts.AsEnumerable());
        });
    }

    private static MediaTransfer Transfer(EquipmentYear year, string media) => new(media, "帳票の写し", Segment.Internet, "PC-0098", Segment.StandardSystem, "PC-0101", year.Now, ScanResult.Clean, "");
}
