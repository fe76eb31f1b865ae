using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using RoomGuard.TestKit;
using RoomGuard.Wire.Modbus;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Modbus;

/// <summary>A client and a server on one line, in virtual time: lost, late, damaged and foreign answers.</summary>
public class ModbusLinkTests
{
    private static readonly ReadRegisters Status = new(ModbusTable.HoldingRegisters, 0, 5);
    private static readonly ModbusProbe Known = new(new(ModbusTable.HoldingRegisters, 2050, 4), [0x3132, 0x3334, 0x3536, 0x3738]);
    private static readonly Dictionary<byte, ModbusProbe> Probes = new() { [1] = Known };
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(600);

    [Theory]
    [InlineData(ModbusFraming.Rtu)]
    [InlineData(ModbusFraming.Tcp)]
    public void A_question_is_answered_and_the_next_waits_for_its_turn(ModbusFraming framing)
    {
        var line = new Line(framing);
        line.Asks(Status);
        line.Asks(new ReadBits(ModbusTable.DiscreteInputs, 3, 9));
        line.Runs(seconds: 1);

        Assert.Equal([0, 1, 2, 3, 4], Assert.IsType<RegistersAnswer>(line.Outcomes[0].Answer).Values.Select(value => (int)value));
        Assert.Equal(9, Assert.IsType<BitsAnswer>(line.Outcomes[1].Answer).Values.Length);
        Assert.True(line.Client.IsIdle);
        Assert.Equal(2, line.Client.Counters.Answered);
    }

    [Fact]
    public void Thirty_five_milliseconds_of_silence_stand_before_each_question()
    {
        var line = new Line(ModbusFraming.Rtu);
        line.Asks(Status);
        line.Asks(Status);
        line.Runs(seconds: 1);

        Assert.True(line.SentAt[1] - line.AnsweredAt[0] >= TimeSpan.FromMilliseconds(35));
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void A_late_answer_is_never_taken_for_the_answer_to_the_next_question()
    {
        // The device answers its first question 550 ms late, when the client has given up and asks for another register of the same width.
        var line = new Line(ModbusFraming.Rtu) { Late = number => number == 0 ? TimeSpan.FromMilliseconds(550) : TimeSpan.FromMilliseconds(20) };
        line.Asks(Status);
        line.Asks(new ReadRegisters(ModbusTable.HoldingRegisters, 100, 5));
        line.Runs(seconds: 5);

        Assert.Equal(ModbusFault.Silence, line.Outcomes[0].Fault);
        Assert.Equal([100, 101, 102, 103, 104], Assert.IsType<RegistersAnswer>(line.Outcomes[1].Answer).Values.Select(value => (int)value));
    }

    [Fact]
    public void A_unit_that_stays_one_answer_behind_is_found_out_by_the_known_register()
    {
        // From its first missed answer on it says each time what it should have said the time before (seen on real units over USB).
        var line = new Line(ModbusFraming.Rtu) { OneBehind = true };
        line.Asks(Status);
        line.Asks(new ReadRegisters(ModbusTable.HoldingRegisters, 100, 5));
        line.Asks(new ReadRegisters(ModbusTable.HoldingRegisters, 200, 5));
        line.Runs(seconds: 30);

        Assert.Equal(3, line.Outcomes.Count);
        Assert.All(line.Outcomes, outcome => Assert.Null(outcome.Answer));
    }

    [Fact]
    public void An_exception_is_an_answer_and_ends_no_trust()
    {
        var line = new Line(ModbusFraming.Rtu);
        line.Asks(new ReadRegisters(ModbusTable.HoldingRegisters, 60000, 2));
        line.Asks(Status);
        line.Runs(seconds: 1);

        Assert.Equal(ModbusError.IllegalDataAddress, Assert.IsType<ExceptionAnswer>(line.Outcomes[0].Answer).Error);
        Assert.NotNull(line.Outcomes[1].Answer);
        Assert.Equal(2, line.SentAt.Count);
    }

    [Fact]
    [Requirement("R-NET-04")]
    public void An_order_to_a_link_whose_writes_are_off_never_reaches_the_wire()
    {
        var line = new Line(ModbusFraming.Rtu);
        line.Asks(new WriteRegister(1540, 1));
        line.Asks(new WriteCoils(1, [true]));
        line.Runs(seconds: 1);

        Assert.Empty(line.SentAt);
        Assert.Equal([ModbusFault.WritesOff, ModbusFault.WritesOff], line.Outcomes.Select(outcome => outcome.Fault));
        Assert.Empty(line.Bank.Written);
    }

    [Fact]
    public void An_order_is_carried_out_where_writes_are_allowed()
    {
        var line = new Line(ModbusFraming.Tcp, allowWrites: true);
        line.Asks(new WriteRegister(1540, 1));
        line.Asks(new WriteRegisters(1538, [0, 0x788]));
        line.Runs(seconds: 1);

        Assert.Equal([(1540, (ushort)1), (1538, (ushort)0), (1539, (ushort)0x788)], line.Bank.Written);
        Assert.All(line.Outcomes, outcome => Assert.IsType<WrittenAnswer>(outcome.Answer));
    }

    [Theory]
    [InlineData("02 03 0A 0000 0001 0002 0003 0004", ModbusFault.WrongUnit)]
    [InlineData("01 04 0A 0000 0001 0002 0003 0004", ModbusFault.WrongAnswer)]
    [InlineData("01 03 08 0000 0001 0002 0003", ModbusFault.WrongAnswer)]
    [InlineData("01 03 0A 0000 0001", ModbusFault.Incomplete)]
    [InlineData("01", ModbusFault.Incomplete)]
    [InlineData("FF FE FD", ModbusFault.BadCheck)]
    [Requirement("R-INP-01")]
    public void What_is_no_answer_is_named(string hex, ModbusFault fault)
    {
        var bytes = Hex.Bytes(hex);
        var whole = bytes.Length > 8 ? RtuFrame.Of(bytes[0], bytes.AsSpan(1)) : bytes;
        var line = new Line(ModbusFraming.Rtu) { Says = fault == ModbusFault.Incomplete ? bytes : whole };
        line.Asks(Status);
        line.Runs(seconds: 1);

        Assert.Equal(fault, Assert.Single(line.Outcomes).Fault);
    }

    [Fact]
    public void A_flipped_bit_anywhere_loses_the_answer_and_never_changes_it()
    {
        var good = RtuFrame.Of(1, new RegistersAnswer([0, 1, 2, 3, 4]).ToPdu(3));
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            byte[] flipped = [.. good];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var line = new Line(ModbusFraming.Rtu) { Says = flipped };
            line.Asks(Status);
            line.Runs(seconds: 1);
            Assert.Null(Assert.Single(line.Outcomes).Answer);
        }
    }

    [Fact]
    public void An_answer_is_found_behind_noise_and_behind_an_echo_of_the_question()
    {
        var good = RtuFrame.Of(1, new RegistersAnswer([0, 1, 2, 3, 4]).ToPdu(3));
        foreach (byte[] before in new[] { [0xFF, 0x01, 0x03], RtuFrame.Of(1, Status.ToPdu()) })
        {
            var line = new Line(ModbusFraming.Rtu) { Says = [.. before, .. good] };
            line.Asks(Status);
            line.Runs(seconds: 1);
            Assert.NotNull(Assert.Single(line.Outcomes).Answer);
        }
    }

    [Fact]
    public void An_answer_in_single_bytes_is_whole_with_its_last_byte()
    {
        var client = new ModbusClient(ModbusTiming.Serial);
        client.Ask(1, Status, TimeSpan.Zero);
        Assert.True(client.Next(TimeSpan.Zero).IsSend);
        var now = TimeSpan.FromMilliseconds(20);
        foreach (var item in RtuFrame.Of(1, new RegistersAnswer([0, 1, 2, 3, 4]).ToPdu(3)))
        {
            Assert.False(client.TryTake(out _));
            Assert.False(client.Next(now).IsSend);
            client.Receive([item], now);
            now += TimeSpan.FromMilliseconds(20);
        }

        Assert.True(client.TryTake(out var outcome));
        Assert.NotNull(outcome.Answer);
    }

    [Fact]
    public void Tcp_drops_answers_to_other_questions_and_closes_a_stream_that_is_none()
    {
        var client = new ModbusClient(ModbusTiming.Tcp);
        client.Ask(1, Status, TimeSpan.Zero);
        client.Next(TimeSpan.Zero);
        var pdu = new RegistersAnswer([0, 1, 2, 3, 4]).ToPdu(3);
        client.Receive(MbapFrame.Of(new(99, 1), pdu), TimeSpan.Zero);
        Assert.False(client.TryTake(out _));
        Assert.Equal(1, client.Counters.Stray);

        client.Receive(MbapFrame.Of(new(1, 0xFF), pdu), TimeSpan.Zero);
        Assert.True(client.TryTake(out var outcome));
        Assert.NotNull(outcome.Answer);

        client.Ask(1, Status, TimeSpan.Zero);
        client.Next(TimeSpan.Zero);
        client.Receive("SSH-2.0-x\r\n"u8, TimeSpan.Zero);
        Assert.True(client.StreamLost);
        Assert.True(client.TryTake(out outcome));
        Assert.Equal(ModbusFault.StreamLost, outcome.Fault);
    }

    [Fact]
    public void A_broken_link_ends_every_question_once()
    {
        var client = new ModbusClient(ModbusTiming.Serial, Probes);
        for (var index = 0; index < 16; index++)
        {
            Assert.True(client.Ask(1, Status, TimeSpan.Zero));
        }

        Assert.False(client.Ask(1, Status, TimeSpan.Zero));
        client.Next(TimeSpan.Zero);
        client.LinkLost(TimeSpan.Zero);
        var told = 0;
        while (client.TryTake(out var outcome))
        {
            Assert.Equal(ModbusFault.LinkLost, outcome.Fault);
            told++;
        }

        Assert.Equal(16, told);
        Assert.True(client.IsIdle);
    }

    [Fact]
    public void A_server_takes_a_function_it_does_not_know_by_silence_and_a_broadcast_without_a_word()
    {
        var server = new ModbusServer(ModbusFraming.Rtu, TimeSpan.FromMilliseconds(25), unit => unit <= 1 ? new Numbers() : null);
        server.Receive(RtuFrame.Of(1, [0x63, 1, 2]), TimeSpan.Zero);
        Assert.False(server.TryTake(out _));
        server.Tick(TimeSpan.FromMilliseconds(30));
        Assert.True(server.TryTake(out var answer));
        Assert.Equal("01E301", Hex.Text(answer.AsSpan(..3)));

        server.Receive(RtuFrame.Of(0, new WriteRegister(5, 6).ToPdu()), TimeSpan.FromSeconds(1));
        server.Receive(RtuFrame.Of(2, Status.ToPdu()), TimeSpan.FromSeconds(2));
        server.Tick(TimeSpan.FromSeconds(3));
        Assert.False(server.TryTake(out _));
    }

    [Fact]
    public void A_gateway_says_that_the_device_behind_it_is_silent()
    {
        var server = new ModbusServer(ModbusFraming.Tcp, TimeSpan.Zero, unit => unit == 1 ? new Numbers() : null);
        server.Receive(MbapFrame.Of(new(7, 9), Status.ToPdu()), TimeSpan.Zero);
        Assert.True(server.TryTake(out var answer));
        Assert.Equal("00070000000309830B", Hex.Text(answer));
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void Any_bytes_into_any_request_or_answer_give_a_message_or_nothing() => Prop.ForAll<byte[]>(bytes =>
    {
        var request = ModbusRequest.Parse(bytes, out var error);
        Assert.True(request is null != error is null);
        Assert.True(request is null || request.ToPdu().AsSpan().SequenceEqual(bytes));
        foreach (var asked in Asked())
        {
            _ = asked.ReadAnswer(bytes);
            for (var function = 0; function < 256; function += 128)
            {
                byte[] answer = [(byte)((byte)asked.Function | function), .. bytes];
                _ = asked.ReadAnswer(answer);
                _ = RtuFrame.AnswerLength([1, .. answer], 1, asked);
            }
        }

        var answered = ModbusAnswers.To(bytes, new Numbers());
        Assert.InRange(answered.Length, 2, ModbusLimits.LongestPdu);
    }).Check(Many);

    [Fact]
    [Requirement("R-INP-01")]
    public void Any_bytes_from_the_line_leave_client_and_server_working() => Prop.ForAll<byte[], bool>((bytes, tcp) =>
    {
        var framing = tcp ? ModbusFraming.Tcp : ModbusFraming.Rtu;
        var line = new Line(framing);
        line.Asks(Status);
        line.Noise(bytes);
        line.Runs(seconds: 10);
        if (line.Client.StreamLost || line.Server.StreamLost)
        {
            line = new Line(framing);
        }

        line.Outcomes.Clear();
        line.Asks(Status);
        line.Runs(seconds: 10);
        return line.Outcomes is [{ Answer: RegistersAnswer { Values: [0, 1, 2, 3, 4] } }];
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(1500));

    [Fact]
    public void A_megabyte_of_noise_stays_within_the_buffers()
    {
        var noise = new byte[1_000_000];
        new Random(5).NextBytes(noise);
        foreach (var framing in new[] { ModbusFraming.Rtu, ModbusFraming.Tcp })
        {
            var client = new ModbusClient(ModbusTiming.Serial with { Framing = framing }, Probes);
            var server = new ModbusServer(framing, TimeSpan.FromMilliseconds(25), _ => null);
            client.Ask(1, Status, TimeSpan.Zero);
            client.Next(TimeSpan.Zero);
            var before = GC.GetAllocatedBytesForCurrentThread();
            client.Receive(noise.AsSpan(0, 100_000), TimeSpan.Zero);
            server.Receive(noise, TimeSpan.Zero);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }
    }

    private static ModbusRequest[] Asked() =>
    [
        Status, new ReadBits(ModbusTable.Coils, 0, 17), new WriteCoil(1, true), new WriteRegister(2, 3), new WriteCoils(1, [true]), new WriteRegisters(1, [2]),
        new ReadIdentification(IdentificationAccess.Basic, 0),
    ];

    /// <summary>Register n reads n; nothing above 50000.</summary>
    private sealed class Numbers : IModbusBank
    {
        public List<(int Address, ushort Value)> Written { get; } = [];

        public ImmutableArray<IdentificationObject> Identification => [IdentificationObject.OfText(0, "Numbers")];

        public ModbusError? ReadBits(ModbusTable table, int address, Span<bool> into)
        {
            for (var index = 0; index < into.Length; index++)
            {
                into[index] = (address + index) % 2 == 1;
            }

            return null;
        }

        public ModbusError? ReadRegisters(ModbusTable table, int address, Span<ushort> into)
        {
            for (var index = 0; index < into.Length; index++)
            {
                into[index] = address == 2050 ? Known.Expected[index % 4] : (ushort)(address + index);
            }

            return address > 50000 ? ModbusError.IllegalDataAddress : null;
        }

        public ModbusError? WriteCoils(int address, ReadOnlySpan<bool> values) => null;

        public ModbusError? WriteRegisters(int address, ReadOnlySpan<ushort> values)
        {
            for (var index = 0; index < values.Length; index++)
            {
                Written.Add((address + index, values[index]));
            }

            return null;
        }
    }

    /// <summary>A line whose bytes take no time and whose device may be late.</summary>
    private sealed class Line(ModbusFraming framing, bool allowWrites = false)
    {
        private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
        private readonly PriorityQueue<byte[], TimeSpan> toClient = new();
        private byte[]? behind;
        private int answers;
        private TimeSpan now;

        public ModbusClient Client { get; } = new((framing == ModbusFraming.Tcp ? ModbusTiming.Tcp : ModbusTiming.Serial) with { AllowWrites = allowWrites }, Probes);

        public Numbers Bank { get; } = new();

        public ModbusServer Server => field ??= new(framing, TimeSpan.FromMilliseconds(25), unit => unit == 1 ? Bank : null);

        public Func<int, TimeSpan> Late { get; init; } = _ => TimeSpan.FromMilliseconds(20);

        public bool OneBehind { get; init; }

        public byte[]? Says { get; init; }

        public List<ModbusOutcome> Outcomes { get; } = [];

        public List<TimeSpan> SentAt { get; } = [];

        public List<TimeSpan> AnsweredAt { get; } = [];

        public void Asks(ModbusRequest request) => Assert.True(Client.Ask(1, request, now));

        public void Noise(byte[] bytes)
        {
            Client.Receive(bytes, now);
            Server.Receive(bytes, now);
        }

        public void Runs(double seconds)
        {
            for (var end = now + TimeSpan.FromSeconds(seconds); now < end; now += Tick)
            {
                while (toClient.TryPeek(out var bytes, out var at) && at <= now)
                {
                    toClient.Dequeue();
                    Client.Receive(bytes, now);
                    AnsweredAt.Add(now);
                }

                Server.Tick(now);
                if (Client.Next(now) is { IsSend: true } step)
                {
                    SentAt.Add(now);
                    Server.Receive(step.Bytes.Span, now);
                }

                while (Server.TryTake(out var answer))
                {
                    Say(Says ?? answer);
                }

                while (Client.TryTake(out var outcome))
                {
                    Outcomes.Add(outcome);
                }
            }
        }

        private void Say(byte[] answer)
        {
            var number = answers++;
            if (OneBehind)
            {
                (behind, answer) = (answer, behind ?? []);
            }

            toClient.Enqueue(answer, now + Late(number));
        }
    }
}
