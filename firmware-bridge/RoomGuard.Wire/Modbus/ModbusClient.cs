using System.Collections.Immutable;

namespace RoomGuard.Wire.Modbus;

/// <summary>Why there is no answer.</summary>
public enum ModbusFault
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>Not a byte came in time.</summary>
    Silence,

    /// <summary>An answer began and did not end.</summary>
    Incomplete,

    /// <summary>Bytes came whose check code is wrong.</summary>
    BadCheck,

    /// <summary>A right frame of another device: two have one address, or an answer belongs to another question.</summary>
    WrongUnit,

    /// <summary>A right frame with another function or length: an answer to another question.</summary>
    WrongAnswer,

    /// <summary>After damage the known register did not read as it must: the line is still out of step.</summary>
    OutOfStep,

    /// <summary>Bytes that are no Modbus/TCP; the connection must be closed.</summary>
    StreamLost,

    /// <summary>The link broke while the question was under way.</summary>
    LinkLost,

    /// <summary>An order to a link whose writes are off (R-NET-04).</summary>
    WritesOff,
}

/// <summary>A reading whose answer is known beforehand, to prove that answers belong to their questions again.</summary>
/// <param name="Request">What is read.</param>
/// <param name="Expected">What it must read.</param>
public sealed record ModbusProbe(ReadRegisters Request, ImmutableArray<ushort> Expected);

/// <summary>Times of one link. All from the makers' papers or the standard; the sheet docs/reference/ups.md says which.</summary>
/// <param name="Framing">How frames are packed.</param>
/// <param name="AnswerWithin">From the end of the question to the first byte of the answer.</param>
/// <param name="Gap">Silence inside an answer that ends the hope for it.</param>
/// <param name="Idle">Silence before each question.</param>
/// <param name="Quiet">Silence after damage or a timeout before anything is asked again.</param>
/// <param name="AllowWrites">R-NET-04: off by default.</param>
public sealed record ModbusTiming(ModbusFraming Framing, TimeSpan AnswerWithin, TimeSpan Gap, TimeSpan Idle, TimeSpan Quiet, bool AllowWrites = false)
{
    /// <summary>A serial line: 500 ms to answer, 25 ms of silence give an incomplete answer up, 35 ms idle before a question (APC AN-176).</summary>
    public static ModbusTiming Serial { get; } = new(ModbusFraming.Rtu, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(35), TimeSpan.FromMilliseconds(100));

    /// <summary>RTU frames on a socket or behind USB: bytes come in clumps, so 100 ms of silence.</summary>
    public static ModbusTiming RtuOverSocket { get; } = Serial with { AnswerWithin = TimeSpan.FromSeconds(2), Gap = TimeSpan.FromMilliseconds(100), Quiet = TimeSpan.FromMilliseconds(250) };

    /// <summary>Modbus/TCP: transaction numbers keep answers apart.</summary>
    public static ModbusTiming Tcp { get; } = new(ModbusFraming.Tcp, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), TimeSpan.Zero, TimeSpan.Zero);
}

/// <summary>What became of a question.</summary>
/// <param name="Answer">Null when there is a fault.</param>
/// <param name="Took">From sending to the whole answer, or to giving up.</param>
public sealed record ModbusOutcome(byte Unit, ModbusRequest Request, ModbusAnswer? Answer, ModbusFault Fault, TimeSpan Took);

/// <summary>What a client wants from its link next.</summary>
/// <param name="Bytes">To be written now; empty: wait.</param>
/// <param name="Until">Without bytes: look again then, or when bytes have come. Null: nothing is under way.</param>
public readonly record struct ModbusStep(ReadOnlyMemory<byte> Bytes, TimeSpan? Until)
{
    /// <summary>True when <see cref="Bytes"/> must be written.</summary>
    public bool IsSend => !Bytes.IsEmpty;
}

/// <summary>How often what went wrong, since the start.</summary>
/// <param name="Asked">Questions sent, probes too.</param>
/// <param name="Answered">Right answers and exceptions.</param>
/// <param name="Stray">Bytes or frames nobody had asked for.</param>
public readonly record struct ModbusCounters(long Asked, long Answered, long Silent, long Damaged, long Foreign, long Stray, long BytesOut, long BytesIn);

/// <summary>The asking end of one link, for all devices on it. Pure: it is told bytes and the time, and says what to send.</summary>
/// <remarks>
/// One question under way, never two: RTU has no number that would tell late answers apart. After a timeout or damage on RTU it waits
/// for silence, throws away what came, and, where the device has a register of known content, reads that before anything
/// else; only the right content ends the suspicion. Real units over USB are known to stay one answer behind for ever otherwise.
/// Not thread-safe; the one task of the link owns it.
/// </remarks>
public sealed class ModbusClient(ModbusTiming timing, IReadOnlyDictionary<byte, ModbusProbe>? probes = null)
{
    private const int MostWaiting = 16;
    private const int MostProbes = 3;

    // A line that never falls silent must not keep us from asking for ever.
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromSeconds(2);

    private readonly byte[] buffer = new byte[2 * ModbusLimits.LongestTcp];
    private readonly Queue<(byte Unit, ModbusRequest Request)> waiting = new();
    private readonly Queue<ModbusOutcome> outcomes = new();

    private int filled;
    private (byte Unit, ModbusRequest Request)? current;
    private bool isProbe;
    private int probesLeft;
    private bool suspect;
    private bool lost;
    private ushort transaction;
    private TimeSpan sentAt;
    private TimeSpan lastHeard = TimeSpan.MinValue;
    private TimeSpan? settlingSince;
    private TimeSpan freeAt = TimeSpan.MinValue;
    private long asked;
    private long answered;
    private long silent;
    private long damaged;
    private long foreign;
    private long stray;
    private long bytesOut;
    private long bytesIn;

    /// <summary>Its times.</summary>
    public ModbusTiming Timing => timing;

    /// <summary>True when nothing is under way or waits.</summary>
    public bool IsIdle => current is null && waiting.Count == 0;

    /// <summary>True when the stream is no Modbus any more: the link must be closed and opened again.</summary>
    public bool StreamLost => lost;

    /// <summary>How often what went wrong.</summary>
    public ModbusCounters Counters => new(asked, answered, silent, damaged, foreign, stray, bytesOut, bytesIn);

    /// <summary>Asks when the link is free. The outcome comes by <see cref="TryTake"/>, one for each question, in their order.</summary>
    /// <returns>False when too many wait already.</returns>
    public bool Ask(byte unit, ModbusRequest request, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.IsWrite && !timing.AllowWrites)
        {
            outcomes.Enqueue(new(unit, request, null, ModbusFault.WritesOff, TimeSpan.Zero));
            return true;
        }

        if (waiting.Count >= MostWaiting)
        {
            return false;
        }

        waiting.Enqueue((unit, request));
        return true;
    }

    /// <summary>What to do now.</summary>
    public ModbusStep Next(TimeSpan now)
    {
        if (lost)
        {
            return new(default, null);
        }

        if (current is { } open)
        {
            if (Deadline() is { } deadline && now < deadline)
            {
                return new(default, deadline);
            }

            GiveUp(open, now);
        }

        if (settlingSince is { } since)
        {
            var quietAt = Later(lastHeard, since) + timing.Quiet;
            if (now < quietAt && now - since < LongestQuiet)
            {
                return new(default, quietAt);
            }

            settlingSince = null;
            stray += filled > 0 ? 1 : 0;
            filled = 0;
        }

        if (waiting.Count == 0)
        {
            return new(default, null);
        }

        if (now < freeAt)
        {
            return new(default, freeAt);
        }

        return Send(now);
    }

    /// <summary>Bytes from the link.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (bytes.IsEmpty || lost)
        {
            return;
        }

        bytesIn += bytes.Length;
        lastHeard = now;
        while (!bytes.IsEmpty && !lost)
        {
            // What overflows while nobody waits, or beyond any answer, is noise; the newest bytes may be the answer.
            if (filled == buffer.Length)
            {
                buffer.AsSpan(filled / 2).CopyTo(buffer);
                filled -= filled / 2;
            }

            var taken = Math.Min(bytes.Length, buffer.Length - filled);
            bytes[..taken].CopyTo(buffer.AsSpan(filled));
            filled += taken;
            bytes = bytes[taken..];
            Look(now);
        }
    }

    /// <summary>The link broke: what is under way and what waits fails, and nothing of it is believed later.</summary>
    public void LinkLost(TimeSpan now)
    {
        if (current is { } open)
        {
            if (!isProbe)
            {
                outcomes.Enqueue(new(open.Unit, open.Request, null, ModbusFault.LinkLost, now - sentAt));
            }

            current = null;
        }

        while (waiting.TryDequeue(out var next))
        {
            outcomes.Enqueue(new(next.Unit, next.Request, null, ModbusFault.LinkLost, TimeSpan.Zero));
        }

        filled = 0;
        lost = false;
        settlingSince = null;
        suspect = timing.Framing == ModbusFraming.Rtu;
        probesLeft = MostProbes;
    }

    /// <summary>The next outcome, if any.</summary>
    public bool TryTake(out ModbusOutcome outcome) => outcomes.TryDequeue(out outcome!);

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private TimeSpan? Deadline()
    {
        var begun = filled > 0 && lastHeard >= sentAt;
        return begun ? lastHeard + timing.Gap : sentAt + timing.AnswerWithin;
    }

    private ModbusStep Send(TimeSpan now)
    {
        var next = waiting.Peek();
        isProbe = suspect && probes is not null && probes.ContainsKey(next.Unit) && probesLeft > 0;
        if (isProbe)
        {
            next = (next.Unit, probes![next.Unit].Request);
            probesLeft--;
        }
        else
        {
            waiting.Dequeue();
            suspect = false;
        }

        current = next;
        filled = timing.Framing == ModbusFraming.Rtu ? 0 : filled;
        sentAt = now;
        asked++;
        transaction++;
        var pdu = next.Request.ToPdu();
        var bytes = timing.Framing == ModbusFraming.Rtu ? RtuFrame.Of(next.Unit, pdu) : MbapFrame.Of(new(transaction, next.Unit), pdu);
        bytesOut += bytes.Length;
        return new(bytes, null);
    }

    private void Look(TimeSpan now)
    {
        if (timing.Framing == ModbusFraming.Tcp)
        {
            LookAtStream(now);
        }
        else if (current is { } open && FindAnswer(open.Unit, open.Request) is { } answer)
        {
            Finish(open, answer, ModbusFault.None, now);
        }
    }

    private ModbusAnswer? FindAnswer(byte unit, ModbusRequest request)
    {
        // From every place: noise may stand before the answer, and half-duplex adapters echo the question.
        for (var at = 0; at < filled; at++)
        {
            var rest = buffer.AsSpan(at, filled - at);
            if (RtuFrame.AnswerLength(rest, unit, request) is { } length && length > 0 && length <= rest.Length
                && ModbusCrc.Of(rest[..length]) == 0 && request.ReadAnswer(rest[1..(length - 2)]) is { } answer)
            {
                return answer;
            }
        }

        return null;
    }

    private void LookAtStream(TimeSpan now)
    {
        while (true)
        {
            var scan = MbapFrame.Next(buffer.AsSpan(0, filled));
            if (scan.Lost)
            {
                lost = true;
                damaged++;
                filled = 0;
                if (current is { } open)
                {
                    Finish(open, null, ModbusFault.StreamLost, now);
                }

                return;
            }

            if (scan.Consumed == 0)
            {
                return;
            }

            TakeFrame(scan, now);
            buffer.AsSpan(scan.Consumed, filled - scan.Consumed).CopyTo(buffer);
            filled -= scan.Consumed;
        }
    }

    private void TakeFrame(MbapScan scan, TimeSpan now)
    {
        // Gateways are known that answer with unit 0 or FFh for a direct device; the transaction number decides.
        if (current is not { } open || scan.Header.Transaction != transaction)
        {
            stray++;
            return;
        }

        if (open.Request.ReadAnswer(buffer.AsSpan(MbapFrame.HeaderLength, scan.PduLength)) is { } answer)
        {
            Finish(open, answer, ModbusFault.None, now);
        }
        else
        {
            foreign++;
            Finish(open, null, ModbusFault.WrongAnswer, now);
        }
    }

    private void GiveUp((byte Unit, ModbusRequest Request) open, TimeSpan now)
    {
        var fault = timing.Framing == ModbusFraming.Tcp
            ? filled == 0 ? ModbusFault.Silence : ModbusFault.Incomplete
            : Classify(open.Unit, open.Request, buffer.AsSpan(0, filled));
        switch (fault)
        {
            case ModbusFault.Silence:
                silent++;
                break;
            case ModbusFault.WrongUnit or ModbusFault.WrongAnswer:
                foreign++;
                break;
            default:
                damaged++;
                break;
        }

        Finish(open, null, fault, now);
    }

    /// <summary>What the bytes were that were no answer.</summary>
    private static ModbusFault Classify(byte unit, ModbusRequest request, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return ModbusFault.Silence;
        }

        if (RtuFrame.IsWhole(bytes))
        {
            return bytes[0] != unit ? ModbusFault.WrongUnit : ModbusFault.WrongAnswer;
        }

        return RtuFrame.AnswerLength(bytes, unit, request) switch
        {
            null => ModbusFault.Incomplete,
            > 0 and var length when length > bytes.Length => ModbusFault.Incomplete,
            _ => ModbusFault.BadCheck,
        };
    }

    private void Finish((byte Unit, ModbusRequest Request) open, ModbusAnswer? answer, ModbusFault fault, TimeSpan now)
    {
        current = null;
        freeAt = now + timing.Idle;
        filled = timing.Framing == ModbusFraming.Rtu ? 0 : filled;
        answered += answer is null ? 0 : 1;
        if (isProbe)
        {
            FinishProbe(open.Unit, answer, fault, now);
            return;
        }

        // The silent device behind a gateway is a timeout, but the gateway itself is in step.
        outcomes.Enqueue(new(open.Unit, open.Request, answer, fault, now - sentAt));
        if (answer is null)
        {
            Distrust(now);
        }
    }

    private void FinishProbe(byte unit, ModbusAnswer? answer, ModbusFault fault, TimeSpan now)
    {
        var right = answer is RegistersAnswer { Values: var values } && values.AsSpan().SequenceEqual(probes![unit].Expected.AsSpan());
        if (right || answer is ExceptionAnswer)
        {
            // An exception is framed as shortly as nothing else we ask: it can only belong to the probe, so the device lacks the register.
            suspect = false;
            return;
        }

        if (probesLeft == 0)
        {
            var next = waiting.Dequeue();
            outcomes.Enqueue(new(next.Unit, next.Request, null, answer is null ? fault : ModbusFault.OutOfStep, now - sentAt));
            Distrust(now);
            return;
        }

        settlingSince = now;
    }

    private void Distrust(TimeSpan now)
    {
        if (timing.Framing == ModbusFraming.Rtu)
        {
            suspect = true;
            probesLeft = MostProbes;
            settlingSince = now;
        }
    }
}
