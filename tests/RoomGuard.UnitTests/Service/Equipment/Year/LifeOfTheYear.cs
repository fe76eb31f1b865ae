using RoomGuard.Core.Carrying;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Files;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Alarms;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;
using static RoomGuard.UnitTests.Service.Equipment.Year.EquipmentYear;

namespace RoomGuard.UnitTests.Service.Equipment.Year;

/// <summary>What falls due of equipment in the year: maintenance, ends of support, certificates, checks off the premises, what was lent, the count of a zone.</summary>
public sealed class LifeOfTheYear
{
    [Fact]
    [Requirement("R-LIFE-02")]
    public Task Maintenance_is_due_at_the_end_of_a_month_overdue_and_done() => Tell(Maintenance);

    [Fact]
    [Requirement("R-LIFE-01")]
    public Task Support_ends_with_the_year() => Tell(SupportEnds);

    [Fact]
    [Requirement("R-LIFE-05")]
    [Requirement("R-MOVE-06")]
    public Task A_certificate_is_waited_for_thirty_days_and_asked_for_until_it_is_there() => Tell(Certificate);

    [Fact]
    [Requirement("R-LIFE-06")]
    [Requirement("R-MOVE-07")]
    public Task Equipment_off_the_premises_is_checked_every_half_year() => Tell(OffThePremises);

    [Fact]
    [Requirement("R-LIFE-05")]
    [Requirement("R-LIFE-06")]
    [Requirement("R-LIFE-11")]
    [Requirement("R-CARRY-04")]
    [Requirement("R-WORK-01")]
    public Task After_weeks_without_the_service_each_is_reminded_of_once() => Tell(WithoutTheService);

    [Fact]
    [Requirement("R-LIFE-05")]
    public Task The_certificate_of_each_of_many_terminals_given_back_at_once_is_asked_for() => Tell(ManyAtOnce);

    [Fact]
    [Requirement("R-MOVE-10")]
    public Task What_was_lent_is_back_by_its_day_or_told() => Tell(Lent);

    [Fact]
    [Requirement("R-MOVE-11")]
    public Task A_zone_is_counted_within_the_months_of_the_profile() => Tell(Stocktaking);

    internal static void Maintenance(EquipmentYear year)
    {
        AssetTag halfYearly = new("AS-11001"), monthly = new("AS-11002");
        year.At("2027-04-05 09:00", async () =>
        {
            // Half a year after 31 August is the last day of February, and February has 29 days; a month after 31 January is the same day.
            await year.Registered(Server(halfYearly) with { MaintenanceMonths = 6, MaintenanceFrom = Day("2027-08-31") }, ServerRoom, ImportanceClass.I);
            await year.Registered(Server(monthly) with { MaintenanceMonths = 1, MaintenanceFrom = Day("2028-01-31") }, ServerRoom, ImportanceClass.II);
            Assert.Equal((Day("2028-02-29"), Day("2028-02-29")), ((await year.Item(halfYearly)).Line.MaintenanceDue, (await year.Item(monthly)).Line.MaintenanceDue));
        });
        year.At("2028-02-29 23:59:59", async () =>
        {
            Assert.Contains(("定期保守", halfYearly.Value), await year.Calendar("2028-02-29", Manager));
            Assert.Contains(("定期保守", monthly.Value), await year.Calendar("2028-02-29", Manager));
            Assert.False(await year.IsOverdue(halfYearly));
        });
        year.At("2028-03-01 00:00", async () =>
        {
            Assert.True(await year.IsOverdue(halfYearly));
            Assert.Contains(await year.Attention(), one => one.Kind is AttentionKind.EquipmentOverdue && one.Since <= Japan("2028-03-01 00:00"));
        });
        year.At("2028-03-03 10:00", async () =>
        {
            await year.Maintained(monthly, Day("2028-03-01"), "異常なし");
            await year.Maintained(halfYearly, Day("2028-03-03"), "電池を交換");
            Assert.Equal((Day("2028-09-03"), Day("2028-04-01")), ((await year.Item(halfYearly)).Line.MaintenanceDue, (await year.Item(monthly)).Line.MaintenanceDue));
            Assert.False(await year.IsOverdue(halfYearly));
        });

        // A month later it is due again: SYS is told the day after, and a week later SUP too.
        year.At("2028-04-01 23:59", async () => Assert.Equal((false, 0, 0), (await year.IsOverdue(monthly), await Waiting(Manager), await Waiting(Supervisor))));
        year.At("2028-04-02 00:00", async () => Assert.Equal((true, 1, 0), (await year.IsOverdue(monthly), await Waiting(Manager), await Waiting(Supervisor))));
        year.At("2028-04-08 23:59", async () => Assert.Equal((1, 0, 0), (await Waiting(Manager), await Waiting(Supervisor), await Waiting(Security))));
        year.At("2028-04-09 00:00", async () => Assert.Equal((1, 1, 0), (await Waiting(Manager), await Waiting(Supervisor), await Waiting(Security))));
        year.At("2028-04-10 15:00", async () =>
        {
            await year.Maintained(monthly, Day("2028-04-10"), "異常なし");
            Assert.Equal((0, 0), (await Waiting(Manager), await Waiting(Supervisor)));
        });

        async Task<int> Waiting(string person) => (await year.Assets.Waiting(year.As(person), Never)).Maintenance;
    }

    internal static void SupportEnds(EquipmentYear year)
    {
        AssetTag tag = new("AS-11501");
        year.At("2027-04-05 09:10", () => year.Registered(Server(tag) with { SupportEnds = Day("2027-12-31") }, ServerRoom, ImportanceClass.I));
        year.At("2027-12-31 23:59", async () =>
        {
            Assert.Contains(("サポート終了", tag.Value), await year.Calendar("2027-12-31", Manager));
            Assert.False(await year.IsOverdue(tag));
        });
        year.At("2028-01-01 00:02", async () => Assert.True(await year.IsOverdue(tag)));
        year.At("2028-01-11 09:00", async () =>
        {
            Done(await year.Assets.Save(new((await year.Item(tag)).Line.Asset with { SupportEnds = Day("2029-12-31") }, null, (await year.Item(tag)).Version), year.As(Operator), Never));
            Assert.False(await year.IsOverdue(tag));
        });
    }

    internal static void Certificate(EquipmentYear year)
    {
        AssetTag tag = new("AS-12001");
        DisposalId file = default;
        year.At("2027-05-10 09:00", async () =>
        {
            await year.Registered(Server(tag), ServerRoom, ImportanceClass.I);
            Assert.Equal(FieldFault.ErasureMissing, Fault(await year.Apply(Leaves(tag), Operator)));
            file = await year.Permitted(DisposalKind.LeaseReturn, tag);
            await year.Erased(file, tag);
        });
        year.At("2027-05-17 10:00", async () => await year.Carried(await year.Planned(Leaves(tag).Plan, Manager, Chief), tag));

        // Thirty days to the second are in time.
        year.At("2027-06-16 10:00", () => Assert.Empty(Reminders()));
        year.At("2027-06-16 10:01", () =>
        {
            var told = Assert.Single(Reminders());
            Assert.Equal((1, Japan("2027-06-16 10:00")), (told.Times, told.DueAt));
            Assert.Equal([Role.SystemManager, Role.SecurityManager], told.Roles.AsEnumerable());
        });
        year.RestartsAt("2027-06-16 10:02");
        year.At("2027-06-16 10:03", async () =>
        {
            Assert.Single(Reminders());
            Assert.Contains(await year.Attention(), one => one.Kind is AttentionKind.CertificateMissing);
            Assert.Contains(("処理証明書", file.Value), await year.Calendar("2027-06-16", Manager));
        });
        year.At("2027-07-16 10:00", () => Assert.Single(Reminders()));
        year.At("2027-07-16 10:01", () => Assert.Equal([1, 2], Reminders().Select(told => told.Times)));
        year.At("2027-07-20 09:00", async () => Done(await year.Disposals.Certify(file, (await year.Of(file)).Version, "SH-0456", Day("2027-07-20"), [new SentFile("証明書.pdf", "%PDF-1.7\n%%EOF\n"u8.ToArray())], year.As(Manager), Never)));
        year.At("2028-05-01 00:00", () => Assert.Equal(2, Reminders().Count()));

        IEnumerable<DisposalReminded> Reminders() => year.Told<DisposalReminded>().Where(told => told.Disposal == file);
        static MoveMatter Leaves(AssetTag tag) => new(Out(tag, "2027-05-17 10:00", "2027-05-17 12:00", MovePurpose.LeaseReturn, "架空リース", offPremises: true));
    }

    internal static void OffThePremises(EquipmentYear year)
    {
        AssetTag tag = new("AS-13001");
        year.At("2027-08-30 09:00", () => year.Registered(Server(tag), ServerRoom, ImportanceClass.I));
        year.At("2027-08-31 10:00", async () =>
            await year.Carried(await year.Planned(Out(tag, "2027-08-31 10:00", "2027-08-31 12:00", MovePurpose.Relocation, "架空町 支所", offPremises: true), Manager, Chief), tag));
        year.At("2028-02-29 12:00", async () =>
        {
            Assert.Contains(("敷地外の機器の確認", tag.Value), await year.Calendar("2028-02-29", Audits));
            Assert.Empty(Reminders());
        });
        year.At("2028-03-01 00:00", () =>
        {
            var told = Assert.Single(Reminders());
            Assert.Equal((1, Day("2028-02-29"), "2028-03-01 00:00"), (told.Times, told.DueOn, Clock(told.OccurredAt)));
            Assert.Equal([Role.SupervisingOfficer, Role.ChiefOfficer], told.Roles.AsEnumerable());
        });
        year.RestartsAt("2028-03-04 09:00");
        year.At("2028-03-07 23:59", () => Assert.Single(Reminders()));
        year.At("2028-03-08 00:00", async () =>
        {
            Assert.Equal([1, 2], Reminders().Select(told => told.Times));
            Assert.Contains(await year.Attention(), one => one.Kind is AttentionKind.OffsiteCheckOverdue);
        });
        year.At("2028-03-09 09:00", async () =>
        {
            Done(await year.Offsite.Check(tag, 1, Day("2028-03-09"), OffsiteResult.InOrder, "施錠を確認", year.As(Operator), Never));
            Assert.Contains(("敷地外の機器の確認", tag.Value), await year.Calendar("2028-09-09", Audits));
            Assert.DoesNotContain(await year.Attention(), one => one.Kind is AttentionKind.OffsiteCheckOverdue);
        });
        year.At("2028-05-01 00:00", () => Assert.Equal(2, Reminders().Count()));

        IEnumerable<OffsiteCheckReminded> Reminders() => year.Told<OffsiteCheckReminded>().Where(told => told.Tag == tag);
    }

    // By itself, not with the others: they need the service on those days.
    internal static void WithoutTheService(EquipmentYear year)
    {
        AssetTag leased = new("AS-12101"), branch = new("AS-13101");
        CarryPermitId permit = default;
        WorkId work = default;
        year.At("2027-05-10 09:00", async () =>
        {
            await year.Registered(Server(leased), ServerRoom, ImportanceClass.I);
            await year.Registered(Server(branch), ServerRoom, ImportanceClass.I);
            await year.Erased(await year.Permitted(DisposalKind.LeaseReturn, leased), leased);
            await year.Carried(await year.Planned(Out(leased, "2027-05-10 09:00", "2027-05-10 12:00", MovePurpose.LeaseReturn, "架空リース", offPremises: true), Manager, Chief), leased);
            await year.Carried(await year.Planned(Out(branch, "2027-05-10 09:00", "2027-05-10 12:00", MovePurpose.Relocation, "架空町 支所", offPremises: true), Manager, Chief), branch);
        });

        // A laptop is out, a work is open and nobody there, and a contractor keeps a card to the end of a contract that is over in the summer.
        year.At("2027-05-31 10:00", async () =>
        {
            permit = await year.Permitted(Carry("PC-12101", "2027-05-31 10:00", "2027-06-01 17:00"));
            await year.Passes(permit, back: false);
            work = await year.Permitted(AWork(WorkKind.Maintenance, "2027-05-31 10:00", "2027-05-31 17:00"));
            await year.Enters(Operator);
            await year.Begins(work);
            await year.Write(
                new CredentialRecorded(year.Now, A.Card("C-0336", Contractor), "issued", "test"),
                new ContractRecorded(
                    year.Now, new(new("K-2027-0801"), "保守", [new("例示保守", "保守", Day("2027-05-01"))], "例示 託也", "情報政策課", [ServerRoom], [new(new(Contractor), "例示保守")], Day("2027-05-01"), Day("2027-08-01"), Day("2027-04-20"), "適"), "test"));
        });
        year.At("2027-05-31 23:50", () => year.Leaves(Operator));

        // Off over the days of all, and for weeks after: half a year of the certificate, five weeks of the check.
        year.StopsFor("2027-06-01 00:00", "2027-12-15 09:00");
        year.At("2027-12-15 09:01", () =>
        {
            Assert.Equal(["2027-12-15 09:00"], year.TimesOf<OffsiteCheckReminded>(told => told.Tag == branch));
            Assert.Equal(["2027-12-15 09:00"], year.TimesOf<DisposalReminded>(_ => true));
            Assert.Equal((5, 7), (year.Told<OffsiteCheckReminded>().Single().Times, year.Told<DisposalReminded>().Single().Times));

            // Whoever would have been told while it was off is told with who is told now.
            Assert.Equal([Role.Reception, Role.SecurityManager], Assert.Single(year.Told<CarryOverdue>()).Roles.AsEnumerable());
            Assert.Equal([Role.SecurityManager, Role.SupervisingOfficer], Assert.Single(year.Told<ContractHoldingsReminded>()).Roles.AsEnumerable());
            Assert.Equal(["2027-12-15 09:00"], year.TimesOf<WorkReminded>(told => told.Work == work));
        });

        // And from then on by the days it would have had.
        year.At("2027-12-31 00:00", () => Assert.Equal(["2027-12-15 09:00", "2027-12-16 00:00", "2027-12-23 00:00", "2027-12-30 00:00"], year.TimesOf<OffsiteCheckReminded>(told => told.Tag == branch)));
        year.At("2027-12-31 00:01", year.GoesNoFurther);
    }

    // By itself, not with the others: a hundred certificates nobody sent are a hundred reminders.
    internal static void ManyAtOnce(EquipmentYear year)
    {
        const int Terminals = 130;
        year.At("2027-06-01 10:00", () => year.Write([
            .. from at in Enumerable.Range(1, Terminals)
               let id = new DisposalId($"D-2027-{at:0000}")
               from one in new RecordedEvent[]
               {
                   new DisposalAsked(year.Now, new(id, DisposalKind.LeaseReturn, new($"PC-{at:00000}"), NeedsErasure: false, "架空リース", "リース満了"), Manager),
                   new DisposalDecided(year.Now, id, Allowed: true, "", Security),
                   new DisposalMovedOut(year.Now, id, new("M-2027-0001"), Colleague),
               }
               select one,
        ]));
        year.At("2027-07-01 10:01", () => Assert.Equal((Terminals, Terminals), (year.Told<DisposalReminded>().Count(), year.Told<DisposalReminded>().Select(told => told.Disposal).Distinct().Count())));
        year.At("2027-07-31 10:01", () => Assert.Equal(2 * Terminals, year.Told<DisposalReminded>().Count()));
        year.At("2027-07-31 10:02", year.GoesNoFurther);
    }

    internal static void Lent(EquipmentYear year)
    {
        AssetTag tag = new("DOC-14001");
        year.At("2027-06-01 09:00", async () =>
        {
            await year.Registered(AnAsset.Media(tag.Value) with { Kind = AssetKind.Document, Name = "構成図", Serial = "" }, ServerRoom, ImportanceClass.II);
            await year.HandedOver(tag, Staff, Day("2027-06-10"), "配線の確認");
        });
        year.At("2027-06-10 23:59", async () =>
        {
            Assert.Contains(("媒体・文書の返却", tag.Value), await year.Calendar("2027-06-10", Manager));
            Assert.False(await year.IsOverdue(tag));
        });
        year.At("2027-06-11 00:00", async () =>
        {
            Assert.True(await year.IsOverdue(tag));
            Assert.Contains(await year.Attention(), one => one.Kind is AttentionKind.EquipmentOverdue);
            Assert.Equal(new(Staff), (await year.Item(tag)).Line.Holder?.Id);
            Assert.Equal((1, 0), ((await year.Assets.Waiting(year.As(Manager), Never)).Returns, (await year.Assets.Waiting(year.As(Supervisor), Never)).Returns));
        });
        year.At("2027-06-14 09:00", async () =>
        {
            await year.HandedBack(tag);
            Assert.False(await year.IsOverdue(tag));
            Assert.Equal(0, (await year.Assets.Waiting(year.As(Manager), Never)).Returns);
            Assert.DoesNotContain(await year.Calendar("2027-06-10", Manager), due => due.Number == tag.Value);
        });

        // Over the last day of the year: back on that day is in time.
        year.At("2027-12-20 09:00", () => year.HandedOver(tag, Colleague, Day("2027-12-31"), "年末の点検"));
        year.At("2027-12-31 17:00", () => year.HandedBack(tag));
        year.At("2028-01-01 00:03", async () => Assert.False(await year.IsOverdue(tag)));
    }

    internal static void Stocktaking(EquipmentYear year)
    {
        AssetTag here = new("MD-14501"), gone = new("MD-14502");
        StocktakeId round = default;
        year.At("2027-04-06 09:00", async () =>
        {
            foreach (var tag in new[] { here, gone })
            {
                await year.Registered(AnAsset.Media(tag.Value) with { Serial = $"T-{tag}" }, MediaStore, ImportanceClass.II);
            }
        });

        // The profile gives a year from the first thing that stands there.
        year.At("2028-04-06 23:59", async () =>
        {
            Assert.Contains(("棚卸", MediaStore.Value), await year.Calendar("2028-04-06", Operator));
            Assert.DoesNotContain(await year.Attention(), one => one.Key == $"stocktake-{MediaStore}");
        });
        year.At("2028-04-07 00:00", async () => Assert.Equal(Japan("2028-04-07 00:00"), Assert.Single(await year.Attention(), one => one.Key == $"stocktake-{MediaStore}").Since));
        year.At("2028-04-10 09:00", async () =>
        {
            round = new(Done(await year.Stocktakes.Open(MediaStore, year.As(Operator), Never)).Id!);
            Done((await year.Stocktakes.Count(round, [new("read-1", here.Value, year.Now)], year.As(Operator), Never)).Act);
        });
        year.RestartsAt("2028-04-10 09:30");
        year.At("2028-04-10 10:00", async () =>
        {
            Done(await year.Stocktakes.Close(round, await Version(), year.As(Operator), Never));
            Done(await year.Stocktakes.Confirm(round, await Version(), "所在を調べている", year.As(OtherManager), Never));
        });

        // What is missing of class II is an alarm; the zone has its year again.
        year.At("2028-04-10 10:01", async () =>
        {
            Assert.Equal([gone], Assert.Single(year.Told<StocktakeConfirmed>(), told => told.Stocktake == round).Result.Missing.Select(item => item.Tag));
            Assert.Contains(year.Ask(AlarmRows.AllOpen), alarm => alarm.Kind == AlarmKinds.StockMissing && alarm.Subject == round.Value);
            Assert.DoesNotContain(await year.Attention(), one => one.Key == $"stocktake-{MediaStore}");
            Assert.Contains(("棚卸", MediaStore.Value), await year.Calendar("2029-04-10", Operator));
        });

        async Task<int> Version() => (await year.Stocktakes.One(round, year.As(Audits), Never))!.Round.Version;
    }
}
