using System.Collections.Immutable;

namespace RoomGuard.Wire.Osdp;

/// <summary>One reader as the panel expects it.</summary>
/// <param name="Address">00h..7Eh.</param>
/// <param name="SecureRequired">Refuse the reader without a secure channel. A reader that has a key is always held to it.</param>
/// <param name="Key">Its own key; null before it has been installed.</param>
/// <param name="Pinned">Who it must be; null to take whoever answers.</param>
public sealed record AcuReaderSettings(byte Address, bool SecureRequired, ScbkKey? Key, PdIdentity? Pinned)
{
    /// <summary>Talk with the one-byte checksum instead of CRC-16, for readers that know nothing else.</summary>
    public bool UseChecksum { get; init; }
}

/// <summary>How a bus behaves.</summary>
/// <param name="BaudRate">Bits per second; ten bits make a byte.</param>
/// <param name="PollInterval">Each reader is polled this often when the line allows. 50 ms is common.</param>
/// <param name="ReplyTime">A reply must begin within this time after the command's end: 200 ms by the standard.</param>
/// <param name="OfflineAfter">Without a proven reply for this long a reader is offline: 8 s by the standard.</param>
/// <param name="InterByte">Silence that ends a half message: 20 ms on a wire, 150 ms where USB or TCP bring bytes in clumps.</param>
public sealed record AcuBusSettings(int BaudRate, TimeSpan PollInterval, TimeSpan ReplyTime, TimeSpan OfflineAfter, TimeSpan InterByte)
{
    /// <summary>9600 baud and the times of the sheet.</summary>
    public static AcuBusSettings Usual { get; } = new(
        BaudRate: 9600,
        PollInterval: TimeSpan.FromMilliseconds(50),
        ReplyTime: TimeSpan.FromMilliseconds(200),
        OfflineAfter: TimeSpan.FromSeconds(8),
        InterByte: TimeSpan.FromMilliseconds(150));

    /// <summary>A dead reader is asked this often, and at most one of them per round of the living.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A reader may stay busy with one command this long.</summary>
    public TimeSpan BusyBound { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A command that has waited this long is refused: nobody stands at the door any more.</summary>
    public TimeSpan CommandWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After three wrong MACs in a minute the reader is left alone for this long.</summary>
    public TimeSpan Quarantine { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What is asked before the secure channel.</summary>
    internal ImmutableArray<OsdpCommand> BeforeChannel { get; init; } = [new IdCommand(), new CapabilitiesCommand()];

    /// <summary>What is asked once a reader is online, to learn its state.</summary>
    internal ImmutableArray<OsdpCommand> AtStart { get; init; } =
        [new AcuReceiveSizeCommand(OsdpFrame.Longest), new LocalStatusCommand(), new InputStatusCommand(), new ReaderStatusCommand()];

    /// <summary>CHLNG goes out with sequence 0. One recorded session did not; replaying it needs the other way.</summary>
    internal bool ChallengeRestarts { get; init; } = true;

    /// <summary>Recorded sessions use the sheets' sample keys; nothing else may.</summary>
    internal bool AllowSampleKeys { get; init; }

    internal TimeSpan TimeOf(int bytes) => TimeSpan.FromTicks(bytes * 10L * TimeSpan.TicksPerSecond / BaudRate);
}

/// <summary>What happened on the wire with one reader since the start. Only ever grows.</summary>
public sealed class ReaderCounters
{
    /// <summary>POLLs sent, repeats not counted.</summary>
    public long Polls { get; internal set; }

    /// <summary>Commands other than POLL sent, repeats not counted.</summary>
    public long Commands { get; internal set; }

    /// <summary>Valid replies taken.</summary>
    public long Replies { get; internal set; }

    /// <summary>Turns that ended without a valid reply.</summary>
    public long Timeouts { get; internal set; }

    /// <summary>Commands sent again, bit for bit.</summary>
    public long Repeats { get; internal set; }

    /// <summary>Messages with a wrong CRC or checksum.</summary>
    public long BadCheck { get; internal set; }

    /// <summary>Impossible lengths or headers.</summary>
    public long BadLength { get; internal set; }

    /// <summary>Runs of bytes that belong to no message.</summary>
    public long Noise { get; internal set; }

    /// <summary>Well-formed messages whose data did not fit their code.</summary>
    public long BadData { get; internal set; }

    /// <summary>NAK replies.</summary>
    public long Nak { get; internal set; }

    /// <summary>BUSY replies.</summary>
    public long Busy { get; internal set; }

    /// <summary>Wrong MACs and paddings.</summary>
    public long MacFailures { get; internal set; }

    /// <summary>Clear text inside a secure session.</summary>
    public long ClearText { get; internal set; }

    /// <summary>Replies to a question already answered, thrown away.</summary>
    public long LateReplies { get; internal set; }

    /// <summary>Replies whose code does not belong to the command.</summary>
    public long Unexpected { get; internal set; }

    /// <summary>Conversations begun again.</summary>
    public long Restarts { get; internal set; }

    /// <summary>Commands longer than the reader takes.</summary>
    public long Oversize { get; internal set; }

    /// <summary>Handshakes that ended in a session.</summary>
    public long Handshakes { get; internal set; }

    /// <summary>Handshakes that did not.</summary>
    public long HandshakeFailures { get; internal set; }

    /// <summary>Commands on the bus that we did not send, echoes aside.</summary>
    public long ForeignCommands { get; internal set; }

    /// <summary>Our own bytes heard again, as some adapters do.</summary>
    public long Echoes { get; internal set; }

    /// <summary>Card readings delivered.</summary>
    public long Cards { get; internal set; }

    /// <summary>From the command's last byte to the reply taken, the longest so far.</summary>
    public TimeSpan SlowestReply { get; internal set; }

    /// <summary>Since when the reader has not been heard, on the bus's own clock; null when never.</summary>
    public TimeSpan? LastHeard { get; internal set; }
}
