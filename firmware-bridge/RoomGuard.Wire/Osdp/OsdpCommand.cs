using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace RoomGuard.Wire.Osdp;

/// <summary>Codes of commands, ACU to PD (SIA OSDP 2.2). 63h, 6Ch, 6Dh and 6Fh of old drafts are not used.</summary>
public static class CommandCode
{
    /// <summary>Poll.</summary>
    public const byte Poll = 0x60;

    /// <summary>Identify.</summary>
    public const byte Id = 0x61;

    /// <summary>Capabilities.</summary>
    public const byte Capabilities = 0x62;

    /// <summary>Tamper and power.</summary>
    public const byte LocalStatus = 0x64;

    /// <summary>Inputs.</summary>
    public const byte InputStatus = 0x65;

    /// <summary>Outputs.</summary>
    public const byte OutputStatus = 0x66;

    /// <summary>Reader heads.</summary>
    public const byte ReaderStatus = 0x67;

    /// <summary>Set outputs.</summary>
    public const byte Output = 0x68;

    /// <summary>Set lights.</summary>
    public const byte Led = 0x69;

    /// <summary>Sound.</summary>
    public const byte Buzzer = 0x6A;

    /// <summary>Show text.</summary>
    public const byte Text = 0x6B;

    /// <summary>Address and speed.</summary>
    public const byte Communication = 0x6E;

    /// <summary>Read a biometric.</summary>
    public const byte BiometricRead = 0x73;

    /// <summary>Match a biometric.</summary>
    public const byte BiometricMatch = 0x74;

    /// <summary>Set the reader's own key.</summary>
    public const byte KeySet = 0x75;

    /// <summary>Challenge.</summary>
    public const byte Challenge = 0x76;

    /// <summary>Server cryptogram.</summary>
    public const byte ServerCryptogram = 0x77;

    /// <summary>Largest message the ACU takes.</summary>
    public const byte AcuReceiveSize = 0x7B;

    /// <summary>File transfer.</summary>
    public const byte FileTransfer = 0x7C;

    /// <summary>Maker's own.</summary>
    public const byte Manufacturer = 0x80;

    /// <summary>Transparent mode.</summary>
    public const byte Transparent = 0xA1;

    /// <summary>Stop multi-part work.</summary>
    public const byte Abort = 0xA2;

    /// <summary>PIV data object.</summary>
    public const byte PivData = 0xA3;

    /// <summary>General authenticate.</summary>
    public const byte GeneralAuthenticate = 0xA4;

    /// <summary>Challenge authentication.</summary>
    public const byte ChallengeAuthenticate = 0xA5;

    /// <summary>Hold the card field.</summary>
    public const byte KeepActive = 0xA7;
}

/// <summary>A command. <see cref="Parse"/> never throws at bytes.</summary>
public abstract record OsdpCommand : OsdpMessage
{
    /// <summary>Reads a command's data.</summary>
    /// <param name="code">Command code.</param>
    /// <param name="data">Its data, decrypted.</param>
    /// <param name="fault">What a PD answers when there is no command: unknown, wrong length, or a record that cannot be done.</param>
    /// <returns>Null when the bytes are not a command; see <paramref name="fault"/>.</returns>
    public static OsdpCommand? Parse(byte code, ReadOnlySpan<byte> data, out NakCode fault)
    {
        fault = NakCode.BadLength;
        OsdpCommand? command = code switch
        {
            CommandCode.Poll => data.IsEmpty ? PollCommand.Plain : null,
            CommandCode.Id => data.Length == 1 ? new IdCommand(data[0]) : null,
            CommandCode.Capabilities => data.Length == 1 ? new CapabilitiesCommand(data[0]) : null,
            CommandCode.LocalStatus => data.IsEmpty ? new LocalStatusCommand() : null,
            CommandCode.InputStatus => data.IsEmpty ? new InputStatusCommand() : null,
            CommandCode.OutputStatus => data.IsEmpty ? new OutputStatusCommand() : null,
            CommandCode.ReaderStatus => data.IsEmpty ? new ReaderStatusCommand() : null,
            CommandCode.Output => OutputCommand.Read(data),
            CommandCode.Led => LedCommand.Read(data),
            CommandCode.Buzzer => data.Length == 5 ? new BuzzerCommand(data[0], data[1], data[2], data[3], data[4]) : null,
            CommandCode.Text => TextCommand.Read(data),
            CommandCode.Communication => data.Length == 5 ? new CommunicationCommand(data[0], BinaryPrimitives.ReadUInt32LittleEndian(data[1..])) : null,
            CommandCode.BiometricRead => data.Length == 4 ? new BiometricReadCommand(data[0], data[1], data[2], data[3]) : null,
            CommandCode.BiometricMatch => BiometricMatchCommand.Read(data),
            CommandCode.KeySet => KeySetCommand.Read(data, ref fault),
            CommandCode.Challenge => data.Length == 8 ? new ChallengeCommand(data.ToArray()) : null,
            CommandCode.ServerCryptogram => data.Length == 16 ? new ServerCryptogramCommand(data.ToArray()) : null,
            CommandCode.AcuReceiveSize => data.Length == 2 ? new AcuReceiveSizeCommand(BinaryPrimitives.ReadUInt16LittleEndian(data)) : null,
            CommandCode.FileTransfer => FileTransferCommand.Read(data),
            CommandCode.Manufacturer => data.Length >= 3 ? new ManufacturerCommand(Oui.Read(data), data[3..].ToArray()) : null,
            CommandCode.Transparent => data.Length >= 2 ? new TransparentCommand(data[0], data[1], data[2..].ToArray()) : null,
            CommandCode.Abort => data.IsEmpty ? new AbortCommand() : null,
            CommandCode.PivData => data.Length == 6
                ? new PivDataCommand(Oui.Read(data), data[3], BinaryPrimitives.ReadUInt16LittleEndian(data[4..]))
                : null,
            CommandCode.GeneralAuthenticate => Fragment.Read(data) is { } part ? new GeneralAuthenticateCommand(part) : null,
            CommandCode.ChallengeAuthenticate => Fragment.Read(data) is { } part ? new ChallengeAuthenticateCommand(part) : null,
            CommandCode.KeepActive => data.Length == 2 ? new KeepActiveCommand(TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt16LittleEndian(data))) : null,
            _ => Unknown(ref fault),
        };
        if (command is not null)
        {
            fault = NakCode.None;
        }

        return command;
    }

    /// <summary>True when <paramref name="replyCode"/> is one of the replies this command may get, NAK and BUSY aside.</summary>
    internal virtual bool Expects(byte replyCode) => replyCode == ReplyCode.Ack;

    private static OsdpCommand? Unknown(ref NakCode fault)
    {
        fault = NakCode.UnknownCommand;
        return null;
    }
}

/// <summary>A three-byte number, low byte first: an IEEE OUI or a PIV object id.</summary>
internal static class Oui
{
    public static uint Read(ReadOnlySpan<byte> data) => data[0] | ((uint)data[1] << 8) | ((uint)data[2] << 16);

    public static void Write(ref DataWriter to, uint value)
    {
        to.UInt16((int)(value & 0xFFFF));
        to.Byte((int)(value >> 16));
    }
}

/// <summary>60h POLL: anything new?</summary>
public sealed record PollCommand : OsdpCommand
{
    /// <summary>The only one there is.</summary>
    public static PollCommand Plain { get; } = new();

    /// <inheritdoc/>
    public override byte Code => CommandCode.Poll;

    internal override bool Expects(byte replyCode) => replyCode == ReplyCode.Ack || ReplyCode.IsEvent(replyCode);

    internal override void Write(ref DataWriter to)
    {
    }
}

/// <summary>61h ID: who are you?</summary>
/// <param name="Kind">00 standard, 01 extended.</param>
public sealed record IdCommand(byte Kind = 0) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.Id;

    internal override bool Expects(byte replyCode) => replyCode is ReplyCode.Identity or ReplyCode.ExtendedIdentity;

    internal override void Write(ref DataWriter to) => to.Byte(Kind);
}

/// <summary>62h CAP: what can you do?</summary>
/// <param name="Kind">00.</param>
public sealed record CapabilitiesCommand(byte Kind = 0) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.Capabilities;

    internal override bool Expects(byte replyCode) => replyCode == ReplyCode.Capabilities;

    internal override void Write(ref DataWriter to) => to.Byte(Kind);
}

/// <summary>64h LSTAT: tamper and power.</summary>
public sealed record LocalStatusCommand : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.LocalStatus;

    internal override bool Expects(byte replyCode) => replyCode == ReplyCode.LocalStatus;

    internal override void Write(ref DataWriter to)
    {
    }
}

/// <summary>65h ISTAT: inputs.</summary>
public sealed record InputStatusCommand : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.InputStatus;

    internal override bool Expects(byte replyCode) => replyCode == ReplyCode.InputStatus;

    internal override void Write(ref DataWriter to)
    {
    }
}

/// <summary>66h OSTAT: outputs.</summary>
public sealed record OutputStatusCommand : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.OutputStatus;

    internal override bool Expects(byte replyCode) => replyCode == ReplyCode.OutputStatus;

    internal override void Write(ref DataWriter to)
    {
    }
}

/// <summary>67h RSTAT: reader heads.</summary>
public sealed record ReaderStatusCommand : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.ReaderStatus;

    internal override bool Expects(byte replyCode) => replyCode == ReplyCode.ReaderStatus;

    internal override void Write(ref DataWriter to)
    {
    }
}

/// <summary>One record of OUT.</summary>
/// <param name="Output">Output number, from 0.</param>
/// <param name="Control">What to do.</param>
/// <param name="Tenths">Timer in tenths of a second; 0 where none is meant.</param>
public readonly record struct OutputSetting(byte Output, OutputControl Control, ushort Tenths);

/// <summary>68h OUT: set outputs.</summary>
public sealed record OutputCommand(ImmutableArray<OutputSetting> Settings) : OsdpCommand
{
    private const int RecordLength = 4;

    /// <summary>One output.</summary>
    public OutputCommand(byte output, OutputControl control, TimeSpan timer = default)
        : this([new(output, control, Tenths.Of(timer))])
    {
    }

    /// <inheritdoc/>
    public override byte Code => CommandCode.Output;

    internal static OutputCommand? Read(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data.Length % RecordLength != 0)
        {
            return null;
        }

        var settings = ImmutableArray.CreateBuilder<OutputSetting>(data.Length / RecordLength);
        for (; !data.IsEmpty; data = data[RecordLength..])
        {
            settings.Add(new(data[0], (OutputControl)data[1], BinaryPrimitives.ReadUInt16LittleEndian(data[2..])));
        }

        return new(settings.MoveToImmutable());
    }

    // Both replies are seen in the field.
    internal override bool Expects(byte replyCode) => replyCode is ReplyCode.Ack or ReplyCode.OutputStatus;

    internal override void Write(ref DataWriter to)
    {
        foreach (var item in Settings)
        {
            to.Byte(item.Output);
            to.Byte((int)item.Control);
            to.UInt16(item.Tenths);
        }
    }
}

/// <summary>Times on the wire count tenths of a second.</summary>
internal static class Tenths
{
    public static ushort Of(TimeSpan time) => (ushort)Math.Clamp(Math.Round(time.TotalMilliseconds / 100), 0, ushort.MaxValue);
}

/// <summary>What a light does for a while: control 00 leave, 01 cancel and show permanent, 02 set and start the timer.</summary>
/// <param name="Control">0, 1 or 2.</param>
/// <param name="OnTenths">On time, tenths of a second.</param>
/// <param name="OffTenths">Off time; 0 for a steady colour.</param>
/// <param name="On">Colour while on.</param>
/// <param name="Off">Colour while off.</param>
/// <param name="TimerTenths">How long; 0 means over at once.</param>
public readonly record struct TemporaryLight(byte Control, byte OnTenths, byte OffTenths, LedColour On, LedColour Off, ushort TimerTenths);

/// <summary>What a light does for good: control 00 leave, 01 set.</summary>
/// <param name="Control">0 or 1.</param>
/// <param name="OnTenths">On time, tenths of a second.</param>
/// <param name="OffTenths">Off time; 0 for a steady colour.</param>
/// <param name="On">Colour while on.</param>
/// <param name="Off">Colour while off.</param>
public readonly record struct PermanentLight(byte Control, byte OnTenths, byte OffTenths, LedColour On, LedColour Off);

/// <summary>One record of LED.</summary>
/// <param name="Reader">Reader head, from 0.</param>
/// <param name="Led">Light, from 0.</param>
/// <param name="Temporary">For a while.</param>
/// <param name="Permanent">For good.</param>
public readonly record struct LedSetting(byte Reader, byte Led, TemporaryLight Temporary, PermanentLight Permanent);

/// <summary>69h LED: set lights.</summary>
public sealed record LedCommand(ImmutableArray<LedSetting> Settings) : OsdpCommand
{
    private const int RecordLength = 14;

    /// <inheritdoc/>
    public override byte Code => CommandCode.Led;

    /// <summary>A steady colour for good; a running temporary state is cancelled.</summary>
    public static LedCommand Steady(LedColour colour, byte reader = 0, byte led = 0) =>
        new([new(reader, led, new(1, 0, 0, LedColour.Off, LedColour.Off, 0), new(1, 1, 0, colour, LedColour.Off))]);

    /// <summary>A colour for a while, steady or flashing; the permanent state stays as it is.</summary>
    public static LedCommand For(TimeSpan time, LedColour colour, bool flashing = false, byte reader = 0, byte led = 0) =>
        new([new(reader, led, new(2, 2, (byte)(flashing ? 2 : 0), colour, LedColour.Off, Tenths.Of(time)), default)]);

    internal static LedCommand? Read(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data.Length % RecordLength != 0)
        {
            return null;
        }

        var settings = ImmutableArray.CreateBuilder<LedSetting>(data.Length / RecordLength);
        for (; !data.IsEmpty; data = data[RecordLength..])
        {
            // Reader, LED; temporary: control, on, off, on colour, off colour, timer; permanent: control, on, off, on colour, off colour.
            settings.Add(new(
                data[0],
                data[1],
                new(data[2], data[3], data[4], (LedColour)data[5], (LedColour)data[6], BinaryPrimitives.ReadUInt16LittleEndian(data[7..])),
                new(data[9], data[10], data[11], (LedColour)data[12], (LedColour)data[13])));
        }

        return new(settings.MoveToImmutable());
    }

    internal override void Write(ref DataWriter to)
    {
        foreach (var item in Settings)
        {
            to.Byte(item.Reader);
            to.Byte(item.Led);
            to.Byte(item.Temporary.Control);
            to.Byte(item.Temporary.OnTenths);
            to.Byte(item.Temporary.OffTenths);
            to.Byte((int)item.Temporary.On);
            to.Byte((int)item.Temporary.Off);
            to.UInt16(item.Temporary.TimerTenths);
            to.Byte(item.Permanent.Control);
            to.Byte(item.Permanent.OnTenths);
            to.Byte(item.Permanent.OffTenths);
            to.Byte((int)item.Permanent.On);
            to.Byte((int)item.Permanent.Off);
        }
    }
}

/// <summary>6Ah BUZ: sound.</summary>
/// <param name="Reader">Reader head, from 0.</param>
/// <param name="Tone">1 off, 2 default; 0 is obsolete.</param>
/// <param name="OnTenths">On time, tenths of a second; not 0 unless the tone is 1.</param>
/// <param name="OffTenths">Off time.</param>
/// <param name="Count">Repeats; 0 until told otherwise.</param>
public sealed record BuzzerCommand(byte Reader, byte Tone, byte OnTenths, byte OffTenths, byte Count) : OsdpCommand
{
    /// <summary>Tone that ends a sound.</summary>
    public const byte Silence = 1;

    /// <summary>The reader's usual tone.</summary>
    public const byte UsualTone = 2;

    /// <inheritdoc/>
    public override byte Code => CommandCode.Buzzer;

    /// <summary>Short beeps.</summary>
    public static BuzzerCommand Beep(byte count, byte reader = 0) => new(reader, UsualTone, 1, 1, count);

    /// <summary>Quiet.</summary>
    public static BuzzerCommand Quiet(byte reader = 0) => new(reader, Silence, 0, 0, 0);

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Reader);
        to.Byte(Tone);
        to.Byte(OnTenths);
        to.Byte(OffTenths);
        to.Byte(Count);
    }
}

/// <summary>6Bh TEXT: show text.</summary>
/// <param name="Reader">Reader head, from 0.</param>
/// <param name="Kind">1 permanent, 2 permanent and wrapped, 3 temporary, 4 temporary and wrapped.</param>
/// <param name="Seconds">How long for temporary text.</param>
/// <param name="Row">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Text">Printable ASCII; anything else is sent as a question mark.</param>
public sealed record TextCommand(byte Reader, byte Kind, byte Seconds, byte Row, byte Column, string Text) : OsdpCommand
{
    private const int MostCharacters = 255;

    /// <inheritdoc/>
    public override byte Code => CommandCode.Text;

    internal static TextCommand? Read(ReadOnlySpan<byte> data) =>
        data.Length >= 6 && data.Length == 6 + data[5]
            ? new(data[0], data[1], data[2], data[3], data[4], Encoding.Latin1.GetString(data[6..]))
            : null;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Reader);
        to.Byte(Kind);
        to.Byte(Seconds);
        to.Byte(Row);
        to.Byte(Column);
        var length = Math.Min(Text.Length, MostCharacters);
        to.Byte(length);
        foreach (var item in Text.AsSpan(0, length))
        {
            to.Byte(item is >= ' ' and <= '~' ? item : '?');
        }
    }
}

/// <summary>6Eh COMSET: new address and speed.</summary>
/// <param name="Address">00h..7Eh.</param>
/// <param name="BaudRate">Bits per second.</param>
public sealed record CommunicationCommand(byte Address, uint BaudRate) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.Communication;

    internal override bool Expects(byte replyCode) => replyCode == ReplyCode.Communication;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Address);
        to.UInt32(BaudRate);
    }
}

/// <summary>73h BIOREAD: read a biometric; the result comes later in answer to a POLL.</summary>
/// <param name="Reader">Reader head, from 0.</param>
/// <param name="Type">00 any; 01..0A fingers; 0B..0E eyes; 0F face; 10, 11 hands.</param>
/// <param name="Format">00 not specified, 01 image, 02 ANSI/INCITS 378.</param>
/// <param name="Quality">00..FF.</param>
public sealed record BiometricReadCommand(byte Reader, byte Type, byte Format, byte Quality) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.BiometricRead;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Reader);
        to.Byte(Type);
        to.Byte(Format);
        to.Byte(Quality);
    }
}

/// <summary>74h BIOMATCH: compare the next finger with a template.</summary>
/// <param name="Reader">Reader head, from 0.</param>
/// <param name="Type">As in BIOREAD.</param>
/// <param name="Format">As in BIOREAD.</param>
/// <param name="Threshold">Likeness wanted, 00..FF.</param>
/// <param name="Template">The template; empty when it went before by file transfer, or when the reader keeps that of the card it read last.</param>
public sealed record BiometricMatchCommand(byte Reader, byte Type, byte Format, byte Threshold, ReadOnlyMemory<byte> Template) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.BiometricMatch;

    internal static BiometricMatchCommand? Read(ReadOnlySpan<byte> data) =>
        data.Length >= 6 && data.Length == 6 + BinaryPrimitives.ReadUInt16LittleEndian(data[4..])
            ? new(data[0], data[1], data[2], data[3], data[6..].ToArray())
            : null;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Reader);
        to.Byte(Type);
        to.Byte(Format);
        to.Byte(Threshold);
        to.UInt16(Template.Length);
        to.Bytes(Template.Span);
    }
}

/// <summary>75h KEYSET: the reader's own key. Only inside a secure session.</summary>
public sealed record KeySetCommand(ScbkKey Key) : OsdpCommand
{
    private const byte OwnKey = 1;

    /// <inheritdoc/>
    public override byte Code => CommandCode.KeySet;

    internal static KeySetCommand? Read(ReadOnlySpan<byte> data, ref NakCode fault)
    {
        // Key type 01, length 10h, key. A type or length of another kind is a record that cannot be done, not a broken message.
        if (data.Length < 2 || data.Length != 2 + data[1])
        {
            return null;
        }

        if (data[0] != OwnKey || data[1] != ScbkKey.Length)
        {
            fault = NakCode.UnableToProcess;
            return null;
        }

        return new(new ScbkKey(data[2..]));
    }

    internal override void Write(ref DataWriter to)
    {
        to.Byte(OwnKey);
        to.Byte(ScbkKey.Length);
        to.Bytes(Key.Bytes);
    }
}

/// <summary>76h CHLNG: eight random bytes.</summary>
public sealed record ChallengeCommand(ReadOnlyMemory<byte> Random) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.Challenge;

    internal override bool Expects(byte replyCode) => replyCode == ReplyCode.ClientCryptogram;

    internal override void Write(ref DataWriter to) => to.Bytes(Random.Span);
}

/// <summary>77h SCRYPT: the ACU's proof, 16 bytes.</summary>
public sealed record ServerCryptogramCommand(ReadOnlyMemory<byte> Cryptogram) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.ServerCryptogram;

    internal override bool Expects(byte replyCode) => replyCode == ReplyCode.InitialMac;

    internal override void Write(ref DataWriter to) => to.Bytes(Cryptogram.Span);
}

/// <summary>7Bh ACURXSIZE: largest message the ACU takes.</summary>
public sealed record AcuReceiveSizeCommand(ushort Size) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.AcuReceiveSize;

    internal override void Write(ref DataWriter to) => to.UInt16(Size);
}

/// <summary>7Ch FILETRANSFER: one fragment. Offsets rise without gaps from 0; an empty fragment keeps the transfer alive.</summary>
/// <param name="Type">01 opaque, 02 template for the next BIOMATCH, 03 display data, 80h up private.</param>
/// <param name="TotalSize">Size of the whole file.</param>
/// <param name="Offset">Where this fragment goes.</param>
/// <param name="Data">The fragment.</param>
public sealed record FileTransferCommand(byte Type, uint TotalSize, uint Offset, ReadOnlyMemory<byte> Data) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.FileTransfer;

    internal static FileTransferCommand? Read(ReadOnlySpan<byte> data) =>
        data.Length >= 11 && data.Length == 11 + BinaryPrimitives.ReadUInt16LittleEndian(data[9..])
            ? new(data[0], BinaryPrimitives.ReadUInt32LittleEndian(data[1..]), BinaryPrimitives.ReadUInt32LittleEndian(data[5..]), data[11..].ToArray())
            : null;

    internal override bool Expects(byte replyCode) => replyCode == ReplyCode.FileStatus;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Type);
        to.UInt32(TotalSize);
        to.UInt32(Offset);
        to.UInt16(Data.Length);
        to.Bytes(Data.Span);
    }
}

/// <summary>80h MFG: a maker's own command.</summary>
/// <param name="Vendor">The maker's OUI.</param>
/// <param name="Data">As the maker likes.</param>
public sealed record ManufacturerCommand(uint Vendor, ReadOnlyMemory<byte> Data) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.Manufacturer;

    internal override bool Expects(byte replyCode) => replyCode is ReplyCode.Ack or ReplyCode.Manufacturer or ReplyCode.ManufacturerStatus or ReplyCode.ManufacturerError;

    internal override void Write(ref DataWriter to)
    {
        Oui.Write(ref to, Vendor);
        to.Bytes(Data.Span);
    }
}

/// <summary>A1h XWR: transparent mode to the card.</summary>
/// <param name="Mode">00 or 01.</param>
/// <param name="Command">Command within the mode.</param>
/// <param name="Data">Its data.</param>
public sealed record TransparentCommand(byte Mode, byte Command, ReadOnlyMemory<byte> Data) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.Transparent;

    internal override bool Expects(byte replyCode) => replyCode is ReplyCode.Ack or ReplyCode.Transparent;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Mode);
        to.Byte(Command);
        to.Bytes(Data.Span);
    }
}

/// <summary>A2h ABORT: stop multi-part work.</summary>
public sealed record AbortCommand : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.Abort;

    internal override void Write(ref DataWriter to)
    {
    }
}

/// <summary>A3h PIVDATA: ask for a PIV data object.</summary>
/// <param name="ObjectId">Three bytes.</param>
/// <param name="Element">Element.</param>
/// <param name="Offset">Where to begin.</param>
public sealed record PivDataCommand(uint ObjectId, byte Element, ushort Offset) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.PivData;

    internal override bool Expects(byte replyCode) => replyCode is ReplyCode.Ack or ReplyCode.PivData;

    internal override void Write(ref DataWriter to)
    {
        Oui.Write(ref to, ObjectId);
        to.Byte(Element);
        to.UInt16(Offset);
    }
}

/// <summary>A part of a multi-part message: total, offset, fragment length, data.</summary>
/// <param name="Total">Size of the whole.</param>
/// <param name="Offset">Where this part goes.</param>
/// <param name="Data">The part.</param>
public sealed record Fragment(ushort Total, ushort Offset, ReadOnlyMemory<byte> Data)
{
    internal static Fragment? Read(ReadOnlySpan<byte> data) =>
        data.Length >= 6 && data.Length == 6 + BinaryPrimitives.ReadUInt16LittleEndian(data[4..])
            ? new(BinaryPrimitives.ReadUInt16LittleEndian(data), BinaryPrimitives.ReadUInt16LittleEndian(data[2..]), data[6..].ToArray())
            : null;

    internal void Write(ref DataWriter to)
    {
        to.UInt16(Total);
        to.UInt16(Offset);
        to.UInt16(Data.Length);
        to.Bytes(Data.Span);
    }
}

/// <summary>A4h GENAUTH: general authenticate, in parts.</summary>
public sealed record GeneralAuthenticateCommand(Fragment Part) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.GeneralAuthenticate;

    internal override bool Expects(byte replyCode) => replyCode is ReplyCode.Ack or ReplyCode.GeneralAuthenticate;

    internal override void Write(ref DataWriter to) => Part.Write(ref to);
}

/// <summary>A5h CRAUTH: challenge authentication, in parts.</summary>
public sealed record ChallengeAuthenticateCommand(Fragment Part) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.ChallengeAuthenticate;

    internal override bool Expects(byte replyCode) => replyCode is ReplyCode.Ack or ReplyCode.ChallengeAuthenticate;

    internal override void Write(ref DataWriter to) => Part.Write(ref to);
}

/// <summary>A7h KEEPACTIVE: hold the card field on; zero cancels.</summary>
public sealed record KeepActiveCommand(TimeSpan Time) : OsdpCommand
{
    /// <inheritdoc/>
    public override byte Code => CommandCode.KeepActive;

    internal override void Write(ref DataWriter to) => to.UInt16((int)Math.Clamp(Time.TotalMilliseconds, 0, ushort.MaxValue));
}
