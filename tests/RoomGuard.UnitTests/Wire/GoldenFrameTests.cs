using RoomGuard.Wire.Osdp;
using Xunit;

namespace RoomGuard.UnitTests.Wire;

/// <summary>Frames from SIA OSDP Annex E, from a running libosdp pair, and computed by the same rules. Each is read and written.</summary>
public class GoldenFrameTests
{
    private static readonly PdIdentity Annex = new(0xABCDEF, 2, 1, 0x01020304, 1, 2, 3);

    public static TheoryData<string, string, OsdpMessage> Frames => new()
    {
        // SIA Annex E, and address 00h.
        { "POLL seq 0", "53 00 08 00 04 60 EB AA", PollCommand.Plain },
        { "ACK seq 0", "53 80 08 00 04 40 59 AC", AckReply.Plain },
        { "POLL seq 1", "53 00 08 00 05 60 DA 99", PollCommand.Plain },
        { "ACK seq 1", "53 80 08 00 05 40 68 9F", AckReply.Plain },
        { "POLL checksum", "53 00 07 00 00 60 46", PollCommand.Plain },
        { "ACK checksum", "53 80 07 00 00 40 E6", AckReply.Plain },
        { "ID, Annex E", "53 00 09 00 04 61 00 C0 66", new IdCommand() },
        { "ID checksum, Annex E", "53 00 08 00 00 61 00 44", new IdCommand() },
        { "COMSET to 7F, Annex E", "53 7F 0D 00 04 6E 00 80 25 00 00 6E 38", new CommunicationCommand(0, 9600) },
        { "COMSET checksum, Annex E", "53 7F 0C 00 00 6E 00 80 25 00 00 0F", new CommunicationCommand(0, 9600) },
        { "ID to 7F", "53 7F 09 00 04 61 00 5F E6", new IdCommand() },
        { "PDID from 7F", "53 FF 14 00 04 45 EF CD AB 02 01 04 03 02 01 01 02 03 0C F3", new IdentityReply(Annex) },

        // Address 05h, captured from a libosdp pair.
        { "ID", "530509000461 00 C125", new IdCommand() },
        { "PDID", "5385140004 45 EFCDAB 02 01 04030201 010203 DF0F", new IdentityReply(Annex) },
        { "CAP", "530509000562 00 A247", new CapabilitiesCommand() },
        {
            "PDCAP",
            "5385290005 46 010102 020202 030100 040401 050201 060101 080100 090100 0A0001 0D0001 100200 2378",
            new CapabilitiesReply(new(
            [
                new(1, 1, 2), new(2, 2, 2), new(3, 1, 0), new(4, 4, 1), new(5, 2, 1), new(6, 1, 1), new(8, 1, 0), new(9, 1, 0),
                new(10, 0, 1), new(13, 0, 1), new(16, 2, 0),
            ]))
        },
        {
            "LED",
            "5305160006 69 00 00 02 02 02 02 00 1E00 01 01 00 01 00 C8D9",
            new LedCommand([new(0, 0, new(2, 2, 2, LedColour.Green, LedColour.Off, 30), new(1, 1, 0, LedColour.Red, LedColour.Off))])
        },
        { "BUZ", "53050D0005 6A 00 02 01 01 03 EAA4", BuzzerCommand.Beep(3) },
        { "OUT", "53050C0007 68 00 05 1E00 FDAD", new OutputCommand(0, OutputControl.OnFor, TimeSpan.FromSeconds(3)) },
        { "TEXT", "5305130006 6B 00 01 00 01 01 05 48454C4C4F 8BC8", new TextCommand(0, 1, 0, 1, 1, "HELLO") },
        { "LSTAT", "5305080005 64 09FA", new LocalStatusCommand() },
        { "LSTATR", "53850A0005 48 00 00 3DBE", new LocalStatusReply(false, false) },
        { "ISTAT", "5305080007 65 4A8C", new InputStatusCommand() },
        { "ISTATR", "53850A0007 49 01 00 5457", new InputStatusReply([InputState.Active, InputState.Inactive]) },
        { "OSTAT", "5305080006 66 188F", new OutputStatusCommand() },
        { "OSTATR", "53850A0006 4A 00 00 814B", new OutputStatusReply([false, false]) },
        { "RSTAT", "5305080005 67 6ACA", new ReaderStatusCommand() },
        { "RSTATR", "5385090005 4B 00 FC2F", new ReaderStatusReply([HeadState.Normal]) },
        { "MFG", "53050D0007 80 010203 AA55 B5F6", new ManufacturerCommand(0x030201, Hex.Bytes("AA55")) },
        { "RAW", "53851000 06 50 00 01 1A00 023EA680 3C86", new RawCardReply(0, 1, 26, Hex.Bytes("023EA680")) },
        { "KEYPAD", "53850F0005 53 00 05 31323334 0D DA36", new KeypadReply(0, Hex.Bytes("313233340D")) },
        { "COMSET", "53050D0007 6E 06 00960000 BE1C", new CommunicationCommand(6, 38400) },
        { "COM", "53850D0007 54 06 00960000 0451", new CommunicationReply(6, 38400) },
        { "NAK 03", "5385090005 41 03 54F0", new NakReply(NakCode.UnknownCommand) },
        { "NAK 04", "5385090006 41 04 E3D9", new NakReply(NakCode.BadSequence) },
        { "NAK 06", "5385090005 41 06 F1A0", new NakReply(NakCode.SecurityConditionsNotMet) },
        { "BUSY", "5385080004 79 7428", BusyReply.Plain },

        // Computed by the same rules.
        { "BIOREAD", "53050C0006 73 00 00 02 80 9E3C", new BiometricReadCommand(0, 0, 2, 0x80) },
        {
            "BIOREADR",
            "5385160006 57 00 00 00 50 0800 0001020304050607 3240",
            new BiometricReadReply(0, BiometricStatus.Success, 0, 0x50, Hex.Bytes("0001020304050607"))
        },
        { "BIOMATCH", "5305160007 74 00 00 02 50 0800 0001020304050607 0402", new BiometricMatchCommand(0, 0, 2, 0x50, Hex.Bytes("0001020304050607")) },
        { "BIOMATCHR", "53850B0007 58 00 00 F0 4F73", new BiometricMatchReply(0, BiometricStatus.Success, 0xF0) },
        { "BIOMATCH with what the reader keeps", "53050E0006 74 00 00 00 A0 0000 EF8E", new BiometricMatchCommand(0, 0, 0, 0xA0, default) },
        { "BIOMATCHR, nobody came", "53850B0006 58 00 01 00 3005", new BiometricMatchReply(0, BiometricStatus.Timeout, 0) },
        { "BIOMATCHR, sensor failed", "53850B0005 58 00 FF 00 2CDB", new BiometricMatchReply(0, BiometricStatus.Error, 0) },
        { "BIOREADR, nobody came", "53850E0007 57 00 01 00 00 0000 2FE1", new BiometricReadReply(0, BiometricStatus.Timeout, 0, 0, default) },
        { "NAK 07", "5385090006 41 07 80E9", new NakReply(NakCode.BiometricTypeNotSupported) },
        { "NAK 08", "5385090006 41 08 6F18", new NakReply(NakCode.BiometricFormatNotSupported) },
        { "NAK 09", "5385090006 41 09 4E08", new NakReply(NakCode.UnableToProcess) },
        { "KEEPACTIVE", "53050A0005 A7 581B 88BD", new KeepActiveCommand(TimeSpan.FromSeconds(7)) },
        { "ACURXSIZE", "53050A0006 7B A005 365F", new AcuReceiveSizeCommand(1440) },
        { "FILETRANSFER", "5305170005 7C 01 0A000000 00000000 0400 41424344 2E71", new FileTransferCommand(1, 10, 0, Hex.Bytes("41424344")) },
        { "FTSTAT ok", "53850F0005 7A 01 0000 0000 0000 EC0C", new FileStatusReply(1, 0, 0, 0) },
        { "FTSTAT malformed", "53850F0005 7A 00 0000 FDFF 0000 25DD", new FileStatusReply(0, 0, FileStatusReply.Malformed, 0) },
    };

    /// <summary>Messages of the sheet without a captured frame: their layout only, as the sheet gives it.</summary>
    public static TheoryData<string, byte, string, OsdpMessage> Layouts => new()
    {
        { "XWR", 0xA1, "01 01 00 00A40400", new TransparentCommand(1, 1, Hex.Bytes("0000A40400")) },
        { "XRD", 0xB1, "01 02 00 9000", new TransparentReply(1, 2, Hex.Bytes("009000")) },
        { "ABORT", 0xA2, "", new AbortCommand() },
        { "PIVDATA", 0xA3, "5FC102 01 0800", new PivDataCommand(0x02C15F, 1, 8) },
        { "GENAUTH", 0xA4, "0A00 0000 0200 7C02", new GeneralAuthenticateCommand(new(10, 0, Hex.Bytes("7C02"))) },
        { "CRAUTH", 0xA5, "0A00 0800 0200 7C02", new ChallengeAuthenticateCommand(new(10, 8, Hex.Bytes("7C02"))) },
        { "PIVDATAR", 0x80, "0200 0000 0200 5301", new PivDataReply(new(2, 0, Hex.Bytes("5301"))) },
        { "GENAUTHR", 0x81, "0200 0000 0200 7C02", new GeneralAuthenticateReply(new(2, 0, Hex.Bytes("7C02"))) },
        { "CRAUTHR", 0x82, "0200 0000 0200 7C02", new ChallengeAuthenticateReply(new(2, 0, Hex.Bytes("7C02"))) },
        { "MFGSTATR", 0x83, "07", new ManufacturerStatusReply(7) },
        { "MFGERRR", 0x84, "08", new ManufacturerErrorReply(8) },
        { "MFGREP", 0x90, "010203 AA", new ManufacturerReply(0x030201, Hex.Bytes("AA")) },
        { "FMT", 0x51, "00 00 03 313233", new FormattedCardReply(0, 0, "123"u8.ToArray()) },
        { "EXT_PDID", 0x59, "00 0300 414243 02 0100 37", new ExtendedIdentityReply([new(0, "ABC"), new(2, "7")]) },
        { "KEYSET", 0x75, "0110202122232425262728292A2B2C2D2E2F", new KeySetCommand(new(Hex.Bytes("202122232425262728292A2B2C2D2E2F"))) },
        { "CHLNG", 0x76, "B0B1B2B3B4B5B6B7", new ChallengeCommand(Hex.Bytes("B0B1B2B3B4B5B6B7")) },
        { "SCRYPT", 0x77, "34FBCF6A8D6472DB20442E4FB16677D8", new ServerCryptogramCommand(Hex.Bytes("34FBCF6A8D6472DB20442E4FB16677D8")) },
        {
            "CCRYPT",
            0x76,
            "EFCDAB0201040302 A0A1A2A3A4A5A6A7 9DDAB07EA7B1B2A929FFBD44404FF3CD",
            new ClientCryptogramReply(Hex.Bytes("EFCDAB0201040302"), Hex.Bytes("A0A1A2A3A4A5A6A7"), Hex.Bytes("9DDAB07EA7B1B2A929FFBD44404FF3CD"))
        },
        { "RMAC_I", 0x78, "83974DAFC2458CF62B37436404C2F514", new InitialMacReply(Hex.Bytes("83974DAFC2458CF62B37436404C2F514")) },
    };

    [Fact]
    public void The_check_value_of_the_crc_is_the_standards() => Assert.Equal(0xE5CC, Crc16.Of("123456789"u8));

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_is_written_as_the_standard_has_it(string name, string hex, OsdpMessage message)
    {
        var bytes = Hex.Bytes(hex);
        var head = new FrameHead((byte)(bytes[1] & 0x7F), message is OsdpReply, (byte)(bytes[4] & 3), (bytes[4] & 4) != 0);

        Assert.Equal(Hex.Text(bytes), Hex.Text(OsdpWriter.ToBytes(head, message)));
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_is_read_as_what_it_says(string name, string hex, OsdpMessage message)
    {
        var bytes = Hex.Bytes(hex);
        var scan = OsdpScanner.Next(bytes);

        Assert.True(scan.HasFrame);
        Assert.Equal(bytes.Length, scan.Consumed);
        Assert.Equal(message is OsdpReply, scan.Frame.FromReader);
        Assert.Equal(SecurityBlock.None, scan.Frame.BlockType);
        Same(message, Parse(scan.Frame.FromReader, scan.Frame.Code, scan.Frame.Data));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_message_is_laid_out_as_the_sheet_has_it(string name, byte code, string hex, OsdpMessage message)
    {
        Assert.Equal(code, message.Code);
        Assert.Equal(Hex.Text(Hex.Bytes(hex)), Hex.Text(DataOf(message)));
        Same(message, Parse(message is OsdpReply, code, Hex.Bytes(hex)));
    }

    [Fact]
    public void Every_command_and_reply_is_in_a_table()
    {
        var tried = Frames.Concat(Layouts).Select(row => row[^1].GetType()).ToHashSet();

        Assert.Empty(
            from type in typeof(OsdpMessage).Assembly.GetTypes()
            where type.IsSubclassOf(typeof(OsdpMessage)) && !type.IsAbstract && !tried.Contains(type)
            select type.Name);
    }

    [Theory]
    [InlineData(0x63, "", NakCode.UnknownCommand)]
    [InlineData(0x69, "0000", NakCode.BadLength)]
    [InlineData(0x60, "00", NakCode.BadLength)]
    [InlineData(0x75, "02102122232425262728292A2B2C2D2E2F30", NakCode.UnableToProcess)]
    [InlineData(0x75, "0110202122", NakCode.BadLength)]
    [InlineData(0x6B, "000100010105484548", NakCode.BadLength)]
    [InlineData(0x73, "000002", NakCode.BadLength)]
    [InlineData(0x73, "0000028000", NakCode.BadLength)]
    [InlineData(0x74, "00000250", NakCode.BadLength)]
    [InlineData(0x74, "000002500800 00010203040506", NakCode.BadLength)]
    [InlineData(0x74, "000002500800 000102030405060708", NakCode.BadLength)]
    [InlineData(0x74, "00000250FFFF 0001", NakCode.BadLength)]
    public void What_is_not_a_command_says_which_nak_it_deserves(byte code, string hex, NakCode nak)
    {
        Assert.Null(OsdpCommand.Parse(code, Hex.Bytes(hex), out var fault));
        Assert.Equal(nak, fault);
    }

    [Theory]
    [InlineData(0x57, "000000500800 00010203040506")]
    [InlineData(0x57, "0000005008")]
    [InlineData(0x57, "00000050FFFF 00")]
    [InlineData(0x58, "0000")]
    [InlineData(0x58, "0000F000")]
    public void A_biometric_reply_whose_length_lies_is_no_reply(byte code, string hex) => Assert.Null(OsdpReply.Parse(code, Hex.Bytes(hex)));

    [Fact]
    public void Cards_keys_and_the_channel_key_never_show_in_text()
    {
        const string digits = "1234";
        var shown = string.Join('\n', (object[])
        [
            new KeypadReply(0, "1234"u8.ToArray()), new KeysPressed(0, 0, "1234"u8.ToArray()),
            new RawCardReply(0, 1, 26, AsciiCard), new CardRead(0, 0, 1, 26, AsciiCard),
            new FormattedCardReply(0, 0, AsciiCard), new FormattedCardRead(0, 0, 0, AsciiCard),
            new KeySetCommand(ScbkKey.Default), ScbkKey.Default,
            new BiometricTaken(0, 0, BiometricStatus.Success, 0, 0, AsciiCard), new BiometricReadReply(0, BiometricStatus.Success, 0, 0, AsciiCard),
            new BiometricMatchCommand(0, 0, 0, 0, AsciiCard),
        ]);

        Assert.DoesNotContain(digits, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("31", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("49", shown, StringComparison.Ordinal);
    }

    private static byte[] AsciiCard => "1234"u8.ToArray();

    private static OsdpMessage? Parse(bool fromReader, byte code, ReadOnlySpan<byte> data) =>
        fromReader ? OsdpReply.Parse(code, data) : OsdpCommand.Parse(code, data, out _);

    private static void Same(OsdpMessage expected, OsdpMessage? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.GetType(), actual.GetType());

        // Records with arrays inside compare by reference; their bytes say the same thing better.
        Assert.Equal(Hex.Text(DataOf(expected)), Hex.Text(DataOf(actual)));
    }

    private static ReadOnlySpan<byte> DataOf(OsdpMessage message)
    {
        var data = new byte[OsdpWriter.MostData];
        return data.AsSpan(0, message.WriteData(data));
    }
}
