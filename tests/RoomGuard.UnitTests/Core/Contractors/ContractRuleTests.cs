using RoomGuard.Core.Contractors;
using RoomGuard.Core.Operators;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Contractors;

/// <summary>When a contractor is checked and reminded, and who is told.</summary>
public class ContractRuleTests
{
    private static readonly DateTimeOffset Nine = new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 5, 11);
    private static readonly Contract Running = new(new("K-2026-0003"), "保守", [new("例示保守", "保守", null)], "例示 託也", "情報政策課", [], [], new(2025, 4, 1), new(2027, 4, 1), null, "");
    private static readonly Contract Over = Running with { Until = Today };
    private static readonly ContractHolding Card = new(HoldingKind.Card, "C-0336", "C-0336", new("K-0012"), "例示保守");

    [Fact]
    [Requirement("R-CON-05")]
    public void A_check_is_reported_to_the_supervising_officer_and_what_is_grave_to_the_chief_too()
    {
        Assert.Equal([Role.SupervisingOfficer], ContractRules.ReportedTo(CheckFinding.Minor, hasSupervisor: true).AsEnumerable());
        Assert.Equal([Role.SupervisingOfficer, Role.ChiefOfficer], ContractRules.ReportedTo(CheckFinding.Grave, hasSupervisor: true).AsEnumerable());
        Assert.Equal([Role.ChiefOfficer], ContractRules.ReportedTo(CheckFinding.Fit, hasSupervisor: false).AsEnumerable());
    }

    [Fact]
    [Requirement("R-CON-05")]
    public void A_missed_check_is_reminded_of_once_and_the_next_one_counts_from_the_newest()
    {
        // Never checked: a year from the first day.
        Assert.Equal(new(2026, 4, 1), ContractRules.CheckDue(Running, null, 12, Today));
        var told = ContractRules.CheckReminder(Running, null, null, 12, Today, Nine)!;
        Assert.Equal((new DateOnly(2026, 4, 1), Role.SupervisingOfficer), (told.DueOn, told.Roles[^1]));
        Assert.Null(ContractRules.CheckReminder(Running, null, told.DueOn, 12, Today, Nine));

        // On its last day it is still in time.
        Assert.Null(ContractRules.CheckReminder(Running, Today.AddYears(-1), null, 12, Today, Nine));
        Assert.NotNull(ContractRules.CheckReminder(Running, Today.AddYears(-1).AddDays(-1), null, 12, Today, Nine));

        // A check before the term says nothing of the term.
        Assert.Equal(new(2026, 4, 1), ContractRules.CheckDue(Running, new(2025, 3, 1), 12, Today));
        Assert.Null(ContractRules.CheckDue(Over, null, 12, Today));
    }

    [Fact]
    [Requirement("R-CON-07")]
    [Requirement("R-LIFE-11")]
    public void What_is_not_back_at_the_end_is_told_to_SEC_at_once_and_to_SUP_a_week_later_and_then_no_more()
    {
        Assert.Null(ContractRules.HoldingsReminder(Running, [Card], 0, Today, Nine));
        Assert.Null(ContractRules.HoldingsReminder(Over, [], 0, Today, Nine));
        var first = ContractRules.HoldingsReminder(Over, [Card], 0, Today, Nine)!;
        Assert.Equal((1, Role.SecurityManager), (first.Times, first.Roles.Single()));
        Assert.Equal([Card], first.Holdings.AsEnumerable());
        Assert.Null(ContractRules.HoldingsReminder(Over, [Card], 1, Today.AddDays(6), Nine));
        var second = ContractRules.HoldingsReminder(Over, [Card], 1, Today.AddDays(7), Nine)!;
        Assert.Equal((2, Role.SupervisingOfficer), (second.Times, second.Roles.Single()));
        Assert.Null(ContractRules.HoldingsReminder(Over, [Card], 2, Today.AddDays(30), Nine));
    }
}
