using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Register;
using RoomGuard.TestKit;
using RoomGuard.UnitTests.Service.Cases;
using Xunit;
using static RoomGuard.UnitTests.Service.Cases.CaseRig;

namespace RoomGuard.UnitTests.Service.Operators;

public sealed class MyPageTests
{
    [Fact]
    [Requirement("R-ID-08")]
    public async Task Ones_own_card_is_off_in_one_act_and_anothers_is_unknown()
    {
        await using var rig = await Begin();
        await rig.Write(new CredentialRecorded(rig.Service.Time.GetUtcNow(), A.Card(person: Staff), "issued", "test"));

        Assert.Equal(FieldFault.Unknown, (await Page(rig).ReportLost(new("C-0001"), rig.As(Colleague), Never)).Problems.Single().Fault);
        Assert.True((await Page(rig).ReportLost(new("C-0001"), rig.As(Staff), Never)).Ok);
        Assert.Equal(CredentialState.Lost, (await Page(rig).Mine(rig.As(Staff), Never)).Cards.Single().State);
    }

    [Fact]
    [Requirement("R-ID-04")]
    public async Task Ones_own_grant_is_given_up_without_asking_and_anothers_is_unknown()
    {
        await using var rig = await Begin();
        await rig.Write(new GrantRecorded(rig.Service.Time.GetUtcNow(), A.Grant(person: Staff), "業務", "test"));

        Assert.Equal(FieldFault.Unknown, (await Page(rig).GiveUp(new("G-2026-0001"), "不要", rig.As(Colleague), Never)).Problems.Single().Fault);
        Assert.True((await Page(rig).GiveUp(new("G-2026-0001"), "不要", rig.As(Staff), Never)).Ok);
        Assert.Empty((await Page(rig).Mine(rig.As(Staff), Never)).Grants);
    }

    [Fact]
    public async Task The_page_says_whether_a_door_opens_now_and_when_it_does_next()
    {
        await using var rig = await Begin();
        await rig.Write(new CredentialRecorded(rig.Service.Time.GetUtcNow(), A.Card(person: Staff), "issued", "test"));
        await rig.Write(new GrantRecorded(rig.Service.Time.GetUtcNow(), A.Grant(person: Staff) with { Days = WeekDays.Weekdays, Hours = new(new(8, 30), new(17, 15)) }, "業務", "test"));

        var now = (await Page(rig).Mine(rig.As(Staff), Never)).Grants.Single();
        Assert.Equal((true, null, 2), (now.OpensNow, now.NextFrom, now.Doors.Length));

        // Friday evening: next on Monday.
        rig.Service.Time.Advance(TimeSpan.FromDays(4) + TimeSpan.FromHours(9));
        var later = (await Page(rig).Mine(rig.As(Staff), Never)).Grants.Single();
        Assert.Equal((false, new DateTimeOffset(2026, 5, 18, 8, 30, 0, TimeSpan.FromHours(9))), (later.OpensNow, later.NextFrom));

        await rig.Write(new CredentialRecorded(rig.Service.Time.GetUtcNow(), A.Card(person: Staff) with { State = CredentialState.Suspended }, "suspended", "test"));
        Assert.Null((await Page(rig).Mine(rig.As(Staff), Never)).Grants.Single().NextFrom);
    }

    private static MyPage Page(CaseRig rig) => new(rig.Service.Record, rig.Service.Settings, new EntryRegisters(rig.Service.Record, rig.Service.Meters, rig.Service.Time), rig.Desk, rig.Guard, rig.Service.Turn, rig.Service.Time);
}
