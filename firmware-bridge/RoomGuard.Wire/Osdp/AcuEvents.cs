using System.Collections.Immutable;
using System.Text;

namespace RoomGuard.Wire.Osdp;

/// <summary>Something a bus learned about one reader. In the order it happened; never doubled, never invented.</summary>
/// <param name="Address">The reader's address on its bus.</param>
public abstract record AcuEvent(byte Address);

/// <summary>The reader answers, is the pinned one, and is on a secure channel where one is required. Reports of its state follow.</summary>
/// <param name="Address">The reader's address on its bus.</param>
/// <param name="Identity">What PDID said.</param>
/// <param name="Capabilities">What PDCAP said.</param>
/// <param name="Secure">True on a secure channel with the reader's own key.</param>
public sealed record ReaderCameOnline(byte Address, PdIdentity Identity, PdCapabilities Capabilities, bool Secure) : AcuEvent(Address);

/// <summary>The conversation began again without the reader having been away long: lights, sounds and outputs may be back at their defaults.</summary>
public sealed record ReaderRestarted(byte Address) : AcuEvent(Address);

/// <summary>Once per outage (R-DOOR-17): no proven reply for the offline time, or the reader can no longer be trusted.</summary>
/// <param name="Address">The reader's address on its bus.</param>
/// <param name="SilentFor">Since the last proven reply, or since the start when there never was one.</param>
public sealed record ReaderWentOffline(byte Address, TimeSpan SilentFor) : AcuEvent(Address);

/// <summary>A card's bits, as sent. The text of this event never shows them.</summary>
/// <param name="Address">The reader's address on its bus.</param>
/// <param name="ReaderNo">Reader head, from 0.</param>
/// <param name="Format">0 raw, 1 Wiegand with parity, 2 UID, 3 OSS-SID.</param>
/// <param name="BitCount">Bits, left-aligned in <paramref name="Bits"/>.</param>
/// <param name="Bits">Packed from the highest bit of the first byte.</param>
public sealed record CardRead(byte Address, byte ReaderNo, byte Format, int BitCount, ReadOnlyMemory<byte> Bits) : AcuEvent(Address)
{
    /// <summary>Never the bits.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Address = ").Append(Address).Append(", ReaderNo = ").Append(ReaderNo).Append(", BitCount = ").Append(BitCount);
        return true;
    }
}

/// <summary>A card told as characters (FMT, deprecated). The text of this event never shows them.</summary>
public sealed record FormattedCardRead(byte Address, byte ReaderNo, byte Direction, ReadOnlyMemory<byte> Characters) : AcuEvent(Address)
{
    /// <summary>Never the characters.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Address = ").Append(Address).Append(", ReaderNo = ").Append(ReaderNo);
        return true;
    }
}

/// <summary>Keys pressed: digits as ASCII, clear 7Fh, enter 0Dh, A..D or F1..F4 as 41h..44h. The text of this event never shows them.</summary>
public sealed record KeysPressed(byte Address, byte ReaderNo, ReadOnlyMemory<byte> Keys) : AcuEvent(Address)
{
    /// <summary>Never the keys.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Address = ").Append(Address).Append(", ReaderNo = ").Append(ReaderNo).Append(", Count = ").Append(Keys.Length);
        return true;
    }
}

/// <summary>All inputs as they are now; sent at the start and on change.</summary>
public sealed record InputsReported(byte Address, ImmutableArray<InputState> States) : AcuEvent(Address);

/// <summary>All outputs as they are now.</summary>
public sealed record OutputsReported(byte Address, ImmutableArray<bool> States) : AcuEvent(Address);

/// <summary>The reader's heads as they are now.</summary>
public sealed record HeadsReported(byte Address, ImmutableArray<HeadState> States) : AcuEvent(Address);

/// <summary>R-DOOR-17: cover of the reader or of one of its heads opened or closed. Told at the start and on change.</summary>
public sealed record TamperReported(byte Address, bool Open) : AcuEvent(Address);

/// <summary>R-DOOR-17: the reader's own supply. Told at the start and on change.</summary>
public sealed record PowerReported(byte Address, bool Failed) : AcuEvent(Address);

/// <summary>R-DOOR-17: vendor, model or serial is not the pinned one. The reader is refused; told once per other reader.</summary>
public sealed record IdentityMismatch(byte Address, PdIdentity Expected, PdIdentity Found) : AcuEvent(Address);

/// <summary>Why a reader that must have a secure channel does not have one.</summary>
public enum MissingChannel
{
    /// <summary>No key is stored for this reader: it has not been installed.</summary>
    NotInstalled,

    /// <summary>The reader says it does not have the key asked for (NAK 05), or does not know the secure channel at all.</summary>
    RefusedByReader,

    /// <summary>The reader could not prove that it has the key: another key, or another reader.</summary>
    WrongKey,

    /// <summary>The reader offered the installation key instead of its own.</summary>
    DefaultKeyOffered,

    /// <summary>The handshake broke off.</summary>
    HandshakeFailed,
}

/// <summary>R-DOOR-17: a secure channel is required and the reader did not make one. It is refused; told once per reason.</summary>
/// <param name="Address">The reader's address on its bus.</param>
/// <param name="Why">Why.</param>
/// <param name="Found">Who answers there, when known.</param>
public sealed record SecureChannelMissing(byte Address, MissingChannel Why, PdIdentity? Found) : AcuEvent(Address);

/// <summary>Why traffic looks like someone's hand on the wire.</summary>
public enum Suspicion
{
    /// <summary>Three wrong MACs or clear texts in a session within a minute; the reader is left alone for a while.</summary>
    MacFailures,

    /// <summary>Clear text inside a secure session.</summary>
    ClearTextInSession,

    /// <summary>A command on the bus that we did not send: a second controller.</summary>
    SecondController,
}

/// <summary>R-DOOR-17: someone may be tampering with the wire.</summary>
public sealed record SuspectTraffic(byte Address, Suspicion Why) : AcuEvent(Address);

/// <summary>The reader has the new key: it acknowledged KEYSET and proved the key in a handshake.</summary>
public sealed record KeyInstalled(byte Address, ScbkKey Key, PdIdentity Identity) : AcuEvent(Address);

/// <summary>How an installation or a change of key ended.</summary>
public enum InstallResult
{
    /// <summary>The new key is in use.</summary>
    Done,

    /// <summary>The time was over before the reader had answered.</summary>
    NoAnswer,

    /// <summary>The reader does not take the installation key: set it to installation mode first.</summary>
    NotInInstallMode,

    /// <summary>The reader refused KEYSET.</summary>
    KeyRefused,

    /// <summary>The reader acknowledged the key and went on using the old one.</summary>
    OldKeyKept,

    /// <summary>The reader was not on a secure channel when its key was to be changed.</summary>
    NotOnline,

    /// <summary>Another installation for the same reader took its place.</summary>
    Replaced,
}

/// <summary>The end of <see cref="AcuBus.BeginInstall"/> or <see cref="AcuBus.RotateKey"/>, good or bad.</summary>
public sealed record InstallEnded(byte Address, bool Ok, InstallResult Why) : AcuEvent(Address);

/// <summary>Why a command was not done.</summary>
public enum RefusalReason
{
    /// <summary>The reader answered NAK.</summary>
    Nak,

    /// <summary>The reader is not online, or went offline.</summary>
    Offline,

    /// <summary>The reader stayed busy.</summary>
    Busy,

    /// <summary>Too many commands wait already.</summary>
    QueueFull,

    /// <summary>It waited too long; an old release must not open a door later.</summary>
    Expired,

    /// <summary>Longer than the reader's receive buffer.</summary>
    TooLong,

    /// <summary>The session ended before the answer could be proven.</summary>
    SessionLost,

    /// <summary>The reader answered something that does not belong to the command.</summary>
    UnexpectedReply,

    /// <summary>No reader is set up at that address.</summary>
    NoSuchReader,
}

/// <summary>A command was done.</summary>
/// <param name="Address">The reader's address on its bus.</param>
/// <param name="Command">The command given.</param>
/// <param name="Reply">What the reader answered.</param>
public sealed record CommandDone(byte Address, OsdpCommand Command, OsdpReply Reply) : AcuEvent(Address);

/// <summary>A command was not done.</summary>
/// <param name="Address">The reader's address on its bus.</param>
/// <param name="Command">The command given.</param>
/// <param name="Nak">The reader's error code with <see cref="RefusalReason.Nak"/>, else <see cref="NakCode.None"/>.</param>
/// <param name="Why">Why.</param>
public sealed record CommandRefused(byte Address, OsdpCommand Command, NakCode Nak, RefusalReason Why) : AcuEvent(Address);

/// <summary>A finger, eye or face was read (BIOREADR). The text of this event never shows the template.</summary>
public sealed record BiometricTaken(byte Address, byte ReaderNo, BiometricStatus Status, byte Type, byte Quality, ReadOnlyMemory<byte> Template) : AcuEvent(Address)
{
    /// <summary>Never the template.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Address = ").Append(Address).Append(", ReaderNo = ").Append(ReaderNo).Append(", Status = ").Append(Status);
        return true;
    }
}

/// <summary>How the asking for a finger, eye or face ended.</summary>
public enum BiometricMatchOutcome
{
    /// <summary>It was compared; the score says how alike.</summary>
    Compared,

    /// <summary>The reader keeps no template of the card it read last (NAK 09h).</summary>
    NotEnrolled,

    /// <summary>Nothing was shown in time.</summary>
    TimedOut,

    /// <summary>The reader has no such sensor: function 14 of PDCAP, or NAK 03h, 07h, 08h.</summary>
    NotSupported,

    /// <summary>The sensor failed, or the conversation broke before it answered.</summary>
    Failed,
}

/// <summary>The end of <see cref="AcuBus.Match"/>; once for each, unless another card or another question made it void.</summary>
/// <param name="Address">The reader's address on its bus.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Score">00..FF with <see cref="BiometricMatchOutcome.Compared"/>; else null.</param>
public sealed record BiometricMatchEnded(byte Address, BiometricMatchOutcome Outcome, byte? Score) : AcuEvent(Address);

/// <summary>A reply to POLL that belongs to a conversation of the application: MFGREP, XRD, FTSTAT, PIVDATAR, GENAUTHR, CRAUTHR.</summary>
public sealed record ReplyReceived(byte Address, OsdpReply Reply) : AcuEvent(Address);

/// <summary>After COMSET the reader will answer at these values.</summary>
public sealed record ReaderMoved(byte Address, byte NewAddress, uint BaudRate) : AcuEvent(Address);
