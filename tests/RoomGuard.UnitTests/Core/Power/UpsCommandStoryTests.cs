using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Core.Power;

/// <summary>Commands by two people at the bridge: once, in time, where they are allowed, and believed from what the unit shows.</summary>
public class UpsCommandStoryTests
{
    private static readonly UpsCommandOffer Off = new(UpsCommand.OutputOff, 60, 60, ComesBack: true);

    private static PowerStory ASite() =>
        new PowerStory(A.MondayNine).Allows(new(UpsCommand.BatteryTestQuick), new(UpsCommand.BatteryTestStop), Off, new(UpsCommand.OutputOn), new(UpsCommand.BeeperMute)).Mains().After(60);

    private static UpsCommandOrder Order(PowerStory site, UpsCommand command = UpsCommand.BatteryTestQuick, int delay = 0, string id = "UC-0001") =>
        new(id, "ups-1", command, delay, "半年ごとの点検", "S-0110", "S-0801", site.At);

    private static CommandUnit? Sent(PowerStory site) => site.Orders.Select(one => one.Order).OfType<CommandUnit>().SingleOrDefault();

    private static UpsCommandEnded Ended(PowerStory site) => Assert.Single(site.Written.OfType<UpsCommandEnded>());

    [Fact]
    [Requirement("R-PWR-10")]
    public void A_command_is_sent_once_and_done_when_the_unit_shows_it()
    {
        var site = ASite();
        site.Ordered(Order(site));
        Assert.Equal(new CommandUnit("UC-0001", "ups-1", UpsCommand.BatteryTestQuick, 0), Sent(site));
        site.Answers("UC-0001", UpsCommandAnswer.Accepted).After(2).WritesNo<UpsCommandEnded>()
            .Says(UpsFlags.OnBattery | UpsFlags.Testing).After(1)
            .Writes<UpsCommandEnded>(item => item is { CommandId: "UC-0001", RequestedBy: "S-0110", ConfirmedBy: "S-0801", Result: UpsCommandResult.Done })
            .Mains().After(120).WritesNo<UpsCommandEnded>().WritesNo<OutageBegan>();
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public void An_order_told_again_does_nothing_and_neither_does_one_after_a_restart()
    {
        var site = ASite();
        var order = Order(site);
        site.Ordered(order).OrderedAgain(order);
        Assert.NotNull(Sent(site));

        site.Restarts(secondsAway: 5).Writes<UpsCommandEnded>(item => item.Result is UpsCommandResult.Interrupted);
        site.OrderedAgain(order).Mains().After(120).Answers("UC-0001", UpsCommandAnswer.Accepted);
        Assert.NotNull(Sent(site));
        Assert.Equal(UpsCommandResult.Interrupted, Ended(site).Result);
    }

    [Fact]
    [Requirement("R-PWR-10")]
    [Requirement("R-NET-04")]
    public void A_unit_whose_settings_allow_nothing_takes_nothing()
    {
        var site = new PowerStory(A.MondayNine).Mains().After(60);
        site.Ordered(Order(site));

        Assert.Null(Sent(site));
        Assert.Equal(UpsCommandResult.NotAllowed, Ended(site).Result);
        Assert.Empty(site.Control.Now().Units[0].Commands!.Value);
    }

    [Theory]
    [InlineData(UpsCommand.BatteryTestDeep, 0)]
    [InlineData(UpsCommand.OutputOff, 0)]
    [InlineData(UpsCommand.OutputOff, 600)]
    [InlineData(UpsCommand.BatteryTestQuick, 30)]
    public void What_is_not_in_the_units_list_with_this_delay_is_refused(UpsCommand command, int delay)
    {
        var site = ASite();
        site.Ordered(Order(site, command, delay));

        Assert.Null(Sent(site));
        Assert.Equal(UpsCommandResult.NotAllowed, Ended(site).Result);
    }

    [Theory]
    [InlineData(61)]
    [InlineData(-61)]
    [Requirement("R-PWR-10")]
    public void A_command_older_than_a_minute_lapses_and_so_does_one_from_the_future(int seconds)
    {
        var site = ASite();
        site.Ordered(Order(site) with { ConfirmedAt = site.At.AddSeconds(-seconds) });

        Assert.Null(Sent(site));
        Assert.Equal(UpsCommandResult.Lapsed, Ended(site).Result);
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public void One_person_on_both_sides_is_refused_at_the_bridge_too()
    {
        var site = ASite();
        site.Ordered(Order(site) with { ConfirmedBy = "S-0110" });

        Assert.Null(Sent(site));
        Assert.Equal(UpsCommandResult.NotAllowed, Ended(site).Result);
    }

    [Fact]
    [Requirement("R-PWR-10")]
    public void Output_off_is_refused_while_a_server_is_logged_in_on_a_stage_the_unit_feeds()
    {
        var site = ASite().Has(APlan.Usual).LoggedIn("stage-2", "db-1").After(5);
        site.Ordered(Order(site, UpsCommand.OutputOff, 60));
        Assert.Null(Sent(site));
        Assert.Equal((UpsCommandResult.ServersUp, "db-1"), (Ended(site).Result, Ended(site).Detail));

        site.LoggedIn("stage-2").LoggedIn("elsewhere", "pc-1").Ordered(Order(site, UpsCommand.OutputOff, 60, "UC-0002"));
        Assert.Equal("UC-0002", Sent(site)!.CommandId);
        site.Answers("UC-0002", UpsCommandAnswer.Accepted).After(59).WritesNo<UpsCommandEnded>()
            .Says(UpsFlags.OutputOff).After(1).Writes<UpsCommandEnded>(item => item is { CommandId: "UC-0002", Result: UpsCommandResult.Done });
    }

    [Fact]
    public void A_test_is_refused_while_the_battery_is_wanted_or_nobody_knows()
    {
        var site = ASite().Fails(900).After(5);
        site.Ordered(Order(site));
        Assert.Equal(UpsCommandResult.NotOnMains, Ended(site).Result);

        var silent = ASite().Hushes().After(40);
        silent.Ordered(Order(silent));
        Assert.Equal(UpsCommandResult.NotOnMains, Ended(silent).Result);
        Assert.Null(Sent(silent));
    }

    [Theory]
    [InlineData(UpsCommandAnswer.Refused, UpsCommandResult.RefusedByUnit)]
    [InlineData(UpsCommandAnswer.Silent, UpsCommandResult.NoAnswer)]
    public void What_the_wire_says_is_recorded(UpsCommandAnswer answer, UpsCommandResult result)
    {
        var site = ASite();
        site.Ordered(Order(site)).Answers("UC-0001", answer, "exception 4").Answers("UC-0001", UpsCommandAnswer.Accepted);

        Assert.Equal((result, "exception 4"), (Ended(site).Result, Ended(site).Detail));
    }

    [Fact]
    public void A_wire_that_says_nothing_and_a_unit_that_shows_nothing_both_end()
    {
        var site = ASite();
        site.Ordered(Order(site)).After(28).WritesNo<UpsCommandEnded>().After(4).Writes<UpsCommandEnded>(item => item.Result is UpsCommandResult.NoAnswer);

        var blind = ASite();
        blind.Ordered(Order(blind)).Answers("UC-0001", UpsCommandAnswer.Accepted).After(43).WritesNo<UpsCommandEnded>().After(4)
            .Writes<UpsCommandEnded>(item => item.Result is UpsCommandResult.NotSeen);
    }

    [Fact]
    public void A_second_command_waits_for_nobody_and_is_refused_while_the_first_is_under_way()
    {
        var site = ASite();
        site.Ordered(Order(site)).Ordered(Order(site, UpsCommand.BatteryTestStop, 0, "UC-0002"));

        Assert.Equal(("UC-0002", UpsCommandResult.NotAllowed), (Ended(site).CommandId, Ended(site).Result));
        Assert.Equal("UC-0001", Sent(site)!.CommandId);
    }

    [Fact]
    public void A_unit_of_another_bridge_is_left_to_it()
    {
        var site = ASite();
        site.Ordered(Order(site) with { Ups = "ups-9" });

        Assert.Null(Sent(site));
        Assert.Empty(site.Written.OfType<UpsCommandEnded>());
    }

    [Fact]
    public void A_sound_is_muted_when_the_unit_says_so()
    {
        var site = ASite();
        site.Ordered(Order(site, UpsCommand.BeeperMute)).Answers("UC-0001", UpsCommandAnswer.Accepted);

        Assert.Equal(UpsCommandResult.Done, Ended(site).Result);
    }
}
