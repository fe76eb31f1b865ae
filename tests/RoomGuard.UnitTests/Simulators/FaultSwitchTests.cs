using RoomGuard.Simulators.World;
using RoomGuard.TestKit;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Simulators;

/// <summary>Every switch of the simulators does on the wire what its name says, as the panel's side of the codec sees it.</summary>
public sealed class FaultSwitchTests
{
    [Fact]
    public void A_new_reader_takes_the_installation_key_and_then_its_own()
    {
        using var panel = new PanelOnWire().Installed();

        Assert.Equal(2, panel.Heard.OfType<KeyInstalled>().Count());
        Assert.All(panel.Site.Look().Readers, reader => Assert.True(reader.Secure && reader.HasOwnKey));
    }

    [Fact]
    public void A_card_comes_through_with_the_bits_of_its_holder()
    {
        using var panel = new PanelOnWire().Installed();

        Assert.True(panel.Site.Present("S-1", "reader-in").Happened);

        var card = panel.Hears<CardRead>(1);
        Assert.Equal("023EA680", Convert.ToHexString(card.Bits.Span));
        Assert.Equal(32077u, CardFormat.H10301.Decode(card.Bits.Span, card.BitCount).Number!.Number);
    }

    [Fact]
    public void A_card_held_to_a_reader_nobody_polls_is_gone()
    {
        using var panel = new PanelOnWire();

        Assert.False(panel.Site.Present("S-1", "reader-in").Happened);

        panel.Installed().Run(5);
        Assert.Empty(panel.Heard.OfType<CardRead>());
    }

    [Fact]
    public void Keys_arrive_as_osdp_writes_them()
    {
        using var panel = new PanelOnWire().Installed();

        panel.Site.Type("reader-in", "27*41#");

        panel.Hears<KeysPressed>(1);
        Assert.Equal([0x32, 0x37, 0x7F, 0x34, 0x31, 0x0D], panel.Heard.OfType<KeysPressed>().SelectMany(item => item.Keys.ToArray()));
    }

    [Fact]
    public void A_strike_lets_go_for_its_time_and_then_locks()
    {
        using var panel = new PanelOnWire().Installed();

        panel.Order(new OutputCommand(0, OutputControl.OnFor, TimeSpan.FromSeconds(5)));
        panel.Until(() => panel.Site.Look().Doors[0].StrikeReleased, "strike released", 1);
        panel.Run(4.5);
        Assert.True(panel.Site.Look().Doors[0].StrikeReleased);

        panel.Run(0.8);
        Assert.False(panel.Site.Look().Doors[0].StrikeReleased);
    }

    [Fact]
    public void A_released_door_opens_and_its_contact_tells()
    {
        using var panel = new PanelOnWire().Installed();
        Assert.False(panel.Site.OpenLeaf("D1").Happened);

        panel.Order(new OutputCommand(0, OutputControl.OnFor, TimeSpan.FromSeconds(5)));
        panel.Until(() => panel.Site.Look().Doors[0].StrikeReleased, "strike released", 1);
        panel.Forget();
        Assert.True(panel.Site.OpenLeaf("D1").Happened);

        panel.Until(() => panel.Heard.OfType<InputsReported>().Any(item => item.States[0] == InputState.Active), "the contact opens", 1);
        panel.Forget();
        panel.Until(() => panel.Heard.OfType<InputsReported>().Any(item => item.States[0] == InputState.Inactive), "the closer shuts the leaf", 10);
    }

    [Fact]
    public void The_exit_button_is_down_long_enough_to_be_seen()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Run(1);
        panel.Forget();

        panel.Site.PushExit("D1");
        panel.Run(2);

        Assert.Equal([InputState.Active, InputState.Inactive], panel.Heard.OfType<InputsReported>().Select(item => item.States[1]));
    }

    [Fact]
    public void The_light_a_person_sees_is_the_one_the_panel_ordered()
    {
        using var panel = new PanelOnWire().Installed();

        panel.Order(LedCommand.Steady(LedColour.Red));
        panel.Until(() => panel.Site.Look().Readers[0].Light == "red", "red light", 1);
        panel.Order(LedCommand.For(TimeSpan.FromSeconds(2), LedColour.Green));
        panel.Order(BuzzerCommand.Beep(2));
        panel.Until(() => panel.Site.Look().Readers[0] is { Light: "green", Sounding: true }, "green light and a beep", 1);

        panel.Until(() => panel.Site.Look().Readers[0] is { Light: "red", Sounding: false }, "red again", 3);
    }

    [Fact]
    public void An_unplugged_reader_goes_offline_and_its_neighbour_does_not()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.Unplug("reader-in");
        panel.Run(12);

        Assert.Equal([(byte)0], panel.Heard.OfType<ReaderWentOffline>().Select(item => item.Address));
        panel.Site.PlugIn("reader-in");
        Assert.Equal(0, panel.Hears<ReaderCameOnline>(10).Address);
    }

    [Fact]
    public void A_cut_line_takes_all_its_readers_and_gives_them_back()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.CutLine("line-1");
        panel.Run(12);
        Assert.Equal(2, panel.Heard.OfType<ReaderWentOffline>().Count());

        panel.Forget();
        panel.Site.JoinLine("line-1");
        panel.Until(() => panel.Heard.OfType<ReaderCameOnline>().Count(item => item.Secure) == 2, "both readers back", 15);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void An_opened_cover_and_a_failed_supply_are_told()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Run(1);
        panel.Forget();

        panel.Site.CoverOpen("reader-in");
        Assert.True(panel.Hears<TamperReported>(1).Open);
        panel.Site.Power("reader-in", failed: true);
        Assert.True(panel.Hears<PowerReported>(1).Failed);
    }

    [Fact]
    public void Slow_replies_beyond_the_time_limit_take_a_reader_offline()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.SlowReplies("reader-in", TimeSpan.FromMilliseconds(150));
        panel.Run(12);
        Assert.Empty(panel.Heard.OfType<ReaderWentOffline>());

        panel.Site.SlowReplies("reader-in", TimeSpan.FromSeconds(20));
        Assert.Equal(0, panel.Hears<ReaderWentOffline>(15).Address);
    }

    [Fact]
    public void A_busy_reader_is_not_dead_and_refuses_what_it_was_asked()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.Busy("reader-in", busy: true);
        panel.Order(LedCommand.Steady(LedColour.Red));

        Assert.Equal(RefusalReason.Busy, panel.Hears<CommandRefused>(10).Why);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_wrong_key_is_found_out_and_the_right_one_heals_it()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.WrongKey("reader-in");
        Assert.Equal(MissingChannel.WrongKey, panel.Hears<SecureChannelMissing>(20).Why);

        panel.Forget();
        panel.Site.WrongKey("reader-in", on: false);
        Assert.True(panel.Hears<ReaderCameOnline>(20).Secure);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_replaced_reader_is_told_apart_and_the_old_piece_still_knows_its_key()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.ReplaceReader("reader-in", 9999);
        Assert.Equal(9999u, panel.Hears<IdentityMismatch>(20).Found.Serial);

        panel.Forget();
        panel.Site.ReplaceReader("reader-in", 1001);
        Assert.True(panel.Hears<ReaderCameOnline>(20).Secure);
    }

    [Fact]
    public void A_reader_without_secure_channel_is_refused()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.ClearTextOnly("reader-in", on: true);

        Assert.Equal(MissingChannel.RefusedByReader, panel.Hears<SecureChannelMissing>(20).Why);
    }

    [Fact]
    public void A_rebooted_reader_comes_back_dark_with_its_key()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Order(LedCommand.Steady(LedColour.Red));
        panel.Until(() => panel.Site.Look().Readers[0].Light == "red", "red light", 1);

        panel.Site.Reboot("reader-in");

        Assert.Equal("off", panel.Site.Look().Readers[0].Light);
        panel.Until(() => panel.Site.Look().Readers[0].Secure, "secure again", 20);
    }

    [Fact]
    public void A_second_controller_is_noticed()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.SecondControllerTalks("line-1", talking: true);

        Assert.Equal(Suspicion.SecondController, panel.Hears<SuspectTraffic>(20).Why);
    }

    [Fact]
    public void A_wrong_mac_is_suspect()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.Habit("reader-in", WireHabit.WrongMac, on: true);

        panel.Until(() => panel.Heard.OfType<SuspectTraffic>().Any(item => item.Why == Suspicion.MacFailures), "three wrong MACs", 60);
    }

    [Theory]
    [InlineData(WireHabit.GarbageBefore)]
    [InlineData(WireHabit.SingleBytes)]
    [InlineData(WireHabit.Twice)]
    [InlineData(WireHabit.LosesReplies)]
    public void Habits_a_good_panel_lives_with_lose_no_card_and_double_none(WireHabit habit)
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.Habit("reader-in", habit, on: true);
        for (var card = 0; card < 20; card++)
        {
            panel.Site.Present("S-1", "reader-in");
            panel.Run(1);
        }

        Assert.Empty(panel.Heard.OfType<ReaderWentOffline>());
        Assert.Equal(20, panel.Heard.OfType<CardRead>().Count());
    }

    [Theory]
    [InlineData(WireHabit.WrongCheck)]
    [InlineData(WireHabit.WrongSequence)]
    [InlineData(WireHabit.Silent)]
    public void Habits_nobody_can_live_with_take_the_reader_offline(WireHabit habit)
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.Habit("reader-in", habit, on: true);
        Assert.Equal(0, panel.Hears<ReaderWentOffline>(30).Address);

        panel.Forget();
        panel.Site.Habit("reader-in", habit, on: false);
        Assert.Equal(0, panel.Hears<ReaderCameOnline>(30).Address);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void With_five_percent_of_bytes_damaged_cards_get_through_and_none_twice(int seed)
    {
        using var panel = new PanelOnWire(seed).Installed();
        panel.Forget();
        panel.Site.Noise("line-1", 5);

        for (var card = 1000UL; card < 1030; card++)
        {
            var came = 0;
            var tries = 0;
            for (; came == 0 && tries < 40; tries++)
            {
                // A person who hears no beep holds the card to the reader again.
                panel.Site.Do(new PresentNumber("reader-in", "H10301", 4, card));
                panel.Run(5);
                came = panel.Heard.OfType<CardRead>().Count(item => CardFormat.H10301.Decode(item.Bits.Span, item.BitCount).Number?.Number == card);
            }

            // Never more often than it was held, and never a card nobody held.
            Assert.InRange(came, 1, tries);
        }

        Assert.All(panel.Heard.OfType<CardRead>(), item => Assert.InRange(CardFormat.H10301.Decode(item.Bits.Span, item.BitCount).Number!.Number, 1000u, 1029u));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void With_five_percent_of_bytes_damaged_a_card_held_once_is_never_read_twice(int seed)
    {
        using var panel = new PanelOnWire(seed).Installed();
        panel.Forget();
        panel.Site.Noise("line-1", 5);

        var held = 0;
        for (var card = 1000UL; card < 1060; card++)
        {
            held += panel.Site.Do(new PresentNumber("reader-in", "H10301", 4, card)).Happened ? 1 : 0;
            panel.Run(5);
        }

        var numbers = panel.Heard.OfType<CardRead>().Select(card => CardFormat.H10301.Decode(card.Bits.Span, card.BitCount).Number!.Number).ToList();
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.InRange(numbers.Count, held / 4, held);
    }

    [Fact]
    public void Two_readers_at_one_address_spoil_each_other()
    {
        using var panel = new PanelOnWire().Installed();
        panel.Forget();

        panel.Site.Do(new TurnAddress("reader-out", 0));
        panel.Run(15);

        Assert.Contains(panel.Heard.OfType<ReaderWentOffline>(), item => item.Address == 1);
        Assert.False(panel.Site.Look().Readers[1].Secure);
    }
}
