using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RoomGuard.Benchmarks.Mqtt;

/// <summary>An MQTT 3.1.1 client that costs as little as it can, the same for every broker: bytes made beforehand, many packets in one write, only headers read.</summary>
internal sealed class LeanClient : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
    private readonly byte[] received = new byte[64 * 1024];
    private readonly byte[] answers = new byte[64 * 1024];
    private int held;

    /// <param name="isKept">Its session outlives the connection.</param>
    internal LeanClient(int port, string id, bool isKept = false)
    {
        socket.Connect(IPAddress.Loopback, port);
        var name = Encoding.ASCII.GetBytes(id);
        Send([0x10, (byte)(12 + name.Length), 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, isKept ? (byte)0 : (byte)2, 0, 0, 0, (byte)name.Length, .. name]);
        Await(0x20);
    }

    internal Socket Socket => socket;

    /// <summary>Messages that came.</summary>
    internal long Messages { get; private set; }

    /// <summary>PUBACK and PUBCOMP that came.</summary>
    internal long Finished { get; private set; }

    /// <summary>Told of the payload of each message.</summary>
    internal Action<ReadOnlyMemory<byte>>? Heard { get; set; }

    internal void Subscribe(string topic, int qos)
    {
        var name = Encoding.ASCII.GetBytes(topic);
        Send([0x82, (byte)(5 + name.Length), 0, 1, 0, (byte)name.Length, .. name, (byte)qos]);
        Await(0x90);
    }

    /// <summary>So many messages as bytes, numbered from <paramref name="firstId"/>.</summary>
    internal static byte[] Chunk(string topic, int qos, byte[] payload, int count, ushort firstId)
    {
        var name = Encoding.ASCII.GetBytes(topic);
        var bytes = new List<byte>();
        for (var i = 0; i < count; i++)
        {
            var id = (ushort)(firstId + i);
            bytes.AddRange([(byte)(0x30 | (qos << 1)), (byte)(2 + name.Length + (qos > 0 ? 2 : 0) + payload.Length), 0, (byte)name.Length, .. name]);
            if (qos > 0)
            {
                bytes.AddRange([(byte)(id >> 8), (byte)id]);
            }

            bytes.AddRange(payload);
        }

        return [.. bytes];
    }

    internal void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[socket.Send(bytes)..];
        }
    }

    /// <summary>Reads once, counts what came and answers it.</summary>
    /// <returns>False: the broker closed the connection.</returns>
    internal bool ReadOnce()
    {
        var count = socket.Receive(received.AsSpan(held));
        if (count == 0)
        {
            return false;
        }

        held += count;
        var (at, answered) = (0, 0);
        while (held - at >= 2)
        {
            var (length, header) = (received[at + 1] & 0x7F, 2);
            if ((received[at + 1] & 0x80) != 0)
            {
                if (held - at < 3)
                {
                    break;
                }

                (length, header) = (length | (received[at + 2] << 7), 3);
            }

            if (held - at < header + length)
            {
                break;
            }

            answered += Answer(received.AsMemory(at, header + length), header, answers.AsSpan(answered));
            at += header + length;
        }

        received.AsSpan(at, held - at).CopyTo(received);
        held -= at;
        if (answered > 0)
        {
            Send(answers.AsSpan(0, answered));
        }

        return true;
    }

    /// <summary>The same of a broker that may be dead: what still lies in the socket.</summary>
    /// <returns>False: nothing more.</returns>
    internal bool TryRead()
    {
        try
        {
            return ReadOnce();
        }
        catch (SocketException)
        {
            // Killed, as it was meant to be.
            return false;
        }
    }

    public void Dispose() => socket.Dispose();

    private int Answer(ReadOnlyMemory<byte> packet, int header, Span<byte> into)
    {
        var bytes = packet.Span;
        switch (bytes[0] >> 4)
        {
            case 3:
                Messages++;
                var topic = BinaryPrimitives.ReadUInt16BigEndian(bytes[header..]);
                var qos = (bytes[0] >> 1) & 3;
                Heard?.Invoke(packet[(header + 2 + topic + (qos > 0 ? 2 : 0))..]);
                return qos == 0 ? 0 : Put(into, (byte)(qos == 1 ? 0x40 : 0x50), bytes[(header + 2 + topic)..]);
            case 4 or 7:
                Finished++;
                return 0;
            case 5:
                return Put(into, 0x62, bytes[header..]);
            case 6:
                return Put(into, 0x70, bytes[header..]);
            default:
                return 0;
        }
    }

    private static int Put(Span<byte> into, byte type, ReadOnlySpan<byte> id)
    {
        (into[0], into[1], into[2], into[3]) = (type, 2, id[0], id[1]);
        return 4;
    }

    // Only the answer: what a kept session holds may follow at once.
    private void Await(byte type)
    {
        var answer = new byte[type == 0x20 ? 4 : 5];
        var count = socket.Receive(answer);
        if (count < 4 || answer[0] != type || (type == 0x20 && answer[3] != 0))
        {
            throw new IOException($"The broker answered {Convert.ToHexString(answer.AsSpan(0, count))} instead of {type:X2}h.");
        }
    }
}
