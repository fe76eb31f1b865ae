using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace RoomGuard.Wire.Osdp;

/// <summary>Codes of replies, PD to ACU (SIA OSDP 2.2).</summary>
public static class ReplyCode
{
    /// <summary>Done, nothing to say.</summary>
    public const byte Ack = 0x40;

    /// <summary>Refused.</summary>
    public const byte Nak = 0x41;

    /// <summary>PDID.</summary>
    public const byte Identity = 0x45;

    /// <summary>PDCAP.</summary>
    public const byte Capabilities = 0x46;

    /// <summary>LSTATR.</summary>
    public const byte LocalStatus = 0x48;

    /// <summary>ISTATR.</summary>
    public const byte InputStatus = 0x49;

    /// <summary>OSTATR.</summary>
    public const byte OutputStatus = 0x4A;

    /// <summary>RSTATR.</summary>
    public const byte ReaderStatus = 0x4B;

    /// <summary>RAW.</summary>
    public const byte RawCard = 0x50;

    /// <summary>FMT, deprecated.</summary>
    public const byte FormattedCard = 0x51;

    /// <summary>KEYPAD.</summary>
    public const byte Keypad = 0x53;

    /// <summary>COM.</summary>
    public const byte Communication = 0x54;

    /// <summary>BIOREADR.</summary>
    public const byte BiometricRead = 0x57;

    /// <summary>BIOMATCHR.</summary>
    public const byte BiometricMatch = 0x58;

    /// <summary>EXT_PDID.</summary>
    public const byte ExtendedIdentity = 0x59;

    /// <summary>CCRYPT.</summary>
    public const byte ClientCryptogram = 0x76;

    /// <summary>RMAC_I.</summary>
    public const byte InitialMac = 0x78;

    /// <summary>BUSY.</summary>
    public const byte Busy = 0x79;

    /// <summary>FTSTAT.</summary>
    public const byte FileStatus = 0x7A;

    /// <summary>PIVDATAR.</summary>
    public const byte PivData = 0x80;

    /// <summary>GENAUTHR.</summary>
    public const byte GeneralAuthenticate = 0x81;

    /// <summary>CRAUTHR.</summary>
    public const byte ChallengeAuthenticate = 0x82;

    /// <summary>MFGSTATR, deprecated.</summary>
    public const byte ManufacturerStatus = 0x83;

    /// <summary>MFGERRR, deprecated.</summary>
    public const byte ManufacturerError = 0x84;

    /// <summary>MFGREP.</summary>
    public const byte Manufacturer = 0x90;

    /// <summary>XRD.</summary>
    public const byte Transparent = 0xB1;

    /// <summary>Replies a POLL may bring instead of ACK.</summary>
    public static bool IsEvent(byte code) => code is LocalStatus or InputStatus or OutputStatus or ReaderStatus or RawCard or FormattedCard or Keypad
        or BiometricRead or BiometricMatch or FileStatus or PivData or GeneralAuthenticate or ChallengeAuthenticate
        or ManufacturerStatus or ManufacturerError or Manufacturer or Transparent;
}

/// <summary>A reply. <see cref="Parse"/> never throws at bytes.</summary>
public abstract record OsdpReply : OsdpMessage
{
    /// <summary>Reads a reply's data. Null when the code is not known or the data does not fit it.</summary>
    public static OsdpReply? Parse(byte code, ReadOnlySpan<byte> data) => code switch
    {
        ReplyCode.Ack => data.IsEmpty ? AckReply.Plain : null,
        ReplyCode.Nak => NakReply.Read(data),
        ReplyCode.Identity => data.Length >= PdIdentity.Length ? new IdentityReply(PdIdentity.Read(data)) : null,
        ReplyCode.Capabilities => CapabilitiesReply.Read(data),
        ReplyCode.LocalStatus => data.Length == 2 ? new LocalStatusReply(data[0] != 0, data[1] != 0) : null,
        ReplyCode.InputStatus => InputStatusReply.Read(data),
        ReplyCode.OutputStatus => OutputStatusReply.Read(data),
        ReplyCode.ReaderStatus => ReaderStatusReply.Read(data),
        ReplyCode.RawCard => RawCardReply.Read(data),
        ReplyCode.FormattedCard => FormattedCardReply.Read(data),
        ReplyCode.Keypad => data.Length >= 2 && data.Length == 2 + data[1] ? new KeypadReply(data[0], data[2..].ToArray()) : null,
        ReplyCode.Communication => data.Length == 5 ? new CommunicationReply(data[0], BinaryPrimitives.ReadUInt32LittleEndian(data[1..])) : null,
        ReplyCode.BiometricRead => BiometricReadReply.Read(data),
        ReplyCode.BiometricMatch => data.Length == 3 ? new BiometricMatchReply(data[0], (BiometricStatus)data[1], data[2]) : null,
        ReplyCode.ExtendedIdentity => ExtendedIdentityReply.Read(data),
        ReplyCode.ClientCryptogram => data.Length == 32 ? new ClientCryptogramReply(data[..8].ToArray(), data[8..16].ToArray(), data[16..].ToArray()) : null,
        ReplyCode.InitialMac => data.Length is 16 or 0 ? new InitialMacReply(data.ToArray()) : null,
        ReplyCode.Busy => data.IsEmpty ? BusyReply.Plain : null,
        ReplyCode.FileStatus => data.Length == 7
            ? new FileStatusReply(
                data[0],
                BinaryPrimitives.ReadUInt16LittleEndian(data[1..]),
                BinaryPrimitives.ReadInt16LittleEndian(data[3..]),
                BinaryPrimitives.ReadUInt16LittleEndian(data[5..]))
            : null,
        ReplyCode.PivData => Fragment.Read(data) is { } part ? new PivDataReply(part) : null,
        ReplyCode.GeneralAuthenticate => Fragment.Read(data) is { } part ? new GeneralAuthenticateReply(part) : null,
        ReplyCode.ChallengeAuthenticate => Fragment.Read(data) is { } part ? new ChallengeAuthenticateReply(part) : null,
        ReplyCode.ManufacturerStatus => data.Length == 1 ? new ManufacturerStatusReply(data[0]) : null,
        ReplyCode.ManufacturerError => data.Length == 1 ? new ManufacturerErrorReply(data[0]) : null,
        ReplyCode.Manufacturer => data.Length >= 3 ? new ManufacturerReply(Oui.Read(data), data[3..].ToArray()) : null,
        ReplyCode.Transparent => data.Length >= 2 ? new TransparentReply(data[0], data[1], data[2..].ToArray()) : null,
        _ => null,
    };
}

/// <summary>40h ACK.</summary>
public sealed record AckReply : OsdpReply
{
    /// <summary>The only one there is.</summary>
    public static AckReply Plain { get; } = new();

    /// <inheritdoc/>
    public override byte Code => ReplyCode.Ack;

    internal override void Write(ref DataWriter to)
    {
    }
}

/// <summary>41h NAK: refused. The reader is alive.</summary>
/// <param name="Error">Why.</param>
/// <param name="Details">Whatever came after the code.</param>
public sealed record NakReply(NakCode Error, ReadOnlyMemory<byte> Details = default) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.Nak;

    internal static NakReply? Read(ReadOnlySpan<byte> data) => data.IsEmpty ? null : new((NakCode)data[0], data[1..].ToArray());

    internal override void Write(ref DataWriter to)
    {
        to.Byte((int)Error);
        to.Bytes(Details.Span);
    }
}

/// <summary>45h PDID.</summary>
public sealed record IdentityReply(PdIdentity Identity) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.Identity;

    internal override void Write(ref DataWriter to) => Identity.Write(ref to);
}

/// <summary>46h PDCAP.</summary>
public sealed record CapabilitiesReply(PdCapabilities Capabilities) : OsdpReply
{
    private const int RecordLength = 3;

    /// <inheritdoc/>
    public override byte Code => ReplyCode.Capabilities;

    internal static CapabilitiesReply? Read(ReadOnlySpan<byte> data)
    {
        if (data.Length % RecordLength != 0)
        {
            return null;
        }

        var lines = ImmutableArray.CreateBuilder<Capability>(data.Length / RecordLength);
        for (; !data.IsEmpty; data = data[RecordLength..])
        {
            lines.Add(new(data[0], data[1], data[2]));
        }

        return new(new PdCapabilities(lines.MoveToImmutable()));
    }

    internal override void Write(ref DataWriter to)
    {
        foreach (var line in Capabilities.Lines)
        {
            to.Byte(line.Function);
            to.Byte(line.Compliance);
            to.Byte(line.Number);
        }
    }
}

/// <summary>48h LSTATR.</summary>
/// <param name="Tamper">The cover is open.</param>
/// <param name="PowerFailed">The reader's own supply is bad.</param>
public sealed record LocalStatusReply(bool Tamper, bool PowerFailed) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.LocalStatus;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Tamper ? 1 : 0);
        to.Byte(PowerFailed ? 1 : 0);
    }
}

/// <summary>49h ISTATR: one byte per input. Values we do not know are read as unknown.</summary>
public sealed record InputStatusReply(ImmutableArray<InputState> States) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.InputStatus;

    internal static InputStatusReply Read(ReadOnlySpan<byte> data)
    {
        var states = ImmutableArray.CreateBuilder<InputState>(data.Length);
        foreach (var item in data)
        {
            states.Add(item <= (int)InputState.Unknown ? (InputState)item : InputState.Unknown);
        }

        return new(states.MoveToImmutable());
    }

    internal override void Write(ref DataWriter to)
    {
        foreach (var item in States)
        {
            to.Byte((int)item);
        }
    }
}

/// <summary>4Ah OSTATR: one byte per output.</summary>
public sealed record OutputStatusReply(ImmutableArray<bool> States) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.OutputStatus;

    internal static OutputStatusReply Read(ReadOnlySpan<byte> data)
    {
        var states = ImmutableArray.CreateBuilder<bool>(data.Length);
        foreach (var item in data)
        {
            states.Add(item != 0);
        }

        return new(states.MoveToImmutable());
    }

    internal override void Write(ref DataWriter to)
    {
        foreach (var item in States)
        {
            to.Byte(item ? 1 : 0);
        }
    }
}

/// <summary>4Bh RSTATR: one byte per reader head.</summary>
public sealed record ReaderStatusReply(ImmutableArray<HeadState> States) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.ReaderStatus;

    internal static ReaderStatusReply Read(ReadOnlySpan<byte> data)
    {
        var states = ImmutableArray.CreateBuilder<HeadState>(data.Length);
        foreach (var item in data)
        {
            states.Add((HeadState)item);
        }

        return new(states.MoveToImmutable());
    }

    internal override void Write(ref DataWriter to)
    {
        foreach (var item in States)
        {
            to.Byte((int)item);
        }
    }
}

/// <summary>50h RAW: a card as the string of bits it sent. Its text never shows the bits.</summary>
/// <param name="Reader">Reader head, from 0.</param>
/// <param name="Format">0 raw, 1 Wiegand with parity, 2 UID, 3 OSS-SID.</param>
/// <param name="BitCount">Bits, left-aligned in <paramref name="Bits"/>.</param>
/// <param name="Bits">Packed from the highest bit of the first byte.</param>
public sealed record RawCardReply(byte Reader, byte Format, int BitCount, ReadOnlyMemory<byte> Bits) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.RawCard;

    internal static RawCardReply? Read(ReadOnlySpan<byte> data)
    {
        // Reader number, format, bit count (low byte first), then exactly the bytes those bits need.
        if (data.Length < 4)
        {
            return null;
        }

        int bits = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]);
        return data.Length - 4 == (bits + 7) / 8 ? new(data[0], data[1], bits, data[4..].ToArray()) : null;
    }

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Reader);
        to.Byte(Format);
        to.UInt16(BitCount);
        to.Bytes(Bits.Span[..((BitCount + 7) / 8)]);
    }

    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Reader = ").Append(Reader).Append(", BitCount = ").Append(BitCount);
        return true;
    }
}

/// <summary>51h FMT: a card as characters. Deprecated; decoded, never sent by us.</summary>
/// <param name="Reader">Reader head, from 0.</param>
/// <param name="Direction">0 forward, 1 reverse.</param>
/// <param name="Characters">As sent.</param>
public sealed record FormattedCardReply(byte Reader, byte Direction, ReadOnlyMemory<byte> Characters) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.FormattedCard;

    internal static FormattedCardReply? Read(ReadOnlySpan<byte> data) =>
        data.Length >= 3 && data.Length == 3 + data[2] ? new(data[0], data[1], data[3..].ToArray()) : null;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Reader);
        to.Byte(Direction);
        to.Byte(Characters.Length);
        to.Bytes(Characters.Span);
    }

    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Reader = ").Append(Reader);
        return true;
    }
}

/// <summary>53h KEYPAD: digits as ASCII, clear 7Fh, enter 0Dh, A..D or F1..F4 41h..44h. Its text never shows the keys.</summary>
/// <param name="Reader">Reader head, from 0.</param>
/// <param name="Keys">As sent.</param>
public sealed record KeypadReply(byte Reader, ReadOnlyMemory<byte> Keys) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.Keypad;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Reader);
        to.Byte(Keys.Length);
        to.Bytes(Keys.Span);
    }

    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Reader = ").Append(Reader).Append(", Count = ").Append(Keys.Length);
        return true;
    }
}

/// <summary>54h COM: the address and speed the reader will really use.</summary>
public sealed record CommunicationReply(byte Address, uint BaudRate) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.Communication;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Address);
        to.UInt32(BaudRate);
    }
}

/// <summary>57h BIOREADR.</summary>
public sealed record BiometricReadReply(byte Reader, BiometricStatus Status, byte Type, byte Quality, ReadOnlyMemory<byte> Template) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.BiometricRead;

    internal static BiometricReadReply? Read(ReadOnlySpan<byte> data) =>
        data.Length >= 6 && data.Length == 6 + BinaryPrimitives.ReadUInt16LittleEndian(data[4..])
            ? new(data[0], (BiometricStatus)data[1], data[2], data[3], data[6..].ToArray())
            : null;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Reader);
        to.Byte((int)Status);
        to.Byte(Type);
        to.Byte(Quality);
        to.UInt16(Template.Length);
        to.Bytes(Template.Span);
    }
}

/// <summary>58h BIOMATCHR.</summary>
/// <param name="Reader">Reader head, from 0.</param>
/// <param name="Status">Whether the reading worked.</param>
/// <param name="Score">00..FF.</param>
public sealed record BiometricMatchReply(byte Reader, BiometricStatus Status, byte Score) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.BiometricMatch;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Reader);
        to.Byte((int)Status);
        to.Byte(Score);
    }
}

/// <summary>One entry of EXT_PDID.</summary>
/// <param name="Tag">0 manufacturer, 1 product, 2 serial, 3 firmware, 4 hardware, 5 URL, 6 configuration.</param>
/// <param name="Text">UTF-8.</param>
public sealed record ExtendedIdentityEntry(byte Tag, string Text);

/// <summary>59h EXT_PDID: tag, length (low byte first), UTF-8 text, again and again.</summary>
public sealed record ExtendedIdentityReply(ImmutableArray<ExtendedIdentityEntry> Entries) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.ExtendedIdentity;

    internal static ExtendedIdentityReply? Read(ReadOnlySpan<byte> data)
    {
        var entries = ImmutableArray.CreateBuilder<ExtendedIdentityEntry>();
        while (!data.IsEmpty)
        {
            if (data.Length < 3 || data.Length < 3 + BinaryPrimitives.ReadUInt16LittleEndian(data[1..]))
            {
                return null;
            }

            var length = BinaryPrimitives.ReadUInt16LittleEndian(data[1..]);
            entries.Add(new(data[0], Encoding.UTF8.GetString(data.Slice(3, length))));
            data = data[(3 + length)..];
        }

        return new(entries.ToImmutable());
    }

    internal override void Write(ref DataWriter to)
    {
        foreach (var entry in Entries)
        {
            var text = Encoding.UTF8.GetBytes(entry.Text);
            to.Byte(entry.Tag);
            to.UInt16(text.Length);
            to.Bytes(text);
        }
    }
}

/// <summary>76h CCRYPT: cUID, RND.B, client cryptogram.</summary>
public sealed record ClientCryptogramReply(ReadOnlyMemory<byte> Cuid, ReadOnlyMemory<byte> Random, ReadOnlyMemory<byte> Cryptogram) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.ClientCryptogram;

    internal override void Write(ref DataWriter to)
    {
        to.Bytes(Cuid.Span);
        to.Bytes(Random.Span);
        to.Bytes(Cryptogram.Span);
    }
}

/// <summary>78h RMAC_I: the start of the MAC chain; empty when the server cryptogram was refused.</summary>
public sealed record InitialMacReply(ReadOnlyMemory<byte> Mac) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.InitialMac;

    internal override void Write(ref DataWriter to) => to.Bytes(Mac.Span);
}

/// <summary>79h BUSY: not yet. Always clear text, sequence 0.</summary>
public sealed record BusyReply : OsdpReply
{
    /// <summary>The only one there is.</summary>
    public static BusyReply Plain { get; } = new();

    /// <inheritdoc/>
    public override byte Code => ReplyCode.Busy;

    internal override void Write(ref DataWriter to)
    {
    }
}

/// <summary>7Ah FTSTAT.</summary>
/// <param name="Action">Bit 0 other commands may be interleaved, bit 1 leave the secure channel, bit 2 a poll reply waits.</param>
/// <param name="DelayMs">Wait this long before the next fragment.</param>
/// <param name="Status">0 go on, 1 done, 2 rebooting, 3 finishing, -1 abort, -2 not recognised, -3 malformed.</param>
/// <param name="NewMaximum">New largest message, 0 for no change.</param>
public sealed record FileStatusReply(byte Action, ushort DelayMs, short Status, ushort NewMaximum) : OsdpReply
{
    /// <summary>Status -1: the transfer is refused.</summary>
    public const short Aborted = -1;

    /// <summary>Status -3: the fragment makes no sense.</summary>
    public const short Malformed = -3;

    /// <inheritdoc/>
    public override byte Code => ReplyCode.FileStatus;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Action);
        to.UInt16(DelayMs);
        to.UInt16((ushort)Status);
        to.UInt16(NewMaximum);
    }
}

/// <summary>80h PIVDATAR, in parts.</summary>
public sealed record PivDataReply(Fragment Part) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.PivData;

    internal override void Write(ref DataWriter to) => Part.Write(ref to);
}

/// <summary>81h GENAUTHR, in parts.</summary>
public sealed record GeneralAuthenticateReply(Fragment Part) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.GeneralAuthenticate;

    internal override void Write(ref DataWriter to) => Part.Write(ref to);
}

/// <summary>82h CRAUTHR, in parts.</summary>
public sealed record ChallengeAuthenticateReply(Fragment Part) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.ChallengeAuthenticate;

    internal override void Write(ref DataWriter to) => Part.Write(ref to);
}

/// <summary>83h MFGSTATR, deprecated.</summary>
public sealed record ManufacturerStatusReply(byte Value) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.ManufacturerStatus;

    internal override void Write(ref DataWriter to) => to.Byte(Value);
}

/// <summary>84h MFGERRR, deprecated.</summary>
public sealed record ManufacturerErrorReply(byte Value) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.ManufacturerError;

    internal override void Write(ref DataWriter to) => to.Byte(Value);
}

/// <summary>90h MFGREP.</summary>
public sealed record ManufacturerReply(uint Vendor, ReadOnlyMemory<byte> Data) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.Manufacturer;

    internal override void Write(ref DataWriter to)
    {
        Oui.Write(ref to, Vendor);
        to.Bytes(Data.Span);
    }
}

/// <summary>B1h XRD: transparent mode's answer.</summary>
public sealed record TransparentReply(byte Mode, byte Reply, ReadOnlyMemory<byte> Data) : OsdpReply
{
    /// <inheritdoc/>
    public override byte Code => ReplyCode.Transparent;

    internal override void Write(ref DataWriter to)
    {
        to.Byte(Mode);
        to.Byte(Reply);
        to.Bytes(Data.Span);
    }
}
