using System.Collections.Immutable;
using RoomGuard.Bridge.Readers;
using RoomGuard.Core.Doors;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.TestKit;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Readers;

public sealed class ReaderInterpreterTests
{
    private const byte Address = 3;
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero);
    private static readonly DeviceId Reader = new("reader-srv-in");
    private static readonly DoorId Door = new("SRV-1-D1");
    private static readonly PdIdentity Identity = new(0x02CACA, 12, 1, 0x64269, 1, 4, 0);
    private static readonly CardDigester Digester = new([.. Enumerable.Range(0, 32).Select(n => (byte)n)]);

    [Fact]
    [Requirement("R-DOOR-10")]
    public void A_card_becomes_its_digest_and_its_bits_are_wiped()
    {
        var bits = CardFormat.H10301.Encode(4, 32077);

        var input = Assert.IsType<BadgePresented>(Room(ABus().Take(new CardRead(Address, 0, 1, 26, bits), default, Monday)));

        Assert.Equal(Digester.Of(CardFormat.H10301.Number(4, 32077).Canonical), input.Digest);
        Assert.All(bits, item => Assert.Equal(0, item));
    }

    [Fact]
    public void A_card_with_a_wrong_parity_is_unreadable_and_no_card_at_all()
    {
        var bits = CardFormat.H10301.Encode(4, 32077);
        bits[1] ^= 0x01;

        Assert.Equal(new UnreadableCard(Monday, Reader, "parity", 26), Room(ABus().Take(new CardRead(Address, 0, 1, 26, bits), default, Monday)));
    }

    [Fact]
    public void A_card_of_another_length_is_unreadable() =>
        Assert.Equal(new UnreadableCard(Monday, Reader, "length", 32), Room(ABus().Take(new CardRead(Address, 0, 2, 32, new byte[4]), default, Monday)));

    [Fact]
    public void Exchanged_wires_are_called_by_name()
    {
        byte[] bits = [.. CardFormat.H10301.Encode(4, 32077).Select(item => (byte)~item)];
        bits[3] &= 0xC0;

        Assert.Equal("wires-exchanged", Assert.IsType<UnreadableCard>(Room(ABus().Take(new CardRead(Address, 0, 1, 26, bits), default, Monday))).Cause);
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public void An_exit_request_releases_the_strike_before_the_room_is_told()
    {
        var bus = ABus();
        Inputs(bus, InputState.Inactive, InputState.Inactive);

        var outcomes = Inputs(bus, InputState.Inactive, InputState.Active);

        Assert.Equal([new ReleaseForExit(Door, TimeSpan.FromSeconds(5)), new TellRoom(new ExitRequested(Monday, Door))], outcomes);
    }

    [Theory]
    [Requirement("R-DOOR-05")]
    [InlineData(26)]
    [InlineData(32)]
    public void Any_card_at_the_inner_reader_releases_the_strike_before_the_room_is_told(int bitCount)
    {
        var outcomes = ABus(wayOut: (Door, TimeSpan.FromSeconds(5))).Take(new CardRead(Address, 0, 1, bitCount, new byte[4]), default, Monday);

        Assert.Equal(new ReleaseForExit(Door, TimeSpan.FromSeconds(5)), outcomes[0]);
        Assert.Single(Rooms(outcomes));
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public void Button_and_leaf_in_one_reply_are_told_in_the_order_of_a_person_going_out()
    {
        var bus = ABus();
        Inputs(bus, InputState.Inactive, InputState.Inactive);

        Assert.Equal(
            [new ReleaseForExit(Door, TimeSpan.FromSeconds(5)), new TellRoom(new ExitRequested(Monday, Door)), new TellRoom(new LeafOpened(Monday, Door))],
            Inputs(bus, InputState.Active, InputState.Active));
    }

    [Fact]
    public void A_held_exit_button_is_one_request()
    {
        var bus = ABus();
        Inputs(bus, InputState.Inactive, InputState.Active);

        Assert.Empty(Inputs(bus, InputState.Inactive, InputState.Active));
    }

    [Fact]
    public void A_contact_tells_open_and_closed_and_only_changes()
    {
        var bus = ABus();

        Assert.IsType<LeafClosed>(Room(Inputs(bus, InputState.Inactive, InputState.Inactive)));
        Assert.Empty(Inputs(bus, InputState.Inactive, InputState.Inactive));
        Assert.IsType<LeafOpened>(Room(Inputs(bus, InputState.Active, InputState.Inactive)));
    }

    [Theory]
    [InlineData(InputState.Short)]
    [InlineData(InputState.Open)]
    [InlineData(InputState.Fault)]
    [InlineData(InputState.Unknown)]
    [Requirement("R-DOOR-17")]
    public void A_supervised_line_that_is_cut_or_shorted_makes_the_leaf_unknown_never_closed(InputState state)
    {
        var bus = ABus();
        Inputs(bus, InputState.Inactive, InputState.Inactive);

        Assert.IsType<LeafUnknown>(Room(Inputs(bus, state, InputState.Inactive)));
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_reader_without_the_wired_input_makes_the_leaf_unknown()
    {
        var bus = ABus();
        Inputs(bus, InputState.Active, InputState.Inactive);

        Assert.IsType<LeafUnknown>(Room(bus.Take(new InputsReported(Address, []), default, Monday)));
    }

    [Fact]
    public void An_inverted_contact_is_open_when_inactive()
    {
        var bus = ABus(contact => contact with { Inverted = true });

        Assert.IsType<LeafOpened>(Room(Inputs(bus, InputState.Inactive, InputState.Inactive)));
    }

    [Fact]
    public void A_debounced_contact_waits_out_chatter_and_tells_the_end_of_it()
    {
        var bus = ABus(contact => contact with { Debounce = TimeSpan.FromMilliseconds(100) });
        Inputs(bus, InputState.Inactive, InputState.Inactive);

        Assert.Empty(Inputs(bus, InputState.Active, InputState.Inactive, at: 0));
        Assert.Empty(Inputs(bus, InputState.Inactive, InputState.Inactive, at: 50));
        Assert.Null(bus.NextDue);
        Assert.Empty(Inputs(bus, InputState.Active, InputState.Inactive, at: 60));
        Assert.Equal(TimeSpan.FromMilliseconds(160), bus.NextDue);
        Assert.Empty(bus.TimePassed(TimeSpan.FromMilliseconds(159), Monday));
        Assert.IsType<LeafOpened>(Room(bus.TimePassed(TimeSpan.FromMilliseconds(160), Monday)));
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_silent_reader_is_told_once_and_its_leaf_is_unknown()
    {
        var bus = ABus();
        Online(bus);
        Inputs(bus, InputState.Inactive, InputState.Inactive);

        var inputs = Rooms(bus.Take(new ReaderWentOffline(Address, TimeSpan.FromSeconds(8)), default, Monday));

        Assert.Collection(
            inputs,
            input => Assert.IsType<LeafUnknown>(input),
            input => Assert.Equal(new ReaderChanged(Monday, Reader, ReaderCondition.Offline, "silent for 8.0 s"), input));
        Assert.Empty(bus.Take(new ReaderWentOffline(Address, TimeSpan.FromSeconds(9)), default, Monday));
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_lost_wire_takes_all_its_readers_down_once_and_says_why()
    {
        var bus = ABus();
        Online(bus);

        Assert.Equal(ReaderCondition.Offline, Assert.IsType<ReaderChanged>(Room(bus.LineLost("Serial port /dev/ttyUSB0 has gone.", Monday))).Condition);
        Assert.Empty(bus.Take(new ReaderWentOffline(Address, TimeSpan.FromSeconds(1)), default, Monday));
        Assert.Equal("Reader reader-srv-in is not reached, since its wire bus-1 is down. Serial port /dev/ttyUSB0 has gone.", bus.Standing(Address).LastError);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void An_opened_cover_is_told_and_so_is_its_end()
    {
        var bus = ABus();
        Online(bus);

        Assert.Empty(bus.Take(new TamperReported(Address, Open: false), default, Monday));
        Assert.Equal(ReaderCondition.Tampered, Assert.IsType<ReaderChanged>(Room(bus.Take(new TamperReported(Address, Open: true), default, Monday))).Condition);
        Assert.Equal(ReaderCondition.Tampered, bus.Standing(Address).Condition);
        Assert.Equal(ReaderCondition.TamperCleared, Assert.IsType<ReaderChanged>(Room(bus.Take(new TamperReported(Address, Open: false), default, Monday))).Condition);
        Assert.Equal(ReaderCondition.Online, bus.Standing(Address).Condition);
    }

    [Fact]
    [Requirement("R-DOOR-17")]
    public void A_swapped_reader_names_both_identities()
    {
        var bus = ABus();

        var changed = Assert.IsType<ReaderChanged>(Room(bus.Take(new IdentityMismatch(Address, Identity, Identity with { Serial = 0x999 }), default, Monday)));

        Assert.Equal(ReaderCondition.IdentityChanged, changed.Condition);
        Assert.Contains("serial 00064269", changed.Detail, StringComparison.Ordinal);
        Assert.Contains("serial 00000999", changed.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MissingChannel.NotInstalled)]
    [InlineData(MissingChannel.WrongKey)]
    [InlineData(MissingChannel.DefaultKeyOffered)]
    [InlineData(MissingChannel.RefusedByReader)]
    [InlineData(MissingChannel.HandshakeFailed)]
    public void A_missing_secure_channel_says_what_to_do(MissingChannel why)
    {
        var bus = ABus();

        var outcomes = bus.Take(new SecureChannelMissing(Address, why, Identity), default, Monday);

        Assert.Contains(outcomes, outcome => outcome is TellRoom { Input: ReaderChanged { Condition: ReaderCondition.Insecure } });
        Assert.Contains("roomguard-bridge reader install reader-srv-in", bus.Standing(Address).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_controller_takes_the_reader_out_until_it_has_been_quiet_for_two_minutes()
    {
        var bus = ABus();
        Online(bus);

        Assert.Equal(ReaderCondition.SuspectTraffic, Assert.IsType<ReaderChanged>(Room(bus.Take(new SuspectTraffic(Address, Suspicion.SecondController), TimeSpan.FromSeconds(10), Monday))).Condition);
        Assert.Empty(bus.TimePassed(TimeSpan.FromSeconds(129), Monday));
        Assert.Equal(ReaderCondition.Online, Assert.IsType<ReaderChanged>(Room(bus.TimePassed(TimeSpan.FromSeconds(130), Monday))).Condition);
    }

    [Fact]
    public void Foreign_commands_to_an_address_nobody_has_concern_the_whole_wire() =>
        Assert.Equal(Reader, Assert.IsType<ReaderChanged>(Room(ABus().Take(new SuspectTraffic(0x55, Suspicion.SecondController), default, Monday))).Reader);

    [Fact]
    public void A_refused_strike_names_reader_reason_and_next_step()
    {
        var outcomes = ABus().Take(new CommandRefused(Address, new OutputCommand([new(0, OutputControl.OnFor, 50)]), NakCode.UnableToProcess, RefusalReason.Nak), default, Monday);

        Assert.Equal(
            "Reader reader-srv-in on bus-1 did not move its output for a strike: the reader answered NAK 09h. Look at the reader and at the output numbers in the settings.",
            Assert.IsType<OrderNotDone>(Assert.Single(outcomes)).Text);
    }

    [Fact]
    public void A_reader_with_fewer_outputs_than_are_wired_is_a_finding()
    {
        var bus = ABus(strikes: [(2, Door)]);

        Online(bus, new PdCapabilities([new Capability(2, 1, 2)]));

        Assert.Contains("output 2", Assert.Single(bus.Standing(Address).Findings), StringComparison.Ordinal);
    }

    [Fact]
    public void Clear_text_stands_as_a_finding_with_its_reason()
    {
        var bus = new ReaderInterpreter(new("bus-1", new(RoomGuard.Bridge.LinkKind.Serial, "/dev/null"), 9600, [new(Reader, Address, CardFormat.H10301, "an old reader, ends in March", [], [])]), Digester);

        Assert.Equal("Clear text is allowed: an old reader, ends in March", Assert.Single(bus.Standing(Address).Findings));
    }

    [Fact]
    public void Keys_typed_one_by_one_become_one_pin()
    {
        var bus = ABus();
        foreach (var key in "4711")
        {
            Assert.Empty(bus.Take(new KeysPressed(Address, 0, new[] { (byte)key }), default, Monday));
        }

        var input = Assert.IsType<PinEntered>(Room(bus.Take(new KeysPressed(Address, 0, new byte[] { 0x0D }), default, Monday)));

        Assert.Equal("4711", input.Pin.Reveal());
        Assert.DoesNotContain("4711", input.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [Requirement("R-DOOR-03")]
    [InlineData(BiometricMatchOutcome.Compared, 255, BiometricVerdict.Match)]
    [InlineData(BiometricMatchOutcome.Compared, 160, BiometricVerdict.Match)]
    [InlineData(BiometricMatchOutcome.Compared, 159, BiometricVerdict.NoMatch)]
    [InlineData(BiometricMatchOutcome.Compared, 0, BiometricVerdict.NoMatch)]
    [InlineData(BiometricMatchOutcome.NotEnrolled, null, BiometricVerdict.NotEnrolled)]
    [InlineData(BiometricMatchOutcome.TimedOut, null, BiometricVerdict.TimedOut)]
    [InlineData(BiometricMatchOutcome.NotSupported, null, BiometricVerdict.SensorFault)]
    [InlineData(BiometricMatchOutcome.Failed, null, BiometricVerdict.SensorFault)]
    public void What_the_sensor_found_becomes_a_verdict(BiometricMatchOutcome outcome, int? score, BiometricVerdict verdict)
    {
        var input = Room(ABusWithASensor().Take(new BiometricMatchEnded(Address, outcome, (byte?)score), default, Monday));

        Assert.Equal(new BiometricChecked(Monday, Reader, verdict, score), input);
    }

    [Fact]
    public void A_sensor_that_fails_says_so_to_the_technician()
    {
        var bus = ABusWithASensor();

        bus.Take(new BiometricMatchEnded(Address, BiometricMatchOutcome.Failed, null), default, Monday);

        Assert.Equal("Reader reader-srv-in on bus-1 could not check a finger. Clean its sensor; if that does not help, replace it.", bus.Standing(Address).LastError);
    }

    [Fact]
    public void A_reader_without_the_sensor_of_the_settings_is_a_finding()
    {
        var bus = ABusWithASensor();

        Online(bus, new PdCapabilities([new Capability(14, 0, 0)]));
        Assert.Contains("finger sensor", Assert.Single(bus.Standing(Address).Findings), StringComparison.Ordinal);

        Online(bus, new PdCapabilities([new Capability(14, 1, 0)]));
        Assert.Empty(bus.Standing(Address).Findings);
    }

    [Fact]
    public void No_finger_is_waited_for_any_more_once_the_room_has_decided() =>
        Assert.Equal([ReaderSignal.Granted, ReaderSignal.Denied], Enum.GetValues<ReaderSignal>().Where(ReaderInterpreter.EndsAsking));

    [Fact]
    [Requirement("R-DOOR-04")]
    public void Where_no_threshold_is_set_up_no_score_is_enough()
    {
        Assert.Equal((byte)160, ABusWithASensor().SensorThreshold(Address));
        Assert.Equal(byte.MaxValue, ABus().SensorThreshold(Address));
        Assert.Equal(BiometricVerdict.NoMatch, Assert.IsType<BiometricChecked>(Room(ABus().Take(new BiometricMatchEnded(Address, BiometricMatchOutcome.Compared, 255), default, Monday))).Verdict);
    }

    [Fact]
    [Requirement("R-ID-09")]
    public void A_template_nobody_asked_for_is_wiped_and_goes_nowhere()
    {
        var template = "a finger"u8.ToArray();
        var bus = ABusWithASensor();

        Assert.Empty(bus.Take(new BiometricTaken(Address, 0, BiometricStatus.Success, 1, 80, template), default, Monday));

        Assert.All(template, item => Assert.Equal(0, item));
        Assert.Contains("wiped unread", bus.Standing(Address).LastError, StringComparison.Ordinal);
    }

    private static ReaderInterpreter ABusWithASensor() =>
        new(new("bus-1", new(RoomGuard.Bridge.LinkKind.Serial, "/dev/null"), 9600, [new(Reader, Address, CardFormat.H10301, null, [], [], SensorThreshold: 160)]), Digester);

    private static ReaderInterpreter ABus(Func<WiredInput, WiredInput>? contact = null, ImmutableArray<(int, DoorId)>? strikes = null, (DoorId, TimeSpan)? wayOut = null)
    {
        var wired = new WiredInput(0, InputKind.Contact, Door, Inverted: false, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        var button = new WiredInput(1, InputKind.ExitRequest, Door, Inverted: false, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        return new(new("bus-1", new(RoomGuard.Bridge.LinkKind.Serial, "/dev/null"), 9600, [new(Reader, Address, CardFormat.H10301, null, [contact?.Invoke(wired) ?? wired, button], strikes ?? [(0, Door)], wayOut)]), Digester);
    }

    private static void Online(ReaderInterpreter bus, PdCapabilities? capabilities = null) =>
        bus.Take(new ReaderCameOnline(Address, Identity, capabilities ?? PdCapabilities.None, Secure: true), default, Monday);

    private static IReadOnlyList<WireOutcome> Inputs(ReaderInterpreter bus, InputState contact, InputState button, int at = 0) =>
        bus.Take(new InputsReported(Address, [contact, button]), TimeSpan.FromMilliseconds(at), Monday);

    private static RoomInput Room(IReadOnlyList<WireOutcome> outcomes) => Assert.Single(Rooms(outcomes));

    private static List<RoomInput> Rooms(IReadOnlyList<WireOutcome> outcomes) => [.. outcomes.OfType<TellRoom>().Select(tell => tell.Input)];
}
