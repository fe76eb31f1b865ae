using System.Collections.Immutable;

namespace RoomGuard.Wire.Osdp;

/// <summary>A reader as it comes: what it is and what it has.</summary>
/// <param name="Address">00h..7Eh.</param>
/// <param name="Identity">What it says in PDID.</param>
public sealed record PdSettings(byte Address, PdIdentity Identity)
{
    /// <summary>Inputs: door contact, exit button and so on.</summary>
    public int Inputs { get; init; } = 4;

    /// <summary>Outputs: strike and so on.</summary>
    public int Outputs { get; init; } = 2;

    /// <summary>Reader heads.</summary>
    public int Readers { get; init; } = 1;

    /// <summary>Lights per head.</summary>
    public int Leds { get; init; } = 1;

    /// <summary>It has a keypad.</summary>
    public bool Keypad { get; init; } = true;

    /// <summary>It has a line of text.</summary>
    public bool Text { get; init; } = true;

    /// <summary>It has a finger sensor; without one BIOREAD and BIOMATCH are answered with NAK 03.</summary>
    public bool Biometrics { get; init; }

    /// <summary>Whether it keeps a template for a card, as its own memory says; null: it keeps none, and takes every match as it comes, template and all.</summary>
    public Func<PdCard, bool>? KeepsTemplateOf { get; init; }

    /// <summary>How long its sensor waits for a finger before it says that nobody came.</summary>
    public TimeSpan BiometricPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Its own key; null when it comes from the box.</summary>
    public ScbkKey? Key { get; init; }

    /// <summary>It takes SCBK-D. Ends with KEYSET.</summary>
    public bool InstallMode { get; init; }

    /// <summary>With a key of its own it answers in clear text only ID, CAP, COMSET and the handshake.</summary>
    public bool EnforceSecure { get; init; } = true;

    /// <summary>Answer NAK 01 to a message with a wrong check instead of staying silent. Both are seen in the field.</summary>
    public bool NakBadCheck { get; init; }

    /// <summary>Speed it starts with.</summary>
    public uint BaudRate { get; init; } = 9600;

    /// <summary>Without valid traffic for this long it considers itself offline.</summary>
    public TimeSpan OfflineAfter { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The 8-byte client id in CCRYPT; the first eight bytes of PDID when null.</summary>
    public ReadOnlyMemory<byte>? Cuid { get; init; }

    /// <summary>What it says in PDCAP; made from the rest when null.</summary>
    public PdCapabilities? Capabilities { get; init; }

    internal PdCapabilities SaysItCan(bool defaultKey) => Capabilities ?? new PdCapabilities(
    [
        new(1, 4, (byte)Inputs),
        new(2, 4, (byte)Outputs),
        new(3, 1, 0),
        new(4, 4, (byte)Leds),
        new(5, 2, 1),
        new(6, (byte)(Text ? 1 : 0), (byte)(Text ? 1 : 0)),
        new(8, 1, 0),
        new(9, 1, (byte)(defaultKey ? 1 : 0)),
        new(10, OsdpFrame.Longest & 0xFF, OsdpFrame.Longest >> 8),
        new(11, OsdpFrame.Longest & 0xFF, OsdpFrame.Longest >> 8),
        new(13, 0, (byte)Readers),
        new(14, (byte)(Biometrics ? 1 : 0), 0),
        new(16, 2, 0),
    ]);
}

/// <summary>Something a reader did, for whoever plays the world around it.</summary>
public abstract record PdNews;

/// <summary>KEYSET was taken; keep the key over a restart.</summary>
public sealed record PdKeyStored(ScbkKey Key) : PdNews;

/// <summary>COMSET was taken; keep both over a restart and switch the line's speed.</summary>
public sealed record PdCommunicationChanged(byte Address, uint BaudRate) : PdNews;

/// <summary>Outputs changed, by command or by timer.</summary>
public sealed record PdOutputsChanged(ImmutableArray<bool> States) : PdNews;

/// <summary>Lights, sound or text were set.</summary>
public sealed record PdIndicationChanged : PdNews;

/// <summary>A secure session began or ended.</summary>
public sealed record PdSessionChanged(bool Secure) : PdNews;

/// <summary>The panel wants a finger, eye or face. Answer with <see cref="PdSession.AnswerBiometric"/>.</summary>
public sealed record PdBiometricAsked(OsdpCommand Command) : PdNews;

/// <summary>How a reader misbehaves. Counts say how many replies from now on; <see cref="int.MaxValue"/> means until changed.</summary>
public sealed class Temper
{
    /// <summary>Commands ignored, as if the cable were cut.</summary>
    public int NoReply { get; set; }

    /// <summary>Commands done whose reply gets lost.</summary>
    public int LostReply { get; set; }

    /// <summary>Replies with a damaged CRC.</summary>
    public int DamagedCheck { get; set; }

    /// <summary>Replies with a wrong sequence number and a right CRC.</summary>
    public int WrongSequence { get; set; }

    /// <summary>Commands answered BUSY.</summary>
    public int Busy { get; set; }

    /// <summary>Commands answered with <see cref="NakWith"/>.</summary>
    public int Nak { get; set; }

    /// <summary>The code for <see cref="Nak"/>.</summary>
    public NakCode NakWith { get; set; } = NakCode.InternalError;

    /// <summary>Secured replies with a wrong MAC and a right CRC.</summary>
    public int WrongMac { get; set; }

    /// <summary>Replies in clear text inside a session.</summary>
    public int ClearText { get; set; }

    /// <summary>Replies sent twice.</summary>
    public int Duplicate { get; set; }

    /// <summary>Time before each reply.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Gap between single bytes of a reply; zero sends it whole.</summary>
    public TimeSpan SplitGap { get; set; }

    /// <summary>Bytes in front of each reply.</summary>
    public ReadOnlyMemory<byte> GarbageBefore { get; set; }

    /// <summary>What COMSET is answered with instead of the asked values.</summary>
    public CommunicationReply? OtherCommunication { get; set; }

    internal static bool Spend(int left, out int rest)
    {
        rest = left is > 0 and < int.MaxValue ? left - 1 : left;
        return left > 0;
    }
}
