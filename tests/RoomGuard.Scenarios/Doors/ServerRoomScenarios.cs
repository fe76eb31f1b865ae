using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.Scenarios.Doors;

/// <summary>Days of a server room, told in its own words and played in virtual time.</summary>
public class ServerRoomScenarios
{
    private static readonly Type[] RegisterRows = [typeof(EntryGranted), typeof(EntryDenied), typeof(ExitBadged), typeof(ExitByButton)];

    [Fact]
    [Requirement("R-DOOR-01")]
    [Requirement("R-DOOR-02")]
    [Requirement("R-DOOR-05")]
    [Requirement("R-DOOR-18")]
    public void An_ordinary_day_has_a_row_for_every_entry_refusal_and_exit_and_ends_with_an_empty_room()
    {
        var room = A.Room(A.List().WithGrants(A.Grant().During("08:30", "17:15") with { Days = WeekDays.Weekdays }));

        room.Enters(1).Inside("S-0217")                                      // 09:00 Minori comes
            .After(TimeSpan.FromHours(1)).Enters(2)                          // 10:00 Taro joins her
            .After(TimeSpan.FromHours(2)).Leaves(1)                          // 12:00 lunch
            .After(TimeSpan.FromMinutes(45)).Enters(1)
            .After(TimeSpan.FromHours(4)).Leaves(2)                          // 16:45
            .After(TimeSpan.FromMinutes(45)).ShowsOnTheWayOut(1).Releases()  // 17:30: out of hours, and out she goes
            .Opens().Writes<ZoneVacant>().Closes()
            .After(TimeSpan.FromMinutes(1)).Shows(1).IsRefused(DenyReason.OutsideHours)
            .After(TimeSpan.FromHours(12)).Shows(1).IsRefused(DenyReason.OutsideHours)
            .After(TimeSpan.FromHours(3)).Shows(1).IsGranted();

        Assert.Empty(room.Written.OfType<PresenceMismatch>());
        Assert.Empty(room.Written.OfType<ZoneIntrusion>());
        Assert.Equal(
            "+1 +2 -1 +1 -2 -1 x1 x1 +1",
            string.Join(' ', room.Written.Select(Row).OfType<string>()));
    }

    [Fact]
    [Requirement("R-DOOR-07")]
    [Requirement("R-DOOR-08")]
    [Requirement("R-DOOR-09")]
    [Requirement("R-DOOR-10")]
    [Requirement("R-DOOR-18")]
    public void A_night_of_trouble_leaves_nothing_unsaid()
    {
        var list = A.List() with { Credentials = [.. A.List().Credentials, A.Card(3) with { State = CredentialState.Lost }] };
        var room = A.Room(list).Enters(1).After(TimeSpan.FromHours(8)).Leaves(1).After(TimeSpan.FromHours(8));   // 01:00, nobody inside

        room.Shows(3).IsRefused(DenyReason.CardLost).Writes<LostCardUsed>()
            .After(seconds: 20).Shows(3).IsRefused(DenyReason.CardLost).Writes<LostCardUsed>()
            .After(seconds: 20).Shows(99).IsRefused(DenyReason.CardUnknown).Writes<RepeatedRefusals>(item => item.CardDigest is null)
            .After(seconds: 60).Opens().Writes<DoorForced>().Writes<ZoneIntrusion>().Signals(ReaderSignal.Alarm)
            .After(seconds: 90).Closes()
            .After(seconds: 5).PressesTheButton().Writes<ZoneIntrusion>().Opens()
            .After(seconds: 30).Writes<DoorHeldOpen>(item => !item.Alarm)
            .After(seconds: 30).Writes<DoorHeldOpen>(item => item.Alarm)
            .After(seconds: 120).Closes().Writes<DoorClosed>(item => item.OpenMs == 180_000);

        Assert.Equal([1, 2, 3, 4], room.Written.OfType<DoorHeldOpen>().Select(item => item.Times));
    }

    [Fact]
    [Requirement("R-DOOR-03")]
    [Requirement("R-DOOR-04")]
    [Requirement("R-DOOR-09")]
    public void A_found_card_is_of_no_use_without_its_pin()
    {
        var room = A.Room(A.List().WithTwoFactors());

        foreach (var guess in (string[])["0000", "1234", "1111"])
        {
            room.Shows(1).StaysLocked().After(seconds: 4).Types(guess).IsRefused(DenyReason.PinWrong).After(seconds: 4);
        }

        Assert.Contains(room.Written.OfType<RepeatedRefusals>(), item => item.CardDigest == A.Digest(1) && item.Person == new PersonId("S-0217"));
        room.Shows(1).After(seconds: 16).Types("4711").IsRefused(DenyReason.MethodNotAllowed)
            .Shows(1).After(seconds: 5).Types("4711").IsGranted();
    }

    [Fact]
    [Requirement("R-RED-01")]
    [Requirement("R-RED-03")]
    public void Three_days_alone_the_doors_go_on_and_on_return_suspensions_come_first()
    {
        var list = A.List().WithZone(zone => zone with { StaleList = StaleListRule.StaffOnly });
        list = list with { People = [list.People[0], list.People[1] with { Category = PersonCategory.Contractor }] };
        var room = A.Room(list);                                            // the list is an hour old

        for (var hour = 0; hour < 71; hour += 6)
        {
            room.Enters(1).After(TimeSpan.FromHours(3)).Enters(2).After(TimeSpan.FromHours(2)).Leaves(1).Leaves(2).After(TimeSpan.FromHours(1));
        }

        Assert.Empty(room.Written.OfType<EntryDenied>());
        room.After(TimeSpan.FromSeconds(1)).Shows(2).IsRefused(DenyReason.GrantListTooOld)
            .Enters(1).Inside("S-0217").Leaves(1)

            // The line is back: Minori was suspended meanwhile, and that comes before the new list is there.
            .Told(at => new SuspensionArrived(at, A.Suspension(serial: 3) with { At = at.AddHours(-5) }))
            .Shows(1).IsRefused(DenyReason.PersonSuspended)
            .Receives(list with { Version = 8, IssuedAt = room.At.AddHours(-6) }).Shows(1).IsRefused(DenyReason.PersonSuspended)
            .Shows(2).IsGranted();
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_reader_swapped_in_the_night_lets_nobody_in_and_the_way_out_stays_free() =>
        A.Room().Enters(1)
            .After(TimeSpan.FromHours(10)).ReaderIs(ReaderCondition.Tampered).Signals(ReaderSignal.OutOfService)
            .After(seconds: 30).ReaderIs(ReaderCondition.Offline)
            .After(seconds: 60).ReaderIs(ReaderCondition.IdentityChanged).Door(door => !door.InService)
            .Shows(1).IsRefused(DenyReason.ReaderNotTrusted)
            .Leaves(1).Inside()
            .After(TimeSpan.FromHours(8)).ReaderIs(ReaderCondition.Online).Door(door => !door.InService)
            .Shows(1).IsRefused(DenyReason.ReaderNotTrusted)
            .ReaderIs(ReaderCondition.TamperCleared).Door(door => door.InService).Signals(ReaderSignal.Idle)
            .Shows(1).IsGranted();

    [Fact]
    [Requirement("R-DOOR-14")]
    [Requirement("R-DOOR-05")]
    public void In_a_lockdown_the_named_go_in_and_everybody_comes_out() =>
        A.Room().Enters(1).Enters(2)
            .Told(at => new LockdownArrived(at, A.Lockdown() with { From = at, Except = [new("S-0301")] }, false)).Signals(ReaderSignal.Lockdown)
            .Leaves(1).Leaves(2).Inside()
            .Shows(1).IsRefused(DenyReason.Lockdown)
            .Enters(2).Inside("S-0301")
            .Restarts(TimeSpan.FromMinutes(2)).ReaderIs(ReaderCondition.Online).Signals(ReaderSignal.Lockdown).Closes()
            .Shows(1).IsRefused(DenyReason.Lockdown)
            .Told(at => new LockdownArrived(at, A.Lockdown(), true)).Signals(ReaderSignal.Idle)
            .Shows(1).IsGranted();

    [Fact]
    [Requirement("R-TIME-04")]
    [Requirement("R-DOOR-02")]
    public void A_clock_set_back_an_hour_changes_the_times_written_and_not_their_order()
    {
        var room = A.Room().Enters(1).After(TimeSpan.FromMinutes(30)).Shows(2).Opens().After(seconds: 10);

        room.TurnsTheClock(TimeSpan.FromHours(-1)).Writes<ClockStep>(item => item.Before - item.After == TimeSpan.FromHours(1))
            .After(seconds: 19).WritesNothing()
            .After(seconds: 1).Writes<DoorHeldOpen>(item => item.OpenMs == 30_000)
            .Closes().Leaves(2).After(TimeSpan.FromMinutes(10)).Leaves(1).Inside();

        Assert.Equal("+1 +2 -2 -1", string.Join(' ', room.Written.Select(Row).OfType<string>()));
        Assert.Equal([30_000L, 2_430_000L], room.Written.OfType<PersonLeft>().Select(item => item.StayMs!.Value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(41)]
    [Requirement("R-DOOR-02")]
    [Requirement("R-DOOR-05")]
    public void A_week_of_coming_and_going_with_power_cuts_loses_nobody(int seed)
    {
        var chance = new Random(seed);
        var room = A.Room();
        var inside = new SortedSet<int>();
        var rows = new List<string>();

        for (var version = 8; room.At < A.MondayNine.AddDays(7); version++)
        {
            room.After(TimeSpan.FromMinutes(chance.Next(1, 90))).Receives(A.List(version) with { IssuedAt = room.At });
            var card = chance.Next(1, 3);
            if (chance.Next(20) == 0)
            {
                room.Restarts(TimeSpan.FromSeconds(chance.Next(1, 600))).Closes()
                    .ReaderIs(ReaderCondition.Online).ReaderIs(ReaderCondition.Online, "reader-srv-out");
            }
            else if (inside.Remove(card))
            {
                rows.Add($"-{card}");
                room.Leaves(card);
            }
            else
            {
                inside.Add(card);
                rows.Add($"+{card}");
                room.Enters(card);
            }

            room.Inside([.. inside.Select(one => one == 1 ? "S-0217" : "S-0301")]);
        }

        Assert.Equal(rows, room.Written.Select(Row).OfType<string>());
        Assert.Empty(room.Written.OfType<DoorForced>());
        Assert.All(room.Written.OfType<PresenceMismatch>(), item => Assert.Equal("no-exit-by-end-of-day", item.Kind));
    }

    /// <summary>"+1": card 1 let in; "x1": refused; "-1": out. Null: no row of the register.</summary>
    private static string? Row(RecordedEvent item)
    {
        if (!RegisterRows.Contains(item.GetType()))
        {
            return null;
        }

        return item switch
        {
            EntryGranted granted => $"+{granted.Credential.Value[2..]}",
            EntryDenied denied => $"x{denied.Credential?.Value[2..]}",
            ExitBadged badged => $"-{badged.Credential?.Value[2..]}",
            _ => "-?",
        };
    }
}
