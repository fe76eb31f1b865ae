namespace RoomGuard.Wire.Osdp;

/// <summary>What a bus wants from its link next.</summary>
/// <param name="Bytes">To be written now, marking included; empty when there is nothing to send. Valid until the next call of <see cref="AcuBus.Next"/>.</param>
/// <param name="Until">With nothing to send: ask again at this time, or when bytes or commands have come.</param>
/// <param name="Address">Whose turn it is, for transcripts.</param>
public readonly record struct BusStep(ReadOnlyMemory<byte> Bytes, TimeSpan Until, byte Address)
{
    /// <summary>True when <see cref="Bytes"/> must be written.</summary>
    public bool IsSend => !Bytes.IsEmpty;
}

/// <summary>Several readers on one line, the panel's end. Pure: it is told bytes and the time, and says what to send.</summary>
/// <remarks>
/// Not thread-safe; the one task of the line owns it. Commands go before polls; a reader that is late by a whole poll interval
/// goes before more commands; a dead reader is asked once per round of the living and rarely more than twice a second.
/// </remarks>
public sealed class AcuBus
{
    private const int MostWaitingEvents = 1024;
    private const int SmallestReply = 7;

    private static readonly TimeSpan ProbeGap = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DamageQuiet = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LongestQuietWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SuspicionPause = TimeSpan.FromMinutes(1);

    private readonly AcuBusSettings settings;
    private readonly AcuSession[] sessions;
    private readonly FrameBuffer buffer = new();
    private readonly Queue<AcuEvent> events = new();

    private AcuSession? current;
    private bool answered;
    private bool damaged;
    private ReadOnlyMemory<byte> sent;
    private TimeSpan sentEnd;
    private TimeSpan deadline;
    private TimeSpan? firstByte;
    private int badBytes;
    private TimeSpan quietUntil;
    private TimeSpan turnEnd;
    private int turn;
    private int turnsSinceProbe = int.MaxValue / 2;
    private TimeSpan nextProbe;
    private bool lastWasUrgent;
    private bool lineDown;
    private TimeSpan? suspectedAt;

    /// <param name="settings">Times and speed.</param>
    /// <param name="readers">Who is expected on the line.</param>
    /// <param name="randomBytes">Cryptographic chance.</param>
    /// <exception cref="ArgumentException">An address twice or out of range, or a key that everyone knows.</exception>
    public AcuBus(AcuBusSettings settings, IReadOnlyList<AcuReaderSettings> readers, Func<int, byte[]> randomBytes)
    {
        this.settings = settings;
        sessions = new AcuSession[readers.Count];
        for (var index = 0; index < sessions.Length; index++)
        {
            var reader = readers[index];
            if (reader.Address >= OsdpFrame.ConfigurationAddress)
            {
                throw new ArgumentException($"A reader's address is 0 to 126, not {reader.Address}.", nameof(readers));
            }

            if (Find(reader.Address) is not null)
            {
                throw new ArgumentException($"Two readers have the address {reader.Address}.", nameof(readers));
            }

            if (reader.Key is { } key)
            {
                RefuseWeak(key);
            }

            sessions[index] = new(reader, settings, randomBytes, events.Enqueue);
        }
    }

    /// <summary>What to do now. Bytes to send, or a time to wait for.</summary>
    public BusStep Next(TimeSpan now)
    {
        if (lineDown || events.Count >= MostWaitingEvents)
        {
            return new(default, now + LongestWait, 0);
        }

        if (current is { } waiting)
        {
            if (!answered && now < deadline)
            {
                return new(default, deadline, waiting.Address);
            }

            EndTurn(waiting, now);
            turnEnd = now;
        }

        // A line that never falls quiet must not keep us from asking, nor from telling that nobody answers.
        if (now < quietUntil && now - turnEnd < LongestQuietWait)
        {
            return new(default, quietUntil, 0);
        }

        foreach (var session in sessions)
        {
            session.Tick(now);
        }

        var next = Pick(now, out var until);
        if (next is null)
        {
            return new(default, until, 0);
        }

        // Whatever still lies in the buffer belongs to an older question.
        buffer.Clear();
        current = next;
        answered = false;
        damaged = false;
        firstByte = null;
        badBytes = 0;
        sent = next.Take(now);
        sentEnd = now + settings.TimeOf(sent.Length);
        deadline = sentEnd + next.ReplyTime;
        return new(sent, deadline, next.Address);
    }

    /// <summary>Bytes came from the line.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        firstByte ??= now;

        // At least two characters of quiet before we speak again.
        quietUntil = now + settings.TimeOf(2);
        while (!bytes.IsEmpty)
        {
            bytes = bytes[buffer.Append(bytes)..];
            Drain(now);
        }

        if (current is null || answered)
        {
            return;
        }

        // A reply under way may finish; what is left of a damaged one is worth a quick repeat as soon as the line is quiet.
        var spoilt = badBytes >= SmallestReply;
        var listenUntil = now + (spoilt ? DamageQuiet : settings.InterByte);
        var longest = sentEnd + settings.ReplyTime + settings.TimeOf(OsdpFrame.Longest);
        deadline = listenUntil > longest ? longest : spoilt || listenUntil > deadline ? listenUntil : deadline;
    }

    /// <summary>The link is gone: cable, adapter or connection. Every reader on it is offline at once (R-DOOR-17).</summary>
    public void LineDown(TimeSpan now)
    {
        lineDown = true;
        current = null;
        buffer.Clear();
        foreach (var session in sessions)
        {
            session.LineDown(now);
        }
    }

    /// <summary>The link is back.</summary>
    public void LineUp(TimeSpan now)
    {
        lineDown = false;
        quietUntil = now;
    }

    /// <summary>The next thing that happened, in order. Take them all after each call of <see cref="Next"/> or <see cref="Receive"/>.</summary>
    public bool TryTake(out AcuEvent item) => events.TryDequeue(out item!);

    /// <summary>Queues a command. Its outcome is a <see cref="CommandDone"/> or a <see cref="CommandRefused"/>.</summary>
    public void Send(byte address, OsdpCommand command)
    {
        if (Find(address) is { } session)
        {
            session.Send(command);
        }
        else
        {
            events.Enqueue(new CommandRefused(address, command, NakCode.None, RefusalReason.NoSuchReader));
        }
    }

    /// <summary>
    /// Asks whether the next finger, eye or face at a reader is that of the card it read last. Ends in <see cref="BiometricMatchEnded"/>,
    /// unless another card is read there before. The template stays in the reader (R-ID-09): the question carries none.
    /// </summary>
    /// <param name="threshold">The likeness wanted, 00..FF; the reader may use it, and the caller compares the score.</param>
    /// <param name="latest">From then on an answer no longer counts.</param>
    public void Match(byte address, byte threshold, TimeSpan latest)
    {
        if (Find(address) is { } session)
        {
            // Any biometric the reader has, in any format it likes: it compares with its own.
            session.Match(new(Reader: 0, Type: 0, Format: 0, threshold, Template: default), latest);
        }
        else
        {
            events.Enqueue(new BiometricMatchEnded(address, BiometricMatchOutcome.Failed, Score: null));
        }
    }

    /// <summary>Nobody waits for the answer to <see cref="Match"/> any more; the reader is told to stop.</summary>
    public void EndMatch(byte address) => Find(address)?.EndMatch();

    /// <summary>Gives one reader its own key with the installation key SCBK-D, until a time. Ends in <see cref="InstallEnded"/>.</summary>
    /// <exception cref="ArgumentException">The key is one everyone knows, or nobody has that address.</exception>
    public void BeginInstall(byte address, ScbkKey newKey, TimeSpan until)
    {
        RefuseWeak(newKey);
        Existing(address).BeginInstall(newKey, until);
    }

    /// <summary>Changes the key of a reader that is online on a secure channel. Ends in <see cref="InstallEnded"/>.</summary>
    /// <exception cref="ArgumentException">The key is one everyone knows, or nobody has that address.</exception>
    public void RotateKey(byte address, ScbkKey newKey)
    {
        RefuseWeak(newKey);
        Existing(address).RotateKey(newKey);
    }

    /// <summary>Uses another key and identity from now on. The same ones again change nothing.</summary>
    /// <exception cref="ArgumentException">The key is one everyone knows, or nobody has that address.</exception>
    public void UseKey(byte address, ScbkKey? key, PdIdentity? pinned)
    {
        if (key is not null)
        {
            RefuseWeak(key);
        }

        Existing(address).UseKey(key, pinned);
    }

    /// <summary>What happened on the wire with one reader.</summary>
    /// <exception cref="ArgumentException">Nobody has that address.</exception>
    public ReaderCounters Counters(byte address) => Existing(address).Counters;

    /// <summary>True while the reader is online.</summary>
    /// <exception cref="ArgumentException">Nobody has that address.</exception>
    public bool IsOnline(byte address) => Existing(address).IsOnline;

    private void RefuseWeak(ScbkKey key)
    {
        if (key.IsWeak && !settings.AllowSampleKeys)
        {
            throw new ArgumentException("The installation key and sample keys are known to everyone; make one by a cryptographic generator.", nameof(key));
        }
    }

    private AcuSession Existing(byte address) =>
        Find(address) ?? throw new ArgumentException($"No reader has the address {address}.", nameof(address));

    private AcuSession? Find(byte address)
    {
        foreach (var session in sessions)
        {
            if (session is not null && session.Address == address)
            {
                return session;
            }
        }

        return null;
    }

    private void EndTurn(AcuSession session, TimeSpan now)
    {
        if (!answered)
        {
            // Silence ends a half message. What it hid behind a lying length may still be a whole one.
            while (!buffer.IsEmpty && !answered)
            {
                damaged = true;
                buffer.Drop(1);
                Drain(now);
            }
        }

        if (!answered)
        {
            session.NoReply(damaged, now);
        }

        current = null;
    }

    private void Drain(TimeSpan now)
    {
        var crcOnly = current?.UsesCrc ?? false;
        while (true)
        {
            var scan = buffer.Next(crcOnly);
            if (scan.Consumed == 0)
            {
                return;
            }

            if (scan.HasFrame)
            {
                Hear(scan.Frame, now);
            }
            else
            {
                Count(scan.Fault);
                badBytes += scan.Fault == FrameFault.None ? 0 : scan.Consumed;
            }

            buffer.Drop(scan.Consumed);
        }
    }

    private void Hear(OsdpFrame frame, TimeSpan now)
    {
        if (!frame.FromReader)
        {
            HearCommand(frame, now);
        }
        else if (current is { } session && session.Address == frame.Address)
        {
            if (answered)
            {
                session.Counters.LateReplies++;
            }
            else
            {
                answered = session.Receive(frame, now);
                if (answered && firstByte is { } began && began > sentEnd)
                {
                    session.ReplyBegan(began - sentEnd);
                }
            }
        }
        else if (Find(frame.Address) is { } other)
        {
            other.Counters.LateReplies++;
        }
    }

    private void HearCommand(OsdpFrame frame, TimeSpan now)
    {
        // Two-wire adapters let us hear ourselves.
        if (sent.Length > 1 && frame.Whole.SequenceEqual(sent.Span[1..]))
        {
            Count(static counters => counters.Echoes++);
            return;
        }

        Count(static counters => counters.ForeignCommands++);
        if (suspectedAt is { } last && now - last < SuspicionPause)
        {
            return;
        }

        suspectedAt = now;
        events.Enqueue(new SuspectTraffic(frame.Address, Suspicion.SecondController));
    }

    private void Count(Action<ReaderCounters> add)
    {
        if (current is { } session)
        {
            add(session.Counters);
        }
    }

    private void Count(FrameFault fault)
    {
        if (fault == FrameFault.None)
        {
            return;
        }

        damaged = true;
        if (current?.Counters is not { } counters)
        {
            return;
        }

        switch (fault)
        {
            case FrameFault.BadCheck:
                counters.BadCheck++;
                break;
            case FrameFault.BadLength or FrameFault.BadHeader:
                counters.BadLength++;
                break;
            default:
                counters.Noise++;
                break;
        }
    }

    /// <summary>Whose turn it is: urgent ones, a probe once per round, polls in the order they are due.</summary>
    private AcuSession? Pick(TimeSpan now, out TimeSpan until)
    {
        until = now + LongestWait;
        var living = 0;
        var urgent = -1;
        var probe = -1;
        var poll = -1;
        var pollDue = TimeSpan.MaxValue;
        for (var offset = 0; offset < sessions.Length; offset++)
        {
            var index = (turn + offset) % sessions.Length;
            var kind = sessions[index].Wants(out var due);
            living += kind == TurnKind.Probe ? 0 : 1;
            if (due > now)
            {
                until = due < until ? due : until;
                continue;
            }

            switch (kind)
            {
                case TurnKind.Urgent:
                    urgent = urgent < 0 ? index : urgent;
                    break;
                case TurnKind.Poll when due < pollDue:
                    poll = index;
                    pollDue = due;
                    break;
                case TurnKind.Probe:
                    probe = probe < 0 ? index : probe;
                    break;
            }
        }

        if (probe >= 0 && living > 0 && (now < nextProbe || turnsSinceProbe < living))
        {
            until = now < nextProbe && nextProbe < until ? nextProbe : until;
            probe = -1;
        }

        var late = poll >= 0 && now - pollDue >= settings.PollInterval;
        var chosen = urgent >= 0 && !(late && lastWasUrgent) ? urgent : probe >= 0 ? probe : poll;
        if (chosen < 0)
        {
            return null;
        }

        lastWasUrgent = chosen == urgent;
        turn = (chosen + 1) % sessions.Length;
        if (chosen == probe)
        {
            turnsSinceProbe = 0;
            nextProbe = now + ProbeGap;
        }
        else
        {
            turnsSinceProbe = Math.Min(turnsSinceProbe + 1, int.MaxValue / 2);
        }

        return sessions[chosen];
    }
}
