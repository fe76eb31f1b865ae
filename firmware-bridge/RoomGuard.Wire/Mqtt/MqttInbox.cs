namespace RoomGuard.Wire.Mqtt;

/// <summary>The receiving buffer of one connection: bytes in as they come, packets out. Not thread-safe; the task that reads the link owns it.</summary>
/// <remarks>
/// <code>
/// while ((count = await link.ReadAsync(inbox.Room(), stop)) > 0)
/// {
///     inbox.Filled(count);
///     while (inbox.Take() is { } read) { … }
/// }
/// </code>
/// It grows with what has come, not with what a length claims, never beyond the largest packet (or 32 KiB for a busy link), and
/// shrinks to that again when it is empty. A packet that was taken shares its bytes and is good until the next <see cref="Room"/>.
/// </remarks>
/// <param name="sender">The far end.</param>
/// <param name="version">What the connection speaks; null at a server until CONNECT has come.</param>
/// <param name="maximum">Largest packet taken. A server may begin small and raise <see cref="Maximum"/> once it knows the client.</param>
public sealed class MqttInbox(MqttEnd sender, MqttVersion? version, int maximum)
{
    private const int Smallest = 1024;

    // A link that fills its buffer is busy: fewer, larger reads cost less. More than this gains nothing.
    private const int Busy = 32 * 1024;

    private byte[] buffer = [];
    private int start;
    private int end;
    private MqttRead? broken;

    /// <summary>What the connection speaks; null until a CONNECT was taken.</summary>
    public MqttVersion? Version { get; private set; } = version;

    /// <summary>Largest packet taken, fixed header included.</summary>
    public int Maximum { get; set; } = maximum;

    /// <summary>Bytes received and not taken.</summary>
    public int Waiting => end - start;

    /// <summary>Where the next bytes go. Empty only when a whole packet of the largest size waits to be taken, or after a fault.</summary>
    public Memory<byte> Room()
    {
        if (broken is not null)
        {
            return default;
        }

        if (start == end)
        {
            var wasFull = end == buffer.Length;
            start = end = 0;
            if ((wasFull && buffer.Length < Busy) || buffer.Length > Busy)
            {
                buffer = new byte[Math.Clamp(2 * buffer.Length, Smallest, Busy)];
            }
        }
        else if (end == buffer.Length)
        {
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
            }
            else if (buffer.Length < Maximum)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, Maximum));
            }

            (start, end) = (0, end - start);
        }

        return buffer.AsMemory(end);
    }

    /// <summary>Gives the buffer back when nothing waits in it: for a connection that has been silent for a while.</summary>
    public void Rest()
    {
        if (start == end)
        {
            start = end = 0;
            buffer = [];
        }
    }

    /// <summary>So many bytes were put into <see cref="Room"/>.</summary>
    public void Filled(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, buffer.Length - end);
        end += count;
    }

    /// <summary>The next packet, or the fault that ends the stream (again and again); null: more bytes are needed.</summary>
    public MqttRead? Take()
    {
        if (broken is not null)
        {
            return broken;
        }

        var scan = MqttScanner.Next(buffer.AsSpan(start, end - start), Maximum);
        if (scan.Fault != MqttFault.None)
        {
            return broken = new(null, scan.Fault, Version ?? MqttVersion.V311);
        }

        if (scan.Length == 0)
        {
            return null;
        }

        var read = MqttReader.Read(buffer.AsMemory(start, scan.Length), Version, sender);
        start += scan.Length;
        if (read.Packet is null)
        {
            return broken = read;
        }

        if (read.Packet is ConnectPacket connect && Version is null)
        {
            Version = connect.Version;
        }

        return read;
    }
}
