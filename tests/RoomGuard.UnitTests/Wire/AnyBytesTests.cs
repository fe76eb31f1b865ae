using FsCheck;
using FsCheck.Fluent;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Wire;
using RoomGuard.Wire.Cards;
using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Wire;

/// <summary>Any bytes into any codec or session: no exception, bounded memory, no message where there is none.</summary>
public class AnyBytesTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(300);

    public static TheoryData<string> GoldenFrames => new(GoldenFrameTests.Frames.Select(row => Hex.Text(Hex.Bytes((string)row[1]))));

    [Theory]
    [MemberData(nameof(GoldenFrames))]
    public void A_frame_cut_anywhere_is_not_a_frame_and_is_waited_for(string hex)
    {
        var bytes = Hex.Bytes(hex);
        for (var length = 0; length < bytes.Length; length++)
        {
            var scan = OsdpScanner.Next(bytes.AsSpan(0, length));
            Assert.False(scan.HasFrame);
            Assert.Equal(0, scan.Consumed);
        }
    }

    [Theory]
    [MemberData(nameof(GoldenFrames))]
    public void A_single_flipped_bit_never_yields_a_frame(string hex)
    {
        var bytes = Hex.Bytes(hex);
        var usesCrc = (bytes[4] & 4) != 0;
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(OsdpScanner.Next(flipped, crcOnly: usesCrc).HasFrame);
        }
    }

    [Theory]
    [MemberData(nameof(GoldenFrames))]
    public void Noise_before_and_after_and_two_frames_in_one_read_change_nothing(string hex)
    {
        var bytes = Hex.Bytes(hex);
        byte[] wire = [0xFF, 0xFF, 0x00, 0x12, 0x53, 0x00, 0xFF, 0xFF, .. bytes, .. bytes, 0x53, 0x53];

        Assert.Equal([hex, hex], FramesIn(wire));
    }

    [Theory]
    [InlineData("5300000004 60 EBAA", FrameFault.BadLength)]
    [InlineData("5300070004 60 EBAA", FrameFault.BadLength)]
    [InlineData("5300A10504 60 EBAA", FrameFault.BadLength)]
    [InlineData("5300FFFF04 60 EBAA", FrameFault.BadLength)]
    [InlineData("5300080014 60 EBAA", FrameFault.BadHeader)]
    [InlineData("530009000C 01 15 EBAA", FrameFault.BadHeader)]
    [InlineData("530009000C 02 15 EBAA", FrameFault.BadHeader)]
    [InlineData("530009000C FF 15 EBAA", FrameFault.BadHeader)]
    [InlineData("5300080004 60 EBAB", FrameFault.BadCheck)]
    [InlineData("5300070000 60 47", FrameFault.BadCheck)]
    [InlineData("00FF", FrameFault.Noise)]
    [InlineData("FFFF", FrameFault.None)]
    [Requirement("R-INP-01")]
    public void Lengths_that_lie_and_other_nonsense_are_named_and_dropped(string hex, FrameFault fault)
    {
        var scan = OsdpScanner.Next(Hex.Bytes(hex));

        Assert.False(scan.HasFrame);
        Assert.Equal(fault, scan.Fault);
        Assert.InRange(scan.Consumed, 1, 2);
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void Any_bytes_into_the_scanner_move_it_on_and_hide_no_frame_behind_them() => Prop.ForAll<byte[]>(bytes =>
    {
        var good = Hex.Bytes("530008000560DA99");

        // A start of message at the end of the noise may rightly take the good frame for its data, so silence decides.
        var line = new PdLine([new(new(0, AReader.Identity), AReader.Chance(1))]);
        line.Receive(Hex.Bytes("5300080004 60 EBAA"), TimeSpan.Zero);
        Assert.True(line.TryTake(TimeSpan.Zero, out _));
        line.Receive(bytes, TimeSpan.FromSeconds(1));
        line.Tick(TimeSpan.FromSeconds(2));
        while (line.TryTake(TimeSpan.FromSeconds(2), out _))
        {
        }

        line.Receive(good, TimeSpan.FromSeconds(3));
        return line.TryTake(TimeSpan.FromSeconds(3), out _);
    }).Check(Many);

    [Fact]
    public void Any_bytes_into_any_command_or_reply_give_a_message_or_nothing() => Prop.ForAll<byte[]>(bytes =>
    {
        var into = new byte[OsdpFrame.Longest];
        for (var code = 0; code <= 0xFF; code++)
        {
            // What can be read can be written again, in no more bytes than it came in.
            if (OsdpCommand.Parse((byte)code, bytes, out var fault) is { } command)
            {
                Assert.Equal(NakCode.None, fault);
                Assert.Equal(bytes.Length, command.WriteData(into));
            }
            else
            {
                Assert.NotEqual(NakCode.None, fault);
            }

            Assert.True(OsdpReply.Parse((byte)code, bytes) is not { } reply || reply is ExtendedIdentityReply || reply.WriteData(into) <= bytes.Length);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Any_data_under_a_right_check_neither_breaks_a_reader_nor_makes_it_say_nonsense() =>
        Prop.ForAll<byte, byte, byte[]>((code, control, data) =>
        {
            var line = new PdLine([new(AReader.At(0, AReader.Key), AReader.Chance(1)), new(AReader.At(1), AReader.Chance(2))]);
            var now = TimeSpan.Zero;
            for (byte address = 0; address < 2; address++)
            {
                line.Receive(Frame(address, fromReader: false, control, code, data), now);
                while (line.TryTake(now, out var reply))
                {
                    Assert.True(OsdpScanner.Next(reply.Span[1..]).HasFrame);
                }
            }
        }).Check(Many);

    [Fact]
    public void Any_reply_under_a_right_check_neither_breaks_the_panel_nor_opens_a_secure_reader() =>
        Prop.ForAll<byte, byte, byte[]>((code, control, data) =>
        {
            var now = TimeSpan.FromSeconds(1);
            var bus = new AcuBus(AcuBusSettings.Usual, [new(0, true, AReader.Key, null), new(1, false, null, null)], AReader.Chance(1));
            for (var turn = 0; turn < 40; turn++)
            {
                var step = bus.Next(now);
                now = step.IsSend ? now + TimeSpan.FromMilliseconds(20) : step.Until;
                bus.Receive(Frame(step.Address, fromReader: true, control, code, data), now);
            }

            while (bus.TryTake(out var told))
            {
                Assert.False(told is ReaderCameOnline { Address: 0 } or CardRead { Address: 0 });
            }
        }).Check(Many);

    [Fact]
    public void Any_bytes_from_the_line_neither_break_the_panel_nor_stop_it() => Prop.ForAll<byte[]>(bytes =>
    {
        var room = new AWire(readers: 2).Settled();
        room.Wire.Inject(bytes, toReaders: false);
        room.After(seconds: 0.05);
        room.Wire.Inject(bytes, toReaders: true);
        room.After(seconds: 1);
        room.Device.PresentCard(AReader.Card, 26, room.Wire.Now);

        return room.Hears<CardRead>(withinSeconds: 2);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(2000));

    [Fact]
    public void A_megabyte_of_noise_stays_within_the_buffer()
    {
        var room = new AWire().Settled();
        var noise = AReader.Chance(7);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var bytes = noise(1_000_000);
        room.Bus.Receive(bytes, room.Wire.Now);
        room.Line.Receive(bytes, room.Wire.Now);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000 + 200_000);
        room.Device.PresentCard(AReader.Card, 26, room.Wire.Now);
        Assert.True(room.Hears<CardRead>(withinSeconds: 5));
    }

    [Fact]
    public void An_event_nobody_takes_stops_the_polls_instead_of_filling_memory()
    {
        var bus = new AcuBus(AcuBusSettings.Usual, [new(0, false, null, null)], AReader.Chance(1));
        for (var index = 0; index < 5000; index++)
        {
            bus.Send(9, PollCommand.Plain);
        }

        Assert.False(bus.Next(TimeSpan.FromSeconds(1)).IsSend);
        while (bus.TryTake(out _))
        {
        }

        Assert.True(bus.Next(TimeSpan.FromSeconds(2)).IsSend);
    }

    [Fact]
    public void Any_bits_into_any_card_format_give_a_number_or_a_fault() => Prop.ForAll<byte[], int>((bytes, count) =>
    {
        foreach (var format in CardFormat.All)
        {
            var reading = format.Decode(bytes, count);
            Assert.True(reading.Number is null != reading.Fault is null);
        }
    }).Check(Many);

    private static List<string> FramesIn(ReadOnlySpan<byte> wire)
    {
        var frames = new List<string>();
        while (!wire.IsEmpty)
        {
            var scan = OsdpScanner.Next(wire);
            if (scan.HasFrame)
            {
                frames.Add(Hex.Text(scan.Frame.Whole));
            }

            if (scan.Consumed == 0)
            {
                break;
            }

            wire = wire[scan.Consumed..];
        }

        return frames;
    }

    /// <summary>Anything behind a header that may claim a security block, with a right length and CRC.</summary>
    private static byte[] Frame(byte address, bool fromReader, byte control, byte code, byte[] data)
    {
        byte[] frame =
        [
            OsdpFrame.StartOfMessage, (byte)(address | (fromReader ? 0x80 : 0)), 0, 0, (byte)(4 | (control & 0x0B)), code, .. data.Take(1400), 0, 0,
        ];
        frame[2] = (byte)frame.Length;
        frame[3] = (byte)(frame.Length >> 8);
        OsdpWriter.Finish(frame, new(address, fromReader, 0), frame.Length);
        return frame;
    }
}
