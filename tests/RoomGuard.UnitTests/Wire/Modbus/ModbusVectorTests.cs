using System.Collections.Immutable;
using RoomGuard.Wire.Modbus;
using Xunit;

namespace RoomGuard.UnitTests.Wire.Modbus;

/// <summary>The vectors of docs/reference/ups.md sections 2.3, 3, 4.5 and 4.10; each was made by one independent program and confirmed by a second.</summary>
public class ModbusVectorTests
{
    /// <summary>What it is, unit, the request, its RTU frame.</summary>
    public static TheoryData<string, byte, ModbusRequest, string> Requests => new()
    {
        { "read 27 holding at 0", 1, new ReadRegisters(ModbusTable.HoldingRegisters, 0, 27), "01 03 00 00 00 1b 05 c1" },
        { "read 2 holding at 128", 1, new ReadRegisters(ModbusTable.HoldingRegisters, 128, 2), "01 03 00 80 00 02 c5 e3" },
        { "read 27 holding at 128", 1, new ReadRegisters(ModbusTable.HoldingRegisters, 128, 27), "01 03 00 80 00 1b 04 29" },
        { "read 4 input at 0400h", 1, new ReadRegisters(ModbusTable.InputRegisters, 0x400, 4), "01 04 04 00 00 04 f0 f9" },
        { "read 37 coils at 13h", 0x11, new ReadBits(ModbusTable.Coils, 0x13, 37), "11 01 00 13 00 25 0e 84" },
        { "read 22 discrete at C4h", 0x11, new ReadBits(ModbusTable.DiscreteInputs, 0xC4, 22), "11 02 00 c4 00 16 ba a9" },
        { "coil ACh on", 0x11, new WriteCoil(0xAC, true), "11 05 00 ac ff 00 4e 8b" },
        { "coil ACh off", 0x11, new WriteCoil(0xAC, false), "11 05 00 ac 00 00 0f 7b" },
        { "register 1540 = 1", 1, new WriteRegister(1540, 1), "01 06 06 04 00 01 09 43" },
        { "register 1541 = 1", 1, new WriteRegister(1541, 1), "01 06 06 05 00 01 58 83" },
        { "1540 = 1 by function 16", 1, new WriteRegisters(1540, [1]), "01 10 06 04 00 01 02 00 01 00 14" },
        { "1538 = 788h", 1, new WriteRegisters(1538, [0, 0x788]), "01 10 06 02 00 02 04 00 00 07 88 5b 80" },
        { "10 coils at 13h", 0x11, new WriteCoils(0x13, [true, false, true, true, false, false, true, true, true, false]), "11 0f 00 13 00 0a 02 cd 01 bf 0b" },
        { "who are you, basic", 1, new ReadIdentification(IdentificationAccess.Basic, 0), "01 2b 0e 01 00 70 77" },
        { "who are you, extended from 87h", 1, new ReadIdentification(IdentificationAccess.Extended, 0x87), "01 2b 0e 03 87 31 75" },
    };

    /// <summary>The request, its answer, the answer's RTU frame.</summary>
    public static TheoryData<string, ModbusRequest, ModbusAnswer, string> Answers => new()
    {
        { "0, 3600", new ReadRegisters(ModbusTable.HoldingRegisters, 128, 2), new RegistersAnswer([0, 3600]), "01 03 04 00 00 0e 10 ff 9f" },
        { "1538 written", new WriteRegisters(1538, [0, 0x788]), new WrittenAnswer(1538, 2), "01 10 06 02 00 02 e0 80" },
        { "register not there", new ReadRegisters(ModbusTable.HoldingRegisters, 0, 1), new ExceptionAnswer(ModbusError.IllegalDataAddress), "01 83 02 c0 f1" },
        { "bad quantity", new ReadRegisters(ModbusTable.HoldingRegisters, 0, 1), new ExceptionAnswer(ModbusError.IllegalDataValue), "01 83 03 01 31" },
        { "order refused", new WriteRegisters(1538, [0, 0x788]), new ExceptionAnswer(ModbusError.DeviceFailure), "01 90 04 4d c3" },
        {
            "RoomSim SIM1500 1.02", new ReadIdentification(IdentificationAccess.Basic, 0),
            new IdentificationAnswer(IdentificationAccess.Basic, 0x83, null, [IdentificationObject.OfText(0, "RoomSim"), IdentificationObject.OfText(1, "SIM1500"), IdentificationObject.OfText(2, "1.02")]),
            "01 2b 0e 01 83 00 00 03 00 07 52 6f 6f 6d 53 69 6d 01 07 53 49 4d 31 35 30 30 02 04 31 2e 30 32 96 d8"
        },
    };

    [Theory]
    [InlineData("31 32 33 34 35 36 37 38 39", 0x4B37)]
    [InlineData("02 07", 0x1241)]
    [InlineData("01 03 00 00 00 1b", 0xC105)]
    [InlineData("01 04 02 ff ff", 0x80B8)]
    [InlineData("", 0xFFFF)]
    public void The_check_code_is_that_of_the_sheet(string hex, int crc) => Assert.Equal(crc, ModbusCrc.Of(Hex.Bytes(hex)));

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_reads_and_writes_as_in_the_sheet(string what, byte unit, ModbusRequest request, string rtu)
    {
        var frame = Hex.Bytes(rtu);
        Assert.Equal(Hex.Text(frame), Hex.Text(RtuFrame.Of(unit, request.ToPdu())));
        Assert.Equal(frame.Length, RtuFrame.RequestLength(frame));

        var read = ModbusRequest.Parse(frame.AsSpan()[1..^2], out var error);
        Assert.Null(error);
        Assert.NotNull(read);
        Assert.Equal((what, request.GetType()), (what, read.GetType()));
        Assert.Equal(Hex.Text(request.ToPdu()), Hex.Text(read.ToPdu()));

        // The TCP form is the same PDU behind transaction 1, protocol 0, the length, the unit.
        byte[] tcp = [0, 1, 0, 0, 0, (byte)(frame.Length - 2), .. frame[..^2]];
        Assert.Equal(Hex.Text(tcp), Hex.Text(MbapFrame.Of(new(1, unit), request.ToPdu())));
        var scan = MbapFrame.Next(tcp);
        Assert.Equal((tcp.Length, new MbapHeader(1, unit), frame.Length - 3), (scan.Consumed, scan.Header, scan.PduLength));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_reads_and_writes_as_in_the_sheet(string what, ModbusRequest request, ModbusAnswer answer, string rtu)
    {
        var frame = Hex.Bytes(rtu);
        Assert.Equal(Hex.Text(frame), Hex.Text(RtuFrame.Of(1, answer.ToPdu((byte)request.Function))));
        Assert.Equal(frame.Length, RtuFrame.AnswerLength(frame, 1, request));

        var read = request.ReadAnswer(frame.AsSpan()[1..^2]);
        Assert.NotNull(read);
        Assert.Equal((what, answer.GetType()), (what, read.GetType()));
        Assert.Equal(Hex.Text(frame.AsSpan()[1..^2]), Hex.Text(read.ToPdu((byte)request.Function)));
    }

    [Fact]
    public void Thirty_seven_coils_come_low_bit_first()
    {
        var frame = Hex.Bytes("11 01 05 cd b2 b2 0e 1b 7e ba");
        var request = new ReadBits(ModbusTable.Coils, 0x13, 37);
        Assert.Equal(frame.Length, RtuFrame.AnswerLength(frame, 0x11, request));
        Assert.Equal(0, ModbusCrc.Of(frame));

        var bits = Assert.IsType<BitsAnswer>(request.ReadAnswer(frame.AsSpan()[1..^2])).Values;
        Assert.Equal(37, bits.Length);
        Assert.Equal([true, false, true, true, false, false, true, true], bits[..8].ToArray());
        Assert.Equal([true, true, false, true, true], bits[32..].ToArray());
        Assert.Equal("0105CDB2B20E1B", Hex.Text(new BitsAnswer(bits).ToPdu(1)));
        Assert.Equal("00 01 00 00 00 08 11 01 05 cd b2 b2 0e 1b".Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant(), Hex.Text(MbapFrame.Of(new(1, 0x11), new BitsAnswer(bits).ToPdu(1))));
    }

    [Fact]
    public void The_identification_over_tcp_is_that_of_the_sheet() =>
        Assert.StartsWith(
            Hex.Text(Hex.Bytes("00 02 00 00 00 20 01 2b 0e 01 83 00 00 03")),
            Hex.Text(MbapFrame.Of(new(2, 1), ModbusAnswers.To(Hex.Bytes("2b 0e 01 00"), new Named()))),
            StringComparison.Ordinal);

    [Fact]
    public void The_known_registers_of_an_apc_prove_base_byte_and_word_order()
    {
        ushort[] raw = [0x3030, 0x2E35, 0x3132, 0x3334, 0x3536, 0x3738, 0x1234, 0x5678, 0xFFFF, 0xFFFB, 0x1234, 0xFFFB, 0x2020, 0xDFE0];

        Assert.Equal("00.5", RegisterValue.Text(WordOrder.Abcd, raw.AsSpan(0, 2)));
        Assert.Equal("12345678", RegisterValue.Text(WordOrder.Abcd, raw.AsSpan(2, 4)));
        Assert.Equal(0x12345678, RegisterValue.Number(RegisterForm.Unsigned32, WordOrder.Abcd, raw.AsSpan(6)));
        Assert.Equal(-5, RegisterValue.Number(RegisterForm.Signed32, WordOrder.Abcd, raw.AsSpan(8)));
        Assert.Equal(0x1234, RegisterValue.Number(RegisterForm.Unsigned16, WordOrder.Abcd, raw.AsSpan(10)));
        Assert.Equal(-5, RegisterValue.Number(RegisterForm.Signed16, WordOrder.Abcd, raw.AsSpan(11)));
        Assert.Equal(128.5, RegisterValue.Number(RegisterForm.Signed16, WordOrder.Abcd, raw.AsSpan(12)) / 64);
        Assert.Equal(-128.5, RegisterValue.Number(RegisterForm.Signed16, WordOrder.Abcd, raw.AsSpan(13)) / 64);
        Assert.Equal(raw[2..6], RegisterValue.OfText("12345678", 4).ToArray());

        // AN-176: -56.8 as S5 is F8E6h, read back as -56.8125.
        Assert.Equal(-56.8125, RegisterValue.Number(RegisterForm.Signed16, WordOrder.Abcd, [0xF8E6]) / 32);
    }

    [Theory]
    [InlineData(WordOrder.Abcd, 0x1234, 0x5678)]
    [InlineData(WordOrder.Cdab, 0x5678, 0x1234)]
    [InlineData(WordOrder.Badc, 0x3412, 0x7856)]
    [InlineData(WordOrder.Dcba, 0x7856, 0x3412)]
    public void Each_order_of_words_and_bytes_gives_the_same_number(WordOrder order, int first, int second) =>
        Assert.Equal(0x12345678u, RegisterValue.Bits(order, [(ushort)first, (ushort)second]));

    [Fact]
    public void A_text_loses_what_pads_it_and_nothing_else()
    {
        Assert.Equal("AB C", RegisterValue.Text(WordOrder.Abcd, [0x0041, 0x4220, 0x4320, 0x2000, 0xFFFF]));
        Assert.Equal("ABC", RegisterValue.Text(WordOrder.Badc, [0x4241, 0x0043]));
        Assert.Equal("A?B", RegisterValue.Text(WordOrder.Abcd, [0x4107, 0x4220]));
        Assert.Equal(1.5, RegisterValue.Number(RegisterForm.Float32, WordOrder.Abcd, [0x3FC0, 0]));
    }

    [Fact]
    public void The_recorded_blocks_of_an_apc_are_two_whole_answers()
    {
        var status = Hex.Bytes("01 03 36 0000 0244 0002 0000 0001 0000 0000 0001 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0001 0000 0000 0000 0000 0044 0000 0001 0000 6f 43");
        var dynamics = Hex.Bytes("01 03 36 0000 0258 b900 0330 ffff 2904 ffff 0fc0 1780 ffff 1900 ffff 0043 ffff 1920 ffff 1900 0001 e240 ffff ffff ffff 0004 0000 ffff ffff fffc 0a c7");
        Assert.Equal(0, ModbusCrc.Of(status));
        Assert.Equal(0, ModbusCrc.Of(dynamics));

        var first = Assert.IsType<RegistersAnswer>(new ReadRegisters(ModbusTable.HoldingRegisters, 0, 27).ReadAnswer(status.AsSpan()[1..^2])).Values;
        var second = Assert.IsType<RegistersAnswer>(new ReadRegisters(ModbusTable.HoldingRegisters, 128, 27).ReadAnswer(dynamics.AsSpan()[1..^2])).Values;
        Assert.Equal(0x244u, RegisterValue.Bits(WordOrder.Abcd, first.AsSpan(0, 2)));
        Assert.Equal(600u, RegisterValue.Bits(WordOrder.Abcd, second.AsSpan(0, 2)));
        Assert.Equal(92.5, second[2] / 512.0);
        Assert.Equal(25.5, second[3] / 32.0);
        Assert.Equal(new DateOnly(2028, 9, 30), new DateOnly(2000, 1, 1).AddDays(second[5]));
        Assert.Equal(31.5, second[7] / 128.0);
        Assert.Equal(23.5, second[8] / 256.0);
        Assert.Equal(100.5, second[14] / 64.0);
        Assert.Equal(123456u, RegisterValue.Bits(WordOrder.Abcd, second.AsSpan(17, 2)));
        Assert.Equal(-4, (short)second[26]);
    }

    [Theory]
    [InlineData("63", "E3 01")]
    [InlineData("03 0000 0000", "83 03")]
    [InlineData("03 0000 007E", "83 03")]
    [InlineData("03 FFFF 0002", "83 02")]
    [InlineData("01 0000 07D1", "81 03")]
    [InlineData("05 0001 1234", "85 03")]
    [InlineData("0F 0000 0009 01 FF", "8F 03")]
    [InlineData("10 0000 0002 04 0001", "90 03")]
    [InlineData("2B 0D 01 00", "AB 01")]
    [InlineData("2B 0E 05 00", "AB 03")]
    [InlineData("2B 0E 04 09", "AB 02")]
    [InlineData("", "80 01")]
    public void A_server_refuses_in_the_order_of_the_standard(string request, string answer) =>
        Assert.Equal(Hex.Text(Hex.Bytes(answer)), Hex.Text(ModbusAnswers.To(Hex.Bytes(request), new Named())));

    [Fact]
    public void A_long_identification_comes_in_several_answers()
    {
        var bank = new Named { Identification = [.. Enumerable.Range(0, 3).Select(id => IdentificationObject.OfText((byte)id, "abc")), IdentificationObject.OfText(0x80, new('x', 200)), IdentificationObject.OfText(0x81, new('y', 200))] };
        var first = Assert.IsType<IdentificationAnswer>(new ReadIdentification(IdentificationAccess.Extended, 0).ReadAnswer(ModbusAnswers.To(Hex.Bytes("2B 0E 03 00"), bank)));
        Assert.Equal((byte)0x81, first.Next);
        Assert.Equal(4, first.Objects.Length);

        var second = Assert.IsType<IdentificationAnswer>(new ReadIdentification(IdentificationAccess.Extended, 0x81).ReadAnswer(ModbusAnswers.To(Hex.Bytes("2B 0E 03 81"), bank)));
        Assert.Null(second.Next);
        Assert.Equal(new('y', 200), Assert.Single(second.Objects).Text);

        // A number the device does not have starts the stream again.
        var again = Assert.IsType<IdentificationAnswer>(new ReadIdentification(IdentificationAccess.Basic, 0x55).ReadAnswer(ModbusAnswers.To(Hex.Bytes("2B 0E 01 55"), bank)));
        Assert.Equal(3, again.Objects.Length);
        Assert.Equal("abc", Assert.Single(Assert.IsType<IdentificationAnswer>(new ReadIdentification(IdentificationAccess.One, 2).ReadAnswer(ModbusAnswers.To(Hex.Bytes("2B 0E 04 02"), bank))).Objects).Text);
    }

    private sealed class Named : IModbusBank
    {
        public ImmutableArray<IdentificationObject> Identification { get; init; } =
            [IdentificationObject.OfText(0, "RoomSim"), IdentificationObject.OfText(1, "SIM1500"), IdentificationObject.OfText(2, "1.02"), IdentificationObject.OfText(0x80, "x")];

        public ModbusError? ReadBits(ModbusTable table, int address, Span<bool> into) => null;

        public ModbusError? ReadRegisters(ModbusTable table, int address, Span<ushort> into) => null;

        public ModbusError? WriteCoils(int address, ReadOnlySpan<bool> values) => null;

        public ModbusError? WriteRegisters(int address, ReadOnlySpan<ushort> values) => null;
    }
}
