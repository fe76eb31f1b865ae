using RoomGuard.Core.Doors;
using RoomGuard.Core.Doors.Rules;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Doors;

/// <summary>The rules of zones and of visitors, one table each: both sides of every limit.</summary>
public class ZoneRuleTests
{
    [Theory]
    [InlineData(PassbackMode.Hard, null, null)]
    [InlineData(PassbackMode.Hard, 600, DenyReason.AlreadyInside)]
    [InlineData(PassbackMode.Soft, 600, null)]
    [Requirement("R-DOOR-06")]
    public void Who_is_believed_inside_is_refused_where_the_zone_is_hard(PassbackMode mode, int? insideSeconds, DenyReason? expected) =>
        Assert.Equal(expected, Passback(new(mode, null, null), insideSeconds));

    [Theory]
    [InlineData(299, DenyReason.AlreadyInside)]
    [InlineData(300, null)]
    [Requirement("R-DOOR-06")]
    public void Timed_passback_counts_up_to_its_time_and_not_at_it(int insideSeconds, DenyReason? expected) =>
        Assert.Equal(expected, Passback(new(PassbackMode.Hard, TimeSpan.FromMinutes(5), null), insideSeconds));

    [Theory]
    [InlineData("2026-05-11 02:59:59", "2026-05-11 09:00:00", null)]
    [InlineData("2026-05-11 03:00:00", "2026-05-11 09:00:00", DenyReason.AlreadyInside)]
    [InlineData("2026-05-10 23:00:00", "2026-05-11 02:59:59", DenyReason.AlreadyInside)]
    [InlineData("2026-05-10 23:00:00", "2026-05-11 03:00:00", null)]
    [InlineData("2026-05-10 02:00:00", "2026-05-11 01:00:00", null)]
    [Requirement("R-DOOR-06")]
    public void What_was_before_the_hour_of_forgiveness_is_not_asked_about(string entered, string asked, DenyReason? expected)
    {
        var at = A.Local(asked);
        var list = A.List().WithRules(rules => rules with { Passback = new(PassbackMode.Hard, null, new(3, 0)) });

        Assert.Equal(expected, new AntiPassbackRule().Check(A.Request(list, at, earlier: new(A.Local(entered), at - A.Local(entered)))));
    }

    [Theory]
    [InlineData(null, false, null)]
    [InlineData("OUT-1", true, null)]
    [InlineData("OUT-1", false, DenyReason.WrongPath)]
    [Requirement("R-ZONE-09")]
    public void An_inner_zone_is_entered_from_the_one_around_it(string? outer, bool isInOuter, DenyReason? expected)
    {
        var list = A.List().WithZone(zone => zone with { Parent = outer is null ? null : new(outer) });

        Assert.Equal(expected, new OuterZoneRule().Check(A.Request(list, isInOuter: isInOuter)));
    }

    [Theory]
    [InlineData(null, 500, false, null)]
    [InlineData(3, 2, false, null)]
    [InlineData(3, 3, false, DenyReason.ZoneFull)]
    [InlineData(3, 3, true, null)]
    [Requirement("R-DOOR-05")]
    public void A_zone_with_a_limit_takes_so_many_and_no_more(int? most, int others, bool isInside, DenyReason? expected)
    {
        var list = A.List().WithRules(rules => rules with { Most = most });

        Assert.Equal(expected, new OccupancyRule().Check(A.Request(list, others: others, earlier: isInside ? new(A.MondayNine, TimeSpan.Zero) : null)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("SRV-1-D2", DenyReason.OtherDoorOpen)]
    public void A_door_of_an_interlock_waits_for_the_other(string? open, DenyReason? expected) =>
        Assert.Equal(expected, new InterlockRule().Check(A.Request(openDoor: open)));

    [Theory]
    [InlineData("2026-05-11 07:59:59", DenyReason.ZoneClosed)]
    [InlineData("2026-05-11 08:00:00", null)]
    [InlineData("2026-05-11 19:59:59", null)]
    [InlineData("2026-05-11 20:00:00", DenyReason.ZoneClosed)]
    [InlineData("2026-05-16 12:00:00", DenyReason.ZoneClosed)]
    [InlineData("2026-05-04 12:00:00", DenyReason.ZoneClosed)]
    [InlineData("2026-05-07 12:00:00", null)]
    [Requirement("R-DOOR-01")]
    public void A_zone_with_hours_is_closed_outside_them_on_other_days_and_on_holidays(string local, DenyReason? expected)
    {
        var list = A.List().WithRules(rules => rules with { Open = new(WeekDays.Weekdays, new(new(8, 0), new(20, 0)), OnHolidays: false) })
            with
        { Holidays = [new(2026, 5, 4)] };

        Assert.Equal(expected, new ZoneHoursRule().Check(A.Request(list, A.Local(local))));
    }

    [Theory]
    [InlineData("2026-05-04 12:00:00", true, DenyReason.OutsideHours)]
    [InlineData("2026-05-04 12:00:00", null, null)]
    [InlineData("2026-05-05 12:00:00", true, null)]
    [InlineData("2026-05-05 01:00:00", true, DenyReason.OutsideHours)]
    [Requirement("R-DOOR-01")]
    public void A_grant_may_leave_holidays_out_and_the_night_belongs_to_the_day_before(string local, bool? notOnHolidays, DenyReason? expected)
    {
        var night = local.Contains("01:", StringComparison.Ordinal);
        var grant = (night ? A.Grant().During("22:00", "06:00") : A.Grant()) with { NotOnHolidays = notOnHolidays };
        var list = A.List().WithGrants(grant) with { Holidays = [new(2026, 5, 4)] };

        Assert.Equal(expected, new GrantRule().Check(A.Request(list, A.Local(local))));
    }

    [Theory]
    [InlineData(false, null, false, null)]
    [InlineData(true, null, false, DenyReason.NoPurpose)]
    [InlineData(true, "W-0152", false, null)]
    [InlineData(true, null, true, null)]
    [Requirement("R-WORK-05")]
    public void Where_a_purpose_is_asked_nobody_enters_without_one_and_a_visit_is_one(bool isAsked, string? purpose, bool isVisitor, DenyReason? expected)
    {
        var list = A.List().WithRules(rules => rules with { PurposeNeeded = isAsked });

        Assert.Equal(expected, new PurposeRule().Check(A.Request(list, purpose: purpose, visit: isVisitor ? A.Pass() : null)));
    }

    // ---- two

    [Theory]
    [InlineData(TwoPersonMode.TwoToEnter, 0, null, DenyReason.SecondPersonMissing)]
    [InlineData(TwoPersonMode.TwoToEnter, 4, null, DenyReason.SecondPersonMissing)]
    [InlineData(TwoPersonMode.TwoToEnter, 0, true, null)]
    [InlineData(TwoPersonMode.TwoToEnter, 0, false, DenyReason.SecondPersonMissing)]
    [InlineData(TwoPersonMode.NeverAlone, 0, null, DenyReason.SecondPersonMissing)]
    [InlineData(TwoPersonMode.NeverAlone, 0, true, null)]
    [InlineData(TwoPersonMode.NeverAlone, 1, null, null)]
    [InlineData(TwoPersonMode.NeverAlone, 2, null, null)]
    [Requirement("R-WORK-06")]
    public void Two_enter_together_and_where_one_is_inside_already_a_second_may_come_alone(
        TwoPersonMode mode, int counting, bool? firstCounts, DenyReason? expected) =>
        Assert.Equal(expected, Two(new(mode, TimeSpan.FromSeconds(15), true, false), counting, firstCounts is { } counts ? new(new("S-0301"), counts, null) : null));

    [Theory]
    [InlineData("S-0217", null)]
    [InlineData("S-0999", DenyReason.PairMismatch)]
    [InlineData(null, DenyReason.PairMismatch)]
    [Requirement("R-WORK-06")]
    public void A_named_pair_is_the_one_the_first_ones_grant_names(string? named, DenyReason? expected) => Assert.Equal(
        expected,
        Two(new(TwoPersonMode.TwoToEnter, TimeSpan.FromSeconds(15), true, NamedPair: true), 0, new(new("S-0301"), true, named is null ? null : [new(named)])));

    [Theory]
    [InlineData(1, DenyReason.SecondPersonMissing)]
    [InlineData(2, null)]
    [Requirement("R-WORK-06")]
    public void A_visitor_is_none_of_the_two(int counting, DenyReason? expected)
    {
        var list = A.List().WithRules(rules => rules with { TwoPersons = new(TwoPersonMode.NeverAlone, TimeSpan.FromSeconds(15), true, false) });

        Assert.Equal(expected, new SecondPersonRule().Check(A.Request(list, visit: A.Pass(), counting: counting)));
    }

    // ---- a finger

    [Theory]
    [InlineData(BiometricVerdict.Match, false, null)]
    [InlineData(BiometricVerdict.NoMatch, false, DenyReason.BiometricMismatch)]
    [InlineData(BiometricVerdict.NoMatch, true, DenyReason.FactorMismatch)]
    [InlineData(BiometricVerdict.NotEnrolled, false, DenyReason.BiometricMismatch)]
    [Requirement("R-DOOR-04")]
    public void A_finger_is_a_second_factor_and_refused_twice_it_is_somebody_elses(BiometricVerdict verdict, bool before, DenyReason? expected)
    {
        var list = A.List().WithZone(zone => zone with { RequiredFactors = 2, Methods = [EntryMethod.Card, EntryMethod.Biometric] });
        var request = A.Request(list, finger: verdict, fingerFailedBefore: before, hasSensor: true, methods: [EntryMethod.Card, EntryMethod.Biometric]);

        Assert.Equal(expected, new FactorRule().Check(request));
    }

    // ---- visitors

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, DenyReason.BadgeDead)]
    [Requirement("R-VIS-06")]
    public void A_badge_that_is_back_opens_nothing(bool isDead, DenyReason? expected) =>
        Assert.Equal(expected, new VisitBadgeRule().Check(A.Request(visit: A.Pass(), badgeIsDead: isDead)));

    [Theory]
    [InlineData("2026-05-11 08:29:59", DenyReason.OutsideVisit)]
    [InlineData("2026-05-11 08:30:00", null)]
    [InlineData("2026-05-11 11:59:59", null)]
    [InlineData("2026-05-11 12:00:00", DenyReason.OutsideVisit)]
    [Requirement("R-VIS-01")]
    public void A_visitor_enters_from_the_first_moment_of_the_visit_and_not_at_its_end(string local, DenyReason? expected) =>
        Assert.Equal(expected, new VisitTimeRule().Check(A.Request(at: A.Local(local), visit: A.Pass())));

    [Theory]
    [InlineData("SRV-1", true, null)]
    [InlineData("MED-1", true, DenyReason.ZoneNotInVisit)]
    [InlineData("SRV-1", false, DenyReason.ZoneNotInVisit)]
    [Requirement("R-VIS-05")]
    public void A_visitor_enters_the_zones_of_the_visit_and_none_that_takes_no_visitors(string visited, bool takesVisitors, DenyReason? expected)
    {
        var list = takesVisitors ? A.List() : A.List().WithRules(rules => rules with { Escort = null });

        Assert.Equal(expected, new VisitZoneRule().Check(A.Request(list, visit: A.Pass() with { Zones = [new(visited)] })));
    }

    [Theory]
    [InlineData(ZoneMode.Normal, false, null)]
    [InlineData(ZoneMode.Maintenance, false, null)]
    [InlineData(ZoneMode.Alarm, false, DenyReason.ZoneNotForVisitors)]
    [InlineData(ZoneMode.Drill, false, DenyReason.ZoneNotForVisitors)]
    [InlineData(ZoneMode.Fire, false, DenyReason.ZoneNotForVisitors)]
    [InlineData(ZoneMode.Alarm, true, null)]
    [InlineData(ZoneMode.Drill, true, null)]
    [Requirement("R-VIS-11")]
    public void Visitors_stay_out_of_alarm_and_drill_unless_there_is_an_exception(ZoneMode mode, bool isExcepted, DenyReason? expected)
    {
        Assert.Equal(expected, new VisitorModeRule().Check(A.Request(visit: A.Pass(), mode: mode, exception: isExcepted ? Exception() : null)));
        Assert.Null(new VisitorModeRule().Check(A.Request(mode: mode)));
    }

    [Fact]
    [Requirement("R-VIS-11")]
    public void An_exception_for_a_visit_counts_in_a_lockdown_and_for_nobody_else()
    {
        Assert.Equal(DenyReason.Lockdown, new LockdownRule().Check(A.Request(visit: A.Pass(), lockdown: A.Lockdown())));
        Assert.Null(new LockdownRule().Check(A.Request(visit: A.Pass(), lockdown: A.Lockdown(), exception: Exception())));
        Assert.Equal(DenyReason.Lockdown, new LockdownRule().Check(A.Request(lockdown: A.Lockdown(), exception: Exception())));
    }

    [Theory]
    [InlineData(false, true, 0, DenyReason.NoEscort)]
    [InlineData(true, false, 0, DenyReason.EscortNotEligible)]
    [InlineData(true, true, 0, null)]
    [InlineData(true, true, 4, null)]
    [InlineData(true, true, 5, DenyReason.TooManyVisitors)]
    [Requirement("R-VIS-02")]
    [Requirement("R-VIS-04")]
    [Requirement("R-VIS-10")]
    public void A_visitor_enters_by_an_escort_who_is_there_may_escort_and_has_room(bool isPresent, bool isEligible, int visitors, DenyReason? expected)
    {
        var request = A.Request(visit: A.Pass(), escorts: [new(new("S-0217"), isPresent, isEligible, visitors)]);

        Assert.Equal(expected, EntryPolicy.Judge(request).Objection);
    }

    [Fact]
    [Requirement("R-VIS-02")]
    public void The_first_escort_who_can_is_the_one()
    {
        var request = A.Request(visit: A.Pass(), escorts: [new(new("S-1"), false, true, 0), new(new("S-2"), true, false, 0), new(new("S-3"), true, true, 5), new(new("S-4"), true, true, 4)]);

        Assert.Null(EntryPolicy.Judge(request).Objection);
        Assert.Equal("S-4", request.Escort?.Value);
    }

    [Fact]
    [Requirement("R-DRILL-06")]
    public void Every_rule_says_what_it_looked_at_and_one_that_asks_nothing_says_so()
    {
        var list = A.List().WithRules(rules => rules with { Most = 9, PurposeNeeded = true, Passback = new(PassbackMode.Soft, null, null) });
        var asked = EntryPolicy.Judge(A.Request(list, visit: A.Pass())).Outcomes;

        Assert.All(asked, outcome => Assert.NotEmpty(outcome.Facts));
        Assert.Contains(asked.Single(one => one.Rule == "PurposeRule").Facts, fact => fact is { Name: FactName.Purpose, Value: "V-2026-0088" });
        Assert.Contains(asked.Single(one => one.Rule == "EscortCountRule").Facts, fact => fact is { Name: FactName.VisitorLimit, Value: "5" });
        Assert.Equal("この区域・人では求めない", RuleText.Value(asked.Single(one => one.Rule == "GrantRule").Facts[0]).Ja);
    }

    private static DenyReason? Passback(PassbackRule rule, int? insideSeconds)
    {
        var ago = TimeSpan.FromSeconds(insideSeconds ?? 0);
        return new AntiPassbackRule().Check(A.Request(A.List().WithRules(rules => rules with { Passback = rule }), earlier: insideSeconds is null ? null : new(A.MondayNine - ago, ago)));
    }

    private static DenyReason? Two(TwoPersonRule rule, int counting, FirstOfTwo? first) =>
        new SecondPersonRule().Check(A.Request(A.List().WithRules(rules => rules with { TwoPersons = rule }), counting: counting, first: first));

    private static VisitorOverrideOrder Exception() => new(A.ServerRoom, A.Pass().Visit, A.MondayNine.AddHours(1), "保守員の立入りが要る", "S-0102");
}
