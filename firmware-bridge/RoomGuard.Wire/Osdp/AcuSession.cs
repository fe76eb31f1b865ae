using System.Security.Cryptography;

namespace RoomGuard.Wire.Osdp;

/// <summary>How soon a session wants the line.</summary>
internal enum TurnKind
{
    /// <summary>Nobody answers there, or nobody we trust: now and then is enough.</summary>
    Probe,

    /// <summary>The next POLL.</summary>
    Poll,

    /// <summary>A command, a repeat, or a step of the start-up.</summary>
    Urgent,
}

/// <summary>The conversation with one reader, the panel's end, as a state machine. It knows the time only by being told.</summary>
/// <remarks>
/// SIA OSDP 2.2: sequence numbers, repeats, secure channel. One command is open at a time; it is repeated bit for bit until it is
/// answered or the reader is offline, because a repeat cannot be executed twice and a new number could lose a card.
/// </remarks>
public sealed class AcuSession
{
    private const int QueueLimit = 64;
    private const int SilentTriesBeforeSlowing = 12;
    private const int FullWaitEveryNthTry = 4;
    private const int RepliesBeforeShortWaits = 16;
    private const int ChecksRefusedBeforeRestart = 10;
    private const int RestartsBeforeOffline = 10;
    private const int MacFailuresBeforeAlarm = 3;
    private const int PollEveryNthProbe = 4;

    private static readonly TimeSpan MacFailureWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan SlowRepeat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RefusedPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan InstallPause = TimeSpan.FromSeconds(1);

    private readonly AcuBusSettings settings;
    private readonly Func<int, byte[]> randomBytes;
    private readonly Action<AcuEvent> tell;
    private readonly Queue<Waiting> waiting = new();
    private readonly Queue<TimeSpan> distrusted = new();
    private readonly byte[] sent = new byte[OsdpFrame.Longest + 1];
    private readonly byte[] plain = new byte[OsdpFrame.Longest];
    private readonly byte[] lastReply = new byte[OsdpFrame.Longest];
    private readonly AcuMatch match;

    private AcuReaderSettings reader;
    private Phase phase = Phase.Absent;
    private int step;
    private byte sequence;

    // The open exchange.
    private bool open;
    private OsdpCommand asked = PollCommand.Plain;
    private Waiting? current;
    private int sentLength;
    private byte sentSequence;
    private TimeSpan sentAt;
    private TimeSpan notBefore;
    private int silentTries;
    private int tries;
    private TimeSpan usualReply;
    private int checksRefused;
    private TimeSpan? busySince;
    private int lastReplyLength;

    // What is known of the reader.
    private bool online;
    private bool offlineTold;
    private TimeSpan? startedAt;
    private TimeSpan? lastHeard;
    private PdIdentity? identity;
    private PdCapabilities capabilities = PdCapabilities.None;
    private bool? tamper;
    private bool? powerFailed;
    private bool coverOpen;
    private bool headTampered;
    private int probes;
    private int restartsInARow;
    private bool restartWanted;
    private PdIdentity? mismatchTold;
    private MissingChannel? missingTold;

    // The secure channel.
    private SecureChannel? channel;
    private SecureChannel? handshake;
    private byte[] rndA = [];
    private ScbkKey? keyTried;
    private int attempt;
    private KeyChange? change;

    /// <param name="reader">Who is expected at the address.</param>
    /// <param name="settings">Times of the bus.</param>
    /// <param name="randomBytes">Cryptographic chance.</param>
    /// <param name="tell">Hears what happened, in order.</param>
    internal AcuSession(AcuReaderSettings reader, AcuBusSettings settings, Func<int, byte[]> randomBytes, Action<AcuEvent> tell)
    {
        this.reader = reader;
        this.settings = settings;
        this.randomBytes = randomBytes;
        match = new(command => waiting.Enqueue(new(command)), (outcome, score) => tell(new BiometricMatchEnded(Address, outcome, score)));

        // The commands of a match are the session's own: what became of them is told as the match's end.
        this.tell = item =>
        {
            var isOwn = item switch
            {
                CommandDone done => match.Done(done.Command),
                CommandRefused refused => match.Refused(refused.Command, refused.Nak, refused.Why),
                _ => false,
            };
            if (!isOwn)
            {
                tell(item);
            }
        };
    }

    private enum Phase
    {
        Absent,
        Refused,
        BeforeChannel,
        Challenge,
        Proof,
        SetKey,
        AtStart,
        Online,
    }

    /// <summary>The reader's address; COMSET can change it.</summary>
    public byte Address => reader.Address;

    /// <summary>True between <see cref="ReaderCameOnline"/> and <see cref="ReaderWentOffline"/>.</summary>
    public bool IsOnline => online;

    /// <summary>What happened on the wire.</summary>
    public ReaderCounters Counters { get; } = new();

    internal bool UsesCrc => !reader.UseChecksum;

    private bool Installing => change is { Install: true, Ended: false };

    private bool WantsChannel => reader.SecureRequired || reader.Key is not null || Installing;

    /// <summary>How long to wait for the first byte of the reply to what was just taken.</summary>
    /// <remarks>
    /// The first try and every fourth wait the standard's 200 ms. The ones between wait three times what this reader usually
    /// needs: on a bad wire most tries fail, and a short wait makes many of them before the reader counts as offline.
    /// </remarks>
    internal TimeSpan ReplyTime
    {
        get
        {
            if (tries % FullWaitEveryNthTry == 0 || Counters.Replies < RepliesBeforeShortWaits)
            {
                return settings.ReplyTime;
            }

            var wait = Max(LeastWait, 3 * usualReply);
            return wait < settings.ReplyTime ? wait : settings.ReplyTime;
        }
    }

    /// <summary>A reply was taken that began so long after the command's end. Remembers the slowest of late, and forgets it slowly.</summary>
    internal void ReplyBegan(TimeSpan after) => usualReply = Max(after, usualReply * 15 / 16);

    internal void Send(OsdpCommand command)
    {
        var refused = !online && offlineTold ? RefusalReason.Offline : waiting.Count >= QueueLimit ? RefusalReason.QueueFull : (RefusalReason?)null;
        if (refused is { } why)
        {
            tell(new CommandRefused(Address, command, NakCode.None, why));
            return;
        }

        waiting.Enqueue(new(command));
    }

    internal void Match(BiometricMatchCommand command, TimeSpan latest)
    {
        if (!online || !capabilities.HasBiometrics)
        {
            tell(new BiometricMatchEnded(Address, online ? BiometricMatchOutcome.NotSupported : BiometricMatchOutcome.Failed, Score: null));
            return;
        }

        match.Ask(command, latest);
    }

    internal void EndMatch() => match.Void();

    internal void BeginInstall(ScbkKey newKey, TimeSpan until)
    {
        EndChange(InstallResult.Replaced);
        change = new(newKey, Install: true) { Until = until };
        restartWanted = true;
    }

    internal void RotateKey(ScbkKey newKey)
    {
        EndChange(InstallResult.Replaced);
        if (phase is not (Phase.AtStart or Phase.Online) || channel is null)
        {
            tell(new InstallEnded(Address, Ok: false, InstallResult.NotOnline));
            return;
        }

        change = new(newKey, Install: false);
    }

    internal void UseKey(ScbkKey? key, PdIdentity? pinned)
    {
        if (reader.Key is { } own ? own.Equals(key) && Equals(reader.Pinned, pinned) : key is null && Equals(reader.Pinned, pinned))
        {
            return;
        }

        EndChange(InstallResult.Replaced);
        change = null;
        reader = reader with { Key = key, Pinned = pinned };
        restartWanted = true;
    }

    internal void LineDown(TimeSpan now)
    {
        if (!offlineTold)
        {
            GoOffline(now);
        }

        BeginAgain(Phase.Absent, now);
    }

    /// <summary>What falls due by time alone. Called before each turn is given.</summary>
    internal void Tick(TimeSpan now)
    {
        startedAt ??= now;
        match.Tick(now);
        if (restartWanted)
        {
            restartWanted = false;
            missingTold = null;
            mismatchTold = null;
            attempt = 0;
            if (online)
            {
                Restart(now, RefusalReason.SessionLost);
            }
            else
            {
                BeginAgain(Phase.Absent, now);
            }
        }

        if (!offlineTold && now - (lastHeard ?? startedAt.Value) >= settings.OfflineAfter)
        {
            GoOffline(now);
            BeginAgain(Phase.Absent, now + settings.ProbeInterval);
        }

        if (change is { Install: true, Ended: false } install && now >= install.Until)
        {
            EndChange(install.Result);
            change = null;
            if (phase is not Phase.Online)
            {
                attempt = 0;
                BeginAgain(Phase.Absent, now);
            }
        }

        while (waiting.TryPeek(out var first))
        {
            first.Since ??= now;
            if (now - first.Since.Value < settings.CommandWait)
            {
                break;
            }

            waiting.Dequeue();
            tell(new CommandRefused(Address, first.Command, NakCode.None, online ? RefusalReason.Expired : RefusalReason.Offline));
        }
    }

    /// <summary>How soon the session wants the line, and not before when.</summary>
    internal TurnKind Wants(out TimeSpan due)
    {
        due = notBefore;
        if (phase is Phase.Absent or Phase.Refused || silentTries >= SilentTriesBeforeSlowing)
        {
            return TurnKind.Probe;
        }

        if (open || phase is not Phase.Online || HasCommand)
        {
            return TurnKind.Urgent;
        }

        // The poll rhythm counts from the last turn's start, so that a slow reply does not stretch it.
        due = Max(notBefore, sentAt + settings.PollInterval);
        return TurnKind.Poll;
    }

    /// <summary>The bytes of this turn, marking included. Valid until the next turn.</summary>
    internal ReadOnlyMemory<byte> Take(TimeSpan now)
    {
        sentAt = now;
        if (open)
        {
            Counters.Repeats++;
            tries++;
            return sent.AsMemory(0, sentLength);
        }

        switch (phase)
        {
            case Phase.Absent or Phase.Refused:
                // One maker's reader answers ID only after a POLL, so some probes are POLLs.
                sequence = 0;
                step = 0;
                probes++;
                Ask(probes % PollEveryNthProbe == 0 ? PollCommand.Plain : settings.BeforeChannel[0]);
                break;

            case Phase.BeforeChannel:
                Ask(settings.BeforeChannel[step]);
                break;

            case Phase.Challenge:
                AskChallenge();
                break;

            case Phase.Proof:
                AskProof();
                break;

            case Phase.SetKey:
                AskSetKey();
                break;

            case Phase.AtStart:
                Ask(settings.AtStart[step]);
                break;

            case Phase.Online:
                AskOnline();
                break;
        }

        open = true;
        tries = 0;
        silentTries = 0;
        checksRefused = 0;
        busySince = null;
        Counters.Polls += asked is PollCommand ? 1 : 0;
        Counters.Commands += asked is PollCommand ? 0 : 1;
        return sent.AsMemory(0, sentLength);
    }

    /// <summary>The turn is over and nothing valid came.</summary>
    /// <param name="damaged">Something came: the reader is there, the wire is bad.</param>
    /// <param name="now">The bus's clock.</param>
    internal void NoReply(bool damaged, TimeSpan now)
    {
        Counters.Timeouts++;
        if (phase is Phase.Absent or Phase.Refused)
        {
            open = false;
            notBefore = damaged ? now : now + settings.ProbeInterval;
            return;
        }

        silentTries = damaged ? 0 : silentTries + 1;
        notBefore = silentTries >= SilentTriesBeforeSlowing ? now + SlowRepeat : now;
    }

    /// <summary>A well-formed reply from this reader's address in this session's turn.</summary>
    /// <returns>True when the turn is over, false to go on listening.</returns>
    internal bool Receive(OsdpFrame frame, TimeSpan now)
    {
        if (!open || frame.Whole.SequenceEqual(lastReply.AsSpan(0, lastReplyLength)))
        {
            Counters.LateReplies++;
            return false;
        }

        if (frame.BlockType == SecurityBlock.None)
        {
            if (frame.Code == ReplyCode.Busy)
            {
                Busy(now);
                return true;
            }

            if (frame.Code == ReplyCode.Nak)
            {
                return ClearNak(frame, now);
            }
        }

        if (frame.Sequence != sentSequence)
        {
            if (frame.Sequence == 0)
            {
                // The reader asks for a new beginning.
                Restart(now, RefusalReason.SessionLost);
                return true;
            }

            Counters.LateReplies++;
            return false;
        }

        return channel is { } session ? ReceiveSecured(session, frame, now) : ReceiveClear(frame, now);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private bool HasCommand => waiting.Count > 0 || change is { Install: false, Sent: false, Ended: false };

    private bool ReceiveSecured(SecureChannel session, OsdpFrame frame, TimeSpan now)
    {
        if (frame.BlockType == SecurityBlock.None)
        {
            // Some readers send the ACK to KEYSET in clear text, having changed keys already.
            if (asked is KeySetCommand && frame.Code == ReplyCode.Ack)
            {
                Confirm(frame, now);
                Answered(ReplyCode.Ack, default, now);
                return true;
            }

            ClearTextInSession(now);
            return true;
        }

        if (!SecurityBlock.HasMac(frame.BlockType))
        {
            Counters.LateReplies++;
            return false;
        }

        if (session.Open(frame, plain, out var length, out var encrypted) != Opened.Good)
        {
            MacFailed(now);
            return true;
        }

        if (!encrypted && length > 0 && !MayBePlain(frame.Code))
        {
            ClearTextInSession(now);
            return true;
        }

        Confirm(frame, now);
        Answered(frame.Code, plain.AsSpan(0, length), now);
        return true;
    }

    /// <summary>States and refusals protected by a MAC but not encrypted, as one PD in wide use sends them.</summary>
    private static bool MayBePlain(byte code) =>
        code is ReplyCode.LocalStatus or ReplyCode.InputStatus or ReplyCode.OutputStatus or ReplyCode.ReaderStatus or ReplyCode.Nak;

    private bool ReceiveClear(OsdpFrame frame, TimeSpan now)
    {
        var expected = phase switch
        {
            Phase.Challenge => SecurityBlock.ClientCryptogram,
            Phase.Proof => SecurityBlock.InitialMac,
            _ => SecurityBlock.None,
        };
        if (frame.BlockType != expected)
        {
            // A reply of an older session, or of an older question.
            Counters.LateReplies++;
            return false;
        }

        switch (phase)
        {
            case Phase.Challenge:
                Confirm(frame, now);
                ClientAnswered(frame, now);
                break;

            case Phase.Proof:
                Confirm(frame, now);
                InitialMacCame(frame, now);
                break;

            default:
                Confirm(frame, now);
                Answered(frame.Code, frame.Data, now);
                break;
        }

        return true;
    }

    /// <summary>The reply is taken: the exchange is over and the number moves on.</summary>
    private void Confirm(OsdpFrame frame, TimeSpan now)
    {
        Counters.Replies++;
        Counters.LastHeard = now;
        var took = now - sentAt;
        if (took > Counters.SlowestReply)
        {
            Counters.SlowestReply = took;
        }

        lastHeard = now;
        frame.Whole.CopyTo(lastReply);
        lastReplyLength = frame.Whole.Length;
        MoveOn();
    }

    private void MoveOn()
    {
        open = false;
        silentTries = 0;
        checksRefused = 0;
        busySince = null;
        sequence = (byte)(sentSequence == 3 ? 1 : sentSequence + 1);
        notBefore = TimeSpan.Zero;
    }

    private void Busy(TimeSpan now)
    {
        Counters.Busy++;
        silentTries = 0;
        busySince ??= now;
        if (now - busySince.Value < settings.BusyBound)
        {
            notBefore = now + BusyPause;
            return;
        }

        Restart(now, RefusalReason.Busy);
    }

    /// <summary>A NAK in clear text. It says the reader is alive, and inside a session it proves nothing.</summary>
    private bool ClearNak(OsdpFrame frame, TimeSpan now)
    {
        var error = frame.Data.IsEmpty ? NakCode.None : (NakCode)frame.Data[0];
        if (frame.Sequence != sentSequence && error is not (NakCode.BadCheck or NakCode.BadSequence))
        {
            Counters.LateReplies++;
            return false;
        }

        Counters.Nak++;
        silentTries = 0;
        if (channel is null)
        {
            lastHeard = now;
            Counters.LastHeard = now;
        }

        switch (error)
        {
            case NakCode.BadCheck when ++checksRefused < ChecksRefusedBeforeRestart:
                // Our command was damaged on the way. The same again.
                notBefore = now;
                break;

            case NakCode.BadCheck:
                Restart(now, RefusalReason.Nak);
                break;

            case NakCode.BadSequence:
            case NakCode.SecurityBlockNotSupported or NakCode.SecurityConditionsNotMet when channel is not null:
                RestartRefused(now);
                break;

            default:
                frame.Whole.CopyTo(lastReply);
                lastReplyLength = frame.Whole.Length;
                MoveOn();
                Refused(error, now);
                break;
        }

        return true;
    }

    private void Refused(NakCode error, TimeSpan now)
    {
        switch (phase)
        {
            case Phase.Absent or Phase.Refused when asked is PollCommand:
                // Alive, and it wants to be asked properly.
                phase = Phase.BeforeChannel;
                step = 0;
                break;

            case Phase.Absent or Phase.Refused:
            case Phase.BeforeChannel when asked is IdCommand:
                notBefore = now + settings.ProbeInterval;
                phase = Phase.Refused;
                break;

            case Phase.BeforeChannel:
                NextBeforeChannel(now);
                break;

            case Phase.Challenge:
                HandshakeFailed(MissingChannel.RefusedByReader, now);
                break;

            case Phase.Proof:
                HandshakeFailed(MissingChannel.HandshakeFailed, now);
                break;

            case Phase.SetKey:
            case Phase.Online when asked is KeySetCommand && current is null:
                KeySetRefused(now);
                break;

            case Phase.AtStart:
                NextAtStart();
                break;

            default:
                if (current is { } command)
                {
                    current = null;
                    tell(new CommandRefused(Address, command.Command, error, RefusalReason.Nak));
                }

                break;
        }
    }

    private void Answered(byte code, ReadOnlySpan<byte> data, TimeSpan now)
    {
        if (code == ReplyCode.Nak)
        {
            Counters.Nak++;
            AnsweredNak(data.IsEmpty ? NakCode.None : (NakCode)data[0], now);
            return;
        }

        if (phase == Phase.Online && code == ReplyCode.Ack && asked is PollCommand)
        {
            restartsInARow = 0;
            match.NothingToTell();
            return;
        }

        if (!asked.Expects(code))
        {
            Counters.Unexpected++;
            Unexpected(now);
            return;
        }

        if (OsdpReply.Parse(code, data) is not { } reply)
        {
            Counters.BadData++;
            Unexpected(now);
            return;
        }

        switch (phase)
        {
            case Phase.Absent or Phase.Refused when asked is PollCommand && settings.BeforeChannel[0] is not PollCommand:
                phase = Phase.BeforeChannel;
                step = 0;
                break;

            case Phase.Absent or Phase.Refused or Phase.BeforeChannel:
                Introduced(reply, now);
                break;

            case Phase.SetKey:
            case Phase.Online when asked is KeySetCommand && current is null:
                KeySetTaken(now);
                break;

            case Phase.AtStart:
                Report(reply);
                NextAtStart();
                break;

            default:
                restartsInARow = 0;
                if (current is { } command)
                {
                    current = null;
                    Done(command.Command, reply, now);
                }
                else
                {
                    Report(reply);
                }

                break;
        }
    }

    private void AnsweredNak(NakCode error, TimeSpan now)
    {
        if (error == NakCode.BadSequence)
        {
            RestartRefused(now);
            return;
        }

        Refused(error, now);
    }

    private void Unexpected(TimeSpan now)
    {
        switch (phase)
        {
            case Phase.Absent or Phase.Refused or Phase.BeforeChannel:
                BeginAgain(Phase.Absent, now + settings.ProbeInterval);
                break;

            case Phase.SetKey:
                KeySetRefused(now);
                break;

            case Phase.AtStart:
                NextAtStart();
                break;

            default:
                if (current is { } command)
                {
                    current = null;
                    tell(new CommandRefused(Address, command.Command, NakCode.None, RefusalReason.UnexpectedReply));
                }

                break;
        }
    }

    private void Done(OsdpCommand command, OsdpReply reply, TimeSpan now)
    {
        tell(new CommandDone(Address, command, reply));
        if (reply is CommunicationReply moved)
        {
            tell(new ReaderMoved(Address, moved.Address, moved.BaudRate));
            reader = reader with { Address = moved.Address };
            Restart(now, RefusalReason.SessionLost);
            return;
        }

        Report(reply);
    }

    /// <summary>Turns what a reader says of itself into events; each comes here once.</summary>
    private void Report(OsdpReply reply)
    {
        switch (reply)
        {
            case RawCardReply card:
                Counters.Cards++;
                match.Void();
                tell(new CardRead(Address, card.Reader, card.Format, card.BitCount, card.Bits));
                break;

            case FormattedCardReply card:
                Counters.Cards++;
                match.Void();
                tell(new FormattedCardRead(Address, card.Reader, card.Direction, card.Characters));
                break;

            case KeypadReply keys:
                tell(new KeysPressed(Address, keys.Reader, keys.Keys));
                break;

            case InputStatusReply inputs:
                tell(new InputsReported(Address, inputs.States));
                break;

            case OutputStatusReply outputs:
                tell(new OutputsReported(Address, outputs.States));
                break;

            case LocalStatusReply local:
                coverOpen = local.Tamper;
                ReportTamper();
                if (powerFailed != local.PowerFailed)
                {
                    powerFailed = local.PowerFailed;
                    tell(new PowerReported(Address, local.PowerFailed));
                }

                break;

            case ReaderStatusReply heads:
                headTampered = heads.States.Contains(HeadState.Tamper);
                tell(new HeadsReported(Address, heads.States));
                ReportTamper();
                break;

            case BiometricReadReply read:
                // Nothing of a template stays here (R-ID-09); what was handed on is its taker's to wipe.
                CryptographicOperations.ZeroMemory(plain);
                tell(new BiometricTaken(Address, read.Reader, read.Status, read.Type, read.Quality, read.Template));
                break;

            case BiometricMatchReply compared:
                Counters.LateReplies += match.Replied(compared) ? 0 : 1;
                break;

            case AckReply:
                break;

            default:
                tell(new ReplyReceived(Address, reply));
                break;
        }
    }

    private void ReportTamper()
    {
        var now = coverOpen || headTampered;
        if (tamper != now)
        {
            tamper = now;
            tell(new TamperReported(Address, now));
        }
    }

    private void Introduced(OsdpReply reply, TimeSpan now)
    {
        if (reply is IdentityReply id)
        {
            identity = id.Identity;
            if (!Installing && reader.Pinned is { } pinned && !pinned.SameDevice(id.Identity))
            {
                WrongReader(pinned, id.Identity, now);
                return;
            }
        }
        else if (reply is CapabilitiesReply can)
        {
            capabilities = can.Capabilities;
        }

        phase = Phase.BeforeChannel;
        NextBeforeChannel(now);
    }

    private void WrongReader(PdIdentity pinned, PdIdentity found, TimeSpan now)
    {
        if (online)
        {
            GoOffline(now);
        }

        if (mismatchTold != found)
        {
            mismatchTold = found;
            tell(new IdentityMismatch(Address, pinned, found));
        }

        BeginAgain(Phase.Refused, now + RefusedPause);
    }

    private void NextBeforeChannel(TimeSpan now)
    {
        step++;
        if (step < settings.BeforeChannel.Length)
        {
            return;
        }

        if (!WantsChannel)
        {
            GoOnline();
        }
        else if (KeyToTry() is null)
        {
            ChannelMissing(MissingChannel.NotInstalled, now);
        }
        else
        {
            phase = Phase.Challenge;
        }
    }

    private void NextAtStart()
    {
        step++;
        if (step >= settings.AtStart.Length)
        {
            phase = Phase.Online;
        }
    }

    private void GoOnline()
    {
        attempt = 0;
        missingTold = null;
        mismatchTold = null;
        if (online)
        {
            tell(new ReaderRestarted(Address));
        }
        else
        {
            online = true;
            tamper = null;
            powerFailed = null;
            coverOpen = false;
            headTampered = false;
            tell(new ReaderCameOnline(Address, Identity, capabilities, channel is not null));
        }

        offlineTold = false;
        step = -1;
        phase = Phase.AtStart;
        NextAtStart();
    }

    private PdIdentity Identity => identity ?? reader.Pinned ?? new PdIdentity(0, 0, 0, 0, 0, 0, 0);

    /// <summary>The reader can no longer be relied on: tells it once and empties the queue.</summary>
    private void GoOffline(TimeSpan now)
    {
        online = false;
        offlineTold = true;
        tell(new ReaderWentOffline(Address, now - (lastHeard ?? startedAt ?? now)));
        DropCommand(RefusalReason.Offline);
        while (waiting.TryDequeue(out var command))
        {
            tell(new CommandRefused(Address, command.Command, NakCode.None, RefusalReason.Offline));
        }

        if (change is { Install: false })
        {
            EndChange(InstallResult.NoAnswer);
        }
    }

    private void DropCommand(RefusalReason why)
    {
        if (current is { } command)
        {
            current = null;
            tell(new CommandRefused(Address, command.Command, NakCode.None, why));
        }
    }

    /// <summary>Forgets the conversation and its session. The reader's state towards the outside stays.</summary>
    private void BeginAgain(Phase to, TimeSpan at)
    {
        channel?.Dispose();
        handshake?.Dispose();
        channel = null;
        handshake = null;
        match.Lost();
        open = false;
        sequence = 0;
        step = 0;
        silentTries = 0;
        lastReplyLength = 0;
        phase = to;
        notBefore = at;
    }

    private void Restart(TimeSpan now, RefusalReason why)
    {
        DropCommand(why);
        Restart(now, keep: true);
    }

    /// <summary>
    /// The reader wants a new conversation and refused the command. Sent once, it was not executed and may go out again. Repeated, it may have been
    /// executed before the reader forgot us; a strike must not be released twice for one entry, so then it is dropped.
    /// </summary>
    private void RestartRefused(TimeSpan now)
    {
        if (tries == 0)
        {
            Restart(now, keep: true);
        }
        else
        {
            Restart(now, RefusalReason.SessionLost);
        }
    }

    /// <summary>Sequence 0, identity, handshake: from the beginning, without going offline yet.</summary>
    /// <param name="now">The bus's clock.</param>
    /// <param name="keep">The open command was not executed and may go out again.</param>
    private void Restart(TimeSpan now, bool keep)
    {
        if (keep && current is { } command)
        {
            // Back to the front: the queue is short and this is rare.
            current = null;
            var rest = waiting.ToArray();
            waiting.Clear();
            waiting.Enqueue(command);
            foreach (var item in rest)
            {
                waiting.Enqueue(item);
            }
        }

        Counters.Restarts++;
        restartsInARow++;
        if (change is { Install: false, Sent: false, Ended: false })
        {
            EndChange(InstallResult.NotOnline);
        }

        if (online && restartsInARow > RestartsBeforeOffline)
        {
            GoOffline(now);
        }

        // Each restart in a row waits longer, so that a reader that refuses everything does not eat the line.
        BeginAgain(online ? Phase.BeforeChannel : Phase.Absent, now + TimeSpan.FromMilliseconds(Math.Min(1000, 50 * (restartsInARow - 1))));
    }

    private void ClearTextInSession(TimeSpan now)
    {
        Counters.ClearText++;
        tell(new SuspectTraffic(Address, Suspicion.ClearTextInSession));
        Distrust(now);
    }

    private void MacFailed(TimeSpan now)
    {
        Counters.MacFailures++;
        Distrust(now);
    }

    /// <summary>The session is over. The third time within a minute it is someone's hand on the wire, and the reader rests.</summary>
    private void Distrust(TimeSpan now)
    {
        distrusted.Enqueue(now);
        while (distrusted.TryPeek(out var oldest) && now - oldest > MacFailureWindow)
        {
            distrusted.Dequeue();
        }

        if (distrusted.Count < MacFailuresBeforeAlarm)
        {
            Restart(now, RefusalReason.SessionLost);
            return;
        }

        // Four bytes of MAC bear a few guesses, not endless ones.
        distrusted.Clear();
        tell(new SuspectTraffic(Address, Suspicion.MacFailures));
        if (online)
        {
            GoOffline(now);
        }

        BeginAgain(Phase.Refused, now + settings.Quarantine);
    }

    private ScbkKey? KeyToTry()
    {
        var ground = Installing ? ScbkKey.Default : reader.Key;
        if (change is not { Sent: true } sentKey)
        {
            return ground;
        }

        // Acknowledged: the new key first. Sent and not acknowledged: the reader may have either.
        var newFirst = sentKey.Acknowledged;
        return (attempt % 2 == 0) == newFirst ? sentKey.Key : ground;
    }

    private void AskChallenge()
    {
        keyTried = KeyToTry() ?? ScbkKey.Default;
        rndA = randomBytes(8);
        asked = new ChallengeCommand(rndA);
        if (settings.ChallengeRestarts)
        {
            sequence = 0;
        }

        AskHandshake(SecurityBlock.Challenge, CommandCode.Challenge, rndA);
    }

    private void AskProof()
    {
        asked = new ServerCryptogramCommand(handshake!.ServerCryptogram.ToArray());
        AskHandshake(SecurityBlock.ServerCryptogram, CommandCode.ServerCryptogram, handshake.ServerCryptogram);
    }

    private void AskHandshake(byte blockType, byte code, ReadOnlySpan<byte> data)
    {
        sentSequence = sequence;
        sent[0] = OsdpFrame.Mark;
        sentLength = 1 + OsdpWriter.WriteHandshake(sent.AsSpan(1), new(Address, FromReader: false, sequence, UsesCrc), blockType, KeyByte, code, data);
    }

    private byte KeyByte => ReferenceEquals(keyTried, ScbkKey.Default) ? SecurityBlock.DefaultKey : SecurityBlock.OwnKey;

    private void ClientAnswered(OsdpFrame frame, TimeSpan now)
    {
        if (frame.Code != ReplyCode.ClientCryptogram || OsdpReply.Parse(frame.Code, frame.Data) is not ClientCryptogramReply reply)
        {
            HandshakeFailed(MissingChannel.HandshakeFailed, now);
            return;
        }

        if (frame.BlockData.Length != 1 || frame.BlockData[0] != KeyByte)
        {
            HandshakeFailed(KeyByte == SecurityBlock.OwnKey ? MissingChannel.DefaultKeyOffered : MissingChannel.RefusedByReader, now);
            return;
        }

        handshake = SecureChannel.Derive(keyTried!, rndA, reply.Random.Span);
        if (!handshake.ClientProven(reply.Cryptogram.Span))
        {
            HandshakeFailed(MissingChannel.WrongKey, now);
            return;
        }

        phase = Phase.Proof;
    }

    private void InitialMacCame(OsdpFrame frame, TimeSpan now)
    {
        var accepted = frame.Code == ReplyCode.InitialMac && frame.BlockData is [SecurityBlock.OwnKey];
        if (!accepted || !handshake!.InitialMacProven(frame.Data))
        {
            HandshakeFailed(MissingChannel.HandshakeFailed, now);
            return;
        }

        Counters.Handshakes++;
        attempt = 0;
        channel = handshake;
        handshake = null;
        SessionMade(now);
    }

    private void SessionMade(TimeSpan now)
    {
        if (change is { Sent: true } sentKey && ReferenceEquals(keyTried, sentKey.Key))
        {
            reader = reader with { Key = sentKey.Key, Pinned = sentKey.Install ? Identity : reader.Pinned };
            tell(new KeyInstalled(Address, sentKey.Key, Identity));
            EndChange(InstallResult.Done);
            change = null;
            GoOnline();
        }
        else if (Installing)
        {
            if (change!.Acknowledged)
            {
                change.Result = InstallResult.OldKeyKept;
                notBefore = now + InstallPause;
            }

            phase = Phase.SetKey;
        }
        else
        {
            if (change is { Sent: true })
            {
                EndChange(InstallResult.OldKeyKept);
                change = null;
            }

            GoOnline();
        }
    }

    private void HandshakeFailed(MissingChannel why, TimeSpan now)
    {
        Counters.HandshakeFailures++;
        attempt++;
        BeginAgain(Phase.Challenge, now);
        if (attempt < 2)
        {
            // Once more, with the other key if there are two: a broken exchange is commoner than a wrong key.
            return;
        }

        attempt = 0;
        if (Installing)
        {
            change!.Result = why == MissingChannel.RefusedByReader ? InstallResult.NotInInstallMode : InstallResult.NoAnswer;
            BeginAgain(Phase.BeforeChannel, now + InstallPause);
            return;
        }

        ChannelMissing(why, now);
    }

    private void ChannelMissing(MissingChannel why, TimeSpan now)
    {
        if (online)
        {
            GoOffline(now);
        }

        if (missingTold != why)
        {
            missingTold = why;
            tell(new SecureChannelMissing(Address, why, identity));
        }

        BeginAgain(Phase.Refused, now + RefusedPause);
    }

    private void AskSetKey()
    {
        change!.Sent = true;
        Ask(new KeySetCommand(change.Key));
    }

    private void KeySetTaken(TimeSpan now)
    {
        // Stored only after the ACK, and proven by a handshake of its own with sequence 0.
        change!.Acknowledged = true;
        attempt = 0;
        BeginAgain(Phase.Challenge, now);
    }

    private void KeySetRefused(TimeSpan now)
    {
        if (change is not { } refused)
        {
            return;
        }

        EndChange(InstallResult.KeyRefused);
        change = null;
        if (refused.Install)
        {
            BeginAgain(Phase.Absent, now);
        }
    }

    private void EndChange(InstallResult result)
    {
        if (change is { Ended: false } running)
        {
            running.Ended = true;
            tell(new InstallEnded(Address, result == InstallResult.Done, result));
        }
    }

    private void AskOnline()
    {
        if (change is { Install: false, Sent: false, Ended: false })
        {
            AskSetKey();
            return;
        }

        while (waiting.TryDequeue(out var next))
        {
            var length = next.Command.WriteData(plain);
            if (length <= plain.Length && FrameLength(length) <= Math.Min(capabilities.ReceiveBuffer, OsdpFrame.Longest))
            {
                current = next;
                Ask(next.Command);
                return;
            }

            Counters.Oversize++;
            tell(new CommandRefused(Address, next.Command, NakCode.None, RefusalReason.TooLong));
        }

        Ask(PollCommand.Plain);
    }

    private int FrameLength(int data) =>
        channel is null ? OsdpFrame.HeaderLength + 1 + data + (UsesCrc ? 2 : 1) : SecureChannel.LengthOf(data, UsesCrc);

    private void Ask(OsdpCommand command)
    {
        asked = command;
        sentSequence = sequence;
        var head = new FrameHead(Address, FromReader: false, sequence, UsesCrc);
        var data = plain.AsSpan(0, command.WriteData(plain));
        var into = sent.AsSpan(1);
        sent[0] = OsdpFrame.Mark;
        sentLength = 1 + (channel is { } session ? session.Write(into, head, command.Code, data) : OsdpWriter.Write(into, head, command.Code, data));
        CryptographicOperations.ZeroMemory(data);
    }

    private sealed class Waiting(OsdpCommand command)
    {
        public OsdpCommand Command { get; } = command;

        public TimeSpan? Since { get; set; }
    }

    /// <summary>A key on its way into the reader.</summary>
    private sealed record KeyChange(ScbkKey Key, bool Install)
    {
        public TimeSpan Until { get; init; }

        public bool Sent { get; set; }

        public bool Acknowledged { get; set; }

        public bool Ended { get; set; }

        public InstallResult Result { get; set; } = InstallResult.NoAnswer;
    }
}
