using RoomGuard.TestKit.Wire;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Wire;

/// <summary>The reader's end: the negative vectors of the protocol sheet, and what a reader does when the panel is odd.</summary>
public class ReaderSessionTests
{
    private const string Poll0 = "5305080004 60";
    private const string Poll1 = "5305080005 60";
    private const string Poll2 = "5305080006 60";
    private const string Poll3 = "5305080007 60";

    [Fact]
    public void The_same_bytes_again_get_the_same_reply()
    {
        var reader = new AReaderAlone();
        reader.Card();
        var first = reader.Says(Poll2);
        reader.Card();

        Assert.Equal(ReplyCode.RawCard, first.Code);
        Assert.Equal(first.Bytes, reader.Says(Poll2).Bytes);
        Assert.Equal(1, reader.Device.EventsWaiting);
    }

    [Fact]
    public void A_card_that_is_fetched_counts_though_an_outputs_timer_runs_out_in_the_same_moment()
    {
        var reader = new AReaderAlone();
        reader.Says("53 05 0C00 06 68 00 05 0200");
        reader.Card();
        reader.Now += TimeSpan.FromMilliseconds(300);

        Assert.Equal(ReplyCode.RawCard, reader.Says(Poll3).Code);
        Assert.Equal((1L, 0, 1), (reader.Device.CardsGiven, reader.Device.CardsWaiting, reader.Device.EventsWaiting));

        reader.Says(Poll3);
        Assert.Equal(1, reader.Device.CardsGiven);
    }

    [Fact]
    public void The_same_number_with_other_bytes_is_a_new_command() => Assert.Equal(ReplyCode.Identity, new AReaderAlone().Says("5305090005 61 00").Code);

    [Fact]
    public void A_skipped_number_is_refused() => Assert.Equal(NakCode.BadSequence, new AReaderAlone().Says(Poll3).Nak);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_damaged_check_gets_silence_or_nak_01(bool naks)
    {
        var reader = new AReaderAlone(settings => settings with { NakBadCheck = naks });
        var damaged = Hex.Bytes("5305080006 60 DE EE");

        Assert.Equal(naks ? NakCode.BadCheck : null, reader.SaysTo(damaged)?.Nak);
    }

    [Theory]
    [InlineData("LED too short", "53050A0006 69 0000", NakCode.BadLength)]
    [InlineData("OUT for an output that is not there", "53050C0006 68 09051E00", NakCode.UnableToProcess)]
    [InlineData("LED that is not there", "5305160006 69 0009 00 0000 0000 0000 01 01 00 01 00", NakCode.UnableToProcess)]
    [InlineData("LED with no time at all", "5305160006 69 0000 00 0000 0000 0000 01 00 00 01 00", NakCode.UnableToProcess)]
    [InlineData("BUZ with no time at all", "53050D0006 6A 0002000001", NakCode.UnableToProcess)]
    [InlineData("code 63h", "5305080006 63", NakCode.UnknownCommand)]
    [InlineData("code 70h", "5305080006 70", NakCode.UnknownCommand)]
    [InlineData("XWR", "53050A0006 A1 0101", NakCode.UnknownCommand)]
    [InlineData("secured POLL without a session", "53050E000E 021560 DEE85CE1", NakCode.SecurityBlockNotSupported)]
    [InlineData("second secure channel", "53050A000E 022160", NakCode.SecurityBlockNotSupported)]
    [InlineData("KEYSET in clear text", "53051A0006 75 0110202122232425262728292A2B2C2D2E2F", NakCode.SecurityConditionsNotMet)]
    [InlineData("BIOREAD without biometrics", "53050C0006 73 00000280", NakCode.UnknownCommand)]
    [InlineData("COMSET to the configuration address", "53050D0006 6E 7F 80250000", NakCode.UnableToProcess)]
    [InlineData("COMSET to an odd speed", "53050D0006 6E 06 01250000", NakCode.UnableToProcess)]
    [InlineData("CHLNG without a key", "530513000E 031101 76 B0B1B2B3B4B5B6B7", NakCode.SecurityBlockNotSupported)]
    [InlineData("CHLNG with SCBK-D outside installation", "530513000E 031100 76 B0B1B2B3B4B5B6B7", NakCode.SecurityBlockNotSupported)]
    public void What_cannot_be_done_is_refused_with_its_code(string what, string command, NakCode expected)
    {
        Assert.NotEmpty(what);
        Assert.Equal(expected, new AReaderAlone().Says(command).Nak);
    }

    [Fact]
    public void A_wrong_server_cryptogram_makes_no_session()
    {
        var reader = new AReaderAlone(settings => settings with { Key = AReader.Key });
        Assert.Equal(ReplyCode.ClientCryptogram, reader.Says("530513000E 031101 76 B0B1B2B3B4B5B6B7").Code);

        var reply = reader.Says("53051B000F 031301 77 00000000000000000000000000000000");

        Assert.Equal((ReplyCode.InitialMac, "5385" + "0B00" + "0F" + "0314FF" + "78"), (reply.Code, Hex.Text(reply.Bytes)[..18]));
        Assert.False(reader.Device.IsSecure);
    }

    [Fact]
    public void Garbage_in_front_does_not_hide_a_command() => Assert.Equal(ReplyCode.Ack, new AReaderAlone().SaysTo([.. Hex.Bytes("535300FFFF"), .. Whole(Poll2)])!.Code);

    [Theory]
    [InlineData("5304080006 60")]
    [InlineData("5385080006 60")]
    public void Commands_to_others_and_replies_of_others_are_ignored(string frame) => Assert.Null(new AReaderAlone().SaysTo(Whole(frame)));

    [Fact]
    public void The_configuration_address_is_answered_as_FFh()
    {
        var reply = new AReaderAlone().Says("537F090006 61 00");

        Assert.Equal((ReplyCode.Identity, (byte)0xFF), (reply.Code, reply.Bytes[1]));
    }

    [Fact]
    public void A_checksum_command_gets_a_checksum_reply() =>
        Assert.Equal("538507000240DF", Hex.Text(new AReaderAlone().SaysTo(Hex.Bytes("5305070002603F"))!.Bytes));

    [Fact]
    public void With_a_key_of_its_own_it_tells_in_clear_text_only_who_it_is()
    {
        var reader = new AReaderAlone(settings => settings with { Key = AReader.Key });

        Assert.Equal(NakCode.SecurityConditionsNotMet, reader.Says(Poll2).Nak);
        Assert.Equal(ReplyCode.Identity, reader.Says("5305090007 61 00").Code);
        Assert.Equal(ReplyCode.Capabilities, reader.Says("5305090005 62 00").Code);
    }

    [Fact]
    public void Eight_seconds_without_a_panel_drop_cards_and_session()
    {
        var reader = new AReaderAlone();
        reader.Card();
        reader.Now += TimeSpan.FromSeconds(8);

        Assert.Equal(ReplyCode.Ack, reader.Says(Poll2).Code);
    }

    [Fact]
    public void A_card_held_to_a_reader_nobody_listens_to_is_not_kept()
    {
        var reader = new AReaderAlone();
        reader.Now += TimeSpan.FromSeconds(8);

        Assert.False(reader.Card());
        Assert.Equal(ReplyCode.Ack, reader.Says(Poll2).Code);
    }

    [Fact]
    public void A_strike_pulse_ends_by_itself_and_says_so()
    {
        var reader = new AReaderAlone();
        var reply = reader.Says("53050C0006 68 00051E00");
        Assert.Equal((ReplyCode.OutputStatus, true), (reply.Code, reader.Device.Face(reader.Now).Outputs[0]));

        reader.Now += TimeSpan.FromSeconds(3);
        var poll = reader.Says(Poll3);

        Assert.Equal("0000", Hex.Text(poll.Bytes.AsSpan(6, 2)));
        Assert.Equal(ReplyCode.OutputStatus, poll.Code);
    }

    [Theory]
    [InlineData(OutputControl.Off, false, false)]
    [InlineData(OutputControl.On, true, true)]
    [InlineData(OutputControl.OnAfterTimer, true, true)]
    [InlineData(OutputControl.OffAfterTimer, true, false)]
    public void A_permanent_state_ends_a_timer_or_waits_for_it(OutputControl control, bool atOnce, bool afterTheTimer)
    {
        var reader = new AReaderAlone();
        reader.Says("53050C0006 68 00051E00");
        reader.Says($"53050C0007 68 00{(int)control:X2}0000");

        Assert.Equal(atOnce, reader.Device.Face(reader.Now).Outputs[0]);
        Assert.Equal(afterTheTimer, reader.Device.Face(reader.Now + TimeSpan.FromSeconds(4)).Outputs[0]);
    }

    [Fact]
    public void A_temporary_light_flashes_and_gives_way_to_the_permanent_one()
    {
        var reader = new AReaderAlone();
        reader.Says("5305160006 69 0000 02 0202 0200 1E00 01 01 00 01 00");

        LedColour At(double seconds) => reader.Device.Face(reader.Now + TimeSpan.FromSeconds(seconds)).Lights[0];
        Assert.Equal([LedColour.Green, LedColour.Off, LedColour.Green, LedColour.Red], [At(0.1), At(0.3), At(0.5), At(3)]);
    }

    [Fact]
    public void Text_and_sound_are_seen_and_heard_for_their_time()
    {
        var reader = new AReaderAlone();
        reader.Says("5305130006 6B 00 03 02 01 01 05 48454C4C4F");
        reader.Says("53050D0007 6A 0002010103");

        Assert.Equal(("HELLO", true), (reader.Device.Face(reader.Now).Text, reader.Device.Face(reader.Now).Sounding));
        reader.Now += TimeSpan.FromSeconds(2);
        Assert.Equal((string.Empty, false), (reader.Device.Face(reader.Now).Text, reader.Device.Face(reader.Now).Sounding));
    }

    [Fact]
    public void A_new_address_is_answered_at_the_old_one_and_then_used()
    {
        var reader = new AReaderAlone();

        Assert.Equal("53850D0006540600960000", Hex.Text(reader.Says("53050D0006 6E 06 00960000").Bytes.AsSpan(0, 11)));
        Assert.Equal((6, 38400u), (reader.Device.Address, reader.Device.BaudRate));
        Assert.Null(reader.SaysTo(Whole(Poll3)));
        Assert.Contains(reader.News(), item => item is PdCommunicationChanged { Address: 6, BaudRate: 38400 });
    }

    [Fact]
    public void A_file_is_refused_cleanly()
    {
        var reply = new AReaderAlone().Says("5305170006 7C 01 0A000000 00000000 0400 41424344");

        Assert.Equal((ReplyCode.FileStatus, "FFFF"), (reply.Code, Hex.Text(reply.Bytes.AsSpan(9, 2))));
    }

    [Fact]
    public void A_reader_with_biometrics_tells_the_result_in_answer_to_a_poll()
    {
        var reader = new AReaderAlone(settings => settings with { Biometrics = true });
        Assert.Equal(ReplyCode.Ack, reader.Says("5305160006 74 00000250 0800 0001020304050607").Code);
        Assert.Contains(reader.News(), item => item is PdBiometricAsked);

        reader.Device.AnswerBiometric(new BiometricMatchReply(0, BiometricStatus.Success, 0xF0), reader.Now);

        Assert.Equal(ReplyCode.BiometricMatch, reader.Says(Poll3).Code);
    }

    [Fact]
    public void After_a_reboot_only_sequence_0_is_welcome()
    {
        var reader = new AReaderAlone();
        reader.Device.Reboot(reader.Now);

        Assert.Equal(NakCode.BadSequence, reader.Says(Poll2).Nak);
        Assert.Equal(ReplyCode.Ack, reader.Says(Poll0).Code);
        Assert.Equal(ReplyCode.Ack, reader.Says(Poll1).Code);
    }

    [Fact]
    public void Events_come_in_order_one_per_poll_and_a_flood_keeps_the_newest()
    {
        var reader = new AReaderAlone();
        for (var index = 0; index < 100; index++)
        {
            reader.Device.PressKeys(new[] { (byte)index }, reader.Now);
        }

        var heard = new List<byte>();
        for (var sequence = 2; ; sequence = sequence == 3 ? 1 : sequence + 1)
        {
            var reply = reader.Says($"530508000{4 + sequence} 60");
            if (reply.Code == ReplyCode.Ack)
            {
                break;
            }

            heard.Add(reply.Bytes[8]);
        }

        Assert.Equal(Enumerable.Range(36, 64).Select(item => (byte)item), heard);
    }

    private static byte[] Whole(string withoutCheck)
    {
        var bytes = Hex.Bytes(withoutCheck);
        byte[] whole = [.. bytes, 0, 0];
        OsdpWriter.Finish(whole, default(FrameHead) with { UsesCrc = true }, whole.Length);
        Assert.Equal(whole.Length, whole[2] | (whole[3] << 8));
        return whole;
    }

    private sealed record Said(byte[] Bytes)
    {
        public byte Code => Bytes[(Bytes[4] & OsdpFrame.BlockBit) != 0 ? 5 + Bytes[5] : 5];

        public NakCode? Nak => Code == ReplyCode.Nak ? (NakCode)Bytes[6] : null;
    }

    /// <summary>A fresh reader at address 5 after POLL sequence 0 and 1 were answered, as the sheet's negative vectors want it.</summary>
    private sealed class AReaderAlone
    {
        private readonly PdLine line;

        public AReaderAlone(Func<PdSettings, PdSettings>? change = null)
        {
            PdSettings usual = new(5, AReader.Identity);
            Device = new(change?.Invoke(usual) ?? usual, AReader.Chance(1));
            line = new([Device]);
            Says(Poll0);
            Says(Poll1);
        }

        public PdSession Device { get; }

        public TimeSpan Now { get; set; } = TimeSpan.FromSeconds(1);

        public bool Card() => Device.PresentCard(AReader.Card, 26, Now);

        public Said Says(string withoutCheck)
        {
            var said = SaysTo(Whole(withoutCheck));
            Assert.NotNull(said);
            return said;
        }

        public Said? SaysTo(byte[] bytes)
        {
            line.Receive(bytes, Now);
            if (!line.TryTake(Now, out var reply))
            {
                return null;
            }

            Assert.Equal(OsdpFrame.Mark, reply.Span[0]);
            Assert.True(OsdpScanner.Next(reply.Span[1..]).HasFrame);
            return new(reply[1..].ToArray());
        }

        public List<PdNews> News()
        {
            var news = new List<PdNews>();
            while (Device.TryTakeNews(out var item))
            {
                news.Add(item);
            }

            return news;
        }
    }
}
