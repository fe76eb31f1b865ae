using RoomGuard.TestKit;
using RoomGuard.TestKit.Wire;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Wire;

/// <summary>Asking a reader whether the finger is the card holder's: both ends on one wire, and the panel against readers with worse manners.</summary>
public class FingerMatchTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(14);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Requirement("R-ID-09")]
    public void A_finger_is_compared_in_the_reader_and_only_its_score_comes_back(bool secure)
    {
        var room = AWireWithAFinger(secure);
        var sent = new List<byte[]>();
        room.Wire.Tap = (bytes, toReaders) => sent.AddRange(toReaders ? [bytes] : []);
        Present(room);
        Ask(room);
        Assert.True(room.Device.BiometricAsked is BiometricMatchCommand { Threshold: 0xA0, Template.IsEmpty: true });

        Assert.True(room.Device.AnswerBiometric(new BiometricMatchReply(0, BiometricStatus.Success, 0xF0), room.Wire.Now));

        Assert.True(room.Hears<BiometricMatchEnded>(withinSeconds: 1));
        Assert.Equal(new BiometricMatchEnded(0, BiometricMatchOutcome.Compared, 0xF0), room.Events[^1]);
        Assert.Null(room.Device.BiometricAsked);
        if (!secure)
        {
            // In clear text the question can be read off the wire: BIOMATCH with a template of length 0, and BIOREAD never.
            var commands = sent.Select(bytes => (OsdpScanner.Next(bytes.AsSpan(1)).Frame.Code, Hex.Text(OsdpScanner.Next(bytes.AsSpan(1)).Frame.Data))).ToList();
            Assert.Equal("000000A00000", Assert.Single(commands, item => item.Code == CommandCode.BiometricMatch).Item2);
            Assert.DoesNotContain(commands, item => item.Code == CommandCode.BiometricRead);
        }
    }

    [Fact]
    public void A_card_the_reader_keeps_nothing_of_is_told_at_once()
    {
        var room = AWireWithAFinger(device: settings => settings with { KeepsTemplateOf = _ => false });
        Present(room);

        Assert.Equal(BiometricMatchOutcome.NotEnrolled, AskAndHear(room, withinSeconds: 1));
    }

    [Fact]
    public void Without_a_card_before_it_there_is_nothing_to_compare_with() =>
        Assert.Equal(BiometricMatchOutcome.NotEnrolled, AskAndHear(AWireWithAFinger(), withinSeconds: 1));

    [Fact]
    public void A_card_of_half_a_minute_ago_is_no_longer_meant()
    {
        var room = AWireWithAFinger();
        Present(room);
        room.After(seconds: 30);

        Assert.Equal(BiometricMatchOutcome.NotEnrolled, AskAndHear(room, withinSeconds: 1));
    }

    [Fact]
    public void Nobody_coming_is_told_by_the_reader()
    {
        var room = AWireWithAFinger();
        Present(room);
        Ask(room);

        Assert.False(room.Hears<BiometricMatchEnded>(withinSeconds: 9.5));
        Assert.Equal(BiometricMatchOutcome.TimedOut, Heard(room, withinSeconds: 1));
        Assert.False(room.Device.AnswerBiometric(new BiometricMatchReply(0, BiometricStatus.Success, 0xFF), room.Wire.Now));
    }

    [Fact]
    public void A_reader_that_never_answers_is_given_up_and_told_to_stop()
    {
        var room = AWireWithAFinger(device: settings => settings with { BiometricPatience = TimeSpan.FromMinutes(5) });
        Present(room);
        Ask(room);

        Assert.False(room.Hears<BiometricMatchEnded>(withinSeconds: 13.5));
        Assert.Equal(BiometricMatchOutcome.TimedOut, Heard(room, withinSeconds: 1));
        room.After(seconds: 0.5);
        Assert.Null(room.Device.BiometricAsked);
    }

    [Fact]
    public void A_reader_that_says_it_has_no_sensor_is_not_asked()
    {
        var room = new AWire().Settled();

        Assert.Equal(BiometricMatchOutcome.NotSupported, AskAndHear(room, withinSeconds: 0.01));
        Assert.Equal(0, room.Bus.Counters(0).Nak);
    }

    [Fact]
    public void A_reader_that_is_not_there_fails_at_once()
    {
        var room = new AWire();
        room.Wire.IsCut = true;
        room.After(seconds: 10).Events.Clear();

        Assert.Equal(BiometricMatchOutcome.Failed, AskAndHear(room, withinSeconds: 0.01));
        room.Bus.Match(99, 0xA0, Long);
        Assert.True(room.Hears<BiometricMatchEnded>(withinSeconds: 0.01, from: 1));
    }

    [Theory]
    [InlineData(NakCode.UnableToProcess, BiometricMatchOutcome.NotEnrolled)]
    [InlineData(NakCode.UnknownCommand, BiometricMatchOutcome.NotSupported)]
    [InlineData(NakCode.BiometricTypeNotSupported, BiometricMatchOutcome.NotSupported)]
    [InlineData(NakCode.BiometricFormatNotSupported, BiometricMatchOutcome.NotSupported)]
    [InlineData(NakCode.InternalError, BiometricMatchOutcome.Failed)]
    public void Each_refusal_has_its_meaning(NakCode nak, BiometricMatchOutcome expected)
    {
        var panel = new APanel(command => command is BiometricMatchCommand ? new NakReply(nak) : AckReply.Plain);
        panel.Ask();

        Assert.Equal(new BiometricMatchEnded(0, expected, null), panel.Hears());
    }

    [Theory]
    [InlineData(BiometricStatus.Success, BiometricMatchOutcome.Compared)]
    [InlineData(BiometricStatus.Timeout, BiometricMatchOutcome.TimedOut)]
    [InlineData(BiometricStatus.Error, BiometricMatchOutcome.Failed)]
    [InlineData((BiometricStatus)0x7E, BiometricMatchOutcome.Failed)]
    public void Each_status_has_its_meaning_and_only_a_comparison_has_a_score(BiometricStatus status, BiometricMatchOutcome expected)
    {
        var panel = new APanel(_ => AckReply.Plain);
        panel.Ask().Next(new BiometricMatchReply(0, status, 0xC8));

        Assert.Equal(new BiometricMatchEnded(0, expected, expected == BiometricMatchOutcome.Compared ? (byte)0xC8 : null), panel.Hears());
    }

    [Fact]
    public void An_answer_nobody_asked_for_is_counted_and_not_told()
    {
        var panel = new APanel(_ => AckReply.Plain);
        panel.Next(new BiometricMatchReply(0, BiometricStatus.Success, 0xFF));

        Assert.Null(panel.Hears());
        Assert.Equal(1, panel.Bus.Counters(0).LateReplies);
    }

    [Fact]
    public void The_answer_of_another_head_is_not_taken()
    {
        var panel = new APanel(_ => AckReply.Plain);
        panel.Ask().Next(new BiometricMatchReply(1, BiometricStatus.Success, 0xFF));

        Assert.Null(panel.Hears());
        panel.Next(new BiometricMatchReply(0, BiometricStatus.Success, 0xFF));
        Assert.Equal(BiometricMatchOutcome.Compared, panel.Hears()?.Outcome);
    }

    [Fact]
    [Requirement("R-DOOR-04")]
    public void A_late_answer_about_the_first_card_never_confirms_the_second()
    {
        // The first holder's finger was compared after the second card was read: card and score stand in the queue in this order.
        var panel = new APanel(_ => AckReply.Plain);
        panel.Ask();
        panel.Keeps(new RawCardReply(0, 1, 26, AReader.Card), new BiometricMatchReply(0, BiometricStatus.Success, 0xFF));
        panel.Turn();
        panel.Ask();

        Assert.Null(panel.Hears());
        Assert.Equal(
            [CommandCode.BiometricMatch, CommandCode.Abort, CommandCode.BiometricMatch],
            panel.Said.Where(code => code is CommandCode.BiometricMatch or CommandCode.Abort));
        panel.Next(new BiometricMatchReply(0, BiometricStatus.Success, 0xF1));
        Assert.Equal(new BiometricMatchEnded(0, BiometricMatchOutcome.Compared, 0xF1), panel.Hears());
    }

    [Fact]
    public void A_reader_that_cannot_stop_gets_no_second_question_until_it_has_answered_the_first()
    {
        var panel = new APanel(command => command is AbortCommand ? new NakReply(NakCode.UnknownCommand) : AckReply.Plain);
        panel.Ask().Ask();
        Assert.Equal(BiometricMatchOutcome.Failed, panel.Hears()?.Outcome);
        Assert.Single(panel.Said, code => code == CommandCode.BiometricMatch);

        panel.Next(new BiometricMatchReply(0, BiometricStatus.Success, 0xFF));
        Assert.Null(panel.Hears());
        panel.Ask().Next(new BiometricMatchReply(0, BiometricStatus.Success, 0xF2));

        Assert.Equal(new BiometricMatchEnded(0, BiometricMatchOutcome.Compared, 0xF2), panel.Hears());
    }

    [Fact]
    public void A_reader_that_never_answered_the_first_is_asked_again_after_a_minute()
    {
        var panel = new APanel(command => command is AbortCommand ? new NakReply(NakCode.UnknownCommand) : AckReply.Plain);
        panel.Ask().Ask();
        Assert.Equal(BiometricMatchOutcome.Failed, panel.Hears()?.Outcome);
        panel.After(TimeSpan.FromMinutes(1));

        panel.Ask().Next(new BiometricMatchReply(0, BiometricStatus.Success, 0xF3));

        Assert.Equal(new BiometricMatchEnded(0, BiometricMatchOutcome.Compared, 0xF3), panel.Hears());
    }

    [Fact]
    public void A_question_the_room_no_longer_needs_is_taken_back()
    {
        var room = AWireWithAFinger();
        Present(room);
        Ask(room);

        room.Bus.EndMatch(0);
        room.After(seconds: 1);

        Assert.Null(room.Device.BiometricAsked);
        Assert.Empty(room.Events.OfType<BiometricMatchEnded>());
    }

    [Fact]
    public void A_reader_that_restarts_under_the_question_fails_it_and_answers_the_next()
    {
        var room = AWireWithAFinger();
        Present(room);
        Ask(room);

        room.Device.Reboot(room.Wire.Now);

        Assert.Equal(BiometricMatchOutcome.Failed, Heard(room, withinSeconds: 3));
        room.After(seconds: 2).Events.Clear();
        Present(room);
        Ask(room);
        room.Device.AnswerBiometric(new BiometricMatchReply(0, BiometricStatus.Success, 0xC8), room.Wire.Now);
        Assert.Equal(BiometricMatchOutcome.Compared, Heard(room, withinSeconds: 1));
    }

    [Fact]
    [Requirement("R-ID-09")]
    public void A_reader_that_keeps_its_templates_gives_none_away_and_takes_none()
    {
        var room = AWireWithAFinger();
        Present(room);

        room.Bus.Send(0, new BiometricReadCommand(0, 0, 0, 0x80));
        room.Bus.Send(0, new BiometricMatchCommand(0, 0, 2, 0x80, new byte[8]));
        room.After(seconds: 1);

        Assert.Equal([NakCode.UnableToProcess, NakCode.UnableToProcess], room.Events.OfType<CommandRefused>().Select(refused => refused.Nak));
    }

    [Theory]
    [InlineData("BIOMATCH for an eye", "5305 0E00 06 74 000B0080 0000", NakCode.BiometricTypeNotSupported)]
    [InlineData("BIOREAD of a face", "5305 0C00 06 73 000F0080", NakCode.BiometricTypeNotSupported)]
    [InlineData("BIOMATCH of a made-up format", "5305 0E00 06 74 00000380 0000", NakCode.BiometricFormatNotSupported)]
    [InlineData("BIOMATCH for a head that is not there", "5305 0E00 06 74 07000080 0000", NakCode.UnableToProcess)]
    [InlineData("BIOMATCH with no card before", "5305 0E00 06 74 00000080 0000", NakCode.UnableToProcess)]
    [InlineData("BIOMATCH whose length lies", "5305 0E00 06 74 00000080 0900", NakCode.BadLength)]
    public void What_the_sensor_cannot_do_is_refused_with_its_code(string what, string command, NakCode expected)
    {
        Assert.NotEmpty(what);
        var device = new PdSession(AReader.At(5) with { Biometrics = true, KeepsTemplateOf = _ => true }, AReader.Chance(1));
        var line = new PdLine([device]);
        var now = TimeSpan.FromSeconds(1);
        line.Receive(Whole("5305 0800 04 60"), now);
        line.Receive(Whole("5305 0800 05 60"), now);
        line.Receive(Whole(command), now);
        var last = ReadOnlyMemory<byte>.Empty;
        while (line.TryTake(now, out var reply))
        {
            last = reply;
        }

        var frame = OsdpScanner.Next(last.Span[1..]).Frame;
        Assert.Equal((ReplyCode.Nak, (byte)expected), (frame.Code, frame.Data[0]));
        Assert.Null(device.BiometricAsked);
    }

    [Fact]
    public void Another_card_ends_the_readers_own_question()
    {
        var room = AWireWithAFinger();
        Present(room);
        Ask(room);

        Present(room);

        Assert.Null(room.Device.BiometricAsked);
        Assert.False(room.Device.AnswerBiometric(new BiometricMatchReply(0, BiometricStatus.Success, 0xFF), room.Wire.Now));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    /// <summary>The score is the number of the card the reader compared with; the panel must only ever hear the number of the card it had in mind.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-DOOR-04")]
    public void Whatever_comes_when_a_finger_never_confirms_a_card_it_was_not_compared_with(int seed)
    {
        var chance = new Random(seed);
        var stops = chance.Next(2) == 0;
        var reader = new AFingerReader(stops);
        var panel = new APanel(reader.Answer);
        byte? meant = null;
        var told = 0;
        for (var step = 0; step < 400; step++)
        {
            switch (chance.Next(8))
            {
                case 0:
                    reader.Card((byte)chance.Next(1, 200));
                    break;
                case 1 or 2:
                    reader.Finger();
                    break;
                case 3 when chance.Next(10) == 0:
                    panel.Bus.EndMatch(0);
                    break;
                default:
                    panel.Turn();
                    break;
            }

            while (panel.Bus.TryTake(out var item))
            {
                switch (item)
                {
                    case CardRead card:
                        meant = card.Bits.Span[0];
                        if (chance.Next(4) > 0)
                        {
                            panel.Bus.Match(0, 0xA0, panel.Now + Long);
                        }

                        break;
                    case BiometricMatchEnded { Outcome: BiometricMatchOutcome.Compared } ended:
                        told++;
                        Assert.Equal(meant, ended.Score);
                        break;
                }
            }
        }

        Assert.True(told > 0 || !stops, "no finger was ever told, so nothing was tried");
    }

    private static AWire AWireWithAFinger(bool secure = true, Func<PdSettings, PdSettings>? device = null) => new AWire(
        secure: secure,
        device: settings => (device ?? (usual => usual))(settings with { Biometrics = true, KeepsTemplateOf = _ => true })).Settled();

    private static void Present(AWire room)
    {
        room.Device.PresentCard(AReader.Card, 26, room.Wire.Now);
        Assert.True(room.Hears<CardRead>(withinSeconds: 1));
        room.Events.Clear();
    }

    private static void Ask(AWire room)
    {
        room.Bus.Match(0, 0xA0, room.Wire.Now + Long);
        room.After(seconds: 0.3);
    }

    private static BiometricMatchOutcome AskAndHear(AWire room, double withinSeconds)
    {
        room.Bus.Match(0, 0xA0, room.Wire.Now + Long);
        return Heard(room, withinSeconds);
    }

    private static BiometricMatchOutcome Heard(AWire room, double withinSeconds)
    {
        Assert.True(room.Hears<BiometricMatchEnded>(withinSeconds), string.Join(" | ", room.Events));
        return room.Events.OfType<BiometricMatchEnded>().Last().Outcome;
    }

    private static byte[] Whole(string withoutCheck)
    {
        byte[] whole = [.. Hex.Bytes(withoutCheck), 0, 0];
        OsdpWriter.Finish(whole, default(FrameHead) with { UsesCrc = true }, whole.Length);
        return whole;
    }

    /// <summary>The panel's end in clear text, against a reader that answers as the test wants.</summary>
    private sealed class APanel
    {
        private readonly Func<OsdpCommand, OsdpReply> answer;
        private readonly Queue<OsdpReply> events = new();

        public APanel(Func<OsdpCommand, OsdpReply> answer)
        {
            this.answer = answer;
            for (var turn = 0; turn < 20; turn++)
            {
                Turn();
            }

            Assert.True(Bus.IsOnline(0));
            Said.Clear();
        }

        public AcuBus Bus { get; } = new(AcuBusSettings.Usual, [new(0, SecureRequired: false, Key: null, Pinned: null)], AReader.Chance(1));

        public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(1);

        public List<byte> Said { get; } = [];

        public APanel Ask()
        {
            Bus.Match(0, 0xA0, Now + Long);
            for (var turn = 0; turn < 2; turn++)
            {
                Turn();
            }

            return this;
        }

        /// <summary>What the reader has to tell, an item for each POLL.</summary>
        public void Keeps(params ReadOnlySpan<OsdpReply> items)
        {
            foreach (var item in items)
            {
                events.Enqueue(item);
            }
        }

        /// <summary>What the next POLL is answered with.</summary>
        public void Next(OsdpReply item)
        {
            events.Enqueue(item);
            for (var turn = 0; turn < 6; turn++)
            {
                Turn();
            }
        }

        public void After(TimeSpan time)
        {
            for (var end = Now + time; Now < end;)
            {
                Turn();
            }
        }

        /// <summary>How the last asking ended, if it did since this was last called.</summary>
        public BiometricMatchEnded? Hears()
        {
            for (var turn = 0; turn < 6; turn++)
            {
                Turn();
            }

            BiometricMatchEnded? last = null;
            while (Bus.TryTake(out var item))
            {
                last = item as BiometricMatchEnded ?? last;
            }

            return last;
        }

        /// <summary>One command and its reply.</summary>
        public void Turn()
        {
            BusStep step;
            while (!(step = Bus.Next(Now)).IsSend)
            {
                Now = step.Until > Now ? step.Until : Now + TimeSpan.FromMilliseconds(1);
            }

            var frame = OsdpScanner.Next(step.Bytes.Span[1..]).Frame;
            var command = OsdpCommand.Parse(frame.Code, frame.Data, out _)!;
            Said.Add(frame.Code);
            var reply = command switch
            {
                IdCommand => new IdentityReply(AReader.Identity),
                CapabilitiesCommand => new CapabilitiesReply(new([new(14, 1, 0)])),
                PollCommand when events.TryDequeue(out var item) => item,
                _ => answer(command),
            };
            Now += TimeSpan.FromMilliseconds(20);
            Bus.Receive(OsdpWriter.ToBytes(new(0, FromReader: true, frame.Sequence), reply), Now);
        }
    }

    /// <summary>A reader written for the test: it compares with the card it read last when it was asked, and its queue is its own.</summary>
    private sealed class AFingerReader(bool stops)
    {
        private readonly Queue<OsdpReply> queue = new();
        private byte card;
        private byte? asked;

        public void Card(byte number)
        {
            card = number;
            queue.Enqueue(new RawCardReply(0, 1, 26, new byte[] { number, 0, 0, 0 }));
        }

        public void Finger()
        {
            if (asked is { } about)
            {
                asked = null;
                queue.Enqueue(new BiometricMatchReply(0, BiometricStatus.Success, about));
            }
        }

        public OsdpReply Answer(OsdpCommand command)
        {
            switch (command)
            {
                case PollCommand:
                    return queue.TryDequeue(out var item) ? item : AckReply.Plain;
                case BiometricMatchCommand:
                    asked = card;
                    return AckReply.Plain;
                case AbortCommand when !stops:
                    return new NakReply(NakCode.UnknownCommand);
                case AbortCommand:
                    asked = null;
                    return AckReply.Plain;
                default:
                    return AckReply.Plain;
            }
        }
    }
}
