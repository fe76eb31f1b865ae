using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Contractors;
using RoomGuard.Dashboard.Personnel;
using RoomGuard.Service.Commands;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Panels;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.People;

/// <summary>What goes on around people, their cards and their contracts.</summary>
public sealed class PersonnelTests
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly Actor Manager = With("S-0115", Role.SystemManager);
    private static readonly Actor Head = With("S-0121", Role.SecurityManager);
    private static readonly Actor Nobody = With("S-0999", null);

    [Fact]
    [Requirement("R-ID-05")]
    public async Task A_card_unused_for_sixty_days_is_listed_and_for_ninety_held_once()
    {
        await using var rig = new ServiceRig();
        var (desk, day) = await At(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"), new CredentialRecorded(rig.Time.GetUtcNow(), A.Card(), "issued", "x"));

        rig.Time.Advance(TimeSpan.FromDays(59));
        Assert.Empty((await desk.Look(Manager, Never))!.Unused);
        rig.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal((60, false), Assert.Single((await desk.Look(Manager, Never))!.Unused) is var listed ? (listed.IdleDays, listed.Held) : default);
        rig.Time.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await day.RunAsync(Never));
        rig.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, await day.RunAsync(Never));
        Assert.Equal(0, await day.RunAsync(Never));

        Assert.True(Assert.Single((await desk.Look(Manager, Never))!.Unused).Held);
        Assert.Equal((long)CredentialState.Suspended, rig.Ask(db => db.Value("SELECT state FROM view_cards")));
        Assert.NotNull((await desk.KeepUnused(new("C-0001"), "必要", Nobody, Never)).Refusal);
        Assert.True((await desk.KeepUnused(new("C-0001"), "復職", Manager, Never)).Ok);
        Assert.Equal((long)CredentialState.Active, rig.Ask(db => db.Value("SELECT state FROM view_cards")));
        Assert.Empty((await desk.Look(Manager, Never))!.Unused);
    }

    [Fact]
    [Requirement("R-ID-05")]
    public async Task The_days_after_which_a_card_is_held_follow_the_policy_profile()
    {
        await using var rig = new ServiceRig();
        var (_, day) = await At(rig, new(Limits: ImmutableDictionary<Limit, int>.Empty.Add(Limit.DormantHeldDays, 30).Add(Limit.DormantListedDays, 20)));
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"), new CredentialRecorded(rig.Time.GetUtcNow(), A.Card(), "issued", "x"));

        rig.Time.Advance(TimeSpan.FromDays(30));

        Assert.Equal(2, await day.RunAsync(Never));
    }

    [Fact]
    [Requirement("R-ID-03")]
    public async Task On_leaving_every_grant_ends_on_that_day_and_the_person_with_them()
    {
        await using var rig = new ServiceRig();
        var (desk, _) = await At(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"), Recorded(A.Grant()), Recorded(A.Grant("G-2026-0002") with { ValidFrom = new(2026, 8, 1) }));

        Assert.NotNull((await desk.Leave(new(new("S-0217"), LeavingKind.Retirement, new(2026, 7, 1), null, "退職"), Nobody, Never)).Refusal);
        Assert.True((await desk.Leave(new(new("S-0217"), LeavingKind.Retirement, new(2026, 7, 1), null, "退職"), Head, Never)).Ok);

        Assert.Equal("2026-07-01", rig.Ask(db => db.Value("SELECT valid_until FROM view_people")));
        Assert.Equal("2026-07-01", rig.Ask(db => db.Value("SELECT valid_until FROM view_grants WHERE id = 'G-2026-0001'")));
        Assert.NotNull(rig.Ask(db => db.Value("SELECT ended FROM view_grants WHERE id = 'G-2026-0002'")));
    }

    [Fact]
    [Requirement("R-ID-03")]
    public async Task A_transfer_takes_effect_on_its_day_and_not_before()
    {
        await using var rig = new ServiceRig();
        var (desk, day) = await At(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"));
        Assert.True((await desk.Leave(new(new("S-0217"), LeavingKind.Transfer, new(2026, 5, 20), "税務課", "異動"), Head, Never)).Ok);

        _ = await day.RunAsync(Never);
        Assert.Equal("情報政策課", rig.Ask(db => db.Value("SELECT section FROM view_people")));
        rig.Time.Advance(TimeSpan.FromDays(9));
        _ = await day.RunAsync(Never);
        _ = await day.RunAsync(Never);

        Assert.Equal("税務課", rig.Ask(db => db.Value("SELECT section FROM view_people")));
        Assert.Equal(2, rig.Kinds().Count(kind => kind == "person.recorded"));
    }

    [Fact]
    [Requirement("R-ID-12")]
    public async Task What_was_lent_stays_on_the_list_of_a_leaver_until_each_thing_is_back()
    {
        await using var rig = new ServiceRig();
        var (desk, _) = await At(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"), new CredentialRecorded(rig.Time.GetUtcNow(), A.Card(), "issued", "x"));
        var lent = await desk.Lend(new("S-0217"), BelongingKind.Key, "ラックの鍵 3番", Head, Never);
        _ = await desk.Leave(new(new("S-0217"), LeavingKind.Retirement, new(2026, 5, 11), null, "退職"), Head, Never);

        var line = Assert.Single((await desk.Look(Manager, Never))!.Leaving);
        Assert.Equal(($"C-0001/{lent.Id} ラックの鍵 3番", true), (string.Join('/', line.Outstanding), line.Overdue));
        Assert.True((await desk.TakeBack(lent.Id!, "", Head, Never)).Ok);
        Assert.Equal(FieldFault.Unknown, Assert.Single((await desk.TakeBack(lent.Id!, "", Head, Never)).Problems).Fault);
        _ = await rig.People.SetCardState(new("C-0001"), CredentialState.Returned, "返却", Manager, Never);

        Assert.Empty((await desk.Look(Manager, Never))!.Leaving);
    }

    [Fact]
    [Requirement("R-ID-06")]
    public async Task Differences_with_personnel_are_listed_and_each_is_decided_once_within_five_working_days()
    {
        await using var rig = new ServiceRig();
        var (desk, _) = await At(rig);
        await Given(
            rig,
            new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"),
            new PersonRecorded(rig.Time.GetUtcNow(), A.Person("S-0300", "架空 太郎", "かくう たろう"), "x"),
            new PersonRecorded(rig.Time.GetUtcNow(), A.Person("K-0001", "業者 一郎", "ぎょうしゃ いちろう") with { Category = PersonCategory.Contractor }, "x"));

        var done = await desk.Compare("jinji.csv", Csv("S-0217,髙橋　翔太,税務課,Staff,,", "S-0400,新任 次郎,総務課,Staff,2026-04-01,"), Manager, Never);

        Assert.Equal("J-2026-0001", done.Id);
        var file = (await desk.Comparison("J-2026-0001", Manager, Never))!;
        Assert.Equal(
            [("S-0217", PersonnelDifferenceKind.Differs, "section"), ("S-0300", PersonnelDifferenceKind.OnlyHere, ""), ("S-0400", PersonnelDifferenceKind.OnlyThere, "")],
            file.Differences.Select(one => (one.Difference.Person.Value, one.Difference.Kind, one.Difference.Field)));
        Assert.Equal(new(2026, 5, 18), file.Line.DecideBy);
        Assert.True((await desk.Decide("J-2026-0001", 1, PersonnelVerdict.ChangeHere, "異動届あり", Manager, Never)).Ok);
        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await desk.Decide("J-2026-0001", 1, PersonnelVerdict.LeaveAsIs, "二度目", Manager, Never)).Problems).Fault);
        Assert.NotNull((await desk.Decide("J-2026-0001", 2, PersonnelVerdict.LeaveAsIs, "", Nobody, Never)).Refusal);
        Assert.False((await desk.Look(Manager, Never))!.Comparisons[0].Overdue);
        rig.Time.Advance(TimeSpan.FromDays(8));
        Assert.Equal((2, true), (await desk.Look(Manager, Never))!.Comparisons[0] is var line ? (line.Undecided, line.Overdue) : default);
    }

    [Theory]
    [InlineData("person,name", FieldFault.WrongHeader)]
    [InlineData(PersonnelDesk.Header + "\nS-1,名前,課,Boss,,", FieldFault.NotAChoice)]
    [InlineData(PersonnelDesk.Header + "\nS-1,名前,課,Staff,32.13.2026,", FieldFault.NotADate)]
    [InlineData(PersonnelDesk.Header + "\nS-1,名前,課,Staff", FieldFault.WrongColumnCount)]
    [InlineData(PersonnelDesk.Header + "\nS-1,名前,課,Staff,,\nS-1,名前,課,Staff,,", FieldFault.DoubledInFile)]
    [InlineData(PersonnelDesk.Header + "\nS-1,=cmd(),課,Staff,,", FieldFault.BadCharacters)]
    [InlineData(PersonnelDesk.Header, FieldFault.UnreadableFile)]
    public async Task A_bad_personnel_file_is_refused_whole(string text, FieldFault fault)
    {
        await using var rig = new ServiceRig();
        var (desk, _) = await At(rig);

        Assert.Equal(fault, Assert.Single((await desk.Compare("jinji.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)), Manager, Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-ID-11")]
    public async Task A_lapsed_precondition_holds_the_grant_in_the_next_list_until_it_is_met_again()
    {
        await using var rig = new ServiceRig();
        var (desk, _) = await At(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"), Recorded(A.Grant()));
        Assert.True((await desk.Meet(new(new("S-0217"), PreconditionKind.Training, new(2026, 4, 1), new(2026, 6, 1), "研修"), Head, Never)).Ok);
        Assert.NotNull((await desk.Meet(new(Head.Person, PreconditionKind.Training, new(2026, 4, 1), null, "自分の研修"), Head, Never)).Problems is [] ? null : "unknown person");

        Assert.Empty(rig.Ask(db => LifeView.Lapsed(db, new(2026, 5, 31))));
        Assert.Equal(["S-0217"], rig.Ask(db => LifeView.Lapsed(db, new(2026, 6, 1))));
        _ = await desk.Meet(new(new("S-0217"), PreconditionKind.Training, new(2026, 6, 1), new(2027, 6, 1), "研修"), Head, Never);
        Assert.Empty(rig.Ask(db => LifeView.Lapsed(db, new(2026, 6, 1))));
    }

    [Fact]
    [Requirement("R-ID-09")]
    public async Task A_template_is_kept_as_a_reference_with_purpose_and_notice_until_its_deletion_is_recorded()
    {
        await using var rig = new ServiceRig();
        var (desk, _) = await At(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"));
        var form = new BiometricForm(new("S-0217"), "reader-srv-in C-0001", "サーバ室の入室時の本人確認", new(2026, 5, 11));

        Assert.Equal("R-ID-09", (await desk.KeepBiometric(form, Head, Never)).Refusal?.Rule);
        Assert.Equal("biometricPurpose", Assert.Single((await desk.KeepBiometric(form with { Purpose = "" }, Manager, Never)).Problems).Field);
        Assert.Equal(FieldFault.TooLong, Assert.Single((await desk.KeepBiometric(form with { TemplateRef = new('7', 61) }, Manager, Never)).Problems).Fault);
        Assert.Equal(FieldFault.InFuture, Assert.Single((await desk.KeepBiometric(form with { NoticeGivenOn = new(2026, 5, 12) }, Manager, Never)).Problems).Fault);
        Assert.Equal("BIO-0001", (await desk.KeepBiometric(form, Manager, Never)).Id);
        Assert.Equal("biometric.recorded", rig.Kinds()[^1]);

        var kept = Assert.Single((await desk.Life(new("S-0217"), Manager, Never))!.Biometrics);
        Assert.Equal((form.TemplateRef, form.Purpose, form.NoticeGivenOn, null), (kept.Biometric.TemplateRef, kept.Biometric.Purpose, kept.Biometric.NoticeGivenOn, kept.DeletedOn));
        Assert.NotNull((await desk.DeleteBiometric(new("S-0217"), "BIO-0001", new(2026, 5, 11), Head, Never)).Refusal);
        Assert.Equal(FieldFault.EndBeforeStart, Assert.Single((await desk.DeleteBiometric(new("S-0217"), "BIO-0001", new(2026, 5, 10), Manager, Never)).Problems).Fault);
        Assert.True((await desk.DeleteBiometric(new("S-0217"), "BIO-0001", new(2026, 5, 11), Manager, Never)).Ok);
        Assert.Equal(new(2026, 5, 11), Assert.Single((await desk.Life(new("S-0217"), Manager, Never))!.Biometrics).DeletedOn);
        Assert.Equal(FieldFault.NothingToChange, Assert.Single((await desk.DeleteBiometric(new("S-0217"), "BIO-0001", new(2026, 5, 11), Manager, Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-ID-09")]
    public async Task Who_leaves_is_listed_until_the_template_is_deleted()
    {
        await using var rig = new ServiceRig();
        var (desk, _) = await At(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"));
        _ = await desk.KeepBiometric(new(new("S-0217"), "reader-srv-in C-0001", "本人確認", new(2026, 5, 1)), Manager, Never);
        Assert.True((await desk.Leave(new(new("S-0217"), LeavingKind.Retirement, new(2026, 5, 11), null, "退職"), Head, Never)).Ok);

        var line = Assert.Single((await desk.Look(Manager, Never))!.Leaving);
        Assert.Equal(("BIO-0001 reader-srv-in C-0001", true), (Assert.Single(line.Outstanding), line.Overdue));

        _ = await desk.DeleteBiometric(new("S-0217"), "BIO-0001", new(2026, 5, 11), Manager, Never);
        Assert.Empty((await desk.Look(Manager, Never))!.Leaving);
    }

    [Fact]
    [Requirement("R-CON-07")]
    public async Task At_the_end_of_the_term_the_workers_grants_end_and_what_is_not_back_is_listed()
    {
        await using var rig = new ServiceRig();
        var (_, day) = await At(rig);
        var contracts = Contracts(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), Worker, "x"), new CredentialRecorded(rig.Time.GetUtcNow(), A.Card(person: "K-0012"), "issued", "x"), Recorded(A.Grant(person: "K-0012")));
        Assert.NotNull((await contracts.Save(Form, Manager, Never)).Refusal);
        var made = await contracts.Save(Form, Head, Never);
        Assert.Equal("K-2026-0001", made.Id);

        rig.Time.Advance(TimeSpan.FromDays(20));
        Assert.Equal(0, await day.RunAsync(Never));
        rig.Time.Advance(TimeSpan.FromDays(1));
        _ = await day.RunAsync(Never);

        Assert.Contains("grant.ended", rig.Kinds());
        var line = Assert.Single((await contracts.Contracts(null, Head, Never))!.Value);
        Assert.Equal((ContractStanding.Over, 1), (line.Standing, line.Outstanding));
        Assert.Equal("C-0001", Assert.Single((await contracts.Contract(new("K-2026-0001"), Head, Never))!.Workers[0].Outstanding));
    }

    [Fact]
    [Requirement("R-CON-01")]
    public async Task A_contract_names_registered_contractors_of_its_own_firms_and_zones_of_the_site()
    {
        await using var rig = new ServiceRig();
        var contracts = Contracts(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), Worker, "x"), new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"));

        Assert.Equal(("workers", FieldFault.Unknown), await Problem(contracts, Form with { Workers = "S-0217" }));
        Assert.Equal(("workers", FieldFault.NotAChoice), await Problem(contracts, Form with { Workers = "K-0012, 別会社" }));
        Assert.Equal(("places", FieldFault.Unknown), await Problem(contracts, Form with { Places = [new("GONE")] }));
        Assert.Equal(("until", FieldFault.EndBeforeStart), await Problem(contracts, Form with { Until = Form.From }));
        Assert.Equal(("title", FieldFault.Required), await Problem(contracts, Form with { Title = " " }));
    }

    [Fact]
    [Requirement("R-CON-03")]
    public async Task A_briefing_is_recorded_for_each_firm_and_a_check_comes_due_after_a_year()
    {
        await using var rig = new ServiceRig();
        var contracts = Contracts(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), Worker, "x"));
        var id = new ContractId((await contracts.Save(Form with { Subcontractors = "架空電設株式会社, 配線", Until = new(2028, 4, 1) }, Head, Never)).Id!);

        Assert.True((await contracts.Brief(id, "架空電設株式会社", new(2026, 5, 11), Head, Never)).Ok);
        Assert.Equal([null, new DateOnly(2026, 5, 11)], (await contracts.Contract(id, Head, Never))!.Line.Contract.Firms.Select(firm => firm.Briefed));
        Assert.Equal(FieldFault.Unknown, Assert.Single((await contracts.Brief(id, "別会社", new(2026, 5, 11), Head, Never)).Problems).Fault);
        rig.Time.Advance(TimeSpan.FromDays(340));
        Assert.True((await contracts.Contract(id, Head, Never))!.Line.CheckOverdue);
        Assert.True((await contracts.Check(id, new(2027, 4, 15), CheckFinding.Fit, "良好", Head, Never)).Ok);
        Assert.Equal(new(2028, 4, 15), (await contracts.Contract(id, Head, Never))!.Line.CheckDue);
    }

    [Fact]
    [Requirement("R-ID-07")]
    public async Task Entering_twice_or_in_two_places_is_a_sign_of_lending_and_going_on_inward_is_none()
    {
        await using var rig = new ServiceRig();
        var nested = rig.Settings with { Zones = [.. rig.Settings.Zones.Select(zone => zone.Id == "MED-1" ? zone with { Parent = "SRV-1" } : zone)] };
        using var watch = new LendingWatch(rig.Record, rig.Settings, NullLogger<LendingWatch>.Instance);
        using var inward = new LendingWatch(rig.Record, nested, NullLogger<LendingWatch>.Instance);
        var now = rig.Time.GetUtcNow();
        foreach (var one in new[] { watch, inward })
        {
            Assert.Null(one.Look(Item(1, A.Granted(now))));
            Assert.Null(one.Look(Item(2, A.Entered(now))));
        }

        Assert.Equal(LendingPattern.EntryWhileInside, watch.Look(Item(3, A.Granted(now)))!.Pattern);
        Assert.Equal((LendingPattern.TwoPlaces, "SRV-1"), watch.Look(Item(4, A.Granted(now, door: "MED-1-D1", zone: "MED-1"))) is { } sign ? (sign.Pattern, sign.Other!.Value.Value) : default);
        Assert.Null(inward.Look(Item(5, A.Granted(now, door: "MED-1-D1", zone: "MED-1"))));
        Assert.Equal(LendingPattern.FactorMismatch, watch.Look(Item(6, new PinHeld(now, new("MED-1-D1"), new("S-0217"), new("C-0001"), 5, now)))!.Pattern);
        Assert.Equal(LendingPattern.EntryWhileInside, watch.Look(Item(9, A.Denied(now, DenyReason.AlreadyInside)))!.Pattern);
        Assert.Equal(LendingPattern.FactorMismatch, watch.Look(Item(10, A.Denied(now, DenyReason.BiometricMismatch)))!.Pattern);
        Assert.Null(watch.Look(Item(11, A.Denied(now, DenyReason.OutsideHours))));
        Assert.Null(watch.Look(Item(7, A.Left(now))));
        Assert.Null(watch.Look(Item(8, A.Granted(now))));
    }

    [Fact]
    public async Task A_duress_PIN_is_never_the_cards_own()
    {
        await using var rig = new ServiceRig();
        var (desk, _) = await At(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"), new CredentialRecorded(rig.Time.GetUtcNow(), A.Card(), "issued", "x"));
        _ = await rig.People.SetPin(new("C-0001"), "582046", Manager, Never);

        Assert.Equal(FieldFault.WeakPin, Assert.Single((await desk.SetDuressPin(new("C-0001"), "582046", Manager, Never)).Problems).Fault);
        Assert.True((await desk.SetDuressPin(new("C-0001"), "7093", Manager, Never)).Ok);
        Assert.Equal(1L, rig.Ask(db => db.Value("SELECT count(*) FROM kept_duress_pins")));
    }

    [Fact]
    [Requirement("R-ID-01")]
    public async Task A_category_outside_the_profile_is_not_registered()
    {
        await using var rig = new ServiceRig();
        var import = new PeopleImport(rig.Record, rig.Keys, PeopleCommands.Rules(rig.Settings, rig.Policy), pinsAllowed: true, rig.Time, rig.RandomBytes);
        var desk = new PeopleDesk(rig.Record, rig.Keys, import, rig.Policy, new(rig.Record, rig.Time), rig.Turn, rig.Time, rig.RandomBytes);

        var refused = await desk.AddPerson(new(new("M-0001"), "議員 一郎", "ぎいん いちろう", PersonCategory.AssemblyMember, "議会", null, null), Manager, Never);

        Assert.Equal(("category", FieldFault.NotAChoice), Assert.Single(refused.Problems) is var problem ? (problem.Field, problem.Fault) : default);
    }

    private static readonly Person Worker = A.Person("K-0012", "五ヶ瀬 樹", "ごかせ いつき", "架空保守サービス株式会社") with { Category = PersonCategory.Contractor };

    private static readonly ContractForm Form = new(
        null, "定期保守", "架空保守サービス株式会社", "保守", "", "延岡 葵", "情報政策課", [A.Room], "K-0012", new(2026, 4, 1), new(2026, 6, 1), new(2026, 3, 20), "適");

    private static Actor With(string person, Role? role) => new(
        new($"A-{person}"), new(person), "検査 太郎", "情報政策課", PersonCategory.Staff, Privileged: false,
        role is { } held ? [new($"H-{person}", new(person), held, "情報政策課", [], new(2026, 4, 1), null, null)] : []);

    private static async Task<(string, FieldFault)> Problem(ContractorDesk desk, ContractForm form)
    {
        var problem = Assert.Single((await desk.Save(form, Head, Never)).Problems);
        return (problem.Field, problem.Fault);
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task What_somebody_may_not_do_about_people_or_contracts_is_refused_and_written_down()
    {
        await using var rig = new ServiceRig();
        var (desk, _) = await At(rig);
        await Given(rig, new PersonRecorded(rig.Time.GetUtcNow(), A.Person(), "x"), new CredentialRecorded(rig.Time.GetUtcNow(), A.Card(), "issued", "x"));
        var before = rig.Record.Size;

        var refused = await desk.SetDuressPin(new("C-0001"), "1357", Nobody, Never);
        Assert.NotNull((await desk.Compare("人事.csv", new MemoryStream(Encoding.UTF8.GetBytes(PersonnelDesk.Header)), Nobody, Never)).Refusal);
        Assert.NotNull((await Contracts(rig).Save(Form, Nobody, Never)).Refusal);

        Assert.Equal("R-DOOR-03", refused.Refusal?.Rule);
        Assert.Equal(
            [("KeepCards", "C-0001"), ("ImportPeople", ""), ("KeepContracts", "")],
            rig.Record.Read(before, 100).Select(entry => RecordViews.ItemOf(entry).Event).OfType<ActRefused>().Where(one => one.By == Nobody.Id).Select(one => (one.Operation, one.About)));
    }

    private static ContractorDesk Contracts(ServiceRig rig) => new(rig.Record, rig.Settings, rig.Policy, Guard(rig), rig.Turn, rig.Time);

    private static AuthorityGuard Guard(ServiceRig rig) => new(rig.Record, rig.Time);

    private static Task<(PersonnelDesk Desk, DayTurn Day)> At(ServiceRig rig, SiteValues? values = null)
    {
        var policy = new SitePolicy(
            rig.Record, rig.Settings with { Site = rig.Settings.Site with { PolicyProfile = new([], values) } }, ProfileShelf.Load(ProfileShelf.Folder), rig.Time);
        var desk = new PersonnelDesk(rig.Record, rig.Keys, policy, Guard(rig), rig.Turn, rig.Time, rig.RandomBytes);
        var publisher = new GrantPublisher(rig.Record, new GrantListFiles(rig.Folders.Lists), rig.Settings, policy, rig.Meters, rig.Time, NullLogger<GrantPublisher>.Instance);
        return Task.FromResult((desk, new DayTurn(rig.Record, desk, policy, publisher, rig.Turn, rig.Time, NullLogger<DayTurn>.Instance)));
    }

    private static GrantRecorded Recorded(EntryGrant grant) => new(A.MondayNine, grant, "理由", "x");

    private static RecordedItem Item(long n, RecordedEvent item) => new(n, RecordKinds.Of(item), item, item.OccurredAt, null);

    private static async Task Given(ServiceRig rig, params RecordedEvent[] facts) => _ = await rig.Record.AppendAsync([.. facts.Select(Draft.Of)], null, Never);

    private static MemoryStream Csv(params string[] lines) => new(Encoding.UTF8.GetBytes($"{PersonnelDesk.Header}\n{string.Join('\n', lines)}\n"));
}
