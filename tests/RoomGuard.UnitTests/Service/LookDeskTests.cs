using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Service.Looking;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;

namespace RoomGuard.UnitTests.Service;

public sealed class LookDeskTests
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly PersonId Subject = new(CaseRig.OtherSection);

    [Fact]
    [Requirement("R-SIGN-15")]
    public async Task One_persons_records_need_a_purpose_and_looking_is_recorded_once_for_each_question()
    {
        await using var rig = await CaseRig.Begin();
        var desk = Desk(rig);
        var auditor = rig.As(CaseRig.Audits);
        Assert.False(await desk.MayLook(auditor, Subject, "/entries?person=S-0300", Never));
        Assert.Empty(Looks(rig));

        Assert.True((await desk.StatePurpose(auditor, Subject, "在室不一致の調査", Never)).Ok);
        Assert.True(await desk.MayLook(auditor, Subject, "/entries?person=S-0300", Never));
        Assert.True(await desk.MayLook(auditor, Subject, "/entries?person=S-0300", Never));
        Assert.True(await desk.MayLook(auditor, Subject, "/entries?person=S-0300&door=SRV-1-D1", Never));

        Assert.Equal(
            [(CaseRig.Audits, CaseRig.OtherSection, "在室不一致の調査", "/entries?person=S-0300"), (CaseRig.Audits, CaseRig.OtherSection, "在室不一致の調査", "/entries?person=S-0300&door=SRV-1-D1")],
            Looks(rig));
        Assert.False(await desk.MayLook(rig.As(CaseRig.Supervisor), Subject, "/entries?person=S-0300", Never));
        Assert.False(await desk.MayLook(auditor, new(CaseRig.Colleague), "/entries?person=S-0218", Never));
        rig.Service.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.False(await desk.MayLook(auditor, Subject, "/entries?person=S-0300", Never));
    }

    [Fact]
    public async Task Ones_own_records_need_no_purpose_and_leave_no_entry()
    {
        await using var rig = await CaseRig.Begin();

        Assert.True(await Desk(rig).MayLook(rig.As(CaseRig.Staff), new(CaseRig.Staff), "/entries", Never));
        Assert.Empty(Looks(rig));
    }

    [Theory]
    [InlineData("", FieldFault.Required)]
    [InlineData("a\nb", FieldFault.BadCharacters)]
    public async Task A_purpose_is_a_line_of_words(string purpose, FieldFault fault)
    {
        await using var rig = await CaseRig.Begin();

        Assert.Equal(fault, Assert.Single((await Desk(rig).StatePurpose(rig.As(CaseRig.Audits), Subject, purpose, Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-SIGN-15")]
    public async Task A_search_by_words_is_recorded_once_in_half_an_hour()
    {
        await using var rig = await CaseRig.Begin();
        var desk = Desk(rig);
        await desk.Searched(rig.As(CaseRig.Audits), "/entries?q=都城", Never);
        await desk.Searched(rig.As(CaseRig.Audits), "/entries?q=都城", Never);
        Assert.Single(Looks(rig));

        rig.Service.Time.Advance(TimeSpan.FromMinutes(31));
        await desk.Searched(rig.As(CaseRig.Audits), "/entries?q=都城", Never);
        Assert.Equal(2, Looks(rig).Length);
    }

    [Fact]
    [Requirement("R-LOG-05")]
    public async Task Chief_names_who_may_look_into_one_person_and_ends_it()
    {
        await using var rig = await CaseRig.Begin();
        var desk = Desk(rig);
        var security = rig.As(CaseRig.Security);
        Assert.DoesNotContain(Subject, (await desk.Scope(security, Never)).People);

        var named = await desk.NameInvestigation(Form(rig, CaseRig.Security), rig.As(CaseRig.Chief), Never);
        Assert.True(named.Ok);
        Assert.Contains(Subject, (await desk.Scope(security, Never)).People);
        Assert.Equal(named.Id, Assert.Single(await desk.Investigations(security, Never)).Id);
        Assert.Empty(await desk.Investigations(rig.As(CaseRig.Staff), Never));

        Assert.True((await desk.EndInvestigation(named.Id!, "業務と確認できた", rig.As(CaseRig.Chief), Never)).Ok);
        Assert.DoesNotContain(Subject, (await desk.Scope(security, Never)).People);
    }

    [Fact]
    [Requirement("R-LOG-05")]
    public async Task A_naming_runs_out_by_itself()
    {
        await using var rig = await CaseRig.Begin();
        var desk = Desk(rig);
        Assert.True((await desk.NameInvestigation(Form(rig, CaseRig.Security), rig.As(CaseRig.Chief), Never)).Ok);

        rig.Service.Time.Advance(TimeSpan.FromDays(10));

        Assert.DoesNotContain(Subject, (await desk.Scope(rig.As(CaseRig.Security), Never)).People);
    }

    [Theory]
    [InlineData(CaseRig.Supervisor)]
    [InlineData(CaseRig.Security)]
    [InlineData(CaseRig.Manager)]
    [InlineData(CaseRig.Audits)]
    [InlineData(CaseRig.Staff)]
    [Requirement("R-LOG-05")]
    public async Task Nobody_but_chief_names_or_ends(string person)
    {
        await using var rig = await CaseRig.Begin();
        var desk = Desk(rig);
        var id = (await desk.NameInvestigation(Form(rig, CaseRig.Security), rig.As(CaseRig.Chief), Never)).Id!;

        Assert.Equal(Role.ChiefOfficer, Assert.Single((await desk.NameInvestigation(Form(rig, CaseRig.Security), rig.As(person), Never)).Refusal!.Roles));
        Assert.NotNull((await desk.EndInvestigation(id, "やめる", rig.As(person), Never)).Refusal);
    }

    [Fact]
    [Requirement("R-LOG-05")]
    public async Task Nobody_is_named_to_look_into_themselves_nor_without_a_role_for_it()
    {
        await using var rig = await CaseRig.Begin();
        var desk = Desk(rig);
        var chief = rig.As(CaseRig.Chief);

        Assert.Equal(FieldFault.SamePerson, Assert.Single((await desk.NameInvestigation(Form(rig, CaseRig.OtherSection), chief, Never)).Problems).Fault);
        Assert.Equal(FieldFault.SamePerson, Assert.Single((await desk.NameInvestigation(Form(rig, CaseRig.Security) with { Subject = new(CaseRig.Chief) }, chief, Never)).Problems).Fault);
        Assert.Equal(FieldFault.NoRoleForIt, Assert.Single((await desk.NameInvestigation(Form(rig, CaseRig.Staff), chief, Never)).Problems).Fault);
        Assert.Equal(FieldFault.Unknown, Assert.Single((await desk.NameInvestigation(Form(rig, "S-9999"), chief, Never)).Problems).Fault);
    }

    private static LookDesk Desk(CaseRig rig) => new(rig.Service.Record, rig.Service.Turn, rig.Service.Time);

    private static InvestigationForm Form(CaseRig rig, string named) =>
        new(Subject, [new(named)], "夜間の入室が続いた件", DateOnly.FromDateTime(rig.Service.Time.GetUtcNow().UtcDateTime).AddDays(10));

    private static (string By, string? Subject, string Purpose, string Query)[] Looks(CaseRig rig) =>
    [
        .. rig.Service.Record.Read(0, 1000).Select(RecordViews.ItemOf).Select(item => item.Event).OfType<RecordsViewed>()
            .Select(looked => (looked.By, looked.Subject?.Value, looked.Purpose, looked.Query)),
    ];
}
