using System.Collections.Immutable;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Doors;

/// <summary>PINs typed wrongly, and PINs typed under threat; contractors outside their contract.</summary>
public sealed class PinStoryTests
{
    [Fact]
    [Requirement("R-DOOR-03")]
    public void Five_wrong_PINs_hold_the_PIN_and_the_right_one_then_helps_nobody()
    {
        var room = A.Room(A.List().WithTwoFactors());
        for (var wrong = 1; wrong <= 4; wrong++)
        {
            room.Shows(1).Types("0000").IsRefused(DenyReason.PinWrong).WritesNo<PinHeld>();
        }

        room.Shows(1).Types("0000").IsRefused(DenyReason.PinWrong).Writes<PinHeld>(item => item is { Person.Value: "S-0217", Tries: 5 })
            .Shows(1).Types("4711").IsRefused(DenyReason.PinHeld)
            .After(TimeSpan.FromMinutes(14)).Shows(1).Types("4711").IsRefused(DenyReason.PinHeld)
            .After(TimeSpan.FromMinutes(1)).Shows(1).Types("4711").IsGranted();
    }

    [Fact]
    public void A_right_PIN_begins_the_count_anew_and_a_restart_does_not()
    {
        var room = A.Room(A.List().WithTwoFactors());
        for (var round = 0; round < 3; round++)
        {
            room.Shows(1).Types("0000").Shows(1).Types("0000").Shows(1).Types("4711").IsGranted().After(10);
        }

        room.Shows(1).Types("0000").Shows(1).Types("0000").Shows(1).Types("0000").Shows(1).Types("0000")
            .Restarts(TimeSpan.FromSeconds(5)).ReaderIs(ReaderCondition.Online).Closes()
            .Shows(1).Types("0000").Writes<PinHeld>();
    }

    [Fact]
    [Requirement("R-DOOR-03")]
    public void A_duress_PIN_opens_as_usual_and_calls_for_help_without_a_sign_at_the_reader()
    {
        var usual = A.Room(A.List().WithTwoFactors()).Shows(1).Types("4711").IsGranted();
        var threatened = A.Room(WithDuress()).Shows(1).Types("1174").IsGranted().Writes<DuressSignalled>(item => item.Person.Value == "S-0217");

        Assert.Equal(usual.AnswerOrders, threatened.AnswerOrders);
        var (granted, seen) = (usual.AnswerWritten.OfType<EntryGranted>().Single(), threatened.AnswerWritten.OfType<EntryGranted>().Single());
        Assert.True(granted.Methods.SequenceEqual(seen.Methods));
        Assert.Equal<RoomGuard.Core.Doors.RuleFact>([.. granted.Rules.SelectMany(rule => rule.Facts)], [.. seen.Rules.SelectMany(rule => rule.Facts)]);
        A.Room(WithDuress()).Shows(1).Types("4711").IsGranted().WritesNo<DuressSignalled>();
        A.Room(WithDuress()).Shows(1).Types("0000").IsRefused(DenyReason.PinWrong).WritesNo<DuressSignalled>();
    }

    [Fact]
    public void A_duress_PIN_is_told_even_where_the_door_stays_shut() =>
        A.Room(WithDuress()).Shows(1).Told(at => new SuspensionArrived(at, A.Suspension())).Types("1174").IsRefused(DenyReason.PersonSuspended).Writes<DuressSignalled>();

    [Fact]
    [Requirement("R-CON-02")]
    public void A_contractor_is_refused_outside_the_workers_places_and_term_of_a_contract()
    {
        A.Room(Limited([])).Shows(1).IsRefused(DenyReason.OutsideContract);
        A.Room(Limited([Limit("S-0217", "SRV-1", new(2026, 4, 1), new(2026, 5, 12))])).Shows(1).IsGranted();
        A.Room(Limited([Limit("S-0217", "SRV-1", new(2026, 4, 1), new(2026, 5, 11))])).Shows(1).IsRefused(DenyReason.OutsideContract);
        A.Room(Limited([Limit("S-0217", "SRV-1", new(2026, 5, 12), new(2026, 6, 1))])).Shows(1).IsRefused(DenyReason.OutsideContract);
        A.Room(Limited([Limit("S-0217", "MED-1", new(2026, 4, 1), new(2026, 6, 1))])).Shows(1).IsRefused(DenyReason.OutsideContract);
        A.Room(Limited([Limit("S-0301", "SRV-1", new(2026, 4, 1), new(2026, 6, 1))])).Shows(1).IsRefused(DenyReason.OutsideContract);
    }

    [Fact]
    public void Staff_need_no_contract_and_an_older_list_that_knows_none_changes_nothing()
    {
        A.Room(A.List() with { Contracts = [] }).Shows(1).IsGranted();
        A.Room(Limited([]) with { Contracts = null }).Shows(1).IsGranted();
    }

    private static GrantList WithDuress() => A.List().WithTwoFactors() with { DuressPins = [new(new("C-1"), A.Verifier("1174"))] };

    private static GrantList Limited(ImmutableArray<RoomGuard.Core.Contractors.ContractLimit> limits) =>
        A.List().WithPerson(person => person with { Category = PersonCategory.Contractor }) with { Contracts = limits };

    private static RoomGuard.Core.Contractors.ContractLimit Limit(string person, string zone, DateOnly from, DateOnly until) => new(new(person), new("K-2026-0001"), [new(zone)], from, until);
}
