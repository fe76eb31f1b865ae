namespace RoomGuard.Wire.Osdp;

/// <summary>A command or a reply: a code and its data. Sections and layouts as in SIA OSDP 2.2.</summary>
public abstract record OsdpMessage
{
    /// <summary>Command or reply code on the wire.</summary>
    public abstract byte Code { get; }

    /// <summary>Lays the data out. Returns the bytes it needs; more than <paramref name="into"/> has means it did not fit.</summary>
    public int WriteData(Span<byte> into)
    {
        var writer = new DataWriter(into);
        Write(ref writer);
        return writer.Length;
    }

    internal abstract void Write(ref DataWriter to);
}

/// <summary>Appends fields, low byte first. What does not fit is counted and not written.</summary>
internal ref struct DataWriter(Span<byte> into)
{
    private readonly Span<byte> into = into;

    public int Length { get; private set; }

    public void Byte(int value)
    {
        if (Length < into.Length)
        {
            into[Length] = (byte)value;
        }

        Length++;
    }

    public void UInt16(int value)
    {
        Byte(value & 0xFF);
        Byte((value >> 8) & 0xFF);
    }

    public void UInt32(uint value)
    {
        UInt16((int)(value & 0xFFFF));
        UInt16((int)(value >> 16));
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        if (Length <= into.Length - value.Length)
        {
            value.CopyTo(into[Length..]);
        }

        Length += value.Length;
    }
}

/// <summary>Error codes of NAK (41h). Codes not listed mean "refused".</summary>
public enum NakCode
{
    /// <summary>No code: the reply was empty.</summary>
    None = 0,

    /// <summary>Message check wrong.</summary>
    BadCheck = 0x01,

    /// <summary>Command length wrong.</summary>
    BadLength = 0x02,

    /// <summary>Command not known here.</summary>
    UnknownCommand = 0x03,

    /// <summary>Sequence number not the expected one.</summary>
    BadSequence = 0x04,

    /// <summary>Security block not supported; also: asked key not available.</summary>
    SecurityBlockNotSupported = 0x05,

    /// <summary>The command needs the secure channel, or clear text came inside a session.</summary>
    SecurityConditionsNotMet = 0x06,

    /// <summary>Biometric type not supported.</summary>
    BiometricTypeNotSupported = 0x07,

    /// <summary>Biometric format not supported.</summary>
    BiometricFormatNotSupported = 0x08,

    /// <summary>Unable to process this record.</summary>
    UnableToProcess = 0x09,

    /// <summary>Card not found.</summary>
    CardNotFound = 0x10,

    /// <summary>Transmission to the card failed.</summary>
    CardTransmissionFailed = 0x11,

    /// <summary>Internal error.</summary>
    InternalError = 0x12,

    /// <summary>Private.</summary>
    Private = 0xFF,
}

/// <summary>Colours of a reader's light.</summary>
public enum LedColour
{
    /// <summary>Dark.</summary>
    Off = 0,

    /// <summary>Red.</summary>
    Red = 1,

    /// <summary>Green.</summary>
    Green = 2,

    /// <summary>Amber.</summary>
    Amber = 3,

    /// <summary>Blue.</summary>
    Blue = 4,

    /// <summary>Magenta.</summary>
    Magenta = 5,

    /// <summary>Cyan.</summary>
    Cyan = 6,

    /// <summary>White.</summary>
    White = 7,
}

/// <summary>State of one input in ISTATR. Readers before 2.2 only know the first two.</summary>
public enum InputState
{
    /// <summary>At rest.</summary>
    Inactive = 0,

    /// <summary>Active.</summary>
    Active = 1,

    /// <summary>Supervised line shorted.</summary>
    Short = 2,

    /// <summary>Supervised line cut.</summary>
    Open = 3,

    /// <summary>Line fault.</summary>
    Fault = 4,

    /// <summary>Not known.</summary>
    Unknown = 5,
}

/// <summary>State of one reader head in RSTATR.</summary>
public enum HeadState
{
    /// <summary>Normal.</summary>
    Normal = 0,

    /// <summary>Not connected.</summary>
    NotConnected = 1,

    /// <summary>Tampered.</summary>
    Tamper = 2,
}

/// <summary>What OUT does with one output.</summary>
public enum OutputControl
{
    /// <summary>No change.</summary>
    NoChange = 0,

    /// <summary>Off for good; a running timer ends.</summary>
    Off = 1,

    /// <summary>On for good; a running timer ends.</summary>
    On = 2,

    /// <summary>Off for good once a running timer has ended.</summary>
    OffAfterTimer = 3,

    /// <summary>On for good once a running timer has ended.</summary>
    OnAfterTimer = 4,

    /// <summary>On for the timer, then back to the permanent state. A strike pulse.</summary>
    OnFor = 5,

    /// <summary>Off for the timer, then back to the permanent state.</summary>
    OffFor = 6,
}

/// <summary>Result of a biometric reading.</summary>
public enum BiometricStatus
{
    /// <summary>Success.</summary>
    Success = 0,

    /// <summary>Nobody came in time.</summary>
    Timeout = 1,

    /// <summary>Any other error.</summary>
    Error = 0xFF,
}
