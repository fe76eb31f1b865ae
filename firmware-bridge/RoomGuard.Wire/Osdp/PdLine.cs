namespace RoomGuard.Wire.Osdp;

/// <summary>Several readers on one wire, real or virtual: bytes in, bytes out, each piece at its time.</summary>
/// <remarks>Not thread-safe; the one task of the line owns it.</remarks>
public sealed class PdLine(IReadOnlyList<PdSession> devices)
{
    private const int MostPieces = 4096;

    private readonly FrameBuffer buffer = new();
    private readonly PriorityQueue<byte[], (TimeSpan Due, long Order)> pieces = new();
    private readonly byte[] reply = new byte[OsdpFrame.Longest];

    private TimeSpan lastByte;
    private long order;

    /// <summary>The readers on the wire.</summary>
    public IReadOnlyList<PdSession> Devices => devices;

    /// <summary>Silence that ends a half message.</summary>
    public TimeSpan InterByte { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Messages with a wrong check heard so far.</summary>
    public long BadChecks { get; private set; }

    /// <summary>When the next piece must be written; null when there is none.</summary>
    public TimeSpan? NextDue => pieces.TryPeek(out _, out var first) ? first.Due : null;

    /// <summary>Bytes came from the panel.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        Tick(now);
        lastByte = now;
        while (!bytes.IsEmpty)
        {
            bytes = bytes[buffer.Append(bytes)..];
            Drain(now);
        }
    }

    /// <summary>What falls due by time alone. Call it now and then, at least every 100 ms.</summary>
    public void Tick(TimeSpan now)
    {
        foreach (var device in devices)
        {
            device.Tick(now);
        }

        // Silence ends a half message; a lying length may have hidden a whole one.
        while (!buffer.IsEmpty && now - lastByte >= InterByte)
        {
            buffer.Drop(1);
            Drain(now);
        }
    }

    /// <summary>The next piece whose time has come.</summary>
    public bool TryTake(TimeSpan now, out ReadOnlyMemory<byte> bytes)
    {
        if (NextDue is { } due && due <= now)
        {
            bytes = pieces.Dequeue();
            return true;
        }

        bytes = default;
        return false;
    }

    /// <summary>The far end is gone: whatever was on its way is lost.</summary>
    public void Cut()
    {
        pieces.Clear();
        buffer.Clear();
    }

    private void Drain(TimeSpan now)
    {
        while (true)
        {
            var scan = buffer.Next(crcOnly: false);
            if (scan.Consumed == 0)
            {
                return;
            }

            if (scan.HasFrame)
            {
                foreach (var device in devices)
                {
                    var length = device.Hear(scan.Frame, now, reply);
                    Answer(device.Temper, reply.AsSpan(0, length), now);
                }
            }
            else if (scan.Fault == FrameFault.BadCheck)
            {
                BadChecks++;
                NakBadCheck(now);
            }

            buffer.Drop(scan.Consumed);
        }
    }

    /// <summary>Only a reader alone on its wire may answer a damaged message: on a shared one the address may be the damaged part.</summary>
    private void NakBadCheck(TimeSpan now)
    {
        if (devices is [{ NakBadCheck: true } only])
        {
            var length = OsdpWriter.Write(reply, new(only.Address, FromReader: true, Sequence: 0), ReplyCode.Nak, [(byte)NakCode.BadCheck]);
            Answer(only.Temper, reply.AsSpan(0, length), now);
        }
    }

    private void Answer(Temper temper, ReadOnlySpan<byte> answer, TimeSpan now)
    {
        if (answer.IsEmpty || pieces.Count >= MostPieces)
        {
            return;
        }

        var at = now + temper.Delay;
        at = Put([.. temper.GarbageBefore.Span, OsdpFrame.Mark, .. answer], at, temper.SplitGap);
        if (Temper.Spend(temper.Duplicate, out var rest))
        {
            temper.Duplicate = rest;
            Put([OsdpFrame.Mark, .. answer], at, temper.SplitGap);
        }
    }

    private TimeSpan Put(byte[] bytes, TimeSpan at, TimeSpan gap)
    {
        if (gap <= TimeSpan.Zero)
        {
            pieces.Enqueue(bytes, (at, order++));
            return at;
        }

        foreach (var item in bytes)
        {
            pieces.Enqueue([item], (at, order++));
            at += gap;
        }

        return at;
    }
}
