using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Contractors;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Core.Equipment;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;
using static RoomGuard.UnitTests.Service.Equipment.Year.EquipmentYear;

namespace RoomGuard.UnitTests.Service.Equipment.Year;

/// <summary>Contractors in the year: who may be let in by which contract, the yearly check, and the day after the last.</summary>
public sealed class ContractsOfTheYear
{
    [Fact]
    [Requirement("R-CON-01")]
    [Requirement("R-CON-02")]
    [Requirement("R-CON-03")]
    [Requirement("R-CON-07")]
    [Requirement("R-LIFE-11")]
    public Task A_worker_enters_by_contract_and_owes_what_is_not_back_at_its_end() => Tell(TermEnds);

    [Fact]
    [Requirement("R-CON-07")]
    [Requirement("R-LIFE-11")]
    public Task A_contract_that_ends_early_is_settled_before_its_second_reminder() => Tell(EndsEarly);

    [Fact]
    [Requirement("R-CON-05")]
    public Task A_contractor_is_checked_once_a_year() => Tell(YearlyCheck);

    internal static void TermEnds(EquipmentYear year)
    {
        AssetTag plan = new("DOC-22001");
        ContractId contract = default;
        CaseId asked = default;
        year.At("2027-04-12 09:00", async () =>
        {
            await year.Registered(AnAsset.Media(plan.Value) with { Kind = AssetKind.Document, Name = "配線図", Serial = "" }, ServerRoom, ImportanceClass.II);
            foreach (var kind in new[] { PreconditionKind.Training, PreconditionKind.Consent })
            {
                await year.Write(new PreconditionMet(year.Now, new(new(OtherWorker), kind, Day("2027-04-01"), Day("2029-04-01"), "委託先の作業員"), "test"));
            }

            asked = await year.Applied(Entry(null), Staff);
            Assert.Equal(["R-CON-01", "R-CON-03"], (await year.StandsAgainst(asked, Manager)).Order());
            Assert.NotNull((await year.Decide(asked, Manager)).Refusal);
            await year.Refuses(asked, Manager);
        });
        year.At("2027-04-13 09:00", async () =>
        {
            contract = new(Done(await year.Contracts.Save(
                new(null, "配線の保守", "例示電設", "配線", "", "例示 電太", "情報政策課", [ServerRoom], OtherWorker, Day("2027-04-15"), Day("2027-10-01"), Day("2027-04-01"), "適"), year.As(Security), Never)).Id!);

            // A contract and no briefing: still held.
            asked = await year.Applied(Entry(contract), Staff);
            Assert.Equal(["R-CON-03"], await year.StandsAgainst(asked, Manager));
            Assert.NotNull((await year.Decide(asked, Manager)).Refusal);
            Done(await year.Contracts.Brief(contract, "例示電設", Day("2027-04-13"), year.As(Security), Never));
        });
        year.At("2027-04-14 09:00", async () =>
        {
            Assert.Empty(await year.StandsAgainst(asked, Manager));
            Done(await year.Decide(asked, Manager));

            // Neither for a place of another contract nor for a day after its last.
            foreach (var (entry, decider) in new[] { (Entry(contract) with { Zones = [MediaStore] }, OtherManager), (Entry(contract) with { ValidUntil = Day("2027-10-02") }, Manager) })
            {
                var beyond = await year.Applied(entry, Staff);
                Assert.Equal(["R-CON-02"], await year.StandsAgainst(beyond, decider));
                Assert.NotNull((await year.Decide(beyond, decider)).Refusal);
                await year.Refuses(beyond, decider);
            }

            Assert.Single(Grants());
            await year.HandedOver(plan, OtherWorker, Day("2027-12-28"), "配線の確認");
        });

        // The last day is 30 September. With October the grant ends, and SEC is told of the plan; a week later SUP.
        year.At("2027-09-30 23:59:59", async () =>
        {
            Assert.Contains(("契約の終わり", contract.Value), await year.Calendar("2027-09-30", Security));
            Assert.Single(Grants());
            Assert.Empty(Reminders());
        });
        year.At("2027-10-01 00:00", () =>
        {
            Assert.Empty(Grants());
            Assert.Equal("contract-term", Assert.Single(year.Told<GrantEnded>(), told => told.Person == new PersonId(OtherWorker)).Reason);
            Assert.Equal((1, Role.SecurityManager, plan.Value), Assert.Single(Reminders()) is var told ? (told.Times, told.Roles.Single(), told.Holdings.Single().Id) : default);
        });
        year.RestartsAt("2027-10-01 00:01");
        year.At("2027-10-07 23:59", () => Assert.Single(Reminders()));
        year.At("2027-10-08 00:00", () => Assert.Equal([Role.SecurityManager, Role.SupervisingOfficer], Reminders().Select(told => told.Roles.Single())));
        year.At("2027-10-12 09:00", async () =>
        {
            Assert.NotEmpty((await year.Contracts.Contract(contract, year.As(Security), Never))!.Holdings);
            await year.HandedBack(plan);
            Assert.Empty((await year.Contracts.Contract(contract, year.As(Security), Never))!.Holdings);
        });
        year.At("2028-05-01 00:00", () => Assert.Equal(2, Reminders().Count()));

        IEnumerable<ContractHoldingsReminded> Reminders() => year.Told<ContractHoldingsReminded>().Where(told => told.Contract == contract);
        string[] Grants() => year.Ask(db =>
        {
            var found = new List<string>();
            using var row = db.Rows("SELECT id FROM view_grants WHERE person = $1 AND ended IS NULL", OtherWorker);
            while (row.Read())
            {
                found.Add(row.GetString(0));
            }

            return found.ToArray();
        });
        static GrantMatter Entry(ContractId? contract) => new(
            CaseKind.ContractorGrant, new(OtherWorker), [ServerRoom], WeekDays.Weekdays, new(new(8, 30), new(17, 15)), Day("2027-04-15"), Day("2027-10-01"), contract?.Value);
    }

    internal static void EndsEarly(EquipmentYear year)
    {
        ContractId contract = default;
        year.At("2027-06-01 09:00", async () =>
        {
            contract = new(Done(await year.Contracts.Save(
                new(null, "図面の電子化", "例示保守", "電子化", "", "例示 託也", "情報政策課", [ServerRoom], Contractor, Day("2027-06-01"), Day("2028-04-01"), Day("2027-05-20"), "適"), year.As(Security), Never)).Id!);
            Done(await year.Contracts.Entrust(contract, EntrustedKind.Document, "構成図の写し", "例示保守", Day("2027-06-01"), year.As(Security), Never));
        });
        year.At("2027-11-15 09:00", async () => Done(await year.Contracts.End(contract, Day("2027-12-01"), "早期の完了", year.As(Security), Never)));
        year.At("2027-11-30 23:59:59", async () =>
        {
            Assert.Contains(("契約の終わり", contract.Value), await year.Calendar("2027-11-30", Security));
            Assert.Empty(Reminders());
        });
        year.At("2027-12-01 00:00", () => Assert.Equal((1, HoldingKind.Entrusted), Assert.Single(Reminders()) is var told ? (told.Times, told.Holdings.Single().Kind) : default));
        year.At("2027-12-07 17:00", async () => Done(await year.Contracts.Settle(contract, 1, Settlement.Destroyed, Day("2027-12-06"), "SH-0789", year.As(Security), Never)));

        // Neither a week later nor at the day that was its end before is anybody told of it.
        year.At("2028-05-01 00:00", () => Assert.Single(Reminders()));

        IEnumerable<ContractHoldingsReminded> Reminders() => year.Told<ContractHoldingsReminded>().Where(told => told.Contract == contract);
    }

    internal static void YearlyCheck(EquipmentYear year)
    {
        ContractId contract = default;
        year.At("2027-04-01 09:00", async () => contract = new(Done(await year.Contracts.Save(
            new(null, "サーバの保守", "例示保守", "保守", "", "例示 託也", "情報政策課", [ServerRoom], Contractor, Day("2027-04-01"), Day("2028-10-01"), Day("2027-03-20"), "適"), year.As(Security), Never)).Id!));
        year.At("2028-04-01 23:59:59", async () =>
        {
            Assert.Contains(("委託先の確認", contract.Value), await year.Calendar("2028-04-01", Security));
            Assert.Empty(Reminders());
        });
        year.At("2028-04-02 00:00", () =>
        {
            Assert.Equal([Role.SecurityManager, Role.SupervisingOfficer], Assert.Single(Reminders()).Roles.AsEnumerable());
            Assert.Equal(Day("2028-04-01"), Reminders().Single().DueOn);
        });
        year.RestartsAt("2028-04-03 00:00");
        year.At("2028-04-05 09:00", async () =>
        {
            Assert.Contains((await year.Contracts.Contracts(null, year.As(Supervisor), Never, ContractShow.CheckOverdue))!.Value, line => line.Contract.Id == contract);
            Done(await year.Contracts.Check(contract, Day("2028-04-05"), CheckFinding.Fit, "適", year.As(Security), Never));
            Assert.DoesNotContain((await year.Contracts.Contracts(null, year.As(Supervisor), Never, ContractShow.CheckOverdue))!.Value, line => line.Contract.Id == contract);
        });
        year.At("2028-05-01 00:00", () => Assert.Single(Reminders()));

        IEnumerable<ContractorCheckOverdue> Reminders() => year.Told<ContractorCheckOverdue>().Where(told => told.Contract == contract);
    }
}
