namespace RoomGuard.Wire.Osdp;

/// <summary>What has been received and not understood yet. Never longer than the longest message and some marking.</summary>
internal sealed class FrameBuffer
{
    private const int Marking = 64;

    private readonly byte[] bytes = new byte[OsdpFrame.Longest + Marking];

    private int start;
    private int end;

    public bool IsEmpty => start == end;

    /// <summary>Takes as many bytes as fit and says how many; scanning makes room for the rest.</summary>
    public int Append(ReadOnlySpan<byte> received)
    {
        if (start > 0 && received.Length > bytes.Length - end)
        {
            bytes.AsSpan(start, end - start).CopyTo(bytes);
            end -= start;
            start = 0;
        }

        var taken = Math.Min(received.Length, bytes.Length - end);
        received[..taken].CopyTo(bytes.AsSpan(end));
        end += taken;
        return taken;
    }

    public Scan Next(bool crcOnly) => OsdpScanner.Next(bytes.AsSpan(start, end - start), crcOnly);

    public void Drop(int count)
    {
        start += count;
        if (start >= end)
        {
            Clear();
        }
    }

    public void Clear()
    {
        start = 0;
        end = 0;
    }
}
