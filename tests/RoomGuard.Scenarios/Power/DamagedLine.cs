namespace RoomGuard.Scenarios.Power;

/// <summary>One direction of a line that damages frames from a seed: bits turned, cut short, lost, late or heard twice. Pure: it is told the time.</summary>
internal sealed class DamagedLine(Random chance, Func<double> share)
{
    private static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(5);
    private readonly PriorityQueue<byte[], TimeSpan> coming = new();

    /// <summary>Frames so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames that did not arrive as they were sent.</summary>
    public long Damaged { get; private set; }

    /// <summary>When the next frame arrives; null: none is under way.</summary>
    public TimeSpan? NextDue => coming.TryPeek(out _, out var due) ? due : null;

    /// <summary>A frame is put on the line.</summary>
    public void Send(ReadOnlySpan<byte> frame, TimeSpan now)
    {
        Frames++;
        byte[] bytes = [.. frame];
        if (chance.NextDouble() >= share())
        {
            coming.Enqueue(bytes, now);
            return;
        }

        Damaged++;
        switch (chance.Next(5))
        {
            case 0:
                for (var flips = 1 + chance.Next(3); flips > 0; flips--)
                {
                    bytes[chance.Next(bytes.Length)] ^= (byte)(1 << chance.Next(8));
                }

                coming.Enqueue(bytes, now);
                break;
            case 1:
                var at = 1 + chance.Next(Math.Max(1, bytes.Length - 1));
                coming.Enqueue(chance.Next(2) == 0 ? bytes[..Math.Min(at, bytes.Length)] : bytes[Math.Min(at, bytes.Length - 1)..], now);
                break;
            case 2:
                break;
            case 3:
                coming.Enqueue(bytes, now + TimeSpan.FromMilliseconds(30 + chance.Next(3000)));
                break;
            default:
                coming.Enqueue(bytes, now);
                coming.Enqueue([.. bytes], now + (chance.Next(40) * Shortly));
                break;
        }
    }

    /// <summary>The next frame that has arrived by now.</summary>
    public bool TryTake(TimeSpan now, out byte[] bytes)
    {
        if (coming.TryPeek(out bytes!, out var due) && due <= now)
        {
            coming.Dequeue();
            return true;
        }

        return false;
    }
}
