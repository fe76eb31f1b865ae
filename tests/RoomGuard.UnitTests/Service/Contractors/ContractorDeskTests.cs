using System.Collections.Immutable;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Keys;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Contractors;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Hosting;
using RoomGuard.Service.Commands;
using RoomGuard.Service.Contractors;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Contractors;

/// <summary>Contractors are checked, what they did can be taken out, and what they hold at the end is listed until it is back.</summary>
public sealed class ContractorDeskTests : IAsyncLifetime
{
    private const string Firm = "例示保守";
    private const string Sub = "例示電設";
    private const string SubWorker = "K-0002";
    private static readonly ContractId Id = new("K-2026-0001");
    private static readonly ZoneId Room = new("SRV-1");
    private CaseRig rig = null!;
    private ContractorDesk desk = null!;
    private ContractTrailDesk trail = null!;
    private ContractWatch watch = null!;

    private DateTimeOffset Now => rig.Service.Time.GetUtcNow();

    private static Contract Maintenance => new(
        Id, "サーバの保守", [new(Firm, "保守", new(2026, 4, 1)), new(Sub, "配線", new(2026, 4, 1))], "例示 託也", "情報政策課", [Room], [new(new(CaseRig.Contractor), Firm), new(new(SubWorker), Sub)],
        new(2025, 4, 1), new(2026, 5, 21), new(2025, 3, 1), "適");

    public async Task InitializeAsync()
    {
        rig = await Begin();
        await rig.Write(new PersonRecorded(Now, new(new(SubWorker), "例示 電太", "れいじ でんた", PersonCategory.Contractor, Sub, null, null), "test"));
        await rig.Write(new ContractRecorded(Now, Maintenance, "test"));
        desk = new(rig.Service.Record, rig.Service.Settings, rig.Service.Policy, rig.Guard, rig.Service.Turn, rig.Service.Time);
        trail = new(rig.Service.Record, rig.Service.Time);
        watch = new(rig.Service.Record, rig.Service.Policy, rig.Service.Turn, rig.Service.Time);
    }

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
    }

    [Fact]
    [Requirement("R-CON-05")]
    public async Task A_missed_check_is_told_to_SEC_and_SUP_until_it_is_done_and_what_is_grave_reaches_the_chief()
    {
        // A year after the first day, and nobody checked.
        Assert.True(await watch.LookAsync(Never));
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal(1, rig.Service.Kinds().Count(kind => kind == "contractor.check-overdue"));
        foreach (var (person, overdue) in new[] { (Security, 1), (Supervisor, 1), (Chief, 0), (Manager, 0), (Staff, 0) })
        {
            Assert.Equal(overdue, (await desk.Waiting(rig.As(person), Never)).Overdue);
        }

        Assert.Equal([Id], (await desk.Contracts(null, rig.As(Supervisor), Never, ContractShow.CheckOverdue))!.Value.Select(line => line.Contract.Id));

        // SEC checks; nobody else does, and nobody in the future.
        Assert.NotNull((await desk.Check(Id, new(2026, 5, 11), CheckFinding.Fit, "適", rig.As(Supervisor), Never)).Refusal);
        Assert.Equal(("checkedOn", FieldFault.OutOfRange), Problem(await desk.Check(Id, new(2026, 5, 12), CheckFinding.Fit, "適", rig.As(Security), Never)));
        Assert.True((await desk.Check(Id, new(2026, 5, 11), CheckFinding.Grave, "入退室の手順が守られていない", rig.As(Security), Never)).Ok);
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal(1, rig.Service.Kinds().Count(kind => kind == "contractor.check-overdue"));
        Assert.Equal(0, (await desk.Waiting(rig.As(Supervisor), Never)).Overdue);

        // Both take note, each for themselves; nobody else does.
        var check = Assert.Single((await desk.Contract(Id, rig.As(Chief), Never))!.Checks);
        Assert.Equal([new(Supervisor), new(Chief)], check.ReportedTo.AsEnumerable());
        Assert.Equal((1, 1, 0), ((await desk.Waiting(rig.As(Supervisor), Never)).Reports, (await desk.Waiting(rig.As(Chief), Never)).Reports, (await desk.Waiting(rig.As(Security), Never)).Reports));
        Assert.Equal("R-CON-05", (await desk.ReceiveReport(Id, check.N, rig.As(Security), Never)).Refusal?.Rule);
        Assert.True((await desk.ReceiveReport(Id, check.N, rig.As(Supervisor), Never)).Ok);
        Assert.Equal(("", FieldFault.NothingToChange), Problem(await desk.ReceiveReport(Id, check.N, rig.As(Supervisor), Never)));
        Assert.Equal((0, 1), ((await desk.Waiting(rig.As(Supervisor), Never)).Reports, (await desk.Waiting(rig.As(Chief), Never)).Reports));
        Assert.Empty((await desk.Contracts(null, rig.As(Supervisor), Never, ContractShow.Reported))!.Value);
        Assert.Single((await desk.Contracts(null, rig.As(Chief), Never, ContractShow.Reported))!.Value);
    }

    [Fact]
    [Requirement("R-CON-07")]
    [Requirement("R-LIFE-11")]
    public async Task What_the_contractor_holds_when_the_term_ends_is_listed_until_each_register_says_it_is_back()
    {
        var (worker, other) = (new PersonId(CaseRig.Contractor), new PersonId(SubWorker));
        await rig.Write(new CredentialRecorded(Now, A.Card("C-0336", CaseRig.Contractor), "issued", "test"));
        await rig.Write(new KeyRecorded(Now, new("KEY-03", "ラックの鍵", [new("SRV-1-D1")], "鍵箱"), false, "test"));
        await rig.Write(new KeyTaken(Now, new("KL-2026-0001", "KEY-03", [new("SRV-1-D1")], other, "作業", Now.AddHours(1)), "test"));
        await rig.Write(new BelongingLent(Now, new("L-0004", worker, BelongingKind.Device, "検査用端末"), "test"));
        await rig.Write(new AssetRecorded(Now, Document, null, "test"));
        await rig.Write(new AssetHandedOver(Now, Document.Tag, other, new(2026, 5, 20), "配線の確認", "test"));
        await rig.Write(new CarryPermitted(Now, Permit("K-2026-0045", CaseRig.Contractor, null), "test"));
        await rig.Write(new CarryPassed(Now, new("K-2026-0045"), CarryPassage.WentOut, [1], worker, "", "test"));
        await rig.Write(new CarryPermitted(Now, Permit("K-2026-0046", Staff, Sub), "test"));
        await rig.Write(new CarryPassed(Now, new("K-2026-0046"), CarryPassage.WentOut, [1], new(Staff), "", "test"));
        await rig.Write(new CarryPermitted(Now, Permit("K-2026-0047", SubWorker, null), "test"));
        Assert.NotNull((await desk.Entrust(Id, EntrustedKind.Information, "構成図の写し", Firm, new(2026, 5, 1), rig.As(Supervisor), Never)).Refusal);
        Assert.Equal(("entrustedFirm", FieldFault.Unknown), Problem(await desk.Entrust(Id, EntrustedKind.Information, "構成図の写し", "別の会社", new(2026, 5, 1), rig.As(Security), Never)));
        Assert.True((await desk.Entrust(Id, EntrustedKind.Information, "構成図の写し", Firm, new(2026, 5, 1), rig.As(Security), Never)).Ok);

        // While it runs it is there to be seen and nobody is reminded.
        Assert.Equal(0, (await desk.Waiting(rig.As(Security), Never)).Outstanding);
        Assert.Equal(
            [
                (HoldingKind.Card, "C-0336"), (HoldingKind.Key, "KL-2026-0001"), (HoldingKind.Belonging, "L-0004"), (HoldingKind.Asset, "DOC-0012"), (HoldingKind.Carried, "K-2026-0045"), (HoldingKind.Permit, "K-2026-0047"),
                (HoldingKind.Provided, "K-2026-0046"), (HoldingKind.Entrusted, "1"),
            ],
            await Held());

        // The last day is over. The permit nobody used is over with its time; the rest is reminded of, to SEC, and a week later to SUP.
        rig.Service.Time.Advance(TimeSpan.FromDays(9));
        Assert.True(await watch.LookAsync(Never));
        Assert.DoesNotContain("contract.holdings-reminded", rig.Service.Kinds());
        rig.Service.Time.Advance(TimeSpan.FromDays(1));
        Assert.True(await watch.LookAsync(Never));
        Assert.True(await watch.LookAsync(Never));
        var told = Assert.Single(Reminders());
        Assert.Equal((1, Role.SecurityManager, 7), (told.Times, told.Roles.Single(), told.Holdings.Length));
        Assert.Equal((1, 0), ((await desk.Waiting(rig.As(Security), Never)).Outstanding, (await desk.Waiting(rig.As(Supervisor), Never)).Outstanding));
        rig.Service.Time.Advance(TimeSpan.FromDays(7));
        Assert.True(await watch.LookAsync(Never));
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal([Role.SecurityManager, Role.SupervisingOfficer], Reminders().Select(one => one.Roles.Single()));
        Assert.Equal(1, (await desk.Waiting(rig.As(Supervisor), Never)).Outstanding);
        Assert.Equal(7, Assert.Single((await desk.Contracts(null, rig.As(Security), Never, ContractShow.Outstanding))!.Value).Outstanding);

        // Each thing goes off the list where it is kept; what is destroyed needs its proof.
        await rig.Write(new CredentialRecorded(Now, A.Card("C-0336", CaseRig.Contractor) with { State = CredentialState.Returned }, "returned", "test"));
        await rig.Write(new KeyReturned(Now, "KL-2026-0001", "KEY-03", other, "", "test"));
        await rig.Write(new BelongingReturned(Now, "L-0004", worker, "", "test"));
        await rig.Write(new AssetHandedBack(Now, Document.Tag, other, "test"));
        await rig.Write(new CarryPassed(Now, new("K-2026-0045"), CarryPassage.CameBack, [1], worker, "", "test"));
        await rig.Write(new CarryPassed(Now, new("K-2026-0046"), CarryPassage.CameBack, [1], new(Staff), "", "test"));
        Assert.Equal([(HoldingKind.Entrusted, "1")], await Held());
        Assert.Equal(("proof", FieldFault.Required), Problem(await desk.Settle(Id, 1, Settlement.Destroyed, new(2026, 5, 28), "", rig.As(Security), Never)));
        Assert.Equal(("settledOn", FieldFault.OutOfRange), Problem(await desk.Settle(Id, 1, Settlement.Destroyed, new(2026, 4, 30), "SH-0456", rig.As(Security), Never)));
        Assert.True((await desk.Settle(Id, 1, Settlement.Destroyed, new(2026, 5, 28), "SH-0456", rig.As(Security), Never)).Ok);
        Assert.Equal(("", FieldFault.ChangedMeanwhile), Problem(await desk.Settle(Id, 1, Settlement.Returned, new(2026, 5, 28), "", rig.As(Security), Never)));
        Assert.Empty(await Held());
        Assert.Equal(0, (await desk.Waiting(rig.As(Security), Never)).Outstanding);
    }

    [Fact]
    [Requirement("R-CON-07")]
    public async Task A_worker_who_goes_on_by_another_contract_keeps_the_card_and_who_was_taken_off_the_list_still_owes_it()
    {
        await rig.Write(new CredentialRecorded(Now, A.Card("C-0336", CaseRig.Contractor), "issued", "test"));
        await rig.Write(new CredentialRecorded(Now, A.Card("C-0337", SubWorker, 2), "issued", "test"));
        await rig.Write(new ContractRecorded(Now, Maintenance with { Workers = [new(new(CaseRig.Contractor), Firm)] }, "test"));
        await rig.Write(new ContractRecorded(Now, Maintenance with { Id = new("K-2026-0002"), Workers = [new(new(CaseRig.Contractor), Firm)], Until = new(2027, 4, 1) }, "test"));
        rig.Service.Time.Advance(TimeSpan.FromDays(10));
        Assert.Equal([(HoldingKind.Card, "C-0337")], await Held());
    }

    [Fact]
    [Requirement("R-CON-07")]
    public async Task A_contract_that_is_made_longer_is_reminded_of_anew_at_its_new_end()
    {
        await rig.Write(new CredentialRecorded(Now, A.Card("C-0336", CaseRig.Contractor), "issued", "test"));
        rig.Service.Time.Advance(TimeSpan.FromDays(10));
        Assert.True(await watch.LookAsync(Never));
        await rig.Write(new ContractRecorded(Now, Maintenance with { Until = new(2026, 6, 1) }, "test"));
        Assert.Equal(0, (await desk.Waiting(rig.As(Security), Never)).Outstanding);
        rig.Service.Time.Advance(TimeSpan.FromDays(11));
        Assert.True(await watch.LookAsync(Never));
        Assert.Equal([1, 1], Reminders().Select(one => one.Times));
    }

    [Fact]
    [Requirement("R-CON-06")]
    public async Task What_a_contractor_and_its_subcontractors_did_is_taken_out_by_the_auditor_alone_each_row_an_entry()
    {
        var (worker, other) = (new PersonId(CaseRig.Contractor), new PersonId(SubWorker));
        var entered = await rig.Write(A.Granted(Now, CaseRig.Contractor));
        var refused = await rig.Write(A.Denied(Now.AddMinutes(1), DenyReason.OutsideContract, SubWorker));
        await rig.Write(A.Granted(Now.AddMinutes(2), Staff));
        var plan = new WorkPlan(WorkKind.Cabling, ["AS-00380"], Room, "配線", null, [other], [], Id.Value, Now, Now.AddHours(4));
        var work = new WorkOrder(new("W-2026-0001"), new("P-2026-0001"), plan, "更新", true, new(Operator), Now, new(Manager), Role.SystemManager, Now, "");
        long[] works = [await rig.Write(new WorkPermitted(Now, work, Manager)), await rig.Write(new WorkStarted(Now, work.Id, Room, [], Operator))];

        // Who is inside is told by the doors' rows, not once more by the work they belong to.
        await rig.Write(A.Entered(Now, SubWorker));
        var move = new Move(new("M-2026-0001"), new("P-2026-0002"), new(MoveDirection.In, MovePurpose.New, [new(Document.Tag, "")], null, "業者", Room, "", false, Now, Now.AddHours(1), [worker], ""), "納品", new(Operator), Now, [new(Manager)], Now, null);
        var moved = await rig.Write(new MoveRecorded(Now, move, Manager));
        var carried = await rig.Write(new CarryPermitted(Now, Permit("K-2026-0046", Staff, Sub), "test"));
        var before = rig.Service.Record.Size;

        foreach (var nobody in new[] { Chief, Supervisor, Security, Manager, Operator, Staff, CaseRig.Contractor })
        {
            Assert.Null(await trail.Look(Id, new(null, null, null, null, null), rig.As(nobody), Never));
            Assert.Null(await trail.Export(Id, new(null, null, null, null, null), rig.As(nobody), Never));
        }

        Assert.Equal(before, rig.Service.Record.Size);
        var all = (await trail.Look(Id, new(null, null, null, null, null), rig.As(Audits), Never))!;
        Assert.Equal(((long[])[entered, refused, .. works, moved, carried]).Order(), all.Rows.Select(row => row.N).Order());
        Assert.All(all.Rows, row => Assert.Equal(row.Kind is TrailKind.Entry ? row.Result is RegisterResult.Granted ? "door.granted" : "door.denied" : row.RecordKind, rig.Service.Record.Read(row.N, 1)[0].Kind));
        Assert.Equal("record.viewed", rig.Service.Kinds()[^1]);

        // Cut by firm, person, kind and time.
        Assert.Equal(((long[])[refused, .. works, carried]).Order(), (await Rows(new(null, null, null, Sub, null))).Order());
        Assert.Equal(new[] { entered, moved }.Order(), (await Rows(new(null, null, null, null, worker))).Order());
        Assert.Equal([moved], await Rows(new(null, null, TrailKind.Move, null, null)));
        Assert.Empty(await Rows(new(new(2026, 5, 12), null, null, null, null)));

        // Who is taken off the contract is in it with what they did until then.
        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        await rig.Write(new ContractRecorded(Now, Maintenance with { Workers = [new(worker, Firm)] }, "test"));
        rig.Service.Time.Advance(TimeSpan.FromHours(1));
        await rig.Write(A.Denied(Now, DenyReason.OutsideContract, SubWorker));
        Assert.Equal([refused], await Rows(new(null, null, TrailKind.Entry, Sub, null)));

        var written = (await trail.Export(Id, new(null, null, null, null, null), rig.As(Audits), Never))!;
        Assert.Equal("record.exported", rig.Service.Kinds()[^1]);
        Assert.Equal(6, written.Rows.Length);
    }

    [Fact]
    public async Task Made_again_from_the_record_the_register_is_the_same()
    {
        Assert.True((await desk.Check(Id, new(2026, 5, 11), CheckFinding.Minor, "軽微", rig.As(Security), Never)).Ok);
        Assert.True((await desk.Entrust(Id, EntrustedKind.Document, "設定書", Sub, new(2026, 5, 1), rig.As(Security), Never)).Ok);
        Assert.True((await desk.Settle(Id, 1, Settlement.Returned, new(2026, 5, 11), "", rig.As(Security), Never)).Ok);
        rig.Service.Time.Advance(TimeSpan.FromDays(30));
        Assert.True(await watch.LookAsync(Never));
        await rig.Service.Record.DisposeAsync();

        Assert.Equal(ExitCodes.Ok, RebuildCommand.Run(rig.Service.Settings, rig.Service.Time, rig.Service.RandomBytes, TextWriter.Null));
        await rig.Service.Reopen();
    }

    private static Asset Document => new(
        new("DOC-0012"), AssetKind.Document, "構成図", "", "", "", null, Segment.Internet, null, false, [], [], "", null, null, null, [], null, null, null, "");

    private static (string, FieldFault) Problem(ActResult done) => Assert.Single(done.Problems) is var problem ? (problem.Field, problem.Fault) : default;

    private CarryPermit Permit(string id, string by, string? receiver) => new(
        new(id), new("P-2026-0009"),
        new(CarryDirection.Out, [new(CarriedKind.Document, "", "設定書", "設定", ImportanceClass.III, Segment.Internet, ItemOwnership.Organisation, false)], "架空市", null, Now, Now.AddDays(2), "徒歩", [], null, receiver, "情報政策課"),
        "作業", new(by), Now, new(Security), Role.SecurityManager, Now, "");

    private async Task<IEnumerable<(HoldingKind, string)>> Held() => (await desk.Contract(Id, rig.As(Security), Never))!.Holdings.Select(one => (one.Kind, one.Id));

    private async Task<IEnumerable<long>> Rows(TrailQuery query) => (await trail.Look(Id, query, rig.As(Audits), Never))!.Rows.Select(row => row.N);

    private IEnumerable<ContractHoldingsReminded> Reminders() =>
        rig.Service.Record.Read(0, 10_000).Select(entry => RoomGuard.Service.Record.RecordViews.ItemOf(entry).Event).OfType<ContractHoldingsReminded>();
}
