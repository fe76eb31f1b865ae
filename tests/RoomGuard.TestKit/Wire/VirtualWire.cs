using RoomGuard.Wire.Osdp;

namespace RoomGuard.TestKit.Wire;

/// <summary>A panel's bus and its readers on one wire, in virtual time: bytes take their time, and may be damaged, cut or echoed.</summary>
public sealed class VirtualWire(AcuBus bus, PdLine line, int baudRate = 9600)
{
    private static readonly TimeSpan LeastStep = TimeSpan.FromMicroseconds(100);

    private const int Piece = 8;

    private readonly PriorityQueue<(byte[] Bytes, bool ToReaders), (TimeSpan Due, long Order)> underWay = new();
    private long order;
    private TimeSpan quietAt;

    /// <summary>The wire's clock.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>What the bus told so far, in order.</summary>
    public List<AcuEvent> Events { get; } = [];

    /// <summary>Damages bytes on their way; null for a clean wire. Gets one byte, gives what arrives in its place.</summary>
    public Func<byte, byte[]>? Noise { get; set; }

    /// <summary>The cable is cut: nothing arrives.</summary>
    public bool IsCut { get; set; }

    /// <summary>The adapter hears itself.</summary>
    public bool Echo { get; set; }

    /// <summary>Sees every piece put on the wire before the noise gets at it.</summary>
    public Action<byte[], bool>? Tap { get; set; }

    /// <summary>Noise that changes one byte in <c>1/share</c> into another one.</summary>
    public static Func<byte, byte[]> Damage(int seed, double share)
    {
        var chance = new Random(seed);
        return item => [chance.NextDouble() < share ? (byte)(item ^ chance.Next(1, 256)) : item];
    }

    /// <summary>Lets time pass.</summary>
    public VirtualWire Run(TimeSpan duration)
    {
        RunUntil(static () => false, duration);
        return this;
    }

    /// <summary>Lets time pass until something is so, at most for a while. Says whether it came to be.</summary>
    public bool RunUntil(Func<bool> so, TimeSpan most)
    {
        var end = Now + most;
        while (true)
        {
            Deliver();
            var step = bus.Next(Now);
            Collect();
            if (so())
            {
                return true;
            }

            if (step.IsSend)
            {
                Put(step.Bytes.ToArray(), toReaders: true);
                continue;
            }

            if (Now >= end)
            {
                return false;
            }

            var next = Least(end, step.Until);
            next = underWay.TryPeek(out _, out var first) ? Least(next, first.Due) : next;
            next = line.NextDue is { } due ? Least(next, due) : next;
            Now = next > Now ? next : Now + LeastStep;
        }
    }

    /// <summary>Puts bytes on the wire that nobody here sent.</summary>
    public void Inject(byte[] bytes, bool toReaders)
    {
        if (toReaders)
        {
            line.Receive(bytes, Now);
        }
        else
        {
            bus.Receive(bytes, Now);
        }
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Put(byte[] bytes, bool toReaders)
    {
        Tap?.Invoke(bytes, toReaders);
        if (IsCut)
        {
            return;
        }

        // One after the other on one pair of wires, and in pieces, as a serial driver hands them on.
        var start = toReaders || quietAt < Now ? Now : quietAt;
        for (var from = 0; from < bytes.Length; from += Piece)
        {
            var until = Math.Min(from + Piece, bytes.Length);
            var piece = bytes[from..until];
            var due = start + TimeSpan.FromTicks(until * 10L * TimeSpan.TicksPerSecond / baudRate);
            underWay.Enqueue((Noise is { } noise ? [.. piece.SelectMany(noise)] : piece, toReaders), (due, order++));
            if (toReaders && Echo)
            {
                underWay.Enqueue((piece, false), (due, order++));
            }

            quietAt = toReaders ? quietAt : due;
        }
    }

    private void Deliver()
    {
        while (underWay.TryPeek(out var piece, out var at) && at.Due <= Now)
        {
            underWay.Dequeue();
            Inject(piece.Bytes, piece.ToReaders);
        }

        line.Tick(Now);
        while (line.TryTake(Now, out var bytes))
        {
            Put(bytes.ToArray(), toReaders: false);
        }
    }

    private void Collect()
    {
        while (bus.TryTake(out var item))
        {
            Events.Add(item);
        }
    }
}
