using System.Buffers;

namespace RoomGuard.Bridge.Broker;

/// <summary>Bytes on their way out, used again for one connection after the other: an idle connection has no buffer of its own.</summary>
internal sealed class OutputBuffer : IBufferWriter<byte>
{
    private const int Usual = 64 * 1024;

    private byte[] bytes = new byte[Usual];
    private int length;

    /// <summary>What was written.</summary>
    internal ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    /// <summary>So many bytes were written.</summary>
    internal int Length => length;

    /// <inheritdoc/>
    public void Advance(int count) => length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsMemory(length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsSpan(length);
    }

    /// <summary>Empty again; room for one giant packet is given back.</summary>
    internal void Clear()
    {
        length = 0;
        if (bytes.Length > 16 * Usual)
        {
            bytes = new byte[Usual];
        }
    }

    private void Grow(int sizeHint)
    {
        var needed = length + Math.Max(1, sizeHint);
        if (needed > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(needed, 2 * bytes.Length));
        }
    }
}
