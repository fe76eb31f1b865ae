namespace RoomGuard.Wire.Osdp;

/// <summary>Why bytes at the start of a buffer are not a message.</summary>
public enum FrameFault
{
    /// <summary>Nothing wrong (or only marking bytes FFh were dropped).</summary>
    None,

    /// <summary>Bytes in front of a start of message.</summary>
    Noise,

    /// <summary>The length field is below the smallest or above the largest message.</summary>
    BadLength,

    /// <summary>Reserved control bits are set, or the security block does not fit.</summary>
    BadHeader,

    /// <summary>CRC or checksum wrong.</summary>
    BadCheck,
}

/// <summary>Security block types (SIA OSDP 2.2, secure channel). 21h..28h belong to the drafted AES-256-GCM channel and are refused.</summary>
public static class SecurityBlock
{
    /// <summary>No security block.</summary>
    public const byte None = 0;

    /// <summary>CHLNG. Data byte 00 asks for SCBK-D, 01 for the reader's own SCBK.</summary>
    public const byte Challenge = 0x11;

    /// <summary>CCRYPT. Data byte as in CHLNG.</summary>
    public const byte ClientCryptogram = 0x12;

    /// <summary>SCRYPT. Data byte as in CHLNG.</summary>
    public const byte ServerCryptogram = 0x13;

    /// <summary>RMAC_I. Data byte 01 accepted, FFh refused.</summary>
    public const byte InitialMac = 0x14;

    /// <summary>Command with MAC.</summary>
    public const byte Command = 0x15;

    /// <summary>Reply with MAC.</summary>
    public const byte Reply = 0x16;

    /// <summary>Command with MAC and encrypted data.</summary>
    public const byte CommandWithData = 0x17;

    /// <summary>Reply with MAC and encrypted data.</summary>
    public const byte ReplyWithData = 0x18;

    /// <summary>Data byte of CHLNG, CCRYPT, SCRYPT: the installation key SCBK-D.</summary>
    public const byte DefaultKey = 0x00;

    /// <summary>Data byte of CHLNG, CCRYPT, SCRYPT: the reader's own key.</summary>
    public const byte OwnKey = 0x01;

    /// <summary>Types whose messages end in four MAC bytes.</summary>
    public static bool HasMac(byte type) => type is >= Command and <= ReplyWithData;

    /// <summary>The drafted second secure channel, which we recognise and refuse with NAK 05.</summary>
    public static bool IsSecondGeneration(byte type) => type is >= 0x21 and <= 0x28;
}

/// <summary>One OSDP message as it lies in a receive buffer. A view, not a copy: use it before the buffer is touched again.</summary>
/// <remarks>Layout: <c>SOM ADDR LEN_L LEN_M CTRL [SCB...] CODE [DATA...] [MAC x4] CHECK</c>, SIA OSDP 2.2 (IEC 60839-11-5).</remarks>
public readonly ref struct OsdpFrame
{
    /// <summary>53h.</summary>
    public const byte StartOfMessage = 0x53;

    /// <summary>The byte sent before a message to quieten the line; not part of it.</summary>
    public const byte Mark = 0xFF;

    /// <summary>Every PD accepts a command to it and answers as FFh.</summary>
    public const byte ConfigurationAddress = 0x7F;

    /// <summary>Largest message anyone may send (IEC 60839-11-5).</summary>
    public const int Longest = 1440;

    internal const int HeaderLength = 5;
    internal const int MacLength = 4;
    internal const byte CrcBit = 0x04;
    internal const byte BlockBit = 0x08;

    private readonly int codeAt;
    private readonly int dataEnd;

    internal OsdpFrame(ReadOnlySpan<byte> whole, int codeAt, int dataEnd)
    {
        Whole = whole;
        this.codeAt = codeAt;
        this.dataEnd = dataEnd;
    }

    /// <summary>All bytes from SOM to the last check byte, marking excluded.</summary>
    public ReadOnlySpan<byte> Whole { get; }

    /// <summary>00h..7Eh; 7Fh is the configuration address.</summary>
    public byte Address => (byte)(Whole[1] & 0x7F);

    /// <summary>True for a reply (bit 7 of the address byte).</summary>
    public bool FromReader => (Whole[1] & 0x80) != 0;

    /// <summary>0 to 3.</summary>
    public byte Sequence => (byte)(Whole[4] & 0x03);

    /// <summary>True for CRC-16, false for the one-byte checksum.</summary>
    public bool UsesCrc => (Whole[4] & CrcBit) != 0;

    /// <summary>Type of the security block, <see cref="SecurityBlock.None"/> for clear text.</summary>
    public byte BlockType => codeAt == HeaderLength ? SecurityBlock.None : Whole[HeaderLength + 1];

    /// <summary>Data of the security block, usually one byte or none.</summary>
    public ReadOnlySpan<byte> BlockData => codeAt == HeaderLength ? default : Whole[(HeaderLength + 2)..codeAt];

    /// <summary>Command or reply code.</summary>
    public byte Code => Whole[codeAt];

    /// <summary>Data, still encrypted for block types 17h and 18h.</summary>
    public ReadOnlySpan<byte> Data => Whole[(codeAt + 1)..dataEnd];

    /// <summary>The four MAC bytes sent, empty without a MAC.</summary>
    public ReadOnlySpan<byte> Mac => SecurityBlock.HasMac(BlockType) ? Whole.Slice(dataEnd, MacLength) : default;

    /// <summary>What the MAC covers: SOM up to the byte before it.</summary>
    public ReadOnlySpan<byte> BeforeMac => Whole[..dataEnd];
}

/// <summary>What one look at a buffer found.</summary>
public readonly ref struct Scan
{
    internal Scan(int consumed, FrameFault fault)
    {
        Consumed = consumed;
        Fault = fault;
    }

    internal Scan(OsdpFrame frame)
    {
        Consumed = frame.Whole.Length;
        Frame = frame;
        HasFrame = true;
    }

    /// <summary>Bytes the caller may drop. Zero means: read more, then ask again.</summary>
    public int Consumed { get; }

    /// <summary>True when <see cref="Frame"/> holds a message whose check is right.</summary>
    public bool HasFrame { get; }

    /// <summary>The message; only with <see cref="HasFrame"/>.</summary>
    public OsdpFrame Frame { get; }

    /// <summary>What was wrong with the bytes dropped.</summary>
    public FrameFault Fault { get; }
}
