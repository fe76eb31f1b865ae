using RoomGuard.TestKit;
using RoomGuard.TestKit.Wire;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Wire;

/// <summary>Panel against readers over a virtual wire: each fault a reader or a cable can have.</summary>
public class BusStoryTests
{
    public static TheoryData<string> PassingFaults => new(Faults.Keys);

    private static Dictionary<string, Action<Temper>> Faults { get; } = new()
    {
        ["no reply"] = temper => temper.NoReply = 4,
        ["lost reply"] = temper => temper.LostReply = 4,
        ["damaged check"] = temper => temper.DamagedCheck = 4,
        ["wrong sequence"] = temper => temper.WrongSequence = 2,
        ["busy"] = temper => temper.Busy = 5,
        ["NAK 01"] = temper => (temper.Nak, temper.NakWith) = (2, NakCode.BadCheck),
        ["NAK 03"] = temper => (temper.Nak, temper.NakWith) = (2, NakCode.UnknownCommand),
        ["NAK 04"] = temper => (temper.Nak, temper.NakWith) = (1, NakCode.BadSequence),
        ["NAK 05"] = temper => (temper.Nak, temper.NakWith) = (1, NakCode.SecurityBlockNotSupported),
        ["NAK 06"] = temper => (temper.Nak, temper.NakWith) = (1, NakCode.SecurityConditionsNotMet),
        ["NAK 09"] = temper => (temper.Nak, temper.NakWith) = (2, NakCode.UnableToProcess),
        ["NAK FF"] = temper => (temper.Nak, temper.NakWith) = (2, NakCode.Private),
        ["wrong MAC"] = temper => temper.WrongMac = 1,
        ["duplicate reply"] = temper => temper.Duplicate = 5,
        ["garbage before"] = temper => temper.GarbageBefore = Hex.Bytes("005353FF0012"),
        ["split bytes"] = temper => temper.SplitGap = TimeSpan.FromMilliseconds(12),
        ["slow reply"] = temper => temper.Delay = TimeSpan.FromMilliseconds(180),
        ["late reply"] = temper => temper.Delay = TimeSpan.FromMilliseconds(250),
        ["very late reply"] = temper => temper.Delay = TimeSpan.FromSeconds(1),
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reader_comes_online_tells_its_state_and_then_a_card(bool secure)
    {
        var room = new AWire(secure: secure);
        Assert.True(room.Hears<ReaderCameOnline>(withinSeconds: 2), string.Join('\n', room.Events));
        room.After(seconds: 1);

        Assert.Equal(
            [typeof(ReaderCameOnline), typeof(TamperReported), typeof(PowerReported), typeof(InputsReported), typeof(HeadsReported)],
            room.Events.Select(item => item.GetType()));
        Assert.Equal(secure, room.Events.OfType<ReaderCameOnline>().Single().Secure);
        Assert.Equal(secure, room.Device.IsSecure);
        Assert.Equal(OsdpFrame.Longest, room.Device.AcuReceiveSize);

        Assert.True(room.Device.PresentCard(AReader.Card, 26, room.Wire.Now));
        room.After(seconds: 1);

        var card = Assert.Single(room.Events.OfType<CardRead>());
        Assert.Equal(26, card.BitCount);
        Assert.Equal(AReader.Card, card.Bits.ToArray());
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public void A_passing_fault_neither_loses_nor_doubles_a_card_nor_takes_a_secure_reader_away(string fault) => Passes(fault, secure: true);

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public void A_passing_fault_neither_loses_nor_doubles_a_card_nor_takes_a_clear_reader_away(string fault) => Passes(fault, secure: false);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Requirement("R-DOOR-17")]
    public void A_cut_cable_is_told_once_after_eight_seconds_and_its_end_once(bool secure)
    {
        var room = new AWire(secure: secure).Settled();
        room.Wire.IsCut = true;
        room.After(seconds: 7.9);
        Assert.Empty(room.Events);
        room.After(seconds: 30);

        var offline = Assert.Single(room.Events.OfType<ReaderWentOffline>());
        Assert.InRange(offline.SilentFor, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(8.5));
        room.Wire.IsCut = false;
        room.Events.Clear();
        room.After(seconds: 3);

        Assert.Single(room.Events.OfType<ReaderCameOnline>());
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_reader_that_never_answers_is_told_offline_once()
    {
        var room = new AWire();
        room.Wire.IsCut = true;
        room.After(seconds: 60);

        Assert.IsType<ReaderWentOffline>(Assert.Single(room.Events));
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_link_that_goes_away_takes_its_readers_offline_at_once()
    {
        var room = new AWire(readers: 3).Settled();
        room.Bus.LineDown(room.Wire.Now);
        room.After(seconds: 1);
        Assert.Equal([0, 1, 2], room.Events.OfType<ReaderWentOffline>().Select(item => (int)item.Address));

        room.Bus.LineUp(room.Wire.Now);
        room.Settled();
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void An_opened_cover_and_a_failed_supply_are_told_and_so_is_their_end()
    {
        var room = new AWire().Settled();
        room.Device.SetTamper(open: true, room.Wire.Now);
        room.After(seconds: 1);
        room.Device.SetPower(failed: true, room.Wire.Now);
        room.After(seconds: 1);
        room.Device.SetTamper(open: false, room.Wire.Now);
        room.After(seconds: 1);
        room.Device.SetHead(0, HeadState.Tamper, room.Wire.Now);
        room.After(seconds: 1);

        Assert.Equal(
            [new TamperReported(0, true), new PowerReported(0, true), new TamperReported(0, false), new TamperReported(0, true)],
            room.Events.Where(item => item is TamperReported or PowerReported));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Requirement("R-DOOR-17")]
    public void Another_reader_in_its_place_is_refused(bool secure)
    {
        var room = new AWire(secure: secure).Settled();
        var other = AReader.Identity with { Serial = 99 };
        room.Device.ReplaceWith(other, room.Device.Key, room.Wire.Now);
        room.After(seconds: 5);
        room.Device.PresentCard(AReader.Card, 26, room.Wire.Now);
        room.After(seconds: 5);

        Assert.Equal(other, Assert.Single(room.Events.OfType<IdentityMismatch>()).Found);
        Assert.Single(room.Events.OfType<ReaderWentOffline>());
        Assert.Empty(room.Events.OfType<CardRead>());
        Assert.False(room.Bus.IsOnline(0));

        // The right one comes back.
        room.Device.ReplaceWith(AReader.At(0).Identity, room.Device.Key, room.Wire.Now);
        Assert.True(room.Hears<ReaderCameOnline>(withinSeconds: 5));
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_reader_with_another_key_is_refused_though_it_copies_the_identity()
    {
        var room = new AWire().Settled();
        room.Device.ReplaceWith(room.Device.Identity, AReader.OtherKey, room.Wire.Now);
        room.After(seconds: 10);

        Assert.Equal(MissingChannel.WrongKey, Assert.Single(room.Events.OfType<SecureChannelMissing>()).Why);
        Assert.Empty(room.Events.OfType<ReaderCameOnline>());
    }

    [Fact]
    public void A_reader_that_denies_having_the_secure_channel_is_not_believed()
    {
        var room = new AWire(device: settings => settings with { Capabilities = PdCapabilities.None }).Settled();

        Assert.True(room.Device.IsSecure);
    }

    [Fact]
    public void A_reader_without_its_key_is_refused_and_never_spoken_to_in_clear_text()
    {
        var room = new AWire(device: settings => settings with { Key = null, InstallMode = true });
        room.After(seconds: 20);
        room.Device.PresentCard(AReader.Card, 26, room.Wire.Now);
        room.After(seconds: 5);

        Assert.Equal(MissingChannel.RefusedByReader, Assert.Single(room.Events.OfType<SecureChannelMissing>()).Why);
        Assert.DoesNotContain(room.Events, item => item is ReaderCameOnline or CardRead);
        Assert.True(room.Device.InstallMode);
    }

    [Fact]
    public void A_reader_not_yet_installed_is_named()
    {
        var room = new AWire(expected: settings => settings with { Key = null, Pinned = null });
        room.After(seconds: 10);

        var missing = Assert.Single(room.Events.OfType<SecureChannelMissing>());
        Assert.Equal((MissingChannel.NotInstalled, room.Device.Identity), (missing.Why, missing.Found));
    }

    [Fact]
    public void Clear_text_inside_a_session_ends_it_and_the_card_in_it_does_not_count()
    {
        var room = new AWire().Settled();
        room.Device.Temper.ClearText = 1;
        room.Device.PresentCard(AReader.Card, 26, room.Wire.Now);
        room.After(seconds: 3);

        Assert.Equal(Suspicion.ClearTextInSession, Assert.Single(room.Events.OfType<SuspectTraffic>()).Why);
        Assert.Empty(room.Events.OfType<CardRead>());
        Assert.Equal(2, room.Bus.Counters(0).Handshakes);
        Assert.True(room.Bus.IsOnline(0));
    }

    [Fact]
    public void Three_wrong_macs_in_a_minute_are_an_alarm_and_a_pause()
    {
        var room = new AWire().Settled();
        for (var failure = 0; failure < 3; failure++)
        {
            room.Device.Temper.WrongMac = 1;
            room.After(seconds: 5);
        }

        Assert.Equal(Suspicion.MacFailures, Assert.Single(room.Events.OfType<SuspectTraffic>()).Why);
        Assert.Single(room.Events.OfType<ReaderWentOffline>());
        Assert.Equal(3, room.Bus.Counters(0).MacFailures);
        room.After(seconds: 45);
        Assert.False(room.Bus.IsOnline(0));
        room.After(seconds: 20);
        Assert.True(room.Bus.IsOnline(0));
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_line_that_never_falls_quiet_takes_its_reader_offline()
    {
        var room = new AWire().Settled();
        room.Wire.IsCut = true;
        for (var millisecond = 0; millisecond < 9_000; millisecond++)
        {
            room.Wire.Inject([(byte)millisecond], toReaders: false);
            room.After(seconds: 0.001);
        }

        Assert.Single(room.Events.OfType<ReaderWentOffline>());
        Assert.True(room.Bus.Counters(0).Repeats > 5);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void Clear_text_injected_again_and_again_ends_in_a_pause()
    {
        var room = new AWire().Settled();
        room.Device.Temper.ClearText = int.MaxValue;
        room.After(seconds: 20);

        Assert.Equal(3, room.Bus.Counters(0).ClearText);
        Assert.Contains(new SuspectTraffic(0, Suspicion.MacFailures), room.Events);
        Assert.Single(room.Events.OfType<ReaderWentOffline>());
    }

    [Fact]
    public void A_command_to_a_reader_that_is_away_is_refused_at_once()
    {
        var room = new AWire().Settled();
        room.Wire.IsCut = true;
        room.After(seconds: 9);
        room.Bus.Send(0, LedCommand.Steady(LedColour.Red));
        room.After(seconds: 0.01);

        Assert.Equal(RefusalReason.Offline, Assert.Single(room.Events.OfType<CommandRefused>()).Why);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_link_that_was_never_there_is_told_for_each_of_its_readers()
    {
        var room = new AWire(readers: 2);
        room.Bus.LineDown(room.Wire.Now);
        room.After(seconds: 1);

        Assert.Equal(2, room.Events.OfType<ReaderWentOffline>().Count());
    }

    [Fact]
    public void A_second_controller_on_the_bus_is_told()
    {
        var room = new AWire().Settled();
        room.Wire.Inject(OsdpWriter.ToBytes(new(0, FromReader: false, 2), new OutputCommand(0, OutputControl.On)), toReaders: false);
        room.After(seconds: 1);

        Assert.Equal(Suspicion.SecondController, Assert.Single(room.Events.OfType<SuspectTraffic>()).Why);
    }

    [Fact]
    public void An_adapter_that_hears_itself_is_no_second_controller()
    {
        var room = new AWire(readers: 2);
        room.Wire.Echo = true;
        room.Settled().After(seconds: 5);

        Assert.Empty(room.Events);
        Assert.True(room.Bus.Counters(0).Echoes > 10);
    }

    [Theory]
    [InlineData("reboot")]
    [InlineData("session loss")]
    public void A_reader_that_starts_anew_is_back_at_once_and_says_so(string what)
    {
        var room = new AWire().Settled();
        if (what == "reboot")
        {
            room.Device.Reboot(room.Wire.Now);
        }
        else
        {
            room.Device.LoseSession();
        }

        room.After(seconds: 2);

        Assert.Single(room.Events.OfType<ReaderRestarted>());
        Assert.DoesNotContain(room.Events, item => item is ReaderWentOffline or ReaderCameOnline or SuspectTraffic);
        room.Device.PresentCard(AReader.Card, 26, room.Wire.Now);
        Assert.True(room.Hears<CardRead>(withinSeconds: 1));
    }

    [Fact]
    public void A_command_in_the_way_of_a_reboot_is_done_once()
    {
        var room = new AWire().Settled();
        room.Device.Reboot(room.Wire.Now);
        room.Bus.Send(0, new OutputCommand(0, OutputControl.OnFor, TimeSpan.FromSeconds(3)));
        room.After(seconds: 2);

        Assert.Single(room.Events.OfType<CommandDone>());
        Assert.True(room.Device.Face(room.Wire.Now).Outputs[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Requirement("R-DOOR-01")]
    public void A_release_that_may_have_been_done_is_not_done_again_in_a_new_conversation(bool reboots)
    {
        var room = new AWire().Settled();
        var orders = new List<string>();
        var executed = 0;
        room.Wire.Tap = (bytes, toReaders) =>
        {
            if (toReaders && OsdpScanner.Next(bytes.AsSpan(1)) is { HasFrame: true } scan && scan.Frame.Code == CommandCode.Output)
            {
                orders.Add(Convert.ToHexString(bytes));
            }
        };
        room.Device.Temper.LostReply = 1;
        room.Bus.Send(0, new OutputCommand(0, OutputControl.OnFor, TimeSpan.FromSeconds(1)));
        while (executed == 0 && room.Wire.Now < TimeSpan.FromMinutes(1))
        {
            room.Wire.Run(TimeSpan.FromMilliseconds(5));
            executed += room.Device.Face(room.Wire.Now).Outputs[0] ? 1 : 0;
        }

        // It has moved the strike, its answer is lost, and it forgets us before the panel asks again.
        if (reboots)
        {
            room.Device.Reboot(room.Wire.Now);
        }
        else
        {
            room.Device.LoseSession();
        }

        room.After(seconds: 3);

        Assert.Equal(1, executed);
        Assert.Single(orders.Distinct());
        Assert.Equal(1, room.Events.Count(item => item is CommandDone or CommandRefused { Why: RefusalReason.SessionLost }));
    }

    [Fact]
    public void Commands_are_done_or_refused_and_never_forgotten()
    {
        var room = new AWire(readers: 2).Settled();
        room.Bus.Send(0, new OutputCommand(0, OutputControl.OnFor, TimeSpan.FromSeconds(3)));
        room.Bus.Send(0, new OutputCommand(9, OutputControl.On));
        room.Bus.Send(1, LedCommand.Steady(LedColour.Red));
        room.Bus.Send(1, new FileTransferCommand(1, 2000, 0, new byte[1430]));
        room.Bus.Send(7, LedCommand.Steady(LedColour.Red));
        room.After(seconds: 2);

        Assert.Equal(2, room.Events.OfType<CommandDone>().Count());
        Assert.Equal(
            [RefusalReason.NoSuchReader, RefusalReason.TooLong, RefusalReason.Nak],
            room.Events.OfType<CommandRefused>().Select(item => item.Why).OrderDescending());
        Assert.Equal(NakCode.UnableToProcess, room.Events.OfType<CommandRefused>().Single(item => item.Why == RefusalReason.Nak).Nak);
        Assert.Equal(LedColour.Red, room.Devices[1].Face(room.Wire.Now).Lights[0]);
    }

    [Fact]
    public void An_old_release_does_not_open_a_door_when_the_reader_comes_back()
    {
        var room = new AWire().Settled();
        room.Wire.IsCut = true;
        room.After(seconds: 9);
        room.Bus.Send(0, new OutputCommand(0, OutputControl.OnFor, TimeSpan.FromSeconds(30)));
        room.After(seconds: 10);
        room.Wire.IsCut = false;
        room.After(seconds: 5);

        Assert.Equal(RefusalReason.Offline, Assert.Single(room.Events.OfType<CommandRefused>()).Why);
        Assert.True(room.Bus.IsOnline(0));
        Assert.False(room.Device.Face(room.Wire.Now).Outputs[0]);
    }

    [Fact]
    public void A_dead_reader_does_not_slow_the_living()
    {
        var room = new AWire(readers: 4, baudRate: 115200).Settled();
        room.Devices[2].Temper.NoReply = int.MaxValue;
        room.After(seconds: 20);
        var before = room.Bus.Counters(0).Polls;
        room.After(seconds: 10);

        Assert.InRange(room.Bus.Counters(0).Polls - before, 100, 200);
        for (var second = 0; second < 10; second++)
        {
            room.Events.Clear();
            var shown = room.Wire.Now;
            room.Devices[0].PresentCard(AReader.Card, 26, shown);
            Assert.True(room.Hears<CardRead>(withinSeconds: 1));
            Assert.InRange(room.Wire.Now - shown, TimeSpan.Zero, TimeSpan.FromMilliseconds(300));
        }
    }

    [Fact]
    public void A_flood_of_commands_to_one_reader_does_not_starve_another()
    {
        var room = new AWire(readers: 2).Settled();
        var from = room.Bus.Counters(1).Polls;
        for (var index = 0; index < 60; index++)
        {
            room.Bus.Send(0, LedCommand.Steady(index % 2 == 0 ? LedColour.Red : LedColour.Green));
        }

        room.Devices[1].PresentCard(AReader.Card, 26, room.Wire.Now);
        Assert.True(room.Hears<CardRead>(withinSeconds: 0.3));
        room.After(seconds: 3);
        Assert.Equal(60, room.Events.OfType<CommandDone>().Count());
        Assert.True(room.Bus.Counters(1).Polls - from > 20);
    }

    [Fact]
    public void A_key_is_installed_once_proven_and_pins_the_reader()
    {
        var room = new AWire(
            device: settings => settings with { Key = null, InstallMode = true },
            expected: settings => settings with { Key = null, Pinned = null });
        room.After(seconds: 1);
        room.Bus.BeginInstall(0, AReader.OtherKey, room.Wire.Now + TimeSpan.FromMinutes(5));
        Assert.True(room.Hears<ReaderCameOnline>(withinSeconds: 10));

        var installed = Assert.Single(room.Events.OfType<KeyInstalled>());
        Assert.Equal((AReader.OtherKey, room.Device.Identity), (installed.Key, installed.Identity));
        Assert.Equal((true, InstallResult.Done), (room.Events.OfType<InstallEnded>().Single().Ok, room.Events.OfType<InstallEnded>().Single().Why));
        Assert.Equal(AReader.OtherKey, room.Device.Key);
        Assert.False(room.Device.InstallMode);

        // Storing what was told changes nothing for the running conversation.
        var handshakes = room.Bus.Counters(0).Handshakes;
        room.Bus.UseKey(0, installed.Key, installed.Identity);
        room.After(seconds: 2);
        Assert.Equal(handshakes, room.Bus.Counters(0).Handshakes);
    }

    [Fact]
    public void Installing_a_reader_that_is_not_ready_ends_in_its_time_and_says_why()
    {
        var room = new AWire(device: settings => settings with { Key = null }, expected: settings => settings with { Key = null, Pinned = null });
        room.After(seconds: 1);
        room.Bus.BeginInstall(0, AReader.OtherKey, room.Wire.Now + TimeSpan.FromSeconds(30));
        room.After(seconds: 29);
        Assert.Empty(room.Events.OfType<InstallEnded>());
        room.After(seconds: 2);

        Assert.Equal(InstallResult.NotInInstallMode, Assert.Single(room.Events.OfType<InstallEnded>()).Why);
        room.Device.InstallMode = true;
        room.After(seconds: 10);
        Assert.Null(room.Device.Key);
    }

    [Fact]
    public void A_key_that_everyone_knows_is_never_installed()
    {
        var room = new AWire();

        Assert.Throws<ArgumentException>(() => room.Bus.BeginInstall(0, ScbkKey.Default, TimeSpan.FromMinutes(5)));
        Assert.Throws<ArgumentException>(() => room.Bus.RotateKey(0, new(new byte[16])));
        Assert.Throws<ArgumentException>(() => room.Bus.UseKey(0, ScbkKey.Default, null));
        Assert.Throws<ArgumentException>(() => new AWire(expected: settings => settings with { Key = ScbkKey.Default }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_key_is_changed_even_when_the_acknowledgement_gets_lost(int lost)
    {
        var room = new AWire().Settled();
        room.Device.Temper.LostReply = lost;
        room.Bus.RotateKey(0, AReader.OtherKey);
        Assert.True(room.Hears<KeyInstalled>(withinSeconds: 5));
        room.After(seconds: 2);

        Assert.True(room.Events.OfType<InstallEnded>().Single().Ok);
        Assert.True(room.Bus.IsOnline(0));
        Assert.Equal(AReader.OtherKey, room.Device.Key);
        Assert.DoesNotContain(room.Events, item => item is ReaderWentOffline);
    }

    [Fact]
    public void A_reader_that_reboots_on_keyset_with_its_acknowledgement_unheard_is_found_with_either_key()
    {
        var room = new AWire().Settled();
        room.Device.Temper.LostReply = 1;
        room.Bus.RotateKey(0, AReader.OtherKey);
        Assert.True(room.Wire.RunUntil(() => AReader.OtherKey.Equals(room.Device.Key), TimeSpan.FromSeconds(2)));
        room.Device.Reboot(room.Wire.Now);
        room.After(seconds: 5);

        Assert.Single(room.Events.OfType<KeyInstalled>());
        Assert.True(room.Bus.IsOnline(0));
    }

    [Fact]
    public void A_reader_that_acknowledges_a_key_and_keeps_the_old_one_is_taken_back_with_the_old_one()
    {
        var room = new AWire().Settled();
        room.Bus.RotateKey(0, AReader.OtherKey);
        Assert.True(room.Wire.RunUntil(() => AReader.OtherKey.Equals(room.Device.Key), TimeSpan.FromSeconds(2)));
        room.Device.ReplaceWith(room.Device.Identity, AReader.Key, room.Wire.Now);
        room.After(seconds: 5);

        Assert.Equal(InstallResult.OldKeyKept, Assert.Single(room.Events.OfType<InstallEnded>()).Why);
        Assert.True(room.Bus.IsOnline(0));
        Assert.Empty(room.Events.OfType<KeyInstalled>());
    }

    [Fact]
    public void A_reader_moved_to_another_address_is_found_there()
    {
        var room = new AWire().Settled();
        room.Bus.Send(0, new CommunicationCommand(9, 38400));
        room.After(seconds: 3);

        Assert.Equal(new ReaderMoved(0, 9, 38400), Assert.Single(room.Events.OfType<ReaderMoved>()));
        Assert.True(room.Bus.IsOnline(9));
    }

    [Fact]
    public void A_reader_that_stays_busy_ends_offline()
    {
        var room = new AWire().Settled();
        room.Device.Temper.Busy = int.MaxValue;
        room.After(seconds: 15);
        Assert.Single(room.Events.OfType<ReaderWentOffline>());

        room.Device.Temper.Busy = 0;
        room.After(seconds: 5);
        Assert.True(room.Bus.IsOnline(0));
    }

    [Fact]
    public void Two_readers_at_one_address_never_invent_a_card()
    {
        PdSession Twin(int seed) => new(AReader.At(0, AReader.Key), AReader.Chance(seed));
        var bus = new AcuBus(AcuBusSettings.Usual, [new(0, true, AReader.Key, null)], AReader.Chance(1));
        var wire = new VirtualWire(bus, new PdLine([Twin(1), Twin(2)]));
        wire.Run(TimeSpan.FromSeconds(60));

        Assert.Empty(wire.Events.OfType<CardRead>());
    }

    [Fact]
    public void The_counters_tell_what_happened()
    {
        var room = new AWire().Settled();
        room.Device.Temper.NoReply = 2;
        room.After(seconds: 1);
        room.Device.Temper.DamagedCheck = 1;
        room.After(seconds: 1);
        room.Device.Temper.Busy = 1;
        room.After(seconds: 1);
        room.Device.Temper.Duplicate = 1;
        room.After(seconds: 1);
        var counters = room.Bus.Counters(0);

        Assert.Equal((3, 1, 1), (counters.Timeouts, counters.BadCheck, counters.Busy));
        Assert.Equal(4, counters.Repeats);
        Assert.InRange(counters.Replies, counters.Polls, counters.Polls + counters.Commands);
        Assert.True(counters.SlowestReply > TimeSpan.Zero);
    }

    private static void Passes(string fault, bool secure)
    {
        var room = new AWire(readers: 2, secure: secure).Settled();
        Faults[fault](room.Device.Temper);
        room.After(seconds: 5);
        for (var card = 0; card < 3; card++)
        {
            room.Device.PresentCard(AReader.Card, 26, room.Wire.Now);
            room.After(seconds: 6);
        }

        Assert.Equal(3, room.Events.OfType<CardRead>().Count());
        Assert.DoesNotContain(room.Events, item => item is ReaderWentOffline or ReaderCameOnline);
    }
}
