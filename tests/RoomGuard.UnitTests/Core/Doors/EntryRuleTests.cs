using RoomGuard.Core.Doors;
using RoomGuard.Core.Doors.Rules;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Doors;

public class EntryRuleTests
{
    [Fact]
    public void Nobody_objects_to_a_card_in_order() =>
        Assert.Null(EntryPolicy.Judge(A.Request()).Objection);

    [Theory]
    [InlineData(ReaderCondition.Online, false, null)]
    [InlineData(ReaderCondition.Online, true, DenyReason.ReaderNotTrusted)]
    [InlineData(ReaderCondition.Unknown, false, DenyReason.ReaderNotTrusted)]
    [InlineData(ReaderCondition.Offline, false, DenyReason.ReaderNotTrusted)]
    [InlineData(ReaderCondition.IdentityChanged, false, DenyReason.ReaderNotTrusted)]
    [InlineData(ReaderCondition.Insecure, false, DenyReason.ReaderNotTrusted)]
    [InlineData(ReaderCondition.SuspectTraffic, false, DenyReason.ReaderNotTrusted)]
    [Requirement("R-DOOR-17")]
    public void Only_a_reader_in_order_lets_anybody_in(ReaderCondition condition, bool tampered, DenyReason? expected) =>
        Assert.Equal(expected, new ReaderRule().Check(A.Request(reader: condition, tampered: tampered)));

    [Fact]
    [Requirement("R-RED-01")]
    public void A_bridge_that_never_had_a_list_lets_nobody_in()
    {
        Assert.Equal(DenyReason.NoGrantList, new GrantListRule().Check(A.Request(withoutList: true)));
        Assert.Null(new GrantListRule().Check(A.Request()));
    }

    [Theory]
    [InlineData(CredentialState.Active, null)]
    [InlineData(CredentialState.Lost, DenyReason.CardLost)]
    [InlineData(CredentialState.Suspended, DenyReason.CardSuspended)]
    [InlineData(CredentialState.Returned, DenyReason.CardReturned)]
    [Requirement("R-DOOR-10")]
    public void A_card_opens_only_while_it_is_in_use(CredentialState state, DenyReason? expected) =>
        Assert.Equal(expected, new CardStateRule().Check(A.Request(A.List().WithCard(card => card with { State = state }))));

    [Fact]
    [Requirement("R-DOOR-10")]
    public void An_unknown_card_is_refused() =>
        Assert.Equal(DenyReason.CardUnknown, new CardStateRule().Check(A.Request(card: 99)));

    [Theory]
    [InlineData(CredentialState.Suspended, CredentialState.Active, DenyReason.CardSuspended)]
    [InlineData(CredentialState.Lost, CredentialState.Active, DenyReason.CardLost)]
    [InlineData(CredentialState.Lost, CredentialState.Suspended, DenyReason.CardLost)]
    [InlineData(CredentialState.Suspended, CredentialState.Lost, DenyReason.CardLost)]
    [InlineData(CredentialState.Suspended, CredentialState.Returned, DenyReason.CardReturned)]
    [Requirement("R-RED-03")]
    public void A_suspension_of_the_card_counts_over_the_list(CredentialState order, CredentialState inList, DenyReason expected)
    {
        var suspension = A.Suspension() with { Person = null, Credential = new("C-1"), State = order };
        var request = A.Request(A.List().WithCard(card => card with { State = inList }), cardSuspension: suspension);

        Assert.Equal(expected, new CardStateRule().Check(request));
    }

    [Theory]
    [InlineData("2026-05-10 23:59:59", DenyReason.CardNotYet)]
    [InlineData("2026-05-11 00:00:00", null)]
    [InlineData("2026-05-12 23:59:59", null)]
    [InlineData("2026-05-13 00:00:00", DenyReason.CardExpired)]
    [Requirement("R-DOOR-10")]
    public void A_card_opens_from_its_first_day_and_not_on_its_end_day(string local, DenyReason? expected)
    {
        var list = A.List().WithCard(card => card with { ValidFrom = new(2026, 5, 11), ValidUntil = new(2026, 5, 13) });

        Assert.Equal(expected, new CardDatesRule().Check(A.Request(list, A.Local(local))));
    }

    [Fact]
    [Requirement("R-ID-10")]
    public void A_suspended_person_is_refused()
    {
        Assert.Equal(DenyReason.PersonSuspended, new PersonSuspensionRule().Check(A.Request(personSuspension: A.Suspension())));
        Assert.Null(new PersonSuspensionRule().Check(A.Request()));
    }

    [Theory]
    [InlineData("2026-05-10 23:59:59", DenyReason.PersonNotYet)]
    [InlineData("2026-05-11 00:00:00", null)]
    [InlineData("2026-05-12 23:59:59", null)]
    [InlineData("2026-05-13 00:00:00", DenyReason.PersonExpired)]
    [Requirement("R-ID-03")]
    public void A_leaver_is_refused_from_the_day_of_leaving(string local, DenyReason? expected)
    {
        var list = A.List().WithPerson(person => person with { ValidFrom = new(2026, 5, 11), ValidUntil = new(2026, 5, 13) });

        Assert.Equal(expected, new PersonDatesRule().Check(A.Request(list, A.Local(local))));
    }

    [Theory]
    [InlineData(0, StaleListRule.DenyAll, PersonCategory.Staff, null)]
    [InlineData(1, StaleListRule.DenyAll, PersonCategory.Staff, DenyReason.GrantListTooOld)]
    [InlineData(1, StaleListRule.StaffOnly, PersonCategory.Staff, null)]
    [InlineData(0, StaleListRule.StaffOnly, PersonCategory.Contractor, null)]
    [InlineData(1, StaleListRule.StaffOnly, PersonCategory.Contractor, DenyReason.GrantListTooOld)]
    [InlineData(1, StaleListRule.StaffOnly, PersonCategory.FixedTermStaff, DenyReason.GrantListTooOld)]
    [Requirement("R-RED-01")]
    public void After_72_hours_the_zone_says_who_still_enters(int secondsBeyond, StaleListRule rule, PersonCategory category, DenyReason? expected)
    {
        var list = A.List().WithZone(zone => zone with { StaleList = rule }).WithPerson(person => person with { Category = category });
        var at = list.IssuedAt + TimeSpan.FromHours(72) + TimeSpan.FromSeconds(secondsBeyond);

        Assert.Equal(expected, new ListAgeRule().Check(A.Request(list, at)));
    }

    [Fact]
    [Requirement("R-DOOR-14")]
    public void A_lockdown_stops_whom_it_does_not_name()
    {
        Assert.Equal(DenyReason.Lockdown, new LockdownRule().Check(A.Request(lockdown: A.Lockdown())));
        Assert.Null(new LockdownRule().Check(A.Request()));
    }

    [Theory]
    [InlineData("2026-05-11 07:59:59", DenyReason.OutsideHours)]
    [InlineData("2026-05-11 08:00:00", null)]
    [InlineData("2026-05-11 17:59:59", null)]
    [InlineData("2026-05-11 18:00:00", DenyReason.OutsideHours)]
    [Requirement("R-DOOR-01")]
    public void Hours_include_their_first_minute_and_not_their_last(string local, DenyReason? expected) =>
        Assert.Equal(expected, WithGrant(A.Grant().During("08:00", "18:00"), local));

    [Theory]
    [InlineData("2026-05-11 21:59:59", DenyReason.OutsideHours)]
    [InlineData("2026-05-11 22:00:00", null)]
    [InlineData("2026-05-12 05:59:59", null)]
    [InlineData("2026-05-12 06:00:00", DenyReason.OutsideHours)]
    [InlineData("2026-05-12 22:00:00", DenyReason.OutsideHours)]
    [InlineData("2026-05-11 05:00:00", DenyReason.OutsideHours)]
    [Requirement("R-DOOR-01")]
    public void Hours_through_midnight_belong_to_the_day_they_began(string local, DenyReason? expected) =>
        Assert.Equal(expected, WithGrant(A.Grant().During("22:00", "06:00") with { Days = WeekDays.Monday }, local));

    [Theory]
    [InlineData("2026-05-15 23:59:59", null)]
    [InlineData("2026-05-16 00:00:00", DenyReason.OutsideHours)]
    [InlineData("2026-05-17 23:59:59", DenyReason.OutsideHours)]
    [InlineData("2026-05-18 00:00:00", null)]
    [Requirement("R-DOOR-01")]
    public void Weekdays_end_with_Friday_and_begin_with_Monday(string local, DenyReason? expected) =>
        Assert.Equal(expected, WithGrant(A.Grant() with { Days = WeekDays.Weekdays }, local));

    [Theory]
    [InlineData("2026-03-31 23:59:59", DenyReason.GrantNotYet)]
    [InlineData("2026-04-01 00:00:00", null)]
    [InlineData("2027-03-31 23:59:59", null)]
    [InlineData("2027-04-01 00:00:00", DenyReason.GrantExpired)]
    [Requirement("R-DOOR-01")]
    public void A_grant_counts_from_its_first_day_and_not_on_its_end_day(string local, DenyReason? expected) =>
        Assert.Equal(expected, WithGrant(A.Grant(), local));

    [Fact]
    [Requirement("R-DOOR-01")]
    public void Hours_are_those_of_the_lists_time_zone()
    {
        var grant = A.Grant().During("08:00", "18:00");
        var list = A.List().WithGrants(grant) with { TimeZone = "Europe/Berlin" };

        Assert.Equal(DenyReason.OutsideHours, new GrantRule().Check(A.Request(list, A.MondayNine)));
        Assert.Null(new GrantRule().Check(A.Request(list, A.MondayNine.AddHours(7))));
    }

    [Fact]
    [Requirement("R-DOOR-01")]
    public void Without_a_grant_nobody_enters() =>
        Assert.Equal(DenyReason.NoGrant, new GrantRule().Check(A.Request(A.List().WithGrants())));

    [Fact]
    [Requirement("R-DOOR-01")]
    public void A_suspended_grant_is_none() =>
        Assert.Equal(DenyReason.GrantSuspended, WithGrant(A.Grant() with { Suspended = true }, "2026-05-11 09:00:00"));

    [Fact]
    [Requirement("R-DOOR-01")]
    public void A_grant_for_another_zone_does_not_open_this_one() =>
        Assert.Equal(DenyReason.ZoneNotInGrant, WithGrant(A.Grant() with { Zones = [new("MED-1")] }, "2026-05-11 09:00:00"));

    [Fact]
    public void Of_several_grants_one_in_force_is_enough_and_is_the_one_named()
    {
        var list = A.List().WithGrants(
            A.Grant(id: "G-1") with { Suspended = true },
            A.Grant(id: "G-2"),
            A.Grant(id: "G-3") with { Zones = [new("MED-1")] });

        Assert.Equal((new GrantId("G-2"), null), (A.Request(list).Choice.Grant?.Id, A.Request(list).Choice.Objection));
    }

    [Fact]
    public void Of_several_grants_the_reason_is_that_of_the_nearest()
    {
        var list = A.List().WithGrants(
            A.Grant(id: "G-1").During("10:00", "11:00"),
            A.Grant(id: "G-2") with { Zones = [new("MED-1")] },
            A.Grant(id: "G-3") with { ValidUntil = new(2026, 5, 1) });

        Assert.Equal((new GrantId("G-1"), DenyReason.OutsideHours), (A.Request(list).Choice.Grant!.Id, A.Request(list).Choice.Objection!.Value));
    }

    [Theory]
    [InlineData(new[] { EntryMethod.Card }, new[] { EntryMethod.Card }, null)]
    [InlineData(new[] { EntryMethod.Biometric }, new[] { EntryMethod.Card }, DenyReason.MethodNotAllowed)]
    [InlineData(new[] { EntryMethod.Card }, new[] { EntryMethod.Card, EntryMethod.Pin }, DenyReason.MethodNotAllowed)]
    [InlineData(new[] { EntryMethod.Card, EntryMethod.Pin }, new[] { EntryMethod.Card, EntryMethod.Pin }, null)]
    [Requirement("R-DOOR-03")]
    public void Only_the_methods_of_the_zone_count(EntryMethod[] allowed, EntryMethod[] used, DenyReason? expected)
    {
        var list = A.List().WithZone(zone => zone with { Methods = [.. allowed] });

        Assert.Equal(expected, new MethodRule().Check(A.Request(list, methods: [.. used])));
    }

    [Fact]
    [Requirement("R-DOOR-03")]
    public void A_zone_the_list_does_not_name_accepts_no_method() =>
        Assert.Equal(DenyReason.MethodNotAllowed, new MethodRule().Check(A.Request(zone: "MED-1")));

    [Theory]
    [InlineData(1, true, PinVerdict.NotGiven, null)]
    [InlineData(1, false, PinVerdict.NotGiven, null)]
    [InlineData(2, true, PinVerdict.NotGiven, DenyReason.SecondFactorMissing)]
    [InlineData(2, true, PinVerdict.Right, null)]
    [InlineData(2, true, PinVerdict.Wrong, DenyReason.PinWrong)]
    [InlineData(2, false, PinVerdict.NotGiven, DenyReason.PinNotSet)]
    [InlineData(2, false, PinVerdict.Wrong, DenyReason.PinNotSet)]
    [InlineData(1, true, PinVerdict.Wrong, DenyReason.PinWrong)]
    [InlineData(3, true, PinVerdict.Right, DenyReason.SecondFactorMissing)]
    [Requirement("R-DOOR-04")]
    public void As_many_factors_are_needed_as_the_zone_says(int needed, bool pinSet, PinVerdict pin, DenyReason? expected)
    {
        var list = A.List().WithTwoFactors().WithZone(zone => zone with { RequiredFactors = needed })
            .WithCard(card => card with { Pin = pinSet ? card.Pin : null });

        Assert.Equal(expected, new FactorRule().Check(A.Request(list, pin: pin)));
    }

    [Fact]
    public void A_zone_that_asks_for_two_factors_and_takes_only_cards_lets_nobody_in()
    {
        var list = A.List().WithTwoFactors().WithZone(zone => zone with { Methods = [EntryMethod.Card] });

        Assert.Equal(DenyReason.SecondFactorMissing, EntryPolicy.Judge(A.Request(list)).Objection);
    }

    [Fact]
    [Requirement("R-DOOR-01")]
    public void The_first_objection_decides_and_later_rules_are_not_asked()
    {
        var list = A.List().WithCard(card => card with { State = CredentialState.Suspended }).WithGrants();

        var judgement = EntryPolicy.Judge(A.Request(list));

        Assert.Equal(DenyReason.CardSuspended, judgement.Objection);
        Assert.Equal(
            [
                ("ReaderRule", RuleVerdict.Passed),
                ("GrantListRule", RuleVerdict.Passed),
                ("CardStateRule", RuleVerdict.Objected),
                ("VisitBadgeRule", RuleVerdict.NotAsked),
                ("CardDatesRule", RuleVerdict.NotAsked),
                ("PersonSuspensionRule", RuleVerdict.NotAsked),
                ("PersonDatesRule", RuleVerdict.NotAsked),
                ("ListAgeRule", RuleVerdict.NotAsked),
                ("LockdownRule", RuleVerdict.NotAsked),
                ("VisitorModeRule", RuleVerdict.NotAsked),
                ("ZoneHoursRule", RuleVerdict.NotAsked),
                ("GrantRule", RuleVerdict.NotAsked),
                ("ContractRule", RuleVerdict.NotAsked),
                ("VisitTimeRule", RuleVerdict.NotAsked),
                ("VisitZoneRule", RuleVerdict.NotAsked),
                ("OuterZoneRule", RuleVerdict.NotAsked),
                ("AntiPassbackRule", RuleVerdict.NotAsked),
                ("PurposeRule", RuleVerdict.NotAsked),
                ("EscortPresentRule", RuleVerdict.NotAsked),
                ("EscortEligibilityRule", RuleVerdict.NotAsked),
                ("EscortCountRule", RuleVerdict.NotAsked),
                ("OccupancyRule", RuleVerdict.NotAsked),
                ("InterlockRule", RuleVerdict.NotAsked),
                ("MethodRule", RuleVerdict.NotAsked),
                ("FactorRule", RuleVerdict.NotAsked),
                ("SecondPersonRule", RuleVerdict.NotAsked),
            ],
            judgement.Outcomes.Select(outcome => (outcome.Rule, outcome.Verdict)));
    }

    [Fact]
    public void A_refusal_for_hours_shows_the_hours_and_the_time_it_was_asked()
    {
        var outcome = EntryPolicy.Judge(A.Request(A.List().WithGrants(A.Grant().During("10:30", "17:15")))).Outcomes
            .Single(one => one.Verdict is RuleVerdict.Objected);

        Assert.Contains(new(FactName.Hours, "10:30-17:15"), outcome.Facts);
        Assert.Contains(new(FactName.LocalTime, "09:00:00"), outcome.Facts);
        Assert.Contains(new(FactName.Grant, "G-2026-0031"), outcome.Facts);
    }

    private static DenyReason? WithGrant(EntryGrant grant, string local) =>
        new GrantRule().Check(A.Request(A.List().WithGrants(grant), A.Local(local)));
}
